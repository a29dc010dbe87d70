"""Who looks at the forum, as what, and whose records they may revise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.http import Http404, HttpRequest
from django.utils import timezone

from synodos.forum import role_of, terms_of
from synodos.language import Action, Meeting, Paper, Portfolio, TermsOfReference
from synodos.web.agency.keeping import is_own
from synodos.web.showing.asking import day, word


def asked_at(request: HttpRequest) -> dt.date:
    """Return the day on which deadlines are looked at: the one that the address names, or today.

    The latest statement may be days old, while a silence procedure ended yesterday.

    Raises
    ------
    Misasked
        If the address names none that is one.
    """
    table = request.table
    return day(request.GET, "at") or table.known_on or max(table.portfolio.known_on, today())


def today() -> dt.date:
    """Return the day of today."""
    return timezone.now().astimezone(dt.UTC).date()


def terms_asked(asked: Mapping[str, str], portfolio: Portfolio) -> TermsOfReference | None:
    """Return the Terms of Reference that an address names, or the first there are; None where there are none.

    Raises
    ------
    Misasked
        If there are none of that name.
    """
    known = portfolio.terms_of_reference
    key = word(asked, "terms", known, next(iter(sorted(known)), None))
    return None if key is None else known[key]


def paper_or_404(portfolio: Portfolio, key: str) -> Paper:
    """Return a paper that a viewer sees; one that is hidden and one that is not there are the same."""
    found = portfolio.papers.get(key)
    if found is None:
        raise Http404
    return found


def meeting_or_404(portfolio: Portfolio, key: str) -> Meeting:
    """Return a meeting that a viewer sees; one that is hidden and one that is not there are the same."""
    found = portfolio.meetings.get(key)
    if found is None:
        raise Http404
    return found


def may_speak(request: HttpRequest, portfolio: Portfolio, paper: Paper) -> bool:
    """Return whether who asks may say something on a paper: for a member of its forum, and of what is known now."""
    return _writes(request) and _is_member(request, portfolio, terms_of(portfolio, paper))


def may_begin(request: HttpRequest, portfolio: Portfolio, terms: TermsOfReference | None) -> bool:
    """Return whether who asks may begin papers, meetings and actions: for a member of the forum or its secretariat."""
    if not _writes(request):
        return False
    keeps = terms is not None and terms.secretariat == request.table.agency
    return keeps or _is_member(request, portfolio, terms)


def may_revise(request: HttpRequest, portfolio: Portfolio, record: Paper | Meeting | Action) -> bool:
    """Return whether who asks may revise a record: as an editor of its owner, of what is known now."""
    return _writes(request) and is_own(record, str(request.table.agency), portfolio)


def _writes(request: HttpRequest) -> bool:
    """Return whether who asks prepares records for an agency, and looks at what is known now."""
    table = request.table
    return table.agency is not None and table.known_on is None and table.can("edit")


def _is_member(request: HttpRequest, portfolio: Portfolio, terms: TermsOfReference | None) -> bool:
    """Return whether who asks sits for a member of a forum."""
    return role_of(portfolio, str(request.table.agency), today(), terms) == "member"
