"""Which norm asks what of which activity: a matrix, lettered and shaded by what is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.envelope import header_line
from synodos.report.answering.wording import counted, listed
from synodos.report.charts import look
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.legend import Sample, legend, stroke
from synodos.report.law.matrix import LETTERS, Column, Matrix, MatrixCell, Row, describe, mark_words

if TYPE_CHECKING:
    import altair as alt

NAMES, WIDE_NAMES = 396.0, 640.0
"""Least and most width of the column of norms."""
IDS: Final = 108.0
HEADS: Final = 196.0
"""Height of the names of activities, which stand upright."""
ROW: Final = 18.0
GROUP: Final = 22.0
NARROWEST, WIDEST = 13.0, 34.0
"""Least and most width of a column."""
BETWEEN: Final = 26.0
"""Room between two parts of a matrix that is too wide for one."""
MOST_PARTS: Final = 3
"""Parts that a picture shows at most; the table holds every column."""
FILLS: Final = {
    "breached": ("#7a1f10", look.PAPER),
    "needs_determination": (look.AMBER, look.INK),
    "contested": ("#7f6cb5", look.PAPER),
    "exempt": ("#bcdcea", look.INK),
    "met": ("#e4efe2", look.INK),
}
"""Shade and type of each mark; greyscale keeps the shades apart, and every one has its letter."""
DOT: Final = 2.4
TIPS: Final = {"norm": "norm", "where": "in", "state": "state", "who": "of whom"}
NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class Part:
    """Columns that stand side by side, with the norms that say something in them."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    top: float
    names: float
    step: float

    @property
    def heights(self) -> Iterator[tuple[float, Row | str]]:
        """The top of each heading of an instrument and of each norm."""
        y, instrument = self.top + HEADS, None
        for row in self.rows:
            if row.instrument != instrument:
                instrument = row.instrument
                yield y, f"{row.instrument} · {row.strength}"
                y += GROUP
            yield y, row
            y += ROW

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return max((y for y, _ in self.heights), default=self.top + HEADS) + ROW

    def left(self, place: int) -> float:
        """Return where a column begins."""
        return self.names + self.step * place


def law_matrix_chart(portfolio: Portfolio, shown: Matrix, *, width: float = 1376) -> alt.TopLevelMixin:
    """Return norms by activities, each cell with the shade and letter of what asks most for work.

    Parameters
    ----------
    portfolio : Portfolio
        Names and header.
    shown : Matrix
        What is drawn.
    width : float
        Width of the picture in pixels.
    """
    sheet = Canvas(width)
    key = legend(sheet, "Marks", list(_samples(shown)), 0)
    parts = _parts(shown, sheet.width, key + 8)
    for part in parts:
        _draw_ground(sheet, part)
        _draw_heads(sheet, part)
        _draw_cells(sheet, part, shown)
    if not parts:
        sheet.words([{"x": 6, "y": key + 20, "text": "Nothing is left to be done.", "fill": look.MUTED}], size=12)
    sheet.height = parts[-1].bottom + 8 if parts else key + 40
    left = len(shown.columns) - sum(len(part.columns) for part in parts)
    cut = f" Left out: {counted(left, 'column')}, which the table holds." if left else ""
    return sheet.chart("Norms by activities", header_line(portfolio), describe(shown) + cut)


