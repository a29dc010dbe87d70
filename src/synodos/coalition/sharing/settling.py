"""A settlement: what a fair division asks of each, what each brings in kind, and what each gains beside money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from synodos.coalition.shares.core import MOST_OBJECTIONS
from synodos.coalition.shares.fair import FairShares, fair_shares
from synodos.coalition.shares.game import GameError
from synodos.coalition.sharing.benefits import Benefits, benefits_of
from synodos.coalition.sharing.in_kind import LIMIT_SECONDS, InKindShares, in_kind_shares
from synodos.language import FLYING, IDLE, Element, Mission, Portfolio

if TYPE_CHECKING:
    from synodos.coalition.planning.programme import Programme
    from synodos.coalition.planning.worth import CoalitionWorth

THERE: Final = FLYING | {"completed"}
"""Statuses of plans that have come about."""
OVER: Final = IDLE - THERE
"""Statuses of plans that do not come about."""
DUE: Final = {
    "savings": "Due from each is what its building blocks would cost it alone, less its share of what all save; each "
    "pays for its own missions besides.",
    "programme": "Due from each is what it would spend alone, and of what all spend more together a part in "
    "proportion to its share of what they reach more: a convention of this answer, since objectives have no price.",
}
NO_NUCLEOLUS: Final = (
    "All together are worth less than all alone in sum: so no division gives each what it is worth alone, and the "
    "prenucleolus stands in for the nucleolus."
)
UNCOVERED: Final = "What sharing costs on top, and what is set aside for commitments that fail, nobody brings in kind."


@dataclass(frozen=True)
class Settlement:
    """What a fair division asks of each, what each brings, and what each gains beside money.

    Attributes
    ----------
    rule : str
        Rule of the division, one of `RULES`.
    shares : FairShares
        Of the worth, by every rule.
    alone, together : tuple of float
        By player, what it pays if each goes alone, and by the division (savings), or has of what it cares for
        (programme).
    due : tuple of float
        By player, what it is to bring.
    in_kind : InKindShares
        Who brings what.
    benefits : Benefits
        Beside money.
    notes : tuple of str
        How it is reckoned.
    """

    rule: str
    shares: FairShares
    alone: tuple[float, ...]
    together: tuple[float, ...]
    due: tuple[float, ...]
    in_kind: InKindShares
    benefits: Benefits
    notes: tuple[str, ...]


def settlement(
    portfolio: Portfolio,
    worth: CoalitionWorth,
    *,
    rule: str = "nucleolus",
    most: int = MOST_OBJECTIONS,
    limit_seconds: float = LIMIT_SECONDS,
) -> Settlement:
    """Return what a fair division of a group's worth asks of each, what each brings in kind, and gains beside money.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    worth : CoalitionWorth
        What every group of the players is worth.
    rule : str
        Rule of the division, one of `RULES`; where there is no nucleolus, the prenucleolus stands in for it.
    most : int
        Groups that are named for each rule.
    limit_seconds : float
        What the solver may spend on each aim of the contributions in kind, by its own count.

    Raises
    ------
    GameError
        If the rule gives nothing for this game.
    """
    game, programme = worth.game, worth.together
    shares = shares_of(worth, most=most)
    rule, instead = _rule_for(shares, rule)
    own = _shares_of(shares, rule)
    due = _due(worth, own)
    alone = (
        tuple(dict(programme.alone_cost)[one] for one in game.players)
        if programme.game == "savings"
        else worth.side_by_side
    )
    in_kind = in_kind_shares(game.players, due, programme.contributions, limit_seconds=limit_seconds)
    notes = (*instead, DUE[programme.game], *((UNCOVERED,) if in_kind.uncovered > in_kind.unit else ()))
    together = due if programme.game == "savings" else tuple(map(sum, zip(alone, own, strict=True)))
    return Settlement(
        rule,
        shares,
        alone,
        together,
        due,
        in_kind,
        benefits(portfolio, worth),
        notes,
    )


def shares_of(
    worth: CoalitionWorth, *, proposal: Sequence[float] | None = None, most: int = MOST_OBJECTIONS
) -> FairShares:
    """Return shares of what all are worth together, by every rule.

    Parameters
    ----------
    worth : CoalitionWorth
        What every group of the players is worth; budgets are a rule where every player states one.
    proposal : sequence of float, optional
        Shares that are proposed, one a player.
    most : int
        Groups that are named for each rule.

    Raises
    ------
    GameError
        If the proposal does not add up.
    """
    stated = [one for one in worth.budgets if one is not None]
    budgets = stated if len(stated) == len(worth.players) and any(stated) else None
    return fair_shares(worth.players, worth.game.worths, budgets=budgets, proposal=proposal, most=most)


def benefits(portfolio: Portfolio, worth: CoalitionWorth) -> Benefits:
    """Return what the players gain beside money; plans that are there, and those of others, come about in any case."""
    there = {plan.id: (plan.owner, *(part.agency for part in plan.partners)) for plan in _there(portfolio, worth)}
    alone = {player: {*there, *_own(portfolio, programme)} for player, programme in worth.alone}
    return benefits_of(portfolio, alone, {**there, **worth.together.taking_part})


def _rule_for(shares: FairShares, rule: str) -> tuple[str, tuple[str, ...]]:
    """Return the rule to divide by, and why it is another than was asked for."""
    given = {one.rule for one in shares.rules if one.shares is not None}
    if rule == "nucleolus" and rule not in given and "prenucleolus" in given:
        return "prenucleolus", (NO_NUCLEOLUS,)
    return rule, ()


def _shares_of(shares: FairShares, rule: str) -> tuple[float, ...]:
    """Return what a rule gives each."""
    found = next((one for one in shares.rules if one.rule == rule), None)
    if found is None or found.shares is None:
        given = ", ".join(one.rule for one in shares.rules if one.shares is not None)
        why = found.reason if found and found.reason else "it is not among those of this game"
        message = f"coalition.rule: expected a rule that divides this game ({given}); found {rule}: {why}"
        raise GameError(message)
    return found.shares


def _due(worth: CoalitionWorth, shares: tuple[float, ...]) -> tuple[float, ...]:
    """Return what is due from each."""
    programme = worth.together
    if programme.game == "savings":
        return tuple(cost - share for (_, cost), share in zip(programme.alone_cost, shares, strict=True))
    spent, whole = [one.cost for _, one in worth.alone], sum(shares)
    more = programme.cost - sum(spent)
    if more > 0 and whole > 0:
        return tuple(cost + more * share / whole for cost, share in zip(spent, shares, strict=True))
    return tuple(programme.cost * (cost / sum(spent) if sum(spent) else 1 / len(spent)) for cost in spent)


def _there(portfolio: Portfolio, worth: CoalitionWorth) -> Iterator[Element | Mission]:
    """Yield the plans that come about whatever the players do."""
    for table in (portfolio.missions, portfolio.elements):
        for plan in table.values():
            if plan.status in THERE or (plan.owner not in worth.players and plan.status not in OVER):
                yield plan


def _own(portfolio: Portfolio, programme: Programme) -> Iterator[str]:
    """Yield what an agency carries out alone; a copy of another's building block is not that block."""
    for one in programme.flights:
        yield one.mission.partition(":")[2]
    for built in programme.builds:
        element = portfolio.elements.get(built.record.partition(":")[2])
        if element is not None and element.owner == built.builder:
            yield element.id
    yield from (left.record.partition(":")[2] for left in programme.unplanned if left.agency in programme.group)
