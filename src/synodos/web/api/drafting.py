"""Drafts of records, kept for a person to declare; no program signs for an agency here."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field, ValidationError

from synodos.language import KIND_BY_NAME, of_validation
from synodos.web.agency.keeping import keep_draft
from synodos.web.api.access import needs_scope
from synodos.web.api.models import Scope
from synodos.web.api.once import once
from synodos.web.api.problems import Problem, problem
from synodos.web.api.reading import REFUSALS

router: Final = Router(tags=["drafts"])


class Drafted(Schema):
    """A record to keep as a draft, by its kind."""

    kind: str = Field(max_length=40)
    record: dict[str, Any]


class KeptDraft(Schema):
    """Where a person finds the draft, to look at it and to declare it."""

    kind: str
    id: str
    page: str


@router.post("", response={201: KeptDraft, 409: Problem, **REFUSALS}, summary="Keep a draft", url_name="draft")
@needs_scope(Scope.DRAFT)
@once
def keep(request: HttpRequest, draft: Drafted) -> Any:
    """Keep a record of the token's agency as a draft, in place of an earlier draft of it."""
    kind = KIND_BY_NAME.get(draft.kind)
    if kind is None:
        return problem(422, f"kind: expected one of {', '.join(sorted(KIND_BY_NAME))}.", field="kind")
    try:
        record = kind.model_validate(draft.record)
    except ValidationError as error:
        faults = [str(fault) for fault in of_validation(error, draft.kind, tuple(kind.model_fields))]
        return problem(422, faults[0], faults=faults)
    own = request.table.agency
    if own not in (record.owner, record.stated_by):
        return problem(422, f"owner: expected {own}, for which this token speaks.", field="owner")
    kept = keep_draft(request, record)
    told = KeptDraft(kind=kept.kind, id=kept.record_id, page=kept.get_absolute_url())
    return HttpResponse(told.model_dump_json(), status=201, content_type="application/json")
