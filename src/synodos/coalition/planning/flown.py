"""The plan of a group in the game of the programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from synodos.coalition.planning.case import PlanningCase
from synodos.coalition.planning.gathering import Flying
from synodos.coalition.planning.lines import Line, step_cost
from synodos.coalition.planning.needs import Need
from synodos.coalition.planning.programme import Build, Flight, Grounded, Reached
from synodos.coalition.planning.reaching import Reaching
from synodos.coalition.planning.reading import Chosen, Ledger, build_of, shared_lines
from synodos.coalition.planning.weighing import ASKER


def flights(case: PlanningCase, game: Reaching, chosen: Chosen) -> tuple[Flight, ...]:
    """Return the missions that fly, by year."""
    found = [_flight(case, game, chosen, game.flying[choice.key], choice.year) for _, choice in chosen.made("fly")]
    return tuple(sorted(found, key=lambda one: (one.year or 0, one.mission)))


def _flight(case: PlanningCase, game: Reaching, chosen: Chosen, one: Flying, year: int | None) -> Flight:
    """Return a mission that flies in a year."""
    period = one.leaves.in_year(year) if year is not None else None
    mission = one.mission
    helping = {owner for _, owner in _providers(case, game, chosen, one, year or 0)}
    return Flight(
        mission=one.key,
        name=mission.name,
        agency=mission.owner,
        year=year,
        opens=period[0] if period else None,
        closes=period[1] if period else None,
        cost=one.figure.amount,
        figure=one.figure.record,
        estimated=one.figure.estimated,
        partners=tuple(sorted(helping - {mission.owner})),
        objectives=mission.objectives,
    )


def _providers(case: PlanningCase, game: Reaching, chosen: Chosen, one: Flying, year: int) -> Iterator[tuple[str, str]]:
    """Yield what meets the needs of a flight beside its own agency, with whose it is."""
    setting = case.setting
    agency = one.mission.owner
    taking_part = {choice.agency for _, choice in chosen.made("together")}
    flown = {choice.key for _, choice in chosen.made("fly")}
    for need in setting.needs(one.mission):
        sources = setting.sources(need, agency)
        used = [line for line in game.lines.values() if _uses(chosen, line, agency, year + need.later_years)]
        found = [
            (line.block.key, line.block.owner if line.block.exists else (chosen.builder(line) or ("",))[0])
            for line in used
            if line.block in sources.blocks
        ]
        if not found and not sources.free:
            existing = ((block.key, block.owner) for block in sources.blocks if block.exists)
            found = [pair for pair in existing if pair[1] in taking_part][:1]
        found += [(key, setting.missions[key].owner) for key in sources.missions if key in flown]
        found += [(need.now, owner) for owner in sources.friends if owner in taking_part]
        yield from found


def _uses(chosen: Chosen, line: Line, agency: str, year: int) -> bool:
    """Return whether an agency has a part in a line that is ready in a year."""
    if not any(chosen.values[place] for place in line.used_by(agency)):
        return False
    return line.block.exists or any(chosen.values[place] for place in line.ready_by(year))


def builds(case: PlanningCase, game: Reaching, chosen: Chosen, group: tuple[str, ...]) -> tuple[Build, ...]:
    """Return what is developed or shared, what is shared first."""
    served: dict[str, set[str]] = defaultdict(set)
    for _, choice in chosen.made("fly"):
        for key, _ in _providers(case, game, chosen, game.flying[choice.key], choice.year or 0):
            served[key].add(choice.key)
    rows = list(shared_lines(chosen, game.lines))
    for line, builder, _, _ in rows:
        for need in case.setting.needs(line.block.record):
            for other, maker, _, joined in rows:
                if builder in (maker, *(agency for agency, _ in joined)) and _could_meet(
                    case, need, builder, other.block.key
                ):
                    served[other.block.key].add(line.block.key)
    made = [build_of(chosen, row, group, serves=served[row[0].block.key]) for row in rows]
    return tuple(sorted(made, key=lambda one: (not one.partners, -one.cost, one.record)))


def _could_meet(case: PlanningCase, need: Need, agency: str, block: str) -> bool:
    """Return whether a block meets a need of an agency."""
    return any(one.key == block for one in case.setting.sources(need, agency).blocks)


def spent(case: PlanningCase, game: Reaching, chosen: Chosen) -> Ledger:
    """Return what members spend by year: as budgets count it, but for steps of sharing, which cost what they cost."""
    ledger, draft, setting = Ledger(), case.draft, case.setting
    for place, rows in draft.spends.items():
        if chosen.values[place] and draft.choices[place].sort != "join":
            for agency, year, amount in rows:
                ledger.amounts[agency, year] += amount * draft.unit
    for line, _, _, joined in shared_lines(chosen, game.lines):
        for agency, rank in joined:
            ledger.add(agency, sum(step_cost(setting, line, rank)), range(setting.first_year, setting.last_year + 1))
    return ledger


def reached(
    case: PlanningCase, game: Reaching, made: tuple[Flight, ...], group: tuple[str, ...]
) -> tuple[Reached, ...]:
    """Return the objectives that are reached, those first for which members care most."""
    tree = case.setting.portfolio.vocabularies["exploration-objectives"]
    found = [
        Reached(goal, tree.label(goal), sum(cares.get(one, 0.0) for one in (*group, ASKER)), serving)
        for goal, cares in game.cares.items()
        if (serving := tuple(one.mission for one in made if goal in one.objectives))
    ]
    return tuple(sorted(found, key=lambda one: (-one.weight, one.objective)))


def grounded(
    case: PlanningCase, game: Reaching, made: tuple[Flight, ...], group: tuple[str, ...]
) -> tuple[Grounded, ...]:
    """Return the missions of members that do not fly, with why."""
    setting = case.setting
    flown = {one.mission for one in made}
    goals = {goal for one in made for goal in one.objectives}
    found = []
    for key, mission in setting.missions.items():
        if mission.owner in group and key not in flown:
            reasons = tuple(game.grounded.get(key, ())) or tuple(_why(case, game.flying[key], group, goals))
            found.append(Grounded(key, mission.name, mission.owner, reasons))
    return tuple(found)


def _why(case: PlanningCase, one: Flying, group: tuple[str, ...], goals: set[str]) -> Iterator[str]:
    """Yield why a mission that could fly does not."""
    setting = case.setting
    for need in setting.needs(one.mission):
        sources = setting.sources(need, one.mission.owner)
        owners = {
            *(block.owner for block in sources.blocks),
            *sources.friends,
            *(setting.missions[key].owner for key in sources.missions),
        }
        if owners and not sources.free and owners.isdisjoint(group):
            names = ", ".join(sorted(map(setting.portfolio.agency_name, owners)))
            label = setting.portfolio.capabilities.label(need.capability)
            yield f"only agencies outside the group provide {label}: {names}"
            return
    if not one.mission.objectives:
        yield (
            "it states no objective that it serves"
            if setting.weights is None
            else "it serves nothing that has a weight"
        )
    elif goals.issuperset(one.mission.objectives):
        yield "what it serves is reached without it"
    else:
        yield f"not by {one.years[-1]}, the last year that is considered: the budgets do not suffice"
