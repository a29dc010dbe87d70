"""Scenarios side by side: when each reaches a destination, how ready it is, and who could stop it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from synodos.language import DateRange, Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.charts import look
from synodos.report.charts.axes import AXIS, Timescale, draw_day, draw_times, midnight
from synodos.report.charts.canvas import CIRCLE, DIAMOND, Canvas
from synodos.report.charts.legend import Sample, legend, stroke
from synodos.report.charts.readiness import FILLS, WORDS

if TYPE_CHECKING:
    import altair as alt

    from synodos.roadmap import Arrival, Blow, Compared, Comparison

NAMES: Final = 190.0
ROW: Final = 22.0
HEAD: Final = 30.0
"""Room for the name of a scenario above its rows."""
BELOW: Final = 30.0
"""Room between the rows and the panels where these stand below."""
MOST_BLOWS: Final = 4
"""Agencies that the panel of withdrawals names."""
PLANNED: Final = "#9bb7d4"
CREWED: Final = "#1f4e79"
LIKELY: Final = "#b5651d"
TIPS: Final = {"what": "mission", "planned": "planned", "likely": "half of the chances by", "sure": "80 of 100 by"}


@dataclass(frozen=True)
class _Places:
    """Where the panels stand: where the dates end, what the two others span, and whether these stand below."""

    times: float
    ready: tuple[float, float]
    blows: tuple[float, float]
    below: bool


WIDE: Final = _Places(800.0, (850.0, 1060.0), (1150.0, 1295.0), below=False)
WIDE_FROM: Final = 1345.0
"""Pixels across from which all panels stand side by side."""


def _places(width: float) -> _Places:
    """Return where the panels stand on a sheet."""
    if width >= WIDE_FROM:
        return WIDE
    half = max(width / 2, NAMES + 150)
    return _Places(width - 20, (NAMES, half), (half + 120, width - 60), below=True)


def scenarios_chart(
    portfolio: Portfolio, found: Comparison, *, stated: Portfolio | None = None, width: float = 1376
) -> alt.TopLevelMixin:
    """Return small multiples: for each scenario its first arrivals, its readiness, and its gravest withdrawals.

    Parameters
    ----------
    portfolio : Portfolio
        Names and header.
    found : Comparison
        Scenarios, compared by dates and robustness at least; a panel whose aspect was not asked for stays empty.
    stated : Portfolio or None
        What the header names instead: the plans without a scenario that was computed.
    width : float
        Width of the picture in pixels.
    """
    sheet = Canvas(width)
    places = _places(sheet.width)
    top = legend(sheet, "Marks", _samples(), 0) + AXIS + 8
    scale = _scale(found, places.times)
    heights = [_height(one, places) for one in found.scenarios]
    bottom = top + sum(heights)
    if scale:
        draw_times(sheet, scale, top, bottom)
        draw_day(sheet, scale, midnight(portfolio.known_on), "known on", top, bottom)
    if not places.below:
        _draw_heads(sheet, places, top - 12)
    y = top
    for one, height in zip(found.scenarios, heights, strict=True):
        sheet.lines([{"x": 0, "x2": sheet.width, "y": y, "y2": y, "stroke": look.RULE}])
        if places.below:
            clear = {"x": 0, "x2": sheet.width, "y": y + 1, "y2": y + HEAD - 2, "fill": look.PAPER, "stroke": "none"}
            sheet.boxes([clear])
        name = look.shortened(one.name, NAMES + 300, 13, bold=True)
        sheet.words([{"x": 4, "y": y + 15, "text": name, "fill": look.INK}], size=13, bold=True)
        _draw_arrivals(sheet, portfolio, one, scale, y + HEAD)
        beside = y + HEAD
        if places.below:
            beside += ROW * max(len(_lines(one)), 1) + BELOW
            clear = {"x": 0, "x2": sheet.width, "y": beside - 24, "y2": y + height + 6}
            sheet.boxes([{**clear, "fill": look.PAPER, "stroke": "none"}])
            _draw_heads(sheet, places, beside - 12)
        _draw_readiness(sheet, one, places.ready, beside)
        _draw_blows(sheet, portfolio, one, places.blows, beside)
        y += height
    sheet.height = bottom + 6
    return sheet.chart("Scenarios side by side", header_line(stated or portfolio), describe(portfolio, found))


def _height(one: Compared, places: _Places) -> float:
    """Return the room that one scenario takes."""
    rows, panel = len(_lines(one)), max(len(_grave(one)), 2)
    if places.below:
        return HEAD + ROW * max(rows, 1) + BELOW + ROW * panel + 8
    return HEAD + ROW * max(rows, panel)


def _draw_heads(sheet: Canvas, places: _Places, y: float) -> None:
    """Write what the two panels show."""
    heads = ((places.ready[0], "what the missions need"), (places.blows[0] - 80, "missions stopped if it withdraws"))
    sheet.words([{"x": x, "y": y, "text": text, "fill": look.MUTED} for x, text in heads])


def describe(portfolio: Portfolio, found: Comparison) -> str:
    """Return in words what the picture shows."""
    told = []
    for one in found.scenarios:
        nobody = sum(need.stage == "nobody" for mission in one.readiness.missions for need in mission.needs)
        grave = _grave(one)
        hit = f", {portfolio.agency_name(grave[0].agency)} leaving stops {len(grave[0].stopped)}" if grave else ""
        told.append(f"{one.name}: {len(one.missions)} missions, {nobody} needs that nobody supplies{hit}")
    return "; ".join(told) + "."


def _samples() -> list[Sample]:
    """Return what marks mean."""
    bar = {"x": 0, "x2": 26, "y": -5, "y2": 5, "stroke": "none"}
    line = {"x": 0, "x2": 26, "y": 0, "y2": 0, "stroke": LIKELY}
    dot = {"y": 0, "size": 40, "fill": LIKELY, "stroke": LIKELY}
    chances = (
        stroke("lines", line, thick=2),
        stroke("points", {**dot, "x": 2, "shape": CIRCLE}),
        stroke("points", {**dot, "x": 24, "shape": DIAMOND}),
    )
    marks = [
        Sample("planned, robotic", 26, (stroke("boxes", {**bar, "fill": PLANNED}),)),
        Sample("planned, with people", 26, (stroke("boxes", {**bar, "fill": CREWED}),)),
        Sample("half of the chances, and 80 of 100", 26, chances),
    ]
    box = {"x": 0, "x2": 14, "y": -7, "y2": 7, "stroke": "none"}
    return marks + [Sample(WORDS[stage], 14, (stroke("boxes", {**box, "fill": FILLS[stage]}),)) for stage in FILLS]


def _lines(one: Compared) -> list[tuple[Arrival, DateRange]]:
    """Return the arrivals that have a date, with it, by body."""
    return [(arrival, arrival.planned) for arrival in one.arrivals or () if arrival.planned is not None]


def _scale(found: Comparison, end: float) -> Timescale | None:
    """Return the dates of all scenarios; None where nothing is dated."""
    days: list[dt.date] = []
    for arrival, stated in (line for one in found.scenarios for line in _lines(one)):
        days += [] if stated.opens_early else [stated.earliest]
        days += [] if stated.stays_open else [stated.latest]
        days += [day for day in (arrival.median, arrival.p80) if day is not None]
    if not days:
        return None
    first, last = dt.date(min(days).year, 1, 1), dt.date(min(max(days).year + 1, 9999), 1, 1)
    return Timescale(midnight(first), midnight(last), NAMES, end)


def _draw_arrivals(sheet: Canvas, portfolio: Portfolio, one: Compared, scale: Timescale | None, top: float) -> None:
    """Draw for each body the planned date of the first mission to it, and when chances say that it flies."""
    arrivals = _lines(one)
    if scale is None or not arrivals:
        text = "no dated mission" if one.arrivals is not None else "dates were not asked for"
        sheet.words([{"x": 12, "y": top + ROW / 2, "text": text, "fill": look.MUTED}])
        return
    bars, lines, dots, words = [], [], [], []
    for place, (arrival, planned) in enumerate(arrivals):
        y = top + ROW * (place + 0.5)
        name = portfolio.destinations.label(arrival.body) + (", people" if arrival.crewed else "")
        words.append({"x": NAMES - 8, "y": y, "text": look.shortened(name, NAMES - 14), "fill": look.INK})
        bars.append(_bar(portfolio, arrival, planned, scale, y))
        if arrival.median is not None:
            at = scale.at(midnight(arrival.median))
            dots.append({"x": at, "y": y, "shape": CIRCLE, "size": 40, "fill": LIKELY, "stroke": LIKELY})
            if arrival.p80 is not None:
                end = scale.at(midnight(arrival.p80))
                lines.append({"x": at, "x2": end, "y": y, "y2": y, "stroke": LIKELY})
                dots.append({"x": end, "y": y, "shape": DIAMOND, "size": 40, "fill": LIKELY, "stroke": LIKELY})
    sheet.words(words, align="right")
    sheet.boxes(bars, tips=TIPS, described=True)
    sheet.lines(lines, thick=2)
    sheet.points(dots)


def _bar(portfolio: Portfolio, arrival: Arrival, planned: DateRange, scale: Timescale, y: float) -> dict[str, Any]:
    """Return the bar of a planned date, with what it says."""
    start, end = (scale.at(midnight(day)) for day in (planned.earliest, planned.latest))
    said = {
        "what": portfolio.missions[arrival.mission].name,
        "planned": str(planned),
        "likely": str(arrival.median or "not told"),
        "sure": str(arrival.p80 or "not told"),
    }
    return {
        "x": start,
        "x2": max(end, start + 4),
        "y": y - 6,
        "y2": y + 6,
        "fill": CREWED if arrival.crewed else PLANNED,
        "stroke": "none",
        **said,
        "description": ", ".join(f"{TIPS[name]}: {text}" for name, text in said.items()),
    }


def _draw_readiness(sheet: Canvas, one: Compared, span: tuple[float, float], top: float) -> None:
    """Draw what the missions need as one bar, by how ready it is, with the numbers below."""
    stages: Counter[str] = Counter(need.stage for mission in one.readiness.missions for need in mission.needs)
    total = stages.total()
    if not total:
        sheet.words([{"x": span[0], "y": top + ROW / 2, "text": "no requirement is stated", "fill": look.MUTED}])
        return
    left, boxes = span[0], []
    for stage in FILLS:
        right = left + (span[1] - span[0]) * stages[stage] / total
        if stages[stage]:
            boxes.append({"x": left, "x2": right, "y": top + 2, "y2": top + 18, "fill": FILLS[stage], "stroke": "none"})
        left = right
    sheet.boxes(boxes)
    text = f"{total} needs, {stages['nobody']} that nobody supplies, {stages['late']} late"
    sheet.words([{"x": span[0], "y": top + 30, "text": text, "fill": look.INK}])


def _draw_blows(sheet: Canvas, portfolio: Portfolio, one: Compared, span: tuple[float, float], top: float) -> None:
    """Draw how many missions the gravest withdrawals stop."""
    grave = _grave(one)
    if not grave:
        text = "none stops a mission" if one.blows is not None else "robustness was not asked for"
        sheet.words([{"x": span[0] - 80, "y": top + ROW / 2, "text": text, "fill": look.MUTED}])
        return
    wide = (span[1] - span[0]) / max(len(one.missions), 1)
    rows = [(top + ROW * (place + 0.5), blow) for place, blow in enumerate(grave)]
    names = [
        {"x": span[0] - 8, "y": y, "text": look.shortened(portfolio.agency_name(blow.agency), 78), "fill": look.INK}
        for y, blow in rows
    ]
    sheet.words(names, align="right")
    full = [_blow(span[0], span[1], y, look.SHADE) for y, _ in rows]
    hit = [_blow(span[0], span[0] + wide * len(blow.stopped), y, FILLS["nobody"]) for y, blow in rows]
    sheet.boxes(full)
    sheet.boxes(hit)
    numbers = [
        {"x": span[1] + 6, "y": y, "text": f"{len(blow.stopped)} of {len(one.missions)}", "fill": look.INK}
        for y, blow in rows
    ]
    sheet.words(numbers)


def _grave(one: Compared) -> list[Blow]:
    """Return the gravest withdrawals that the panel shows."""
    return [blow for blow in one.blows or () if blow.stopped][:MOST_BLOWS]


def _blow(left: float, right: float, y: float, fill: str) -> dict[str, Any]:
    """Return a bar of missions."""
    return {"x": left, "x2": right, "y": y - 6, "y2": y + 6, "fill": fill, "stroke": "none"}
