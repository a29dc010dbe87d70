"""When everything can and must happen, and what holds the finish.

The conventions are those of Primavera P6: total float is counted in working time to the late finish; a mandatory date
overrules logic in both passes; as late as possible uses up free float; level of effort drives nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from synodos.schedule.paths.causes import held_by, limited_by
from synodos.schedule.paths.effort import accompany, is_effort
from synodos.schedule.paths.flat import EVER, NEVER, Flat, is_done, position, ties_of, with_ceiling
from synodos.schedule.paths.overruled import overruled
from synodos.schedule.paths.running import Runner
from synodos.schedule.paths.walk import Dates, backward, forward, mark_drivers, postponed, spare
from synodos.schedule.targets import target_place
from synodos.schedule.types import MINUTES_PER_DAY, CriticalPath, Network, minutes_of, moment_of

Column = tuple[int, ...]
"""A number for each node."""
WEEK: Final = 7 * MINUTES_PER_DAY


def critical_path(network: Network, target: str | None = None) -> CriticalPath:
    """Return the dates, floats, driving links and longest path of a network.

    Parameters
    ----------
    network : Network
        Activities with their links, calendars and rules.
    target : str, optional
        What has to be finished: an activity, or the mission or element that it leads to, as `target_place` says. Late
        dates of what leads to it count from its early finish, or from the date by which its schedule has to be
        complete. Without it, those of each schedule count from its own last finish.

    Returns
    -------
    CriticalPath
        The answer; large networks are computed in compiled code, with the same result.

    Raises
    ------
    ValueError
        If activities wait for each other, or the target is not in the network.

    Notes
    -----
    The two passes are those of J. E. Kelley and M. R. Walker, "Critical-path planning and scheduling", Proceedings of
    the Eastern Joint Computer Conference (1959), 160-173.
    """
    goal = None if target is None else target_place(network, target)
    flat = network.flat
    first, early, late_ones = _early(network, flat)
    ends = _ends(network, first)
    bounded = _bounded(network, flat, early, ends, goal)
    late = _late(network, bounded, early)
    drives = [False] * len(network.edges)
    Runner(flat).run(mark_drivers, early, drives)
    counted = counted_nodes(network, goal)
    starts = _facts(network, early.start, "actual_start")
    finishes = _facts(network, early.finish, "actual_finish")
    ended = [finishes[place] for place in counted] or finishes
    finish = max(ended) if ended else _nothing_left(network)
    longest = _longest(network, flat, drives, [place for place in counted if finishes[place] == finish])
    total = _total_float(network, flat, early, late)
    return CriticalPath(
        network=network,
        target=goal,
        order=tuple(flat.order),
        early_start=starts,
        early_finish=finishes,
        late_start=_facts(network, late.start, "actual_start"),
        late_finish=_facts(network, late.finish, "actual_finish"),
        total_float=tuple(total),
        free_float=tuple(_free_float(network, flat, early, ends)),
        critical=tuple(_critical(network, total, longest)),
        on_longest_path=tuple(longest),
        driving=tuple(tuple(link for link in links if drives[link]) for links in network.into),
        held_by=held_by(network, flat, early, late_ones),
        finish=finish,
        limited_by=limited_by(network, bounded, late, _named_ends(network, goal)),
        notes=(*overruled(network, flat, early), *_notes(network, early, late)),
    )


def early_finishes(network: Network) -> Column:
    """Return the early finish of every node, in minutes since 1970."""
    _, early, _ = _early(network, network.flat)
    return _facts(network, early.finish, "actual_finish")


def _nothing_left(network: Network) -> int:
    """Return the moment that stands for the finish where nothing has one: the first start, or the day of knowledge."""
    known = minutes_of(dt.datetime.combine(network.known_on, dt.time()))
    return min((rules.starts for rules in network.schedules), default=known)


def counted_nodes(network: Network, goal: int | None) -> list[int]:
    """Return the nodes whose last finish counts: the target, or all that are no level of effort."""
    return [place for place, node in enumerate(network.nodes) if not is_effort(node)] if goal is None else [goal]


def first_dates(network: Network, flat: Flat) -> Dates:
    """Return the early dates before work as late as possible is moved; level of effort has none yet."""
    nodes = network.nodes
    stand = [node.actual_finish if node.actual_finish is not None else NEVER for node in nodes]
    begun = [at if node.actual_start is None else node.actual_start for node, at in zip(nodes, stand, strict=True)]
    first = Dates(begun, stand, [0] * len(nodes))
    Runner(flat).run(forward, first, [not is_effort(node) for node in nodes], 0)
    return first


def _early(network: Network, flat: Flat) -> tuple[Dates, Dates, list[bool]]:
    """Return the early dates before and after work as late as possible is moved, and which nodes that moved."""
    first = first_dates(network, flat)
    moved = Dates(*(list(column) for column in first))
    late = [any(tie.type == "as-late-as-possible" for tie in ties_of(node)) for node in network.nodes]
    if any(late):
        Runner(flat).run(postponed, moved, late, _ends(network, first))
    later = [before != after for before, after in zip(first.begin, moved.begin, strict=True)]
    accompany(network, flat, moved)
    return first, moved, later


def _facts(network: Network, column: list[int], fact: str) -> Column:
    """Return a column of dates with actual ones in place of computed ones; what is done began by its actual finish."""
    actual = (getattr(node, fact) for node in network.nodes)
    dates = [at if known is None else known for at, known in zip(column, actual, strict=True)]
    if fact == "actual_start":
        ends = (EVER if node.actual_finish is None else node.actual_finish for node in network.nodes)
        dates = [min(at, end) for at, end in zip(dates, ends, strict=True)]
    return tuple(dates)


def _ends(network: Network, early: Dates) -> list[int]:
    """Return for each node the last early finish in its schedule."""
    last = [NEVER] * len(network.schedules)
    for node, finish in zip(network.nodes, early.finish, strict=True):
        if not is_effort(node):
            last[node.schedule] = max(last[node.schedule], finish)
    alone = max(early.finish, default=NEVER)
    return [alone if last[node.schedule] == NEVER else last[node.schedule] for node in network.nodes]


def _bounded(network: Network, flat: Flat, early: Dates, ends: list[int], goal: int | None) -> Flat:
    """Return the columns with a ceiling at every end of the network, and with the links that count for the target."""
    leads = _leads_to(flat, goal)
    bonds = [replace(bond, limits=False) if leads[bond.tail] > leads[bond.head] else bond for bond in flat.bonds]
    follows = {bond.tail for bond in bonds if bond.limits}
    works, last = list(flat.works), max(ends, default=NEVER)
    for place, node in enumerate(network.nodes):
        end = network.schedules[node.schedule].finish_by
        if end is None:
            end = last if place in follows else early.finish[place] if place == goal else ends[place]
        if not works[place].mandatory:
            works[place] = with_ceiling(works[place], end)
    return flat._replace(bonds=bonds, works=works)


def _leads_to(flat: Flat, goal: int | None) -> list[bool]:
    """Return which nodes lead to the target, itself included; none where there is no target."""
    leads = [False] * len(flat.order)
    if goal is not None:
        leads[goal] = True
        for node in reversed(flat.order):
            links = (flat.bonds[link] for link in flat.out[flat.works[node].out : flat.works[node].out_end])
            leads[node] = leads[node] or any(bond.limits and leads[bond.head] for bond in links)
    return leads


def _late(network: Network, bounded: Flat, early: Dates) -> Dates:
    """Return the late dates; what is done keeps its own."""
    late = Dates(*(list(column) for column in early))
    Runner(bounded).run(backward, late)
    for place, node in enumerate(network.nodes):
        if is_effort(node) and not is_done(node):
            late.start[place] = late.finish[place] = NEVER
    accompany(network, bounded, late)
    return late


def _longest(network: Network, flat: Flat, drives: list[bool], last: list[int]) -> list[bool]:
    """Return which nodes drive the last ones, over any number of links."""
    on_path = [False] * len(network.nodes)
    for place in last:
        on_path[place] = True
    for place in reversed(flat.order):
        if on_path[place]:
            for link in network.into[place]:
                if drives[link]:
                    on_path[network.edges[link].predecessor] = True
    return on_path


def _total_float(network: Network, flat: Flat, early: Dates, late: Dates) -> list[int]:
    """Return the working time from early to late dates of each node; 0 once it is done."""
    found = [after - before for before, after in zip(early.begin, late.begin, strict=True)]
    for place, node in enumerate(network.nodes):
        if is_done(node):
            found[place] = 0
        elif is_effort(node):
            ends = (position(flat.clocks, node.calendar, at) for at in (early.finish[place], late.finish[place]))
            found[place] = -next(ends) + next(ends)
    return found


def _free_float(network: Network, flat: Flat, early: Dates, ends: list[int]) -> list[int]:
    """Return how far each node can move without moving what follows.

    None once it is done, for level of effort, and where its expected finish holds it, as in P6.
    """
    free = [0] * len(network.nodes)
    follows = {bond.tail for bond in flat.bonds if bond.limits}
    last = max(ends, default=NEVER)  # a lead alone would let work end after all that there is
    Runner(flat).run(spare, early, [last if place in follows else end for place, end in enumerate(ends)], free)
    held = (is_effort(node) or node.expected_finish is not None for node in network.nodes)
    return [0 if stays else found for stays, found in zip(held, free, strict=True)]


def _critical(network: Network, total: list[int], longest: list[bool]) -> list[bool]:
    """Return which nodes are critical, as the schedule of each defines it; none that is done or drives nothing."""
    found = []
    for node, spare_time, on_path in zip(network.nodes, total, longest, strict=True):
        rules = network.schedules[node.schedule]
        counts = on_path if rules.longest_path else spare_time <= rules.critical_float
        found.append(counts and not is_done(node) and not is_effort(node))
    return found


def _named_ends(network: Network, goal: int | None) -> list[str]:
    """Return for each node what its late dates count from where nothing follows it, in words."""
    found = []
    for place, node in enumerate(network.nodes):
        rules = network.schedules[node.schedule]
        if rules.finish_by is not None:
            found.append(f"{rules.name} has to be complete by {moment_of(rules.finish_by):%Y-%m-%d}")
        else:
            found.append(f"early finish of {node.name if place == goal else rules.name}")
    return found


def _notes(network: Network, early: Dates, late: Dates) -> tuple[str, ...]:
    """Return what the reader has to know of the dates."""
    if not network.nodes:
        return ()
    notes = [
        f"{node.name} is ready on {moment_of(start):%Y-%m-%d}, after the last launch period listed: it is taken to "
        "leave at once, so its date is too early."
        for node, start in zip(network.nodes, early.start, strict=True)
        if node.periods and not is_done(node) and start >= node.periods[-1].closes
    ]
    first, last = min((*early.start, *late.start)), max((*early.finish, *late.finish))
    notes += [
        f"Some dates lie outside {moment_of(int(time.opens[0])):%Y} to {moment_of(int(time.closes[-1])):%Y}, for which "
        f"the calendar {time.name} is laid out: beyond, every hour of every day counts."
        for time in network.calendars
        if first < time.opens[0] - WEEK or last > time.closes[-1] + WEEK
    ]
    return tuple(notes)
