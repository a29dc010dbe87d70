"""When it costs least to leave: energy by day of departure and time of flight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from synodos.report.answering.wording import counted
from synodos.report.charts import look
from synodos.report.charts.axes import (
    PERIOD,
    PERIOD_EDGE,
    Scale,
    Timescale,
    draw_numbers,
    draw_times,
    midnight,
    number_text,
    polyline,
)
from synodos.report.charts.canvas import CIRCLE, Canvas
from synodos.report.charts.contours import Floats, Point, loops
from synodos.report.charts.legend import Sample, legend, stroke
from synodos.schedule import MINUTES_PER_DAY, body

if TYPE_CHECKING:
    import altair as alt

    from synodos.schedule import Departure, LaunchPeriods, Porkchop

HEIGHT: Final = 380.0
LEFT: Final = 62.0
RIGHT: Final = 16.0
STRIP: Final = 10.0
"""Height of the strip of launch periods below the field."""
ENERGIES: Final = (1, 2, 5, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500)
"""Levels of C3 in km²/s² from which a picture takes those above its least value."""
SHADES: Final = ("#17345c", "#33557f", "#56789f", "#7e9abb", "#a6bbd3", "#c9d6e5", "#e6edf4")
"""From the least energy to the most; greyscale keeps them apart."""
SPEEDS: Final = (1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 12, 15, 20)
"""Levels of the arrival speed in km/s from which a picture takes a few."""
MOST_SPEEDS: Final = 4
SPEED_INK: Final = "#8a4b00"
MOST_NUMBERED: Final = 30
LEAST_DAY: Final = 0.35
"""Pixels of a day from which lines of the arrival speed are drawn."""
TIPS: Final = {"leaves": "leaves", "arrives": "arrives", "c3": "C3", "speed": "arrival speed", "type": "type"}


def porkchop_chart(grid: Porkchop, found: LaunchPeriods, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return the energy to leave by day of departure and time of flight, with arrival speeds, minima and periods.

    Parameters
    ----------
    grid : Porkchop
        What is drawn.
    found : LaunchPeriods
        Minima and launch periods that are marked.
    width : float
        Width of the picture in pixels.
    """
    levels = _levels(grid)
    sheet = Canvas(width)
    top = legend(sheet, "C3", list(_shades(levels)), 0)
    shows_speeds = _is_wide(grid, sheet.width)
    top = legend(sheet, "Marks", list(_samples(speeds=shows_speeds)), top) + 14
    bottom = top + HEIGHT
    sheet.height = bottom + STRIP + 24
    days = (grid.departs - np.datetime64("1970-01-01", "D")).astype(np.int64) * MINUTES_PER_DAY
    dates = Timescale(int(days[0]), int(days[-1]) or 1, LEFT, sheet.width - RIGHT)
    flights = Scale(float(grid.time_of_flight_days[0]), float(grid.time_of_flight_days[-1]), bottom, top)
    x = np.array([dates.at(int(day)) for day in days])
    y = np.array([flights.at(float(flight)) for flight in grid.time_of_flight_days])
    _draw_energies(sheet, grid, levels, x, y)
    draw_times(sheet, dates, top, bottom + STRIP, below=True)
    draw_numbers(sheet, flights, LEFT, sheet.width - RIGHT, " d")
    if shows_speeds:
        _draw_speeds(sheet, grid, levels, x, y)
    _draw_periods(sheet, found, dates, (top, bottom))
    _draw_minima(sheet, found.minima, dates, flights)
    title = f"Launch opportunities from {body(found.departure).name} to {body(found.arrival).name}"
    subtitle = f"Day of departure across, time of flight up; departures from {found.after} to {found.before}"
    return sheet.chart(title, subtitle, describe(found))


def describe(found: LaunchPeriods) -> str:
    """Return in words what the picture shows."""
    departure, arrival = body(found.departure).name, body(found.arrival).name
    if not found.minima:
        return f"No opportunity to leave from {departure} to {arrival} was found."
    best = min(found.minima, key=lambda one: one.c3_km2_s2)
    return (
        f"{counted(len(found.periods), 'launch period')} from {departure} to {arrival} between "
        f"{found.after} and {found.before}. Least energy: {best.departs}, C3 {best.c3_km2_s2:.1f} km²/s², "
        f"{best.time_of_flight_days} days of flight, arrival at {best.arrival_v_infinity_km_s:.1f} km/s."
    )


