"""Working minutes between two moments on the calendars of a network, moments moved by them, what is left of a lag."""

from __future__ import annotations

from synodos.schedule.paths.counting import add_work, work_between
from synodos.schedule.types import ELAPSED, MINUTES_PER_DAY, Edge, Network


def minutes_per_day(network: Network, calendar: int) -> int:
    """Return the working minutes that one day of a calendar counts."""
    return MINUTES_PER_DAY if calendar == ELAPSED else network.calendars[calendar].minutes_per_day


def worked(network: Network, calendar: int, first: int, last: int) -> int:
    """Return the working minutes from one moment to another; negative where the second comes first."""
    return last - first if calendar == ELAPSED else work_between(network.calendars[calendar], first, last)


def moved(network: Network, calendar: int, at: int, minutes: int) -> int:
    """Return a moment moved by minutes of a calendar, back by negative ones."""
    if not minutes or calendar == ELAPSED:
        return at + minutes
    return add_work(network.calendars[calendar], at, minutes)


def lag_left(network: Network, edge: Edge) -> int:
    """Return the lag of a link that has not passed at the status date; all of it, where it had not begun before."""
    before = network.nodes[edge.predecessor]
    since = before.actual_start if edge.type.startswith("start") else before.actual_finish
    status = network.schedules[before.schedule].status
    if since is None or status is None:
        return edge.lag
    return max(0, edge.lag - max(0, worked(network, edge.calendar, since, status)))
