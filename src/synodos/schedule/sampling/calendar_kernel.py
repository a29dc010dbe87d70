"""Working time: rows of dates moved by days of a calendar."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.compiling import inner
from synodos.schedule.sampling.model import ELAPSED
from synodos.schedule.sampling.plan import Calendar

Line = NDArray[np.float64]

INSTANT = 1e-5
"""Days of work within which two moments are one (0.9 s): rounding must not push a finish over a weekend."""


@inner()
def _work_at(table: Line, pace: float, first_day: float, step_days: float, date: float) -> float:
    """Return the working days done up to a date."""
    last = len(table) - 1
    steps = (date - first_day) / step_days
    if steps <= 0:
        done = pace * (date - first_day)
    elif steps >= last:
        done = table[last] + pace * (steps - last) * step_days
    else:
        step = int(steps)
        done = table[step] + (steps - step) * (table[step + 1] - table[step])
    return done


@inner()
def _date_at(
    table: Line,
    hint: NDArray[np.int64],
    pace: float,
    first_day: float,
    step_days: float,
    work: float,
    latest: bool,  # noqa: FBT001 - a kernel's flag
) -> float:
    """Return the earliest date by which the work is done, or the latest at which no more than it is done."""
    last = len(table) - 1
    sought = work + INSTANT if latest else work - INSTANT
    if sought <= 0.0:
        date = first_day + work / pace
    elif sought >= table[last]:
        date = first_day + last * step_days + (work - table[last]) / pace
    else:
        step = hint[int(sought / (pace * step_days))]
        while table[step] > sought:
            step -= 1
        while table[step + 1] < sought:
            step += 1
        part = (work - table[step]) / (table[step + 1] - table[step])
        date = first_day + (step + min(max(part, 0.0), 1.0)) * step_days
    return date


@inner()
def shift(calendars: Calendar, calendar: int, dates: Line, days: Line, first: int, last: int) -> None:
    """Move the dates in some lanes by days of a calendar, forward or back."""
    if calendar == ELAPSED:
        for lane in range(first, last):
            dates[lane] += days[lane]
        return
    table, hint, pace = calendars.work[calendar], calendars.hint[calendar], calendars.pace[calendar]
    first_day, step = calendars.first_day, calendars.step_days
    for lane in range(first, last):
        if np.isfinite(dates[lane]) and days[lane] != 0.0:
            work = _work_at(table, pace, first_day, step, dates[lane]) + days[lane]
            dates[lane] = _date_at(table, hint, pace, first_day, step, work, days[lane] < 0.0)


@inner()
def to_working_time(calendars: Calendar, calendar: int, dates: Line, days: Line, begin: int, end: int) -> None:
    """Move each date in some lanes on to when work goes on, but for activities of no duration."""
    if calendar == ELAPSED:
        return
    table, hint, pace = calendars.work[calendar], calendars.hint[calendar], calendars.pace[calendar]
    first, step = calendars.first_day, calendars.step_days
    for lane in range(begin, end):
        if np.isfinite(dates[lane]) and days[lane] > 0.0:
            work = _work_at(table, pace, first, step, dates[lane])
            dates[lane] = max(dates[lane], _date_at(table, hint, pace, first, step, work, days[lane] > 0.0))
