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
from synodos.schedule.sampling.random_kernel import Products, Row, Words, count_pairs, mixed_normals, normals, words
from synodos.schedule.sampling.workspace import LANES, Numbers

Rows = NDArray[np.float32]

DURATION, FACTOR, OCCURRENCE, VALUE, COST = (
    np.uint32(stream) for stream in (0, 0x5BF03635, 0xB5297A4D, 0x68E31DA4, 0x1B56C4E9)
)
"""What is drawn; mixed into the seed, so that one key gives independent numbers for each."""
_MULTIPLY, _REMOVE = int(Effect.MULTIPLY), int(Effect.REMOVE)

_BEND = np.float32(BEND)
_MOST = np.float32(87.0)
"""The exponential of more does not fit a float32."""
_ZERO, _ONE = np.float32(0.0), np.float32(1.0)
_TWO_TO_MINUS_24 = np.float32(2.0**-24)
_LOG2_E, _LN2_HIGH, _LN2_LOW = np.float32(1.44269504), np.float32(0.693359375), np.float32(-2.12194440e-4)
_FAST = {"contract", "nsz", "arcp", "nnan"}


@njit(inline="always")
def _exp(power: np.float32) -> np.float32:
    """Return the exponential of a float32 between -87 and 87, to a few units in the last place."""
    power = min(max(power, -_MOST), _MOST)
    whole = np.floor(power * _LOG2_E + np.float32(0.5))
    rest = power - whole * _LN2_HIGH - whole * _LN2_LOW
    square = rest * rest
    first = np.float32(5.0000001201e-1) + np.float32(1.6666665459e-1) * rest
    second = np.float32(4.1665795894e-2) + np.float32(8.3334519073e-3) * rest
    third = np.float32(1.3981999507e-3) + np.float32(1.9875691500e-4) * rest
    series = (_ONE + rest) + square * (first + square * (second + square * third))
    return np.float32(series * np.int32((np.int32(whole) + np.int32(127)) << np.int32(23)).view(np.float32))


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
        _triangle(coefficients, row, low, high, one.three, score, out, at)
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
    """Fill out[at] with the exponential of a line, shifted."""
    for lane in range(LANES):
        out[at, lane] = shift + _exp(start + rise * score[lane])


@inner(fastmath=_FAST)
def _exponential(shift: np.float32, out: Rows, at: int) -> None:
    """Turn logarithms in out[at] into shifted values."""
    for lane in range(LANES):
        out[at, lane] = shift + _exp(out[at, lane])


@njit(inline="always")
def _bent(c, score):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return the polynomial of a bent score, summed in pairs."""
    s = score / (score * score + _BEND)
    square = s * s
    fourth = square * square
    lowest = (c[0] + c[1] * s) + (c[2] + c[3] * s) * square
    middle = (c[4] + c[5] * s) + (c[6] + c[7] * s) * square
    highest = (c[8] + c[9] * s) + (c[10] + c[11] * s) * square
    return lowest + fourth * (middle + fourth * highest)


@njit(inline="always")
def _twelve(c, row):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return the coefficients of a row one by one, so that loops need not read them again."""
    low = c[row, 0], c[row, 1], c[row, 2], c[row, 3], c[row, 4], c[row, 5]
    return (*low, c[row, 6], c[row, 7], c[row, 8], c[row, 9], c[row, 10], c[row, 11])


@inner(fastmath=_FAST)
def _polynomial(c: Rows, row: int, floor: np.float32, ceiling: np.float32, score: Row, out: Rows, at: int) -> None:
    """Fill out[at] with the polynomial of the bent score, between its bounds."""
    twelve = _twelve(c, row)
    for lane in range(LANES):
        out[at, lane] = min(max(_bent(twelve, score[lane]), floor), ceiling)


@inner(fastmath=_FAST)
def _triangle(
    c: Rows, row: int, low: np.float32, mode: np.float32, high: np.float32, score: Row, out: Rows, at: int
) -> None:
    """Fill out[at] with triangular values."""
    twelve, width = _twelve(c, row), max(high - low, np.float32(1e-30))
    bend = (mode - low) / width
    up, down = width * (mode - low), width * (high - mode)
    for lane in range(LANES):
        share = min(max(_bent(twelve, score[lane]), _ZERO), _ONE)
        rises = share < bend
        root = np.sqrt(share * up if rises else (_ONE - share) * down)
        out[at, lane] = low + root if rises else high - root


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
def draw_common(draws: Draws, values: Shapes, seed: np.uint32, first_pair: np.uint32, numbers: Numbers) -> None:
    """Draw what several activities share: agencies' factors, correlated scores, risks."""
    bits, score = numbers.bits, numbers.score
    count_pairs(first_pair, numbers.high, numbers.low)
    for group in range(len(draws.group_key)):
        words(np.uint32(seed ^ FACTOR), draws.group_key[group], numbers.high, numbers.low, bits)
        normals(bits, score)
        for lane in range(LANES):
            numbers.factors[group, lane] = score[lane]
    for cluster in range(len(draws.cluster)):
        _draw_cluster(draws, cluster, seed, numbers)
    for risk in range(len(draws.risk)):
        one = draws.risk[risk]
        words(np.uint32(seed ^ VALUE), one.key, numbers.high, numbers.low, bits)
        normals(bits, score)
        shape(values.shape[risk], risk, values.coefficients, values.step, score, numbers.values, risk)
        words(np.uint32(seed ^ OCCURRENCE), one.key, numbers.high, numbers.low, bits)
        neutral = _ONE if one.effect == _MULTIPLY else _ZERO
        for lane in range(LANES):
            uniform = np.float32(np.int32(bits[lane] >> np.uint32(8))) * _TWO_TO_MINUS_24
            numbers.occurred[risk, lane] = uniform < one.probability
            numbers.values[risk, lane] = numbers.values[risk, lane] if uniform < one.probability else neutral


@inner(fastmath=_FAST)
def _draw_cluster(draws: Draws, cluster: int, seed: np.uint32, numbers: Numbers) -> None:
    """Draw the correlated scores of a cluster."""
    first, last = draws.cluster[cluster].first, draws.cluster[cluster].last
    scores, score = numbers.scores, numbers.score
    for row in range(first, last):
        for lane in range(LANES):
            scores[row, lane] = _ZERO
    for column in range(last - first):
        words(np.uint32(seed ^ DURATION), draws.member_key[first + column], numbers.high, numbers.low, numbers.bits)
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
                words(seed, one.key, high, low, bits)
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
