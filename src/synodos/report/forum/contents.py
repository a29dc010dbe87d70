"""What answers on the forum hold for programs: the shapes of which the published schemas are made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from synodos.forum import (
    Chair,
    MeetingState,
    Member,
    OpenAction,
    Outcome,
    PaperState,
    PinDifference,
    Point,
)
from synodos.language import DateRange, Decision, Pins, TermsOfReference
from synodos.law import ContestedQuestion


@dataclass(frozen=True, slots=True)
class ToldPapers:
    """The papers of a forum as they stand on a day, those that wait for something first."""

    terms: str
    at: dt.date
    papers: tuple[PaperState, ...]


@dataclass(frozen=True, slots=True)
class ToldPaper:
    """A paper on a day: its text, where each agency stands, what became of it, and what it was agreed on."""

    paper: PaperState
    statement: str | None
    paragraphs: tuple[str, ...]
    authors: tuple[str, ...]
    about: tuple[str, ...]
    replaces: str | None
    replaced_by: tuple[str, ...]
    outcome: Outcome
    pins: Pins | None
    pins_agree: bool | None
    """Whether the pinned day still gives what was pinned; null: nothing is pinned, or it was not compared."""
    pin_differences: tuple[PinDifference, ...]
    contested: ContestedQuestion | None
    meetings: tuple[str, ...]
    actions: tuple[OpenAction, ...]


@dataclass(frozen=True, slots=True)
class ToldMeetings:
    """The meetings of a forum: those to come, the next first, then those that were held, the latest first."""

    terms: str
    at: dt.date
    meetings: tuple[MeetingState, ...]


@dataclass(frozen=True, slots=True)
class ToldAction:
    """Something that somebody is to do, or did."""

    action: str
    name: str
    bearers: tuple[str, ...]
    due: DateRange | None
    standing: Literal["open", "done", "dropped"]
    done: DateRange | None
    overdue: bool
    days_left: int | None
    meeting: str | None
    paper: str | None
    group: str | None


@dataclass(frozen=True, slots=True)
class ToldMeeting:
    """A meeting: what it deals with, what lay before it, what was said and decided, and who was there."""

    meeting: MeetingState
    at: dt.date
    virtual: bool | None
    chair_passes_to: str | None
    agenda: tuple[Point, ...]
    documents: tuple[str, ...]
    minutes: tuple[str, ...]
    decisions: tuple[Decision, ...]
    participants: tuple[str, ...]
    actions: tuple[ToldAction, ...]


@dataclass(frozen=True, slots=True)
class ToldActions:
    """What is to be done for the forum, those due first first; with `every`, what was done or dropped as well."""

    at: dt.date
    actions: tuple[ToldAction, ...]


@dataclass(frozen=True, slots=True)
class ToldMembership:
    """Who takes part in a forum on a day, and by which Terms of Reference."""

    at: dt.date
    terms: TermsOfReference | None
    chair: Chair | None
    members: tuple[Member, ...]
    observers: tuple[str, ...]
