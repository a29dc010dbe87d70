"""The core: divisions that no group objects to, and what comes of those that some do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from synodos.coalition.shares.game import Floats, Game, GameError, checked_division
from synodos.coalition.shares.linear import Programme, Scaled, Span
from synodos.coalition.shares.sums import Excesses

MOST_OBJECTIONS: Final = 20
"""Groups that are named unless more are asked for."""


@dataclass(frozen=True)
class Objection:
    """A group that a division gives less than it is worth on its own.

    Attributes
    ----------
    members : tuple of str
    worth, share : float
        What it is worth, and what its members receive together.
    """

    members: tuple[str, ...]
    worth: float
    share: float

    @property
    def excess(self) -> float:
        """How much it misses."""
        return self.worth - self.share


@dataclass(frozen=True)
class CoreMembership:
    """Whether a division lies in the core.

    Attributes
    ----------
    inside : bool
        Whether it divides the worth of all, and no group misses anything.
    undivided : float
        Worth of all, less what is divided.
    excess : float
        What the unhappiest group misses; below 0 where each has something to spare. A game of one player: 0.
    objecting : int
        Number of groups that miss something.
    objections : tuple of Objection
        Those that miss most.
    """

    inside: bool
    undivided: float
    excess: float
    objecting: int
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class Leaving:
    """A player that a division gives less than it is worth alone.

    Attributes
    ----------
    player : str
    alone, share : float
        What it is worth alone, and what it receives.
    """

    player: str
    alone: float
    share: float

    @property
    def keeps(self) -> float:
        """What it has to be given more to stay."""
        return self.alone - self.share


@dataclass(frozen=True, eq=False)
class Leavers:
    """Who would rather go alone, and what would keep them.

    Attributes
    ----------
    players : tuple of Leaving
        Those that lose most first.
    kept_by : array of float, shape (n,), or None
        The division nearest to the one asked about that keeps everybody: in the core where there is one, else with
        nobody below its worth alone; None if there is no such division.
    in_core : bool
        Whether no group at all objects to that division.
    moved : float
        What it takes from some to give to others.
    """

    players: tuple[Leaving, ...]
    kept_by: Floats | None
    in_core: bool
    moved: float


def core_membership(game: Game, division: ArrayLike, most: int = MOST_OBJECTIONS) -> CoreMembership:
    """Return whether a division lies in the core, and which groups object to it.

    Parameters
    ----------
    game : Game
    division : array of float, shape (n,)
    most : int
        Groups that are named.

    Raises
    ------
    GameError
        If the division is not one finite number for each player.

    Notes
    -----
    Gillies (1959), "Solutions to general non-zero-sum games".
    """
    share = checked_division(game, division)
    undivided = game.whole - float(share.sum())
    excess, objecting, named = _objecting(game, share, most)
    inside = excess <= game.tolerance and abs(undivided) <= game.tolerance
    return CoreMembership(inside, undivided, excess, objecting, named)


def objections(game: Game, division: ArrayLike, most: int = MOST_OBJECTIONS) -> tuple[Objection, ...]:
    """Return the groups that miss most under a division: those that are worth more than their members receive.

    Raises
    ------
    GameError
        If the division is not one finite number for each player.
    """
    return _objecting(game, checked_division(game, division), most)[2]


def share_intervals(game: Game) -> tuple[tuple[float, float], ...] | None:
    """Return the least and the largest share of each player over the core, or None if the core is empty.

    Examples
    --------
    >>> share_intervals(Game(("a", "b"), [0, 1, 3, 10]))
    ((1.0, 7.0), (3.0, 9.0))
    """
    if game.size == 1:
        return ((game.whole, game.whole),)
    found = _core(game)
    if found is None:
        return None
    programme, scaled = found
    ends = []
    for player in range(game.size):
        low, high = (programme.extreme(player, Span(game.size), largest=largest) for largest in (False, True))
        ends.append((_back(scaled, game, player, low), _back(scaled, game, player, high)))
    return tuple(ends)


def would_rather_go_alone(game: Game, division: ArrayLike) -> Leavers:
    """Return which players a division gives less than they are worth alone, and the nearest one that keeps everybody.

    Parameters
    ----------
    game : Game
    division : array of float, shape (n,)

    Raises
    ------
    GameError
        If the division is not one finite number for each player, or does not divide the worth of all.
    """
    share = checked_division(game, division)
    if abs(share.sum() - game.whole) > game.tolerance:
        message = f"coalition.division: expected shares that add up to {game.whole:g}; found {share.sum():g}"
        raise GameError(message)
    players = tuple(
        Leaving(name, float(game.alone[place]), float(share[place]))
        for place, name in enumerate(game.players)
        if share[place] < game.alone[place] - game.tolerance
    )
    ordered = tuple(sorted(players, key=lambda one: -one.keeps))
    if game.size == 1:
        return Leavers(ordered, share, in_core=True, moved=0.0)
    core = _core(game)
    kept = _nearest_imputation(game, share) if core is None else _nearest_in_core(core, share)
    moved = 0.0 if kept is None else float(np.maximum(kept - share, 0.0).sum())
    return Leavers(ordered, kept, core is not None, moved if moved > game.tolerance else 0.0)


def _objecting(game: Game, share: Floats, most: int) -> tuple[float, int, tuple[Objection, ...]]:
    """Return the largest excess, how many groups miss something, and those that miss most."""
    if game.size == 1:
        return 0.0, 0, ()
    excesses = Excesses(game.worths)
    largest, low, high = excesses.largest_by_block(share)
    found: list[tuple[float, int]] = []
    count = 0
    for row in np.flatnonzero(largest > game.tolerance).tolist():
        steps = np.rint(excesses.block(row, low, high) / game.tolerance)  # rounded, so that groups that tie keep order
        places = np.flatnonzero(steps > 1)
        count += len(places)
        first = places[np.argsort(-steps[places], kind="stable")[:most]]
        found += zip((-steps[first]).tolist(), (first + excesses.first_group(row)).tolist(), strict=True)
    named = tuple(_objection(game, share, group) for _, group in sorted(found)[:most])
    return float(largest.max()), count, named


def _objection(game: Game, share: Floats, group: int) -> Objection:
    """Return a group with what it misses."""
    received = float(sum(share[place] for place in range(game.size) if group >> place & 1))
    return Objection(game.members(group), float(game.worths[group]), received)


def _core(game: Game) -> tuple[Programme, Scaled] | None:
    """Return the divisions of the core of a game of several players, or None if there are none."""
    scaled = Scaled(game)
    programme = Programme(scaled, game.size, imputations=False)
    excess = programme.least_excess(Span(game.size))[0]
    if scaled.amount(excess) > game.tolerance:
        return None
    programme.limit_excess(max(excess, 0.0))
    return programme, scaled


def _back(scaled: Scaled, game: Game, player: int, share: float) -> float:
    """Return a player's share of a scaled game as one of the game."""
    only = np.zeros(game.size)
    only[player] = share
    return float(scaled.back(only)[player])


def _nearest_in_core(core: tuple[Programme, Scaled], share: Floats) -> Floats:
    """Return the division of the core that takes least from others."""
    programme, scaled = core
    return scaled.back(programme.nearest(scaled.of(share), Span(len(share))))


def _nearest_imputation(game: Game, share: Floats) -> Floats | None:
    """Return the division that lifts all to what they are worth alone, at the cost of those above in proportion."""
    above = np.maximum(share - game.alone, 0.0)
    missing = float(np.maximum(game.alone - share, 0.0).sum())
    if missing > above.sum() + game.tolerance:
        return None
    rest = 1 - missing / above.sum() if above.sum() > 0 else 1.0
    return game.alone + above * rest
