"""Writes that may be sent again: with the same `Idempotency-Key` they are done once, and answered alike."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from synodos.web.api.models import Answered, Token
from synodos.web.api.problems import problem

HEADER: Final = "Idempotency-Key"
KEY: Final = re.compile(r"^[\x21-\x7e]{1,200}$")
REFUSED: Final = 400
KEPT_FOR: Final = dt.timedelta(days=1)
LONGEST_WORK: Final = dt.timedelta(minutes=10)
"""After which a write that has no answer counts as failed."""


def once(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Return a write that is done once for each key of a token; without a key it is done each time.

    A key that was given with something else, or whose write is still under way, is refused. What was refused, or failed
    on the server, changed nothing: it may be tried again with the same key.
    """

    @wraps(operation)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        if not key:
            return _response(operation(request, *args, **kwargs))
        if not KEY.match(key):
            return problem(400, f"{HEADER}: expected 1 to 200 plain characters.", field=HEADER)
        asked = _hash(request)
        _forget(request.auth)
        try:
            with transaction.atomic():
                first = Answered.objects.create(token=request.auth, key=key, request_hash=asked)
        except IntegrityError:
            return _again(Answered.objects.filter(token=request.auth, key=key).first(), asked)
        try:
            made = _response(operation(request, *args, **kwargs))
        except BaseException:
            first.delete()
            raise
        if made.status_code >= REFUSED:
            first.delete()
        else:
            Answered.objects.filter(pk=first.pk).update(  # nothing, if it took so long that another took its place
                status=made.status_code, body=made.content.decode(), location=made.headers.get("Location", "")
            )
        return made

    return answered


def _forget(token: Token) -> None:
    """Forget what was answered to a token long ago, and what was begun and never ended, as by a server that fell."""
    now = timezone.now()
    token.answered.filter(made_at__lt=now - KEPT_FOR).delete()
    token.answered.filter(made_at__lt=now - LONGEST_WORK, status=None).delete()


def _again(first: Answered | None, asked: str) -> HttpResponse:
    """Return what was answered first; nothing is known of a first that has just come to nothing."""
    if first is not None and first.request_hash != asked:
        return problem(422, f"This {HEADER} was sent with another request; take a new one.", field=HEADER)
    if first is None or first.status is None:
        return problem(409, "The same request is still being worked on; ask again in a moment.")
    response = HttpResponse(first.body, status=first.status, content_type="application/json")
    if first.location:
        response.headers["Location"] = first.location
    return response


def _hash(request: HttpRequest) -> str:
    """Return what tells a request from others."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    digest.update(request.body)
    return digest.hexdigest()


def _response(made: Any) -> HttpResponse:
    """Return what an operation gives as a response."""
    if isinstance(made, HttpResponse):
        return made
    return HttpResponse(json.dumps(made, ensure_ascii=False), content_type="application/json")
