"""Tables: the rows behind a figure or an answer, the same on the terminal, in CSV and on the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

Cell = str | int | float | bool | None
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make spreadsheets run a cell as a formula."""
SHORT, LONG = 18, 50
"""Characters of a cell up to which it is not broken, and from which its column is wide."""
MOST = 0.9
"""Share of the cells that decides on the width of their column; a few longer ones are broken."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns.

    Attributes
    ----------
    name : str
        Short name, also of its file.
    title : str
        What it shows, in one line.
    columns : tuple of str
        Names of the columns, in the words of the reader.
    rows : tuple of tuples
        One tuple a row, as long as `columns`; None: not stated.
    wide : tuple of str
        Columns left out on a terminal, where there is no room for them.
    heads : int
        How many first columns name the row. Where a terminal has no room for a grid, every cell after them stands with
        the name of its column; 0: words stand alone.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: tuple[str, ...] = ()
    heads: int = 0


def as_csv(table: Table) -> str:
    """Return a table as CSV (RFC 4180), with cells that a spreadsheet would run made harmless."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows(tuple(_harmless(cell) for cell in row) for row in table.rows)
    return out.getvalue()


def as_records(table: Table) -> list[dict[str, Cell]]:
    """Return a table as one mapping a row."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def without(table: Table, names: Collection[str]) -> Table:
    """Return a table without the columns of these names."""
    kept = [place for place, name in enumerate(table.columns) if name not in names]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
        wide=tuple(name for name in table.wide if name not in names),
    )


def cell_text(cell: Cell) -> str:
    """Return a cell as people read it."""
    if cell is None:
        return "not stated"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def column_looks(table: Table) -> list[str]:
    """Return for each column how it is set: numbers to the right, short words unbroken, sentences wide."""
    return [_look(name, [row[place] for row in table.rows], table.wide) for place, name in enumerate(table.columns)]


def _look(name: str, cells: list[Cell], wide: tuple[str, ...]) -> str:
    """Return the classes of one column; `extra` ones are left out where there is no room."""
    stated = [cell for cell in cells if cell is not None]
    lengths = sorted(len(cell_text(cell)) for cell in stated) or [0]
    numeric = bool(stated) and all(isinstance(c, int | float) and not isinstance(c, bool) for c in stated)
    long = lengths[int(MOST * (len(lengths) - 1))] > LONG
    looks = {"number": numeric, "short": lengths[-1] <= SHORT, "long": long, "extra": name in wide}
    return " ".join(look for look, holds in looks.items() if holds)


def _harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return "" if cell is None else cell
