"""Pages for what goes wrong: they say what to do, and nothing of what there is."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that an address or a form makes no sense; only our own messages are shown."""
    from django.core.exceptions import BadRequest

    said = str(exception) if isinstance(exception, BadRequest) else _("The server cannot make sense of the request.")
    return _page("400.html", 400, {"said": said})


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form did not come from a page of this table, or was kept too long."""
    return _page("403.html", 403, {})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page to be seen: the same for what is hidden and for what is not there."""
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the server failed; why stands in its log alone."""
    return _page("500.html", 500, {})


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that somebody tried too often to come in."""
    return _page("429.html", 429, {})


def too_much(request: HttpRequest, wait_s: int) -> HttpResponse:
    """Say that strangers at one address asked for too many new answers."""
    response = _page("429-work.html", 429, {"minutes": str(-(-wait_s // 60))})
    response.headers["Retry-After"] = str(wait_s)
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that a form brings more than any page takes."""
    return _page("413.html", 413, {"most": str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE)})


def _page(template: str, status: int, context: dict[str, str]) -> HttpResponse:
    """Return a page that needs neither a person nor the database."""
    return HttpResponse(loader.render_to_string(template, context), status=status)
