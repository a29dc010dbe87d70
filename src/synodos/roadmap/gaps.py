"""What has to be learnt or built before a scenario's missions can fly, in the order in which it is needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from synodos.language import DateRange
from synodos.roadmap.preparing import Work, WorkSort
from synodos.roadmap.stages import STAGES, Stage

if TYPE_CHECKING:
    from synodos.roadmap.readiness import MissionReadiness, NeededCapability

READY: Final = frozenset({"flies", "in time"})
"""Stages at which nothing is left to close."""


@dataclass(frozen=True, slots=True)
class KnowledgeGap:
    """A capability that no mission of a scenario can count on yet.

    Attributes
    ----------
    capability : str
        What is not there in time.
    missions : tuple of str
        Missions that do not state that they can do without it; the first sets the day.
    by : DateRange or None
        When it must be closed: the earliest day stated by a mission; None: no mission states one.
    stage : Stage
        The least ready at which one of the missions finds it.
    work : tuple of Work
        Who would close it: robotic precursors, station use, technology in hand, or no more than an interest.
    """

    capability: str
    missions: tuple[str, ...]
    by: DateRange | None
    stage: Stage
    work: tuple[Work, ...]

    def closed_by(self, sort: WorkSort) -> tuple[Work, ...]:
        """Return the work of one sort that would close the gap."""
        return tuple(one for one in self.work if one.sort == sort)


def knowledge_gaps(missions: Iterable[MissionReadiness]) -> tuple[KnowledgeGap, ...]:
    """Return the gaps of a scenario, those first that must be closed first.

    A gap is a capability that a mission does not state to be dispensable and that neither flies nor comes in time.
    Gaps that no mission dates stand last, those of more missions first.

    Parameters
    ----------
    missions : iterable of MissionReadiness
        In the order in which they are flown.
    """
    open_needs: dict[str, list[tuple[str, NeededCapability]]] = {}
    for mission in missions:
        for need in mission.needs:
            if need.essential is not False and need.stage not in READY:
                open_needs.setdefault(need.capability, []).append((mission.mission, need))
    found = (_gap(capability, needs) for capability, needs in open_needs.items())
    return tuple(sorted(found, key=lambda gap: (gap.by is None, gap.by and gap.by.latest, -len(gap.missions))))


def _gap(capability: str, needs: list[tuple[str, NeededCapability]]) -> KnowledgeGap:
    """Return one capability as a gap."""
    ordered = sorted(
        needs, key=lambda item: (item[1].by is None, item[1].by and (item[1].by.latest, item[1].by.earliest))
    )
    stage = max((need.stage for _, need in needs), key=STAGES.index)
    work = tuple(dict.fromkeys(one for _, need in ordered for one in need.work))
    return KnowledgeGap(capability, tuple(dict.fromkeys(key for key, _ in ordered)), ordered[0][1].by, stage, work)
