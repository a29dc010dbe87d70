"""Checks of calendars: their hours, their exceptions, and whether they leave any time to work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, get_args

from synodos.language.faults import Fault
from synodos.language.record import Record
from synodos.language.work import Activity, Calendar, Exceptional, Schedule, Weekday

Table = Mapping[str, Mapping[str, Record]]
AHEAD: Final = dt.timedelta(days=4_000)
"""How far past the day of knowledge a calendar has to have working time."""
WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)


def calendar_faults(calendar: Calendar, table: Table, known_on: dt.date) -> Iterator[Fault]:
    """Yield what is wrong with a calendar; `table` holds the last statement of every record, by kind and id."""
    yield from _hours_faults(calendar)
    yield from _exception_faults(calendar)
    yield from _idle_faults(calendar, table, known_on)


def _hours_faults(calendar: Calendar) -> Iterator[Fault]:
    """Yield a fault where the hours of a day overlap or are out of order."""
    days = [(f"week[{position}].hours", day.hours) for position, day in enumerate(calendar.week)]
    days += [(f"exceptions[{position}].hours", one.hours) for position, one in enumerate(calendar.exceptions)]
    for field, hours in days:
        for first, second in pairwise(hours):
            if second.partition("-")[0] < first.partition("-")[2]:
                yield Fault(
                    "calendar.hours",
                    "hours of one day overlap, or are out of order",
                    field=field,
                    found=f"{first}, {second}",
                    expected="hours that each begin when those before have ended, or later",
                )


def _exception_faults(calendar: Calendar) -> Iterator[Fault]:
    """Yield a fault for exceptions that begin nowhere, and for those that end nowhere and do not recur."""
    for position, exception in enumerate(calendar.exceptions):
        if exception.dates.opens_early or (exception.dates.stays_open and exception.recurs is None):
            yield Fault(
                "calendar.open-dates",
                "an exception has a first day, and a last one unless it recurs",
                field=f"exceptions[{position}].dates",
                found=exception.dates.text,
                expected="a day, or a range such as 2030-12-24..2031-01-02",
            )


def _idle_faults(calendar: Calendar, table: Table, known_on: dt.date) -> Iterator[Fault]:
    """Yield a fault for a calendar on which nobody ever works; where nothing is worked on it, a warning."""
    if not calendar.exceptions and calendar.parent is None:
        return
    last = min(known_on, dt.date.max - AHEAD) + AHEAD
    if _is_idle(_lineage(calendar, table), known_on, last):
        users = (one for kind in ("activity", "schedule") for one in table[kind].values())
        used = any(isinstance(one, Activity | Schedule) and one.calendar == calendar.id for one in users)
        yield Fault(
            "calendar.no-work",
            "no work is ever done on this calendar",
            field="exceptions" if calendar.exceptions else "parent",
            found=f"no working time from {known_on} to {last}",
            expected="exceptions that leave some working time",
            severity="error" if used else "warning",
        )


def _lineage(calendar: Calendar, table: Table) -> list[Calendar]:
    """Return a calendar and those above it, the highest first."""
    found = [calendar]
    while isinstance(above := table["calendar"].get(found[-1].parent or ""), Calendar) and above not in found:
        found.append(above)
    return found[::-1]


def _is_idle(lineage: Sequence[Calendar], first: dt.date, last: dt.date) -> bool:
    """Return whether exceptions without hours take away every working day from `first` to `last`."""
    week = next((one.week for one in reversed(lineage) if one.week), ())
    worked = {day for one in week for day in one.days} or set(WEEKDAYS)
    exceptions = [
        one for each in lineage for one in each.exceptions if one.dates.earliest <= last and one.dates.latest >= first
    ]
    if any(one.hours for one in exceptions):
        return False
    return all(_covers([one for one in exceptions if _closes(one, day)], first, last) for day in worked)


def _closes(exception: Exceptional, day: Weekday) -> bool:
    """Return whether an exception holds on each such weekday of its dates."""
    if exception.recurs == "weekly":
        return exception.every == 1 and day in exception.weekdays
    return exception.recurs is None or (exception.recurs == "daily" and exception.every == 1)


def _covers(exceptions: Sequence[Exceptional], first: dt.date, last: dt.date) -> bool:
    """Return whether the dates of exceptions leave no day out from `first` to `last`."""
    free = first
    for one in sorted(exceptions, key=lambda each: each.dates.earliest):
        if one.dates.earliest > free:
            return False
        if one.dates.latest >= last:
            return True
        free = max(free, one.dates.latest + dt.timedelta(days=1))
    return False
