"""What is counted over iterations: of one block, of a range of blocks, of all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from synodos.schedule.sampling.model import Floats, Integers
from synodos.schedule.sampling.plan import Plan
from synodos.schedule.sampling.workspace import LANES


class Sums(NamedTuple):
    """Sums over iterations, by target t and activity n; those of dates are over iterations that finish.

    Dates stand as days after the planned finish of the target, durations as days after the planned duration.
    """

    finished: Integers
    late: Floats
    late_squared: Floats
    critical: Integers
    longer: Floats
    longer_squared: Floats
    longer_late: Floats


def sums(plan: Plan) -> Sums:
    """Return sums of nothing yet."""
    t, n = len(plan.targets), len(plan.net.activity)
    return Sums(
        np.zeros(t, np.int64),
        np.zeros(t),
        np.zeros(t),
        np.zeros((t, n), np.int64),
        np.zeros((t, n)),
        np.zeros((t, n)),
        np.zeros((t, n)),
    )


class Block(NamedTuple):
    """What one block gives: dates by target and lane, cost by lane, and sums."""

    finish: Floats
    cost: Floats
    sums: Sums


def block(plan: Plan) -> Block:
    """Return an empty block."""
    return Block(np.empty((len(plan.targets), LANES)), np.zeros(LANES), sums(plan))
