"""An order in which every predecessor comes first."""

from __future__ import annotations

from collections.abc import Sequence


def grouped(ends: Sequence[int], nodes: int) -> tuple[list[int], list[int]]:
    """Return links by one of their ends: where those of each node begin, and the places of the links, in order."""
    first = [0] * (nodes + 1)
    for end in ends:
        first[end + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    at = first[:nodes]
    places = [0] * len(ends)
    for place, end in enumerate(ends):
        places[at[end]] = place
        at[end] += 1
    return first, places


def in_order(predecessors: Sequence[int], successors: Sequence[int], names: Sequence[str]) -> list[int]:
    """Return the places of the nodes in an order in which every predecessor comes first.

    Parameters
    ----------
    predecessors, successors : sequence of int, shape (links,)
        Ends of each link, as places of nodes.
    names : sequence of str, shape (nodes,)
        Name of each node, for the complaint.

    Returns
    -------
    list of int
        Places; those that wait for nothing first, in their own order.

    Raises
    ------
    ValueError
        If nodes wait for each other; it names a loop.

    Notes
    -----
    A. B. Kahn, "Topological sorting of large networks", Communications of the ACM 5 (1962), 558-562.
    """
    first, links = grouped(predecessors, len(names))
    waits = [0] * len(names)
    for node in successors:
        waits[node] += 1
    order = [node for node, count in enumerate(waits) if not count]
    for node in order:  # grows while it is read
        for place in range(first[node], first[node + 1]):
            after = successors[links[place]]
            waits[after] -= 1
            if not waits[after]:
                order.append(after)
    if len(order) < len(names):
        raise ValueError(loop_found(predecessors, successors, waits, names))
    return order


def loop_found(
    predecessors: Sequence[int], successors: Sequence[int], waits: Sequence[int], names: Sequence[str]
) -> str:
    """Return the complaint about one loop among the nodes that still wait."""
    before = {after: node for node, after in zip(predecessors, successors, strict=True) if waits[node] and waits[after]}
    chain = [next(iter(before))]
    while (node := before[chain[-1]]) not in chain:
        chain.append(node)
    loop = [*chain[chain.index(node) :], node][::-1]
    return f"schedule.cycle: these activities wait for each other: {' → '.join(names[place] for place in loop)}"
