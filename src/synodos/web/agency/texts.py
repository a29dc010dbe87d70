"""Single values as they stand in an input, and back."""

from __future__ import annotations

import re
from typing import Any, Final

from synodos.language import DateRange, Field

_WHOLE: Final = re.compile(r"[-+]?[0-9]{1,18}\Z")
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})(?:[eE][-+]?[0-9]{1,3})?\Z")
_YES_NO: Final = {"yes": True, "no": False}


def text_of(value: Any) -> str:
    """Return a single value as it stands in an input."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - whole up to there
        return str(int(value))
    return str(value)


def comes_back(one: Field, value: Any) -> bool:
    """Return whether a value comes back from the input of a field as it went in; a year may come back as text."""
    if one.type is DateRange and isinstance(value, int) and not isinstance(value, bool):
        return True
    given = single(one, text_of(value))
    return given == value and isinstance(given, bool) == isinstance(value, bool)


def single(one: Field, text: str) -> Any:
    """Return the value that stands in one input; None where it is empty."""
    told = lines(text).strip()
    if not told:
        return None
    if one.type is bool:
        return _YES_NO.get(told, told)
    if one.type in (int, float) and _WHOLE.match(told):
        return int(told)
    if one.type in (int, float) and _NUMBER.match(told):
        return float(told)
    return told


def lines(text: str) -> str:
    """Return text with the ends of lines that everything else writes; browsers send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
