"""Meetings and actions as drafts: called, their agendas, minutes and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from synodos.language import AgendaItem, Meeting, Portfolio
from synodos.web.agency.keeping import latest
from synodos.web.forum.drafting import Values, drafted, free_id, paragraphs, revised, to_be_declared
from synodos.web.forum.forms import ActionForm, AgendaForm, MeetingForm, MinutesForm
from synodos.web.forum.instruments import instrument_points
from synodos.web.forum.seats import may_begin, may_revise, meeting_or_404, terms_asked, today
from synodos.web.table import needs

REFUSED: Final = 400


@needs("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    portfolio = latest(request)
    first = terms_asked({}, portfolio)
    given = {"terms": first.id if first else "", "host": request.table.agency}
    form = MeetingForm(portfolio, request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if not may_begin(request, portfolio, portfolio.terms_of_reference.get(values["terms"])):
            raise Http404
        values["virtual"] = values["virtual"] or None
        key = free_id(request, "meeting", values["name"], portfolio)
        return to_be_declared(request, drafted(request, "meeting", key, {**values, "meets": "members"}))
    lead = _("It becomes a draft of your agency; once a signatory declares it, all members see it.")
    return _form(request, form, _("A new meeting"), lead, reverse("forum:meetings"))


@needs("editor")
@require_POST
def agenda_item(request: HttpRequest, meeting: str) -> HttpResponse:
    """Draft one more point of a meeting's agenda."""
    portfolio = latest(request)
    found = _own_meeting(request, portfolio, meeting)
    form = AgendaForm(portfolio, request.POST)
    if not form.is_valid():
        return _form(request, form, _("A point of the agenda"), found.name, reverse("forum:meeting", args=[found.id]))
    paper = form.cleaned_data["paper"]
    item = AgendaItem(name=form.cleaned_data["name"], papers=(paper,) if paper else ())
    return to_be_declared(request, revised(request, found, lambda values: _with_item(values, item)))


@needs("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, meeting: str) -> HttpResponse:
    """Draft the minutes of a meeting, what it decided, and who took part."""
    portfolio = latest(request)
    found = _own_meeting(request, portfolio, meeting)
    shown = {
        "minutes": "\n\n".join(found.minutes),
        "decisions": "\n\n".join(one.decided for one in found.decisions),
        "participants": found.participants,
    }
    form = MinutesForm(portfolio, request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        return to_be_declared(request, revised(request, found, lambda values: _minuted(values, form.cleaned_data)))
    return _form(request, form, _("Minutes"), found.name, reverse("forum:meeting", args=[found.id]))


@needs("editor")
@require_POST
def instrument_point(request: HttpRequest) -> HttpResponse:
    """Draft a point of a meeting's agenda on an instrument that a cooperation needs and has not."""
    portfolio = latest(request)
    found = _own_meeting(request, portfolio, request.POST.get("meeting", ""))
    item = dict(instrument_points(portfolio)).get(request.POST.get("point", ""))
    if item is None:
        raise Http404
    return to_be_declared(request, revised(request, found, lambda values: _with_item(values, item)))


@needs("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def new_action(request: HttpRequest) -> HttpResponse:
    """Say what is to be done, by whom and by when."""
    portfolio = latest(request)
    form = ActionForm(portfolio, request.POST or None, initial={"meeting": request.GET.get("meeting", "")})
    if request.method == "POST" and form.is_valid():
        if not any(may_begin(request, portfolio, one) for one in (*portfolio.terms_of_reference.values(), None)):
            raise Http404
        key = free_id(request, "action", form.cleaned_data["name"], portfolio)
        return to_be_declared(request, drafted(request, "action", key, form.cleaned_data))
    lead = _("It becomes a draft of your agency; once a signatory declares it, all members see it.")
    return _form(request, form, _("A new action"), lead, reverse("forum:actions"))


@needs("editor")
@require_POST
def action_done(request: HttpRequest, action: str) -> HttpResponse:
    """Draft that something was done, or is dropped."""
    portfolio = latest(request)
    found = portfolio.actions.get(action)
    if found is None or found.standing != "open" or not may_revise(request, portfolio, found):
        raise Http404
    done: Values = {"standing": "done", "done": today().isoformat()}
    change = {"standing": "dropped"} if request.POST.get("do") == "drop" else done
    return to_be_declared(request, revised(request, found, lambda values: {**values, **change}))


def _own_meeting(request: HttpRequest, portfolio: Portfolio, key: str) -> Meeting:
    """Return a meeting of the agency that asks."""
    found = meeting_or_404(portfolio, key)
    if not may_revise(request, portfolio, found):
        raise Http404
    return found


def _with_item(values: Values, item: AgendaItem) -> Values:
    """Return a meeting with one more point, unless it has the very same already."""
    point = item.model_dump(mode="json", exclude_defaults=True)
    agenda = list(values.get("agenda", []))
    return {**values, "agenda": agenda if point in agenda else [*agenda, point]}


def _minuted(values: Values, given: Mapping[str, Any]) -> Values:
    """Return a meeting with its minutes; a decision that stays as it was keeps what else is said of it."""
    before = {one["decided"]: one for one in values.get("decisions", []) if isinstance(one, dict) and "decided" in one}
    decisions = [before.get(text, {"decided": text}) for text in paragraphs(given["decisions"])]
    said = {"minutes": paragraphs(given["minutes"]), "decisions": decisions, "participants": given["participants"]}
    return {**values, **said}


def _form(request: HttpRequest, form: Any, title: str, lead: str, back: str) -> HttpResponse:
    """Show a form, with what is wrong in it."""
    context = {"title": title, "lead": lead, "form": form, "back": back}
    return render(request, "forum/write.html", context, status=REFUSED if form.errors else 200)
