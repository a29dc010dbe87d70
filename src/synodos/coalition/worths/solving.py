"""The worth of one group: branch and bound on the relaxation, and CP-SAT where that takes too long."""

from __future__ import annotations

from typing import Final

import numpy as np

from synodos.coalition.worths.covers import Covers
from synodos.coalition.worths.model import Ints
from synodos.coalition.worths.part import Part
from synodos.coalition.worths.relaxation import Relaxation, Relaxed
from synodos.coalition.worths.searching import Search
from synodos.coalition.worths.spreading import Evidence, evidence

MOST_NODES: Final = 8
"""Linear programs of one group after which CP-SAT takes over at the latest: together they take about as long."""
MOST_COVERS: Final = 300
"""Rows that are added to the relaxation at most."""


class Worker:
    """The solvers of a part, built once.

    Attributes
    ----------
    searches : int
        Searches by CP-SAT so far.
    """

    def __init__(self, part: Part) -> None:
        """Build the relaxation; CP-SAT waits until it is needed."""
        self._part = part
        self._relaxation, self._covers, self._added = Relaxation(part), Covers(part), 0
        self._search: Search | None = None
        self._root: Relaxed | None = None
        self._patience = MOST_NODES
        self.searches = 0

    def better(self, group: int, than: int, ceiling: int, limit_s: float | None = None) -> tuple[Ints | None, int]:
        """Return the best plan of a group if it brings more than some amount, otherwise None; and what none exceeds.

        Parameters
        ----------
        group, than : int
        ceiling : int
            What no plan of the group is known to exceed.
        limit_s : float, optional
            Seconds after which CP-SAT tells the best so far; only then may plan and ceiling be apart.

        Raises
        ------
        KeyboardInterrupt
            If the search is interrupted.
        """
        descent = _Descent(self._part, group, than, ceiling)
        reach: int | None = None
        if self._ends(descent):
            self._patience = min(2 * self._patience, MOST_NODES)
        else:
            self._patience = -(-self._patience // 2)  # where much is left open, the first program says most
            self._search = self._search or Search(self._part)
            self.searches += 1
            found, reach = self._search.better(group, descent.amount, descent.ceiling, limit_s)
            if found is not None:
                return self._part.thinned(found), reach
        plan = descent.plan
        if plan is not None and not self._relaxation.thrifty:
            plan = self._part.thinned(plan)
        return plan, descent.amount if reach is None else reach

    def evidence(self, plan: Ints | None) -> Evidence | None:
        """Return what the last group tells of all others, with its plan if it has one; None if nothing."""
        return None if self._root is None else evidence(self._part, self._relaxation, self._root, plan)

    def stop(self) -> None:
        """Interrupt the search that is running."""
        if self._search:
            self._search.stop()

    def _ends(self, descent: _Descent) -> bool:
        """Search depth first; return whether all was searched."""
        self._root = None
        try:
            for node in range(self._patience):
                least, most = descent.waiting.pop()
                relaxed = self._tightened(least, most)
                if not node:
                    self._root = relaxed
                if relaxed is not None:
                    descent.look_at(relaxed, self._relaxation.bound(relaxed, least, most, descent.group), least, most)
                if not descent.waiting or descent.amount >= descent.ceiling:
                    return True
        except ArithmeticError:
            return False
        return False

    def _tightened(self, least: Ints, most: Ints) -> Relaxed | None:
        """Return the best of the relaxation, once no cover that is found misses it."""
        while True:
            relaxed = self._relaxation.best(least, most)
            if relaxed is None or relaxed.is_whole or self._added >= MOST_COVERS:
                return relaxed
            missed = self._covers.missed(relaxed.point)
            if not missed:
                return relaxed
            self._relaxation.add(missed)
            self._added += len(missed)


class _Descent:
    """A search for a plan of a group that brings more than some amount.

    Attributes
    ----------
    group, amount : int
        The group, and what the best plan so far brings.
    ceiling : int
        What no plan of the group exceeds.
    plan : array or None
        That plan.
    waiting : list of tuple of two arrays
        Bounds on choices, between which a better plan may lie.
    """

    def __init__(self, part: Part, group: int, than: int, ceiling: int) -> None:
        """Begin with all that is open to the group."""
        self._part, self.group, self.amount, self.ceiling = part, group, than, ceiling
        self.plan: Ints | None = None
        most = part.open_to(group)
        self.waiting = [(np.zeros_like(most), most)]

    def look_at(self, relaxed: Relaxed, bound: float, least: Ints, most: Ints) -> None:
        """Keep the plan that the relaxation is, or cut it in two where it may hold a better one.

        Raises
        ------
        ArithmeticError
            If the solver is not precise enough to tell.
        """
        reach = self._part.rounded(bound)
        if not self.waiting:  # whatever is better lies between these bounds
            self.ceiling = min(self.ceiling, reach)
        if relaxed.is_whole:
            self._keep(relaxed.nearest)
        if min(reach, self.ceiling) <= self.amount:
            return
        if relaxed.is_whole:
            raise ArithmeticError
        place = int(np.abs(relaxed.point - relaxed.nearest).argmax())
        below, above = most.copy(), least.copy()
        below[place] = np.floor(relaxed.point[place])
        above[place] = below[place] + 1
        self.waiting += [(least, below), (above, most)]

    def _keep(self, plan: Ints) -> None:
        """Keep a plan that fits and brings more."""
        amount = int(self._part.gains @ plan)
        if amount > self.amount and self._part.fits(plan):
            self.amount, self.plan = amount, plan
