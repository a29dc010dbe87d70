"""Agreements below those they stand under, where each stands, and from when to when it lasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from synodos.language import DateRange, Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted, listed
from synodos.report.charts import look
from synodos.report.charts.axes import AXIS, Timescale, draw_day, draw_times, midnight
from synodos.report.charts.canvas import DIAMOND, Canvas
from synodos.report.charts.legend import Sample, legend, stroke
from synodos.schedule import MINUTES_PER_DAY

if TYPE_CHECKING:
    import altair as alt

    from synodos.law import Register, Registered

MOST_ROWS: Final = 100
"""Agreements that a picture shows at most; the table holds all."""
ROW: Final = 19.0
BAR: Final = 10.0
NAMES: Final = 420.0
TYPES: Final = 210.0
"""Width of the column of types."""
NAMES_SHARE: Final = 0.36
TYPES_SHARE: Final = 0.19
"""How much of a narrow sheet these columns take at most."""
STATES: Final = 26.0
INDENT: Final = 16.0
FADES: Final = 6
"""Steps in which a bar without a last day fades."""
FADE: Final = 60.0
"""Room in which it fades."""
LEAST: Final = 4.0
AHEAD: Final = 0.12
"""Least share of the field behind the day asked about."""
YEAR: Final = 366 * MINUTES_PER_DAY
STYLES: Final = {
    "in_force": ("F", "#1f5a52"),
    "suspended": ("U", "#a2671b"),
    "in_doubt": ("D", "#c9a227"),
    "signed": ("S", look.MID_BLUE),
    "planned": ("P", "#c6d3e1"),
    "expired": ("X", "#b9bfc6"),
    "ended": ("E", "#b9bfc6"),
    "never_concluded": ("N", "#e3e6ea"),
    "unknown": ("?", "#e3e6ea"),
}
"""Letter and shade of each state; every row has its letter."""
WORDS: Final = {
    "signed": "signed; not stated to be in force",
    "in_doubt": "in doubt on that day",
    "unknown": "no date stated",
}
NEVER: Final = ("planned", "never_concluded", "unknown")
"""States without a bar."""
OVER: Final = ("expired", "ended")
TIPS: Final = {
    "name": "agreement",
    "type": "instrument",
    "parties": "parties",
    "state": "state",
    "dates": "dates",
    "above": "stands under",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: an agreement, where it stands, and its bar."""

    row: Registered
    y: float
    begins: int | None
    ends: int | None


