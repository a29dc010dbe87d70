"""The game of the programme: the objectives that members reach within their yearly budgets, as they care for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from synodos.coalition.planning.drafting import ROW_DIGITS, Choice, Draft, spread, unit_for
from synodos.coalition.planning.gathering import Blocks, Flying, that_could_fly
from synodos.coalition.planning.lines import Line, add_line
from synodos.coalition.planning.meeting import Meeting
from synodos.coalition.planning.setting import Setting
from synodos.coalition.planning.solving import best_plan
from synodos.coalition.planning.weighing import ASKER, cares_of

WEIGHT_UNIT: Final = 0.001
"""What weights of objectives are counted in."""
BETWEEN: Final = ", "
"""Stands between objectives that the same missions serve."""


@dataclass
class Reaching:
    """The game of the programme as a model.

    Attributes
    ----------
    draft : Draft
    flying : dict of str to Flying
        Missions that could fly.
    lines : dict of str to Line
    cares : dict of str to dict of str to float
        How much each player cares for each objective that such a mission serves, by objective and player.
    grounded : dict of str to list of str
        Missions that cannot fly in any group, with why.
    budgets : dict of (str, int) to float
        By player and year.
    alone : dict of str to frozenset of str
        Objectives that each player reaches alone.
    """

    draft: Draft
    flying: dict[str, Flying]
    lines: dict[str, Line]
    cares: Mapping[str, Mapping[str, float]]
    grounded: dict[str, list[str]]
    budgets: Mapping[tuple[str, int], float]
    alone: dict[str, frozenset[str]] = field(default_factory=dict)

    def weight_for(self, player: str, objectives: Iterable[str]) -> float:
        """Return how much a player cares for some objectives together."""
        return sum(self.cares[one].get(player, 0.0) for one in sorted(objectives))


def reaching(setting: Setting) -> Reaching:
    """Return the game of the programme of a setting.

    Notes
    -----
    An objective is a public good: once it is reached, it is reached for all who care for it, and it counts once whoever
    reaches it. So what groups reach does not add up, and cannot be divided as it stands. What can is what a group adds:
    the objectives that nobody reaches alone, each weighed by how much its members declared to care for it, in plans
    that give up nothing that a member reaches alone. Alone everybody adds 0; two groups add no less together than
    apart; and nobody has less of what it cares for than if each went alone. What an agency reaches alone comes from the
    cheapest of its best plans, and there from the earliest. Where weights are given with the question, what counts is
    the weight of all objectives that are reached, whoever reaches them alone.
    """
    grounded: dict[str, list[str]] = defaultdict(list)
    flying = that_could_fly(setting, grounded)
    blocks = Blocks(setting, flying)
    blocks.settle(grounded)
    budgets = _budgets(setting)
    amounts = [one.figure.amount for one in flying.values()] + [one.amount for one in blocks.figures.values()]
    draft = Draft(setting.players, unit_for(amounts, ROW_DIGITS), budgets)
    cares = cares_of(setting, [one.mission for one in flying.values()])
    game = Reaching(draft, flying, {}, cares, grounded, budgets)
    for one in flying.values():
        _add_flights(draft, setting, one)
    for line in blocks.lines():
        add_line(draft, setting, line, blocks.years_of(line.block.key), priced=False)
        game.lines[line.key] = line
    Meeting(draft, flying, game.lines, blocks).bind()
    _add_objectives(game)
    _bind_budgets(game)
    if setting.weights is None:
        _count_what_is_added(game)
    return game


def _budgets(setting: Setting) -> dict[tuple[str, int], float]:
    """Return what each player may spend in each year; without a figure nothing, which is told."""
    found = {}
    for player in setting.players:
        amounts = [setting.figures.budget(player, year) for year in range(setting.first_year, setting.last_year + 1)]
        if all(amount is None for amount in amounts):
            why = setting.figures.why_no_budget(setting.portfolio.agencies.get(player))
            setting.miss(f"agency:{player}", "budget", f"{why}, so it can pay for nothing", player)
        _tell_budget(setting, player)
        for year, amount in enumerate(amounts, start=setting.first_year):
            found[player, year] = amount or 0.0
    return found


def _tell_budget(setting: Setting, player: str) -> None:
    """Tell which of the stated amounts is taken as a budget."""
    found, terms = setting.figures.last_budget(player), setting.figures.terms
    if found is not None and terms is not None:
        year, amount, covers = found
        told = f"{setting.portfolio.agency_name(player)} {amount:,.0f} {terms.currency} of {year} ({covers})"
        setting.note("Yearly budgets, the largest amount that is stated, and the last one for later years", told)


def _add_flights(draft: Draft, setting: Setting, one: Flying) -> None:
    """Add the choices to fly a mission, with what it costs its agency."""
    cost = draft.counted(one.figure.amount)
    length = setting.figures.years(one.mission)
    begun, owner = setting.begun(one.mission), one.mission.owner
    for year in one.years:
        amounts = spread(cost, year, length, setting.first_year, begun=begun)
        if draft.affordable(owner, amounts):
            one.places[year] = draft.add(Choice("fly", one.key, owner, year), needs=(owner,))
            draft.spend(one.places[year], owner, amounts)
    draft.bind(dict.fromkeys(one.places.values(), 1), 1)


def _add_objectives(game: Reaching) -> None:
    """Add what each player cares for, reached when one mission that serves it flies.

    Objectives that the same missions serve are reached together, so that they are one choice.
    """
    alike: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for objective in game.cares:
        serving = (one for one in game.flying.values() if objective in one.mission.objectives)
        alike[tuple(place for one in serving for place in one.places.values())].append(objective)
    alike.pop((), None)  # no budget can pay for any of these
    for places, objectives in alike.items():
        key = BETWEEN.join(objectives)
        reached = game.draft.add(Choice("reach", key))
        game.draft.at_most([reached], places)
        for player in (*game.draft.players, ASKER):
            gain = round(sum(game.cares[one].get(player, 0.0) for one in objectives) / WEIGHT_UNIT)
            if gain:
                needs = () if player == ASKER else (player,)
                game.draft.at_most([game.draft.add(Choice("care", key, player), gain=gain, needs=needs)], [reached])


def _count_what_is_added(game: Reaching) -> None:
    """Count what nobody reaches alone, and far more that each member's objectives stay reached."""
    draft = game.draft
    for player in draft.players:
        game.alone[player] = _reached_alone(game, player)
    anyway = frozenset[str]().union(*game.alone.values())
    most = sum(draft.gains) + 1
    for place, choice in enumerate(draft.choices):
        goals = frozenset(choice.key.split(BETWEEN)) if choice.sort == "care" else frozenset[str]()
        if goals & anyway:  # the same missions serve all of them
            draft.gains[place] = most if goals & game.alone[choice.agency] else 0


def _reached_alone(game: Reaching, player: str) -> frozenset[str]:
    """Return the objectives that a player reaches alone."""
    draft = game.draft
    if not any(choice.sort == "fly" and choice.agency == player for choice in draft.choices):
        return frozenset()
    values = best_plan(draft, draft.model(WEIGHT_UNIT), 1 << draft.players.index(player)).choices
    flown = (choice.key for place, choice in enumerate(draft.choices) if choice.sort == "fly" and values[place])
    return frozenset(goal for key in flown for goal in game.flying[key].mission.objectives)


def _bind_budgets(game: Reaching) -> None:
    """Keep what each player spends in each year within its budget."""
    spent: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for place, rows in game.draft.spends.items():
        for agency, year, amount in rows:
            if year is not None:
                row = spent[agency, year]
                row[place] = row.get(place, 0) + amount
    for key, row in sorted(spent.items()):
        game.draft.bind(row, int(game.draft.budget(*key)))
