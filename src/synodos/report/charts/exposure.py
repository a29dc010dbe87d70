"""Who can hurt whom by leaving: those who may leave against those who are hurt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    from synodos.whatif import Exposure, Hurt

MOST: Final = 24
"""Agencies that a side of the picture shows at most, the gravest first."""
NAMES: Final = 170.0
HEADS: Final = 130.0
SIDES: Final = 16.0
"""Room above the names for the words that say what the columns are."""
CELL: Final = 30.0
DARK: Final = "#8a3b12"
PALEST: Final = 0.88
DEEPEST: Final = 0.15
"""Share of paper in the shade of the smallest and of the gravest harm."""
TIPS: Final = {
    "pair": "who leaves, who is hurt",
    "flies": "cannot fly",
    "less": "fly with less",
    "stranded": "stop with the leaver",
    "months": "delay",
}


def exposure_chart(portfolio: Portfolio, found: Exposure, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return what the full withdrawal of each agency does to each other, as a heat map.

    A cell holds the missions that stop or are stranded; a framed one holds something that nobody can be counted on for.

    Parameters
    ----------
    portfolio : Portfolio
        Names and header.
    found : Exposure
        Every withdrawal that was tried.
    width : float
        Width of the picture in pixels.
    """
    sheet = Canvas(width)
    leavers, victims = found.leavers[:MOST], found.victims[:MOST]
    top = legend(sheet, "Marks", _samples(), 0) + HEADS
    if leavers:
        _draw_names(sheet, portfolio, leavers, victims, top)
        _draw_cells(sheet, portfolio, found, (leavers, victims), top)
    else:
        sheet.words([{"x": 6, "y": top, "text": "No withdrawal hurts anybody.", "fill": look.MUTED}], size=12)
    sheet.height = top + CELL * max(len(leavers), 1) + 8
    return sheet.chart("Who can hurt whom by leaving", header_line(portfolio), describe(portfolio, found))


def describe(portfolio: Portfolio, found: Exposure) -> str:
    """Return in words what the picture shows."""
    if not found.overall:
        return f"{counted(found.tried, 'withdrawal')} tried; none hurts anybody."
    told = "; ".join(
        f"{portfolio.agency_name(one.leaver)} leaving stops {counted(_stops(one), 'mission')} of "
        f"{portfolio.agency_name(one.victim)}"
        for one in found.overall[:3]
    )
    left = (max(len(found.leavers) - MOST, 0), max(len(found.victims) - MOST, 0))
    more = (
        f" Not in the picture: {left[0]} more that hurt others and {left[1]} more that are hurt." if any(left) else ""
    )
    return f"{counted(found.tried, 'withdrawal')} tried. {told}.{more}"


def _stops(one: Hurt) -> int:
    """Return how many missions of the victim, or with a part of it, do not fly."""
    return len(one.stopped) + len(one.stranded)


def _delay(one: Hurt) -> str:
    """Return how late the missions that cannot fly are."""
    never = f"{counted(len(one.never), 'mission')} never" if one.never else ""
    going = _stops(one) > len(one.never)
    return "; ".join(filter(None, (f"{one.months:.0f} months at least" if going or not never else "", never)))


def _samples() -> list[Sample]:
    """Return what cells mean."""
    box = {"x": 0, "x2": 22, "y": -9, "y2": 9}
    sign = {"x": 11, "y": 0, "text": "3", "fill": look.INK}
    some = {**box, "fill": look.mixed(DARK, look.PAPER, 0.7), "stroke": "none"}
    framed = {**some, "stroke": look.INK}
    less = {**box, "fill": look.mixed(DARK, look.PAPER, PALEST), "stroke": "none"}
    number, nought = stroke("words", sign, align="center"), stroke("words", {**sign, "text": "·"}, align="center")
    return [
        Sample(
            "missions that could not fly if the agency at the left left; darker: graver",
            22,
            (stroke("boxes", some), number),
        ),
        Sample("nobody can be counted on for something", 22, (stroke("boxes", framed), number)),
        Sample("missions only fly with less", 22, (stroke("boxes", less), nought)),
    ]


def _draw_names(
    sheet: Canvas, portfolio: Portfolio, leavers: Sequence[str], victims: Sequence[str], top: float
) -> None:
    """Draw who leaves at the left and, upright, who is hurt above."""
    grid = Grid(NAMES, top, CELL, HEADS - SIDES)
    draw_names(sheet, grid, *([portfolio.agency_name(key) for key in side] for side in (leavers, victims)))
    heads = [
        {"x": NAMES - 8, "y": top - 12, "text": "who leaves", "fill": look.MUTED},
        {"x": NAMES - 8, "y": top - HEADS + SIDES, "text": "who is hurt", "fill": look.MUTED},
    ]
    sheet.words(heads, align="right")


def _draw_cells(
    sheet: Canvas, portfolio: Portfolio, found: Exposure, sides: tuple[Sequence[str], Sequence[str]], top: float
) -> None:
    """Draw the grid, and every cell in which somebody is hurt, shaded by how much, with its number."""
    leavers, victims = sides
    end, bottom = NAMES + CELL * len(victims), top + CELL * len(leavers)
    level = [{"x": NAMES, "x2": end, "y": top + CELL * n, "y2": top + CELL * n} for n in range(len(leavers) + 1)]
    upright = [{"x": NAMES + CELL * n, "x2": NAMES + CELL * n, "y": top, "y2": bottom} for n in range(len(victims) + 1)]
    sheet.lines([{**line, "stroke": look.RULE} for line in (*level, *upright)])
    places = {
        one: (NAMES + CELL * victims.index(one.victim), top + CELL * leavers.index(one.leaver))
        for one in found.overall
        if one.leaver in leavers and one.victim in victims
    }
    most = max((one.severity for one in places), default=1.0)
    shades = {one: PALEST - (PALEST - DEEPEST) * one.severity / most for one in places}
    sheet.boxes([_box(portfolio, one, at, shades[one]) for one, at in places.items()], tips=TIPS, described=True)
    sheet.words([_number(one, at, shades) for one, at in places.items()], align="center")


def _number(one: Hurt, at: tuple[float, float], shades: Mapping[Hurt, float]) -> dict[str, Any]:
    """Return the number of a cell: the missions that do not fly, or a dot."""
    x, y = at
    fill = ink_on(shades[one])
    return {"x": x + CELL / 2, "y": y + CELL / 2, "text": str(_stops(one) or "·"), "fill": fill}


def _box(portfolio: Portfolio, one: Hurt, at: tuple[float, float], paper: float) -> dict[str, Any]:
    """Return the box of a cell, with what it says."""
    x, y = at
    said = {
        "pair": f"{portfolio.agency_name(one.leaver)} leaves, {portfolio.agency_name(one.victim)} is hurt",
        "flies": str(len(one.stopped)),
        "less": str(len(one.degraded)),
        "stranded": str(len(one.stranded)),
        "months": _delay(one),
    }
    return {
        "x": x + 1,
        "x2": x + CELL - 1,
        "y": y + 1,
        "y2": y + CELL - 1,
        "fill": look.mixed(DARK, look.PAPER, paper),
        "stroke": look.INK if one.irreplaceable else "none",
        **said,
        "description": ", ".join(f"{TIPS[name]}: {text}" for name, text in said.items()),
    }
