"""How missions stand before and after a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from synodos.language import ENDED, GONE, Mission, Portfolio
from synodos.whatif.applying.parts import Parts, Plan, key_of, needed
from synodos.whatif.consequences.answer import Gap, MissionEffect, Standing
from synodos.whatif.orphans import Essential, over_chain, unmet

WORST: Final[Mapping[Standing, int]] = {"cancelled": 0, "stopped": 1, "in-doubt": 2, "lacking": 3, "whole": 4}
"""Standings, the worst first."""
URGENCY: Final = {True: 2, None: 1, False: 0}


def mission_effects(before: Portfolio, after: Portfolio) -> tuple[MissionEffect, ...]:
    """Return the missions whose standing or gaps differ, or whose records do, the worst struck first."""
    found = []
    for mission in before.missions.values():
        new = after.missions.get(mission.id, mission)
        if mission.status in ENDED:
            continue
        old_gaps, gaps = gaps_of(before, mission), gaps_of(after, new)
        if (new, gaps) == (mission, old_gaps):
            continue
        known = {(gap.plan, gap.capability) for gap in old_gaps}
        found.append(
            MissionEffect(
                mission=key_of(mission),
                name=mission.name,
                agency=mission.owner,
                before=_standing(mission, old_gaps),
                after=_standing(new, gaps),
                gaps=gaps,
                new_gaps=tuple(gap for gap in gaps if (gap.plan, gap.capability) not in known),
            )
        )
    return tuple(sorted(found, key=lambda one: (WORST[one.after], -WORST[one.before], one.mission)))


def gaps_of(portfolio: Portfolio, mission: Mission) -> tuple[Gap, ...]:
    """Return what nobody meets of a mission and of all that it rests on; each as urgent as its most urgent chain."""
    if mission.status in ENDED:
        return ()
    plans = Parts(portfolio).plans
    found: dict[tuple[str, str], Gap] = {}
    followed: dict[str, int] = {mission.id: URGENCY[True]}
    pending: list[tuple[Plan, Essential, tuple[str, ...]]] = [(mission, True, ())]
    while pending:
        plan, essential, via = pending.pop(0)
        for requirement in needed(plan):
            over = over_chain(essential, requirement.essential)
            if unmet(portfolio, requirement):
                gap = Gap(key_of(plan), requirement.capability, over, via, requirement.essential)
                old = found.get((gap.plan, gap.capability))
                if old is None or URGENCY[over] > URGENCY[old.essential]:
                    found[gap.plan, gap.capability] = gap
            for target in requirement.met_by:
                below = plans.get(target)
                if below is not None and URGENCY[over] > followed.get(target, -1):
                    followed[target] = URGENCY[over]
                    pending.append((below, over, (*via, key_of(below))))
    return tuple(
        sorted(found.values(), key=lambda gap: (-URGENCY[gap.essential], len(gap.via), gap.plan, gap.capability))
    )


def _standing(mission: Mission, gaps: tuple[Gap, ...]) -> Standing:
    """Return how a mission stands with its gaps."""
    if mission.status in GONE:
        return "cancelled"
    if any(gap.essential for gap in gaps):
        return "stopped"
    if any(gap.essential is None for gap in gaps):
        return "in-doubt"
    return "lacking" if gaps else "whole"
