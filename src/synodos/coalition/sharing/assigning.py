"""The assignment of contributions: an integer programme with three aims, one after the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from synodos.coalition.sharing.contributions import Contribution, Counted

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

SLOWER: Final = 6.0
"""Seconds of the clock that one second of the solver's own count may take."""
Parts = list[dict[str, int]]
"""For each contribution what each agency that is able brings of it, in units."""


@dataclass(frozen=True)
class Assignment:
    """Who brings what, in units.

    Attributes
    ----------
    parts : list of dict
        For each contribution what each agency that is able brings of it.
    at_least : int
        What balances add up to without their signs, whatever the assignment.
    proven : bool
        Whether no assignment comes nearer.
    """

    parts: Parts
    at_least: int
    proven: bool


@dataclass(frozen=True)
class _Programme:
    """The integer programme: how many of each contribution's pieces each agency brings, and what that leads to."""

    model: cp_model.CpModel
    brings: list[dict[str, cp_model.IntVar]]
    sizes: list[int]
    short: cp_model.LinearExprT
    largest: cp_model.LinearExprT
    moved: cp_model.LinearExprT

    def parts(self, solver: cp_model.CpSolver) -> Parts:
        """Return the assignment that a solver has found."""
        return [
            {name: size * solver.value(pieces) for name, pieces in brings.items()}
            for brings, size in zip(self.brings, self.sizes, strict=True)
        ]

    def hint(self, parts: Parts) -> None:
        """Tell the solver of an assignment."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for brings, size, part in zip(self.brings, self.sizes, parts, strict=True):
            for name, pieces in brings.items():
                self.model.add_hint(pieces, part[name] // size if size else int(name == next(iter(brings))))


def assigned(
    players: Sequence[str], contributions: Sequence[Contribution], counted: Counted, limit_seconds: float
) -> Assignment:
    """Return the assignment that leaves least to barter; of those, one with the least largest balance; then by plan.

    Parameters
    ----------
    players : sequence of str
        Names.
    contributions : sequence of Contribution
        What is to be brought.
    counted : Counted
        What it counts for, and what is asked of each player.
    limit_seconds : float
        What the solver may spend on each aim, by its own count.
    """
    best = _by_size(players, contributions, counted)
    if all(len(one.able) == 1 for one in contributions):
        return Assignment(best, sum(map(abs, balances(players, counted, best))), proven=True)
    programme = _programme(players, contributions, counted)
    best, bound, sure = _reached(programme, programme.short, best, limit_seconds)
    open_ = balances(players, counted, best)
    programme.model.add(programme.short <= sum(max(-one, 0) for one in open_))
    best, _, even = _reached(programme, programme.largest, best, limit_seconds)
    programme.model.add(programme.largest <= max(map(abs, balances(players, counted, best))))
    best, _, _ = _reached(programme, programme.moved, best, limit_seconds)
    return Assignment(best, 2 * bound, sure and even)


def balances(players: Sequence[str], counted: Counted, parts: Parts) -> list[int]:
    """Return what each player brings beyond what is asked of it."""
    return [
        sum(part.get(name, 0) for part in parts) - asked for name, asked in zip(players, counted.asked, strict=True)
    ]


def _by_size(players: Sequence[str], contributions: Sequence[Contribution], counted: Counted) -> Parts:
    """Return a first assignment: each contribution, the largest first, by who has most left to bring of those able."""
    left = dict(zip(players, counted.asked, strict=True))
    parts: Parts = [{} for _ in contributions]
    for place in sorted(range(len(contributions)), key=lambda place: (-counted.amounts[place], place)):
        able, amount = contributions[place].able, counted.amounts[place]
        bringer = max(able, key=lambda name: left[name]) if amount else able[0]
        parts[place] = {name: amount if name == bringer else 0 for name in able}
        left[bringer] -= amount
    return parts


def _programme(players: Sequence[str], contributions: Sequence[Contribution], counted: Counted) -> _Programme:
    """Return the programme.

    What cannot be split is one piece; what can be, as many pieces as it counts units. Balances add up to 0, so what is
    short in all is half of what they add up to without their signs.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    sizes = [1 if one.splittable else amount for one, amount in zip(contributions, counted.amounts, strict=True)]
    brings = []
    for one, amount in zip(contributions, counted.amounts, strict=True):
        pieces = amount if one.splittable else 1
        brings.append({name: model.new_int_var(0, pieces, f"{one.id} by {name}") for name in one.able})
        model.add(sum(brings[-1].values()) == pieces)
    most = sum(counted.amounts) + max(map(abs, counted.asked))
    short = [model.new_int_var(0, most, f"short {name}") for name in players]
    largest = model.new_int_var(0, most, "largest")
    pieces_of = list(zip(brings, sizes, strict=True))
    for name, asked, missing in zip(players, counted.asked, short, strict=True):
        balance = sum(size * pieces[name] for pieces, size in pieces_of if name in pieces) - asked
        model.add(missing >= -balance)
        model.add(largest >= missing)
        model.add(largest >= balance)
    moved = sum(size * of for pieces, size in pieces_of for name, of in list(pieces.items())[1:])
    return _Programme(model, brings, sizes, sum(short), largest, moved)


def _reached(
    programme: _Programme, aim: cp_model.LinearExprT, best: Parts, limit_seconds: float
) -> tuple[Parts, int, bool]:
    """Return the best assignment for an aim, what the aim comes to at least, and whether the assignment reaches that.

    `best` is where the search begins, and stays the best where nothing else is found in time.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_deterministic_time = limit_seconds
    solver.parameters.max_time_in_seconds = SLOWER * limit_seconds  # in case its own count stands still
    solver.parameters.linearization_level = 2  # without it, the bounds of what can be split creep up unit by unit
    solver.parameters.num_workers = 1  # more find other assignments that are as good, in no fixed order
    solver.parameters.random_seed = 1
    solver.parameters.catch_sigint_signal = False
    programme.hint(best)
    programme.model.minimize(aim)
    status = solver.solve(programme.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return best, 0, False
    return programme.parts(solver), math.ceil(solver.best_objective_bound - 0.5), status == cp_model.OPTIMAL
