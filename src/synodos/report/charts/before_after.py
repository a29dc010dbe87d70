"""When missions leave before and after a change: a row for each, two bars in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted, percent
from synodos.report.charts import look
from synodos.report.charts.axes import (
    AXIS,
    PERIOD,
    PERIOD_EDGE,
    Timescale,
    draw_day,
    draw_times,
    midnight,
    spans_of,
)
from synodos.report.charts.canvas import CIRCLE, SQUARE, Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke

if TYPE_CHECKING:
    import altair as alt

    from synodos.whatif import Chances, Consequences, MissionDates

MOST: Final = 16
"""Missions that a picture shows at most; the table holds all."""
ROW: Final = 58.0
BAR: Final = 13.0
NAMES: Final = 240.0
RIGHT: Final = 300.0
"""Room for the words at the end of a bar."""
SHADES: Final = {"before": look.PALE_BLUE, "after": look.BLUE}
SIGNS: Final = {"before": CIRCLE, "after": SQUARE}
TIPS: Final = {"mission": "mission", "before": "before", "after": "after"}


def before_after_chart(portfolio: Portfolio, found: Consequences, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return when missions leave before and after a change, from the planned to the unlucky date.

    Parameters
    ----------
    portfolio : Portfolio
        Header.
    found : Consequences
        What follows from the change, with its dates.
    width : float
        Width of the picture in pixels.
    """
    shown = found.dates[:MOST]
    sheet, top, bottom = keyed_sheet(width, _samples(shown), 12 + AXIS, ROW * max(len(shown), 1))
    if not shown:
        sheet.words([{"x": 6, "y": top + ROW / 2, "text": "The change moves no date.", "fill": look.MUTED}], size=12)
        return sheet.chart("Before and after", header_line(portfolio), describe(found))
    dates = _timescale(found.known_on, shown, sheet.width)
    _draw_ground(sheet, len(shown), top)
    _draw_next(sheet, shown, dates, top)
    draw_times(sheet, dates, top, bottom)
    draw_day(sheet, dates, midnight(found.known_on), f"known on {found.known_on}", top, bottom)
    _draw_bars(sheet, shown, dates, top)
    _draw_words(sheet, shown, dates, top)
    targets = [_target(one, top + ROW * place, sheet.width) for place, one in enumerate(shown)]
    sheet.boxes(targets, tips=TIPS, described=True)
    return sheet.chart("Before and after: when missions leave", header_line(portfolio), describe(found))


def describe(found: Consequences) -> str:
    """Return in words what the picture shows."""
    if not found.dates:
        return f"{found.change}: no date moves."
    told = "; ".join(f"{one.name}: {_said(one.before)} before, {_after(one)} after" for one in found.dates[:3])
    left = len(found.dates) - min(len(found.dates), MOST)
    more = f" {counted(left, 'more mission')} in the table." if left else ""
    return f"{found.change}. {told}.{more}"


def _said(chances: Chances | None) -> str:
    """Return a date with its chance."""
    if chances is None:
        return "no date"
    median = f"{chances.median:%Y-%m}" if chances.median else "no date"
    if chances.meant is not None:
        return f"half by {median}, in period {percent(chances.meant.share)}"
    return f"half by {median}" + (f", in time {percent(chances.in_time)}" if chances.in_time is not None else "")


def _after(one: MissionDates) -> str:
    """Return when a mission leaves after the change."""
    if one.can_leave:
        return _said(one.after)
    if one.if_replaced:
        return f"if somebody takes over: {_said(one.if_replaced)}"
    return "cannot leave before somebody takes over" if one.waits_after else "no date"


def _later(one: MissionDates) -> Chances | None:
    """Return the dates after the change: as they are, or as they would be if somebody took over."""
    return one.after if one.can_leave else one.if_replaced


def _samples(shown: Sequence[MissionDates]) -> list[Sample]:
    """Return what the marks mean."""
    made = []
    for when, words in (("before", "before the change"), ("after", "after it")):
        fill = SHADES[when]
        box = {"x": 0, "x2": 44, "y": -BAR / 2, "y2": BAR / 2, "fill": fill, "stroke": look.outline(fill)}
        sign = {"x": 26, "y": 0, "shape": SIGNS[when], "size": 60, "fill": look.PAPER, "stroke": look.INK}
        text = (
            f"{words}: as planned, half of the iterations ({'circle' if when == 'before' else 'square'}), four fifths"
        )
        made.append(Sample(text, 44, (stroke("boxes", box), stroke("points", sign))))
    if any(one.next_period for one in shown):
        box = {"x": 0, "x2": 24, "y": -7, "y2": 7, "fill": PERIOD, "stroke": PERIOD_EDGE}
        made.append(Sample("launch period after the planned one", 24, (stroke("boxes", box),)))
    return made


