"""The pages of runs: all of them, how far one is, its answer, and with whom it is shared."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from synodos.web.accounts.audit import note
from synodos.web.runs import queueing, seeing
from synodos.web.runs.asking import asked
from synodos.web.runs.files import kept
from synodos.web.runs.models import Run, State
from synodos.web.runs.naming import PERSONAL, facts_of, title_of, unseen
from synodos.web.showing.rendering import render_answer
from synodos.web.table import needs

UNREPEATED = ("edition", "import")
"""What is asked from a page of its own, which looks first at who asks."""
AGAIN = {
    "compare": "/scenarios/compare/",
    "risk": "/schedule/risk/",
    "schedule-diff": "/schedule/changes/",
    "exposure": "/exposure/",
    "worth": "/worth/",
    "shares": "/worth/shares/",
    "law-screen": "/law/screen/",
    "backtest": "/backtest/",
}
"""Where a question is asked with other parameters."""


@require_safe
@needs("observer")
def runs(request: HttpRequest) -> HttpResponse:
    """Show the runs of who asks."""
    found = list(seeing.own(request)[: queueing.MOST_KEPT])
    waiting = sum(run.is_open for run in found)
    lead = (
        ngettext("%d of your runs is waiting or running.", "%d of your runs are waiting or running.", waiting) % waiting
        if waiting
        else _("None of your runs is waiting or running.")
    )
    return render(request, "runs/runs.html", {"title": _("My runs"), "lead": lead, "runs": found})


@require_safe
def run(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a run: its answer, how far it is, or why it has none."""
    try:
        found = seeing.run_of(request, key)
    except Http404:
        return _shared(request, key)
    portfolio = seeing.portfolio_of(found, found.viewer)
    mine, repeats = found.asked_by_id == request.table.person, found.question not in UNREPEATED
    own = mine and found.asked_by_id is not None
    context = {
        "run": found,
        "mine": own,
        "facts": facts_of(found.parameters, portfolio),
        "again": AGAIN.get(found.question) if own else None,
        "newer": found.state == State.DONE and found.question not in PERSONAL and found.sha256 != portfolio.sha256,
        "repeats": repeats,
        "agencies": _offered(request, found) if own and repeats else (),
    }
    told = seeing.told_of(found)
    if told is not None:
        return render_answer(request, told, "runs/done.html", **context)
    context |= {"title": found.title, "lead": _standing(found)}
    return render(request, "runs/open.html", context)


def _standing(found: Run) -> str:
    """Return in a sentence how a run without an answer stands."""
    return {
        State.QUEUED: _("It is worked on in its turn; you may leave this page and come back."),
        State.RUNNING: _("It is worked on in its turn; you may leave this page and come back."),
        State.CANCELLED: _("It was cancelled, so there is no answer."),
        State.REFUSED: _("There is no answer: %(why)s") % {"why": found.words},
    }[State(found.state)]


def _offered(request: HttpRequest, found: Run) -> list[tuple[str, str, bool]]:
    """Return the agencies with which a run may be shared: id, name, and whether it is."""
    portfolio = request.table.portfolio
    named = {key: portfolio.agency_name(key) for key in portfolio.agencies}
    if request.table.agency:
        named[request.table.agency] = _("%s (your own agency)") % portfolio.agency_name(request.table.agency)
    ordered = sorted(named.items(), key=lambda pair: (pair[0] != request.table.agency, pair[1]))
    return [(key, name, key in found.shared_with) for key, name in ordered]


def _shared(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Offer the question of a shared run to somebody who sees something else."""
    found = seeing.shared_by_others(request, key)
    portfolio = seeing.portfolio_of(found, request.table.viewer)
    context = {
        "title": title_of(found.question, found.parameters, portfolio),
        "lead": _("This question was shared with your agency; it is answered on what your agency may see."),
        "run": found,
        "facts": facts_of(found.parameters, portfolio),
        "repeated": seeing.own(request).filter(repeats=found).first(),
    }
    return render(request, "runs/shared.html", context)


@require_POST
@needs("observer")
def repeat(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask the question of a shared run for the eyes of who asks, or one's own once more on the plans as they stand."""
    back = f"/runs/{key}/"
    try:
        found = seeing.run_of(request, key)
        own = True
    except Http404:
        found, own = seeing.shared_by_others(request, key), False
    if found.question in UNREPEATED:
        raise Http404
    more = {"files": kept(found)} if own else {"repeats": found}
    return asked(request, found.question, found.parameters, back, known_on=found.known_on, **more)


@require_GET
def progress(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show how far a run is; once it has ended, have the page loaded anew."""
    found = seeing.run_of(request, key)
    if found.is_open:
        return render(request, "runs/progress.html", {"run": found})
    response = HttpResponse()
    if found.leads_to:
        response["HX-Redirect"] = request.table.link(found.leads_to)
    else:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@needs("observer")
def cancel(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Cancel a run."""
    queueing.cancel(seeing.owned(request, key))
    return redirect(request.table.link(f"/runs/{key}/"))


@require_POST
@needs("observer")
def erase(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Erase a run with its answer; a worker that has it ends."""
    found = seeing.owned(request, key)
    found.delete()
    messages.success(request, _("Erased: %s") % found.title)
    return redirect(request.table.link("/runs/"))


@require_POST
@needs("observer")
def share(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let agencies ask the same by the link of a run; those that do not see all that it names are refused."""
    found = seeing.owned(request, key)
    if found.question in UNREPEATED:
        raise Http404
    offered = {agency: name for agency, name, _shared in _offered(request, found)}
    chosen = [agency for agency in request.POST.getlist("agency") if agency in offered]
    blind = [agency for agency in chosen if _misses(found, agency)]
    if found.question in PERSONAL or found.files.exists():  # what somebody brought is their own
        blind = [agency for agency in chosen if agency != request.table.agency]
    if blind:
        names = ", ".join(offered[agency] for agency in blind)
        told = _("Not shared with %s: the question names what is not released to them.") % names
        messages.error(request, told)
    found.shared_with = [agency for agency in chosen if agency not in blind]
    found.save(update_fields=["shared_with"])
    if found.shared_with:
        note(request, "exported", about=f"/runs/{found.pk}/ shared with {', '.join(found.shared_with)}")
        messages.success(
            request, _("Shared by its link with %s.") % ", ".join(offered[one] for one in found.shared_with)
        )
    return redirect(request.table.link(f"/runs/{key}/"))


def _misses(found: Run, agency: str) -> bool:
    """Return whether an agency does not see something that a run names, be it only the record of a change."""
    if agency == found.viewer:
        return False
    theirs = seeing.portfolio_of(found, agency)
    named = set(found.parameters.get("changes", ())) & seeing.portfolio_of(found, found.viewer).changes.keys()
    return not named <= theirs.changes.keys() or bool(unseen(found.question, found.parameters, theirs))
