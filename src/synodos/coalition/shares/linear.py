"""Linear programs over divisions, in which the demands of groups are added as they are found to be missed."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.shares.game import Floats, Game, GameError
from synodos.coalition.shares.sums import Excesses, Groups, member_rows
from synodos.coalition.shares.values import shapley_shares

if TYPE_CHECKING:
    from ortools.linear_solver.pywraplp import Constraint, Solver, Variable

CLOSE: Final = 1e-9
"""What counts as equal in a scaled game."""
WEIGHTY: Final = 1e-6
"""Dual values above which a demand is certain to be met with nothing to spare; they add up to 1."""
OUTSIDE: Final = 1e-7
"""How far at least rows of 0 and 1 stand out of the span of others, if they do."""
CLEAR: Final = 1e-4
"""How far at least they stand out for many to be settled at once; others are looked at one by one."""
LOWEST: Final = 1e4
"""How far below 0 an excess may fall in a scaled game before enough demands are known to bound it."""
MOST_ADDED: Final = 20
"""Demands that are added at once."""
MOST_BLOCKS: Final = 16
"""Blocks that are searched for them at once."""
_WARM: Final = "use_preprocessing: false use_dual_simplex: true"


def solver() -> Solver:
    """Return an empty linear program, to be solved by GLOP."""
    made = _solvers().CreateSolver("GLOP")
    made.SetSolverSpecificParametersAsString(_WARM)
    return made


@cache
def _solvers() -> Any:  # noqa: ANN401 - a class that OR-Tools does not type
    """Return the class of the solver."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # OR-Tools before 9.15 warns while it loads, and crashes where that is an error
        from ortools.linear_solver import pywraplp
    return pywraplp.Solver


class Scaled:
    """A game in which everybody alone is worth 0 and no group more than 1 or less than -1.

    Attributes
    ----------
    worths : array, shape (2^n,)
    whole : float
        Worth of all.
    """

    def __init__(self, game: Game) -> None:
        """Take from each group what its members are worth alone, and divide by what is left at most."""
        self._alone, self._scale = game.alone, game.scale
        self.worths = game.gains / self._scale
        self.worths[1 << np.arange(game.size)] = 0.0
        self.whole = float(self.worths[-1])

    def back(self, division: Floats) -> Floats:
        """Return a division of the scaled game as one of the game."""
        return self._alone + self._scale * division

    def amount(self, scaled: float) -> float:
        """Return an excess in the scaled game as one of the game."""
        return self._scale * scaled

    def of(self, division: Floats) -> Floats:
        """Return a division of the game as one of the scaled game."""
        return (division - self._alone) / self._scale


