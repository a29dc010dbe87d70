"""Counting along a calendar that is laid out.

Every moment has a *position*: the minutes of work before it. Work is added and taken away by positions; a position at
which one stretch ends and the next begins is shown as either end.
"""

from __future__ import annotations

from synodos.schedule.paths import flat
from synodos.schedule.types import WorkingTime


def position(time: WorkingTime, at: int) -> int:
    """Return the minutes of work on a calendar before a moment; outside its span every minute counts."""
    return int(flat.position(_clocks(time), 0, at))


def start_at(time: WorkingTime, worked: int) -> int:
    """Return the last moment before which so many minutes are worked: where the next minute of work begins."""
    return int(flat.start_at(_clocks(time), 0, worked))


def end_at(time: WorkingTime, worked: int) -> int:
    """Return the first moment before which so many minutes are worked: where the last minute of work ends."""
    return int(flat.end_at(_clocks(time), 0, worked))


def _clocks(time: WorkingTime) -> flat.Clocks:
    """Return a calendar as columns."""
    return flat.Clocks((0, len(time.opens)), time.opens, time.closes, time.worked)


def add_work(time: WorkingTime, at: int, minutes: int) -> int:
    """Return when so many working minutes after a moment are done; negative ones count back to where they begin."""
    worked = position(time, at) + minutes
    return end_at(time, worked) if minutes > 0 else start_at(time, worked)


def work_between(time: WorkingTime, begin: int, end: int) -> int:
    """Return the working minutes from one moment to another; negative if the second comes first."""
    return position(time, end) - position(time, begin)
