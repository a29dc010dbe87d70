"""Editions of the roadmap: which are published here, their files, and having one built."""

from typing import Any, Final, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from ninja.errors import AuthorizationError
from pydantic import Field

from synodos.web.api.access import needs_scope
from synodos.web.api.models import Scope
from synodos.web.api.once import once
from synodos.web.api.problems import Problem, problem
from synodos.web.api.reading import REFUSALS, OnADay
from synodos.web.api.running import Standing, queued
from synodos.web.api.stamping import stamped_by_content
from synodos.web.editions.forms import PlanForm
from synodos.web.editions.models import PublishedEdition, State
from synodos.web.editions.seeing import edition_of, editions, keeps, published, with_files

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


class Planned(Schema):
    """What an edition freezes; parameters as the fields of its page, those left out as they stand there first."""

    parameters: dict[str, Any] = {}


@router.get("", response={200: Editions, **REFUSALS}, summary="Published editions", url_name="editions")
@stamped_by_content
def listed(request: HttpRequest, asked: Query[OnADay]) -> dict[str, Any]:
    """List the editions that are published here and that the token sees."""
    return {"editions": [_told(one) for one in editions(request)]}


@router.post(
    "", response={202: Standing, 409: Problem, **REFUSALS}, summary="Have an edition built", url_name="edition-asked"
)
@needs_scope(Scope.RUN)
@once
def build(request: HttpRequest, asked: Planned) -> HttpResponse:
    """Have an edition built as a draft, by a program of the secretariat; its run tells when it is done."""
    if not request.table.can("administer"):
        raise AuthorizationError(message="Only programs of the secretariat have editions built.")
    taken = list(PlanForm.base_fields)
    unknown = sorted(set(asked.parameters) - set(taken))
    if unknown:
        return problem(422, f"parameters: found {unknown[0]!r}; expected some of {', '.join(taken)}.", field=unknown[0])
    blank = {name: field.initial for name, field in PlanForm.base_fields.items() if field.initial is not None}
    table = request.table
    form = PlanForm(table.portfolio, table.viewer, published(request), {**blank, **asked.parameters})
    if not form.is_valid():
        faults = [f"{name}: {told}" for name, errors in form.errors.items() for told in errors]
        return problem(422, faults[0], faults=faults)
    return queued(request, "edition", form.asked())


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
