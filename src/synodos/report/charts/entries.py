"""Drawing what a layout has placed: bars, marks, labels, and what the pointer finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from synodos.report.charts import look
from synodos.report.charts.canvas import CHEVRON, CIRCLE, CROSS, DIAMOND, HEXAGON, SQUARE, TRIANGLE, Canvas, Tips
from synodos.report.charts.field import ground_of
from synodos.report.charts.layout import LINE, Layout, Placed

PALE: Final = 0.55
_WIDER: Final = {CIRCLE: 1.0, SQUARE: 0.86, DIAMOND: 1.2, HEXAGON: 1.1, TRIANGLE: 1.1}
"""Widths of the marks against the circle's, so that all look equally large."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an entry is drawn.

    Attributes
    ----------
    shape : str or None
        Its mark; None: only a bar and a label.
    colour : str
        Its colour.
    doubtful : bool
        Whether it rests on unverified facts, and so is hollow and dashed.
    over : bool
        Whether it will not happen as it stands, and so is pale and crossed.
    pick : str
        Agency that, picked in the key, keeps it at full strength.
    """

    shape: str | None
    colour: str
    doubtful: bool = False
    over: bool = False
    pick: str = ""

    @property
    def shared(self) -> dict[str, Any]:
        """What all its strokes share."""
        return {"lead_id": self.pick, "opacity": PALE if self.over else 1.0}


Looks = Mapping[str, Look]


def glyph_size(shape: str, half: float) -> float:
    """Return the size of a mark that is twice `half` wide, as the canvas takes it: its area."""
    return (2 * half * _WIDER[shape]) ** 2


def draw_bars(sheet: Canvas, layout: Layout, looks: Looks) -> None:
    """Draw stretches of time, and lines that show how long something works."""
    pairs = [(placed, looks[placed.entry.key]) for placed in layout.placed if placed.entry.key in looks]
    tails = [_tail(placed, how) for placed, how in pairs if placed.tail is not None]
    sheet.lines(tails, thick=3)
    height = layout.measures.bar
    for doubtful in (False, True):
        bars = [
            _bar(placed, placed.bar, how, height) for placed, how in pairs if placed.bar and how.doubtful == doubtful
        ]
        sheet.boxes(bars, corner=height / 2, dashed=doubtful)


def draw_open_ends(sheet: Canvas, layout: Layout, looks: Looks) -> None:
    """Draw the signs of what goes on beyond what is drawn."""
    pairs = [(placed, looks[placed.entry.key]) for placed in layout.placed if placed.entry.key in looks]
    sheet.points([row for placed, how in pairs for row in _chevrons(layout, placed, how)], edge=1.5)


def _tail(placed: Placed, how: Look) -> dict[str, Any]:
    """Return the line from what is planned to its end."""
    begin = placed.bar[1] if placed.bar else placed.glyph_x
    colour = look.mixed(how.colour, look.PAPER, 0.25)
    return {"x": begin, "x2": placed.tail, "y": placed.y, "y2": placed.y, "stroke": colour, **how.shared}


def _bar(placed: Placed, bar: tuple[float, float], how: Look, height: float) -> dict[str, Any]:
    """Return the bar of an entry."""
    where = {"x": bar[0], "x2": bar[1], "y": placed.y - height / 2, "y2": placed.y + height / 2}
    fill = look.PAPER if how.doubtful else look.tint(how.colour)
    return {**where, "fill": fill, "stroke": look.outline(how.colour), **how.shared}


def _chevrons(layout: Layout, placed: Placed, how: Look) -> Iterator[dict[str, Any]]:
    """Yield the signs that something goes on beyond what is drawn."""
    sign = {"y": placed.y, "shape": CHEVRON, "size": 60, "fill": "none", "stroke": look.outline(how.colour)}
    before, after = layout.opens(placed)
    if before is not None:
        yield {**sign, "x": before + 6, "angle": 180, **how.shared}
    if after is not None:
        yield {**sign, "x": after - 6, "angle": 0, **how.shared}


def draw_marks(sheet: Canvas, layout: Layout, looks: Looks) -> None:
    """Draw labels, marks, and the crosses of what is over."""
    pairs = [(placed, looks[placed.entry.key]) for placed in layout.placed if placed.entry.key in looks]
    measures = layout.measures
    sheet.boxes([_backing(layout, placed) for placed, _ in pairs if not _in_bar(placed)])
    sheet.words([row for placed, how in pairs for row in _label(placed, how)], size=measures.type)
    marks = [point(placed, how, how.shape, glyph_size(how.shape, measures.glyph)) for placed, how in pairs if how.shape]
    sheet.points(marks)
    crosses = [
        point(placed, how, CROSS, (1.4 * measures.glyph) ** 2, fill="none", stroke=look.INK)
        for placed, how in pairs
        if how.over
    ]
    sheet.points(crosses)


def point(placed: Placed, how: Look, shape: str, size: float, **style: str) -> dict[str, Any]:
    """Return a point at the place of an entry's mark."""
    own = {"fill": look.PAPER if how.doubtful else how.colour, "stroke": look.outline(how.colour)}
    where = {"x": placed.glyph_x, "y": placed.y, "shape": shape, "size": size}
    return {**where, **own, **style, **how.shared}


def _in_bar(placed: Placed) -> bool:
    """Return whether a label stands in its bar."""
    return placed.bar is not None and placed.bar[0] < placed.label_x < placed.bar[1]


def _backing(layout: Layout, placed: Placed) -> dict[str, Any]:
    """Return a box that keeps arrows and lines from a label."""
    width = max(layout.measures.text(line) for line in placed.lines)
    below = (len(placed.lines) - 0.5) * LINE
    where = {"x": placed.label_x - 1, "x2": placed.label_x + width, "y": placed.y - LINE / 2, "y2": placed.y + below}
    return {**where, "fill": ground_of(placed.entry.band), "stroke": "none", "opacity": 0.9, "lead_id": ""}


def _label(placed: Placed, how: Look) -> Iterator[dict[str, Any]]:
    """Yield the lines of a label."""
    ink = look.MUTED if how.over else look.INK
    for number, text in enumerate(placed.lines):
        where = {"x": placed.label_x, "y": placed.y + number * LINE, "text": text}
        yield {**where, "fill": ink, "lead_id": how.pick, "opacity": 1.0}


def draw_targets(
    sheet: Canvas, layout: Layout, said: Mapping[str, Mapping[str, Any]], tips: Tips, *, linked: bool = False
) -> None:
    """Lay an unseen box over each entry, with its facts for the pointer and `description` for readers of the screen."""
    half = layout.measures.lane / 2
    rows = [
        {
            **said[placed.entry.key],
            "x": placed.extent[0],
            "x2": placed.extent[1],
            "y": placed.y - half,
            "y2": placed.y + half + (len(placed.lines) - 1) * LINE,
            "fill": "transparent",
            "stroke": "none",
        }
        for placed in layout.placed
    ]
    sheet.boxes(rows, tips=tips, linked=linked, described=True)
