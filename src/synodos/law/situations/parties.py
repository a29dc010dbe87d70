"""Who takes part: agencies with their states, organisations with their members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from synodos.language import WITHHELD, Agency, DateRange, Portfolio
from synodos.law.situations.telling import told_by
from synodos.law.situations.words import words
from synodos.law.types import Fact

GOVERNMENTAL: Final = ("agency", "government-body")
NON_GOVERNMENTAL: Final = ("company", "non-governmental")
ORGANISATION: Final = "intergovernmental"
FORUM: Final = "forum"


class Registers(Protocol):
    """What facts need of the catalogue: members of organisations, and the days of contracts and signatures."""

    @property
    def contract_days(self) -> tuple[dt.date, ...]:
        """Days for which it matters whether a contract was made by then."""

    @property
    def signing_days(self) -> tuple[dt.date, ...]:
        """Days for which it matters whether an agreement was signed before or since."""

    def members(self, organisation: str, at: DateRange | None) -> Iterable[tuple[str, bool]]:
        """Yield the member states on any day of `at`, and whether that rests on general knowledge."""


@dataclass(frozen=True, slots=True)
class Company:
    """Those who take part in an activity together.

    Attributes
    ----------
    facts : tuple of Fact
        What is known of them, and who is involved through them.
    involved : tuple of str
        Agencies, states and organisations that may bear a duty, in order.
    """

    facts: tuple[Fact, ...]
    involved: tuple[str, ...]


class Parties:
    """The agencies of a portfolio as law sees them; what is found once is kept."""

    def __init__(self, portfolio: Portfolio, registers: Registers) -> None:
        """Take the agencies of `portfolio` and the members of organisations from `registers`."""
        self._agencies = portfolio.agencies
        self._registers = registers
        self._said: dict[str, tuple[Fact, ...]] = {}
        self._members: dict[tuple[str, str], tuple[Fact, ...]] = {}
        self._counterparts: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
        self._same_members: dict[tuple[Fact, ...], tuple[Fact, ...]] = {}
        self._companies: dict[tuple[object, ...], Company] = {}

    def actor(self, agency_id: str) -> str | None:
        """Return what sort of body an agency is; None if the portfolio does not say."""
        agency = self._agencies.get(agency_id)
        if agency is None:
            return None
        return FORUM if agency_id in words().forum else agency.actor

    def state(self, agency_id: str) -> str | None:
        """Return the state of an agency; None if there is none or the viewer may not know it."""
        agency = self._agencies.get(agency_id)
        return None if agency is None or agency.state == WITHHELD else agency.state

    def side(self, agency_id: str) -> str | None:
        """Return the state or the organisation for which an agency stands; None if it is not known."""
        return agency_id if self.actor(agency_id) == ORGANISATION else self.state(agency_id)

    def government(self, agency_id: str) -> bool | None:
        """Return whether an agency is a government body, or an organisation of governments; None if open."""
        actor = self.actor(agency_id)
        if actor in (*GOVERNMENTAL, ORGANISATION):
            return True
        return False if actor in NON_GOVERNMENTAL else None

    def counterparts(self, agencies: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Return, of each government body, whether its partners abroad are government bodies; where all are or none."""
        if agencies not in self._counterparts:
            self._counterparts[agencies] = tuple(self._counterparts_of(agencies))
        return self._counterparts[agencies]

    def _counterparts_of(self, agencies: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Yield government bodies with `yes` or `no`."""
        kinds = {agency: (self.side(agency), self.government(agency)) for agency in agencies}
        for agency, (side, government) in kinds.items():
            abroad = {other for where, other in kinds.values() if where != side}
            if government and side and abroad in ({True}, {False}):
                yield agency, "yes" if abroad == {True} else "no"

    def together(self, agencies: tuple[str, ...], at: DateRange | None) -> Company:
        """Return what is known of those who take part in an activity on a date.

        A name that is withheld stands for somebody of whom nothing is known, so that nobody takes the rest for all.
        """
        members = [self._membership(agency, at) for agency in agencies]
        place = (agencies, *map(id, members))
        if place not in self._companies:
            facts = tuple(self._facts(agencies, members))
            involved = dict.fromkeys(fact.arguments[0] for fact in facts if fact.predicate == "involved")
            self._companies[place] = Company(facts, tuple(involved))
        return self._companies[place]

    def _facts(self, agencies: tuple[str, ...], members: Iterable[tuple[Fact, ...]]) -> Iterator[Fact]:
        """Yield what is known of those who take part, and of the members of each; nothing twice."""
        found: dict[tuple[str, tuple[str, ...]], Fact] = {}
        for agency_id, of in zip(agencies, members, strict=True):
            if agency_id != WITHHELD:
                for fact in (*self.said(agency_id), *of):
                    found.setdefault((fact.predicate, fact.arguments), fact)
        yield from found.values()
        yield from self._sides(agencies)

    def said(self, agency_id: str) -> tuple[Fact, ...]:
        """Return what the record of an agency says."""
        if agency_id not in self._said:
            agency = self._agencies.get(agency_id)
            without = (Fact("involved", (agency_id,)), Fact("unstated", ("actor",)))
            self._said[agency_id] = tuple(self._of(agency)) if agency else without
        return self._said[agency_id]

    def _of(self, agency: Agency) -> Iterator[Fact]:
        """Yield what law takes from the record of an agency."""
        actor = self.actor(agency.id) or ""
        yield told_by(agency, "id", "involved", agency.id)
        yield told_by(agency, "actor", "actor", agency.id, actor)
        if actor in GOVERNMENTAL:
            yield told_by(agency, "actor", "governmental", agency.id)
        if actor in NON_GOVERNMENTAL:
            yield told_by(agency, "actor", "non_governmental", agency.id)
        if actor == ORGANISATION:
            yield told_by(agency, "actor", "organisation", agency.id)
            return
        if state := self.state(agency.id):
            yield told_by(agency, "state", "national_of", agency.id, state)
            yield told_by(agency, "state", "involved", state)
            yield told_by(agency, "state", "state", state)
            yield told_by(agency, "state", "conducts", state)
            yield told_by(agency, "state", "participants_from", state)
        elif actor != FORUM:
            yield told_by(agency, "state", "unstated", "state")

    def _membership(self, agency_id: str, at: DateRange | None) -> tuple[Fact, ...]:
        """Return the members of an organisation on a date, who are involved through it; the same ones as one object."""
        place = (agency_id, at.text if at else "")
        if place not in self._members:
            members = self._registers.members(agency_id, at) if self.actor(agency_id) == ORGANISATION else ()
            records = (f"agency:{agency_id}",)
            facts = tuple(
                fact
                for state, unverified in members
                for fact in (
                    Fact("member_state", (agency_id, state), records, unverified),
                    Fact("involved", (state,), records, unverified),
                )
            )
            self._members[place] = self._same_members.setdefault(facts, facts)
        return self._members[place]

    def _sides(self, agencies: tuple[str, ...]) -> Iterator[Fact]:
        """Yield how many states and organisations take part, as far as that is certain."""
        by_agency = {agency: self.side(agency) for agency in agencies if self.actor(agency) != FORUM}
        sides = tuple(dict.fromkeys(side for side in by_agency.values() if side))
        records = tuple(f"agency:{agency}" for agency, side in by_agency.items() if side)
        if len(sides) > 2:  # noqa: PLR2004 - three or more are multilateral
            yield Fact("multilateral", (), records)
        elif None in by_agency.values():
            yield Fact("unstated", ("sides",), records)
        elif len(sides) == 2:  # noqa: PLR2004 - two sides are bilateral
            yield Fact("only_two_sides", (), records)
            yield Fact("bilateral", sides, records)
            yield Fact("bilateral", sides[::-1], records)
        if len(sides) > 1:
            yield Fact("cooperation", (), records)
