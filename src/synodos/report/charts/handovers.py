"""Who holds the longest path, and when it passes from one agency to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted, days_text, percent
from synodos.report.charts import look
from synodos.report.charts.axes import AXIS, Timescale, draw_day, draw_times, midnight, spans_of
from synodos.report.charts.canvas import CIRCLE, Canvas
from synodos.report.charts.legend import Sample, legend, stroke
from synodos.report.schedule.moments import finish_text, start_text
from synodos.schedule import MINUTES_PER_DAY, Stretch

if TYPE_CHECKING:
    import altair as alt

    from synodos.schedule import CriticalPath, Handover, Holding

LANE: Final = 34.0
SUB: Final = 23.0
"""Height of a further row in a lane."""
BAR: Final = 20.0
MOST: Final = 6
"""Further rows that a lane shows at most."""
NAMES: Final = 190.0
DOT: Final = 16.0
"""Least distance of the numbers of two handovers."""
WAITS: Final = "waits"
WAIT_FILL: Final = "#ffffff"
Places = Sequence[tuple[Stretch, float]]
"""Stretches with their heights."""
Beside = Mapping[str, Sequence[tuple[int, Stretch]]]
"""For each agency its stretches on other chains, with their rows in its lane."""
TIPS: Final = {"name": "activity", "holder": "held by", "dates": "dates", "days": "length"}


def handovers_chart(
    portfolio: Portfolio, path: CriticalPath, holding: Holding, *, width: float = 1376
) -> alt.TopLevelMixin:
    """Return the longest path as a strip: a lane for each agency, numbered handovers between them, and waits.

    What lies on other chains that are as long stands below the chain in the lane of who does it.

    Parameters
    ----------
    portfolio : Portfolio
        Names, colours and header.
    path : CriticalPath
        The computed network.
    holding : Holding
        Who holds the path.
    width : float
        Width of the picture in pixels.
    """
    sheet = Canvas(width)
    colours = look.agency_colours(portfolio)
    beside = _beside(path, holding)
    lanes = _lanes(holding, beside)
    top = legend(sheet, "Marks", _samples(holding), 0) + AXIS
    rows, bottom = _rows(lanes, beside, top)
    sheet.height = bottom + 6
    begins, ends = spans_of([(one.starts, one.ends) for one in holding.stretches] or [(holding.finish, holding.finish)])
    scale = Timescale(begins, ends, NAMES, sheet.width - 20)
    _draw_lanes(sheet, portfolio, holding, rows, bottom)
    draw_times(sheet, scale, top, bottom)
    draw_day(sheet, scale, midnight(portfolio.known_on), f"known on {portfolio.known_on}", top, bottom)
    on_path = [(one, rows[_lane(one)]) for one in holding.stretches]
    others = [(one, rows[lane] + SUB * n) for lane, found in beside.items() for n, one in found]
    _draw_stretches(sheet, on_path, others, scale, colours)
    _draw_handovers(sheet, holding, rows, scale)
    targets = [_target(portfolio, one, y, scale) for one, y in (*on_path, *others)]
    sheet.boxes(targets, tips=TIPS, described=True)
    return sheet.chart("Who holds the longest path", header_line(portfolio), describe(portfolio, holding))


def describe(portfolio: Portfolio, holding: Holding) -> str:
    """Return in words what the picture shows."""
    ties = " Other chains are as long; the shares count each equally." if holding.equally_long else ""
    held = ", ".join(f"{holder_name(portfolio, s.cause, s.holder)} {percent(s.fraction)}" for s in holding.shares)
    return (
        f"The longest path takes {days_text(round(holding.days))}, to {_finish_day(holding)}: "
        f"{held or 'nobody holds it'}; {counted(len(holding.handovers), 'handover')} from one agency to another.{ties}"
    )


def _finish_day(holding: Holding) -> str:
    """Return the day of the finish: of an event, which takes up no time, its own; of work that of its last minute."""
    works = bool(holding.stretches) and holding.stretches[-1].activity == holding.chain[-1]
    return finish_text("task", holding.starts, holding.finish) if works else start_text(holding.finish)


def holder_name(portfolio: Portfolio, cause: str, holder: str) -> str:
    """Return the name of an agency, or what is waited for."""
    return portfolio.agency_name(holder) if cause == "work" else holder if cause in holder else f"{cause}: {holder}"


def _beside(path: CriticalPath, holding: Holding) -> Beside:
    """Return the work on other chains that are as long, by who does it, each with its row in the lane."""
    found: dict[str, list[Stretch]] = {}
    for key in holding.equally_long:
        place = path.network.place[key]
        node, finish = path.network.nodes[place], int(path.early_finish[place])
        start = max(int(path.early_start[place]), holding.starts)
        if finish > start:
            work = Stretch("work", node.agency, node.agreement, node.id, node.name, start, finish)
            found.setdefault(node.agency, []).append(work)
    taken = {_lane(one) for one in holding.stretches}
    return {
        agency: list(enumerate(sorted(work, key=lambda one: (one.starts, one.activity))[:MOST], int(agency in taken)))
        for agency, work in found.items()
    }


def _lanes(holding: Holding, beside: Beside) -> list[str]:
    """Return the lanes in the order in which the path passes through them, waits last."""
    passed = [agency for one in holding.handovers for agency in (one.giver, one.receiver)]
    first = [_lane(one) for one in holding.stretches if one.cause == "work"][:1]
    lanes = list(dict.fromkeys([*first, *passed, *beside, *(_lane(one) for one in holding.stretches)]))
    return sorted(lanes, key=lambda lane: lane == WAITS)


def _rows(lanes: Sequence[str], beside: Beside, top: float) -> tuple[dict[str, float], float]:
    """Return the middle of each lane's first row, and where the last lane ends."""
    rows, y = {}, top
    for lane in lanes:
        rows[lane] = y + LANE / 2
        y += LANE + SUB * max((number for number, _ in beside.get(lane, ())), default=0)
    return rows, y if lanes else top + LANE


