"""What is left of work whose owner says when it will end: as much as fits in until then."""

from __future__ import annotations

from dataclasses import replace

from synodos.schedule.paths.critical_path import first_dates
from synodos.schedule.paths.flat import NEVER, Flat, flattened, is_done, position
from synodos.schedule.paths.walk import Dates, bound
from synodos.schedule.types import Network, Node


def as_expected(network: Network) -> Network:
    """Return a network in which tasks end when they are expected to, as far as their links let them.

    What is left of such a task is the working time from when it can begin or go on to its expected finish. Where no
    time lies between, nothing is left of a task that has begun, and one that has not keeps its duration. So Primavera
    P6 schedules with expected finish dates in use, as its stored dates show.

    Raises
    ------
    ValueError
        If activities wait for each other.
    """
    expecting = [place for place, node in enumerate(network.nodes) if _is_expected(node)]
    if not expecting:
        return network
    flat = flattened(network)
    planned = {place: flat.works[place].duration for place in expecting}
    for _ in expecting:  # each round settles at least those that no unsettled one comes before
        dates = first_dates(network, flat)
        left = {place: _left(network.nodes[place], place, flat, dates, planned[place]) for place in expecting}
        if all(flat.works[place].duration == minutes for place, minutes in left.items()):
            break
        for place, minutes in left.items():
            flat.works[place].duration = minutes
    return _with_work(network, {place: flat.works[place].duration for place in expecting})


def _is_expected(node: Node) -> bool:
    """Return whether an expected finish says what is left of a node; a mandatory finish overrules it."""
    mandatory = any(tie.type == "must-finish" for tie in node.ties)
    return node.expected_finish is not None and not is_done(node) and not mandatory


def _left(node: Node, place: int, flat: Flat, dates: Dates, planned: int) -> int:
    """Return the working minutes up to the expected finish of a node, on its calendar."""
    end = position(flat.clocks, node.calendar, NEVER if node.expected_finish is None else node.expected_finish)
    minutes = end - _goes_on(flat, dates, place)
    if minutes > 0:
        return minutes
    return planned if node.actual_start is None else 0


def _goes_on(flat: Flat, dates: Dates, place: int) -> int:
    """Return the position at which work on a node can begin, or go on, by itself and by the links to its start."""
    work = flat.works[place]
    links = () if work.mandatory else flat.into[work.into : work.into_end]
    to_start = (link for link in links if flat.bonds[link].holds and not flat.bonds[link].to_finish)
    own = position(flat.clocks, work.calendar, work.start_floor)
    return max([own, *(bound(flat, dates, link)[1] for link in to_start)])


def _with_work(network: Network, left: dict[int, int]) -> Network:
    """Return a network with so much left of some nodes, and with a note that names those of which that is new."""
    nodes = list(network.nodes)
    for place, minutes in left.items():
        node = nodes[place]
        nodes[place] = replace(
            node, remaining=minutes, duration=minutes if node.actual_start is None else node.duration
        )
    moved = [node.name for node, new in zip(network.nodes, nodes, strict=True) if node.remaining != new.remaining]
    note = f"What is left of these is not as stated, but lasts until they are expected to end: {'; '.join(moved)}."
    return replace(network, nodes=tuple(nodes), notes=(*network.notes, *([note] if moved else [])))
