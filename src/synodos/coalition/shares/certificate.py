"""Kohlberg's criterion: is a division the nucleolus? Decided from the game and the division alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synodos.coalition.shares.game import Floats, Game, checked_division
from synodos.coalition.shares.linear import Span, solver
from synodos.coalition.shares.sums import Excesses, Groups, member_rows, subset_sums

SMALL: Final = 1e-7
"""Up to which a change of shares between -1 and 1, and what weights leave over, counts as nothing."""
PART: Final = 256
"""Groups whose rows are written out at once."""
MOST_ADDED: Final = 24
"""Groups that are added to a linear program at once."""


@dataclass(frozen=True)
class Level:
    """Groups with one excess that are balanced together with those before.

    Attributes
    ----------
    excess : float
        Worth less share.
    groups : tuple of tuple of str
        As many of them as show it.
    weights : tuple of float
        Positive; weighted so, the groups and `alone` cover all players alike, up to groups of earlier levels.
    alone : tuple of (str, float)
        Players that get no more than they are worth alone, with their weight; only among imputations.
    """

    excess: float
    groups: tuple[tuple[str, ...], ...]
    weights: tuple[float, ...]
    alone: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Certificate:
    """Whether a division is the nucleolus, and what shows it.

    Attributes
    ----------
    holds : bool
        Whether it is.
    reason : str
        In words, if it is not.
    levels : tuple of Level
        Levels that were found balanced, from the largest excess down.
    better : tuple of float, or None
        A change of shares that makes the unhappiest groups happier and none of them unhappier, if there is one.
    """

    holds: bool
    reason: str
    levels: tuple[Level, ...]
    better: tuple[float, ...] | None


def kohlberg_certificate(game: Game, division: ArrayLike, *, imputations: bool = True) -> Certificate:
    """Return whether a division is the nucleolus, with weights that show it or a change that refutes it.

    Parameters
    ----------
    game : Game
    division : array of float, shape (n,)
    imputations : bool
        Whether the nucleolus is meant; else the prenucleolus.

    Raises
    ------
    GameError
        If the division is not one finite number for each player.

    Notes
    -----
    Kohlberg (1971), "On the nucleolus of a characteristic function game", and Sobolev (1975) for the prenucleolus: at
    each level of excess, every change of shares that harms no group at or above it leaves all of these as they are.
    Groups whose rows follow from those of higher levels need no look, so there are fewer levels than players. The
    weights of each level are held against the rows of its groups before they are believed.

    Examples
    --------
    >>> gloves = Game(("left", "right", "other right"), [0, 0, 0, 1, 0, 1, 0, 1])
    >>> kohlberg_certificate(gloves, [1, 0, 0]).holds, kohlberg_certificate(gloves, [0.5, 0.25, 0.25]).holds
    (True, False)
    """
    share = checked_division(game, division)
    tolerance = 10 * game.tolerance
    if abs(share.sum() - game.whole) > tolerance:
        reason = f"the shares add up to {share.sum():g}, not to {game.whole:g}"
        return Certificate(holds=False, reason=reason, levels=(), better=None)
    spare = share - game.alone
    if imputations and (spare < -tolerance).any():
        poorest = game.players[int(np.argmin(spare))]
        reason = f"{poorest} gets less than it is worth alone"
        return Certificate(holds=False, reason=reason, levels=(), better=None)
    held = np.flatnonzero(spare <= tolerance) if imputations else np.array([], dtype=np.int64)
    return _by_levels(game, share, held, tolerance)


def _by_levels(game: Game, share: Floats, held: NDArray[np.int64], tolerance: float) -> Certificate:
    """Return the certificate of a division of all, in which some players get no more than alone."""
    span = Span(game.size)
    levels: list[Level] = []
    heap = _Levels(game, share, tolerance)
    while span.rank < game.size:
        excess, groups = heap.next(span)
        balance = _Balance(groups, held, span)
        better = balance.improvement()
        if better is not None or balance.leftover > SMALL:
            reason = (
                f"groups that miss {excess:g} could all be helped"
                if better is not None
                else f"the weights of groups that miss {excess:g} do not balance, for lack of precision"
            )
            return Certificate(
                holds=False,
                reason=reason,
                levels=tuple(levels),
                better=None if better is None else tuple(better.tolist()),
            )
        levels.append(balance.level(game, excess))
        balance.settle(span)
    return Certificate(holds=True, reason="", levels=tuple(levels), better=None)


class _Levels:
    """Groups by their excess, the unhappiest first."""

    def __init__(self, game: Game, share: Floats, tolerance: float) -> None:
        """Work out all excesses."""
        self._open = Excesses(game.worths)
        self._largest, self._low, self._high = self._open.largest_by_block(share)
        self._tolerance = tolerance

    def next(self, span: Span) -> tuple[float, Groups]:
        """Return the largest excess of a group outside the span, and all groups outside that have it."""
        while True:
            excess = float(self._largest.max())
            found: list[Groups] = []
            for row in np.flatnonzero(self._largest >= excess - self._tolerance).tolist():
                block = self._open.block(row, self._low, self._high)
                groups = np.flatnonzero(block >= excess - self._tolerance) + self._open.first_group(row)
                settled = span.holds(groups)
                self._open.close(groups[settled])
                found.append(groups[~settled])
                self._largest[row] = float(self._open.block(row, self._low, self._high).max())
            outside = np.concatenate(found)
            if len(outside):
                return excess, outside


class _Balance:
    """Changes of shares that harm no group of a level and touch none of the levels before."""

    def __init__(self, groups: Groups, held: NDArray[np.int64], span: Span) -> None:
        """Take all groups of the level."""
        self._groups, self._held, self._span = groups, held, span
        self._chosen: list[int] = []
        self._rows = np.zeros((0, span.players))
        self._alone = np.zeros(span.players)
        self.leftover = 0.0

    def improvement(self) -> Floats | None:
        """Return a change that helps a group of the level and harms none, or None once weights show there is none."""
        if len(self._held) or len(self._groups) > self._span.players or not self._weighs_alike():
            self._set_up()
            return self._searched()
        return None

    def _weighs_alike(self) -> bool:
        """Weigh the groups where one balance of all is possible, and no other; return whether its weights are positive.

        Then no linear program is needed.
        """
        rows = member_rows(self._groups, self._span.players)
        directions, lengths, _ = np.linalg.svd(self._span.rest(rows))
        weights = directions[:, len(rows) - 1]
        weights *= np.copysign(1.0, weights[0])
        if len(rows) == 1 or lengths[-2] <= SMALL or lengths[-1] > SMALL or weights.min() <= SMALL:
            return False
        self._chosen, self._rows, self._weights = self._groups.tolist(), rows, weights / weights.min()
        self._leave_over()
        return True

    def _set_up(self) -> None:
        """Build the linear program of all groups of the level where they are few, else of as few as span it."""
        groups, held, span = self._groups, self._held, self._span
        self._solver = solver()
        least = np.full(span.players, -1.0)
        least[held] = 0.0
        self._change = [self._solver.NumVar(float(low), 1.0, "") for low in least]
        self._demands: list[Any] = []
        self._solver.Objective().SetMaximization()
        for row in span.basis():
            self._row(row, 0.0, 0.0)
        self._add(groups.tolist() if len(groups) <= 2 * span.players else _spanning(groups, span))

    def _searched(self) -> Floats | None:
        """Return what `improvement` does, by linear programs."""
        while True:
            if self._solver.Solve() != self._solver.OPTIMAL:
                self.leftover = np.inf
                return None
            change = np.array([one.solution_value() for one in self._change])
            if self._solver.Objective().Value() <= SMALL:
                self._weigh()
                return None
            gained = subset_sums(change)[self._groups]
            harmed = np.flatnonzero(gained < -SMALL)
            if not len(harmed):
                return change
            worst = self._groups[harmed[np.argsort(gained[harmed], kind="stable")[:MOST_ADDED]]].tolist()
            if set(worst) <= set(self._chosen):
                self.leftover = np.inf
                return None
            self._add(worst)

    def settle(self, span: Span) -> None:
        """Add what the weights show to be left as it is to the span."""
        span.add_all(self._rows)
        span.add_all(np.eye(span.players)[self._weighed_alone()])

    def level(self, game: Game, excess: float) -> Level:
        """Return what was found."""
        names = tuple(map(game.members, self._chosen))
        alone = tuple((game.players[player], float(self._alone[player])) for player in self._weighed_alone())
        return Level(excess, names, tuple(self._weights.tolist()), alone)

    def _weighed_alone(self) -> list[int]:
        """Return the players at their worth alone that have a weight."""
        return [int(player) for player in self._held if self._alone[player] > SMALL]

    def _weigh(self) -> None:
        """Read the weights of groups and players, and hold them against the rows."""
        self._weights = 1.0 + np.abs([row.dual_value() for row in self._demands])
        for player in self._held:
            self._alone[player] = abs(self._change[player].reduced_cost())
        self._leave_over()

    def _leave_over(self) -> None:
        """Hold the weights against the rows: what is left over outside the span, in proportion."""
        sums = self._weights @ self._rows + self._alone
        self.leftover = float(np.abs(self._span.rest(sums[None, :])).max() / self._weights.max())

    def _add(self, groups: list[int]) -> None:
        """Harm some groups no longer, and count what they gain."""
        fresh = [group for group in groups if group not in self._chosen]
        rows = member_rows(np.array(fresh, dtype=np.int64), self._span.players)
        self._demands += [self._row(row, 0.0, self._solver.infinity()) for row in rows]
        self._chosen += fresh
        self._rows = np.concatenate((self._rows, rows))
        for variable, gain in zip(self._change, self._rows.sum(axis=0).tolist(), strict=True):
            self._solver.Objective().SetCoefficient(variable, gain)

    def _row(self, coefficients: Floats, least: float, most: float) -> Any:  # noqa: ANN401 - a class of the solver
        """Return a new row over the changes."""
        row = self._solver.Constraint(least, most, "")
        for variable, coefficient in zip(self._change, coefficients.tolist(), strict=True):
            if coefficient:
                row.SetCoefficient(variable, coefficient)
        return row


def _spanning(groups: Groups, span: Span) -> list[int]:
    """Return as few groups as span all, together with what is spanned already; of each part those furthest out."""
    chosen: list[int] = []
    spanned = span.copy()
    for start in range(0, len(groups), PART):
        part = groups[start : start + PART]
        rows = member_rows(part, span.players)
        while spanned.rank < span.players:
            rest = spanned.rest(rows)
            place = int(np.argmax(np.einsum("ij,ij->i", rest, rest)))
            if not spanned.add(rows[place]):
                break
            chosen.append(int(part[place]))
        if spanned.rank == span.players:
            break
    return chosen
