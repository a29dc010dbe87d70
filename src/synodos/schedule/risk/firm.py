"""The network as a study of risk takes it: what bounds dates where anything may come late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from synodos.language import ConstraintKind, Portfolio
from synodos.schedule.networks.timing import day_end
from synodos.schedule.paths.flat import ties_of
from synodos.schedule.types import Network, Node, Tie

_AS_BOUNDS: dict[ConstraintKind, tuple[ConstraintKind, ConstraintKind]] = {
    "must-start": ("start-no-earlier", "start-no-later"),
    "must-finish": ("finish-no-earlier", "finish-no-later"),
}


def firm(network: Network, portfolio: Portfolio) -> Network:
    """Return a network in which nothing is held back by what it can do without, nor held on a date that it misses.

    A hard date bounds work on both sides, and no longer parts it from what comes before: late predecessors make it
    late. A launch is planned for the date that its mission states, unless it has a latest date of its own.
    """
    nodes = tuple(_firm(node, portfolio) for node in network.nodes)
    return replace(network, nodes=nodes, edges=tuple(edge for edge in network.edges if edge.essential))


def _firm(node: Node, portfolio: Portfolio) -> Node:
    """Return a node with bounds in place of hard dates and with its deadline; most nodes have neither."""
    ties, deadline = tuple(_bounds(node)), _deadline(node, portfolio)
    changed = ties != node.ties or deadline != node.deadline
    return replace(node, ties=ties, deadline=deadline) if changed else node


def hard_dates(network: Network) -> Iterator[tuple[int, Tie]]:
    """Yield the places of the open nodes that are tied to a hard date, with the tie."""
    for place, node in enumerate(network.nodes):
        yield from ((place, tie) for tie in ties_of(node) if tie.type in _AS_BOUNDS and tie.at is not None)


def latest_dates(node: Node) -> list[int]:
    """Return the dates that the ties of a node want its finish not to pass; those of its start if it takes no time."""
    wanted = ("finish-no-later", "must-finish", *(() if node.remaining else ("start-no-later", "must-start")))
    return [tie.at for tie in ties_of(node) if tie.at is not None and tie.type in wanted]


def _bounds(node: Node) -> Iterator[Tie]:
    """Yield the ties of a node, a hard date as one bound before and one behind."""
    for tie in node.ties:
        yield from (replace(tie, type=kind) for kind in _AS_BOUNDS.get(tie.type, (tie.type,)))


def _deadline(node: Node, portfolio: Portfolio) -> int | None:
    """Return the date that a node should not pass, for a launch without one that of its mission."""
    mission = portfolio.missions.get(node.leads_to or "") if node.type == "launch" else None
    if node.deadline is not None or mission is None or latest_dates(node):
        return node.deadline
    return None if mission.planned is None or mission.planned.stays_open else day_end(mission.planned.latest)
