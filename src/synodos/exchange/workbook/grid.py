"""Rows of a sheet as they stand: which columns it has, and what each row gives them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from openpyxl.utils import get_column_letter

from synodos.exchange.limits import MOST_FAULTS
from synodos.exchange.workbook.cells import Cell
from synodos.exchange.workbook.layout import Column, Table
from synodos.exchange.workbook.values import MOST_CHARACTERS, read, text
from synodos.language import Fault, PortfolioError, nearest, shown

REMARK: Final = "#"
"""What begins with it is a remark: a row, by its first column; a column, by its heading; a sheet, by its name."""
HEADING_ROW: Final = 1
MOST_COLUMNS: Final = 16_384
"""Columns that a sheet can have."""
MOST_COMPARISONS: Final = 20_000
"""With how many valid values wrong ones are compared, which takes about a second."""
_FLAWS: Final = {
    "formula": ("cell.formula", "a formula is not read; nothing in a workbook is worked out", "a plain value"),
    "error": ("cell.error", "the cell holds an error of the spreadsheet", "a plain value"),
    "long": ("cell.long", "the cell holds more text than a cell can", f"at most {MOST_CHARACTERS:,} characters"),
    "merged": ("sheet.merged", "merged cells hide which row says what", "cells that are not merged"),
}


class Found:
    """The faults found while a workbook is read, up to the number that is told."""

    def __init__(self) -> None:
        """Start with none."""
        self.faults: list[Fault] = []
        self._comparisons = 0

    def add(self, fault: Fault) -> None:
        """Keep a fault; reading ends with the last that is told."""
        if len(self.faults) == MOST_FAULTS - 1:
            raise PortfolioError([Fault("file.faults", f"reading ended at {MOST_FAULTS:,} faults", place=fault.place)])
        self.faults.append(fault)

    def nearest(self, found: object, valid: Collection[object]) -> str:
        """Return the valid value that looks most like `found`, as long as looking for it takes little time."""
        self._comparisons += len(valid)
        if found is None or self._comparisons > MOST_COMPARISONS:
            return ""
        return nearest(str(found), sorted({str(value) for value in valid if value is not None}))


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the fields of a table stand in its sheet.

    Attributes
    ----------
    table : Table
        What the sheet holds.
    columns : mapping of str to int
        Number of the column of each field; on the portfolio page, of its row.
    down : bool
        Whether the fields stand below each other.
    """

    table: Table
    columns: Mapping[str, int]
    down: bool = False

    def place(self, name: str, row: int) -> str:
        """Return sheet and cell of a field in a row; without the field, of the row."""
        column = self.columns.get(name) or self.columns.get(self.table.home, 1)
        return coordinate(self.table.sheet, *((column, row) if self.down else (row, column)))


@dataclass(slots=True)
class Entry:
    """One row, and what other sheets add to it.

    Attributes
    ----------
    grid : Grid
        Sheet and columns.
    row : int
        Number of the row.
    keys : dict of str to object
        What it says of where it belongs.
    values : dict of str to object
        What it says, nested as the record is.
    parts : dict of str to Entry
        Rows of other sheets that belong to it, by their paths in it.
    identity : tuple
        What rows of other sheets that belong to it name it by.
    """

    grid: Grid
    row: int
    keys: dict[str, Any]
    values: dict[str, Any]
    parts: dict[str, Entry] = field(default_factory=dict)
    identity: tuple[Any, ...] = ()

    def place(self, path: str) -> str:
        """Return sheet and cell of what stands at `path`, or of what holds it."""
        head = path
        while head:
            if head in self.parts:
                return self.parts[head].place(path[len(head) :].removeprefix("."))
            column = next((name for name in self.grid.columns if name == head or name.startswith(f"{head}.")), None)
            if column is not None:
                return self.grid.place(column, self.row)
            head = head[: max(head.rfind("."), head.rfind("["), 0)]
        return self.grid.place("", self.row)


def get(values: Mapping[str, object], path: str) -> object:
    """Return what stands at `path` (`money.amount`) of nested values, or None."""
    value: object = values
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def put(values: dict[str, Any], path: str, value: object) -> None:
    """Put `value` at `path` (`money.amount`) of nested values."""
    *above, last = path.split(".")
    for step in above:
        values = values.setdefault(step, {})
    values[last] = value


