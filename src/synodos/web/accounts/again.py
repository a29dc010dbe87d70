"""The same taken out again by the same reader: noted at once the first time within an hour, then many at a time."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from django.db import InterfaceError, OperationalError
from django.db.models import F
from django.http import HttpRequest

from synodos.web.accounts.audit import Event, network_address, note
from synodos.web.accounts.models import LogEntry

HOUR_S: Final = 3_600.0
BATCH: Final = 50
"""Times that a process counts by itself before it tells the log: one in fifty waits for the database."""
MOST: Final = 10_000
"""Entries that a process remembers; of one that is forgotten the next time is an entry again."""
Key = tuple[object, ...]


@dataclass
class Entered:
    """An entry of the log, until when it is counted up, and how often that is not told yet."""

    number: int
    until_s: float
    untold: int = 0


ENTERED: Final[OrderedDict[Key, Entered]] = OrderedDict()
COUNTING: Final = threading.Lock()


def note_again(request: HttpRequest, about: str, content: str) -> None:
    """Enter into the log that somebody takes something out, or count it up where the same was entered just now.

    Before anything is given for the first time, its entry is written. Up to 49 times more of each process may be
    missing from the count: those that it had not told when the hour or the process ended.

    Parameters
    ----------
    request : HttpRequest
        What was asked.
    about : str
        As `note` takes it.
    content : str
        What changes whenever what is given does, such as its `ETag`.
    """
    key = (getattr(request.user, "pk", None), network_address(request), about, content)
    with COUNTING:
        entered = ENTERED.get(key)
        fresh = entered is None or entered.until_s < time.monotonic()
        if entered is not None and not fresh:
            _count(entered)
    if fresh:
        entry = note(request, Event.EXPORTED, about=about)
        if entry is not None:
            _remember(key, Entered(entry.pk, time.monotonic() + HOUR_S))


def _count(entered: Entered) -> None:
    """Count one time more; of fifty the log is told."""
    entered.untold += 1
    if entered.untold >= BATCH:
        with suppress(InterfaceError, OperationalError):  # who reads is answered without a disk, too
            if not LogEntry.objects.filter(pk=entered.number).update(times=F("times") + entered.untold):
                entered.until_s = 0.0  # the entry is gone: the next time is one again
            entered.untold = 0


def _remember(key: Key, entered: Entered) -> None:
    """Remember an entry; the oldest are forgotten."""
    with COUNTING:
        ENTERED[key] = entered
        while len(ENTERED) > MOST:
            ENTERED.popitem(last=False)
