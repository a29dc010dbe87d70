"""Which editions somebody sees: the public ones and those made for their own eyes, once they are out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from synodos.language import MEMBERS, PUBLIC, Portfolio
from synodos.report import open_edition
from synodos.web.editions.models import PublishedEdition, State

if TYPE_CHECKING:
    from synodos.report import OpenedEdition


def editions(request: HttpRequest) -> QuerySet[PublishedEdition]:
    """Return the editions that are out and that who asks sees, the latest first; on a past day those out by then."""
    table = request.table
    seen = Q(shown_to__in=eyes(request)) | (Q(viewer__in=(PUBLIC, MEMBERS)) if keeps(request) else Q())
    found = PublishedEdition.objects.exclude(state=State.DRAFT).filter(seen)
    return found if table.known_on is None else found.filter(published_by__lte=table.known_on)


def published(request: HttpRequest) -> QuerySet[PublishedEdition]:
    """Return those of the editions that who asks sees which were not withdrawn, so that their files are there."""
    return editions(request).filter(state=State.PUBLISHED)


def drafts(request: HttpRequest) -> QuerySet[PublishedEdition]:
    """Return the drafts that who asks sees: the secretariat all of them, members those that it shows to members."""
    found = PublishedEdition.objects.filter(state=State.DRAFT)
    return found if keeps(request) else found.filter(shown_to__in=[MEMBERS] if request.table.member else [])


def eyes(request: HttpRequest) -> list[str]:
    """Return as whom somebody sees editions."""
    table = request.table
    return [PUBLIC, table.viewer, *([MEMBERS] if table.member else [])]


def keeps(request: HttpRequest) -> bool:
    """Return whether who asks keeps the editions of this table."""
    return request.table.can("administer")


def edition_of(request: HttpRequest, key: str) -> PublishedEdition:
    """Return an edition, or a draft, that who asks sees.

    Raises
    ------
    Http404
        If there is none, or it is not for them; the same either way.
    """
    found = editions(request).filter(key=key).first() or drafts(request).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def with_files(request: HttpRequest, key: str) -> PublishedEdition:
    """Return an edition whose files who asks may have: those of a withdrawn one are kept for the secretariat alone.

    Raises
    ------
    Http404
        As `edition_of`.
    """
    found = edition_of(request, key)
    if found.state == State.WITHDRAWN and not keeps(request):
        raise Http404
    return found


def seen_by(edition: PublishedEdition, portfolio: Portfolio) -> str:
    """Return in words who sees an edition."""
    words = {PUBLIC: _("everybody"), MEMBERS: _("members")}
    return words.get(edition.shown_to) or portfolio.agency_name(edition.shown_to)


def opened(edition: PublishedEdition) -> OpenedEdition:
    """Return an edition as it is read from its files, which are checked once more."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for file in edition.files.all():
            path = folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bytes(file.content))
        return open_edition(folder)
