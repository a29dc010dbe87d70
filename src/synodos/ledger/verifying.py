"""Whether a ledger is what its authors signed: every entry, chain and key, and all that follows from them."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db import connections
from django.db.utils import DatabaseError

from synodos.language import shown
from synodos.ledger.admitting import Admission, Refusal, forged, reading_order, with_signatures
from synodos.ledger.counting import Count, count
from synodos.ledger.entry import FORK, KEY, ChainName, Entry, audience_from, audience_text
from synodos.ledger.looking import readers_of
from synodos.ledger.models import NO_RECORDS
from synodos.ledger.moments import one_moment
from synodos.ledger.received import received_entry
from synodos.ledger.recounting import StoredLink
from synodos.ledger.refusing import LedgerError

BATCH: Final = 2_000
"""Rows that are read and checked together."""
MOST_PROBLEMS: Final = 1_000
"""Problems that are told; a ledger with more is not mended row by row."""
COLUMNS: Final = (
    "id, number, hash, kind, record_id, owner, act, CAST(known_from AS TEXT), body, signature, "
    "CAST(received_at AS TEXT)"
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in which a ledger is not what was signed.

    Attributes
    ----------
    code : str
        Stable name of the rule that it breaks.
    place : str
        Chain and entry, or table.
    message : str
        What was found, and what was expected.
    """

    code: str
    place: str
    message: str

    def __str__(self) -> str:
        """Return the problem on one line."""
        return f"{self.code}: {self.place}: {self.message}"


class Row(NamedTuple):
    """One stored entry as the database holds it, dates as text."""

    id: int
    number: int
    hash: str
    kind: str
    record_id: str
    owner: str
    act: str
    known_from: str
    body: bytes
    signature: str
    received_at: str


@dataclass(frozen=True, slots=True)
class DatedLink(StoredLink):
    """What counting reads of an entry, and the day of a statement on a record; empty for others."""

    day: str


@dataclass(slots=True)
class _Found:
    """What was read, for the checks that need all of it."""

    links: list[DatedLink] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    rows: int = 0


def verify(
    progress: Progress | None = None, *, executor: Executor | None = None, using: str = "default"
) -> tuple[Problem, ...]:
    """Return every way in which a ledger is not what its authors signed; none if it is sound.

    Parameters
    ----------
    progress : callable, optional
        Called with the entries done and their number.
    executor : concurrent.futures.Executor, optional
        Where signatures are checked; default: here.
    using : str
        Which of Django's databases.

    Notes
    -----
    Recomputed are the hash, the signature, the place and every column of each entry, which entries count, and the
    readers and heads of chains. Not signed by anybody, so only checked for order, is when an entry was received. That
    entries are missing from the end of a chain shows in no ledger by itself; another instance's bundle brings them.
    """
    found: list[Problem] = []
    try:
        with one_moment(using), _any_text(using):
            found += islice(_problems(progress, executor, using), MOST_PROBLEMS)
    except DatabaseError as error:
        found.append(Problem("file.unreadable", "database", f"it cannot be read: {error}; restore a backup"))
    return tuple(found)


def _problems(progress: Progress | None, executor: Executor | None, using: str) -> Iterator[Problem]:
    """Yield the problems of the file, the ledger, its entries, and of what follows from them."""
    yield from _file_problems(using)
    pinned = _rows("SELECT secretariat, anchor FROM ledger_ledger", using)
    if len(pinned) != 1:
        yield Problem("ledger.pin", "table of the ledger", f"found {len(pinned)} rows, expected one")
        return
    ((secretariat, anchor),) = pinned
    chains, found = _chains(using), _Found()
    yield from _entry_problems(chains, Admission(secretariat, anchor), found, progress, executor, using)
    yield from _stray_problems(found, using)
    counted = count(found.links, secretariat=secretariat, anchor=anchor)
    yield from _counting_problems(found, counted, using)
    yield from _chain_problems(chains, found, counted, using)
    yield from _receipt_problems(using)
    yield from _problems_beside(using)


def _problems_beside(using: str) -> Iterator[Problem]:
    """Yield what other apps find wrong with what they keep beside the ledger: each config that `verifies` is asked."""
    for config in apps.get_app_configs():
        verifies = getattr(config, "verifies", None)
        if verifies is not None:
            yield from (Problem(*told) for told in verifies(using))


