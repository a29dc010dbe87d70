"""What the facts about all activities of a portfolio share."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from synodos.language import WITHHELD, Commitment, DateRange, Element, Mission, Portfolio, Requirement
from synodos.law.situations.agreements import Agreements
from synodos.law.situations.answers import Determinations
from synodos.law.situations.parties import Parties, Registers
from synodos.law.situations.placing import TO_COME, Places

Provided = Element | Mission
SPACE_AGE: Final = dt.date(1957, 10, 4)
"""Day of the first launch of a satellite."""


@dataclass(frozen=True)
class Setting:
    """What the facts about all activities share.

    Attributes
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    registers : Registers
        Members of organisations, and days that contracts are asked for.
    """

    portfolio: Portfolio
    registers: Registers

    @cached_property
    def parties(self) -> Parties:
        """The agencies."""
        return Parties(self.portfolio, self.registers)

    @cached_property
    def places(self) -> Places:
        """What destinations and capabilities mean."""
        return Places(self.portfolio.destinations, self.portfolio.capabilities)

    @cached_property
    def agreements(self) -> Agreements:
        """The agreements by what they cover."""
        return Agreements(self.portfolio, self.registers.signing_days)

    @cached_property
    def determinations(self) -> Determinations:
        """The determinations by what they are about."""
        return Determinations(self.portfolio)

    @cached_property
    def commitments(self) -> Mapping[str, Sequence[Commitment]]:
        """Commitments by the plans that they carry."""
        found: dict[str, list[Commitment]] = defaultdict(list)
        for commitment in self.portfolio.commitments.values():
            for plan in commitment.to:
                found[plan].append(commitment)
        return found

    def provided(self, requirement: Requirement) -> Iterator[tuple[str, Provided | None]]:
        """Yield who meets a requirement and with which element or mission; what is withheld is passed over."""
        for one in requirement.met_by:
            record = self.portfolio.elements.get(one) or self.portfolio.missions.get(one)
            if record is not None and record.owner != WITHHELD:
                yield record.owner, record
        if not requirement.met_by and requirement.provider not in (None, WITHHELD):
            yield str(requirement.provider), None

    def plans(self, plan_ids: Sequence[str]) -> tuple[Provided, ...]:
        """Return the missions and elements with these ids, as far as they are known."""
        found = (self.portfolio.missions.get(one) or self.portfolio.elements.get(one) for one in plan_ids)
        return tuple(one for one in found if one is not None)

    def day_of(self, when: DateRange | None, plan_ids: Sequence[str]) -> DateRange | None:
        """Return the date of a transfer, payment or use; None if it is still to come.

        What has no date is to come if all that it is for is to come; else it may be of any day since the first launch.
        """
        if when is not None:
            return when
        missions = [self.portfolio.missions.get(one) for one in plan_ids]
        if missions and all(one is not None and one.status in TO_COME for one in missions):
            return None
        return DateRange(f"{SPACE_AGE}..")

    @cached_property
    def flown_by_today(self) -> DateRange:
        """The days on which something was launched of which only that is stated."""
        return DateRange(f"{SPACE_AGE}..{self.portfolio.known_on}")

    @cached_property
    def today(self) -> DateRange:
        """The day of knowledge."""
        return DateRange(self.portfolio.known_on.isoformat())
