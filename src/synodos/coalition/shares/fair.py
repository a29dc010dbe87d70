"""Fair shares by every rule, side by side, and what groups say to each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from synodos.coalition.shares.certificate import Certificate
from synodos.coalition.shares.core import (
    MOST_OBJECTIONS,
    core_membership,
    share_intervals,
    would_rather_go_alone,
)
from synodos.coalition.shares.game import Floats, Game, GameError, checked_division, cost_shares, savings_game
from synodos.coalition.shares.nucleolus import Nucleolus, least_core, nucleolus, prenucleolus
from synodos.coalition.shares.rules import equal_surplus, proportional
from synodos.coalition.shares.values import banzhaf_value, shapley_value

RULES: Final = {
    "nucleolus": "nucleolus",
    "prenucleolus": "prenucleolus",
    "shapley": "Shapley value",
    "banzhaf": "Banzhaf",
    "least_core": "least core",
    "equal_surplus": "equal surplus",
    "proportional": "by budgets",
    "proposal": "proposal",
}
"""Rules in the order in which they are told, with their names."""
_Found = Floats | Nucleolus | GameError
"""A division, one with its certificate, or why there is none."""


@dataclass(frozen=True)
class Complaint:
    """A group that objects to a division.

    Attributes
    ----------
    members : tuple of str
    alone, together : float
        What it has, or pays, on its own, and in the division.
    misses : float
        How much better it would be on its own.
    """

    members: tuple[str, ...]
    alone: float
    together: float
    misses: float


@dataclass(frozen=True)
class RuleShares:
    """What a rule gives, and what groups say to it.

    Attributes
    ----------
    rule : str
        One of `RULES`.
    shares : tuple of float or None
        What each player receives, or pays where costs are divided; None if the rule gives nothing.
    reason : str
        Why it gives nothing.
    in_core : bool
        Whether no group objects.
    excess : float
        What the unhappiest group misses; below 0 where each has something to spare.
    objecting : int
        Number of groups that object.
    complaints : tuple of Complaint
        Those that miss most.
    leaving : tuple of Complaint
        Players that would rather go alone.
    kept_by : tuple of float or None
        The nearest shares that keep everybody, if there are any.
    moved : float
        What it takes to get there.
    """

    rule: str
    shares: tuple[float, ...] | None
    reason: str = ""
    in_core: bool = False
    excess: float = 0.0
    objecting: int = 0
    complaints: tuple[Complaint, ...] = ()
    leaving: tuple[Complaint, ...] = ()
    kept_by: tuple[float, ...] | None = None
    moved: float = 0.0


@dataclass(frozen=True)
class FairShares:
    """Shares of the worth, or of the costs, of all by rule, and the core.

    Attributes
    ----------
    players : tuple of str
    kind : {"worths", "costs"}
        What is divided.
    whole : float
        Worth, or costs, of all together.
    alone : tuple of float
        Of each player alone.
    gain : float
        How much better off all are together than each alone.
    rules : tuple of RuleShares
        In the order of `RULES`; the prenucleolus only where it is not the nucleolus.
    banzhaf : tuple of float
        What each player adds on average over all groups that it can join; they need not add up to the whole.
    least_core_excess : float
        What the unhappiest group misses at least, whatever the division.
    core : tuple of (float, float) or None
        Least and largest share of each player over the core; None if it is empty.
    certificate : Certificate
        Of the nucleolus, or of the prenucleolus where there is no nucleolus.
    """

    players: tuple[str, ...]
    kind: Literal["worths", "costs"]
    whole: float
    alone: tuple[float, ...]
    gain: float
    rules: tuple[RuleShares, ...]
    banzhaf: tuple[float, ...]
    least_core_excess: float
    core: tuple[tuple[float, float], ...] | None
    certificate: Certificate


def fair_shares(
    players: Sequence[str],
    values: ArrayLike,
    *,
    kind: Literal["worths", "costs"] = "worths",
    budgets: ArrayLike | None = None,
    proposal: ArrayLike | None = None,
    most: int = MOST_OBJECTIONS,
) -> FairShares:
    """Return the shares by every rule, side by side.

    Parameters
    ----------
    players : sequence of str
        Names, at most 24.
    values : array of float, shape (2^n,)
        Worth or costs of every group in binary order: bit i of the place is set where player i is a member.
    kind : {"worths", "costs"}
        What the values are. Costs are divided by dividing what is saved against each paying alone.
    budgets, proposal : array of float, shape (n,), optional
        Numbers to divide in proportion to, and shares that are proposed.
    most : int
        Groups that are named for each rule.

    Raises
    ------
    GameError
        If they make no game, or the proposal does not add up.
    """
    view = _View(Game(players, values), kind)
    given, game = view.given, view.game
    found = _divisions(view, budgets, proposal)
    best = found["nucleolus"] if isinstance(found["nucleolus"], Nucleolus) else prenucleolus(game)
    return FairShares(
        given.players,
        kind,
        given.whole,
        tuple(given.alone.tolist()),
        game.whole - float(np.sum(game.alone)),
        tuple(_judged(view, rule, found[rule], most) for rule in RULES if rule in found),
        tuple(banzhaf_value(given).tolist()),
        least_core(game).excess,
        view.intervals(),
        best.certificate,
    )


def _divisions(view: _View, budgets: ArrayLike | None, proposal: ArrayLike | None) -> dict[str, _Found]:
    """Return what each rule gives, or why it gives nothing."""
    game = view.game
    rules: dict[str, Callable[[], _Found]] = {
        "nucleolus": lambda: nucleolus(game),
        "prenucleolus": lambda: prenucleolus(game),
        "shapley": lambda: shapley_value(game),
        "banzhaf": lambda: banzhaf_value(game, normalised=True),
        "least_core": lambda: least_core(game).division,
        "equal_surplus": lambda: equal_surplus(game),
    }
    if budgets is not None:
        rules["proportional"] = lambda: view.told(proportional(view.given, budgets))
    found = {rule: _tried(divide) for rule, divide in rules.items()}
    if _alike(game, found["nucleolus"], found["prenucleolus"]):
        del found["prenucleolus"]
    if proposal is not None:
        found["proposal"] = view.told(checked_division(view.given, proposal))
    return found


def _alike(game: Game, one: _Found, other: _Found) -> bool:
    """Return whether two rules give the same."""
    if not isinstance(one, Nucleolus) or not isinstance(other, Nucleolus):
        return False
    return bool(np.abs(one.division - other.division).max() <= game.tolerance)


def _tried(divide: Callable[[], _Found]) -> _Found:
    """Return what a rule gives, or why it gives nothing."""
    try:
        return divide()
    except GameError as error:
        return error


class _View:
    """A game as it is solved, and its divisions as they were asked for: of worths, or of costs."""

    def __init__(self, given: Game, kind: Literal["worths", "costs"]) -> None:
        """Turn costs into savings."""
        self.given, self.costs = given, kind == "costs"
        self.game = savings_game(given.players, given.worths) if self.costs else given

    def told(self, shares: Floats) -> Floats:
        """Return a division of what is solved as one of what was asked for, or the other way round."""
        return cost_shares(self.given, shares) if self.costs else shares

    def row(self, shares: Floats) -> tuple[float, ...]:
        """Return a division of what is solved as it is told, without traces of rounding."""
        told = self.told(shares)
        return tuple(np.where(np.abs(told) <= self.game.tolerance, 0.0, told).tolist())

    def amount(self, members: Sequence[str], saved: float) -> float:
        """Return what members receive or pay together, from what they receive or save."""
        return sum(self.given.worth_of((one,)) for one in members) - saved if self.costs else saved

    def complaint(self, members: tuple[str, ...], worth: float, share: float) -> Complaint:
        """Return what a group says to a division."""
        return Complaint(members, self.amount(members, worth), self.amount(members, share), worth - share)

    def intervals(self) -> tuple[tuple[float, float], ...] | None:
        """Return the least and largest share of each player over the core."""
        found = share_intervals(self.game)
        if found is None:
            return None
        ends = np.sort(np.array([self.row(np.array(side)) for side in zip(*found, strict=True)]), axis=0)
        return tuple(map(tuple, ends.T.tolist()))


def _judged(view: _View, rule: str, found: _Found, most: int) -> RuleShares:
    """Return what a rule gives and what groups say to it."""
    if isinstance(found, GameError):
        return RuleShares(rule, None, str(found))
    division = found.division if isinstance(found, Nucleolus) else found
    member = core_membership(view.game, division, most)
    leavers = would_rather_go_alone(view.game, division)
    return RuleShares(
        rule,
        view.row(division),
        "",
        member.inside,
        member.excess,
        member.objecting,
        tuple(view.complaint(one.members, one.worth, one.share) for one in member.objections),
        tuple(view.complaint((one.player,), one.alone, one.share) for one in leavers.players),
        None if leavers.kept_by is None else view.row(leavers.kept_by),
        leavers.moved,
    )
