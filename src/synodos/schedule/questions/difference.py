"""What changed between two versions of a schedule, and which changes moved the finish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from synodos.schedule.questions.attribution import Movement, Mover, Runs, on_longest_path
from synodos.schedule.questions.changes import Change
from synodos.schedule.types import MINUTES_PER_DAY, CriticalPath, Network


@dataclass(frozen=True, slots=True)
class FloatChange:
    """How the total float of an activity changed, in days of its calendar in each version."""

    activity: str
    before_days: float
    after_days: float


@dataclass(frozen=True)
class Difference:
    """Two versions of a schedule compared.

    Attributes
    ----------
    finish_before, finish_after : int
        Minutes since 1970.
    added, removed : tuple of str
        Ids of activities that only one version has.
    changes : tuple of Change
        Everything else that differs, by kind and activity.
    movements : tuple of Movement
        The movement of the finish by kind of change, in the order applied; the minutes add up to the whole movement.
    drivers : tuple of Mover
        For the kind that moves the finish most, the activities behind it, the largest movement first.
    floats : tuple of FloatChange
        Activities whose total float changed, the largest loss first.
    joined_path, left_path : tuple of str
        Ids of activities that came on the longest path, and of those that are no longer on it.
    method : str
        How the movement was attributed, in a sentence.
    """

    finish_before: int
    finish_after: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changes: tuple[Change, ...]
    movements: tuple[Movement, ...]
    drivers: tuple[Mover, ...]
    floats: tuple[FloatChange, ...]
    joined_path: tuple[str, ...]
    left_path: tuple[str, ...]
    method: str

    @property
    def minutes(self) -> int:
        """Movement of the finish; positive is later."""
        return self.finish_after - self.finish_before

    @property
    def days(self) -> float:
        """Movement of the finish in elapsed days."""
        return self.minutes / MINUTES_PER_DAY


def difference(before: CriticalPath, after: CriticalPath) -> Difference:
    """Return what changed between two versions of a schedule, and which kinds of change moved the finish.

    The kinds are applied one after the other, in the order of `KINDS`, and the network is computed after each, so their
    movements add up to the whole exactly. What a kind is given depends on the order: of two changes that each suffice
    to move the finish, the first gets it all. On networks that are small enough every order is computed as well, and
    the movement of each kind averaged over all of them, its Shapley value, which depends on no order.

    Parameters
    ----------
    before, after : CriticalPath
        Both versions, computed. Activities, schedules and calendars with the same id are the same thing.

    Raises
    ------
    ValueError
        If the two were computed for different targets, or one of them has no activities.

    Notes
    -----
    L. S. Shapley, "A value for n-person games", Contributions to the Theory of Games II (1953), 307-317.
    """
    _not_empty(before, after)
    _same_target(before, after)
    runs = Runs(before, after)
    reached = runs.in_order()
    averaged = runs.averaged()
    movements = tuple(
        Movement(group, second - first, None if averaged is None else averaged[group], runs.count(group))
        for group, (first, second) in zip(runs.groups, pairwise(reached), strict=True)
    )
    old, new = (on_longest_path(path) for path in (before, after))
    return Difference(
        finish_before=before.finish,
        finish_after=after.finish,
        added=_only_in(after.network, before.network),
        removed=_only_in(before.network, after.network),
        changes=runs.changes,
        movements=movements,
        drivers=runs.drivers(movements),
        floats=tuple(sorted(_floats(before, after), key=lambda one: (one.after_days - one.before_days, one.activity))),
        joined_path=tuple(sorted(new - old)),
        left_path=tuple(sorted(old - new)),
        method=_method(runs, averaged=averaged is not None),
    )


def _not_empty(before: CriticalPath, after: CriticalPath) -> None:
    """Refuse versions in which there is nothing to compare."""
    for path, version in ((before, "earlier"), (after, "later")):
        if not path.network.nodes:
            message = (
                f"schedule.empty: nothing is left to be done or to be seen in the {version} version, as known on "
                f"{path.network.known_on}: it has no activities; take another day, or the view of an agency that sees "
                "them"
            )
            raise ValueError(message)


def _same_target(before: CriticalPath, after: CriticalPath) -> None:
    """Refuse versions whose finish is not that of the same thing."""
    first, second = (
        "everything" if path.target is None else path.network.nodes[path.target].id for path in (before, after)
    )
    if first != second:
        message = (
            f"schedule.target: the versions were computed for different targets, {first} and {second}; compute both "
            "for the same"
        )
        raise ValueError(message)


def _only_in(network: Network, other: Network) -> tuple[str, ...]:
    """Return the ids of activities that one network has and the other has not."""
    return tuple(node.id for node in network.nodes if node.id not in other.place)


def _floats(before: CriticalPath, after: CriticalPath) -> Iterator[FloatChange]:
    """Yield the activities of both versions whose total float differs."""
    for old, node in enumerate(before.network.nodes):
        new = after.network.place.get(node.id)
        if new is not None and node.actual_finish is None:
            first, second = before.total_float_days(old), after.total_float_days(new)
            if first != second:
                yield FloatChange(node.id, first, second)


def _method(runs: Runs, *, averaged: bool) -> str:
    """Return how the movement was attributed."""
    if not runs.groups:
        return "Nothing changed that could move a date."
    order = ", ".join(" with ".join(group) for group in runs.groups)
    text = f"The kinds of change are applied in the order {order}; what each is given depends on that order."
    if averaged:
        return f"{text} Averaged over every order it does not (Shapley value)."
    return f"{text} The network is too large to average over every order."
