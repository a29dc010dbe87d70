"""The forum at a glance, its working groups and what is to be done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos.report import actions_answer, forum_answer
from synodos.web.forum.pages import chosen_terms, links_of_forum, within
from synodos.web.forum.seats import asked_at, may_begin, may_revise
from synodos.web.pages.choosing import agencies, chosen_from
from synodos.web.showing.asking import only, word
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told

STANDINGS = ("open", "every")


@require_safe
def forum_page(request: HttpRequest) -> HttpResponse:
    """Show who takes part in the forum and how it decides, what is open, and what waits for who asks."""
    asked = only(request, "terms", "at")
    portfolio, at = request.table.portfolio, asked_at(request)
    terms, fields, parameters = chosen_terms(request, asked)
    own = request.table.agency

    def make() -> Told:
        answer = forum_answer(portfolio, terms=terms.id if terms else None, at=at, for_agency=own)
        return told(answer, title=_("Forum"), portfolio=portfolio, links=links_of_forum(portfolio))

    kept = KEPT.answer(portfolio, "forum", {**parameters, "at": at, "for": own}, make)
    begins = may_begin(request, portfolio, terms)
    context = {"fields": fields, "within": within(request), "begins": begins}
    return render_answer(request, kept, "forum/forum.html", **context)


@require_safe
def actions_page(request: HttpRequest) -> HttpResponse:
    """Show who has to do what by when, what is overdue first."""
    asked = only(request, "agency", "standing", "at")
    portfolio, at = request.table.portfolio, asked_at(request)
    agency = word(asked, "agency", portfolio.agencies)
    every = word(asked, "standing", STANDINGS, "open") == "every"

    def make() -> Told:
        answer = actions_answer(portfolio, at=at, for_agency=agency, every=every)
        return told(answer, title=_("Actions"), portfolio=portfolio, links=links_of_forum(portfolio))

    kept = KEPT.answer(portfolio, "forum-actions", {"at": at, "for": agency, "every": every}, make)
    fields = (
        chosen_from("agency", _("For agency"), agency, agencies(portfolio), _("all agencies")),
        chosen_from("standing", _("Which"), "every" if every else "", (("every", _("done ones too")),), _("open ones")),
    )
    own = [one for one in portfolio.actions.values() if one.standing == "open" and may_revise(request, portfolio, one)]
    context = {"fields": fields, "within": within(request), "own": sorted(own, key=lambda one: one.name)}
    begins = any(may_begin(request, portfolio, one) for one in (*portfolio.terms_of_reference.values(), None))
    return render_answer(request, kept, "forum/actions.html", begins=begins, new=reverse("forum:new-action"), **context)
