"""YAML as portfolios are written in it: plain data in one document, each value with its line.

Reads the events of PyYAML's parser and builds values itself, without recursion and without constructors. Words and
numbers follow the core schema of YAML 1.2, except that a number keeps no leading zero, base or underscore:

========================== =============================================
``null``, ``~``, nothing   no value (also ``Null``, ``NULL``)
``true``, ``false``        yes and no (also ``True``, ``TRUE`` ...)
``12``, ``-3``             whole numbers
``1.5``, ``1e3``, ``.5``   numbers
all else                   text: ``no``, ``2011-04-20``, ``007``, ``0x1F``
========================== =============================================

Quoted values are text. Anchors, aliases, tags and infinite numbers are refused: the first two are how small files
explode, the third is how files run code, and plans need none of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from synodos.exchange.document import Document, step
from synodos.exchange.limits import MOST_DEPTH, MOST_DIGITS, MOST_FAULTS, MOST_VALUES
from synodos.exchange.opening import read_text, refuse
from synodos.language import Fault, PortfolioError, shown

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's parser in C where it was built, else the one in Python; only its events are used."""

Lines = int | tuple[int, "Inner"]
"""Line of a value; with the lines of what it holds."""
Inner = dict[str, Lines] | list[Lines]

_WORDS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_FIRST = frozenset("-+.0123456789")
_ITS_DEPTH: Final = "maximum nesting depth"
"""What libyaml 0.2.6 and newer say of a thousand levels, which they refuse before any event of them comes."""
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_yaml(path: Path, name: str) -> Document:
    """Return the document in a YAML file; see `compose`."""
    return compose(read_text(path, name), name)


