"""Rows and choices that cannot matter are left out of a part, so that it falls into smaller ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.worths.model import Ints
from synodos.coalition.worths.part import Part


def simplified(part: Part) -> Part:
    """Return a part in which every group is worth the same, with fewer rows and choices."""
    while True:
        simpler = _without_idle(_with_help_given(_without_slack(part)))
        if simpler.matrix.shape == part.matrix.shape and (simpler.matrix == part.matrix).all():
            return part
        part = simpler


def _without_slack(part: Part) -> Part:
    """Leave out rows that no plan can miss."""
    binding = np.maximum(part.matrix, 0) @ part.most > part.limits
    return replace(part, matrix=part.matrix[binding], limits=part.limits[binding])


def _with_help_given(part: Part) -> Part:
    """Let choices that only help be made by all who can: where others rest on them, they are counted in the limit.

    A choice helps if it costs nothing and takes nothing from any limit. It is counted in where everything that comes
    near the limit needs those anyway whom it needs itself: where they are missing, the limit is not met.
    """
    helping = (part.gains >= 0) & (part.matrix <= 0).all(axis=0)
    given: NDArray[np.bool_] = np.zeros(part.matrix.shape, dtype=np.bool_)
    for row, entries in enumerate(part.matrix):
        shared = np.bitwise_and.reduce(part.needs[entries > 0], initial=-1)
        given[row] = helping & (entries < 0) & ((part.needs & ~shared) == 0)
    counted: Ints = np.where(given, part.matrix, 0)
    return replace(part, matrix=part.matrix - counted, limits=part.limits - counted @ part.most)


def _without_idle(part: Part) -> Part:
    """Leave out choices that bring nothing and help nobody."""
    kept = ((part.gains > 0) | (part.matrix < 0).any(axis=0)) & (part.most > 0)
    return replace(
        part,
        places=part.places[kept],
        gains=part.gains[kept],
        most=part.most[kept],
        needs=part.needs[kept],
        matrix=part.matrix[:, kept],
    )
