"""From when to when something is needed or can be had, in days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from synodos.language import (
    ENDED,
    FLYING,
    GONE,
    DateRange,
    Element,
    Interest,
    Mission,
    Offer,
    Portfolio,
    Record,
    Requirement,
)

FIRST: Final = dt.date.min.toordinal()
LAST: Final = dt.date.max.toordinal()


def is_gone(record: Record | None) -> bool:
    """Return whether what was named to meet a requirement never will: it is cancelled, lost or withdrawn."""
    if isinstance(record, Offer):
        return record.standing == "withdrawn"
    return isinstance(record, Mission | Element) and record.status in GONE


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, as days since the calendar began; `stated` is False where no date is at hand."""

    start: int
    end: int
    stated: bool = True


ALWAYS: Final = Window(FIRST, LAST, stated=False)


Windows = Mapping[tuple[str, str], Window]
"""By kind and id when the elements and missions that are not over are at work."""


def windows(portfolio: Portfolio, service: int) -> Windows:
    """Return when plans are at work; those that are over, by their status or their dates, are left out.

    Parameters
    ----------
    portfolio : Portfolio
        The plans.
    service : int
        Days for which a mission is taken to serve where no end is stated.
    """
    today = portfolio.known_on.toordinal()
    plans: Iterator[Element | Mission] = chain(portfolio.elements.values(), portfolio.missions.values())
    found = ((plan, _at_work(plan, today, service)) for plan in plans if plan.status not in ENDED)
    return {(plan.kind, plan.id): window for plan, window in found if window is not None}


def need_window(record: Record, requirement: Requirement, today: int, at_work: Windows) -> Window | None:
    """Return when a requirement has to be met, or None if that day has passed.

    The requirement's own date counts, else that of the record. A date that a plan has missed says no more when it
    will fly, so it counts as not stated.
    """
    if requirement.by is not None:
        return _ahead(_days(requirement.by), today)
    if isinstance(record, Interest):
        return stated_window(record.when, today)
    if isinstance(record, Mission | Element):
        if record.status in FLYING:
            return at_work.get((record.kind, record.id))
        window = _plan_days(record)
        return ALWAYS if window is None or window.end < today else _ahead(window, today)
    return ALWAYS


def supply_window(record: Record, today: int, at_work: Windows) -> Window | None:
    """Return when a record provides what it provides, or None if that is over."""
    if isinstance(record, Mission | Element):
        return at_work.get((record.kind, record.id))
    if isinstance(record, Offer):
        return stated_window(record.available, today)
    return stated_window(record.when, today) if isinstance(record, Interest) else ALWAYS


def stated_window(stated: DateRange | None, today: int) -> Window | None:
    """Return the days of a date that are not over: all days where there is no date, None where all are over."""
    return ALWAYS if stated is None else _ahead(_days(stated), today)


def _at_work(plan: Mission | Element, today: int, service: int) -> Window | None:
    """Return when a plan is at work, or None if that is over."""
    window = _plan_days(plan)
    if window is None:
        return ALWAYS
    flies = plan.status in FLYING
    if isinstance(plan, Mission) and plan.ends is None:
        from_day = max(window.end, today) if flies else window.end
        window = Window(window.start, min(LAST, from_day + service))
    elif isinstance(plan, Element) and flies and window.end < today:  # it works beyond what was stated
        window = Window(window.start, min(LAST, today + service))
    return _ahead(window, today)


def _plan_days(plan: Mission | Element) -> Window | None:
    """Return the days that a plan states."""
    stated = plan.planned if isinstance(plan, Mission) else plan.available
    if stated is None:
        return None
    ends = plan.ends if isinstance(plan, Mission) else None
    days = _days(stated)
    return Window(days.start, max(days.start, ends.latest.toordinal())) if ends else days


def _days(stated: DateRange) -> Window:
    """Return the first and last day of a date."""
    return Window(stated.earliest.toordinal(), stated.latest.toordinal())


def _ahead(window: Window, today: int) -> Window | None:
    """Return the part of a window that is not over, or None."""
    return Window(max(window.start, today), window.end) if window.end >= today else None
