"""A planning model as it is drafted: choices with their meaning, and rows that bind them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from synodos.coalition.worths.model import GroupModel

GAIN_DIGITS: Final = 9
"""Digits of the largest amount that are counted where amounts are gained."""
ROW_DIGITS: Final = 6
"""Digits where amounts stand in rows: enough for any figure of a plan, and few enough for solvers to tell apart."""
ROUNDING: Final = 1e-6
"""Part of a unit that a budget may be off by for lack of precision."""

Sort = Literal["drop", "build", "join", "use", "together", "fly", "reach", "care"]


@dataclass(frozen=True)
class Choice:
    """What a choice of the model means.

    Attributes
    ----------
    sort : {"drop", "build", "join", "use", "together", "fly", "reach", "care"}
        An agency does without something that it would develop alone; develops a building block that may be shared;
        joins it; uses it in a year; takes part; a mission flies; objectives are reached; an agency cares for them.
    key : str
        What it is about: a line of a building block, a mission, an objective.
    agency : str
    year : int or None
    rank : int
        Of a partner that joins: 2 for the first.
    """

    sort: Sort
    key: str
    agency: str = ""
    year: int | None = None
    rank: int = 0


@dataclass
class Draft:
    """Choices and rows, as they are added.

    Attributes
    ----------
    players : tuple of str
    unit : float
        What one unit of money stands for.
    budgets : mapping of (str, int) to float, or None
        What each player may spend in each year; None where budgets do not bind.
    """

    players: tuple[str, ...]
    unit: float
    budgets: Mapping[tuple[str, int], float] | None = None
    choices: list[Choice] = field(default_factory=list)
    gains: list[int] = field(default_factory=list)
    most: list[int] = field(default_factory=list)
    needs: list[int] = field(default_factory=list)
    rows: list[tuple[Mapping[int, int], int]] = field(default_factory=list)
    spends: dict[int, list[tuple[str, int | None, int]]] = field(default_factory=dict)
    """For each choice what it costs whom in which year, in units."""

    def add(self, choice: Choice, *, gain: int = 0, needs: Iterable[str] = (), most: int = 1) -> int:
        """Add a choice and return its place."""
        self.choices.append(choice)
        self.gains.append(gain)
        self.most.append(most)
        self.needs.append(sum(1 << self.players.index(name) for name in set(needs)))
        return len(self.choices) - 1

    def bind(self, row: Mapping[int, int], limit: int = 0) -> None:
        """Add a row: the sum of coefficients times choices does not exceed the limit."""
        entries = {place: value for place, value in row.items() if value}
        if any(value > 0 for value in entries.values()):  # else it holds whatever is chosen
            self.rows.append((entries, limit))

    def at_most(self, left: Sequence[int], right: Sequence[int], times: int = 1) -> None:
        """Add a row: `times` the sum of some choices does not exceed the sum of others; one may stand in several."""
        row: dict[int, int] = {}
        for place in left:
            row[place] = row.get(place, 0) + times
        for place in right:
            row[place] = row.get(place, 0) - 1
        self.bind(row)

    def spend(self, place: int, agency: str, amounts: Iterable[tuple[int | None, int]]) -> None:
        """Say what a choice costs an agency, by year."""
        self.spends.setdefault(place, []).extend((agency, year, amount) for year, amount in amounts if amount)

    def affordable(self, agency: str, amounts: Iterable[tuple[int | None, int]]) -> bool:
        """Return whether an agency could pay for one thing, if it paid for nothing else."""
        return all(year is None or amount <= self.budget(agency, year) for year, amount in amounts)

    def budget(self, agency: str, year: int) -> float:
        """Return what an agency may spend in a year, in units."""
        if self.budgets is None:
            return math.inf
        return math.floor(self.budgets.get((agency, year), 0.0) / self.unit + ROUNDING)

    def counted(self, amount: float) -> int:
        """Return an amount in whole units."""
        return round(amount / self.unit)

    def model(self, unit: float) -> GroupModel:
        """Return the model, in which a gain of one is worth `unit`."""
        sizes = [len(row) for row, _ in self.rows]
        return GroupModel(
            players=self.players,
            gains=np.array(self.gains, dtype=np.int64),
            most=np.array(self.most, dtype=np.int64),
            needs=np.array(self.needs, dtype=np.int64),
            starts=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
            columns=np.array([place for row, _ in self.rows for place in row], dtype=np.int64),
            values=np.array([value for row, _ in self.rows for value in row.values()], dtype=np.int64),
            limits=np.array([limit for _, limit in self.rows], dtype=np.int64),
            unit=unit,
        )


def unit_for(amounts: Iterable[float], digits: int) -> float:
    """Return a unit in which the largest amount has so many digits: a power of ten."""
    largest = max(amounts, default=0.0)
    return 10.0 ** (math.ceil(math.log10(largest)) - digits) if largest > 0 else 1.0


def spread(amount: int, ends: int, years: int, first: int, *, begun: bool) -> list[tuple[int | None, int]]:
    """Return an amount by year, evenly over the years that end with `ends`.

    Parameters
    ----------
    amount : int
        In whole units; the years add up to it.
    ends : int
        Last year.
    years : int
        Number of years.
    first : int
        First year that is planned. What lies before it is spent where the work has begun, else is to be spent later.
    begun : bool
        Whether work has begun.
    """
    span = range(ends - years + 1, ends + 1)
    if not begun:
        span = range(max(span.start, min(first, ends)), ends + 1)
    each, more = divmod(amount, len(span))
    return [(year, each + (place < more)) for place, year in enumerate(span) if year >= first or not begun]
