"""What moves a date: risks, commitments and defaults by what each adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted, days_text, percent
from synodos.report.charts import look
from synodos.report.charts.axes import Scale, draw_numbers_below, round_ends
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke

if TYPE_CHECKING:
    import altair as alt

    from synodos.schedule import Driver, Risk

MOST_DRIVERS: Final = 20
"""Bars that a picture shows at most; the table holds all."""
ROW: Final = 24.0
BAR: Final = 14.0
NAMES: Final = 400.0
VALUES: Final = 96.0
"""Room for the number at the end of a bar."""
KINDS: Final = {
    "risk": ("R", "risk", look.BLUE),
    "commitment": ("C", "commitment that may not be kept", look.MID_BLUE),
    "default": ("D", "default that stands for what is not stated", "#d5dde6"),
}
"""For each kind of driver its letter, its words and its shade; greyscale keeps the shades apart."""
TIPS: Final = {"name": "what", "kind": "kind", "agency": "of", "chance": "chance", "days": "adds", "in_time": "in time"}


def tornado_chart(portfolio: Portfolio, risk: Risk, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return what each risk, commitment and default adds to the expected finish, the largest first.

    Parameters
    ----------
    portfolio : Portfolio
        Names and header.
    risk : Risk
        The study.
    width : float
        Width of the picture in pixels.
    """
    shown = risk.drivers[:MOST_DRIVERS]
    sheet, top, bottom = keyed_sheet(width, _samples(shown) if shown else (), 12, ROW * max(len(shown), 1))
    low, high = round_ends([one.days for one in shown], zero=True)
    scale = Scale(low, high, NAMES + (VALUES if low < 0 else 0), sheet.width - VALUES)
    if shown:
        draw_numbers_below(sheet, scale, top, bottom, " d")
        _draw_bars(sheet, portfolio, shown, scale, top)
    else:
        words = {
            "x": 6,
            "y": top + ROW / 2,
            "text": "No risk, commitment or default moves the date.",
            "fill": look.MUTED,
        }
        sheet.words([words], size=12)
    title = f"What moves the date: {risk.finish.name}" + (" (defaults only)" if risk.defaults_only else "")
    return sheet.chart(title, header_line(portfolio), describe(risk, shown))


def describe(risk: Risk, shown: Sequence[Driver]) -> str:
    """Return in words what the picture shows."""
    if not shown:
        return f"No risk, commitment or default moves the expected finish of {risk.finish.name}."
    told = "; ".join(f"{one.name}: {days_text(one.days, signed=True)}" for one in shown[:3])
    rest = len(risk.drivers) - len(shown)
    more = f" {counted(rest, 'smaller one')} left out." if rest else ""
    return f"What adds most to the expected finish of {risk.finish.name}, of {len(risk.drivers)}: {told}.{more}"


def _samples(shown: Sequence[Driver]) -> list[Sample]:
    """Return what shades, letters and edges mean, as far as they occur."""
    found = []
    for kind, (letter, words, fill) in KINDS.items():
        if any(one.kind == kind for one in shown):
            box = {"x": 14, "x2": 44, "y": -BAR / 2, "y2": BAR / 2, "fill": fill, "stroke": look.outline(fill)}
            sign = {"x": 0, "y": 0, "text": letter, "fill": look.INK}
            found.append(Sample(words, 44, (stroke("boxes", box), stroke("words", sign, bold=True))))
    if any(one.assumed and one.kind != "default" for one in shown):
        box = {"x": 0, "x2": 30, "y": -BAR / 2, "y2": BAR / 2, "fill": look.PAPER, "stroke": look.INK}
        found.append(Sample("hollow: its chance or size is a default", 30, (stroke("boxes", box, dashed=True),)))
    return found


def _draw_bars(sheet: Canvas, portfolio: Portfolio, shown: Sequence[Driver], scale: Scale, top: float) -> None:
    """Draw names, letters, bars and numbers."""
    rows = [(one, top + ROW * (number + 0.5)) for number, one in enumerate(shown)]
    room = NAMES - 44
    sheet.words(
        [{"x": 26, "y": y, "text": look.shortened(_named(portfolio, one), room), "fill": look.INK} for one, y in rows]
    )
    sheet.words([{"x": 6, "y": y, "text": KINDS[one.kind][0], "fill": look.INK} for one, y in rows], bold=True)
    for hollow in (True, False):
        boxes = [_box(one, y, scale) for one, y in rows if _is_hollow(one) is hollow]
        sheet.boxes(boxes, dashed=hollow)
    sheet.lines([{"x": scale.at(0), "x2": scale.at(0), "y": top, "y2": rows[-1][1] + ROW / 2, "stroke": look.INK}])
    for later in (True, False):
        numbers = [
            {
                "x": scale.at(one.days) + (6 if later else -6),
                "y": y,
                "text": days_text(one.days, signed=True),
                "fill": look.INK,
            }
            for one, y in rows
            if (one.days >= 0) is later
        ]
        sheet.words(numbers, align="left" if later else "right")
    sheet.boxes([_target(portfolio, one, y, sheet.width) for one, y in rows], tips=TIPS, described=True)


def _named(portfolio: Portfolio, one: Driver) -> str:
    """Return a driver with who answers for it and its chance."""
    who = [portfolio.agency_name(one.agency)] if one.agency else []
    chance = [percent(one.probability)] if one.probability is not None and one.probability < 1 else []
    return " · ".join([one.name, *who, *chance])


def _is_hollow(one: Driver) -> bool:
    """Return whether the bar of a driver rests on a default without being one."""
    return one.assumed and one.kind != "default"


def _box(one: Driver, y: float, scale: Scale) -> dict[str, Any]:
    """Return the bar of a driver."""
    fill = KINDS[one.kind][2]
    ends = sorted((scale.at(0), scale.at(one.days)))
    return {
        "x": ends[0],
        "x2": ends[1],
        "y": y - BAR / 2,
        "y2": y + BAR / 2,
        "fill": look.PAPER if _is_hollow(one) else fill,
        "stroke": look.outline(fill),
    }


def _target(portfolio: Portfolio, one: Driver, y: float, width: float) -> dict[str, Any]:
    """Return an unseen box over a row, with what it says."""
    agency = portfolio.agency_name(one.agency) if one.agency else "nobody"
    adds = days_text(one.days, signed=True)
    shares = (one.in_time_with, one.in_time_without)
    in_time = "no planned date" if None in shares else " with it, ".join(percent(s or 0.0) for s in shares) + " without"
    return {
        "x": 0,
        "x2": width,
        "y": y - ROW / 2,
        "y2": y + ROW / 2,
        "fill": "transparent",
        "stroke": "none",
        "name": one.name,
        "kind": KINDS[one.kind][1],
        "agency": agency,
        "chance": "always" if one.probability is None else percent(one.probability),
        "days": adds,
        "in_time": in_time,
        "description": f"{one.name} ({one.kind}) adds {adds} to the expected finish; in time: {in_time}.",
    }
