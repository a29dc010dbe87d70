"""Pages for what goes wrong: they say what to do, and nothing of what there is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
AGAIN_S = 30
"""Seconds after which to try again what the server cannot do just now."""
FOR_PROGRAMS = "/api/"
"""Beginning of the addresses that programs ask, which get a problem in place of a page."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that an address or a form makes no sense; only our own messages are shown."""
    from django.core.exceptions import BadRequest

    said = str(exception) if isinstance(exception, BadRequest) else _("The server cannot make sense of the request.")
    return _refused(request, "400.html", 400, {"said": said}, str(said))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form did not come from a page of this table, or was kept too long."""
    return _refused(request, "403.html", 403, {}, "The form did not come from a page of this table.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page to be seen: the same for what is hidden and for what is not there."""
    if request.path.startswith(FOR_PROGRAMS):
        return _refused(request, "404.html", 404, {}, "No question and no record has this address.")
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the server failed, or its database; why stands in its log alone."""
    if isinstance(sys.exc_info()[1], (InterfaceError, OperationalError)):
        return without_database(request)
    return _refused(request, "500.html", 500, {}, "Why stands in the log of the server.")


def not_taken(request: HttpRequest) -> HttpResponse:
    """Say that an address takes only what a form sends to it."""
    return _refused(request, "405.html", 405, {}, "This address does not take that method.")


def explained(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Have people who ask for an address to which forms are sent read that, in place of nothing."""

    def answered(request: HttpRequest) -> HttpResponse:
        """Return the answer, with words where it has none."""
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.streaming or response.content:
            return response
        said = not_taken(request)
        said.headers["Allow"] = response.headers.get("Allow", "")
        return said

    return answered


def too_many_bodies(request: HttpRequest) -> HttpResponse:
    """Say that too many send something at the same time."""
    response = _refused(request, "503-bodies.html", 503, {}, "Too many send something at once; send it again.")
    response.headers["Retry-After"] = str(AGAIN_S)
    return response


def without_database(request: HttpRequest) -> HttpResponse:
    """Say that the database does not answer, or keeps nothing more; nothing has to be started anew."""
    response = _refused(request, "503.html", 503, {}, "The database cannot be asked just now; come again in a minute.")
    response.headers["Retry-After"] = str(AGAIN_S)
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that somebody tried too often to come in."""
    return _refused(request, "429.html", 429, {}, "Somebody tried too often.")


def too_much(request: HttpRequest, wait_s: int) -> HttpResponse:
    """Say that strangers at one address asked for too many new answers."""
    minutes = str(-(-wait_s // 60))
    response = _refused(request, "429-work.html", 429, {"minutes": minutes}, f"Come again in {minutes} minutes.")
    response.headers["Retry-After"] = str(wait_s)
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that a form brings more than any page takes."""
    most = str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE)
    return _refused(request, "413.html", 413, {"most": most}, f"At most {most} MB are taken at a time.")


def _refused(request: HttpRequest, template: str, status: int, context: dict[str, str], detail: str) -> HttpResponse:
    """Return a page that needs neither a person nor the database; to a program a problem."""
    if request.path.startswith(FOR_PROGRAMS):
        from synodos.web.api.problems import problem

        return problem(status, detail)
    return HttpResponse(loader.render_to_string(template, context), status=status)
