"""Covers: choices that do not all fit under one limit, from which follow rows that tighten the relaxation."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.worths.model import Ints
from synodos.coalition.worths.part import Part

Floats = NDArray[np.float64]
Row = tuple[Ints, Ints, int]
"""Choices, their coefficients, and the limit."""

LEAST_MISSED: Final = 1e-3
"""By how much a point has to miss a row for it to be worth adding."""


class Covers:
    """The rows of a part in which choices that can be made once compete for what is limited."""

    def __init__(self, part: Part) -> None:
        """Find them; a negative coefficient is turned round by counting the choice where it is not made."""
        self._rows: list[tuple[Ints, Ints, NDArray[np.bool_], int]] = []
        for row, limit in zip(part.matrix, part.limits.tolist(), strict=True):
            used = np.flatnonzero(row)
            sizes, turned = np.abs(row[used]), row[used] < 0
            room = limit + int(sizes[turned].sum())
            if (part.most[used] == 1).all() and sizes.sum() > room and sizes.max() > 1:
                self._rows.append((used, sizes, turned, room))

    def missed(self, point: Floats) -> list[Row]:
        """Return rows that every plan keeps to and a point of the relaxation misses, at most one for each limit."""
        found = (_cover(point[used], used, sizes, turned, room) for used, sizes, turned, room in self._rows)
        return [row for row in found if row is not None]


def _cover(made: Floats, used: Ints, sizes: Ints, turned: NDArray[np.bool_], room: int) -> Row | None:
    """Return the row of a cover that a point misses: of choices that are too large together, one is not made.

    Choices are taken in the order of what they are missing to be made, by size, until they are too large together;
    those that are not needed for that are put back. Any choice as large as the largest may stand in for one of them.
    """
    made = np.where(turned, 1.0 - made, made)
    if made @ sizes < room - LEAST_MISSED:
        return None
    order = np.argsort((1.0 - made) / sizes, kind="stable")
    last = int(np.searchsorted(np.cumsum(sizes[order]), room, side="right"))
    cover = order[: last + 1]
    over = int(sizes[cover].sum()) - room
    for place in cover[np.argsort(made[cover], kind="stable")].tolist():
        if sizes[place] < over:
            cover, over = cover[cover != place], over - int(sizes[place])
    if made[cover].sum() < len(cover) - 1 + LEAST_MISSED:
        return None
    joined = np.zeros(len(used), dtype=np.bool_)
    joined[sizes >= sizes[cover].max()] = True
    joined[cover] = True
    signs = np.where(turned[joined], -1, 1)
    return used[joined], signs, len(cover) - 1 - int(turned[joined].sum())
