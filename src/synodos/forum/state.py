"""A forum as it stands on a day: who leads it, who takes part, what is open, and what waits for one agency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from synodos.forum.actions import OpenAction, open_actions
from synodos.forum.meetings import MeetingState, meeting_states
from synodos.forum.papers import PaperState, paper_states
from synodos.forum.taking_part import Chair, chair_on, members_on, stands_under
from synodos.language import WITHHELD, DateRange, DecisionRule, Portfolio, TermsOfReference

TO_STATE = ("silence", "decision")
"""What a paper waits for where members say where they stand."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a forum.

    Attributes
    ----------
    agency : str
        The agency, by id.
    since : DateRange or None
        Since when, as its own record states it; None where the Terms of Reference name it and nothing else is stated.
    groups : tuple of str
        Working groups in which it is named, by id.
    """

    agency: str
    since: DateRange | None
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupState:
    """A working group of a forum.

    Attributes
    ----------
    group, name : str
        The group, by id, and its name.
    task : str or None
        What it works on; None where it is not stated.
    active : DateRange or None
        When it was seen at work.
    chairs, members : tuple of str
        Who leads it and who takes part, as far as they are named.
    """

    group: str
    name: str
    task: str | None
    active: DateRange | None
    chairs: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForumState:
    """A forum as it stands on a day.

    Attributes
    ----------
    terms, name : str
        Its Terms of Reference, by id, and their title; empty where none are seen.
    at : datetime.date
        The day that was asked about.
    decides_by : DecisionRule or None
        How it decides; None where no Terms of Reference are seen.
    chair : Chair or None
        Who has the chair; None where no meeting says so.
    secretariat : str or None
        Who keeps its papers; None where it is not stated.
    members : tuple of Member
        Who decides.
    observers : tuple of str
        Who attends and does not count.
    groups : tuple of GroupState
        Its working groups.
    papers : tuple of PaperState
        Papers that wait for something.
    actions : tuple of OpenAction
        What is still to be done.
    meetings : tuple of MeetingState
        Meetings to come.
    to_state : tuple of str
        Papers on which the agency that asks has not said where it stands, by id; empty where none asks.
    """

    terms: str
    name: str
    at: dt.date
    decides_by: DecisionRule | None
    chair: Chair | None
    secretariat: str | None
    members: tuple[Member, ...]
    observers: tuple[str, ...]
    groups: tuple[GroupState, ...]
    papers: tuple[PaperState, ...]
    actions: tuple[OpenAction, ...]
    meetings: tuple[MeetingState, ...]
    to_state: tuple[str, ...]


def chosen_terms(portfolio: Portfolio, terms: str | None = None) -> TermsOfReference | None:
    """Return the Terms of Reference that are asked for; by default the only ones, or the first by id.

    Raises
    ------
    ValueError
        If the portfolio has none of that id.
    """
    if terms is not None and terms not in portfolio.terms_of_reference:
        message = f"terms: expected the id of Terms of Reference of {portfolio.header.id}, found {terms!r}"
        raise ValueError(message)
    key = terms or min(portfolio.terms_of_reference, default=None)
    return None if key is None else portfolio.terms_of_reference[key]


def forum_state(
    portfolio: Portfolio, terms: str | None = None, at: dt.date | None = None, for_agency: str | None = None
) -> ForumState:
    """Return a forum as it stands on a day.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    terms : str, optional
        Its Terms of Reference, by id; by default the only ones, or the first by id.
    at : datetime.date, optional
        The day that is asked about; by default the portfolio's day of knowledge.
    for_agency : str, optional
        Who asks what waits for it.

    Raises
    ------
    ValueError
        If the portfolio has no such Terms of Reference.
    """
    day, found = at or portfolio.known_on, chosen_terms(portfolio, terms)
    key = found.id if found else None
    papers = tuple(one for one in paper_states(portfolio, day, key) if one.waits_for)
    members = members_on(portfolio, day, found)
    return ForumState(
        terms=key or "",
        name=found.name if found else "",
        at=day,
        decides_by=found.decides_by if found else None,
        chair=chair_on(portfolio, day, found),
        secretariat=None if found is None or found.secretariat == WITHHELD else found.secretariat,
        members=tuple(_member(portfolio, one, key) for one in members),
        observers=tuple(sorted(one for one in found.observers if one != WITHHELD)) if found else (),
        groups=_groups(portfolio, key),
        papers=papers,
        actions=tuple(one for one in open_actions(portfolio, day) if _is_of(portfolio, one.action, key)),
        meetings=tuple(one for one in meeting_states(portfolio, day, key) if one.ahead),
        to_state=tuple(one.paper for one in papers if one.waits_for in TO_STATE and for_agency in one.unheard),
    )


def _member(portfolio: Portfolio, agency: str, terms: str | None) -> Member:
    """Return a member with what its record states."""
    record = portfolio.agencies.get(agency)
    named = (one for one in portfolio.working_groups.values() if agency in one.members)
    groups = sorted(one.id for one in named if stands_under(portfolio, one, terms))
    return Member(agency, record.member_since if record else None, tuple(groups))


def _groups(portfolio: Portfolio, terms: str | None) -> tuple[GroupState, ...]:
    """Return the working groups of a forum, those at work last first."""
    found = [one for one in portfolio.working_groups.values() if stands_under(portfolio, one, terms)]
    states = (
        GroupState(
            one.id,
            one.name,
            one.task,
            one.active,
            tuple(dict.fromkeys(turn.agency for turn in one.chairs if turn.agency != WITHHELD)),
            tuple(sorted(key for key in one.members if key != WITHHELD)),
        )
        for one in found
    )
    return tuple(sorted(states, key=lambda one: (-one.active.latest.toordinal() if one.active else 1, one.group)))


def _is_of(portfolio: Portfolio, action: str, terms: str | None) -> bool:
    """Return whether an action is of a forum: by the meeting, paper or group that gave it, or where nothing tells."""
    record = portfolio.actions[action]
    asked_by = (
        portfolio.meetings.get(record.meeting or "")
        or portfolio.papers.get(record.paper or "")
        or portfolio.working_groups.get(record.group or "")
    )
    return asked_by is None or stands_under(portfolio, asked_by, terms)
