"""Cost and date together: every dot is one iteration, every line a pair that holds with the same confidence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import amount, percent
from synodos.report.charts import look
from synodos.report.charts.axes import (
    Scale,
    Timescale,
    draw_numbers,
    draw_times,
    polyline,
    round_ends,
    spans_of,
)
from synodos.report.charts.canvas import CIRCLE, Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke
from synodos.report.schedule.moments import last_day
from synodos.schedule import minutes_of

if TYPE_CHECKING:
    import altair as alt

    from synodos.schedule import JointConfidence, Risk

MOST_DOTS: Final = 1200
"""Iterations that are drawn; the shares count all."""
HEIGHT: Final = 420.0
LEFT: Final = 84.0
RIGHT: Final = 130.0
KEPT: Final = look.BLUE
BROKEN: Final = "#a9b2bc"
LINE_INK: Final = "#8a4b00"
MILLION: Final = 1e6


def jcl_chart(portfolio: Portfolio, risk: Risk, joint: JointConfidence, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return the scatter of cost and date, with lines of equal joint confidence.

    Parameters
    ----------
    portfolio : Portfolio
        Header.
    risk : Risk
        The study.
    joint : JointConfidence
        Its cost and date.
    width : float
        Width of the picture in pixels.
    """
    sheet, top, bottom = keyed_sheet(width, _samples(joint), 16, HEIGHT)
    dots = _thinned(joint.scatter)
    dates, costs = _scales(joint, dots, sheet.width, (top, bottom))
    draw_times(sheet, dates, top, bottom, below=True)
    in_millions = Scale(costs.low / MILLION, costs.high / MILLION, bottom, top)
    draw_numbers(sheet, in_millions, LEFT, sheet.width - RIGHT, " M")
    sheet.words([{"x": 0, "y": top - 8, "text": _unit(joint), "fill": look.MUTED}])
    _draw_dots(sheet, joint, dots, dates, costs)
    _draw_asked(sheet, joint, dates, costs, (top, bottom))
    _draw_frontiers(sheet, joint, dates, costs)
    return sheet.chart(f"Cost and date together: {risk.finish.name}", header_line(portfolio), describe(joint))


def describe(joint: JointConfidence) -> str:
    """Return in words what the picture shows."""
    budget = amount(joint.budget, joint.currency, joint.price_year)
    return (
        f"{percent(joint.joint)} of the iterations finish by {last_day(joint.date)} and cost no more "
        f"than {budget} (joint confidence level): {percent(joint.by_date)} "
        f"keep the date, {percent(joint.within_budget)} the budget. Asked for: {percent(joint.confidence_target)} "
        f"({joint.confidence_source})."
    )


def _unit(joint: JointConfidence) -> str:
    """Return what the amounts are in."""
    return f"million {joint.currency}" + (f" of {joint.price_year}" if joint.price_year else "")


