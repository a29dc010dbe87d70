"""When everything happens: bars down a list of activities, with the longest path in the colours of who holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted
from synodos.report.charts import look
from synodos.report.charts.axes import (
    AXIS,
    PERIOD,
    PERIOD_EDGE,
    Timescale,
    draw_day,
    draw_periods,
    draw_times,
    midnight,
    spans_of,
)
from synodos.report.charts.canvas import DIAMOND, TRIANGLE, Canvas
from synodos.report.charts.legend import Sample, agency_key, legend, stroke
from synodos.report.charts.roadmap_key import OTHERS
from synodos.report.schedule.moments import finish_of, finish_text, start_text

if TYPE_CHECKING:
    import altair as alt

    from synodos.schedule import CriticalPath, Edge, Holding, Node, Period

MOST_ROWS: Final = 60
"""Activities that a picture shows at most; those with least float stay."""
ROW: Final = 19.0
BAR: Final = 11.0
FLOAT: Final = 3.0
NAMES: Final = 330.0
"""Width of the column of names."""
HOLDERS: Final = 92.0
"""Width of the column of agencies."""
MISSED: Final = "#a63a1e"
FLOAT_INK: Final = look.NEUTRAL
TIPS: Final = {
    "name": "activity",
    "agency": "agency",
    "dates": "early dates",
    "late": "late dates",
    "float": "total float",
    "path": "on the longest path",
    "doubt": "doubt",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: an activity and where it stands."""

    place: int
    node: Node
    start: int
    finish: int
    late_finish: int
    float_days: float
    drives: bool
    doubtful: bool
    y: float

    @property
    def finish_day(self) -> str:
        """Day of its early finish."""
        return finish_text(self.node.type, self.start, self.finish)

    @property
    def is_event(self) -> bool:
        """Whether it takes no time."""
        return self.start == self.finish


def gantt_chart(
    portfolio: Portfolio, path: CriticalPath, holding: Holding, *, most: int = MOST_ROWS, width: float = 1376
) -> alt.TopLevelMixin:
    """Return the activities of a network as bars, with the longest path and what drives it.

    Parameters
    ----------
    portfolio : Portfolio
        Names, colours and header.
    path : CriticalPath
        What is drawn.
    holding : Holding
        Its longest path, with what made a launch ready that then waits for its period.
    most : int
        Rows at most; activities with more float than those are left out, and counted.
    width : float
        Width of the picture in pixels.
    """
    sheet = Canvas(width)
    colours = look.agency_colours(portfolio)
    drives = driving(path, holding)
    places = _shown(path, drives, most)
    key_height = _draw_key(sheet, portfolio, [path.network.nodes[p] for p in places], colours, path)
    top = key_height + AXIS
    bars = _bars(portfolio, path, drives, top, places)
    bottom = top + ROW * max(len(bars), 1)
    sheet.height = bottom + 18
    scale = _scale(sheet, path, bars)
    _draw_ground(sheet, portfolio, path, bars, scale, (top, bottom))
    _draw_floats(sheet, bars, scale)
    _draw_bars(sheet, bars, scale, colours)
    _draw_links(sheet, path, bars, scale)
    sheet.boxes([_target(portfolio, bar, sheet.width) for bar in bars], tips=TIPS, described=True)
    title = "" if path.target is None else f": {path.network.nodes[path.target].name}"
    return sheet.chart(
        f"When everything happens{title}", header_line(portfolio), describe(portfolio, path, holding, len(bars))
    )


def driving(path: CriticalPath, holding: Holding) -> frozenset[int]:
    """Return the nodes of the longest path: all that drive the finish, and what made a waiting launch ready."""
    chain = {path.network.place[key] for key in holding.chain}
    return frozenset(chain | {place for place, on_it in enumerate(path.on_longest_path) if on_it})