class Span:
    """Groups whose excess follows from what is settled: their rows lie in the span of the settled ones."""

    def __init__(self, players: int) -> None:
        """Begin with all players together, whose worth is what is divided."""
        self.players, self.rank = players, 0
        self._beside = np.eye(players)
        self._basis: list[Floats] = []
        self.add(np.ones(players))

    def add(self, row: Floats) -> bool:
        """Settle a row; return whether it was not yet."""
        rest = self._beside @ row
        square = float(rest @ rest)
        if square <= OUTSIDE**2:
            return False
        self._beside = self._beside - np.multiply.outer(rest, rest / square)
        self._basis.append(row)
        self.rank += 1
        return True

    def add_all(self, rows: Floats) -> list[int]:
        """Settle rows in their order; return the places of those that were not yet."""
        first = rows[: self.players - self.rank]
        fresh = list(range(len(first))) if len(first) > 1 and self._add_together(first) else []
        for place in range(len(fresh), len(rows)):
            if self.rank == self.players:
                break
            if self.add(rows[place]):
                fresh.append(place)
        return fresh

    def _add_together(self, rows: Floats) -> bool:
        """Settle rows at once if each is well outside the span of the settled ones and those before it."""
        outside: Floats = self._beside @ rows.T
        lengths: Floats
        if len(rows) == self.players - self.rank:  # nothing is left beside them
            lengths = np.asarray(np.linalg.qr(outside, mode="r"))
            beside = np.zeros_like(self._beside)
        else:
            directions, lengths = np.linalg.qr(outside)
            beside = self._beside - directions @ directions.T
        if np.abs(lengths.diagonal()).min() <= CLEAR:
            return False
        self._beside = beside
        self._basis += list(rows)
        self.rank += len(rows)
        return True

    def copy(self) -> Span:
        """Return one to be added to on its own."""
        found = Span(self.players)
        found.rank, found._beside, found._basis = self.rank, self._beside, self.basis()  # arrays are never changed
        return found

    def basis(self) -> list[Floats]:
        """Return rows that span it."""
        return list(self._basis)

    def rest(self, rows: Floats) -> Floats:
        """Return what of some rows is outside the span."""
        return rows @ self._beside

    def holds(self, groups: Groups) -> NDArray[np.bool_]:
        """Return which groups are settled."""
        settled: NDArray[np.bool_]
        if self.rank == 1:  # all players together
            settled = (groups == 0) | (groups == (1 << self.players) - 1)
            return settled
        rows = member_rows(groups, self.players)
        beside = self._beside @ np.sin(np.arange(1.0, self.players + 1))  # what is in the span is at right angles to it
        settled = np.abs(rows @ beside) <= OUTSIDE
        settled[settled] = np.abs(self.rest(rows[settled])).max(axis=1, initial=0.0) <= OUTSIDE
        return settled


