"""In which years a mission can leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Final

from synodos.language import Mission

EARTH: Final = "earth"
FAR: Final = frozenset({"mercury", "jupiter", "saturn", "uranus", "neptune", "pluto"})
"""Bodies that missions reach by way of others, which is not computed."""

YEARS_AT_ONCE: Final = 3
"""Years in which launch periods are searched at once: a search takes time, and most missions ask for few years."""

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Leaving:
    """When a mission can leave.

    Attributes
    ----------
    stated : tuple of (date, date)
        First and last day of the launch periods that the mission itself states.
    target : str
        Body to which it leaves in computed periods; empty: on any day, or in stated periods only.
    c3_max_km2_s2 : float or None
        The most that its launcher gives it.
    assumed : bool
        Whether the target is not stated, and follows from the destination.
    first_year : int
        First year that is planned.
    """

    stated: tuple[Days, ...] = ()
    target: str = ""
    c3_max_km2_s2: float | None = None
    assumed: bool = False
    first_year: int = 0

    def in_year(self, year: int) -> Days | None:
        """Return the first launch period that has a day in a year; None where there is none, or any day will do."""
        own = [one for one in self.stated if one[0].year <= year <= one[1].year]
        computed = [
            one for one in self._computed(year) if all(one[1] < its[0] or its[1] < one[0] for its in self.stated)
        ]
        return min((*own, *computed), default=None)

    @property
    def bound(self) -> bool:
        """Whether it leaves in launch periods only."""
        return bool(self.stated or self.target)

    def allows(self, year: int) -> bool:
        """Return whether a mission can leave in a year."""
        return not self.bound or self.in_year(year) is not None

    def _computed(self, year: int) -> Iterator[Days]:
        """Yield the computed launch periods that have a day in a year."""
        if not self.target:
            return
        begin = self.first_year + (year - self.first_year) // YEARS_AT_ONCE * YEARS_AT_ONCE
        for opens, closes in _periods(self.target, begin, self.c3_max_km2_s2):
            if opens.year <= year <= closes.year:
                yield opens, closes


def leaving(mission: Mission, first_year: int) -> Leaving:
    """Return when a mission can leave: as it states, else as its destination suggests.

    Raises
    ------
    LaunchError
        If its target is no body that launch periods can be computed for.
    """
    opportunity = mission.launch_opportunity
    if opportunity is None:
        target = _target(mission)
        return Leaving() if target is None else Leaving(target=target, assumed=True, first_year=first_year)
    stated = tuple((one.earliest, one.latest) for one in opportunity.periods)
    if opportunity.type != "planetary":
        return Leaving(stated)
    from synodos.schedule import body  # looks among the planets

    return Leaving(stated, body(str(opportunity.target)).id, opportunity.c3_max_km2_s2, first_year=first_year)


@cache
def _periods(target: str, begin: int, c3_max_km2_s2: float | None) -> tuple[Days, ...]:
    """Return the launch periods from the Earth in the few years that are searched at once."""
    from synodos.schedule import LaunchError, launch_periods

    after, before = dt.date(begin, 1, 1), dt.date(begin + YEARS_AT_ONCE - 1, 12, 31)
    try:
        found = launch_periods(EARTH, target, after, before, c3_max_km2_s2=c3_max_km2_s2)
    except LaunchError:  # beyond the years in which its orbit is known
        return ()
    return tuple((one.opens, one.closes) for one in found.periods)


def _target(mission: Mission) -> str | None:
    """Return the body that the destinations of a mission lie at, if it is one that is flown to directly."""
    from synodos.schedule import LaunchError, body

    targets = set()
    for destination in mission.destinations:
        with suppress(LaunchError):  # a station, the Moon, or no body at all
            targets.add(body(destination).id)
    targets.discard(EARTH)
    return targets.pop() if len(targets) == 1 and targets.isdisjoint(FAR) else None
