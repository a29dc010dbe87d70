"""What a group would do if it planned together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from synodos.coalition.planning import flown, saved
from synodos.coalition.planning.assumptions import Assumptions
from synodos.coalition.planning.case import PlanningCase, planning_case
from synodos.coalition.planning.programme import Build, Flight, Programme, Spending
from synodos.coalition.planning.reaching import Reaching
from synodos.coalition.planning.reading import Chosen, Ledger, contributions_of
from synodos.coalition.planning.savings import Savings
from synodos.coalition.planning.solving import best_plan
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


def plan_of(case: PlanningCase, group: tuple[str, ...], alone: Mapping[str, float] | None = None) -> Programme:
    """Return the best plan of a group of the players of a case.

    Parameters
    ----------
    case : PlanningCase
    group : tuple of str
    alone : mapping of str to float, optional
        What the model is worth to each member alone, where that is known.
    """
    unknown = [one for one in group if one not in case.players]
    if unknown:
        message = f"coalition.member: expected members among {', '.join(case.players)}; found {unknown[0]!r}"
        raise GameError(message)
    members = tuple(one for one in case.players if one in group)
    bits = {one: 1 << at for at, one in enumerate(case.players)}
    solved = best_plan(case.draft, case.model, sum(bits[one] for one in members))
    if case.setting.weights is not None:
        alone = dict.fromkeys(members, 0.0)
    if alone is None:
        alone = {one: solve_group(case.model, bits[one]).worth for one in members}
    alone = {one: alone[one] for one in members}
    chosen = Chosen(case, solved.choices)
    game = case.game
    if isinstance(game, Savings):
        builds = saved.builds(case, game, chosen, members)
        flights = saved.flights(case, members, builds)
        ledger = saved.spent(case, game, chosen, builds)
        naive = saved.naive_costs(case, game)
        alone_cost = tuple((one, naive[one] - alone[one]) for one in members)
        alone_worth = tuple((one, 0.0) for one in members)
    else:
        builds = flown.builds(case, game, chosen, members)
        flights = flown.flights(case, game, chosen)
        ledger = flown.spent(case, game, chosen)
        alone_cost = ()
        alone_worth = tuple((one, game.weight_for(one, game.alone.get(one, ()))) for one in members)
    return Programme(
        game=case.name,
        group=members,
        terms=case.terms,
        worth=solved.worth - sum(alone.values()),
        proven=solved.proven,
        flights=flights,
        builds=builds,
        unplanned=saved.unplanned(case, game, members) if isinstance(game, Savings) else (),
        spending=_spending(case, ledger),
        costs=tuple((one, ledger.of(one)) for one in members),
        alone_cost=alone_cost,
        alone_worth=alone_worth,
        transaction=sum(one.transaction for one in builds),
        reserve=sum(one.reserve for one in builds),
        reached=flown.reached(case, game, flights, members) if isinstance(game, Reaching) else (),
        grounded=flown.grounded(case, game, flights, members) if isinstance(game, Reaching) else (),
        contributions=_contributions(case, flights, builds),
        missing=case.missing,
        assumptions=case.assumptions,
        notes=case.notes,
        evidence=_evidence(case, flights, builds),
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
