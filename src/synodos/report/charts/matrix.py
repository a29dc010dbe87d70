"""Names around a grid of cells: at the left of its rows, and upright above its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from synodos.report.charts import look
from synodos.report.charts.canvas import Canvas

MARGIN: Final = 14.0
"""Pixels around a name above a column."""
INVERSE: Final = 0.5
"""Share of paper in a cell's shade below which its number is written in white."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a grid lies and how large its cells are, in pixels.

    Attributes
    ----------
    left, top : float
        Its corner; names stand left of it and above it.
    cell : float
        Side of a cell.
    heads : float
        Room for the names above.
    """

    left: float
    top: float
    cell: float
    heads: float

    def middle(self, place: int) -> float:
        """Return how far from the corner the middle of a row or column lies."""
        return self.cell * (place + 0.5)


def heads_for(columns: Sequence[str], most: float) -> float:
    """Return the room that the names above the columns need, in pixels, up to `most`."""
    return min(most, max((look.text_width(name) for name in columns), default=0.0) + MARGIN)


def ink_on(paper: float) -> str:
    """Return the colour of a number on a cell whose shade has a share of paper, 0 to 1."""
    return look.PAPER if paper < INVERSE else look.INK


def draw_names(sheet: Canvas, grid: Grid, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Draw the names of rows at the left and, upright, those of columns above."""
    side = [
        {
            "x": grid.left - 8,
            "y": grid.top + grid.middle(place),
            "text": look.shortened(name, grid.left - 12),
            "fill": look.INK,
        }
        for place, name in enumerate(rows)
    ]
    sheet.words(side, align="right")
    above = [
        {
            "x": grid.left + grid.middle(place),
            "y": grid.top - 6,
            "text": look.shortened(name, grid.heads - MARGIN),
            "fill": look.INK,
        }
        for place, name in enumerate(columns)
    ]
    sheet.words(above, angle=270)
