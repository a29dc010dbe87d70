"""One planning model for all groups: a group does what needs nobody but its members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.shares.game import MOST_PLAYERS, GameError

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class GroupModel:
    """An integer programme that stands for every group of players at once.

    The worth of a group is the most of ``gains @ x`` over whole numbers ``0 <= x <= most`` with ``rows @ x <= limits``,
    where every choice that needs somebody outside the group is 0. To do nothing is always possible, and members who do
    nothing cost nothing: so nobody is worth 0, and a larger group is worth no less.

    Attributes
    ----------
    players : tuple of str
        Names, each once; at most 24.
    gains : array of int64, shape (choices,)
        What one of each choice brings, in units of `unit`.
    most : array of int64, shape (choices,)
        How often each can be made at most; mostly 1.
    needs : array of int64, shape (choices,)
        Who is needed for each: bit i is set for player i.
    starts : array of int64, shape (rows + 1,)
        Where the entries of each row start.
    columns, values : array of int64, shape (entries,)
        Choice and coefficient of each entry.
    limits : array of int64, shape (rows,)
        Right-hand sides; none is negative.
    unit : float
        What a gain of one is worth, in the terms of the answer.

    Raises
    ------
    GameError
        If the arrays do not fit together, a limit is negative, or a choice needs an unknown player.
    """

    players: tuple[str, ...]
    gains: Ints
    most: Ints
    needs: Ints
    starts: Ints
    columns: Ints
    values: Ints
    limits: Ints
    unit: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what is no model."""
        fault = next(self._faults(), None)
        if fault is not None:
            message = f"coalition.model: {fault}"
            raise GameError(message)

    def _faults(self) -> Iterator[str]:
        """Yield what does not fit together."""
        choices = len(self.gains)
        if not 1 <= len(self.players) <= MOST_PLAYERS or len(set(self.players)) != len(self.players):
            yield f"expected 1 to {MOST_PLAYERS} players, each once; found {self.players}"
        if not len(self.most) == len(self.needs) == choices:
            yield f"expected as many bounds and needs as gains; found {len(self.most)}, {len(self.needs)}, {choices}"
        if len(self.starts) != len(self.limits) + 1 or len(self.columns) != len(self.values):
            yield "expected a start for each row and one more, and a value for each column"
        if len(self.limits) and int(self.limits.min()) < 0:
            yield f"expected limits of 0 or more, so that nothing can always be done; found {self.limits.min()}"
        if choices and int(self.needs.max()) >= 1 << len(self.players):
            yield "expected choices that need players of the model"
        if len(self.columns) and not 0 <= int(self.columns.min()) <= int(self.columns.max()) < choices:
            yield "expected entries that name a choice"

    @property
    def everybody(self) -> int:
        """The group of all players."""
        return (1 << len(self.players)) - 1
