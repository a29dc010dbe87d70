"""How a change moves the confidence in one mission's date: the curve before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.charts import look
from synodos.report.charts.axes import (
    PERIOD,
    PERIOD_EDGE,
    Scale,
    Timescale,
    draw_numbers,
    draw_periods,
    draw_times,
    midnight,
    polyline,
    spans_of,
)
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.confidence import LEFT, RIGHT, SELDOM
from synodos.report.charts.legend import Sample, keyed_sheet, stroke
from synodos.report.whatif.consequence_tables import timely_text
from synodos.schedule import MINUTES_PER_DAY, minutes_of

if TYPE_CHECKING:
    import altair as alt

    from synodos.schedule import PeriodChance
    from synodos.whatif import Chances, MissionDates

HEIGHT: Final = 300.0
BEFORE: Final = look.MID_BLUE
AFTER: Final = look.BLUE


def confidence_shift_chart(portfolio: Portfolio, one: MissionDates, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return the confidence curves of one mission before and after a change.

    Parameters
    ----------
    portfolio : Portfolio
        Header.
    one : MissionDates
        The mission; each curve that it has is drawn.
    width : float
        Width of the picture in pixels.
    """
    sheet, top, bottom = keyed_sheet(width, _samples(one), 34, HEIGHT)
    curves = [(chances, colour, dashed) for chances, colour, dashed in _curves(one) if chances.curve]
    dates = _timescale(curves, sheet.width)
    shares = Scale(0, 1, bottom, top)
    periods = _periods([chances for chances, _, _ in curves])
    draw_periods(sheet, dates, periods, top, bottom, top - 9)
    draw_times(sheet, dates, top, bottom, below=True)
    draw_numbers(sheet, Scale(0, 100, bottom, top), LEFT, sheet.width - RIGHT, " %")
    for chances, colour, dashed in curves:
        _draw_curve(sheet, chances, colour, dates, shares, dashed=dashed)
    return sheet.chart(f"How sure is the date, before and after: {one.name}", header_line(portfolio), describe(one))


def curves_of(one: MissionDates) -> int:
    """Return how many curves there are to be drawn: at most two."""
    return sum(bool(chances.curve) for chances, _, _ in _curves(one))


def describe(one: MissionDates) -> str:
    """Return in words what the picture shows."""
    before = _said(one.before) if one.before else "no date"
    later = _later(one)
    after = _said(later) if later else "no date"
    held = " The curve after it holds only if somebody takes over." if later and not one.can_leave else ""
    return f"Confidence curves of {one.name}. Before the change: {before}. After it: {after}.{held}"


def _said(chances: Chances) -> str:
    """Return the marks of a curve in words."""
    median = f"half have left by {chances.median}" if chances.median else "half have no date"
    timely = timely_text(chances)
    return median + (f", {timely}" if timely else "")


def _curves(one: MissionDates) -> list[tuple[Chances, str, bool]]:
    """Return the curves that there are, each with its colour and whether it is broken."""
    found = [(one.before, BEFORE, False), (_later(one), AFTER, not one.can_leave)]
    return [(chances, colour, dashed) for chances, colour, dashed in found if chances is not None]


def _later(one: MissionDates) -> Chances | None:
    """Return the dates after the change: as they are, or as they would be if somebody took over."""
    return one.after if one.can_leave else one.if_replaced


def _periods(curves: Sequence[Chances]) -> list[tuple[int, int, str]]:
    """Return the launch periods that count, each with the chances of the curves."""
    found: dict[int, list[PeriodChance]] = {}
    for chances in curves:
        for period in chances.periods:
            if period.share >= SELDOM or period.intended:
                found.setdefault(midnight(period.opens), []).append(period)
    return [
        (opens, midnight(same[0].closes) + MINUTES_PER_DAY, f"{same[0].opens:%Y-%m}")
        for opens, same in sorted(found.items())
    ]


def _timescale(curves: Sequence[tuple[Chances, str, bool]], width: float) -> Timescale:
    """Return the dates across the picture."""
    moments = [minutes_of(when) for chances, _, _ in curves for when, _ in chances.curve]
    moments += [end for opens, closes, _ in _periods([one for one, _, _ in curves]) for end in (opens, closes)]
    first, last = spans_of([(at, at) for at in moments or [0]])
    return Timescale(first, last, LEFT, width - RIGHT)


def _draw_curve(sheet: Canvas, chances: Chances, colour: str, dates: Timescale, shares: Scale, *, dashed: bool) -> None:
    """Draw one curve from nothing up to what has a date."""
    points = [(dates.at(minutes_of(when)), shares.at(share)) for when, share in chances.curve]
    line = [(dates.start, shares.at(0)), (points[0][0], shares.at(0)), *points, (dates.end, points[-1][1])]
    row = {"x": 0, "y": 0, "shape": polyline(line), "stroke": colour, "opacity": 1}
    sheet.paths([row], thick=3.0 if colour == AFTER else 1.8, dashed=dashed)


def _samples(one: MissionDates) -> list[Sample]:
    """Return what the marks mean, as far as they occur."""
    made = []
    for chances, colour, dashed in _curves(one):
        line = {"x": 0, "x2": 30, "y": 0, "y2": 0, "stroke": colour}
        words = "before the change (thin)" if colour == BEFORE else "after it (thick)"
        words += "; broken: only if somebody takes over" if dashed else ""
        thick = 3.0 if colour == AFTER else 1.8
        made.append(Sample(words, 30, (stroke("lines", line, thick=thick, dashed=dashed),)))
        if chances.periods and colour == BEFORE:
            box = {"x": 0, "x2": 24, "y": -7, "y2": 7, "fill": PERIOD, "stroke": PERIOD_EDGE}
            made.append(Sample("launch period", 24, (stroke("boxes", box),)))
    return made
