"""Activities that law cannot tell apart: the same facts, and days between which no window or register changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Final

from synodos.language import DateRange
from synodos.law.assessing.classes import (
    COURSE,
    DATED,
    INVOLVED,
    ONE_DAY,
    PLACED,
    Days,
    Facts,
    Reach,
    Reaches,
    Standings,
    Stands,
)
from synodos.law.catalogue import Catalogue
from synodos.law.situations.alike import as_told
from synodos.law.types import Fact, Situation
from synodos.law.windows import Truth

ANY_DAY: Final = DateRange("1500..")
"""Stands for a day of which nothing is stated."""
Said = tuple[tuple[str, tuple[str, ...]], ...]
"""Facts without their records, in order: predicates and arguments."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is the same in many activities.

    Attributes
    ----------
    number : int
        Stands for the profile in the program.
    facts, shared : tuple of (str, tuple of str)
        Predicates and arguments; of the activity, and of those who take part.
    dates : tuple of (str, int)
        Class of days of the start, the course and the rendering, by what is judged.
    standings : tuple of (str, int)
        For each party and state the class of what registers say of it.
    parties : tuple of str
        Who may bear a duty, in order.
    involved : frozenset of str
        Those of whom it is told that they take part.
    reached : frozenset of str
        Norms of which some rule may say something.
    """

    number: int
    facts: Said
    shared: Said
    dates: tuple[tuple[str, int], ...]
    standings: tuple[tuple[str, int], ...]
    parties: tuple[str, ...]
    involved: frozenset[str]
    reached: frozenset[str]


@dataclass(frozen=True)
class Profiles:
    """Situations by profile, with what the classes of days and standings mean.

    Attributes
    ----------
    profiles : tuple of Profile
        Distinct ones, in order.
    of : tuple of int
        Profile of each situation.
    windows : mapping of str to int
        Window of each norm that is known.
    in_force : sequence of mapping of int to Truth
        For each class of days the windows in force, or perhaps in force.
    standing : sequence of mapping of (str, str) to Truth
        For each class of standings what registers say, by register and what is judged.
    """

    profiles: tuple[Profile, ...]
    of: tuple[int, ...]
    windows: Mapping[str, int]
    in_force: Sequence[Mapping[int, Truth]]
    standing: Sequence[Mapping[tuple[str, str], Truth]]


def profiles(
    situations: Sequence[Situation], catalogue: Catalogue, known_on: dt.date, law_known_on: dt.date
) -> Profiles:
    """Return the distinct profiles of some situations.

    Parameters
    ----------
    situations : sequence of Situation
        Activities with what is stated about them.
    catalogue : Catalogue
        Norms, and registers of who is bound.
    known_on : datetime.date
        Day of knowledge of the plans; an activity without a date takes place on it or later.
    law_known_on : datetime.date
        Day of knowledge of the law.
    """
    made = _Making(catalogue, law_known_on, DateRange(f"{known_on}.."))
    found: dict[object, Profile] = {}
    of = []
    known: dict[object, int] = {}
    for situation in situations:
        alike = _alike(situation)
        number = known.get(alike)
        if number is None:
            number = known[alike] = _numbered(situation, made, found)
        of.append(number)
    days, stands = made.days, made.standings
    return Profiles(tuple(found.values()), tuple(of), days.windows, days.classes, stands.classes)


def _numbered(situation: Situation, made: _Making, found: dict[object, Profile]) -> int:
    """Return the number of the profile of a situation, which is added to those found if it is new."""
    told = made.told(situation)
    dates, standings = made.classes(told, situation)
    key = told.number, dates, id(standings), situation.parties
    profile = found.get(key)
    if profile is None:
        said, involved = made.said(told.facts)
        involved = made.same_parties(involved | told.company.involved)
        parties, norms = situation.parties, told.reach.norms
        profile = Profile(len(found), said, told.company.facts, dates, standings, parties, involved, norms)
        found[key] = profile
    return profile.number


def _alike(situation: Situation) -> object:
    """Return what situations have in common that are alike at first sight."""
    start, course = situation.start, situation.course
    days = start.text if start else None, course.text if course else None
    return id(as_told(situation.facts)), id(situation.parties), days


_SAYS: Final[Callable[[Fact], tuple[str, tuple[str, ...]]]] = itemgetter(0, 1)
_PREDICATE: Final[Callable[[tuple[str, tuple[str, ...]]], str]] = itemgetter(0)
Classes = tuple[Stands, Stands]
"""Classes of days by what is judged, and of standings by party."""


@dataclass(frozen=True, slots=True)
class _Company:
    """What is told of those who take part: a number for it, facts, all predicates, and who is involved."""

    number: int
    facts: Said
    predicates: frozenset[str]
    involved: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of an activity but for its days: a number for what is asked of it, and what it reaches."""

    number: int
    facts: Facts
    company: _Company
    reach: Reach
    placed: bool
    rendered: bool