def describe(portfolio: Portfolio, path: CriticalPath, holding: Holding, rows: int) -> str:
    """Return in words what the picture shows."""
    nodes = path.network.nodes
    if not nodes:
        return "The network holds no activities."
    left = len(nodes) - rows
    cut = f" Left out: {counted(left, 'activity', 'activities')} with more float." if left else ""
    held = [portfolio.agency_name(agency) for agency in holding.by_agency] or ["nobody"]
    through = counted(len(driving(path, holding)), "activity", "activities")
    return (
        f"{counted(rows, 'activity', 'activities')} from {start_text(min(path.early_start))} on; the finish, "
        f"{finish_of(path)}, is driven through {through}, "
        f"held by {', '.join(held)}.{cut}"
    )


def _shown(path: CriticalPath, drives: frozenset[int], most: int) -> list[int]:
    """Return the nodes to draw, in order of time: all, or those on the longest path and with least float."""
    places = range(len(path.network.nodes))
    urgent = sorted(places, key=lambda p: (p not in drives, path.total_float_days(p), path.early_start[p]))
    return sorted(urgent[:most], key=lambda p: (path.early_start[p], path.early_finish[p], path.network.nodes[p].id))


def _bars(
    portfolio: Portfolio, path: CriticalPath, drives: frozenset[int], top: float, places: Sequence[int]
) -> list[Bar]:
    """Return the rows of the picture."""
    doubtful = {f"{record.kind}:{record.id}" for record in portfolio.unverified}
    return [
        Bar(
            place=place,
            node=(node := path.network.nodes[place]),
            start=int(path.early_start[place]),
            finish=int(path.early_finish[place]),
            late_finish=int(path.late_finish[place]),
            float_days=path.total_float_days(place),
            drives=place in drives,
            doubtful=bool(doubtful.intersection(node.records)),
            y=top + ROW * (number + 0.5),
        )
        for number, place in enumerate(places)
    ]


def _scale(sheet: Canvas, path: CriticalPath, bars: Sequence[Bar]) -> Timescale:
    """Return the dates across the picture: those of the bars, the period that is met, and the status date."""
    spans = [(bar.start, bar.finish) for bar in bars] or [(path.finish, path.finish)]
    for bar in bars:
        spans += [(p.opens, p.closes) for p in _met(bar)[:-1]]
    spans += [(rules.status, rules.status) for rules in path.network.schedules if rules.status is not None]
    first, last = spans_of(spans)
    return Timescale(first, last, NAMES + HOLDERS, sheet.width - 74)


def _draw_key(
    sheet: Canvas, portfolio: Portfolio, nodes: Sequence[Node], colours: Mapping[str, str], path: CriticalPath
) -> float:
    """Draw what colours and marks mean; return where the key ends."""
    held = {node.agency for node in nodes}
    named = {key: (portfolio.agency_name(key), colour) for key, colour in colours.items() if key in held}
    if held - named.keys():
        named[OTHERS] = ("others, named beside", look.NEUTRAL)
    bottom = agency_key(sheet, named, 0, "Agency") if named else 0.0
    return legend(sheet, "Marks", list(_samples(nodes, path)), bottom)


