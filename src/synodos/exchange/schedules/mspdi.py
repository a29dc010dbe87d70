"""Writing schedules as MSPDI, the XML form of Microsoft Project."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

from synodos.exchange.opening import refuse
from synodos.exchange.placing import place_file
from synodos.exchange.schedules.calendars import WEEKDAYS
from synodos.exchange.schedules.java import bounded, java_class
from synodos.exchange.schedules.times import MINUTES_PER_DAY, MINUTES_PER_HOUR
from synodos.language import Activity, Calendar, Constraint, Exceptional, Link, Portfolio, Schedule

_KINDS: Final = {
    "start-no-earlier": "START_NO_EARLIER_THAN",
    "start-no-later": "START_NO_LATER_THAN",
    "finish-no-earlier": "FINISH_NO_EARLIER_THAN",
    "finish-no-later": "FINISH_NO_LATER_THAN",
    "must-start": "MUST_START_ON",
    "must-finish": "MUST_FINISH_ON",
    "as-late-as-possible": "AS_LATE_AS_POSSIBLE",
}
_RULES: Final = {
    "predecessor": "PREDECESSOR",
    "successor": "SUCCESSOR",
    "schedule": "PROJECT_DEFAULT",
    "elapsed": "TWENTY_FOUR_HOUR",
}
_ORDINALS: Final = ("first", "second", "third", "fourth", "last")
_DAY_ONLY: Final = len("2018-05-07")


def write_mspdi(portfolio: Portfolio, schedule: str, path: Path | str, *, replace: bool = False) -> tuple[str, ...]:
    """Write one schedule of a portfolio as MSPDI, and return what the file does not hold.

    Parameters
    ----------
    portfolio : Portfolio
        The portfolio, as its reader may see it.
    schedule : str
        Id of the schedule.
    path : pathlib.Path or str
        Where to write.
    replace : bool
        Whether a file at `path` may be replaced.

    Returns
    -------
    tuple of str
        What MSPDI has no place for, as sentences.

    Raises
    ------
    PortfolioError
        With one fault, if there is no such schedule, something stands at `path`, or the extra `schedules` is not
        installed.

    Notes
    -----
    MPXJ writes the file, and reads it back as it was written: that is tested. Whether Microsoft Project itself
    accepts it is not tested. MSPDI knows one constraint an activity, no progress override and no spreads.
    """
    path = Path(path)
    if schedule not in portfolio.schedules:
        known = ", ".join(sorted(portfolio.schedules)[:10]) or "a portfolio with schedules"
        refuse("schedule.unknown", "the portfolio has no such schedule", found=schedule, expected=known)
    writing = bounded(lambda: _Writing(portfolio, portfolio.schedules[schedule]), path.name)
    place_file(path, lambda beside: bounded(lambda: writing.write(beside), path.name), replace=replace)
    return tuple(writing.left_out)


class _Writing:
    """A schedule on its way into MPXJ's model."""

    def __init__(self, portfolio: Portfolio, schedule: Schedule) -> None:
        """Fill MPXJ's model."""
        self.portfolio = portfolio
        self.schedule = schedule
        self.left_out: dict[str, None] = {}
        self.file = java_class("org.mpxj.ProjectFile")()
        self.calendars: dict[str, Any] = {}
        self.tasks: dict[str, Any] = {}
        activities = [each for each in portfolio.activities.values() if each.schedule == schedule.id]
        for key in dict.fromkeys([schedule.calendar, *(activity.calendar for activity in activities)]):
            if key is not None:
                self._add_calendar(key)
        self._set_properties()
        for activity in activities:
            self._add_task(activity)
        for activity in activities:
            self._add_links(activity)

    def write(self, path: Path) -> None:
        """Write the file."""
        java_class("org.mpxj.mspdi.MSPDIWriter")().write(self.file, java_class("java.io.File")(str(path)))

    def _set_properties(self) -> None:
        """Set what the activities share."""
        schedule, properties = self.schedule, self.file.getProjectProperties()
        properties.setProjectTitle(schedule.name)
        properties.setName(schedule.name)
        properties.setHonorConstraints(True)
        if schedule.starts:
            properties.setStartDate(_local(schedule.starts))
        if schedule.status_date:
            properties.setStatusDate(_local(schedule.status_date))
        default = self.calendars.get(schedule.calendar or "") or self._elapsed()
        self.file.setDefaultCalendar(default)
        properties.setMinutesPerDay(java_class("java.lang.Integer")(int(default.getMinutesPerDay())))
        rule = java_class("org.mpxj.RelationshipLagCalendar")
        properties.setRelationshipLagCalendar(getattr(rule, _RULES[schedule.lag_calendar]))
        if schedule.finish_by:
            self.left_out["The date by which the schedule has to be complete."] = None
        if schedule.progress == "progress-override":
            self.left_out["That work out of sequence stops waiting for its predecessors."] = None

    def _elapsed(self) -> Any:  # noqa: ANN401 - MPXJ's ProjectCalendar
        """Return a calendar of every hour of every day."""
        if "" not in self.calendars:
            self.calendars[""] = self._new_calendar("Every hour of every day", 24.0)
            self._fill_week(self.calendars[""], dict.fromkeys(WEEKDAYS, ("00:00-24:00",)), inherits=False)
        return self.calendars[""]

    def _new_calendar(self, name: str, hours_per_day: float | None) -> Any:  # noqa: ANN401 - MPXJ's ProjectCalendar
        """Return a new calendar."""
        calendar = self.file.addCalendar()
        calendar.setName(name)
        if hours_per_day is not None:
            calendar.setCalendarMinutesPerDay(java_class("java.lang.Integer")(round(hours_per_day * MINUTES_PER_HOUR)))
        return calendar

    def _add_calendar(self, key: str) -> None:
        """Add a calendar of the portfolio, with what it rests on."""
        record = self.portfolio.calendars.get(key)
        if key in self.calendars or record is None:
            return
        if record.parent is not None:
            self._add_calendar(record.parent)
        calendar = self._new_calendar(record.name, record.hours_per_day)
        self.calendars[key] = calendar
        parent = self.calendars.get(record.parent or "")
        if parent is not None:
            calendar.setParent(parent)
        self._fill_week(calendar, _week(record, inherits=parent is not None), inherits=parent is not None)
        for entry in record.exceptions:
            self._add_exception(calendar, entry)

    def _fill_week(self, calendar: Any, week: dict[str, tuple[str, ...]], *, inherits: bool) -> None:  # noqa: ANN401
        """Set the hours of the days of a week."""
        day_type = java_class("org.mpxj.DayType")
        for weekday, name in zip(java_class("java.time.DayOfWeek").values(), WEEKDAYS, strict=True):
            if not week and inherits:
                calendar.setCalendarDayType(weekday, day_type.DEFAULT)
                continue
            found = week.get(name, ())
            calendar.setCalendarDayType(weekday, day_type.WORKING if found else day_type.NON_WORKING)
            hours = calendar.addCalendarHours(weekday)
            for stretch in found:
                hours.add(_range(stretch))

    def _add_exception(self, calendar: Any, entry: Exceptional) -> None:  # noqa: ANN401 - MPXJ's ProjectCalendar
        """Add the days of an exception."""
        local_date = java_class("java.time.LocalDate")
        first, last = (local_date.parse(day.isoformat()) for day in (entry.dates.earliest, entry.dates.latest))
        if entry.recurs is None:
            exception = calendar.addCalendarException(first, last)
        else:
            exception = calendar.addCalendarException(_recurring(entry))
        if entry.name:
            exception.setName(entry.name)
        for stretch in entry.hours:
            exception.add(_range(stretch))

    def _add_task(self, activity: Activity) -> None:
        """Add a task."""
        task = self.file.addTask()
        self.tasks[activity.id] = task
        task.setName(activity.name)
        task.setWBS(activity.wbs)
        calendar = self.calendars.get(activity.calendar or "")
        if activity.calendar and calendar is not None:
            task.setCalendar(calendar)
        found = self._minutes(activity.duration_days, activity)
        task.setDuration(_duration(found))
        left = 0.0 if activity.actual_finish else activity.duration_days
        if activity.remaining_days is not None:
            left = activity.remaining_days
        task.setRemainingDuration(_duration(self._minutes(left, activity)))
        task.setActualDuration(_duration(max(found - self._minutes(left, activity), 0)))
        task.setMilestone(activity.type.endswith("milestone"))
        for value, set_value in (
            (activity.actual_start, task.setActualStart),
            (activity.actual_finish, task.setActualFinish),
            (activity.deadline, task.setDeadline),
        ):
            if value is not None:
                set_value(_local(value))
        self._add_constraints(task, activity)
        self._note_rest(activity)

    def _add_constraints(self, task: Any, activity: Activity) -> None:  # noqa: ANN401 - MPXJ's Task
        """Set the first constraint; MSPDI has one."""
        for constraint in activity.constraints[:1]:
            task.setConstraintType(getattr(java_class("org.mpxj.ConstraintType"), _KINDS[constraint.type]))
            if constraint.on is not None:
                task.setConstraintDate(_local(_moment(constraint)))
        if len(activity.constraints) > 1:
            self.left_out[f"Constraints of {activity.id} beyond the first."] = None

    def _note_rest(self, activity: Activity) -> None:
        """Note what of an activity has no place in the file."""
        if activity.spread is not None:
            self.left_out["Spreads of durations."] = None
        if activity.cost is not None:
            self.left_out["Costs of activities."] = None
        if activity.remaining_days is not None and not activity.actual_finish:
            self.left_out["What is left of work at the status date, where it is not the planned duration."] = None
        if activity.expected_finish is not None:
            self.left_out["That what is left of work lasts until it is expected to end."] = None
        if activity.type == "level-of-effort":
            self.left_out["That levels of effort last as long as what they accompany."] = None

    def _add_links(self, activity: Activity) -> None:
        """Add the links of an activity."""
        builder = java_class("org.mpxj.Relation$Builder")
        kinds = java_class("org.mpxj.RelationType")
        for link in activity.after:
            predecessor = self.tasks.get(link.activity)
            if predecessor is None:
                self.left_out[f"The link of {activity.id} to {link.activity}, of another schedule."] = None
                continue
            if link.lag_days and link.lag_in == "working" and self.schedule.lag_calendar in ("predecessor", "schedule"):
                self.left_out["That lags count on another calendar than that of what waits."] = None
            relation = builder().predecessorTask(predecessor).type(getattr(kinds, link.type.upper().replace("-", "_")))
            self.tasks[activity.id].addPredecessor(relation.lag(self._lag(activity, link)))

    def _lag(self, activity: Activity, link: Link) -> Any:  # noqa: ANN401 - MPXJ's Duration
        """Return the lag of a link."""
        if link.lag_in == "elapsed" or self.schedule.lag_calendar == "elapsed":
            return _duration(link.lag_days * MINUTES_PER_DAY, "ELAPSED_MINUTES")
        counted = {"predecessor": self.portfolio.activities[link.activity], "successor": activity}
        return _duration(self._minutes(link.lag_days, counted.get(self.schedule.lag_calendar)))

    def _minutes(self, days: float, activity: Activity | None) -> int:
        """Return days of an activity's calendar, else of the schedule's, in minutes of work."""
        key = (activity.calendar if activity is not None else None) or self.schedule.calendar or ""
        calendar = self.calendars.get(key) or self._elapsed()
        return round(days * int(calendar.getMinutesPerDay() or MINUTES_PER_DAY))


