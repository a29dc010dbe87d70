"""Tables on a page: a part of long ones at a time, in the order asked for, each cell as it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, repeat
from typing import Any, Final

from django.http import HttpRequest, QueryDict

from synodos.report import Table, cell_text, column_looks
from synodos.web.showing.asking import Misasked, number
from synodos.web.showing.evidence import row_anchor
from synodos.web.showing.links import address_of, pieces_of

MOST_ROWS: Final = 100
"""Rows of a table that a page shows at once."""
TALL: Final = 25
"""Rows past which a table scrolls by itself."""
FILES: Final = ("csv", "xlsx")
"""Forms in which a page gives each of its tables."""
UNSTATED: Final = "not stated"
Led = tuple[Sequence[Any], Sequence[str], str]
"""A row, to which record or address each of its cells leads, and its anchor."""
VIEW: Final = ("table", "sort", "down", "page")
"""Parts of an address that say how one table is looked at."""


@dataclass(frozen=True)
class ShownCell:
    """A cell: its pieces (words and address), how its column is set, whether something is stated, and its anchor."""

    pieces: list[tuple[str, str]]
    column: str
    look: str
    value: str
    stated: bool = True
    anchor: str = ""


@dataclass(frozen=True)
class ShownHead:
    """The head of a column: its name, how it is set, the address that sorts by it, and how it is sorted now."""

    name: str
    look: str
    address: str
    sorted: str = ""


@dataclass(frozen=True)
class ShownTable:
    """A table as templates take it."""

    name: str
    title: str
    count: int
    heads: list[ShownHead]
    rows: list[list[ShownCell]]
    first: int = 0
    last: int = 0
    earlier: str = ""
    later: str = ""
    whole: bool = True
    files: list[tuple[str, str]] = field(default_factory=list)

    @property
    def tall(self) -> bool:
        """Whether it scrolls by itself."""
        return len(self.rows) > TALL


def shown_table(
    request: HttpRequest,
    table: Table,
    links: Mapping[str, str] | None = None,
    *,
    leads: Sequence[Sequence[str]] = (),
    anchored: bool = False,
) -> ShownTable:
    """Return a table as the template `showing/table.html` takes it.

    Parameters
    ----------
    request : HttpRequest
        `?table=NAME&sort=COLUMN&down=1&page=2` says how the table of that name is looked at.
    table : Table
        The table.
    links : mapping, optional
        Words in its cells, and the record (`kind:id`) or address that each leads to.
    leads : sequence of sequence of str
        For each row, for its first cells, the record or address to which the cell leads as a whole; or nothing.
    anchored : bool
        Whether links lead to its rows (see `evidence.row_anchor`).

    Raises
    ------
    Misasked
        If the address asks for a column that the table has not, or for a page that is no number.
    """
    asked = request.GET if request.GET.get("table") == table.name else QueryDict()
    order, down = _order(table, asked), asked.get("down") == "1"
    anchors = (row_anchor(table.name, place) if anchored else "" for place in range(len(table.rows)))
    rows = _sorted(list(zip(table.rows, chain(leads, repeat(())), anchors, strict=False)), order, down=down)
    pages = max(1, -(-len(rows) // MOST_ROWS))
    page = min(pages, number(asked, "page", 1, least=1))  # on another day a table may be shorter
    first = (page - 1) * MOST_ROWS
    part = rows[first : first + MOST_ROWS]
    looks = column_looks(table)
    known = links or {}

    def link(**changes: object) -> str:
        return _address(request, table.name, **changes)

    sort = {} if order is None else {"sort": table.columns[order], "down": "1" if down else None}
    return ShownTable(
        name=table.name,
        title=table.title,
        count=len(rows),
        heads=[
            ShownHead(
                name,
                look,
                link(sort=name, down="1" if place == order and not down else None),
                ("descending" if down else "ascending") if place == order else "",
            )
            for place, (name, look) in enumerate(zip(table.columns, looks, strict=True))
        ],
        rows=[_row(request, led, zip(table.columns, looks, strict=True), known) for led in part],
        first=first + 1 if part else 0,
        last=first + len(part),
        earlier=link(**sort, page=page - 1) if page > 1 else "",
        later=link(**sort, page=page + 1) if page < pages else "",
        whole=pages == 1,
        files=[(kind.upper(), file_address(request, kind, table=table.name)) for kind in ("csv", "xlsx")],
    )


def _order(table: Table, asked: QueryDict) -> int | None:
    """Return the column by which the rows are sorted, if any."""
    name = asked.get("sort")
    if not name:
        return None
    if name not in table.columns:
        raise Misasked(field="sort", found=name, expected=f"a column of the table: {', '.join(table.columns)}")
    return table.columns.index(name)


def _sorted(rows: list[Led], order: int | None, *, down: bool) -> list[Led]:
    """Return rows in the order asked for; those with nothing stated come last either way."""
    if order is None:
        return rows
    stated = [one for one in rows if one[0][order] is not None]
    stated.sort(key=lambda one: _rank(one[0][order]), reverse=down)
    return [*stated, *(one for one in rows if one[0][order] is None)]


def _rank(cell: Any) -> tuple[bool, float, str]:
    """Return where a cell stands: numbers by size, then words."""
    return (True, 0.0, cell.casefold()) if isinstance(cell, str) else (False, float(cell), "")


def _row(
    request: HttpRequest, led: Led, columns: Iterable[tuple[str, str]], links: Mapping[str, str]
) -> list[ShownCell]:
    """Return the cells of a row; some lead on as a whole, and the first bears the row's anchor."""
    row, leads, anchor = led
    cells = [_cell(request, cell, *column, links) for cell, column in zip(row, columns, strict=True)]
    for place, lead in enumerate(leads):
        if lead:
            words = "".join(part for part, _ in cells[place].pieces)
            cells[place] = replace(cells[place], pieces=[(words, address_of(lead, request.table))])
    return [replace(cells[0], anchor=anchor), *cells[1:]] if anchor else cells


def _cell(request: HttpRequest, cell: Any, column: str, look: str, links: Mapping[str, str]) -> ShownCell:
    """Return a cell as templates take it."""
    if cell is None:
        return ShownCell([(UNSTATED, "")], column, look, "", stated=False)
    text = cell_text(cell)
    pieces = pieces_of(cell, links) if isinstance(cell, str) else [(text, "")]
    linked = [(words, address_of(target, request.table) if target else "") for words, target in pieces]
    return ShownCell(linked, column, look, str(cell))


def _address(request: HttpRequest, table: str, **changes: object) -> str:
    """Return the address of the page with one table looked at differently."""
    asked = request.GET.copy()
    for name in (*VIEW, "format", "figure"):
        asked.pop(name, None)
    asked["table"] = table
    for name, value in changes.items():
        if value is not None:
            asked[name] = str(value)
    return f"?{asked.urlencode()}#table-{table}"


def file_address(request: HttpRequest, kind: str, **names: str) -> str:
    """Return the address of the page's answer as a file."""
    asked = request.GET.copy()
    for name in (*VIEW, "format", "figure"):
        asked.pop(name, None)
    for name, value in {"format": kind, **names}.items():
        asked[name] = value
    return f"?{asked.urlencode()}"
