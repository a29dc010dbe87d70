"""Which answers are missing, and how many findings wait for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted
from synodos.report.charts import look
from synodos.report.charts.axes import Scale
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, keyed_sheet, stroke
from synodos.report.law.open_questions import OpenQuestion, describe

if TYPE_CHECKING:
    import altair as alt

MOST: Final = 20
"""Bars that a picture shows at most; the table holds all."""
ROW: Final = 22.0
BAR: Final = 13.0
NAMES: Final = 560.0
VALUES: Final = 300.0
"""Room for the words at the end of a bar."""
NAMES_SHARE: Final = 0.45
VALUES_SHARE: Final = 0.33
"""How much of a narrow sheet names and words take at most."""
KINDS: Final = {
    False: ("P", "to be answered by the parties", look.AMBER),
    True: ("D", "to be found in registers and dates", look.MID_BLUE),
}
"""By whether registers answer it: letter, words and shade."""
TIPS: Final = {"question": "question", "waits": "waiting", "norms": "norms"}


def determinations_chart(
    portfolio: Portfolio, questions: tuple[OpenQuestion, ...], *, width: float = 1376
) -> alt.TopLevelMixin:
    """Return open questions as bars as long as the findings that wait for them.

    Parameters
    ----------
    portfolio : Portfolio
        Header.
    questions : tuple of OpenQuestion
        What is open, the gravest first.
    width : float
        Width of the picture in pixels.
    """
    shown = questions[:MOST]
    sheet, top, _ = keyed_sheet(width, _samples(shown), 8, ROW * max(len(shown), 1))
    if shown:
        _draw(sheet, shown, top)
    else:
        sheet.words([{"x": 6, "y": top + ROW / 2, "text": "No question is open.", "fill": look.MUTED}], size=12)
    return sheet.chart("Open determinations", header_line(portfolio), describe(questions, len(shown)))


def _samples(shown: Sequence[OpenQuestion]) -> list[Sample]:
    """Return what shades and letters mean, as far as they occur."""
    found = []
    for registers, (letter, words, fill) in KINDS.items():
        if any(one.of_registers is registers for one in shown):
            box = {"x": 14, "x2": 44, "y": -BAR / 2, "y2": BAR / 2, "fill": fill, "stroke": look.outline(fill)}
            sign = {"x": 0, "y": 0, "text": letter, "fill": look.INK}
            found.append(Sample(words, 44, (stroke("boxes", box), stroke("words", sign, bold=True))))
    return found


def _draw(sheet: Canvas, shown: Sequence[OpenQuestion], top: float) -> None:
    """Draw letters, questions, bars, and the words at their ends."""
    rows = [(one, top + ROW * (place + 0.5)) for place, one in enumerate(shown)]
    names, values = min(NAMES, sheet.width * NAMES_SHARE), min(VALUES, sheet.width * VALUES_SHARE)
    scale = Scale(0, shown[0].findings, names, sheet.width - values)
    sheet.words([{"x": 6, "y": y, "text": KINDS[q.of_registers][0], "fill": look.INK} for q, y in rows], bold=True)
    sheet.words([{"x": 26, "y": y, "text": look.shortened(q.words, names - 36), "fill": look.INK} for q, y in rows])
    sheet.boxes([_box(one, y, scale) for one, y in rows])
    sheet.words([{"x": scale.at(q.findings) + 6, "y": y, "text": _waits(q), "fill": look.INK} for q, y in rows])
    sheet.boxes([_target(one, y, sheet.width) for one, y in rows], tips=TIPS, described=True)


def _waits(one: OpenQuestion) -> str:
    """Return what waits for an answer."""
    activities = counted(len(one.activities), "activity", "activities")
    return f"{counted(one.findings, 'finding')} · {activities} · {counted(len(one.parties), 'party', 'parties')}"


def _box(one: OpenQuestion, y: float, scale: Scale) -> dict[str, Any]:
    """Return the bar of a question."""
    fill = KINDS[one.of_registers][2]
    ends = {"x": scale.at(0), "x2": scale.at(one.findings)}
    return {**ends, "y": y - BAR / 2, "y2": y + BAR / 2, "fill": fill, "stroke": look.outline(fill)}


def _target(one: OpenQuestion, y: float, width: float) -> dict[str, Any]:
    """Return an unseen box over a row, with what it says."""
    return {
        "x": 0,
        "x2": width,
        "y": y - ROW / 2,
        "y2": y + ROW / 2,
        "fill": "transparent",
        "stroke": "none",
        "question": one.words,
        "waits": _waits(one),
        "norms": ", ".join(one.norms),
        "description": f"{one.words}: {_waits(one)}.",
    }
