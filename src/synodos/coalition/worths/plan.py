"""The best plan of one group, and whom it cannot do without."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from synodos.coalition.shares.game import GameError
from synodos.coalition.worths.model import GroupModel, Ints
from synodos.coalition.worths.part import whole
from synodos.coalition.worths.searching import Search


@dataclass(frozen=True, eq=False)
class GroupPlan:
    """The best plan of a group.

    Attributes
    ----------
    worth : float
        What it brings, in the terms of the model's unit.
    choices : array of int64, shape (choices,)
        How often each choice is made; those that bring nothing and that nothing else rests on are left out.
    support : int
        The members it cannot do without: bit i is set for player i. Every group that holds them can carry it out.
    proven : bool
        Whether no plan of the group brings more.
    bound : float
        What no plan of the group exceeds; the worth where it is proven.
    """

    worth: float
    choices: Ints
    support: int
    proven: bool
    bound: float


def solve_group(model: GroupModel, group: int, *, limit_s: float | None = None) -> GroupPlan:
    """Return the best plan of a group, found by CP-SAT in whole numbers.

    Parameters
    ----------
    model : GroupModel
        What can be chosen.
    group : int
        Bit i is set where player i is a member. Nobody has no plan, and is worth 0.
    limit_s : float, optional
        Seconds after which the best plan so far is returned, with a bound.

    Raises
    ------
    GameError
        If the group has members who are no players, or the model needs larger numbers than can be told apart.
    KeyboardInterrupt
        If the search is interrupted.
    """
    if not 0 <= group <= model.everybody:
        message = f"coalition.group: expected a group of the {len(model.players)} players; found {group}"
        raise GameError(message)
    part = whole(model)
    if not group:
        return GroupPlan(0.0, np.zeros_like(part.gains), 0, proven=True, bound=0.0)
    found, bound = Search(part).best_unless_interrupted(group, limit_s)
    choices = part.thinned(found)
    amount = int(part.gains @ choices)
    return GroupPlan(amount * model.unit, choices, part.support(choices), amount >= bound, bound * model.unit)
