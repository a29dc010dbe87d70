"""Reading a schedule file: from bytes to records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from synodos.exchange.opening import printable, refuse
from synodos.exchange.schedules.activities import count_around, map_activities, name_activities
from synodos.exchange.schedules.calendars import map_calendars
from synodos.exchange.schedules.imported import Imported, Tally
from synodos.exchange.schedules.java import bounded, java_class
from synodos.exchange.schedules.naming import slug
from synodos.exchange.schedules.projects import Project, schedule_stem
from synodos.exchange.schedules.rules import map_schedule
from synodos.exchange.schedules.safety import checked_bytes, is_xer, xer_text
from synodos.language import Record

_FORMS: Final = "P6 XER or PMXML, Microsoft Project MPP, MSPDI or MPX, Planner, or another form that MPXJ reads"
_LEFT_OUT: Final = "Some dates or numbers in the file cannot be read; they were left out."
_MOST_KEY: Final = 60
"""Characters of a file's name in the key of a source."""
_MOST_ID: Final = 80
"""Characters of the id of a schedule, so that those of its activities have room."""


def read_schedule(
    path: Path | str,
    owner: str,
    *,
    as_of: dt.date | None = None,
    schedule: str | None = None,
    release: str | Sequence[str] = "private",
    encoding: str | None = None,
) -> Imported:
    """Return the records that a schedule file holds, and what of it has no place in them.

    Parameters
    ----------
    path : pathlib.Path or str
        P6 XER or PMXML, Microsoft Project MPP, MSPDI or MPX, Planner, or another form that MPXJ reads.
    owner : str
        Id of the agency whose schedule it is.
    as_of : datetime.date, optional
        Date of the statements; the file's status date, else the day on which it was saved, if not given.
    schedule : str, optional
        Id of the schedule, from which the ids of its activities and calendars are made. By default the owner and
        the project's short name or title. Give the same one again when a newer file names the project otherwise.
    release : str or sequence of str
        Who may see the records.
    encoding : str, optional
        Encoding of a P6 XER file, which does not state it; UTF-8 where it is valid, else Windows-1252 by default.

    Raises
    ------
    PortfolioError
        With one fault, if the file cannot be read or the extra `schedules` is not installed.

    Notes
    -----
    MPXJ reads the file. Durations become days of the activity's calendar, to a tenth of a second. A summary task
    becomes no record; a link of one is handed down to the tasks in it. A `start on` becomes two constraints. Work
    that a tool leaves where it was typed in starts no earlier than that. What the tool itself had computed is kept in
    `Activity.computed`; nothing of it is used to compute dates.
    """
    path = Path(path)
    place = printable(path.name)
    tally = Tally()
    files = bounded(lambda: _projects(path, encoding, tally), place)
    if schedule is not None and len(files) > 1:
        refuse("schedule.several", "one id cannot name several schedules", place, f"{len(files)} projects", "no id")
    shown = release if isinstance(release, str) else list(release)
    stated = {"owner": owner, "stated_by": owner, "release": shown, "confidence": "read"}
    return bounded(lambda: _Reading(path, owner, tally).records(files, as_of, schedule, stated), place)


def _projects(path: Path, encoding: str | None, tally: Tally) -> list[Any]:
    """Return MPXJ's projects in a file that hold any activity."""
    place = printable(path.name)
    data = checked_bytes(path)
    if is_xer(data):
        text, note = xer_text(data, encoding, place)
        if note:
            tally.note(note)
        found = _read_xer(text, tally)
    else:
        found = _read_other(path, place)
    filled = [project for project in found if len(project.getTasks())]
    if not filled:
        refuse("schedule.empty", "the file holds no activities", place, f"{len(found)} projects", "a schedule")
    if any(len(project.getIgnoredErrors()) for project in filled):
        tally.note(_LEFT_OUT)
    return filled


