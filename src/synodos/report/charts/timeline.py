"""Years across a picture: where a day lies, which years to show, and how labels share lanes."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from synodos.language import DateRange

Span = tuple[float, float]
T = TypeVar("T")
LONGEST: Final = 45
"""Years that a picture shows at most, unless it is told otherwise."""
SHORTEST: Final = 8
NARROW: Final = 0.4
"""Width of a year with little in it against that of the others."""
LATE: Final = 0.9
"""Share of dates that begin in years of full width."""
FEW: Final = 6
"""Years that have to be gained from before some are drawn narrower."""
NUMBER: Final = 31.0
"""Least distance in pixels between the numbers of two years."""
EARLY: Final = 0.08
"""Share of dates that may lie before the first year shown, so that a few old ones do not squeeze the rest."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The field of years in a picture, in pixels from its left edge.

    Attributes
    ----------
    left, right : float
        Where the first year begins and the last one ends.
    years : Years
        The years shown.
    edge : float
        Right edge of the picture; from `right` to here stands what has no date.
    """

    left: float
    right: float
    years: Years
    edge: float

    @property
    def year_width(self) -> float:
        """Width of a year in pixels, before the years become narrower."""
        return (self.right - self.left) / self.years.weight(self.years.last + 1)

    def x(self, moment: float) -> float:
        """Return where a moment in years lies; what lies outside the years shown lies on the edge."""
        inside = min(max(moment, self.years.first), self.years.last + 1)
        return self.left + self.years.weight(inside) * self.year_width

    @property
    def numbered(self) -> tuple[int, ...]:
        """Years that get a number: each, or every second or fifth where there is no room."""
        found: list[int] = []
        for year in range(self.years.first, self.years.last + 1):
            room = self.x(year + 1) - self.x(year)
            step = next(step for step in (1, 2, 5, 10, 20, 50, 1000) if room * step >= NUMBER)
            if year % step == 0 and (not found or self.x(year) - self.x(found[-1]) >= NUMBER):
                found.append(year)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Years:
    """The years that a picture shows.

    Attributes
    ----------
    first, last : int
        First and last year.
    dense : int
        Last year of full width; later ones, with little in them, are drawn narrower.
    """

    first: int
    last: int
    dense: int

    def weight(self, moment: float) -> float:
        """Return the width from the first year to a moment, in full years."""
        narrow = max(0.0, moment - self.dense - 1)
        return moment - self.first - (1 - NARROW) * narrow


def start_of(day: dt.date) -> float:
    """Return when `day` begins, in years."""
    length = 366 if calendar.isleap(day.year) else 365
    return day.year + (day.timetuple().tm_yday - 1) / length


def end_of(day: dt.date) -> float:
    """Return when `day` ends, in years."""
    return day.year + 1.0 if (day.month, day.day) == (12, 31) else start_of(day + dt.timedelta(days=1))


def span(date: DateRange) -> Span:
    """Return when a date begins and ends, in years; infinite where an end is open."""
    return (
        -math.inf if date.opens_early else start_of(date.earliest),
        math.inf if date.stays_open else end_of(date.latest),
    )


def merged(spans: Iterable[tuple[Span | None, T]]) -> list[tuple[Span | None, tuple[T, ...]]]:
    """Return stretches of time with those that touch joined, each with what it is made of; undated things last."""
    stated, undated = [], []
    for stretch, thing in spans:
        if stretch is None:
            undated.append(thing)
        else:
            stated.append((stretch, thing))
    joined: list[tuple[Span | None, tuple[T, ...]]] = []
    last: Span = (-math.inf, -math.inf)
    for stretch, thing in sorted(stated, key=lambda pair: pair[0]):
        if joined and stretch[0] <= last[1]:
            last = (last[0], max(last[1], stretch[1]))
            joined[-1] = (last, (*joined[-1][1], thing))
        else:
            last = stretch
            joined.append((last, (thing,)))
    return [*joined, *([(None, tuple(undated))] if undated else [])]


def years_shown(dates: Iterable[DateRange | None], known_on: dt.date) -> Years:
    """Return which years to show.

    Open ends do not count. The earliest `EARLY` of the dates are passed over; where the rest span more than
    `LONGEST` years, those count into which most of them fall. What lies outside is drawn at the edge. Years at
    the end in which few dates begin are drawn narrower.
    """
    stated = [date for date in dates if date is not None]
    starts = sorted(date.earliest.year for date in stated if not date.opens_early) or [known_on.year]
    starts = starts[int(EARLY * len(starts)) :]
    stops = [date.latest.year for date in stated if not date.stays_open and date.latest.year >= starts[0]]
    first, last = _fullest(sorted((*starts, *stops)))
    begin = [year for year in starts if first <= year <= last] or [first]
    last = max(last, begin[-1] + 1, first + SHORTEST)
    dense = max(first + SHORTEST, begin[int(LATE * (len(begin) - 1))])
    return Years(first, last, dense if last - dense >= FEW else last)


def _fullest(years: Sequence[int]) -> tuple[int, int]:
    """Return the first and last of sorted years within `LONGEST` years of each other, as many as can be."""
    upto = {first: bisect_right(years, first + LONGEST) for first in years}
    best = max(upto, key=lambda first: (upto[first] - bisect_left(years, first), first))
    return best, years[upto[best] - 1]


def seated(options: Sequence[Sequence[tuple[float, float]]], gap: float) -> list[tuple[int, int]]:
    """Return a lane for each thing that may stand in one of several ways, so that in a lane all stay `gap` apart.

    Parameters
    ----------
    options : sequence of sequence of (float, float)
        For each thing the extents, from left to right, that it may take, the preferred one first.
    gap : float
        Least distance between neighbours in a lane.

    Returns
    -------
    list of (int, int)
        Lane of each thing, from 0, and the option taken, in the order given.

    Notes
    -----
    Things come in the order in which they begin, and each goes into the lane where it leaves the least free
    space (best fit). Where everything has one option, no fewer lanes would do (interval partitioning; Kleinberg
    and Tardos, Algorithm Design, section 4.1).
    """
    chosen = [(0, 0)] * len(options)
    ends: list[float] = []
    for at in sorted(range(len(options)), key=lambda index: max(options[index])):
        lane, option = _seat(options[at], ends, gap)
        right = options[at][option][1]
        if lane == len(ends):
            ends.append(right)
        else:
            ends[lane] = right
        chosen[at] = (lane, option)
    return chosen


def _seat(options: Sequence[tuple[float, float]], ends: Sequence[float], gap: float) -> tuple[int, int]:
    """Return the lane and the option that leave the least free space, or a new lane."""
    for option, (left, _) in enumerate(options):
        fitting = [lane for lane, end in enumerate(ends) if end + gap <= left]
        if fitting:
            return max(fitting, key=lambda lane: ends[lane]), option
    return len(ends), 0
