"""What a file of a portfolio holds, whatever its syntax: a format, a version, and lists of records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, TypeVar

from synodos import __version__
from synodos.exchange.building import Draft
from synodos.exchange.limits import MOST_FAULTS, MOST_RECORDS
from synodos.exchange.opening import refuse
from synodos.language import KIND_BY_NAME, KIND_BY_PLURAL, Fault, Record, nearest, shown

FORMAT: Final = "synodos-portfolio"
"""Format of a portfolio page, and of a file that holds a whole portfolio."""
RECORDS_FORMAT: Final = "synodos-records"
"""Format of a file of records in a portfolio folder."""
VERSION: Final = 1
"""Version of the formats that this release writes, and the newest that it reads."""

_DEFAULTS: Final = tuple(name for name in Record.model_fields if name != "id")
"""Fields that a file may give to all of its records: those that every kind has."""
_MOST_STEPS: Final = 100
"""Dots and brackets at which a path is cut; only the names of unknown fields hold more."""

T = TypeVar("T")


@dataclass(slots=True)
class Document:
    """The content of one file, and where each part of it stands.

    Attributes
    ----------
    name : str
        What messages call the file.
    content : object
        Plain values.
    place : callable
        From a path in the whole content (`missions[3].by`) to file and line.
    faults : list of Fault
        What is wrong with it so far.
    """

    name: str
    content: Any
    place: Callable[[str], str]
    faults: list[Fault] = field(default_factory=list)

    def add(self, code: str, message: str, place: str, found: str, expected: str, near: str = "") -> None:
        """Note a fault of the file's form."""
        self.keep(Fault(code, message, "", "", found, expected, near, place))

    def keep(self, fault: Fault) -> None:
        """Keep a fault, unless there are enough of them."""
        if self.full:
            return
        self.faults.append(fault)
        if self.full:
            self.faults.append(Fault("file.more-faults", "further faults of this file are not told", place=self.name))

    @property
    def full(self) -> bool:
        """Whether more faults were found in this file than are told."""
        return len(self.faults) >= MOST_FAULTS


def checked_format(document: Document, expected: str) -> Mapping[str, Any]:
    """Return the content without format and version.

    Raises
    ------
    PortfolioError
        With one fault, if the file is empty, of another format, or of a version that this release does not read.
    """
    content = document.content
    if content is None:
        refuse("file.empty", "the file is empty", document.name, "nothing", f"format: {expected}")
    if not isinstance(content, dict):
        found = f"a {form(content)} at the top"
        refuse("file.format", "the file is none of Synodos", document.place(""), found, f"format: {expected}")
    if content.get("format") != expected:
        found = f"format: {shown(content['format'])}" if "format" in content else "no format"
        place = document.place("format")
        refuse("file.format", "the file is none of Synodos, or of another sort", place, found, f"format: {expected}")
    _check_version(document, content.get("version"))
    return {name: value for name, value in content.items() if name not in ("format", "version")}


def _check_version(document: Document, version: object) -> None:
    """Refuse a version that this release does not read."""
    if version == VERSION and type(version) is int:
        return
    expected = f"version: {VERSION}"
    if type(version) is int and version > VERSION:
        expected += f"; version {version} is read by a later release of Synodos than this one, {__version__}"
    found = "no version" if version is None else f"version: {shown(version)}"
    place = document.place("version")
    refuse("file.version", "this release does not read the file's version", place, found, expected)


def drafts(document: Document, content: Mapping[str, Any]) -> Iterator[Draft]:
    """Yield the statements in the lists of a document; what is no list of records is noted as a fault."""
    defaults = _defaults(document, content)
    for name, items in content.items():
        if document.full:
            return
        if name == "defaults":
            continue
        if name not in KIND_BY_PLURAL:
            expected = "one of " + ", ".join(KIND_BY_PLURAL)
            place = document.place(name)
            document.add("file.unknown-list", "no such list", place, shown(name), expected, _nearest_list(name))
        elif isinstance(items, list):
            yield from _list_drafts(document, name, items, defaults)
        elif items is not None:
            place = document.place(name)
            document.add("file.not-a-list", f"{name} is no list", place, f"a {form(items)}", "a list of records")


