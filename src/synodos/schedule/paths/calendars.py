"""When is work done: calendar records laid out as stretches of time, once over a span of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from synodos.language import Calendar, Exceptional
from synodos.schedule.types import EPOCH, MINUTES_PER_DAY, WorkingTime

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Stretches = tuple[tuple[int, int], ...]

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ORDINALS: Final = {"first": 0, "second": 1, "third": 2, "fourth": 3}
WHOLE_DAY: Final[Stretches] = ((0, MINUTES_PER_DAY),)
DAY_ZERO: Final = EPOCH.date().toordinal()
THURSDAY: Final = 3
"""Weekday of the first of January 1970, counted from Monday."""


def working_time(calendar: Calendar, calendars: Mapping[str, Calendar], span: tuple[int, int]) -> WorkingTime:
    """Return a calendar laid out over a span of time.

    Parameters
    ----------
    calendar : Calendar
        The record. Its week, or that of the nearest calendar above it that has one, gives the hours of a day; the
        exceptions of those above come first and its own last, so that its own win.
    calendars : mapping of str to Calendar
        The calendars that it can stand below, by id.
    span : tuple of int
        First minute and the minute after the last, since 1970; whole days are laid out.

    Returns
    -------
    WorkingTime
        Its working stretches in the span.

    Raises
    ------
    ValueError
        If calendars stand below each other in a loop, a calendar above is missing, or no work is done in the span.
    """
    lineage = _lineage(calendar, calendars)
    week = _week(lineage)
    first, last = span[0] // MINUTES_PER_DAY, -(-span[1] // MINUTES_PER_DAY)
    days = np.arange(first, last, dtype=np.int64)
    patterns = list(week)
    pattern = (days + THURSDAY) % len(WEEK)
    for above in reversed(lineage):
        for exception in above.exceptions:
            pattern[_falls_on(exception, days)] = len(patterns)
            patterns.append(_stretches(exception.hours))
    opens, closes = _laid_out(days, pattern, patterns)
    if not len(opens):
        message = f"schedule.calendar: calendar {calendar.id} has no working time in the span of the schedule"
        raise ValueError(message)
    worked = np.concatenate(([0], np.cumsum(closes - opens)[:-1]))
    return WorkingTime(calendar.id, calendar.name, opens, closes, worked, _minutes_per_day(lineage, week))


def _lineage(calendar: Calendar, calendars: Mapping[str, Calendar]) -> tuple[Calendar, ...]:
    """Return a calendar and those above it, nearest first."""
    found = [calendar]
    while (above := found[-1].parent) is not None:
        if above not in calendars or any(above == one.id for one in found):
            wrong = "stand below each other in a loop" if above in calendars else "name one that is missing"
            message = f"schedule.calendar: calendars {', '.join(one.id for one in found)}, {above} {wrong}"
            raise ValueError(message)
        found.append(calendars[above])
    return tuple(found)


def _week(lineage: tuple[Calendar, ...]) -> tuple[Stretches, ...]:
    """Return the stretches of each weekday from Monday, as the nearest calendar says that has a week."""
    stated = next((one.week for one in lineage if one.week), None)
    if stated is None:
        return (WHOLE_DAY,) * len(WEEK)
    hours: dict[str, Stretches] = {}
    for entry in stated:
        hours.update(dict.fromkeys(entry.days, _stretches(entry.hours)))
    return tuple(hours.get(day, ()) for day in WEEK)


def _minutes_per_day(lineage: tuple[Calendar, ...], week: tuple[Stretches, ...]) -> int:
    """Return the minutes that a day of a duration counts: as stated nearest, no further up than the week."""
    for one in lineage:
        if one.hours_per_day is not None:
            return max(1, round(one.hours_per_day * 60))
        if one.week:
            break
    return max(sum(close - start for start, close in day) for day in week)


def _stretches(hours: tuple[str, ...]) -> Stretches:
    """Return hours of a day as minutes of it."""
    ends = (text.partition("-") for text in hours)
    return tuple((_minute(first), _minute(last)) for first, _, last in ends)


def _minute(clock: str) -> int:
    """Return a time of day as minutes since midnight."""
    return int(clock[:2]) * 60 + int(clock[3:])


def _laid_out(days: Integers, pattern: Integers, patterns: list[Stretches]) -> tuple[Integers, Integers]:
    """Return the stretches of days that each follow a pattern; stretches that touch are one."""
    size = np.array([len(one) for one in patterns])
    ends = np.array([end for one in patterns for end in one], dtype=np.int64).reshape(-1, 2)
    count = size[pattern]
    begin = (np.cumsum(size) - size)[pattern]
    place = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count - begin, count)
    midnight = np.repeat(days * MINUTES_PER_DAY, count)
    opens, closes = midnight + ends[place, 0], midnight + ends[place, 1]
    apart = opens[1:] != closes[:-1]
    return opens[np.concatenate(([True], apart))[: len(opens)]], closes[np.concatenate((apart, [True]))[: len(opens)]]


def _falls_on(exception: Exceptional, days: Integers) -> Flags:
    """Return which days an exception is about.

    Weeks count in sevens from its first day, months and years by the calendar; the day 31 of a shorter month is its
    last.
    """
    first, last = (day.toordinal() - DAY_ZERO for day in (exception.dates.earliest, exception.dates.latest))
    within: Flags = (days >= first) & (days <= last)
    if exception.recurs == "daily":
        within &= (days - first) % exception.every == 0
    elif exception.recurs == "weekly":
        within &= (days - first) // len(WEEK) % exception.every == 0
        within &= _is_weekday(exception, days)
    elif exception.recurs is not None:
        within &= _month_turns(exception, days) & _day_of_month(exception, days)
    return within


def _is_weekday(exception: Exceptional, days: Integers) -> Flags:
    """Return which days are one of the weekdays of an exception."""
    return np.isin((days + THURSDAY) % len(WEEK), [WEEK.index(day) for day in exception.weekdays])


def _month_turns(exception: Exceptional, days: Integers) -> Flags:
    """Return which days lie in a month in which a monthly or yearly exception recurs."""
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    begin = exception.dates.earliest
    if exception.recurs == "monthly":
        turns: Flags = (month - _month(begin)) % exception.every == 0
        return turns
    turns = (month // 12 - (begin.year - EPOCH.year)) % exception.every == 0
    turns &= month % 12 + 1 == exception.month
    return turns


def _month(day: dt.date) -> int:
    """Return the months from January 1970 to that of a day."""
    return (day.year - EPOCH.year) * 12 + day.month - 1


def _day_of_month(exception: Exceptional, days: Integers) -> Flags:
    """Return which days are the day of the month, or the ordinal weekday of it, that an exception states."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    of_month = days - months.astype("datetime64[D]").astype(np.int64)
    length = (months + 1).astype("datetime64[D]").astype(np.int64) - months.astype("datetime64[D]").astype(np.int64)
    turn: Flags
    if exception.day is not None:
        turn = of_month == np.minimum(exception.day, length) - 1
        return turn
    if exception.ordinal == "last":
        turn = length - of_month <= len(WEEK)
    else:
        turn = of_month // len(WEEK) == ORDINALS[str(exception.ordinal)]
    return turn & _is_weekday(exception, days)
