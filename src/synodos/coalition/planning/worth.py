"""What every group of agencies is worth, with the plans behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from synodos.coalition.planning.assumptions import Assumed, Assumptions, GameName
from synodos.coalition.planning.case import PlanningCase, planning_case
from synodos.coalition.planning.figures import MissingFigure, Terms
from synodos.coalition.planning.planned import plan_of
from synodos.coalition.planning.programme import Programme
from synodos.coalition.planning.reaching import Reaching
from synodos.coalition.shares.game import Game
from synodos.coalition.worths.batches import Executor
from synodos.coalition.worths.running import WorthStore
from synodos.coalition.worths.table import GroupWorths, Progress, group_worths
from synodos.coalition.worths.usefulness import dominates, dummies, equals
from synodos.language import Portfolio

PATIENCE: Final = 20
"""How many times longer than for one of all groups is searched for a plan that is told: these are few."""


@dataclass(frozen=True, eq=False)
class CoalitionWorth:
    """What every group of some agencies can achieve, and the plans by which it does.

    Attributes
    ----------
    name : {"savings", "programme"}
        Which game it is.
    players : tuple of str
    terms : Terms or None
        Currency and price year of all amounts; None where no amount can be compared.
    game : Game
        The worth of every group: what it saves against its members alone, in the terms, or the weight of the objectives
        that it reaches and nobody reaches alone, each counted for every member who cares for it.
    together : Programme
        The plan of all.
    alone : tuple of (str, Programme)
        The plan of each player alone.
    worths : GroupWorths
        The same worths in whole units, and how they were found.
    side_by_side : tuple of float
        Programme: how much of what each player cares for is reached if each flies what it would alone, be it by others.
        Savings: nothing.
    served : tuple of float
        Programme: the same by the plan of all. Savings: nothing.
    dummies : tuple of str
        Players who bring every group just what they are worth alone.
    alike : tuple of tuple of str
        Players who are as useful as each other in every group.
    stronger : tuple of (str, str)
        Pairs of which the first is at least as useful as the second in every group, and more so in one.
    budgets : tuple of (float or None)
        What each player may spend in all the years that are planned; None where no budget is stated.
    proven : bool
        Whether no group can achieve more than is told, and no plan that is told is worse than the best.
    choices, rows : int
        Size of the model.
    assumptions : tuple of Assumed
    missing : tuple of MissingFigure
        Figures without which the answer is a lower bound.
    notes : tuple of str
    evidence : tuple of str
        Records that it rests on, as `kind:id`.
    """

    name: GameName
    players: tuple[str, ...]
    terms: Terms | None
    game: Game
    together: Programme
    alone: tuple[tuple[str, Programme], ...]
    worths: GroupWorths
    side_by_side: tuple[float, ...]
    served: tuple[float, ...]
    dummies: tuple[str, ...]
    alike: tuple[tuple[str, ...], ...]
    stronger: tuple[tuple[str, str], ...]
    budgets: tuple[float | None, ...]
    proven: bool
    choices: int
    rows: int
    assumptions: tuple[Assumed, ...]
    missing: tuple[MissingFigure, ...]
    notes: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def unit(self) -> str:
        """What worths are counted in."""
        return self.together.unit


def worth(
    portfolio: Portfolio,
    assumptions: Assumptions | None = None,
    *,
    threads: int | None = None,
    executor: Executor | None = None,
    store: WorthStore | None = None,
    limit_s: float | None = None,
    progress: Progress | None = None,
) -> CoalitionWorth:
    """Return what every group of the agencies of a portfolio is worth.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    assumptions : Assumptions, optional
        Which game, and what to take for granted.
    threads : int, optional
        Threads of this process; None: as many as there are processors.
    executor : Executor, optional
        Who solves the groups, such as a pool of processes or a Dask client; None: threads of this process.
    store : WorthStore, optional
        Where worths are kept from one run to the next, by the content of the model.
    limit_s : float, optional
        Seconds that a search for one group may last; where it ends one, the worth is a lower bound, and a note says so.
        The few plans that are told, of all and of each alone, may take twenty times as long.
    progress : callable, optional
        Told how many groups are settled, and of how many.

    Raises
    ------
    GameError
        If the players are no agencies of the portfolio, or there are none or too many.
    """
    case = planning_case(portfolio, assumptions)
    model = group_worths(
        case.model, threads=threads, executor=executor, store=store, limit_s=limit_s, progress=progress
    )
    single = {one: float(model.worths[1 << at]) for at, one in enumerate(case.players)}
    found = _gains(model)
    patience = None if limit_s is None else PATIENCE * limit_s
    together = plan_of(case, case.players, single, patience)
    alone = tuple((one, plan_of(case, (one,), single, patience)) for one in case.players)
    evidence = dict.fromkeys((*together.evidence, *(key for _, one in alone for key in one.evidence)))
    return CoalitionWorth(
        name=case.name,
        players=case.players,
        terms=case.terms,
        game=found.game(),
        together=together,
        alone=alone,
        worths=found,
        side_by_side=_served(case, [one for _, one in alone]),
        served=_served(case, [together]),
        dummies=dummies(found),
        alike=equals(found),
        stronger=_stronger(found),
        budgets=tuple(_budget(case, one) for one in case.players),
        proven=found.proven and together.proven and all(one.proven for _, one in alone),
        choices=len(case.model.gains),
        rows=len(case.model.limits),
        assumptions=case.assumptions,
        missing=case.missing,
        notes=(*case.notes, *_unproven(found, limit_s)),
        evidence=tuple(evidence),
    )


def _served(case: PlanningCase, programmes: Sequence[Programme]) -> tuple[float, ...]:
    """Return how much of what each player cares for is reached if several programmes are carried out side by side."""
    if not isinstance(case.game, Reaching):
        return ()
    reached = {one.objective for programme in programmes for one in programme.reached}
    return tuple(case.game.weight_for(player, reached) for player in case.players)


def _gains(found: GroupWorths) -> GroupWorths:
    """Return what groups save, or reach, beyond what their members do each alone."""
    size = len(found.players)
    single = found.amounts[1 << np.arange(size)]
    members = np.arange(1 << size)[:, None] >> np.arange(size) & 1
    return replace(found, amounts=found.amounts - members @ single, ceilings=found.ceilings - members @ single)


def _unproven(found: GroupWorths, limit_s: float | None) -> Iterator[str]:
    """Say that a limit ended the search for some groups."""
    if not found.proven:
        missed = float((found.ceilings - found.amounts).max()) * found.unit
        yield (
            f"For {found.unproven:,} of {len(found.amounts):,} groups the search ended after {limit_s:g} s before the "
            f"best plan was proven: their worths are lower bounds, at most {missed:,.6g} too low"
        )


def _stronger(found: GroupWorths) -> tuple[tuple[str, str], ...]:
    """Return the pairs of players of which the first is the more useful one."""
    matrix = dominates(found)
    pairs = np.argwhere(matrix & ~matrix.T).tolist()
    return tuple((found.players[one], found.players[other]) for one, other in pairs)


def _budget(case: PlanningCase, player: str) -> float | None:
    """Return what a player may spend in all the years that are planned; None where a year has no budget."""
    setting = case.setting
    years = range(setting.first_year, setting.last_year + 1)
    yearly = [setting.figures.budget(player, year) for year in years]
    stated = [amount for amount in yearly if amount is not None]
    return sum(stated) if len(stated) == len(yearly) else None
