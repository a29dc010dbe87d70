"""Rows of a comparison weighed by the reader: a ranking that rests on the reader's weights, and on nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Direction = Literal["more", "less", "earlier"]
EQUAL: Final = 1e-9
"""Scores that differ by less stand in one place."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One row that can be weighed.

    Attributes
    ----------
    key, name : str
        What the weight is given to, and the row in words.
    better : Direction
        Which way it counts.
    values : tuple of float or None
        One for each scenario; None: not stated.
    """

    key: str
    name: str
    better: Direction
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class WeighedRow:
    """What one row brings.

    Attributes
    ----------
    name : str
        The row.
    weight : float
        As the reader gave it; below 0: turned round.
    share : float
        Its part of all weights, 0 to 1.
    scaled : tuple of float
        For each scenario 0 (the worst of them) to 1 (the best).
    """

    name: str
    weight: float
    share: float
    scaled: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """A ranking by a reader's weights.

    Attributes
    ----------
    scenarios : tuple of str
        Names, in the order in which they were compared.
    scores : tuple of float
        Weighted means of the rows, 0 to 1; empty: no row counts.
    places : tuple of int
        From 1; equal scores stand in one place.
    rows : tuple of WeighedRow
        The rows that count.
    left_out : tuple of (str, str)
        Rows with a weight that do not count, and why.
    hinges_on : tuple of (str, tuple of str)
        Rows without which others would stand first, and which.
    """

    scenarios: tuple[str, ...]
    scores: tuple[float, ...]
    places: tuple[int, ...]
    rows: tuple[WeighedRow, ...]
    left_out: tuple[tuple[str, str], ...]
    hinges_on: tuple[tuple[str, tuple[str, ...]], ...]


def weigh(scenarios: Sequence[str], figures: Sequence[Figures], weights: Mapping[str, float]) -> Weighing:
    """Return a ranking of scenarios by weights that a reader gives to rows; without weights there is none.

    Each row is scaled so that the worst of these scenarios gets 0 and the best 1; a score is the weighted mean. So it
    says how these scenarios stand to each other, and nothing of how good any of them is.

    Parameters
    ----------
    scenarios : sequence of str
        Names.
    figures : sequence of Figures
        The rows, with one value for each scenario.
    weights : mapping of str to float
        By the keys of rows; 0 or none: the row does not count; below 0: it counts the other way round.

    Raises
    ------
    ValueError
        If a weight is no finite number, is given to no row, or a row has not a value for each scenario.
    """
    _check(scenarios, figures, weights)
    chosen = [(one, weights[one.key]) for one in figures if weights.get(one.key)]
    left_out = [(one.name, why) for one, _ in chosen if (why := _silent(one))]
    counting = [(one, weight) for one, weight in chosen if not _silent(one)]
    total = sum(abs(weight) for _, weight in counting)
    rows = tuple(
        WeighedRow(one.name, weight, abs(weight) / total, _scaled(one, turned=weight < 0)) for one, weight in counting
    )
    scores = _scores(rows, len(scenarios))
    first = _first(scores)
    hinges = [
        (row.name, tuple(scenarios[place] for place in sorted(then)))
        for row in rows
        if (then := _first(_scores([other for other in rows if other is not row], len(scenarios)))) and then != first
    ]
    places = tuple(1 + sum(other > score + EQUAL for other in scores) for score in scores)
    return Weighing(tuple(scenarios), scores, places, rows, tuple(left_out), tuple(hinges))


def _check(scenarios: Sequence[str], figures: Sequence[Figures], weights: Mapping[str, float]) -> None:
    """Refuse what cannot be weighed."""
    known = {one.key for one in figures}
    odd = [key for key, weight in weights.items() if key not in known or not math.isfinite(weight)]
    if odd:
        message = f"weights: expected finite numbers for some of {', '.join(sorted(known))}; check {', '.join(odd)}"
        raise ValueError(message)
    short = [one.key for one in figures if len(one.values) != len(scenarios)]
    if short:
        message = f"figures: expected a value for each of {len(scenarios)} scenarios; check {', '.join(short)}"
        raise ValueError(message)


def _silent(row: Figures) -> str:
    """Return why a row says nothing of these scenarios; empty if it does."""
    if any(value is None for value in row.values):
        return "not stated for all of them"
    return "the same for all of them" if len(set(row.values)) == 1 else ""


def _scaled(row: Figures, *, turned: bool) -> tuple[float, ...]:
    """Return the values of a row from 0, the worst of them, to 1."""
    values = [value for value in row.values if value is not None]
    low, high = min(values), max(values)
    up = (row.better == "more") != turned
    return tuple((value - low if up else high - value) / (high - low) for value in values)


def _scores(rows: Sequence[WeighedRow], count: int) -> tuple[float, ...]:
    """Return the weighted mean of rows for each scenario; nothing where there are none."""
    total = sum(row.share for row in rows)
    if not total:
        return ()
    return tuple(sum(row.share * row.scaled[place] for row in rows) / total for place in range(count))


def _first(scores: Sequence[float]) -> set[int]:
    """Return which scenarios stand first."""
    best = max(scores, default=0.0)
    return {place for place, score in enumerate(scores) if score > best - EQUAL}
