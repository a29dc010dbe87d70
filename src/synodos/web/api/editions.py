"""Editions of the roadmap: which are published here, and their files."""

from typing import Any, Final, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from synodos.web.api.reading import REFUSALS, OnADay
from synodos.web.api.stamping import stamped_by_content
from synodos.web.editions.models import PublishedEdition, State
from synodos.web.editions.seeing import edition_of, editions, keeps, with_files

router: Final = Router(tags=["editions"])
PLAIN: Final = "application/octet-stream"


class OneEdition(Schema):
    """An edition that is published here, or was."""

    key: str = Field(description="Its part of the address.")
    id: str
    number: int
    title: str
    published: str
    known_on: str
    follows: str | None
    signed_by: str | None = Field(description="Agency that signed it; null: nobody, it is an unsigned draft.")
    seen_by: str = Field(description="public, members, or the id of an agency.")
    state: Literal["draft", "published", "withdrawn"]
    withdrawn_on: str | None
    reason: str | None = Field(description="Why it was withdrawn.")
    sha256: str = Field(description="Hash of its edition.json, which stands for the whole.")


class Editions(Schema):
    """The editions that the token sees, the latest first."""

    editions: list[OneEdition]


class EditionFile(Schema):
    """A file of an edition."""

    name: str
    size: int = Field(description="In bytes.")
    sha256: str


class WithFiles(OneEdition):
    """An edition with its files; none where it was withdrawn."""

    files: list[EditionFile]


@router.get("", response={200: Editions, **REFUSALS}, summary="Published editions", url_name="editions")
@stamped_by_content
def listed(request: HttpRequest, asked: Query[OnADay]) -> dict[str, Any]:
    """List the editions that are published here and that the token sees."""
    return {"editions": [_told(one) for one in editions(request)]}


@router.get("/{key}", response={200: WithFiles, **REFUSALS}, summary="One edition", url_name="edition")
@stamped_by_content
def edition(request: HttpRequest, key: str, asked: Query[OnADay]) -> dict[str, Any]:
    """Tell of one edition, with the hash of each of its files."""
    found = edition_of(request, key)
    given = found.state != State.WITHDRAWN or keeps(request)
    files = found.files.values("name", "size", "sha256") if given else []
    return {**_told(found), "files": list(files)}


@router.get(
    "/{key}/files/{path:name}",
    response={200: None, **REFUSALS},
    summary="A file of an edition",
    url_name="edition-file",
    openapi_extra={
        "responses": {
            200: {"description": "The file", "content": {PLAIN: {"schema": {"type": "string", "format": "binary"}}}}
        }
    },
)
@stamped_by_content
def file(request: HttpRequest, key: str, name: str, asked: Query[OnADay]) -> HttpResponse:
    """Give a file of an edition, as it was built."""
    found = with_files(request, key).files.filter(name=name).first()
    if found is None:
        raise Http404
    return HttpResponse(bytes(found.content), content_type=PLAIN)


def _told(one: PublishedEdition) -> dict[str, Any]:
    """Return an edition as it is listed."""
    return {
        "key": one.key,
        "id": one.edition,
        "number": one.number,
        "title": one.title,
        "published": one.published,
        "known_on": one.known_on.isoformat(),
        "follows": one.follows or None,
        "signed_by": one.author or None,
        "seen_by": one.shown_to,
        "state": one.state,
        "withdrawn_on": one.withdrawn_on.isoformat() if one.withdrawn_on else None,
        "reason": one.reason or None,
        "sha256": one.sha256,
    }
