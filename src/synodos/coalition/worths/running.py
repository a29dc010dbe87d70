"""Settling all groups of a part, with the help of others and of what earlier runs found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol

import numpy as np

from synodos.coalition.worths.batches import Best, Executor, Found, Pending, cut, settle
from synodos.coalition.worths.layers import Layers
from synodos.coalition.worths.model import Ints
from synodos.coalition.worths.part import Part
from synodos.coalition.worths.spreading import Evidence, spread

FIRST: Final = 8
"""Groups of one size that are solved at first, before others learn from them."""
LOOKED_UP: Final = 1 << 17
"""Sums over groups that take about as long as one linear program."""
MOST_PAUSE: Final = 31
"""Groups at most from which nobody learns, after one that told too little to pay."""


class WorthStore(Protocol):
    """Where worths are kept from one run to the next."""

    def get(self, key: str) -> Mapping[int, Best]:
        """Return what is known of a part of a model: by group its worth, and whom its plan needs."""

    def put(self, key: str, found: Mapping[int, Best]) -> None:
        """Keep worths of groups of a part."""


class Run:
    """One part whose groups are being settled.

    Attributes
    ----------
    layers : Layers
        What is known.
    solved : int
        Groups that were solved.
    """

    def __init__(
        self,
        part: Part,
        hands: Executor,
        store: WorthStore | None,
        limit_s: float | None,
        progress: Callable[[int], object],
    ) -> None:
        """Begin with what the store knows."""
        self._part, self._hands, self._store, self._limit_s = part, hands, store, limit_s
        self._progress = progress
        self._known = store.get(part.key) if store else {}
        self.layers, self.solved = Layers(len(part.players)), 0
        self._pause = self._skipped = 0

    def settle_all(self) -> None:
        """Settle every group."""
        scatter = getattr(self._hands, "scatter", None)
        shared = scatter(self._part, broadcast=True) if scatter else self._part
        for groups in self.layers:
            for group in self.layers.unsettled(groups).tolist():
                if group in self._known:
                    self.layers.keep(group, self._known[group], self._known[group][0])
            if self._store:
                self._put([group for group in self.layers.learnt(groups).tolist() if group not in self._known])
            self._settle(self.layers.unsettled(groups), shared)
            self._progress(self.layers.settled())
        self.layers.hand_up()

    def _put(self, groups: list[int]) -> None:
        """Have the store keep the worths of groups that are settled."""
        lower, supports = self.layers.lower, self.layers.supports
        if self._store and groups:
            self._store.put(self._part.key, {group: (int(lower[group]), int(supports[group])) for group in groups})

    def _settle(self, waiting: Ints, shared: object) -> None:
        """Have groups of one size solved, some spread over all of them at first, so that others learn from them."""
        wave = FIRST
        while len(waiting):
            chosen = np.zeros(len(waiting), dtype=np.bool_)
            chosen[:: -(-len(waiting) // wave)] = True
            self._solve(waiting[chosen], shared)
            left = self.layers.unsettled(waiting[~chosen])
            if 2 * len(left) > len(waiting):
                wave *= 2  # they tell little
            waiting = left

    def _solve(self, groups: Ints, shared: object) -> None:
        """Have groups solved, batch by batch."""
        pending: list[tuple[Ints, Pending]] = []
        try:
            for batch in cut(groups):
                than, ceilings = self.layers.lower[batch].tolist(), self.layers.upper[batch].tolist()
                given = (shared, batch.tolist(), than, ceilings, self._limit_s)
                pending.append((batch, self._hands.submit(settle, *given)))
            for batch, one in pending:
                self._keep(batch.tolist(), one.result())
        finally:
            for _, one in pending:
                one.cancel()

    def _keep(self, batch: list[int], found: list[Found]) -> None:
        """Keep what was found for a batch."""
        layers = self.layers
        for group, (best, reach, told) in zip(batch, found, strict=True):
            layers.keep(group, best, reach)
            self._spread(told)
        self.solved += len(batch)
        self._put([group for group in batch if layers.lower[group] == layers.upper[group]])
        self._progress(self.layers.settled())

    def _spread(self, told: Evidence | None) -> None:
        """Let all groups learn from one; now and then only, where so few are settled that it does not pay."""
        if told is None or self._skipped < self._pause:
            self._skipped += 1
            return
        before = self.layers.settled()
        spread(told, self._part, self.layers)
        players = len(self._part.players)
        pays = self.layers.settled() - before > (players << players) // LOOKED_UP
        self._pause, self._skipped = 0 if pays else min(2 * self._pause + 1, MOST_PAUSE), 0
