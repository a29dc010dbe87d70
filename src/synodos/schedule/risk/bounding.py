"""What bounds the dates of each row of a model: constraints, progress, and the links that still hold."""

from __future__ import annotations

import math
from dataclasses import dataclass

from synodos.schedule.paths.counting import add_work, work_between
from synodos.schedule.paths.flat import ready_from, ties_of
from synodos.schedule.risk.planning import Plan
from synodos.schedule.risk.uncertain import minutes_per_day
from synodos.schedule.sampling import LinkKind, Links
from synodos.schedule.types import ELAPSED, Edge, Network, Tie

_KIND = {
    "finish-start": LinkKind.FINISH_START,
    "start-start": LinkKind.START_START,
    "finish-finish": LinkKind.FINISH_FINISH,
    "start-finish": LinkKind.START_FINISH,
}


@dataclass
class Bounds:
    """What dates bound one node, in days."""

    start: float
    finish: float = -math.inf
    fixed_start: float = math.nan
    fixed_finish: float = math.nan


def bounds(plan: Plan, place: int) -> Bounds:
    """Return what its schedule, its constraints and its progress bound, as the critical path has it.

    With a status date only what remains counts: nothing, of what is done.
    """
    network, days = plan.network, plan.clock.days
    node = network.nodes[place]
    rules = network.schedules[node.schedule]
    if node.actual_finish is not None and rules.status is not None:
        return Bounds(days(ready_from(node, rules)))
    if node.actual_finish is not None:
        begun = node.actual_finish if node.actual_start is None else node.actual_start
        return Bounds(days(rules.starts), fixed_start=days(begun), fixed_finish=days(node.actual_finish))
    found = Bounds(days(ready_from(node, rules)))
    for tie in ties_of(node):
        if tie.at is not None:
            _tie(tie, days(tie.at), found)
    for link in network.into[place]:
        if _begun_without_status(network, network.edges[link]):
            _bound_by_start(plan, network.edges[link], found)
    return found


def _tie(tie: Tie, at: float, found: Bounds) -> None:
    """Let a constraint bound a node; latest dates and as late as possible move nothing, hard ones hold none back."""
    if tie.type in ("start-no-earlier", "must-start"):
        found.start = max(found.start, at)
    elif tie.type in ("finish-no-earlier", "must-finish"):
        found.finish = max(found.finish, at)


def _begun_without_status(network: Network, edge: Edge) -> bool:
    """Return whether a link hangs on an actual start, which no status date parts from what remains of the work."""
    before = network.nodes[edge.predecessor]
    begun = before.actual_start is not None and before.actual_finish is None
    return begun and edge.type.startswith("start") and network.schedules[before.schedule].status is None


def _bound_by_start(plan: Plan, edge: Edge, found: Bounds) -> None:
    """Let the actual start of a predecessor bound a node."""
    at = int(plan.network.nodes[edge.predecessor].actual_start or 0)
    if edge.calendar == ELAPSED:
        at += edge.lag
    elif edge.lag:
        at = add_work(plan.network.calendars[edge.calendar], at, edge.lag)
    if edge.type == "start-start":
        found.start = max(found.start, plan.clock.days(at))
    else:
        found.finish = max(found.finish, plan.clock.days(at))


def links(plan: Plan) -> Links:
    """Return the links that still hold, and those through the rows in which milestones wait."""
    network, rows = plan.network, plan.rows
    found = [(waiting, rows[place], LinkKind.FINISH_START, 0.0, ELAPSED) for place, waiting in plan.waits.items()]
    for edge in network.edges:
        if not _holds(network, edge) or _begun_without_status(network, edge):
            continue
        kind = _KIND[edge.type]
        successor = plan.waits.get(edge.successor, rows[edge.successor])
        if edge.successor in plan.waits:  # a milestone's start is its finish; what waits begins with its start
            kind = LinkKind.FINISH_START if edge.type.startswith("finish") else LinkKind.START_START
        lag = _lag_left(network, edge) / minutes_per_day(network, edge.calendar)
        found.append((rows[edge.predecessor], successor, kind, lag, edge.calendar))
    return Links.of(plan.size, found)


def _holds(network: Network, edge: Edge) -> bool:
    """Return whether a link still bounds its successor."""
    before, after = network.nodes[edge.predecessor], network.nodes[edge.successor]
    rules = network.schedules[after.schedule]
    if "level-of-effort" in (before.type, after.type) or (after.actual_finish is not None and rules.status is None):
        return False
    return not rules.override or (after.actual_start is None and after.actual_finish is None)


def _lag_left(network: Network, edge: Edge) -> int:
    """Return the minutes of a lag behind an actual date that are left at the status date."""
    before = network.nodes[edge.predecessor]
    status = network.schedules[before.schedule].status
    since = before.actual_finish if edge.type.startswith("finish") else before.actual_start
    if since is None or status is None:
        return edge.lag
    if edge.calendar == ELAPSED:
        passed = status - since
    else:
        passed = work_between(network.calendars[edge.calendar], since, status)
    return max(0, edge.lag - max(0, passed))
