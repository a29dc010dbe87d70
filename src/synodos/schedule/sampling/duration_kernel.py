"""Durations, risks and cost factors for the lanes of one block."""

# ruff: noqa: PLR0913, PLR0917 - kernels take their arrays one by one
from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from synodos.schedule.sampling.model import Effect
from synodos.schedule.sampling.plan import Draws, Net
from synodos.schedule.sampling.quantiles import CERTAIN, EXPONENTIAL, POLYNOMIAL, TRIANGLE, Shapes
from synodos.schedule.sampling.random_kernel import Row, Words, normals, words
from synodos.schedule.sampling.workspace import LANES, Numbers

Rows = NDArray[np.float32]

DURATION, FACTOR, OCCURRENCE, VALUE, FIXED_COST, COST_PER_DAY = (
    np.uint32(stream) for stream in (0, 0x5BF03635, 0xB5297A4D, 0x68E31DA4, 0x1B56C4E9, 0x7FEB352D)
)
"""What is drawn; mixed into the seed, so that one key gives independent numbers for each."""
_MULTIPLY, _REMOVE = int(Effect.MULTIPLY), int(Effect.REMOVE)

_BEND = np.float32(16.0)
_ZERO, _ONE = np.float32(0.0), np.float32(1.0)
_TWO_TO_MINUS_24 = np.float32(2.0**-24)
_LOG2_E, _LN2_HIGH, _LN2_LOW = np.float32(1.44269504), np.float32(0.693359375), np.float32(-2.12194440e-4)
_FAST = {"contract", "nsz", "arcp", "nnan"}


@njit(cache=True, inline="always")
def _exp(power: np.float32) -> np.float32:
    """Return the exponential of a float32 between -87 and 87, to a few units in the last place."""
    power = min(max(power, np.float32(-87.0)), np.float32(87.0))
    whole = np.floor(power * _LOG2_E + np.float32(0.5))
    rest = power - whole * _LN2_HIGH - whole * _LN2_LOW
    series = np.float32(1.9875691500e-4)
    series = series * rest + np.float32(1.3981999507e-3)
    series = series * rest + np.float32(8.3334519073e-3)
    series = series * rest + np.float32(4.1665795894e-2)
    series = series * rest + np.float32(1.6666665459e-1)
    series = series * rest + np.float32(5.0000001201e-1)
    series = series * rest * rest + rest + _ONE
    return np.float32(series * np.int32((np.int32(whole) + np.int32(127)) << np.int32(23)).view(np.float32))


@njit(cache=True, error_model="numpy", fastmath=_FAST)
def shape(one: Any, row: int, coefficients: Rows, step: Any, score: Row, out: Rows, at: int) -> None:  # noqa: ANN401
    """Fill out[at] with the values that belong to normal scores; `one` is the shape in that row."""
    form, low, high, fixed = one.form, one.one, one.two, one.fixed
    if form == CERTAIN:
        for lane in range(LANES):
            out[at, lane] = fixed
    elif form > TRIANGLE:
        _steps(step, one.first_step, one.last_step, score, out, at)
    else:
        _polynomial(coefficients, row, score, out, at)
        if form == POLYNOMIAL:
            for lane in range(LANES):
                out[at, lane] = min(max(out[at, lane], low), high)
        elif form == EXPONENTIAL:
            for lane in range(LANES):
                out[at, lane] = low + _exp(out[at, lane])
        else:
            _triangle(low, high, one.three, out, at)


@njit(cache=True, error_model="numpy", fastmath=_FAST)
def _polynomial(c: Rows, row: int, score: Row, out: Rows, at: int) -> None:
    """Fill out[at] with the polynomial of the bent score."""
    c0, c1, c2, c3, c4, c5 = c[row, 0], c[row, 1], c[row, 2], c[row, 3], c[row, 4], c[row, 5]
    c6, c7, c8, c9, c10, c11 = c[row, 6], c[row, 7], c[row, 8], c[row, 9], c[row, 10], c[row, 11]
    for lane in range(LANES):
        s = score[lane] / np.sqrt(score[lane] * score[lane] + _BEND)
        high = ((((c11 * s + c10) * s + c9) * s + c8) * s + c7) * s + c6
        out[at, lane] = (((((high * s + c5) * s + c4) * s + c3) * s + c2) * s + c1) * s + c0


@njit(cache=True, error_model="numpy", fastmath=_FAST)
def _triangle(low: np.float32, mode: np.float32, high: np.float32, out: Rows, at: int) -> None:
    """Turn the probabilities in out[at] into triangular values."""
    width = max(high - low, np.float32(1e-30))
    bend = (mode - low) / width
    up, down = width * (mode - low), width * (high - mode)
    for lane in range(LANES):
        share = min(max(out[at, lane], _ZERO), _ONE)
        rising = low + np.sqrt(share * up)
        falling = high - np.sqrt((_ONE - share) * down)
        out[at, lane] = rising if share < bend else falling


