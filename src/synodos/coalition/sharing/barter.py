"""Barter still to be agreed: the fewest exchanges after which nobody owes anybody anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.shares.sums import sizes

MOST_EXACT: Final = 18
"""Players up to which the fewest exchanges are found for sure: 2^18 groups take a moment."""
Exchange = tuple[int, int, int]
"""Giver, receiver and amount."""


@dataclass(frozen=True)
class Barter:
    """Something that one player still has to bring for another.

    Attributes
    ----------
    giver, receiver : str
        Who brings it, and for whom.
    amount : float
        What it has to count for.
    """

    giver: str
    receiver: str
    amount: float


def settled(balances: Sequence[int], slack: int = 0) -> tuple[list[Exchange], bool]:
    """Return exchanges after which nobody owes anybody anything, and whether there are no fewer that would do.

    Parameters
    ----------
    balances : sequence of int
        What each player brought beyond what was due (above 0) or short of it (below 0); they add up to 0.
    slack : int
        What counts as nothing.

    Returns
    -------
    tuple of (list of (int, int, int), bool)
        Giver, receiver and amount of each exchange, the largest first. Whoever gives receives nothing, so that the
        amounts together are what is short, which is the least there can be.

    Notes
    -----
    k players settle in k - 1 exchanges, or in one fewer for each further group among them whose balances add up to 0.
    The most such groups are found by a dynamic programme over all groups; of more than 18 players who are left once
    equal and opposite balances are paired, the largest always settles with the largest.
    """
    left = {place: balance for place, balance in enumerate(balances) if abs(balance) > slack}
    exchanges = _paired(left, slack)
    places, sure = list(left), len(left) <= MOST_EXACT
    groups = _balanced_groups(list(left.values()), slack) if sure else [list(range(len(places)))]
    for group in groups:
        exchanges += _within({places[member]: left[places[member]] for member in group})
    return sorted(exchanges, key=lambda one: (-one[2], one)), sure


def _paired(left: dict[int, int], slack: int) -> list[Exchange]:
    """Take out equal and opposite balances; return how they are settled.

    That is always right: of two groups that hold one each, both without them are a group too.
    """
    exchanges = []
    for giver, short in list(left.items()):
        match = next((one for one, over in left.items() if short < 0 and abs(over + short) <= slack), None)
        if match is not None:
            exchanges.append((giver, match, -short))
            del left[giver], left[match]
    return exchanges


def _within(left: dict[int, int]) -> list[Exchange]:
    """Return exchanges that settle a group, the largest with the largest."""
    exchanges = []
    while min(left.values()) < 0 < max(left.values()):
        giver = min(left, key=lambda place: (left[place], place))
        receiver = max(left, key=lambda place: (left[place], -place))
        amount = min(-left[giver], left[receiver])
        exchanges.append((giver, receiver, amount))
        left[giver] += amount
        left[receiver] -= amount
    return exchanges


def _balanced_groups(balances: Sequence[int], slack: int) -> list[list[int]]:
    """Return players in as many groups as can be whose balances add up to 0 each.

    Players are added up one by one in the order that passes through 0 most often: each time a group is complete.
    """
    sums = np.zeros(1 << len(balances), dtype=np.int64)
    for bit, balance in enumerate(balances):
        np.add(sums[: 1 << bit], balance, out=sums[1 << bit : 2 << bit])
    even = np.abs(sums) <= slack
    most = _most_even(even, len(balances))
    groups: list[list[int]] = []
    rest = len(sums) - 1
    while rest:
        if even[rest]:
            groups.append([])
        worth = most[rest] - even[rest]
        bit = next(bit for bit in range(len(balances)) if rest >> bit & 1 and most[rest ^ 1 << bit] == worth)
        groups[-1].append(bit)
        rest ^= 1 << bit
    return groups


def _most_even(even: NDArray[np.bool_], players: int) -> NDArray[np.int64]:
    """Return for each group how often sums are even at most while it is put together player by player."""
    groups, size_of = np.arange(len(even)), sizes(players)
    most = np.zeros(len(even), dtype=np.int64)
    for size in range(1, players + 1):
        level = groups[size_of == size]
        best = np.zeros(len(level), dtype=np.int64)
        for bit in range(players):
            within = (level >> bit & 1).astype(bool)
            best[within] = np.maximum(best[within], most[level[within] ^ (1 << bit)])
        most[level] = best + even[level]
    return most
