"""Classes of days, and of what registers say of a party: between them no window of a norm or register changes."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from synodos.language import DateRange
from synodos.law.assessing.bundles import OF_POLICIES, is_criterion
from synodos.law.catalogue import Catalogue
from synodos.law.rules.dependencies import constants, parsed, token
from synodos.law.rules.reaching import reachable
from synodos.law.windows import Truth, Window

ONE_DAY, COURSE = "start", "course"
PLACED: Final = frozenset({"origin", "destination_state"})
"""Facts whose last argument is a state on which registers are asked, beside the parties."""
INVOLVED: Final = "involved"
"""Fact that names a party that takes part."""
DATED: Final = "rendered"
"""Fact that holds a day of its own: its earliest and its latest."""
Facts = frozenset[tuple[str, tuple[str, ...]]]
"""Predicates and arguments."""
Stands = tuple[tuple[str, int], ...]
"""Class of each party, in order."""
Ranks = tuple[bool | int, ...]
"""Between which breaks some days lie."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What the norms are judged by that activities of one sort can touch at all: windows and registers."""

    number: int
    norms: frozenset[str]
    windows: frozenset[int]
    registers: frozenset[str]


class Reaches:
    """Sorts of activities by the predicates that are told of them."""

    def __init__(self, catalogue: Catalogue, windows: Mapping[str, int]) -> None:
        """Start with no sort."""
        self._catalogue = catalogue
        self._windows = windows
        self._criteria = frozenset(norm for norm in catalogue.norms if is_criterion(catalogue, norm))
        self._by_norms: dict[frozenset[str], Reach] = {}
        named = {atom.name for text in catalogue.rules.values() for rule in parsed(text) for atom in rule.body}
        self.asked = frozenset({*named, INVOLVED, *PLACED} - {DATED})
        self._kinds = [("kind", (kind,)) for kind in sorted(constants(catalogue.rules, "kind", 1))]
        self._seen: dict[tuple[frozenset[str], tuple[str, ...]], Reach] = {}

    def of(self, predicates: frozenset[str], facts: Facts) -> Reach:
        """Return what activities with some predicates can touch."""
        kinds = tuple([token(*kind) for kind in self._kinds if kind in facts])
        seen = self._seen.get((predicates, kinds))
        if seen is not None:
            return seen
        norms = reachable(self._catalogue.rules, predicates.union(kinds))
        if {"kind:mission", *OF_POLICIES.facts} <= predicates.union(kinds):
            norms |= self._criteria
        if norms not in self._by_norms:
            self._by_norms[norms] = self._new(norms)
        self._seen[predicates, kinds] = self._by_norms[norms]
        return self._by_norms[norms]

    def _new(self, norms: frozenset[str]) -> Reach:
        """Return what some norms, and those that no rule file concerns, are judged by."""
        own = self._catalogue.needs
        known = [norm for norm in self._windows if norm in norms or norm not in own]
        listed = {self._catalogue.instrument(norm).binds.listed_in for norm in known}
        registers = frozenset(name for name in (*listed, *self._catalogue.listed) if name is not None)
        return Reach(len(self._by_norms), norms, frozenset(self._windows[norm] for norm in known), registers)


class Days:
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
        self._class_of_ranks: dict[tuple[int, str, bool, int, int], int] = {}
        self._seen: dict[tuple[int, str, str], int] = {}

    def on(self, reach: Reach, day: DateRange) -> int:
        """Return the class of one day that lies somewhere in a range."""
        return self._class(reach, ONE_DAY, day)

    def overlapping(self, reach: Reach, course: DateRange) -> int:
        """Return the class of all days of a range."""
        return self._class(reach, COURSE, course)

    def _class(self, reach: Reach, how: str, when: DateRange) -> int:
        """Return the class of a range; ranges between the same breaks are alike."""
        key = reach.number, how, when.text
        seen = self._seen.get(key)
        if seen is not None:
            return seen
        between = bisect_right(self._breaks, when.earliest), bisect_right(self._breaks, when.latest)
        ranks = reach.number, how, when.stays_open, *between
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


