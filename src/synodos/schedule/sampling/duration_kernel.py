"""Durations, risks and cost factors for the lanes of one block."""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from synodos.schedule.sampling.compiling import inner
from synodos.schedule.sampling.model import Effect
from synodos.schedule.sampling.plan import Draws
from synodos.schedule.sampling.quantiles import BEND, BENT_EXPONENTIAL, CERTAIN, EXPONENTIAL, STEPS, TRIANGLE, Shapes
from synodos.schedule.sampling.random_kernel import HALF, Products, Row, Words, count, mixed_normals, normals, words
from synodos.schedule.sampling.workspace import LANES, Numbers

Rows = NDArray[np.float32]

DURATION, FACTOR, VALUE, COST = (np.uint32(stream) for stream in (0, 0x5BF03635, 0x68E31DA4, 0x1B56C4E9))
_OCCURRENCE = np.uint32(0xB5297A4D), np.uint32(0x7FEB352D)
"""What is drawn; mixed into the seed, so that one key gives independent numbers for each."""
_MULTIPLY, _REMOVE = int(Effect.MULTIPLY), int(Effect.REMOVE)

_BEND = np.float32(BEND)
_MOST = np.float32(126.0)
"""2 to the power of more does not fit a float32."""
_ZERO, _ONE, _MEDIAN = np.float32(0.0), np.float32(1.0), np.float32(0.5)
_TWO_TO_MINUS_24 = np.float32(2.0**-24)
_ROUNDING = np.float32(1.5 * 2.0**23)
"""Added to a number, leaves the nearest whole one in the last bits."""
_MANTISSA = np.int32(23)
_FAST = {"contract", "nsz", "arcp", "nnan"}


@njit(inline="always")
def _two_to(power: np.float32) -> np.float32:
    """Return 2 to the power of a float32 between -126 and 126, to a few units in the last place."""
    power = min(max(power, -_MOST), _MOST)
    rounded = power + _ROUNDING
    rest = power - (rounded - _ROUNDING)
    series = np.float32(0.055507337) + rest * (np.float32(0.0096715126) + rest * np.float32(0.0013264727))
    series = _ONE + rest * (np.float32(0.69314698) + rest * (np.float32(0.24022242) + rest * series))
    exponent = np.int32(np.float32(rounded).view(np.int32) << _MANTISSA)
    return np.int32(np.float32(series).view(np.int32) + exponent).view(np.float32)


@inner(fastmath=_FAST)
def shape(one: Any, row: int, coefficients: Rows, step: Any, score: Row, out: Rows, at: int) -> None:  # noqa: ANN401
    """Fill out[at] with the values that belong to normal scores; `one` is the shape in that row."""
    form, low, high = one.form, one.one, one.two
    if form == CERTAIN:
        _fixed(one.fixed, out, at)
    elif form == EXPONENTIAL:
        _lognormal(low, coefficients[row, 0], coefficients[row, 1], score, out, at)
    elif form == STEPS:
        _steps(step, one.first_step, one.last_step, score, out, at)
    elif form == TRIANGLE:
        _triangle(coefficients, row, low, high, one.three, one.four, score, out, at)
    elif form == BENT_EXPONENTIAL:
        _polynomial(coefficients, row, -_MOST, _MOST, score, out, at)
        _exponential(low, out, at)
    else:
        _polynomial(coefficients, row, low, high, score, out, at)


@inner()
def _fixed(value: np.float32, out: Rows, at: int) -> None:
    """Fill out[at] with one value."""
    for lane in range(LANES):
        out[at, lane] = value


@inner(fastmath=_FAST)
def _lognormal(shift: np.float32, start: np.float32, rise: np.float32, score: Row, out: Rows, at: int) -> None:
    """Fill out[at] with 2 to the power of a line, shifted."""
    for lane in range(LANES):
        out[at, lane] = shift + _two_to(start + rise * score[lane])


@inner(fastmath=_FAST)
def _exponential(shift: np.float32, out: Rows, at: int) -> None:
    """Turn logarithms to base 2 in out[at] into shifted values."""
    for lane in range(LANES):
        out[at, lane] = shift + _two_to(out[at, lane])


@njit(inline="always")
def _odd(c, bent, square):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return the odd powers of the polynomial of a bent score."""
    return bent * (c[1] + square * (c[3] + square * (c[5] + square * (c[7] + square * c[9]))))


@njit(inline="always")
def _even(c, square):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return the even powers."""
    return c[0] + square * (c[2] + square * (c[4] + square * (c[6] + square * c[8])))


