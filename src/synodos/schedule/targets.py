"""What a question is about: an activity, or the last one that leads to a mission or an element."""

from __future__ import annotations

from synodos.language import nearest, shown
from synodos.schedule.types import Network


def target_place(network: Network, target: str) -> int:
    """Return the place of the node that is meant by the id of an activity, or by what it leads to.

    For a mission that is its launch; without one, as for an element, the last activity that leads to it.

    Raises
    ------
    ValueError
        If the network has neither.
    """
    if target in network.place:
        return network.place[target]
    leading = [place for place, node in enumerate(network.nodes) if node.leads_to == target]
    launches = [place for place in leading if network.nodes[place].type == "launch"]
    inside = set(leading)
    last = [at for at in leading if inside.isdisjoint(network.edges[link].successor for link in network.out_of[at])]
    if found := launches or last:
        return found[-1]
    near = nearest(target, [*network.place, *(node.leads_to for node in network.nodes if node.leads_to)])
    told = f"; nearest: {near}" if near else ""
    message = f"schedule.target: the network has no activity, mission or element {shown(target)}{told}"
    raise ValueError(message)
