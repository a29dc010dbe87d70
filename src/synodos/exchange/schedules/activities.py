"""Activities: pieces of work and milestones, with their progress and the dates that their own tool computed."""

from __future__ import annotations

from typing import Any, Final

from synodos.exchange.schedules.calendars import is_elapsed_task, own_calendar
from synodos.exchange.schedules.constraints import constraints_of
from synodos.exchange.schedules.imported import Tally
from synodos.exchange.schedules.links import Lags, links_of, minutes_of_work
from synodos.exchange.schedules.naming import text_of, unique_ids
from synodos.exchange.schedules.projects import Project, build
from synodos.exchange.schedules.times import MINUTES_PER_DAY, MINUTES_PER_HOUR, days, is_percent, minutes, moment
from synodos.language import MOST_DAYS, Activity, Calendar

_TYPES: Final = {
    "START_MILESTONE": "start-milestone",
    "START_FLAG": "start-milestone",
    "FINISH_MILESTONE": "finish-milestone",
    "FINISH_FLAG": "finish-milestone",
    "LEVEL_OF_EFFORT": "level-of-effort",
    "HAMMOCK": "level-of-effort",
}


def name_activities(project: Project) -> None:
    """Give each activity of a project its id, made from its own code, else from its unique number."""
    tasks = sorted(project.tasks, key=lambda task: int(task.getUniqueID()))
    names = (text_of(task.getActivityID()) or str(task.getUniqueID()) for task in tasks)
    ids = unique_ids(project.id, names)
    project.activity_ids = {int(task.getUniqueID()): found for task, found in zip(tasks, ids, strict=True)}


def map_activities(project: Project, all_ids: dict[int, str]) -> list[Activity]:
    """Return the activities of a project.

    Parameters
    ----------
    project : Project
        The project, with its calendars and the ids of its activities.
    all_ids : dict
        Id of each activity of the whole file by its unique number, for links between projects.
    """
    tasks = project.tasks
    default = default_calendar(project)
    calendars = {project.activity_ids[int(task.getUniqueID())]: _calendar(project, task) or default for task in tasks}
    per_day = {found: minutes_per_day(calendar) for found, calendar in calendars.items()}
    links = links_of(project, Lags(project, per_day, minutes_per_day(default)), all_ids)
    return [_Mapped(project, task, default).record(links) for task in tasks]


def default_calendar(project: Project) -> Calendar | None:
    """Return the calendar of a project's schedule."""
    default = project.file.getDefaultCalendar()
    return project.calendars.get(int(default.getUniqueID())) if default is not None else None


def minutes_per_day(calendar: Calendar | None) -> float:
    """Return the working minutes that a day of a duration counts."""
    if calendar is None or calendar.hours_per_day is None:
        return MINUTES_PER_DAY
    return calendar.hours_per_day * MINUTES_PER_HOUR


def _calendar(project: Project, task: Any) -> Calendar | None:  # noqa: ANN401 - MPXJ's Task
    """Return the calendar that a task is worked on, or None for that of its schedule."""
    if is_elapsed_task(task):
        return project.calendars[None]
    own = own_calendar(task)
    return project.calendars.get(int(own.getUniqueID())) if own is not None else None


