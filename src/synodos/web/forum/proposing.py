"""Papers as drafts: begun, written on, put to the members, positions on them; a signatory declares each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from synodos.forum import outcome, pins_of, terms_of
from synodos.language import PUBLIC, WITHHELD, Paper, Portfolio
from synodos.web.agency.keeping import latest
from synodos.web.forum.drafting import Values, drafted, free_id, paragraphs, position_id, revised, to_be_declared
from synodos.web.forum.figures import figures_of
from synodos.web.forum.forms import PaperForm, PositionForm, SilenceForm
from synodos.web.forum.papers import own_position, readers_of
from synodos.web.forum.seats import may_begin, may_revise, may_speak, paper_or_404, terms_asked, today
from synodos.web.table import needs

BY_HAND: Final = 400


@needs("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def new_paper(request: HttpRequest) -> HttpResponse:
    """Begin a paper, which members read from its first draft on."""
    portfolio = latest(request)
    first = terms_asked({}, portfolio)
    form = PaperForm(portfolio, request.POST or None, initial={"terms": first.id if first else "", "type": "finding"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        _refuse_outsiders(request, portfolio, given["terms"])
        values = {**_said(given), "version": 1, "stage": "draft", "authors": [request.table.agency]}
        return to_be_declared(
            request, drafted(request, "paper", free_id(request, "paper", given["name"], portfolio), values)
        )
    context = {
        "title": _("A new paper"),
        "lead": _("It becomes a draft of your agency; once a signatory declares it, all members read it."),
        "form": form,
        "back": reverse("forum:papers"),
    }
    return render(request, "forum/write.html", context, status=BY_HAND if form.errors else 200)


@needs("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def next_version(request: HttpRequest, paper: str) -> HttpResponse:
    """Write the next version of a paper; positions on the one before no longer count for it."""
    portfolio = latest(request)
    found = _own_paper(request, portfolio, paper)
    form = PaperForm(portfolio, request.POST or None, initial=_shown(found))
    if request.method == "POST" and form.is_valid():
        given = _said(form.cleaned_data)

        def change(values: Values) -> Values:
            kept = {name: value for name, value in values.items() if name not in ("silence", "pins", "issued")}
            return {**kept, **given, "version": found.version + 1, "stage": "draft"}

        return to_be_declared(request, revised(request, found, change))
    lead = _("Version {next} takes the place of version {now}; positions are stated anew.")
    context = {
        "title": _("The next version of: {name}").format(name=found.name),
        "lead": lead.format(next=found.version + 1, now=found.version),
        "form": form,
        "back": reverse("forum:paper", args=[found.id]),
    }
    return render(request, "forum/write.html", context, status=BY_HAND if form.errors else 200)


@needs("editor")
@require_POST
def position(request: HttpRequest, paper: str) -> HttpResponse:
    """Draft where an agency stands on the present version of a paper."""
    portfolio = latest(request)
    found = paper_or_404(portfolio, paper)
    if not may_speak(request, portfolio, found) or found.stage in ("issued", "withdrawn"):
        raise Http404
    form = PositionForm(readers_of(found), request.POST)
    if not form.is_valid():
        return _refused(request, found, form, _("Where we stand"))
    agency = str(request.table.agency)
    said = own_position(portfolio, found, agency)
    stated = {name: form.cleaned_data[name] for name in ("stand", "reason")}
    release = form.cleaned_data.get("release") or _release(found, agency)
    if said is not None:
        draft = revised(request, said, lambda values: {**values, **stated, "release": release})
    else:
        values = {**stated, "paper": found.id, "version": found.version, "release": release}
        draft = drafted(request, "position", position_id(agency, found, portfolio), values)
    return to_be_declared(request, draft)


@needs("editor")
@require_POST
def stage(request: HttpRequest, paper: str) -> HttpResponse:
    """Draft the next stage of a paper: for comment, a silence procedure, for decision, issued, or withdrawn."""
    portfolio = latest(request)
    found = _own_paper(request, portfolio, paper)
    act = STAGES.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    change = act(request, portfolio, found)
    if isinstance(change, HttpResponse):
        return change
    return to_be_declared(request, revised(request, found, lambda values: {**values, **change}))


def _own_paper(request: HttpRequest, portfolio: Portfolio, key: str) -> Paper:
    """Return a paper of the agency that asks."""
    found = paper_or_404(portfolio, key)
    if not may_revise(request, portfolio, found):
        raise Http404
    return found


def _refuse_outsiders(request: HttpRequest, portfolio: Portfolio, terms: str) -> None:
    """Raise unless who asks may begin something in a forum."""
    if not may_begin(request, portfolio, portfolio.terms_of_reference.get(terms)):
        raise Http404


def _said(given: Mapping[str, Any]) -> Values:
    """Return what a form says of a paper as fields of it."""
    fields = {name: given[name] for name in ("name", "type", "terms", "group", "statement")}
    return {**fields, "paragraphs": paragraphs(given["text"])}


def _shown(paper: Paper) -> dict[str, str]:
    """Return a paper as its form shows it."""
    fields = {name: getattr(paper, name) or "" for name in ("name", "type", "terms", "group", "statement")}
    return {**fields, "text": "\n\n".join(paper.paragraphs)}


def _refused(request: HttpRequest, paper: Paper, form: Any, title: str) -> HttpResponse:
    """Show a form once more, with what is wrong in it."""
    back = reverse("forum:paper", args=[paper.id])
    context = {"title": title, "lead": paper.name, "form": form, "back": back, "do": request.POST.get("do", "")}
    return render(request, "forum/write.html", context, status=BY_HAND)


def _release(paper: Paper, agency: str) -> Any:
    """Return who reads a position on a paper that only some may read: the same."""
    if not isinstance(paper.release, tuple):
        return "members"
    return sorted({*paper.release, paper.owner} - {agency, WITHHELD}) or "private"


Staged = Values | HttpResponse


def _for_comment(_request: HttpRequest, _portfolio: Portfolio, _paper: Paper) -> Staged:
    """Return what puts a paper out for comment."""
    return {"stage": "for-comment", "silence": None}


def _for_decision(_request: HttpRequest, _portfolio: Portfolio, _paper: Paper) -> Staged:
    """Return what asks every member for a position."""
    return {"stage": "for-decision", "silence": None}


def _in_silence(request: HttpRequest, portfolio: Portfolio, paper: Paper) -> Staged:
    """Return what opens a silence procedure today, with what the paper is agreed on; or the form once more."""
    terms = terms_of(portfolio, paper)
    form = SilenceForm(portfolio, today(), terms.silence_days if terms else None, request.POST)
    if not form.is_valid():
        return _refused(request, paper, form, _("Open a silence procedure"))
    given = form.cleaned_data
    silence = {"opens": today().isoformat(), "closes": given["closes"].isoformat()}
    return {"stage": "for-decision", "silence": silence, "pins": _pins(given) if given["pin"] else None}


def _pins(given: Mapping[str, Any]) -> Values:
    """Return what everybody could know yesterday: no statement of today can hold the hash of today's plans."""
    from synodos.ledger import snapshot

    then = snapshot(today() - dt.timedelta(days=1), viewer=PUBLIC)
    scenario = given["scenario"] if given["scenario"] in then.scenarios else None
    figures = figures_of(then, scenario) if scenario else ()
    return pins_of(then, scenario=scenario, figures=figures).model_dump(mode="json", exclude_defaults=True)


def _issued(request: HttpRequest, portfolio: Portfolio, paper: Paper) -> Staged:
    """Return what brings a paper out, in the name of those who joined it; or refuse one that was not agreed."""
    found = outcome(portfolio, paper.id, today())
    if found.verdict in ("open", "none"):
        messages.error(request, _("Nothing was drafted. {why}").format(why=" ".join(found.because)))
        return redirect("forum:paper", paper.id)
    return {"stage": "issued", "issued": today().isoformat(), "authors": list(found.joined) or list(paper.authors)}


def _withdrawn(_request: HttpRequest, _portfolio: Portfolio, _paper: Paper) -> Staged:
    """Return what takes a paper back."""
    return {"stage": "withdrawn"}


STAGES: Final[Mapping[str, Callable[[HttpRequest, Portfolio, Paper], Staged]]] = {
    "comment": _for_comment,
    "silence": _in_silence,
    "decision": _for_decision,
    "issue": _issued,
    "withdraw": _withdrawn,
}
"""What can be done with a paper, by the word of its button."""
