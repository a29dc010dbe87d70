"""Days as people write them: a year, a month or a day."""

from __future__ import annotations

import datetime as dt
from typing import Final

import typer

from synodos.cli.refusing import refuse

DAY: Final = "YYYY-MM-DD"
"""How a day is written."""


def day_of(text: str) -> dt.date:
    """Return a day.

    Raises
    ------
    typer.BadParameter
        If there is no such day, or it is not written so.

    Examples
    --------
    >>> day_of("2011-10-04")
    datetime.date(2011, 10, 4)
    """
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        message = f"expected a day of the calendar, written {DAY}; found {text!r}"
        raise typer.BadParameter(message) from None


def first_day(option: str, text: str) -> dt.date:
    """Return the first day of a date, or stop."""
    from synodos.language import DateRange

    try:
        return DateRange(text).earliest
    except ValueError as error:
        refuse(f"{option}: expected {error}; found {text!r}")


def last_day(option: str, text: str) -> dt.date:
    """Return the last day of a date, or stop."""
    from synodos.language import DateRange

    try:
        return DateRange(text).latest
    except ValueError as error:
        refuse(f"{option}: expected {error}; found {text!r}")
