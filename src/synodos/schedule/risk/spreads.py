"""Stated spreads in the form that is sampled, with their means."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from synodos.language import Spread
from synodos.schedule.sampling import Family, Marginals

Row = tuple[object, ...]

_FAMILY = {
    "triangular": Family.TRIANGULAR,
    "pert": Family.PERT,
    "uniform": Family.UNIFORM,
    "normal": Family.NORMAL,
    "lognormal": Family.LOGNORMAL,
    "weibull": Family.WEIBULL,
}
_PARAMETERS = {
    "triangular": ("low", "likely", "high"),
    "pert": ("low", "likely", "high"),
    "uniform": ("low", "high"),
    "normal": ("mean", "deviation"),
    "lognormal": ("median", "sigma"),
    "weibull": ("scale", "form"),
}


def row(spread: Spread) -> Row:
    """Return a spread as a row of marginals; one without width is certain."""
    if spread.shape == "discrete":
        total = sum(spread.weights)
        return (Family.DISCRETE, spread.values, tuple(weight / total for weight in spread.weights))
    values = [float(getattr(spread, name)) for name in _PARAMETERS[spread.shape]]
    if _is_certain(spread, values):
        return certain(values[0])
    return (_FAMILY[spread.shape], *values)


def _is_certain(spread: Spread, values: Sequence[float]) -> bool:
    """Return whether a spread has one value only."""
    if spread.shape in ("normal", "lognormal"):
        return values[1] == 0.0
    return spread.shape != "weibull" and values[0] == values[-1]


def certain(value: float) -> Row:
    """Return the row of a value that is certain."""
    return (Family.FIXED, value)


def marginals(rows: Sequence[Row]) -> Marginals:
    """Return rows as marginals."""
    return Marginals.of(list(rows)) if rows else Marginals.fixed(np.zeros(0))


def mean(spread: Spread) -> float:
    """Return the mean of a spread; of a normal one that of what is left of it above zero."""
    if spread.shape == "discrete":
        return sum(v * w for v, w in zip(spread.values, spread.weights, strict=True)) / sum(spread.weights)
    values = [float(getattr(spread, name)) for name in _PARAMETERS[spread.shape]]
    first, last = values[0], values[-1]
    means = {
        "triangular": lambda: sum(values) / 3,
        "pert": lambda: (first + 4 * values[1] + last) / 6,
        "uniform": lambda: (first + last) / 2,
        "normal": lambda: _above_zero(first, last),
        "lognormal": lambda: first * math.exp(last**2 / 2),
        "weibull": lambda: first * math.gamma(1 + 1 / last),
    }
    return float(means[spread.shape]())


def _above_zero(mean_before: float, deviation: float) -> float:
    """Return the mean of a normal distribution without what lies below zero."""
    if not deviation:
        return mean_before
    normal, cut = NormalDist(), -mean_before / deviation
    return mean_before + deviation * normal.pdf(cut) / normal.cdf(-cut)


def words(spread: Spread) -> str:
    """Return a spread in words, such as `log-normal, median 1.1, sigma 0.25`."""
    name = {"lognormal": "log-normal", "pert": "PERT", "weibull": "Weibull"}.get(spread.shape, spread.shape)
    if spread.shape == "discrete":
        said = ", ".join(
            f"{value:g} (weight {weight:g})" for value, weight in zip(spread.values, spread.weights, strict=True)
        )
    else:
        said = ", ".join(f"{each} {getattr(spread, each):g}" for each in _PARAMETERS[spread.shape])
    return f"{name}, {said}" + (" days" if spread.of == "days" else "")
