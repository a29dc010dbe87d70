"""Which sheets and columns a workbook has, read off the models: no second list of fields is kept."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, get_args, get_origin

from pydantic import BaseModel

from synodos.language import KINDS, NAMES, DateRange, Field, Header, Points, Record, fields

PORTFOLIO: Final = "portfolio"
GUIDE: Final = "read me"
TERMS: Final = "terms"
APART: Final = (GUIDE, TERMS)
"""Sheets that say nothing of the portfolio; the reader passes over them."""
MOST_SHEET_NAME: Final = 31
"""Characters that Excel allows in the name of a sheet."""
POSITION: Final = "position"
VALUE: Final = "value"
"""Heading of the one column of a sheet that holds the values of a list."""

_FIRST: Final = ("id", "as_of", "owner")
"""What tells the statements of a kind apart stands on the left."""
_NAMED: Final = {"vocabularies": ("vocabulary terms", "vocabulary")}
"""Sheet and key column of a field of the portfolio page, where they are not called after the field."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and the field that it holds.

    Attributes
    ----------
    name : str
        Heading, which is the path of the field: `status`, or `money.amount` for a field of a single part.
    field : Field
        Type and meaning.
    required : bool
        Whether every row must fill it.
    """

    name: str
    field: Field
    required: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: what its rows belong to, and what they hold.

    Attributes
    ----------
    name, about : str
        Full name, such as `missions` or `missions.requirements`, and what the sheet is for.
    path : str
        Where the rows stand in what they belong to, such as `requirements`; empty for records and for the page.
    columns : tuple of Column
        What a row says.
    parts : tuple of Table
        Sheets whose rows belong to the rows of this one: parts, and lists that do not fit into a cell.
    above : tuple of Column
        Columns that say which record, and which part of it, a row belongs to.
    own : tuple of Column
        Columns that tell the rows apart which belong to the same: a key, a position, or both.
    keyed, listed : bool
        Whether the rows stand under keys, and whether they stand in an order.
    is_list : bool
        Whether the rows are values of a list, which stand in a cell of what they belong to where they fit.
    """

    name: str
    about: str
    path: str
    columns: tuple[Column, ...]
    parts: tuple[Table, ...] = ()
    above: tuple[Column, ...] = ()
    own: tuple[Column, ...] = ()
    keyed: bool = False
    listed: bool = False
    is_list: bool = False

    @property
    def sheet(self) -> str:
        """Name of the sheet, shortened where Excel would not have it."""
        return sheet_name(self.name)

    @property
    def headings(self) -> tuple[Column, ...]:
        """Every column, from left to right."""
        return (*self.above, *self.own, *self.columns)

    @property
    def lead(self) -> str:
        """Heading of the first column: a row that has `#` there is a remark."""
        return self.headings[0].name

    @property
    def home(self) -> str:
        """Heading of the column that stands for a whole row."""
        return self.own[0].name if self.keyed else self.columns[0].name


def sheet_name(name: str) -> str:
    """Return `name`, or where it is too long for Excel its beginning with a mark made from all of it.

    Examples
    --------
    >>> sheet_name("missions.requirements")
    'missions.requirements'
    >>> sheet_name("campaigns.instruments.calibrations")
    'campaigns.instruments.ca~0752f5'
    """
    if len(name) <= MOST_SHEET_NAME:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:6]
    return f"{name[: MOST_SHEET_NAME - 7]}~{mark}"


def every(tables: Iterable[Table]) -> Iterator[Table]:
    """Yield `tables`, each followed by all that belong to it."""
    for table in tables:
        yield table
        yield from every(table.parts)


@cache
def page() -> Table:
    """Return the sheet of the portfolio page, whose fields stand below each other."""
    return Table(
        PORTFOLIO,
        "What the portfolio is, and on what day it was known.",
        "",
        tuple(_columns(Header)),
        _tables(Header, PORTFOLIO, ()),
    )


@cache
def records(kinds: tuple[type[Record], ...] = KINDS) -> tuple[Table, ...]:
    """Return the sheet of each kind of record."""
    return tuple(_of_kind(kind) for kind in kinds)


