"""When missions can leave: what the schedule says, and the launch periods behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synodos.language import ENDED, FLYING, Portfolio
from synodos.schedule import critical_path, moment_of, network

Day = dt.date


@dataclass(frozen=True, slots=True)
class Departure:
    """When a mission can leave.

    Attributes
    ----------
    base : date or None
        First day by the schedule, as far as what is open does not hold it; None: it has left, or no date is known.
    periods : tuple of (date, date)
        Launch periods in order; empty: any day.
    keep_by : date or None
        Last day on which it is still as early as planned: the end of the launch period of `base`, else the planned
        date, else `base`.
    """

    base: Day | None
    periods: tuple[tuple[Day, Day], ...] = ()
    keep_by: Day | None = None

    def leaves(self, ready: Day) -> Day | None:
        """Return the first day on which it can leave if all is ready on a day; None: after the last period known."""
        if not self.periods:
            return ready
        return next((max(opens, ready) for opens, closes in self.periods if closes >= ready), None)

    def period(self, day: Day | None) -> tuple[Day, Day] | None:
        """Return the launch period of a day."""
        return next((one for one in self.periods if day is not None and one[0] <= day <= one[1]), None)


def later(day: dt.date, days: int) -> dt.date:
    """Return the day some days later (or earlier), within what the calendar has."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


def departures(portfolio: Portfolio, missions: Iterable[str]) -> Mapping[str, Departure]:
    """Return when missions can leave, by the deterministic dates of the schedule.

    Parameters
    ----------
    portfolio : Portfolio
        What is open in it holds nothing; missions that are cancelled are passed over.
    missions : iterable of str
        Ids.
    """
    wanted = [key for key in missions if portfolio.missions[key].status not in ENDED]
    if not wanted:
        return {}
    planned = network(portfolio, wanted)
    path = critical_path(planned)
    found = {}
    for key in wanted:
        place = planned.place.get(f"launch:{key}")
        node = planned.nodes[place] if place is not None else None
        if place is None or node is None or portfolio.missions[key].status in FLYING:
            found[key] = Departure(None)
            continue
        base = moment_of(int(path.early_finish[place])).date()
        late = moment_of(node.deadline - 1).date() if node.deadline is not None else base
        periods = tuple(one.dates for one in node.periods)
        known = Departure(base, periods)
        within = known.period(base)
        found[key] = Departure(base, periods, within[1] if within else max(base, late))
    return found
