"""Dates that plans, work and commitments state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from synodos.language import (
    ENDED,
    FLYING,
    SHUT,
    Activity,
    DateRange,
    Element,
    Mission,
    Offer,
    Portfolio,
    Record,
    requirements,
)
from synodos.law import ends_of
from synodos.roadmap.ahead.types import Ahead, stated

STARTED: Final = FLYING | ENDED
"""Statuses of plans that wait for no start."""
BINDING: Final = {
    "must-start": "must start",
    "must-finish": "must finish",
    "start-no-later": "must start no later",
    "finish-no-later": "must finish no later",
}
"""Constraints of an activity that set a date not to be passed, in words."""


def planned_dates(portfolio: Portfolio) -> Iterator[Ahead]:
    """Yield the dates of missions, building blocks, offers, needs, activities and commitments."""
    for mission in portfolio.missions.values():
        yield from _flight(mission)
    for element in portfolio.elements.values():
        yield from _availability(element)
    for offer in portfolio.offers.values():
        yield from _availability(offer)
    for record in (*portfolio.missions.values(), *portfolio.elements.values(), *portfolio.needs.values()):
        yield from _needed(portfolio, record)
    for activity in portfolio.activities.values():
        yield from _not_to_be_passed(activity)
    for commitment in portfolio.commitments.values():
        if commitment.decision is not None:
            what = f"decision on what is only {commitment.level}" if commitment.level == "intent" else "decision"
            yield stated("decision", commitment, what, commitment.decision, "decision", commitment.with_agencies)


def _flight(mission: Mission) -> Iterator[Ahead]:
    """Yield when a mission is to fly and to end."""
    if mission.planned is not None and mission.status not in STARTED:
        what = f"planned to fly{_paused(mission)}"
        yield stated("launch", mission, what, mission.planned, "planned", _partners(mission))
    if mission.ends is not None and mission.status not in ENDED:
        yield stated("end", mission, "planned to end", mission.ends, "ends", _partners(mission))


def _partners(plan: Mission | Element) -> tuple[str | None, ...]:
    """Return the bodies that have a part in a plan."""
    return (plan.operator, *(partner.agency for partner in plan.partners))


def _paused(plan: Mission | Element | Offer) -> str:
    """Return that a plan is paused, where it is."""
    return " (deferred)" if not isinstance(plan, Offer) and plan.status == "deferred" else ""


def _availability(one: Element | Offer) -> Iterator[Ahead]:
    """Yield when a building block or an offer can first be used, and when no longer."""
    if one.available is None or _is_over(one):
        return
    others = _partners(one) if isinstance(one, Element) else (*one.offered_to, *one.taken_by)
    first, last = ends_of(one.available)
    if first is not None and not (isinstance(one, Element) and one.status in STARTED):
        yield stated("ready", one, f"planned to be available{_paused(one)}", first, "available-from", others)
    if last is not None and ".." in one.available.text:
        yield stated("end", one, "no longer available after this", last, "available-to", others)


def _is_over(one: Element | Offer) -> bool:
    """Return whether nothing more will come of a building block or an offer."""
    return one.status in ENDED if isinstance(one, Element) else one.standing in SHUT


def _needed(portfolio: Portfolio, record: Record) -> Iterator[Ahead]:
    """Yield what a record requires by a date."""
    if getattr(record, "status", None) in STARTED or getattr(record, "standing", None) in SHUT:
        return
    for _, one in requirements(record):
        if one.by is not None:
            what = f"needs {portfolio.capabilities.label(one.capability)}"
            part = " ".join(("needs", one.capability, *one.met_by))
            yield stated("needed", record, what, one.by, part, (one.provider,))


def _not_to_be_passed(activity: Activity) -> Iterator[Ahead]:
    """Yield the dates that an activity should not pass."""
    if activity.actual_finish is not None:
        return
    by = (activity.performer,)
    if activity.deadline is not None:
        yield stated("deadline", activity, "deadline", _day(activity.deadline), "deadline", by)
    for one in activity.constraints:
        if one.on is not None and one.type in BINDING:
            yield stated("deadline", activity, BINDING[one.type], _day(one.on), one.type, by)


def _day(moment: str) -> DateRange:
    """Return the day of a moment."""
    return DateRange(moment.partition("T")[0])
