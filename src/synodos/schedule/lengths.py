"""Working minutes between two moments on the calendars of a network, and whether a lag leaves any of them."""

from __future__ import annotations

from synodos.schedule.calendars import work_between
from synodos.schedule.types import ELAPSED, MINUTES_PER_DAY, Network


def minutes_per_day(network: Network, calendar: int) -> int:
    """Return the working minutes that one day of a calendar counts."""
    return MINUTES_PER_DAY if calendar == ELAPSED else network.calendars[calendar].minutes_per_day


def worked(network: Network, calendar: int, first: int, last: int) -> int:
    """Return the working minutes from one moment to another; negative where the second comes first."""
    return last - first if calendar == ELAPSED else work_between(network.calendars[calendar], first, last)


def leaves_room(network: Network, calendars: tuple[int, int], span: tuple[int, int], lag: int) -> bool:
    """Return whether a lag within a span of time leaves any time to work.

    Parameters
    ----------
    network : Network
        Whose calendars count.
    calendars : tuple of int
        Index of the calendar that the lag counts on, and of the one that is worked on.
    span : tuple of int
        First and last moment.
    lag : int
        Minutes on the first calendar; negative for a lead.
    """
    lag_on, work_on = calendars
    return worked(network, lag_on if lag else work_on, *span) > lag
