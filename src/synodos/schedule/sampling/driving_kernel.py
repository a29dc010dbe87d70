"""Which activities drive a target: a walk back along the links that bind.

A link drives if the date that it asks for is the one at which its successor may start; where several ask for the same
date, all drive. An activity drives by its finish or, through a link from its start, by its start.
"""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.compiling import inner
from synodos.schedule.sampling.forward_kernel import (
    ask,
    back_to_start,
    bounds_finish,
    leaves_start,
    make_ready,
    plain_ready,
)
from synodos.schedule.sampling.plan import Net
from synodos.schedule.sampling.tally import Sums
from synodos.schedule.sampling.workspace import LANES, Dates, Numbers, Trail

Mark = NDArray[np.uint8]
Marks = NDArray[np.uint8]
Row = NDArray[np.float32]
Rows = NDArray[np.float32]
Rows64 = NDArray[np.float64]

DRIVES = np.uint8(1)
"""Mark of an activity in a lane."""


@inner()
def walk(
    net: Net,
    target: int,
    last: int,
    lanes: int,
    numbers: Numbers,
    dates: Dates,
    trail: Trail,
    sums: Sums,
) -> None:
    """Add to the sums what drives a target in the first lanes.

    Activities are gone through backwards, all lanes of one at once; what drives them is marked, and marks are wiped
    once they are read.
    """
    records, by_finish, by_start, marked, marks = net.activity, trail.finish, trail.start, trail.marked, trail.marks
    links, delay, late, critical = net.link, dates.delay, dates.late, sums.critical
    for lane in range(lanes):
        by_finish[last, lane] = DRIVES
    marked[last] = True
    for activity in range(last, -1, -1):
        if marked[activity]:
            one = records[activity]
            row = one.start_row
            critical[target, activity] += _collect(activity, row, by_finish, by_start, marks)
            if one.plain:
                plain_ready(one, links, delay, late)
                for link in range(one.first_link, one.last_link):
                    before = links[link].predecessor
                    if _mark(before, links[link].slack, delay, late, marks, by_finish):
                        marked[before] = True
            else:
                for lane in range(lanes):
                    if marks[lane]:
                        _bound(net, activity, lane, numbers, dates, trail)
            _wipe(activity, row, by_finish, by_start)
            marked[activity] = False


@inner()
def _collect(activity: int, row: int, by_finish: Marks, by_start: Marks, marks: Mark) -> int:
    """Fill the marks of an activity, whichever of its dates drives, and return how many lanes it drives in."""
    if row >= 0:
        for lane in range(LANES):
            marks[lane] = by_finish[activity, lane] | by_start[row, lane]
    else:
        for lane in range(LANES):
            marks[lane] = by_finish[activity, lane]
    count: Any = 0
    for lane in range(LANES):
        count += np.int64(marks[lane])
    return int(count)


@inner()
def _wipe(activity: int, row: int, by_finish: Marks, by_start: Marks) -> None:
    """Take the marks of an activity away."""
    for lane in range(LANES):
        by_finish[activity, lane] = np.uint8(0)
    if row >= 0:
        for lane in range(LANES):
            by_start[row, lane] = np.uint8(0)


@inner()
def _mark(before: int, slack: float, delay: Rows, late: Row, marks: Mark, by_finish: Marks) -> bool:
    """Mark the predecessor in the lanes in which it drives, and say whether there are any."""
    found = np.uint8(0)
    for lane in range(LANES):
        drives = np.uint8(marks[lane] & np.uint8(delay[before, lane] + slack == late[lane]))
        by_finish[before, lane] = np.uint8(by_finish[before, lane] | drives)
        found = np.uint8(found | drives)
    return found != 0  # type: ignore[no-any-return]


@inner()
def _bound(
    net: Net,
    activity: int,
    lane: int,
    numbers: Numbers,
    dates: Dates,
    trail: Trail,
) -> None:
    """Mark what drives any other activity in one lane."""
    one = net.activity[activity]
    if one.starts_fixed or one.finishes_fixed:
        return
    make_ready(net, activity, numbers.days, activity, dates, lane, lane + 1)
    for link in range(one.first_link, one.last_link):
        before, kind = net.link[link].predecessor, net.link[link].kind
        ask(net, link, dates, lane, lane + 1)
        if bounds_finish(kind):
            back_to_start(net, one.calendar, dates, lane, lane + 1)
        if dates.asked[lane] == dates.ready[lane]:
            if leaves_start(kind):
                trail.start[net.activity[before].start_row, lane] = DRIVES
            else:
                trail.finish[before, lane] = DRIVES
            trail.marked[before] = True
