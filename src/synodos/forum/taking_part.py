"""Who takes part in a forum on a day, as what, and who has the chair."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from synodos.language import WITHHELD, Action, Meeting, Paper, Portfolio, TermsOfReference, WorkingGroup

Role = Literal["member", "observer", "outside"]
Ruled = Meeting | Paper | WorkingGroup
"""What stands under Terms of Reference."""


@dataclass(frozen=True, slots=True)
class Chair:
    """Who has the chair of a forum.

    Attributes
    ----------
    agency : str
        The agency.
    since : datetime.date
        Last day on which it can have taken over, or on which it led a meeting.
    meeting : str
        The meeting that says so, by id.
    handed_over : bool
        Whether the meeting states that the chair changed hands; else the agency led it, and nothing later is stated.
    """

    agency: str
    since: dt.date
    meeting: str
    handed_over: bool


def terms_of(portfolio: Portfolio, record: Ruled | None = None) -> TermsOfReference | None:
    """Return the Terms of Reference that a record stands under.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    record : Meeting, Paper or WorkingGroup, optional
        The record; without one, or where it names none, the only Terms of Reference of the portfolio.

    Returns
    -------
    TermsOfReference or None
        None where the ones that it names are not seen, or where several could be meant.
    """
    if record is not None and record.terms is not None:
        return portfolio.terms_of_reference.get(record.terms)
    every = tuple(portfolio.terms_of_reference.values())
    return every[0] if len(every) == 1 else None


def stands_under(portfolio: Portfolio, record: Ruled, terms: str | None) -> bool:
    """Return whether a record stands under the Terms of Reference of this id; without one, any record does."""
    if terms is None:
        return True
    found = terms_of(portfolio, record)
    return found is not None and found.id == terms


def members_on(
    portfolio: Portfolio, at: dt.date | None = None, terms: TermsOfReference | None = None
) -> tuple[str, ...]:
    """Return the members of a forum on a day, by id and in order.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    at : datetime.date, optional
        The day that is asked about; by default the portfolio's day of knowledge.
    terms : TermsOfReference, optional
        The forum; those that name no members, and no terms at all, mean the coordinating mechanism.

    Notes
    -----
    An agency that joined in a month or a year counts as a member from the last day of it.
    """
    if terms is not None and terms.members:
        return tuple(sorted({key for key in terms.members if key != WITHHELD}))
    day = at or portfolio.known_on
    agencies = portfolio.agencies.items()
    return tuple(sorted(key for key, one in agencies if one.member_since and one.member_since.latest <= day))


def role_of(
    portfolio: Portfolio, agency: str, at: dt.date | None = None, terms: TermsOfReference | None = None
) -> Role:
    """Return as what an agency takes part in a forum on a day: a member decides, an observer attends."""
    if agency in members_on(portfolio, at, terms):
        return "member"
    return "observer" if terms is not None and agency in terms.observers else "outside"


def chair_on(portfolio: Portfolio, at: dt.date | None = None, terms: TermsOfReference | None = None) -> Chair | None:
    """Return who has the chair of a forum on a day, by the last meeting of the whole forum that says so.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    at : datetime.date, optional
        The day that is asked about; by default the portfolio's day of knowledge.
    terms : TermsOfReference, optional
        The forum; by default the only one of the portfolio.

    Returns
    -------
    Chair or None
        None where no meeting up to the day says it.
    """
    day = at or portfolio.known_on
    forum = terms or terms_of(portfolio)
    found = [one for meeting in portfolio.meetings.values() if (one := _chair_after(portfolio, meeting, forum))]
    return max(
        (one for one in found if one.since <= day),
        key=lambda one: (one.since, one.handed_over, one.meeting),
        default=None,
    )


def _chair_after(portfolio: Portfolio, meeting: Meeting, forum: TermsOfReference | None) -> Chair | None:
    """Return who has the chair of the forum after a meeting; none where it does not tell."""
    of_forum = meeting.group is None and forum is not None and terms_of(portfolio, meeting) == forum
    agency = meeting.chair_passes_to or meeting.chair
    if not of_forum or meeting.held is None or meeting.held.stays_open or agency in (None, WITHHELD):
        return None
    return Chair(str(agency), meeting.held.latest, meeting.id, meeting.chair_passes_to is not None)


def bearers(portfolio: Portfolio, action: Action, at: dt.date) -> tuple[str, ...]:
    """Return who has to do something on a day: the one named, or all members of the working group or the forum."""
    if action.bearer is not None:
        return (action.bearer,)
    group = portfolio.working_groups.get(action.group or "")
    if group is not None and group.members:
        return tuple(sorted(group.members))
    asked_by = portfolio.meetings.get(action.meeting or "") or portfolio.papers.get(action.paper or "")
    return members_on(portfolio, at, terms_of(portfolio, asked_by or group))
