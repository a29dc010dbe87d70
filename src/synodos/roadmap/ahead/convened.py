"""Dates of the forum: meetings, what is to be done for it, and until when members can speak."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from synodos.language import Action, Meeting, Paper, Portfolio, is_member
from synodos.roadmap.ahead.types import Ahead, stated

SETTLED: Final = frozenset({"issued", "withdrawn"})
"""Stages of papers on which nobody needs to speak any more."""


def forum_dates(portfolio: Portfolio) -> Iterator[Ahead]:
    """Yield when meetings are held, actions are due, and silence procedures close."""
    for meeting in portfolio.meetings.values():
        if meeting.held is not None:
            place = f" in {meeting.place}" if meeting.place else ""
            invited = (meeting.host, meeting.chair, *meeting.participants, *_members(portfolio, meeting))
            yield stated("meeting", meeting, f"meeting{place}", meeting.held, "held", invited)
    for action in portfolio.actions.values():
        if action.due is not None and action.standing == "open":
            bearers = _members(portfolio, action) if action.bearer is None else (action.bearer,)
            yield stated("action", action, "to be done", action.due, "due", bearers)
    for paper in portfolio.papers.values():
        if paper.silence is not None and paper.stage not in SETTLED:
            readers = (*paper.authors, *_members(portfolio, paper))
            what = f"last day to speak on version {paper.version}"
            yield stated("silence", paper, what, paper.silence.closes, f"silence {paper.version}", readers)


def _members(portfolio: Portfolio, one: Meeting | Action | Paper) -> tuple[str, ...]:
    """Return who takes part: the members of the group, of the Terms of Reference, or of the mechanism."""
    group = portfolio.working_groups.get(one.group or "")
    if group is not None and group.members:
        return group.members
    named = None if isinstance(one, Action) else one.terms
    only = next(iter(portfolio.terms_of_reference), None) if len(portfolio.terms_of_reference) == 1 else None
    terms = portfolio.terms_of_reference.get(named or only or "")
    if terms is not None and terms.members:
        return terms.members
    return tuple(sorted(key for key in portfolio.agencies if is_member(portfolio, key)))
