"""What strangers can make the server do: bodies are bounded by size and number, and work by who asks for it."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from synodos.web import errors
from synodos.web.accounts.audit import network_address
from synodos.web.errors import FOR_PROGRAMS

WINDOW_S: Final = 5 * 60
"""Seconds after which what was spent is forgotten."""
NETWORK_BITS: Final = 64
"""Bits of an IPv6 address that tell one subscriber from another."""
RECEIVING: Final = threading.BoundedSemaphore(4)
"""Bodies that a process receives at the same time: half of its threads stay with those who read, however slowly others
send."""
TURN_S: Final = 1.0
"""Seconds that a body waits for its turn."""
DOOR: Final = "/accounts/"
"""Where people log in, which has limits of its own and stays open to the neighbours of somebody greedy."""


class Bounded:
    """The middleware that refuses a body that is too large before anything reads it.

    A view that is exempt from the check against forged forms looks by itself.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what responds."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Respond."""
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: Any, *_: object) -> HttpResponse | None:
        """Refuse; or let the view have it."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        fits = length.isdecimal() and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if fits:
            return _received(request) if int(length) else None
        return None if getattr(view, "csrf_exempt", False) else errors.too_large(request)


def _received(request: HttpRequest) -> HttpResponse | None:
    """Take in a body, unless so many are on their way that their senders could hold up everybody; then refuse."""
    if not RECEIVING.acquire(timeout=TURN_S):
        return errors.too_many_bodies(request)
    try:
        request.body  # noqa: B018 - it is kept, for whoever asks for it later
    except UnreadablePostError as error:
        return errors.bad_request(request, error)
    finally:
        RECEIVING.release()
    return None


def spared(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware that bounds the seconds of work that strangers at one network address ask for.

    What was answered before costs next to nothing and is hardly bounded; the limit is for those who ask for ever new
    answers. It is kept by each process for itself, since a page that is only read must not wait for the database.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        most_s = settings.SYNODOS_STRANGERS_WORK_S
        if most_s is None or request.path.startswith(DOOR) or request.user.is_authenticated or _shows_token(request):
            return respond(request)
        spent, key = caches["strangers"], subscriber(network_address(request))
        spent.add(key, 0.0, WINDOW_S)
        if spent.get(key, 0.0) >= most_s:
            return errors.too_much(request, WINDOW_S)
        began_s = time.thread_time()
        response = respond(request)
        cost_s = time.thread_time() - began_s + getattr(request, "drawn_s", 0.0)
        with suppress(ValueError):  # it was forgotten just now
            spent.incr(key, cost_s)
        return response

    return middleware


def _shows_token(request: HttpRequest) -> bool:
    """Return whether a program shows a token: one that does not hold is refused before any work is done."""
    return request.path.startswith(FOR_PROGRAMS) and "Authorization" in request.headers


@lru_cache(maxsize=10_000)
def subscriber(address: str) -> str:
    """Return what one subscriber's network addresses have in common."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((found, NETWORK_BITS), strict=False)) if found.version == 6 else str(found)  # noqa: PLR2004
