"""What goes wrong, as problem details (RFC 9457)."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, Throttled, ValidationError

from synodos.web import errors
from synodos.web.showing.exports import Unanswered

MEDIA: Final = "application/problem+json"
TITLES: Final = {
    400: "The request makes no sense",
    401: "The token does not hold",
    403: "The token may not do this",
    404: "There is no such thing to be seen",
    405: "This address does not take that method",
    409: "It contradicts what is there",
    413: "The body is too large",
    415: "The body is of a type that is not taken",
    422: "The content is refused",
    429: "Too many requests",
    500: "The server failed",
    503: "The server cannot answer now",
}
NOT_TAKEN: Final = 405
LOG: Final = logging.getLogger("django.request")


class Problem(Schema):
    """Why a request was refused."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: str | None = None
    code: str | None = None
    faults: list[str] = []


def problem(status: int, detail: str, *, headers: dict[str, str] | None = None, **more: Any) -> HttpResponse:
    """Return a refusal; `more` are further members of a problem, such as `field` and `code`."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Refused"), "status": status, "detail": detail, **more}
    response = HttpResponse(json.dumps(body), status=status, content_type=MEDIA)  # it may repeat what is no Unicode
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def by_method(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view that answers `HEAD` as `GET`, and with a problem where it does not take a method."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        try:
            response = view(request, *args, **kwargs)
        finally:
            request.method = asked
        if response.status_code != NOT_TAKEN:
            return response
        taken = {one.strip() for one in response.headers["Allow"].split(",")}
        allow = ", ".join(sorted(taken | {"HEAD"} if "GET" in taken else taken))
        return problem(NOT_TAKEN, f"Expected one of {allow}.", headers={"Allow": allow})

    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered


def answer_with_problems(api: NinjaAPI) -> None:
    """Let an interface answer whatever goes wrong with a problem; what it is about is told, no more."""
    from synodos.ledger import LedgerError

    handlers = {
        AuthenticationError: lambda _request, _error: problem(
            401, "Show a token that holds: `Authorization: Bearer …`.", headers={"WWW-Authenticate": "Bearer"}
        ),
        AuthorizationError: lambda _request, error: problem(403, str(getattr(error, "message", "") or error)),
        Throttled: _throttled,
        ValidationError: _invalid,
        BadRequest: _misasked,
        Unanswered: lambda _request, error: problem(422, str(error), faults=error.faults),
        DataError: lambda _request, _error: problem(422, "It holds what the database cannot keep, such as a NUL."),
        UnreadablePostError: lambda _request, _error: problem(400, "The body broke off; send it again."),
        RequestDataTooBig: lambda _request, _error: problem(413, "Send less at a time."),
        Http404: lambda _request, _error: problem(404, "It is not there, or not to be seen with this token."),
        HttpError: lambda _request, error: problem(error.status_code, str(error)),
        LedgerError: _refused_by_ledger,
        Exception: _failed,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _throttled(_request: HttpRequest, error: Throttled) -> HttpResponse:
    """Say when to come again."""
    wait_s = max(1, math.ceil(error.wait or 1))
    return problem(429, f"Come again in {wait_s} seconds.", headers={"Retry-After": str(wait_s)})


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which part of a request does not fit; what was found is not repeated."""
    faults = [f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors]
    return problem(422, faults[0] if faults else "It does not fit.", faults=faults)


def _misasked(_request: HttpRequest, error: BadRequest) -> HttpResponse:
    """Say which parameter makes no sense."""
    return problem(400, str(error) or "The address makes no sense.", field=getattr(error, "field", None))


def _refused_by_ledger(_request: HttpRequest, error: Any) -> HttpResponse:
    """Say why the ledger does not take something."""
    return problem(422, str(error), code=error.code)


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that the server failed; why stands in its log alone."""
    LOG.error("Internal Server Error: %s", request.path, exc_info=error)
    if isinstance(error, (InterfaceError, OperationalError)):
        return errors.without_database(request)
    return problem(500, "Why stands in the log of the server.")
