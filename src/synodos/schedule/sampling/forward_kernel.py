"""Dates from durations: the forward pass over the lanes of one block."""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.calendar_kernel import Line, shift, to_working_time
from synodos.schedule.sampling.compiling import inner, outer
from synodos.schedule.sampling.model import LinkKind
from synodos.schedule.sampling.plan import Net
from synodos.schedule.sampling.workspace import LANES, Dates

Row = NDArray[np.float32]
Rows = NDArray[np.float32]
Rows64 = NDArray[np.float64]

_START_START, _START_FINISH = int(LinkKind.START_START), int(LinkKind.START_FINISH)
_FINISH_FINISH = int(LinkKind.FINISH_FINISH)
_FIRST: Any = np.int64(0)
_ALL: Any = np.int64(LANES)
_PLANNED: Any = np.int64(2)
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
        base = net.activity[one.predecessor].base
        for lane in range(first, last):
            dates.asked[lane] = base + np.float64(dates.delay[one.predecessor, lane])
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
def wait_for_launch(periods: NDArray[np.void], first: int, last: int, dates: Line, begin: int, end: int) -> None:
    """Move each date in some lanes on to the first moment within a launch period; to infinity after the last."""
    period: Any = np.int64(first)
    for lane in range(begin, end):
        period = period_at(periods, first, last, dates[lane], period)
        dates[lane] = max(dates[lane], periods[period].open) if period < last else np.inf


@inner(fastmath=_PLAIN_DATES)
def plain_ready(one: Any, links: Any, delay: Rows, late: Row) -> None:  # noqa: ANN401 - records
    """Fill by how much later than planned an activity that waits for finishes alone may start."""
    for lane in range(LANES):
        late[lane] = one.earliest
    for link in range(one.first_link, one.last_link):
        before, slack = links[link].predecessor, links[link].slack
        for lane in range(LANES):
            late[lane] = max(late[lane], delay[before, lane] + slack)


@inner(fastmath=_PLAIN_DATES)
def forward_plain(one: Any, links: Any, activity: int, days: Rows, at: int, delay: Rows) -> None:  # noqa: ANN401
    """Fill the delay of an activity that waits for finishes alone, three links at a time."""
    link, last, earliest, usual = one.first_link, one.last_link, one.earliest, one.planned
    if link == last:
        for lane in range(LANES):
            delay[activity, lane] = earliest + (days[at, lane] - usual)
    else:
        a, a_slack = links[link].predecessor, links[link].slack
        other = min(link + 1, last - 1)
        b, b_slack = links[other].predecessor, links[other].slack
        other = min(link + 2, last - 1)
        c, c_slack = links[other].predecessor, links[other].slack
        for lane in range(LANES):
            late = max(earliest, delay[a, lane] + a_slack, delay[b, lane] + b_slack, delay[c, lane] + c_slack)
            delay[activity, lane] = late + (days[at, lane] - usual)
        for more in range(link + 3, last):
            a, a_slack = links[more].predecessor, links[more].slack
            for lane in range(LANES):
                longer = days[at, lane] - usual
                delay[activity, lane] = max(delay[activity, lane], delay[a, lane] + a_slack + longer)


@inner()
def forward_launch(
    one: Any,  # noqa: ANN401 - a record
    links: Any,  # noqa: ANN401 - records
    periods: NDArray[np.void],
    activity: int,
    days: Rows,
    at: int,
    starts: Rows64,
    delay: Rows,
    late: Row,
    ready: Line,
) -> None:
    """Fill the start and the delay of an activity in elapsed days whose start is asked for, or has launch periods."""
    plain_ready(one, links, delay, late)
    for lane in range(LANES):
        ready[lane] = one.ready + np.float64(late[lane])
    if one.launch_row >= 0:
        wait_for_launch(periods, one.first_period, one.last_period, ready, _FIRST, _ALL)
    begins = one.base - np.float64(one.planned)
    for lane in range(LANES):
        starts[one.start_row, lane] = ready[lane]
        delay[activity, lane] = np.float32(ready[lane] - begins) + (days[at, lane] - one.planned)


@inner()
def begin(net: Net, activity: int, dates: Dates, first: int, last: int) -> None:
    """Turn when an activity is ready into when it starts, in some lanes."""
    one, ready = net.activity[activity], dates.ready
    if one.starts_fixed or one.finishes_fixed:
        for lane in range(first, last):
            ready[lane] = one.fixed_start if one.starts_fixed else one.fixed_finish
            dates.lag[lane] = -dates.lasts[lane]
        if not one.starts_fixed:
            shift(net.calendars, one.calendar, ready, dates.lag, first, last)
    else:
        to_working_time(net.calendars, one.calendar, ready, dates.lasts, first, last)
        if one.launch_row >= 0:
            wait_for_launch(net.period, one.first_period, one.last_period, ready, first, last)


@inner()
def forward_bound(net: Net, activity: int, days: Rows, at: int, dates: Dates) -> None:
    """Fill start and delay of an activity with calendars, constraints, launch periods or any links."""
    one = net.activity[activity]
    make_ready(net, activity, days, at, dates, _FIRST, _ALL)
    begin(net, activity, dates, _FIRST, _ALL)
    for lane in range(LANES):
        dates.starts[one.start_row, lane] = dates.ready[lane]
    shift(net.calendars, one.calendar, dates.ready, dates.lasts, _FIRST, _ALL)
    for lane in range(LANES):
        finish = one.fixed_finish if one.finishes_fixed else dates.ready[lane]
        dates.delay[activity, lane] = np.float32(finish - one.base)


@inner()
def forward(net: Net, activity: int, days: Rows, at: int, dates: Dates) -> None:
    """Fill the dates of an activity from its durations in days[at]."""
    one = net.activity[activity]
    if not one.plain:
        forward_bound(net, activity, days, at, dates)
    elif one.start_row >= 0:
        forward_launch(
            one, net.link, net.period, activity, days, at, dates.starts, dates.delay, dates.late, dates.ready
        )
    else:
        forward_plain(one, net.link, activity, days, at, dates.delay)


@inner()
def remove(activity: int, occurred: NDArray[np.bool_], risk: int, delay: Rows) -> None:
    """Let an activity never finish where the risk occurred."""
    for lane in range(LANES):
        delay[activity, lane] = np.inf if occurred[risk, lane] else delay[activity, lane]


@outer()
def plan_dates(net: Net, days: Rows, dates: Dates) -> None:
    """Enter when each activity is ready and finishes as planned.

    Lane 0 holds the plan. In lane 1, whose finishes are those from which delays are counted, a launch period that is
    missed for ever is not waited for, so that all of them are finite.
    """
    records = net.activity
    for activity in range(len(records)):
        one = records[activity]
        make_ready(net, activity, days, activity, dates, _FIRST, _PLANNED)
        records[activity].ready = dates.ready[1]
        begin(net, activity, dates, _FIRST, _PLANNED)
        if not np.isfinite(dates.ready[1]):
            dates.ready[1] = one.ready
        if one.start_row >= 0:
            dates.starts[one.start_row, 0], dates.starts[one.start_row, 1] = dates.ready[0], dates.ready[1]
        shift(net.calendars, one.calendar, dates.ready, dates.lasts, _FIRST, _PLANNED)
        records[activity].base = one.fixed_finish if one.finishes_fixed else dates.ready[1]
        reached = one.finishes_fixed or np.isfinite(dates.ready[0])
        dates.delay[activity, 0], dates.delay[activity, 1] = 0.0 if reached else np.inf, 0.0
