"""Links between activities, those of summary tasks handed down to what they contain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, Final

from synodos.exchange.schedules.projects import Project
from synodos.exchange.schedules.times import MINUTES_PER_DAY, days, is_elapsed, is_percent, minutes
from synodos.language import MOST_DAYS

LINK_TYPES: Final = {"FS": "finish-start", "SS": "start-start", "FF": "finish-finish", "SF": "start-finish"}
_MOST_HANDED_DOWN: Final = 2_500
"""Links that one link of a summary task may become."""
_FROM_FINISH: Final = ("FS", "FF")
_TO_START: Final = ("FS", "SS")


class Lags:
    """Turns lags into days of the calendar that counts them."""

    def __init__(self, project: Project, minutes_per_day: dict[str, float], default_per_day: float) -> None:
        """Keep the working minutes that one day of each activity's calendar, and of the schedule's, counts."""
        self._project = project
        self._properties = project.properties
        self._per_day = minutes_per_day
        self._default = default_per_day
        self._rule = lag_rule(project)

    def fields(self, relation: Any, predecessor: str, successor: str) -> dict[str, Any]:  # noqa: ANN401
        """Return the lag of a relation as fields of a link; nothing where there is none."""
        lag = relation.getLag()
        if lag is None or not float(lag.getDuration()):
            return {}
        if is_percent(lag):
            self._project.tally.miss("lags in percent, turned into days", f"{predecessor} to {successor}")
            length = minutes_of_work(relation.getPredecessorTask(), self._properties)
            found = length * float(lag.getDuration()) / 100
        else:
            found = minutes(lag, self._properties)
        per_day = MINUTES_PER_DAY if is_elapsed(lag) else self._counted(predecessor, successor)
        lag_days = days(found, per_day)
        if abs(lag_days) > MOST_DAYS:
            self._project.tally.miss(
                f"lags beyond {MOST_DAYS:,.0f} days, taken for none", f"{predecessor} to {successor}"
            )
            return {}
        return {"lag_days": lag_days} | ({"lag_in": "elapsed"} if is_elapsed(lag) else {})

    def _counted(self, predecessor: str, successor: str) -> float:
        """Return the minutes of one day of the calendar that counts a lag."""
        if self._rule == "elapsed":
            return MINUTES_PER_DAY
        key = {"predecessor": predecessor, "successor": successor}.get(self._rule, "")
        return self._per_day.get(key, self._default)


def lag_rule(project: Project) -> str:
    """Return whose working time the lags of a project count."""
    if not project.status_dated:
        return "successor"
    rule = str(project.properties.getRelationshipLagCalendar())
    return {"PREDECESSOR": "predecessor", "SUCCESSOR": "successor", "TWENTY_FOUR_HOUR": "elapsed"}.get(rule, "schedule")


def minutes_of_work(task: Any, properties: Any) -> float:  # noqa: ANN401 - MPXJ's Task and ProjectProperties
    """Return the planned duration of a task in minutes of work."""
    duration = task.getPlannedDuration() if task.getPlannedDuration() is not None else task.getDuration()
    return 0.0 if duration is None or is_percent(duration) else minutes(duration, properties)


def links_of(project: Project, lags: Lags, ids: dict[int, str]) -> dict[str, list[dict[str, Any]]]:
    """Return the links of a project's activities by the activity that waits.

    Parameters
    ----------
    project : Project
        The project.
    lags : Lags
        What turns lags into days.
    ids : dict
        Id of each activity of the whole file by its unique id.
    """
    found: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
    for task in project.file.getTasks():
        if task.getNull() or not task.getActive():
            continue
        for relation in task.getPredecessors():
            for predecessor, successor in _pairs(project, relation, ids):
                kind = LINK_TYPES[str(relation.getType())]
                link = {"activity": predecessor, "type": kind, **lags.fields(relation, predecessor, successor)}
                found.setdefault(successor, {})[predecessor, kind] = link
    return {successor: list(links.values()) for successor, links in found.items()}


def _pairs(project: Project, relation: Any, ids: dict[int, str]) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield predecessor and successor of a relation; several where a summary task is linked."""
    before, after = relation.getPredecessorTask(), relation.getSuccessorTask()
    kind = str(relation.getType())
    named = f"{before.getName()} to {after.getName()}" if before is not None and after is not None else ""
    if before is None or after is None or before is after:
        project.tally.miss("links with an end missing", named)
        return
    summary_before, summary_after = before.getSummary(), after.getSummary()
    if (summary_before and kind not in _FROM_FINISH) or (summary_after and kind not in _TO_START):
        project.tally.miss("links from the start or to the finish of summary tasks", named)
        return
    pairs = list(product(_leaves(before), _leaves(after)))
    if len(pairs) > _MOST_HANDED_DOWN:
        project.tally.miss("links of summary tasks with too many tasks", named)
        return
    if summary_before or summary_after:
        project.tally.note("Links of summary tasks were handed down to the tasks in them.")
    for first, last in pairs:
        if int(first.getUniqueID()) in ids and int(last.getUniqueID()) in ids:
            yield ids[int(first.getUniqueID())], ids[int(last.getUniqueID())]
        else:
            project.tally.miss("links of what was left out", named)


def _leaves(task: Any) -> list[Any]:  # noqa: ANN401 - MPXJ's Task
    """Return the tasks within a summary task that are no summaries; of any other task itself."""
    if not task.getSummary():
        return [task]
    found, waiting = [], list(task.getChildTasks())
    while waiting:
        each = waiting.pop()
        if each.getSummary():
            waiting += list(each.getChildTasks())
        elif each.getActive() and not each.getNull():
            found.append(each)
    return found
