"""Sums over all groups: of what each receives, and of what each is worth weighted by its size."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]

LOW: Final = 12
"""Players by which groups are cut into blocks, each small enough to stay near the processor while it is worked on."""
WIDE: Final = 13
"""The same where each block is read once and no more; products of larger ones NumPy spreads over threads, in vain."""
ROWS: Final = 4
"""Blocks that are worked on at once."""


def subset_sums(values: Floats) -> Floats:
    """Return the sum of values over every group, in binary order: shape (n,) to (2^n,)."""
    sums = np.zeros(1 << len(values))
    for bit, value in enumerate(values):
        np.add(sums[: 1 << bit], value, out=sums[1 << bit : 2 << bit])
    return sums


def sizes(players: int) -> NDArray[np.int64]:
    """Return the number of members of every group, in binary order."""
    return subset_sums(np.ones(players)).astype(np.int64)


@cache
def _sizes(players: int) -> NDArray[np.int64]:
    """Return the same of few players, kept from one game to the next."""
    found = sizes(players)
    found.flags.writeable = False
    return found


def member_rows(groups: Groups, players: int) -> Floats:
    """Return groups, given as places, as rows of ones for members and zeros for others."""
    return (groups[:, None] >> np.arange(players) & 1).astype(np.float64)


def bit_sums(values: Floats) -> Floats:
    """Return for each player the sum over the groups it is a member of: shape (2^n,) to (n,).

    Groups are folded: once a player's sum is known, those with and without it are added up, so that all sums together
    take twice the time of one.
    """
    players = len(values).bit_length() - 1
    sums = np.empty(players)
    for bit in range(players - 1, -1, -1):
        without, within = values[: 1 << bit], values[1 << bit :]
        sums[bit] = within.sum()
        values = without + within
    return sums


def weighted_sums(worths: Floats, within: Floats, overall: Floats) -> tuple[Floats, float]:
    """Return sums of worths that are weighted by the size of the group.

    Parameters
    ----------
    worths : array, shape (2^n,)
        In binary order.
    within, overall : array, shape (n + 1,)
        Weight of a group by its number of members.

    Returns
    -------
    tuple of (array, float)
        For each player the sum of `within` times worth over the groups it is in, and the sum of `overall` times worth
        over all groups.

    Notes
    -----
    Each block is read once: its weighted total counts for the players that choose the block, and it is added to the
    other blocks with as many of those, from which the sums of the players within blocks follow. Blocks with as many of
    them come one after the other, so that their weights stay near the processor.
    """
    players = len(worths).bit_length() - 1
    low = min(players, WIDE)
    low_sizes, high_sizes = _sizes(low), _sizes(players - low)
    blocks = worths.reshape(-1, 1 << low)
    folded, totals, total = np.zeros(1 << low), np.empty(len(blocks)), 0.0
    for size in range(players - low + 1):
        weights, alike = within[size:].take(low_sizes), np.zeros(1 << low)
        for row in np.flatnonzero(high_sizes == size).tolist():
            block = blocks[row]
            totals[row] = block @ weights
            alike += block
        total += float(overall[size:].take(low_sizes) @ alike)
        folded += weights * alike
    return np.concatenate((bit_sums(folded), bit_sums(totals))), total


class Excesses:
    """Worths of the groups that are still looked at, to be held against what a division gives them."""

    def __init__(self, worths: Floats) -> None:
        """Begin with all groups but nobody and everybody."""
        self.players = len(worths).bit_length() - 1
        self._low = min(self.players, LOW)
        self._open = worths.copy().reshape(-1, 1 << self._low)
        self._open[0, 0] = self._open[-1, -1] = -np.inf
        self._spare = np.empty((min(ROWS, len(self._open)), 1 << self._low))
        self._most = np.full(len(self._open), np.inf)
        self._given = np.zeros(1 << self._low), np.zeros(len(self._open))

    def largest_by_block(self, division: Floats, above: float = -np.inf) -> tuple[Floats, Floats, Floats]:
        """Return the largest excess of each block, and what the division gives within blocks and by block.

        Of blocks that cannot exceed `above`, since the division before left them too little, it is a bound.
        """
        low, high = subset_sums(division[: self._low]), subset_sums(division[self._low :])
        low_before, high_before = self._given
        self._most += (low_before - low).max() + (high_before - high)
        self._given = low, high
        looked_at = np.flatnonzero(self._most > above)
        for first in range(0, len(looked_at), ROWS):
            rows = looked_at[first : first + ROWS]
            spare = self._spare[: len(rows)]
            for place, row in enumerate(rows.tolist()):
                np.subtract(self._open[row], low, out=spare[place])
            self._most[rows] = spare.max(axis=1) - high[rows]
        return self._most.copy(), low, high

    def block(self, row: int, low: Floats, high: Floats) -> Floats:
        """Return the excess of every group of a block."""
        found: Floats = self._open[row] - low - high[row]
        return found

    def close(self, groups: Groups) -> None:
        """Look at some groups no longer."""
        self._open.reshape(-1)[groups] = -np.inf

    def first_group(self, row: int) -> int:
        """Return the place of the first group of a block."""
        return row << self._low
