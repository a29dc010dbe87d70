"""A contested question of law becomes a draft paper that proposes a common understanding to governments."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from synodos.language import PUBLIC, Portfolio
from synodos.law import ContestedQuestion, contested, party_names
from synodos.web.agency.keeping import latest
from synodos.web.forum.drafting import drafted, free_id, to_be_declared
from synodos.web.forum.seats import may_begin, terms_asked
from synodos.web.table import needs


@needs("editor")
@require_POST
def begin_understanding(request: HttpRequest) -> HttpResponse:
    """Draft a common understanding of a contested question, with who holds which reading in public."""
    from synodos.ledger import snapshot

    portfolio = latest(request)
    shared = snapshot(viewer=PUBLIC)  # the text goes to others: what only some may read is not for it
    found = next((one for one in contested(shared) if one.id == request.POST.get("question")), None)
    terms = terms_asked({}, portfolio)
    if found is None or not may_begin(request, portfolio, terms):
        raise Http404
    name = _("Common understanding: {question}").format(question=found.label)
    values = {
        "name": name,
        "type": "common-understanding",
        "terms": terms.id if terms else None,
        "version": 1,
        "stage": "draft",
        "authors": [request.table.agency],
        "contested": found.id,
        "statement": _(
            "To governments and to COPUOS: a proposal, not a rule. Which reading it proposes is to be added."
        ),
        "paragraphs": list(_readings(found, shared)),
    }
    return to_be_declared(request, drafted(request, "paper", free_id(request, "paper", name, portfolio), values))


def _readings(question: ContestedQuestion, shared: Portfolio) -> Iterator[str]:
    """Yield a paragraph on each reading: what it says, and who holds it."""
    name = party_names(shared)
    for reading in question.readings:
        holders = [f"{name(one.holder)}" + (_(" (unverified)") if one.unverified else "") for one in reading.positions]
        held = _("Declared by {holders}.").format(holders=", ".join(holders)) if holders else _("Nobody declared it.")
        by_sources = _(" By sources: {held}.").format(held=reading.held_by.rstrip(".")) if reading.held_by else ""
        doubt = _(" This reading is general knowledge without a text.") if reading.unverified else ""
        yield f"{reading.label}. {held}{by_sources}{doubt}"
