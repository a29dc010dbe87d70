"""The first eight checks: whether the network is built so that its dates mean something."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from synodos.language import ConstraintKind
from synodos.schedule.questions.chains import OPEN_ENDED
from synodos.schedule.questions.checking import Check, Point, Subject, share, verdict

FEW: Final = 0.05
"""Largest share of tasks or links that most checks allow."""
LONG_DAYS: Final = 44.0
"""Working days above which a float or a duration is high: two months."""
HARD: Final[frozenset[ConstraintKind]] = frozenset({"must-start", "must-finish", "start-no-later", "finish-no-later"})
"""Constraints that the source calls hard."""
LOGIC: Final = Point(1, "Logic", "share of unfinished tasks without a predecessor or a successor", FEW)
LEADS: Final = Point(2, "Leads", "share of links with a lead", 0.0)
LAGS: Final = Point(3, "Lags", "share of links with a lag", FEW)
TYPES: Final = Point(4, "Relationship Types", "share of links from finish to start", 0.90, at_least=True)
CONSTRAINTS: Final = Point(5, "Hard Constraints", "share of unfinished tasks with a hard constraint", FEW)
HIGH_FLOAT: Final = Point(6, "High Float", "share of unfinished tasks with a total float above 44 days", FEW)
NEGATIVE_FLOAT: Final = Point(7, "Negative Float", "share of unfinished tasks with a negative total float", 0.0)
HIGH_DURATION: Final = Point(8, "High Duration", "share of unfinished tasks planned to take more than 44 days", FEW)
TASKS: Final = "unfinished tasks"
LINKS: Final = "links into unfinished activities"


def logic(subject: Subject) -> Check:
    """Check that what is not finished waits for something and leads to something."""
    open_start = _open(subject, {edge.successor for edge in subject.logic})
    open_end = _open(subject, {edge.predecessor for edge in subject.logic})
    path, nodes = subject.path, subject.nodes
    first = min(open_start, key=lambda p: (int(path.early_start[p]), nodes[p].duration > 0, nodes[p].id), default=-1)
    last = min(open_end, key=lambda p: (-int(path.early_finish[p]), nodes[p].duration > 0, nodes[p].id), default=-1)
    missing = (set(open_start) - {first}) | (set(open_end) - {last})
    return share(subject, LOGIC, [place for place in subject.tasks if place in missing], len(subject.tasks), TASKS)


def _open(subject: Subject, linked: Collection[int]) -> Sequence[int]:
    """Return the places of activities that are no levels of effort and have no link at one side."""
    return [p for p, node in enumerate(subject.nodes) if p not in linked and node.type != OPEN_ENDED]


def leads(subject: Subject) -> Check:
    """Check that no successor starts before its predecessor lets it."""
    found = [edge.successor for edge in subject.links if edge.lag < 0]
    return share(subject, LEADS, found, len(subject.links), LINKS)


def lags(subject: Subject) -> Check:
    """Check that few links hide work or waiting in a lag."""
    found = [edge.successor for edge in subject.links if edge.lag > 0]
    return share(subject, LAGS, found, len(subject.links), LINKS)


def relationship_types(subject: Subject) -> Check:
    """Check that most links lead from a finish to a start; behind it stand the successors of the others."""
    others = [edge.successor for edge in subject.links if edge.type != "finish-start"]
    count = len(subject.links)
    if not count:
        return share(subject, TYPES, (), 0, LINKS)
    figure = (count - len(others)) / count
    why = f"{count - len(others):,} of {count:,} {LINKS}."
    return Check(TYPES, figure, verdict(TYPES, figure), why, subject.ids(others))


def hard_constraints(subject: Subject) -> Check:
    """Check that dates follow from logic, and are not set by hand."""
    found = [p for p in subject.tasks if any(tie.type in HARD for tie in subject.nodes[p].ties)]
    return share(subject, CONSTRAINTS, found, len(subject.tasks), TASKS)


def high_float(subject: Subject) -> Check:
    """Check that little can slip by more than two months and move nothing: a sign of missing links."""
    found = [p for p in subject.tasks if subject.path.total_float_days(p) > LONG_DAYS]
    return share(subject, HIGH_FLOAT, found, len(subject.tasks), TASKS)


def negative_float(subject: Subject) -> Check:
    """Check that every date that the plan is tied to can be met."""
    found = [p for p in subject.tasks if subject.path.total_float[p] < 0]
    return share(subject, NEGATIVE_FLOAT, found, len(subject.tasks), TASKS)


def high_duration(subject: Subject) -> Check:
    """Check that work is planned in pieces of at most two months."""
    found = [p for p in subject.tasks if subject.days(p) > LONG_DAYS]
    return share(subject, HIGH_DURATION, found, len(subject.tasks), TASKS)
