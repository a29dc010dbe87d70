"""Dates from durations: the forward pass over the lanes of one block."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from synodos.schedule.sampling.calendar_kernel import Line, shift, to_working_time
from synodos.schedule.sampling.model import Link
from synodos.schedule.sampling.plan import Net
from synodos.schedule.sampling.workspace import LANES, Dates

Rows = NDArray[np.float32]
Rows64 = NDArray[np.float64]

_START_START, _START_FINISH = int(Link.START_START), int(Link.START_FINISH)
_FINISH_FINISH = int(Link.FINISH_FINISH)
_PLAIN_DATES = {"nsz", "nnan"}


@njit(cache=True)
def bounds_finish(kind: int) -> bool:
    """Return whether a link bounds the finish of its successor."""
    return kind in (_FINISH_FINISH, _START_FINISH)


@njit(cache=True)
def leaves_start(kind: int) -> bool:
    """Return whether a link goes out from the start of its predecessor."""
    return kind in (_START_START, _START_FINISH)


@njit(cache=True, error_model="numpy")
def ask(net: Net, link: int, dates: Dates, first: int, last: int) -> None:
    """Fill `asked` with the dates that a link asks for in some lanes."""
    one = net.link[link]
    if leaves_start(one.kind):
        row = net.activity[one.predecessor].start_row
        for lane in range(first, last):
            dates.asked[lane] = dates.starts[row, lane]
    else:
        for lane in range(first, last):
            dates.asked[lane] = dates.finish[one.predecessor, lane]
    for lane in range(first, last):
        dates.lag[lane] = one.lag
    shift(net.calendars, one.calendar, dates.asked, dates.lag, first, last)


@njit(cache=True, error_model="numpy")
def back_to_start(net: Net, calendar: int, dates: Dates, first: int, last: int) -> None:
    """Turn the finishes in `asked` into starts, durations standing in `lasts`."""
    for lane in range(first, last):
        dates.lag[lane] = -dates.lasts[lane]
    shift(net.calendars, calendar, dates.asked, dates.lag, first, last)


@njit(cache=True, error_model="numpy", fastmath=_PLAIN_DATES)
def raise_to(dates: Line, others: Line, first: int, last: int) -> None:
    """Take the later of two dates, lane by lane."""
    for lane in range(first, last):
        dates[lane] = max(dates[lane], others[lane])


@njit(cache=True, error_model="numpy")
def make_ready(net: Net, activity: int, days: Rows, at: int, dates: Dates, first: int, last: int) -> None:
    """Fill `ready` with when an activity may start, as its links and constraints say, and `lasts` with durations."""
    one = net.activity[activity]
    ends = one.earliest_finish > -np.inf
    for lane in range(first, last):
        dates.lasts[lane] = np.float64(days[at, lane])
        dates.ready[lane] = one.earliest_start
        dates.ends[lane] = one.earliest_finish
    for link in range(one.first_link, one.last_link):
        ask(net, link, dates, first, last)
        if bounds_finish(net.link[link].kind):
            ends = True
            raise_to(dates.ends, dates.asked, first, last)
        else:
            raise_to(dates.ready, dates.asked, first, last)
    if ends:
        for lane in range(first, last):
            dates.asked[lane] = dates.ends[lane]
        back_to_start(net, one.calendar, dates, first, last)
        raise_to(dates.ready, dates.asked, first, last)


@njit(cache=True, error_model="numpy")
def period_at(periods: NDArray[np.void], first: int, last: int, ready: float) -> int:
    """Return the first launch period that closes on a date or later; `last` if there is none."""
    while first < last:
        middle = (first + last) // 2
        if periods[middle].close < ready:
            first = middle + 1
        else:
            last = middle
    return first


@njit(cache=True, error_model="numpy")
def wait_for_launch(periods: NDArray[np.void], first: int, last: int, dates: Line) -> None:
    """Move each date on to the first moment within a launch period; to infinity after the last."""
    for lane in range(LANES):
        period = period_at(periods, first, last, dates[lane])
        dates[lane] = max(dates[lane], periods[period].open) if period < last else np.inf


@njit(cache=True, error_model="numpy", fastmath=_PLAIN_DATES)
def plain_ready(one: Any, links: Any, finish: Rows64, ready: Line) -> None:  # noqa: ANN401 - records
    """Fill when an activity that waits for finishes alone may start."""
    first, last, earliest = one.first_link, one.last_link, one.earliest_start
    if first == last:
        for lane in range(LANES):
            ready[lane] = earliest
        return
    before, lag = links[first].predecessor, links[first].lag
    for lane in range(LANES):
        ready[lane] = max(earliest, finish[before, lane] + lag)
    for link in range(first + 1, last):
        before, lag = links[link].predecessor, links[link].lag
        for lane in range(LANES):
            ready[lane] = max(ready[lane], finish[before, lane] + lag)


@njit(cache=True, error_model="numpy", fastmath=_PLAIN_DATES)
def finish_plain(activity: int, days: Rows, at: int, ready: Line, finish: Rows64) -> None:
    """Fill the finish of an activity in elapsed days."""
    for lane in range(LANES):
        finish[activity, lane] = ready[lane] + np.float64(days[at, lane])


@njit(cache=True, error_model="numpy")
def forward_bound(net: Net, activity: int, days: Rows, at: int, dates: Dates) -> None:
    """Fill start and finish of an activity with calendars, constraints, launch periods or any links."""
    one = net.activity[activity]
    make_ready(net, activity, days, at, dates, 0, LANES)
    begin = dates.ready
    if one.starts_fixed or one.finishes_fixed:
        for lane in range(LANES):
            begin[lane] = one.fixed_start if one.starts_fixed else one.fixed_finish
            dates.lag[lane] = -dates.lasts[lane]
        if not one.starts_fixed:
            shift(net.calendars, one.calendar, begin, dates.lag, 0, LANES)
    else:
        to_working_time(net.calendars, one.calendar, begin, dates.lasts)
        if one.launch_row >= 0:
            wait_for_launch(net.period, one.first_period, one.last_period, begin)
    for lane in range(LANES):
        dates.starts[one.start_row, lane] = begin[lane]
    shift(net.calendars, one.calendar, begin, dates.lasts, 0, LANES)
    for lane in range(LANES):
        dates.finish[activity, lane] = one.fixed_finish if one.finishes_fixed else begin[lane]


@njit(cache=True, error_model="numpy")
def forward(net: Net, activity: int, days: Rows, at: int, dates: Dates) -> None:
    """Fill the dates of an activity from its durations in days[at]."""
    one = net.activity[activity]
    if one.plain:
        plain_ready(one, net.link, dates.finish, dates.ready)
        if one.launch_row >= 0:
            wait_for_launch(net.period, one.first_period, one.last_period, dates.ready)
        finish_plain(activity, days, at, dates.ready, dates.finish)
        if one.start_row >= 0:
            for lane in range(LANES):
                dates.starts[one.start_row, lane] = dates.ready[lane]
    else:
        forward_bound(net, activity, days, at, dates)


@njit(cache=True, error_model="numpy")
def remove(activity: int, occurred: NDArray[np.bool_], risk: int, dates: Dates) -> None:
    """Let an activity never finish where the risk occurred."""
    for lane in range(LANES):
        if occurred[risk, lane]:
            dates.finish[activity, lane] = np.inf


@njit(cache=True, error_model="numpy")
def plan_dates(net: Net, days: Rows, dates: Dates, wait: Line) -> None:
    """Fill the dates of all activities as planned, and how long each that keeps its start waits once it is ready."""
    for activity in range(len(net.activity)):
        forward(net, activity, days, activity, dates)
        row = net.activity[activity].start_row
        if row >= 0 and np.isfinite(dates.starts[row, 0]) and not net.activity[activity].starts_fixed:
            make_ready(net, activity, days, activity, dates, 0, 1)
            wait[row] = max(dates.starts[row, 0] - dates.ready[0], 0.0)