def _file_problems(using: str) -> Iterator[Problem]:
    """Yield what SQLite finds wrong with its own file; a server looks after its files itself."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    for (said,) in _rows("PRAGMA integrity_check(100)", using):
        if said != "ok":
            yield Problem("file.integrity", "database file", f"SQLite says: {shown(said)}")
    for table, row, parent, _ in _rows("PRAGMA foreign_key_check", using):
        yield Problem("file.reference", f"{table}, row {row}", f"it refers to a row of {parent} that is not there")


def _chains(using: str) -> dict[int, tuple[ChainName, tuple[Any, ...]]]:
    """Return the chains by id, each with what the table says of it."""
    rows = _rows(
        "SELECT id, author, audience, length, head, key, CAST(last_day AS TEXT), open, plain FROM ledger_chain", using
    )
    return {id_: (ChainName(author, audience_from(audience)), tuple(said)) for id_, author, audience, *said in rows}


def _entry_problems(
    chains: Mapping[int, tuple[ChainName, tuple[Any, ...]]],
    admission: Admission,
    found: _Found,
    progress: Progress | None,
    executor: Executor | None,
    using: str,
) -> Iterator[Problem]:
    """Yield the problems of entries, chain by chain, and remember what the checks of the whole need."""
    total = _rows("SELECT COUNT(*) FROM ledger_storedentry", using)[0][0]
    done = 0
    batches = _batches(chains, admission, found, using)
    for (problems, entries), hold in with_signatures(batches, executor):
        yield from problems
        for entry, holds in zip(entries, hold, strict=True):
            if not holds:
                yield Problem(*_told(entry, forged(entry)))
        done += len(entries)
        if progress:
            progress(done, total)


def _batches(
    chains: Mapping[int, tuple[ChainName, tuple[Any, ...]]], admission: Admission, found: _Found, using: str
) -> Iterator[tuple[tuple[list[Problem], list[Entry]], list[Entry]]]:
    """Yield by the batch the problems of rows, and the entries whose signatures are still to be checked."""
    for id_ in sorted(chains, key=lambda one: reading_order(chains[one][0], admission.secretariat)):
        chain = chains[id_][0]
        for rows in _pages(id_, using):
            problems: list[Problem] = []
            entries: list[Entry] = []
            for row in rows:
                found.rows += 1
                entry = _entry(row, chain, problems)
                if entry is not None:
                    problems += (Problem(*_told(entry, one)) for one in admission.refusals(entry))
                    entries.append(entry)
                    found.ids[entry.hash] = row.id
                    found.links.append(_link(entry))
            yield (problems, entries), entries


def _pages(chain: int, using: str) -> Iterator[list[Row]]:
    """Yield the rows of a chain by number and hash, some at a time, so that none need fit the memory together."""
    after: tuple[Any, Any] = (-sys.maxsize - 1, "")
    while True:
        rows = _rows(
            f"SELECT {COLUMNS} FROM ledger_storedentry WHERE chain_id = %s "  # noqa: S608 - columns are ours
            f"AND (number > %s OR (number = %s AND hash > %s)) ORDER BY number, hash LIMIT {BATCH}",
            using,
            (chain, after[0], *after),
        )
        if not rows:
            return
        page = [Row(*row) for row in rows]
        yield page
        after = (page[-1].number, page[-1].hash)


def _entry(row: Row, chain: ChainName, problems: list[Problem]) -> Entry | None:
    """Return the entry of a row if its form is right; what is wrong with the row goes to the problems."""
    place = f"row {row.id}, {_chain_words(chain)}, entry {row.number}"
    try:
        entry = received_entry(bytes(row.body), row.signature)
    except LedgerError as error:
        problems.append(Problem(error.code, ", ".join(filter(None, (place, error.place))), error.message))
        return None
    expected = {
        "author": (chain.author, entry.author),
        "audience": (audience_text(chain.audience), audience_text(entry.audience)),
        "number": (row.number, entry.number),
        "hash": (row.hash, entry.hash),
        "kind": (row.kind, entry.kind),
        "record_id": (row.record_id, entry.id),
        "owner": (row.owner, str(entry.content.get("owner", ""))),
        "act": (row.act, entry.act),
        "known_from": (row.known_from, entry.known_from.isoformat()),
    }
    for column, (stands, signed) in expected.items():
        if stands != signed:
            message = f"{column}: found {shown(stands)}, the signed entry says {shown(signed)}"
            problems.append(Problem("entry.column", place, message))
    return entry


def _link(entry: Entry) -> DatedLink:
    """Return what counting reads of an entry; contents of records are left behind."""
    content = entry.content if entry.kind in (KEY, FORK) else {}
    return DatedLink(
        sys.intern(entry.author),
        entry.audience,
        entry.number,
        entry.hash,
        entry.previous,
        sys.intern(entry.key),
        sys.intern(entry.act),
        content,
        "" if entry.kind in NO_RECORDS else entry.known_from.isoformat(),
    )


def _stray_problems(found: _Found, using: str) -> Iterator[Problem]:
    """Yield a problem where rows stand in no chain."""
    total = _rows("SELECT COUNT(*) FROM ledger_storedentry", using)[0][0]
    if total != found.rows:
        yield Problem("entry.stray", "table of entries", f"{total - found.rows} rows belong to no chain that is there")


def _counting_problems(found: _Found, counted: Count, using: str) -> Iterator[Problem]:
    """Yield where the table of entries that do not count says something else than what follows from the entries."""
    stands = dict(_rows("SELECT entry_id, reason FROM ledger_uncounted", using))
    expected = {found.ids[hash_]: reason for hash_, reason in counted.uncounted.items()}
    for id_ in sorted(stands.keys() | expected.keys()):
        if stands.get(id_) != expected.get(id_):
            message = f"found {shown(stands.get(id_, 'counts'))}, expected {shown(expected.get(id_, 'counts'))}"
            yield Problem("entry.counting", f"row {id_}", message)


def _chain_problems(
    chains: Mapping[int, tuple[ChainName, tuple[Any, ...]]], found: _Found, counted: Count, using: str
) -> Iterator[Problem]:
    """Yield where the tables of chains and their readers say something else than what follows from the entries."""
    readers: dict[int, set[str]] = {}
    for id_, reader in _rows("SELECT chain_id, reader FROM ledger_reader", using):
        readers.setdefault(id_, set()).add(reader)
    days, doubtful = _days_and_doubts(found, counted)
    for id_, (chain, (length, head, key, day, goes_on, plain)) in chains.items():
        place = _chain_words(chain)
        last = counted.heads.get(chain)
        due = (*((last.number, last.hash, last.key) if last else (0, chain.start, "")), days.get(chain))
        if (length, head, key, day) != due:
            yield Problem("chain.head", place, f"found {shown((length, head, key, day))}, expected {shown(due)}")
        if (plain and chain in doubtful) or (goes_on and chain in counted.forks):
            yield Problem("chain.state", place, "it is said to go on plainly, and holds entries that do not count")
        if readers.get(id_, set()) != set(readers_of(chain.author, chain.audience)):
            yield Problem("chain.readers", place, f"found {shown(sorted(readers.get(id_, ())))} as its readers")


def _days_and_doubts(found: _Found, counted: Count) -> tuple[dict[ChainName, str], set[ChainName]]:
    """Return the day of the latest counting statement of each chain, and the chains with entries that do not count."""
    days: dict[ChainName, str] = {}
    doubtful: set[ChainName] = set()
    for link in found.links:
        chain = ChainName(link.author, link.audience)
        if link.hash in counted.uncounted:
            doubtful.add(chain)
        elif link.day > days.get(chain, ""):
            days[chain] = link.day
    return days, doubtful


def _receipt_problems(using: str) -> Iterator[Problem]:
    """Yield where an entry was received before one that came earlier, or at no moment at all."""
    last = dt.datetime.min.replace(tzinfo=dt.UTC)
    after = 0
    while rows := _rows(
        f"SELECT id, CAST(received_at AS TEXT) FROM ledger_storedentry WHERE id > %s ORDER BY id LIMIT {BATCH}",  # noqa: S608
        using,
        (after,),
    ):
        for id_, text in rows:
            moment = _moment(text)
            if moment is None or moment < last:
                said = f"received {shown(text)}, after row {id_ - 1} of {last}"
                yield Problem("entry.received", f"row {id_}", said)
            last = moment or last
        after = rows[-1][0]


def _moment(text: object) -> dt.datetime | None:
    """Return a moment as databases write it, or None."""
    try:
        moment = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _chain_words(chain: ChainName) -> str:
    """Return how messages name a chain."""
    return f"chain of {shown(chain.author)} to {shown(audience_text(chain.audience))}"


def _told(entry: Entry, refusal: Refusal) -> tuple[str, str, str]:
    """Return code, place and message of a refusal."""
    return refusal.code, f"{_chain_words(entry.chain)}, entry {entry.number}, {refusal.field}", refusal.message


def _rows(statement: str, using: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@contextmanager
def _any_text(using: str) -> Iterator[None]:
    """Read also text that is no valid UTF-8 any more, for that is what is looked for."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    raw = connection.connection
    before = raw.text_factory
    raw.text_factory = lambda text: text.decode("utf-8", "backslashreplace")
    try:
        yield
    finally:
        raw.text_factory = before
