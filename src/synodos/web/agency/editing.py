"""Preparing a draft: in a form made from its model, or as YAML; nothing is lost between the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from synodos.exchange import read_record, record_text
from synodos.language import KIND_BY_NAME, Fault, Portfolio
from synodos.web.agency.checking import checked, stamp, standing
from synodos.web.agency.choosing import Choices
from synodos.web.agency.forming import MOST_INPUTS, form_of
from synodos.web.agency.keeping import begin, begun_from, compiler_of, draft_or_404, is_own, keep_values, latest
from synodos.web.agency.models import Draft
from synodos.web.agency.posting import posted_values
from synodos.web.agency.shapes import FIXED, MODELS, SOURCE, asked_fields, is_name
from synodos.web.records.differing import differences
from synodos.web.records.wording import kind_words, seen_by, title_of
from synodos.web.table import needs

TEXT: Final = "text"
"""What messages call the YAML of a draft."""
MOST_TEXT: Final = 2_000_000
"""Characters of YAML that are looked at."""
CONFLICT: Final = 409


@dataclass(frozen=True)
class Edited:
    """What somebody sent: fields, or text that could not be read."""

    values: dict[str, Any]
    unread: str = ""
    faults: tuple[Fault, ...] = ()


@needs("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the kind and the id of a new draft, and begin it."""
    kind = (request.POST or request.GET).get("kind", "")
    record_id = request.POST.get("id", "").strip()
    problem = ""
    if request.method == "POST":
        portfolio = latest(request)
        problem = _unusable(kind, record_id, portfolio, request.table.agency)
        if not problem:
            return redirect(begin(request, kind, record_id))
    kinds = [(name, kind_words(name), _said(model)) for name, model in MODELS.items()]
    context = {"title": gettext("A new draft"), "kinds": kinds, "kind": kind, "id": record_id, "problem": problem}
    return render(request, "agency/new.html", context, status=400 if problem else 200)


