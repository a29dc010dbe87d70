"""Pages of records: looking for them, and one with its history."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from synodos.language import ID_PATTERN, KIND_BY_NAME, Cites, Portfolio, Record, references
from synodos.web.accounts.audit import note
from synodos.web.records.files import MEDIA, record_file, records_table
from synodos.web.records.finding import ORDERS, Asked, choices, found, release_of, status_of
from synodos.web.records.relating import Relation, referred_by, referring_to
from synodos.web.records.tracing import traces
from synodos.web.records.wording import address_of, kind_words, label_of, lines_of, party_name, seen_by, title_of
from synodos.web.showing.exports import exported
from synodos.web.showing.links import ADDRESSES

_NAME = re.compile(ID_PATTERN)
MOST_ROWS = 50
"""Records on one page."""
MOST_RELATIONS = 200
"""Records that refer to one that its page names."""
HEADS = {"name": "Record", "kind": "Kind", "owner": "Owner", "status": "Status", "as_of": "As of", "release": "Seen by"}


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """Look for records."""
    portfolio = request.table.portfolio
    asked = Asked.of(request.GET)
    chosen = found(portfolio, asked)
    file = exported(request, [records_table(chosen, portfolio)], "records") if "format" in request.GET else None
    if file is not None:
        return file
    page = Paginator(chosen, MOST_ROWS).get_page(request.GET.get("page"))
    context = {
        "title": gettext("Records"),
        "lead": _count_sentence(portfolio, asked, len(chosen)),
        "asked": asked,
        "choices": choices(portfolio),
        "heads": [_head(request, name, asked) for name in HEADS],
        "rows": [_row(record, portfolio) for record in page],
        "page": page,
        "earlier": _asking(request, page=page.number - 1) if page.has_previous() else "",
        "later": _asking(request, page=page.number + 1) if page.has_next() else "",
        "files": [(form.upper(), _asking(request, page=None, format=form)) for form in ("csv", "json", "xlsx")],
    }
    return render(request, "records/records.html", context)


@require_safe
def record(request: HttpRequest, kind: str, record_id: str) -> HttpResponse:
    """Show one record; one that is hidden and one that is not there are the same."""
    portfolio = request.table.portfolio
    if kind not in KIND_BY_NAME or not _NAME.fullmatch(record_id):
        raise Http404
    told = portfolio.tables.get(kind, {}).get(record_id)
    history = traces(kind, record_id, portfolio)
    if told is None and not (history and history[-1].record.retracted):
        raise Http404
    shown = told or history[-1].record
    form = request.GET.get("format")
    if form:
        return _file(request, shown, form)
    context = {
        "title": title_of(shown),
        "lead": _record_sentence(shown, portfolio),
        "record": shown,
        "kind": kind_words(shown.kind),
        "lines": lines_of(shown, portfolio),
        "seen_by": seen_by(shown, portfolio),
        "sources": _sources(shown, portfolio),
        "history": list(reversed(history)),
        "refers": _relations(referred_by(shown, portfolio)),
        "referred": _relations(referring_to(shown, portfolio)),
        "files": [(form.upper(), request.table.link(address_of(shown), format=form)) for form in MEDIA],
        "dossier": request.table.link(reverse("dossier", args=[shown.id])) if told and kind == "mission" else "",
        "own": request.table.agency is not None and request.table.agency in (shown.owner, shown.stated_by),
        "ours": request.table.agency == shown.stated_by,
    }
    return render(request, "records/record.html", context)


def _file(request: HttpRequest, shown: Record, form: str) -> HttpResponse:
    """Return a record as a file."""
    if form not in MEDIA:
        message = f"format: found “{form[:40]}”; expected one of {', '.join(MEDIA)}."
        raise BadRequest(message)
    note(request, "exported", about=request.get_full_path()[:200])
    return record_file(shown, form)


def _count_sentence(portfolio: Portfolio, asked: Asked, count: int) -> str:
    """Say how many records there are, or fit."""
    number = f"{count:,} record{'' if count == 1 else 's'}"
    if asked == Asked(sort=asked.sort):
        return f"{number}, as far as you may see them, known on {portfolio.known_on.isoformat()}."
    return f"{number} of {len(portfolio):,} that you may see fit{'s' if count == 1 else ''}."


def _record_sentence(shown: Record, portfolio: Portfolio) -> str:
    """Say what a record is, whose, and how it stands."""
    article = "An" if shown.kind[0] in "aeio" else "A"
    owner, author = party_name(shown.owner, portfolio), party_name(shown.stated_by, portfolio)
    by = "" if shown.owner == shown.stated_by else f", compiled by {author}"
    if shown.retracted:
        return f"{article} {kind_words(shown.kind)} of {owner}, retracted as of {shown.as_of.text}{by}."
    status = f", {status_of(shown)}" if status_of(shown) else ""
    return f"{article} {kind_words(shown.kind)} of {owner}{status}, as of {shown.as_of.text}{by}."


def _row(one: Record, portfolio: Portfolio) -> dict[str, object]:
    """Return a record as a row of the list."""
    return {
        "address": address_of(one),
        "name": title_of(one),
        "id": one.id,
        "kind": kind_words(one.kind),
        "owner": party_name(one.owner, portfolio),
        "status": status_of(one),
        "as_of": one.as_of.text,
        "release": release_of(one),
        "unverified": one.rests_on_unverified,
        "disputed": bool(one.disputes),
    }


def _head(request: HttpRequest, name: str, asked: Asked) -> dict[str, str]:
    """Return the head of a column, with the address that sorts by it."""
    down = asked.sort == name
    words = {name: "ascending", f"-{name}": "descending"}
    return {
        "name": HEADS[name],
        "address": _asking(request, page=None, sort=f"-{name}" if down else name) if name in ORDERS else "",
        "sorted": words.get(asked.sort, ""),
    }


def _asking(request: HttpRequest, **changes: object) -> str:
    """Return the address of this page with some of what it asks for changed; None leaves it out."""
    asked = request.GET.copy()
    for name in ("format", *changes):
        asked.pop(name, None)
    for name, value in changes.items():
        if value is not None:
            asked[name] = str(value)
    return f"?{asked.urlencode()}"


def _sources(shown: Record, portfolio: Portfolio) -> list[dict[str, object]]:
    """Return the sources that a record cites; only addresses on the web lead there, since anybody may state one."""
    keys = dict.fromkeys(target for _, mark, target in references(shown) if isinstance(mark, Cites))
    known = {key: portfolio.header.sources.get(key) for key in keys}
    return [
        {"key": key, "source": one, "leads": bool(one and one.url and one.url.startswith(ADDRESSES))}
        for key, one in known.items()
    ]


def _relations(related: Sequence[Relation]) -> dict[str, object]:
    """Return relations as a page lists them: each record once, with the fields that name it."""
    named: dict[str, tuple[Record, list[str]]] = {}
    for one in related:
        fields = named.setdefault(f"{one.record.kind}:{one.record.id}", (one.record, []))[1]
        fields.append(label_of(one.field.split("[")[0].split(".")[0]))
    rows = [
        {
            "address": address_of(record),
            "name": title_of(record),
            "kind": kind_words(record.kind),
            "field": "”, “".join(dict.fromkeys(fields)),
        }
        for record, fields in named.values()
    ]
    return {"rows": rows[:MOST_RELATIONS], "more": max(0, len(rows) - MOST_RELATIONS)}
