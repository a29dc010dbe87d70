"""The ground of a picture with bands down and years across: titles, years, and the day of knowledge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Sequence
from typing import Any, Final

from synodos.report.charts import look
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.layout import LINE, Layout
from synodos.report.charts.timeline import start_of

AXIS: Final = 36.0
"""Room for the numbers of the years, above and below."""
INDENT: Final = 8.0


def draw_field(
    sheet: Canvas,
    layout: Layout,
    titles: Sequence[Sequence[str]],
    known_on: dt.date,
    *,
    bold: Container[int] = (),
    headings: Container[int] = (),
) -> None:
    """Draw the bands with their titles, the years, and the day of knowledge.

    Parameters
    ----------
    sheet : Canvas
        Where to draw.
    layout : Layout
        What stands where.
    titles : sequence of sequence of str
        For each band the lines of its title.
    known_on : datetime.date
        The day of knowledge.
    bold : container of int
        Bands whose titles are set in bold.
    headings : container of int
        Bands that are nothing but a title.
    """
    frame, top, bottom = layout.frame, layout.bands[0].top, layout.bottom
    ground = [
        {"x": 0, "x2": frame.edge, "y": b.top, "y2": b.bottom, "fill": ground_of(b.index), "stroke": "none"}
        for b in layout.bands
    ]
    sheet.boxes(ground)
    grid = [
        {"x": frame.x(year), "x2": frame.x(year), "y": top, "y2": bottom, "stroke": look.RULE}
        for year in range(frame.years.first, frame.years.last + 2)
    ]
    edges = [
        {"x": 0, "x2": frame.edge, "y": y, "y2": y, "stroke": look.RULE}
        for y in (top, *(band.bottom for band in layout.bands))
    ]
    sheet.lines([*grid, *edges])
    written = list(_titles(layout, titles))
    sheet.words([row for band, row in written if band in bold], size=12, bold=True)
    sheet.words([row for band, row in written if band not in bold])
    years = [
        {"x": frame.x(year + 0.5), "y": y, "text": str(year), "fill": look.MUTED}
        for year in frame.numbered
        for y in (top - 10, bottom + 11)
    ]
    sheet.words(years, align="center")
    if any(placed.entry.start is None for placed in layout.placed):
        sheet.words([{"x": frame.right + 10, "y": top - 10, "text": "date not stated", "fill": look.MUTED}])
    filled = {placed.entry.band for placed in layout.placed}
    empty = [
        {"x": frame.left + INDENT, "y": (b.top + b.bottom) / 2, "text": "nothing stated", "fill": look.FAINT}
        for b in layout.bands
        if b.index not in filled and b.index not in headings
    ]
    sheet.words(empty)
    _draw_known_on(sheet, layout, known_on)


def ground_of(band: int) -> str:
    """Return the colour of the ground of a band."""
    return look.PAPER if band % 2 else look.SHADE


def _titles(layout: Layout, titles: Sequence[Sequence[str]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield band and place of the lines of the titles of bands; in a low band they stand in its middle."""
    for band, lines in zip(layout.bands, titles, strict=True):
        block = LINE * (len(lines) - 1)
        in_first_lane = band.top + max(13.0, layout.measures.edge + layout.measures.lane / 2)
        first = min(in_first_lane, (band.top + band.bottom - block) / 2)
        for number, text in enumerate(lines):
            yield band.index, {"x": INDENT, "y": first + number * LINE, "text": text, "fill": look.INK}


def _draw_known_on(sheet: Canvas, layout: Layout, known_on: dt.date) -> None:
    """Draw the line of the day of knowledge, where it lies in the years shown."""
    frame = layout.frame
    moment = start_of(known_on)
    if not frame.years.first <= moment <= frame.years.last + 1:
        return
    x, top = frame.x(moment), layout.bands[0].top
    sheet.lines([{"x": x, "x2": x, "y": top - 2, "y2": layout.bottom, "stroke": look.MUTED}], dashed=True)
    text = f"known on {known_on}"
    half = look.text_width(text, 10) / 2
    middle = min(max(x, half), frame.edge - half)
    sheet.words([{"x": middle, "y": top - 27, "text": text, "fill": look.MUTED}], size=10, align="center")