def _thinned(scatter: Sequence[tuple[Any, float]]) -> list[tuple[int, float]]:
    """Return every so manieth iteration, so that no more dots are drawn than can be told apart."""
    step = -(-len(scatter) // MOST_DOTS) or 1
    return [(minutes_of(when), cost) for when, cost in scatter[::step]]


def _scales(
    joint: JointConfidence, dots: Sequence[tuple[int, float]], width: float, ends: tuple[float, float]
) -> tuple[Timescale, Scale]:
    """Return dates across and costs down."""
    top, bottom = ends
    first, last = spans_of([(at, at) for at in (*(at for at, _ in dots), minutes_of(joint.date))])
    low, high = round_ends([*(cost for _, cost in dots), joint.budget])
    return Timescale(first, last, LEFT, width - RIGHT), Scale(max(low, 0.0), high, bottom, top)


def _draw_dots(
    sheet: Canvas, joint: JointConfidence, dots: Sequence[tuple[int, float]], dates: Timescale, costs: Scale
) -> None:
    """Draw the iterations, dark where both are kept and hollow where not."""
    limit = minutes_of(joint.date)
    rows = {True: [], False: []}  # type: dict[bool, list[dict[str, Any]]]
    for at, cost in dots:
        kept = at <= limit and cost <= joint.budget
        where = {"x": round(dates.at(at), 1), "y": round(costs.at(cost), 1), "shape": CIRCLE, "size": 11}
        rows[kept].append({**where, "fill": KEPT if kept else look.PAPER, "stroke": KEPT if kept else BROKEN})
    sheet.points(rows[False], edge=0.9)
    sheet.points(rows[True], edge=0.9)


def _draw_asked(
    sheet: Canvas, joint: JointConfidence, dates: Timescale, costs: Scale, ends: tuple[float, float]
) -> None:
    """Draw the date and the budget that are asked for, and the share that keeps both."""
    (top, bottom), x, y = ends, dates.at(minutes_of(joint.date)), costs.at(joint.budget)
    lines = [{"x": x, "x2": x, "y": top, "y2": bottom}, {"x": dates.start, "x2": dates.end, "y": y, "y2": y}]
    sheet.lines([{**line, "stroke": look.INK} for line in lines], dashed=True)
    sheet.words([{"x": dates.end - 4, "y": y - 8, "text": "budget", "fill": look.INK}], align="right")
    sheet.words([{"x": x, "y": top - 8, "text": last_day(joint.date), "fill": look.INK}], align="center")
    text = f"both kept: {percent(joint.joint)}"
    half = look.text_width(text, 13, bold=True) / 2
    middle = max(x - half - 8, dates.start + half + 8)
    box = {"x": middle - half - 4, "x2": middle + half + 4, "y": bottom - 30, "y2": bottom - 8}
    sheet.boxes([{**box, "fill": look.PAPER, "stroke": look.INK}], corner=3)
    sheet.words([{"x": middle, "y": bottom - 19, "text": text, "fill": look.INK}], size=13, bold=True, align="center")


def _draw_frontiers(sheet: Canvas, joint: JointConfidence, dates: Timescale, costs: Scale) -> None:
    """Draw the lines of equal joint confidence, each with its percentage at the end; the target is drawn through."""
    for frontier in joint.frontiers:
        if not frontier.points:
            continue
        points = _stairs([(dates.at(minutes_of(when)), costs.at(cost)) for when, cost in frontier.points])
        is_target = frontier.confidence == joint.confidence_target
        shape = polyline([*points, (dates.end, points[-1][1])])
        sheet.paths([{"x": 0, "y": 0, "shape": shape, "stroke": LINE_INK, "opacity": 1}], thick=2, dashed=not is_target)
        words = {
            "x": dates.end + 8,
            "y": points[-1][1] - (7 if is_target else -7),
            "text": percent(frontier.confidence),
        }
        sheet.words([{**words, "fill": LINE_INK}], size=12, bold=True)


def _stairs(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points joined by stairs: up to the next date the budget of the one before is needed."""
    corners = [(after[0], before[1]) for before, after in pairwise(points)]
    return [point for pair in zip(points, corners, strict=False) for point in pair] + list(points[-1:])


def _samples(joint: JointConfidence) -> list[Sample]:
    """Return what dots and lines mean."""
    dot = {"x": 5, "y": 0, "shape": CIRCLE, "size": 40}
    kept = stroke("points", {**dot, "fill": KEPT, "stroke": KEPT})
    broken = stroke("points", {**dot, "fill": look.PAPER, "stroke": look.NEUTRAL})
    made = [Sample("iteration that keeps date and budget", 10, (kept,)), Sample("one that does not", 10, (broken,))]
    line = {"x": 0, "x2": 30, "y": 0, "y2": 0, "stroke": LINE_INK}
    for frontier in joint.frontiers:
        is_target = frontier.confidence == joint.confidence_target
        words = f"{percent(frontier.confidence)} keep both{' (target)' if is_target else ''}"
        made.append(Sample(words, 30, (stroke("lines", line, thick=2, dashed=not is_target),)))
    return made
