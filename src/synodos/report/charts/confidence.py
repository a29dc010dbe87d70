"""How sure a date is: the share that has finished by each day, with launch periods and percentiles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import percent
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
from synodos.report.charts.canvas import CIRCLE, SQUARE, Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke
from synodos.report.schedule.moments import start_text
from synodos.schedule import MINUTES_PER_DAY, minutes_of

if TYPE_CHECKING:
    import altair as alt

    from synodos.schedule import Finish, PeriodChance, Risk

HEIGHT: Final = 330.0
LEFT: Final = 56.0
RIGHT: Final = 30.0
CURVE: Final = look.BLUE
MARKED: Final = (50, 70)
"""Percentiles that are marked on the curve."""
SELDOM: Final = 0.005
"""Share below which a launch period does not widen the picture."""


def confidence_chart(
    portfolio: Portfolio, risk: Risk, finish: Finish | None = None, *, width: float = 1376
) -> alt.TopLevelMixin:
    """Return the confidence curve (S-curve) of one finish.

    Parameters
    ----------
    portfolio : Portfolio
        Header.
    risk : Risk
        The study.
    finish : Finish, optional
        Which of its finishes; default: the target's.
    width : float
        Width of the picture in pixels.
    """
    shown = risk.finish if finish is None else finish
    sheet, top, bottom = keyed_sheet(width, list(_samples(shown)), 34, HEIGHT)
    dates, shares = _timescale(shown, sheet.width), Scale(0, 1, bottom, top)
    draw_periods(sheet, dates, [_period(one) for one in _periods(shown)], top, bottom, top - 9)
    draw_times(sheet, dates, top, bottom, below=True)
    draw_numbers(sheet, Scale(0, 100, bottom, top), LEFT, sheet.width - RIGHT, " %")
    _draw_curve(sheet, shown, dates, shares)
    _draw_planned(sheet, shown, dates, (top, bottom))
    _draw_percentiles(sheet, shown, dates, shares)
    label = " Defaults only: no agency gave a duration or a spread." if risk.defaults_only else ""
    title = f"How sure is the date: {shown.name}" + (" (defaults only)" if risk.defaults_only else "")
    return sheet.chart(title, header_line(portfolio), describe(shown) + label)


def describe(shown: Finish) -> str:
    """Return in words what the picture shows."""
    told = [
        f"{name}: {start_text(minutes_of(when))}" if when else f"{name}: no date within the known launch periods"
        for name, when in _percentiles(shown)
    ]
    periods = [f"{percent(one.share)} leave from {one.opens} to {one.closes}" for one in _periods(shown)]
    rest = [
        *([f"{percent(shown.later)} are ready only after the last known period"] if shown.later else []),
        *([f"{percent(shown.never)} never fly"] if shown.never else []),
    ]
    return f"Confidence curve of {shown.name}. {'; '.join([*told, *periods, *rest])}."


def _percentiles(shown: Finish) -> Iterator[tuple[str, dt.datetime | None]]:
    """Yield the percentiles that are marked."""
    for share in MARKED:
        yield f"P{share}", shown.percentile(share)


def _periods(shown: Finish) -> list[PeriodChance]:
    """Return the launch periods that count: those that are met, and the intended one."""
    return [one for one in shown.periods if one.share >= SELDOM or one.intended]


def _period(one: PeriodChance) -> tuple[int, int, str]:
    """Return a launch period as it is drawn."""
    opens, closes = midnight(one.opens), midnight(one.closes) + MINUTES_PER_DAY
    return opens, closes, f"{one.opens:%Y-%m}: {percent(one.share)}"


def _timescale(shown: Finish, width: float) -> Timescale:
    """Return the dates across the picture."""
    moments = [minutes_of(when) for when, _ in shown.curve] or [minutes_of(shown.deterministic)]
    moments += [minutes_of(when) for when in (shown.deterministic, shown.planned) if when]
    moments += [at for one in _periods(shown) for at in _period(one)[:2]]
    first, last = spans_of([(at, at) for at in moments])
    return Timescale(first, last, LEFT, width - RIGHT)


def _draw_curve(sheet: Canvas, shown: Finish, dates: Timescale, shares: Scale) -> None:
    """Draw the curve from nothing up to what has a date."""
    if not shown.curve:
        words = {"x": LEFT + 12, "y": shares.at(0.5), "text": "No iteration has a date.", "fill": look.INK}
        sheet.words([words], size=13)
        return
    points = [(dates.at(minutes_of(when)), shares.at(share)) for when, share in shown.curve]
    line = [(dates.start, shares.at(0)), (points[0][0], shares.at(0)), *points, (dates.end, points[-1][1])]
    ground = [*line, (dates.end, shares.at(0))]
    sheet.areas([{"x": 0, "y": 0, "shape": polyline(ground, closed=True), "fill": f"{CURVE}14", "stroke": "none"}])
    sheet.paths([{"x": 0, "y": 0, "shape": polyline(line), "stroke": CURVE, "opacity": 1}], thick=2.4)
    reached = shown.curve[-1][1]
    if shown.later + shown.never > 0:
        text = "; ".join(
            [
                *([f"{percent(shown.later)} after the last known period"] if shown.later else []),
                *([f"{percent(shown.never)} never"] if shown.never else []),
            ]
        )
        y = shares.at(reached) + 13
        sheet.words([{"x": dates.end - 6, "y": y, "text": text, "fill": look.INK}], align="right")


def _draw_planned(sheet: Canvas, shown: Finish, dates: Timescale, ends: tuple[float, float]) -> None:
    """Draw the planned date and the one without uncertainty as upright lines, each with its letter."""
    top, bottom = ends
    rows = [(text, when) for text, when in (("a", shown.deterministic), ("b", shown.planned)) if when]
    lines = [
        {
            "x": dates.at(minutes_of(when)),
            "x2": dates.at(minutes_of(when)),
            "y": top,
            "y2": bottom,
            "stroke": look.INK,
        }
        for _, when in rows
    ]
    sheet.lines(lines, dashed=True)
    sheet.words(
        [
            {"x": dates.at(minutes_of(when)) + 4, "y": bottom - 10 - 14 * number, "text": text, "fill": look.INK}
            for number, (text, when) in enumerate(rows)
        ],
        bold=True,
    )


def _draw_percentiles(sheet: Canvas, shown: Finish, dates: Timescale, shares: Scale) -> None:
    """Mark the percentiles on the curve, each with its date."""
    found = [(name, when, int(name[1:]) / 100) for name, when in _percentiles(shown) if when]
    guides = [
        {
            "x": dates.start,
            "x2": dates.at(minutes_of(when)),
            "y": shares.at(share),
            "y2": shares.at(share),
            "stroke": look.INK,
        }
        for _, when, share in found
    ]
    sheet.lines(guides, dashed=True)
    for shape, (name, when, share) in zip((CIRCLE, SQUARE), found, strict=False):
        x, y = dates.at(minutes_of(when)), shares.at(share)
        sheet.points([{"x": x, "y": y, "shape": shape, "size": 80, "fill": look.PAPER, "stroke": look.INK}])
        left = x > dates.end - 130
        words = {"x": x - 9 if left else x + 9, "y": y + 10, "text": f"{name} {start_text(minutes_of(when))}"}
        sheet.words([{**words, "fill": look.INK}], size=12, bold=True, align="right" if left else "left")


def _samples(shown: Finish) -> Iterator[Sample]:
    """Yield what the marks mean, as far as they occur."""
    line = {"x": 0, "x2": 30, "y": 0, "y2": 0, "stroke": CURVE}
    yield Sample("share of iterations that have finished by the day", 30, (stroke("lines", line, thick=2.4),))
    for letter, words in (("a", "if everything takes as long as planned"), ("b", "planned date")):
        if letter == "b" and shown.planned is None:
            continue
        upright = {"x": 2, "x2": 2, "y": -8, "y2": 8, "stroke": look.INK}
        sign = {"x": 6, "y": 0, "text": letter, "fill": look.INK}
        yield Sample(words, 14, (stroke("lines", upright, dashed=True), stroke("words", sign, bold=True)))
    if _periods(shown):
        box = {"x": 0, "x2": 24, "y": -7, "y2": 7, "fill": PERIOD, "stroke": PERIOD_EDGE}
        yield Sample("launch period, with the share that leaves in it", 24, (stroke("boxes", box),))
