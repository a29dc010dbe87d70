"""Answers that are asked again: who has the one for the same portfolio is told so, and nothing is computed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from ninja import Schema

from synodos import __version__
from synodos.web.api.knowing import key_of_seat, note_taken
from synodos.web.packed import PAGES, holds, packed
from synodos.web.repeating import asks_as_a_stranger, state_for
from synodos.web.showing.asking import Misasked

OK: Final = 200


def stamped(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Return a read that bears an `ETag` of the portfolio, its viewer and the address, and notes what was taken out.

    It is kept for all with the same seat.
    """

    @wraps(operation)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _check_parameters(request, kwargs["asked"])
        key, state = key_of_seat(request), state_for(request.table.viewer)
        kept = PAGES.get(key)
        if kept is not None and kept.state == state:
            given = kept.given(request)
            return given if given.status_code != OK else _noted(request, given, state)
        stamp = _stamp(request)
        if holds(request, stamp):
            return _kept(HttpResponseNotModified(), stamp)
        made = _kept(_noted(request, _response(operation(request, *args, **kwargs)), state), stamp)
        if asks_as_a_stranger(request):
            request.rests_on = state  # it is kept before sessions are looked at
        elif state and made.status_code == OK and PAGES.fits(made) and state == state_for(request.table.viewer):
            PAGES.keep(key, packed(made, state, request.resolver_match))
        return made

    return answered


def stamped_by_content(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Return a read whose `ETag` is that of its content, for it rests on more than the portfolio of a day."""

    @wraps(operation)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _check_parameters(request, kwargs["asked"])
        made = _response(operation(request, *args, **kwargs))
        stamp = f'"{hashlib.sha256(made.content).hexdigest()[:32]}"'
        return _kept(HttpResponseNotModified() if holds(request, stamp) else _noted(request, made, stamp), stamp)

    return answered


def _check_parameters(request: HttpRequest, asked: Schema) -> None:
    """Refuse a parameter that is not among those of an address, so that nobody takes a misspelt filter for one."""
    known = type(asked).model_fields
    for name in request.GET:
        if name not in known:
            raise Misasked(field="address", found=f"{name}=", expected=f"one of {', '.join(known)}")


def _stamp(request: HttpRequest) -> str:
    """Return what changes whenever the answer would; some answers count from the day on which they are asked for."""
    portfolio = request.table.portfolio
    today = dt.datetime.now(tz=dt.UTC).date()
    said = (__version__, today, portfolio.sha256, portfolio.viewer, request.path, sorted(request.GET.lists()))
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


def _response(made: Any) -> HttpResponse:
    """Return what an operation gives as a response."""
    if isinstance(made, HttpResponse):
        return made
    return HttpResponse(json.dumps(made, ensure_ascii=False), content_type="application/json")


def _noted(request: HttpRequest, made: HttpResponse, content: str) -> HttpResponse:
    """Return a response that was entered into the log, unless the page that made it did so."""
    if not getattr(request, "noted", False):
        note_taken(request, request.table.viewer, content)
    return made


def _kept(response: HttpResponse, stamp: str) -> HttpResponse:
    """Return a response that its reader alone may keep, asking each time whether it still holds."""
    response.headers["ETag"] = stamp
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Authorization"])
    return response
