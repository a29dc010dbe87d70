"""The last six checks: whether the dates are true to the status date, to the baseline, and to the logic."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from synodos.schedule.paths.critical_path import critical_path
from synodos.schedule.questions.chains import OPEN_ENDED, last_place
from synodos.schedule.questions.checking import Check, Point, Subject, share, verdict
from synodos.schedule.questions.lengths import minutes_per_day, worked
from synodos.schedule.questions.structure_checks import FEW, HARD
from synodos.schedule.questions.wording import days_text, elapsed_text, finish_day
from synodos.schedule.types import Node

LEAST_INDEX: Final = 0.95
"""Least critical path length index and baseline execution index."""
TEST_DAYS: Final = 600
"""Working days by which the critical path test lengthens an activity."""
LEAST_ECHO: Final = 0.95
"""Movement of the finish that counts as in proportion, for each day by which the lengthened activity finishes later.

Unverified: the source names no figure; weekends and holidays further on may swallow some days of six hundred.
"""
INVALID_DATES: Final = Point(9, "Invalid Dates", "share of activities with a forecast in the past or a fact ahead", 0.0)
RESOURCES: Final = Point(10, "Resources", "share of unfinished tasks of a day or more without a stated cost", None)
MISSED: Final = Point(11, "Missed Tasks", "share of tasks due by the status date that finish later than planned", FEW)
TEST: Final = Point(12, "Critical Path Test", "days that the finish moves for each day lost", LEAST_ECHO, at_least=True)
LENGTH: Final = Point(
    13, "Critical Path Length Index", "days left and total float, by the days left", LEAST_INDEX, at_least=True
)
EXECUTION: Final = Point(
    14,
    "Baseline Execution Index",
    "tasks finished, by the tasks due or not in the baseline",
    LEAST_INDEX,
    at_least=True,
)
NO_STATUS: Final = "No status date is stated."
NOTHING_LEFT: Final = "Nothing is left to be done."
NO_BASELINE: Final = "There is no baseline: no earlier statement of the plan was given to measure against."


def invalid_dates(subject: Subject) -> Check:
    """Check that nothing is forecast before the status date, and nothing reported after it."""
    if not subject.has_status:
        return Check(INVALID_DATES, None, "not applicable", NO_STATUS)
    dated = [
        place
        for place, node in enumerate(subject.nodes)
        if node.type != OPEN_ENDED and subject.status(place) is not None
    ]
    found = [place for place in dated if _is_invalid(subject, place)]
    return share(subject, INVALID_DATES, found, len(dated), "activities with a status date")


def _is_invalid(subject: Subject, place: int) -> bool:
    """Return whether a forecast of an activity lies before its status date, or a fact after it."""
    node, path, status = subject.nodes[place], subject.path, subject.status(place) or 0
    facts = [at for at in (node.actual_start, node.actual_finish) if at is not None]
    forecasts = [int(path.early_start[place])] if node.actual_start is None and node.actual_finish is None else []
    forecasts += [int(path.early_finish[place])] if node.actual_finish is None else []
    return any(at > status for at in facts) or any(at < status for at in forecasts)


def resources(subject: Subject) -> Check:
    """Count the tasks to which neither resources nor costs are assigned; the source sets no limit."""
    tasks = [place for place in subject.tasks if subject.days(place) >= 1]
    found = [place for place in tasks if not _has_cost(subject.nodes[place])]
    check = share(subject, RESOURCES, found, len(tasks), "unfinished tasks of a day or more")
    return replace(check, why=f"{check.why} The source sets no limit; resources are not recorded, so costs count.")


def _has_cost(node: Node) -> bool:
    """Return whether an activity states what it costs."""
    return node.fixed_cost is not None or node.cost_per_day is not None


def missed_tasks(subject: Subject) -> Check:
    """Check that what the baseline has finished by now was finished by then."""
    if subject.baseline is None or not subject.has_status:
        return Check(MISSED, None, "not applicable", NO_STATUS if subject.baseline else NO_BASELINE)
    found = [place for place in subject.due if int(subject.path.early_finish[place]) > subject.planned[place]]
    return share(subject, MISSED, found, len(subject.due), "tasks due by the status date")


def critical_path_test(subject: Subject) -> Check:
    """Check that a long delay of a critical activity reaches the finish: lengthen it, and compute the network anew."""
    path, nodes = subject.path, subject.nodes
    last = last_place(path)
    if not subject.tasks or last is None:
        return Check(TEST, None, "not applicable", "There are no unfinished tasks.")
    place = _most_critical(subject)
    node = nodes[place]
    more = TEST_DAYS * minutes_per_day(path.network, node.calendar)
    longer = replace(node, duration=node.duration + more, remaining=node.remaining + more)
    changed = replace(path.network, nodes=(*nodes[:place], longer, *nodes[place + 1 :]))
    target = None if path.target is None else nodes[path.target].id
    test = critical_path(changed, target)
    lost, moved = (int(test.early_finish[p] - path.early_finish[p]) for p in (place, last))
    figure = moved / lost if lost > 0 else 0.0
    end = (
        "it is the last to finish" if place == last else f"{nodes[last].name}, the last, moves by {elapsed_text(moved)}"
    )
    why = f"{node.name}, made {TEST_DAYS} days longer, finishes {elapsed_text(lost)} later; {end}."
    return Check(TEST, figure, verdict(TEST, figure), why, (node.id,))


def _most_critical(subject: Subject) -> int:
    """Return the earliest unfinished task on the longest path, or else the one with the least total float."""
    path, nodes = subject.path, subject.nodes
    return min(
        subject.tasks,
        key=lambda p: (not path.on_longest_path[p], int(path.total_float[p]), int(path.early_start[p]), nodes[p].id),
    )


def critical_path_length_index(subject: Subject) -> Check:
    """Check that the days left are enough for the path to the date that the plan is held to."""
    path, network = subject.path, subject.network
    place = last_place(path)
    if place is None:
        return Check(LENGTH, None, "not applicable", NOTHING_LEFT)
    node = subject.nodes[place]
    rules = network.schedules[node.schedule]
    due = _due(subject, place)
    starts = rules.status if rules.status is not None else rules.starts
    length = worked(network, node.calendar, starts, path.finish)
    if due is None:
        return Check(
            LENGTH, None, "not applicable", f"{node.name}, the last to finish, has no date that it is held to."
        )
    if length <= 0:
        return Check(LENGTH, None, "not applicable", NOTHING_LEFT)
    spare = worked(network, node.calendar, path.finish, due)
    figure = (length + spare) / length
    per_day = minutes_per_day(network, node.calendar)
    why = (
        f"{days_text(length / per_day)} to {finish_day(path.finish)}, and {days_text(spare / per_day)} of float to "
        f"{finish_day(due)}, the date that {node.name} is held to."
    )
    return Check(LENGTH, figure, verdict(LENGTH, figure), why, (node.id,))


def _due(subject: Subject, place: int) -> int | None:
    """Return the date that the last activity is held to: the earliest of those stated, else that of the baseline."""
    node = subject.nodes[place]
    rules = subject.network.schedules[node.schedule]
    stated = [tie.at for tie in node.ties if tie.type in HARD and tie.at is not None]
    stated += [at for at in (node.deadline, rules.finish_by) if at is not None]
    stated += [] if node.intended is None else [node.periods[node.intended].closes]
    if stated or subject.baseline is None:
        return min(stated, default=None)
    return subject.baseline.finish


def baseline_execution_index(subject: Subject) -> Check:
    """Check that as many tasks are finished as the baseline has finished by now."""
    if subject.baseline is None or not subject.has_status:
        return Check(EXECUTION, None, "not applicable", NO_STATUS if subject.baseline else NO_BASELINE)
    done = [p for p in subject.all_tasks if subject.nodes[p].actual_finish is not None]
    new = [p for p in subject.all_tasks if p not in subject.planned]
    expected = len(subject.due) + len(new)
    if not expected:
        return Check(EXECUTION, None, "not applicable", "The baseline has no task finished by the status date.")
    figure = len(done) / expected
    why = f"{len(done):,} tasks finished; {len(subject.due):,} due by now, and {len(new):,} not in the baseline."
    late = [p for p in (*subject.due, *new) if p not in done]
    return Check(EXECUTION, figure, verdict(EXECUTION, figure), why, subject.ids(late))
