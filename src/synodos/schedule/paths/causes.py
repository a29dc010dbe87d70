"""What else than links holds early dates, and what limits late ones, in words."""

from __future__ import annotations

from synodos.schedule.paths.flat import NEVER, Flat, is_done, position, ties_of
from synodos.schedule.paths.walk import Dates, earliest, floor, landed, limit
from synodos.schedule.types import Network, Node, Period, Rules

FLOORS = ("start-no-earlier", "finish-no-earlier", "must-start", "must-finish")
CEILINGS = ("start-no-later", "finish-no-later", "must-start", "must-finish")


def held_by(network: Network, flat: Flat, early: Dates, postponed: list[bool]) -> tuple[str | None, ...]:
    """Return for each node what else than a link sets its early dates, in words; None where links alone do."""
    return tuple(
        "as late as possible" if postponed[place] else _holder(network, flat, early, place)
        for place in range(len(network.nodes))
    )


def _holder(network: Network, flat: Flat, early: Dates, place: int) -> str | None:
    """Return what else than a link sets the early dates of a node."""
    node = network.nodes[place]
    if is_done(node):
        return "actual dates"
    if node.type == "level-of-effort":
        return None
    if node.periods and (wait := _wait(node, flat, early, place)):
        return wait
    at, begin = floor(flat, place)
    if begin == NEVER or landed(flat, place, at, begin)[1] != early.finish[place]:
        return None
    return _tied(node, flat, place, FLOORS, begin) or _begun(node, network.schedules[node.schedule])


def _tied(node: Node, flat: Flat, place: int, kinds: tuple[str, ...], begin: int) -> str | None:
    """Return why a node is tied to a position at which its work begins, by a tie of some kinds."""
    work = flat.works[place]
    for tie in ties_of(node):
        if tie.type in kinds and tie.at is not None:
            at = position(flat.clocks, work.calendar, tie.at)
            if begin == (at - work.duration if "finish" in tie.type else at):
                return tie.why
    return None


def _begun(node: Node, rules: Rules) -> str:
    """Return from when on work on a node can be done."""
    if rules.status is not None and rules.status >= rules.starts:
        return f"status date of {rules.name}"
    return f"start of {rules.name}" if node.actual_start is None else "actual start"


def _wait(node: Node, flat: Flat, early: Dates, place: int) -> str | None:
    """Return the launch period that a node waits for, or that it comes after the last."""
    start: int = early.start[place]
    if start >= node.periods[-1].closes:
        return f"ready after the last launch period listed, {_days(node.periods[-1])}"
    ready = earliest(flat, early, place)[0]
    waits = next((period for period in node.periods if ready <= period.opens <= start < period.closes), None)
    return None if waits is None else f"launch period {_days(waits)}"


def limited_by(network: Network, flat: Flat, late: Dates, ends: list[str]) -> tuple[str | None, ...]:
    """Return for each node what sets its late dates in the end, in words: a tie, a launch period, or a last finish.

    Parameters
    ----------
    network, flat : Network, Flat
        The network.
    late : Dates
        Its late dates.
    ends : list of str
        For each node the end that its late dates count from where nothing follows it.
    """
    found: list[str | None] = [None] * len(network.nodes)
    for place in reversed(flat.order):
        node = network.nodes[place]
        if node.type != "level-of-effort":
            found[place] = _limiter(network, flat, late, place, found) or ends[place]
    return tuple(None if is_done(node) else cause for node, cause in zip(network.nodes, found, strict=True))


def _limiter(network: Network, flat: Flat, late: Dates, place: int, found: list[str | None]) -> str | None:
    """Return what limits one node, whose successors are known."""
    node = network.nodes[place]
    if not flat.works[place].mandatory:
        for link in network.out_of[place]:
            if flat.bonds[link].limits and limit(flat, late, link)[1] == late.begin[place]:
                return found[network.edges[link].successor]
    if node.periods:
        begin, calendar = late.begin[place], flat.works[place].calendar
        period = next((one for one in node.periods if position(flat.clocks, calendar, one.closes - 1) == begin), None)
        if period is not None:
            return f"launch period {_days(period)} of {node.id}"
    return _tied(node, flat, place, CEILINGS, late.begin[place])


def _days(period: Period) -> str:
    """Return the first and last day of a launch period."""
    first, last = period.dates
    return f"{first}..{last}"
