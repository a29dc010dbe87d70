"""What is known of the worths of all groups of a part, from the largest group to the smallest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from synodos.coalition.shares.sums import sizes
from synodos.coalition.worths.model import Ints


class Layers:
    """The most that a known plan brings each group, and what no plan of it exceeds; where both meet, it is settled.

    Groups are settled by size, the largest first: a plan is handed down to the groups that still hold all whom it
    needs, and a worth to all groups within, which cannot do better.

    Attributes
    ----------
    lower, upper : array of int64, shape (2^n,)
        In the unit of the gains, in binary order.
    supports : array of int64, shape (2^n,)
        Whom the known plan needs.
    """

    def __init__(self, players: int) -> None:
        """Begin with doing nothing."""
        self._players = players
        self.lower = np.zeros(1 << players, dtype=np.int64)
        self.supports = np.zeros_like(self.lower)
        self.upper = np.full_like(self.lower, np.iinfo(np.int64).max)

    def __iter__(self) -> Iterator[Ints]:
        """Yield the groups of each size, neighbours next to each other; hand down what is known of them between."""
        in_order = np.argsort(sizes(self._players), kind="stable")
        ends = np.cumsum(np.bincount(sizes(self._players)))
        for size in range(self._players, -1, -1):
            groups = in_order[ends[size - 1] if size else 0 : ends[size]]
            yield groups[np.argsort(_turns(groups), kind="stable")]
            self._hand_down(groups)

    def keep(self, group: int, best: tuple[int, int] | None, reach: int) -> None:
        """Keep a plan of a group, None where the known one is not bettered; and what no plan of it exceeds."""
        if best is not None and best[0] > self.lower[group]:
            self.lower[group], self.supports[group] = best
        self.upper[group] = min(int(self.upper[group]), reach)

    def bound(self, ceilings: Ints) -> None:
        """Let each group know what no plan of it exceeds."""
        np.minimum(self.upper, ceilings, out=self.upper)

    def offer(self, amounts: Ints, supports: Ints) -> None:
        """Let each group know of a plan, where it brings more than the known one."""
        better = amounts > self.lower
        self.lower[better], self.supports[better] = amounts[better], supports[better]

    def unsettled(self, groups: Ints) -> Ints:
        """Return which of some groups are not settled."""
        return groups[self.lower[groups] < self.upper[groups]]

    def learnt(self, groups: Ints) -> Ints:
        """Return which of some groups of one size are settled, though no larger group hands their worth down."""
        handed = np.zeros(len(groups), dtype=np.bool_)
        for bit in range(self._players):
            larger = groups | 1 << bit
            alike = (self.lower[larger] == self.lower[groups]) & (self.upper[larger] == self.upper[groups])
            handed |= (larger != groups) & alike & (self.supports[larger] & ~groups == 0)
        found: Ints = groups[~handed & (self.lower[groups] == self.upper[groups])]
        return found

    def settled(self) -> int:
        """Return how many groups are settled."""
        return int((self.lower == self.upper).sum())

    def hand_up(self) -> None:
        """Let every group know the plans of the groups within it; they add nothing where all are settled."""
        for bit in range(self._players):
            lower, supports = (array.reshape(-1, 2, 1 << bit) for array in (self.lower, self.supports))
            better = lower[:, 0] > lower[:, 1]
            lower[:, 1][better] = lower[:, 0][better]
            supports[:, 1][better] = supports[:, 0][better]

    def _hand_down(self, groups: Ints) -> None:
        """Let groups with one member less know what is known of some groups."""
        for bit in range(self._players):
            having = groups[groups >> bit & 1 == 1]
            fewer = having ^ (1 << bit)
            self.upper[fewer] = np.minimum(self.upper[fewer], self.upper[having])
            better = (self.supports[having] >> bit & 1 == 0) & (self.lower[having] > self.lower[fewer])
            self.lower[fewer[better]] = self.lower[having[better]]
            self.supports[fewer[better]] = self.supports[having[better]]


def _turns(groups: Ints) -> Ints:
    """Return the places of groups in the reflected Gray code, in which neighbours differ by few members."""
    found = groups.copy()
    for shift in (1, 2, 4, 8, 16):
        found ^= found >> shift
    return found
