"""From records to rows: each record is a row, and so is each of the things that it has several of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pydantic import BaseModel

from synodos.exchange.workbook.layout import Table, page, records
from synodos.exchange.workbook.values import CellValue, fits, unfit, write
from synodos.language import Fault, Field, History, PortfolioError, label, shown

Row = list[CellValue | None]
"""What the cells of a row hold, in the order of the table's headings."""


def rows(history: History) -> dict[str, list[Row]]:
    """Return the rows of every table by its full name.

    Raises
    ------
    PortfolioError
        If a value cannot stand in a cell, or if two statements of one record have the same date.
    """
    tables = {table.name: table for table in records()}
    found = _Rows("portfolio")
    found.add(page(), history.header, [], [])
    seen: set[tuple[str, str, str]] = set()
    for statement in history.statements:
        found.record = label(statement)
        identity = (statement.id, statement.as_of.text)
        if (statement.kind, *identity) in seen:
            found.tell("statement.twice", "as_of", "two statements of one record have the same date",
                       statement.as_of.text, "a date of its own")  # fmt: skip
        seen.add((statement.kind, *identity))
        found.add(tables[statement.plural], statement, [], [*identity])
    if found.faults:
        raise PortfolioError(found.faults)
    return found.rows


class _Rows:
    """The rows that have been made, and what could not be made one."""

    def __init__(self, record: str) -> None:
        """Start with none."""
        self.record = record
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.faults: list[Fault] = []

    def add(self, table: Table, thing: BaseModel, keys: Row, identity: Row) -> None:
        """Add the row of `thing`, and the rows of all that belongs to it, which name it by `identity`."""
        fields = {column.name: column.field for column in table.columns}
        values = {name: _follow(thing, name) for name in fields}
        cells = [self._cell(field, values[name], name) for name, field in fields.items()]
        self.rows[table.name].append([*keys, *cells])
        for part in table.parts:
            if part.is_list:
                apart = _apart(fields[part.path], values[part.path])
                field = fields[part.path]
                self.rows[part.name] += [[*identity, place, write(field, item)] for place, item in enumerate(apart, 1)]
                continue
            for own, item in _items(_follow(thing, part.path)):
                if item is None:
                    self.rows[part.name].append([*identity, *own, *(None for _ in part.columns)])
                else:
                    self.add(part, item, [*identity, *own], [*identity, *own])

    def tell(self, code: str, field: str, message: str, found: str, expected: str = "") -> None:
        """Keep a fault of the record whose rows are being made."""
        self.faults.append(Fault(code, message, self.record, field, found, expected))

    def _cell(self, field: Field, value: object, name: str) -> CellValue | None:
        """Return what the cell of a field holds; nothing for a list that goes to a sheet of its own."""
        for text in value if isinstance(value, tuple) else (value,):
            why = unfit(text) if isinstance(text, str) else ""
            if why:
                self.tell("cell.unfit", name, f"a workbook cannot hold {why}", shown(text))
        return None if _apart(field, value) else write(field, value)


def _apart(field: Field, value: object) -> tuple[object, ...]:
    """Return the values of a list that does not fit into a cell; none of one that does."""
    return value if isinstance(value, tuple) and value and not fits(field, value) else ()


def _follow(thing: object, path: str) -> object:
    """Return what stands at `path` (`money.amount`), or None where a part on the way is not given."""
    for step in path.split("."):
        thing = None if thing is None else getattr(thing, step)
    return thing


def _items(value: object) -> Iterator[tuple[tuple[CellValue | None, ...], BaseModel | None]]:
    """Yield several things with their key, their position, or both; nothing where a key leads to an empty list."""
    if isinstance(value, tuple):
        yield from (((position,), item) for position, item in enumerate(value, 1))
    for key, held in value.items() if isinstance(value, dict) else ():
        if isinstance(held, tuple):
            yield from (((key, position), item) for position, item in enumerate(held, 1))
            if not held:
                yield (key, None), None
        else:
            yield (key,), held
