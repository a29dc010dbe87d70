"""Activities that wait for each other: the chain that closes, and where each of its links stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

from synodos.language.faults import Fault, Step

if TYPE_CHECKING:
    from synodos.language.work import Activity, Schedule

MOST_LOOPS: Final = 20
"""Loops that one run tells."""
THEN, SAME = " → ", " = "
N = TypeVar("N", bound=Hashable)


def first_loop(after: Mapping[N, Sequence[N]]) -> list[N]:
    """Return one loop, its first member again at the end, or nothing.

    Parameters
    ----------
    after : mapping
        What each node leads to.
    """
    done: set[N] = set()
    for start in after:
        trail: dict[N, None] = {}
        stack = [] if start in done else [(start, iter(after[start]))]
        while stack:
            node, rest = stack[-1]
            trail[node] = None
            step = next((one for one in rest if one not in done), None)
            if step is None:
                done.add(node)
                del trail[node]
                stack.pop()
            elif step in trail:
                members = list(trail)
                return [*members[members.index(step) :], step]
            else:
                stack.append((step, iter(after.get(step, ()))))
    return []


def activity_loops(activities: Mapping[str, Activity], schedules: Mapping[str, Schedule]) -> Iterator[Fault]:
    """Yield a fault for each chain of activities that comes back to where it began; same events count as one."""
    events = _Events(activities)
    after = events.after()
    for _ in range(MOST_LOOPS):
        loop = first_loop(after)
        if not loop:
            return
        steps = [step for first, second in pairwise(loop) for step in events.steps(first, second)]
        yield _fault(events.closed(steps), activities, schedules)
        after[loop[-2]].remove(loop[-1])


class _Events:
    """Activities by event: milestones that are the same event are one."""

    def __init__(self, activities: Mapping[str, Activity]) -> None:
        """Join the milestones."""
        self._activities = activities
        self._same: dict[str, dict[str, str]] = defaultdict(dict)
        for activity in activities.values():
            for position, other in enumerate(activity.same_as):
                if other in activities:
                    self._same[activity.id].setdefault(other, f"same_as[{position}]")
                    self._same[other].setdefault(activity.id, "")
        self._event = self._named()
        self._links: dict[tuple[str, str], tuple[str, str, int]] = {}
        for activity in activities.values():
            for position, link in enumerate(activity.after):
                if link.activity in activities and link.activity != activity.id:
                    key = self._event[link.activity], self._event[activity.id]
                    self._links.setdefault(key, (link.activity, activity.id, position))

    def _named(self) -> dict[str, str]:
        """Return the first member of the event of each activity."""
        event: dict[str, str] = {}
        for activity in self._activities:
            if activity not in event:
                event.update(dict.fromkeys(self._reached(activity), activity))
        return event

    def _reached(self, start: str) -> dict[str, str | None]:
        """Return the members of an event in the order found, each with the one that it was found from."""
        found: dict[str, str | None] = {start: None}
        pending = [start]
        while pending:
            for other in self._same.get(key := pending.pop(), ()):
                if other not in found:
                    found[other] = key
                    pending.append(other)
        return found

    def after(self) -> dict[str, list[str]]:
        """Return what each event leads to."""
        found: dict[str, list[str]] = defaultdict(list)
        for first, second in self._links:
            found[first].append(second)
        return found

    def steps(self, first: str, second: str) -> Iterator[Step]:
        """Yield the link from one event to another."""
        predecessor, successor, position = self._links[first, second]
        yield Step(f"activity {predecessor}", "", THEN)
        yield Step(f"activity {successor}", f"after[{position}].activity", "")

    def closed(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """Return one chain from links; members of an event stand side by side where links reach different ones."""
        chain = [Step(steps[-1].record, steps[-1].field, "")]
        for start, end in zip(steps[::2], steps[1::2], strict=True):
            chain += self._across(chain.pop(), start.record)
            chain[-1] = Step(chain[-1].record, chain[-1].field, THEN)
            chain.append(end)
        return tuple(chain)

    def _across(self, arrived: Step, leaves: str) -> Iterator[Step]:
        """Yield the members of an event from the one that a link leads to, to the one that the next leads from."""
        here, goal = arrived.record.removeprefix("activity "), leaves.removeprefix("activity ")
        found, path = self._reached(here), [goal]
        while path[-1] != here:
            path.append(str(found[path[-1]]))
        yield Step(arrived.record, arrived.field, SAME)
        for before, member in zip(path[::-1], path[-2::-1], strict=False):
            yield Step(f"activity {member}", self._same[member][before] or "", SAME)


def _fault(chain: Sequence[Step], activities: Mapping[str, Activity], schedules: Mapping[str, Schedule]) -> Fault:
    """Return the fault of a chain that closes."""
    named = dict.fromkeys(activities[step.record.removeprefix("activity ")].schedule for step in chain)
    names = [f'"{schedules[key].name}"' for key in named if key is not None and key in schedules]
    subject = " and ".join(names) + (" have" if len(names) > 1 else " has") if names else "The plan has"
    return Fault(
        "schedule.cycle",
        f"{subject} no critical path; these activities wait for each other",
        record=chain[0].record,
        field=chain[0].field,
        expected="one link less; if only information passes, link to the interface document instead",
        chain=tuple(chain),
    ).along(lambda _record, _field: "")
