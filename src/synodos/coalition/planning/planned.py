"""What a group would do if it planned together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synodos.coalition.planning import flown, saved
from synodos.coalition.planning.assumptions import Assumptions
from synodos.coalition.planning.case import PlanningCase, planning_case
from synodos.coalition.planning.programme import (
    Build,
    Flight,
    Grounded,
    Programme,
    Reached,
    Spending,
    Unplanned,
)
from synodos.coalition.planning.reaching import Reaching
from synodos.coalition.planning.reading import Chosen, Ledger, contributions_of
from synodos.coalition.planning.savings import Savings
from synodos.coalition.planning.solving import Solved, best_plan
from synodos.coalition.shares.game import GameError
from synodos.coalition.sharing.contributions import Contribution
from synodos.coalition.worths.plan import solve_group
from synodos.language import Portfolio


def plan(
    portfolio: Portfolio,
    group: Sequence[str] | None = None,
    assumptions: Assumptions | None = None,
    *,
    weights: Mapping[str, float] | None = None,
) -> Programme:
    """Return the best plan of a group: who builds what, which missions fly when, and at what cost.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    group : sequence of str, optional
        Players that plan together; all by default.
    assumptions : Assumptions, optional
        Which game, and what to take for granted.
    weights : mapping of str to float, optional
        How much each objective counts in the game of the programme (0.001 to 1,000), in place of what members declared
        to care for. The worth is then the weight of all that is reached, also of what a member reaches alone.

    Raises
    ------
    GameError
        If a member is no player, or the players are no agencies of the portfolio.
    """
    case = planning_case(portfolio, assumptions, weights)
    return plan_of(case, case.players if group is None else tuple(group))


def plan_of(
    case: PlanningCase, group: tuple[str, ...], alone: Mapping[str, float] | None = None, limit_s: float | None = None
) -> Programme:
    """Return the best plan of a group of the players of a case.

    Parameters
    ----------
    case : PlanningCase
    group : tuple of str
    alone : mapping of str to float, optional
        What the model is worth to each member alone, where that is known.
    limit_s : float, optional
        Seconds that a search may last; where they end it, the plan is the best so far, and not proven.

    Raises
    ------
    GameError
        If a member is no player.
    """
    unknown = [one for one in group if one not in case.players]
    if unknown:
        message = f"coalition.member: expected members among {', '.join(case.players)}; found {unknown[0]!r}"
        raise GameError(message)
    members = tuple(one for one in case.players if one in group)
    bits = {one: 1 << at for at, one in enumerate(case.players)}
    solved = best_plan(case.draft, case.model, sum(bits[one] for one in members), limit_s)
    if case.setting.weights is not None:
        alone = dict.fromkeys(members, 0.0)
    if alone is None:
        alone = {one: solve_group(case.model, bits[one], limit_s=limit_s).worth for one in members}
    alone = {one: alone[one] for one in members}
    chosen, game = Chosen(case, solved.choices), case.game
    read = _saving(case, game, chosen, alone) if isinstance(game, Savings) else _reaching(case, game, chosen, members)
    return _programme(case, solved, read, alone)


@dataclass(frozen=True)
class _Read:
    """What the choices of a group mean in a game, as the attributes of `Programme` are called, and what is spent."""

    flights: tuple[Flight, ...]
    builds: tuple[Build, ...]
    ledger: Ledger
    alone_worth: tuple[tuple[str, float], ...]
    alone_cost: tuple[tuple[str, float], ...] = ()
    unplanned: tuple[Unplanned, ...] = ()
    reached: tuple[Reached, ...] = ()
    grounded: tuple[Grounded, ...] = ()


def _saving(case: PlanningCase, game: Savings, chosen: Chosen, alone: Mapping[str, float]) -> _Read:
    """Return what choices mean in the game of savings."""
    members = tuple(alone)
    builds = saved.builds(case, game, chosen, members)
    naive = saved.naive_costs(case, game)
    return _Read(
        flights=saved.flights(case, members, builds),
        builds=builds,
        ledger=saved.spent(case, game, chosen, builds),
        alone_worth=tuple((one, 0.0) for one in members),
        alone_cost=tuple((one, naive[one] - alone[one]) for one in members),
        unplanned=saved.unplanned(case, game, members),
    )


def _reaching(case: PlanningCase, game: Reaching, chosen: Chosen, members: tuple[str, ...]) -> _Read:
    """Return what choices mean in the game of the programme."""
    flights = flown.flights(case, game, chosen)
    return _Read(
        flights=flights,
        builds=flown.builds(case, game, chosen, members),
        ledger=flown.spent(case, game, chosen),
        alone_worth=tuple((one, game.weight_for(one, game.alone.get(one, ()))) for one in members),
        reached=flown.reached(case, game, flights, members),
        grounded=flown.grounded(case, game, flights, members),
    )


def _programme(case: PlanningCase, solved: Solved, read: _Read, alone: Mapping[str, float]) -> Programme:
    """Return the plan of some members, given what each is worth alone."""
    return Programme(
        game=case.name,
        group=tuple(alone),
        terms=case.terms,
        worth=solved.worth - sum(alone.values()),
        proven=solved.proven,
        flights=read.flights,
        builds=read.builds,
        unplanned=read.unplanned,
        spending=_spending(case, read.ledger),
        costs=tuple((one, read.ledger.of(one)) for one in alone),
        alone_cost=read.alone_cost,
        alone_worth=read.alone_worth,
        transaction=sum(one.transaction for one in read.builds),
        reserve=sum(one.reserve for one in read.builds),
        reached=read.reached,
        grounded=read.grounded,
        contributions=_contributions(case, read.flights, read.builds),
        missing=case.missing,
        assumptions=case.assumptions,
        notes=case.notes,
        evidence=_evidence(case, read.flights, read.builds),
    )


def _spending(case: PlanningCase, ledger: Ledger) -> tuple[Spending, ...]:
    """Return what is spent by agency and year."""
    budgets = case.game.budgets if isinstance(case.game, Reaching) else {}
    rows = sorted((agency, year, amount) for (agency, year), amount in ledger.amounts.items() if year is not None)
    return tuple(Spending(agency, year, amount, budgets.get((agency, year))) for agency, year, amount in rows if amount)


def _contributions(
    case: PlanningCase, flights: tuple[Flight, ...], builds: tuple[Build, ...]
) -> tuple[Contribution, ...]:
    """Return what members bring: building blocks, and missions where they are paid for in the game."""
    missions = (Contribution(one.mission, one.name, "mission", one.cost, (one.agency,)) for one in flights if one.cost)
    return (*contributions_of(case, builds), *missions)


def _evidence(case: PlanningCase, flights: tuple[Flight, ...], builds: tuple[Build, ...]) -> tuple[str, ...]:
    """Return the records that a plan rests on: plans, their figures, commitments, and budgets and interests."""
    setting = case.setting
    goals = {goal for one in flights for goal in one.objectives}
    keys = [
        *(key for one in builds for key in (one.record, one.figure)),
        *(key for one in flights for key in (one.mission, one.figure)),
        *(
            f"commitment:{promise.id}"
            for one in builds
            if one.partners
            for promise in setting.commitments(setting.supplies.blocks[one.record])
        ),
    ]
    if case.name == "programme":
        weighed = case.setting.weights is not None
        keys += [f"agency:{one}" for one in case.players if setting.figures.last_budget(one) is not None]
        keys += [
            f"interest:{one.id}"
            for one in setting.portfolio.interests.values()
            if not weighed and one.owner in case.players and not goals.isdisjoint(one.objectives)
        ]
    return tuple(dict.fromkeys(key for key in keys if key))
