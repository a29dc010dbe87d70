"""From a history to a workbook: a sheet per kind, with all that a record has several of on sheets beside it."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from typing import Final

from openpyxl import Workbook

from synodos.exchange.document import FORMAT, VERSION
from synodos.exchange.workbook.layout import every, page, records
from synodos.exchange.workbook.looks import Paper, styles
from synodos.exchange.workbook.rows import Row, rows
from synodos.exchange.workbook.sheets import add_guide, add_page, add_table, add_terms, offers
from synodos.exchange.workbook.wording import COMPILED, guide
from synodos.language import History

MOST_TITLE: Final = 80
"""Characters of a portfolio's title at the foot of each page of print, for which Excel takes 255 in all."""

_FIXED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - equal portfolios give equal files, whenever they are written
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_workbook(history: History, path: Path) -> None:
    """Write every statement of a portfolio into a workbook.

    Parameters
    ----------
    history : History
        What to write. Reading the workbook gives the same statements, kind by kind.
    path : pathlib.Path
        Where to write it; nothing is written before all of it is ready.

    Raises
    ------
    PortfolioError
        If a value cannot stand in a cell, or if two statements of one record have the same date, so that nothing
        would tell apart what belongs to which.
    """
    path.write_bytes(_packed(_book(history, rows(history))))


def _book(history: History, filled: dict[str, list[Row]]) -> Workbook:
    """Return the workbook that holds the rows of each table."""
    book = Workbook(write_only=True)
    for style in styles():
        book.add_named_style(style)
    header = history.header
    book.properties.title = header.title
    book.properties.creator = header.compiler.name if header.compiler else "Synodos"
    book.properties.created = _FIXED
    title = shorten(header.title, MOST_TITLE, placeholder=" …")
    new = partial(_new_sheet, book, title + (f"; {COMPILED}" if header.compiler else ""))
    vocabularies = history.known_on().vocabularies
    offered = offers(page(), records(), {name: len(one.terms) for name, one in vocabularies.items()})
    shown = [table for table in every([page(), *records()]) if not table.is_list or filled.get(table.name)]
    add_guide(new, guide(header, shown))
    add_page(new, page(), {"format": FORMAT, "version": VERSION}, filled[page().name][0])
    for table in shown[1:]:
        add_table(new, table, filled.get(table.name, []), offered)
    add_terms(new, list(vocabularies.values()))
    return book


def _new_sheet(book: Workbook, footer: str, name: str, colour: str, widths: Sequence[float]) -> Paper:
    """Return a new sheet; every page of print says what portfolio it is of."""
    return Paper(book, name, colour, footer, widths)


def _packed(book: Workbook) -> bytes:
    """Return the file of a workbook, the same bytes for the same content."""
    raw, packed = BytesIO(), BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _ZIP_EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0  # whatever system writes it
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{_FIXED.isoformat()}Z".encode(), content)
            archive.writestr(part, content)
    return packed.getvalue()
