"""The plan of a group in the game of savings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from synodos.coalition.planning.case import PlanningCase
from synodos.coalition.planning.figures import Figure
from synodos.coalition.planning.gathering import first_year
from synodos.coalition.planning.lines import step_cost
from synodos.coalition.planning.programme import Build, Flight, Unplanned
from synodos.coalition.planning.reading import Chosen, Ledger, build_of, shared_lines
from synodos.coalition.planning.savings import Copy, Key, Savings
from synodos.language import Element


def flights(case: PlanningCase, group: tuple[str, ...], builds: tuple[Build, ...]) -> tuple[Flight, ...]:
    """Return the missions of the members: all are flown, alone as together."""
    found = []
    for key, mission in case.setting.missions.items():
        if mission.owner not in group:
            continue
        leaves = case.setting.leaves(mission)
        begin = first_year(case.setting, mission)
        year = next((one for one in range(begin, case.setting.last_year + 1) if leaves.allows(one)), None)
        period = leaves.in_year(year) if year is not None else None
        helping = {one.builder for one in builds if key in one.serves and one.partners}
        found.append(
            Flight(
                mission=key,
                name=mission.name,
                agency=mission.owner,
                year=year,
                opens=period[0] if period else None,
                closes=period[1] if period else None,
                cost=None,
                figure="",
                estimated=False,
                partners=tuple(sorted(helping - {mission.owner})),
                objectives=mission.objectives,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.year is None, one.year or 0, one.mission)))


def builds(case: PlanningCase, game: Savings, chosen: Chosen, group: tuple[str, ...]) -> tuple[Build, ...]:
    """Return what is developed, what is shared first."""
    dropped = {(choice.agency, choice.key): int(chosen.values[place]) for place, choice in chosen.made("drop")}
    served: dict[str, list[str]] = defaultdict(list)
    replaced: dict[str, list[Key]] = defaultdict(list)
    rows = list(shared_lines(chosen, game.lines))
    for line, builder, _, joined in rows:
        users = {builder, *(agency for agency, _ in joined)}
        for key in dropped:
            copy = game.copies[key]
            if copy.agency in users and _could_meet(copy, line.block.key):
                served[line.key] += copy.serves
                replaced[line.key].append(key)
    made = [build_of(chosen, row, group, serves=served[row[0].key], replaces=replaced[row[0].key]) for row in rows]
    kept = [
        _kept(copy, copy.figure, copy.times - dropped.get(key, 0))
        for key, copy in sorted(game.copies.items())
        if copy.agency in group and copy.figure is not None and copy.times > dropped.get(key, 0)
    ]
    return tuple(_dated(case, sorted([*made, *kept], key=lambda one: (not one.partners, -one.cost, one.record))))


def unplanned(case: PlanningCase, game: Savings, group: tuple[str, ...]) -> tuple[Unplanned, ...]:
    """Return what members would have to develop alone at a cost that is not known: it comes from whoever brings it."""
    bare: dict[str, list[Copy]] = defaultdict(list)
    for key, copy in sorted(game.copies.items()):
        if copy.agency in group and copy.figure is None:
            bare[key[1]].append(copy)
    return tuple(
        Unplanned(
            record=key,
            name=copies[0].block.name,
            agency=copies[0].block.owner,
            wanted_by=tuple(one.agency for one in copies),
            serves=tuple(sorted({plan for one in copies for plan in one.serves})),
            why=case.setting.why_none(copies[0].block),
        )
        for key, copies in sorted(bare.items())
    )


def _could_meet(copy: Copy, block: str) -> bool:
    """Return whether a block meets a need that a copy was for."""
    return block == copy.block.key or any(block in (one.key for one in sources.blocks) for _, sources, _ in copy.wants)


def _kept(copy: Copy, figure: Figure, times: int) -> Build:
    """Return a copy that an agency develops for itself."""
    return Build(
        record=copy.block.key,
        name=copy.block.name,
        builder=copy.agency,
        able=(copy.agency,),
        exists=False,
        ready=None,
        cost=times * figure.amount,
        figure=figure.record,
        estimated=figure.estimated,
        partners=(),
        serves=tuple(sorted(copy.serves)),
        transaction=0.0,
        reserve=0.0,
    )


def _dated(case: PlanningCase, made: list[Build]) -> Iterator[Build]:
    """Yield building blocks with the year in which the first mission that uses each flies."""
    for one in made:
        missions = (case.setting.missions[key] for key in one.serves)
        years = [first_year(case.setting, mission) for mission in missions]
        yield one if one.exists or not years else replace(one, ready=min(years))


def spent(case: PlanningCase, game: Savings, chosen: Chosen, made: tuple[Build, ...]) -> Ledger:
    """Return what members spend on building blocks by year."""
    setting, ledger = case.setting, Ledger()
    whole = range(setting.first_year, setting.last_year + 1)
    for one in made:
        record = setting.supplies.blocks[one.record].record
        if one.cost and isinstance(record, Element):
            length = setting.figures.years(record)
            ends = one.ready if one.ready is not None else setting.first_year + length - 1
            ledger.add(one.builder, one.cost, range(max(min(setting.first_year, ends), ends - length + 1), ends + 1))
    for line, _, _, joined in shared_lines(chosen, game.lines):
        for agency, rank in joined:
            ledger.add(agency, sum(step_cost(setting, line, rank)), whole)
    return ledger


def naive_costs(case: PlanningCase, game: Savings) -> dict[str, float]:
    """Return what each player would spend alone if it developed a copy of all that meets its needs now."""
    found = dict.fromkeys(case.players, 0.0)
    for copy in game.copies.values():
        found[copy.agency] += copy.times * (copy.figure.amount if copy.figure else 0.0)
    return found
