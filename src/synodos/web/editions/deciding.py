"""What the secretariat does with editions: plan one and have it built, publish a draft, discard it, withdraw."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from synodos import roadmap
from synodos.exchange import SIGNATURE_FILE, EditionSignature, signature_json, signed_words
from synodos.language import EditionPlan, PortfolioError
from synodos.ledger import LedgerError, load_signer, snapshot
from synodos.web.accounts.audit import note
from synodos.web.editions.forms import PlanForm, PublishForm, WithdrawForm
from synodos.web.editions.models import PublishedEdition, State
from synodos.web.editions.publishing import faults_of_signature, file_of, page_of
from synodos.web.editions.seeing import edition_of, editions, opened, published
from synodos.web.runs.asking import asked
from synodos.web.table import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("secretariat")
def plan_page(request: HttpRequest) -> HttpResponse:
    """Ask what an edition is to freeze, show what that holds, and have it built."""
    table = request.table
    form = PlanForm(table.portfolio, table.viewer, published(request), request.POST or None, initial=_first(request))
    preview = None
    if request.method == "POST" and form.is_valid() and form.plan is not None:
        if request.POST.get("do") == "build":
            return asked(request, "edition", form.asked(), request.path)
        preview = _preview(form.plan)
    context = {
        "title": _("Build an edition"),
        "lead": _("It becomes a draft, which you look at before it is published."),
        "form": form,
        "preview": preview,
    }
    return render(request, "editions/plan.html", context)


def _first(request: HttpRequest) -> dict[str, Any]:
    """Return what the fields hold at first: the number after the last that is seen, today's day of knowledge."""
    last = editions(request).first()
    day = request.table.portfolio.known_on
    number = last.number + 1 if last else 1
    return {
        "number": number,
        "title": last.title if last else "",
        "key": f"roadmap-{day.year}",
        "published": timezone.now().date().isoformat(),
        "known_on": day,
        "supersedes": last.edition if last and last.state == State.PUBLISHED else "",
        "scenarios": list(request.table.portfolio.scenarios),
    }


def _preview(plan: EditionPlan) -> dict[str, Any]:
    """Return what an edition would rest on."""
    seen = snapshot(plan.day, viewer=plan.viewer)
    outlines = [(seen.scenarios[key].name, _missions(seen, key)) for key in plan.scenarios]
    return {"plan": plan, "records": len(seen), "sha256": seen.sha256, "outlines": outlines}


def _missions(seen: Any, key: str) -> str:
    """Return the missions of a scenario by name, or why it cannot be followed."""
    try:
        return ", ".join(seen.missions[one].name for one in roadmap.outline(seen, key).missions) or _("no missions")
    except ValueError as error:
        return _("cannot be followed: %s") % error


@require_POST
@needs("secretariat")
def publish_page(request: HttpRequest, key: str) -> HttpResponse:
    """Publish a draft, signed where its pages say that it is."""
    draft = get_object_or_404(PublishedEdition, key=key, state=State.DRAFT)
    form = PublishForm(draft, request.table.portfolio, request.POST)
    if not form.is_valid():
        messages.error(request, "; ".join(why for whys in form.errors.values() for why in whys))
        return redirect(page_of(key))
    try:
        _publish(draft, form.cleaned_data["shown_to"], form.cleaned_data.get("passphrase"))
    except LedgerError as error:
        messages.error(request, _("It was not signed, so it is not published: %s") % error.message)
        return redirect(page_of(key))
    except PortfolioError as error:
        messages.error(request, _("It is not published: %s") % "; ".join(map(str, error.faults)))
        return redirect(page_of(key))
    note(request, "declared", about=f"edition {draft.key} published to {draft.shown_to}")
    messages.success(request, _("Published: %s") % draft.title)
    return redirect(page_of(key))


def _publish(draft: PublishedEdition, shown_to: str, passphrase: str | None) -> None:
    """Sign a draft where its pages say so, and publish it if it is then what it says it is, or do neither."""
    with transaction.atomic():
        if draft.signs:
            signer = load_signer(settings.SYNODOS_KEYS, draft.signs, passphrase or None)
            words = signer.sign(signed_words(draft.sha256))
            signature = EditionSignature(draft.signs, signer.public_hex, words)
            file_of(draft, SIGNATURE_FILE, signature_json(signature)).save()
            draft.author, draft.public_key = draft.signs, signer.public_hex
        draft.state, draft.shown_to = State.PUBLISHED, shown_to
        draft.save()
        if faults := faults_of_signature(opened(draft), unsigned=not draft.signs):
            raise PortfolioError(faults)


@require_POST
@needs("secretariat")
def discard_page(request: HttpRequest, key: str) -> HttpResponse:
    """Erase a draft; nobody was told of it."""
    draft = get_object_or_404(PublishedEdition, key=key, state=State.DRAFT)
    draft.delete()
    messages.success(request, _("Discarded: %s") % draft.title)
    return redirect(reverse("editions:editions"))


@require_POST
@needs("secretariat")
def withdraw_page(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw a published edition: it stays listed with its hash, and its files are given to nobody else."""
    found = edition_of(request, key)
    if found.state != State.PUBLISHED:
        raise Http404
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it is withdrawn; readers will ask."))
        return redirect(page_of(key))
    found.state, found.reason = State.WITHDRAWN, form.cleaned_data["reason"]
    found.withdrawn_on, found.withdrawn_by = timezone.now().date(), request.user
    found.save()
    note(request, "declared", about=f"edition {found.key} withdrawn")
    messages.success(request, _("Withdrawn: %s") % found.title)
    return redirect(page_of(key))
