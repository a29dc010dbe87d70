"""The cells of a sheet, taken in as a stream of XML; dates become text, no more exact than they are shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from openpyxl.utils import column_index_from_string

from synodos.exchange.workbook.parts import Gathered, Part, Precision
from synodos.exchange.workbook.values import MOST_CHARACTERS, CellValue, unescaped

_LENGTHS: Final = {"day": 10, "month": 7, "year": 4}
_FIRST_SURE_DAY: Final = 61
"""Excel takes 1900 for a leap year, so that earlier numbers mean other days in other programs."""


class Cell(NamedTuple):
    """One cell that holds something.

    Attributes
    ----------
    row, column : int
        Where it stands, from 1.
    value : str, int, float or bool
        What it holds; a date is text, no more precise than the cell shows it.
    flaw : str
        Why it cannot be used: `formula`, `error`, `long` or `merged`; empty if it can.
    """

    row: int
    column: int
    value: CellValue
    flaw: str


class Sheet(Part):
    """The cells of one sheet that hold something, and cells that are merged."""

    def __init__(self, texts: Sequence[str], precisions: Sequence[Precision], *, from_1904: bool) -> None:
        """Start before the first row."""
        super().__init__()
        self._texts = texts
        self._precisions = precisions
        self._epoch = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 - days have no zone
        self._row = self._column = 0
        self._type = "n"
        self._style = 0
        self._content: Gathered | None = None
        self._formula: Gathered | None = None
        self.cells: list[Cell] = []

    def taken(self) -> list[Cell]:
        """Return the cells that came in since the last call."""
        cells, self.cells = self.cells, []
        return cells

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell, or what it holds."""
        if tag == "c":
            place = attributes.get("r")
            self._column = _column(place.rstrip("0123456789")) if place else self._column + 1
            self._type = attributes.get("t", "n")
            self._style = int(attributes.get("s", "0"))
            self._content = self._formula = None
        elif tag == "row":
            self._row = int(attributes.get("r", str(self._row + 1)))
            self._column = 0
        elif tag in ("v", "t", "rPh"):
            self._content = self._content or Gathered("v", "t")
            self._content.begin(tag)
        elif tag == "f":
            self._formula = Gathered("f")
            self._formula.begin(tag)
        elif tag == "mergeCell":
            self._merged(attributes.get("ref", ""))

    def characters(self, content: str) -> None:
        """Take in a piece of what a cell holds."""
        if self._content is not None:
            self._content.add(content)
        if self._formula is not None:
            self._formula.add(content)

    def end(self, tag: str) -> None:
        """Keep a cell that holds something."""
        if tag == "c":
            self._keep()
            self._content = self._formula = None
        elif self._content is not None:
            self._content.end(tag)
        if tag == "f" and self._formula is not None:
            self._formula.end(tag)

    def _keep(self) -> None:
        """Keep the cell that has come in, if it holds something."""
        if self._formula is not None:
            self.cells.append(Cell(self._row, self._column, f"={self._formula.text}", "formula"))
        elif self._content is not None:
            value = self._value(self._content.text)
            too_long = isinstance(value, str) and len(value) > MOST_CHARACTERS
            self.cells.append(
                Cell(self._row, self._column, value, "error" if self._type == "e" else "long" if too_long else "")
            )

    def _value(self, content: str) -> CellValue:
        """Return what a cell of the type at hand holds."""
        if self._type == "s":
            return self._texts[int(content)]
        if self._type in ("inlineStr", "str"):
            return unescaped(content)
        if self._type == "b":
            return content.strip() in ("1", "true")
        if self._type == "d":
            return content.removesuffix("T00:00:00")
        return self._number(content) if self._type == "n" else content

    def _number(self, content: str) -> CellValue:
        """Return the number, or the date, that stands in a cell."""
        if not content.strip():
            return ""
        number = float(content)
        shows = self._precisions[self._style] if self._style < len(self._precisions) else ""
        if not shows or number < _FIRST_SURE_DAY:
            return number
        try:
            moment = self._epoch + dt.timedelta(days=number)
        except OverflowError:
            return number
        return moment.isoformat(" ", "minutes") if number % 1 else moment.date().isoformat()[: _LENGTHS[shows]]

    def _merged(self, cells: str) -> None:
        """Keep the first of several cells that are merged into one."""
        match = re.match(r"([A-Z]{1,3})(\d{1,7})", cells)
        if match:
            self.cells.append(Cell(int(match[2]), _column(match[1]), cells, "merged"))


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    """Return the number of the column called `letters`."""
    return int(column_index_from_string(letters))
