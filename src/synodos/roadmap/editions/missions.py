"""The missions of a scenario as an edition tells them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from synodos.language import FLOWN, DateRange, Mission
from synodos.roadmap.comparing.arrivals import finishes
from synodos.roadmap.comparing.followed import Followed
from synodos.roadmap.readiness import Readiness
from synodos.roadmap.stages import Stage
from synodos.schedule import Finish

EARLY, LIKELY, SURE = 10, 50, 80


@dataclass(frozen=True, slots=True)
class EditionMission:
    """One mission of a scenario.

    Attributes
    ----------
    mission, name : str
        Its id and usual name.
    lead : str
        Agency that leads it.
    partners : tuple of str
        Agencies that have a part in it, each once.
    bodies : tuple of str
        Bodies to which it goes (roots of the destination tree).
    crewed : bool or None
        Whether people fly on it; None: not stated.
    status : str
        Where it stands.
    flown : bool
        Whether it has been launched.
    planned : DateRange or None
        When the scenario has it fly.
    p10, p50, p80 : datetime.date or None
        Days by which it has flown in 10, 50 and 80 of 100 iterations; None: not sampled, or never in that many.
    in_time : float or None
        Share of the iterations in which it flies by the last day of its date.
    stage : Stage or None
        The least ready of what it cannot do without; None: it states no such requirement.
    """

    mission: str
    name: str
    lead: str
    partners: tuple[str, ...]
    bodies: tuple[str, ...]
    crewed: bool | None
    status: str
    flown: bool
    planned: DateRange | None
    p10: dt.date | None
    p50: dt.date | None
    p80: dt.date | None
    in_time: float | None
    stage: Stage | None


def missions(one: Followed, ready: Readiness, iterations: int, seed: int) -> tuple[EditionMission, ...]:
    """Return the missions of a scenario in the order in which they are flown, with their chances."""
    chances = finishes(one, set(one.said.missions), iterations, seed)
    stages = {found.mission: found.stage for found in ready.missions}
    return tuple(_mission(one, mission, chances.get(mission.id), stages[mission.id]) for mission in one.missions)


def _mission(one: Followed, mission: Mission, finish: Finish | None, stage: Stage | None) -> EditionMission:
    """Return one mission with its chances."""
    p10, p50, p80 = (_day(finish, share) for share in (EARLY, LIKELY, SURE))
    partners = (part.agency for part in mission.partners if part.agency != mission.owner)
    return EditionMission(
        mission=mission.id,
        name=mission.name,
        lead=mission.owner,
        partners=tuple(dict.fromkeys(partners)),
        bodies=tuple(sorted(one.bodies_of(mission))),
        crewed=mission.crewed,
        status=mission.status,
        flown=mission.status in FLOWN,
        planned=mission.planned,
        p10=p10,
        p50=p50,
        p80=p80,
        in_time=finish.in_time if finish else None,
        stage=stage,
    )


def _day(finish: Finish | None, share: int) -> dt.date | None:
    """Return the day by which a share of the iterations has flown."""
    moment = finish.percentile(share) if finish else None
    return moment.date() if moment else None
