"""The meetings of a forum, those to come and those that were held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from synodos.forum.taking_part import stands_under
from synodos.language import WITHHELD, DateRange, Meeting, Portfolio


@dataclass(frozen=True, slots=True)
class MeetingState:
    """A meeting in short.

    Attributes
    ----------
    meeting, name : str
        The meeting, by id, and what it is called.
    meets : str or None
        Who meets: the members, their senior managers, a wider circle, or others; None where it is not stated.
    held : DateRange or None
        When it was or will be held; None where it is not settled.
    place : str or None
        Where; None where it is not stated.
    host, chair : str or None
        Who invites to it and who leads it; None where it is not stated.
    group : str
        Working group that meets, by id; empty where it is the whole forum.
    agencies_present : int or None
        How many agencies took part, as stated or as they are named; None where neither is.
    documents, decisions : int
        How many papers lay before it, and how many decisions are recorded.
    ahead : bool
        Whether its last day is still to come, or not settled.
    """

    meeting: str
    name: str
    meets: Literal["members", "senior-managers", "workshop", "other"] | None
    held: DateRange | None
    place: str | None
    host: str | None
    chair: str | None
    group: str
    agencies_present: int | None
    documents: int
    decisions: int
    ahead: bool


def meeting_states(
    portfolio: Portfolio, at: dt.date | None = None, terms: str | None = None
) -> tuple[MeetingState, ...]:
    """Return the meetings of a forum: those to come, the next first, then those that were held, the latest first.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    at : datetime.date, optional
        The day that is asked about; by default the portfolio's day of knowledge.
    terms : str, optional
        Only meetings under these Terms of Reference, by id.
    """
    day = at or portfolio.known_on
    found = [_state(one, day) for one in portfolio.meetings.values() if stands_under(portfolio, one, terms)]
    ahead = sorted((one for one in found if one.ahead), key=lambda one: (_first(one), one.meeting))
    held = sorted((one for one in found if not one.ahead), key=lambda one: (_first(one), one.meeting), reverse=True)
    return (*ahead, *held)


def _first(one: MeetingState) -> dt.date:
    """Return the first day on which a meeting can be; what is not settled comes last."""
    return one.held.earliest if one.held else dt.date.max


def _state(meeting: Meeting, day: dt.date) -> MeetingState:
    """Return a meeting in short."""
    present = meeting.agencies_present if meeting.agencies_present is not None else len(meeting.participants) or None
    return MeetingState(
        meeting=meeting.id,
        name=meeting.name,
        meets=meeting.meets,
        held=meeting.held,
        place=meeting.place,
        host=_seen(meeting.host),
        chair=_seen(meeting.chair),
        group=meeting.group or "",
        agencies_present=present,
        documents=len(meeting.documents),
        decisions=len(meeting.decisions),
        ahead=meeting.held is None or meeting.held.latest >= day,
    )


def _seen(agency: str | None) -> str | None:
    """Return an agency that the viewer may know of."""
    return None if agency == WITHHELD else agency
