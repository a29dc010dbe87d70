"""How much of the movement of the finish each kind of change between two versions brings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import factorial
from typing import Final

from synodos.schedule.paths.critical_path import critical_path
from synodos.schedule.questions.changes import changes, touched
from synodos.schedule.questions.mixing import KINDS, ChangeKind, Versions, has_loop
from synodos.schedule.types import MINUTES_PER_DAY, CriticalPath, Network

MOST_WORK: Final = 200_000
"""Activities times runs that are computed to average over every order of the kinds, or to tell activities apart."""
MOST_DRIVERS: Final = 40
"""Activities whose own movement is looked at, where the network is small enough."""
LEAST_DRIVERS: Final = 3
"""Activities whose own movement is looked at, however large the network is."""


@dataclass(frozen=True, slots=True)
class Movement:
    """What one kind of change did to the finish.

    Attributes
    ----------
    kinds : tuple of ChangeKind
        The kind; two where one without the other would close a loop.
    minutes : int
        Movement when it is applied, after the kinds before it; positive is later.
    averaged_days : float or None
        Movement averaged over every order of the kinds (their Shapley value), in elapsed days; None: not computed.
    changes : int
        Number of changes of the kind.
    """

    kinds: tuple[ChangeKind, ...]
    minutes: int
    averaged_days: float | None
    changes: int

    @property
    def days(self) -> float:
        """Movement in elapsed days."""
        return self.minutes / MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class Mover:
    """What the changes of one activity, schedule or link target do alone.

    Attributes
    ----------
    activity : str
        Id of the activity, or of the schedule.
    name : str
        Its name.
    minutes : int or None
        Movement of the finish by its changes of that kind alone, after the kinds before; None: it cannot be told apart.
    """

    activity: str
    name: str
    minutes: int | None


class Runs:
    """Computes networks between two versions, each once."""

    def __init__(self, before: CriticalPath, after: CriticalPath) -> None:
        """Keep both ends; nothing is computed yet."""
        self._before, self._after = before, after
        self._versions = Versions(before.network, after.network)
        self._finish: dict[frozenset[ChangeKind], int] = {}
        nodes = enumerate(before.network.nodes)
        leaves = {node.id: int(before.early_start[place]) for place, node in nodes if node.periods}
        self.changes = changes(self._versions, leaves)

    @cached_property
    def touched(self) -> Mapping[ChangeKind, frozenset[str]]:
        """What the changes of each kind touch."""
        return {kind: touched(self._versions, self.changes, kind) for kind in KINDS}

    @cached_property
    def groups(self) -> tuple[tuple[ChangeKind, ...], ...]:
        """Kinds that changed, in order; logic goes with added and removed activities where one alone closes a loop."""
        changed = [kind for kind in KINDS if self.touched[kind]]
        halves: tuple[ChangeKind, ChangeKind] = ("logic", "activities")
        if all(half in changed for half in halves) and any(has_loop(self.network({half})) for half in halves):
            at = changed.index("logic")
            return (*((kind,) for kind in changed[:at]), halves, *((kind,) for kind in changed[at + 2 :]))
        return tuple((kind,) for kind in changed)

    def network(self, made: Collection[ChangeKind], kind: ChangeKind | None = None, only: str = "") -> Network:
        """Return the network with some kinds of change made, and of one more kind those that touch one activity."""

        def taken(asked: ChangeKind, key: str) -> bool:
            return not self.touched.get(asked) or asked in made or (asked == kind and key == only)

        return self._versions.mixed(taken)

    def finish(self, made: frozenset[ChangeKind]) -> int:
        """Return the finish with the changes of some kinds made."""
        if made not in self._finish:
            self._finish[made] = self._run(self.network(made)).finish
        return self._finish[made]

    def _run(self, network: Network) -> CriticalPath:
        """Return the critical path of a mix, to the target of both versions."""
        after = self._after
        return critical_path(network, None if after.target is None else after.network.nodes[after.target].id)

    def in_order(self) -> tuple[int, ...]:
        """Return the finish before any change and after each group; both ends are those of the versions themselves."""
        made = [frozenset(kind for group in self.groups[:count] for kind in group) for count in range(len(self.groups))]
        between = [self.finish(one) for one in made[1:]]
        self._finish[frozenset()] = self._before.finish
        self._finish[self._all] = self._after.finish
        return (self._before.finish, *between, self._after.finish) if self.groups else (self._after.finish,)

    @cached_property
    def _all(self) -> frozenset[ChangeKind]:
        """Every kind that changed."""
        return frozenset(kind for group in self.groups for kind in group)

    def averaged(self) -> Mapping[tuple[ChangeKind, ...], float] | None:
        """Return the days of each group averaged over every order, or None where that takes too many runs."""
        count = len(self.groups)
        if 2**count * len(self._after.network.nodes) > MOST_WORK:
            return None
        found = {}
        for group in self.groups:
            others = [other for other in self.groups if other != group]
            weighted = sum(
                factorial(size) * factorial(count - size - 1) * (self._with(chosen, group) - self._with(chosen))
                for size in range(count)
                for chosen in combinations(others, size)
            )
            found[group] = weighted / factorial(count) / MINUTES_PER_DAY
        return found

    def _with(self, chosen: Sequence[tuple[ChangeKind, ...]], *more: tuple[ChangeKind, ...]) -> int:
        """Return the finish with the changes of some groups made."""
        return self.finish(frozenset(kind for group in (*chosen, *more) for kind in group))

    def count(self, group: tuple[ChangeKind, ...]) -> int:
        """Return how many changes a group holds; activities added and removed count each."""
        stated = sum(change.kind in group for change in self.changes)
        return stated + (len(self.touched["activities"]) if "activities" in group else 0)

    def drivers(self, movements: Sequence[Movement]) -> tuple[Mover, ...]:
        """Return what moves the finish within the group that moves it most."""
        most = max(movements, key=lambda movement: abs(movement.minutes), default=None)
        if most is None or not most.minutes:
            return ()
        made = frozenset(kind for group in self.groups[: self.groups.index(most.kinds)] for kind in group)
        start = self.finish(made)
        found = [
            Mover(key, self._name(key), moved)
            for kind in most.kinds
            for key in self._candidates(kind)
            if (moved := self._alone(made, kind, key, start)) != 0
        ]
        return tuple(sorted(found, key=lambda one: (one.minutes is None, -abs(one.minutes or 0), one.activity)))

    def _candidates(self, kind: ChangeKind) -> Iterator[str]:
        """Yield what a kind touches: what is on a longest path first, and no more than are looked at."""
        on_path = on_longest_path(self._before) | on_longest_path(self._after)
        ranked = sorted(self.touched[kind], key=lambda key: (key not in on_path and ":" not in key, key))
        yield from ranked[: max(LEAST_DRIVERS, min(MOST_DRIVERS, MOST_WORK // max(1, len(self._after.network.nodes))))]

    def _alone(self, made: frozenset[ChangeKind], kind: ChangeKind, key: str, start: int) -> int | None:
        """Return the movement by the changes of one activity alone; None where they would close a loop."""
        network = self.network(made, kind, key)
        return None if has_loop(network) else self._run(network).finish - start

    def _name(self, key: str) -> str:
        """Return the name of an activity or a schedule."""
        for network in (self._after.network, self._before.network):
            if key in network.place:
                return network.nodes[network.place[key]].name
            for rules in network.schedules:
                if key == f"schedule:{rules.id}":
                    return rules.name
        return key


def on_longest_path(path: CriticalPath) -> frozenset[str]:
    """Return the ids of the activities on the longest path."""
    return frozenset(node.id for node, on_it in zip(path.network.nodes, path.on_longest_path, strict=True) if on_it)
