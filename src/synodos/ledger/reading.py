"""What statements say, as records and sources; each content is read once for all who look at it."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping
from typing import Final

from synodos.language import Header, Record, Source
from synodos.ledger.latest import Statement
from synodos.ledger.models import StoredEntry
from synodos.ledger.refusing import LedgerError
from synodos.ledger.statements import stated
from synodos.ledger.storing import entry_from

Stated = Record | Source | Header
FETCHED_AT_ONCE: Final = 5_000
_READ: weakref.WeakValueDictionary[str, Stated] = weakref.WeakValueDictionary()
"""By hash of the entry what it states, as long as somebody holds it."""


def read_statements(statements: Iterable[Statement]) -> Mapping[str, Stated]:
    """Return by hash what statements state; what this release cannot read is left out."""
    found: dict[str, Stated] = {}
    missing = []
    for one in statements:
        value = _READ.get(one.hash)
        if value is None:
            missing.append(one.hash)
        else:
            found[one.hash] = value
    for first in range(0, len(missing), FETCHED_AT_ONCE):
        rows = StoredEntry.whole_ledger.filter(hash__in=missing[first : first + FETCHED_AT_ONCE])
        for hash_, body in rows.values_list("hash", "body"):
            value = read_body(body)
            if value is not None:
                found[hash_] = _READ.setdefault(hash_, value)
    return found


def read_body(body: bytes | memoryview) -> Stated | None:
    """Return what the body of an entry states, or None where this release cannot read it."""
    try:
        return stated(entry_from(bytes(body), ""))
    except LedgerError:
        return None
