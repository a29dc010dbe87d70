"""When the planets stand so that a launcher can send a mission, and the best day of each such time."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, get_args

import numpy as np

from synodos.schedule.launch.bodies import Body, LaunchError, date_of
from synodos.schedule.launch.orbits import Floats
from synodos.schedule.launch.porkchop import Integers, check_dates, flight_range, pair
from synodos.schedule.launch.search import Departure, Grid, Search, TransferType

DEFAULT_MARGIN_KM2_S2: Final = 5.0
"""C3 above the least of an opportunity up to which its launch period reaches where no limit is given; our choice."""
LONGEST_CYCLE_DAYS: Final = 800.0
"""Bodies that move nearly alike meet rarely, but can be reached each year: beyond this, a cycle is such a year."""
APART: Final = 0.6
"""Share of a cycle by which the best days of two opportunities are at least apart."""
SLACK: Final = 1.1
SLACK_KM2_S2: Final = 1.0
"""How far above the limit, as a factor and beyond it, the coarse grid may lie where the fine one is looked at."""


@dataclass(frozen=True, slots=True)
class LaunchPeriod:
    """A run of days on each of which some transfer keeps to the limits.

    Attributes
    ----------
    opens, closes : date
        First and last day.
    best : Departure
        Departure of least energy within it.
    c3_max_km2_s2 : float
        The limit that holds on the best day.
    """

    opens: dt.date
    closes: dt.date
    best: Departure
    c3_max_km2_s2: float

    @property
    def days(self) -> int:
        """Number of days, the first and the last included."""
        return (self.closes - self.opens).days + 1

    @property
    def best_departure(self) -> dt.date:
        """Day of least energy."""
        return self.best.departs

    @property
    def c3_km2_s2(self) -> float:
        """Least characteristic energy."""
        return self.best.c3_km2_s2

    @property
    def arrival_v_infinity_km_s(self) -> float:
        """Speed at arrival of the best departure."""
        return self.best.arrival_v_infinity_km_s

    @property
    def time_of_flight_days(self) -> int:
        """Time of flight of the best departure."""
        return self.best.time_of_flight_days

    @property
    def transfer_type(self) -> TransferType:
        """Type of the best departure."""
        return self.best.transfer_type


@dataclass(frozen=True, slots=True)
class LaunchPeriods:
    """Launch periods between two bodies.

    Attributes
    ----------
    departure, arrival : str
        Short names of the bodies.
    after, before : date
        Days asked about.
    synodic_period_days : float
        Mean time between two like positions of the bodies.
    periods : tuple of LaunchPeriod
        Those with a day between `after` and `before`, in order; the first and last may reach beyond.
    minima : tuple of Departure
        Departure of least energy of each opportunity and type, where it lies between `after` and `before`, in order.
    """

    departure: str
    arrival: str
    after: dt.date
    before: dt.date
    synodic_period_days: float
    periods: tuple[LaunchPeriod, ...]
    minima: tuple[Departure, ...]


def synodic_period_days(departure: str, arrival: str) -> float:
    """Return the mean time between two like positions of two bodies that circle the Sun.

    Raises
    ------
    LaunchError
        If a body is unknown, or if both are one.

    Notes
    -----
    1 / |1/A - 1/B| with the sidereal periods A and B.

    Examples
    --------
    >>> round(synodic_period_days("earth", "mars"), 1)
    779.9
    """
    return _synodic(*pair(departure, arrival))


def _synodic(leaves: Body, reaches: Body) -> float:
    """Return the synodic period of two bodies in days."""
    return 1 / abs(1 / leaves.period_days - 1 / reaches.period_days)


@lru_cache(maxsize=128)
def launch_periods(
    departure: str,
    arrival: str,
    after: dt.date,
    before: dt.date,
    *,
    c3_max_km2_s2: float | None = None,
    arrival_v_infinity_max_km_s: float | None = None,
    time_of_flight_days: tuple[int, int] | None = None,
) -> LaunchPeriods:
    """Return the launch periods between two bodies.

    Parameters
    ----------
    departure, arrival : str
        Bodies; see `body`.
    after, before : date
        Days of departure to look at.
    c3_max_km2_s2 : float, optional
        What the launcher can give; else 5 km²/s² above the least of each opportunity.
    arrival_v_infinity_max_km_s : float, optional
        Highest speed at arrival; else any.
    time_of_flight_days : tuple of int, optional
        Shortest and longest time of flight; else 0.4 and 1.75 times that of half an ellipse between circular orbits.

    Raises
    ------
    LaunchError
        If a body is unknown or both are one, if a limit is not positive, or if dates or flight times are out of order
        or of range.

    Notes
    -----
    Arcs as in `porkchop`. A coarse search finds where to look; there each day is searched with the flight times that
    `porkchop` takes, and the best departures to the day of departure and of flight. An opportunity is a least of the
    daily C3 with none lower within 0.6 synodic periods (years of the departure, if that period is over 800 days). The
    approximate orbits shift C3 by less than 0.1 km²/s² from the Earth to Venus and Mars. Azimuth, arrival and the
    spacecraft's mass narrow true launch periods to some weeks.
    """
    for name, limit in (("C3", c3_max_km2_s2), ("arrival speed", arrival_v_infinity_max_km_s)):
        if limit is not None and not limit > 0:
            message = f"launch.limit: expected a positive limit of the {name}; found {limit}"
            raise LaunchError(message)
    leaves, reaches = pair(departure, arrival)
    flights = flight_range(leaves, reaches, time_of_flight_days)
    check_dates(leaves, reaches, after, before, flights[1])
    cycle = _cycle(leaves, reaches)
    search = Search(leaves, reaches, *flights, arrival_v_infinity_max_km_s or math.inf, cycle)
    coarse = search.coarse(after, before)
    opportunities = tuple(_opportunities(coarse, cycle))
    periods = _periods(search, coarse, _limits(coarse, opportunities, c3_max_km2_s2))
    minima = (least for rows in opportunities for least in _minima(search, coarse, rows))
    return LaunchPeriods(
        departure=leaves.id,
        arrival=reaches.id,
        after=after,
        before=before,
        synodic_period_days=_synodic(leaves, reaches),
        periods=tuple(period for period in periods if period.opens <= before and after <= period.closes),
        minima=tuple(sorted((least for least in minima if after <= least.departs <= before), key=_by_day)),
    )


def _cycle(leaves: Body, reaches: Body) -> float:
    """Return the days in which opportunities come back."""
    synodic = _synodic(leaves, reaches)
    return synodic if synodic <= LONGEST_CYCLE_DAYS else min(leaves.period_days, LONGEST_CYCLE_DAYS)


def _by_day(least: Departure) -> tuple[dt.date, TransferType]:
    """Return where a departure stands among others."""
    return least.departs, least.transfer_type


def _opportunities(coarse: Grid, cycle: float) -> Iterator[slice]:
    """Yield the rows of each opportunity, from the dearest day before its best to the dearest day after."""
    energy = coarse.least()
    apart = APART * cycle
    best: list[int] = []
    inner = np.flatnonzero((energy[1:-1] <= energy[:-2]) & (energy[1:-1] < energy[2:])) + 1
    for row in inner[np.argsort(energy[inner], kind="stable")]:
        if all(abs(coarse.days[row] - coarse.days[other]) >= apart for other in best):
            best.append(int(row))
    if best:
        best.sort()
        bounds = [0, *best, len(energy)]
        cuts = [one + int(np.argmax(energy[one:other])) for one, other in pairwise(bounds)]
        yield from (slice(start, stop) for start, stop in pairwise(cuts))


def _limits(coarse: Grid, opportunities: tuple[slice, ...], c3_max_km2_s2: float | None) -> Floats:
    """Return the highest C3 allowed on each day of the coarse grid."""
    if c3_max_km2_s2 is not None:
        return np.full(len(coarse.days), c3_max_km2_s2)
    energy = coarse.least()
    limits = np.full(len(coarse.days), -np.inf)
    for rows in opportunities:
        limits[rows] = energy[rows].min() + DEFAULT_MARGIN_KM2_S2
    return limits


def _minima(search: Search, coarse: Grid, rows: slice) -> Iterator[Departure]:
    """Yield the departure of least energy of each type, unless it is cut off where the opportunity ends."""
    ends = {date_of(coarse.days[rows][0]), date_of(coarse.days[rows][-1])}
    for transfer_type in get_args(TransferType):
        least = search.best(coarse.rows(rows), transfer_type)
        if least is not None and least.departs not in ends:
            yield least


def _periods(search: Search, coarse: Grid, limits: Floats) -> Iterator[LaunchPeriod]:
    """Yield the runs of days that keep to the limits."""
    days = _worth_a_look(search, coarse, limits)
    if not len(days):
        return
    fine = search.fine(days)
    allowed = limits[(days - coarse.days[0]) // search.step]
    kept = np.flatnonzero(fine.least() <= allowed)
    for run in np.split(kept, np.flatnonzero(np.diff(days[kept]) > 1) + 1):
        if len(run):
            best = search.best(fine.rows(slice(int(run[0]), int(run[-1]) + 1)))
            if best is not None:
                limit = float(allowed[run].max())
                yield LaunchPeriod(date_of(days[run[0]]), date_of(days[run[-1]]), best, limit)


def _worth_a_look(search: Search, coarse: Grid, limits: Floats) -> Integers:
    """Return the days near which the coarse grid comes close to the limit."""
    close = coarse.least() <= SLACK * limits + SLACK_KM2_S2
    close[1:] |= close[:-1].copy()
    close[:-1] |= close[1:].copy()
    found = coarse.days[close][:, None] + np.arange(search.step)
    worth: Integers = found[found <= coarse.days[-1]]
    return worth
