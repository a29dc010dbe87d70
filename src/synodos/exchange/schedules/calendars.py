"""Calendars: working weeks, days that differ, and days that differ again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from synodos.exchange.schedules.naming import text_of, unique_ids
from synodos.exchange.schedules.projects import Project, build
from synodos.exchange.schedules.times import MINUTES_PER_DAY, MINUTES_PER_HOUR
from synodos.language import Calendar

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDINALS: Final = ("first", "second", "third", "fourth", "last")
_RANK: Final = {"weekly": 0, "monthly": 1, "yearly": 2, "daily": 3, None: 3}
"""Which of two overlapping exceptions wins: a higher rank over a lower one, as Microsoft Project has it."""
_MOST_EXCEPTIONS: Final = 2_000
"""Exceptions of one calendar that are kept; a real one has a few hundred."""
ELAPSED: Final = "elapsed"
"""Ending of the id of the calendar for elapsed durations."""

Hours = tuple[str, ...]


def map_calendars(project: Project) -> list[Calendar]:
    """Return the calendars that a project's activities use, with those they rest on, and keep them in the project."""
    used = _with_parents(_used(project))
    ids = unique_ids(project.id, (text_of(calendar.getName()) or "calendar" for calendar in used))
    by_key = {int(calendar.getUniqueID()): found for calendar, found in zip(used, ids, strict=True)}
    for calendar in used:
        record = _calendar(project, calendar, by_key)
        if record is not None:
            project.calendars[int(calendar.getUniqueID())] = record
        else:
            by_key.pop(int(calendar.getUniqueID()))
    if any(is_elapsed_task(task) for task in project.tasks):
        name = "Every hour of every day"
        elapsed_id = f"{project.id[:100]}-{ELAPSED}"
        project.calendars[None] = build(Calendar, project.stated, id=elapsed_id, name=name, hours_per_day=24.0)
    return list(project.calendars.values())


def is_elapsed_task(task: Any) -> bool:  # noqa: ANN401 - MPXJ's Task
    """Return whether the duration of a task counts every hour of every day, whatever its calendar."""
    duration = task.getDuration()
    return duration is not None and str(duration.getUnits()).startswith("e") and float(duration.getDuration()) > 0


def own_calendar(task: Any) -> Any:  # noqa: ANN401 - MPXJ's Task and ProjectCalendar
    """Return the calendar of a task, or that of the only resource that works on it, or None."""
    if task.getCalendar() is not None and str(task.getActivityType()) != "RESOURCE_DEPENDENT":
        return task.getCalendar()
    workers = {}
    for assignment in task.getResourceAssignments():
        resource = assignment.getResource()
        if resource is not None and str(resource.getType()) == "WORK" and resource.getCalendar() is not None:
            workers[int(resource.getUniqueID())] = resource.getCalendar()
    if len(workers) == 1:
        return next(iter(workers.values()))
    return task.getCalendar()


def _used(project: Project) -> list[Any]:
    """Return the calendars of the project and its activities, each once, that of the project first."""
    found: dict[int, Any] = {}
    default = project.file.getDefaultCalendar()
    for calendar in (default, *(own_calendar(task) for task in project.tasks)):
        if calendar is not None and calendar.getUniqueID() is not None:
            found.setdefault(int(calendar.getUniqueID()), calendar)
    return list(found.values())


def _with_parents(calendars: Iterable[Any]) -> list[Any]:
    """Return calendars with all that they are derived from, parents first."""
    found: dict[int, Any] = {}

    def add(calendar: Any, depth: int = 0) -> None:  # noqa: ANN401 - MPXJ's ProjectCalendar
        parent = calendar.getParent()
        if parent is not None and depth < len(WEEKDAYS):
            add(parent, depth + 1)
        found.setdefault(int(calendar.getUniqueID()), calendar)

    for calendar in calendars:
        add(calendar)
    return list(found.values())


def _calendar(project: Project, calendar: Any, ids: dict[int, str]) -> Calendar | None:  # noqa: ANN401
    """Return the record of one calendar; None for one that never works."""
    name = text_of(calendar.getName()) or "Calendar"
    parent = calendar.getParent()
    inherited = ids.get(int(parent.getUniqueID())) if parent is not None else None
    week = _week(calendar)
    if not week:
        project.tally.miss("calendars without any working day of the week", name)
        return None
    if inherited and all(str(day_type) == "DEFAULT" for day_type in calendar.getCalendarDayTypes()):
        week = []
    record: Calendar = build(
        Calendar,
        project.stated,
        id=ids[int(calendar.getUniqueID())],
        name=name,
        week=week,
        exceptions=_exceptions(project, calendar, name),
        parent=inherited,
        hours_per_day=_hours_per_day(calendar),
    )
    return record


def _hours_per_day(calendar: Any) -> float | None:  # noqa: ANN401 - MPXJ's ProjectCalendar
    """Return how many hours a day of a duration counts."""
    found = calendar.getMinutesPerDay()
    if found is None or not 0 < int(found) <= MINUTES_PER_DAY:
        return None
    return int(found) / MINUTES_PER_HOUR


