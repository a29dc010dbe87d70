"""What a value looks like in a cell, and what a cell says of a value."""

from __future__ import annotations

import re
from typing import Final

from synodos.language import Field

MOST_CHARACTERS: Final = 32_767
"""Characters that a cell holds, counted as Excel does, in units of UTF-16."""
MOST_LINES: Final = 250
"""Lines of a list that stand in one cell; Excel allows 253."""
NO_ONE: Final = "(none)"
"""Stands for a list that must be given and is empty."""

CellValue = str | int | float | bool
"""What a cell holds."""
Value = CellValue | list[CellValue]
"""What a cell says."""

_TRUTH: Final = {"true": True, "yes": True, "false": False, "no": False}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_WIDEST_INTEGER: Final = 1e15
"""Up to here Excel shows whole numbers as they are."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNFIT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(field: Field, cell: CellValue) -> Value | None:
    """Return the plain value that a cell gives a field, or None where it gives none.

    A cell that does not fit the field is returned as it stands; the check of the record then says why.
    """
    if isinstance(cell, str):
        cell = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
        if not cell:
            return None
    if field.many:
        return _read_list(field, text(cell))
    return _read_one(field, cell)


def _read_one(field: Field, cell: CellValue) -> CellValue:
    """Return the single value that a cell holding something gives a field."""
    if field.type is bool:
        return _read_truth(cell)
    if field.type in (int, float):
        return _read_number(field, cell)
    return text(cell)


def text(cell: CellValue) -> str:
    """Return a cell as text: whole numbers without a point, truth values as Excel shows them."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WIDEST_INTEGER:
        return str(int(cell))
    return str(cell)


def _read_truth(cell: CellValue) -> CellValue:
    """Return yes or no."""
    if isinstance(cell, str):
        return _TRUTH.get(cell.lower(), cell)
    return bool(cell) if cell in (0, 1) else cell


def _read_number(field: Field, cell: CellValue) -> CellValue:
    """Return a number, whole where the field asks for a whole one."""
    if isinstance(cell, str):
        if not _NUMBER.fullmatch(cell):
            return cell
        cell = float(cell)
    if field.type is int and isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def _read_list(field: Field, cell: str) -> list[CellValue] | str:
    """Return the values of a list: ids divided by semicolons, commas or lines, other values one a line."""
    if field.mark is None:
        return [_read_one(field, line.strip()) for line in cell.split("\n") if line.strip()]
    if cell == NO_ONE:
        return []
    items: list[CellValue] = [item.strip() for item in re.split(r"[;,\n]", cell) if item.strip()]
    return str(items[0]) if len(items) == 1 and items[0] in field.words else items


def write(field: Field, value: object) -> CellValue | None:
    """Return what a cell holds for a value of a field; None leaves it empty."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, tuple):
        if not value:
            return NO_ONE if field.required else None
        return ("\n" if field.mark is None else "; ").join(map(_line, value))
    return str(value)


def _line(value: object) -> str:
    """Return one value of a list as text."""
    return text(value) if isinstance(value, int | float) else str(value)


def fits(field: Field, values: tuple[object, ...]) -> bool:
    """Return whether the values of a list can be told apart in one cell."""
    if field.mark is not None:
        alone = len(values) == 1 and values[0] in field.words
        return not alone and length(write(field, values)) <= MOST_CHARACTERS
    lines = map(_line, values)
    plain = all(line and line == line.strip() and "\n" not in line for line in lines)
    return plain and len(values) <= MOST_LINES and length(write(field, values)) <= MOST_CHARACTERS


def length(cell: CellValue | None) -> int:
    """Return the length of a cell as Excel counts it, with what is escaped in its file."""
    return len(escaped(str(cell)).encode("utf-16-le")) // 2


def unfit(value: str) -> str:
    """Return why no cell can hold a text; empty where one can."""
    if not value or value != value.strip():
        return "a text that is empty, or begins or ends with a space"
    found = _UNFIT.search(value)
    if found:
        return f"the control character {found[0]!a}"
    return f"more than {MOST_CHARACTERS:,} characters" if length(value) > MOST_CHARACTERS else ""


def escaped(value: str) -> str:
    """Return a text as it stands in the file of a sheet, where `_x000D_` would mean a carriage return."""
    return _LIKE_ESCAPED.sub("_x005F_", value)


def unescaped(value: str) -> str:
    """Return the text that stands in the file of a sheet."""
    return _ESCAPED.sub(_character, value) if "_x" in value else value


def _character(match: re.Match[str]) -> str:
    """Return the character of an escape; half a character stays as it stands."""
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)  # noqa: PLR2004 - surrogates
