"""The passes through very large plain networks: links from finish to start, one calendar, nothing tied to a date.

The links are laid out once, as a `Topology`: nodes by level, each with two neighbours on either side, as most have, so
that the inner loops are short and without branches; further links stand apart. A change of durations then needs only
the passes. The pass backward is the same kernel on the reversed order: memory is read ahead of a loop that runs upward,
and what it looks up was written just before. The kernels run as plain Python on small networks and compiled on large
ones, with the same result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.paths.compiling import SMALL, compiled
from synodos.schedule.paths.order import loop_found

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
    ends = (tail.astype(np.uint32, copy=False), head.astype(np.uint32, copy=False))
    first, follows, waits = np.zeros(nodes + 1, np.int32), np.zeros(len(tail), np.uint32), np.zeros(nodes, np.int32)
    _run(group, nodes, *ends, first, follows, waits)
    order, levels = np.zeros(nodes + 1, np.uint32), np.zeros(nodes + 1, np.int64)
    later, near = np.zeros(nodes + 1, np.int32), np.zeros(len(tail), np.uint32)
    begins, count = np.zeros(nodes, np.int32), np.zeros(1, np.int64)
    _run(sort_levels, nodes, first, follows, waits, order, levels, later, near, begins, count)
    levels, order = levels[: int(count[0]) + 1], order[:nodes]
    if levels[-1] < nodes:
        names = [str(node) for node in range(nodes)]
        raise ValueError(loop_found(tail.tolist(), head.tolist(), waits.tolist(), names))
    sooner, back = np.zeros(nodes + 1, np.int32), np.zeros(len(tail), np.uint32)
    _run(renumber, nodes, order, np.zeros(nodes, np.uint32), near)
    _run(turn, nodes, later, near, sooner, back)
    reverse = np.uint32(max(0, nodes - 1)) - near[::-1]
    after = _side(nodes - levels[::-1], np.int32(len(near)) - later[::-1], reverse)
    return Topology(order, _side(levels, sooner, back), after)


def _side(levels: Integers, first: Integers, others: Integers) -> Side:
    """Return the neighbours of each node, of which those of each node stand together."""
    nodes = len(first) - 1
    one, other = np.full(nodes, nodes, np.uint32), np.full(nodes, nodes, np.uint32)
    further = int(np.maximum(np.diff(first) - 2, 0).sum())
    of, more, over = np.zeros(further, np.uint32), np.zeros(further, np.uint32), np.zeros(len(levels), np.uint64)
    levels = levels.astype(np.uint64)
    _run(split, nodes, levels, first, others, one, other, of, more, over)
    return Side(levels, one, other, of, more, over)


def float_passes(layout: Topology, duration: Integers) -> Floats:
    """Return early and late finishes and free floats.

    Parameters
    ----------
    layout : Topology
        The links.
    duration : ndarray of integers, shape (nodes,)
        Duration of each node in the order of the layout, `all_durations[layout.order]`; none negative.

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
    start, early, rest, total, soon = (np.zeros(nodes + 1, duration.dtype) for _ in range(5))
    _run(longest, nodes, *layout.before.columns, duration, start[:nodes][::-1], early)
    finish = int(early.max())
    start[nodes] = finish
    _run(longest, nodes, *layout.after.columns, np.ascontiguousarray(duration[::-1]), rest[:nodes][::-1], total)
    _run(soonest, nodes, *layout.after.columns, start, soon)
    early, free = early[:nodes], soon[:nodes][::-1]
    free -= early
    return Floats(early, np.subtract(finish, rest, out=rest)[:nodes], free, finish)


def _run(kernel: Callable[..., None], nodes: int, *given: Integers) -> None:
    """Run a kernel that fills arrays: as plain Python on lists if there are few nodes, else compiled."""
    if nodes > SMALL:
        compiled(kernel)(*given)
        return
    lists = [array.tolist() for array in given]
    kernel(*lists)
    for array, values in zip(given, lists, strict=True):
        array[:] = values


