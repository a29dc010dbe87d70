"""Chains of activities: back along what drives a date, and on along what it holds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from synodos.schedule.paths.flat import holds, ties_of
from synodos.schedule.questions.lengths import lag_left, moved, worked
from synodos.schedule.types import CriticalPath, Edge

OPEN_ENDED: Final = "level-of-effort"
"""Type of the nodes that drive nothing."""
MOST_CHAINS: Final = 64
"""Chains of the same length that are looked at."""
MANDATORY: Final = ("must-start", "must-finish")
"""Types of the ties that overrule links."""
_Trail = tuple[int, int | None, Any]
"""A node, the link that leads on from it, and the trail from there; chains share what they have in common."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Activities that follow each other.

    Attributes
    ----------
    places : tuple of int
        Places of the nodes in their network, in the order of the chain.
    links : tuple of int
        Places in `edges` of the links between them; one fewer than nodes.
    """

    places: tuple[int, ...]
    links: tuple[int, ...]


def last_place(path: CriticalPath) -> int | None:
    """Return the node whose finish counts: the target, or else the one that finishes last; None: nothing does."""
    if path.target is not None:
        return path.target
    nodes = path.network.nodes
    ending = [
        place
        for place in path.order
        if int(path.early_finish[place]) == path.finish and nodes[place].type != OPEN_ENDED
    ]
    return min(
        ending,
        key=lambda place: (not path.on_longest_path[place], nodes[place].duration > 0, nodes[place].id),
        default=None,
    )


def longest_chains(path: CriticalPath) -> Iterator[tuple[float, Chain]]:
    """Yield the chains that drive the finish, each with its part: where several links drive, each has an equal one.

    A node that is held at its finish, and would finish then by its own work in any case, begins a chain as well. The
    first is that of `chain_to` to `last_place`. No more than `MOST_CHAINS` come.
    """
    last = last_place(path)
    if last is None:
        return
    ends = [last, *(place for place in _ends(path) if place != last)]
    pending: list[tuple[float, _Trail, bool]] = [
        (1 / len(ends), (place, None, None), False) for place in reversed(ends)
    ]
    found = 0
    while pending and found < MOST_CHAINS:
        part, trail, begun = pending.pop()
        place = trail[0]
        links = () if begun else drivers(path, place)
        if not links:
            found += 1
            yield part, _chain(trail)
            continue
        alone = _lasts_as_long(path, place, links)
        part /= len(links) + alone
        if alone:
            pending.append((part, trail, True))
        before = ((path.network.edges[link].predecessor, link, trail) for link in reversed(links))
        pending.extend((part, one, False) for one in before)


def _chain(trail: _Trail | None) -> Chain:
    """Return the chain that a trail is."""
    places, links = list[int](), list[int]()
    while trail is not None:
        place, link, trail = trail
        places.append(place)
        if link is not None:
            links.append(link)
    return Chain(tuple(places), tuple(links))


def _lasts_as_long(path: CriticalPath, place: int, links: tuple[int, ...]) -> bool:
    """Return whether a node that links hold, though no finish holds its start, would finish then without them."""
    node, held = path.network.nodes[place], path.held_by[place]
    if not node.remaining or held is None or held == "as late as possible":
        return False
    return all(path.network.edges[link].type != "finish-start" for link in links)


def _ends(path: CriticalPath) -> list[int]:
    """Return the nodes on the longest path at which it ends."""
    if path.target is not None:
        return [path.target]
    goes_on = {path.network.edges[link].predecessor for links in path.driving for link in links}
    return [
        p for p in path.order if path.on_longest_path[p] and path.early_finish[p] == path.finish and p not in goes_on
    ]


def chain_to(path: CriticalPath, place: int) -> Chain:
    """Return the chain that drives a node, from what starts it to the node itself.

    Where several links drive a node, the one from the longest path counts, then the one with the least total float.
    """
    places, links = [place], list[int]()
    while (link := driver(path, places[-1])) is not None:
        links.append(link)
        places.append(path.network.edges[link].predecessor)
    return Chain(tuple(reversed(places)), tuple(reversed(links)))


def driver(path: CriticalPath, place: int) -> int | None:
    """Return the place of the link that sets the early dates of a node; None: no link does."""
    return next(iter(drivers(path, place)), None)


def drivers(path: CriticalPath, place: int) -> tuple[int, ...]:
    """Return the places of the links that set the early dates of a node, the preferred one first.

    A launch that waits for a launch period is taken to be driven by what made it ready last: that decides which period
    it meets.
    """
    network = path.network
    if driving := _driving(path, place):
        ranked = sorted(driving, key=lambda link: _preference(path, network.edges[link].predecessor))
        longest = [link for link in ranked if path.on_longest_path[network.edges[link].predecessor]]
        return tuple(longest or ranked)
    node = network.nodes[place]
    if not node.periods or node.actual_start is not None or node.actual_finish is not None:
        return ()
    ready = [link for link in network.into[place] if network.nodes[network.edges[link].predecessor].type != OPEN_ENDED]
    latest = max((asked_at(path, network.edges[link]) for link in ready), default=0)
    found = [link for link in ready if asked_at(path, network.edges[link]) == latest]
    return tuple(sorted(found, key=lambda link: _preference(path, network.edges[link].predecessor)))


def _driving(path: CriticalPath, place: int) -> list[int]:
    """Return the links that drive a node; what is done drives no work that has begun."""
    nodes, edges = path.network.nodes, path.network.edges
    begun = nodes[place].actual_start is not None
    return [link for link in path.driving[place] if not begun or nodes[edges[link].predecessor].actual_finish is None]


def _preference(path: CriticalPath, place: int) -> tuple[bool, int, str]:
    """Return the rank of a predecessor among those that drive equally."""
    return (not path.on_longest_path[place], int(path.total_float[place]), path.network.nodes[place].id)


def left_at(path: CriticalPath, edge: Edge) -> int:
    """Return the early moment of the end of the predecessor that a link hangs on."""
    starts = edge.type.startswith("start")
    return int((path.early_start if starts else path.early_finish)[edge.predecessor])


def asked_at(path: CriticalPath, edge: Edge) -> int:
    """Return the early moment before which a link does not let the end of its successor be: it counts the lag."""
    return moved(path.network, edge.calendar, left_at(path, edge), edge.lag)


def entered_at(path: CriticalPath, edge: Edge) -> int:
    """Return the early moment of the end of the successor that a link holds."""
    starts = edge.type.endswith("start")
    return int((path.early_start if starts else path.early_finish)[edge.successor])


def chain_from(path: CriticalPath, place: int) -> Chain:
    """Return the chain that a node holds up, from the node to where its late dates come from.

    It follows at each node the link that bounds its late dates, and ends at the node that a date of its own bounds.
    """
    places, links = [place], list[int]()
    while (link := bounding_link(path, places[-1])) is not None:
        links.append(link)
        places.append(path.network.edges[link].successor)
    return Chain(tuple(places), tuple(links))


def bounding_link(path: CriticalPath, place: int) -> int | None:
    """Return the place of the link that sets the late dates of a node; None: a date does, or the finish of everything.

    It is the link to the successor with the least total float among those that leave the node no more than it has.
    """
    network = path.network
    if any(tie.type in MANDATORY for tie in ties_of(network.nodes[place])):
        return None
    following = [link for link in network.out_of[place] if _holds(path, network.edges[link])]
    return min(following, key=lambda link: _preference(path, network.edges[link].successor), default=None)


def _holds(path: CriticalPath, edge: Edge) -> bool:
    """Return whether the late dates of the successor leave the predecessor no later date than it has."""
    network = path.network
    before, after = network.nodes[edge.predecessor], network.nodes[edge.successor]
    if not holds(before, after, network.schedules[after.schedule]):
        return False
    to_start, of_start = edge.type.endswith("start"), edge.type.startswith("start")
    if of_start and before.actual_start is not None and network.schedules[before.schedule].status is None:
        return False
    asked = _late_begin(path, edge.successor) if to_start else int(path.late_finish[edge.successor])
    own = _late_begin(path, edge.predecessor) if of_start else int(path.late_finish[edge.predecessor])
    return worked(network, before.calendar, own, moved(network, edge.calendar, asked, -lag_left(network, edge))) <= 0


def _late_begin(path: CriticalPath, place: int) -> int:
    """Return the late start of a node, or of what is left of it once it has begun."""
    node = path.network.nodes[place]
    if node.actual_start is None:
        return int(path.late_start[place])
    return moved(path.network, node.calendar, int(path.late_finish[place]), -node.remaining)