@needs("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, kind: str, record_id: str) -> HttpResponse:
    """Show a draft and what is wrong with it, or keep what somebody made of it."""
    found = draft_or_404(request, kind, record_id)
    portfolio = latest(request)
    if request.method != "POST":
        return _page(request, found, portfolio, as_yaml=request.GET.get("as") == "yaml")
    as_yaml = request.POST.get("mode") == "yaml"
    edited = _from_text(request, found) if as_yaml else _from_form(request, found, portfolio)
    before = found.changed_at.isoformat()
    found.values, found.unread = edited.values, edited.unread
    if request.POST.get("stamp") != before:
        messages.error(
            request,
            gettext("Somebody changed this draft since you opened it. Yours stands below; save again to keep yours."),
        )
        return _page(request, found, portfolio, as_yaml=as_yaml, status=CONFLICT)
    found.changed_by = request.user
    found.save()
    return redirect(_next(request, found, as_yaml=as_yaml))


@needs("editor")
@require_POST
def discard(request: HttpRequest, kind: str, record_id: str) -> HttpResponse:
    """Throw a draft away; what is declared stays as it is."""
    draft_or_404(request, kind, record_id).delete()
    told = gettext("The draft of %(kind)s %(id)s is gone. What is declared stays as it is.")
    messages.success(request, told % {"kind": kind_words(kind), "id": record_id})
    return redirect("agency-drafts")


@needs("editor")
@require_POST
def revise(request: HttpRequest, kind: str, record_id: str) -> HttpResponse:
    """Begin a draft of what is declared: to revise it, to retract it, or to change who may see it."""
    portfolio, agency = latest(request), request.table.agency
    now = portfolio.tables.get(kind, {}).get(record_id)
    if now is None or not is_own(now, agency, portfolio):
        raise Http404
    act = request.POST.get("do")
    if act != "retract":
        address = begin(request, kind, record_id).get_absolute_url()
        return redirect(f"{address}#f-release" if act == "release" else address)
    kept = keep_values(request, kind, record_id, {**begun_from(now, agency), "retracted": True}, portfolio)
    messages.info(request, gettext("This draft ends the record once it is declared."))
    return redirect(kept)


def _unusable(kind: str, record_id: str, portfolio: Portfolio, agency: str) -> str:
    """Say why no draft can bear a name; nothing where it can."""
    if kind not in MODELS:
        return "Choose what the draft is about."
    if not is_name(kind, record_id):
        return "An id has lower case letters, digits and single hyphens, such as lunar-relay; at most 120 of them."
    taken = portfolio.tables.get(kind, {}).get(record_id)
    if taken is not None and not is_own(taken, agency, portfolio):
        return f"{title_of(taken)}, of {portfolio.agency_name(taken.owner)}, has this id. Choose another one."
    return ""


def _said(model: type) -> str:
    """Return what a kind is for, in one line."""
    return (model.__doc__ or "").strip().splitlines()[0]


def _from_form(request: HttpRequest, found: Draft, portfolio: Portfolio) -> Edited:
    """Return what a form gave; fields that it does not ask for stay as they are."""
    asked = asked_fields(found.kind, compiler=compiler_of(portfolio) == found.agency)
    act, _, path = request.POST.get("do", "").partition(":")
    values = posted_values(asked, request.POST, dropped=path if act == "drop" else "")
    names = {field.name for field in asked}
    kept = {name: value for name, value in found.values.items() if name in FIXED and name not in names}
    return Edited({**values, **kept})


def _from_text(request: HttpRequest, found: Draft) -> Edited:
    """Return what a text gave; one that cannot be read is kept beside the fields, until it is mended."""
    text = request.POST.get("text", "").replace("\r\n", "\n")[:MOST_TEXT]
    values, _place, faults = read_record(text, TEXT)
    if faults:
        return Edited(found.values, text, faults)
    agreeing = {"id": found.record_id, "stated_by": found.agency, "owner": found.agency}
    return Edited(
        {name: value for name, value in values.items() if agreeing.get(name) != value or name not in agreeing}
    )


def _next(request: HttpRequest, found: Draft, *, as_yaml: bool) -> str:
    """Return where somebody goes after the draft was kept."""
    act, _, path = request.POST.get("do", "").partition(":")
    if act == "grow":
        return f"{found.get_absolute_url()}?grow={path}"
    if act == "save" or not act:
        messages.success(request, gettext("The draft is kept. Nobody outside your agency sees it."))
    yaml = act == "yaml" or (as_yaml and act != "form")
    return f"{found.get_absolute_url()}?as=yaml" if yaml else found.get_absolute_url()


def _page(
    request: HttpRequest, found: Draft, portfolio: Portfolio, *, as_yaml: bool, status: int = 200
) -> HttpResponse:
    """Return the page of a draft, as a form or as YAML."""
    compiler = compiler_of(portfolio)
    text = found.unread or record_text(found.values)
    _values, place, unreadable = read_record(text, TEXT)
    as_yaml = as_yaml or bool(found.unread)
    told = checked(found, compiler, place if as_yaml else None)
    faults = unreadable or told.faults
    form = None
    if not as_yaml:
        asked = asked_fields(found.kind, compiler=compiler == found.agency)
        drafts = Draft.objects.filter(agency=found.agency)
        choices = Choices(portfolio, drafts, [field.name for field in asked])
        form = form_of(asked, _shown(found), choices, faults, request.GET.get("grow", ""))
    too_large = form is not None and form.size > MOST_INPUTS
    now = standing(found, portfolio)
    record = told.record
    context = {
        "title": gettext("Draft: %s") % _name(found),
        "lead": _sentence(found, now, sum(fault.severity == "error" for fault in faults)),
        "draft": found,
        "stamp": found.changed_at.isoformat(),
        "form": None if too_large else form,
        "too_large": too_large,
        "text": text,
        "faults": form.faults if form and not too_large else [(fault, "") for fault in faults],
        "changes": differences(now, record, portfolio) if record and found.kind != SOURCE else (),
        "seen_by": seen_by(record, portfolio) if record else "",
        "overtaken": now is not None and found.base not in ("", stamp(now)),
        "now": now if found.kind != SOURCE else None,
        "owner": found.agency,
        "kind": kind_words(found.kind),
        "schema": _said(MODELS[found.kind]),
        "discard": reverse("agency-discard", args=[found.kind, found.record_id]),
    }
    return render(request, "agency/draft.html", context, status=status)


def _shown(found: Draft) -> dict[str, Any]:
    """Return the fields of a draft that a form shows; whether it ends the record is another page's."""
    return {name: value for name, value in found.values.items() if name != "retracted"}


def _name(found: Draft) -> str:
    """Return what a draft is called."""
    name = found.values.get("short_name") or found.values.get("name") or found.values.get("title")
    return name if isinstance(name, str) else f"{kind_words(found.kind)} {found.record_id}"


def _sentence(found: Draft, now: object, count: int) -> str:
    """Say what a draft would do, and whether it can be declared."""
    does = (
        "It ends the record" if found.values.get("retracted") else "It revises what is declared" if now else "It is new"
    )
    if found.kind not in KIND_BY_NAME and now:
        does = "It describes a source that is listed already"
    ready = "it can be declared" if not count else f"{count} thing{'' if count == 1 else 's'} must be mended before"
    return f"{does}; {ready}."
