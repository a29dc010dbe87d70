"""Moments of schedules as people read them: a day of the calendar, and for programs a minute."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio

if TYPE_CHECKING:
    from synodos.schedule import CriticalPath, Finish

EPOCH: Final = dt.date(1970, 1, 1)
"""Day from which schedules count their minutes."""
MINUTES_PER_DAY: Final = 1440


def start_text(minutes: float) -> str:
    """Return the day of a start, as `2018-05-07`."""
    return _day_text(int(minutes) // MINUTES_PER_DAY)


def finish_text(of: str, start: float, finish: float) -> str:
    """Return the day of a finish: work that ends at midnight ends on the day before, a start or launch on its own.

    Parameters
    ----------
    of : str
        Type of the node.
    start, finish : float
        Its dates, in minutes since 1970.
    """
    begins = of in ("launch", "start-milestone") or (of != "finish-milestone" and start == finish)
    return start_text(finish if begins else int(finish) - 1)


def dates_text(of: str, start: float, finish: float) -> tuple[str, str]:
    """Return the days of a start and a finish; a milestone has one day, so it stands twice. See `finish_text`."""
    ends = finish_text(of, start, finish)
    return (ends if start == finish else start_text(start)), ends


def moment_text(minutes: float) -> str:
    """Return a moment to the minute, as `2018-05-07T17:00`."""
    day, minute = divmod(int(minutes), MINUTES_PER_DAY)
    return f"{_day_text(day)}T{minute // 60:02d}:{minute % 60:02d}"


def finish_of(path: CriticalPath) -> str:
    """Return the day of the finish of a network: that of its target, or of what finishes last."""
    nodes = path.network.nodes
    if not nodes:
        return start_text(path.finish)
    last = [place for place in path.order if path.early_finish[place] == path.finish]
    place = path.target if path.target is not None else min(last, key=lambda p: (nodes[p].duration > 0, nodes[p].id))
    return finish_text(nodes[place].type, path.early_start[place], path.finish)


def reached_text(portfolio: Portfolio, finish: Finish, when: dt.datetime | None) -> str | None:
    """Return the day on which a mission or milestone is reached; None: without a date.

    The convention is that of `finish_text`. What is reached in the last moment of its planned date is reached on that
    date.
    """
    if when is None:
        return None
    activity = portfolio.activities.get(finish.node)
    begins = finish.form == "mission" or (activity is not None and activity.type == "start-milestone")
    return str(when.date()) if begins and when != finish.planned else last_day(when)


def last_day(end: dt.datetime) -> str:
    """Return the last day before a moment by which something has to be done; midnight ends the day before."""
    return str((end - dt.timedelta(minutes=1)).date())


@lru_cache(maxsize=65_536)
def _day_text(day: int) -> str:
    """Return a day, counted from the first of 1970; tables repeat few distinct days."""
    return str(EPOCH + dt.timedelta(days=day))
