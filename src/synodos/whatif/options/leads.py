"""How long it takes until a provider has taken something over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from synodos.language import Agreement, DateRange, Element, Mission, Offer
from synodos.whatif.applying.parts import Parts
from synodos.whatif.options.case import Case, Open
from synodos.whatif.options.defaults import OptionDefaults
from synodos.whatif.options.providers import LAUNCHES, Provider, is_service
from synodos.whatif.options.timing import Departure, later


@dataclass(frozen=True, slots=True)
class LeadTime:
    """The time that a take-over needs.

    Attributes
    ----------
    agreed_in, built_in : int
        Days to a text that both can act on, and then to its use.
    not_before : date or None
        First day on which it can be had, as its provider states.
    ready : date
        When it can be used.
    decide_by, sign_by : date or None
        Last days for the decision and for the text, so that the mission keeps its date; None: it has no date.
    says : tuple of str
        Which default stood in for what.
    """

    agreed_in: int
    built_in: int
    not_before: dt.date | None
    ready: dt.date
    decide_by: dt.date | None
    sign_by: dt.date | None
    says: tuple[str, ...]


class LeadTimes:
    """Lead times in a case."""

    def __init__(self, case: Case, departures: Mapping[str, Departure], defaults: OptionDefaults) -> None:
        """Take the case, when its missions can leave, and what stands in where nothing is stated."""
        self._case = case
        self._departures = departures
        self._defaults = defaults

    def of(self, one: Open, provider: Provider, lead: str) -> LeadTime:
        """Return how long it takes until a provider has taken over what a lead needs."""
        today = self._case.after.known_on
        agreement = self._agreement(one, provider, lead)
        built_in, begun, said = self._work(one, provider)
        agreed_in = self._defaults.days(agreement)
        stated = _available(provider)
        not_before = stated.earliest if stated is not None and not stated.opens_early else None
        ready = later(today, agreed_in + built_in)
        ready = max(ready, not_before) if not_before is not None else ready
        keep_by = self.keep_by(one)
        sign_by = None if keep_by is None else later(keep_by, -built_in)
        return LeadTime(
            agreed_in=agreed_in,
            built_in=built_in,
            not_before=not_before,
            ready=ready,
            decide_by=None if sign_by is None else later(sign_by, -agreed_in),
            sign_by=sign_by,
            says=(f"{agreement}: {agreed_in} days", *((f"{said}: {begun} days",) if said else ())),
        )

    def covering(self, one: Open, provider: Provider, lead: str) -> tuple[Agreement, ...]:
        """Return the agreements that stand between the lead and a provider and cover the mission, or what is used."""
        plans = (one.mission, one.holder.partition(":")[2], provider.record.id if provider.record else "")
        found = (agreement for plan in plans for agreement in self._case.agreements(plan, lead, provider.agency))
        return tuple(dict.fromkeys(found))

    def needed(self, one: Open) -> dt.date | None:
        """Return when it has to be there: when the mission leaves, of one at work the stated day, else today."""
        if self._case.flies(one.mission):
            by = one.requirement.by
            today = self._case.after.known_on
            return today if by is None or by.opens_early else max(today, by.earliest)
        departure = self._departures.get(one.mission)
        return departure.base if departure is not None else None

    def keep_by(self, one: Open) -> dt.date | None:
        """Return the last day on which it can be there so that the mission keeps its date."""
        if self._case.flies(one.mission):
            by = one.requirement.by
            needed = self.needed(one)
            return needed if by is None or by.stays_open or needed is None else max(needed, by.latest)
        departure = self._departures.get(one.mission)
        return departure.keep_by if departure is not None else None

    def serves_others(self, one: Open, provider: Provider) -> tuple[str, ...]:
        """Return the other plans that use what a provider has, where it states no capacity to share."""
        record = provider.record
        if not isinstance(record, Element | Mission) or getattr(record, "capacity_to_share", None) is not None:
            return ()
        own = {one.mission, one.holder.partition(":")[2]}
        return tuple(sorted(self._users.get(record.id, frozenset()) - own))

    def users_of(self, record: str) -> frozenset[str]:
        """Return the plans that name something for a requirement."""
        return self._users.get(record, frozenset())

    @cached_property
    def _users(self) -> Mapping[str, frozenset[str]]:
        """Plans by what they use."""
        return Parts(self._case.after).users

    def _agreement(self, one: Open, provider: Provider, lead: str) -> str:
        """Return which lead time the text between both takes."""
        if provider.agency == lead:
            return "own-decision"
        return "agreement-at-hand" if self.covering(one, provider, lead) else "new-agreement"

    def _work(self, one: Open, provider: Provider) -> tuple[int, int, str]:
        """Return the days from the text to the use, and the default or estimate that they rest on."""
        record = provider.record
        if is_service(self._case.after, provider, one.capability):
            return 0, 0, ""
        if provider.basis in ("develop", "expertise"):
            return self._development(one)
        launch = self._case.after.capabilities.covers(LAUNCHES, one.capability)
        planned = isinstance(record, Element | Mission) and provider.basis == "element"
        if planned and not launch and not self.serves_others(one, provider):
            stated = _available(provider)
            return (0, 0, "") if stated is not None else self._development(one)
        days = self._defaults.days("further-copy")
        return days, days, "further-copy"

    def _development(self, one: Open) -> tuple[int, int, str]:
        """Return the time of a development: by an estimate of what is lost, else the default."""
        lost = {key.partition(":")[2] for key in one.lost}
        for estimate in self._case.before.estimates.values():
            if estimate.plan in lost and estimate.development_days is not None:
                days = round(estimate.development_days)
                return days, days, f"development, by the analogue {estimate.analogue}"
        days = self._defaults.days("development")
        return days, days, "development"


def _available(provider: Provider) -> DateRange | None:
    """Return when what a provider has can be used, as it states."""
    record = provider.record
    if isinstance(record, Element | Offer):
        return record.available
    return record.planned if isinstance(record, Mission) else None
