"""Where a value stands in JSON text, found by scanning the text again, and only when there is a fault.

Reading keeps no places, so that it stays fast. Values beside the way are skipped by the decoder in C.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

from synodos.exchange.building import tidy
from synodos.exchange.document import step
from synodos.exchange.limits import MOST_DEPTH

_BLANK: Final = re.compile(r"[ \t\n\r]*")
_SCALAR: Final = re.compile(r"[^\s,\]}]*")
_MARKS: Final = re.compile(r'["\[\]{}]')
_SKIP: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode


class Child(NamedTuple):
    """What stands directly in a list or mapping: its name or number, and where name and value begin."""

    key: str | int
    at: int
    value_at: int


class JsonPlaces:
    """Lines of the values in one JSON text, which has been read without a fault of syntax."""

    def __init__(self, name: str, text: str) -> None:
        """Keep the text; nothing is scanned yet."""
        self.name = name
        self.text = text
        self._known: dict[int, dict[str, Child] | list[Child]] = {}

    def __call__(self, path: str) -> str:
        """Return file, line and JSON path; of a path that is not there, the line of what would hold it."""
        at = value_at = _after_blank(self.text, 0)
        rest = path
        try:
            for depth in range(MOST_DEPTH):
                if not rest or self.text[value_at] not in "[{":
                    break
                found, rest = step(self._inner(value_at, keep=depth <= 1), rest)
                if found is None:
                    break
                at, value_at = found.at, found.value_at
        except RecursionError:  # something beside the way nests too deep to be skipped; what holds it is near enough
            pass
        return self.at(at, path)

    def at(self, offset: int, path: str) -> str:
        """Return file, line and JSON path of the character at `offset`."""
        joint = "" if not path or path.startswith("[") else "."
        return f"{self.name}:{bisect_left(self._line_ends, offset) + 1} ${joint}{tidy(path)}"

    @cached_property
    def _line_ends(self) -> array[int]:
        """Offsets of all line feeds."""
        return array("Q", (match.start() for match in re.finditer("\n", self.text)))

    def _inner(self, at: int, *, keep: bool) -> dict[str, Child] | list[Child]:
        """Return what stands in the list or mapping at `at`; those that hold all records are scanned once."""
        if at in self._known:
            return self._known[at]
        found = list(children(self.text, at))
        if self.text[at] == "[":
            inner: dict[str, Child] | list[Child] = found
        else:
            inner = {str(child.key): child for child in reversed(found)}
        if keep:
            self._known[at] = inner
        return inner


def children(text: str, at: int) -> Iterator[Child]:
    """Yield what stands directly in the list or mapping that opens at `at`."""
    mapping = text[at] == "{"
    at = _after_blank(text, at + 1)
    position = 0
    while text[at] not in "]}":
        start = at
        key: str | int = position
        if mapping:
            key, at = _SKIP(text, at)
            at = _after_blank(text, _after_blank(text, at) + 1)
        yield Child(key, start, at)
        at = _after_blank(text, _SKIP(text, at)[1])
        if text[at] == ",":
            at = _after_blank(text, at + 1)
        position += 1


def scalar(text: str, at: int) -> str:
    """Return the number or word at `at` as it is written."""
    match = _SCALAR.match(text, at)
    return match.group() if match else ""


def too_deep_line(text: str) -> int:
    """Return the line in which text, whose syntax is right so far, first nests deeper than allowed."""
    at = depth = 0
    while match := _MARKS.search(text, at):
        at = match.end()
        if match.group() == '"':
            at = _SKIP(text, match.start())[1]
        else:
            depth += 1 if match.group() in "[{" else -1
        if depth > MOST_DEPTH:
            break
    return text.count("\n", 0, at) + 1


def _after_blank(text: str, at: int) -> int:
    """Return where the next character stands that is no blank."""
    match = _BLANK.match(text, at)
    return match.end() if match else at
