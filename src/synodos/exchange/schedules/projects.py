"""One project of a schedule file while it is mapped, and the fields that all of its records share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from pydantic import ValidationError

from synodos.exchange.schedules.imported import Tally
from synodos.exchange.schedules.naming import slug, text_of
from synodos.language import Calendar, PortfolioError, Record, of_validation

_STATUS_DATED: Final = ("primavera", "p3", "suretrak", "asta", "powerproject")
"""Tools that schedule what is left from the status date on; Microsoft Project does not by itself."""


@dataclass
class Project:
    """A project of a file, what its records share, and what was found so far.

    Attributes
    ----------
    file : object
        MPXJ's ProjectFile.
    id : str
        Id of its schedule.
    stated : dict
        Owner, author, release, date, confidence and sources of its records.
    tally : Tally
        Counts what cannot be mapped.
    calendars : dict
        Calendar records by MPXJ's unique id; `None` stands for every hour of every day.
    activity_ids : dict
        Id of each activity by MPXJ's unique id.
    """

    file: Any
    id: str
    stated: dict[str, Any]
    tally: Tally
    calendars: dict[int | None, Calendar] = field(default_factory=dict)
    activity_ids: dict[int, str] = field(default_factory=dict)

    @cached_property
    def properties(self) -> Any:  # noqa: ANN401 - MPXJ's ProjectProperties
        """MPXJ's properties of the project."""
        return self.file.getProjectProperties()

    @cached_property
    def form(self) -> str:
        """What the file is, as MPXJ names it."""
        named = (text_of(self.properties.getFileApplication()), text_of(self.properties.getFileType()))
        return " ".join(part for part in named if part) or "schedule"

    @cached_property
    def status_dated(self) -> bool:
        """Whether its tool schedules what is left from the status date on."""
        return self.form.lower().startswith(_STATUS_DATED)

    @cached_property
    def tasks(self) -> tuple[Any, ...]:
        """The tasks that are pieces of work: no summaries, no blank rows, none that are switched off."""
        return tuple(self._work())

    def _work(self) -> Iterator[Any]:
        """Yield the tasks that are pieces of work, and count those that are left out."""
        for task in self.file.getTasks():
            if task.getNull() or task.getUniqueID() is None:
                continue
            if task.getSummary() or _stands_for_project(task):
                continue
            if not task.getActive():
                self.tally.miss("inactive tasks", _name(task))
            elif str(task.getActivityType()) == "WBS_SUMMARY":
                self.tally.miss("WBS summary activities", _name(task))
            else:
                yield task


def _stands_for_project(task: Any) -> bool:  # noqa: ANN401 - MPXJ's Task
    """Return whether this is the row that Microsoft Project shows for the project as a whole."""
    return task.getID() is not None and int(task.getID()) == 0 and task.getParentTask() is None


def _name(task: Any) -> str:  # noqa: ANN401 - MPXJ's Task
    """Return what a message calls a task."""
    return text_of(task.getActivityID()) or text_of(task.getName()) or f"task {task.getUniqueID()}"


def build(kind: type[Record], stated: dict[str, Any], **fields: Any) -> Any:  # noqa: ANN401 - one of many kinds
    """Return a record; fields that are None keep their defaults.

    Raises
    ------
    PortfolioError
        If what the file says does not fit the kind.
    """
    given = {**stated, **{name: value for name, value in fields.items() if value is not None}}
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        found = of_validation(error, f"{kind.kind} {given['id']}", tuple(kind.model_fields))
        raise PortfolioError(found) from None


def schedule_stem(properties: Any, file_stem: str) -> str:  # noqa: ANN401 - MPXJ's ProjectProperties
    """Return what the id of a project's schedule is made of: its short name, else its title, else the file's name."""
    for value in (properties.getProjectID(), properties.getProjectTitle(), properties.getName()):
        if text := text_of(value):
            return slug(text)
    return slug(file_stem)
