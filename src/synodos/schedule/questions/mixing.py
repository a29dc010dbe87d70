"""Networks between two versions of a schedule: some changes made, the others not yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Final, Literal

from synodos.schedule.questions.lengths import minutes_per_day
from synodos.schedule.types import ELAPSED, Edge, Network, Node, Rules

ChangeKind = Literal[
    "progress", "durations", "logic", "activities", "constraints", "calendars", "launch periods", "owner"
]
KINDS: Final[tuple[ChangeKind, ...]] = (
    "progress",
    "durations",
    "logic",
    "activities",
    "constraints",
    "calendars",
    "launch periods",
)
"""Kinds of change that can move a date, in the order in which they are applied; `activities` are added and removed."""
Taken = Callable[[ChangeKind, str], bool]
"""Whether the changes of a kind are made to an activity, or to a schedule under `schedule:ID`."""


@dataclass(frozen=True)
class Versions:
    """Two networks of the same work.

    Attributes
    ----------
    before, after : Network
        The two versions; what has the same id in both is the same thing.
    """

    before: Network
    after: Network

    @cached_property
    def common(self) -> frozenset[str]:
        """Ids of activities that both versions have."""
        return frozenset(self.before.place) & frozenset(self.after.place)

    @cached_property
    def links(self) -> tuple[dict[tuple[str, str, str, int], Edge], dict[tuple[str, str, str, int], Edge]]:
        """Links of both versions by predecessor, successor, type, and a count for those alike in all three."""
        return _by_ends(self.before), _by_ends(self.after)

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Yield the activities that both versions have, as both state them."""
        for node in self.before.nodes:
            if node.id in self.common:
                yield node, self.after.nodes[self.after.place[node.id]]

    def mixed(self, taken: Taken) -> Network:
        """Return a network in which the changes are made that `taken` names, and no others."""
        rules = list(self._rules(taken))
        index = {one.id: place for place, one in enumerate(rules)}
        placed = ((node, index[schedule], starts) for node, schedule, starts in self._nodes(taken))
        nodes = tuple(_kept_end(replace(node, schedule=at), starts - rules[at].starts) for node, at, starts in placed)
        place = {node.id: number for number, node in enumerate(nodes)}
        return replace(
            self.after,
            nodes=nodes,
            edges=tuple(self._edges(taken, place)),
            calendars=(*self.before.calendars, *self.after.calendars),
            schedules=tuple(rules),
        )

    def _rules(self, taken: Taken) -> Iterator[Rules]:
        """Yield the schedules of a mix: those of both versions, each changed as far as it goes."""
        old, new = ({one.id: one for one in version.schedules} for version in (self.before, self.after))
        for key in old | new:
            first, last = old.get(key, new.get(key)), new.get(key, old.get(key))
            if first is None or last is None:  # never: a key is in one of the two
                continue
            told = last if taken("progress", f"schedule:{key}") else first
            tied = last if taken("constraints", f"schedule:{key}") else first
            starts = told.starts if self.is_coarse(key) else tied.starts
            yield replace(last, status=told.status, override=told.override, starts=starts, finish_by=tied.finish_by)

    @cached_property
    def _detailed(self) -> frozenset[str]:
        """Ids of schedules with activities that are not coarse."""
        return frozenset(
            version.schedules[node.schedule].id
            for version in (self.before, self.after)
            for node in version.nodes
            if not node.coarse
        )

    def is_coarse(self, schedule: str) -> bool:
        """Return whether a schedule has coarse activities alone, so that it starts on the day of knowledge."""
        return schedule not in self._detailed

    def _nodes(self, taken: Taken) -> Iterator[tuple[Node, str, int]]:
        """Yield the activities of a mix, with the id of their schedule and where their planned duration counts from."""
        for node in self.before.nodes:
            if node.id in self.common:
                yield self._node(node, self.after.nodes[self.after.place[node.id]], taken)
            elif not taken("activities", node.id):
                rules = self.before.schedules[node.schedule]
                yield node, rules.id, rules.starts
        for node in self.after.nodes:
            if node.id not in self.common and taken("activities", node.id):
                rules = self.after.schedules[node.schedule]
                yield replace(node, calendar=self._later(node.calendar)), rules.id, rules.starts

    def _node(self, old: Node, new: Node, taken: Taken) -> tuple[Node, str, int]:
        """Return an activity that both versions have, with the changes made that are taken, and as `_nodes` does."""
        told, planned, worked_on, tied, leaving = (
            new if taken(kind, old.id) else old
            for kind in ("progress", "durations", "calendars", "constraints", "launch periods")
        )
        per_day = self._per_day(worked_on, new)
        reported = told.actual_start is not None or told.actual_finish is not None
        left = told if reported else planned
        node = replace(
            new,
            type=planned.type,
            duration=_rescaled(planned.duration, self._per_day(planned, new), per_day),
            remaining=_rescaled(left.remaining if reported else _unstarted(left), self._per_day(left, new), per_day),
            calendar=self._later(new.calendar) if worked_on is new else old.calendar,
            ties=tied.ties,
            deadline=tied.deadline,
            expected_finish=tied.expected_finish,
            actual_start=told.actual_start,
            actual_finish=told.actual_finish,
            periods=leaving.periods,
            intended=leaving.intended,
        )
        schedules = (self.after if tied is new else self.before).schedules
        counted = (self.after if planned is new else self.before).schedules
        return node, schedules[tied.schedule].id, counted[planned.schedule].starts

    def _per_day(self, node: Node, new: Node) -> int:
        """Return the minutes that a day of an activity counts, in the version that it is from."""
        return minutes_per_day(self.after if node is new else self.before, node.calendar)

    def _edges(self, taken: Taken, place: dict[str, int]) -> Iterator[Edge]:
        """Yield the links of a mix between the activities that it has."""
        old, new = self.links
        for is_new, (first, second) in ((False, (old, new)), (True, (new, old))):
            for key, edge in first.items():
                predecessor, successor = key[:2]
                if predecessor not in place or successor not in place:
                    continue
                both = predecessor in self.common and successor in self.common
                if both and taken("logic", successor) != is_new:
                    continue
                twin = second.get(key)
                later = is_new if twin is None else taken("calendars", successor)
                counted = edge if twin is None or later == is_new else twin
                calendar = self._later(counted.calendar) if later else counted.calendar
                yield replace(edge, predecessor=place[predecessor], successor=place[successor], calendar=calendar)

    def _later(self, calendar: int) -> int:
        """Return the index in a mix of a calendar of the later version."""
        return calendar if calendar == ELAPSED else calendar + len(self.before.calendars)


