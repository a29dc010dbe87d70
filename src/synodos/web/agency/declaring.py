"""Declaring drafts: who will see what, what would change, what cannot be called back; then signed, all or none."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from synodos.language import MEMBERS, Cites, Fault, Portfolio, Record, Source, references
from synodos.ledger import (
    CANNOT_BE_CALLED_BACK,
    Entry,
    LedgerError,
    audience_text,
    faults_of,
    is_encrypted,
    keys_in,
    load_signer,
    shown_key,
    who_will_see,
    writing,
)
from synodos.ledger import declare as declare_records
from synodos.web.accounts.audit import note
from synodos.web.agency.checking import Checked, faults_of_others, faulty
from synodos.web.agency.desk import checked_drafts, row
from synodos.web.agency.keeping import latest
from synodos.web.agency.models import Draft
from synodos.web.agency.shapes import SOURCE
from synodos.web.agency.weighing import effects
from synodos.web.records.differing import differences
from synodos.web.records.wording import address_of, kind_words, seen_by, title_of
from synodos.web.table import needs

DECLARED: Final = "declared"
"""Where a session keeps what its person declared last."""
REFUSED: Final = 400
MOST_TOLD: Final = 200
"""Effects of one sort that a page tells."""


@dataclass(frozen=True)
class Chosen:
    """Drafts that somebody is about to declare, with the sources that they cite."""

    drafts: Sequence[Checked]
    sources: Sequence[Checked]
    stamp: str = ""

    @property
    def records(self) -> list[Record]:
        """The records that they state."""
        return [one.record for one in self.drafts if one.record]

    @property
    def texts(self) -> Mapping[str, Source]:
        """The sources by key."""
        return {one.draft.record_id: one.source for one in self.sources if one.source}


@dataclass
class Refusal:
    """Why drafts were not declared."""

    sentence: str = ""
    faults: list[Fault] = field(default_factory=list)


@needs("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Show what declaring drafts would do, and declare them once a signatory signs."""
    signing = request.POST.get("do") == "sign"
    if signing and not request.table.can("sign"):
        raise Http404
    if "done" in request.GET and DECLARED in request.session:
        context = {"title": gettext("Declared"), "entries": request.session[DECLARED], "warning": CANNOT_BE_CALLED_BACK}
        return render(request, "agency/declared.html", context)
    portfolio = latest(request)
    drafts = checked_drafts(request.table.agency, portfolio)
    chosen = chosen_of(drafts, (request.POST or request.GET).getlist("draft"))
    refusal = Refusal()
    if signing:
        entries = _signed(request, chosen, refusal)
        if entries:
            return _done(request, chosen, entries)
    context = {
        "title": gettext("Declare"),
        "rows": [row(one, portfolio) for one in drafts if one.draft.kind != SOURCE],
        "chosen": {_key(one) for one in chosen.drafts},
        "stamp": chosen.stamp,
        "refusal": refusal,
        "refused": [(fault, "") for fault in refusal.faults],
        "warning": CANNOT_BE_CALLED_BACK,
        **_preview(chosen, portfolio, request.table.agency),
        **_key_state(request.table.agency),
    }
    return render(request, "agency/declare.html", context, status=REFUSED if signing else 200)


def chosen_of(drafts: Sequence[Checked], keys: Sequence[str]) -> Chosen:
    """Return the drafts that were chosen and can be declared, with the drafts of sources that they cite."""
    wanted = set(keys)
    records = [one for one in drafts if _key(one) in wanted and one.record and not faulty(one.faults)]
    cited = {target for one in records for _, mark, target in references(one.record) if isinstance(mark, Cites)}
    sources = [one for one in drafts if one.source and one.draft.record_id in cited]
    content = "\n".join(f"{_key(one)} {one.draft.content}" for one in (*records, *sources))
    return Chosen(records, sources, hashlib.sha256(content.encode()).hexdigest())


def _key(one: Checked) -> str:
    """Return a draft as addresses and forms name it."""
    return f"{one.draft.kind}:{one.draft.record_id}"


