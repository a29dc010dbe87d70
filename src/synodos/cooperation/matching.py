"""Where needs meet supplies: an exact join on a tree of capabilities, a body and a stretch of days.

Two closed stretches of days share a day in exactly one of two cases: the second starts within the first, or the
first starts within the second but not on its first day. In a list that is sorted by capability, body and start, each
case is one unbroken run, whose ends two binary searches find. So no pair is looked at that does not match.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # NumPy is slow to import, and the room's other questions do without it
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

ANYWHERE = -1
"""Body of a claim that holds at any body."""
MOST_KEYS = 2**62


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree whose nodes are numbered from each node down, so that a subtree is an unbroken run of numbers.

    Attributes
    ----------
    ids : tuple of str
        Names of the nodes, by number.
    number : mapping of str to int
        Number of each node.
    parent : array of int64
        Number of the node above each; -1 at a root.
    end : array of int64
        One more than the highest number below each node.
    """

    ids: tuple[str, ...]
    number: Mapping[str, int]
    parent: Integers
    end: Integers

    @classmethod
    def of(cls, parents: Mapping[str, str | None]) -> Tree:
        """Return the tree in which each name stands below its parent; without a known parent it is a root."""
        import numpy as np

        children: dict[str | None, list[str]] = {}
        for name, above in parents.items():
            children.setdefault(above if above in parents else None, []).append(name)
        ids: list[str] = []
        pending = children.get(None, [])[::-1]
        while pending:
            ids.append(pending.pop())
            pending.extend(reversed(children.get(ids[-1], ())))
        number = {name: position for position, name in enumerate(ids)}
        parent = np.array([number.get(parents[name] or "", -1) for name in ids], dtype=np.int64)
        end = np.arange(1, len(ids) + 1)
        for node in range(len(ids) - 1, -1, -1):  # from the leaves up
            if parent[node] >= 0:
                end[parent[node]] = max(end[parent[node]], end[node])
        return cls(tuple(ids), number, parent, end)


@dataclass(frozen=True, slots=True)
class Claims:
    """Needs or supplies as columns of equal length.

    Attributes
    ----------
    node : array of int64
        Number of the capability in the tree.
    body : array of int64
        Code of the body, 0 or more, or `ANYWHERE`.
    start, end : array of int64
        First and last day; any integers that order days, so an open end is a day far off.
    """

    node: Integers
    body: Integers
    start: Integers
    end: Integers

    def __len__(self) -> int:
        return len(self.node)


def matches(tree: Tree, needs: Claims, supplies: Claims) -> tuple[Integers, Integers]:
    """Return every pair of a need and a supply that meets it.

    A supply meets a need if its capability is the one needed or stands below it, the body is the same or one of the
    two holds anywhere, and their days share at least one.

    Parameters
    ----------
    tree : Tree
        The capabilities.
    needs, supplies : Claims
        What is sought and what there is.

    Returns
    -------
    two arrays of int64
        Positions of the need and of the supply of each pair, ordered by need, then by supply.

    Raises
    ------
    ValueError
        If columns differ in length, a node is not in the tree, a stretch ends before it starts, or days lie so far
        apart that node, body and day do not fit in 62 bits.

    Notes
    -----
    Time grows as n log n with the number of claims, times the depth of the tree, plus the number of pairs.
    """
    import numpy as np

    _check(tree, needs)
    _check(tree, supplies)
    if not len(needs) or not len(supplies):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    span = _span(needs, supplies)
    slots = 2 + max(int(needs.body.max()), int(supplies.body.max()))  # slot 0: supplies that hold anywhere
    if len(tree.ids) * slots * (span[1] - span[0] + 2) > MOST_KEYS:
        message = f"claims: {len(tree.ids)} nodes, {slots - 1} bodies and the days stated do not fit in one number"
        raise ValueError(message)
    need, slot = _looks(needs.body, supplies.body, slots)
    supply, node = _below_needs(tree, needs.node, supplies.node)
    need_first, need_last = _keys(needs.node[need] * slots + slot, need, needs, span)
    supply_first, supply_last = _keys(node * slots + supplies.body[supply] + 1, supply, supplies, span)
    need_a, supply_a = _runs(need_first, need_last, supply_first)
    supply_b, need_b = _runs(supply_first + 1, supply_last, need_first)
    pairs = np.concatenate((need[need_a], need[need_b])) * len(supplies)
    pairs += np.concatenate((supply[supply_a], supply[supply_b]))
    pairs.sort()
    return np.divmod(pairs, len(supplies))


