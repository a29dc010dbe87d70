"""Sums over the lanes of one block."""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.compiling import inner
from synodos.schedule.sampling.forward_kernel import period_at
from synodos.schedule.sampling.plan import Net
from synodos.schedule.sampling.tally import Planned, Sums
from synodos.schedule.sampling.workspace import LANES, Dates, Numbers

Row = NDArray[np.float32]
Rows = NDArray[np.float32]
Sums64 = NDArray[np.float64]
_SUMS = {"contract", "nsz", "arcp", "reassoc", "nnan"}


@inner()
def target_moments(
    activity: int, target: int, lanes: int, planned: Planned, dates: Dates, late: Row, share: Row, sums: Sums
) -> None:
    """Add the moments of a target's dates; keep by lane whether it is reached, and how late."""
    for lane in range(LANES):
        finish = dates.finish[activity, lane]
        counts = lane < lanes and finish < np.inf
        days = finish - planned.origin[activity] if counts else 0.0
        share[lane] = 1.0 if counts else 0.0
        late[lane] = days
        sums.finished[target] += 1 if counts else 0
        sums.late[target] += days
        sums.late_squared[target] += days * days


@inner(fastmath=_SUMS)
def moments(
    records: Any,  # noqa: ANN401 - records
    target: int,
    last: int,
    days: Rows,
    late: Row,
    share: Row,
    longer: Sums64,
    longer_squared: Sums64,
    longer_late: Sums64,
) -> None:
    """Add what durations have over the planned ones, the square of it, and its product with lateness."""
    for activity in range(last + 1):
        if records[activity].uncertain:
            usual = records[activity].planned
            one, two, both = np.float32(0.0), np.float32(0.0), np.float32(0.0)
            for lane in range(LANES):
                more = (days[activity, lane] - usual) * share[lane]
                one += more
                two += more * more
                both += more * late[lane]
            longer[target, activity] += np.float64(one)
            longer_squared[target, activity] += np.float64(two)
            longer_late[target, activity] += np.float64(both)


@inner()
def risk_moments(target: int, risk: int, lanes: int, numbers: Numbers, late: Row, share: Row, sums: Sums) -> None:
    """Add the moments of one risk: how often it occurs, and how late the target then is."""
    occurred = finished = 0
    with_risk = one = two = both = 0.0
    for lane in range(lanes):
        value = np.float64(numbers.values[risk, lane])
        if numbers.occurred[risk, lane]:
            occurred += 1
            finished += 1 if share[lane] > 0 else 0
            with_risk += np.float64(late[lane])
        one += value * share[lane]
        two += value * value * share[lane]
        both += value * late[lane]
    sums.risk_occurred[risk] += occurred if target == 0 else 0
    sums.risk_finished[target, risk] += finished
    sums.risk_late[target, risk] += with_risk
    sums.value[target, risk] += one
    sums.value_squared[target, risk] += two
    sums.value_late[target, risk] += both


@inner()
def count_launches(net: Net, lanes: int, dates: Dates, launches: NDArray[np.int64]) -> None:
    """Count which launch period is used; the last entry of each activity counts the iterations that use none."""
    for activity in range(len(net.activity)):
        one = net.activity[activity]
        if one.launch_row >= 0:
            used: Any = np.int64(one.first_period)
            for lane in range(lanes):
                used = period_at(net.period, one.first_period, one.last_period, dates.starts[one.start_row, lane], used)
                launches[used + one.launch_row] += 1