def entries(table: Table, cells: Iterable[Cell], found: Found) -> Iterator[Entry]:
    """Yield the rows of the sheet of `table` that hold something, and tell what is wrong with it."""
    reader = _Reader(table, found)
    for row, line in groupby(reader.apart(cells), key=attrgetter("row")):
        if row == HEADING_ROW:
            reader.take_headings(line)
            continue
        entry = reader.entry(row, list(line))
        if entry is not None:
            yield entry


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, table: Table, found: Found) -> None:
        """Start above the headings."""
        self._found = found
        self._grid = Grid(table, {})
        self._known = {column.name: column for column in table.headings}
        self._keys = {column.name for column in (*table.above, *table.own)}
        self._at: dict[int, Column | None] = {}
        self._lead = 0

    def apart(self, cells: Iterable[Cell]) -> Iterator[Cell]:
        """Yield the cells that are not merged with others, and tell which are."""
        for cell in cells:
            if cell.flaw == "merged":
                self._flawed(cell, "")
            else:
                yield cell

    def take_headings(self, line: Iterable[Cell]) -> None:
        """Keep which column holds which field."""
        columns: dict[str, int] = {}
        for cell in line:
            name = text(cell.value).strip()
            if not name:
                continue
            self._at[cell.column] = None
            if cell.flaw:
                self._flawed(cell, "")
            elif name in columns:
                self._tell(cell, Fault("sheet.column-twice", "the column stands twice", expected="each column once"))
            elif name in self._known:
                columns[name] = cell.column
                self._at[cell.column] = self._known[name]
            elif not name.startswith(REMARK):
                expected = f"a field, or a heading that begins with {REMARK}"
                near = self._found.nearest(name, self._known)
                message = "the sheet has no such column"
                self._tell(cell, Fault("sheet.unknown-column", message, expected=expected, nearest=near))
        self._grid = Grid(self._grid.table, columns)
        lead = self._known[self._grid.table.lead]
        self._lead = columns.get(lead.name, 1)
        if lead.required and lead.name not in columns:
            message = f"the sheet has no column {lead.name!r}, so that none of its rows can be read"
            place = coordinate(self._grid.table.sheet, HEADING_ROW, 1)
            self._found.add(Fault("file.column-missing", message, expected=lead.name, place=place))
            self._at = dict.fromkeys(range(1, 1 + MOST_COLUMNS))

    def entry(self, row: int, line: Sequence[Cell]) -> Entry | None:
        """Return what a row says; None for a remark, and for a row that says nothing."""
        if not self._at:
            message = "the first row does not say which column holds what"
            self._tell(line[0], Fault("sheet.no-headings", message, expected=", ".join(self._known)))
            self._at = dict.fromkeys(range(1, 1 + MOST_COLUMNS))
        if any(cell.column == self._lead and text(cell.value).startswith(REMARK) for cell in line):
            return None
        entry = Entry(self._grid, row, {}, {})
        for cell in line:
            column = self._column(cell)
            if column is None:
                continue
            if cell.flaw:
                self._flawed(cell, column.name)
            value = read(column.field, cell.value)
            if value is not None:
                put(entry.keys if column.name in self._keys else entry.values, column.name, value)
        return entry if entry.keys or entry.values else None

    def _column(self, cell: Cell) -> Column | None:
        """Return the column that a cell stands in, or tell that it has no heading."""
        if cell.column not in self._at and text(cell.value).strip():
            self._tell(cell, Fault("sheet.column-unnamed", "the column has no heading", expected="a field in row 1"))
            self._at[cell.column] = None
        return self._at.get(cell.column)

    def _flawed(self, cell: Cell, name: str) -> None:
        """Tell why a cell cannot be used."""
        code, message, expected = _FLAWS[cell.flaw]
        self._tell(cell, Fault(code, message, field=name, expected=expected))

    def _tell(self, cell: Cell, fault: Fault) -> None:
        """Keep a fault of one cell, with what stands there."""
        place = coordinate(self._grid.table.sheet, cell.row, cell.column)
        self._found.add(replace(fault, found=shown(text(cell.value)), place=place))


def coordinate(sheet: str, row: int, column: int) -> str:
    """Return sheet and cell: `missions!C7`."""
    return f"{sheet}!{get_column_letter(column)}{row}"
