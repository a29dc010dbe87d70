"""A whole portfolio in one JSON file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from synodos.exchange.building import Draft
from synodos.exchange.document import (
    FORMAT,
    VERSION,
    Document,
    check_number,
    checked_format,
    drafts,
    form,
    joined,
    part_of,
)
from synodos.exchange.json_places import Child, JsonPlaces, children, scalar, too_deep_line
from synodos.exchange.limits import MOST_DEPTH, MOST_DIGITS, MOST_VALUES
from synodos.exchange.opening import printable, read_text, refuse
from synodos.language import KIND_BY_PLURAL, Fault, History, PortfolioError, shown

_PAGE: Final = "portfolio"
_ESCAPE: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)
"""An escape; the group is half of a surrogate pair without the other half."""


def read_drafts(path: Path) -> tuple[Draft | None, list[Draft], list[Fault]]:
    """Return the page and the statements in a JSON file, not checked yet, and the faults of its form."""
    name = printable(path.name)
    try:
        document = parsed(read_text(path, name), name)
        content = checked_format(document, FORMAT)
        statements = list(drafts(document, {name: value for name, value in content.items() if name != _PAGE}))
        check_number(statements, name)
    except PortfolioError as error:
        return None, [], list(error.faults)
    page = content.get(_PAGE)
    if not isinstance(page, dict):
        expected = f"{_PAGE}: id, title, known_on and the rest"
        document.add("file.no-page", "the file has no portfolio page", document.place(_PAGE), _found(page), expected)
        return None, statements, document.faults
    return Draft("", page, part_of(document, _PAGE)), statements, document.faults


def _found(page: object) -> str:
    """Return what stands in place of a portfolio page."""
    return "nothing" if page is None else f"a {form(page)}"


def parsed(text: str, name: str) -> Document:
    """Return the document that JSON text holds, with the faults of its form.

    Parameters
    ----------
    text : str
        The whole text.
    name : str
        What messages call the file.

    Raises
    ------
    PortfolioError
        With one fault, where the text is no JSON, nests too deep or holds too much.
    """
    if not text.strip():
        refuse("file.empty", "the file is empty", name, "nothing", f'{{"format": "{FORMAT}", ...}}')
    _refuse_half_characters(text, name)
    commas = text.count(",")  # all but the first value of a list or mapping follow one
    if commas > MOST_VALUES:
        refuse(
            "file.too-many-values", "the file holds too much", name, f"{commas:,} commas", f"at most {MOST_VALUES:,}"
        )
    strict = _Strict()
    try:
        places = JsonPlaces(name, text)
        document = Document(name, strict.decoder.decode(text), places)
        if strict.found:
            _note_misformed(document, places)
    except RecursionError:
        place = f"{name}:{too_deep_line(text)}"
        refuse("file.too-deep", "the file nests too deep", place, "more levels", f"at most {MOST_DEPTH} levels")
    except json.JSONDecodeError as error:
        refuse("file.syntax", "the file is no JSON", f"{name}:{error.lineno}", error.msg, "JSON")
    return document


def _refuse_half_characters(text: str, name: str) -> None:
    """Refuse escapes (U+D800 to U+DFFF) that stand for no character and fit into no file."""
    if "\\ud" not in text and "\\uD" not in text:
        return
    half = next((match for match in _ESCAPE.finditer(text) if match[1]), None)
    if half:
        place = f"{name}:{text.count(chr(10), 0, half.start()) + 1}"
        refuse("file.encoding", "an escape stands for half a character", place, half[1], "both halves")


class _Strict:
    """A decoder that notes whether a name stands twice, or a number is too long or not finite."""

    def __init__(self) -> None:
        """Start with nothing noted."""
        self.found = False
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._mapping,
            parse_int=self._whole,
            parse_float=self._number,
            parse_constant=self._constant,
        )

    def _mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return a mapping; of a name that stands twice, the first value."""
        mapping = dict(pairs)
        if len(mapping) < len(pairs):
            self.found = True
            return dict(reversed(pairs))
        return mapping

    def _whole(self, digits: str) -> int | None:
        """Return a whole number; Python takes long to read very long ones."""
        if len(digits) > MOST_DIGITS:
            self.found = True
            return None
        return int(digits)

    def _number(self, text: str) -> float | None:
        """Return a number with a fraction or an exponent."""
        number = float(text) if len(text) <= MOST_DIGITS else float("inf")
        if number in (float("inf"), float("-inf")):
            self.found = True
            return None
        return number

    def _constant(self, _text: str) -> None:
        """Note an infinite number, or none."""
        self.found = True


def _note_misformed(document: Document, places: JsonPlaces) -> None:
    """Note the faults of form in text in which the strict decoder found some."""
    text, strict = places.text, _Strict()
    waiting = [("", len(text) - len(text.lstrip(" \t\n\r")), 0)]
    while waiting and not document.full:
        path, at, depth = waiting.pop()
        strict.found = False
        strict.decoder.raw_decode(text, at)
        if not strict.found or depth > MOST_DEPTH:
            continue
        if text[at] in "[{":
            waiting += [(below, child.value_at, depth + 1) for below, child in _named(document, places, at, path)]
        else:
            expected = f"a finite number of at most {MOST_DIGITS} characters"
            found = shown(scalar(text, at))
            document.add("value.number", "a number that cannot be held", places.at(at, path), found, expected)


def _named(document: Document, places: JsonPlaces, at: int, path: str) -> Iterator[tuple[str, Child]]:
    """Yield what stands in a list or mapping with its path, noting names that stand twice."""
    seen: set[str | int] = set()
    for child in children(places.text, at):
        below = f"{path}[{child.key}]" if isinstance(child.key, int) else joined(path, child.key)
        if child.key in seen:
            message, place = "a name stands twice in one place", places.at(child.at, below)
            document.add("key.twice", message, place, shown(child.key), "each name once")
        seen.add(child.key)
        yield below, child


def write_json(history: History, path: Path) -> None:
    """Write a portfolio as JSON, one statement to a line; equal portfolios give equal files."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_text(history))


def portfolio_json(history: History) -> bytes:
    """Return a portfolio as the content of a JSON file, one statement to a line; equal portfolios give equal bytes."""
    return "".join(_text(history)).encode()


def _text(history: History) -> Iterator[str]:
    """Yield the text of a JSON file."""
    page = history.header.model_dump(mode="json", exclude_defaults=True)
    head = json.dumps({"format": FORMAT, "version": VERSION, _PAGE: page}, ensure_ascii=False, indent=1)
    yield head.removesuffix("\n}")
    for kind in KIND_BY_PLURAL.values():
        statements = [statement for statement in history.statements if isinstance(statement, kind)]
        if statements:
            yield f',\n "{kind.plural}": ['
            lines = (statement.model_dump_json(exclude_defaults=True) for statement in statements)
            for number, line in enumerate(lines):
                yield f"{',' if number else ''}\n  {line}"
            yield "\n ]"
    yield "\n}\n"
