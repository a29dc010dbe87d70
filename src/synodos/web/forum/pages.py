"""What the pages of the forum have in common: how they hang together, and where the names on them lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from synodos.language import Portfolio, TermsOfReference
from synodos.web.forum.seats import terms_asked
from synodos.web.pages.choosing import Choice, tabs
from synodos.web.showing.links import names_of

PAGES: Final = ("paper", "meeting")
"""Kinds of records that have a page in the forum."""


def within(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return the pages of the forum."""
    pages = (
        (_("Overview"), reverse("forum:forum")),
        (_("Papers"), reverse("forum:papers")),
        (_("Meetings"), reverse("forum:meetings")),
        (_("Actions"), reverse("forum:actions")),
        (_("Members"), reverse("membership")),
    )
    return tabs(request, pages)


def links_of_forum(portfolio: Portfolio) -> dict[str, str]:
    """Return the names and ids of papers and meetings, and the page of each in the forum.

    What another record is called too leads where it would anyway: a paper named like an agency takes no link from it.
    """
    called = names_of(portfolio)
    borne = Counter(record.id for record in portfolio)
    ids = {key: f"{kind}:{key}" for kind in PAGES for key in portfolio.tables[kind] if borne[key] == 1}
    found = {**{key: target for key, target in ids.items() if key not in called}, **called}
    return {words: _page_of(target) for words, target in found.items() if target.partition(":")[0] in PAGES}


def _page_of(target: str) -> str:
    """Return the page of a paper or a meeting, which is named as `kind:id`."""
    kind, _colon, key = target.partition(":")
    return reverse(f"forum:{kind}", args=[quote(key, safe="-")])


def chosen_terms(
    request: HttpRequest, asked: Mapping[str, str]
) -> tuple[TermsOfReference | None, tuple[Choice, ...], dict[str, object]]:
    """Return the Terms of Reference that a page is about, its field for choosing others, and the parameter."""
    portfolio = request.table.portfolio
    terms = terms_asked(asked, portfolio)
    several = sorted((key, one.name) for key, one in portfolio.terms_of_reference.items())
    key = terms.id if terms else None
    field = Choice("terms", _("Forum"), key or "", tuple(several))
    return terms, (field,) if len(several) > 1 else (), {"terms": key}
