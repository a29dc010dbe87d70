"""One check of a schedule, and what the checks count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from synodos.schedule.questions.chains import OPEN_ENDED
from synodos.schedule.questions.lengths import minutes_per_day
from synodos.schedule.types import CriticalPath, Edge, Network, Node

Verdict = Literal["pass", "fail", "not applicable"]


@dataclass(frozen=True, slots=True)
class Point:
    """What one of the fourteen checks asks.

    Attributes
    ----------
    number : int
        Its place among them, 1 to 14.
    name : str
        Its name in the source.
    measures : str
        What its figure is, in words.
    limit : float or None
        Limit of the source; None where it states none.
    at_least : bool
        Whether the figure has to reach the limit, and not stay within it.
    """

    number: int
    name: str
    measures: str
    limit: float | None
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """What one of the fourteen checks finds.

    Attributes
    ----------
    point : Point
        What it asks.
    figure : float or None
        Share 0 to 1, an index, or for the critical path test the days that the finish moves for each day by which the
        activity finishes later; None where nothing can be counted.
    verdict : Verdict
        Whether it passes.
    why : str
        The count behind the figure, or why the check does not apply, in a sentence.
    activities : tuple of str
        Ids of the activities behind it, in the order of the network.
    """

    point: Point
    figure: float | None
    verdict: Verdict
    why: str
    activities: tuple[str, ...] = ()


class Subject:
    """A schedule under check, with what several checks count."""

    def __init__(self, path: CriticalPath, baseline: CriticalPath | None) -> None:
        """Keep both; nothing is counted yet."""
        self.path, self.baseline = path, baseline
        self.network: Network = path.network
        self.nodes: tuple[Node, ...] = path.network.nodes

    @cached_property
    def all_tasks(self) -> tuple[int, ...]:
        """Tasks with a duration, finished or not."""
        return tuple(place for place, node in enumerate(self.nodes) if node.type == "task" and node.duration > 0)

    @cached_property
    def tasks(self) -> tuple[int, ...]:
        """Tasks that are not finished."""
        return tuple(place for place in self.all_tasks if self.nodes[place].actual_finish is None)

    @cached_property
    def logic(self) -> tuple[Edge, ...]:
        """Every link between activities that are no levels of effort."""
        return tuple(edge for edge in self.network.edges if not self._accompanies(edge))

    @cached_property
    def links(self) -> tuple[Edge, ...]:
        """Those of them that lead into what is not finished."""
        return tuple(edge for edge in self.logic if self.nodes[edge.successor].actual_finish is None)

    def _accompanies(self, edge: Edge) -> bool:
        """Return whether a link ties a level of effort to what it accompanies."""
        return OPEN_ENDED in {self.nodes[edge.predecessor].type, self.nodes[edge.successor].type}

    @cached_property
    def planned(self) -> dict[int, int]:
        """Finish of each task in the baseline, where that has it."""
        if self.baseline is None:
            return {}
        old = self.baseline.network.place
        finishes = self.baseline.early_finish
        known = ((place, old.get(self.nodes[place].id)) for place in self.all_tasks)
        return {place: int(finishes[before]) for place, before in known if before is not None}

    @cached_property
    def due(self) -> tuple[int, ...]:
        """Tasks that the baseline has finished by the status date."""
        return tuple(p for p, finish in self.planned.items() if (at := self.status(p)) is not None and finish <= at)

    @cached_property
    def has_status(self) -> bool:
        """Whether any schedule states up to which day progress is reported."""
        return any(rules.status is not None for rules in self.network.schedules)

    def status(self, place: int) -> int | None:
        """Return the status date of an activity's schedule."""
        return self.network.schedules[self.nodes[place].schedule].status

    def days(self, place: int) -> float:
        """Return the planned duration of an activity in days of its calendar."""
        node = self.nodes[place]
        return node.duration / minutes_per_day(self.network, node.calendar)

    def ids(self, places: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of activities, each once, in the order of the network."""
        return tuple(self.nodes[place].id for place in sorted(set(places)))


def share(subject: Subject, point: Point, found: Sequence[int], of: int, what: str) -> Check:
    """Return the check of a share, by the places found and how many there are.

    Parameters
    ----------
    subject : Subject
        The schedule.
    point : Point
        What is asked.
    found : sequence of int
        Place of the activity behind each of those found; one activity may be behind several.
    of : int
        How many there are in all.
    what : str
        What they are, in the plural.
    """
    if not of:
        return Check(point, None, "not applicable", f"There are no {what}.")
    return Check(
        point, len(found) / of, verdict(point, len(found) / of), f"{len(found):,} of {of:,} {what}.", subject.ids(found)
    )


def verdict(point: Point, figure: float) -> Verdict:
    """Return whether a figure keeps the limit of a check; without a limit the check decides nothing."""
    if point.limit is None:
        return "not applicable"
    return "pass" if (figure >= point.limit if point.at_least else figure <= point.limit) else "fail"
