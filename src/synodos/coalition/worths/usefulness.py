"""How useful players are to others, read from the worths of all groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.worths.model import Ints
from synodos.coalition.worths.table import GroupWorths


def dummies(worths: GroupWorths) -> tuple[str, ...]:
    """Return the players who bring every group just what they are worth alone.

    Notes
    -----
    v(S and i) = v(S) + v(i) for every group S without i. A fair share gives them what they are worth alone.
    """
    amounts = worths.amounts
    return tuple(
        name
        for bit, name in enumerate(worths.players)
        if (_with(amounts, bit) - _without(amounts, bit) == amounts[1 << bit]).all()
    )


def dominates(worths: GroupWorths) -> NDArray[np.bool_]:
    """Return who is at least as useful as whom in every group.

    Parameters
    ----------
    worths : GroupWorths
        Worths of n players.

    Returns
    -------
    array of bool, shape (n, n)
        In row i and column j whether v(S and i) >= v(S and j) for every group S without both.

    Notes
    -----
    The desirability relation of Maschler and Peleg (1966). It is transitive; players who are as useful as each other
    are exchangeable, and receive the same under every symmetric rule.
    """
    players = len(worths.players)
    found = np.eye(players, dtype=np.bool_)
    for one in range(players):
        for other in range(one):
            both = worths.amounts.reshape(-1, 2, 1 << (one - other - 1), 2, 1 << other)
            mine, theirs = both[:, 1, :, 0], both[:, 0, :, 1]
            found[one, other], found[other, one] = (mine >= theirs).all(), (theirs >= mine).all()
    return found


def equals(worths: GroupWorths) -> tuple[tuple[str, ...], ...]:
    """Return the sets of two and more players who are as useful as each other in every group."""
    matrix = dominates(worths)
    alike = matrix & matrix.T
    sets = {tuple(np.flatnonzero(row).tolist()) for row in alike}
    return tuple(tuple(worths.players[place] for place in places) for places in sorted(sets) if len(places) > 1)


def _with(amounts: Ints, bit: int) -> Ints:
    """Return the worths of groups with a player."""
    return amounts.reshape(-1, 2, 1 << bit)[:, 1]


def _without(amounts: Ints, bit: int) -> Ints:
    """Return the worths of the same groups without the player."""
    return amounts.reshape(-1, 2, 1 << bit)[:, 0]
