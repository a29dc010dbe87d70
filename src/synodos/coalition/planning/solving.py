"""The best plan of one group; of equally good ones the cheapest, and of these the earliest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.planning.drafting import Draft
from synodos.coalition.shares.game import GameError
from synodos.coalition.worths.model import GroupModel
from synodos.coalition.worths.plan import solve_group

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

Ints = NDArray[np.int64]
LIMIT_S: Final = 60.0
"""Seconds for the second search, which changes no worth."""


@dataclass(frozen=True, eq=False)
class Solved:
    """The best plan of a group.

    Attributes
    ----------
    worth : float
    choices : array of int64, shape (choices,)
    proven : bool
        Whether no plan is better.
    """

    worth: float
    choices: Ints
    proven: bool


def best_plan(draft: Draft, model: GroupModel, group: int, limit_s: float | None = None) -> Solved:
    """Return the best plan of a group; where budgets bind, of equally good ones the cheapest, then earliest.

    Where a limit of seconds ends the search, it is the best so far.
    """
    found = solve_group(model, group, limit_s=limit_s)
    if draft.budgets is None or not group:
        return Solved(found.worth, found.choices, found.proven)
    return Solved(found.worth, _cheapest(draft, model, group, found.choices), found.proven)


def _cheapest(draft: Draft, model: GroupModel, group: int, known: Ints) -> Ints:
    """Return the cheapest plan that is as good as a known one, and of these the earliest."""
    from ortools.sat.python import cp_model

    allowed = (model.needs & ~np.int64(group)) == 0
    programme = cp_model.CpModel()
    places = [
        programme.new_int_var(0, int(most) if may else 0, "") for most, may in zip(model.most, allowed, strict=True)
    ]
    for row, limit in enumerate(model.limits):
        entries = range(int(model.starts[row]), int(model.starts[row + 1]))
        left = cp_model.LinearExpr.weighted_sum(
            [places[model.columns[at]] for at in entries], [int(model.values[at]) for at in entries]
        )
        programme.add(left <= int(limit))
    gains = [int(gain) for gain in model.gains]
    programme.add(cp_model.LinearExpr.weighted_sum(places, gains) >= int(model.gains @ known))
    programme.minimize(cp_model.LinearExpr.weighted_sum(places, _prices(draft)))
    for place, value in zip(places, known, strict=True):
        programme.add_hint(place, int(value))
    return _values(programme, places)


def _values(programme: cp_model.CpModel, places: list[cp_model.IntVar]) -> Ints:
    """Return the values at which the least is found."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.catch_sigint_signal = False  # else nobody else hears of Ctrl-C any more
    solver.parameters.max_deterministic_time = LIMIT_S
    if solver.solve(programme) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        message = "coalition.solver: expected a plan as good as one that is known; found none"
        raise GameError(message)
    return np.array([solver.value(place) for place in places], dtype=np.int64)


def _prices(draft: Draft) -> list[int]:
    """Return what each choice costs: money first, then how late it is, then that it is made at all."""
    first = min((one.year for one in draft.choices if one.year is not None), default=0)
    late = [(0 if one.year is None else one.year - first) + 1 for one in draft.choices]
    weight = sum(late) * int(max(draft.most, default=1)) + 1
    spent = [sum(amount for _, _, amount in draft.spends.get(place, ())) for place in range(len(draft.choices))]
    return [amount * weight + time for amount, time in zip(spent, late, strict=True)]
