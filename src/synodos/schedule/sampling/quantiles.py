"""The shapes of uncertain values, brought to one form that a kernel can follow without knowing their names.

A value is drawn from a standard normal score z. With s = z / (z^2 + 36) its quantile is a polynomial of degree 9 in s,
fitted here by least squares under the normal density; so is the logarithm of Weibull's. A lognormal is the exponential
of a line in z. A triangular value has its closed form, with a polynomial for the root of the normal distribution
function; a discrete one has thresholds in z. The fits are within 0.0006 of the distribution functions but for a normal
that is cut near its mean (0.0012, and 0.004 where z is beyond 4); for z up to 3, they are within 0.01 of the standard
deviation but for a Weibull that falls steeply (0.02).
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.model import Family, Floats, Integers, Marginals

DEGREE = 9
BEND = 36.0
"""The 36 in s = z / (z^2 + 36)."""
REACH = 6.0
"""Scores beyond this do not occur: they have 2 in a thousand million, and 18 bits end before."""
PERT_POSITIONS = 129
PERT_WEIGHT = 4.0

CERTAIN, POLYNOMIAL, EXPONENTIAL, BENT_EXPONENTIAL, TRIANGLE, STEPS = range(6)
"""How the kernel computes a value."""
FORM = {
    Family.FIXED: CERTAIN,
    Family.TRIANGULAR: TRIANGLE,
    Family.PERT: POLYNOMIAL,
    Family.UNIFORM: POLYNOMIAL,
    Family.NORMAL: POLYNOMIAL,
    Family.LOGNORMAL: EXPONENTIAL,
    Family.WEIBULL: BENT_EXPONENTIAL,
    Family.DISCRETE: STEPS,
}


SHAPE = np.dtype(
    [
        *((name, np.int64) for name in ("form", "first_step", "last_step")),
        *((name, np.float32) for name in ("fixed", "one", "two", "three", "four")),
    ],
    align=True,
)
"""How to compute a value: `form` is `CERTAIN`, `POLYNOMIAL`, `EXPONENTIAL`, `TRIANGLE` or `STEPS`; `fixed` is the value
if it is certain; `one` to `four` are the lowest and highest value of a polynomial, the shift of an exponential, or
of a triangle low, high, the rise up to the mode for a root of 1, and the score of the mode."""
STEP = np.dtype([("score", np.float32), ("rise", np.float32)])
"""A discrete value rises wherever the score exceeds that of a step; the first stands at -inf."""


class Shapes(NamedTuple):
    """Uncertain values as the kernel takes them, one per row.

    `coefficients`, shape (n, 10), are rising powers of s: of the value, of its logarithm to base 2, or (the same for
    all triangles) of the root of the normal distribution function.
    """

    shape: Any
    coefficients: NDArray[np.float32]
    step: Any


def shapes(marginals: Marginals, scale: Floats) -> Shapes:
    """Return the values, each times its scale, in the form for the kernel."""
    family, given = marginals.family, marginals.parameters * scale[:, None]
    coefficients, extra = np.zeros((len(family), DEGREE + 1)), np.zeros((len(family), 4))
    for one, fill in FILL.items():
        rows = np.flatnonzero(family == one)
        if len(rows):
            coefficients[rows], extra[rows] = fill(given[rows], marginals.parameters[rows])
    first, step = _steps(marginals, scale)
    shape = np.zeros(len(family), SHAPE)
    shape["form"] = np.array([FORM[Family(one)] for one in range(len(Family))])[family]
    shape["fixed"] = given[:, 0]
    shape["one"], shape["two"], shape["three"], shape["four"] = extra.T
    shape["first_step"], shape["last_step"] = first[:-1], first[1:]
    return Shapes(shape, coefficients.astype(np.float32), step)


def _steps(marginals: Marginals, scale: Floats) -> tuple[Integers, Any]:
    """Return where discrete values rise, and by how much."""
    rows = np.flatnonzero(marginals.family == Family.DISCRETE)
    count = np.zeros(len(marginals) + 1, np.int64)
    scores, rises = [np.zeros(0)], [np.zeros(0)]
    for row, (values, probabilities) in zip(rows, marginals.discrete, strict=True):
        order = np.argsort(values, kind="stable")
        below = np.clip(np.cumsum(probabilities[order])[:-1], 0.0, 1.0)
        scores.append(np.concatenate(([-np.inf], _score_of(below))))
        rises.append(np.diff(values[order] * scale[row], prepend=0.0))
        count[row + 1] = len(values)
    step = np.zeros(int(count.sum()), STEP)
    step["score"], step["rise"] = np.concatenate(scores), np.concatenate(rises)
    return np.cumsum(count), step


def _triangular(scaled: Floats, _: Floats) -> tuple[Floats, Floats]:
    low, mode, high = scaled.T
    width = high - low
    below = np.divide(mode - low, width, out=np.zeros(len(low)), where=width > 0.0)
    extra = np.stack((low, high, width * np.sqrt(below), _score_of(below)), axis=1)
    return np.broadcast_to(_fits()["root"], (len(scaled), DEGREE + 1)), extra


def _pert(scaled: Floats, _: Floats) -> tuple[Floats, Floats]:
    low, mode, high = scaled.T
    width = np.where(high > low, high - low, 1.0)
    at = (mode - low) / width * (PERT_POSITIONS - 1)
    left = np.minimum(at.astype(np.int64), PERT_POSITIONS - 2)
    part = (at - left)[:, None]
    table = _pert_table()
    coefficients = (high - low)[:, None] * ((1 - part) * table[left] + part * table[left + 1])
    coefficients[:, 0] += low
    return coefficients, _four(np.stack((low, high), axis=1))


def _uniform(scaled: Floats, _: Floats) -> tuple[Floats, Floats]:
    low, high = scaled[:, 0], scaled[:, 1]
    coefficients = (high - low)[:, None] * _fits()["probability"]
    coefficients[:, 0] += low
    return coefficients, _four(np.stack((low, high), axis=1))


def _normal(scaled: Floats, _: Floats) -> tuple[Floats, Floats]:
    mean, deviation = scaled[:, 0], np.maximum(scaled[:, 1], np.finfo(float).tiny)
    score, probability = _grid()
    cut = _probability_of(-mean / deviation)[:, None]
    quantile = _score_of(cut + probability * (1.0 - cut))
    quantile = np.where(cut > 1e-12, quantile, score)  # noqa: PLR2004 - a cut that no sample will see
    coefficients = (mean[:, None] + deviation[:, None] * quantile) @ _projection().T
    return coefficients, _four(np.stack((np.zeros(len(mean)), np.full(len(mean), np.inf)), axis=1))


def _lognormal(scaled: Floats, plain: Floats) -> tuple[Floats, Floats]:
    coefficients = np.zeros((len(scaled), DEGREE + 1))
    coefficients[:, 0], coefficients[:, 1] = np.log2(scaled[:, 0]), plain[:, 1] / math.log(2.0)
    return coefficients, _four(scaled[:, 2:3])


def _weibull(scaled: Floats, plain: Floats) -> tuple[Floats, Floats]:
    coefficients = _fits()["log_exponential"] / plain[:, 1:2]
    coefficients[:, 0] += np.log2(scaled[:, 0])
    return coefficients, _four(scaled[:, 2:3])


FILL = {
    Family.TRIANGULAR: _triangular,
    Family.PERT: _pert,
    Family.UNIFORM: _uniform,
    Family.NORMAL: _normal,
    Family.LOGNORMAL: _lognormal,
    Family.WEIBULL: _weibull,
}


def _four(columns: Floats) -> Floats:
    """Return columns padded with zeros to four."""
    padded = np.zeros((len(columns), 4))
    padded[:, : columns.shape[1]] = columns
    return padded


@cache
def _grid() -> tuple[Floats, Floats]:
    """Return scores at even distance, and the probability below each."""
    score = np.linspace(-REACH, REACH, 601)
    return score, _probability_of(score)


def _probability_of(score: Floats) -> Floats:
    """Return the normal distribution function."""
    return np.array([0.5 * math.erfc(-one / math.sqrt(2.0)) for one in score.ravel().tolist()]).reshape(score.shape)


def _score_of(probability: Floats) -> Floats:
    """Return the normal quantile, infinite at 0 and 1, by interpolation in the logarithm of the smaller tail."""
    score, below = _tails()
    tail = np.minimum(probability, 1.0 - probability)
    with np.errstate(divide="ignore"):
        found = np.where(tail > 0.0, np.interp(np.log(tail), below, score), -np.inf)
    return np.where(probability > 0.5, -found, found)  # noqa: PLR2004 - the median


@cache
def _tails() -> tuple[Floats, Floats]:
    """Return scores up to 0, and the logarithm of the probability below each."""
    score = np.linspace(-8.0, 0.0, 8_001)
    return score, np.log(_probability_of(score))


@cache
def _projection(emphasis: float = 0.0, tails: float = 1e-6) -> Floats:
    """Return what turns values on the grid into coefficients, shape (10, grid).

    The emphasis is that on high scores, `tails` the least weight of any.
    """
    score, _ = _grid()
    size = 2.0 * math.sqrt(BEND)  # brings s to -1 to 1, lest high powers drown
    powers = np.vander(size * score / (score**2 + BEND), DEGREE + 1, increasing=True)
    weight = (np.sqrt(np.exp(-0.5 * score**2) + tails) * _exponential() ** emphasis)[:, None]
    found = np.linalg.pinv(powers * weight, rcond=1e-14) * weight.T
    return np.asarray(found * size ** np.arange(DEGREE + 1)[:, None], np.float64)


def _exponential() -> Floats:
    """Return values on the grid of what is distributed exponentially, with a mean of 1."""
    return -np.log(_probability_of(-_grid()[0]))


@cache
def _fits() -> dict[str, Floats]:
    """Return the coefficients of the functions that families share."""
    _, probability = _grid()
    return {
        "probability": _projection() @ probability,
        "root": _projection(tails=1e-4) @ np.sqrt(probability),
        "log_exponential": _projection(emphasis=0.25) @ np.log2(_exponential()),
    }


@cache
def _pert_table() -> Floats:
    """Return coefficients of PERT on 0 to 1 for modes from 0 to 1, shape (positions, 10)."""
    angle = np.linspace(0.0, math.pi / 2, 4_001)
    x, rest = np.sin(angle) ** 2, np.cos(angle) ** 2
    _, probability = _grid()
    rows = []
    for mode in np.linspace(0.0, 1.0, PERT_POSITIONS):
        density = x ** (PERT_WEIGHT * mode) * rest ** (PERT_WEIGHT * (1.0 - mode)) * np.sin(2 * angle)
        below = np.concatenate(([0.0], np.cumsum(density[1:] + density[:-1])))
        rows.append(np.sin(np.interp(probability, below / below[-1], angle)) ** 2)
    table: Floats = np.array(rows) @ _projection().T
    return table