def _check(tree: Tree, claims: Claims) -> None:
    """Raise ValueError where claims are no well-formed columns."""
    if len({len(claims.node), len(claims.body), len(claims.start), len(claims.end)}) > 1:
        message = "claims: the columns differ in length"
        raise ValueError(message)
    if len(claims) and not 0 <= claims.node.min() <= claims.node.max() < len(tree.ids):
        message = f"claims: a node is not in the tree of {len(tree.ids)} nodes"
        raise ValueError(message)
    if (claims.start > claims.end).any():
        message = "claims: a stretch of days ends before it starts"
        raise ValueError(message)


def _looks(wanted: Integers, given: Integers, slots: int) -> tuple[Integers, Integers]:
    """Return which need looks into which slot: its own body's and that of supplies that hold anywhere."""
    import numpy as np

    everywhere = np.flatnonzero(wanted == ANYWHERE)
    somewhere = np.flatnonzero(wanted != ANYWHERE)
    common = somewhere if (given == ANYWHERE).any() else somewhere[:0]
    need = np.concatenate((somewhere, common, np.repeat(everywhere, slots)))
    slot = np.concatenate((wanted[somewhere] + 1, np.zeros_like(common), np.tile(np.arange(slots), len(everywhere))))
    return need, slot


def _below_needs(tree: Tree, wanted: Integers, given: Integers) -> tuple[Integers, Integers]:
    """Return each supply beside every node at or above its own at which a need stands."""
    import numpy as np

    asked = np.zeros(len(tree.ids), dtype=bool)
    asked[wanted] = True
    steps = list(_upwards(tree, given, asked))
    return np.concatenate([rows for rows, _ in steps]), np.concatenate([nodes for _, nodes in steps])


def _upwards(tree: Tree, nodes: Integers, asked: NDArray[np.bool_]) -> Iterator[tuple[Integers, Integers]]:
    """Yield, step by step up the tree, the rows that stand at a node that is asked for, and that node."""
    import numpy as np

    rows = np.arange(len(nodes))
    while len(rows):
        hit = asked[nodes]
        yield rows[hit], nodes[hit]
        nodes = tree.parent[nodes]
        rows, nodes = rows[nodes >= 0], nodes[nodes >= 0]


def _span(needs: Claims, supplies: Claims) -> tuple[int, int]:
    """Return the days between which it matters when a stretch starts or ends.

    All stretches have begun on the day of the last start, and none has ended before the day of the first end; so
    what lies beyond these two, an open end for one, can be cut without gaining or losing a pair.
    """
    low = min(int(needs.end.min()), int(supplies.end.min()))
    return low, max(low, int(needs.start.max()), int(supplies.start.max()))


def _keys(cell: Integers, row: Integers, claims: Claims, span: tuple[int, int]) -> tuple[Integers, Integers]:
    """Return cell and first day as one number, and likewise the cell and the day after the last."""
    low, high = span
    base = cell * (high - low + 2) - low
    return base + claims.start[row].clip(low, high), base + claims.end[row].clip(low, high) + 1


def _runs(low: Integers, high: Integers, keys: Integers) -> tuple[Integers, Integers]:
    """Return each query beside every key in its half-open range."""
    import numpy as np

    query = np.argsort(low)  # searches in order stay close to each other, which is several times faster
    order = np.argsort(keys)
    ordered = keys[order]
    begin = np.searchsorted(ordered, low[query])
    count = np.searchsorted(ordered, high[query]) - begin
    before = np.cumsum(count) - count
    within = np.arange(int(count.sum())) - np.repeat(before - begin, count)
    return np.repeat(query, count), order[within]
