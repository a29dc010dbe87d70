"""Opportunities by capability and year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from synodos.language import DateRange, Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.charts import look
from synodos.report.charts.canvas import CIRCLE, DIAMOND, HEXAGON, SQUARE, TRIANGLE, Canvas
from synodos.report.charts.entries import Look, draw_bars, draw_marks, draw_open_ends, draw_targets, glyph_size
from synodos.report.charts.field import AXIS, draw_field
from synodos.report.charts.layout import LINE, ROADMAP, Entry, column_width, laid_out, longest_label
from synodos.report.charts.legend import Sample, legend, stroke
from synodos.report.charts.timeline import Frame, span, years_shown

if TYPE_CHECKING:
    import altair as alt

    from synodos.cooperation import Opportunity

SUBJECTS: Final = 250.0
"""Width of the column of capabilities."""
UNDATED: Final = 230.0
"""Most that the column of what has no date may take."""
STEPS: Final = ("#a9bdd3", "#7294b8", "#40648f", "#17345c")
"""Shades of the score, from low to high, that greyscale keeps apart."""
SHAPES: Final = {
    "gap": DIAMOND,
    "complement": HEXAGON,
    "shared-asset": SQUARE,
    "duplication": TRIANGLE,
    "joint-interest": CIRCLE,
}
WORDS: Final = {
    "gap": "gap: sought, provided by nobody",
    "complement": "complement: one has what another seeks",
    "shared-asset": "shared asset: capacity on offer",
    "duplication": "duplication: provided twice",
    "joint-interest": "joint interest, no link yet",
}
TIPS: Final = {
    "kind": "kind",
    "agencies": "agencies",
    "subject": "about",
    "when": "years",
    "score": "score",
    "why": "why",
    "obstacles": "in the way",
    "doubt": "rests on unverified facts",
}


def opportunities_chart(
    opportunities: Iterable[Opportunity], portfolio: Portfolio, *, width: float = 1376, links: bool = False
) -> alt.TopLevelMixin:
    """Return opportunities with what they are about down and years across, the best first.

    Parameters
    ----------
    opportunities : iterable of Opportunity
        What is shown; some dozens stay readable.
    portfolio : Portfolio
        Names and header.
    width : float
        Width of the picture in pixels.
    links : bool
        Whether a mark leads to the anchor `#record-KIND-ID` of the first record that it rests on.
    """
    shown = list(opportunities)
    subjects = list(dict.fromkeys(_subject(portfolio, one) for one in sorted(shown, key=lambda o: -o.score)))
    sheet = Canvas(width)
    bounds = _bounds([one.score for one in shown])
    top = _draw_key(sheet, shown, bounds)
    years = years_shown([_dates(one) for one in shown], portfolio.known_on)
    undated = [_label(portfolio, one, UNDATED) for one in shown if _dates(one) is None]
    frame = Frame(SUBJECTS, sheet.width - column_width(undated, UNDATED), years, edge=sheet.width)
    rows = {subject: row for row, subject in enumerate(subjects)}
    entries = [_entry(portfolio, one, rows[_subject(portfolio, one)], longest_label(frame)) for one in shown]
    titles = [look.wrapped(subject, SUBJECTS - 18) for subject in subjects] or [("No opportunity was found.",)]
    least = [2 * ROADMAP.edge + LINE * len(lines) for lines in titles]
    layout = laid_out(entries, least, frame, top + AXIS)
    sheet.height = layout.bottom + AXIS
    looks = {one.id: Look(SHAPES[one.kind], _shade(one.score, bounds), one.unverified) for one in shown}
    draw_field(sheet, layout, titles, portfolio.known_on, headings=() if shown else {0})
    draw_bars(sheet, layout, looks)
    draw_open_ends(sheet, layout, looks)
    draw_marks(sheet, layout, looks)
    said = {one.id: {**_said(portfolio, one), **(_lead(one) if links else {})} for one in shown}
    draw_targets(sheet, layout, said, TIPS, linked=links)
    return sheet.chart("Opportunities by capability and year", header_line(portfolio), _description(shown, subjects))


def _lead(one: Opportunity) -> dict[str, str]:
    """Return where a mark leads."""
    return {"href": f"#record-{one.records[0].replace(':', '-', 1)}"}


def _subject(portfolio: Portfolio, one: Opportunity) -> str:
    """Return what an opportunity is about."""
    if one.capability is not None:
        return portfolio.capabilities.label(one.capability)
    return portfolio.vocabularies["exploration-objectives"].label(one.objective or "not stated")


def _dates(one: Opportunity) -> DateRange | None:
    """Return the years of an opportunity as a date."""
    if one.years is None or one.years == (None, None):
        return None
    first, last = one.years
    return DateRange(f"{first or ''}..{last or ''}")


def _entry(portfolio: Portfolio, one: Opportunity, row: int, room: float) -> Entry:
    """Return what the layout places for an opportunity."""
    when = _dates(one)
    label = _label(portfolio, one, room)
    return Entry(one.id, row, label, *(span(when) if when else ()))


def _label(portfolio: Portfolio, one: Opportunity, room: float) -> str:
    """Return the agencies and the score of an opportunity, in at most `room` pixels."""
    score = f" · {one.score:.2f}"
    return look.shortened(_agencies(portfolio, one), room - look.text_width(score)) + score


def _agencies(portfolio: Portfolio, one: Opportunity) -> str:
    """Return the agencies of an opportunity, the first three and how many more."""
    names = [portfolio.agency_name(agency) for agency in one.agencies]
    return " + ".join(names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more"])


def _bounds(scores: Sequence[float]) -> list[float]:
    """Return the scores at which the shade changes, in equal steps between the lowest and the highest shown."""
    low, high = min(scores, default=0.0), max(scores, default=1.0)
    return [low + (high - low) * step / len(STEPS) for step in range(len(STEPS) + 1)]


def _shade(score: float, bounds: Sequence[float]) -> str:
    """Return the shade of a score."""
    return STEPS[max(0, sum(score >= bound for bound in bounds[:-1]) - 1)]


def _draw_key(sheet: Canvas, shown: Sequence[Opportunity], bounds: Sequence[float]) -> float:
    """Draw what shapes and shades mean; return where the key ends."""
    kinds = {one.kind for one in shown}
    half = ROADMAP.glyph
    grey = {"fill": look.NEUTRAL, "stroke": look.outline(look.NEUTRAL)}
    marks = [
        Sample(
            WORDS[kind],
            2 * half,
            (stroke("points", {"x": half, "y": 0, "shape": shape, "size": glyph_size(shape, half), **grey}),),
        )
        for kind, shape in SHAPES.items()
        if kind in kinds
    ]
    if any(one.unverified for one in shown):
        hollow = {"x": half, "y": 0, "shape": SQUARE, "size": glyph_size(SQUARE, half), **grey, "fill": look.PAPER}
        marks.append(Sample("hollow: rests on unverified facts", 2 * half, (stroke("points", hollow),)))
    bottom = legend(sheet, "Marks", marks, 0) if marks else 0.0
    return legend(sheet, "Score", _shades(bounds), bottom) if shown else bottom


def _shades(bounds: Sequence[float]) -> list[Sample]:
    """Return what the shades mean, leaving out those that two equal bounds enclose."""
    made = []
    for fill, low, high in zip(STEPS, bounds, bounds[1:], strict=False):
        box = {"x": 0, "x2": 24, "y": -6.5, "y2": 6.5, "fill": fill, "stroke": look.outline(fill)}
        made.append(Sample(f"{low:.2f} to {high:.2f}", 24, (stroke("boxes", box, corner=6.5),)))
    return made


def _said(portfolio: Portfolio, one: Opportunity) -> dict[str, Any]:
    """Return what the picture says of an opportunity to the pointer and to readers of the screen."""
    when = _dates(one)
    return {
        "kind": one.kind,
        "agencies": ", ".join(portfolio.agency_name(agency) for agency in one.agencies),
        "subject": _subject(portfolio, one),
        "when": when.text if when else "not stated",
        "score": f"{one.score:.2f}",
        "why": one.why,
        "obstacles": "; ".join(one.obstacles) or "nothing stated",
        "doubt": "yes" if one.unverified else "no",
        "description": one.why,
    }


def _description(shown: Sequence[Opportunity], subjects: Sequence[str]) -> str:
    """Return in words what the picture shows."""
    if not shown:
        return "No opportunity was found."
    best = max(shown, key=lambda one: one.score)
    return f"{len(shown)} opportunities on {len(subjects)} subjects, by year. The best: {best.why}"
