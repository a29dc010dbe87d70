"""Moments of a working calendar: a day, or a minute of a day, and hours of work."""

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

_DAY = r"(?:19|20|21)\d{2}-\d{2}-\d{2}"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"


def _exists(text: str) -> str:
    """Return the moment, or say that the calendar has no such day."""
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        message = f"a day of the calendar; {text} is none"
        raise ValueError(message) from None
    return text


def _runs_forward(text: str) -> str:
    """Return the hours, or say that they end before they start."""
    first, _, last = text.partition("-")
    if last <= first:
        message = f"hours that end ({last}) after they start ({first})"
        raise ValueError(message)
    return text


Moment = Annotated[str, StringConstraints(pattern=rf"^{_DAY}(?:T{_CLOCK})?$"), AfterValidator(_exists)]
"""A day, such as `2018-05-07`, or a minute of it, such as `2018-05-07T17:00`, on the clock of its schedule."""
Hours = Annotated[str, StringConstraints(pattern=rf"^{_CLOCK}-(?:{_CLOCK}|24:00)$"), AfterValidator(_runs_forward)]
"""A stretch of working time within a day, such as `08:00-12:00`."""