def _read_xer(text: str, tally: Tally) -> list[Any]:
    """Return the projects of a P6 XER file; that values cannot be read is noted."""
    import jpype

    for leniently in (False, True):
        reader = java_class("org.mpxj.primavera.PrimaveraXERFileReader")()
        reader.setCharset(java_class("java.nio.charset.StandardCharsets").UTF_8)
        reader.setLinkCrossProjectRelations(True)
        reader.setIgnoreErrors(leniently)
        try:
            return list(reader.readAll(java_class("java.io.ByteArrayInputStream")(text.encode())))
        except jpype.JException:
            if leniently:
                raise
            tally.note(_LEFT_OUT)
    return []


def _read_other(path: Path, place: str) -> list[Any]:
    """Return the projects of any other file."""
    universal = java_class("org.mpxj.reader.UniversalProjectReader")()
    proxy = universal.getProjectReaderProxy(java_class("java.io.File")(str(path)))
    if proxy is None:
        refuse("schedule.form", "this is no schedule file", place, "a form that is not known", _FORMS)
    try:
        if "PrimaveraPMFileReader" in str(proxy.getProjectReader().getClass().getSimpleName()):
            proxy.getProjectReader().setLinkCrossProjectRelations(True)
        return [project for project in proxy.readAll() if project is not None]
    finally:
        proxy.close()


class _Reading:
    """The mapping of one file, project by project."""

    def __init__(self, path: Path, owner: str, tally: Tally) -> None:
        """Start with nothing."""
        self.path = path
        self.owner = owner
        self.tally = tally

    def records(
        self, files: list[Any], as_of: dt.date | None, schedule: str | None, stated: dict[str, Any]
    ) -> Imported:
        """Return the records of all projects of the file."""
        day = as_of or self._day(files)
        source = f"{slug(self.path.stem)[:_MOST_KEY].rstrip('-')}-{day.isoformat()}"
        stated = {**stated, "as_of": day.isoformat(), "sources": [source]}
        projects = [
            Project(file, found, stated, self.tally)
            for file, found in zip(files, self._ids(files, schedule), strict=True)
        ]
        records: list[Record] = []
        for project in projects:
            records += map_calendars(project)
            name_activities(project)
            count_around(project, self.tally)
        shared = {uid: found for project in projects if project.status_dated for uid, found in _ids(project)}
        records += [map_schedule(project, self.path.name) for project in projects]
        for project in projects:
            records += map_activities(project, {**shared, **project.activity_ids})
        if not any(project.activity_ids for project in projects):
            place = printable(self.path.name)
            refuse("schedule.empty", "the file holds no activities", place, "summaries only", "a schedule")
        left, notes = self.tally.unmapped(), tuple(self.tally.notes)
        return Imported(self.path.name, projects[0].form, day, source, tuple(records), left, notes)

    def _ids(self, files: list[Any], schedule: str | None) -> list[str]:
        """Return the ids of the schedules."""
        if schedule is not None:
            return [slug(schedule)[:_MOST_ID].rstrip("-")]
        found: list[str] = []
        for file in files:
            stem = schedule_stem(file.getProjectProperties(), self.path.stem)
            each = f"{self.owner}-{stem}"[:_MOST_ID].rstrip("-")
            found.append(each if each not in found else f"{each}-{len(found) + 1}")
        return found

    def _day(self, files: list[Any]) -> dt.date:
        """Return the date of the statements that the file itself gives."""
        for name, what in (("getStatusDate", "status date"), ("getLastSaved", "day on which it was saved")):
            dates = [str(date)[:10] for date in (getattr(f.getProjectProperties(), name)() for f in files) if date]
            if dates:
                self.tally.note(f"The statements carry the file's {what}.")
                return max(map(dt.date.fromisoformat, dates))
        place, found = printable(self.path.name), "neither status date nor day of saving"
        return refuse("schedule.undated", "the file has no date", place, found, "the date of the statements (--as-of)")


def _ids(project: Project) -> list[tuple[int, str]]:
    """Return the ids of a project's activities by their unique numbers."""
    return list(project.activity_ids.items())
