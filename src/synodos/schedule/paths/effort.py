"""Level of effort: work that lasts as long as what it accompanies, and drives nothing."""

from __future__ import annotations

from synodos.schedule.paths.flat import NEVER, Flat, end_at, is_done, position, start_at
from synodos.schedule.paths.walk import Dates, bound, limit
from synodos.schedule.types import Network, Node


def is_effort(node: Node) -> bool:
    """Return whether a node is a level of effort."""
    return node.type == "level-of-effort"


def accompany(network: Network, flat: Flat, dates: Dates) -> None:
    """Set the dates of each level of effort: from the first start to the last finish that its links name.

    Links from what it accompanies come first; where none names a start, or a finish, those to it count.
    """
    for place in flat.order:
        node = network.nodes[place]
        if is_effort(node) and not is_done(node):
            start, finish = _ends(network, flat, dates, place)
            begin = position(flat.clocks, node.calendar, start)
            end = max(begin, position(flat.clocks, node.calendar, finish))
            dates.begin[place] = begin
            dates.start[place] = start_at(flat.clocks, node.calendar, begin) if node.actual_start is None else start
            dates.finish[place] = max(dates.start[place], end_at(flat.clocks, node.calendar, end))


def _ends(network: Network, flat: Flat, dates: Dates, place: int) -> tuple[int, int]:
    """Return the moments between which a level of effort lasts."""
    node = network.nodes[place]
    known = dates.finish
    before = [
        (flat.bonds[i].to_finish, bound(flat, dates, i)[0])
        for i in network.into[place]
        if known[network.edges[i].predecessor] > NEVER
    ]
    after = [
        (flat.bonds[i].of_finish, limit(flat, dates, i)[0])
        for i in network.out_of[place]
        if known[network.edges[i].successor] > NEVER
    ]
    starts = [at for to_finish, at in before if not to_finish] or [at for of_finish, at in after if not of_finish]
    finishes = [at for to_finish, at in before if to_finish] or [at for of_finish, at in after if of_finish]
    if node.actual_start is not None:
        start = node.actual_start
    else:
        start = min(starts, default=network.schedules[node.schedule].starts)
    lasts = end_at(flat.clocks, node.calendar, position(flat.clocks, node.calendar, start) + flat.works[place].duration)
    return start, max(finishes, default=lasts)