def _of_kind(kind: type[Record]) -> Table:
    """Return the sheet of one kind: what identifies a statement, what it says, then who stated it and why."""
    general = Record.model_fields.keys() - set(_FIRST)
    columns = list(_columns(kind))
    first = [column for name in _FIRST for column in columns if column.name == name]
    says = [column for column in columns if column not in first and column.name not in general]
    about = [column for column in columns if column.name in general]
    above = (
        _key("record", "Id of the record that the row belongs to.", str, Points((kind.kind,)), required=True),
        _key("as_of", "Date of its statement; may stay empty while the record has one statement.", DateRange),
    )
    return Table(kind.plural, _first_line(kind), "", (*first, *says, *about), _tables(kind, kind.plural, above))


def _first_line(model: type[BaseModel]) -> str:
    """Return what a model says of itself."""
    return (inspect.getdoc(model) or "").partition("\n")[0]


def _columns(model: type[BaseModel], prefix: str = "", *, required: bool = True) -> Iterator[Column]:
    """Yield a column for each field that fits into a cell; the fields of a single part stand side by side."""
    for field in fields(model):
        part, keyed, listed = _held(field)
        needed = required and field.required
        if part is None:
            yield Column(f"{prefix}{field.name}", field, needed)
        elif not keyed and not listed:
            yield from _columns(part, f"{prefix}{field.name}.", required=needed)


def _tables(model: type[BaseModel], name: str, above: tuple[Column, ...], prefix: str = "") -> tuple[Table, ...]:
    """Return a table for each field of `model` that holds several things: parts before plain values."""
    found: list[Table] = []
    for field in fields(model):
        path = f"{prefix}{field.name}"
        part, keyed, listed = _held(field)
        if part is None and listed:
            column = Column(VALUE, replace(field, many=False, words=(), optional=False, required=True), required=True)
            about = f"Lists that do not fit into a cell of {name}. {field.description}"
            own = (_position(),)
            found.append(Table(f"{name}.{path}", about, path, (column,), (), above, own, listed=True, is_list=True))
        elif part is not None and (keyed or listed):
            table = _of_parts(part, name, path, above, keyed=keyed, listed=listed)
            found.append(replace(table, about=field.description or _first_line(part)))
        elif part is not None:
            found.extend(_tables(part, name, above, f"{path}."))
    return tuple(sorted(found, key=lambda table: (table.is_list, table.listed)))


def _of_parts(
    model: type[BaseModel], holder: str, path: str, above: tuple[Column, ...], *, keyed: bool, listed: bool
) -> Table:
    """Return the table of the parts that stand at `path` of what the table `holder` holds."""
    name, key_name = f"{holder}.{path}", "key"
    if holder == PORTFOLIO:
        name, key_name = _NAMED.get(path, (path.replace("_", " "), key_name))
    key = _key(key_name, "Key by which other sheets name it.", str, required=True)
    if key_name == "vocabulary":
        words = replace(key.field, meant="Vocabulary to which the term is added.", words=NAMES)
        key = replace(key, field=words)
    own = ((key,) if keyed else ()) + ((_position(),) if listed else ())
    noun = name.replace(" ", ".").rpartition(".")[2]
    among = _key(noun, f"Position of the row in {name} that this row belongs to.", int)
    inner = (*above, *((key,) if keyed else ()), *((among,) if listed else ()))
    parts = _tables(model, name, inner)
    return Table(name, "", path, tuple(_columns(model)), parts, above, own, keyed=keyed, listed=listed)


def _held(field: Field) -> tuple[type[BaseModel] | None, bool, bool]:
    """Return the model of the parts that a field holds, whether they stand under keys, and whether in an order."""
    if get_origin(field.type) is dict:
        held = get_args(field.type)[1]
        listed = get_origin(held) is tuple
        return (get_args(held)[0] if listed else held), True, listed
    return field.part, False, field.many


def _position() -> Column:
    """Return the column that keeps the order when a sheet is sorted."""
    return _key(POSITION, "Place in the order; empty: below the rows that have one.", int)


def _key(name: str, description: str, of: type, mark: Points | None = None, *, required: bool = False) -> Column:
    """Return a column that says where a row belongs."""
    needs = {"required": required, "optional": not required}
    return Column(name, Field(name, description, of, (), many=False, **needs, default=None, mark=mark), required)


PAGE_ROWS: Final = Table(
    PORTFOLIO,
    "",
    "",
    (_key("field", "Name of the field.", str, required=True), _key(VALUE, "What it holds.", str, required=True)),
)
"""The sheet of the portfolio page as it stands: its fields below each other."""
