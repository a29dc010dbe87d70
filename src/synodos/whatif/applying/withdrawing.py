"""An agency withdraws: from plans, from agreements, from all that it has a part in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from synodos.language import FLYING, Agreement, DateRange, Element, Mission, Offer, Portfolio, Record, Requirement, Step
from synodos.whatif.applying.leaving import agreements_left, commitments_left, transfers_left, without_party
from synodos.whatif.applying.parts import Parts, Plan, due, in_order, is_over, needed, without_some
from synodos.whatif.applying.supposing import Difference, changed, since_of


def withdraw(portfolio: Portfolio, step: Step) -> Difference:
    """Return what differs when an agency withdraws.

    Where it names agreements and no plans it leaves those agreements only. Where it names neither it leaves every
    plan in which it and another have a part; what it carries alone goes on.
    """
    agency, since = str(step.agency), since_of(portfolio, step)
    if step.agreements and not step.plans:
        named = [portfolio.agreements[key] for key in step.agreements]
        return Difference(_without(portfolio, named, agency, since))
    leaving = Leaving(Parts(portfolio), agency, step.plans, since)
    return leaving.difference(step.agreements)


@dataclass(frozen=True)
class Leaving:
    """An agency that leaves plans.

    Attributes
    ----------
    parts : Parts
        Who has a part in what.
    agency : str
        Who leaves.
    named : tuple of str
        Plans that it leaves; empty: all that it shares with others.
    since : datetime.date
        From when; plans that are done before that day keep what it brings.
    """

    parts: Parts
    agency: str
    named: tuple[str, ...]
    since: dt.date

    @cached_property
    def left(self) -> tuple[str, ...]:
        """Plans that it leaves."""
        plans = self.parts.plans
        wanted = self.named or self.parts.shared(self.agency)
        struck = [key for key in wanted if key in plans and not self._done_before(due(plans[key]))]
        return self.parts.with_carried(struck, self.agency)

    @cached_property
    def stopped(self) -> tuple[str, ...]:
        """Plans that it leads and that stop: those that it leaves, and what it had for nothing else."""
        plans = self.parts.plans
        stopped = dict.fromkeys(key for key in self.left if plans[key].owner == self.agency)
        pending = list(self.left)
        while pending:
            for record in self.parts.brought(plans[pending.pop()], self.agency):
                if isinstance(record, Element) and record.id not in stopped and self._ends(record, stopped):
                    stopped[record.id] = None
                    pending.append(record.id)
        return tuple(stopped)

    @cached_property
    def given_up(self) -> frozenset[str]:
        """Plans that it leaves, and those of its own that stop."""
        return frozenset((*self.left, *self.stopped))

    def difference(self, agreements: Iterable[str], *, ends_agreements: bool = True) -> Difference:
        """Return what differs in the portfolio; it leaves named agreements, else those that cover nothing else."""
        portfolio = self.parts.portfolio
        named = [portfolio.agreements[key] for key in agreements]
        over = named or (agreements_left(portfolio, self.agency, self.given_up) if ends_agreements else ())
        commitments, gone = commitments_left(portfolio, self.agency, self.given_up)
        written = (
            *(self._stopped(self.parts.plans[key]) for key in self.stopped),
            *(self._without(self.parts.plans[key]) for key in self.left if key not in self.stopped),
            *(changed(offer, {"standing": "withdrawn"}) for offer in self._offers()),
            *commitments,
            *_without(portfolio, over, self.agency, self.since),
        )
        return Difference(written, (*gone, *transfers_left(portfolio, self.agency, self.given_up)))

    def _ends(self, element: Element, stopped: Collection[str]) -> bool:
        """Return whether an element of the agency comes no more: it is not there yet, and nothing else needs it."""
        return element.status not in FLYING and self.parts.serves_nothing(element, {*self.left, *stopped})

    def _stopped(self, plan: Plan) -> Plan:
        """Return a plan that its lead gives up."""
        return changed(plan, {"status": "cancelled"})

    def _without(self, plan: Plan) -> Plan:
        """Return a plan of another that the agency has left."""
        partners = tuple(part for part in plan.partners if part.agency != self.agency)
        operator = None if plan.operator == self.agency else plan.operator
        required = in_order(self._unmet(plan, requirement) for requirement in needed(plan))
        field = "requirements" if isinstance(plan, Mission) else "needs"
        update: Mapping[str, object] = {"partners": partners, "operator": operator, field: required}
        return changed(plan, update)

    def _unmet(self, plan: Plan, requirement: Requirement) -> tuple[Requirement, ...]:
        """Return a requirement without what the agency brought; of a plan that flies it is due from then on."""
        if requirement.by is not None and self._done_before(requirement.by.latest):
            return (requirement,)
        kept = tuple(target for target in requirement.met_by if not self._withdrawn(target))
        provider = None if requirement.provider == self.agency else requirement.provider
        if (kept, provider) == (requirement.met_by, requirement.provider):
            return (requirement,)
        *whole, lost = without_some(requirement.model_copy(update={"provider": provider}), kept)
        if requirement.by is None and plan.status in FLYING:
            lost = lost.model_copy(update={"by": DateRange(str(self.since))})
        return (*whole, lost)

    def _withdrawn(self, target: str) -> bool:
        """Return whether what is named for a requirement is the agency's to withdraw."""
        record = self.parts.portfolio.provider_record(target)
        if record is None or record.owner != self.agency or is_over(record):
            return False
        return not self.parts.handed_over(record, self.agency)

    def _offers(self) -> list[Offer]:
        """Return its offers that stand no more: all where it leaves everything, else those that served nothing else."""
        own = [one for one in self.parts.portfolio.offers.values() if one.owner == self.agency and not is_over(one)]
        if not self.named:
            return own
        used = {record.id for key in self.left for record in self.parts.brought(self.parts.plans[key], self.agency)}
        return [one for one in own if one.id in used and self.parts.serves_nothing(one, self.given_up)]

    def _done_before(self, day: dt.date | None) -> bool:
        """Return whether a day comes before the agency leaves."""
        return day is not None and self.parts.portfolio.known_on <= day < self.since


def _without(portfolio: Portfolio, agreements: Iterable[Agreement], agency: str, since: dt.date) -> tuple[Record, ...]:
    """Return agreements that an agency leaves."""
    return tuple(without_party(one, agency, since, portfolio.known_on) for one in agreements)