def resolved(text: str) -> object:
    """Return the value of an unquoted scalar.

    Raises
    ------
    OverflowError
        If it is a number that is infinite, no number, or too long.

    Examples
    --------
    >>> [resolved(text) for text in ("12", "1e3", "~", "no", "007", "2011-04-20")]
    [12, 1000.0, None, 'no', '007', '2011-04-20']
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST:
        return text
    if _NOT_FINITE.match(text):
        message = "a number that is infinite or none"
        raise OverflowError(message)
    if not _NUMBER.match(text):
        return text
    if len(text) > MOST_DIGITS:
        message = f"a number of {len(text):,} characters"
        raise OverflowError(message)
    if _WHOLE.match(text):
        return int(text)
    number = float(text)
    if number in (float("inf"), float("-inf")):
        message = "a number too large to be held"
        raise OverflowError(message)
    return number


def compose(text: str, name: str) -> Document:
    """Return the document that YAML text holds, with the faults of its form.

    Parameters
    ----------
    text : str
        The whole text.
    name : str
        What messages call the file.

    Raises
    ------
    PortfolioError
        With one fault, where the text is no YAML, nests too deep, or holds too much or more than one document.
    """
    wrong = _CONTROL.search(text)
    if wrong:
        place = f"{name}:{text.count(chr(10), 0, wrong.start()) + 1}"
        found = f"character U+{ord(wrong.group()):04X}"
        refuse("file.encoding", "the file holds a character that YAML does not allow", place, found, "plain text")
    composer = _Composer(name)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            composer.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = f"{name}:{mark.line + 1}" if mark else name
        if _ITS_DEPTH in str(error):
            _refuse_depth(place)
        refuse("file.syntax", "the file is no YAML", place, _problem(error), "YAML")
    return Document(name, composer.root, _Places(name, composer.lines), composer.faults)


def _refuse_depth(place: str) -> NoReturn:
    """Raise the fault of a file whose values hold one another in too many levels."""
    refuse("file.too-deep", "the file nests too deep", place, "more levels", f"at most {MOST_DEPTH} levels")


def _problem(error: yaml.YAMLError) -> str:
    """Return what the parser says is wrong."""
    parts = (getattr(error, "context", None), getattr(error, "problem", None))
    return ", ".join(part for part in parts if part) or str(error)


class _Composer:
    """Builds values and their lines from events, one at a time."""

    def __init__(self, name: str) -> None:
        """Start with an empty document."""
        self.name = name
        self.root: Any = None
        self.lines: Lines = 1
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        self._count = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self._node(event)
            self._put(self._scalar(event), _line(event), None)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._node(event)
            empty: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._open.append(_Open(empty, type(empty)(), _line(event)))
            if len(self._open) > MOST_DEPTH:
                _refuse_depth(self._at(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = self._open.pop()
            self._put(done.values, done.line, done.lines)
        elif isinstance(event, yaml.AliasEvent):
            self._node(event)
            self._put(None, _line(event), None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                found = "a second document (after ---)"
                refuse("file.documents", "the file holds several documents", self._at(event), found, "one")

    def _node(self, event: yaml.NodeEvent) -> None:
        """Count a value, and note what it must not carry."""
        self._count += 1
        if self._count > MOST_VALUES:
            found, expected = f"more than {MOST_VALUES:,} values", f"at most {MOST_VALUES:,}"
            refuse("file.too-many-values", "the file holds too much", self._at(event), found, expected)
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = "anchors and aliases are not read"
            self._note("value.alias", message, event, shown(f"{sign}{event.anchor}"), "the value, written out")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._note("value.tag", "tags are not read", event, shown(tag), "the value without a tag")

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        """Return the value of a scalar."""
        if event.style:
            return event.value
        try:
            return resolved(event.value)
        except OverflowError as error:
            expected = f"a finite number of at most {MOST_DIGITS} characters"
            self._note("value.number", str(error), event, shown(event.value), expected)
            return None

    def _put(self, value: object, line: int, inner: Inner | None) -> None:
        """Put a finished value where it belongs."""
        lines: Lines = line if inner is None else (line, inner)
        if not self._open:
            self.root, self.lines = value, lines
            return
        parent = self._open[-1]
        if isinstance(parent.values, list):
            parent.values.append(value)
            parent.lines.append(lines)
        elif parent.key is None:
            parent.key, parent.key_line = self._key(value, line, parent.values), line
        else:
            if parent.key is not _UNUSABLE:
                parent.values[parent.key] = value
                parent.lines[parent.key] = parent.key_line if inner is None else (parent.key_line, inner)
            parent.key = None

    def _key(self, value: object, line: int, before: Mapping[str, object]) -> object:
        """Return a key that can be used, or note why it cannot."""
        if not isinstance(value, str):
            self._note_at("key.not-text", "a name is text", line, shown(value), "text (in quotes, if need be)")
            return _UNUSABLE
        if value in before:
            self._note_at("key.twice", "a name stands twice in one place", line, shown(value), "each name once")
            return _UNUSABLE
        return value

    def _at(self, event: yaml.Event) -> str:
        """Return file and line of an event."""
        return f"{self.name}:{_line(event)}"

    def _note(self, code: str, message: str, event: yaml.Event, found: str, expected: str) -> None:
        """Note what is wrong with the value that an event opens."""
        self._note_at(code, message, _line(event), found, expected)

    def _note_at(self, code: str, message: str, line: int, found: str, expected: str) -> None:
        """Note what is wrong in a line; with many faults, reading stops."""
        place = f"{self.name}:{line}"
        self.faults.append(Fault(code, message, found=found, expected=expected, place=place))
        if len(self.faults) >= MOST_FAULTS:
            message = "further faults of this file are not told"
            raise PortfolioError([*self.faults, Fault("file.more-faults", message, place=place)])


def _line(event: yaml.Event) -> int:
    """Return the line in which an event stands."""
    return event.start_mark.line + 1 if event.start_mark else 0


_UNUSABLE: Final = object()
"""Stands for a key whose value is read and dropped."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; `key` waits for its value."""

    values: Any
    lines: Any
    line: int
    key: Any = None
    key_line: int = 0


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the values of a document stand."""

    name: str
    lines: Lines

    def __call__(self, path: str) -> str:
        """Return file and line of a path; of one that is not there, those of what would hold it."""
        line, inner = self.lines if isinstance(self.lines, tuple) else (self.lines, None)
        rest = path
        while rest and inner is not None:
            found, rest = step(inner, rest)
            if found is None:
                break
            line, inner = found if isinstance(found, tuple) else (found, None)
        return f"{self.name}:{line}"
