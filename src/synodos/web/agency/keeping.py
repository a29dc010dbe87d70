"""Keeping drafts: begun anew or from what is stated, found again by its own agency alone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from pydantic import BaseModel

from synodos.language import Portfolio, Record
from synodos.ledger import snapshot
from synodos.web.agency.checking import stamp, standing
from synodos.web.agency.models import DefaultRelease, Draft
from synodos.web.agency.shapes import FIXED, MODELS, SOURCE, is_name

AT_ONCE: Final = 200
"""Drafts that are stored together."""


def latest(request: HttpRequest) -> Portfolio:
    """Return what the agency sees now; drafts are set against this, whatever day the address asks for."""
    table = request.table
    return table.portfolio if table.known_on is None else snapshot(viewer=table.viewer)


def of_today(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view that always shows what is known now; an address that asks for another day leads to it."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD") and "on" in request.GET:
            asked = request.GET.copy()
            del asked["on"]
            return redirect(f"{request.path}?{asked.urlencode()}" if asked else request.path)
        return view(request, *args, **kwargs)

    return shown


def compiler_of(portfolio: Portfolio) -> str | None:
    """Return who compiled a portfolio, if somebody did."""
    return portfolio.header.compiler.id if portfolio.header.compiler else None


def is_own(stated: BaseModel | None, agency: str, portfolio: Portfolio) -> bool:
    """Return whether an agency may revise what is stated: it owns it, or compiles the portfolio."""
    return isinstance(stated, Record) and (stated.owner == agency or compiler_of(portfolio) == agency)


def draft_or_404(request: HttpRequest, kind: str, record_id: str) -> Draft:
    """Return a draft of the agency that asks; others' and missing ones are the same."""
    if kind not in MODELS or not is_name(kind, record_id):  # what no draft can be called is not looked for
        raise Http404
    found = Draft.objects.filter(agency=request.table.agency, kind=kind, record_id=record_id).first()
    if found is None:
        raise Http404
    return found


def begin(request: HttpRequest, kind: str, record_id: str) -> Draft:
    """Return the draft of a record: the one there is, one of what is stated, or a new one.

    Raises
    ------
    Http404
        If there is no such kind, or nothing can bear such a name.
    """
    if kind not in MODELS or not is_name(kind, record_id):
        raise Http404
    agency, portfolio = request.table.agency, latest(request)
    found = Draft.objects.filter(agency=agency, kind=kind, record_id=record_id).first()
    if found is not None:
        return found
    draft = Draft(agency=agency, kind=kind, record_id=record_id, changed_by=request.user)
    now = standing(draft, portfolio)
    own = now is not None and (kind == SOURCE or is_own(now, agency, portfolio))
    draft.values = begun_from(now, agency) if own else new_values(kind, agency)
    draft.base = stamp(now) if own else ""
    return _saved(draft)


def keep_draft(request: HttpRequest, record: Record) -> Draft:
    """Keep a record as a draft of the agency that asks, in place of an earlier draft of it."""
    return keep_values(request, record.kind, record.id, draft_values(record, request.table.agency), latest(request))


def keep_values(
    request: HttpRequest, kind: str, record_id: str, values: Mapping[str, Any], portfolio: Portfolio
) -> Draft:
    """Keep fields as a draft of the agency that asks, in place of an earlier draft of the same name."""
    draft = Draft.objects.filter(agency=request.table.agency, kind=kind, record_id=record_id).first()
    draft = draft or Draft(agency=request.table.agency, kind=kind, record_id=record_id)
    draft.values, draft.unread, draft.changed_by = dict(values), "", request.user
    draft.base = stamp(standing(draft, portfolio))
    return _saved(draft)


def keep_all(request: HttpRequest, values: Mapping[tuple[str, str], Mapping[str, Any]], portfolio: Portfolio) -> None:
    """Keep the fields of many drafts, by kind and id, in place of earlier drafts of the same names; all or none."""
    made = []
    for (kind, record_id), fields in values.items():
        draft = Draft(agency=request.table.agency, kind=kind, record_id=record_id, changed_by=request.user)
        draft.values = dict(fields)
        draft.base = stamp(standing(draft, portfolio))
        made.append(draft)
    Draft.objects.bulk_create(
        made,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["agency", "kind", "record_id"],
        update_fields=["content", "unread", "base", "changed_at", "changed_by"],
    )


def draft_values(stated: BaseModel, agency: str) -> dict[str, Any]:
    """Return what is stated as the fields of a draft, without those that its place says."""
    values = stated.model_dump(mode="json", exclude_defaults=True)
    if isinstance(stated, Record):
        kept = {name: value for name, value in values.items() if name not in FIXED or name == "retracted"}
        if kept.get("owner") == agency:
            del kept["owner"]
        return kept
    return values


def begun_from(stated: BaseModel, agency: str) -> dict[str, Any]:
    """Return what is stated as the fields of a new statement of today."""
    values = draft_values(stated, agency)
    return {**values, "as_of": today()} if isinstance(stated, Record) else values


def new_values(kind: str, agency: str) -> dict[str, Any]:
    """Return the fields with which a new draft begins."""
    if kind == SOURCE:
        return {}
    return {"release": default_release(kind, agency), "as_of": today()}


def default_release(kind: str, agency: str) -> Any:
    """Return who may see new records of a kind; none but the agency until it says otherwise."""
    found = DefaultRelease.objects.filter(agency=agency, kind=kind).first()
    return json.loads(found.release) if found else "private"


def today() -> str:
    """Return the date of today."""
    return timezone.now().astimezone(dt.UTC).date().isoformat()


def _saved(draft: Draft) -> Draft:
    """Return a draft after it was stored."""
    with transaction.atomic():
        draft.save()
    return draft
