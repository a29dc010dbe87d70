"""Who shares how many active agreements with whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted
from synodos.report.charts import look
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, legend, stroke
from synodos.report.charts.matrix import Grid, draw_names, ink_on

if TYPE_CHECKING:
    import altair as alt

    from synodos.law import Register

MOST: Final = 24
"""Parties that a picture shows at most, those with most agreements; the table holds all."""
NAMES: Final = 150.0
HEADS: Final = 120.0
CELL: Final = 26.0
DARK: Final = "#1f5a52"
PALEST: Final = 0.9
DEEPEST: Final = 0.25
"""Share of paper in the shade of the smallest and of the largest count."""
TIPS: Final = {"pair": "parties", "count": "active agreements"}


def parties_chart(portfolio: Portfolio, found: Register, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return the parties to active agreements against each other, each cell with the number that two share.

    The diagonal holds how many active agreements a party has in all.

    Parameters
    ----------
    portfolio : Portfolio
        Names and header.
    found : Register
        Agreements as they stand on a day.
    width : float
        Width of the picture in pixels.
    """
    sheet = Canvas(width)
    ids = shown_parties(found)
    top = legend(sheet, "Marks", _samples(), 0) + HEADS
    counts = _counts(found, ids)
    if ids:
        names = [portfolio.agency_name(key) for key in ids]
        draw_names(sheet, Grid(NAMES, top, CELL, HEADS), names, names)
        _draw_cells(sheet, portfolio, ids, counts, top)
    else:
        sheet.words([{"x": 6, "y": top, "text": "No agreement is active.", "fill": look.MUTED}], size=12)
    sheet.height = top + CELL * max(len(ids), 1) + 8
    title = f"Who shares active agreements with whom on {found.at}"
    return sheet.chart(title, header_line(portfolio), describe(portfolio, found, ids))


def shown_parties(found: Register) -> list[str]:
    """Return the parties of the picture, those with most active agreements first."""
    own = [] if found.of is None or not found.active else [found.of]
    return [*own, *(one.agency for one in found.partners)][:MOST]


def describe(portfolio: Portfolio, found: Register, ids: Sequence[str]) -> str:
    """Return in words what the picture shows."""
    if not ids:
        return f"No agreement is active on {found.at}."
    most = max(found.between.items(), key=lambda item: item[1], default=None)
    pair = "no two of them share one"
    if most is not None:
        names = " and ".join(portfolio.agency_name(agency) for agency in most[0])
        pair = f"most are shared by {names}, {most[1]}"
    left = len(found.partners) + (found.of is not None) - len(ids)
    more = f" {counted(left, 'more party', 'more parties')} in the table." if left else ""
    return f"{counted(len(ids), 'party', 'parties')} to {counted(found.active, 'active agreement')}; {pair}.{more}"


def _samples() -> list[Sample]:
    """Return what cells mean."""
    box = {"x": 0, "x2": 20, "y": -8, "y2": 8}
    sign = {"x": 10, "y": 0, "text": "2", "fill": look.INK}
    pair = {**box, "fill": look.mixed(DARK, look.PAPER, 0.7), "stroke": "none"}
    own = {**box, "fill": look.PAPER, "stroke": look.INK}
    number = stroke("words", sign, align="center")
    return [
        Sample("active agreements that both have a part in; darker: more", 20, (stroke("boxes", pair), number)),
        Sample("all active agreements of the party", 20, (stroke("boxes", own), number)),
    ]


def _counts(found: Register, ids: Sequence[str]) -> dict[tuple[str, str], int]:
    """Return how many active agreements every two parties share, both ways, and each has in all."""
    held = set(ids)
    both = {pair: count for pair, count in found.between.items() if held.issuperset(pair)}
    mirrored = {(other, one): count for (one, other), count in both.items()}
    own = {(one.agency, one.agency): one.active for one in found.partners if one.agency in held}
    if found.of in held and found.of is not None:
        own[found.of, found.of] = found.active
    return {**both, **mirrored, **own}


def _draw_cells(
    sheet: Canvas, portfolio: Portfolio, ids: Sequence[str], counts: dict[tuple[str, str], int], top: float
) -> None:
    """Draw every cell that holds a number, shaded by it, and its number."""
    end = NAMES + CELL * len(ids)
    lines = [{"x": NAMES, "x2": end, "y": top + CELL * n, "y2": top + CELL * n} for n in range(len(ids) + 1)]
    sheet.lines([{**line, "stroke": look.RULE} for line in lines])
    most = max((count for (one, other), count in counts.items() if one != other), default=1)
    boxes, numbers = [], []
    for down, one in enumerate(ids):
        for across, other in enumerate(ids):
            if count := counts.get((one, other)):
                paper = 1.0 if one == other else PALEST - (PALEST - DEEPEST) * count / most
                x, y = NAMES + CELL * across, top + CELL * down
                pair = portfolio.agency_name(one)
                pair = f"{pair}, all" if one == other else f"{pair} and {portfolio.agency_name(other)}"
                boxes.append(_box(x, y, paper, pair, count))
                fill = ink_on(paper)
                numbers.append({"x": x + CELL / 2, "y": y + CELL / 2, "text": str(count), "fill": fill})
    sheet.boxes(boxes, tips=TIPS, described=True)
    sheet.words(numbers, align="center")


def _box(x: float, y: float, paper: float, pair: str, count: int) -> dict[str, Any]:
    """Return the box of a cell, with what it says."""
    return {
        "x": x + 1,
        "x2": x + CELL - 1,
        "y": y + 1,
        "y2": y + CELL - 1,
        "fill": look.mixed(DARK, look.PAPER, paper),
        "stroke": look.INK if paper == 1.0 else look.outline(look.mixed(DARK, look.PAPER, paper)),
        "pair": pair,
        "count": str(count),
        "description": f"{pair}: {counted(count, 'active agreement')}.",
    }
