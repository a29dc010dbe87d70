"""The key of the roadmap picture: what its colours, shapes and lines mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from synodos.language import Portfolio
from synodos.report.charts import look
from synodos.report.charts.canvas import CHEVRON, CIRCLE, CROSS, DIAMOND, HEXAGON, SQUARE, TRIANGLE, Canvas
from synodos.report.charts.entries import glyph_size
from synodos.report.charts.layout import ROADMAP
from synodos.report.charts.legend import Sample, agency_key, legend, stroke
from synodos.report.charts.plans import OVER, Plan, date_of, end_date_of
from synodos.report.charts.timeline import Years

GLYPH: Final = ROADMAP.glyph
BAR: Final = ROADMAP.bar
ESSENTIAL: Final = 1.6
ENHANCING: Final = 0.8
ARROW_INK: Final = look.mixed(look.INK, look.PAPER, 0.35)
HEAD: Final = 42
RING: Final = (2 * GLYPH + 8) ** 2
CROSSED: Final = (1.4 * GLYPH) ** 2
OTHERS: Final = "others"
"""What the key picks for all agencies without a colour of their own."""
_SHAPES: Final = {
    CIRCLE: "crewed mission",
    SQUARE: "robotic mission",
    DIAMOND: "mission, crew not stated",
    HEXAGON: "element",
}
_GREY: Final = {"fill": look.NEUTRAL, "stroke": look.outline(look.NEUTRAL)}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the picture shows, on which depends what its key has to explain.

    Attributes
    ----------
    plans : sequence of Mission or Element
        Its plans.
    years : Years
        Its years.
    arrows, rings : bool
        Whether it has arrows, and rings.
    """

    plans: Sequence[Plan]
    years: Years
    arrows: bool
    rings: bool


def roadmap_key(sheet: Canvas, portfolio: Portfolio, shown: Shown, colours: Mapping[str, str]) -> float:
    """Draw what colours, shapes and lines mean, as far as they occur; return where the key ends."""
    leads = {lead: (portfolio.agency_name(lead), colour) for lead, colour in colours.items()}
    if {plan.owner for plan in shown.plans} - leads.keys():
        leads[OTHERS] = ("others, named in the label", look.NEUTRAL)
    bottom = agency_key(sheet, leads, 0) if leads else 0.0
    for heading, samples in (("Marks", list(_marks(shown))), ("Lines", list(_lines(shown)))):
        bottom = legend(sheet, heading, samples, bottom) if samples else bottom
    return bottom


def shape_of(plan: Plan) -> str:
    """Return the mark of a plan: what it is, and whether people fly."""
    if plan.kind == "element":
        return HEXAGON
    return DIAMOND if plan.crewed is None else CIRCLE if plan.crewed else SQUARE


def _marks(shown: Shown) -> Iterator[Sample]:
    """Yield the shapes that occur and what they mean."""
    shapes = {shape_of(plan) for plan in shown.plans}
    for shape, words in _SHAPES.items():
        if shape in shapes:
            yield _mark(shape, words)
    if any(plan.rests_on_unverified for plan in shown.plans):
        yield _mark(SQUARE, "hollow: rests on unverified facts", fill=look.PAPER)
    if any(plan.status in OVER for plan in shown.plans):
        cross = stroke("points", _at(GLYPH, CROSS, CROSSED, "none", look.INK))
        yield Sample("cancelled, lost or deferred", 2 * GLYPH, (*_mark(SQUARE, "").strokes, cross))
    if shown.rings:
        ring = stroke("points", _at(GLYPH + 4, CIRCLE, RING, "none", look.INK), edge=1)
        yield Sample("in one of the best opportunities", 2 * GLYPH + 8, (*_mark(SQUARE, "", x=4).strokes, ring))


def _lines(shown: Shown) -> Iterator[Sample]:
    """Yield the bars and lines that occur and what they mean."""
    dates = [date for plan in shown.plans if (date := date_of(plan)) is not None]
    bar = {"x": 0, "x2": 38, "y": -BAR / 2, "y2": BAR / 2, "fill": look.tint(look.NEUTRAL)}
    pill = stroke("boxes", {**bar, "stroke": _GREY["stroke"]}, corner=BAR / 2)
    if dates:
        yield Sample("stretch stated: a year or years", 38, (pill,))
    if any(date.stays_open or date.opens_early for date in dates):
        yield Sample("no end stated", 38, (pill, stroke("points", _at(32, CHEVRON, 60, "none", look.INK))))
    if any(plan.rests_on_unverified for plan in shown.plans):
        hollow = {**bar, "fill": look.PAPER, "stroke": _GREY["stroke"]}
        yield Sample("unverified", 38, (stroke("boxes", hollow, corner=BAR / 2, dashed=True),))
    if any(end_date_of(plan) for plan in shown.plans):
        works = {"x": 0, "x2": 38, "y": 0, "y2": 0, "stroke": look.NEUTRAL}
        yield Sample("at work until", 38, (stroke("lines", works, thick=3),))
    if shown.arrows:
        yield _arrow("is essential to", ESSENTIAL)
        yield _arrow("is of use to, or not known", ENHANCING)
        yield _arrow("unverified", ENHANCING, dashed=True)
    if shown.years.dense < shown.years.last:
        yield Sample(f"Years after {shown.years.dense} are drawn narrower.", 0, ())


def _mark(shape: str, words: str, x: float = 0, **style: str) -> Sample:
    """Return the sample of a mark in grey."""
    row = {"x": x + GLYPH, "y": 0, "shape": shape, "size": glyph_size(shape, GLYPH), **_GREY, **style}
    return Sample(words, x + 2 * GLYPH, (stroke("points", row),))


def _at(x: float, shape: str, size: float, fill: str, edge: str) -> dict[str, Any]:
    """Return the row of a point."""
    return {"x": x, "y": 0, "shape": shape, "size": size, "fill": fill, "stroke": edge}


def _arrow(words: str, thick: float, *, dashed: bool = False) -> Sample:
    """Return the sample of an arrow."""
    line = {"x": 0, "x2": 32, "y": 0, "y2": 0, "stroke": ARROW_INK}
    head = {**_at(34, TRIANGLE, HEAD, ARROW_INK, ARROW_INK), "angle": 90}
    return Sample(words, 38, (stroke("lines", line, thick=thick, dashed=dashed), stroke("points", head, edge=0)))
