"""A portfolio's folder becomes entries: every dated statement, in the order in which they came to count."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from synodos.language import PUBLIC, Header, History, Record
from synodos.ledger.chaining import Author, cited_by_header
from synodos.ledger.declaring import author_of, ids_taken, unreceived
from synodos.ledger.entry import HEADER, Entry
from synodos.ledger.founding import stating_header, the_ledger
from synodos.ledger.keying import keys_in_force, register_key, require_in_force
from synodos.ledger.models import StoredEntry
from synodos.ledger.refusing import LedgerError
from synodos.ledger.releasing import asks_first, require_confirmation, who_will_see
from synodos.ledger.signing import Signer, all_signed, with_signature
from synodos.ledger.statements import stated
from synodos.ledger.storing import append_all, entry_of, writing

BATCH: Final = 2_000
"""Entries that are signed and stored together."""
AHEAD: Final = 4
"""Batches that may wait for their signatures."""
Progress = Callable[[int, int], None]
"""Told how many of how many statements are stored."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Attributes
    ----------
    entries : int
        Entries that were stored.
    statements, known : int
        Statements in the history, and how many of them the ledger held already.
    registered : tuple of str
        Authors whose keys were registered for it.
    """

    entries: int
    statements: int
    known: int
    registered: tuple[str, ...]


def import_history(
    history: History,
    *,
    signers: Mapping[str, Signer],
    confirmed: bool = False,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Store every statement of a history, all or none; those that the ledger holds already are passed over.

    Parameters
    ----------
    history : History
        What a folder, a JSON file or a workbook says; free of faults.
    signers : mapping of str to Signer
        By id who signs: everybody who states a record, and the secretariat where the header is new or a key has to be
        registered.
    confirmed : bool
        Whether somebody confirmed that records that should be thought over may be shared; see `Sight.warnings`.
    executor : Executor, optional
        Processes that sign.
    progress : callable, optional
        Told how far it is.

    Raises
    ------
    LedgerError
        `key.missing` where a signer is missing; `header.other` if the ledger holds another portfolio;
        `release.unconfirmed`; as `declare` for keys and forks.
    """
    if not confirmed:
        require_confirmation(who_will_see(asks_first(history.statements), history.known_on()))
    with writing():
        secretariat = the_ledger().secretariat
        registered = _register(history, signers, secretariat)
        authors = _authors(history, signers)
        heading = _heading(history.header, signers, secretariat)
        running = _Running(len(history.statements), progress)
        entries = chain(heading, running.stating(history, authors))
        stored = append_all(chain.from_iterable(_signed(entries, signers, executor)))
        running.tell()
    return Imported(stored + len(registered), running.statements, running.known, registered)


class _Running:
    """An import under way."""

    def __init__(self, statements: int, progress: Progress | None) -> None:
        """Start with nothing done."""
        self.statements = statements
        self.done = self.known = 0
        self._progress = progress

    def stating(self, history: History, authors: Mapping[str, Author]) -> Iterator[Entry]:
        """Yield the entries of all statements, in the order in which they came to count."""
        for record in sorted(history.statements, key=lambda record: record.as_of.latest):
            if self.done % BATCH == 0:
                self.tell()
            entries = list(authors[record.stated_by].stating(record, history.header.sources))
            self.known += not entries
            self.done += 1
            yield from entries

    def tell(self) -> None:
        """Tell how far it is."""
        if self._progress:
            self._progress(self.done, self.statements)


def _register(history: History, signers: Mapping[str, Signer], secretariat: str) -> tuple[str, ...]:
    """Register the keys of authors who have none yet, and return those authors."""
    found = []
    for author in sorted({record.stated_by for record in history.statements}):
        signer = _signer(author, signers)
        if author != secretariat and secretariat in signers and not keys_in_force(author):
            register_key(author, signer.public_hex, secretariat=signers[secretariat])
            found.append(author)
        require_in_force(signer)
    return tuple(found)


def _authors(history: History, signers: Mapping[str, Signer]) -> dict[str, Author]:
    """Return everybody who states a record, with what it said so far.

    Raises
    ------
    LedgerError
        `record.faults` if somebody else has a record with the id of one of theirs, or a compiler tells the members
        what the owner would not receive.
    """
    by_author: dict[str, list[Record]] = defaultdict(list)
    for record in history.statements:
        by_author[record.stated_by].append(record)
    compiler = history.header.compiler.id if history.header.compiler else None
    found = [fault for name, records in by_author.items() for fault in ids_taken(records, name, compiler)]
    found += unreceived(history.statements, history.known_on())
    if found:
        raise LedgerError("record.faults", "\n".join(map(str, found)), faults=found)
    return {name: author_of(name, signers[name].public_hex, records) for name, records in by_author.items()}


def _heading(header: Header, signers: Mapping[str, Signer], secretariat: str) -> list[Entry]:
    """Return the entries that state a header where the ledger does not hold it yet.

    Raises
    ------
    LedgerError
        `header.other` if it holds the header of another portfolio.
    """
    rows = StoredEntry.whole_ledger.filter(chain__author=secretariat, chain__audience=PUBLIC, kind=HEADER)
    last = rows.filter(uncounted__isnull=True).order_by("-number").first()
    held = entry_of(last) if last else None
    if held and stated(held) == header.model_copy(update={"sources": {}}):
        return []
    if held and held.id != header.id:
        message = f"this ledger holds the portfolio {held.id!r}, not {header.id!r}; begin another ledger for that one"
        raise LedgerError("header.other", message)
    signer = _signer(secretariat, signers)
    require_in_force(signer)
    author = author_of(secretariat, signer.public_hex, (), cited_by_header(header))
    return stating_header(author, header)


def _signed(
    entries: Iterable[Entry], signers: Mapping[str, Signer], executor: Executor | None
) -> Iterator[Sequence[Entry]]:
    """Yield entries by the batch, signed; processes sign some batches ahead."""
    waiting: deque[tuple[Sequence[Entry], Future[list[str]]]] = deque()
    unsigned = iter(entries)
    while batch := tuple(islice(unsigned, BATCH)):
        work = [(signers[entry.author], entry.body) for entry in batch]
        if executor is None:
            yield _joined(batch, all_signed(work))
            continue
        waiting.append((batch, executor.submit(all_signed, work)))
        if len(waiting) > AHEAD:
            first, signatures = waiting.popleft()
            yield _joined(first, signatures.result())
    for first, signatures in waiting:
        yield _joined(first, signatures.result())


def _joined(entries: Sequence[Entry], signatures: Sequence[str]) -> Sequence[Entry]:
    """Return entries with their signatures."""
    return [with_signature(entry, signature) for entry, signature in zip(entries, signatures, strict=True)]


def _signer(author: str, signers: Mapping[str, Signer]) -> Signer:
    """Return who signs for an author."""
    if author not in signers:
        raise LedgerError("key.missing", f"there is no key of {author}; it states records here, so it has to sign")
    return signers[author]
