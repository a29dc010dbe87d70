"""Lines of equal value on a grid, as closed loops in pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = tuple[float, float]
STEP = 0.8
"""Least distance in pixels between two points of a line."""
EDGES = ((0, 0, 0), (1, 0, 1), (0, 1, 0), (0, 0, 1))
"""For each side of a cell, walked around: offset along the first and second axis, and the axis that it crosses."""


def loops(values: Floats, x: Floats, y: Floats, level: float) -> list[list[Point]]:
    """Return the closed lines around where a grid is at most `level`, with the lower side to one hand throughout.

    Parameters
    ----------
    values : ndarray, shape (n, m)
        The grid; what is infinite counts as far above the level.
    x, y : ndarray, shapes (n,) and (m,)
        Where its rows and columns lie, in pixels; lines that reach the border run along it.
    level : float
        The value that the lines have.

    Notes
    -----
    Marching squares (Lorensen and Cline's marching cubes in the plane), with linear interpolation; where two low
    corners face each other across a cell they stay apart. Holes run the other way round, so that a fill by the
    non-zero rule leaves them out.
    """
    far = level + 4 * max(abs(level), 1.0)
    grid = np.pad(np.minimum(values, far), 1, constant_values=far)
    across, down = np.pad(x, 1, mode="edge"), np.pad(y, 1, mode="edge")
    low = grid <= level
    follows = _follows(low)
    found = []
    while follows:
        first, at = follows.popitem()
        line = [first]
        while at != first:
            line.append(at)
            at = follows.pop(at)
        points = _thinned([_crossing(one, grid, across, down, level) for one in line])
        if len(points) > 2:
            found.append(points)
    return found


def _follows(low: NDArray[np.bool_]) -> dict[int, int]:
    """Return for each side of a cell that the line crosses the one that it crosses next."""
    rows, columns = low.shape
    corners = np.stack([low[:-1, :-1], low[1:, :-1], low[1:, 1:], low[:-1, 1:]])
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    sides = np.stack([2 * ((i + di) * columns + j + dj) + axis for di, dj, axis in EDGES])
    pairs: dict[int, int] = {}
    for side in range(4):
        leaves = corners[side] & ~corners[(side + 1) % 4]
        back = np.where(
            ~corners[side - 1], sides[side - 1], np.where(~corners[side - 2], sides[side - 2], sides[side - 3])
        )
        pairs.update(zip(sides[side][leaves].tolist(), back[leaves].tolist(), strict=True))
    return pairs


def _crossing(side: int, grid: Floats, x: Floats, y: Floats, level: float) -> Point:
    """Return where the line crosses a side of a cell."""
    place, axis = divmod(side, 2)
    i, j = divmod(place, grid.shape[1])
    k, n = (i, j + 1) if axis else (i + 1, j)
    before, after = grid[i, j], grid[k, n]
    share = (level - before) / (after - before)
    return float(x[i] + share * (x[k] - x[i])), float(y[j] + share * (y[n] - y[j]))


def _thinned(points: list[Point]) -> list[Point]:
    """Return points without those that lie too near to the one before."""
    kept = points[:1]
    for x, y in points[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= STEP:
            kept.append((x, y))
    return kept