def check_number(statements: Sized, place: str) -> None:
    """Refuse more statements than a portfolio may have."""
    if len(statements) > MOST_RECORDS:
        expected = f"at most {MOST_RECORDS:,}"
        refuse("file.too-many-records", "too many records", place, f"{len(statements):,} or more", expected)


def _list_drafts(document: Document, name: str, items: list[Any], defaults: Mapping[str, Any]) -> Iterator[Draft]:
    """Yield the statements of one list."""
    for position, item in enumerate(items):
        if document.full:
            return
        at = f"{name}[{position}]"
        if not isinstance(item, dict):
            found, expected = f"a {form(item)}", "fields with their values"
            document.add("record.form", f"an entry of {name} is no record", document.place(at), found, expected)
        elif defaults:
            given = frozenset(defaults.keys() - item.keys())
            yield Draft(name, {**defaults, **item}, _PlaceOfPart(document.place, at, given))
        else:
            yield Draft(name, item, _PlaceOfPart(document.place, at))


def _defaults(document: Document, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the file gives to all of its records."""
    given = content.get("defaults")
    if given is None:
        return {}
    if not isinstance(given, dict):
        place = document.place("defaults")
        document.add("defaults.form", "the defaults are no fields", place, f"a {form(given)}", "fields")
        return {}
    defaults: dict[str, Any] = {}
    for name, value in given.items():
        if document.full:
            break
        near = name
        if name not in _DEFAULTS:
            near = nearest(name, _DEFAULTS)
            place, expected = document.place(f"defaults.{name}"), "a field that every kind has, but not the id"
            document.add("defaults.unknown-field", "no such default", place, shown(name), expected, near)
        # A misspelt one counts as the field it is nearest to, so that not every record lacks that field.
        defaults.setdefault(near, value)
    defaults.pop("", None)
    return defaults


@dataclass(frozen=True, slots=True)
class _PlaceOfPart:
    """Where a field of a record stands: in the record, or among the defaults of its file."""

    place: Callable[[str], str]
    prefix: str
    defaulted: frozenset[str] = frozenset()

    def __call__(self, path: str) -> str:
        """Return file and line of a path in the record."""
        first = path.split(".", 1)[0].split("[", 1)[0]
        return self.place(joined("defaults" if first in self.defaulted else self.prefix, path))


def joined(prefix: str, path: str) -> str:
    """Return a path below another one."""
    return f"{prefix}.{path}" if prefix and path else prefix or path


def step(inner: Mapping[str, T] | Sequence[T], path: str) -> tuple[T | None, str]:
    """Return what the first step of `path` leads to in a list or mapping, and the rest of the path.

    Names may hold dots and brackets, so that of all names that the path may begin with the longest counts.
    """
    if not isinstance(inner, Mapping):
        number, _, rest = path.removeprefix("[").partition("]")
        there = number.isdecimal() and int(number) < len(inner)
        return (inner[int(number)] if there else None), rest.removeprefix(".")
    ends = [match.start() for match in islice(re.finditer(r"[.\[]", path), _MOST_STEPS)]
    for end in (len(path), *reversed(ends)):
        if path[:end] in inner:
            return inner[path[:end]], path[end:].removeprefix(".")
    return None, path


def part_of(document: Document, prefix: str) -> Callable[[str], str]:
    """Return where the parts of one value of a document stand."""
    return _PlaceOfPart(document.place, prefix)


def _nearest_list(name: str) -> str:
    """Return the list that an unknown name most likely means."""
    kind = KIND_BY_NAME.get(name)
    return kind.plural if kind else nearest(name, KIND_BY_PLURAL)


def form(value: object) -> str:
    """Return what a value is, in a word."""
    if isinstance(value, dict):
        return "mapping"
    return "list" if isinstance(value, list) else "single value"
