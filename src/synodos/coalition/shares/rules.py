"""Simple rules of division: in equal parts, and in proportion to something."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from synodos.coalition.shares.game import Floats, Game, GameError, checked_division


def equal_surplus(game: Game) -> Floats:
    """Return for each player its worth alone and an equal part of what all together are worth more.

    Notes
    -----
    Driessen and Funaki (1991), "Coincidence of and collinearity between game theoretic solutions", as the centre of
    gravity of the imputation set.

    Examples
    --------
    >>> equal_surplus(Game(("a", "b"), [0, 1, 3, 10])).tolist()
    [4.0, 6.0]
    """
    shares: Floats = game.alone + (game.whole - np.sum(game.alone)) / game.size
    return shares


def proportional(game: Game, numbers: ArrayLike) -> Floats:
    """Return the worth of all divided in proportion to given numbers, such as yearly budgets.

    Parameters
    ----------
    game : Game
    numbers : array of float, shape (n,)
        One a player, not negative, not all zero.

    Raises
    ------
    GameError
        If the numbers are others.

    Examples
    --------
    >>> proportional(Game(("a", "b"), [0, 1, 3, 10]), [1, 4]).tolist()
    [2.0, 8.0]
    """
    found = checked_division(game, numbers)
    if (found < 0).any() or not found.any():
        message = f"coalition.proportion: expected numbers that are not negative, one above 0; found {found.tolist()}"
        raise GameError(message)
    parts: Floats = game.whole * (found / np.sum(found))
    return parts
