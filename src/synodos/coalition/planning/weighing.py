"""How much agencies care for objectives, by the interests that they declare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from synodos.coalition.planning.setting import Setting
from synodos.cooperation import default_weights
from synodos.language import Mission

ASKER: Final = ""
"""Stands among the players for who asks, where the weights of objectives are given with the question."""


def cares_of(setting: Setting, missions: Sequence[Mission]) -> dict[str, dict[str, float]]:
    """Return how much each player cares for each objective that missions serve, by objective and player.

    A declared interest counts by its strength, also for all below it in the tree. A player that serves an objective, by
    a mission or an objective of its own, cares for it even if it states no interest. Where weights are given, who asks
    cares for these objectives and nobody for any.
    """
    tree = setting.portfolio.vocabularies["exploration-objectives"]
    served = sorted({goal for mission in missions for goal in mission.objectives})
    if setting.weights is not None:
        return {goal: {ASKER: setting.weights[goal]} for goal in served if goal in setting.weights}
    cares: dict[str, dict[str, float]] = {one: {} for one in served}
    for player, goal, strength in _declared(setting):
        for one in served:
            if goal in tree.ancestors(one) or goal == one:
                cares[one][player] = max(cares[one].get(player, 0.0), strength)
    return cares


def _declared(setting: Setting) -> Iterator[tuple[str, str, float]]:
    """Yield how strongly players care for goals."""
    weights, portfolio = default_weights(), setting.portfolio
    unstated = weights.value("strength", "not-stated")
    for interest in portfolio.interests.values():
        if interest.owner in setting.players:
            value = weights.value("strength", interest.strength or "not-stated")
            yield from ((interest.owner, goal, value) for goal in interest.objectives)
    for aim in portfolio.objectives.values():
        if aim.owner in setting.players:
            yield from ((aim.owner, goal, unstated) for goal in aim.serves)
    for mission in setting.missions.values():
        yield from ((mission.owner, goal, unstated) for goal in mission.objectives)