def _samples(nodes: Sequence[Node], path: CriticalPath) -> Iterator[Sample]:
    """Yield what the marks mean, as far as they occur."""
    ink = look.outline(look.NEUTRAL)
    box = {"x": 0, "x2": 34, "y": -BAR / 2, "y2": BAR / 2}
    yield Sample(
        "on the longest path (bold)", 34, (stroke("boxes", {**box, "fill": look.NEUTRAL, "stroke": look.INK}),)
    )
    yield Sample("not on it", 34, (stroke("boxes", {**box, "fill": look.tint(look.NEUTRAL), "stroke": ink}),))
    slack = {"x": 0, "x2": 34, "y": -FLOAT / 2, "y2": FLOAT / 2, "fill": FLOAT_INK, "stroke": "none"}
    yield Sample("total float", 34, (stroke("boxes", slack),))
    if min(path.total_float, default=0) < 0:
        late = {**slack, "fill": MISSED}
        yield Sample("too late by so much", 34, (stroke("boxes", late),))
    mark = {"x": 7, "y": 0, "shape": DIAMOND, "size": 90, "fill": look.NEUTRAL, "stroke": look.INK}
    yield Sample("event or launch", 14, (stroke("points", mark),))
    yield Sample("hollow: unverified", 34, (stroke("boxes", {**box, "fill": look.PAPER, "stroke": ink}, dashed=True),))
    if any(node.periods for node in nodes):
        shade = {**box, "fill": PERIOD, "stroke": PERIOD_EDGE}
        yield Sample("launch period", 34, (stroke("boxes", shade),))
    if any(node.actual_start is not None for node in nodes):
        done = {**slack, "fill": look.INK}
        yield Sample("done", 34, (stroke("boxes", done),))
    if any(node.deadline is not None for node in nodes):
        point = {"x": 6, "y": 0, "shape": TRIANGLE, "size": 50, "angle": 180, "fill": MISSED, "stroke": MISSED}
        yield Sample("deadline", 12, (stroke("points", point),))
    if any(node.coarse for node in nodes):
        yield Sample("≈  one bar for a plan that states no activities", 0, ())


def _draw_ground(
    sheet: Canvas,
    portfolio: Portfolio,
    path: CriticalPath,
    bars: Sequence[Bar],
    scale: Timescale,
    ends: tuple[float, float],
) -> None:
    """Draw rows, dates, launch periods, status date, and the names at the left."""
    top, bottom = ends
    stripes = [
        {"x": 0, "x2": sheet.width, "y": b.y - ROW / 2, "y2": b.y + ROW / 2, "fill": look.SHADE, "stroke": "none"}
        for b in bars[::2]
    ]
    sheet.boxes(stripes)
    draw_times(sheet, scale, top, bottom)
    _draw_all_periods(sheet, bars, scale, ends)
    for text, at in _days(portfolio, path):
        draw_day(sheet, scale, at, text, top, bottom)
    for drives in (True, False):
        rows = [bar for bar in bars if bar.drives is drives]
        sheet.words(
            [{"x": 6, "y": bar.y, "text": _name(bar.node, drives=drives), "fill": look.INK} for bar in rows],
            bold=drives,
        )
    holders = [
        {
            "x": NAMES,
            "y": bar.y,
            "text": look.shortened(portfolio.agency_name(bar.node.agency), HOLDERS - 10),
            "fill": look.MUTED,
        }
        for bar in bars
    ]
    sheet.words(holders)
    if not bars:
        sheet.words([{"x": 6, "y": top + ROW / 2, "text": "No activities.", "fill": look.MUTED}])


def _name(node: Node, *, drives: bool) -> str:
    """Return the name of an activity, marked where it is coarse, as far as there is room."""
    return look.shortened(f"≈ {node.name}" if node.coarse else node.name, NAMES - 16, bold=drives)


def _days(portfolio: Portfolio, path: CriticalPath) -> Iterator[tuple[str, int]]:
    """Yield the days that get a line: the one status date, or the day of knowledge."""
    stated = {rules.status for rules in path.network.schedules if rules.status is not None}
    if len(stated) == 1:
        (status,) = stated
        yield f"status {start_text(status)}", status
    else:
        yield f"known on {portfolio.known_on}", midnight(portfolio.known_on)


def _draw_all_periods(sheet: Canvas, bars: Sequence[Bar], scale: Timescale, ends: tuple[float, float]) -> None:
    """Shade launch periods: through all rows where one launch has them, else each launch in its own row."""
    leaving = [bar for bar in bars if bar.node.periods]
    for bar in leaving:
        periods = [(p.opens, p.closes, start_text(p.opens) if len(leaving) == 1 else "") for p in _met(bar)]
        top, bottom = ends if len(leaving) == 1 else (bar.y - ROW / 2 + 1, bar.y + ROW / 2 - 1)
        draw_periods(sheet, scale, periods, top, bottom, bottom + 9)