def _week(record: Calendar, *, inherits: bool) -> dict[str, tuple[str, ...]]:
    """Return the hours of the days of a calendar's week."""
    if not record.week and not inherits:
        return dict.fromkeys(WEEKDAYS, ("00:00-24:00",))
    return {day: working.hours for working in record.week for day in working.days}


def _moment(constraint: Constraint) -> str:
    """Return the moment of a constraint; a day without an hour is its end for finishes."""
    on = constraint.on or ""
    if len(on) > _DAY_ONLY or "finish" not in constraint.type:
        return on
    return (dt.datetime.fromisoformat(on) + dt.timedelta(days=1)).isoformat()


def _local(moment: str) -> Any:  # noqa: ANN401 - Java's LocalDateTime
    """Return a moment as Java has it."""
    text = moment if "T" in moment else f"{moment}T00:00"
    return java_class("java.time.LocalDateTime").parse(text)


def _duration(minutes: float, unit: str = "MINUTES") -> Any:  # noqa: ANN401 - MPXJ's Duration
    """Return a duration as MPXJ has it."""
    return java_class("org.mpxj.Duration").getInstance(float(minutes), getattr(java_class("org.mpxj.TimeUnit"), unit))


def _range(stretch: str) -> Any:  # noqa: ANN401 - MPXJ's LocalTimeRange
    """Return a stretch of working hours as MPXJ has it."""
    first, _, last = stretch.partition("-")
    time = java_class("java.time.LocalTime")
    return java_class("org.mpxj.LocalTimeRange")(time.parse(first), time.parse("00:00" if last == "24:00" else last))