def group(tail: Line, head: Line, first: Line, follows: Line, waits: Line) -> None:
    """Fill where the links of each node begin, their other ends, and how many links lead to each node."""
    for link in range(len(tail)):
        first[tail[link]] += 1
        waits[head[link]] += 1
    end = 0
    for node in range(len(waits)):
        end += first[node]
        first[node] = end
    first[len(waits)] = end
    for link in range(len(tail)):
        node = tail[link]
        first[node] -= 1
        follows[first[node]] = head[link]


def sort_levels(  # noqa: PLR0913, PLR0917 - columns
    first: Line,
    follows: Line,
    waits: Line,
    order: Line,
    levels: Line,
    later: Line,
    near: Line,
    begins: Line,
    count: Line,
) -> None:
    """Fill the order by level, where the levels begin, and the successors of each node in this order.

    A level is worked through in steps without branches, so that the reads from all over memory overlap; `order` has
    room for one more, `begins` is room to work in, and `count` gets the number of levels.
    """
    end, begin, found = 0, 0, 0
    for node in range(len(waits)):
        order[end] = node
        end += waits[node] == 0
    while begin < end:
        last, before = end, found
        for place in range(begin, last):
            node = order[place]
            begins[place] = first[node]
            later[place + 1] = first[node + 1]
        for place in range(begin, last):
            for link in range(begins[place], later[place + 1]):
                near[found] = follows[link]
                found += 1
            later[place + 1] = found
        for link in range(before, found):
            after = near[link]
            waits[after] -= 1
            order[end] = after
            end += waits[after] == 0
        begin = last
        count[0] += 1
        levels[count[0]] = begin


def renumber(order: Line, rank: Line, near: Line) -> None:
    """Turn nodes into their places in the order; `rank` is room to work in."""
    for place in range(len(order)):
        rank[order[place]] = place
    for link in range(len(near)):
        near[link] = rank[near[link]]


def turn(later: Line, near: Line, sooner: Line, back: Line) -> None:
    """Fill the predecessors of each node, and where those of each begin, given the successors."""
    for link in range(len(near)):
        sooner[near[link]] += 1
    end = 0
    for place in range(len(sooner)):
        end += sooner[place]
        sooner[place] = end
    for place in range(len(later) - 1):
        for link in range(later[place], later[place + 1]):
            after = near[link]
            sooner[after] -= 1
            back[sooner[after]] = place


def split(  # noqa: PLR0913, PLR0917 - columns
    levels: Line, first: Line, others: Line, one: Line, other: Line, of: Line, more: Line, over: Line
) -> None:
    """Fill two neighbours of each node, and the further ones by level."""
    end = 0
    for level in range(len(levels) - 1):
        for node in range(levels[level], levels[level + 1]):
            begin, count = first[node], first[node + 1] - first[node]
            if count > 0:
                one[node] = others[begin]
            if count > 1:
                other[node] = others[begin + 1]
            for link in range(begin + 2, begin + count):
                of[end] = node
                more[end] = others[link]
                end += 1
        over[level + 1] = end


def longest(  # noqa: PLR0913, PLR0917 - columns
    levels: Line, one: Line, other: Line, of: Line, more: Line, over: Line, duration: Line, start: Line, finish: Line
) -> None:
    """Fill the longest chain up to start and finish of each node; a neighbour that is none has the finish 0."""
    for level in range(len(levels) - 1):
        for node in range(levels[level], levels[level + 1]):
            at = max(finish[one[node]], finish[other[node]])
            start[node] = at
            finish[node] = at + duration[node]
        for link in range(over[level], over[level + 1]):
            node = of[link]
            at = max(start[node], finish[more[link]])
            start[node] = at
            finish[node] = at + duration[node]


def soonest(  # noqa: PLR0913, PLR0917 - columns
    levels: Line, one: Line, other: Line, of: Line, more: Line, over: Line, start: Line, soon: Line
) -> None:
    """Fill the first start among the neighbours of each node; a neighbour that is none starts at the end."""
    for level in range(len(levels) - 1):
        for node in range(levels[level], levels[level + 1]):
            soon[node] = min(start[one[node]], start[other[node]])
        for link in range(over[level], over[level + 1]):
            node = of[link]
            soon[node] = min(soon[node], start[more[link]])
