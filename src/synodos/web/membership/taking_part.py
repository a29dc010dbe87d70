"""Who takes part in the forum, and how one does."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos.report import membership_answer
from synodos.web.forum.pages import chosen_terms, within
from synodos.web.forum.seats import asked_at
from synodos.web.membership.deciding import may_look
from synodos.web.showing.asking import only
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told


@require_safe
def members_page(request: HttpRequest) -> HttpResponse:
    """Show the members and observers of a forum, and its Terms of Reference."""
    asked = only(request, "terms", "at")
    portfolio, at = request.table.portfolio, asked_at(request)
    terms, fields, parameters = chosen_terms(request, asked)

    def make() -> Told:
        answer = membership_answer(portfolio, terms=terms.id if terms else None, at=at)
        return told(answer, title=_("Who takes part"), portfolio=portfolio)

    kept = KEPT.answer(portfolio, "forum-members", {**parameters, "at": at}, make)
    context = {"fields": fields, "within": within(request), "looks": may_look(request.table)}
    return render_answer(request, kept, "membership/members.html", **context)
