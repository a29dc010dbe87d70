"""When work is done and missions can leave: working time and launch periods as tables."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.risk.planning import Plan, holds_back
from synodos.schedule.sampling import Calendars, LaunchPeriods
from synodos.schedule.types import MINUTES_PER_DAY, WorkingTime

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_STEPS = 524_288
"""Entries of a table of working time."""
LEAST_YEARS = 5
"""Years before and after the day of knowledge for which calendars are laid out, at least."""


def calendars(plan: Plan) -> Calendars:
    """Return the calendars as tables of work done over the years that matter; beyond them the mean pace goes on."""
    every = plan.network.calendars
    if not every:
        return Calendars.none()
    edges = [one for time in every for one in (time.opens, time.closes)]
    ahead = max(LEAST_YEARS * 366 * MINUTES_PER_DAY, 3 * (max(plan.path.early_finish) - plan.clock.zero))
    first = max(int(min(one[0] for one in edges)), plan.clock.zero - LEAST_YEARS * 366 * MINUTES_PER_DAY)
    first = first // MINUTES_PER_DAY * MINUTES_PER_DAY
    last = min(int(max(one[-1] for one in edges)), plan.clock.zero + ahead)
    step = math.gcd(MINUTES_PER_DAY, *(int(np.gcd.reduce(one)) for one in edges))
    while (last - first) // step > MOST_STEPS:
        step = next(one for one in range(step + 1, MINUTES_PER_DAY + 1) if MINUTES_PER_DAY % one == 0)
    marks = np.arange(first, last + step, step, dtype=np.int64)
    work = np.array([_worked(time, marks) for time in every])
    per_day = np.array([time.minutes_per_day for time in every])[:, None]
    return Calendars(plan.clock.days(first), step / MINUTES_PER_DAY, (work - work[:, :1]) / per_day)


def _worked(time: WorkingTime, marks: Integers) -> Floats:
    """Return the minutes of work before each mark."""
    place = np.searchsorted(time.opens, marks, side="right") - 1
    done = time.worked[place] + np.minimum(marks, time.closes[place]) - time.opens[place]
    return np.where(place < 0, 0, done).astype(np.float64)


def launch_periods(plan: Plan) -> LaunchPeriods:
    """Return the launch periods, of the launches in the order of their rows."""
    nodes = plan.network.nodes
    launches = [(plan.rows[place], nodes[place]) for place in plan.order if holds_back(nodes[place])]
    if not launches:
        return LaunchPeriods.none()
    minute = 1 / MINUTES_PER_DAY
    opens, closes, start = list[float](), list[float](), [0]
    for _, node in launches:
        opens += [plan.clock.days(period.opens) for period in node.periods]
        closes += [plan.clock.days(period.closes) - minute for period in node.periods]
        start.append(len(opens))
    rows = np.array([row_ for row_, _ in launches], np.int64)
    return LaunchPeriods(rows, np.array(start, np.int64), np.array(opens), np.array(closes))
