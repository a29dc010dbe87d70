"""When a scenario first reaches each destination, and how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from synodos import schedule
from synodos.language import FLYING, IDLE, DateRange, Mission
from synodos.roadmap.comparing.followed import Followed
from synodos.roadmap.finishes import mission_finishes
from synodos.schedule import Finish

LIKELY, SURE = 50, 80


@dataclass(frozen=True, slots=True)
class Arrival:
    """The first mission to a body.

    Attributes
    ----------
    body : str
        Root of the destination tree.
    crewed : bool
        Whether people fly on it; robotic missions and those of which nothing is stated count as not crewed.
    mission : str
        Its id.
    planned : DateRange or None
        When the scenario has it fly; None: no mission of this sort to the body has a date.
    median, p80 : datetime.date or None
        Days by which it has flown in half and in 80 of 100 iterations; None: it is over, or never in that many.
    in_time : float or None
        Share of the iterations in which it flies by the last day of its date.
    """

    body: str
    crewed: bool
    mission: str
    planned: DateRange | None
    median: dt.date | None
    p80: dt.date | None
    in_time: float | None


def arrivals(followed: Followed, iterations: int, seed: int) -> tuple[Arrival, ...]:
    """Return the first robotic and the first crewed mission to each body, with their chances."""
    first: dict[tuple[str, bool], Mission] = {}
    for mission in followed.missions:
        for body in followed.bodies_of(mission):
            key = (body, mission.crewed is True)
            if key not in first or _day(mission) < _day(first[key]):
                first[key] = mission
    chances = finishes(followed, {mission.id for mission in first.values()}, iterations, seed)
    found = (_arrival(*key, mission, chances.get(mission.id)) for key, mission in first.items())
    order: Callable[[Arrival], tuple[str, bool]] = lambda one: (one.body, one.crewed)  # noqa: E731 - typed
    return tuple(sorted(found, key=order))


def _day(mission: Mission) -> dt.date:
    """Return when a mission flies at the earliest; those without a date come last."""
    return mission.planned.earliest if mission.planned else dt.date.max


def finishes(followed: Followed, keys: set[str], iterations: int, seed: int) -> dict[str, Finish]:
    """Return the chances of missions that are still to fly, by id."""
    today = followed.portfolio.known_on
    waiting = (one for one in followed.missions if one.id in keys and one.status not in FLYING | IDLE)
    ahead = sorted(one.id for one in waiting if one.planned and one.planned.latest >= today)
    if not ahead:
        return {}
    network = schedule.network(followed.portfolio, ahead)
    return mission_finishes(schedule.risk(network, followed.portfolio, iterations=iterations, seed=seed))


def _arrival(body: str, crewed: bool, mission: Mission, finish: Finish | None) -> Arrival:  # noqa: FBT001 - a key
    """Return the first mission to a body with its chances."""
    median, p80 = (finish.percentile(LIKELY), finish.percentile(SURE)) if finish else (None, None)
    return Arrival(
        body=body,
        crewed=crewed,
        mission=mission.id,
        planned=mission.planned,
        median=median.date() if median else None,
        p80=p80.date() if p80 else None,
        in_time=finish.in_time if finish else None,
    )
