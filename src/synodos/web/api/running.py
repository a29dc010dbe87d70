"""Questions that take long: put into the queue, looked after, and cancelled."""

import base64
import json
import uuid
from collections.abc import Mapping
from typing import Any, Final, Literal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from synodos.language import Portfolio
from synodos.web.api.access import needs_scope
from synodos.web.api.models import Scope
from synodos.web.api.once import once
from synodos.web.api.problems import Problem, problem
from synodos.web.api.reading import REFUSALS, OnADay
from synodos.web.runs import queueing, seeing
from synodos.web.runs.files import Sent
from synodos.web.runs.forms import QuestionForm
from synodos.web.runs.models import Run, State
from synodos.web.runs.naming import title_of
from synodos.web.runs.programs import FORMS

router: Final = Router(tags=["runs"])
FILE: Final = "file"
"""Field of a form that takes a file."""


class SentFile(Schema):
    """A file on which a question rests: a list of sanctioned parties, outcomes, a game."""

    name: str = Field(min_length=1, max_length=120)
    content: str
    coding: Literal["text", "base64"] = "text"


class Asked(Schema):
    """A question that takes long; parameters as the fields of its page, those left out as they stand there first."""

    question: Literal[tuple(FORMS)]  # type: ignore[valid-type]
    parameters: dict[str, Any] = {}
    file: SentFile | None = None


class Standing(Schema):
    """How a run stands; with its answer, in the envelope of all answers, once it is done."""

    id: uuid.UUID
    question: str
    title: str
    parameters: dict[str, Any]
    state: Literal["queued", "running", "done", "refused", "cancelled"]
    share: float | None = Field(description="How much is done, from 0 to 1; null: that cannot be told.")
    words: str
    sha256: str
    known_on: str | None
    answer: dict[str, Any] | None = None


class Runs(Schema):
    """The runs of who asks, the latest first."""

    runs: list[Standing]


@router.get("", response={200: Runs, **REFUSALS}, summary="Your runs", url_name="runs")
@needs_scope(Scope.RUN)
def runs(request: HttpRequest) -> dict[str, Any]:
    """List the runs of who asks, without their answers."""
    return {"runs": [standing(run) for run in seeing.own(request)[: queueing.MOST_KEPT]]}


@router.post(
    "", response={202: Standing, 409: Problem, **REFUSALS}, summary="Ask what takes long", url_name="run-asked"
)
@needs_scope(Scope.RUN)
@once
def ask(request: HttpRequest, asked: Asked, day: Query[OnADay]) -> HttpResponse:
    """Put a question into the queue; the same question on the same plans is worked on once."""
    portfolio = request.table.portfolio
    kind = FORMS[asked.question]
    if refused := _unknown(kind, asked):
        return refused
    form = _filled(kind, portfolio, asked)
    if not form.is_valid():
        faults = [f"{name}: {told}" for name, errors in form.errors.items() for told in errors]
        return problem(422, faults[0], faults=faults)
    return queued(request, asked.question, form.asked(), form.sent())


def queued(request: HttpRequest, question: str, parameters: Mapping[str, Any], files: Sent = ()) -> HttpResponse:
    """Put a question into the queue, and tell how its run stands."""
    portfolio = request.table.portfolio
    try:
        run = queueing.ask(
            question,
            parameters,
            user=request.user,
            viewer=request.table.viewer,
            sha256=portfolio.sha256,
            title=title_of(question, parameters, portfolio),
            known_on=request.table.known_on,
            files=files,
        )
    except queueing.TooManyRunsError as error:
        return problem(409, str(error))
    response = HttpResponse(json.dumps(standing(run)), status=202, content_type="application/json")
    response.headers["Location"] = reverse("api-v1:run", args=[run.pk])
    return response


def _unknown(kind: type[QuestionForm], asked: Asked) -> HttpResponse | None:
    """Return a refusal where a question is given what it does not take."""
    taken = [name for name in kind.base_fields if name != FILE]
    unknown = sorted(set(asked.parameters) - set(taken))
    if unknown:
        return problem(422, f"parameters: found {unknown[0]!r}; expected some of {', '.join(taken)}.", field=unknown[0])
    if asked.file is not None and FILE not in kind.base_fields:
        return problem(422, f"file: {asked.question} rests on no file; expected none.", field=FILE)
    return None


def _filled(kind: type[QuestionForm], portfolio: Portfolio, asked: Asked) -> QuestionForm:
    """Return the form of a question as a program fills it."""
    blank = {name: field.initial for name, field in kind.base_fields.items() if field.initial is not None}
    files = {} if asked.file is None else {FILE: SimpleUploadedFile(asked.file.name, _content(asked.file))}
    return kind(portfolio, {**blank, **asked.parameters}, files=files)


def _content(sent: SentFile) -> bytes:
    """Return what a file holds; nothing where its coding does not hold, which no question takes."""
    try:
        return base64.b64decode(sent.content, validate=True) if sent.coding == "base64" else sent.content.encode()
    except ValueError:  # no Base64, or a text that is no Unicode
        return b""


@router.get("/{key}", response={200: Standing, **REFUSALS}, summary="How a run stands", url_name="run")
@needs_scope(Scope.RUN)
def run(request: HttpRequest, key: uuid.UUID) -> dict[str, Any]:
    """Tell how a run stands, and its answer once it is done."""
    found = seeing.run_of(request, key)
    told = seeing.told_of(found)
    return standing(found, told.envelope if told is not None else None)


@router.delete("/{key}", response={204: None, **REFUSALS}, summary="Cancel and erase a run", url_name="run-erased")
@needs_scope(Scope.RUN)
def erase(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Cancel a run where it is open, and erase it."""
    seeing.owned(request, key).delete()
    return HttpResponse(status=204)


def standing(run: Run, answer: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return how a run stands."""
    return {
        "id": str(run.pk),
        "question": run.question,
        "title": run.title,
        "parameters": run.parameters,
        "state": State(run.state).value,
        "share": run.share,
        "words": run.words,
        "sha256": run.sha256,
        "known_on": run.known_on.isoformat() if run.known_on else None,
        "answer": answer,
    }
