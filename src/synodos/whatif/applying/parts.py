"""What an agency has a part in, and what it brings there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from synodos.language import ENDED, SHUT, Element, Mission, Offer, Portfolio, Requirement, requirements

CONTRACTORS: Final = frozenset({"company", "university"})
"""Actors that mostly work for others."""

Plan = Element | Mission
Provided = Element | Mission | Offer


def needed(plan: Plan) -> tuple[Requirement, ...]:
    """Return what a plan requires."""
    return plan.requirements if isinstance(plan, Mission) else plan.needs


def without_some(requirement: Requirement, kept: tuple[str, ...]) -> tuple[Requirement, ...]:
    """Return a requirement that keeps some of what is named for it.

    Where several meet it together and only some are left, what is lost is a requirement of its own that nobody meets.
    """
    first = requirement.model_copy(update={"met_by": kept})
    if not kept or len(kept) == len(requirement.met_by):
        return (first,)
    return first, requirement.model_copy(update={"met_by": (), "provider": None})


def in_order(split: Iterable[tuple[Requirement, ...]]) -> tuple[Requirement, ...]:
    """Return requirements each in its place, and behind all of them the parts that were lost."""
    every = tuple(split)
    return (*(one[0] for one in every), *(part for one in every for part in one[1:]))


def key_of(record: Provided) -> str:
    """Return a record as evidence names it."""
    return f"{record.kind}:{record.id}"


def due(plan: Plan) -> dt.date | None:
    """Return the last day on which a plan needs anybody, as stated; None: not stated, or open."""
    stated = plan.planned if isinstance(plan, Mission) else plan.available
    last = (plan.ends if isinstance(plan, Mission) else None) or stated
    return None if last is None or last.stays_open else last.latest


@dataclass(frozen=True)
class Parts:
    """A portfolio, asked for who has a part in what."""

    portfolio: Portfolio

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """Missions and elements that are not over, by id."""
        every: dict[str, Plan] = {**self.portfolio.missions, **self.portfolio.elements}
        return {key: plan for key, plan in every.items() if plan.status not in ENDED}

    @cached_property
    def users(self) -> Mapping[str, frozenset[str]]:
        """For each element, mission and offer the plans, not over, that name it for something."""
        found: dict[str, set[str]] = defaultdict(set)
        for plan in self.plans.values():
            for _, requirement in requirements(plan):
                for target in requirement.met_by:
                    found[target].add(plan.id)
        return {key: frozenset(users) for key, users in found.items()}

    def brought(self, plan: Plan, agency: str) -> Iterator[Provided]:
        """Yield what an agency brings to a plan by name, as far as it is not over."""
        for requirement in needed(plan):
            for target in requirement.met_by:
                record = self.portfolio.provider_record(target)
                if record is not None and record.owner == agency and not is_over(record):
                    yield record

    def takes_part(self, plan: Plan, agency: str) -> bool:
        """Return whether an agency has a part in a plan that it does not lead."""
        if plan.owner == agency:
            return False
        named = any(part.agency == agency for part in plan.partners)
        owes = any(one.provider == agency and not one.met_by for one in needed(plan))
        return named or owes or plan.operator == agency or any(True for _ in self.brought(plan, agency))

    def shared(self, agency: str) -> tuple[str, ...]:
        """Return the plans, not over, in which an agency and another have a part: first those that it does not lead."""
        others = [key for key, plan in self.plans.items() if self.takes_part(plan, agency)]
        led = [key for key, plan in self.portfolio.missions.items() if plan.owner == agency and key in self.plans]
        return (*others, *(key for key in led if self._has_others(self.plans[key], agency)))

    def _has_others(self, plan: Plan, agency: str) -> bool:
        """Return whether somebody else has a part in a plan of an agency, also by using it, or over its elements.

        A company or university that only works for the agency is nobody else.
        """
        pending, seen = [plan], {plan.id}
        while pending:
            one = pending.pop()
            found = [record for requirement in needed(one) for record in self._records(requirement)]
            owed = (requirement.provider for requirement in needed(one) if requirement.provider is not None)
            taking = {*(part.agency for part in one.partners), *owed, *(record.owner for record in found)}
            if any(self._is_partner(other) for other in taking - {agency}):
                return True
            fresh = [one for one in found if not isinstance(one, Offer) and one.id not in seen]
            seen.update(one.id for one in fresh)
            pending.extend(fresh)
        return any(self.plans[user].owner != agency for user in self.users.get(plan.id, ()))

    def _is_partner(self, key: str) -> bool:
        """Return whether an actor cooperates in its own right; of whom nothing is known is taken to."""
        actor = self.portfolio.agencies.get(key)
        return actor is None or actor.actor not in CONTRACTORS

    def _records(self, requirement: Requirement) -> list[Provided]:
        """Return what is named for a requirement, as far as it is at hand."""
        return [one for one in map(self.portfolio.provider_record, requirement.met_by) if one is not None]

    def with_carried(self, named: Iterable[str], agency: str) -> tuple[str, ...]:
        """Return plans, and the elements of others that serve nothing beside them: these are left with them."""
        left = dict.fromkeys(key for key in named if key in self.plans)
        pending = list(left)
        while pending:
            for requirement in needed(self.plans[pending.pop()]):
                for target in requirement.met_by:
                    plan = self.plans.get(target)
                    if plan is None or target in left or plan.owner == agency or not isinstance(plan, Element):
                        continue
                    if self.users[target] <= left.keys():
                        left[target] = None
                        pending.append(target)
        return tuple(left)

    def serves_nothing(self, record: Provided, left: Collection[str]) -> bool:
        """Return whether nothing but plans that are left, or stopped, names a record."""
        return self.users.get(record.id, frozenset()) <= set(left)

    def handed_over(self, record: Provided, agency: str) -> bool:
        """Return whether an agency has handed the hardware over: it cannot take back what others hold."""
        return any(
            transfer.what == "hardware"
            and transfer.from_agency == agency
            and record.id in transfer.plans
            and transfer.when is not None
            and transfer.when.latest <= self.portfolio.known_on
            for transfer in self.portfolio.transfers.values()
        )


def is_over(record: Provided) -> bool:
    """Return whether a record can be withdrawn no more: it will not come, or has done its work."""
    return record.standing in SHUT if isinstance(record, Offer) else record.status in ENDED
