"""Objectives that missions no longer serve."""

from __future__ import annotations

from collections import defaultdict

from synodos.language import ENDED, Mission, Portfolio
from synodos.whatif.consequences.answer import MissionEffect
from synodos.whatif.consequences.effects import ObjectiveEffect


def objective_effects(before: Portfolio, struck: tuple[MissionEffect, ...]) -> tuple[ObjectiveEffect, ...]:
    """Return the objectives of missions that a change stops, those that nobody serves any more first.

    Parameters
    ----------
    before : Portfolio
        Before the change.
    struck : tuple of MissionEffect
        How missions stand; a mission that was stopped before by something else is lost only where the change takes
        something essential besides.
    """
    lost = {one.mission.partition(":")[2] for one in struck if is_lost(one)}
    serving: dict[str, list[Mission]] = defaultdict(list)
    for mission in before.missions.values():
        if mission.status not in ENDED:
            for objective in (*mission.objectives, *mission.aims):
                serving[objective].append(mission)
    found = []
    for objective, missions in serving.items():
        gone = tuple(f"mission:{one.id}" for one in missions if one.id in lost)
        if gone:
            found.append(
                ObjectiveEffect(
                    objective=objective,
                    label=_label(before, objective),
                    lost_with=gone,
                    still_served_by=tuple(f"mission:{one.id}" for one in missions if one.id not in lost),
                    agencies=tuple(sorted({one.owner for one in missions})),
                )
            )
    return tuple(sorted(found, key=lambda one: (not one.lost, one.objective)))


def is_lost(effect: MissionEffect) -> bool:
    """Return whether a change stops a mission: it is given up, or loses something essential."""
    if effect.after == "cancelled":
        return effect.before != "cancelled"
    return any(gap.essential for gap in effect.new_gaps)


def _label(portfolio: Portfolio, objective: str) -> str:
    """Return the words of an objective; of an aim those of the mission."""
    term = portfolio.vocabularies["exploration-objectives"].terms.get(objective)
    return term.label if term else objective
