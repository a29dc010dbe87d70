"""An agency states records: checked, signed and stored, all or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from synodos.language import (
    MEMBERS,
    Agency,
    DateRange,
    Fault,
    Header,
    History,
    Points,
    Portfolio,
    Record,
    Source,
    faults,
    label,
    references,
)
from synodos.ledger.chaining import Author, Said, cited_by
from synodos.ledger.entry import SOURCE, Entry
from synodos.ledger.founding import the_ledger
from synodos.ledger.keying import going_on, require_in_force
from synodos.ledger.models import Chain, StoredEntry
from synodos.ledger.refusing import LedgerError
from synodos.ledger.releasing import members, require_confirmation, who_will_see
from synodos.ledger.signing import Signer, signed
from synodos.ledger.snapshots import snapshot, takes_part
from synodos.ledger.statements import record_of, stated
from synodos.ledger.storing import append_own, entry_of, writing

NO_SOURCES: Final[Mapping[str, Source]] = MappingProxyType({})
ASKED_AT_ONCE: Final = 500
"""Records whose earlier statements are fetched together."""


def declare(
    records: Iterable[Record],
    *,
    signer: Signer,
    sources: Mapping[str, Source] = NO_SOURCES,
    confirmed: bool = False,
    check: bool = True,
) -> tuple[Entry, ...]:
    """State records, and return the entries that do so: none where all of it is stated already.

    Parameters
    ----------
    records : iterable of Record
        Statements by the signer: new ones, revisions, retractions. A record that moves to another audience is
        retracted for those who saw it, and declared to the others.
    signer : Signer
        Who states them.
    sources : mapping of str to Source
        Texts of the sources that they cite; those that the signer sees in the ledger need not be given.
    confirmed : bool
        Whether somebody confirmed that records that should be thought over may be shared; see `Sight.warnings`.
    check : bool
        Whether to refuse records that do not fit what else the signer sees.

    Raises
    ------
    LedgerError
        `key.unregistered`, `key.replaced`, `fork.open`; `record.faults`, with all that is wrong with the records;
        `release.unconfirmed`; `source.unknown`.
    """
    stating = tuple(records)
    with writing():
        require_in_force(signer)
        view = snapshot(viewer=signer.author)
        author = author_of(signer.author, signer.public_hex, stating)
        found = list(refusals(stating, view, author))
        if check and not found:
            found = list(_faults_with(stating, view, sources))
        if found:
            raise LedgerError("record.faults", "\n".join(map(str, found)), faults=found)
        if not confirmed:
            require_confirmation(who_will_see(stating, view))
        own = {key: source for (_, key), source in author.sources.items()}
        known = {**view.header.sources, **own, **sources}
        entries = [entry for record in stating for entry in author.stating(record, known)]
        return append_own([signed(entry, signer) for entry in entries])


def faults_of(
    records: Iterable[Record], *, author: str, sources: Mapping[str, Source] = NO_SOURCES
) -> tuple[Fault, ...]:
    """Return all that would keep an author from declaring records; nobody signs, and nothing is stored."""
    stating = tuple(records)
    view = snapshot(viewer=author)
    found = tuple(refusals(stating, view, author_of(author, "", stating)))
    return found or _faults_with(stating, view, sources)


def author_of(name: str, key: str, records: Collection[Record], cited: Iterable[str] = ()) -> Author:
    """Return an author with all that it said so far of records, and of sources: those that they cite, and others."""
    author = Author(name, key, going_on)
    if not Chain.objects.filter(author=name).exists():
        return author
    own = StoredEntry.whole_ledger.filter(chain__author=name, uncounted__isnull=True).order_by("number")
    for kind, ids in _by_kind(records).items():
        for some in _batches(ids):
            for row in own.filter(kind=kind, record_id__in=some):
                _remember(author, entry_of(row))
    said = (one.record for statements in author.said.values() for one in statements)
    keys = {key for record in (*records, *said) for key in cited_by(record)}.union(cited)
    for some in _batches(sorted(keys)):
        for row in own.filter(kind=SOURCE, record_id__in=some):
            _remember_source(author, entry_of(row))
    return author


def _remember_source(author: Author, entry: Entry) -> None:
    """Let an author know what it said of a source."""
    source = stated(entry)
    if isinstance(source, Source):
        author.sources[entry.audience, entry.id] = source


def _remember(author: Author, entry: Entry) -> None:
    """Let an author know what it said of a record."""
    record = record_of(entry)
    author.said[record.kind, record.id, record.owner].append(Said(entry.audience, record))


def refusals(records: Sequence[Record], view: Portfolio, author: Author) -> Iterator[Fault]:
    """Yield why an author may not state records, whatever they say."""
    compiler = view.header.compiler.id if view.header.compiler else None
    yield from ids_taken(records, author.name, compiler)
    yield from unreceived(records, view)
    for position, record in enumerate(records):
        said = author.said.get((record.kind, record.id, record.owner), [])
        last = max((one.day for one in said), default=None)
        if record.stated_by != author.name:
            yield _fault("author.not-signer", "somebody else signs", record, "stated_by", record.stated_by, author.name)
        elif author.name not in (record.owner, compiler):
            expected = f"{author.name}" + (f", or the compiler {compiler} as the signer" if compiler else "")
            yield _fault("author.not-owner", "only its owner states a record", record, "owner", record.owner, expected)
        if last is not None and record.as_of.latest < last:
            message = "a later statement on this record stands already"
            yield _fault("statement.early", message, record, "as_of", record.as_of.text, f"{last} or later")
        earlier = any(_name(one) == _name(record) for one in records[:position])
        if record.retracted and not earlier and not any(not one.record.retracted for one in said):
            message = "there is nothing to retract"
            yield _fault("retraction.nothing", message, record, "retracted", "true", "a record that was declared")


def ids_taken(records: Sequence[Record], name: str, compiler: str | None) -> Iterator[Fault]:
    """Yield a fault for each record with the id of one of another owner, as far as its author can see."""
    taken = _taken(records, name, compiler)
    for record in records:
        others = taken.get(_name(record), set()) - {record.owner}
        if others:
            message = f"this id is taken by a record of {', '.join(sorted(others))}"
            yield _fault("id.taken", message, record, "id", record.id, "an id of its own")


def unreceived(records: Sequence[Record], view: Portfolio) -> Iterator[Fault]:
    """Yield a fault for each record that a compiler tells the members and whose owner, who is none, would not receive.

    The members' chain is for them alone, and a record stands in one chain; so a compiler names its readers.
    """
    doubtful = [one for one in records if one.release == MEMBERS and one.stated_by != one.owner and not one.retracted]
    if not doubtful:
        return
    told = [*view.agencies.values(), *(one for one in records if isinstance(one, Agency))]
    agencies: dict[str, Record] = {one.id: one for one in sorted(told, key=lambda one: one.as_of.latest)}
    day = max([view.known_on, *(one.as_of.latest for one in records)])
    taking_part = {*members(Portfolio(view.header, day, None, {Agency.kind: agencies})), the_ledger().secretariat}
    for record in doubtful:
        if record.owner not in taking_part:
            message = f"its owner {record.owner} is no member, and would not receive what is told the members"
            yield _fault(
                "release.owner", message, record, "release", MEMBERS, "public, or the ids of those who may read"
            )


def _taken(records: Sequence[Record], name: str, compiler: str | None) -> Mapping[tuple[str, str], set[str]]:
    """Return by kind and id who owns records of these names, as far as an author can see."""
    seen = StoredEntry.objects.seen_by(viewer=name, member=takes_part(name)).filter(uncounted__isnull=True)
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, ids in _by_kind(records).items():
        for some in _batches(ids):
            rows = seen.filter(kind=kind, record_id__in=some)
            for id_, owner, stated_by in rows.values_list("record_id", "owner", "chain__author"):
                if stated_by in (owner, compiler):
                    owners[kind, id_].add(owner)
    return owners


def _faults_with(records: Sequence[Record], view: Portfolio, sources: Mapping[str, Source]) -> tuple[Fault, ...]:
    """Return what is wrong with records beside all that their author sees."""
    if not _faults_beside(records, _around(records, view), view.header, sources):
        return ()
    return _faults_beside(records, tuple(view), view.header, sources)  # of all ids the nearest one is told


def _faults_beside(
    records: Sequence[Record], others: Iterable[Record], header: Header, sources: Mapping[str, Source]
) -> tuple[Fault, ...]:
    """Return what is wrong with records beside others."""
    names = {_name(record) for record in records}
    before = [record for record in others if _name(record) not in names]
    day = max([header.known_on.latest, *(record.as_of.latest for record in records)])
    update = {"known_on": DateRange(day.isoformat()), "sources": {**header.sources, **sources}}
    labels = {label(record) for record in records}
    return tuple(
        fault
        for fault in faults(History(header.model_copy(update=update), (*before, *records)))
        if fault.severity == "error" and (fault.statement >= len(before) or fault.record in labels)
    )


def _around(records: Iterable[Record], view: Portfolio) -> tuple[Record, ...]:
    """Return what records rest on, and what that rests on: nothing else bears on whether they are sound."""
    found: dict[tuple[str, str], Record] = {}
    waiting = list(records)
    waiting += [table[one.id] for one in waiting for table in view.tables.values() if one.id in table]
    while waiting:
        record = waiting.pop()
        for one in references(record):
            for kind in one.mark.kinds if isinstance(one.mark, Points) else ():
                target = view.tables.get(kind, {}).get(one.target)
                if target is not None and _name(target) not in found:
                    found[_name(target)] = target
                    waiting.append(target)
        found.setdefault(_name(record), record)
    return tuple(found.values())


def _fault(code: str, message: str, record: Record, field: str, found: str, expected: str) -> Fault:
    """Return why a record may not be stated."""
    return Fault(code, message, label(record), field, found, expected)


def _name(record: Record) -> tuple[str, str]:
    """Return kind and id."""
    return record.kind, record.id


def _by_kind(records: Iterable[Record]) -> Mapping[str, list[str]]:
    """Return the ids of records by kind, each once and in order."""
    ids: dict[str, set[str]] = defaultdict(set)
    for record in records:
        ids[record.kind].add(record.id)
    return {kind: sorted(found) for kind, found in ids.items()}


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield ids by the batch."""
    for first in range(0, len(ids), ASKED_AT_ONCE):
        yield ids[first : first + ASKED_AT_ONCE]