def _parts(shown: Matrix, width: float, top: float) -> list[Part]:
    """Return the columns in as many parts as they need, each with the rows that say something there."""
    if not shown.columns:
        return []
    room = int((width - NAMES) // NARROWEST)
    count = -(-len(shown.columns) // room)
    size = -(-len(shown.columns) // count)
    step = min((width - NAMES) / size, WIDEST)
    names = min(width - size * step, WIDE_NAMES)
    parts: list[Part] = []
    for number in range(min(count, MOST_PARTS)):
        columns = shown.columns[number * size : (number + 1) * size]
        numbers = [column.number for column in columns]
        rows = tuple(row for row in shown.rows if any((row.norm, n) in shown.cells for n in numbers))
        parts.append(Part(columns, rows, top, names, step))
        top = parts[-1].bottom + BETWEEN
    return parts


def _samples(shown: Matrix) -> Iterator[Sample]:
    """Yield what the marks mean, as far as they occur."""
    box = {"x": 0, "x2": 16, "y": -8, "y2": 8}
    found = {cell.mark for cell in shown.cells.values()}
    for mark, letter in LETTERS.items():
        if mark in FILLS and mark in found:
            fill, ink = FILLS[mark]
            sign = {"x": 8, "y": 0, "text": letter, "fill": ink}
            square = {**box, "fill": fill, "stroke": look.outline(fill)}
            words = stroke("words", sign, bold=True, align="center")
            yield Sample(mark_words(mark), 16, (stroke("boxes", square), words))
    if "holds" in found:
        dot = {"x": 8, "y": 0, "text": LETTERS["holds"], "fill": look.INK}
        yield Sample(f"{mark_words('holds')}: nothing to be done now", 16, (stroke("words", dot, bold=True),))
    if any(cell.unverified for cell in shown.cells.values()):
        doubt = {**box, "fill": look.PAPER, "stroke": look.INK}
        yield Sample("hollow: rests on unverified facts", 16, (stroke("boxes", doubt, dashed=True),))
    yield Sample("blank: does not apply. Numbers name the columns in the table.", 0, ())


def _draw_ground(sheet: Canvas, part: Part) -> None:
    """Draw the names of norms and instruments, and a level line below each."""
    right = part.left(len(part.columns))
    rows = [(y, row) for y, row in part.heights if isinstance(row, Row)]
    headings = [(y, text) for y, text in part.heights if isinstance(text, str)]
    line = {"x": 0, "x2": right, "stroke": look.RULE}
    sheet.lines([{**line, "y": y + ROW, "y2": y + ROW} for y, _ in rows])
    sheet.words(
        [
            {"x": 0, "y": y + GROUP - 8, "text": look.shortened(text, right - 8, bold=True), "fill": look.INK}
            for y, text in headings
        ],
        bold=True,
    )
    middle = ROW / 2
    sheet.words(
        [{"x": 6, "y": y + middle, "text": look.shortened(r.norm, IDS - 8, 10), "fill": look.MUTED} for y, r in rows],
        size=10,
    )
    sheet.words(
        [
            {"x": IDS, "y": y + middle, "text": look.shortened(r.title, part.names - IDS - 8), "fill": look.INK}
            for y, r in rows
        ]
    )


def _draw_heads(sheet: Canvas, part: Part) -> None:
    """Draw the names of activities upright, with the number of each column."""
    foot = part.top + HEADS - 18
    heads = [(column, part.left(place) + part.step / 2) for place, column in enumerate(part.columns)]
    sheet.words(
        [{"x": x, "y": foot, "text": _head(column), "fill": look.INK} for column, x in heads],
        angle=270,
    )
    sheet.words(
        [{"x": x, "y": foot + 9, "text": str(column.number), "fill": look.MUTED} for column, x in heads],
        size=9,
        align="center",
    )
    targets = [
        {
            "x": x - part.step / 2,
            "x2": x + part.step / 2,
            "y": part.top,
            "y2": foot + 16,
            "fill": "transparent",
            "stroke": "none",
            "names": listed(column.names, NAMED),
            "count": str(len(column.names)),
        }
        for column, x in heads
    ]
    sheet.boxes(targets, tips={"names": "activities", "count": "in this column"})


def _head(column: Column) -> str:
    """Return the name over a column, with how many activities more stand in it."""
    more = f" +{len(column.names) - 1}" if column.names[1:] else ""
    return look.shortened(column.names[0], HEADS - 26 - look.text_width(more)) + more


def _draw_cells(sheet: Canvas, part: Part, shown: Matrix) -> None:
    """Draw boxes with letters, and a dot where there is nothing to be done; say each row in words."""
    found = [
        (part.left(place), y, row, column, cell)
        for y, row in part.heights
        if isinstance(row, Row)
        for place, column in enumerate(part.columns)
        if (cell := shown.cells.get((row.norm, column.number))) is not None
    ]
    dots = [(x, y) for x, y, _, _, cell in found if cell.mark == "holds"]
    if dots:
        shape = "".join(_dot(x + part.step / 2, y + ROW / 2) for x, y in dots)
        sheet.areas([{"x": 0, "y": 0, "shape": shape, "fill": look.MUTED, "stroke": "none"}], edge=0)
    marked = [one for one in found if one[-1].mark != "holds"]
    for hollow in (False, True):
        boxes = [_box(part.step, *one) for one in marked if one[-1].unverified is hollow]
        sheet.boxes(boxes, tips=TIPS, dashed=hollow)
    letters = [
        {
            "x": x + part.step / 2,
            "y": y + ROW / 2,
            "text": LETTERS[cell.mark],
            "fill": look.INK if cell.unverified else FILLS[cell.mark][1],
        }
        for x, y, _, _, cell in marked
    ]
    sheet.words(letters, bold=True, align="center")
    sheet.boxes([_target(part, shown, y, row) for y, row in part.heights if isinstance(row, Row)], described=True)


def _dot(x: float, y: float) -> str:
    """Return a small square around a point, as a closed path."""
    half = DOT / 2
    return f"M{x - half:.1f},{y - half:.1f}h{DOT}v{DOT}h-{DOT}Z"


def _box(step: float, x: float, y: float, row: Row, column: Column, cell: MatrixCell) -> dict[str, Any]:
    """Return the box of a cell, with what it says to the pointer."""
    fill = FILLS[cell.mark][0]
    return {
        "x": x + 1,
        "x2": x + step - 1,
        "y": y + 1,
        "y2": y + ROW - 1,
        "fill": look.PAPER if cell.unverified else fill,
        "stroke": look.outline(fill),
        "norm": row.norm,
        "where": column.label,
        "state": mark_words(cell.mark),
        "who": listed(cell.bearers, 5),
    }


def _target(part: Part, shown: Matrix, y: float, row: Row) -> dict[str, Any]:
    """Return an unseen box over the name of a norm, with what its row says."""
    return {
        "x": 0,
        "x2": part.names,
        "y": y,
        "y2": y + ROW,
        "fill": "transparent",
        "stroke": "none",
        "description": f"{row.norm}, {row.title}: {_told(part.columns, shown.cells, row)}.",
    }


def _told(columns: Sequence[Column], cells: Mapping[tuple[str, int], MatrixCell], row: Row) -> str:
    """Return in words how often a row says what."""
    marks: Iterable[str] = [
        cells[row.norm, column.number].mark for column in columns if (row.norm, column.number) in cells
    ]
    counts = {mark: list(marks).count(mark) for mark in LETTERS}
    return listed([f"{mark_words(mark)} in {counted(n, 'column')}" for mark, n in counts.items() if n])