def _lane(one: Stretch) -> str:
    """Return the lane of a stretch."""
    return one.holder if one.cause == "work" else WAITS


def _samples(holding: Holding) -> list[Sample]:
    """Return what the marks mean, as far as they occur."""
    box = {"x": 0, "x2": 34, "y": -BAR / 3, "y2": BAR / 3}
    work = {**box, "fill": look.tint(look.NEUTRAL), "stroke": look.outline(look.NEUTRAL)}
    chain = {**work, "stroke": look.INK}
    made = [Sample("work on the longest path", 34, (stroke("boxes", chain),))]
    if holding.equally_long:
        words = "work on another chain that is as long"
        made.append(Sample(words, 34, (stroke("boxes", {**work, "fill": look.PAPER}),)))
    if any(one.cause != "work" for one in holding.stretches):
        wait = {**box, "fill": WAIT_FILL, "stroke": look.MUTED}
        words = "wait that no agency holds: a lag, a date, a calendar, a launch period"
        made.append(Sample(words, 34, (stroke("boxes", wait, dashed=True),)))
    if holding.handovers:
        dot = {"x": 8, "y": 0, "shape": CIRCLE, "size": 190, "fill": look.INK, "stroke": look.INK, "opacity": 1}
        sign = {"x": 8, "y": 0, "text": "1", "fill": look.PAPER}
        strokes = (stroke("points", dot), stroke("words", sign, size=10, bold=True, align="center"))
        made.append(Sample("handover, numbered as in the table", 16, strokes))
    return made


def _draw_lanes(
    sheet: Canvas, portfolio: Portfolio, holding: Holding, rows: Mapping[str, float], bottom: float
) -> None:
    """Draw the ground, the names and the shares of the lanes."""
    tops = [*(y - LANE / 2 for y in rows.values()), bottom]
    row = {"x": 0, "x2": sheet.width, "fill": look.SHADE, "stroke": "none"}
    sheet.boxes([{**row, "y": y, "y2": y2} for y, y2 in list(pairwise(tops))[::2]])
    shares = holding.by_agency | {WAITS: sum(s.fraction for s in holding.shares if s.cause != "work")}
    names = [
        {
            "x": 6,
            "y": y,
            "text": look.shortened("waits" if lane == WAITS else portfolio.agency_name(lane), NAMES - 70, 12),
            "fill": look.INK,
        }
        for lane, y in rows.items()
    ]
    sheet.words(names, size=12, bold=True)
    sheet.words(
        [
            {"x": NAMES - 14, "y": y, "text": percent(shares.get(lane, 0.0)), "fill": look.INK}
            for lane, y in rows.items()
        ],
        size=12,
        align="right",
    )
    if not rows:
        sheet.words([{"x": 6, "y": sheet.height - LANE / 2, "text": "Nothing is left to be done.", "fill": look.MUTED}])