def _preview(chosen: Chosen, portfolio: Portfolio, own: str) -> dict[str, Any]:
    """Return what declaring drafts would do: who sees what, what differs, what changes, what is wrong."""
    records = chosen.records
    if not records:
        return {"sights": []}
    found = faults_of(records, author=own, sources=chosen.texts)
    sights = who_will_see(records, portfolio)
    would = effects(portfolio, records, own)
    return {
        "sights": [_sight(one, portfolio) for one in sights],
        "classified": [one.warning for one in sights if one.warning],
        "cited": [(one.draft.record_id, one.source.title) for one in chosen.sources if one.source],
        "faults": [(fault, "") for fault in found],
        "others": [(fault, "") for fault in faults_of_others(records, chosen.texts, portfolio)],
        "roadmap": would.roadmap[:MOST_TOLD],
        "opportunities": would.opportunities[:MOST_TOLD],
        "more": max(0, len(would.roadmap) - MOST_TOLD) + max(0, len(would.opportunities) - MOST_TOLD),
        "signable": not faulty(found),
    }


def _sight(sight: Any, portfolio: Portfolio) -> dict[str, Any]:
    """Return who will see one record, and what those who see it now will learn."""
    record = sight.record
    now = portfolio.tables[record.kind].get(record.id)
    moves = now is not None and now.release != record.release and not record.retracted
    return {
        "name": title_of(record),
        "kind": kind_words(record.kind),
        "id": record.id,
        "act": "retracted" if record.retracted else "revised" if now else "new",
        "readers": seen_by(record, portfolio),
        "names": sight.names if record.release == MEMBERS else (),
        "moves": seen_by(now, portfolio) if now is not None and moves else "",
        "changes": () if record.retracted else differences(now, record, portfolio),
    }


def _key_state(own: str) -> dict[str, Any]:
    """Return whether the agency's key lies here, and whether it asks for a passphrase."""
    folder = settings.SYNODOS_KEYS
    there = own in keys_in(folder)
    return {"has_key": there, "encrypted": there and is_encrypted(folder, own)}


def _signed(request: HttpRequest, chosen: Chosen, refusal: Refusal) -> Sequence[Entry]:
    """Declare drafts and take them away, both or neither; return the entries, or say why there are none."""
    given = request.POST
    refusal.sentence = _not_ready(chosen, given)
    if refusal.sentence:
        return ()
    own = request.table.agency
    confirmed = given.get("classified") == "yes"
    try:
        signer = load_signer(settings.SYNODOS_KEYS, own, given.get("passphrase") or None)
        with writing():
            entries = declare_records(chosen.records, signer=signer, sources=chosen.texts, confirmed=confirmed)
            for one in (*chosen.drafts, *chosen.sources):  # one that was changed meanwhile was not signed, and stays
                Draft.objects.filter(pk=one.draft.pk, content=one.draft.content).delete()
            note(request, "declared", about=", ".join(_key(one) for one in chosen.drafts))
    except LedgerError as error:
        refusal.faults = list(getattr(error, "faults", ()))
        refusal.sentence = "The ledger refuses these records." if refusal.faults else error.message
        return ()
    if not entries:
        refusal.sentence = "All of this is declared already; the drafts are gone."
    return entries


def _not_ready(chosen: Chosen, given: Mapping[str, str]) -> str:
    """Say what is missing before drafts can be declared; nothing where all is there."""
    if not chosen.records:
        return "Choose at least one draft that can be declared."
    if given.get("stamp") != chosen.stamp:
        return "These drafts changed since you looked at them. Look at the preview again before you sign."
    if given.get("understood") != "yes":
        return "Confirm that you know that what is shared cannot be called back."
    return ""


def _done(request: HttpRequest, chosen: Chosen, entries: Sequence[Entry]) -> HttpResponse:
    """Show what was declared, at an address that declares nothing when it is loaded again."""
    ended = {(record.kind, record.id) for record in chosen.records if record.retracted}
    addresses = {(record.kind, record.id): address_of(record) for record in chosen.records}
    request.session[DECLARED] = [
        {
            "act": entry.act,
            "kind": kind_words(entry.kind),
            "id": entry.id,
            "audience": audience_text(entry.audience),
            "number": entry.number,
            "hash": entry.hash,
            "key": shown_key(entry.key),
            "address": addresses.get((entry.kind, entry.id), ""),
            "ended": (entry.kind, entry.id) in ended,
        }
        for entry in entries
    ]
    return redirect(f"{request.path}?done=yes")
