"""What the activities of a project share: its start, its status date, and what its tool calls critical."""

from __future__ import annotations

from typing import Any

from synodos.exchange.schedules.activities import default_calendar, minutes_per_day
from synodos.exchange.schedules.links import lag_rule
from synodos.exchange.schedules.naming import text_of
from synodos.exchange.schedules.projects import Project, build
from synodos.exchange.schedules.times import days, minutes, moment
from synodos.language import Schedule


def map_schedule(project: Project, file_name: str) -> Schedule:
    """Return the schedule record of a project, and note the settings that it has no place for."""
    properties, tally = project.properties, project.tally
    default = default_calendar(project)
    starts = properties.getPlannedStart() or properties.getStartDate() or project.file.getEarliestStartDate()
    found: Schedule = build(
        Schedule,
        project.stated,
        id=project.id,
        name=text_of(properties.getProjectTitle()) or text_of(properties.getName()) or project.id,
        starts=moment(starts, tally),
        status_date=moment(properties.getStatusDate(), tally) if project.status_dated else None,
        progress=_progress(project),
        finish_by=moment(properties.getMustFinishBy(), tally),
        calendar=default.id if default is not None else None,
        lag_calendar=lag_rule(project),
        critical="longest-path" if str(properties.getCriticalActivityType()) == "LONGEST_PATH" else None,
        critical_float_days=_critical_float(project, minutes_per_day(default)),
        file=file_name,
        tool=_tool(project),
    )
    _note_settings(project)
    return found


def _progress(project: Project) -> str:
    """Return how work out of sequence is scheduled."""
    rule = str(project.properties.getSchedulingProgressedActivities())
    if rule == "ACTUAL_DATES":
        project.tally.note("Work out of sequence was scheduled by actual dates; retained logic stands in its place.")
    return "progress-override" if rule == "PROGRESS_OVERRIDE" else "retained-logic"


def _critical_float(project: Project, per_day: float) -> float | None:
    """Return the total float up to which activities are critical, in days."""
    limit = project.properties.getCriticalSlackLimit()
    if limit is None or not float(limit.getDuration()):
        return None
    return days(minutes(limit, project.properties), per_day)


def _tool(project: Project) -> str:
    """Return the program that wrote the file, with its version where the file says."""
    properties = project.properties
    named: list[Any] = [properties.getFileApplication(), properties.getFileType(), properties.getApplicationVersion()]
    return " ".join(text for text in map(text_of, named) if text) or project.form


def _note_settings(project: Project) -> None:
    """Note settings of the tool that move dates or floats and have no place in a schedule."""
    properties, tally = project.properties, project.tally
    if str(properties.getScheduleFrom()) != "0":
        tally.note("The file does not say that the project runs forwards from its start; here it does.")
    if project.status_dated and properties.getMakeOpenEndedActivitiesCritical():
        tally.note("The tool showed every activity without a successor as critical; here their float decides.")
    if project.status_dated and str(properties.getTotalSlackCalculationType()) == "START_SLACK":
        tally.note("The tool took total float from the start dates; here the smaller of start and finish counts.")