def _draw_stretches(
    sheet: Canvas, on_path: Places, others: Places, scale: Timescale, colours: Mapping[str, str]
) -> None:
    """Draw work and waits as boxes at their heights, with the names of what fits."""
    work = [_box(one, y, scale, colours, on_path=True) for one, y in on_path if one.cause == "work"]
    sheet.boxes([*work, *(_box(one, y, scale, colours, on_path=False) for one, y in others)])
    sheet.boxes([_box(one, y, scale, colours, on_path=True) for one, y in on_path if one.cause != "work"], dashed=True)
    words = []
    for one, y in (*on_path, *others):
        room = scale.at(one.ends) - scale.at(one.starts) - 10
        text = look.shortened(one.name if one.cause == "work" else one.cause, room, 10)
        if len(text) > 3:
            words.append({"x": scale.at(one.starts) + 5, "y": y, "text": text, "fill": look.INK})
    sheet.words(words, size=10)


def _box(one: Stretch, y: float, scale: Timescale, colours: Mapping[str, str], *, on_path: bool) -> dict[str, Any]:
    """Return the box of a stretch; what is on another chain is hollow."""
    colour = colours.get(one.holder, look.NEUTRAL)
    left, right = scale.at(one.starts), scale.at(one.ends)
    where = {"x": left, "x2": max(right, left + 2), "y": y - BAR / 2, "y2": y + BAR / 2}
    if one.cause != "work":
        return {**where, "fill": WAIT_FILL, "stroke": look.MUTED}
    if not on_path:
        return {**where, "fill": look.PAPER, "stroke": look.outline(colour)}
    return {**where, "fill": look.tint(colour), "stroke": look.INK}


def _draw_handovers(sheet: Canvas, holding: Holding, rows: Mapping[str, float], scale: Timescale) -> None:
    """Draw a line from lane to lane for each handover, with its number."""
    shown = [(n, one) for n, one in enumerate(holding.handovers, start=1) if {one.giver, one.receiver} <= rows.keys()]
    sheet.lines([_line(one, rows, scale) for _, one in shown], thick=1.6)
    dots: list[dict[str, Any]] = []
    for number, one in shown:
        line = _line(one, rows, scale)
        x, y = line["x"], (line["y"] + line["y2"]) / 2
        while any(abs(x - dot["x"]) < DOT and abs(y - dot["y"]) < DOT for dot in dots):
            x += DOT
        where = {"x": x, "y": y, "shape": CIRCLE, "size": 190, "opacity": 1}
        dots.append({**where, "text": str(number), "fill": look.INK, "stroke": look.PAPER})
    sheet.points(dots)
    sheet.words([{**dot, "fill": look.PAPER} for dot in dots], size=10, bold=True, align="center")


def _line(one: Handover, rows: Mapping[str, float], scale: Timescale) -> dict[str, Any]:
    """Return the line of a handover."""
    x = scale.at(one.at)
    return {"x": x, "x2": x, "y": rows[one.giver], "y2": rows[one.receiver], "stroke": look.INK}


def _target(portfolio: Portfolio, one: Stretch, y: float, scale: Timescale) -> dict[str, Any]:
    """Return an unseen box over a stretch, with what it says."""
    said = {
        "name": one.name,
        "holder": holder_name(portfolio, one.cause, one.holder),
        "dates": f"{start_text(one.starts)} to {finish_text('task', one.starts, one.ends)}",
        "days": days_text((one.ends - one.starts) / MINUTES_PER_DAY),
    }
    where = {"x": scale.at(one.starts), "x2": max(scale.at(one.ends), scale.at(one.starts) + 4)}
    unseen = {"y": y - BAR / 2, "y2": y + BAR / 2, "fill": "transparent", "stroke": "none"}
    words = f"{said['holder']}: {one.name}, {said['dates']}, {said['days']}."
    return {**where, **unseen, **said, "description": words}
