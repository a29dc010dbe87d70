"""How good the answers were: recall beside its baselines, and forecasts beside what came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted
from synodos.report.charts import look
from synodos.report.charts.axes import (
    Scale,
    Timescale,
    draw_day,
    draw_numbers,
    draw_numbers_below,
    draw_times,
    midnight,
    polyline,
    spans_of,
)
from synodos.report.charts.canvas import CIRCLE, CROSS, DIAMOND, Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke

if TYPE_CHECKING:
    import altair as alt

    from synodos.roadmap import Backtest, Calibration, Dated

HEIGHT: Final = 360.0
LEFT: Final = 56.0
RIGHT: Final = 30.0
FURTHEST: Final = 100
"""Proposals that the picture of recall shows; the table holds all."""
LINES: Final = {
    "ranked": ("as ranked", look.BLUE, 2.6, False),
    "words": ("plain word matching", "#b5651d", 1.8, False),
    "words-dealt": ("chance: pairs of word matching, the rest dealt", "#b5651d", 1.8, True),
    "topics-dealt": ("chance: pairs as ranked, the rest dealt", "#44aa99", 1.8, True),
    "any-order": ("chance: the same proposals in any order", "#aa4499", 1.8, True),
    "any-triple": ("chance: any two agencies, capability and place", look.NEUTRAL, 1.8, True),
}
"""For each method its words, colour, thickness, and whether it is dashed; thickness and dashes tell them apart too."""
SQUARE_SIDE: Final = 400.0
BAND: Final = look.BLUE
ROW: Final = 22.0
NAMES: Final = 330.0
BAR: Final = "#b7c6d8"
OWN: Final = "#b5651d"
MARKS: Final = {"flown": (CIRCLE, "flew"), "cancelled": (CROSS, "given up"), "planned": (DIAMOND, "planned now")}
TIPS: Final = {"mission": "mission", "forecast": "forecast", "own": "own date", "came": "what came"}


def recall_chart(portfolio: Portfolio, found: Backtest, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return the share of the cooperations that came among the first proposals, beside its baselines.

    Parameters
    ----------
    portfolio : Portfolio
        Header.
    found : Backtest
        What was found.
    width : float
        Width of the picture in pixels.
    """
    size = found.groups[0].outcomes
    shown = {curve.method: curve.found[:FURTHEST] for curve in found.curves if curve.method in LINES}
    sheet, top, bottom = keyed_sheet(width, list(_line_samples()), 24, HEIGHT)
    most = max((max(points) / max(size, 1) for points in shown.values() if points), default=0.0)
    across = Scale(0, max((len(points) for points in shown.values()), default=1), LEFT, sheet.width - RIGHT)
    up = Scale(0, max(100 * most * 1.08, 5.0), bottom, top)
    draw_numbers(sheet, up, LEFT, sheet.width - RIGHT, " %")
    draw_numbers_below(sheet, across, top, bottom)
    for method, points in shown.items():
        line = polyline(_stairs([(across.at(k + 1), up.at(100 * one / max(size, 1))) for k, one in enumerate(points)]))
        _, colour, thick, dashed = LINES[method]
        row = {"x": 0, "y": 0, "shape": line, "stroke": colour, "opacity": 1}
        sheet.paths([row], thick=thick, dashed=dashed)
    title = "Share of the cooperations that came, among the first proposals"
    return sheet.chart(title, header_line(portfolio), _recall_words(found, shown, size))


