"""The arrays in which one block of iterations is worked out; each thread has its own."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.plan import Plan

LANES = 256
"""Iterations that are worked on side by side: one block."""


class Numbers(NamedTuple):
    """What is drawn: one row of lanes, or one for each agency, correlated score, risk or activity.

    Durations are float32: rounding is at most 2^-24 of each, so below a minute over 30 years even if all were rounded
    one way.
    """

    high: NDArray[np.uint64]
    low: NDArray[np.uint64]
    pairs: NDArray[np.uint64]
    bits: NDArray[np.uint32]
    score: NDArray[np.float32]
    factors: NDArray[np.float32]
    scores: NDArray[np.float32]
    occurred: NDArray[np.bool_]
    values: NDArray[np.float32]
    days: NDArray[np.float32]
    spare: NDArray[np.float32]
    share: NDArray[np.float32]


class Dates(NamedTuple):
    """Dates: starts that are kept, by how much each finish is later than planned, and rows to work in.

    Dates are float64. Delays are float32, so that a plan that holds keeps its dates to the bit, and a delay of 1,000
    days is rounded to 3 s at each activity that it passes.
    """

    starts: NDArray[np.float64]
    delay: NDArray[np.float32]
    late: NDArray[np.float32]
    ready: NDArray[np.float64]
    ends: NDArray[np.float64]
    asked: NDArray[np.float64]
    lag: NDArray[np.float64]
    lasts: NDArray[np.float64]


class Trail(NamedTuple):
    """For the walk back: what drives by its finish and by its start, lane by lane; whose finish or start does at all.

    `marks` are those of one activity.
    """

    finish: NDArray[np.uint8]
    start: NDArray[np.uint8]
    marked: NDArray[np.bool_]
    marks: NDArray[np.uint8]


class Workspace(NamedTuple):
    """The arrays of a thread."""

    numbers: Numbers
    dates: Dates
    trail: Trail


def workspace(plan: Plan) -> Workspace:
    """Return arrays for blocks of a plan."""
    n, risks = len(plan.net.activity), len(plan.draws.risk)
    pairs = np.empty(LANES // 4, np.uint64)
    numbers = Numbers(
        np.empty(LANES // 4, np.uint64),
        np.empty(LANES // 4, np.uint64),
        pairs,
        pairs.view(np.uint32),
        np.empty(LANES, np.float32),
        np.empty((len(plan.draws.group_key), LANES), np.float32),
        np.empty((len(plan.draws.member_key), LANES), np.float32),
        np.empty((risks, LANES), np.bool_),
        np.empty((risks, LANES), np.float32),
        np.empty((n, LANES), np.float32),
        np.empty((2, LANES), np.float32),
        np.empty(LANES, np.float32),
    )
    dates = dates_of(n, plan.starts, LANES)
    trail = Trail(
        np.zeros((n, LANES), np.uint8),
        np.zeros((plan.starts, LANES), np.uint8),
        np.zeros(n, np.bool_),
        np.zeros(LANES, np.uint8),
    )
    return Workspace(numbers, dates, trail)


def dates_of(activities: int, starts: int, lanes: int) -> Dates:
    """Return room for the dates of activities in so many lanes."""
    return Dates(
        np.empty((starts, lanes)),
        np.empty((activities, lanes), np.float32),
        np.empty(LANES, np.float32),
        *(np.empty(LANES) for _ in range(5)),
    )