def _kept_end(node: Node, minutes: int) -> Node:
    """Return an activity that, if coarse, lasts to the same planned date when it starts so many minutes earlier."""
    if not node.coarse or not node.duration or node.actual_start is not None or node.actual_finish is not None:
        return node
    return replace(node, duration=max(0, node.duration + minutes), remaining=max(0, node.remaining + minutes))


def _unstarted(node: Node) -> int:
    """Return the work of an activity that has not begun, as planned where it has by then."""
    began = node.actual_start is not None or node.actual_finish is not None
    return node.duration if began else node.remaining


def _rescaled(minutes: int, per_day: int, new_per_day: int) -> int:
    """Return a length stated in days of one calendar as minutes of another."""
    return minutes if per_day == new_per_day else round(minutes / per_day * new_per_day)


def _by_ends(network: Network) -> dict[tuple[str, str, str, int], Edge]:
    """Return the links of a network by what they join, those alike in that counted by their lag."""
    found: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in network.edges:
        ends = network.nodes[edge.predecessor].id, network.nodes[edge.successor].id
        found[*ends, edge.type].append(edge)
    return {
        (*key, number): edge
        for key, alike in found.items()
        for number, edge in enumerate(sorted(alike, key=lambda edge: edge.lag))
    }


def has_loop(network: Network) -> bool:
    """Return whether activities of a network wait for each other."""
    waits: Sequence[list[int]] = [[] for _ in network.nodes]
    for edge in network.edges:
        waits[edge.successor].append(edge.predecessor)
    try:
        TopologicalSorter(dict(enumerate(waits))).prepare()
    except CycleError:
        return True
    return False