class _Mapped:
    """One task on its way to a record."""

    def __init__(self, project: Project, task: Any, default: Calendar | None) -> None:  # noqa: ANN401 - MPXJ's Task
        """Look up what its durations are counted in."""
        self.project = project
        self.task = task
        own = _calendar(project, task)
        self.calendar = own.id if own is not None and own is not default else None
        self.per_day = minutes_per_day(own or default)
        self.id = project.activity_ids[int(task.getUniqueID())]
        self.type = _type(task)

    def record(self, links: dict[str, list[dict[str, Any]]]) -> Activity:
        """Return the record."""
        task, tally = self.task, self.project.tally
        self._count_rest()
        found: Activity = build(
            Activity,
            self.project.stated,
            id=self.id,
            name=text_of(task.getName()) or text_of(task.getActivityID()) or f"Task {task.getUniqueID()}",
            schedule=self.project.id,
            wbs=text_of(task.getWBS()),
            type=self.type,
            duration_days=0.0 if self.type.endswith("milestone") else self._days_of_work(),
            calendar=self.calendar,
            after=links.get(self.id),
            constraints=constraints_of(self.project, task) or None,
            deadline=moment(task.getDeadline(), tally),
            actual_start=moment(task.getActualStart(), tally),
            actual_finish=moment(task.getActualFinish(), tally),
            remaining_days=self._remaining(),
            expected_finish=self._expected_finish(),
            computed=self._computed(),
        )
        return found

    def _days_of_work(self) -> float:
        """Return the planned duration in days."""
        found = days(minutes_of_work(self.task, self.project.properties), self.per_day)
        if not 0 <= found <= MOST_DAYS:
            self.project.tally.miss(f"durations below zero or beyond {MOST_DAYS:,.0f} days, taken for none", self.id)
            return 0.0
        return found

    def _remaining(self) -> float | None:
        """Return the days that are left, where the tool schedules them from its status date on."""
        left = self.task.getRemainingDuration()
        milestone = self.type.endswith("milestone")
        if not self.project.status_dated or left is None or is_percent(left) or milestone:
            return None
        if self.task.getActualFinish() is not None:
            return None
        found = days(max(minutes(left, self.project.properties), 0.0), self.per_day)
        return None if found == self._days_of_work() else min(found, MOST_DAYS)

    def _expected_finish(self) -> str | None:
        """Return when the work is expected to end, where the tool was set to schedule by that."""
        expected = self.task.getExpectedFinish()
        if expected is None or self.task.getActualFinish() is not None:
            return None
        if self.type != "task" or not self.project.properties.getUseExpectedFinishDates():
            self.project.tally.miss("expected finishes that its tool did not schedule by", self.id)
            return None
        return moment(expected, self.project.tally)

    def _computed(self) -> dict[str, Any] | None:
        """Return what the tool had computed, as far as the file says."""
        task = self.task
        early, late = _stored(task, "REMAINING_EARLY"), _stored(task, "REMAINING_LATE")
        early, late = (early, late) if self.project.status_dated and any(early) else (("",) * 2, ("",) * 2)
        found = {
            "early_start": early[0] or _cached_moment(task, "EARLY_START"),
            "early_finish": early[1] or _cached_moment(task, "EARLY_FINISH"),
            "late_start": late[0] or _cached_moment(task, "LATE_START"),
            "late_finish": late[1] or _cached_moment(task, "LATE_FINISH"),
            "total_float_days": self._float("TOTAL_SLACK"),
            "free_float_days": self._float("FREE_SLACK"),
        }
        found = {name: value for name, value in found.items() if value is not None}
        if not found:
            return None
        return found | {"critical": self._critical()}

    def _float(self, field: str) -> float | None:
        """Return a float that the file states, in days of the activity's calendar."""
        value = _cached(self.task, field)
        if value is None or is_percent(value):
            return None
        found = days(minutes(value, self.project.properties), self.per_day)
        return found if abs(found) <= MOST_DAYS else None

    def _critical(self) -> bool:
        """Return whether the tool showed the activity as critical, in the meaning that its project sets."""
        if str(self.project.properties.getCriticalActivityType()) == "LONGEST_PATH":
            return bool(self.task.getLongestPath())
        return bool(self.task.getCritical())

    def _count_rest(self) -> None:
        """Count what of the task has no place in a record."""
        task, tally = self.task, self.project.tally
        if task.getWorkSplits() is not None and len(task.getWorkSplits()) > 1:
            tally.miss("split tasks, taken in one piece", self.id)
        if task.getLevelingDelay() is not None and float(task.getLevelingDelay().getDuration()) > 0:
            tally.miss("levelling delays", self.id)
        if task.getSuspendDate() is not None:
            tally.miss("suspended activities", self.id)
        if task.getSubprojectFile() is not None:
            tally.miss("projects in other files", text_of(task.getSubprojectFile()) or self.id)


def _type(task: Any) -> str:  # noqa: ANN401 - MPXJ's Task
    """Return what sort of node a task is."""
    known = _TYPES.get(str(task.getActivityType()))
    if known is not None:
        return known
    duration = task.getDuration()
    if task.getMilestone() and (duration is None or not float(duration.getDuration())):
        return "finish-milestone" if len(task.getPredecessors()) else "start-milestone"
    return "task"


def _cached(task: Any, field: str) -> Any:  # noqa: ANN401 - MPXJ's Task and any value
    """Return what the file states for a field; MPXJ would compute one that it does not state."""
    from synodos.exchange.schedules.java import java_class

    return task.getCachedValue(getattr(java_class("org.mpxj.TaskField"), field))


def _cached_moment(task: Any, field: str) -> str | None:  # noqa: ANN401 - MPXJ's Task
    """Return a moment that the file states."""
    return moment(_cached(task, field))


def _stored(task: Any, field: str) -> tuple[str, str]:  # noqa: ANN401 - MPXJ's Task
    """Return start and finish of the remaining work, empty where the file states none."""
    return _cached_moment(task, f"{field}_START") or "", _cached_moment(task, f"{field}_FINISH") or ""


def count_around(project: Project, tally: Tally) -> None:
    """Count what the file holds beside activities."""
    file = project.file
    tally.miss("resources", count=sum(1 for each in file.getResources() if text_of(each.getName())))
    tally.miss("resource assignments", count=sum(1 for each in file.getResourceAssignments() if each.getResource()))
    tally.miss("activity code types", count=len(file.getActivityCodes()))
    tally.miss("user-defined fields", count=len(file.getUserDefinedFields()))
    tally.miss("cost accounts", count=len(file.getCostAccounts()))
    tally.miss("baselines", count=len(file.getBaselines()))
    costly = sum(1 for task in project.tasks if task.getCost() is not None and float(task.getCost()))
    tally.miss("costs of activities", count=costly)
