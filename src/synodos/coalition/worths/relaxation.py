"""The linear relaxation of a part, kept warm from one group to the next, and the bounds that follow from its prices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.shares.linear import solver
from synodos.coalition.worths.covers import Row
from synodos.coalition.worths.model import Ints
from synodos.coalition.worths.part import Part

Floats = NDArray[np.float64]
WHOLE: Final = 1e-6
"""Distance up to which a number counts as whole."""

FINEST: Final = 1e-5
"""Share of the largest gain that the solver is sure to tell from nothing."""


@dataclass(frozen=True, eq=False)
class Relaxed:
    """An optimum of the relaxation.

    Attributes
    ----------
    point, nearest : array, shape (choices,)
        How often each choice is made, in fractions, and in whole numbers.
    is_whole : bool
        Whether both are the same.
    reduced : array, shape (choices,)
        What each choice gains beyond the price of what it uses up.
    paid : array, shape (rows,)
        The price of all that each row allows.
    """

    point: Floats
    nearest: Ints
    is_whole: bool
    reduced: Floats
    paid: Floats


class Relaxation:
    """A part without the demand for whole numbers, solved by GLOP within bounds that change.

    Bounds on worths are reckoned from the prices of the rows alone: any prices give a bound, good ones a close one, so
    that the precision of the solver cannot make a bound wrong.

    Attributes
    ----------
    thrifty : bool
        Whether the solver can tell that a plan makes a choice less; it then prefers that one of equal plans.
    """

    def __init__(self, part: Part) -> None:
        """Build it."""
        from ortools.linear_solver import linear_solver_pb2

        self._part, self._solver = part, solver()
        self._answer = linear_solver_pb2.MPSolutionResponse()
        self._gains, self._everybody = part.gains.astype(np.float64), (1 << len(part.players)) - 1
        self._matrix = np.zeros((0, len(part.gains)))
        self._limits, self._row_needs = np.zeros(0), np.zeros(0, dtype=np.int64)
        self._least, self._most = np.zeros(len(part.gains), dtype=np.int64), part.most.copy()
        self._choices = [self._solver.NumVar(0.0, float(most), "") for most in part.most]
        effort = part.step / (2 * int(part.most.sum()) + 2)  # of all choices together less than a worth can differ by
        self.thrifty = bool(effort > FINEST * np.abs(part.gains).max(initial=0))
        for choice, gain in zip(self._choices, part.gains.tolist(), strict=True):
            self._solver.Objective().SetCoefficient(choice, gain - effort)
        self._solver.Objective().SetMaximization()
        used = [np.flatnonzero(row) for row in part.matrix]
        self.add(
            (places, row[places], limit)
            for places, row, limit in zip(used, part.matrix, part.limits.tolist(), strict=True)
        )

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows that every plan of every group keeps to."""
        matrix, limits, needs = [self._matrix], [self._limits], [self._row_needs]
        for places, coefficients, limit in rows:
            kept = self._solver.Constraint(-self._solver.infinity(), float(limit), "")
            for place, coefficient in zip(places.tolist(), coefficients.tolist(), strict=True):
                kept.SetCoefficient(self._choices[place], float(coefficient))
            dense = np.zeros((1, len(self._gains)))
            dense[0, places] = coefficients
            rising = self._part.needs[places[coefficients > 0]]
            matrix.append(dense)
            limits.append(np.array([float(limit)]))
            needs.append(np.array([np.bitwise_and.reduce(rising, initial=self._everybody)]))
        self._matrix, self._limits = np.concatenate(matrix), np.concatenate(limits)
        self._row_needs = np.concatenate(needs)

    def best(self, least: Ints, most: Ints) -> Relaxed | None:
        """Return an optimum with each choice made within bounds; None if nothing fits.

        Raises
        ------
        ArithmeticError
            If the solver cannot tell, for lack of precision.
        """
        changed = np.flatnonzero((least != self._least) | (most != self._most))
        for place, low, high in zip(changed.tolist(), least[changed].tolist(), most[changed].tolist(), strict=True):
            self._choices[place].SetBounds(low, high)
        self._least, self._most = least, most
        status = self._solver.Solve()
        if status == self._solver.INFEASIBLE:
            return None
        if status != self._solver.OPTIMAL:
            raise ArithmeticError
        self._solver.FillSolutionResponseProto(self._answer)  # all values in one call
        return self.priced(np.array(self._answer.variable_value[:]), np.array(self._answer.dual_value[:]))

    def priced(self, point: Floats, prices: Floats) -> Relaxed:
        """Return a point with what choices gain at some prices of the rows; a price below 0 counts as none."""
        prices = np.maximum(prices, 0.0)
        priced = np.flatnonzero(prices)  # few rows are, and a small product stays on this thread
        nearest = np.rint(point)
        is_whole = bool(np.abs(point - nearest).max(initial=0.0) <= WHOLE)
        return Relaxed(
            point,
            nearest.astype(np.int64),
            is_whole,
            self._gains - prices[priced] @ self._matrix[priced],
            prices * self._limits,
        )

    def terms(self, relaxed: Relaxed) -> tuple[Ints, Floats]:
        """Return amounts and whom they need; no plan of a group exceeds the sum of those that need only its members."""
        gained = np.maximum(relaxed.reduced, 0.0) * self._part.most
        choices, rows = np.flatnonzero(gained), np.flatnonzero(relaxed.paid)
        return (
            np.concatenate((self._part.needs[choices], self._row_needs[rows])),
            np.concatenate((gained[choices], relaxed.paid[rows])),
        )

    def bound(self, relaxed: Relaxed, least: Ints, most: Ints, group: int) -> float:
        """Return what no plan of a group within bounds exceeds; rows that it cannot fill have no price."""
        met = (self._row_needs & ~group) == 0
        gained = np.maximum(relaxed.reduced * least, relaxed.reduced * most)
        return float(relaxed.paid[met].sum() + gained.sum())
