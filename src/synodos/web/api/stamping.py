"""Answers that are asked again: who has the one for the same portfolio is told so, and nothing is computed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from ninja import Schema

from synodos import __version__
from synodos.web.accounts.audit import note
from synodos.web.repeating import Pages
from synodos.web.showing.asking import Misasked

GIVEN: Final = Pages(largest_bytes=16 * 1024 * 1024)
"""Answers that were given last, by their stamps, which tell portfolio, viewer and address."""
OK: Final = 200


def stamped(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Return a read that bears an `ETag` of the portfolio, its viewer and the address, and notes what was taken out."""

    @wraps(operation)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _check_parameters(request, kwargs["asked"])
        stamp = _stamp(request)
        if _has(request, stamp):
            return _kept(HttpResponseNotModified(), stamp)
        made = GIVEN.get((stamp, ""))
        if made is None:
            made = _response(operation(request, *args, **kwargs))
            if made.status_code == OK:
                GIVEN.keep((stamp, ""), made)
        return _kept(_noted(request, made), stamp)

    return answered


def stamped_by_content(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Return a read whose `ETag` is that of its content, for it rests on more than the portfolio of a day."""

    @wraps(operation)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _check_parameters(request, kwargs["asked"])
        made = _noted(request, _response(operation(request, *args, **kwargs)))
        stamp = f'"{hashlib.sha256(made.content).hexdigest()[:32]}"'
        return _kept(HttpResponseNotModified() if _has(request, stamp) else made, stamp)

    return answered


def _check_parameters(request: HttpRequest, asked: Schema) -> None:
    """Refuse a parameter that is not among those of an address, so that nobody takes a misspelt filter for one."""
    known = type(asked).model_fields
    for name in request.GET:
        if name not in known:
            raise Misasked(field="address", found=f"{name}=", expected=f"one of {', '.join(known)}")


def _stamp(request: HttpRequest) -> str:
    """Return what changes whenever the answer would."""
    portfolio = request.table.portfolio
    said = (__version__, portfolio.sha256, portfolio.viewer, request.path, sorted(request.GET.lists()))
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


def _has(request: HttpRequest, stamp: str) -> bool:
    """Return whether who asks has the answer already."""
    held = parse_etags(request.headers.get("If-None-Match", ""))
    return stamp in [one.removeprefix("W/") for one in held]  # a proxy that packs answers weakens their stamps


def _response(made: Any) -> HttpResponse:
    """Return what an operation gives as a response."""
    if isinstance(made, HttpResponse):
        return made
    return HttpResponse(json.dumps(made, ensure_ascii=False), content_type="application/json")


def _noted(request: HttpRequest, made: HttpResponse) -> HttpResponse:
    """Return a response that was entered into the log, unless the page that made it did so."""
    if not getattr(request, "noted", False):
        note(request, "exported", about=request.get_full_path()[:200])
    return made


def _kept(response: HttpResponse, stamp: str) -> HttpResponse:
    """Return a response that its reader alone may keep, asking each time whether it still holds."""
    response.headers["ETag"] = stamp
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Authorization"])
    return response
