"""Meetings of the forum: all of them, and one with its agenda, documents, minutes, decisions and participants."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos.report import meeting_answer, meetings_answer
from synodos.web.forum.forms import AgendaForm
from synodos.web.forum.pages import chosen_terms, links_of_forum, within
from synodos.web.forum.seats import asked_at, may_begin, may_revise, meeting_or_404
from synodos.web.showing.asking import only
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told


@require_safe
def meetings_page(request: HttpRequest) -> HttpResponse:
    """Show the meetings of a forum, those ahead first."""
    asked = only(request, "terms", "at")
    portfolio, at = request.table.portfolio, asked_at(request)
    terms, fields, parameters = chosen_terms(request, asked)

    def make() -> Told:
        answer = meetings_answer(portfolio, terms=terms.id if terms else None, at=at)
        return told(answer, title=_("Meetings"), portfolio=portfolio, links=links_of_forum(portfolio))

    kept = KEPT.answer(portfolio, "forum-meetings", {**parameters, "at": at}, make)
    begins = may_begin(request, portfolio, terms)
    return render_answer(request, kept, "forum/meetings.html", fields=fields, within=within(request), begins=begins)


@require_safe
def meeting_page(request: HttpRequest, meeting: str) -> HttpResponse:
    """Show a meeting."""
    only(request, "at")
    portfolio, at = request.table.portfolio, asked_at(request)
    found = meeting_or_404(portfolio, meeting)

    def make() -> Told:
        answer = meeting_answer(portfolio, found.id, at=at)
        return told(answer, title=found.name, portfolio=portfolio, links=links_of_forum(portfolio))

    kept = KEPT.answer(portfolio, "forum-meeting", {"meeting": found.id, "at": at}, make)
    revises = may_revise(request, portfolio, found)
    context = {"within": within(request), "meeting": found, "agenda_form": AgendaForm(portfolio) if revises else None}
    return render_answer(request, kept, "forum/meeting.html", **context)
