"""The answers on meetings: which there are, and what one deals with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.naming import record_name
from synodos.report.answering.reading import for_readers
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted
from synodos.report.forum.actions import actions_table, told_actions
from synodos.report.forum.words import SORTS, day, named, spoken, when

if TYPE_CHECKING:
    from synodos.forum import MeetingState, Point
    from synodos.language import Meeting
    from synodos.report.forum.contents import ToldMeeting


def meetings_answer(portfolio: Portfolio, terms: str | None = None, at: dt.date | None = None) -> Answer:
    """Return the meetings of a forum: those to come, then those that were held.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked, as its viewer sees it.
    terms : str, optional
        Terms of Reference of the forum, by id; by default the only ones, or the first by id.
    at : datetime.date, optional
        The day that is asked about; by default the day of knowledge.

    Raises
    ------
    ValueError
        If the portfolio has no such Terms of Reference.
    """
    from synodos.forum import chosen_terms, meeting_states
    from synodos.report.forum.contents import ToldMeetings

    day_asked, chosen = at or portfolio.known_on, chosen_terms(portfolio, terms)
    key = chosen.id if chosen else None
    found = meeting_states(portfolio, day_asked, key)
    ahead = [one for one in found if one.ahead]
    following = f"; the next is {ahead[0].name}, {when(ahead[0].held) or 'day not settled'}" if ahead else ""
    lead = f"{counted(len(found), 'meeting')}, {len(ahead) or 'none'} to come{following}."
    table = meetings_table(portfolio, found)
    wrapped = envelope(
        "forum-meetings",
        portfolio,
        plain(ToldMeetings(key or "", day_asked, found)),
        evidence=[f"meeting:{one.meeting}" for one in found],
        parameters={"terms": key, "at": day_asked},
    )
    document = Document(
        "Meetings", lead, header_line(portfolio), (Section("meetings", "To come and held", tables=(table,)),)
    )
    return Answer(wrapped, document.header, (table,), (lead,), for_readers(document))


def meetings_table(portfolio: Portfolio, found: Iterable[MeetingState]) -> Table:
    """Return meetings, each in a row."""
    rows = tuple(
        (
            one.name,
            when(one.held),
            one.place,
            spoken(one.meets),
            portfolio.agency_name(one.chair) if one.chair else None,
            one.agencies_present,
            one.decisions or None,
            one.meeting,
        )
        for one in found
    )
    columns = ("meeting", "held", "place", "who meets", "chair", "agencies present", "decisions", "id")
    return Table("meetings", "Meetings", columns, rows, heads=1)


def meeting_answer(portfolio: Portfolio, meeting: str, at: dt.date | None = None) -> Answer:
    """Return what a meeting deals with; of one that is ahead, also what else is due by it.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked, as its viewer sees it.
    meeting : str
        The meeting, by id.
    at : datetime.date, optional
        The day that is asked about; by default the day of knowledge.

    Raises
    ------
    ValueError
        If the portfolio has no such meeting.
    """
    from synodos.forum import agenda

    points, day_asked, record = agenda(portfolio, meeting), at or portfolio.known_on, portfolio.meetings[meeting]
    held = record.held is not None and record.held.latest < day_asked
    told = _told(portfolio, record, day_asked, tuple(one for one in points if not held or one.sort == "stated"))
    lead = _lead(portfolio, told, held=held)
    sections = tuple(_sections(portfolio, told))
    wrapped = envelope(
        "forum-meeting",
        portfolio,
        plain(told),
        evidence=_evidence(record, told),
        parameters={"meeting": meeting, "at": day_asked},
        missing=[f"meeting:{meeting}: when is it held?"] if record.held is None else (),
    )
    tables = tuple(table for section in sections for table in section.tables)
    document = Document(record.name, lead, header_line(portfolio), sections)
    return Answer(wrapped, document.header, tables, (lead,), for_readers(document))


def _told(portfolio: Portfolio, record: Meeting, day_asked: dt.date, points: tuple[Point, ...]) -> ToldMeeting:
    """Return a meeting with what it deals with."""
    from synodos.forum import meeting_states
    from synodos.report.forum.contents import ToldMeeting

    return ToldMeeting(
        meeting=next(one for one in meeting_states(portfolio, day_asked) if one.meeting == record.id),
        at=day_asked,
        virtual=record.virtual,
        chair_passes_to=record.chair_passes_to,
        agenda=points,
        documents=record.documents,
        minutes=record.minutes,
        decisions=record.decisions,
        participants=record.participants,
        actions=told_actions(portfolio, day_asked, every=True, meeting=record.id),
    )


def _lead(portfolio: Portfolio, told: ToldMeeting, *, held: bool) -> str:
    """Return a meeting in one sentence."""
    one = told.meeting
    where = f" in {one.place}" if one.place else " by wire" if told.virtual else ""
    chaired = f", chaired by {portfolio.agency_name(one.chair)}" if one.chair else ""
    if held:
        return f"Held {when(one.held)}{where}{chaired}: {counted(one.decisions, 'decision')} recorded."
    due = sum(point.sort != "stated" for point in told.agenda)
    stated = counted(len(told.agenda) - due, "point")
    held_on = when(one.held) or "on a day not settled"
    return f"To be held {held_on}{where}{chaired}: {stated} on the agenda, {due or 'none'} due besides."


def _sections(portfolio: Portfolio, told: ToldMeeting) -> Iterator[Section]:
    """Yield the parts of a meeting's page."""
    yield Section("when", "When and where", tuple(_when(portfolio, told)))
    agenda = Table(
        "agenda",
        "Agenda",
        ("point", "why", "by", "rests on"),
        tuple((one.name, SORTS[one.sort], day(one.by), "; ".join(one.records)) for one in told.agenda),
        heads=1,
    )
    yield Section("agenda", "Agenda", () if agenda.rows else ("No agenda is stated.",), None, (agenda,))
    if told.documents:
        rows = tuple((record_name(portfolio, f"paper:{key}"), key) for key in told.documents)
        yield Section("documents", "Papers before it", tables=(Table("documents", "Papers", ("paper", "id"), rows),))
    if told.minutes:
        yield Section("minutes", "Minutes", told.minutes)
    decisions = tuple(
        (
            one.decided,
            "; ".join(record_name(portfolio, f"paper:{key}") for key in one.papers),
            named(portfolio, one.welcomes),
        )
        for one in told.decisions
    )
    if decisions:
        table = Table("decisions", "Decisions", ("decided", "papers", "welcomes"), decisions)
        yield Section("decisions", "Decisions", tables=(table,))
    if told.actions:
        yield Section("actions", "Actions", tables=(actions_table(portfolio, told.actions),))
    if told.participants:
        rows = tuple((portfolio.agency_name(key), key) for key in told.participants)
        table = Table("participants", "Agencies present", ("agency", "id"), rows)
        yield Section("participants", "Who was there", tables=(table,), folded=True)


def _when(portfolio: Portfolio, told: ToldMeeting) -> Iterator[str]:
    """Yield when and where a meeting is held, and who leads it."""
    one = told.meeting
    yield f"{when(one.held) or 'Day not settled'}, {one.place or ('by wire' if told.virtual else 'place not stated')}."
    if one.host:
        yield f"{portfolio.agency_name(one.host)} invites."
    if one.chair:
        yield f"{portfolio.agency_name(one.chair)} has the chair."
    if told.chair_passes_to and told.chair_passes_to in portfolio.agencies:
        yield f"{portfolio.agency_name(told.chair_passes_to)} has the chair of the forum from this meeting on."
    if one.agencies_present is not None:
        yield f"{counted(one.agencies_present, 'agency', 'agencies')} took part."


def _evidence(record: Meeting, told: ToldMeeting) -> Iterator[str]:
    """Yield the records that a meeting's page rests on."""
    yield f"meeting:{record.id}"
    yield from (key for point in told.agenda for key in point.records)
    yield from (f"paper:{key}" for key in told.documents)
    yield from (f"action:{one.action}" for one in told.actions)