class _Making:
    """Classes of what situations say; what was found once is kept."""

    def __init__(self, catalogue: Catalogue, law_known_on: dt.date, undated: DateRange) -> None:
        """Start with no class."""
        self.days, self.standings = Days(catalogue, law_known_on), Standings(catalogue, law_known_on)
        self._reaches = Reaches(catalogue, self.days.windows)
        self._asked = self._reaches.asked
        self._undated = undated
        self._seen: dict[object, Classes] = {}
        self._told: dict[tuple[Facts, int], _Told] = {}
        self._numbers: dict[tuple[Facts, int, int], int] = {}
        self._same_parties: dict[frozenset[str], frozenset[str]] = {}
        self._said: dict[Facts, tuple[Said, frozenset[str]]] = {}
        self._companies: dict[Facts, _Company] = {}
        self._company_of: dict[int, _Company] = {}

    def told(self, situation: Situation) -> _Told:
        """Return what is told of a situation, the same as one object."""
        company = self.company(situation.shared)
        every = frozenset(map(_SAYS, islice(situation.facts, len(situation.facts) - len(situation.shared))))
        found = self._told.get((every, company.number))
        if found is None:
            predicates = frozenset(map(_PREDICATE, every))
            facts = frozenset([one for one in every if one[0] in self._asked])
            reach = self._reaches.of(predicates | company.predicates, facts)
            placed, rendered = not predicates.isdisjoint(PLACED), DATED in predicates
            number = self._numbers.setdefault((facts, company.number, reach.number), len(self._numbers))
            found = self._told[every, company.number] = _Told(number, facts, company, reach, placed, rendered)
        return found

    def classes(self, told: _Told, situation: Situation) -> Classes:
        """Return the classes of the days of a situation, and of what registers say of its parties on them."""
        start, course = situation.start or self._undated, situation.course
        rendered = _rendered(situation.facts) if told.rendered else ANY_DAY
        parties = _with_places(situation.parties, told.facts) if told.placed else situation.parties
        key = told.reach.number, parties, start.text, course.text if course else None, rendered.text
        found = self._seen.get(key)
        if found is None:
            first = self.days.on(told.reach, start)
            dates = [(ONE_DAY, first), (COURSE, self.days.overlapping(told.reach, course) if course else first)]
            if self.days.rendered:
                dates.append((DATED, self.days.on(told.reach, rendered)))
            found = self._seen[key] = tuple(dates), self.standings.of(told.reach, parties, start, course)
        return found

    def company(self, shared: tuple[Fact, ...]) -> _Company:
        """Return what is told of those who take part; situations hold what they share, so that its id tells it."""
        found = self._company_of.get(id(shared))
        if found is None:
            every = frozenset(map(_SAYS, shared))
            if every not in self._companies:
                said, involved = self.said(frozenset([one for one in every if one[0] in self._asked]))
                predicates = frozenset(map(_PREDICATE, every))
                self._companies[every] = _Company(len(self._companies), said, predicates, involved)
            found = self._company_of[id(shared)] = self._companies[every]
        return found

    def same_parties(self, involved: frozenset[str]) -> frozenset[str]:
        """Return the same parties as one object."""
        return self._same_parties.setdefault(involved, involved)

    def said(self, facts: Facts) -> tuple[Said, frozenset[str]]:
        """Return facts in order, the same ones as one object, and who is involved by them."""
        if facts not in self._said:
            involved = frozenset([arguments[0] for predicate, arguments in facts if predicate == INVOLVED])
            self._said[facts] = tuple(sorted(facts)), involved
        return self._said[facts]


def _with_places(parties: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    """Return the parties, and the states that facts name beside them."""
    placed = sorted(arguments[-1] for predicate, arguments in facts if predicate in PLACED)
    return tuple(dict.fromkeys((*parties, *placed)))


def _rendered(facts: Iterable[Fact]) -> DateRange:
    """Return the days on which something is rendered; the first and the last of the calendar stand for open ends."""
    earliest, latest = next(fact.arguments for fact in facts if fact.predicate == DATED)
    first = "" if earliest == str(dt.date.min) else earliest
    last = "" if latest == str(dt.date.max) else latest
    return DateRange(f"{first}..{last}") if first or last else ANY_DAY
