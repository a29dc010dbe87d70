"""The passes forward and backward through a network with calendars, and what one of them says about a single node.

All functions run as plain Python on lists and, compiled, on arrays; they check nothing. Results lie in `Dates`.
"""

from __future__ import annotations

from typing import NamedTuple

from synodos.schedule.paths.flat import EVER, NEVER, Column, Flat, end_at, moved, position, start_at


class Dates(NamedTuple):
    """Start and finish of each node, early or late, and the position on its calendar at which its work begins."""

    start: Column
    finish: Column
    begin: Column


def bound(flat: Flat, dates: Dates, link: int) -> tuple[int, int]:
    """Return the moment that a link asks of its successor, and the position at which its work then begins."""
    bond = flat.bonds[link]
    node = bond.tail
    after = flat.works[bond.head]
    at = dates.finish[node] if bond.of_finish else dates.start[node]
    if bond.adds:
        begin = dates.begin[node] + (flat.works[node].duration if bond.of_finish else 0)
    else:
        at = moved(flat.clocks, bond.calendar, at, bond.lag)
        begin = position(flat.clocks, after.calendar, at)
    return at, begin - (after.duration if bond.to_finish else 0)


def floor(flat: Flat, node: int) -> tuple[int, int]:
    """Return the earliest moment of a node by itself, and the position at which its work then begins."""
    work = flat.works[node]
    at, begin = work.start_floor, NEVER
    if at > NEVER:
        begin = position(flat.clocks, work.calendar, at)
    if work.finish_floor > NEVER:
        at = max(at, work.finish_floor)
        begin = max(begin, position(flat.clocks, work.calendar, work.finish_floor) - work.duration)
    return at, begin


def departure(flat: Flat, node: int, ready: int) -> int:
    """Return when a node that is ready can leave: in its next launch period; at once if none is left."""
    work = flat.works[node]
    for period in range(work.periods, work.periods_end):
        if ready < flat.period_closes[period]:
            return int(max(ready, flat.period_opens[period]))
    return ready


def last_departure(flat: Flat, node: int, at: int) -> int:
    """Return the last moment up to `at` within a launch period; `at` itself before the first."""
    work = flat.works[node]
    last = at
    for period in range(work.periods, work.periods_end):
        if flat.period_opens[period] <= at:
            last = min(at, flat.period_closes[period] - 1)
    return last


def earliest(flat: Flat, dates: Dates, node: int) -> tuple[int, int]:
    """Return the earliest moment of a node as its links have it, and the position at which its work then begins."""
    at, begin = floor(flat, node)
    work = flat.works[node]
    if not work.mandatory:
        for place in range(work.into, work.into_end):
            link = flat.into[place]
            if flat.bonds[link].holds:
                moment, found = bound(flat, dates, link)
                if moment > at:  # noqa: PLR1730 - in plain Python far quicker than max
                    at = moment
                if found > begin:  # noqa: PLR1730
                    begin = found
    return at, begin


def shown(flat: Flat, node: int, at: int, begin: int) -> tuple[int, int]:
    """Return early start and finish of work at a position, which a moment is the reason for.

    A milestone that falls on the end of a day stays there, unless it stands for the start of something; work that may
    not finish before a moment outside working time finishes at the next opening.
    """
    work = flat.works[node]
    start = start_at(flat.clocks, work.calendar, begin)
    end = end_at(flat.clocks, work.calendar, begin + work.duration)
    if work.duration > 0:
        if at > end:
            end = start_at(flat.clocks, work.calendar, begin + work.duration)
        return start, end
    if at == end and not work.opening:
        return end, end
    return start, start


def landed(flat: Flat, node: int, at: int, begin: int) -> tuple[int, int, int]:
    """Return early start and finish of a node that is ready at a moment, and the position at which its work begins."""
    start, finish = shown(flat, node, at, begin)
    if flat.works[node].periods < flat.works[node].periods_end:
        leaves = departure(flat, node, start)
        if leaves != start:
            begin = position(flat.clocks, flat.works[node].calendar, leaves)
            start, finish = shown(flat, node, leaves, begin)
    return start, finish, begin


def forward(flat: Flat, dates: Dates, asked: Column, first: int) -> None:
    """Set the early dates of the nodes asked for, from a place in the order on, and of all that depend on a change."""
    for place in range(first, len(flat.order)):
        node = flat.order[place]
        work = flat.works[node]
        if not asked[node] or work.done:
            continue
        at, begin = earliest(flat, dates, node)
        start, finish, begin = landed(flat, node, at, begin)
        if work.began > NEVER:
            start = work.began
        if start != dates.start[node] or finish != dates.finish[node]:
            for other in range(work.out, work.out_end):
                asked[flat.bonds[flat.out[other]].head] = True
        dates.start[node] = start
        dates.finish[node] = finish
        dates.begin[node] = begin


def mark_drivers(flat: Flat, dates: Dates, drives: Column) -> None:
    """Mark the links each of which by itself holds its successor where it is.

    A link to a launch does not while the launch waits for the opening that it would wait for anyway, but it does once
    it made the launch miss an earlier one.
    """
    for link in range(len(flat.bonds)):
        bond = flat.bonds[link]
        node = bond.head
        if not bond.holds or flat.works[node].mandatory:
            continue
        at, begin = bound(flat, dates, link)
        start, finish, _ = landed(flat, node, at, begin)
        if finish != dates.finish[node]:
            continue
        drives[link] = True
        if start > shown(flat, node, at, begin)[0]:
            at, begin = floor(flat, node)
            at = max(at, flat.works[node].awaited)
            begin = max(begin, position(flat.clocks, flat.works[node].calendar, at))
            drives[link] = landed(flat, node, at, begin)[0] != start


