"""From the dates of records to minutes."""

from __future__ import annotations

import datetime as dt

from synodos.schedule.types import MINUTES_PER_DAY, minutes_of

_DAY_ONLY = len("2018-05-07")


def day_start(day: dt.date) -> int:
    """Return the first minute of a day."""
    return minutes_of(dt.datetime.combine(day, dt.time()))


def day_end(day: dt.date) -> int:
    """Return the minute after the last one of a day."""
    return day_start(day) + MINUTES_PER_DAY


def begins(moment: str) -> int:
    """Return a stated moment in minutes; a day without an hour is its start."""
    return minutes_of(dt.datetime.fromisoformat(moment))


def ends(moment: str) -> int:
    """Return a stated moment in minutes; a day without an hour is its end."""
    return begins(moment) + (MINUTES_PER_DAY if len(moment) == _DAY_ONLY else 0)
