"""The parts of a workbook's file, taken in as streams of XML: sheets, texts that cells share, and formats."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from openpyxl.styles.numbers import BUILTIN_FORMATS

from synodos.exchange.workbook.values import MOST_CHARACTERS, unescaped

MOST_LEVELS: Final = 60
"""Levels of nesting of the XML; sheets need seven."""
MOST_TEXTS: Final = 5_000_000
"""Different texts of a workbook."""

Precision = Literal["", "day", "month", "year"]
"""How much of a date a cell shows; empty where it shows a number."""

_DECORATION = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')


class Part:
    """A part of a workbook's file; those below keep what they need of it."""

    def __init__(self) -> None:
        """Start outside of everything."""
        self._level = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element, whatever prefix its name has."""
        self._level += 1
        if self._level > MOST_LEVELS:
            message = f"more than {MOST_LEVELS} levels of nesting"
            raise ValueError(message)
        self.begin(name.rpartition(":")[2], attributes)

    def stop(self, name: str) -> None:
        """Take in the end of an element."""
        self._level -= 1
        self.end(name.rpartition(":")[2])

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the start of the element `tag`."""

    def characters(self, content: str) -> None:
        """Take in a piece of text."""

    def end(self, tag: str) -> None:
        """Take in the end of the element `tag`."""


class Relations(Part):
    """Which other parts a part leads to: targets by their ids, and by their types."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.targets: dict[str, str] = {}
        self.of_type: dict[str, str] = {}

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep a target; one type is told from another by the last word of its address."""
        if tag == "Relationship":
            self.targets[attributes["Id"]] = attributes["Target"]
            self.of_type[attributes["Type"].rpartition("/")[2]] = attributes["Target"]


class Book(Part):
    """The sheets of a workbook, each with its name and the id of its relation, and from which day it counts."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep a sheet, or the day."""
        if tag == "sheet":
            relation = next(value for key, value in attributes.items() if key.rpartition(":")[2] == "id")
            self.sheets.append((unescaped(attributes["name"]), relation))
        elif tag == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


class Styles(Part):
    """The number formats that cells have, as far as they make a date of a number."""

    def __init__(self) -> None:
        """Start with the formats that every workbook has."""
        super().__init__()
        self._codes: dict[int, str] = dict(BUILTIN_FORMATS)
        self._used: list[int] = []
        self._in_cells = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep a format, or which format a style of cells has."""
        if tag == "numFmt":
            self._codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            self._in_cells = True
        elif tag == "xf" and self._in_cells:
            self._used.append(int(attributes.get("numFmtId", "0")))

    def end(self, tag: str) -> None:
        """Leave the styles of cells."""
        if tag == "cellXfs":
            self._in_cells = False

    def precisions(self) -> list[Precision]:
        """Return for each style of cells how much of a date it shows."""
        return [precision(self._codes.get(number, "General")) for number in self._used]


@lru_cache(maxsize=1_000)
def precision(code: str) -> Precision:
    """Return how much of a date the number format `code` shows.

    Examples
    --------
    >>> precision("mmm-yy"), precision("[$-409]d mmmm yyyy"), precision("#,##0.00"), precision("h:mm")
    ('month', 'day', '', '')
    """
    bare = _DECORATION.sub("", code.lower()).partition(";")[0]
    if bare == "general":
        return ""
    if "d" in bare:
        return "day"
    if "y" in bare:
        return "month" if "m" in bare else "year"
    return "month" if "m" in bare and "h" not in bare and "s" not in bare else ""


class SharedTexts(Part):
    """The texts that cells share, in their order."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.texts: list[str] = []
        self._gathered = Gathered("t")

    def begin(self, tag: str, _attributes: dict[str, str]) -> None:
        """Begin a text, or a piece of it."""
        if tag == "si":
            self._gathered = Gathered("t")
        self._gathered.begin(tag)

    def characters(self, content: str) -> None:
        """Take in a piece of a text."""
        self._gathered.add(content)

    def end(self, tag: str) -> None:
        """Keep a text."""
        self._gathered.end(tag)
        if tag == "si":
            self.texts.append(unescaped(self._gathered.text))
            if len(self.texts) > MOST_TEXTS:
                message = f"more than {MOST_TEXTS:,} texts"
                raise ValueError(message)


class Gathered:
    """The text of some elements, no longer than a cell may be and one character."""

    __slots__ = ("_length", "_open", "_pieces", "_reading", "_tags")

    def __init__(self, *tags: str) -> None:
        """Start with nothing; `tags` are the elements whose text is wanted."""
        self._tags = tags
        self._pieces: list[str] = []
        self._length = 0
        self._open = False
        self._reading = False

    def begin(self, tag: str) -> None:
        """Notice what text is to be taken in; the reading that explains an East Asian text is not."""
        if tag in self._tags:
            self._open = not self._reading
        elif tag == "rPh":
            self._reading = True

    def add(self, content: str) -> None:
        """Take in a piece."""
        if self._open and self._length <= MOST_CHARACTERS:
            self._pieces.append(content[: MOST_CHARACTERS + 1])
            self._length += len(content)

    def end(self, tag: str) -> None:
        """Notice what text is over."""
        if tag in self._tags:
            self._open = False
        elif tag == "rPh":
            self._reading = False

    @property
    def text(self) -> str:
        """What was taken in."""
        return "".join(self._pieces)