@njit(cache=True, error_model="numpy")
def _steps(step: NDArray[np.void], first: int, last: int, score: Row, out: Rows, at: int) -> None:
    """Fill out[at] with discrete values."""
    for lane in range(LANES):
        out[at, lane] = _ZERO
    for entry in range(first, last):
        above, rise = step[entry].score, step[entry].rise
        for lane in range(LANES):
            out[at, lane] += rise if score[lane] > above else _ZERO


@njit(cache=True, error_model="numpy", fastmath=_FAST)
def draw_common(draws: Draws, values: Shapes, seed: np.uint32, first_pair: np.uint32, numbers: Numbers) -> None:
    """Draw what several activities share: agencies' factors, correlated scores, risks."""
    bits, score = numbers.bits, numbers.score
    for group in range(len(draws.group_key)):
        words(seed ^ FACTOR, draws.group_key[group], first_pair, bits)
        normals(bits, score)
        for lane in range(LANES):
            numbers.factors[group, lane] = score[lane]
    for cluster in range(len(draws.cluster)):
        _draw_cluster(draws, cluster, seed, first_pair, numbers)
    for risk in range(len(draws.risk)):
        one = draws.risk[risk]
        words(seed ^ VALUE, one.key, first_pair, bits)
        normals(bits, score)
        shape(values.shape[risk], risk, values.coefficients, values.step, score, numbers.values, risk)
        words(seed ^ OCCURRENCE, one.key, first_pair, bits)
        neutral = _ONE if one.effect == _MULTIPLY else _ZERO
        for lane in range(LANES):
            uniform = np.float32(np.int32(bits[lane] >> np.uint32(8))) * _TWO_TO_MINUS_24
            numbers.occurred[risk, lane] = uniform < one.probability
            numbers.values[risk, lane] = numbers.values[risk, lane] if uniform < one.probability else neutral


@njit(cache=True, error_model="numpy", fastmath=_FAST)
def _draw_cluster(draws: Draws, cluster: int, seed: np.uint32, first_pair: np.uint32, numbers: Numbers) -> None:
    """Draw the correlated scores of a cluster."""
    first, last = draws.cluster[cluster].first, draws.cluster[cluster].last
    scores, score = numbers.scores, numbers.score
    for row in range(first, last):
        for lane in range(LANES):
            scores[row, lane] = _ZERO
    for column in range(last - first):
        words(seed ^ DURATION, draws.member_key[first + column], first_pair, numbers.bits)
        normals(numbers.bits, score)
        for row in range(column, last - first):
            weight = draws.weight[draws.cluster[cluster].first_weight + row * (last - first) + column]
            for lane in range(LANES):
                scores[first + row, lane] += weight * score[lane]


@njit(cache=True, error_model="numpy", fastmath=_FAST)
def draw_score(
    one: Any,  # noqa: ANN401 - the record of an activity
    seed: np.uint32,
    first_pair: np.uint32,
    bits: Words,
    scores: Rows,
    factors: Rows,
    score: Row,
) -> None:
    """Fill the normal scores of a duration: its own or correlated ones, mixed with those of its agency."""
    row, group, loading, rest = one.score_row, one.group, one.loading, one.rest
    if row >= 0:
        for lane in range(LANES):
            score[lane] = scores[row, lane]
    else:
        words(seed ^ DURATION, one.key, first_pair, bits)
        normals(bits, score)
    if loading != _ZERO:
        for lane in range(LANES):
            score[lane] = rest * score[lane] + loading * factors[group, lane]


@njit(cache=True, error_model="numpy")
def draw_durations(
    net: Net,
    durations: Shapes,
    first: int,
    last: int,
    seed: np.uint32,
    first_pair: np.uint32,
    numbers: Numbers,
    out: Rows,
    at: int,
) -> None:
    """Fill out from row `at` on with the durations of activities `first` to `last`, before any risk.

    What the loop reads is named before it: to reach into a tuple counts references, which threads would fight over.
    """
    activity, shapes, coefficients, step = net.activity, durations.shape, durations.coefficients, durations.step
    bits, scores, factors, score = numbers.bits, numbers.scores, numbers.factors, numbers.score
    for position in range(first, last):
        if shapes[position].form != CERTAIN:
            draw_score(activity[position], seed, first_pair, bits, scores, factors, score)
        shape(shapes[position], position, coefficients, step, score, out, at + position - first)


@njit(cache=True, error_model="numpy", fastmath=_FAST)
def touch(effect: int, risk: int, values: Rows, out: Rows, at: int) -> None:
    """Let a risk lengthen the durations in out[at]; a removal leaves them."""
    if effect == _MULTIPLY:
        for lane in range(LANES):
            out[at, lane] *= values[risk, lane]
    elif effect != _REMOVE:
        for lane in range(LANES):
            out[at, lane] = max(out[at, lane] + values[risk, lane], _ZERO)
