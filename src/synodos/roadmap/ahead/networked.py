"""Dates that follow from the heavens and from networks of activities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from synodos import schedule
from synodos.language import DateRange, Mission, Portfolio, Record
from synodos.roadmap.ahead.planned import STARTED
from synodos.roadmap.ahead.types import Ahead, concerned, narrowest
from synodos.schedule import Node, Period

MILESTONES = ("start-milestone", "finish-milestone")


def launch_periods_ahead(portfolio: Portfolio) -> Iterator[Ahead]:
    """Yield the launch periods that a mission's planned date touches or that come next, and one to fall back on."""
    waiting = [key for key, one in portfolio.missions.items() if one.status not in STARTED and _may_be_bound(one)]
    found = schedule.network(portfolio, waiting) if waiting else None
    for node in found.nodes if found else ():
        mission = portfolio.missions.get(node.leads_to or "")
        if mission is not None and node.periods:
            for period in _of_interest(mission, node.periods, portfolio.known_on):
                yield _launch_period(portfolio, mission, node, period)


def _may_be_bound(mission: Mission) -> bool:
    """Return whether a mission may have launch periods: it states them, or has a date and goes somewhere."""
    return mission.launch_opportunity is not None or (mission.planned is not None and bool(mission.destinations))


def _of_interest(mission: Mission, periods: tuple[Period, ...], day: dt.date) -> Iterator[Period]:
    """Yield every stated period, and of the computed ones those that the planned date touches, and the next."""
    planned = mission.planned
    for period in periods:
        if not period.computed:
            yield period
    if planned is None or planned.opens_early or planned.stays_open:
        return
    for period in periods:
        opens, closes = period.dates
        if period.computed and closes >= max(planned.earliest, day):
            yield period
            if opens > planned.latest:
                return


def _launch_period(portfolio: Portfolio, mission: Mission, node: Node, period: Period) -> Ahead:
    """Return a launch period as a date."""
    opens, closes = period.dates
    planned = mission.planned
    meant = planned is None or (opens <= planned.latest and planned.earliest <= closes)
    energy = "" if period.c3_km2_s2 is None else f", C3 from {period.c3_km2_s2:.1f} km²/s²"
    what = f"{'launch period' if meant else 'next launch period after its date'}{energy}"
    sort = "computed" if period.computed else "stated"
    part = f"launch-period {sort} {opens}"
    return _of_node(portfolio, node, mission, what, DateRange(f"{opens}..{closes}"), part, computed=period.computed)


def milestones_ahead(portfolio: Portfolio) -> Iterator[Ahead]:
    """Yield the early dates of milestones that are still to come."""
    open_ones = [key for key, one in portfolio.activities.items() if one.actual_finish is None]
    if not any(portfolio.activities[key].type in MILESTONES for key in open_ones):
        return
    path = schedule.critical_path(schedule.network(portfolio, open_ones))
    for place, node in enumerate(path.network.nodes):
        activity = portfolio.activities.get(node.id)
        if activity is None or node.type not in MILESTONES or node.actual_finish is not None:
            continue
        minutes = int(path.early_finish[place]) - (node.type == "finish-milestone")  # midnight ends the day before
        day = schedule.moment_of(minutes).date()
        yield _of_node(portfolio, node, activity, "milestone, early date", DateRange(str(day)), "milestone")


def _of_node(
    portfolio: Portfolio, node: Node, record: Record, what: str, when: DateRange, part: str, *, computed: bool = True
) -> Ahead:
    """Return a date of a node of a network."""
    records = [found for key in node.records if (found := _record(portfolio, key)) is not None]
    key = f"{record.kind}:{record.id}"
    return Ahead(
        kind="launch-period" if isinstance(record, Mission) else "milestone",
        name=getattr(record, "name", record.id),
        what=what,
        when=when,
        record=key,
        part=part,
        agencies=concerned(record.owner, node.agency, *(one.owner for one in records), *_partners(record)),
        evidence=tuple(dict.fromkeys((key, *node.records))),
        basis="computed" if computed else "stated",
        released=narrowest((record, *records)),
        unverified=any(one.rests_on_unverified for one in (record, *records)),
    )


def _record(portfolio: Portfolio, key: str) -> Record | None:
    """Return a record by `kind:id`."""
    kind, _, name = key.partition(":")
    return portfolio.tables.get(kind, {}).get(name)


def _partners(record: Record) -> tuple[str, ...]:
    """Return the partners of a mission."""
    return tuple(one.agency for one in record.partners) if isinstance(record, Mission) else ()
