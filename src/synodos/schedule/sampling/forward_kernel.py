"""Dates from durations: the forward pass over the lanes of one block."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.calendar_kernel import Line, shift, to_working_time
from synodos.schedule.sampling.compiling import inner, outer
from synodos.schedule.sampling.model import Link
from synodos.schedule.sampling.plan import Net
from synodos.schedule.sampling.workspace import LANES, Dates

Rows = NDArray[np.float32]
Rows64 = NDArray[np.float64]

_START_START, _START_FINISH = int(Link.START_START), int(Link.START_FINISH)
_FINISH_FINISH = int(Link.FINISH_FINISH)
_FIRST: Any = np.int64(0)
_ALL: Any = np.int64(LANES)
"""Of a type of their own: numba compiles a kernel again for each Python number that it is called with."""
_PLAIN_DATES = {"nsz", "nnan"}


@inner()
def bounds_finish(kind: int) -> bool:
    """Return whether a link bounds the finish of its successor."""
    return kind in (_FINISH_FINISH, _START_FINISH)


@inner()
def leaves_start(kind: int) -> bool:
    """Return whether a link goes out from the start of its predecessor."""
    return kind in (_START_START, _START_FINISH)


@inner()
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


@inner()
def back_to_start(net: Net, calendar: int, dates: Dates, first: int, last: int) -> None:
    """Turn the finishes in `asked` into starts, durations standing in `lasts`."""
    for lane in range(first, last):
        dates.lag[lane] = -dates.lasts[lane]
    shift(net.calendars, calendar, dates.asked, dates.lag, first, last)


@inner(fastmath=_PLAIN_DATES)
def raise_to(dates: Line, others: Line, first: int, last: int) -> None:
    """Take the later of two dates, lane by lane."""
    for lane in range(first, last):
        dates[lane] = max(dates[lane], others[lane])


@inner()
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


@inner()
def period_at(periods: NDArray[np.void], first: int, last: int, ready: float, guess: int) -> int:
    """Return the first launch period that closes on a date or later; `last` if there is none.

    The search starts at a guess: the period of the iteration before is most often right.
    """
    while guess < last and periods[guess].close < ready:
        guess += 1
    while guess > first and periods[guess - 1].close >= ready:
        guess -= 1
    return guess


@inner()
def wait_for_launch(periods: NDArray[np.void], first: int, last: int, dates: Line) -> None:
    """Move each date on to the first moment within a launch period; to infinity after the last."""
    period: Any = np.int64(first)
    for lane in range(LANES):
        period = period_at(periods, first, last, dates[lane], period)
        dates[lane] = max(dates[lane], periods[period].open) if period < last else np.inf


@inner(fastmath=_PLAIN_DATES)
def plain_ready(one: Any, links: Any, finish: Rows64, ready: Line) -> None:  # noqa: ANN401 - records
    """Fill when an activity that waits for finishes alone may start."""
    for lane in range(LANES):
        ready[lane] = one.earliest_start
    for link in range(one.first_link, one.last_link):
        before, lag = links[link].predecessor, links[link].lag
        for lane in range(LANES):
            ready[lane] = max(ready[lane], finish[before, lane] + lag)


@inner(fastmath=_PLAIN_DATES)
def finish_plain(activity: int, days: Rows, at: int, ready: Line, finish: Rows64) -> None:
    """Fill the finish of an activity in elapsed days."""
    for lane in range(LANES):
        finish[activity, lane] = ready[lane] + np.float64(days[at, lane])


@inner(fastmath=_PLAIN_DATES)
def forward_plain(one: Any, links: Any, activity: int, days: Rows, at: int, finish: Rows64) -> None:  # noqa: ANN401
    """Fill the finish of an activity that waits for finishes alone, two links at a time."""
    link, last, earliest = one.first_link, one.last_link, one.earliest_start
    if link == last:
        for lane in range(LANES):
            finish[activity, lane] = earliest + np.float64(days[at, lane])
    elif last - link <= 2:  # noqa: PLR2004 - two links
        a, a_lag, b, b_lag = links[link].predecessor, links[link].lag, links[last - 1].predecessor, links[last - 1].lag
        for lane in range(LANES):
            ready = max(earliest, finish[a, lane] + a_lag, finish[b, lane] + b_lag)
            finish[activity, lane] = ready + np.float64(days[at, lane])
    else:
        a, a_lag, b, b_lag = links[link].predecessor, links[link].lag, links[link + 1].predecessor, links[link + 1].lag
        c, c_lag = links[link + 2].predecessor, links[link + 2].lag
        for lane in range(LANES):
            ready = max(earliest, finish[a, lane] + a_lag, finish[b, lane] + b_lag, finish[c, lane] + c_lag)
            finish[activity, lane] = ready + np.float64(days[at, lane])
        for more in range(link + 3, last):
            a, a_lag = links[more].predecessor, links[more].lag
            for lane in range(LANES):
                lasts = np.float64(days[at, lane])
                finish[activity, lane] = max(finish[activity, lane], finish[a, lane] + a_lag + lasts)


@inner()
def forward_bound(net: Net, activity: int, days: Rows, at: int, dates: Dates) -> None:
    """Fill start and finish of an activity with calendars, constraints, launch periods or any links."""
    one = net.activity[activity]
    make_ready(net, activity, days, at, dates, _FIRST, _ALL)
    begin = dates.ready
    if one.starts_fixed or one.finishes_fixed:
        for lane in range(LANES):
            begin[lane] = one.fixed_start if one.starts_fixed else one.fixed_finish
            dates.lag[lane] = -dates.lasts[lane]
        if not one.starts_fixed:
            shift(net.calendars, one.calendar, begin, dates.lag, _FIRST, _ALL)
    else:
        to_working_time(net.calendars, one.calendar, begin, dates.lasts)
        if one.launch_row >= 0:
            wait_for_launch(net.period, one.first_period, one.last_period, begin)
    for lane in range(LANES):
        dates.starts[one.start_row, lane] = begin[lane]
    shift(net.calendars, one.calendar, begin, dates.lasts, _FIRST, _ALL)
    for lane in range(LANES):
        dates.finish[activity, lane] = one.fixed_finish if one.finishes_fixed else begin[lane]


@inner()
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


@inner()
def remove(activity: int, occurred: NDArray[np.bool_], risk: int, dates: Dates) -> None:
    """Let an activity never finish where the risk occurred."""
    for lane in range(LANES):
        if occurred[risk, lane]:
            dates.finish[activity, lane] = np.inf


@outer()
def plan_dates(net: Net, days: Rows, dates: Dates, wait: Line) -> None:
    """Fill the dates of all activities as planned, and how long each that keeps its start waits once it is ready."""
    for activity in range(len(net.activity)):
        forward(net, activity, days, activity, dates)
        row = net.activity[activity].start_row
        if row >= 0 and np.isfinite(dates.starts[row, 0]) and not net.activity[activity].starts_fixed:
            make_ready(net, activity, days, activity, dates, _FIRST, _FIRST + 1)
            wait[row] = max(dates.starts[row, 0] - dates.ready[0], 0.0)
