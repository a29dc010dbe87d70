"""Pages that were asked for before, given again as long as what they rest on is the same, without being made anew.

That is looked at before anything else: one query tells whether what a viewer may see has changed, and one more whether
somebody who is logged in still is, with the same rights. Strangers share what they are given; people with an account
get their own.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.utils.cache import patch_vary_headers

from synodos.language import PUBLIC
from synodos.web.accounts.roles import Role
from synodos.web.errors import FOR_PROGRAMS
from synodos.web.packed import PAGES, Key, Packed, packed, with_forms
from synodos.web.shared import share, shared

PURE: Final = frozenset(
    {
        "roadmap", "opportunities", "dependence", "coverage", "missions", "dossier", "record", "records", "scenarios",
        "scenario", "scenario-alignment", "calendar", "schedule", "schedule-health", "law", "law-findings",
        "law-finding", "law-questions", "law-contested", "agreements", "agreements-watch", "agreements-needed",
        "brief", "annual", "about", "forum:forum", "forum:papers", "forum:meetings", "forum:meeting", "forum:actions",
    }
)  # fmt: skip
"""Pages that rest on the ledger, the address, the day and the seat alone: not on drafts, runs or editions."""
STRANGERS: Final = f"{PUBLIC} {Role.PUBLIC} "
"""For whom is kept what anybody may be given."""
READING: Final = ("GET", "HEAD")
OK: Final = 200


class Repeated:
    """The middleware that gives an answer again; it stands before sessions."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what responds."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the answer again, or respond and keep what may be given again."""
        session = _session_of(request)
        if not session and not asks_as_a_stranger(request):
            return _to_a_program(request) or self.respond(request)
        key = session or STRANGERS, address(request)
        kept = PAGES.get(key)
        if kept is None or kept.state != state_for(kept.viewer, session, kept.person):
            kept = None if session else _of_another_process(request, key)
        if kept is not None and _in_time(request):
            request.resolver_match = kept.match
            request.META["CSRF_COOKIE"] = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
            return kept.given(request)
        began_s = time.perf_counter()
        response = self.respond(request)
        _keep(request, response, key, time.perf_counter() - began_s)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Note on what a page rests; the interface for programs does so itself."""
        if request.resolver_match.view_name not in PURE:
            return
        if asks_as_a_stranger(request):
            request.rests_on = state_for(PUBLIC)
        elif request.user.is_authenticated and (session := _session_of(request)):
            request.rests_on = state_for(request.table.viewer, session, request.user.pk)


def state_for(viewer: str, session: str = "", person: int = 0) -> str:
    """Return what changes whenever an answer to a viewer may, in somebody's session if so; nothing if none is kept."""
    from synodos import ledger
    from synodos.web.accounts.rights import rights

    state = ledger.state(viewer=viewer)
    may = rights(session, person) if session else "all"
    return f"{state} {may} {dt.datetime.now(tz=dt.UTC).date()}" if state and may else ""


def address(request: HttpRequest) -> str:
    """Return what was asked for.

    Raises
    ------
    DisallowedHost
        If it was asked of a host that this is not.
    """
    return f"{request.get_host()} {request.path}?{request.META.get('QUERY_STRING', '')}"


def asks_as_a_stranger(request: HttpRequest) -> bool:
    """Return whether somebody reads who shows nothing by which they are known."""
    shows = request.META
    known = shows.get("HTTP_COOKIE") or shows.get("HTTP_AUTHORIZATION")
    return request.method in READING and not known and "HTTP_HX_REQUEST" not in shows


def _session_of(request: HttpRequest) -> str:
    """Return the session in which somebody asks for a page; nothing for whatever is not as simple as that.

    A file is asked for by `format`, and noted each time; another cookie may bring a message.
    """
    shows = request.META
    simple = request.method in READING and "HTTP_AUTHORIZATION" not in shows and "HTTP_HX_REQUEST" not in shows
    if not simple or not shows.get("HTTP_COOKIE") or "format" in shows.get("QUERY_STRING", ""):
        return ""
    secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    well_formed = len(secret) == CSRF_SECRET_LENGTH and secret.isascii() and secret.isalnum()
    if len(request.COOKIES) != 2 or not well_formed:  # noqa: PLR2004 - both
        return ""
    return str(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))


def _of_another_process(request: HttpRequest, key: Key) -> Packed | None:
    """Return what strangers were given by another process, and keep it."""
    state = state_for(PUBLIC)
    found = shared(request, key[1], state) if state else None
    if found is not None:
        PAGES.keep(key, found)
    return found


def _keep(request: HttpRequest, response: HttpResponse, key: Key, took_s: float) -> None:
    """Keep a response, if it is whole and rests on what was noted, which is still so."""
    state = getattr(request, "rests_on", "")
    if not state or response.status_code != OK or response.streaming or not PAGES.fits(response):
        return
    if request.session.modified or not response.cookies.keys() <= {settings.CSRF_COOKIE_NAME}:
        return
    if key[0] == STRANGERS:
        if not request.META.get("CSRF_COOKIE") and state == state_for(PUBLIC):
            patch_vary_headers(response, ["Cookie"])
            page = packed(response, state, request.resolver_match)
            PAGES.keep(key, page)
            share(key[1], page, took_s)
        return
    own = with_forms(response, state, request.resolver_match, request.table.viewer, request.user.pk)
    if own is not None and state == state_for(own.viewer, key[0], own.person):
        PAGES.keep(key, own)


def _to_a_program(request: HttpRequest) -> HttpResponse | None:
    """Return what a program was answered before, if it shows a token that still holds."""
    if "HTTP_AUTHORIZATION" not in request.META:
        return None
    from synodos.web.api.knowing import given_again

    return given_again(request)


def _in_time(request: HttpRequest) -> bool:
    """Return whether a program may be answered: how often it asks is counted, whatever the answer costs."""
    if not request.path.startswith(FOR_PROGRAMS):
        return True
    from synodos.web.api.access import RATE

    return RATE.allow_request(request)