def _recurring(entry: Exceptional) -> Any:  # noqa: ANN401 - MPXJ's RecurringData
    """Return how an exception recurs, as MPXJ has it."""
    data, integer = java_class("org.mpxj.RecurringData")(), java_class("java.lang.Integer")
    local_date, weekday = java_class("java.time.LocalDate"), java_class("java.time.DayOfWeek")
    data.setStartDate(local_date.parse(entry.dates.earliest.isoformat()))
    data.setFinishDate(local_date.parse(entry.dates.latest.isoformat()))
    data.setUseEndDate(True)
    data.setRecurrenceType(getattr(java_class("org.mpxj.RecurrenceType"), str(entry.recurs).upper()))
    data.setFrequency(integer(entry.every))
    days = [weekday.of(WEEKDAYS.index(day) + 1) for day in entry.weekdays]
    if entry.recurs == "weekly":
        for day in days:
            data.setWeeklyDay(day, True)  # noqa: FBT003 - Java takes no keyword
    elif entry.ordinal is not None:
        data.setRelative(True)
        data.setDayNumber(integer(_ORDINALS.index(entry.ordinal) + 1))
        data.setDayOfWeek(days[0])
    elif entry.day is not None:
        data.setDayNumber(integer(entry.day))
    if entry.month is not None:
        data.setMonthNumber(integer(entry.month))
    return data
