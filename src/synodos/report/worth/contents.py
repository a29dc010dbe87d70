"""What an answer on the worth of cooperating holds for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from synodos.coalition import Programme, Settlement

if TYPE_CHECKING:
    from synodos.coalition import CoalitionWorth


@dataclass(frozen=True)
class ToldAlone:
    """What an agency does if it goes alone.

    Attributes
    ----------
    agency : str
    worth : float
        Programme: how much of what it cares for it reaches itself. Savings: nothing.
    cost : float
        What it spends.
    missions, builds : tuple of str
        What it flies and develops, as `kind:id`.
    """

    agency: str
    worth: float
    cost: float
    missions: tuple[str, ...]
    builds: tuple[str, ...]


@dataclass(frozen=True)
class ToldWorth:
    """What every group of agencies is worth, the plan of all, and a settlement.

    Attributes
    ----------
    game : {"savings", "programme"}
        What is counted.
    players : tuple of str
        Agencies, in the order of the groups.
    worths : tuple of float
        Of every group, in binary order: bit i of the place is set where player i is a member.
    proven : bool
        Whether no plan of all, or of one alone, is better.
    together : Programme
        The plan of all.
    alone : tuple of ToldAlone
        By player.
    side_by_side, served : tuple of float
        Programme: how much of what each player cares for is reached if each goes alone, be it by others, and by the
        plan of all. Savings: nothing.
    dummies : tuple of str
        Players who bring every group just what they are worth alone.
    alike : tuple of tuple of str
        Players who are as useful as each other in every group.
    stronger : tuple of (str, str)
        Pairs of which the first is at least as useful as the second in every group, and more so in one.
    settlement : Settlement
        What a fair division asks of each, what each brings, and what each gains beside money.
    """

    game: str
    players: tuple[str, ...]
    worths: tuple[float, ...]
    proven: bool
    together: Programme
    alone: tuple[ToldAlone, ...]
    side_by_side: tuple[float, ...]
    served: tuple[float, ...]
    dummies: tuple[str, ...]
    alike: tuple[tuple[str, ...], ...]
    stronger: tuple[tuple[str, str], ...]
    settlement: Settlement


def told_worth(worth: CoalitionWorth, settled: Settlement) -> ToldWorth:
    """Return what an answer on the worth of cooperating holds."""
    game = worth.game
    alone = tuple(
        ToldAlone(
            player,
            worth=dict(one.alone_worth)[player],
            cost=one.cost,
            missions=tuple(flight.mission for flight in one.flights),
            builds=tuple(built.record for built in one.builds),
        )
        for player, one in worth.alone
    )
    return ToldWorth(
        worth.name,
        game.players,
        tuple(game.worths.tolist()),
        worth.proven,
        worth.together,
        alone,
        worth.side_by_side,
        worth.served,
        worth.dummies,
        worth.alike,
        worth.stronger,
        settled,
    )