@njit(inline="always")
def _ten(c, row):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return the coefficients of a row one by one, so that loops need not read them again."""
    low = c[row, 0], c[row, 1], c[row, 2], c[row, 3], c[row, 4]
    return (*low, c[row, 5], c[row, 6], c[row, 7], c[row, 8], c[row, 9])


@inner(fastmath=_FAST)
def _polynomial(c: Rows, row: int, floor: np.float32, ceiling: np.float32, score: Row, out: Rows, at: int) -> None:
    """Fill out[at] with the polynomial of the bent score, between its bounds."""
    ten = _ten(c, row)
    for lane in range(LANES):
        bent = score[lane] / (score[lane] * score[lane] + _BEND)
        square = bent * bent
        out[at, lane] = min(max(_even(ten, square) + _odd(ten, bent, square), floor), ceiling)


@inner(fastmath=_FAST)
def _triangle(
    c: Rows,
    row: int,
    low: np.float32,
    high: np.float32,
    up: np.float32,
    mode: np.float32,
    score: Row,
    out: Rows,
    at: int,
) -> None:
    """Fill out[at] with triangular values: so far from an end as the root of the probability beyond it says.

    The root is a polynomial in the bent score, which is turned round above the mode's score.
    """
    ten, width = _ten(c, row), high - low
    down = -np.float32(np.sqrt(max(width * width - up * up, _ZERO)))
    for lane in range(LANES):
        bent = score[lane] / (score[lane] * score[lane] + _BEND)
        rises = score[lane] < mode
        turned = bent if rises else -bent
        square = turned * turned
        root = _even(ten, square) + _odd(ten, turned, square)
        out[at, lane] = (low if rises else high) + (up if rises else down) * root


@inner()
def _steps(step: NDArray[np.void], first: int, last: int, score: Row, out: Rows, at: int) -> None:
    """Fill out[at] with discrete values."""
    for lane in range(LANES):
        out[at, lane] = _ZERO
    for entry in range(first, last):
        above, rise = step[entry].score, step[entry].rise
        for lane in range(LANES):
            out[at, lane] += rise if score[lane] > above else _ZERO


@inner(fastmath=_FAST)
def draw_common(draws: Draws, values: Shapes, seed: np.uint32, first: np.uint32, numbers: Numbers) -> None:
    """Draw what several activities share: agencies' factors, correlated scores, risks."""
    bits, score = numbers.bits, numbers.score
    count(first, numbers.high, numbers.low)
    for group in range(len(draws.group_key)):
        words(np.uint32(seed ^ FACTOR), draws.group_key[group], numbers.high, numbers.low, numbers.pairs)
        normals(bits, score)
        for lane in range(LANES):
            numbers.factors[group, lane] = score[lane]
    for cluster in range(len(draws.cluster)):
        _draw_cluster(draws, cluster, seed, numbers)
    for risk in range(len(draws.risk)):
        one = draws.risk[risk]
        words(np.uint32(seed ^ VALUE), one.key, numbers.high, numbers.low, numbers.pairs)
        normals(bits, score)
        shape(values.shape[risk], risk, values.coefficients, values.step, score, numbers.values, risk)
        for half in range(2):
            words(np.uint32(seed ^ _OCCURRENCE[half]), one.key, numbers.high, numbers.low, numbers.pairs)
            _strike(one, risk, half * HALF, numbers)


@inner()
def _strike(one: Any, risk: int, first: int, numbers: Numbers) -> None:  # noqa: ANN401 - a record
    """Say in half of the lanes whether a risk occurs; where it does not, it leaves alone what it touches."""
    neutral = _ONE if one.effect == _MULTIPLY else _ZERO
    for place in range(HALF):
        lane = first + place
        occurs = np.float32(np.int32(numbers.bits[place] >> np.uint32(8))) * _TWO_TO_MINUS_24 < one.probability
        numbers.occurred[risk, lane] = occurs
        numbers.values[risk, lane] = numbers.values[risk, lane] if occurs else neutral


@inner(fastmath=_FAST)
def _draw_cluster(draws: Draws, cluster: int, seed: np.uint32, numbers: Numbers) -> None:
    """Draw the correlated scores of a cluster."""
    first, last = draws.cluster[cluster].first, draws.cluster[cluster].last
    scores, score = numbers.scores, numbers.score
    for row in range(first, last):
        for lane in range(LANES):
            scores[row, lane] = _ZERO
    for column in range(last - first):
        words(np.uint32(seed ^ DURATION), draws.member_key[first + column], numbers.high, numbers.low, numbers.pairs)
        normals(numbers.bits, score)
        for row in range(column, last - first):
            weight = draws.weight[draws.cluster[cluster].first_weight + row * (last - first) + column]
            for lane in range(LANES):
                scores[first + row, lane] += weight * score[lane]


@inner(fastmath=_FAST)
def _copy(scores: Rows, row: int, score: Row) -> None:
    """Fill the normal scores of a duration with a row of correlated ones."""
    for lane in range(LANES):
        score[lane] = scores[row, lane]


@inner(fastmath=_FAST)
def _mix(rest: np.float32, loading: np.float32, factors: Rows, group: int, score: Row) -> None:
    """Mix the normal scores of a duration with those of its agency."""
    for lane in range(LANES):
        score[lane] = rest * score[lane] + loading * factors[group, lane]


@inner()
def draw_durations(
    activity: Any,  # noqa: ANN401 - records
    shapes: Any,  # noqa: ANN401 - records
    coefficients: Rows,
    step: Any,  # noqa: ANN401 - records
    first: int,
    last: int,
    seed: np.uint32,
    high: Products,
    low: Products,
    pairs: Products,
    bits: Words,
    scores: Rows,
    factors: Rows,
    score: Row,
    out: Rows,
) -> None:
    """Fill rows `first` to `last` with the durations of activities before any risk.

    It takes plain arrays: to reach into a tuple counts references, which threads would fight over.
    """
    for position in range(first, last):
        one = activity[position]
        if shapes[position].form != CERTAIN:
            if one.score_row < 0:
                words(seed, one.key, high, low, pairs)
            if one.score_row < 0 and one.loading != _ZERO:
                mixed_normals(bits, one.rest, one.loading, factors, one.group, score)
            elif one.score_row < 0:
                normals(bits, score)
            else:
                _copy(scores, one.score_row, score)
                if one.loading != _ZERO:
                    _mix(one.rest, one.loading, factors, one.group, score)
        shape(shapes[position], position, coefficients, step, score, out, position)


@inner(fastmath=_FAST)
def touch(effect: int, risk: int, values: Rows, out: Rows, at: int) -> None:
    """Let a risk lengthen the durations in out[at]; a removal leaves them."""
    if effect == _MULTIPLY:
        for lane in range(LANES):
            out[at, lane] *= values[risk, lane]
    elif effect != _REMOVE:
        for lane in range(LANES):
            out[at, lane] = max(out[at, lane] + values[risk, lane], _ZERO)