def _met(bar: Bar) -> list[Period]:
    """Return the launch periods of a launch that matter: the one it meets, the next, and the intended one."""
    periods, intended = bar.node.periods, bar.node.intended
    ahead = [period for period in periods if period.closes > bar.finish][:2]
    meant = [] if intended is None or periods[intended] in ahead else [periods[intended]]
    return sorted((*meant, *ahead), key=lambda period: period.opens)


def _draw_floats(sheet: Canvas, bars: Sequence[Bar], scale: Timescale) -> None:
    """Draw float as a thin bar behind the activity, in another colour where it is negative."""
    rows = [
        {
            "x": min(scale.at(bar.finish), scale.at(bar.late_finish)),
            "x2": max(scale.at(bar.finish), scale.at(bar.late_finish)),
            "y": bar.y + BAR / 2 - FLOAT,
            "y2": bar.y + BAR / 2,
            "fill": FLOAT_INK if bar.float_days > 0 else MISSED,
            "stroke": "none",
        }
        for bar in bars
        if bar.late_finish != bar.finish
    ]
    sheet.boxes(rows)


def _draw_bars(sheet: Canvas, bars: Sequence[Bar], scale: Timescale, colours: Mapping[str, str]) -> None:
    """Draw activities, what of them is done, events with their dates, and deadlines."""
    for doubtful in (False, True):
        work = [bar for bar in bars if not bar.is_event and bar.doubtful is doubtful]
        sheet.boxes([_box(bar, scale, colours) for bar in work], dashed=doubtful)
    done = [
        {
            "x": scale.at(bar.start),
            "x2": scale.at(until),
            "y": bar.y - 1,
            "y2": bar.y + 1,
            "fill": look.INK,
            "stroke": "none",
        }
        for bar in bars
        if not bar.is_event and (until := _done_until(bar)) is not None
    ]
    sheet.boxes(done)
    events = [bar for bar in bars if bar.is_event]
    sheet.points(
        [{**_style(b, colours), "x": scale.at(b.finish), "y": b.y, "shape": DIAMOND, "size": 110} for b in events]
    )
    ends = [bar for bar in bars if bar.is_event or bar.drives]
    dates = [{"x": scale.at(b.finish) + 9, "y": b.y - 1, "text": b.finish_day, "fill": look.INK} for b in ends]
    sheet.boxes([_backing(date) for date in dates], corner=2)
    sheet.words(dates, size=10)
    deadlines = [
        {
            "x": scale.at(bar.node.deadline),
            "y": bar.y - ROW / 2 + 4,
            "shape": TRIANGLE,
            "size": 50,
            "angle": 180,
            "fill": MISSED,
            "stroke": MISSED,
        }
        for bar in bars
        if bar.node.deadline is not None and scale.holds(bar.node.deadline)
    ]
    sheet.points(deadlines, edge=0)


def _backing(date: dict[str, Any]) -> dict[str, Any]:
    """Return a box that keeps what stands behind from a date."""
    width = look.text_width(date["text"], 10)
    where = {"x": date["x"] - 1, "x2": date["x"] + width, "y": date["y"] - 6, "y2": date["y"] + 6}
    return {**where, "fill": look.PAPER, "stroke": "none", "opacity": 0.85, "lead_id": ""}


def _done_until(bar: Bar) -> int | None:
    """Return up to when an activity is done: its reported end, or its share of work that is not left."""
    node = bar.node
    if node.actual_start is None:
        return None
    if node.actual_finish is not None:
        return node.actual_finish
    share = 1 - min(node.remaining / node.duration, 1.0) if node.duration else 0.0
    return int(bar.start + share * (bar.finish - bar.start))


