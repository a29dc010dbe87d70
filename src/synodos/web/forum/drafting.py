"""Drafts of what is said in the forum, filled in as far as the page knows; nothing is written past the ledger."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Container, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from synodos.language import Paper, Portfolio, Record
from synodos.web.agency.checking import checked, faulty
from synodos.web.agency.keeping import begin, compiler_of, keep_values, latest, new_values, today
from synodos.web.agency.models import Draft
from synodos.web.agency.shapes import SOURCE

Values = dict[str, Any]
LONGEST_NAME: Final = 60
"""Characters of a title that go into an id."""
LONGEST_ID: Final = 100
"""Characters of an id before a number or a digest that makes it one of a kind."""
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")
_BLANK: Final = re.compile(r"\n[ \t]*\n")


def drafted(request: HttpRequest, kind: str, record_id: str, values: Mapping[str, Any]) -> Draft:
    """Keep a new record as a draft, read by members unless the values say otherwise, citing what its agency says."""
    agency, portfolio = str(request.table.agency), latest(request)
    cited = {"confidence": "read", "sources": [_own_source(request, portfolio)]}
    given = {name: value for name, value in values.items() if value not in (None, "", [], {})}
    kept = {**new_values(kind, agency), "release": "members", **cited, **given}
    return keep_values(request, kind, record_id, kept, portfolio)


def revised(request: HttpRequest, record: Record, change: Callable[[Values], Values]) -> Draft:
    """Keep a change to a record as a draft of today, on top of what its agency has drafted of it already."""
    draft = begin(request, record.kind, record.id)
    changed = {**change(draft.values), "as_of": today()}
    draft.values = {name: value for name, value in changed.items() if value not in (None, "", [], {})}
    draft.changed_by = request.user
    draft.save()
    return draft


def to_be_declared(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Lead to the preview of a draft, from where a signatory declares it; or to the draft, if it is to be mended."""
    if faulty(checked(draft, compiler_of(latest(request))).faults):
        return redirect(draft)
    asked = urlencode({"draft": f"{draft.kind}:{draft.record_id}"})
    return redirect(f"{reverse('agency-declare')}?{asked}")


def free_id(request: HttpRequest, kind: str, title: str, portfolio: Portfolio) -> str:
    """Return an id for a new record, from its title and its agency, that no record or draft in sight bears."""
    agency = str(request.table.agency)
    drafts = Draft.objects.filter(agency=agency, kind=kind).values_list("record_id", flat=True)
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = _BETWEEN.sub("-", plain)[:LONGEST_NAME].strip("-")
    return _untaken(f"{agency}-{words or kind}", {*portfolio.tables.get(kind, {}), *drafts})


def position_id(agency: str, paper: Paper, portfolio: Portfolio) -> str:
    """Return the id of an agency's position on the present version of a paper: the same each time."""
    version = f"-v{paper.version}" if paper.version > 1 else ""
    others = {key for key, one in portfolio.positions.items() if one.owner != agency}
    return _untaken(f"{agency}-on-{paper.id}{version}", others)


def _untaken(name: str, taken: Container[str]) -> str:
    """Return a name that is short enough and not taken."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    first = name if len(name) <= LONGEST_ID else f"{name[:LONGEST_ID].rstrip('-')}-{digest}"
    number, free = 1, first
    while free in taken:
        number += 1
        free = f"{first}-{number}"
    return free


def paragraphs(text: str) -> list[str]:
    """Return a text in paragraphs, which blank lines part."""
    parts = _BLANK.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return [part.strip() for part in parts if part.strip()]


def _own_source(request: HttpRequest, portfolio: Portfolio) -> str:
    """Return the key of the source that stands for what an agency says in the forum; drafted if it is not known."""
    agency = str(request.table.agency)
    name, key = portfolio.agency_name(agency), f"said-by-{agency}"[:80]
    text = {"title": f"What {name} says in the forum", "publisher": name}
    known = portfolio.header.sources.get(key)
    drafts = Draft.objects.filter(agency=agency, kind=SOURCE, record_id=key)
    if (known is None or known.title != text["title"]) and not drafts.exists():
        keep_values(request, SOURCE, key, text, portfolio)
    return key
