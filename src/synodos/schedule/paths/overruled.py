"""Dates that overrule links, where what comes before, or another date, does not let them be kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from synodos.schedule.paths.flat import Flat, is_done, position, ready_from, ties_of
from synodos.schedule.paths.walk import Dates, bound
from synodos.schedule.questions.lengths import minutes_per_day
from synodos.schedule.questions.wording import days_text, finish_day, start_day
from synodos.schedule.types import Network, Tie

ASKED: Final = {
    "start-no-earlier": "start no earlier than",
    "start-no-later": "start no later than",
    "finish-no-earlier": "finish no earlier than",
    "finish-no-later": "finish no later than",
    "must-start": "start on",
    "must-finish": "finish on",
}


def overruled(network: Network, flat: Flat, early: Dates) -> Iterator[str]:
    """Yield in sentences which dates that have to be kept come too early, by how much, or exclude each other."""
    for place, node in enumerate(network.nodes):
        if flat.works[place].mandatory and not is_done(node):
            dated = [tie for tie in ties_of(node) if tie.at is not None]
            first = next(tie for tie in dated if tie.type.startswith("must"))
            yield from _too_early(network, flat, early, place, first)
            for tie in dated:
                if tie is not first and _excluded(flat, early, place, tie):
                    yield f"{node.name} cannot both {_asked(first)} and {_asked(tie)}: the first counts."


def _too_early(network: Network, flat: Flat, early: Dates, place: int, first: Tie) -> Iterator[str]:
    """Yield by how much a date comes before what a node waits for, or before its schedule begins."""
    node = network.nodes[place]
    rules, work = network.schedules[node.schedule], flat.works[place]
    before_status = rules.status is not None and rules.status > rules.starts
    begins = f"the {'status date' if before_status else 'start'} of {rules.name}"
    waits = [(position(flat.clocks, work.calendar, ready_from(node, rules)), begins)]
    for link in network.into[place]:
        if flat.bonds[link].holds:
            name = network.nodes[network.edges[link].predecessor].name
            waits.append((bound(flat, early, link)[1], f"its link from {name}"))
    needed, what = max(waits)
    if needed > early.begin[place]:
        late = days_text((needed - early.begin[place]) / minutes_per_day(network, node.calendar))
        yield f"{node.name} has to {_asked(first)}: {late} too early for {what}, so it cannot be kept."


def _excluded(flat: Flat, early: Dates, place: int, tie: Tie) -> bool:
    """Return whether a node that keeps one date breaks another."""
    work = flat.works[place]
    asked = position(flat.clocks, work.calendar, tie.at or 0) - (work.duration if "finish" in tie.type else 0)
    if tie.type.endswith("no-earlier"):
        return bool(early.begin[place] < asked)
    if tie.type.endswith("no-later"):
        return bool(early.begin[place] > asked)
    return bool(early.begin[place] != asked)


def _asked(tie: Tie) -> str:
    """Return what a tie asks, in words."""
    at = tie.at or 0
    return f"{ASKED[tie.type]} {(finish_day if 'finish' in tie.type else start_day)(at)} ({tie.why})"
