"""The server's log as lines of JSON: one for each request, one for each error.

Logs travel to machines that are not trusted with plans. So a line tells the route of an address and not the address,
which may hold an id that few may know; what an error was and where, and not its message, which may quote what somebody
sent; and neither who asks nor from where.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import re
import secrets
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER: Final = "X-Request-ID"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OURS: Final = "synodos"
"""Beginning of the names of loggers whose messages quote nobody."""
LOG: Final = logging.getLogger("synodos.request")
SECRET: Final = re.compile(r"(/(?:feeds|membership/own|reminders/off|accounts/invitation)/)[^/\s'\"?]+")
"""The part of an address that is as good as a password: of a calendar, an application, a letter, an invitation."""
_request: ContextVar[str] = ContextVar("request", default="")
"""By which the lines of one request are found."""


def journalled(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware that names each request, and logs it where lines are asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        name = secrets.token_hex(8)
        token, began_s = _request.set(name), time.perf_counter()
        try:
            response = respond(request)
            if settings.SYNODOS_LOG_LINES:
                LOG.info("request", extra={"told": _told(request, response, time.perf_counter() - began_s)})
        finally:
            _request.reset(token)
        response.headers[HEADER] = name
        return response

    return middleware


def _told(request: HttpRequest, response: HttpResponse, duration_s: float) -> dict[str, Any]:
    """Return what a line tells of a request."""
    match = request.resolver_match
    return {
        "method": request.method if request.method in METHODS else "other",
        "route": match.route if match else None,
        "status": response.status_code,
        "ms": round(1e3 * duration_s, 2),
        "bytes": None if response.streaming else len(response.content),
    }


class Text(logging.Formatter):
    """Writes a record of the log as text, with nothing in it that lets whoever reads it in."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the text, with what led to an error."""
        return SECRET.sub(r"\1...", super().format(record))


class Line(logging.Formatter):
    """Writes a record of the log as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "process": os.getpid()}
        line["logger"], line["message"] = record.name, _message(record)
        if _request.get():
            line["request"] = _request.get()
        line |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"error": type(record.exc_info[1]).__name__, "where": _where(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """Return a message; of those that others wrote, what stands in their code and not what was filled in."""
    return record.getMessage() if record.name.split(".")[0] == OURS else str(record.msg)


def _where(found: TracebackType | None) -> list[str]:
    """Return where an error came from, the innermost place last."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(found)]
