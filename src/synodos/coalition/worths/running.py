"""Settling all groups of a part, with the help of others and of what earlier runs found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from synodos.coalition.worths.batches import Best, Executor, Found, Pending, cut, settle
from synodos.coalition.worths.layers import Layers
from synodos.coalition.worths.model import Ints
from synodos.coalition.worths.part import Part


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

    def settle_all(self) -> None:
        """Settle every group."""
        scatter = getattr(self._hands, "scatter", None)
        shared = scatter(self._part, broadcast=True) if scatter else self._part
        for groups in self.layers:
            known = [group in self._known for group in groups.tolist()]
            for group in groups[known].tolist():
                self.layers.keep(group, self._known[group], self._known[group][0])
            self._settle(groups[~np.array(known, dtype=np.bool_)], shared)
            self._progress(self.layers.settled())
        self.layers.hand_up()

    def _settle(self, groups: Ints, shared: object) -> None:
        """Have groups of one size solved, batch by batch."""
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
        for group, (best, reach) in zip(batch, found, strict=True):
            layers.keep(group, best, reach)
        self.solved += len(batch)
        if self._store:
            proven = [group for group in batch if layers.lower[group] == layers.upper[group]]
            self._store.put(
                self._part.key, {group: (int(layers.lower[group]), int(layers.supports[group])) for group in proven}
            )
        self._progress(self.layers.settled())