def _week(calendar: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - MPXJ's ProjectCalendar
    """Return the working days of the week, those with the same hours together."""
    from synodos.exchange.schedules.java import java_class

    days: dict[Hours, list[str]] = {}
    for weekday, name in zip(java_class("java.time.DayOfWeek").values(), WEEKDAYS, strict=True):
        found = hours(calendar.getHours(weekday))
        if found:
            days.setdefault(found, []).append(name)
    return [{"days": names, "hours": found} for found, names in days.items()]


def hours(ranges: Any) -> Hours:  # noqa: ANN401 - MPXJ's ProjectCalendarHours
    """Return the working hours of a day, in order; what would run past midnight ends there."""
    found = []
    for stretch in ranges or ():
        first, last = stretch.getStart(), stretch.getEnd()
        if first is None or last is None:
            continue
        begins, ends = str(first)[:5], str(last)[:5]
        if ends <= begins:
            ends = "24:00"
        found.append(f"{begins}-{ends}")
    return tuple(_apart(sorted(found)))


def _apart(stretches: Iterable[str]) -> Iterator[str]:
    """Yield stretches in order, those that overlap or touch joined into one."""
    begins = ends = ""
    for stretch in stretches:
        first, _, last = stretch.partition("-")
        if begins and first <= ends:
            ends = max(ends, last)
            continue
        if begins:
            yield f"{begins}-{ends}"
        begins, ends = first, last
    if begins:
        yield f"{begins}-{ends}"


def _exceptions(project: Project, calendar: Any, name: str) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the days that differ, so ordered that a later one wins over an earlier one."""
    found = [entry for week in calendar.getWorkWeeks() for entry in _work_week(week)]
    ranked = [(_RANK[entry.get("recurs")], entry) for entry in map(_exception, calendar.getCalendarExceptions())]
    found += [entry for _, entry in sorted(ranked, key=lambda pair: pair[0])]
    if len(found) > _MOST_EXCEPTIONS:
        project.tally.miss("calendar exceptions beyond 2,000", name, len(found) - _MOST_EXCEPTIONS)
    return found[-_MOST_EXCEPTIONS:]


def _work_week(week: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - MPXJ's ProjectCalendarWeek
    """Yield a week that holds for a stretch of dates as one recurring exception for each of its days."""
    from synodos.exchange.schedules.java import java_class

    stretch = week.getDateRange()
    if stretch is None or stretch.getStart() is None or stretch.getEnd() is None:
        return
    dates = _dates(stretch.getStart(), stretch.getEnd())
    for weekday, name in zip(java_class("java.time.DayOfWeek").values(), WEEKDAYS, strict=True):
        if str(week.getCalendarDayType(weekday)) == "DEFAULT":
            continue
        entry = {"dates": dates, "recurs": "weekly", "weekdays": [name], "hours": hours(week.getCalendarHours(weekday))}
        yield {**entry, **_named(week.getName())}


def _exception(exception: Any) -> dict[str, Any]:  # noqa: ANN401 - MPXJ's ProjectCalendarException
    """Return one exception, recurring or not."""
    entry: dict[str, Any] = {"dates": _dates(exception.getFromDate(), exception.getToDate())}
    if exception.getWorking():
        entry["hours"] = hours(exception)
    entry.update(_named(exception.getName()))
    if exception.getRecurring() is not None:
        entry.update(_recurrence(exception.getRecurring()))
    return entry


def _named(name: Any) -> dict[str, str]:  # noqa: ANN401 - Java's String
    """Return the name of an exception, where it has one."""
    text = text_of(name)
    return {"name": text} if text else {}


def _dates(first: Any, last: Any) -> str:  # noqa: ANN401 - Java's LocalDate
    """Return a stretch of days; one that never ends is cut at 2199."""
    begins, ends = str(first), min(str(last), "2199-12-31")
    return begins if begins == ends else f"{begins}..{ends}"


def _recurrence(data: Any) -> dict[str, Any]:  # noqa: ANN401 - MPXJ's RecurringData
    """Return how an exception recurs."""
    kind = str(data.getRecurrenceType()).lower()
    entry: dict[str, Any] = {"recurs": kind}
    if data.getFrequency() is not None and kind != "yearly":
        entry["every"] = max(int(data.getFrequency()), 1)
    if kind == "weekly":
        entry["weekdays"] = _weekdays(data)
    if kind == "yearly":
        entry["month"] = int(data.getMonthNumber())
    if kind in ("monthly", "yearly"):
        if data.getRelative():
            entry["ordinal"] = _ORDINALS[int(data.getDayNumber()) - 1]
            entry["weekdays"] = [WEEKDAYS[int(data.getDayOfWeek().getValue()) - 1]]
        else:
            entry["day"] = int(data.getDayNumber())
    return entry


def _weekdays(data: Any) -> list[str]:  # noqa: ANN401 - MPXJ's RecurringData
    """Return the days of the week on which an exception recurs."""
    from synodos.exchange.schedules.java import java_class

    every = zip(java_class("java.time.DayOfWeek").values(), WEEKDAYS, strict=True)
    return [name for weekday, name in every if data.getWeeklyDay(weekday)]
