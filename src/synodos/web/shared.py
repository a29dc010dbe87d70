"""What took long to make for strangers, kept in the database for every process that serves it.

Only what anybody may be given is kept there, under the hash of the state that it rests on, so that nothing outlasts a
change. It is forgotten after a day, when there is no more room, and when a server starts.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Final

from django.core.cache import caches
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest
from django.urls import resolve

from synodos import __version__
from synodos.web.packed import Packed

PLACE: Final = "pages"
"""Among the caches of Django."""
WORTH_S: Final = 0.5
"""Seconds that an answer took, at least, to be worth the room."""
LARGEST_BYTES: Final = 1024 * 1024
"""What is longer, packed, is not kept here."""


def shared(request: HttpRequest, where: str, state: str) -> Packed | None:
    """Return what another process made for strangers of the same state; nothing where there is none."""
    found = None
    with suppress(DatabaseError, InterfaceError):
        found = caches[PLACE].get(_key(where, state))
    if found is None:
        return None
    body, packed, headers = found
    return Packed(state, body, packed, headers, resolve(request.path_info))


def share(where: str, page: Packed, took_s: float) -> None:
    """Keep what was made for strangers, if it took long and is not large; where nothing can be kept, nothing is."""
    if took_s < WORTH_S or page.size > LARGEST_BYTES:
        return
    with suppress(DatabaseError, InterfaceError):
        caches[PLACE].set(_key(where, page.state), (page.body, page.packed, page.headers))


def forget_shared() -> None:
    """Forget all: what another release made may look otherwise."""
    with suppress(DatabaseError, InterfaceError):
        caches[PLACE].clear()


def _key(where: str, state: str) -> str:
    """Return under what an answer is kept: release, address and state."""
    return hashlib.sha256(f"{__version__} {where} {state}".encode()).hexdigest()
