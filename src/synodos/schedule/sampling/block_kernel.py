"""One block of iterations: draw, date, walk back, count."""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.compiling import inner, outer
from synodos.schedule.sampling.counting_kernel import moments, target_moments
from synodos.schedule.sampling.driving_kernel import walk
from synodos.schedule.sampling.duration_kernel import (
    COST,
    DURATION,
    draw_common,
    draw_durations,
    shape,
    touch,
)
from synodos.schedule.sampling.forward_kernel import forward_bound, forward_launch, forward_plain, remove
from synodos.schedule.sampling.model import Effect
from synodos.schedule.sampling.plan import Draws, Net, Planned
from synodos.schedule.sampling.quantiles import CERTAIN, Shapes
from synodos.schedule.sampling.random_kernel import COUNTERS, count, normals, words
from synodos.schedule.sampling.tally import Sums
from synodos.schedule.sampling.workspace import LANES, Dates, Numbers, Trail

_REMOVE = int(Effect.REMOVE)
BATCH = 16
"""Activities that are drawn before they are dated, while their durations are at hand."""
_FIXED: Any = np.int64(0)
_PER_DAY: Any = np.int64(1)
"""Rows of spare."""
Rows = NDArray[np.float32]
_FAST = {"contract", "nsz", "arcp", "nnan"}


@outer()
def sample_block(
    net: Net,
    draws: Draws,
    durations: Shapes,
    values: Shapes,
    seed: np.uint32,
    number: int,
    numbers: Numbers,
    dates: Dates,
) -> None:
    """Draw and date all activities in a block."""
    draw_common(draws, values, seed, np.uint32(number * COUNTERS), numbers)
    activity, link, period, days = net.activity, net.link, net.period, numbers.days
    starts, delay, late, ready = dates.starts, dates.delay, dates.late, dates.ready
    risk, touches = draws.risk, draws.touch
    value, occurred = numbers.values, numbers.occurred
    shapes, coefficients, step = durations.shape, durations.coefficients, durations.step
    high, low, pairs, bits, scores = numbers.high, numbers.low, numbers.pairs, numbers.bits, numbers.scores
    factors, score, stream = numbers.factors, numbers.score, np.uint32(seed ^ DURATION)
    for first in range(0, len(activity), BATCH):
        last = min(first + BATCH, len(activity))
        draw_durations(
            activity,
            shapes,
            coefficients,
            step,
            first,
            last,
            stream,
            high,
            low,
            pairs,
            bits,
            scores,
            factors,
            score,
            days,
        )
        for position in range(first, last):
            one = activity[position]
            if one.touched:
                _lengthen(one, risk, touches, value, position, days)
            if not one.plain:
                forward_bound(net, position, days, position, dates)
            elif one.start_row >= 0:
                forward_launch(one, link, period, position, days, position, starts, delay, late, ready)
            else:
                forward_plain(one, link, position, days, position, delay)
            if one.touched and not one.finishes_fixed:
                _remove(one, risk, touches, occurred, position, delay)


@inner()
def _lengthen(
    one: Any,  # noqa: ANN401 - a record
    risks: Any,  # noqa: ANN401 - records
    touches: NDArray[np.int64],
    values: Rows,
    activity: int,
    days: Rows,
) -> None:
    """Let risks touch the durations of an activity."""
    for entry in range(one.first_risk, one.last_risk):
        touch(risks[touches[entry]].effect, touches[entry], values, days, activity)


@inner()
def _remove(
    one: Any,  # noqa: ANN401 - a record
    risks: Any,  # noqa: ANN401 - records
    touches: NDArray[np.int64],
    occurred: NDArray[np.bool_],
    activity: int,
    delay: Rows,
) -> None:
    """Let an activity never finish where a risk removes it."""
    for entry in range(one.first_risk, one.last_risk):
        if risks[touches[entry]].effect == _REMOVE:
            remove(activity, occurred, touches[entry], delay)


@outer()
def count_block(
    net: Net,
    planned: Planned,
    targets: NDArray[np.int64],
    lanes: int,
    numbers: Numbers,
    dates: Dates,
    trail: Trail,
    sums: Sums,
) -> None:
    """Add to the sums what a block that is sampled shows in its first lanes."""
    records, days, late, share = net.activity, numbers.days, numbers.score, numbers.share
    longer, squared, product = sums.longer, sums.longer_squared, sums.longer_late
    for target in range(len(targets)):
        last = targets[target]
        walk(net, target, last, lanes, numbers, dates, trail, sums)
        target_moments(last, records[last].base, target, lanes, planned, dates, late, share, sums)
        moments(records, target, last, days, late, share, longer, squared, product)


@outer(fastmath=_FAST)
def cost_block(
    net: Net,
    fixed: Shapes,
    per_day: Shapes,
    seed: np.uint32,
    number: int,
    numbers: Numbers,
    dates: Dates,
    cost: NDArray[np.float64],
) -> None:
    """Add up what a block that is sampled costs; one score is behind both factors of an activity."""
    count(np.uint32(number * COUNTERS), numbers.high, numbers.low)
    for activity in range(len(net.activity)):
        one = net.activity[activity]
        if one.cost != 0.0 or one.cost_per_day != 0.0:
            _factor(fixed, activity, one.key, np.uint32(seed ^ COST), numbers, _FIXED)
            _factor(per_day, activity, one.key, np.uint32(seed ^ COST), numbers, _PER_DAY)
            _cost(net, activity, numbers, dates, cost)


@inner()
def _factor(shapes: Shapes, activity: int, key: np.uint32, seed: np.uint32, numbers: Numbers, at: int) -> None:
    """Draw a factor of cost into spare[at]."""
    if shapes.shape[activity].form != CERTAIN:
        words(seed, key, numbers.high, numbers.low, numbers.pairs)
        normals(numbers.bits, numbers.score)
    shape(shapes.shape[activity], activity, shapes.coefficients, shapes.step, numbers.score, numbers.spare, at)


@inner()
def _cost(net: Net, activity: int, numbers: Numbers, dates: Dates, cost: NDArray[np.float64]) -> None:
    """Add what an activity costs, its factors standing in spare."""
    one = net.activity[activity]
    row, fixed, per_day, elapsed = one.start_row, one.cost, one.cost_per_day, one.start_row >= 0 and not one.working
    for lane in range(LANES):
        finish = one.base + np.float64(dates.delay[activity, lane])
        days = np.float64(numbers.days[activity, lane])
        begins = dates.starts[row, lane] < np.inf if row >= 0 else finish < np.inf
        if begins and elapsed and finish < np.inf:
            days = finish - dates.starts[row, lane]
        if begins:
            cost[lane] += (
                fixed * np.float64(numbers.spare[0, lane]) + per_day * np.float64(numbers.spare[1, lane]) * days
            )
