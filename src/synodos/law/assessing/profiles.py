"""Activities that law cannot tell apart: the same facts, and days between which no window or register changes."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from synodos.language import DateRange
from synodos.law.catalogue import Catalogue
from synodos.law.rules.dependencies import constants, parsed, reachable, token
from synodos.law.types import Fact, Situation
from synodos.law.windows import Truth, Window

ONE_DAY, COURSE = "start", "course"
ANY_DAY: Final = DateRange("1500..")
"""Stands for a day of which nothing is stated."""
PLACED: Final = frozenset({"origin", "destination_state"})
"""Facts whose last argument is a state on which registers are asked, beside the parties."""
INVOLVED: Final = "involved"
"""Fact that names a party that takes part."""
DATED: Final = "rendered"
"""Fact that holds a day of its own: its earliest and its latest."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is the same in many activities.

    Attributes
    ----------
    number : int
        Stands for the profile in the program.
    facts : tuple of (str, tuple of str)
        Predicates and arguments.
    dates : tuple of (str, int)
        Class of days of the start, the course and the rendering, by what is judged.
    standings : tuple of (str, int)
        For each party and state the class of what registers say of it.
    parties : tuple of str
        Who may bear a duty, in order.
    """

    number: int
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    dates: tuple[tuple[str, int], ...]
    standings: tuple[tuple[str, int], ...]
    parties: tuple[str, ...]

    @property
    def involved(self) -> frozenset[str]:
        """Those of whom it is told that they take part."""
        return frozenset([arguments[0] for predicate, arguments in self.facts if predicate == INVOLVED])


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
    days, standings = _Days(catalogue, law_known_on), _Standings(catalogue, law_known_on)
    reaches = _Reaches(catalogue, days.windows)
    undated = DateRange(f"{known_on}..")
    found: dict[object, Profile] = {}
    of = []
    for situation in situations:
        start = situation.start or undated
        course = situation.course
        facts, predicates = _sorted_out(situation.facts, reaches.asked)
        reach = reaches.of(predicates, facts)
        first = days.on(reach, start)
        dates = [(ONE_DAY, first), (COURSE, days.overlapping(reach, course) if course else first)]
        if days.rendered:
            dates.append((DATED, days.on(reach, _rendered(situation.facts) if DATED in predicates else ANY_DAY)))
        parties = situation.parties if not predicates.intersection(PLACED) else _with_places(situation.parties, facts)
        stands = tuple([(party, standings.of(reach, party, start, course)) for party in parties])
        key = facts, tuple(dates), stands, situation.parties
        profile = found.get(key)
        if profile is None:
            ordered = tuple(sorted(facts))
            profile = found[key] = Profile(len(found), ordered, tuple(dates), stands, situation.parties)
        of.append(profile.number)
    return Profiles(tuple(found.values()), tuple(of), days.windows, days.classes, standings.classes)


Facts = frozenset[tuple[str, tuple[str, ...]]]


def _sorted_out(facts: Iterable[Fact], asked: frozenset[str]) -> tuple[Facts, frozenset[str]]:
    """Return the facts for which rules ask, without their records, and all predicates."""
    kept = frozenset([(fact.predicate, fact.arguments) for fact in facts if fact.predicate in asked])
    return kept, frozenset([fact.predicate for fact in facts])


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


@dataclass(frozen=True, slots=True)
class _Reach:
    """What the norms are judged by that activities of one sort can touch at all: windows and registers."""

    number: int
    windows: frozenset[int]
    registers: frozenset[str]


class _Reaches:
    """Sorts of activities by the predicates that are told of them."""

    def __init__(self, catalogue: Catalogue, windows: Mapping[str, int]) -> None:
        """Start with no sort."""
        self._catalogue = catalogue
        self._windows = windows
        self._by_norms: dict[frozenset[str], _Reach] = {}
        named = {atom.name for text in catalogue.rules.values() for rule in parsed(text) for atom in rule.body}
        self.asked = frozenset({*named, INVOLVED, *PLACED} - {DATED})
        self._kinds = [("kind", (kind,)) for kind in sorted(constants(catalogue.rules, "kind", 1))]
        self._seen: dict[tuple[frozenset[str], tuple[str, ...]], _Reach] = {}

    def of(self, predicates: frozenset[str], facts: Facts) -> _Reach:
        """Return what activities with some predicates can touch."""
        kinds = tuple([token(*kind) for kind in self._kinds if kind in facts])
        seen = self._seen.get((predicates, kinds))
        if seen is not None:
            return seen
        norms = reachable(self._catalogue.rules, predicates.union(kinds))
        if norms not in self._by_norms:
            self._by_norms[norms] = self._new(norms)
        self._seen[predicates, kinds] = self._by_norms[norms]
        return self._by_norms[norms]

    def _new(self, norms: frozenset[str]) -> _Reach:
        """Return what some norms, and those that no rule file concerns, are judged by."""
        own = self._catalogue.needs
        known = [norm for norm in self._windows if norm in norms or norm not in own]
        listed = {self._catalogue.instrument(norm).binds.listed_in for norm in known}
        registers = frozenset(name for name in (*listed, *self._catalogue.listed) if name is not None)
        return _Reach(len(self._by_norms), frozenset(self._windows[norm] for norm in known), registers)


class _Days:
    """Classes of days between which no window of a norm changes."""

    def __init__(self, catalogue: Catalogue, law_known_on: dt.date) -> None:
        """Give a number to each distinct window of the norms that are known."""
        distinct: dict[Window, int] = {}
        self.windows: dict[str, int] = {}
        for norm in catalogue.norms:
            window = catalogue.stated(norm).as_known(law_known_on)
            if window is not None:
                self.windows[norm] = distinct.setdefault(window, len(distinct))
        self.rendered = any(norm.judged == DATED for norm in catalogue.norms.values())
        self.classes: list[dict[int, Truth]] = []
        self._distinct = tuple(distinct)
        self._breaks = sorted({day for window in distinct for day in window.breaks()})
        self._class_of_truths: dict[tuple[tuple[int, Truth], ...], int] = {}
        self._class_of_ranks: dict[tuple[int, str, int, int], int] = {}
        self._seen: dict[tuple[int, str, str], int] = {}

    def on(self, reach: _Reach, day: DateRange) -> int:
        """Return the class of one day that lies somewhere in a range."""
        return self._class(reach, ONE_DAY, day)

    def overlapping(self, reach: _Reach, course: DateRange) -> int:
        """Return the class of all days of a range."""
        return self._class(reach, COURSE, course)

    def _class(self, reach: _Reach, how: str, when: DateRange) -> int:
        """Return the class of a range; ranges between the same breaks are alike."""
        key = reach.number, how, when.text
        seen = self._seen.get(key)
        if seen is not None:
            return seen
        ranks = reach.number, how, bisect_right(self._breaks, when.earliest), bisect_right(self._breaks, when.latest)
        if ranks not in self._class_of_ranks:
            windows = [(place, self._distinct[place]) for place in sorted(reach.windows)]
            asked = [(place, one.on(when) if how == ONE_DAY else one.overlaps(when)) for place, one in windows]
            truths = tuple([(place, truth) for place, truth in asked if truth != "no"])
            number = self._class_of_truths.setdefault(truths, len(self.classes))
            if number == len(self.classes):
                self.classes.append(dict(truths))
            self._class_of_ranks[ranks] = number
        self._seen[key] = self._class_of_ranks[ranks]
        return self._class_of_ranks[ranks]


class _Standings:
    """Classes of what registers say of a party on the days of an activity."""

    def __init__(self, catalogue: Catalogue, law_known_on: dt.date) -> None:
        """Start with no class."""
        self._registers = catalogue.registers
        self._known_on = law_known_on
        self.classes: list[dict[tuple[str, str], Truth]] = []
        self._class_of_truths: dict[tuple[tuple[tuple[str, str], Truth], ...], int] = {}
        self._windows: dict[tuple[int, str], tuple[list[dt.date], list[tuple[str, Window]]]] = {}
        self._class_of_ranks: dict[tuple[int, str, tuple[int, ...]], int] = {}
        self._seen: dict[tuple[int, str, str, str], int] = {}

    def of(self, reach: _Reach, party: str, start: DateRange, course: DateRange | None) -> int:
        """Return the class of a party on the days of an activity."""
        key = reach.number, party, start.text, course.text if course else ""
        seen = self._seen.get(key)
        if seen is not None:
            return seen
        breaks, windows = self._windows_of(reach, party)
        ends = (start, course) if course else (start,)
        days = [day for when in ends for day in (when.earliest, when.latest)]
        ranks = reach.number, party, tuple(bisect_right(breaks, day) for day in days)
        if ranks not in self._class_of_ranks:
            self._class_of_ranks[ranks] = self._new(windows, start, course)
        self._seen[key] = self._class_of_ranks[ranks]
        return self._class_of_ranks[ranks]

    def _windows_of(self, reach: _Reach, party: str) -> tuple[list[dt.date], list[tuple[str, Window]]]:
        """Return when each register has a party bound, and the days on which that may change."""
        key = reach.number, party
        if key not in self._windows:
            found = [
                (register, window)
                for register in sorted(reach.registers)
                if (window := self._registers.window(register, party, self._known_on)) is not None
            ]
            self._windows[key] = sorted({day for pair in found for day in pair[1].breaks()}), found
        return self._windows[key]

    def _new(self, windows: Iterable[tuple[str, Window]], start: DateRange, course: DateRange | None) -> int:
        """Return the class of what windows say of some days."""
        found: dict[tuple[str, str], Truth] = {}
        for register, window in windows:
            found[register, ONE_DAY] = window.on(start)
            found[register, COURSE] = window.overlaps(course) if course else window.on(start)
        truths = tuple((key, truth) for key, truth in found.items() if truth != "no")
        number = self._class_of_truths.setdefault(truths, len(self.classes))
        if number == len(self.classes):
            self.classes.append(dict(truths))
        return number
