"""Entries go into the tables, in one transaction or not at all, and come out again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet
from pydantic_core import from_json

from synodos.language import KIND_BY_NAME, PUBLIC
from synodos.ledger.entry import ChainName, Entry, audience_from, audience_text
from synodos.ledger.models import Chain, Ledger, StoredEntry
from synodos.ledger.received import received_entry
from synodos.ledger.recounting import Tally, last_day
from synodos.ledger.refusing import LedgerError
from synodos.ledger.triggers import TABLE
from synodos.ledger.walking import Head

WRITE_LOCK: Final = 0x53594E4F
"""Number of the advisory lock that a writer holds on a server."""
BATCH: Final = 2_000
"""Entries that are held and go to the database together."""
MOST_ID: Final = 120
_COLUMNS: Final = "number, hash, kind, record_id, owner, act, known_from, body, signature, chain_id, received_at"
_INSERT: Final = f"INSERT INTO {TABLE} ({_COLUMNS}) VALUES ({', '.join(['%s'] * 11)})"  # noqa: S608 - no value in it
_FIELDS: Final = ("author", "number", "act", "kind", "id", "as_of", "content", "previous", "key")


@contextmanager
def writing() -> Iterator[None]:
    """Hold the ledger's only write lock for one transaction: who reads a head in it may sign what follows.

    A file is locked by `BEGIN IMMEDIATE`; on a server writers queue at an advisory lock, and readers never wait.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITE_LOCK])
        yield


def append(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Store entries whose signatures were checked, all or none, and return those that were new; see `append_all`."""
    new: list[Entry] = []
    append_all(entries, lambda _, stored: new.extend(stored))
    return tuple(new)


def append_own(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Store entries that were signed here, all or none, and return those that were new.

    Raises
    ------
    LedgerError
        `entry.form` or `entry.field` if other instances would refuse an entry, and with it all that this one sends.
    """
    for entry in entries:
        received_entry(entry.body, entry.signature)
    return append(entries)


def append_all(entries: Iterable[Entry], each: Callable[[Sequence[Entry], Sequence[Entry]], None] | None = None) -> int:
    """Store entries whose signatures were checked, all or none, and return how many were new.

    Parameters
    ----------
    entries : iterable of Entry
        In any order; those that are stored already are passed over. They are read by the batch.
    each : callable, optional
        Called with every batch, and those in it that were new.

    Raises
    ------
    LedgerError
        `ledger.missing` if no ledger was begun in this database.
    """
    added, left = 0, iter(entries)
    with writing():
        ledger = Ledger.objects.first()
        if ledger is None:
            raise LedgerError("ledger.missing", "there is no ledger in this database; `synodos ledger init` begins one")
        tally, received_at = Tally(ledger), _received_now()
        while batch := list(islice(left, BATCH)):
            new = sorted(_new_among(batch, tally), key=lambda entry: _order(entry, ledger.secretariat))
            _insert(new, tally, received_at)
            for entry in new:
                tally.take(entry)
            added += len(new)
            if each is not None:
                each(batch, new)
        tally.settle()
    return added


def head(chain: ChainName) -> Head:
    """Return where a chain goes on; before its first entry at its start, with no key."""
    found = Chain.objects.filter(author=chain.author, audience=audience_text(chain.audience)).first()
    return Head(found.length, found.head, found.key) if found else Head(0, chain.start, "")


def entries_of(chain: ChainName) -> Iterator[Entry]:
    """Yield every entry of a chain by number and hash, those that do not count too."""
    return _read(_of(chain).order_by("number", "hash"))


def entry_of(row: StoredEntry) -> Entry:
    """Return the entry that a row holds."""
    return entry_from(bytes(row.body), row.signature)


def chain_name(chain: Chain) -> ChainName:
    """Return the name of a stored chain."""
    return ChainName(chain.author, audience_from(chain.audience))


def _of(chain: ChainName) -> QuerySet[StoredEntry]:
    """Return the rows of a chain."""
    return StoredEntry.whole_ledger.filter(chain__author=chain.author, chain__audience=audience_text(chain.audience))


def _read(rows: QuerySet[StoredEntry]) -> Iterator[Entry]:
    """Yield rows as entries, of which few are held at a time."""
    for body, signature in rows.values_list("body", "signature").iterator(BATCH):
        yield entry_from(bytes(body), signature)


def entry_from(body: bytes, signature: str) -> Entry:
    """Return the entry of a body that was checked when it was received."""
    said = from_json(body)
    audience = said["audience"] if isinstance(said["audience"], str) else tuple(said["audience"])
    fields = {name: said[name] for name in _FIELDS}
    entry = Entry(**fields, audience=audience, signature=signature)
    entry.__dict__["body"] = body  # what was signed, to the byte
    return entry


def _order(entry: Entry, secretariat: str) -> tuple[bool, bool, int]:
    """Return what sorts a batch so that keys come before what they sign: the registry, public chains, the rest."""
    return entry.author != secretariat, entry.audience != PUBLIC, entry.number


def _new_among(batch: Sequence[Entry], tally: Tally) -> list[Entry]:
    """Return those of a batch that are not stored, each once."""
    given = {entry.hash: entry for entry in batch}
    asked = [hash_ for hash_, entry in given.items() if not tally.is_beyond(entry)]
    known = set(StoredEntry.whole_ledger.filter(hash__in=asked).values_list("hash", flat=True)) if asked else ()
    return [entry for hash_, entry in given.items() if hash_ not in known]


def _received_now() -> dt.datetime:
    """Return the moment of receipt; it never lies before an earlier one, also where the clock was set back."""
    now = _now()
    last = StoredEntry.whole_ledger.order_by("-id").values_list("received_at", flat=True).first()
    return max(now, last) if last else now


def _now() -> dt.datetime:
    """Return what the clock says."""
    return dt.datetime.now(tz=dt.UTC)


def _insert(entries: Sequence[Entry], tally: Tally, received_at: dt.datetime) -> None:
    """Insert entries as rows; Django's own way takes five times as long."""
    received = connection.ops.adapt_datetimefield_value(received_at)
    rows = [(*_values(entry), tally.chain(entry.chain).pk, received) for entry in entries]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)


def _values(entry: Entry) -> tuple[Any, ...]:
    """Return what stands in the first columns of an entry's row."""
    owner = entry.content.get("owner") if entry.kind in KIND_BY_NAME else None
    owner = owner if isinstance(owner, str) and len(owner) <= MOST_ID else ""
    day = connection.ops.adapt_datefield_value(last_day(entry.as_of))
    about = (entry.number, entry.hash, entry.kind, entry.id, owner, entry.act)
    return (*about, day, entry.body, entry.signature)
