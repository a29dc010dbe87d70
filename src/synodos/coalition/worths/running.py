"""Settling all groups of a part, with the help of others and of what earlier runs found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from synodos.coalition.worths.batches import Best, Executor, Pending, cut, settle
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
        self, part: Part, hands: Executor, store: WorthStore | None, progress: Callable[[int], object]
    ) -> None:
        """Begin with what the store knows."""
        self._part, self._hands, self._store, self._progress = part, hands, store, progress
        self._known = store.get(part.key) if store else {}
        self.layers, self.solved = Layers(len(part.players)), 0

    def settle_all(self) -> None:
        """Settle every group."""
        scatter = getattr(self._hands, "scatter", None)
        shared = scatter(self._part, broadcast=True) if scatter else self._part
        for groups in self.layers:
            known = [group in self._known for group in groups.tolist()]
            for group in groups[known].tolist():
                self.layers.keep(group, *self._known[group])
            self._settle(groups[~np.array(known, dtype=np.bool_)], shared)
            self._progress(self.layers.settled())

    def _settle(self, groups: Ints, shared: object) -> None:
        """Have groups of one size solved, batch by batch."""
        pending: list[tuple[Ints, Pending]] = []
        try:
            for batch in cut(groups):
                than = self.layers.lower[batch].tolist()
                pending.append((batch, self._hands.submit(settle, shared, batch.tolist(), than)))
            for batch, one in pending:
                self._keep(batch.tolist(), one.result())
        finally:
            for _, one in pending:
                one.cancel()

    def _keep(self, batch: list[int], found: list[Best | None]) -> None:
        """Keep what was found for a batch."""
        for group, best in zip(batch, found, strict=True):
            if best is None:
                self.layers.keep_known(group)
            else:
                self.layers.keep(group, *best)
        self.solved += len(batch)
        if self._store:
            layers = self.layers
            self._store.put(
                self._part.key, {group: (int(layers.lower[group]), int(layers.supports[group])) for group in batch}
            )
        self._progress(self.layers.settled())
