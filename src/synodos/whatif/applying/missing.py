"""A launch period is missed."""

from __future__ import annotations

import datetime as dt

from synodos.language import ENDED, FLYING, DateRange, Mission, Portfolio, Step
from synodos.schedule import Node, network
from synodos.whatif.applying.supposing import Difference, changed

Days = tuple[dt.date, dt.date]


def miss(portfolio: Portfolio, step: Step) -> Difference:
    """Return what differs when missions miss a launch period: each is planned for the next.

    A mission that can leave on any day is planned from the day after the period that it misses.

    Raises
    ------
    ValueError
        If a mission flies already or is over, or which period it misses cannot be told (code `change.cannot`).
    """
    return Difference(tuple(_later(portfolio, portfolio.missions[key], step.period) for key in step.plans))


def launch_periods_of(portfolio: Portfolio, mission: Mission) -> tuple[Days, ...]:
    """Return the launch periods of a mission from the day of knowledge on, first and last day; empty: any day."""
    node = launch_of(portfolio, mission)
    return tuple(period.dates for period in node.periods) if node is not None else ()


def launch_of(portfolio: Portfolio, mission: Mission) -> Node | None:
    """Return the launch of a mission in the network that leads to it; None where it has none."""
    nodes = network(portfolio, [mission.id]).nodes
    return next((node for node in nodes if node.type == "launch" and node.leads_to == mission.id), None)


def meant(portfolio: Portfolio, mission: Mission, missed: DateRange | None = None) -> tuple[Days | None, Days | None]:
    """Return the launch period that a mission means, or one that is named, and the next.

    Without an overlap of the planned date it is the first that is not over when the plan begins.
    """
    span = missed or mission.planned
    periods = launch_periods_of(portfolio, mission)
    if span is None:
        return None, None
    first = next((one for one in periods if one[0] <= span.latest and span.earliest <= one[1]), None)
    first = first or (next((one for one in periods if one[1] >= span.earliest), None) if missed is None else None)
    last = first[1] if first else span.latest
    return first, next((one for one in periods if one[0] > last), None)


def _later(portfolio: Portfolio, mission: Mission, missed: DateRange | None) -> Mission:
    """Return a mission planned for the launch period after the one that it misses."""
    if mission.status in {*ENDED, *FLYING}:
        raise _cannot(mission, f"it is {mission.status}")
    first, following = meant(portfolio, mission, missed)
    if following is not None:
        return changed(mission, {"planned": DateRange(f"{following[0]}..{following[1]}")})
    last = first[1] if first else (missed.latest if missed is not None and not missed.stays_open else None)
    if last is None:
        raise _cannot(mission, "it can leave on any day, or its date is not stated; name the `period` that it misses")
    return changed(mission, {"planned": DateRange(f"{last + dt.timedelta(days=1)}..")})


def _cannot(mission: Mission, why: str) -> ValueError:
    """Return what says that a mission can miss nothing."""
    return ValueError(f"change.cannot: {mission.id} cannot miss a launch period: {why}")
