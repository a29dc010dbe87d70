"""Days as people write them: a year, a month or a day."""

from __future__ import annotations

import datetime as dt

from synodos.cli.refusing import refuse


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
