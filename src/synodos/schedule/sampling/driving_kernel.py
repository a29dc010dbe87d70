"""Which activities drive a target, and by how much they delay it: a walk back along the links that bind.

A link drives if the date that it asks for is the one at which its successor may start; where several ask for the same
date, all drive. An activity drives by its finish or, through a link from its start, by its start. Delay is counted
along one path, which follows the first of several.
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
from synodos.schedule.sampling.model import Effect
from synodos.schedule.sampling.plan import Draws, Net
from synodos.schedule.sampling.tally import Planned, Sums
from synodos.schedule.sampling.workspace import LANES, Dates, Numbers, Trail

Mark = NDArray[np.uint8]
Marks = NDArray[np.uint8]
Line = NDArray[np.float64]
Rows = NDArray[np.float32]
Rows64 = NDArray[np.float64]

FINISH, START = 0, 1
"""By which of its dates an activity drives."""
DRIVES, ON_PATH = np.uint8(1), np.uint8(2)
"""Marks of an activity in a lane."""
_SUMS = {"contract", "nsz", "arcp", "reassoc", "nnan"}
_MULTIPLY, _REMOVE = int(Effect.MULTIPLY), int(Effect.REMOVE)


@inner()
def walk(
    net: Net,
    draws: Draws,
    planned: Planned,
    target: int,
    last: int,
    lanes: int,
    numbers: Numbers,
    dates: Dates,
    trail: Trail,
    sums: Sums,
) -> None:
    """Add to the sums what drives a target in the first lanes, and who delays it.

    Activities are gone through backwards, all lanes of one at once; what drives them is marked, and marks are wiped
    once they are read.
    """
    records, by_finish, by_start, marked, marks = net.activity, trail.finish, trail.start, trail.marked, trail.marks
    for lane in range(lanes):
        by_finish[last, lane] = DRIVES | ON_PATH if dates.finish[last, lane] < np.inf else DRIVES
    marked[last] = True
    for activity in range(last, -1, -1):
        if marked[activity]:
            row = records[activity].start_row
            sums.critical[target, activity] += _collect(activity, row, by_finish, by_start, marks)
            if records[activity].plain:
                _plain(net, draws, planned, target, activity, numbers, dates, trail, sums)
            else:
                for lane in range(lanes):
                    _bound(net, draws, planned, target, activity, lane, numbers, dates, trail, sums)
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
        count += np.int64(marks[lane] & DRIVES)
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
def _plain(
    net: Net,
    draws: Draws,
    planned: Planned,
    target: int,
    activity: int,
    numbers: Numbers,
    dates: Dates,
    trail: Trail,
    sums: Sums,
) -> None:
    """Mark what drives an activity with finish-start links alone, and add its part of the delay."""
    one, links, finish, ready, marks = net.activity[activity], net.link, dates.finish, dates.ready, trail.marks
    sums.delay[target, activity] += _longer(activity, one.planned, numbers.days, trail.finish)
    if one.risk_row >= 0:
        for lane in range(LANES):
            if trail.finish[activity, lane] & ON_PATH:
                sums.delay[target, activity] -= blame_risks(
                    draws.touch, draws.risk, one, target, lane, 1.0, numbers.untouched, numbers.values, sums.risk_delay
                )
    plain_ready(one, links, finish, ready)
    if one.launch_row >= 0:
        for lane in range(LANES):
            if marks[lane] & ON_PATH:
                waits = dates.starts[one.start_row, lane] - ready[lane]
                sums.waiting[target] += waits - planned.wait[one.start_row]
    for link in range(one.first_link, one.last_link):
        before = links[link].predecessor
        if _mark(before, links[link].lag, finish, ready, marks, trail.finish):
            trail.marked[before] = True


@inner(fastmath=_SUMS)
def _longer(activity: int, usual: np.float32, days: Rows, by_finish: Marks) -> float:
    """Return by how much a duration exceeds the planned one, summed over the lanes in which it is on the path."""
    longer = np.float32(0.0)
    for lane in range(LANES):
        longer += (days[activity, lane] - usual) * np.float32(by_finish[activity, lane] >> np.uint8(1))
    return np.float64(longer)


@inner()
def _mark(before: int, lag: float, finish: Rows64, ready: Line, marks: Mark, by_finish: Marks) -> bool:
    """Mark the predecessor in the lanes in which it drives; the path goes on through the first that does."""
    found = np.uint64(0)
    for lane in range(LANES):
        mark = marks[lane]
        drives = np.uint8(mark * np.uint8(finish[before, lane] + lag == ready[lane]))
        by_finish[before, lane] = np.uint8(by_finish[before, lane] | drives)
        marks[lane] = np.uint8(mark ^ (drives & ON_PATH))
        found |= np.uint64(drives)
    return found != 0  # type: ignore[no-any-return]


@inner()
def _bound(
    net: Net,
    draws: Draws,
    planned: Planned,
    target: int,
    activity: int,
    lane: int,
    numbers: Numbers,
    dates: Dates,
    trail: Trail,
    sums: Sums,
) -> None:
    """Mark what drives any other activity in one lane, and add its part of the delay."""
    waiting = trail.waiting
    for by in range(2):
        mark = trail.start[net.activity[activity].start_row, lane] if by == START else trail.finish[activity, lane]
        if mark:
            on_path = mark & ON_PATH
            count = _bound_drivers(
                net, draws, planned, target, activity, by, on_path != 0, lane, 0, numbers, dates, trail, sums
            )
            for entry in range(count):
                before = waiting[entry] // 2
                found = DRIVES | on_path if entry == count - 1 else DRIVES
                if waiting[entry] % 2 == START:
                    trail.start[net.activity[before].start_row, lane] |= found
                else:
                    trail.finish[before, lane] |= found
                trail.marked[before] = True


@inner()
def _bound_drivers(
    net: Net,
    draws: Draws,
    planned: Planned,
    target: int,
    activity: int,
    by: int,
    on_path: bool,  # noqa: FBT001 - a kernel's flag
    lane: int,
    count: int,
    numbers: Numbers,
    dates: Dates,
    trail: Trail,
    sums: Sums,
) -> int:
    """Put what drives any other activity on the trail, and add its part of the delay if it stands on the path."""
    one = net.activity[activity]
    if one.finishes_fixed:
        return count
    ends = False
    if not one.starts_fixed:
        make_ready(net, activity, numbers.days, activity, dates, lane, lane + 1)
        dates.asked[lane] = one.earliest_finish
        back_to_start(net, one.calendar, dates, lane, lane + 1)
        ends = dates.asked[lane] == dates.ready[lane]
        for link in range(one.last_link - 1, one.first_link - 1, -1):
            kind = net.link[link].kind
            ask(net, link, dates, lane, lane + 1)
            if bounds_finish(kind):
                back_to_start(net, one.calendar, dates, lane, lane + 1)
            if dates.asked[lane] == dates.ready[lane]:
                trail.waiting[count] = 2 * net.link[link].predecessor + (START if leaves_start(kind) else FINISH)
                count += 1
                ends = bounds_finish(kind)
        if on_path:
            waits = dates.starts[one.start_row, lane] - dates.ready[lane]
            sums.waiting[target] += waits - planned.wait[one.start_row]
    # its duration pushes its finish, and pulls its start if its finish is bound: both together move nothing
    sign = (1.0 if by == FINISH else 0.0) - (1.0 if ends else 0.0)
    if on_path and sign != 0.0:
        span = dates.finish[activity, lane] - dates.starts[one.start_row, lane]
        lasts = np.float64(numbers.days[activity, lane])
        part = sign * span / lasts if lasts > 0.0 else 0.0
        by_risks = 0.0
        if one.risk_row >= 0:
            by_risks = blame_risks(
                draws.touch, draws.risk, one, target, lane, part, numbers.untouched, numbers.values, sums.risk_delay
            )
        sums.delay[target, activity] += sign * (span - planned.span[activity]) - by_risks
    return count


@inner()
def blame_risks(
    touch: NDArray[np.int64],
    risks: Any,  # noqa: ANN401 - records
    one: Any,  # noqa: ANN401 - a record
    target: int,
    lane: int,
    part: float,
    untouched: NDArray[np.float32],
    values: NDArray[np.float32],
    risk_delay: NDArray[np.float64],
) -> float:
    """Add what risks delay an activity by, in the order in which they touch it; return the sum."""
    total = 0.0
    lasts: float = np.float64(untouched[one.risk_row, lane])
    for entry in range(one.first_risk, one.last_risk):
        risk = touch[entry]
        value, effect, after = np.float64(values[risk, lane]), risks[risk].effect, lasts
        if effect == _MULTIPLY:
            after = lasts * value
        elif effect != _REMOVE:
            after = max(lasts + value, 0.0)
        risk_delay[target, risk] += (after - lasts) * part
        total += (after - lasts) * part
        lasts = after
    return total
