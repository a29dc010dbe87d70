"""What prepares a mission: robotic precursors, technology work, and use of a station."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from synodos.language import GONE, Element, Interest, Mission, Portfolio

WorkSort = Literal["precursor", "station", "technology", "interest"]
DONE_WITH: Final = GONE | {"deferred"}
"""Statuses of plans that bring nothing nearer; one that is completed has done so."""
STATION: Final = "leo"
"""Destination of stations: what is tried there is tried on the way to elsewhere."""


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody does that would bring a capability nearer.

    Attributes
    ----------
    record : str
        Mission, element or interest, as `kind:id`.
    agency : str
        Whose it is.
    sort : str
        `precursor` (a robotic mission), `station` (work in low Earth orbit), `technology` (a building block in hand)
        or `interest` (no more than a stated one).
    """

    record: str
    agency: str
    sort: WorkSort


def precursors(portfolio: Portfolio, mission: Mission) -> tuple[str, ...]:
    """Return the robotic missions to the same bodies that fly before a mission, by id, earliest first.

    Missions without a date, and the mission's own without one, are left out: which comes first is not known.
    """
    places = bodies(portfolio, mission.destinations)
    if mission.planned is None or not places:
        return ()
    first = mission.planned.earliest
    found = (
        (one.planned.earliest, one.id)
        for one in portfolio.missions.values()
        if one.crewed is False
        and one.status not in DONE_WITH
        and one.planned is not None
        and one.planned.earliest < first
        and places & bodies(portfolio, one.destinations)
    )
    return tuple(key for _, key in sorted(found) if key != mission.id)


def work_on(portfolio: Portfolio, capability: str, mission: Mission, without: Iterable[str]) -> Iterator[Work]:
    """Yield who works on a capability, or on one below it, wherever that is; `without` what supplies it already."""
    left_out = {*without, f"mission:{mission.id}"}
    plans: tuple[Mission | Element, ...] = (*portfolio.missions.values(), *portfolio.elements.values())
    for plan in plans:
        key = f"{plan.kind}:{plan.id}"
        if key not in left_out and plan.status not in DONE_WITH and covers(portfolio, capability, plan.provides):
            yield Work(key, plan.owner, _sort(portfolio, plan))
    for interest in portfolio.interests.values():
        if covers(portfolio, capability, (*interest.capabilities, *interest.brings)):
            yield Work(f"interest:{interest.id}", interest.owner, _sort(portfolio, interest))


def bodies(portfolio: Portfolio, destinations: Iterable[str]) -> frozenset[str]:
    """Return the bodies (roots of the destination tree) of destinations."""
    paths = ((place, portfolio.destinations.ancestors(place)) for place in destinations)
    return frozenset(path[-1] if path else place for place, path in paths)


def covers(portfolio: Portfolio, wide: str, provided: Iterable[str]) -> bool:
    """Return whether one of the capabilities provided is the one asked for, or stands below it."""
    return any(one == wide or portfolio.capabilities.covers(wide, one) for one in provided)


def _sort(portfolio: Portfolio, record: Mission | Element | Interest) -> WorkSort:
    """Return what sort of work a record is."""
    if any(place == STATION or portfolio.destinations.covers(STATION, place) for place in record.destinations):
        return "station"
    if isinstance(record, Mission) and record.crewed is False:
        return "precursor"
    return "interest" if isinstance(record, Interest) else "technology"