def limit(flat: Flat, dates: Dates, link: int) -> tuple[int, int]:
    """Return the last moment that a link leaves its predecessor, given its successor's dates, and where work begins."""
    bond = flat.bonds[link]
    work, after = flat.works[bond.tail], flat.works[bond.head]
    begin = dates.begin[bond.head] + (after.duration if bond.to_finish else 0)
    at = dates.finish[bond.head] if bond.to_finish or after.duration == 0 else dates.start[bond.head]
    if not bond.adds or work.duration == 0:
        if after.began > NEVER and not bond.to_finish:
            at = start_at(flat.clocks, after.calendar, begin)
        at = moved(flat.clocks, bond.calendar, at, -bond.lag)
        begin = position(flat.clocks, work.calendar, at)
    return at, begin - (work.duration if bond.of_finish else 0)


def ceiling(flat: Flat, node: int) -> tuple[int, int]:
    """Return the latest moment of a node by itself, and the position at which its work then begins."""
    work = flat.works[node]
    at, begin = work.start_ceiling, EVER
    if at < EVER:
        begin = position(flat.clocks, work.calendar, at)
    if work.finish_ceiling < EVER:
        at = min(at, work.finish_ceiling)
        begin = min(begin, position(flat.clocks, work.calendar, work.finish_ceiling) - work.duration)
    return at, begin


def latest(flat: Flat, dates: Dates, node: int) -> tuple[int, int]:
    """Return the latest moment of a node that its successors' dates allow, and the position at which work begins."""
    work = flat.works[node]
    at, begin = EVER, EVER
    if not work.mandatory:
        for place in range(work.out, work.out_end):
            link = flat.out[place]
            if flat.bonds[link].limits:
                moment, found = limit(flat, dates, link)
                at, begin = min(at, moment), min(begin, found)
    return at, begin


def shown_late(flat: Flat, node: int, at: int, begin: int) -> tuple[int, int]:
    """Return late start and finish of work at a position, which a moment is the reason for.

    A milestone stands at the end of work, unless it stands for the start of something; what may not start after a
    moment outside working time starts with the close before.
    """
    work = flat.works[node]
    start = start_at(flat.clocks, work.calendar, begin)
    end = end_at(flat.clocks, work.calendar, begin + work.duration)
    if work.duration > 0:
        return end_at(flat.clocks, work.calendar, begin) if at < start else start, end
    return (start, start) if work.opening and at >= start else (end, end)


def backward(flat: Flat, dates: Dates) -> None:
    """Turn early dates into late ones; a milestone without float keeps the very moment."""
    for place in range(len(flat.order) - 1, -1, -1):
        node = flat.order[place]
        work = flat.works[node]
        if work.done:
            continue
        own, begin = ceiling(flat, node)
        at, found = latest(flat, dates, node)
        at, begin = min(own, at), min(begin, found)
        start, finish = shown_late(flat, node, at, begin)
        if begin == dates.begin[node] and finish < dates.finish[node] <= at:
            start, finish = dates.start[node], dates.finish[node]
        if work.periods < work.periods_end:
            leaves = last_departure(flat, node, start)
            if leaves != start:
                begin = position(flat.clocks, work.calendar, leaves)
                start, finish = shown_late(flat, node, leaves, begin)
        if work.began > NEVER:
            start = work.began
        dates.start[node] = start
        dates.finish[node] = finish
        dates.begin[node] = begin


def postponed(flat: Flat, dates: Dates, late: Column, end: Column) -> None:
    """Move the nodes marked `late` as late as they can be without moving what follows or passing their `end`."""
    for place in range(len(flat.order) - 1, -1, -1):
        node = flat.order[place]
        work = flat.works[node]
        if not late[node] or work.done or work.began > NEVER:
            continue
        at, begin = latest(flat, dates, node)
        if at == EVER:
            at = end[node]
            begin = position(flat.clocks, work.calendar, at) - work.duration
        if begin > dates.begin[node]:
            start, finish = shown_late(flat, node, EVER, begin)
            dates.start[node] = start
            dates.finish[node] = finish
            dates.begin[node] = begin


def spare(flat: Flat, dates: Dates, end: Column, free: Column) -> None:
    """Set the free float of all nodes: how far each can move without moving what follows or passing its `end`."""
    for node in range(len(flat.order)):
        work = flat.works[node]
        if work.done:
            continue
        _, begin = latest(flat, dates, node)
        begin = min(begin, position(flat.clocks, work.calendar, end[node]) - work.duration)
        free[node] = begin - dates.begin[node]


def measure_drag(flat: Flat, early: Dates, trial: Dates, asked: Column, goals: Column, drag: Column) -> None:
    """Set for each node with a drag other than 0 by how much the last finish of the goals would come earlier.

    `trial` and `asked` are room to work in; `asked` is all false.
    """
    last = last_finish(early, goals)
    for place in range(len(flat.order)):
        node = flat.order[place]
        if drag[node] == 0:
            continue
        trial.start[:] = early.start
        trial.finish[:] = early.finish
        trial.begin[:] = early.begin
        kept = flat.works[node].duration
        flat.works[node].duration = 0
        asked[node] = True
        forward(flat, trial, asked, place)
        flat.works[node].duration = kept
        drag[node] = max(0, last - last_finish(trial, goals))
        for other in range(len(asked)):
            asked[other] = False


def last_finish(dates: Dates, goals: Column) -> int:
    """Return the last finish of some nodes."""
    last = NEVER
    for node in goals:
        last = max(last, dates.finish[node])
    return last


STEPS = (
    position,
    start_at,
    end_at,
    moved,
    bound,
    floor,
    departure,
    last_departure,
    earliest,
    shown,
    landed,
    limit,
    ceiling,
    latest,
    shown_late,
    forward,
    last_finish,
)
"""Functions that the passes call."""
