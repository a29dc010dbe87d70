"""Which activities drive a target, and by how much they delay it: a walk back along the links that bind.

A link drives if the date that it asks for is the one at which its successor may start; where several ask for the same
date, all drive. An activity drives by its finish or, through a link from its start, by its start. Delay is counted
along one path, which follows the first of several.
"""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from synodos.schedule.sampling.forward_kernel import ask, back_to_start, bounds_finish, leaves_start, make_ready
from synodos.schedule.sampling.model import Effect
from synodos.schedule.sampling.plan import Draws, Net
from synodos.schedule.sampling.tally import Planned, Sums
from synodos.schedule.sampling.workspace import Dates, Numbers, Trail

FINISH, START = 0, 1
"""By which of its dates an activity drives."""
_MULTIPLY, _REMOVE = int(Effect.MULTIPLY), int(Effect.REMOVE)


@njit(cache=True, error_model="numpy")
def walk(
    net: Net,
    draws: Draws,
    planned: Planned,
    target: int,
    activity: int,
    lanes: int,
    numbers: Numbers,
    dates: Dates,
    trail: Trail,
    sums: Sums,
) -> None:
    """Add to the sums what drives a target in the first lanes, and who delays it.

    The path is walked first; what else drives waits on the trail, and ends where something is reached again.
    """
    records, links, starts, finish, days = net.activity, net.link, dates.starts, dates.finish, numbers.days
    seen, waiting, stamps = trail.seen, trail.waiting, trail.stamp
    critical, delay, wait, risk_delay = sums.critical, sums.delay, sums.waiting, sums.risk_delay
    touch, risk, untouched, values = draws.touch, draws.risk, numbers.untouched, numbers.values
    planned_wait = planned.wait
    for lane in range(lanes):
        stamps[0] += 1
        stamp, count, on_path = stamps[0], 1, np.isfinite(finish[activity, lane])
        waiting[0] = 2 * activity + FINISH
        while count:
            count -= 1
            at, by = waiting[count] // 2, waiting[count] % 2
            if seen[at, by] == stamp:
                on_path = False
                continue
            critical[target, at] += 1 if seen[at, 1 - by] != stamp else 0
            seen[at, by] = stamp
            one, before = records[at], count
            if one.plain:
                ready = _plain_ready(one, links, finish, lane)
                if on_path and by == FINISH:
                    longer = np.float64(days[at, lane]) - np.float64(one.planned)
                    if one.risk_row >= 0:
                        longer -= blame_risks(touch, risk, one, target, lane, 1.0, untouched, values, risk_delay)
                    delay[target, at] += longer
                if on_path and one.launch_row >= 0:
                    wait[target] += starts[one.start_row, lane] - ready - planned_wait[one.start_row]
                count = _plain_drivers(one, links, finish, lane, ready, waiting, count)
            else:
                count = _bound_drivers(
                    net, draws, planned, target, at, by, on_path, lane, count, numbers, dates, trail, sums
                )
            on_path = on_path and count > before


@njit(cache=True, error_model="numpy", inline="always")
def _plain_ready(one: Any, links: Any, finish: NDArray[np.float64], lane: int) -> float:  # noqa: ANN401 - records
    """Return when an activity with finish-start links alone may start."""
    ready: float = one.earliest_start
    for link in range(one.first_link, one.last_link):
        ready = max(ready, finish[links[link].predecessor, lane] + links[link].lag)
    return ready


@njit(cache=True, error_model="numpy", inline="always")
def _plain_drivers(
    one: Any,  # noqa: ANN401 - a record
    links: Any,  # noqa: ANN401 - records
    finish: NDArray[np.float64],
    lane: int,
    ready: float,
    waiting: NDArray[np.int64],
    count: int,
) -> int:
    """Put the predecessors that drive an activity with finish-start links alone on the trail, the first on top."""
    for link in range(one.last_link - 1, one.first_link - 1, -1):
        if finish[links[link].predecessor, lane] + links[link].lag == ready:
            waiting[count] = 2 * links[link].predecessor + FINISH
            count += 1
    return count


@njit(cache=True, error_model="numpy")
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


@njit(cache=True, error_model="numpy")
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
