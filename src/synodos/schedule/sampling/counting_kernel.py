"""Sums over the lanes of one block."""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.compiling import inner
from synodos.schedule.sampling.plan import Planned
from synodos.schedule.sampling.tally import Sums
from synodos.schedule.sampling.workspace import LANES, Dates

Row = NDArray[np.float32]
Rows = NDArray[np.float32]
Sums64 = NDArray[np.float64]
_SUMS = {"contract", "nsz", "arcp", "reassoc", "nnan"}


@inner()
def target_moments(
    activity: int,
    base: float,
    target: int,
    lanes: int,
    planned: Planned,
    dates: Dates,
    late: Row,
    share: Row,
    sums: Sums,
) -> None:
    """Add the moments of a target's dates; keep by lane whether it is reached, and how late."""
    after = base - planned.origin[activity]
    for lane in range(LANES):
        delay = dates.delay[activity, lane]
        counts = lane < lanes and delay < np.inf
        days = after + np.float64(delay) if counts else 0.0
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