class Standings:
    """Classes of what registers say of parties on the days of an activity."""

    def __init__(self, catalogue: Catalogue, law_known_on: dt.date) -> None:
        """Start with no class."""
        self._registers = catalogue.registers
        self._known_on = law_known_on
        self.classes: list[dict[tuple[str, str], Truth]] = []
        self._class_of_truths: dict[tuple[tuple[tuple[str, str], Truth], ...], int] = {}
        self._window_of: dict[tuple[str, str], Window | None] = {}
        self._windows: dict[tuple[int, str], tuple[list[dt.date], list[tuple[str, Window]]]] = {}
        self._class_of_ranks: dict[tuple[int, str, Ranks], int] = {}
        self._breaks: dict[tuple[int, tuple[str, ...]], list[dt.date]] = {}
        self._stands: dict[tuple[int, tuple[str, ...], Ranks], Stands] = {}
        self._same: dict[Stands, Stands] = {}

    def of(self, reach: Reach, parties: tuple[str, ...], start: DateRange, course: DateRange | None) -> Stands:
        """Return each party with its class on the days of an activity; what is the same is one object."""
        breaks = self._breaks.get((reach.number, parties))
        if breaks is None:
            every = {day for party in parties for day in self._windows_of(reach, party)[0]}
            breaks = self._breaks[reach.number, parties] = sorted(every)
        key = reach.number, parties, _ranks(breaks, start, course)
        found = self._stands.get(key)
        if found is None:
            stands = tuple([(party, self._of_party(reach, party, start, course)) for party in parties])
            found = self._stands[key] = self._same.setdefault(stands, stands)
        return found

    def _of_party(self, reach: Reach, party: str, start: DateRange, course: DateRange | None) -> int:
        """Return the class of a party on the days of an activity."""
        breaks, windows = self._windows_of(reach, party)
        key = reach.number, party, _ranks(breaks, start, course)
        found = self._class_of_ranks.get(key)
        if found is None:
            found = self._class_of_ranks[key] = self._new(windows, start, course)
        return found

    def _windows_of(self, reach: Reach, party: str) -> tuple[list[dt.date], list[tuple[str, Window]]]:
        """Return when each register has a party bound, and the days on which that may change."""
        key = reach.number, party
        if key not in self._windows:
            asked = [(register, self._window(register, party)) for register in sorted(reach.registers)]
            found = [(register, window) for register, window in asked if window is not None]
            self._windows[key] = sorted({day for pair in found for day in pair[1].breaks()}), found
        return self._windows[key]

    def _window(self, register: str, party: str) -> Window | None:
        """Return when a register has a party bound."""
        if (register, party) not in self._window_of:
            self._window_of[register, party] = self._registers.window(register, party, self._known_on)
        return self._window_of[register, party]

    def _new(self, windows: Iterable[tuple[str, Window]], start: DateRange, course: DateRange | None) -> int:
        """Return the class of what windows say of some days."""
        found: dict[tuple[str, str], Truth] = {}
        for register, window in windows:
            found[register, ONE_DAY] = window.on(start)
            found[register, COURSE] = window.overlaps(course) if course else window.on(start)
        truths = tuple([(key, truth) for key, truth in found.items() if truth != "no"])
        number = self._class_of_truths.setdefault(truths, len(self.classes))
        if number == len(self.classes):
            self.classes.append(dict(truths))
        return number


def _ranks(breaks: Sequence[dt.date], start: DateRange, course: DateRange | None) -> Ranks:
    """Return between which breaks the days of an activity lie, and whether its course stays open."""
    first = bisect_right(breaks, start.earliest), bisect_right(breaks, start.latest)
    if course is None:
        return False, *first
    return course.stays_open, *first, bisect_right(breaks, course.earliest), bisect_right(breaks, course.latest)
