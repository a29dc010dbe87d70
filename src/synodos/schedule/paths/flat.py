"""A network as flat tables, and counting along its calendars.

The functions here and in `walk` run as plain Python on lists and, compiled, on arrays. A *position* is the minutes of
work before a moment. Outside the years for which a calendar is laid out every minute counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from synodos.schedule.paths.order import grouped, in_order
from synodos.schedule.types import ELAPSED, Edge, Network, Node, Rules, Tie, WorkingTime

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEVER: Final = -(2**62)
"""No bound from below."""
EVER: Final = 2**62
"""No bound from above."""
Column = Any
"""A list of whole numbers or truth values; an array of them in compiled code."""


@dataclass(slots=True)
class Work:
    """What the passes know of a node; a row of a table in compiled code."""

    duration: int
    """Working minutes still to be done."""
    calendar: int
    done: bool
    """Whether its dates are facts that nothing moves."""
    began: int
    """Actual start, where no status date parts it from what remains, or `NEVER`."""
    mandatory: bool
    """Whether it ignores its links."""
    opening: bool
    """Whether it is a milestone at the start of working time."""
    start_floor: int
    finish_floor: int
    start_ceiling: int
    finish_ceiling: int
    awaited: int
    """Opening of the launch period that is meant, or `NEVER`."""
    periods: int
    periods_end: int
    """Where its launch periods begin and end."""
    into: int
    into_end: int
    """Where the links to it begin and end."""
    out: int
    out_end: int
    """Where the links from it begin and end."""


@dataclass(slots=True)
class Bond:
    """What the passes know of a link; a row of a table in compiled code."""

    tail: int
    head: int
    of_finish: bool
    """Whether it is from the finish of its predecessor."""
    to_finish: bool
    """Whether it is to the finish of its successor."""
    lag: int
    calendar: int
    """Calendar of the lag."""
    adds: bool
    """Whether positions simply add up along it: no lag, one calendar, and no actual dates at its beginning."""
    holds: bool
    """Whether it holds early dates."""
    limits: bool
    """Whether it limits late dates."""


class Clocks(NamedTuple):
    """Calendars as columns: the stretches of calendar `c` stand from `first[c]` to `first[c + 1]`."""

    first: Column
    opens: Column
    closes: Column
    worked: Column


class Flat(NamedTuple):
    """A network as tables and columns: lists in plain Python, arrays in compiled code."""

    works: Column
    bonds: Column
    order: Column
    """Nodes, predecessors first."""
    into: Column
    """Links by their successors."""
    out: Column
    """Links by their predecessors."""
    period_opens: Column
    period_closes: Column
    clocks: Clocks


def position(clocks: Clocks, calendar: int, at: int) -> int:
    """Return the minutes of work on a calendar before a moment."""
    if calendar < 0:
        return at
    first, end = clocks.first[calendar], clocks.first[calendar + 1]
    place = max(first, bisect_right(clocks.opens, at, first, end) - 1)
    if place < end - 1:
        at = min(at, clocks.closes[place])
    found: int = clocks.worked[place] + at - clocks.opens[place]
    return found


def start_at(clocks: Clocks, calendar: int, worked: int) -> int:
    """Return the last moment of a position: where the next minute of work begins."""
    if calendar < 0:
        return worked
    first, end = clocks.first[calendar], clocks.first[calendar + 1]
    place = max(first, bisect_right(clocks.worked, worked, first, end) - 1)
    found: int = clocks.opens[place] + worked - clocks.worked[place]
    return found


def end_at(clocks: Clocks, calendar: int, worked: int) -> int:
    """Return the first moment of a position: where the last minute of work ends."""
    if calendar < 0:
        return worked
    first, end = clocks.first[calendar], clocks.first[calendar + 1]
    place = max(first, bisect_left(clocks.worked, worked, first, end) - 1)
    found: int = clocks.opens[place] + worked - clocks.worked[place]
    return found


def moved(clocks: Clocks, calendar: int, at: int, minutes: int) -> int:
    """Return a moment moved by working minutes: forward to where the last of them ends, back to where it begins."""
    if minutes == 0 or calendar < 0:
        return at + minutes
    worked = position(clocks, calendar, at) + minutes
    return end_at(clocks, calendar, worked) if minutes > 0 else start_at(clocks, calendar, worked)


def flattened(network: Network) -> Flat:
    """Return a network as tables and columns of plain Python.

    Raises
    ------
    ValueError
        If activities wait for each other.
    """
    nodes, edges = network.nodes, network.edges
    tail, head = [edge.predecessor for edge in edges], [edge.successor for edge in edges]
    into_first, into = grouped(head, len(nodes))
    out_first, out = grouped(tail, len(nodes))
    order = in_order(tail, head, [node.id for node in nodes])
    clocks = clocks_of(network.calendars)
    works, periods = [], 0
    for place, node in enumerate(nodes):
        ranges = (periods, periods + len(node.periods), *into_first[place : place + 2], *out_first[place : place + 2])
        works.append(_work(node, network.schedules[node.schedule], ranges, clocks))
        periods += len(node.periods)
    return Flat(
        works=works,
        bonds=[_bond(edge, network, clocks) for edge in edges],
        order=order,
        into=into,
        out=out,
        period_opens=[period.opens for node in nodes for period in node.periods],
        period_closes=[period.closes for node in nodes for period in node.periods],
        clocks=clocks,
    )


def clocks_of(calendars: Sequence[WorkingTime]) -> Clocks:
    """Return calendars as columns."""
    first = [0]
    for time in calendars:
        first.append(first[-1] + len(time.opens))
    columns = ([minute for time in calendars for minute in getattr(time, name).tolist()] for name in Clocks._fields[1:])
    return Clocks(first, *columns)


def with_ceiling(work: Work, at: int) -> Work:
    """Return what the passes know of a node that has to finish by a moment as well."""
    copied = Work(*_VALUES(work))
    copied.finish_ceiling = min(work.finish_ceiling, at)
    return copied


_VALUES: Final = attrgetter(*(field.name for field in fields(Work)))


def _work(node: Node, rules: Rules, ranges: tuple[int, ...], clocks: Clocks) -> Work:
    """Return what the passes know of a node.

    With a status date only what remains is scheduled: nothing, of what is done. Without one actual dates stand.
    """
    done = is_done(node)
    mandatory = any(tie.type in ("must-start", "must-finish") for tie in ties_of(node))
    remaining = 0 if done else node.remaining
    stands = rules.status is None and node.actual_start is not None
    return Work(
        node.duration if node.actual_start is None and not done else remaining,
        _calendar(node),
        done and rules.status is None,
        node.actual_start if stands and node.actual_start is not None else NEVER,
        mandatory,
        node.type == "start-milestone",
        *_bounds(node, rules, clocks),
        NEVER if node.intended is None else node.periods[node.intended].opens,
        *ranges,
    )


def _bond(edge: Edge, network: Network, clocks: Clocks) -> Bond:
    """Return what the passes know of a link."""
    before, after = network.nodes[edge.predecessor], network.nodes[edge.successor]
    status = network.schedules[before.schedule].status
    stands = status is None and (before.actual_start is not None or is_done(before))
    of_finish = edge.type in ("finish-start", "finish-finish")
    is_held = holds(before, after, network.schedules[after.schedule])
    lag = _lag_left(edge, before.actual_finish if of_finish else before.actual_start, status, clocks)
    return Bond(
        edge.predecessor,
        edge.successor,
        of_finish,
        edge.type in ("finish-finish", "start-finish"),
        lag,
        edge.calendar,
        adds=lag == 0 and _calendar(before) == _calendar(after) and not stands,
        holds=is_held,
        limits=is_held and (of_finish or not stands),
    )


def _calendar(node: Node) -> int:
    """Return the calendar of what is left of a node; what is done passes dates on as they are."""
    return ELAPSED if is_done(node) else node.calendar


def _lag_left(edge: Edge, since: int | None, status: int | None, clocks: Clocks) -> int:
    """Return the lag that has not passed at the status date; all of it, where it did not begin before."""
    if since is None or status is None:
        return edge.lag
    passed = position(clocks, edge.calendar, status) - position(clocks, edge.calendar, since)
    return max(0, edge.lag - max(0, passed))


def is_done(node: Node) -> bool:
    """Return whether the dates of a node are facts."""
    return node.actual_finish is not None


def ties_of(node: Node) -> tuple[Tie, ...]:
    """Return the ties that still matter: none once it has ended, none of its start once it has begun."""
    if is_done(node):
        return ()
    if node.actual_start is None:
        return node.ties
    return tuple(tie for tie in node.ties if tie.type in ("finish-no-earlier", "finish-no-later", "must-finish"))


def _bounds(node: Node, rules: Rules, clocks: Clocks) -> tuple[int, int, int, int]:
    """Return the least start and finish and the greatest start and finish that a node has by itself."""
    ties = ties_of(node)
    if not ties and node.intended is None:
        return ready_from(node, rules), NEVER, EVER, EVER
    must = [tie for tie in ties if tie.type in ("must-start", "must-finish")]
    counted = must[:1] or ties
    start_floor = NEVER if must else ready_from(node, rules)
    at = {kind: [tie.at for tie in counted if tie.type == kind and tie.at is not None] for kind in _KINDS}
    return (
        max([start_floor, *at["start-no-earlier"], *at["must-start"]]),
        max([NEVER, *at["finish-no-earlier"], *at["must-finish"]]),
        min([EVER, *at["start-no-later"], *at["must-start"], *_intended(node)]),
        min([EVER, *(_closing(clocks, node, most) for most in at["finish-no-later"]), *at["must-finish"]]),
    )


def _closing(clocks: Clocks, node: Node, at: int) -> int:
    """Return the moment by which a node has to finish; a milestone at the end of work has to by the close before."""
    if node.type != "finish-milestone":
        return at
    return end_at(clocks, node.calendar, position(clocks, node.calendar, at))


_KINDS: Final = (
    "start-no-earlier",
    "start-no-later",
    "finish-no-earlier",
    "finish-no-later",
    "must-start",
    "must-finish",
)


def ready_from(node: Node, rules: Rules) -> int:
    """Return when work on a node, or what is left of it, can begin by the rules of its schedule."""
    if rules.status is not None:
        return max(rules.starts, rules.status)
    return rules.starts if node.actual_start is None else node.actual_start


def _intended(node: Node) -> Iterable[int]:
    """Yield the last minute in which a node can leave as intended."""
    if node.intended is not None and not is_done(node):
        yield node.periods[node.intended].closes - 1


def holds(before: Node, after: Node, rules: Rules) -> bool:
    """Return whether a link holds its successor: no level of effort at either end, and the successor not beyond it."""
    if "level-of-effort" in (before.type, after.type) or (is_done(after) and rules.status is None):
        return False
    return not rules.override or (after.actual_start is None and not is_done(after))


def as_arrays(flat: Flat) -> Flat:
    """Return tables and columns as arrays, as compiled code takes them."""
    import numpy as np

    columns = {name: np.array(getattr(flat, name), dtype=np.int64) for name in Flat._fields[2:-1]}
    clocks = Clocks(*(np.array(column, dtype=np.int64) for column in flat.clocks))
    return Flat(works=_table(flat.works, Work), bonds=_table(flat.bonds, Bond), **columns, clocks=clocks)


def _table(rows: list[Work] | list[Bond], kind: type[Work | Bond]) -> NDArray[np.void]:
    """Return rows as a table with named columns."""
    import numpy as np

    names = [field.name for field in fields(kind)]
    read = attrgetter(*names)
    kinds = [(field.name, np.int8 if field.type == "bool" else np.int64) for field in fields(kind)]
    return np.array([read(row) for row in rows], dtype=np.dtype(kinds, align=True))
