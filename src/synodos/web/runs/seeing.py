"""Who sees which run, and how a shared one is asked again with other eyes.

An answer is shown only to those who look with the eyes for which it was computed. Somebody else with whom a run is
shared asks the same question as what it is: another viewer, always computed anew, so that not even its being equal says
anything of what the first one sees.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from synodos.web.runs.models import Run, State
from synodos.web.runs.naming import unseen

if TYPE_CHECKING:
    from synodos.language import Portfolio
    from synodos.web.accounts.models import Person
    from synodos.web.showing.told import Told


def own(request: HttpRequest) -> QuerySet[Run]:
    """Return the runs that belong to who asks, the latest first: their own, or where nobody is known, everybody's."""
    table = request.table
    return Run.objects.filter(asked_by_id=table.person, viewer=table.viewer).order_by("-asked_at")


def run_of(request: HttpRequest, key: uuid.UUID) -> Run:
    """Return a run whose answer may be shown as it stands.

    Raises
    ------
    Http404
        If there is none, or it is none of theirs; the same either way.
    """
    table = request.table
    run = Run.objects.filter(pk=key, viewer=table.viewer).first()
    if run is None or not (run.asked_by_id in (table.person, None) or table.agency in run.shared_with):
        raise Http404
    return run


def owned(request: HttpRequest, key: uuid.UUID) -> Run:
    """Return a run that belongs to who asks.

    Raises
    ------
    Http404
        If there is none.
    """
    run = run_of(request, key)
    if run.asked_by_id != request.table.person:
        raise Http404
    return run


def shared_by_others(request: HttpRequest, key: uuid.UUID) -> Run:
    """Return a run that somebody who sees something else shared with the agency of who asks.

    Raises
    ------
    Http404
        If there is none, or it names what who asks does not see.
    """
    table = request.table
    run = Run.objects.filter(pk=key).exclude(viewer=table.viewer).first()
    if run is None or table.agency is None or table.agency not in run.shared_with:
        raise Http404
    if unseen(run.question, run.parameters, portfolio_of(run, table.viewer)):
        raise Http404
    return run


def portfolio_of(run: Run, viewer: str) -> Portfolio:
    """Return what a viewer sees of the plans that a run is about."""
    from synodos.ledger import snapshot

    return snapshot(run.known_on, viewer=viewer)


def told_of(run: Run) -> Told | None:
    """Return the answer of a run, if it is done."""
    from synodos.web.showing.told import Told

    return Told.model_validate(run.answer.told) if run.state == State.DONE else None


def latest(request: HttpRequest, question: str) -> Run | None:
    """Return the latest answered run on the plans as they stand, of who asks or of all who see the same."""
    table = request.table
    return (
        Run.objects.filter(
            Q(asked_by_id=table.person) | Q(asked_by=None),
            viewer=table.viewer,
            question=question,
            sha256=table.portfolio.sha256,
            state=State.DONE,
        )
        .order_by("ended_at")
        .last()
    )


def person(request: HttpRequest) -> Person | None:
    """Return the account of who asks, if they may choose what is asked."""
    return request.user if request.table.can("run") else None