def _levels(grid: Porkchop) -> list[float]:
    """Return the levels of C3 that are drawn, from the least."""
    least = float(grid.c3_km2_s2.min())
    return [float(level) for level in ENERGIES if level > least][: len(SHADES)]


def _shades(levels: Sequence[float]) -> Iterator[Sample]:
    """Yield what the shades mean."""
    for fill, level in zip(SHADES, levels, strict=False):
        box = {"x": 0, "x2": 24, "y": -6.5, "y2": 6.5, "fill": fill, "stroke": look.outline(fill)}
        yield Sample(
            f"up to {number_text(level)}{' km²/s²' if level == levels[-1] else ''}", 24, (stroke("boxes", box),)
        )


def _is_wide(grid: Porkchop, width: float) -> bool:
    """Return whether a day takes so much room that lines of the arrival speed can be told apart."""
    return width / max(float((grid.departs[-1] - grid.departs[0]).astype(float)), 1.0) >= LEAST_DAY


def _samples(*, speeds: bool) -> Iterator[Sample]:
    """Yield what lines and marks mean."""
    if speeds:
        line = {"x": 0, "x2": 30, "y": 0, "y2": 0, "stroke": SPEED_INK}
        yield Sample("arrival speed in km/s", 30, (stroke("lines", line, thick=1.4, dashed=True),))
    dot = {"x": 8, "y": 0, "shape": CIRCLE, "size": 200, "fill": look.PAPER, "stroke": look.INK}
    sign = {"x": 8, "y": 0, "text": "1", "fill": look.INK}
    yield Sample(
        "least energy of an opportunity and type", 16,
        (stroke("points", dot), stroke("words", sign, size=10, bold=True, align="center")),
    )  # fmt: skip
    box = {"x": 0, "x2": 24, "y": -5, "y2": 5, "fill": PERIOD, "stroke": PERIOD_EDGE}
    yield Sample("launch period", 24, (stroke("boxes", box),))


def _draw_energies(sheet: Canvas, grid: Porkchop, levels: Sequence[float], x: Floats, y: Floats) -> None:
    """Fill where C3 is below each level, the highest level first."""
    for fill, level in reversed(list(zip(SHADES, levels, strict=False))):
        shape = "".join(polyline(loop, closed=True) for loop in loops(grid.c3_km2_s2, x, y, level))
        if shape:
            sheet.areas([{"x": 0, "y": 0, "shape": shape, "fill": fill, "stroke": look.outline(fill)}], edge=0.6)


def _draw_speeds(sheet: Canvas, grid: Porkchop, levels: Sequence[float], x: Floats, y: Floats) -> None:
    """Draw lines of equal arrival speed where the energy is in the picture, each with its value."""
    inside = grid.c3_km2_s2 <= (levels[-1] if levels else 0.0)
    ridge = np.diff(grid.longer_way, axis=1, append=grid.longer_way[:, -1:])
    inside &= ~(ridge | np.roll(ridge, 1, axis=1) | np.roll(ridge, 2, axis=1))
    if not inside.any():
        return
    least = float(grid.arrival_v_infinity_km_s[inside].min())
    lines, words = [], []
    for level in [speed for speed in SPEEDS if speed > least][:MOST_SPEEDS]:
        pieces = [
            piece for loop in loops(grid.arrival_v_infinity_km_s, x, y, level) for piece in _pieces(loop, inside, x, y)
        ]
        lines += [{"x": 0, "y": 0, "shape": polyline(piece), "stroke": SPEED_INK} for piece in pieces]
        words += [_speed_label(piece, level) for piece in pieces if _spread(piece) > 40]
    sheet.paths([{**line, "stroke": look.PAPER} for line in lines], thick=3)
    sheet.paths(lines, thick=1.4, dashed=True)
    sheet.boxes([_backing(word) for word in words], corner=2)
    sheet.words(words, size=10, bold=True, align="center")