def _timescale(known_on: dt.date, shown: Sequence[MissionDates], width: float) -> Timescale:
    """Return the dates across the picture."""
    days = [known_on, *(day for one in shown for day in _days(one))]
    first, last = spans_of([(midnight(day), midnight(day)) for day in days])
    return Timescale(first, last, NAMES, width - RIGHT)


def _days(one: MissionDates) -> Iterator[dt.date]:
    """Yield the days that a row shows."""
    for chances in (one.before, _later(one)):
        if chances is not None:
            yield chances.deterministic
            yield from filter(None, (chances.median, chances.p80))
    yield from one.next_period or ()


def _draw_ground(sheet: Canvas, count: int, top: float) -> None:
    """Shade every second row."""
    tops = [top + ROW * number for number in range(0, count, 2)]
    row = {"x": 0, "x2": sheet.width, "fill": look.SHADE, "stroke": "none"}
    sheet.boxes([{**row, "y": y, "y2": y + ROW} for y in tops])


def _draw_next(sheet: Canvas, shown: Sequence[MissionDates], dates: Timescale, top: float) -> None:
    """Shade the launch period that follows the planned one, row by row."""
    boxes = [
        {
            "x": dates.at(midnight(one.next_period[0])),
            "x2": max(dates.at(midnight(one.next_period[1])), dates.at(midnight(one.next_period[0])) + 3),
            "y": top + ROW * place + 3,
            "y2": top + ROW * (place + 1) - 3,
            "fill": PERIOD,
            "stroke": PERIOD_EDGE,
        }
        for place, one in enumerate(shown)
        if one.next_period
    ]
    sheet.boxes(boxes)


def _lines(shown: Sequence[MissionDates], top: float) -> Iterator[tuple[str, MissionDates, Chances | None, float]]:
    """Yield both lines of each row: which it is, the mission, its chances, and its height."""
    for place, one in enumerate(shown):
        middle = top + ROW * (place + 0.5)
        yield "before", one, one.before, middle - 11
        yield "after", one, _later(one), middle + 11


def _draw_bars(sheet: Canvas, shown: Sequence[MissionDates], dates: Timescale, top: float) -> None:
    """Draw for each mission a bar before and one after, with the median on it."""
    boxes, signs = [], []
    for when, _, chances, y in _lines(shown, top):
        if chances is None:
            continue
        left = dates.at(midnight(chances.deterministic))
        right = dates.at(midnight(chances.p80)) if chances.p80 else dates.end
        fill = SHADES[when]
        box = {"x": min(left, right), "x2": max(right, left + 3), "y": y - BAR / 2, "y2": y + BAR / 2}
        boxes.append({**box, "fill": fill, "stroke": look.outline(fill)})
        if chances.median:
            x = dates.at(midnight(chances.median))
            signs.append({"x": x, "y": y, "shape": SIGNS[when], "size": 60, "fill": look.PAPER, "stroke": look.INK})
    sheet.boxes(boxes)
    sheet.points(signs)


def _draw_words(sheet: Canvas, shown: Sequence[MissionDates], dates: Timescale, top: float) -> None:
    """Write names at the left, and what a bar says at its end."""
    names = [
        {
            "x": 6,
            "y": top + ROW * (place + 0.5),
            "text": look.shortened(one.name, NAMES - 16, 12),
            "fill": look.INK,
        }
        for place, one in enumerate(shown)
    ]
    sheet.words(names, size=12, bold=True)
    words: list[dict[str, Any]] = []
    for when, one, chances, y in _lines(shown, top):
        if chances is None:
            if when == "after":
                words.append({"x": NAMES + 6, "y": y, "text": _after(one), "fill": look.INK})
            continue
        end = dates.at(midnight(chances.p80)) if chances.p80 else dates.end
        text = _said(chances) if when == "before" else _after(one)
        words.append({"x": end + 10, "y": y, "text": text, "fill": look.INK})
    sheet.words(words)


def _target(one: MissionDates, top: float, width: float) -> dict[str, Any]:
    """Return an unseen box over a row, with what it says."""
    where = {"x": 0, "x2": width, "y": top, "y2": top + ROW, "fill": "transparent", "stroke": "none"}
    said = {"mission": one.name, "before": _said(one.before), "after": _after(one)}
    return {**where, **said, "description": f"{one.name}: before {said['before']}; after {said['after']}."}
