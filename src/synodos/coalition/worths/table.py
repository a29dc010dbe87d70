"""The worths of all groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from synodos.coalition.shares.game import Floats, Game
from synodos.coalition.worths.batches import Executor, processors
from synodos.coalition.worths.model import GroupModel, Ints
from synodos.coalition.worths.part import split, whole
from synodos.coalition.worths.running import Run, WorthStore
from synodos.coalition.worths.simplifying import simplified

Progress = Callable[[int, int], None]
"""Told how many groups are settled, and of how many."""


@dataclass(frozen=True, eq=False)
class GroupWorths:
    """What every group of players can achieve.

    Attributes
    ----------
    players : tuple of str
        Names.
    amounts : array of int64, shape (2^n,)
        Worths in the unit of the model's gains, in binary order: bit i of the place is set where player i is a member.
    supports : array of int64, shape (2^n,)
        For each group the members whom one of its best plans needs; where several plans are best, which one is chosen
        may differ between runs.
    ceilings : array of int64, shape (2^n,)
        What no plan exceeds; the worths themselves, unless a limit ended the search for some groups.
    unit : float
        What a gain of one is worth.
    solved : int
        Groups that were solved in this run; the worths of all others follow from theirs, or were known.
    """

    players: tuple[str, ...]
    amounts: Ints
    supports: Ints
    ceilings: Ints
    unit: float
    solved: int

    @property
    def proven(self) -> bool:
        """Whether no group can achieve more than is told; with a limit, a worth may be less than it could be."""
        return bool((self.amounts == self.ceilings).all())

    @property
    def unproven(self) -> int:
        """Groups of which a limit ended the search before it was sure that no plan is better."""
        return int((self.amounts < self.ceilings).sum())

    @cached_property
    def worths(self) -> Floats:
        """Worth of every group, in binary order."""
        found: Floats = self.amounts.astype(np.float64) * self.unit
        found.flags.writeable = False
        return found

    def game(self) -> Game:
        """Return the game of which these are the worths."""
        return Game(self.players, self.worths)


def group_worths(
    model: GroupModel,
    *,
    threads: int | None = None,
    executor: Executor | None = None,
    store: WorthStore | None = None,
    limit_s: float | None = None,
    progress: Progress | None = None,
) -> GroupWorths:
    """Return the worths of all groups of a model; without a limit, each exactly as if it were solved alone.

    Parameters
    ----------
    model : GroupModel
        What can be chosen.
    threads : int, optional
        None: as many as there are processors.
    executor : Executor, optional
        Who solves the groups, such as a pool of processes or a Dask client; None: threads of this process.
    store : WorthStore, optional
        Where worths are kept; what it knows is not solved again, so that an interrupted run is resumed. Worths that are
        not proven are not kept.
    limit_s : float, optional
        Seconds that a search of CP-SAT for one group may last. Where it ends one, the worth is that of the best plan
        that was found, and `ceilings` says what none exceeds; such worths may differ between runs. None: no limit.
    progress : callable, optional
        Told how many groups are settled and of how many, over the parts of the model that are optimised apart.

    Raises
    ------
    GameError
        If the model needs larger numbers than can be told apart.
    KeyboardInterrupt
        If the run is interrupted; what the store was given until then is kept.

    Notes
    -----
    Rows that no plan can miss are left out. A model then falls into parts that have no row in common, and the worth of
    a group is the sum over them; a player who is joined with nobody stands in parts of its own and doubles no other
    table. Within a part, groups are settled from the largest to the smallest: where a best plan of a larger group needs
    only members of a smaller one, it is the best of both. What is left is solved by branch and bound on a linear
    relaxation that is tightened by cover inequalities, and by CP-SAT where that takes long; bounds are reckoned from
    dual prices, which hold whatever the precision of the solver. The prices of one group bound all others as well, and
    what of its plan needs only members of another is a plan of that: where both meet, nothing is left to solve. The
    worths do not depend on the number of processors.
    """
    apart = split(simplified(whole(model)))
    amounts = np.zeros(model.everybody + 1, dtype=np.int64)
    supports, ceilings, solved = np.zeros_like(amounts), np.zeros_like(amounts), 0
    told = _Told(progress, sum(1 << len(part.players) for part in apart))
    with processors(executor, threads) as hands:
        for part in apart:
            run = Run(part, hands, store, limit_s, told.settled)
            run.settle_all()
            told.before += 1 << len(part.players)
            solved += run.solved
            members = part.members(len(amounts))
            amounts += run.layers.lower[members]
            ceilings += run.layers.upper[members]
            supports |= part.unfolded(run.layers.supports)[members]
    amounts[0] = supports[0] = ceilings[0] = 0  # nobody chooses nothing, not even what needs nobody
    for array in (amounts, supports, ceilings):
        array.flags.writeable = False
    return GroupWorths(model.players, amounts, supports, ceilings, model.unit, solved)


class _Told:
    """Who is told how far a run is.

    Attributes
    ----------
    before : int
        Groups of the parts that are done.
    """

    def __init__(self, progress: Progress | None, everything: int) -> None:
        """Keep whom to tell, and the number of groups of all parts."""
        self._progress, self._everything, self.before = progress, everything, 0

    def settled(self, groups: int) -> None:
        """Tell how many groups are settled, given those of the part that runs."""
        if self._progress:
            self._progress(self.before + groups, self._everything)