def _pieces(loop: Sequence[Point], inside: Any, x: Floats, y: Floats) -> Iterator[list[Point]]:  # noqa: ANN401
    """Yield the parts of a loop that lie where the mask holds and off the border."""
    rows = np.clip(np.searchsorted(x, [px for px, _ in loop]), 0, len(x) - 1)
    columns = np.clip(len(y) - np.searchsorted(y[::-1], [py for _, py in loop]), 0, len(y) - 1)
    piece: list[Point] = []
    for (px, py), i, j in zip(loop, rows, columns, strict=True):
        border = px in (x[0], x[-1]) or py in (y[0], y[-1])
        if inside[i, j] and not border:
            piece.append((px, py))
            continue
        if len(piece) > 2:
            yield piece
        piece = []
    if len(piece) > 2:
        yield piece


def _spread(piece: Sequence[Point]) -> float:
    """Return how long a line is, in pixels."""
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(piece))


def _speed_label(piece: Sequence[Point], level: float) -> dict[str, Any]:
    """Return the value of a line, in its middle."""
    px, py = piece[len(piece) // 2]
    return {"x": px, "y": py, "text": number_text(level), "fill": SPEED_INK}


def _backing(word: dict[str, Any]) -> dict[str, Any]:
    """Return a box that keeps lines from a value."""
    half = look.text_width(word["text"], 10, bold=True) / 2 + 2
    where = {"x": word["x"] - half, "x2": word["x"] + half, "y": word["y"] - 7, "y2": word["y"] + 7}
    return {**where, "fill": look.PAPER, "stroke": "none"}


def _draw_periods(sheet: Canvas, found: LaunchPeriods, dates: Timescale, ends: tuple[float, float]) -> None:
    """Draw launch periods as a strip below the field, and their ends through it."""
    top, bottom = ends
    spans = [(dates.at(midnight(p.opens)), dates.at(midnight(p.closes) + MINUTES_PER_DAY)) for p in found.periods]
    edges = [{"x": at, "x2": at, "y": top, "y2": bottom, "stroke": PERIOD_EDGE} for span in spans for at in span]
    sheet.lines(edges, dashed=True)
    strip = {"y": bottom, "y2": bottom + STRIP, "fill": PERIOD, "stroke": PERIOD_EDGE}
    sheet.boxes([{"x": left, "x2": max(right, left + 2), **strip} for left, right in spans])


def _draw_minima(sheet: Canvas, minima: Sequence[Departure], dates: Timescale, flights: Scale) -> None:
    """Mark the departures of least energy with the numbers that they have in the table."""
    rows: list[dict[str, Any]] = [
        {
            "x": dates.at(midnight(one.departs)),
            "y": flights.at(one.time_of_flight_days),
            "text": str(number),
            "shape": CIRCLE,
            "size": 200,
            "opacity": 1,
            "fill": look.PAPER,
            "stroke": look.INK,
        }
        for number, one in enumerate(minima[:MOST_NUMBERED], start=1)
    ]
    sheet.points(rows)
    sheet.words([{**row, "fill": look.INK} for row in rows], size=10, bold=True, align="center")
    targets = [
        {
            "x": row["x"] - 9,
            "x2": row["x"] + 9,
            "y": row["y"] - 9,
            "y2": row["y"] + 9,
            "fill": "transparent",
            "stroke": "none",
            **_said(one),
        }
        for row, one in zip(rows, minima, strict=False)
    ]
    sheet.boxes(targets, tips=TIPS, described=True)


def _said(one: Departure) -> dict[str, str]:
    """Return what a minimum says."""
    said = {
        "leaves": str(one.departs),
        "arrives": str(one.departs + dt.timedelta(days=one.time_of_flight_days)),
        "c3": f"{one.c3_km2_s2:.2f} km²/s²",
        "speed": f"{one.arrival_v_infinity_km_s:.2f} km/s",
        "type": one.transfer_type,
    }
    return {**said, "description": f"Leaves {said['leaves']}, arrives {said['arrives']}, C3 {said['c3']}."}
