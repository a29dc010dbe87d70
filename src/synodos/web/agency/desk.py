"""An agency's desk: what it declared, what it prepares, what collides, and what its people may do next."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from synodos.language import KIND_BY_NAME, Portfolio
from synodos.ledger import collisions
from synodos.web.agency.changing import since, story
from synodos.web.agency.checking import Checked, checked, faulty, stamp, standing
from synodos.web.agency.keeping import compiler_of, latest
from synodos.web.agency.models import Draft
from synodos.web.records.wording import kind_words, seen_by, title_of
from synodos.web.table import needs


@needs("reader")
@require_safe
def agency(request: HttpRequest) -> HttpResponse:
    """Show what the agency declared, its drafts, what changed, and what collides."""
    portfolio, own = latest(request), request.table.agency
    number = Draft.objects.filter(agency=own).count()
    declared = _declared(portfolio, own)
    moment = since(request)
    context = {
        "title": portfolio.agency_name(own),
        "lead": _sentence(declared, number),
        "declared": declared,
        "drafts": number,
        "changed": len(story(request, moment)),
        "since": moment,
        "collisions": [one for one in collisions(viewer=own) if own in (one.kept_by, one.left_out)],
        "own": own,
    }
    return render(request, "agency/agency.html", context)


@needs("reader")
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """List the drafts of the agency, each with what it would do and whether it can be declared."""
    portfolio = latest(request)
    rows = [row(one, portfolio) for one in checked_drafts(request.table.agency, portfolio)]
    sound = sum(not one["faulty"] for one in rows)
    lead = ngettext(
        "%(number)d draft, of which %(sound)d can be declared. Your agency alone sees them.",
        "%(number)d drafts, of which %(sound)d can be declared. Your agency alone sees them.",
        len(rows),
    ) % {"number": len(rows), "sound": sound}
    return render(request, "agency/drafts.html", {"title": gettext("Drafts"), "lead": lead, "rows": rows})


def checked_drafts(agency_id: str, portfolio: Portfolio) -> list[Checked]:
    """Return the drafts of an agency, each with what is wrong with it on its own; sources first."""
    found = Draft.objects.filter(agency=agency_id)
    ordered = sorted(found, key=lambda draft: (draft.kind in KIND_BY_NAME, draft.kind, draft.record_id))
    return [checked(draft, compiler_of(portfolio)) for draft in ordered]


def row(one: Checked, portfolio: Portfolio) -> dict[str, object]:
    """Return a draft as a row of a list."""
    draft, now = one.draft, standing(one.draft, portfolio)
    name = draft.values.get("short_name") or draft.values.get("name") or draft.values.get("title")
    return {
        "key": f"{draft.kind}:{draft.record_id}",
        "address": draft.get_absolute_url(),
        "kind": kind_words(draft.kind),
        "id": draft.record_id,
        "name": name if isinstance(name, str) else (title_of(now) if draft.kind in KIND_BY_NAME and now else ""),
        "act": act_of(one, portfolio),
        "seen_by": seen_by(one.record, portfolio) if one.record else "",
        "changed_at": draft.changed_at,
        "changed_by": draft.changed_by,
        "faults": one.faults,
        "faulty": faulty(one.faults),
        "overtaken": now is not None and draft.base not in ("", stamp(now)),
    }


def act_of(one: Checked, portfolio: Portfolio) -> str:
    """Return in a word what a draft does once it is declared."""
    now = standing(one.draft, portfolio)
    if one.draft.values.get("retracted"):
        return "retracts"
    if now is None:
        return "new"
    moved = one.record is not None and getattr(now, "release", None) != one.record.release
    return "revises, and changes who sees it" if moved else "revises"


def _declared(portfolio: Portfolio, own: str) -> list[dict[str, object]]:
    """Return how many records of each kind stand for the agency: by itself, and compiled by others."""
    ours = [record for record in portfolio if record.owner == own]
    by_us = Counter(record.kind for record in ours if record.stated_by == own)
    by_others = Counter(record.kind for record in ours if record.stated_by != own)
    return [
        {
            "kind": kind_words(KIND_BY_NAME[kind].plural),
            "by_us": by_us[kind],
            "by_others": by_others[kind],
            "address": f"{reverse('records')}?owner={own}&kind={kind}",
        }
        for kind in KIND_BY_NAME
        if by_us[kind] or by_others[kind]
    ]


def _sentence(declared: list[dict[str, object]], number: int) -> str:
    """Say what stands for the agency, and what it prepares."""
    ours, others = (sum(row[name] for row in declared) for name in ("by_us", "by_others"))
    compiled = f"; {others} more were compiled about you from public sources" if others else ""
    waiting = f"{number} draft waits" if number == 1 else f"{number} drafts wait"
    return f"You declared {ours} record{'' if ours == 1 else 's'}{compiled}. {waiting}."
