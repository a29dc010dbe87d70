"""How often somebody asked within a minute, counted over all processes that serve one database."""

from __future__ import annotations

import hashlib
import threading
import time
from contextlib import suppress
from typing import Final

from django.core.cache import caches
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F

from synodos.web.api.models import Counted

MINUTE_S: Final = 60
BATCH: Final = 10
"""Requests that a process counts by itself before it tells the others: one in ten waits for the database."""
SHARING: Final = threading.Lock()


def counted(who: str) -> int:
    """Return how often somebody asked within this minute, this time included; up to 9 a process are told later."""
    minute = int(time.time()) // MINUTE_S
    key, here = f"api-{who}-{minute}", caches["strangers"]
    here.add(key, 0, 2 * MINUTE_S)
    try:
        mine = int(here.incr(key))
    except ValueError:  # it was forgotten just now
        return 1
    if mine % BATCH == 0:
        with SHARING, suppress(InterfaceError, OperationalError):  # who reads is answered without a disk, too
            told = int(here.get(f"{key}-told", 0)) + BATCH
            here.set(f"{key}-told", told, 2 * MINUTE_S)
            here.set(f"{key}-others", max(0, _shared(who, minute) - told), 2 * MINUTE_S)
    return mine + int(here.get(f"{key}-others", 0))


def _shared(who: str, minute: int) -> int:
    """Tell of a batch more, and return how many all processes told of; minutes that are over are forgotten."""
    name = hashlib.sha256(who.encode()).hexdigest()  # of an address nothing is kept that names it
    row = Counted.objects.filter(who=name, minute=minute)
    if not row.update(asked=F("asked") + BATCH):
        Counted.objects.exclude(minute__range=(minute - 1, minute + 1)).delete()
        try:
            with transaction.atomic():
                Counted.objects.create(who=name, minute=minute, asked=BATCH)
        except IntegrityError:  # another process told of its first batch just now
            row.update(asked=F("asked") + BATCH)
    return row.values_list("asked", flat=True).first() or BATCH
