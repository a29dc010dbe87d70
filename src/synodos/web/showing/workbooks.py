"""Tables as a workbook of Excel, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Sequence
from typing import Any, Final

from synodos.report import Table

NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no workbook can hold."""
NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\']")
LONGEST_TITLE: Final = 31
LONGEST_CELL: Final = 32_767
"""Characters that Excel takes in the name of a sheet, and in a cell."""
PROPERTIES: Final = "docProps/core.xml"
TIME: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def workbook(tables: Sequence[Table], about: Sequence[str]) -> bytes:
    """Return tables as a workbook: a sheet each, and a last one with what a reader has to know.

    Text stays text: no cell is a formula, whatever it begins with.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    titles: set[str] = set()
    for table in tables:
        sheet = book.create_sheet(_title(table.name, titles))
        sheet.freeze_panes = "A2"
        for row in (table.columns, *table.rows):
            sheet.append([_cell(sheet, one) for one in row])
    sheet = book.create_sheet(_title("about", titles))
    for line in about:
        sheet.append([_cell(sheet, line)])
    out = io.BytesIO()
    book.save(out)
    return _restamped(out.getvalue())


def _restamped(packed: bytes) -> bytes:
    """Return a workbook whose parts all bear the same time, so that equal tables are equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(out, "w") as written:
        for name in given.namelist():
            part = given.read(name)
            if name == PROPERTIES:
                part = TIME.sub(b"1980-01-01T00:00:00Z", part)
            written.writestr(zipfile.ZipInfo(name, EPOCH), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _title(name: str, taken: set[str]) -> str:
    """Return a name for a sheet that no other sheet bears."""
    plain = NOT_IN_TITLES.sub(" ", name)[:LONGEST_TITLE] or "table"
    title, number = plain, 2
    while title.casefold() in taken:
        title, number = f"{plain[: LONGEST_TITLE - 4]} {number}", number + 1
    taken.add(title.casefold())
    return title


def _cell(sheet: Any, value: Any) -> Any:
    """Return a cell that holds a value as it is; text is marked as text."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return value if not isinstance(value, float) or math.isfinite(value) else None
    cell = WriteOnlyCell(sheet)
    cell.value = NOT_IN_XML.sub("", value)[:LONGEST_CELL]
    cell.data_type = "s"  # whatever it begins with: text that begins with = would be read as a formula
    if value.startswith(STARTS):
        cell.quotePrefix = True
    return cell
