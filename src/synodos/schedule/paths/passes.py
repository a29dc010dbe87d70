"""The passes through very large plain networks: links from finish to start, one calendar, nothing tied to a date.

The links are laid out once, as a `Topology`: nodes by level, each with two neighbours on either side, as most have, so
that the inner loops are short and without branches; further links stand apart. A change of durations then needs only
the passes. The pass backward runs through the reversed order: memory is read ahead of a loop that runs upward, and what
it looks up was written just before. The kernels run as plain Python on small networks and compiled on large ones, with
the same result. Columns that live together are rows of one array, which the system then backs with few large pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.paths.compiling import SMALL, compiled
from synodos.schedule.paths.order import loop_found

NEAR_BITS: Final = 12
"""Nodes with near numbers differ in these lowest bits alone: what is counted for them stays near the processor."""
NEAR: Final = 2**17
"""Nodes beyond which it pays to bring links together first by the nodes that they lead from."""
Integers = NDArray[np.integer[Any]]
Line = Any
"""A list of numbers in plain Python, an array of them in compiled code."""


@dataclass(frozen=True, slots=True)
class Side:
    """The neighbours of each node on one side of its links.

    Attributes
    ----------
    levels : ndarray of uint64, shape (levels + 1,)
        Where each level begins.
    one, other : ndarray of uint32, shape (nodes,)
        Two neighbours of each node, as places in the order; the number of nodes itself where there is none.
    of, more : ndarray of uint32, shape (further links,)
        Node and neighbour of each further link, by the level of the node.
    first : ndarray of uint64, shape (levels + 1,)
        Where the further links of each level begin.
    """

    levels: Integers
    one: Integers
    other: Integers
    of: Integers
    more: Integers
    first: Integers

    @property
    def columns(self) -> tuple[Integers, ...]:
        """All columns, as the kernels take them."""
        return self.levels, self.one, self.other, self.of, self.more, self.first


@dataclass(frozen=True, slots=True)
class Topology:
    """The links of a network, laid out for the passes.

    Attributes
    ----------
    order : ndarray of uint32, shape (nodes,)
        Original number of each node, by level, so predecessors first; in this order all columns stand.
    before, after : Side
        Predecessors in this order, and successors in the reversed one, in which the last node is number 0.
    """

    order: Integers
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Floats:
    """What the passes find, in the unit of the durations, from the start of the network at 0.

    Attributes
    ----------
    early_finish, late_finish, free_float : ndarray, shape (nodes,)
        Late dates count from the last early finish; free float reaches to the next early start, or to the finish.
    finish : int
        Last early finish.
    """

    early_finish: Integers
    late_finish: Integers
    free_float: Integers
    finish: int

    @property
    def total_float(self) -> Integers:
        """Total float of each node."""
        return self.late_finish - self.early_finish


def topology(predecessors: Integers, successors: Integers, nodes: int) -> Topology:
    """Return the links of a network laid out for the passes.

    Parameters
    ----------
    predecessors, successors : ndarray of integers, shape (links,)
        Ends of each link, as numbers from 0 to below `nodes`.
    nodes : int
        How many nodes there are.

    Returns
    -------
    Topology
        The layout; time grows with the number of nodes and links.

    Raises
    ------
    ValueError
        If the columns differ in length, an end is no node, or nodes wait for each other.
    """
    tail, head = np.ascontiguousarray(predecessors), np.ascontiguousarray(successors)
    if len(tail) != len(head) or (len(tail) and not min(tail.min(), head.min()) >= 0):
        message = "passes: as many predecessors as successors, none below 0"
        raise ValueError(message)
    if len(tail) and max(tail.max(), head.max()) >= nodes:
        message = f"passes: a link names node {max(tail.max(), head.max())}, and there are {nodes}"
        raise ValueError(message)
    ends: tuple[Integers, Integers] = (tail.astype(np.uint32, copy=False), head.astype(np.uint32, copy=False))
    # Fresh memory is slow: what was counted in, and what links were brought together in, is filled again.
    order, later = np.zeros((2, nodes + 1), np.uint32)
    source, near, target = np.empty((3, len(tail) + 3), np.uint32)
    if nodes > NEAR:
        ends = _brought_together(nodes, *ends, source[: len(tail)], near[: len(tail)])
    table, follows = np.empty(4 * nodes, np.uint32), np.zeros(len(tail) + 1, np.uint32)
    _run(group, nodes, *ends, order[:nodes], later[:nodes], table, follows)
    source[0], near[0] = nodes, 0
    before, after = _room(nodes, len(tail)), _room(nodes, len(tail))
    levels = _run(sort_levels, nodes, table, follows, order, later, source, near, target, *before)
    if before[0][levels] < nodes:
        names = [str(node) for node in range(nodes)]
        raise ValueError(loop_found(tail.tolist(), head.tolist(), table[::4].tolist(), names))
    _run(turn, nodes, before[0][: levels + 1], later, target, *after)
    return Topology(order[:nodes], _side(levels, *before), _side(levels, *after))


def _brought_together(nodes: int, *ends: Integers) -> tuple[Integers, Integers]:
    """Return the ends of links in an order in which those from nodes with near numbers stand together.

    Given are tails and heads, and as much room for both.
    """
    tail, head, near_tail, near_head = ends
    places = np.zeros((nodes >> NEAR_BITS) + 1, np.uint32)
    _run(bring_together, nodes, tail, head, places, near_tail, near_head)
    return near_tail, near_head


def _room(nodes: int, links: int) -> tuple[Integers, ...]:
    """Return room for the columns of a side."""
    levels, first = np.zeros((2, nodes + 1), np.int64)
    return levels, *np.empty((2, nodes), np.uint32), *np.empty((2, links), np.uint32), first


def _side(
    count: int, levels: Integers, one: Integers, other: Integers, of: Integers, more: Integers, first: Integers
) -> Side:
    """Return a side of so many levels; room that was never filled takes up no memory."""
    levels, first = levels[: count + 1].astype(np.uint64), first[: count + 1].astype(np.uint64)
    further = int(first[-1])
    return Side(levels, one, other, of[:further], more[:further], first)


def float_passes(layout: Topology, duration: Integers) -> Floats:
    """Return early and late finishes and free floats.

    Parameters
    ----------
    layout : Topology
        The links.
    duration : ndarray of integers, shape (nodes,)
        Duration of each node in the order of the layout, `all_durations.take(layout.order)`; none negative.

    Returns
    -------
    Floats
        In the same order: 32-bit numbers where the longest chain cannot exceed them, else 64-bit ones.

    Raises
    ------
    ValueError
        If the durations are not as many as the nodes.

    Notes
    -----
    J. E. Kelley and M. R. Walker, "Critical-path planning and scheduling", Proceedings of the Eastern Joint Computer
    Conference (1959), 160-173.
    """
    if len(duration) != len(layout.order):
        message = f"passes: {len(layout.order)} nodes and {len(duration)} durations"
        raise ValueError(message)
    nodes, levels = len(duration), layout.before.levels
    fits = len(levels) * int(duration.max(initial=0)) < 2**31
    duration = np.ascontiguousarray(duration, dtype=np.int32 if fits else np.int64)
    early, late, free = np.empty((3, nodes + 1), duration.dtype)
    start, rest = np.empty((2, nodes + 1), duration.dtype)
    early[nodes] = 0
    _run(longest, nodes, *layout.before.columns, duration, start[:nodes][::-1], early)
    finish = int(early.max())
    start[nodes] = rest[nodes] = finish
    early, late, free = early[:nodes], late[:nodes], free[:nodes]
    _run(spare, nodes, *layout.after.columns, duration[::-1], start, rest, late, free)
    return Floats(early, late[::-1], free[::-1], finish)


def _run(kernel: Callable[..., Any], nodes: int, *given: Integers) -> Any:  # noqa: ANN401 - what the kernel returns
    """Run a kernel that fills arrays: as plain Python on lists if there are few nodes, else compiled."""
    if nodes > SMALL:
        return compiled(kernel)(*given)
    lists = [array.tolist() for array in given]
    found = kernel(*lists)
    for array, values in zip(given, lists, strict=True):
        array[:] = values
    return found


def bring_together(tail: Line, head: Line, places: Line, new_tail: Line, new_head: Line) -> None:
    """Fill the ends of links by the upper bits of the first end; `places` is room to count in."""
    for link in range(len(tail)):
        places[tail[link] >> NEAR_BITS] += 1
    end = 0
    for bucket in range(len(places)):
        end, places[bucket] = end + places[bucket], end
    for link in range(len(tail)):
        place = places[tail[link] >> NEAR_BITS]
        places[tail[link] >> NEAR_BITS] = place + 1
        new_tail[place], new_head[place] = tail[link], head[link]


def group(tail: Line, head: Line, first: Line, waits: Line, table: Line, follows: Line) -> None:
    """Fill the successors of each node, and a table of what is looked up together.

    It has four numbers for each node: how many links lead to it that have not been followed, where its successors begin
    and end, and the last link to it that has been followed, or 0. `first` and `waits` are room to count in, small
    enough to stay near the processor.
    """
    for link in range(len(tail)):
        first[tail[link]] += 1
    for link in range(len(head)):
        waits[head[link]] += 1
    end = 0
    for node in range(len(first)):
        end += first[node]
        first[node] = table[4 * node + 2] = end
        table[4 * node], table[4 * node + 3] = waits[node], 0
    for link in range(len(tail)):
        place = first[tail[link]] - 1
        first[tail[link]] = place
        follows[place] = head[link]
    for node in range(len(first)):
        table[4 * node + 1] = first[node]


def sort_levels(  # noqa: PLR0913, PLR0917 - columns
    table: Line,
    follows: Line,
    order: Line,
    later: Line,
    source: Line,
    near: Line,
    target: Line,
    levels: Line,
    one: Line,
    other: Line,
    of: Line,
    more: Line,
    first: Line,
) -> int:
    """Fill the order by level and the predecessors of each node in it; return the number of levels.

    Links get numbers from 1 on as they are followed: those from a place begin with `later`, `source` and `target` are
    their ends, and `near` is the one followed before to the same node, until then the node. `source` ends the chain.
    What lies all over memory is first read in short loops, so that many reads overlap.
    """
    begin, end, found, further, level = 0, 0, 1, 0, 0
    for node in range(len(one)):
        order[end] = node
        end += table[4 * node] == 0
    while begin < end:
        last, before = end, found
        for place in range(begin, last):
            other[place] = follows[table[4 * order[place] + 1]]
        for place in range(begin, last):
            node = 4 * order[place]
            link = table[node + 3]
            one[place], target[link], link = source[link], place, near[link]
            other[place], target[link], link = source[link], place, near[link]
            while link != 0:
                of[further], more[further], target[link], link = place, source[link], place, near[link]
                further += 1
            later[place] = found
            for after in range(table[node + 1], table[node + 2]):
                source[found], near[found] = place, follows[after]
                found += 1
        for link in range(before, found):
            target[link] = table[4 * near[link]]
        for link in range(before, found):
            after = near[link]
            node = 4 * after
            waits = table[node] - 1
            table[node], near[link], table[node + 3] = waits, table[node + 3], link
            order[end] = after
            end += waits == 0
        begin = last
        level += 1
        levels[level], first[level] = begin, further
    later[begin] = found
    return level


def turn(  # noqa: PLR0913, PLR0917 - columns
    before: Line,
    later: Line,
    target: Line,
    levels: Line,
    one: Line,
    other: Line,
    of: Line,
    more: Line,
    first: Line,
) -> None:
    """Fill the successors of each node, all numbered from the end, given the levels `before` turning."""
    nodes, further = len(one), 0
    for level in range(len(before) - 1):
        levels[level + 1] = nodes - before[len(before) - 2 - level]
        for node in range(levels[level], levels[level + 1]):
            begin, end = later[nodes - 1 - node], later[nodes - node]
            nearest, second = nodes - 1 - target[begin], nodes - 1 - target[begin + 1]
            one[node] = nearest if end > begin else nodes
            other[node] = second if end > begin + 1 else nodes
            for link in range(begin + 2, end):
                of[further], more[further] = node, nodes - 1 - target[link]
                further += 1
        first[level + 1] = further


def longest(  # noqa: PLR0913, PLR0917 - columns
    levels: Line, one: Line, other: Line, of: Line, more: Line, first: Line, duration: Line, start: Line, finish: Line
) -> None:
    """Fill early start and finish of each node; a neighbour that is none has the finish 0."""
    for level in range(len(levels) - 1):
        for node in range(levels[level], levels[level + 1]):
            at = max(finish[one[node]], finish[other[node]])
            start[node] = at
            finish[node] = at + duration[node]
        for link in range(first[level], first[level + 1]):
            node = of[link]
            at = max(start[node], finish[more[link]])
            start[node] = at
            finish[node] = at + duration[node]


def spare(  # noqa: PLR0913, PLR0917 - columns
    levels: Line,
    one: Line,
    other: Line,
    of: Line,
    more: Line,
    first: Line,
    duration: Line,
    start: Line,
    rest: Line,
    late: Line,
    free: Line,
) -> None:
    """Fill late start (`rest`) and finish, and free float, of each node; a neighbour that is none starts at the end."""
    for level in range(len(levels) - 1):
        for node in range(levels[level], levels[level + 1]):
            nearest, second = one[node], other[node]
            at = min(rest[nearest], rest[second])
            late[node] = at
            rest[node] = at - duration[node]
            free[node] = min(start[nearest], start[second]) - start[node] - duration[node]
        for link in range(first[level], first[level + 1]):
            node, after = of[link], more[link]
            late[node] = min(late[node], rest[after])
            rest[node] = late[node] - duration[node]
            free[node] = min(free[node], start[after] - start[node] - duration[node])
