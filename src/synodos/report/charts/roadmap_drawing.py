"""What the roadmap shows beyond bars and marks: how each plan looks, its facts, arrows, and rings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from synodos.language import Portfolio
from synodos.report.answering.tables import cell_text
from synodos.report.charts import look
from synodos.report.charts.canvas import CIRCLE, TRIANGLE, Canvas
from synodos.report.charts.entries import Look, Looks, point
from synodos.report.charts.layout import Layout
from synodos.report.charts.plans import COLUMNS, OVER, Plan, facts
from synodos.report.charts.roadmap_arrows import Arrow, in_words
from synodos.report.charts.roadmap_key import ARROW_INK, ENHANCING, ESSENTIAL, HEAD, OTHERS, RING, shape_of

TIPS: Final = {**{name: words for name, words in COLUMNS.items() if name != "id"}, "best": "best opportunity"}


def look_of(plan: Plan, colours: Mapping[str, str]) -> Look:
    """Return how a plan is drawn."""
    known = plan.owner in colours
    return Look(
        shape=shape_of(plan),
        colour=colours[plan.owner] if known else look.NEUTRAL,
        doubtful=plan.rests_on_unverified,
        over=plan.status in OVER,
        pick=plan.owner if known else OTHERS,
    )


def said_of(portfolio: Portfolio, plan: Plan, best: Sequence[str], *, links: bool) -> dict[str, Any]:
    """Return what the picture says of a plan to the pointer and to readers of the screen."""
    said: dict[str, Any] = {name: cell_text(cell) for name, cell in facts(portfolio, plan).items()}
    said["best"] = " ".join(best) or "none of the best concerns it"
    said["description"] = f"{said['name']}, {said['lead']}, {said['when']}, {said['status']}"
    return {**said, "href": f"#record-{plan.kind}-{plan.id}"} if links else said


def draw_arrows(sheet: Canvas, portfolio: Portfolio, found: Sequence[Arrow]) -> None:
    """Draw the arrows: thick for what is essential, thin for the rest, dashed where unverified."""
    strength = min(0.55, max(0.3, 25 / max(len(found), 1)))  # many arrows are drawn paler, so that names stay ahead
    for essential in (False, True):
        for unverified in (False, True):
            some = [a for a in found if (a.essential, a.unverified) == (essential, unverified)]
            thick = ESSENTIAL if essential else ENHANCING
            rows = [{**_course(portfolio, arrow), "opacity": strength} for arrow in some]
            sheet.paths(rows, thick=thick, dashed=unverified, tips={"what": "dependence"})
    sheet.points([_head(arrow) for arrow in found], edge=0)


def _course(portfolio: Portfolio, arrow: Arrow) -> dict[str, Any]:
    """Return the course of an arrow."""
    style = {"stroke": ARROW_INK, "lead_id": ""}
    return {"x": 0, "y": 0, "shape": arrow.path, **style, "what": in_words(portfolio, arrow)}


def _head(arrow: Arrow) -> dict[str, Any]:
    """Return the head of an arrow."""
    x, y = arrow.controls[-1]
    style = {"shape": TRIANGLE, "size": HEAD, "fill": ARROW_INK, "stroke": ARROW_INK, "opacity": 0.7}
    return {"x": x, "y": y, "angle": arrow.angle, "lead_id": "", **style}


def draw_rings(sheet: Canvas, layout: Layout, looks: Looks, ringed: Mapping[str, Sequence[str]]) -> None:
    """Draw a ring around the plans that the best opportunities concern."""
    rings = [
        point(placed, looks[placed.entry.key], CIRCLE, RING, fill="none", stroke=look.INK)
        for placed in layout.placed
        if placed.entry.key in ringed
    ]
    sheet.points(rings, edge=1)
