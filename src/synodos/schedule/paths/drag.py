"""Drag: by how much the finish would come earlier if one activity took no time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from heapq import heappop, heappush
from typing import Final

from synodos.schedule.paths.critical_path import counted_nodes, first_dates
from synodos.schedule.paths.flat import NEVER, Flat, end_at, position
from synodos.schedule.paths.running import Runner
from synodos.schedule.paths.walk import Dates, last_finish, measure_drag
from synodos.schedule.types import CriticalPath

MOST_WORK: Final = 200_000_000
"""Activities times trials up to which activities are tried."""


def drags(path: CriticalPath, places: Iterable[int] | None = None) -> tuple[int | None, ...]:
    """Return by how many minutes the finish would come earlier, at most, if each activity took no time.

    Only activities of the longest path can have drag. Where links run from finish to start on one calendar and nothing
    waits for launch periods, one sweep finds it for all of them; other activities are tried, which schedules anew
    what follows each. Trials stop at 200 million activities looked at; the longest activities are tried first.

    Parameters
    ----------
    path : CriticalPath
        A computed network.
    places : iterable of int, optional
        Nodes that are asked about; without it, all.

    Returns
    -------
    tuple of (int or None)
        Elapsed minutes for each node of the network: 0 off the longest path and for nodes not asked about, None where
        the network is too large to try it.

    Notes
    -----
    S. A. Devaux, "Total Project Control" (1999).
    """
    network = path.network
    flat = network.flat
    asked = [
        place
        for place in (range(len(network.nodes)) if places is None else places)
        if path.on_longest_path[place] and flat.works[place].duration > 0 and not flat.works[place].done
    ]
    if not asked:
        return (0,) * len(network.nodes)
    first, goals = first_dates(network, flat), counted_nodes(network, path.target)
    found: dict[int, int | None] = dict.fromkeys(asked)
    if len(asked) > 1 and is_plain(flat):
        found.update(_swept(flat, first, goals, asked))
    left = sorted((place for place in asked if found[place] is None), key=lambda place: -flat.works[place].duration)
    found.update(_tried(flat, first, goals, left[: MOST_WORK // len(network.nodes)]))
    return tuple(found.get(place, 0) for place in range(len(network.nodes)))


def is_plain(flat: Flat) -> bool:
    """Return whether positions simply add up along every link that holds."""
    calendar = flat.works[0].calendar
    return all(
        work.calendar == calendar
        and not work.done
        and work.began == work.finish_floor == NEVER
        and work.periods == work.periods_end
        for work in flat.works
    ) and all(
        bond.of_finish and not bond.to_finish and (bond.lag == 0 or bond.calendar == calendar)
        for bond in flat.bonds
        if bond.holds
    )


def _tried(flat: Flat, first: Dates, goals: list[int], asked: list[int]) -> dict[int, int]:
    """Return the drag of some nodes by scheduling anew with each of them taking no time."""
    if not asked:
        return {}
    drag = [0] * len(flat.order)
    for place in asked:
        drag[place] = 1
    trial = Dates(*(list(column) for column in first))
    flat = flat._replace(works=[copy(work) for work in flat.works])  # for trials change them
    Runner(flat, times=len(asked)).run(measure_drag, first, trial, [False] * len(drag), goals, drag)
    return {place: drag[place] for place in asked}


def _swept(flat: Flat, first: Dates, goals: list[int], asked: list[int]) -> dict[int, int]:
    """Return the drag of the nodes for which the longest chain past them tells it, in a plain network.

    In an order in which predecessors come first, each chain past a node has one link across its place, or begins after
    it, or ends before it; the longest such chain is what the finish falls back to.
    """
    calendar, last = flat.works[0].calendar, last_finish(first, goals)
    floors = [position(flat.clocks, calendar, work.start_floor) for work in flat.works]
    after = _after(flat, goals)
    rank = _ranks(flat)
    swept = sorted((place for place in asked if _shows_only_ends(flat, place)), key=rank.__getitem__)
    if not all(_ends_plainly(flat, goal) for goal in goals):
        return {}
    found: dict[int, int] = {}
    crossing: list[tuple[int, int]] = []
    waiting = sorted(_stretches(flat, first, goals, floors, after, rank), reverse=True)
    for place in swept:
        at = rank[place]
        while waiting and waiting[-1][0] < at:
            _, until, length = waiting.pop()
            heappush(crossing, (-length, until))
        while crossing and crossing[0][1] <= at:
            heappop(crossing)
        reach = max(first.begin[place] + after[place], -crossing[0][0] if crossing else NEVER)
        if calendar < 0 or reach > max(floors):
            found[place] = max(0, last - end_at(flat.clocks, calendar, reach))
    return found


def _ranks(flat: Flat) -> list[int]:
    """Return the place of each node in the order."""
    rank = [0] * len(flat.order)
    for place, node in enumerate(flat.order):
        rank[node] = place
    return rank


def _holding_in(flat: Flat, node: int) -> Iterator[int]:
    """Yield the links that hold a node."""
    work = flat.works[node]
    if not work.mandatory:
        yield from (link for link in flat.into[work.into : work.into_end] if flat.bonds[link].holds)


def _after(flat: Flat, goals: list[int]) -> list[int]:
    """Return the working minutes from the finish of each node to the last finish that it leads to, or `NEVER`."""
    after = [NEVER] * len(flat.order)
    for goal in goals:
        after[goal] = 0
    for node in reversed(flat.order):
        if after[node] > NEVER:
            for link in _holding_in(flat, node):
                bond = flat.bonds[link]
                after[bond.tail] = max(after[bond.tail], bond.lag + flat.works[node].duration + after[node])
    return after


def _stretches(
    flat: Flat, first: Dates, goals: list[int], floors: list[int], after: list[int], rank: list[int]
) -> Iterator[tuple[int, int, int]]:
    """Yield the places in the order between which a longest chain passes over nodes, and the position it leads to."""
    for node in flat.order:
        if after[node] > NEVER:
            rest = flat.works[node].duration + after[node]
            yield -1, rank[node], floors[node] + rest
            for link in _holding_in(flat, node):
                bond = flat.bonds[link]
                finish = first.begin[bond.tail] + flat.works[bond.tail].duration
                yield rank[bond.tail], rank[node], finish + bond.lag + rest
    for goal in goals:
        yield rank[goal], len(flat.order), first.begin[goal] + flat.works[goal].duration


def _ends_plainly(flat: Flat, goal: int) -> bool:
    """Return whether a goal that finishes last is shown at the close of work."""
    return flat.works[goal].duration > 0 or _shows_only_ends(flat, goal)


def _shows_only_ends(flat: Flat, node: int) -> bool:
    """Return whether a node without duration, where it counts, stands at the close of work, not at the next opening."""
    work = flat.works[node]
    if work.calendar < 0:
        return True
    heads = [flat.bonds[link] for link in flat.out[work.out : work.out_end] if flat.bonds[link].holds]
    if heads and all(flat.works[bond.head].duration > 0 and not flat.works[bond.head].mandatory for bond in heads):
        return True
    before = [flat.bonds[link] for link in _holding_in(flat, node)]
    return not work.opening and all(bond.lag == 0 and flat.works[bond.tail].duration > 0 for bond in before)
