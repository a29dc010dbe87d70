"""Nucleolus, prenucleolus and least core: divisions that leave the unhappiest groups as happy as can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from synodos.coalition.shares.certificate import Certificate, kohlberg_certificate
from synodos.coalition.shares.game import Floats, Game, GameError
from synodos.coalition.shares.linear import Programme, Scaled, Span
from synodos.coalition.shares.sums import member_rows

POLISHED: Final = 1e-5
"""How far the polished division of a scaled game may lie from what the linear programs gave."""


@dataclass(frozen=True, eq=False)
class Nucleolus:
    """The division that is best for the unhappiest groups, then for the next, and so on.

    Attributes
    ----------
    division : array of float, shape (n,)
        Share of each player.
    excesses : tuple of float
        Worth less share of the groups that were settled together, the unhappiest first.
    certificate : Certificate
        Kohlberg's criterion, checked on its own; if it does not hold, the division is not to be trusted.
    iterations : int
        Linear programs solved.
    """

    division: Floats
    excesses: tuple[float, ...]
    certificate: Certificate
    iterations: int

    @property
    def converged(self) -> bool:
        """Whether the certificate holds."""
        return self.certificate.holds


@dataclass(frozen=True, eq=False)
class LeastCore:
    """What the unhappiest group misses at least.

    Attributes
    ----------
    excess : float
        Its worth less its share; not above 0 where the core is not empty. No player but one: 0.
    division : array of float, shape (n,)
        A division in which no group misses more.
    """

    excess: float
    division: Floats


def nucleolus(game: Game) -> Nucleolus:
    """Return the nucleolus: among the divisions that give nobody less than it is worth alone.

    Parameters
    ----------
    game : Game

    Raises
    ------
    GameError
        If there is no such division, since all together are worth less than each alone; the prenucleolus is there all
        the same.

    Notes
    -----
    Schmeidler (1969), "The nucleolus of a characteristic function game". Linear programs in sequence (Maschler, Peleg
    and Shapley, 1979), each with only those groups that were found to miss more than the excess; groups with a positive
    dual value are settled, and with them all whose rows follow from theirs.

    Examples
    --------
    >>> nucleolus(Game(("a", "b", "c"), [0, 0, 0, 2, 0, 2, 2, 3])).division.round(9).tolist()
    [1.0, 1.0, 1.0]
    """
    if game.whole < game.alone.sum() - game.tolerance:
        message = (
            f"coalition.no-imputation: expected a worth of all that is not below {game.alone.sum():g}, what the "
            f"players are worth alone; found {game.whole:g}; ask for the prenucleolus instead"
        )
        raise GameError(message)
    return _found(game, imputations=True)


def prenucleolus(game: Game) -> Nucleolus:
    """Return the prenucleolus: among all divisions of the worth of all, also those that give some less than alone.

    Examples
    --------
    >>> prenucleolus(Game(("a", "b", "c"), [0, 0, 0, 10, 0, 0, 0, 2])).division.round(9).tolist()
    [3.0, 3.0, -4.0]
    """
    return _found(game, imputations=False)


def least_core(game: Game) -> LeastCore:
    """Return the least excess to which all groups can be held, and a division that does so.

    Notes
    -----
    Maschler, Peleg and Shapley (1979). Over all divisions of the worth of all; groups are all but nobody and everybody.

    Examples
    --------
    >>> round(least_core(Game(("a", "b", "c"), [0, 0, 0, 1, 0, 1, 1, 1])).excess, 9)
    0.333333333
    """
    if game.size == 1:
        return LeastCore(0.0, game.worths[1:].copy())
    scaled = Scaled(game)
    excess, division = Programme(scaled, game.size, imputations=False).least_excess(Span(game.size))
    return LeastCore(scaled.amount(excess), scaled.back(division))


def _found(game: Game, *, imputations: bool) -> Nucleolus:
    """Return the nucleolus among imputations or among all divisions."""
    scaled = Scaled(game)
    if game.size == 1 or (imputations and scaled.whole * game.scale <= game.tolerance):
        steps, division, solves = _Steps(game.size), np.full(game.size, scaled.whole / game.size), 0
    else:
        steps, division, solves = _in_steps(scaled, game.size, imputations=imputations)
    share = scaled.back(division)
    certificate = kohlberg_certificate(game, share, imputations=imputations)
    excesses = tuple(scaled.amount(excess) for excess in steps.excess)
    return Nucleolus(share, excesses, certificate, solves)


class _Steps:
    """Groups and players that were settled, step by step, with the excess of each step."""

    def __init__(self, players: int) -> None:
        """Begin with nothing."""
        self.excess: list[float] = []
        self._groups: list[list[int]] = []
        self._fixed: set[int] = set()
        self._players = players

    def add(self, excess: float, groups: list[int], fixed: list[int]) -> None:
        """Keep a step."""
        self.excess.append(excess)
        self._groups.append(groups)
        self._fixed.update(fixed)

    def polished(self, scaled: Scaled, division: Floats) -> Floats:
        """Return the division, and set the excesses, that solve the equations of all steps together."""
        n, steps = self._players, len(self.excess)
        groups = np.array([group for step in self._groups for group in step], dtype=np.int64)
        step = np.repeat(np.arange(steps), [len(one) for one in self._groups])
        rows = np.zeros((len(groups) + 1 + len(self._fixed), n + steps))
        right = np.zeros(len(rows))
        rows[: len(groups), :n] = member_rows(groups, n)
        rows[np.arange(len(groups)), n + step] = 1.0
        right[: len(groups)] = scaled.worths[groups]
        rows[len(groups), :n], right[len(groups)] = 1.0, scaled.whole
        for row, player in enumerate(sorted(self._fixed), start=len(groups) + 1):
            rows[row, player] = 1.0
        solved = np.linalg.lstsq(rows, right, rcond=None)[0]
        if np.abs(solved[:n] - division).max() > POLISHED:
            return division
        self.excess = solved[n:].tolist()
        return np.asarray(solved[:n])


def _in_steps(scaled: Scaled, players: int, *, imputations: bool) -> tuple[_Steps, Floats, int]:
    """Return what was settled in each step, the division of the scaled game, and how many programs were solved."""
    programme = Programme(scaled, players, imputations=imputations)
    span, steps, division = Span(players), _Steps(players), np.zeros(players)
    while span.rank < players:
        excess, division = programme.least_excess(span)
        groups, fixed = programme.binding()
        rank = span.rank
        steps.add(excess, groups, fixed)
        settled = [(group, float(scaled.worths[group]) - excess) for group in groups]
        settled += [(1 << player, 0.0) for player in fixed]
        rows = member_rows(np.array([group for group, _ in settled], dtype=np.int64), players)
        fresh = [settled[place] for place in span.add_all(rows)]
        if span.rank == rank:
            message = "coalition.solver: expected a group to be settled; found none, for lack of precision"
            raise GameError(message)
        if span.rank < players:
            programme.settle(fresh, span)
    return steps, steps.polished(scaled, division), programme.solves
