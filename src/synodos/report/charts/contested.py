"""Contested questions: the readings of each side by side, who holds them, and what hinges on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.law import party_names
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted, listed
from synodos.report.charts import look
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, legend, stroke

if TYPE_CHECKING:
    import altair as alt

    from synodos.law import ContestedQuestion, Reading

LINE: Final = 14.0
PAD: Final = 8.0
GAP: Final = 12.0
SIGN: Final = 22.0
"""Room for the letter of a reading."""
LINES: Final = {"label": 2, "held": 4, "declared": 3}
"""Lines that each part of a box takes at most; the table holds it whole."""
SPACE: Final = 24.0
NAMED: Final = 12
SHADE: Final = "#ece9f5"
EDGE: Final = "#5d4b93"
TIPS: Final = {"question": "question", "reading": "reading", "held": "held by", "declared": "declared by"}


@dataclass(frozen=True, slots=True)
class Box:
    """One reading, broken into lines."""

    sign: str
    reading: Reading
    x: float
    width: float
    label: tuple[str, ...]
    held: tuple[str, ...]
    declared: tuple[str, ...]

    @property
    def height(self) -> float:
        """How high it is."""
        return LINE * (len(self.label) + len(self.held) + len(self.declared)) + 2 * PAD


def contested_chart(
    portfolio: Portfolio, found: Sequence[ContestedQuestion], names: Mapping[str, str], *, width: float = 1376
) -> alt.TopLevelMixin:
    """Return contested questions with their readings side by side; none counts for more than another.

    Parameters
    ----------
    portfolio : Portfolio
        Names and header.
    found : sequence of ContestedQuestion
        The questions; those on which something hinges, or to which somebody declared a position, are drawn.
    names : mapping of str to str
        Names of the activities by `kind:id`.
    width : float
        Width of the picture in pixels.
    """
    sheet = Canvas(width)
    shown = [one for one in found if one.findings or any(reading.positions for reading in one.readings)]
    y = legend(sheet, "Marks", list(_samples(shown)), 0) + 10
    for question in shown:
        y = _draw_question(sheet, portfolio, question, names, y)
    if not shown:
        words = "Nothing hinges on a contested question, and nobody declared a position."
        sheet.words([{"x": 6, "y": y + 10, "text": words, "fill": look.MUTED}], size=12)
    sheet.height = max(y, 60)
    return sheet.chart("Contested questions", header_line(portfolio), describe(found, shown))


def describe(found: Sequence[ContestedQuestion], shown: Sequence[ContestedQuestion]) -> str:
    """Return in words what the picture shows."""
    hinging = [one for one in found if one.findings]
    told = "; ".join(f"{one.label} ({counted(one.findings, 'finding')})" for one in hinging[:3])
    first = f"Findings hinge on {len(hinging)} of {counted(len(found), 'contested question')}"
    left = len(found) - len(shown)
    more = f" {counted(left, 'more question')} in the table." if left else ""
    return f"{first}{': ' + told if told else '.'}{'' if told.endswith('.') or not told else '.'}{more}"


def _samples(shown: Sequence[ContestedQuestion]) -> Iterator[Sample]:
    """Yield what boxes mean, as far as they occur."""
    box = {"x": 0, "x2": 30, "y": -7, "y2": 7}
    sign = stroke("words", {"x": 15, "y": 0, "text": "A", "fill": EDGE}, bold=True, align="center")
    yield Sample("a reading, with who holds it", 30, (stroke("boxes", {**box, "fill": SHADE, "stroke": EDGE}), sign))
    if any(reading.unverified for one in shown for reading in one.readings):
        hollow = stroke("boxes", {**box, "fill": look.PAPER, "stroke": EDGE}, dashed=True)
        yield Sample("hollow: the reading is general knowledge, unverified", 30, (hollow, sign))
    yield Sample("No reading counts for more than another.", 0, ())


def _draw_question(
    sheet: Canvas, portfolio: Portfolio, question: ContestedQuestion, names: Mapping[str, str], top: float
) -> float:
    """Draw a question, its readings side by side, and what hinges on them; return where the next begins."""
    heading = {"x": 0, "y": top + 8, "text": look.shortened(question.label, sheet.width, 12, bold=True)}
    sheet.words([{**heading, "fill": look.INK}], size=12, bold=True)
    boxes = list(_boxes(portfolio, question, sheet.width))
    y = top + 22
    height = max((box.height for box in boxes), default=0.0)
    for hollow in (False, True):
        rows = [
            _drawn(question, box, y, height, party_names(portfolio))
            for box in boxes
            if box.reading.unverified is hollow
        ]
        sheet.boxes(rows, dashed=hollow, corner=3, tips=TIPS, described=True)
    for part, bold, ink in (("label", True, look.INK), ("held", False, look.INK), ("declared", False, EDGE)):
        sheet.words([row for box in boxes for row in _written(box, part, y, ink)], bold=bold)
    sheet.words(
        [{"x": b.x + PAD, "y": y + PAD + LINE / 2, "text": b.sign, "fill": EDGE} for b in boxes], size=13, bold=True
    )
    y += height + 12
    hinges = _hinges(question, names)
    lines = look.wrapped(hinges, sheet.width - 10, lines=2)
    sheet.words(
        [{"x": 0, "y": y + LINE * n, "text": text, "fill": look.MUTED} for n, text in enumerate(lines)],
    )
    return y + LINE * len(lines) + SPACE


def _hinges(question: ContestedQuestion, names: Mapping[str, str]) -> str:
    """Return what hinges on a question."""
    if not question.findings:
        return "Nothing in these plans hinges on it."
    told = listed([names.get(key, key) for key in question.activities], NAMED)
    return f"{counted(question.findings, 'finding')} hinge{'s' * (question.findings == 1)} on it: {told}"


def _boxes(portfolio: Portfolio, question: ContestedQuestion, width: float) -> Iterator[Box]:
    """Yield the readings of a question, side by side."""
    name = party_names(portfolio)
    count = max(len(question.readings), 1)
    each = (width - GAP * (count - 1)) / count
    room = each - 2 * PAD - SIGN
    for place, reading in enumerate(question.readings):
        held = f"Held by: {reading.held_by}" if reading.held_by else "Not recorded who holds it."
        positions = [name(one.holder) + (f" (since {one.since})" if one.since else "") for one in reading.positions]
        declared = look.wrapped(f"● Declared by {listed(positions, 12)}", room, lines=LINES["declared"])
        yield Box(
            chr(ord("A") + place),
            reading,
            place * (each + GAP),
            each,
            look.wrapped(reading.label, room, lines=LINES["label"], bold=True),
            look.wrapped(held, room, lines=LINES["held"]),
            declared if positions else (),
        )


def _drawn(
    question: ContestedQuestion, box: Box, y: float, height: float, name: Callable[[str], str]
) -> dict[str, Any]:
    """Return the frame of a reading, with what it says."""
    said = ", ".join(name(one.holder) for one in box.reading.positions) or "nobody in this portfolio"
    held = box.reading.held_by or "not recorded"
    return {
        "x": box.x,
        "x2": box.x + box.width,
        "y": y,
        "y2": y + height,
        "fill": look.PAPER if box.reading.unverified else SHADE,
        "stroke": EDGE,
        "question": question.label,
        "reading": box.reading.label,
        "held": held,
        "declared": said,
        "description": f"{question.label} Reading {box.sign}: {box.reading.label}. Held by: {held}",
    }


def _written(box: Box, part: str, top: float, ink: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of one part of a box."""
    parts = {"label": box.label, "held": box.held, "declared": box.declared}
    before = sum(len(lines) for name, lines in parts.items() if list(parts).index(name) < list(parts).index(part))
    for number, text in enumerate(parts[part], start=before):
        yield {"x": box.x + PAD + SIGN, "y": top + PAD + LINE * (number + 0.5), "text": text, "fill": ink}
