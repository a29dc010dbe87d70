"""Dates as sources give them: a day, a month, a year, or a range, never more precise than stated."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic_core import CoreSchema, core_schema

_MOMENT = r"(?:1[5-9]|2[0-9])\d{2}(?:-\d{2}(?:-\d{2})?)?"
PATTERN = rf"^(?:{_MOMENT}|{_MOMENT}\.\.(?:{_MOMENT})?|\.\.{_MOMENT})$"
_MATCH = re.compile(PATTERN)
EXPECTED = "a date such as 2017, 2011-04, 2011-04-20, or a range such as 2013..2014, 2020.. or ..2015"


@dataclass(frozen=True, slots=True)
class DateRange:
    """A stretch of days, with the precision in which it was stated.

    Parameters
    ----------
    text : str
        The date as stated: ``2017``, ``2011-04``, ``2011-04-20``, ``A..B``, or open as ``A..`` and ``..B``.

    Attributes
    ----------
    earliest, latest : datetime.date
        First and last day that the text allows. An open end is ``date.min`` or ``date.max``.

    Raises
    ------
    ValueError
        If the text is no such date, names a day that does not exist, or ends before it starts.

    Examples
    --------
    >>> DateRange("2011-04").latest
    datetime.date(2011, 4, 30)
    """

    text: str
    earliest: dt.date
    latest: dt.date

    def __init__(self, text: str) -> None:
        """Read `text`; see the class for the forms allowed."""
        earliest, latest = _bounds(text)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "earliest", earliest)
        object.__setattr__(self, "latest", latest)

    def __str__(self) -> str:
        return self.text

    @property
    def opens_early(self) -> bool:
        """Whether no first day is stated."""
        return self.earliest == dt.date.min

    @property
    def stays_open(self) -> bool:
        """Whether no last day is stated."""
        return self.latest == dt.date.max

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> CoreSchema:
        """Read text, whole years and dates; write text."""
        return core_schema.no_info_plain_validator_function(
            _read,
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: object) -> dict[str, Any]:
        """Describe the text form, and whole years, in JSON Schema."""
        years = {"minimum": 1500, "maximum": 2999}
        return {"type": ["string", "integer"], "pattern": PATTERN, **years, "description": EXPECTED}


def _read(value: object) -> DateRange:
    """Return the date range that `value` states."""
    if isinstance(value, DateRange):
        return value
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date) or (isinstance(value, int) and not isinstance(value, bool)):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError(EXPECTED)  # noqa: TRY004 - pydantic turns ValueError into a fault
    return _parsed(value.strip())


@lru_cache(maxsize=65_536)
def _parsed(text: str) -> DateRange:
    """Return the date range of `text`; portfolios repeat few distinct dates."""
    return DateRange(text)


def _bounds(text: str) -> tuple[dt.date, dt.date]:
    """Return the first and last day of `text`."""
    if not _MATCH.match(text):
        raise ValueError(EXPECTED)
    first, dots, last = text.partition("..")
    earliest = _first_day(first) if first else dt.date.min
    end = last if dots else first
    latest = _last_day(end) if end else dt.date.max
    if latest < earliest:
        message = f"a range that ends ({last}) on or after it starts ({first})"
        raise ValueError(message)
    return earliest, latest


def _first_day(moment: str) -> dt.date:
    """Return the first day of a year, month or day."""
    year, month, day = (*(int(part) for part in moment.split("-")), 1, 1)[:3]
    return _day(year, month, day)


def _last_day(moment: str) -> dt.date:
    """Return the last day of a year, month or day."""
    parts = [int(part) for part in moment.split("-")]
    if len(parts) == 1:
        return dt.date(parts[0], 12, 31)
    if len(parts) == len(("year", "month")):
        first = _first_day(moment)
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return _day(*parts)


def _day(year: int, month: int, day: int) -> dt.date:
    """Return the day, or say that the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        message = f"a day of the calendar; {year}-{month:02d}-{day:02d} is none"
        raise ValueError(message) from None
