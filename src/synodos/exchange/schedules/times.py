"""Moments and durations, from Java's to the language's."""

from __future__ import annotations

from typing import Any, Final

from synodos.exchange.schedules.imported import Tally
from synodos.exchange.schedules.naming import text_of

MINUTES_PER_DAY: Final = 1_440
MINUTES_PER_HOUR: Final = 60
_MOMENT: Final = len("2018-05-07T17:00")
_CENTURIES: Final = ("19", "20", "21")
_DIGITS: Final = 6
"""Decimal places of a duration in days; the sixth is a tenth of a second."""
_MINUTES: Final = {"m": 1, "h": 60, "em": 1, "eh": 60, "ed": 1_440, "ew": 10_080, "emo": 43_200, "ey": 525_600}
"""Minutes of those units that are the same in every project; the others are days of its calendar."""
_PROPERTY: Final = {
    "d": "getMinutesPerDay",
    "w": "getMinutesPerWeek",
    "mo": "getMinutesPerMonth",
    "y": "getMinutesPerYear",
}


def moment(value: Any, tally: Tally | None = None) -> str | None:  # noqa: ANN401 - Java's LocalDateTime
    """Return a moment to the minute, or None where there is none or it lies outside 1900 to 2199."""
    if value is None:
        return None
    text = str(value)
    if text[:2] in _CENTURIES and text[4:5] == "-":
        return text[:_MOMENT]
    if tally is not None:
        tally.miss("dates outside 1900 to 2199", text_of(text) or "")
    return None


def is_elapsed(duration: Any) -> bool:  # noqa: ANN401 - Java's Duration
    """Return whether a duration counts every hour of every day."""
    return str(duration.getUnits()).startswith("e")


def is_percent(duration: Any) -> bool:  # noqa: ANN401 - Java's Duration
    """Return whether a duration is a share of another one."""
    return str(duration.getUnits()).endswith("%")


def minutes(duration: Any, properties: Any) -> float:  # noqa: ANN401 - Java's Duration and ProjectProperties
    """Return a duration in minutes of work, or of all hours where it is an elapsed one.

    Parameters
    ----------
    duration : Duration
        Any unit but a percentage.
    properties : ProjectProperties or ProjectCalendar
        What says how many minutes a day, week, month and year count.
    """
    unit = str(duration.getUnits())
    each = _MINUTES.get(unit)
    if each is None:
        each = int(getattr(properties, _PROPERTY[unit])())
    return round(float(duration.getDuration()) * each, 3)


def days(found_minutes: float, minutes_per_day: float) -> float:
    """Return minutes of work in days of a calendar."""
    return round(found_minutes / minutes_per_day, _DIGITS)