def _style(bar: Bar, colours: Mapping[str, str]) -> dict[str, Any]:
    """Return fill, edge and strength of a bar or mark."""
    colour = colours.get(bar.node.agency, look.NEUTRAL)
    fill = look.PAPER if bar.doubtful else colour if bar.drives else look.tint(colour)
    return {
        "fill": fill,
        "stroke": look.INK if bar.drives else look.outline(colour),
        "lead_id": bar.node.agency if bar.node.agency in colours else OTHERS,
        "opacity": 1.0,
    }


def _box(bar: Bar, scale: Timescale, colours: Mapping[str, str]) -> dict[str, Any]:
    """Return the box of an activity, never thinner than can be seen."""
    left, right = scale.at(bar.start), scale.at(bar.finish)
    where = {"x": left, "x2": max(right, left + 2), "y": bar.y - BAR / 2, "y2": bar.y + BAR / 2}
    return {**where, **_style(bar, colours)}


def _draw_links(sheet: Canvas, path: CriticalPath, bars: Sequence[Bar], scale: Timescale) -> None:
    """Draw the links that drive the longest path, from one bar to the next."""
    rows = {bar.place: bar for bar in bars if bar.drives}
    links = [
        (rows[edge.predecessor], rows[edge.successor], edge)
        for place in rows
        for edge in _edges(path, place)
        if edge.predecessor in rows
    ]
    courses = [_course(before, after, edge, scale) for before, after, edge in links]
    sheet.paths([{"x": 0, "y": 0, "shape": shape, "stroke": look.INK} for shape, _ in courses], thick=1.2)
    sheet.points([head for _, head in courses], edge=0)


def _edges(path: CriticalPath, place: int) -> list[Edge]:
    """Return the links that drive a node; of a launch that waits for its period all that lead to it."""
    links = path.driving[place] or (path.network.into[place] if path.network.nodes[place].periods else ())
    return [path.network.edges[link] for link in links]


def _course(before: Bar, after: Bar, edge: Edge, scale: Timescale) -> tuple[str, dict[str, Any]]:
    """Return the way of a link from one bar to another, down and then across, and its head."""
    x1 = scale.at(before.start if edge.type.startswith("start") else before.finish)
    x2 = scale.at(after.start if edge.type.endswith("start") else after.finish)
    down = 1 if after.y > before.y else -1
    head = {"shape": TRIANGLE, "size": 28, "fill": look.INK, "stroke": look.INK}
    if abs(x2 - x1) < 7:
        y = after.y - down * (BAR / 2 + 2)
        return f"M{x1:.1f},{before.y + down * BAR / 2:.1f}V{y:.1f}", head | {"x": x1, "y": y, "angle": 90 + 90 * down}
    x = x2 - 4 if x2 > x1 else x2 + 4
    return (
        f"M{x1:.1f},{before.y + down * BAR / 2:.1f}V{after.y:.1f}H{x:.1f}",
        head | {"x": x, "y": after.y, "angle": 90 if x2 > x1 else -90},
    )


def _target(portfolio: Portfolio, bar: Bar, width: float) -> dict[str, Any]:
    """Return an unseen box over a row, with what it says to the pointer and to readers of the screen."""
    who = portfolio.agency_name(bar.node.agency)
    dates = f"{start_text(bar.start)} to {bar.finish_day}"
    doubt = [*(["rests on unverified facts"] if bar.doubtful else []), *bar.node.assumed]
    drives = "yes" if bar.drives else "no"
    return {
        "x": 0,
        "x2": width,
        "y": bar.y - ROW / 2,
        "y2": bar.y + ROW / 2,
        "fill": "transparent",
        "stroke": "none",
        "name": bar.node.name,
        "agency": who,
        "dates": dates,
        "late": f"finish by {finish_text(bar.node.type, bar.start, bar.late_finish)}",
        "float": f"{bar.float_days:.0f} days",
        "path": drives,
        "doubt": "; ".join(doubt) or "none stated",
        "description": f"{bar.node.name}, {who}: {dates}, total float {bar.float_days:.0f} days, "
        f"on the longest path: {drives}.",
    }
