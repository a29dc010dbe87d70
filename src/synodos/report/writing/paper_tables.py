"""Tables on paper: which columns fit across a page, and how wide each one is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from synodos.report.answering.tables import Cell, Table, cell_text, column_looks
from synodos.report.charts.look import text_width

ACROSS: Final = 493.0
"""Points of an upright page of A4 between its margins."""
FLIPPED: Final = 740.0
"""The same of a page on its side."""
SIZE: Final = 9.0
"""Height of the type of a table in points."""
SMALL: Final = 8.0
"""The same of one that has many columns."""
MANY: Final = 7
INSET: Final = 3.5
MOST_ROWS: Final = 300
"""Rows of a table that paper gets."""
TALL: Final = 9.0
"""Lines a row takes on the whole, from which a table gets more room."""
STEP: Final = 6.0
"""Points by which a column grows."""
POWER: Final = 3
TALLEST: Final = 25.0
"""Lines of a row from which it may be broken between pages."""
WORTH_TURNING: Final = 8
"""Rows from which a table that does not fit upright is worth a page on its side."""
_PART: Final = re.compile(r"(?:[^\s\-\u200b]|-(?=\d))+-?")
"""What is not broken: no line ends within a number or a date."""
_LONG: Final = re.compile(r"\S{16,}")
_JOINT: Final = re.compile(r"(\.\.|[:_/@])(?=\w)")
BREAK: Final = "\u200b"
"""Space without width, at which a line may break."""


@dataclass(frozen=True)
class PaperTable:
    """A table as a page holds it.

    Attributes
    ----------
    columns : tuple of str
        Names of the columns that are shown.
    rows : tuple of tuples
        Cells as text; None: not stated.
    widths : tuple of float
        Width of each column in points; none: row by row, for no page is wide enough.
    aligned : tuple of str
        `left` or `right` for each column.
    size : float
        Height of the type in points.
    flipped : bool
        Whether it stands on a page on its side.
    note : str
        What is left out, and where it is found.
    tall : bool
        Whether a row may go on to another page: some are as high as a good part of one.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    widths: tuple[float, ...]
    aligned: tuple[str, ...]
    size: float
    flipped: bool
    note: str
    tall: bool


def paper_table(table: Table) -> PaperTable:
    """Return a table as it fits on a page: with fewer columns or on its side where it is too wide."""
    said = _without(table, _empty(table))
    slim = _without(said, table.wide)
    for shown, room in ((said, ACROSS), (slim, ACROSS), (said, FLIPPED), (slim, FLIPPED)):
        made = _fitted(table, shown, room) if room == ACROSS or len(table.rows) >= WORTH_TURNING else None
        if made is not None:
            return made
    return _laid(table, slim, (), ACROSS)


def _empty(table: Table) -> list[str]:
    """Return the columns in which no row states anything; the first stays, for it says what a row is about."""
    places = range(1, len(table.columns)) if table.rows else ()
    return [table.columns[place] for place in places if all(row[place] is None for row in table.rows)]


def _fitted(whole: Table, shown: Table, room: float) -> PaperTable | None:
    """Return a table in the room there is, or None where it does not fit or would be a tower of short lines."""
    widths = _widths(shown, room)
    if widths is None or (_lines(shown, widths) > TALL and room < FLIPPED):
        return None
    return _laid(whole, shown, widths, room)


def _laid(whole: Table, shown: Table, widths: Sequence[float], room: float) -> PaperTable:
    """Return a table with its cells as text."""
    rows = shown.rows[:MOST_ROWS]
    return PaperTable(
        columns=tuple(shown.columns),
        rows=tuple(tuple(None if cell is None else breakable(cell_text(cell)) for cell in row) for row in rows),
        widths=tuple(round(width, 1) for width in widths),
        aligned=tuple("right" if "number" in looks else "left" for looks in column_looks(shown)),
        size=_size(shown),
        flipped=room > ACROSS,
        note=_left_out(whole, shown),
        tall=bool(widths) and max((_height(row, widths, _size(shown)) for row in rows), default=0.0) > TALLEST,
    )


