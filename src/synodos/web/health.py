"""Whether the server is alive, and whether it can do its work: two addresses for whatever watches over it.

They answer before a session, a host or an encryption is looked at, since who watches comes from the same machine. They
say no more than yes or no; why not stands in the log.
"""

from __future__ import annotations

import functools
import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse

ALIVE, READY = "/healthz", "/readyz"
KEPT_S: Final = 1.0
"""Seconds for which a process gives the same answer, so that asking often costs nothing."""
LOG: Final = logging.getLogger("synodos.health")


def probed(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware that answers whoever watches over the server."""
    readiness = Readiness()

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == ALIVE:
            return _said("alive", 200)
        if request.path == READY:
            return _said("ready", 200) if readiness.holds() else _said("not ready", 503)
        return respond(request)

    return middleware


def _said(words: str, status: int) -> HttpResponse:
    """Return a line of text that nobody keeps."""
    response = HttpResponse(f"{words}\n", status=status, content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # noqa: SLF001 - Django would log an error each time that somebody asks
    return response


class Readiness:
    """Whether this process can do its work, looked at now and then; a change stands in the log."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked_s = -KEPT_S
        self._missing: tuple[str, ...] = ()

    def holds(self) -> bool:
        """Return whether nothing is missing."""
        with self._lock:
            if time.monotonic() - self._looked_s >= KEPT_S:
                self._look()
            return not self._missing

    def _look(self) -> None:
        """Look again."""
        found = missing()
        if found != self._missing:
            LOG.error("Not ready: %s", "; ".join(found)) if found else LOG.warning("Ready again")
        self._missing, self._looked_s = found, time.monotonic()


def missing() -> tuple[str, ...]:
    """Return what keeps the server from its work, in words for its log; nothing if it can work."""
    try:
        return tuple(_missing())
    except (DatabaseError, InterfaceError):
        connection.close()  # the next look opens another
        return ("the database does not answer",)


def _missing() -> list[str]:
    """Return what a database that answers says."""
    from synodos.web.runs.queueing import somebody_works

    if _needed() - set(MigrationRecorder(connection).applied_migrations()):
        return ["the database is not up to this release; start `synodos serve` anew"]
    return [] if somebody_works() else ["no worker has said anything lately"]


@functools.cache
def _needed() -> frozenset[tuple[str, str]]:
    """Return the last migration of each app, without which this release does not work."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
