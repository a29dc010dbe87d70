"""How ready a scenario is: capabilities against missions, each cell as ready as what supplies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted
from synodos.report.charts import look
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, legend, stroke
from synodos.report.charts.matrix import Grid, draw_names, heads_for

if TYPE_CHECKING:
    import altair as alt

    from synodos.roadmap import NeededCapability, Readiness

NAMES: Final = 300.0
MOST_HEADS: Final = 320.0
"""Pixels for the names of missions."""
CELL: Final = 24.0
FILLS: Final = {
    "flies": "#1b7837",
    "in time": "#a6dba0",
    "not dated": "#e3e6ea",
    "late": "#f5b041",
    "nobody": "#9e2a2b",
}
"""Dark at both ends, told apart by their signs as well."""
SIGNS: Final = {"flies": "●", "in time": "✓", "not dated": "?", "late": "!", "nobody": "0"}
WORDS: Final = {
    "flies": "flies already",
    "in time": "there in time",
    "not dated": "no date known",
    "late": "comes late",
    "nobody": "nobody supplies it",
}
DARK: Final = frozenset({"flies", "nobody"})
TIPS: Final = {"capability": "capability", "mission": "mission", "stage": "readiness", "vital": "essential"}


def readiness_chart(portfolio: Portfolio, found: Readiness, name: str, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return capabilities against the missions of a scenario, each cell marked by how ready its supply is.

    Parameters
    ----------
    portfolio : Portfolio
        Names and header.
    found : Readiness
        How ready its missions are.
    name : str
        Name of the scenario.
    width : float
        Width of the picture in pixels.
    """
    sheet = Canvas(width)
    capabilities = list(dict.fromkeys(need.capability for one in found.missions for need in one.needs))
    missions = [portfolio.missions[one.mission].name for one in found.missions]
    heads = heads_for(missions, MOST_HEADS)
    top = legend(sheet, "Marks", _samples(), 0) + heads
    grid = Grid(NAMES, top, CELL, heads)
    labels = [portfolio.capabilities.label(key) if key in portfolio.capabilities else key for key in capabilities]
    draw_names(sheet, grid, labels, missions)
    _draw_rules(sheet, grid, len(capabilities), len(found.missions))
    _draw_cells(sheet, portfolio, found, capabilities, grid)
    sheet.height = top + CELL * max(len(capabilities), 1) + 8
    return sheet.chart(f"How ready is {name}?", header_line(portfolio), describe(found))


def describe(found: Readiness) -> str:
    """Return in words what the picture shows."""
    needs = [need for one in found.missions for need in one.needs]
    lacking = sum(need.stage == "nobody" for need in needs)
    late = sum(need.stage == "late" for need in needs)
    return (
        f"{counted(len(found.missions), 'mission')} with {counted(len(needs), 'need')}: nobody supplies {lacking}, "
        f"{late} {'comes' if late == 1 else 'come'} late."
    )


def _samples() -> list[Sample]:
    """Return what cells mean."""
    box = {"x": 0, "x2": 18, "y": -9, "y2": 9, "stroke": "none"}
    framed = stroke("boxes", {**box, "fill": look.PAPER, "stroke": look.INK})
    stages = [
        Sample(
            WORDS[stage],
            18,
            (
                stroke("boxes", {**box, "fill": FILLS[stage]}),
                stroke("words", {"x": 9, "y": 0, "text": SIGNS[stage], "fill": _ink(stage)}, align="center"),
            ),
        )
        for stage in FILLS
    ]
    return [*stages, Sample("the mission fails without it", 18, (framed,))]


def _ink(stage: str) -> str:
    """Return the colour in which the sign of a stage can be read."""
    return look.PAPER if stage in DARK else look.INK


def _draw_rules(sheet: Canvas, grid: Grid, rows: int, columns: int) -> None:
    """Draw the lines between the cells."""
    end, bottom = grid.left + grid.cell * columns, grid.top + grid.cell * rows
    level = [{"x": grid.left, "x2": end, "y": y, "y2": y} for y in (grid.top + grid.cell * n for n in range(rows + 1))]
    upright = [
        {"x": x, "x2": x, "y": grid.top, "y2": bottom} for x in (grid.left + grid.cell * n for n in range(columns + 1))
    ]
    sheet.lines([{**line, "stroke": look.RULE} for line in (*level, *upright)])


def _draw_cells(sheet: Canvas, portfolio: Portfolio, found: Readiness, capabilities: list[str], grid: Grid) -> None:
    """Draw a box and a sign for every need; of several in one cell an essential one, and of those the least ready."""
    order = list(FILLS)
    cells: dict[tuple[int, int], NeededCapability] = {}
    for column, one in enumerate(found.missions):
        for need in sorted(one.needs, key=lambda need: (need.essential is True, order.index(need.stage))):
            cells[capabilities.index(need.capability), column] = need
    missions = [portfolio.missions[one.mission].name for one in found.missions]
    sheet.boxes(
        [_box(portfolio, need, missions[at[1]], at, grid) for at, need in cells.items()], tips=TIPS, described=True
    )
    signs = [
        {
            "x": grid.left + grid.middle(column),
            "y": grid.top + grid.middle(row),
            "text": SIGNS[need.stage],
            "fill": _ink(need.stage),
        }
        for (row, column), need in cells.items()
    ]
    sheet.words(signs, align="center")


def _box(portfolio: Portfolio, need: NeededCapability, mission: str, at: tuple[int, int], grid: Grid) -> dict[str, Any]:
    """Return the box of a cell, with what it says."""
    x, y = grid.left + grid.cell * at[1], grid.top + grid.cell * at[0]
    known = need.capability in portfolio.capabilities
    said = {
        "capability": portfolio.capabilities.label(need.capability) if known else need.capability,
        "mission": mission,
        "stage": WORDS[need.stage],
        "vital": {True: "yes", False: "no", None: "not known"}[need.essential],
    }
    return {
        "x": x + 1,
        "x2": x + grid.cell - 1,
        "y": y + 1,
        "y2": y + grid.cell - 1,
        "fill": FILLS[need.stage],
        "stroke": look.INK if need.essential else "none",
        **said,
        "description": ", ".join(f"{TIPS[name]}: {text}" for name, text in said.items()),
    }
