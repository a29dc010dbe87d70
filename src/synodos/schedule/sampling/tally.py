"""What is counted over iterations: of one block, of a range of blocks, of all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from synodos.schedule.sampling.model import Floats, Integers
from synodos.schedule.sampling.plan import Plan
from synodos.schedule.sampling.workspace import LANES


class Sums(NamedTuple):
    """Sums over iterations, by target t and activity n or risk r; those of dates are over iterations that finish.

    Dates stand as days after the planned finish of the target, durations as days after the planned duration.
    """

    finished: Integers
    late: Floats
    late_squared: Floats
    critical: Integers
    delay: Floats
    longer: Floats
    longer_squared: Floats
    longer_late: Floats
    risk_delay: Floats
    risk_occurred: Integers
    risk_finished: Integers
    risk_late: Floats
    value: Floats
    value_squared: Floats
    value_late: Floats
    waiting: Floats
    launches: Integers


def sums(plan: Plan) -> Sums:
    """Return sums of nothing yet."""
    t, n, r = len(plan.targets), len(plan.net.activity), len(plan.draws.risk)
    periods = len(plan.net.period) + int(plan.net.activity["launch_row"].max(initial=-1)) + 1
    return Sums(
        np.zeros(t, np.int64),
        np.zeros(t),
        np.zeros(t),
        np.zeros((t, n), np.int64),
        np.zeros((t, n)),
        np.zeros((t, n)),
        np.zeros((t, n)),
        np.zeros((t, n)),
        np.zeros((t, r)),
        np.zeros(r, np.int64),
        np.zeros((t, r), np.int64),
        np.zeros((t, r)),
        np.zeros((t, r)),
        np.zeros((t, r)),
        np.zeros((t, r)),
        np.zeros(t),
        np.zeros(periods, np.int64),
    )


class Block(NamedTuple):
    """What one block gives: dates by target and lane, cost by lane, and sums."""

    finish: Floats
    cost: Floats
    sums: Sums


def block(plan: Plan) -> Block:
    """Return an empty block."""
    return Block(np.empty((len(plan.targets), LANES)), np.zeros(LANES), sums(plan))


class Planned(NamedTuple):
    """Dates if all goes to plan: durations as planned and no risk, calendars and launch periods as they are.

    `wait` is by start row, the rest by activity; `origin` is the finish, or 0 where there is none.
    """

    finish: Floats
    origin: Floats
    span: Floats
    wait: Floats