def _without(table: Table, columns: Sequence[str]) -> Table:
    """Return a table without some of its columns."""
    kept = [place for place, name in enumerate(table.columns) if name not in columns]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return Table(table.name, table.title, tuple(table.columns[place] for place in kept), rows)


def _left_out(whole: Table, shown: Table) -> str:
    """Return what paper has no room for."""
    empty = _empty(whole)
    missing = [name for name in whole.columns if name not in shown.columns and name not in empty]
    said = [f"Nothing is stated of: {', '.join(empty)}."] if empty else []
    if not missing and len(whole.rows) <= MOST_ROWS:
        return " ".join(said)
    if missing:
        said.append(f"Left out for want of room: {', '.join(missing)}.")
    if len(whole.rows) > MOST_ROWS:
        said.append(f"The first {MOST_ROWS} of {len(whole.rows):,} rows.")
    return " ".join((*said, "The page and the data of this answer hold all."))


def _size(table: Table) -> float:
    """Return the height of a table's type in points."""
    return SMALL if len(table.columns) > MANY else SIZE


def breakable(text: str) -> str:
    """Return text with places to break a line in its long words: ranges, ids of records, addresses."""
    if text.startswith(("https://", "http://")):
        return text
    return _LONG.sub(lambda found: _JOINT.sub(lambda joint: joint[0] + BREAK, found[0]), text)


def _widths(table: Table, room: float) -> tuple[float, ...] | None:
    """Return how wide each column is, or None where their longest words do not stand side by side."""
    size, spare = _size(table), room - 2 * INSET * len(table.columns)
    columns = list(zip(table.columns, zip(*table.rows[:MOST_ROWS], strict=True), strict=True)) if table.rows else []
    least = [
        max(_word(name, size, bold=True), *(_word(_text(cell), size) for cell in cells)) for name, cells in columns
    ]
    if not columns or sum(least) > spare:
        return () if not columns else None
    lengths = [[text_width(_text(cell), size) for cell in (name, *cells)] for name, cells in columns]
    return tuple(width + 2 * INSET for width in _shared(least, lengths, spare))


def _shared(least: Sequence[float], lengths: Sequence[Sequence[float]], room: float) -> list[float]:
    """Return widths that make rows low: what room is left goes, step by step, where it saves most lines.

    A row is as high as its highest cell; the sum of powers stands for that maximum, so that columns can be told apart.
    """
    widths = list(least)
    most = [max(cells) for cells in lengths]
    gains = [_gain(cells, width) for cells, width in zip(lengths, widths, strict=True)]
    left = room - sum(widths)
    while left > 0:
        place = max(range(len(widths)), key=lambda place: gains[place] if widths[place] < most[place] else -1.0)
        step = min(STEP, left, most[place] - widths[place])
        if step <= 0:
            break
        widths[place] += step
        left -= step
        gains[place] = _gain(lengths[place], widths[place])
    return widths


def _gain(lengths: Sequence[float], width: float) -> float:
    """Return how much lower the rows of a column become if it is one step wider."""
    return _towers(lengths, width) - _towers(lengths, width + STEP)


def _towers(lengths: Sequence[float], width: float) -> float:
    """Return how high the cells of a column stand, high ones counted much more."""
    return sum(max(length / width, 1.0) ** POWER for length in lengths)


def _lines(table: Table, widths: Sequence[float]) -> float:
    """Return how many lines a row takes on the whole."""
    rows = table.rows[:MOST_ROWS]
    return sum(_height(row, widths, _size(table)) for row in rows) / max(len(rows), 1)


def _height(row: Sequence[Cell], widths: Sequence[float], size: float) -> float:
    """Return how many lines a row takes, nearly."""
    pairs = zip(row, widths, strict=True)
    return max(1.0, *(text_width(_text(cell), size) / (width - 2 * INSET) for cell, width in pairs))


def _text(cell: Cell) -> str:
    """Return a cell as it is measured."""
    return breakable(cell_text(cell))


def _word(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of the longest part of a text that is not broken."""
    parts = _PART.findall(text.replace(BREAK, " ")) if not text.startswith("http") else ["0" * 12]
    return max((text_width(part, size, bold=bold) for part in parts), default=0.0) + 1
