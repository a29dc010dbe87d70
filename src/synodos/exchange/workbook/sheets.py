"""The sheets of a workbook: the page to read first, the portfolio page, tables with their drop-downs, terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from synodos.exchange.workbook.layout import GUIDE, PAGE_ROWS, TERMS, Column, Table
from synodos.exchange.workbook.looks import BLUE, GREY, NAVY, SKY, Look, Paper
from synodos.exchange.workbook.rows import Row
from synodos.exchange.workbook.values import CellValue
from synodos.exchange.workbook.wording import Line, note
from synodos.language import KIND_BY_PLURAL, Cites, DateRange, Field, Points, Term, Vocabulary

FIRST_ROW: Final = 3
"""Row in which entries begin, below the headings and the notes."""
LAST_ROW: Final = 1_048_576
"""Rows that a sheet can have."""
MOST_CHOICE: Final = 255
"""Characters that a drop-down may hold itself."""

_SOURCES: Final = "source"
"""Name by which the offer of sources goes; offers of records go by their kinds."""
_FIXED_NOTE: Final = "Says what this file is; leave it as it stands."
_WIDEST: Final = 46
"""Width in characters of the widest column of a table; longer texts are wrapped."""

Open = Callable[[str, str, Sequence[float]], Paper]
"""Opens a sheet by its name, the colour of its tab and the widths of its columns."""


def add_guide(new: Open, lines: Iterable[Line]) -> None:
    """Write the page to read first."""
    paper = new(GUIDE, NAVY, (32, 110))
    paper.sheet.sheet_view.showGridLines = False
    for line in lines:
        if line.look == "section":
            paper.add([])
        paper.add([(line.word, "word"), (line.text, "text")] if line.word else [(line.text, line.look)])


def add_page(new: Open, table: Table, fixed: Mapping[str, CellValue], row: Row) -> None:
    """Write the portfolio page: its fields below each other, each with what it means."""
    paper = new(table.sheet, NAVY, (24, 80, 60))
    paper.freeze("A2")
    paper.add([*((column.name, "must") for column in PAGE_ROWS.columns), ("# meaning", "may")])
    for name, content in fixed.items():
        paper.add([(name, "word"), (content, "text"), (_FIXED_NOTE, "note")])
    for column, value in zip(table.columns, row, strict=True):
        paper.add([(column.name, "word"), None if value is None else (value, "text"), (note(column), "note")])


def add_table(new: Open, table: Table, rows: Sequence[Row], offered: Mapping[str, str]) -> None:
    """Write headings, notes and rows of a table, with the drop-downs of its columns."""
    columns = table.headings
    widths = [_width(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
    paper = new(table.sheet, SKY if table.above else GREY if table.path else BLUE, widths)
    for number, column in enumerate(columns, 1):
        paper.set_column(number, widths[number - 1], _look(column.field, None))
    paper.freeze(f"B{FIRST_ROW}")
    ends = get_column_letter(len(columns))
    paper.rule_rows(f"A{FIRST_ROW}:{ends}{LAST_ROW}", f'$A{FIRST_ROW}<>""')
    # Filters begin at the notes, so that sorting leaves these where they are.
    last = max(FIRST_ROW, FIRST_ROW - 1 + len(rows))
    paper.sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{ends}{last}"
    paper.add([(column.name, "must" if column.required else "may") for column in columns])
    notes = [note(column) for column in columns]
    paper.add([(f"# {text}" if not at else text, "note") for at, text in enumerate(notes)])
    for row in rows:
        paper.add([_entry(column, value) for column, value in zip(columns, row, strict=True)])
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        _offer(paper.sheet, column.field, f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}", offered)


def add_terms(new: Open, vocabularies: Sequence[Vocabulary]) -> None:
    """Write the terms of each vocabulary in two columns: id and label."""
    paper = new(TERMS, GREY, [width for _ in vocabularies for width in (34, _WIDEST)])
    paper.freeze(f"A{FIRST_ROW}")
    paper.add([(text, "may") for one in vocabularies for text in (one.name, "label")])
    paper.add([(text, "note") for one in vocabularies for text in (one.title, "what the id stands for")])
    for row in zip_longest(*(one.terms.values() for one in vocabularies)):
        pairs = (((term.id, "text"), (term.label, "text")) if term else (None, None) for term in row)
        paper.add([look for pair in pairs for look in pair])


def _entry(column: Column, value: CellValue | None) -> Look | None:
    """Return what a cell holds and how it looks."""
    return None if value is None else (value, _look(column.field, value))


def _look(field: Field, value: CellValue | None) -> str:
    """Return how the cells of a field look."""
    if field.type is float and isinstance(value, float) and value.is_integer():
        return "amount"
    return "number" if field.type in (int, float) else "text"


def _width(column: Column, values: Iterable[CellValue | None]) -> float:
    """Return a width in characters that suits a column's heading, note and values."""
    lines = (line for value in values if value is not None for line in str(value).split("\n"))
    longest = max(map(len, lines), default=0)
    narrowest = {bool: 13, int: 13, DateRange: 18}.get(column.field.type, 20)
    return min(max(longest + 2, len(column.name) + 4, narrowest), _WIDEST)


def _offer(sheet: Worksheet, field: Field, cells: str, offered: Mapping[str, str]) -> None:
    """Add the drop-down of a field to `cells`; only words that are closed are insisted upon."""
    words = ("yes", "no") if field.type is bool else field.words
    choice = ",".join(words)
    formula = f'"{choice}"' if words and len(choice) <= MOST_CHOICE else offered.get(_target(field))
    if formula is None:
        return
    # A cell that may name several takes more than the list offers, so it is not checked while it is typed.
    rule = DataValidation("list", formula, allow_blank=True, sqref=cells, showErrorMessage=not field.many)
    rule.errorStyle = "stop" if words else "warning"
    rule.errorTitle = "Not in the list"
    rule.error = f"One of: {', '.join(words)}"[:MOST_CHOICE] if words else "Nothing in this workbook has this name yet."
    sheet.data_validations.append(rule)


def _target(field: Field) -> str:
    """Return by which name the offer for a reference goes."""
    mark = field.mark
    if isinstance(mark, Term):
        return mark.vocabulary
    if isinstance(mark, Cites):
        return _SOURCES
    return mark.kinds[0] if isinstance(mark, Points) else ""


def offers(shared: Table, kinds: Iterable[Table], terms: Mapping[str, int]) -> dict[str, str]:
    """Return what the drop-downs of references offer.

    Parameters
    ----------
    shared : Table
        The portfolio page, among whose parts the sources are.
    kinds : iterable of Table
        The sheet of each kind.
    terms : mapping of str to int
        How many terms each vocabulary has, in the order of their columns.

    Returns
    -------
    dict of str to str
        The formula of each: the first column of a sheet by the singular name of its kind, or a column of terms.
    """
    found = {KIND_BY_PLURAL[table.name].kind: _first_column(table) for table in kinds}
    found[_SOURCES] = next(_first_column(part) for part in shared.parts if part.keyed and not part.listed)
    for at, (name, count) in enumerate(terms.items()):
        letter = get_column_letter(2 * at + 1)
        found[name] = f"{TERMS}!${letter}${FIRST_ROW}:${letter}${FIRST_ROW + count - 1}"
    return found


def _first_column(table: Table) -> str:
    """Return the formula for what the first column of a sheet holds at the time, not when it was written."""
    cells = f"{quote_sheetname(table.sheet)}!$A${FIRST_ROW}"
    return f"OFFSET({cells},0,0,MAX(1,COUNTA({cells}:$A${LAST_ROW})),1)"
