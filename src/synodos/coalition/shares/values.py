"""Values: what a player adds to groups on average."""

from __future__ import annotations

import math

import numpy as np

from synodos.coalition.shares.game import Floats, Game
from synodos.coalition.shares.sums import weighted_sums


def shapley_value(game: Game) -> Floats:
    """Return what each player adds when it joins those before it, on average over all orders.

    Parameters
    ----------
    game : Game

    Returns
    -------
    array of float, shape (n,)
        The shares add up to the worth of all.

    Notes
    -----
    Shapley (1953), "A value for n-person games". With w(s) = s! (n - s - 1)! / n!, the share of a player is the sum of
    (w(|S| - 1) + w(|S|)) v(S) over the groups it is in, less the sum of w(|S|) v(S) over all: one pass through the
    worths, not one for each player.

    Examples
    --------
    >>> shapley_value(Game(("a", "b", "c"), [0, 0, 0, 1, 0, 1, 0, 1])).round(3).tolist()
    [0.667, 0.167, 0.167]
    """
    return shapley_shares(game.worths)


def shapley_shares(worths: Floats) -> Floats:
    """Return the same from the worths of all groups, shape (2^n,), which are taken as they are."""
    n = len(worths).bit_length() - 1
    weight = np.array([1.0 / (n * math.comb(n - 1, size)) for size in range(n)] + [0.0])
    before = np.concatenate(([0.0], weight[:-1]))
    within, overall = weighted_sums(worths, before + weight, weight)
    return within - overall


def banzhaf_value(game: Game, *, normalised: bool = False) -> Floats:
    """Return what each player adds on average over all groups that it can join.

    Parameters
    ----------
    game : Game
    normalised : bool
        Whether the shares are stretched to add up to the worth of all; where they add up to nothing, they cannot be.

    Returns
    -------
    array of float, shape (n,)

    Raises
    ------
    GameError
        If they are to be stretched, and add up to nothing while all together are worth something.

    Notes
    -----
    Banzhaf (1965), "Weighted voting doesn't work".

    Examples
    --------
    >>> banzhaf_value(Game(("a", "b", "c"), [0, 0, 0, 1, 0, 1, 0, 1])).tolist()
    [0.75, 0.25, 0.25]
    """
    ones = np.ones(game.size + 1)
    within, overall = weighted_sums(game.worths, 2 * ones, ones)
    raw = (within - overall) / 2 ** (game.size - 1)
    return stretched(game, raw, "the Banzhaf values") if normalised else raw


def stretched(game: Game, parts: Floats, what: str) -> Floats:
    """Return shares of the worth of all in proportion to some numbers."""
    from synodos.coalition.shares.game import GameError

    total = float(parts.sum())
    if abs(total) <= game.tolerance and abs(game.whole) > game.tolerance:
        message = f"coalition.proportion: expected {what} to add up to something; found a sum of {total:g}"
        raise GameError(message)
    return parts * (game.whole / total) if abs(total) > game.tolerance else np.zeros(game.size)
