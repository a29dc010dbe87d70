"""From a workbook to drafts: every sheet is read, then rows are joined to what they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from synodos.exchange.building import Draft
from synodos.exchange.document import FORMAT, Document, checked_format
from synodos.exchange.limits import MOST_DIGITS, MOST_RECORDS
from synodos.exchange.workbook.cells import Cell
from synodos.exchange.workbook.grid import REMARK, Entry, Found, Grid, entries, put
from synodos.exchange.workbook.joining import join
from synodos.exchange.workbook.layout import (
    APART,
    PAGE_ROWS,
    PORTFOLIO,
    VALUE,
    Table,
    every,
    page,
    records,
)
from synodos.exchange.workbook.package import Package, opened
from synodos.exchange.workbook.values import read
from synodos.language import Fault, PortfolioError, shown

_FORMAT_FIELDS: Final = ("format", "version")
_WHOLE: Final = rf"[0-9]{{1,{MOST_DIGITS}}}"


def read_drafts(path: Path) -> tuple[Draft | None, list[Draft], list[Fault]]:
    """Return what the workbook at `path` says, not yet checked, and what could not be read.

    Parameters
    ----------
    path : Path
        A workbook (.xlsx).

    Returns
    -------
    page : Draft or None
        The portfolio page; None if the workbook has none, or cannot be read.
    drafts : list of Draft
        Every statement, sheet by sheet and row by row.
    faults : list of Fault
        What is wrong with the file, its sheets and its cells, with sheet and cell.
    """
    found = Found()
    try:
        with opened(path) as package:
            head, drafts = _drafts(package, found)
    except PortfolioError as error:
        return None, [], [*found.faults, *error.faults]
    return head, drafts, found.faults


def _drafts(package: Package, found: Found) -> tuple[Draft | None, list[Draft]]:
    """Return the portfolio page and every statement."""
    kinds = records()
    sheets = _sheets(package, [page(), *kinds], found)
    if PORTFOLIO not in sheets:
        raise PortfolioError([Fault("file.no-page", "the workbook has no sheet that says what it is",
                                    expected=f"a sheet named {PORTFOLIO!r}")])  # fmt: skip
    head = _page_entry(package.cells(sheets.pop(PORTFOLIO)), found)
    rows: dict[str, list[Entry]] = {}
    for table in every([page(), *kinds]):
        if table.sheet in sheets:
            rows[table.name] = list(entries(table, package.cells(sheets[table.sheet]), found))
    join(page(), [head], rows, found)
    drafts: list[Draft] = []
    for table in kinds:
        statements = rows.get(table.name, [])
        for entry in statements:
            entry.identity = (entry.values.get("id"), entry.values.get("as_of"))
        join(table, statements, rows, found)
        drafts.extend(Draft(table.name, entry.values, entry.place) for entry in statements)
    if len(drafts) > MOST_RECORDS:
        raise PortfolioError([Fault("file.too-many", "the workbook holds too many statements",
                                    found=f"{len(drafts):,}", expected=f"at most {MOST_RECORDS:,}")])  # fmt: skip
    return Draft("", head.values, head.place), drafts


def _sheets(package: Package, tables: Iterable[Table], found: Found) -> dict[str, str]:
    """Return the part of the file of each sheet that is read, and tell which sheets are not known."""
    known = {table.sheet for table in every(tables)}
    sheets: dict[str, str] = {}
    for name, part in package.sheets:
        if name in sheets:
            found.add(Fault("file.sheet-twice", "two sheets have the same name", found=shown(name), place=name))
        elif name in known:
            sheets[name] = part
        elif name not in APART and not name.startswith(REMARK):
            found.add(Fault("file.unknown-sheet", "the workbook may not have such a sheet", found=shown(name),
                            expected=f"a sheet that the language knows, or a name that begins with {REMARK}",
                            nearest=found.nearest(name, known), place=name))  # fmt: skip
    return sheets


def _page_entry(cells: Iterable[Cell], found: Found) -> Entry:
    """Return the portfolio page, after a look at its format."""
    columns = {column.name: column for column in page().columns}
    places: dict[str, int] = {}
    entry = Entry(Grid(page(), places, down=True), 1, {}, {})
    given: dict[str, object] = {}
    for row in entries(PAGE_ROWS, cells, found):
        name, value = str(row.values.get("field", "")), row.values.get(VALUE)
        entry.row = row.grid.columns.get(VALUE, 1)
        if name in places:
            _tell(row, "sheet.field-twice", "the field stands twice", name, "each field once", "", found)
        elif name in _FORMAT_FIELDS:
            # Cells of the page are read as text, whatever they hold.
            given[name] = int(str(value)) if re.fullmatch(_WHOLE, str(value)) else value
        elif name not in columns:
            near = found.nearest(name, columns)
            _tell(row, "sheet.unknown-field", "the page has no such field", name, "a field of the page", near, found)
            continue
        elif value is not None:
            put(entry.values, name, read(columns[name].field, value))
        places[name] = row.row
    checked_format(Document(PORTFOLIO, given, entry.place), FORMAT)
    return entry


def _tell(row: Entry, code: str, message: str, name: object, expected: str, near: str, found: Found) -> None:
    """Keep a fault of a row of the page."""
    place = row.grid.place("field", row.row)
    found.add(Fault(code, message, found=shown(name), expected=expected, nearest=near, place=place))
