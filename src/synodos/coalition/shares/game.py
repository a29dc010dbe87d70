"""Games: players, and what every group of them is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synodos.coalition.shares.sums import subset_sums

Floats = NDArray[np.float64]

MOST_PLAYERS: Final = 24
"""Players of a game at most: 2^24 worths take 134 MB."""
TOLERANCE: Final = 1e-9
"""What counts as equal, as a share of how far the worths of groups lie from those of their members alone."""
LARGEST: Final = 1e100
"""Largest worth: sums, products and differences of so large numbers are still numbers."""
ROUNDING: Final = 1e-14
"""What a sum of worths may be off by, as a share of the largest worth."""


class GameError(ValueError):
    """A game that is none, or a question that has no answer for it; the message says what was found and expected."""


@dataclass(frozen=True, eq=False)
class Game:
    """What every group of some players can achieve on its own.

    Attributes
    ----------
    players : tuple of str
        Names, each once; at most 24.
    worths : array of float, shape (2^n,)
        Worth of every group in binary order: bit i of the place is set where player i is a member, so that places 0, 1,
        2 and 3 stand for nobody, the first player, the second, and both. Nobody is worth 0. Kept as a copy that cannot
        be written to.

    Raises
    ------
    GameError
        If there is no player, a name stands twice, or the worths are not 2^n finite numbers with 0 first, none beyond
        1e100 or below -1e100.

    Examples
    --------
    >>> Game(("left", "right"), [0, 0, 0, 1]).worth_of(("left", "right"))
    1.0
    """

    players: tuple[str, ...]
    worths: Floats

    def __init__(self, players: Sequence[str], worths: ArrayLike) -> None:
        """Check and keep."""
        object.__setattr__(self, "players", _checked_players(players))
        object.__setattr__(self, "worths", _checked_worths(worths, len(self.players)))

    @property
    def size(self) -> int:
        """Number of players."""
        return len(self.players)

    @property
    def whole(self) -> float:
        """Worth of all players together."""
        return float(self.worths[-1])

    @cached_property
    def alone(self) -> Floats:
        """Worth of each player alone, shape (n,)."""
        alone: Floats = self.worths[1 << np.arange(self.size)]
        alone.flags.writeable = False
        return alone

    @cached_property
    def gains(self) -> Floats:
        """How much more each group is worth than its members alone, shape (2^n,)."""
        gains: Floats = self.worths - subset_sums(self.alone)
        gains.flags.writeable = False
        return gains

    @cached_property
    def scale(self) -> float:
        """How far the worth of a group lies at most from that of its members alone; 1 where all are equal."""
        spread = max(float(self.gains.max()), -float(self.gains.min()))
        return spread if spread > ROUNDING * self.size * self._largest else 1.0

    @cached_property
    def tolerance(self) -> float:
        """Difference of two amounts up to which they count as equal."""
        return TOLERANCE * self.scale + ROUNDING * self.size * self._largest

    @cached_property
    def _largest(self) -> float:
        """Largest worth, whatever its sign."""
        return max(float(self.worths.max()), -float(self.worths.min()))

    def members(self, group: int) -> tuple[str, ...]:
        """Return the names of the members of a group, given as its place."""
        return tuple([name for bit, name in enumerate(self.players) if group >> bit & 1])

    def group(self, members: Sequence[str]) -> int:
        """Return the place of a group, given by its members.

        Raises
        ------
        GameError
            If a member is no player.
        """
        unknown = [name for name in members if name not in self.players]
        if unknown:
            message = f"coalition.member: expected members among {_listed(self.players)}; found {unknown[0]!r}"
            raise GameError(message)
        return sum(1 << self.players.index(name) for name in set(members))

    def worth_of(self, members: Sequence[str]) -> float:
        """Return the worth of a group, given by its members."""
        return float(self.worths[self.group(members)])


def savings_game(players: Sequence[str], costs: ArrayLike) -> Game:
    """Return a game of costs as one of savings: what each group saves against its members paying alone.

    Parameters
    ----------
    players : sequence of str
        Names.
    costs : array of float, shape (2^n,)
        What each group has to pay on its own, in binary order.

    Raises
    ------
    GameError
        If they make no game.

    Notes
    -----
    v(S) = sum of c(i) over S, minus c(S). Every rule of this room that depends on worths alone divides costs as it
    divides the savings, since it does not mind what each player starts from; `cost_shares` turns one into the other.

    Examples
    --------
    >>> savings_game(("a", "b"), [0, 3, 4, 5]).whole
    2.0
    """
    given = Game(players, costs)
    saved = -given.gains
    saved[1 << np.arange(given.size)] = 0.0
    return Game(given.players, saved)


def cost_shares(costs: Game, savings: ArrayLike) -> Floats:
    """Return what each player pays: its cost alone, less its share of the savings.

    Parameters
    ----------
    costs : Game
        The costs, as they were given.
    savings : array of float, shape (n,)
        A division of the game of savings.
    """
    return costs.alone - checked_division(costs, savings)


def checked_division(game: Game, division: ArrayLike) -> Floats:
    """Return a division as an array.

    Raises
    ------
    GameError
        If it is not one finite number for each player.
    """
    found = np.asarray(division, dtype=np.float64)
    if found.shape != (game.size,) or not np.isfinite(found).all():
        message = f"coalition.division: expected {game.size} finite numbers, one a player; found {_shown(found)}"
        raise GameError(message)
    return found


def _checked_players(players: Sequence[str]) -> tuple[str, ...]:
    """Return the names of players, or refuse them."""
    names = tuple(players)
    if not 1 <= len(names) <= MOST_PLAYERS:
        message = f"coalition.players: expected 1 to {MOST_PLAYERS} players; found {len(names)}"
        raise GameError(message)
    twice = next((name for place, name in enumerate(names) if not name or name in names[:place]), None)
    if twice is not None:
        message = f"coalition.players: expected names that are not empty, each once; found {twice!r} in {names}"
        raise GameError(message)
    return names


def _checked_worths(worths: ArrayLike, players: int) -> Floats:
    """Return worths as an array that cannot be written to, or refuse them."""
    found = np.array(worths, dtype=np.float64)
    if found.shape != (1 << players,):
        message = (
            f"coalition.worths: expected {1 << players} worths for {players} players, one for each group in binary "
            f"order; found {_shown(found)}"
        )
        raise GameError(message)
    if not -LARGEST <= found.min() <= found.max() <= LARGEST:  # nor is any without a value
        _refuse(found)
    if found[0] != 0:
        message = f"coalition.worths: expected 0 for the group of nobody, which stands first; found {found[0]:g}"
        raise GameError(message)
    found.flags.writeable = False
    return found


def _refuse(found: Floats) -> NoReturn:
    """Raise GameError for worths that are no numbers, or too large ones."""
    wrong = np.flatnonzero(~np.isfinite(found))
    if len(wrong):
        message = f"coalition.worths: expected finite numbers; found {found[wrong[0]]} at place {wrong[0]}"
        raise GameError(message)
    large = np.flatnonzero(np.abs(found) > LARGEST)
    message = (
        f"coalition.worths: expected numbers up to {LARGEST:g}; found {found[large[0]]:g} at place {large[0]}; "
        "state them in a larger unit"
    )
    raise GameError(message)


def _shown(found: Floats) -> str:
    """Return in words what an array is."""
    return f"{len(found)} numbers" if found.ndim == 1 else f"an array of shape {found.shape}"


def _listed(players: Sequence[str]) -> str:
    """Return names in a row."""
    return ", ".join(map(repr, players))
