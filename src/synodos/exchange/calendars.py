"""Calendars that programs import (iCalendar, RFC 5545): whole days and stretches of days, the same bytes each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT: Final = "-//Synodos//Dates ahead//EN"
"""Who wrote the file, as the format asks for it; without a version, so that releases do not change files."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One entry of a calendar, over whole days.

    Attributes
    ----------
    uid : str
        Names it for good: a program that reads the file again moves the entry instead of adding one.
    summary : str
        What it is, in a line.
    first, last : datetime.date
        First and last day, both included.
    description : str
        What a reader has to know.
    categories : tuple of str
        What it can be filtered by.
    classification : str
        ``PUBLIC``, ``CONFIDENTIAL`` or ``PRIVATE``: what the owner of the calendar may show to others.
    """

    uid: str
    summary: str
    first: dt.date
    last: dt.date
    description: str = ""
    categories: tuple[str, ...] = ()
    classification: Literal["PUBLIC", "CONFIDENTIAL", "PRIVATE"] = "PUBLIC"


def calendar_text(events: Iterable[CalendarEvent], *, title: str, about: str, stamped: dt.date) -> bytes:
    """Return events as the content of an `.ics` file.

    Parameters
    ----------
    events : iterable of CalendarEvent
        In the order in which they are written.
    title, about : str
        Name of the calendar, and what a reader has to know of it.
    stamped : datetime.date
        Day on which the entries were true; it stands in place of the clock, so that equal entries give equal bytes.

    Raises
    ------
    ValueError
        If an entry ends before it starts, or two have one `uid`.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name, value in (("name", title), ("x-wr-calname", title), ("description", about), ("x-wr-caldesc", about)):
        calendar.add(name, value)
    seen: set[str] = set()
    for one in events:
        if one.uid in seen:
            message = f"calendar: found {one.uid!r} twice, expected a uid of its own for each entry"
            raise ValueError(message)
        seen.add(one.uid)
        calendar.add_component(_event(one, dt.datetime.combine(stamped, dt.time(), dt.UTC)))
    content: bytes = calendar.to_ical()
    return content


def _event(one: CalendarEvent, stamped: dt.datetime) -> Event:
    """Return an entry as the library holds it; the format counts the day after the last as the end."""
    from icalendar import Event

    if one.last < one.first:
        message = f"calendar: {one.summary!r} ends on {one.last}, expected a day on or after {one.first}"
        raise ValueError(message)
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", stamped)
    event.add("dtstart", one.first)
    event.add("dtend", one.last + dt.timedelta(days=1))
    event.add("summary", one.summary)
    event.add("class", one.classification)
    event.add("transp", "TRANSPARENT")  # nobody is busy for a year because a launch is planned in it
    if one.description:
        event.add("description", one.description)
    if one.categories:
        event.add("categories", list(one.categories))
    return event