class Programme:
    """The divisions of a scaled game in which no group that is looked at misses more than the excess.

    Attributes
    ----------
    solves : int
        Linear programs solved so far.
    """

    def __init__(self, scaled: Scaled, players: int, *, imputations: bool) -> None:
        """Begin with the demands of those that miss most under the Shapley value, which is often not far off."""
        self._solver = solver()
        endless = self._solver.infinity()
        least = 0.0 if imputations else -endless
        self.players, self.solves, self._everybody = players, 0, (1 << players) - 1
        self._scaled, self._open = scaled, Excesses(scaled.worths)
        self._shares: list[Variable] = [self._solver.NumVar(least, endless, "") for _ in range(players)]
        self._excess: Variable = self._solver.NumVar(-LOWEST, endless, "")
        self._rows: dict[int, Constraint] = {}
        self._equal(self._everybody, scaled.whole)
        self._demand(self._missed(shapley_shares(scaled.worths), -np.inf, Span(players)))

    def least_excess(self, span: Span) -> tuple[float, Floats]:
        """Return the least excess that groups outside the span can be held to, and a division that does so."""
        self._solver.Objective().Clear()
        self._solver.Objective().SetCoefficient(self._excess, 1.0)
        self._solver.Objective().SetMinimization()
        division = self._solved(span)
        return float(self._excess.solution_value()), division

    def limit_excess(self, most: float) -> None:
        """Let no group miss more than this from now on, nobody alone either, so that no share is without bounds."""
        self._excess.SetBounds(most, most)
        for share in self._shares:
            share.SetLb(max(share.lb(), -most))

    def extreme(self, player: int, span: Span, *, largest: bool) -> float:
        """Return the largest or least share of a player within the limit."""
        self._solver.Objective().Clear()
        self._solver.Objective().SetCoefficient(self._shares[player], 1.0)
        self._solver.Objective().SetOptimizationDirection(largest)
        return float(self._solved(span)[player])

    def nearest(self, division: Floats, span: Span) -> Floats:
        """Return the division within the limit that takes least from others to be reached from this one."""
        self._solver.Objective().Clear()
        for share, given in zip(self._shares, division.tolist(), strict=True):
            raised = self._solver.NumVar(0.0, self._solver.infinity(), "")
            row = self._solver.Constraint(-given, self._solver.infinity(), "")
            row.SetCoefficient(raised, 1.0)
            row.SetCoefficient(share, -1.0)
            self._solver.Objective().SetCoefficient(raised, 1.0)
        self._solver.Objective().SetMinimization()
        return self._solved(span)

    def binding(self) -> tuple[list[int], list[int]]:
        """Return groups, and players alone, that receive no more than their demand in every best division."""
        groups = [group for group, row in self._rows.items() if abs(row.dual_value()) > WEIGHTY]
        players = [player for player, one in enumerate(self._shares) if abs(one.reduced_cost()) > WEIGHTY]
        return groups, players

    def settle(self, amounts: Sequence[tuple[int, float]], span: Span) -> None:
        """Give groups exactly these amounts from now on, and look no longer at the demands of any in the span."""
        for group, amount in amounts:
            self._equal(group, amount)
        groups = np.array(list(self._rows), dtype=np.int64)
        for group in groups[span.holds(groups)].tolist():
            self._rows.pop(group).SetBounds(-self._solver.infinity(), self._solver.infinity())

    def _solved(self, span: Span) -> Floats:
        """Return the best division once every group that is looked at is heard."""
        while True:
            division = self._solve()
            missed = self._missed(division, float(self._excess.solution_value()) + CLOSE, span)
            if self._rows.keys() >= set(missed):  # what is still missed is within the precision of the solver
                return division
            self._demand(missed)

    def _solve(self) -> Floats:
        """Return the best division for the demands known so far."""
        self.solves += 1
        if self._solver.Solve() != self._solver.OPTIMAL:
            self._solver.SetSolverSpecificParametersAsString("")
            if self._solver.Solve() != self._solver.OPTIMAL:
                message = "coalition.solver: expected an optimum of a linear program; found none, for lack of precision"
                raise GameError(message)
            self._solver.SetSolverSpecificParametersAsString(_WARM)
        return np.array([one.solution_value() for one in self._shares])

    def _missed(self, division: Floats, above: float, span: Span) -> Sequence[int]:
        """Return groups outside the span that miss more than `above`, the worst first; none only if there is none."""
        largest, low, high = self._open.largest_by_block(division, above)
        while True:
            blocks = np.flatnonzero(largest > above)
            if not len(blocks):
                return ()
            worst = blocks[np.argsort(-largest[blocks], kind="stable")[:MOST_BLOCKS]].tolist()
            for most in (MOST_ADDED, 1 << self.players):
                found = [self._worst_in(row, self._open.block(row, low, high), above, most) for row in worst]
                groups, excess = (np.concatenate(parts) for parts in zip(*found, strict=True))
                settled = span.holds(groups)
                self._open.close(groups[settled])
                if not settled.all():
                    order = np.argsort(-excess[~settled], kind="stable")[:MOST_ADDED]
                    added: list[int] = groups[~settled][order].tolist()
                    return added
            largest[worst] = -np.inf

    def _worst_in(self, row: int, excess: Floats, above: float, most: int) -> tuple[Groups, Floats]:
        """Return groups of a block that miss more than `above`, so many of the worst at most, and how much."""
        places = np.flatnonzero(excess > above)
        if len(places) > most:
            places = places[np.argpartition(-excess[places], most)[:most]]
        return places + self._open.first_group(row), excess[places]

    def _demand(self, groups: Sequence[int]) -> None:
        """Ask for the worth of groups, less the excess."""
        for group in groups:
            if group not in self._rows:
                row = self._row(group, float(self._scaled.worths[group]), self._solver.infinity())
                row.SetCoefficient(self._excess, 1.0)
                self._rows[group] = row

    def _equal(self, group: int, amount: float) -> None:
        """Ask for an amount exactly."""
        self._row(group, amount, amount)

    def _row(self, group: int, least: float, most: float) -> Any:  # noqa: ANN401 - a class of the solver
        """Return a new row over the shares of a group, or, of a large one, over those it leaves of the worth of all."""
        large = 2 * group.bit_count() > self.players and group != self._everybody
        whole = self._scaled.whole if large else 0.0
        row = self._solver.Constraint(least - whole, most - whole, "")
        named, each = (self._everybody ^ group, -1.0) if large else (group, 1.0)
        for player, share in enumerate(self._shares):
            if named >> player & 1:
                row.SetCoefficient(share, each)
        return row
