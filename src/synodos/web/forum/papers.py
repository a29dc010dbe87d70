"""Papers of the forum: all of them, and one with where everybody stands, how it came about, and what is said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos.forum import terms_of
from synodos.language import PUBLIC, Paper, Portfolio, Position
from synodos.report import paper_answer, papers_answer
from synodos.web.forum.commenting import LONGEST, comments_on
from synodos.web.forum.figures import recomputed
from synodos.web.forum.forms import PositionForm, SilenceForm
from synodos.web.forum.pages import chosen_terms, links_of_forum, within
from synodos.web.forum.seats import asked_at, may_begin, may_revise, may_speak, paper_or_404, today
from synodos.web.forum.versions import statements_of
from synodos.web.records.wording import seen_by
from synodos.web.showing.asking import only
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told


@require_safe
def papers_page(request: HttpRequest) -> HttpResponse:
    """Show the papers of a forum, by how far they are."""
    asked = only(request, "terms", "at")
    portfolio, at = request.table.portfolio, asked_at(request)
    terms, fields, parameters = chosen_terms(request, asked)

    def make() -> Told:
        answer = papers_answer(portfolio, terms=terms.id if terms else None, at=at)
        return told(answer, title=_("Papers"), portfolio=portfolio, links=links_of_forum(portfolio))

    kept = KEPT.answer(portfolio, "forum-papers", {**parameters, "at": at}, make)
    begins = may_begin(request, portfolio, terms)
    return render_answer(request, kept, "forum/papers.html", fields=fields, within=within(request), begins=begins)


@require_safe
def paper_page(request: HttpRequest, paper: str) -> HttpResponse:
    """Show a paper: text, where everybody stands, what became of it, what it rests on, its versions and comments."""
    only(request, "at", "page")
    portfolio, at = request.table.portfolio, asked_at(request)
    found = paper_or_404(portfolio, paper)
    then = tuple(pinned(request, found))

    def make() -> Told:
        answer = paper_answer(portfolio, found.id, at=at, then=then)
        return told(answer, title=found.name, portfolio=portfolio, links=links_of_forum(portfolio))

    parameters = {"paper": found.id, "at": at, "then": [one.sha256 for one in then]}
    kept = KEPT.answer(portfolio, "forum-paper", parameters, make)
    statements, figures = statements_of(found, portfolio), recomputed(found, then)
    context = {
        "within": within(request),
        "paper": found,
        "readers": seen_by(found, portfolio),
        "statements": list(reversed(statements)),
        "present": statements[-1].hash if statements else "",
        "comments": comments_on(request, found, statements),
        "longest": LONGEST,
        "binding": binding_of(kept),
        "figures": figures,
        "differing": sum(not one.agrees for one in figures),
        **_to_do(request, portfolio, found),
    }
    return render_answer(request, kept, "forum/paper.html", **context)


def binding_of(answer: Told) -> bool | None:
    """Return whether a paper binds those who join it; None where it is not stated."""
    found = (answer.envelope or {}).get("answer", {}).get("outcome", {}).get("binding")
    return found if isinstance(found, bool) else None


def pinned(request: HttpRequest, paper: Paper) -> Iterator[Portfolio]:
    """Yield what was known on the day that a paper pins, as who asks sees it and as everybody does."""
    from synodos.ledger import snapshot

    if paper.pins is not None:
        day: dt.date = paper.pins.known_on.latest
        yield snapshot(day, viewer=request.table.viewer)
        if request.table.viewer != PUBLIC:
            yield snapshot(day, viewer=PUBLIC)


def _to_do(request: HttpRequest, portfolio: Portfolio, paper: Paper) -> dict[str, Any]:
    """Return the forms of a paper for who asks: where its agency stands, and what its owner does next."""
    revises, speaks = may_revise(request, portfolio, paper), may_speak(request, portfolio, paper)
    terms = terms_of(portfolio, paper)
    closed = paper.stage in ("issued", "withdrawn")
    said = own_position(portfolio, paper, request.table.agency)
    given = {"stand": said.stand, "reason": said.reason} if said else None
    return {
        "revises": revises,
        "speaks": speaks,
        "said": said,
        "closed": closed,
        "position_form": PositionForm(readers_of(paper), initial=given) if speaks and not closed else None,
        "silence_form": SilenceForm(portfolio, today(), terms.silence_days if terms else None) if revises else None,
    }


def own_position(portfolio: Portfolio, paper: Paper, agency: str | None) -> Position | None:
    """Return where an agency stands on the present version of a paper, by its latest statement."""
    found = [
        one
        for one in portfolio.positions.values()
        if one.owner == agency and one.paper == paper.id and one.version == paper.version
    ]
    return max(found, key=lambda one: (one.as_of.latest, one.id), default=None)


def readers_of(paper: Paper) -> list[tuple[str, str]]:
    """Return who may read a position on a paper: its own readers at most."""
    members = ("members", _("members"))
    if paper.release == PUBLIC:
        return [members, (PUBLIC, _("everybody"))]
    return [members] if paper.release == "members" else [("", _("the readers of the paper"))]