def agreements_chart(portfolio: Portfolio, found: Register, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return agreements as a tree with their states, and as bars from signature or entry into force to the last day.

    Parameters
    ----------
    portfolio : Portfolio
        Names and header.
    found : Register
        Agreements as they stand on a day.
    width : float
        Width of the picture in pixels.
    """
    sheet = Canvas(width)
    shown = found.rows[:MOST_ROWS]
    top = legend(sheet, "Marks", list(_samples(shown)), 0) + AXIS + 4
    lines = [Line(row, top + ROW * (place + 0.5), _begins(row), _ends(row)) for place, row in enumerate(shown)]
    bottom = top + ROW * max(len(lines), 1)
    sheet.height = bottom + 10
    scale = _scale(sheet, found, lines)
    _draw_ground(sheet, portfolio, lines, scale, (top, bottom))
    _draw_tree(sheet, lines)
    _draw_bars(sheet, lines, scale, scale.at(midnight(found.at)))
    draw_day(sheet, scale, midnight(found.at), f"as they stand on {found.at}", top, bottom)
    sheet.boxes([_target(portfolio, line, sheet.width) for line in lines], tips=TIPS, described=True)
    return sheet.chart(f"Agreements on {found.at}", header_line(portfolio), describe(found, len(lines)))


def describe(found: Register, shown: int) -> str:
    """Return in words what the picture shows."""
    if not found.rows:
        return "No agreement is stated."
    states = Counter(row.state for row in found.rows)
    told = listed([f"{count} {state.replace('_', ' ')}" for state, count in states.most_common()], 9)
    below = sum(bool(row.depth) for row in found.rows)
    open_ended = sum(row.state == "in_force" and row.expires is None for row in found.rows)
    left = len(found.rows) - shown
    more = f" {counted(left, 'more agreement')} in the table." if left else ""
    return (
        f"{counted(len(found.rows), 'agreement')} on {found.at}: {told}. {below} stand under another; of those in "
        f"force, {open_ended} have no stated last day.{more}"
    )


def _begins(row: Registered) -> int | None:
    """Return the minute in which an agreement begins to apply, or was signed."""
    dated: DateRange | None = row.agreement.in_force
    if dated is None or dated.opens_early:
        dated = row.agreement.signed or dated
    return None if dated is None or dated.opens_early else midnight(dated.earliest)


def _ends(row: Registered) -> int | None:
    """Return the minute after its last day, as far as one is stated."""
    return None if row.expires is None else midnight(row.expires.latest) + MINUTES_PER_DAY


def _scale(sheet: Canvas, found: Register, lines: Sequence[Line]) -> Timescale:
    """Return the dates across the picture, with room behind the day and the last end for what fades."""
    today = midnight(found.at)
    moments = [m for line in lines for m in (line.begins, line.ends) if m is not None]
    first = min([*moments, today]) - YEAR // 2
    last = max(max([*moments, today]) + YEAR, today + int((today - first) * AHEAD))
    names, types = _columns(sheet)
    return Timescale(first, last, names + types + STATES, sheet.width - 8)


def _columns(sheet: Canvas) -> tuple[float, float]:
    """Return the room of names, and of types."""
    return min(NAMES, sheet.width * NAMES_SHARE), min(TYPES, sheet.width * TYPES_SHARE)


def _samples(shown: Sequence[Registered]) -> Iterator[Sample]:
    """Yield what letters, shades and ends mean, as far as they occur."""
    states = {row.state for row in shown}
    for state, (letter, fill) in STYLES.items():
        if state in states:
            box = {"x": 14, "x2": 40, "y": -BAR / 2, "y2": BAR / 2, "fill": fill, "stroke": look.outline(fill)}
            sign = {"x": 0, "y": 0, "text": letter, "fill": look.INK}
            words = WORDS.get(state, state.replace("_", " "))
            yield Sample(words, 40, (stroke("boxes", box), stroke("words", sign, bold=True)))
    edge = look.outline(look.NEUTRAL)
    fading = [
        stroke("boxes", {"x": x, "x2": x + 7, "y": -BAR / 2, "y2": BAR / 2, "fill": fill, "stroke": "none"})
        for x, fill in zip((0, 7, 14, 21, 28), _faded(look.NEUTRAL), strict=False)
    ]
    yield Sample("fading: no last day stated", 35, tuple(fading))
    mark = {"x": 6, "y": 0, "shape": DIAMOND, "size": 50, "fill": look.PAPER, "stroke": edge}
    yield Sample("signed", 12, (stroke("points", mark),))
    yield Sample("(n) not binding by its text", 0, ())


def _faded(fill: str) -> list[str]:
    """Return a colour in steps towards the paper."""
    return [look.mixed(fill, look.PAPER, (step + 1) / (FADES + 1)) for step in range(FADES)]


def _draw_ground(
    sheet: Canvas, portfolio: Portfolio, lines: Sequence[Line], scale: Timescale, ends: tuple[float, float]
) -> None:
    """Draw stripes, dates, types and letters of states."""
    top, bottom = ends
    stripe = {"x": 0, "x2": sheet.width, "fill": look.SHADE, "stroke": "none"}
    sheet.boxes([{**stripe, "y": line.y - ROW / 2, "y2": line.y + ROW / 2} for line in lines[::2]])
    draw_times(sheet, scale, top, bottom)
    types = portfolio.vocabularies["instrument-types"]
    named, typed = _columns(sheet)
    words = [
        {
            "x": named,
            "y": line.y,
            "text": look.shortened(
                types.label(line.row.agreement.instrument) + (" (n)" if line.row.agreement.binding is False else ""),
                typed - 10,
            ),
            "fill": look.MUTED,
        }
        for line in lines
    ]
    sheet.words(words)
    letters = [{"x": named + typed, "y": line.y, "text": STYLES[line.row.state][0], "fill": look.INK} for line in lines]
    sheet.words(letters, bold=True)
    if not lines:
        sheet.words([{"x": 6, "y": top + ROW / 2, "text": "No agreement is stated.", "fill": look.MUTED}])


def _draw_tree(sheet: Canvas, lines: Sequence[Line]) -> None:
    """Draw names, each below what it stands under and joined to it."""
    room, _ = _columns(sheet)
    names = [
        {
            "x": 6 + INDENT * line.row.depth,
            "y": line.y,
            "text": look.shortened(line.row.agreement.name, room - 16 - INDENT * line.row.depth),
            "fill": look.INK,
        }
        for line in lines
    ]
    sheet.words(names)
    last: dict[int, float] = {}
    strokes: list[dict[str, Any]] = []
    for line in lines:
        depth = line.row.depth
        if depth and depth - 1 in last:
            x = INDENT * depth - 3
            strokes.append({"x": x, "x2": x, "y": last[depth - 1] + 6, "y2": line.y, "stroke": look.MUTED})
            strokes.append({"x": x, "x2": x + 7, "y": line.y, "y2": line.y, "stroke": look.MUTED})
        last[depth] = line.y
    sheet.lines(strokes)


def _draw_bars(sheet: Canvas, lines: Sequence[Line], scale: Timescale, today: float) -> None:
    """Draw bars with their ends, open ones fading, the day of signature, and where there is none of it."""
    for doubtful in (False, True):
        drawn = [line for line in lines if (line.row.state == "in_doubt") is doubtful]
        sheet.boxes([box for line in drawn for box in _bar(line, scale, today)], dashed=doubtful)
    signed = [
        {
            "x": scale.at(midnight(line.row.agreement.signed.earliest)),
            "y": line.y,
            "shape": DIAMOND,
            "size": 50,
            "fill": look.PAPER,
            "stroke": look.outline(STYLES[line.row.state][1]),
        }
        for line in lines
        if line.row.agreement.signed is not None and not line.row.agreement.signed.opens_early
    ]
    sheet.points(signed)
    undated = [line for line in lines if line.begins is None and line.ends is None]
    words = {"x": scale.start + 4, "text": "no date stated", "fill": look.MUTED}
    sheet.words([{**words, "y": line.y} for line in undated], size=10)
    ended = [line for line in lines if line.row.expires is not None]
    sheet.words(
        [
            {"x": _date_x(sheet, scale, line), "y": line.y, "text": str(line.row.expires), "fill": look.INK}
            for line in ended
        ],
        size=10,
    )


def _date_x(sheet: Canvas, scale: Timescale, line: Line) -> float:
    """Return where the last day of an agreement is written: behind its bar."""
    room = look.text_width(str(line.row.expires), 10)
    return min(scale.at(line.ends or 0) + 4, sheet.width - room)


def _bar(line: Line, scale: Timescale, today: float) -> Iterator[dict[str, Any]]:
    """Yield the boxes of an agreement: up to its last day, or up to the day asked about and fading from there on."""
    if line.begins is None or line.row.state in NEVER:
        return
    fill = STYLES[line.row.state][1]
    half = BAR / 4 if line.row.state == "signed" else BAR / 2
    across = {"y": line.y - half, "y2": line.y + half, "fill": fill}
    left = scale.at(line.begins)
    if line.ends is not None:
        yield {"x": left, "x2": max(scale.at(line.ends), left + LEAST), **across, "stroke": look.outline(fill)}
        return
    right = left + LEAST if line.row.state in OVER else max(today, left + LEAST)
    yield {"x": left, "x2": right, **across, "stroke": "none"}
    step = max(min(FADE, scale.end - right), 0.0) / FADES
    for place, pale in enumerate(_faded(fill)):
        x = right + place * step
        yield {**across, "x": x, "x2": x + step, "fill": pale, "stroke": "none"}


def _target(portfolio: Portfolio, line: Line, width: float) -> dict[str, Any]:
    """Return an unseen box over a row, with what it says."""
    one = line.row.agreement
    types = portfolio.vocabularies["instrument-types"]
    parties = ", ".join([*(portfolio.agency_name(party) for party in one.parties), *one.other_parties])
    state = line.row.state.replace("_", " ")
    dates = f"signed {one.signed or 'not stated'}; in force {one.in_force or 'not stated'}"
    return {
        "x": 0,
        "x2": width,
        "y": line.y - ROW / 2,
        "y2": line.y + ROW / 2,
        "fill": "transparent",
        "stroke": "none",
        "name": one.name,
        "type": types.label(one.instrument),
        "parties": parties,
        "state": state,
        "dates": dates,
        "above": portfolio.agreements[line.row.under[-1]].name if line.row.under else "nothing",
        "description": f"{one.name}, {types.label(one.instrument)} of {parties}: {state}; {dates}.",
    }
