"""One node for milestones of several schedules that are the same event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from synodos.language import WITHHELD, Activity
from synodos.schedule.networks.drafting import Draft
from synodos.schedule.types import Node


def join(draft: Draft, activities: Mapping[str, Activity]) -> dict[str, str]:
    """Put one node in place of each group of milestones that are the same event; links follow.

    Returns
    -------
    dict
        For each milestone that was joined the id of the node that stands for it.
    """
    stands_for: dict[str, str] = {}
    for group in _groups(draft, activities):
        nodes = [draft.nodes.pop(key) for key in group]
        joined = _joined(draft, nodes)
        draft.nodes[joined.id] = joined
        stands_for.update(dict.fromkeys(group, joined.id))
    moved = (
        wire._replace(
            predecessor=stands_for.get(wire.predecessor, wire.predecessor),
            successor=stands_for.get(wire.successor, wire.successor),
        )
        for wire in draft.wires
    )
    if stands_for:
        draft.wires = dict.fromkeys(moved)
    return stands_for


def _groups(draft: Draft, activities: Mapping[str, Activity]) -> Iterable[list[str]]:
    """Return the groups of milestones that are said to be one event, each in the order of the ids."""
    above: dict[str, str] = {}

    def root(key: str) -> str:
        while above.get(key, key) != key:
            above[key] = above.get(above[key], above[key])
            key = above[key]
        return key

    for activity in activities.values():
        for other in activity.same_as:
            if other not in draft.nodes:
                unseen = "is not released" if other == WITHHELD else "is missing"
                draft.note(f"These are one with an event that {unseen}, and so not joined with it", activity.name)
            elif draft.nodes[activity.id].duration or draft.nodes[other].duration:
                names = f"{activity.name} and {draft.nodes[other].name}"
                draft.note("Only milestones are joined, and one of these is work", names)
            else:
                first, second = sorted((root(activity.id), root(other)))
                above[second] = first
    members: dict[str, list[str]] = {}
    for key in sorted(above.keys() | set(above.values())):
        members.setdefault(root(key), []).append(key)
    return [group for group in members.values() if len(group) > 1]


def _joined(draft: Draft, nodes: Sequence[Node]) -> Node:
    """Return the node of an event; the milestone that names a mission speaks for it, else the first by id."""
    first = next((node for node in nodes if node.leads_to), nodes[0])
    finishes = sorted({node.actual_finish for node in nodes if node.actual_finish is not None})
    starts = [node.actual_start for node in nodes if node.actual_start is not None]
    deadlines = [node.deadline for node in nodes if node.deadline is not None]
    if len(finishes) > 1:
        draft.note("The schedules differ on when these happened, and the latest date counts", first.name)
    return replace(
        first,
        records=tuple(dict.fromkeys(record for node in (first, *nodes) for record in node.records)),
        ties=tuple(dict.fromkeys(tie for node in (first, *nodes) for tie in node.ties)),
        deadline=min(deadlines, default=None),
        actual_start=max(starts, default=None),
        actual_finish=finishes[-1] if finishes else None,
        agreement=next((node.agreement for node in (first, *nodes) if node.agreement), None),
    )
