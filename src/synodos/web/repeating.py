"""Pages that were asked for before, given again as long as what they rest on is the same, without being made anew.

That is looked at before anything else: one query tells whether what a viewer may see has changed, and one more whether
somebody who is logged in still is, with the same rights. Strangers share what they are given; people with an account
get their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.utils.cache import patch_vary_headers

from synodos.language import PUBLIC
from synodos.web.accounts.roles import Role
from synodos.web.errors import FOR_PROGRAMS
from synodos.web.packed import PAGES, Key, packed, with_forms

PURE: Final = frozenset(
    {
        "roadmap", "opportunities", "dependence", "coverage", "missions", "dossier", "record", "records", "scenarios",
        "scenario", "scenario-alignment", "calendar", "schedule", "schedule-health", "law", "law-findings",
        "law-finding", "law-questions", "law-contested", "agreements", "agreements-watch", "agreements-needed",
        "brief", "annual", "about",
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
            return self.respond(request)
        key = session or STRANGERS, address(request)
        kept = PAGES.get(key)
        if kept is not None and kept.state == state_for(kept.viewer, session, kept.person) and _in_time(request):
            request.resolver_match = kept.match
            request.META["CSRF_COOKIE"] = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
            return kept.given(request)
        response = self.respond(request)
        _keep(request, response, key)
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


def key_of_seat(request: HttpRequest) -> Key:
    """Return for whom an answer is kept that shows nothing of a person: for all with the same seat."""
    table = request.table
    return f"{table.viewer} {table.role} {table.agency or ''}", address(request)


def _session_of(request: HttpRequest) -> str:
    """Return the session in which somebody asks for a page; nothing for whatever is not as simple as that.

    A file is asked for by `format`, and noted each time; another cookie may bring a message.
    """
    shows = request.META
    simple = request.method in READING and "HTTP_AUTHORIZATION" not in shows and "HTTP_HX_REQUEST" not in shows
    if not simple or not shows.get("HTTP_COOKIE") or "format" in shows.get("QUERY_STRING", ""):
        return ""
    secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    if len(request.COOKIES) != 2 or len(secret) != CSRF_SECRET_LENGTH or not secret.isalnum():  # noqa: PLR2004 - both
        return ""
    return str(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))


def _keep(request: HttpRequest, response: HttpResponse, key: Key) -> None:
    """Keep a response, if it is whole and rests on what was noted, which is still so."""
    state = getattr(request, "rests_on", "")
    if not state or response.status_code != OK or response.streaming or not PAGES.fits(response):
        return
    if request.session.modified or not response.cookies.keys() <= {settings.CSRF_COOKIE_NAME}:
        return
    if key[0] == STRANGERS:
        if not request.META.get("CSRF_COOKIE") and state == state_for(PUBLIC):
            patch_vary_headers(response, ["Cookie"])
            PAGES.keep(key, packed(response, state, request.resolver_match))
        return
    page = with_forms(response, state, request.resolver_match, request.table.viewer, request.user.pk)
    if page is not None and state == state_for(page.viewer, key[0], page.person):
        PAGES.keep(key, page)


def _in_time(request: HttpRequest) -> bool:
    """Return whether a program may be answered: how often it asks is counted, whatever the answer costs."""
    if not request.path.startswith(FOR_PROGRAMS):
        return True
    from synodos.web.api.access import RATE

    return RATE.allow_request(request)
