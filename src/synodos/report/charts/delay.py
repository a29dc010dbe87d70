"""Who causes the delay: for each agency what would be gained had it performed to plan, and its fair share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted, days_text
from synodos.report.charts import look
from synodos.report.charts.axes import Scale, draw_numbers_below, round_ends
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke
from synodos.report.schedule.moments import start_text
from synodos.schedule import minutes_of

if TYPE_CHECKING:
    import altair as alt

    from synodos.schedule import AgencyDelay, DelayByAgency, Risk

MOST_AGENCIES: Final = 14
"""Agencies that a picture shows at most; the table holds all."""
ROW: Final = 46.0
BAR: Final = 13.0
NAMES: Final = 210.0
VALUES: Final = 110.0
CAUSES: Final = look.BLUE
SHARE: Final = look.PALE_BLUE
OTHER: Final = "#e3e7eb"
TIPS: Final = {"name": "agency", "causes": "causes", "share": "fair share", "alone": "alone", "protects": "its float"}


def delay_chart(portfolio: Portfolio, risk: Risk, delay: DelayByAgency, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return the delay that each agency causes, its fair share, and what only comes of several together.

    Parameters
    ----------
    portfolio : Portfolio
        Header.
    risk : Risk
        The study.
    delay : DelayByAgency
        Its delay by agency.
    width : float
        Width of the picture in pixels.
    """
    shown = delay.agencies[:MOST_AGENCIES]
    rest = list(_rest(delay))
    sheet, top, bottom = keyed_sheet(width, _samples(), 12, ROW * len(shown) + ROW * 0.6 * len(rest))
    values = [value for one in shown for value in (one.causes_days, one.share_days)] + [days for _, days in rest]
    low, high = round_ends(values, zero=True)
    scale = Scale(low, high, NAMES + (VALUES if low < 0 else 0), sheet.width - VALUES)
    _draw_ground(sheet, len(shown), top)
    draw_numbers_below(sheet, scale, top, bottom, " d")
    _draw_agencies(sheet, shown, scale, top)
    _draw_rest(sheet, rest, scale, top + ROW * len(shown))
    sheet.lines([{"x": scale.at(0), "x2": scale.at(0), "y": top, "y2": bottom, "stroke": look.INK}])
    sheet.boxes([_target(one, top + ROW * n, sheet.width) for n, one in enumerate(shown)], tips=TIPS, described=True)
    title = f"Who causes the delay: {risk.finish.name}" + (" (defaults only)" if risk.defaults_only else "")
    return sheet.chart(title, header_line(portfolio), describe(delay, len(delay.agencies) - len(shown)))


def describe(delay: DelayByAgency, left_out: int = 0) -> str:
    """Return in words what the picture shows."""
    told = "; ".join(
        f"{one.name} causes {days_text(one.causes_days)}, fair share {days_text(one.share_days)}"
        for one in delay.agencies[:3]
    )
    more = f" {counted(left_out, 'agency', 'agencies')} with less left out." if left_out else ""
    return (
        f"Expected finish {start_text(minutes_of(delay.expected))}, {days_text(delay.delay_days)} after the plan "
        f"({start_text(minutes_of(delay.planned_to))}). {told or 'No agency causes a delay'}; nobody answers for "
        f"{days_text(delay.nobody_days)}; interaction {days_text(delay.interaction_days, signed=True)}.{more}"
    )


def _rest(delay: DelayByAgency) -> Iterator[tuple[str, float]]:
    """Yield the parts of the delay that are no agency's, and the whole."""
    yield "nobody answers for", delay.nobody_days
    yield "several at once (interaction)", delay.interaction_days
    yield "whole expected delay", delay.delay_days


def _samples() -> list[Sample]:
    """Return what the bars mean."""
    made = []
    for fill, words in (
        (CAUSES, "causes: expected finish now, less that had it performed to plan"),
        (SHARE, "fair share (Shapley value); the shares and what nobody answers for add up to the whole"),
        (OTHER, "not of one agency"),
    ):
        box = {"x": 0, "x2": 30, "y": -BAR / 2, "y2": BAR / 2, "fill": fill, "stroke": look.outline(fill)}
        made.append(Sample(words, 30, (stroke("boxes", box),)))
    return made


def _draw_ground(sheet: Canvas, count: int, top: float) -> None:
    """Shade every second agency's row."""
    tops = [top + ROW * number for number in range(0, count, 2)]
    row = {"x": 0, "x2": sheet.width, "fill": look.SHADE, "stroke": "none"}
    sheet.boxes([{**row, "y": y, "y2": y + ROW} for y in tops])


def _draw_agencies(sheet: Canvas, shown: Sequence[AgencyDelay], scale: Scale, top: float) -> None:
    """Draw two bars for each agency."""
    rows = [(one, top + ROW * (number + 0.5)) for number, one in enumerate(shown)]
    names = [{"x": 6, "y": y, "text": look.shortened(one.name, NAMES - 16, 12), "fill": look.INK} for one, y in rows]
    sheet.words(names, size=12, bold=True)
    bars = [(one.causes_days, y - BAR / 2 - 1, CAUSES) for one, y in rows]
    bars += [(one.share_days, y + BAR / 2 + 1, SHARE) for one, y in rows]
    _draw_bars(sheet, bars, scale)


def _draw_rest(sheet: Canvas, rest: Sequence[tuple[str, float]], scale: Scale, top: float) -> None:
    """Draw the parts of the delay that are no agency's."""
    rows = [(text, days, top + ROW * 0.6 * (number + 0.5)) for number, (text, days) in enumerate(rest)]
    sheet.words([{"x": 6, "y": y, "text": text, "fill": look.MUTED} for text, _, y in rows], size=12)
    _draw_bars(sheet, [(days, y, OTHER) for _, days, y in rows], scale)


def _draw_bars(sheet: Canvas, bars: Sequence[tuple[float, float, str]], scale: Scale) -> None:
    """Draw bars of days around a height, each with its number."""
    boxes = []
    for days, y, fill in bars:
        left, right = sorted((scale.at(0), scale.at(days)))
        box = {"x": left, "x2": right, "y": y - BAR / 2, "y2": y + BAR / 2}
        boxes.append({**box, "fill": fill, "stroke": look.outline(fill)})
    sheet.boxes(boxes)
    for later in (True, False):
        words = [
            {
                "x": scale.at(days) + (6 if later else -6),
                "y": y,
                "text": days_text(days, signed=True),
                "fill": look.INK,
            }
            for days, y, _ in bars
            if (days >= 0) is later
        ]
        sheet.words(words, align="left" if later else "right")


def _target(one: AgencyDelay, top: float, width: float) -> dict[str, Any]:
    """Return an unseen box over an agency, with what it says."""
    room = "none that leads there" if one.float_days is None else days_text(one.float_days)
    said = {
        "name": one.name,
        "causes": days_text(one.causes_days, signed=True),
        "share": days_text(one.share_days, signed=True),
        "alone": days_text(one.alone_days, signed=True),
        "protects": f"{room}; protects {days_text(one.protects_days)}",
    }
    words = f"{one.name} causes {said['causes']}; fair share {said['share']}; float: {said['protects']}."
    where = {"x": 0, "x2": width, "y": top, "y2": top + ROW, "fill": "transparent", "stroke": "none"}
    return {**where, **said, "description": words}
