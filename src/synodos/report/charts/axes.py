"""Moments and numbers along the sides of a picture: where a value lies, and which ones get a mark."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from synodos.report.charts import look
from synodos.report.charts.canvas import Canvas
from synodos.schedule import MINUTES_PER_DAY, minutes_of, moment_of

AXIS: Final = 34.0
"""Room for the dates above a field."""
DATED: Final = {"year": 34.0, "month": 56.0, "day": 72.0}
"""Least distance in pixels between the labels of two dates."""
MONTHS: Final = (1, 3, 6)
YEARS: Final = (1, 2, 5, 10, 20, 50, 100)
DAYS: Final = (1, 2, 7, 14)
MONTH_DAYS: Final = 30.44
YEAR_DAYS: Final = 365.25
PERIOD: Final = "#f6dfb4"
PERIOD_EDGE: Final = "#8a6a1f"
NICE: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers along one side of a picture.

    Attributes
    ----------
    low, high : float
        Values at its ends.
    start, end : float
        Where the ends lie, in pixels; a scale that grows upwards starts below where it ends.
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value lies; what lies outside lies on the edge."""
        inside = min(max(value, self.low), self.high)
        share = (inside - self.low) / (self.high - self.low or 1.0)
        return self.start + share * (self.end - self.start)

    def ticks(self, most: int = 8) -> tuple[float, ...]:
        """Return round values between the ends, at most `most` of them."""
        step = _round_step((self.high - self.low) / max(most - 1, 1))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return tuple(number * step for number in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class Timescale:
    """Moments along one side of a picture, in minutes since 1970.

    Attributes
    ----------
    first, last : int
        Moments at its ends.
    start, end : float
        Where the ends lie, in pixels.
    """

    first: int
    last: int
    start: float
    end: float

    def at(self, minutes: float) -> float:
        """Return where a moment lies; what lies outside lies on the edge."""
        return Scale(self.first, self.last, self.start, self.end).at(minutes)

    def holds(self, minutes: float) -> bool:
        """Return whether a moment lies between the ends."""
        return self.first <= minutes <= self.last

    def ticks(self) -> tuple[tuple[int, str], ...]:
        """Return the moments that get a mark, each with its date: years, months or days, as there is room."""
        days = max((self.last - self.first) / MINUTES_PER_DAY, 1.0)
        pixels = abs(self.end - self.start) / days
        first, last = moment_of(self.first), moment_of(self.last)
        if (step := _fitting(DAYS, pixels, DATED["day"])) is not None and days <= step * 40:
            return tuple(_marks(_each_days(first, step), last, "%Y-%m-%d"))
        if (step := _fitting(MONTHS, pixels * MONTH_DAYS, DATED["month"])) is not None:
            return tuple(_marks(_each_months(first, step), last, "%Y-%m"))
        step = _fitting(YEARS, pixels * YEAR_DAYS, DATED["year"]) or YEARS[-1]
        return tuple(_marks(_each_months(first, 12 * step), last, "%Y"))


def midnight(day: dt.date) -> int:
    """Return the first minute of a day."""
    return minutes_of(dt.datetime.combine(day, dt.time()))


def round_ends(values: Iterable[float], *, zero: bool = False) -> tuple[float, float]:
    """Return the ends of a scale that holds all values, and zero where asked."""
    held = [*values, *([0.0] if zero else [])] or [0.0, 1.0]
    low, high = min(held), max(held)
    spare = (high - low or abs(high) or 1.0) * 0.05
    return (low if zero and low == 0 else low - spare), (high if zero and high == 0 else high + spare)


def draw_times(sheet: Canvas, scale: Timescale, top: float, bottom: float, *, below: bool = False) -> None:
    """Draw a line for each date that gets a mark, and write the dates above the field or below it."""
    ticks = scale.ticks()
    sheet.lines([_upright(scale.at(at), top, bottom, look.RULE) for at, _ in ticks])
    y = bottom + 12 if below else top - 10
    sheet.words([{"x": scale.at(at), "y": y, "text": text, "fill": look.MUTED} for at, text in ticks], align="center")


def draw_numbers(sheet: Canvas, scale: Scale, left: float, right: float, unit: str = "") -> None:
    """Draw a level line for each round value, and write the values at the left."""
    ticks = scale.ticks()
    sheet.lines([{"x": left, "x2": right, "y": scale.at(v), "y2": scale.at(v), "stroke": look.RULE} for v in ticks])
    words = [{"x": left - 6, "y": scale.at(v), "text": f"{number_text(v)}{unit}", "fill": look.MUTED} for v in ticks]
    sheet.words(words, align="right")


def draw_numbers_below(sheet: Canvas, scale: Scale, top: float, bottom: float, unit: str = "") -> None:
    """Draw an upright line for each round value, and write the values below."""
    ticks = scale.ticks()
    sheet.lines([_upright(scale.at(v), top, bottom, look.RULE) for v in ticks])
    words = [{"x": scale.at(v), "y": bottom + 12, "text": f"{number_text(v)}{unit}", "fill": look.MUTED} for v in ticks]
    sheet.words(words, align="center")


def number_text(value: float) -> str:
    """Return a number as short as it can be told: `1,200`, `2.5`."""
    return f"{value:,.0f}" if abs(value - round(value)) < 1e-6 else f"{value:,.3g}"


def draw_day(sheet: Canvas, scale: Timescale, minutes: int, text: str, top: float, bottom: float) -> None:
    """Draw the line of a day, such as the day of knowledge, with its words above the dates."""
    if not scale.holds(minutes):
        return
    x = scale.at(minutes)
    sheet.lines([_upright(x, top - 2, bottom, look.INK)], dashed=True)
    half = look.text_width(text, 10) / 2
    middle = min(max(x, half), sheet.width - half)
    sheet.words([{"x": middle, "y": top - 25, "text": text, "fill": look.MUTED}], size=10, align="center")


def draw_periods(
    sheet: Canvas, scale: Timescale, periods: Sequence[tuple[int, int, str]], top: float, bottom: float, words_at: float
) -> None:
    """Shade launch periods, each with its words above or below where there is room for them.

    Parameters
    ----------
    sheet : Canvas
        Where to draw.
    scale : Timescale
        The dates.
    periods : sequence of (int, int, str)
        First minute, minute after the last, and words of each.
    top, bottom : float
        Where the shade begins and ends.
    words_at : float
        Height at which the words stand.
    """
    seen = [one for one in periods if one[1] > scale.first and one[0] < scale.last]
    boxes: list[dict[str, Any]] = [
        {
            "x": scale.at(opens),
            "x2": max(scale.at(closes), scale.at(opens) + 2),
            "y": top,
            "y2": bottom,
            "fill": PERIOD,
            "stroke": PERIOD_EDGE,
        }
        for opens, closes, _ in seen
    ]
    sheet.boxes(boxes)
    free, words = -math.inf, []
    for box, (_, _, text) in zip(boxes, seen, strict=True):
        half = look.text_width(text, 10) / 2
        middle = min(max((box["x"] + box["x2"]) / 2, half), sheet.width - half)
        if middle - half > free:
            words.append({"x": middle, "y": words_at, "text": text, "fill": PERIOD_EDGE})
            free = middle + half + 6
    sheet.words(words, size=10, bold=True, align="center")


def polyline(points: Sequence[tuple[float, float]], *, closed: bool = False) -> str:
    """Return points as an SVG path in pixels from the corner of the sheet."""
    steps = "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}"


def spans_of(values: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the first and last of stretches of time, with a little room at both ends."""
    first, last = min(start for start, _ in values), max(end for _, end in values)
    room = max((last - first) // 50, 2 * MINUTES_PER_DAY)
    return first - room, last + room


def _upright(x: float, top: float, bottom: float, stroke: str) -> dict[str, float | str]:
    """Return an upright line."""
    return {"x": x, "x2": x, "y": top, "y2": bottom, "stroke": stroke}


def _round_step(least: float) -> float:
    """Return the smallest round step that is not below `least`."""
    if least <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * nice for nice in NICE if power * nice >= least * (1 - 1e-9))


def _fitting(steps: Sequence[int], pixels: float, room: float) -> int | None:
    """Return the smallest step whose marks stand far enough apart, if any does."""
    return next((step for step in steps if step * pixels >= room), None)


def _marks(moments: Iterator[dt.datetime], last: dt.datetime, written: str) -> Iterator[tuple[int, str]]:
    """Yield moments up to the last with their dates."""
    for moment in moments:
        if moment > last:
            return
        yield minutes_of(moment), moment.strftime(written)


def _each_days(first: dt.datetime, step: int) -> Iterator[dt.datetime]:
    """Yield the first midnight after a moment, and one every so many days."""
    at = dt.datetime.combine(first.date(), dt.time()) + dt.timedelta(days=1)
    while True:
        yield at
        at += dt.timedelta(days=step)


def _each_months(first: dt.datetime, step: int) -> Iterator[dt.datetime]:
    """Yield the beginnings of every so many months, on round months and years."""
    number = -(-(first.year * 12 + first.month - 1) // step) * step
    while True:
        at = dt.datetime(number // 12, number % 12 + 1, 1)  # noqa: DTZ001 - schedules state times without a zone
        if at >= first:
            yield at
        number += step