def _stairs(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points joined by level lines: a proposal more is found all at once."""
    steps = list(points[:1])
    for (_, before), (x, now) in pairwise(points):
        steps += [(x, before), (x, now)]
    return steps


def _recall_words(found: Backtest, shown: dict[str, tuple[float, ...]], size: int) -> str:
    """Return in words what the picture of recall shows."""
    at = min(50, found.listed, FURTHEST)
    told = [f"{LINES[method][0]} {points[at - 1]:.1f}" for method, points in shown.items() if points and at]
    return f"Of {counted(size, 'cooperation')} that came, among the first {at} proposals: {'; '.join(told)}."


def _line_samples() -> Iterator[Sample]:
    """Yield what the lines mean."""
    for words, colour, thick, dashed in LINES.values():
        line = {"x": 0, "x2": 28, "y": 0, "y2": 0, "stroke": colour}
        yield Sample(words, 28, (stroke("lines", line, thick=thick, dashed=dashed),))


def calibration_chart(portfolio: Portfolio, found: Calibration, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return the calibration plot: at each confidence the share of the missions that had flown by then, as a band.

    Parameters
    ----------
    portfolio : Portfolio
        Header.
    found : Calibration
        What was found.
    width : float
        Width of the picture in pixels.
    """
    sheet, top, bottom = keyed_sheet(width, _band_samples(), 24, SQUARE_SIDE)
    across, up = Scale(0, 100, LEFT, min(LEFT + SQUARE_SIDE * 1.4, sheet.width - RIGHT)), Scale(0, 100, bottom, top)
    draw_numbers(sheet, up, across.start, across.end, " %")
    draw_numbers_below(sheet, across, top, bottom, " %")
    least = [(across.at(100 * one.confidence), up.at(100 * one.least)) for one in found.levels]
    most = [(across.at(100 * one.confidence), up.at(100 * one.most)) for one in found.levels]
    if found.levels:
        band = {"x": 0, "y": 0, "shape": polyline([*least, *reversed(most)], closed=True)}
        sheet.areas([{**band, "fill": f"{BAND}33", "stroke": BAND}])
    ends = {"x": across.at(0), "x2": across.at(100), "y": up.at(0), "y2": up.at(100), "stroke": look.INK}
    sheet.lines([ends], dashed=True, thick=1.4)
    number = next((group.missions for group in found.groups if group.name == "dated"), 0)
    middle = next((one for one in found.levels if one.confidence == 0.5), None)
    told = f" By P50 {100 * middle.least:.0f} to {100 * middle.most:.0f} % had flown." if middle else ""
    description = f"Calibration of the forecasts of {counted(number, 'mission')}.{told}"
    return sheet.chart("Forecast confidence against what flew", header_line(portfolio), description)


def _band_samples() -> list[Sample]:
    """Return what the calibration plot shows."""
    box = {"x": 0, "x2": 24, "y": -7, "y2": 7, "fill": f"{BAND}33", "stroke": BAND}
    line = {"x": 0, "x2": 28, "y": 0, "y2": 0, "stroke": look.INK}
    return [
        Sample("share of the missions, between what is sure and what is possible", 24, (stroke("boxes", box),)),
        Sample("a forecast that is right", 28, (stroke("lines", line, dashed=True, thick=1.4),)),
    ]


def forecasts_chart(portfolio: Portfolio, found: Calibration, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return each mission's forecast from P10 to P90, the agency's own date, and what came.

    Parameters
    ----------
    portfolio : Portfolio
        Names and header.
    found : Calibration
        What was found.
    width : float
        Width of the picture in pixels.
    """
    shown = found.missions
    sheet, top, bottom = keyed_sheet(width, list(_mark_samples()), 44, ROW * max(len(shown), 1))
    days = [midnight(day) for one in shown for day in (one.p10, one.p50, one.came.earliest) if day]
    days += [midnight(portfolio.known_on), midnight(found.until)]
    dates = Timescale(*spans_of([(day, day) for day in days]), NAMES, sheet.width - RIGHT)
    draw_times(sheet, dates, top, bottom)
    draw_day(sheet, dates, midnight(portfolio.known_on), "day of knowledge", top, bottom)
    _draw_names(sheet, portfolio, shown, top)
    _draw_forecasts(sheet, portfolio, shown, dates, top)
    flown = sum(one.fate == "flown" for one in shown)
    inside = sum(one.within == "yes" for one in shown)
    description = f"{counted(len(shown), 'mission')}, of which {flown} flew, {inside} of them between P10 and P90."
    return sheet.chart("Forecast, own date and what came", header_line(portfolio), description)


def _draw_names(sheet: Canvas, portfolio: Portfolio, shown: Sequence[Dated], top: float) -> None:
    """Write the names of the missions with their agencies."""
    rows = [
        {
            "x": 0,
            "y": top + ROW * (place + 0.5),
            "text": look.shortened(
                f"{portfolio.missions[one.mission].name} ({portfolio.agency_name(one.agency)})", NAMES - 14
            ),
            "fill": look.INK,
        }
        for place, one in enumerate(shown)
    ]
    sheet.words(rows)


def _draw_forecasts(sheet: Canvas, portfolio: Portfolio, shown: Sequence[Dated], dates: Timescale, top: float) -> None:
    """Draw for each mission a bar from P10 to P90, a line at P50, a line under its own date, and what came."""
    bars: list[dict[str, Any]] = []
    middles: list[dict[str, Any]] = []
    own: list[dict[str, Any]] = []
    came: list[dict[str, Any]] = []
    for place, one in enumerate(shown):
        y = top + ROW * (place + 0.5)
        if one.p10:
            end = dates.at(midnight(one.p90)) if one.p90 else dates.end
            start = dates.at(midnight(one.p10))
            box = {"x": start, "x2": max(end, start + 2), "y": y - 5, "y2": y + 5, "fill": BAR, "stroke": "none"}
            bars.append({**box, **_said(portfolio, one)})
        if one.p50:
            x = dates.at(midnight(one.p50))
            middles.append({"x": x, "x2": x, "y": y - 5, "y2": y + 5, "stroke": BAND})
        if one.planned:
            start, end = dates.at(midnight(one.planned.earliest)), dates.at(midnight(one.planned.latest))
            own.append({"x": start, "x2": max(end, start + 2), "y": y + 8, "y2": y + 8, "stroke": OWN})
        shape, _ = MARKS[one.fate]
        mark = {"x": dates.at(midnight(one.came.earliest)), "y": y, "shape": shape, "size": 60}
        came.append(
            {
                **mark,
                "fill": look.INK if one.fate == "flown" else look.PAPER,
                "stroke": look.INK,
                **_said(portfolio, one),
            }
        )
    sheet.boxes(bars, tips=TIPS, described=True)
    sheet.lines(middles, thick=2)
    sheet.lines(own, thick=3)
    sheet.points(came, tips=TIPS)


def _said(portfolio: Portfolio, one: Dated) -> dict[str, str]:
    """Return what the pointer tells of a mission."""
    told = {
        "mission": portfolio.missions[one.mission].name,
        "forecast": f"{one.p10} to {one.p90 or 'never in 90 of 100'}, P50 {one.p50 or 'never'}",
        "own": str(one.planned) if one.planned else "not stated",
        "came": f"{MARKS[one.fate][1]} {one.came}",
    }
    return {**told, "description": ", ".join(f"{TIPS[name]}: {text}" for name, text in told.items())}


def _mark_samples() -> Iterator[Sample]:
    """Yield what the marks mean."""
    box = {"x": 0, "x2": 26, "y": -5, "y2": 5, "fill": BAR, "stroke": "none"}
    middle = {"x": 13, "x2": 13, "y": -5, "y2": 5, "stroke": BAND}
    yield Sample("forecast from P10 to P90, with P50", 26, (stroke("boxes", box), stroke("lines", middle, thick=2)))
    line = {"x": 0, "x2": 26, "y": 0, "y2": 0, "stroke": OWN}
    yield Sample("the agency's own date", 26, (stroke("lines", line, thick=3),))
    for fate, (shape, words) in MARKS.items():
        mark = {"x": 6, "y": 0, "shape": shape, "size": 60, "stroke": look.INK}
        fill = look.INK if fate == "flown" else look.PAPER
        yield Sample(words, 12, (stroke("points", {**mark, "fill": fill}),))
