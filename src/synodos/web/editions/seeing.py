"""Which editions somebody sees: the public ones and those made for their own eyes, once they are out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from synodos.language import PUBLIC
from synodos.report import open_edition
from synodos.web.editions.models import PublishedEdition

if TYPE_CHECKING:
    from synodos.report import OpenedEdition


def editions(request: HttpRequest) -> QuerySet[PublishedEdition]:
    """Return the editions that who asks sees, the latest first; on a past day those that were out by then."""
    table = request.table
    found = PublishedEdition.objects.filter(viewer__in=(PUBLIC, table.viewer))
    return found if table.known_on is None else found.filter(published_by__lte=table.known_on)


def edition_of(request: HttpRequest, key: str) -> PublishedEdition:
    """Return an edition that who asks sees.

    Raises
    ------
    Http404
        If there is none, or it is not for them; the same either way.
    """
    found = editions(request).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def opened(edition: PublishedEdition) -> OpenedEdition:
    """Return an edition as it is read from its files, which are checked once more."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for file in edition.files.all():
            path = folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bytes(file.content))
        return open_edition(folder)
