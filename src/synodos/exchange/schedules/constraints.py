"""Dates that activities are tied to."""

from __future__ import annotations

from typing import Any, Final

from synodos.exchange.schedules.projects import Project
from synodos.exchange.schedules.times import moment

_SINGLE: Final = {
    "MUST_START_ON": "must-start",
    "MUST_FINISH_ON": "must-finish",
    "START_NO_EARLIER_THAN": "start-no-earlier",
    "START_NO_LATER_THAN": "start-no-later",
    "FINISH_NO_EARLIER_THAN": "finish-no-earlier",
    "FINISH_NO_LATER_THAN": "finish-no-later",
}
_BOTH: Final = {
    "START_ON": ("start-no-earlier", "start-no-later"),
    "FINISH_ON": ("finish-no-earlier", "finish-no-later"),
}
"""P6's `start on` and `finish on` move dates both ways, but never past a predecessor."""
_SOFT: Final = {"MUST_START_ON": "START_ON", "MUST_FINISH_ON": "FINISH_ON"}
"""What Microsoft Project's constraints mean where it does not honour constraint dates before links."""


def constraints_of(project: Project, task: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - MPXJ's Task
    """Return the constraints of a task."""
    if str(task.getTaskMode()) == "MANUALLY_SCHEDULED" and task.getStart() is not None:
        project.tally.note(
            "Tasks scheduled by hand start no earlier than typed in; their tool would not move them at all."
        )
        return _tied("start-no-earlier", moment(task.getStart(), project.tally), "scheduled by hand")
    found: list[dict[str, Any]] = []
    found += _constraint(project, task.getConstraintType(), task.getConstraintDate())
    found += _constraint(project, task.getSecondaryConstraintType(), task.getSecondaryConstraintDate())
    if project.status_dated and not project.properties.getIgnoreRelationshipsToAndFromOtherProjects():
        outside = "links from and to projects outside the file"
        found += _tied("start-no-earlier", moment(task.getExternalEarlyStart(), project.tally), outside)
        found += _tied("finish-no-later", moment(task.getExternalLateFinish(), project.tally), outside)
    if task.getExternalTask():
        project.tally.note("Tasks of other projects start no earlier than when they did in this file.")
        found += _tied("start-no-earlier", moment(task.getStart(), project.tally), "task of another project")
    return found


def _constraint(project: Project, constraint_type: Any, date: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return one constraint as the language has it."""
    kind = str(constraint_type)
    if constraint_type is None or kind == "AS_SOON_AS_POSSIBLE":
        return []
    if kind == "AS_LATE_AS_POSSIBLE":
        return [{"type": "as-late-as-possible"}]
    if not project.status_dated and not project.properties.getHonorConstraints():
        kind = _SOFT.get(kind, kind)
    on = moment(date, project.tally)
    kinds = _BOTH.get(kind) or ((_SINGLE[kind],) if kind in _SINGLE else ())
    if on is None or not kinds:
        project.tally.miss("constraints without a date or of an unknown kind", kind.lower().replace("_", " "))
        return []
    return [constraint for each in kinds for constraint in _tied(each, on)]


def _tied(kind: str, on: str | None, source: str | None = None) -> list[dict[str, Any]]:
    """Return a dated constraint, or none without its date."""
    if on is None:
        return []
    return [{"type": kind, "on": on} | ({"source": source} if source else {})]
