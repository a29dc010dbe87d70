"""Bundles: whole chains that instances of a ledger exchange by any means, and what comes of merging one."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, NoReturn, TypeVar

from synodos.language import PUBLIC, shown
from synodos.ledger.admitting import Admission, Refusal, announcements, forged, reading_order, with_signatures
from synodos.ledger.bundle_lines import BundleHeader, BundleReader, entry_line, first_line, last_line, opened
from synodos.ledger.entry import FORK, KEY, ChainName, Entry
from synodos.ledger.founding import the_ledger
from synodos.ledger.looking import readers_for
from synodos.ledger.models import Chain, StoredEntry
from synodos.ledger.moments import one_moment
from synodos.ledger.received import is_somebody
from synodos.ledger.refusing import LedgerError
from synodos.ledger.snapshots import takes_part
from synodos.ledger.statements import stated
from synodos.ledger.storing import append_all, chain_name, entries_of, entry_of, writing

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Called with how much is done, and of how much."""
BATCH: Final = 2_000
"""Entries that are looked up, or stored, together."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a bundle holds.

    Attributes
    ----------
    chains, entries : int
        How many.
    sha256 : str
        Hash of its lines but the last: two bundles of equal content have equal hashes.
    """

    chains: int
    entries: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of merging a bundle.

    Attributes
    ----------
    added, known : int
        Entries that were new, and that were here already.
    chains : tuple of ChainName
        Those that grew.
    forked : tuple of ChainName
        Those in the bundle that stand still, because their author has to say which of two branches stays.
    """

    added: int
    known: int
    chains: tuple[ChainName, ...]
    forked: tuple[ChainName, ...]


def write_bundle(viewer: str, path: Path, progress: Progress | None = None) -> Written:
    """Write every chain that a viewer may read, whole, and nothing of any other.

    Parameters
    ----------
    viewer : str
        For whom: an agency, or `public`.
    path : pathlib.Path
        File to write; it takes the place of what stands there only when it is complete.
    progress : callable, optional
        Called with the entries done and their number.

    Raises
    ------
    LedgerError
        `viewer.form` if the viewer is nobody's id.
    OSError
        If the file cannot be written.
    """
    ledger = the_ledger()
    if viewer != PUBLIC and not is_somebody(viewer):
        raise LedgerError("viewer.form", f"found {shown(viewer)}, expected the id of an agency, or {PUBLIC}")
    part = path.with_name(f".{path.name}.part")
    try:
        with one_moment(), part.open("wb") as file:
            chains = _readable(viewer, ledger.secretariat)
            written = _write(file, BundleHeader(ledger.secretariat, ledger.anchor, viewer), chains, progress)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return written


def merge_bundle(path: Path, *, executor: Executor | None = None, progress: Progress | None = None) -> Merged:
    """Take over what a bundle holds, all of it or nothing.

    Parameters
    ----------
    path : pathlib.Path
        The bundle.
    executor : concurrent.futures.Executor, optional
        Where signatures are checked; default: here.
    progress : callable, optional
        Called with the bytes done and their number: the file is read twice, first to check it.

    Raises
    ------
    LedgerError
        `bundle.*` or `entry.*` with line and field: damaged, cut off, too large, forged, or of another ledger.
    """
    ledger = the_ledger()
    with opened(path) as file:
        sha256 = check_bundle(file, path, ledger.secretariat, ledger.anchor, executor=executor, progress=progress)
        return take_over(file, path, sha256, progress)


def check_bundle(
    file: BinaryIO,
    path: Path,
    secretariat: str,
    anchor: str,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> str:
    """Check a bundle from end to end without keeping anything of it, and return the hash of its lines.

    Raises
    ------
    LedgerError
        As `merge_bundle`; `bundle.foreign` if it is of another ledger.
    """
    reader = BundleReader(file, path.name)
    if (reader.header.secretariat, reader.header.anchor) != (secretariat, anchor):
        found = f"it is of the ledger of {reader.header.secretariat} with the anchor {reader.header.anchor[:16]}…"
        reader.refuse("bundle.foreign", f"{found}, this one is of {secretariat} with {anchor[:16]}…", "anchor")
    admission = Admission(secretariat, anchor, announced_keys(secretariat))
    total = 2 * os.fstat(file.fileno()).st_size
    for new, hold in with_signatures(_unknown(reader, admission), executor):
        for (line, entry), holds in zip(new, hold, strict=True):
            if not holds:
                _refuse(reader, line, forged(entry))
        if progress:
            progress(reader.bytes, total)
    return reader.sha256


def take_over(file: BinaryIO, path: Path, sha256: str, progress: Progress | None = None) -> Merged:
    """Store the entries of a bundle that was checked, in one transaction.

    Raises
    ------
    LedgerError
        `bundle.changed` if the file changed after it was checked.
    """
    file.seek(0)
    reader = BundleReader(file, path.name)
    total, read = 2 * os.fstat(file.fileno()).st_size, 0
    grown: dict[ChainName, None] = {}
    held: dict[ChainName, None] = {}

    def each(batch: Sequence[Entry], new: Sequence[Entry]) -> None:
        nonlocal read
        read += len(batch)
        grown.update(dict.fromkeys(entry.chain for entry in new))
        held.update(dict.fromkeys(entry.chain for entry in batch))
        if progress:
            progress(total // 2 + reader.bytes, total)

    with writing():
        added = append_all(reader.entries(), each)
        if reader.sha256 != sha256:
            raise LedgerError("bundle.changed", "the file changed while it was read; merge it again", path.name)
    return Merged(added, read - added, tuple(grown), tuple(chain for chain in forked_chains() if chain in held))


def entries_held() -> int:
    """Return how many entries the ledger holds, whoever may see them."""
    return int(StoredEntry.whole_ledger.count())


def authors_with_keys() -> tuple[str, ...]:
    """Return everybody for whom a key was ever announced."""
    return tuple(sorted(announced_keys(the_ledger().secretariat)))


def forked_chains() -> tuple[ChainName, ...]:
    """Return the chains that stand still at a fork."""
    found = Chain.objects.filter(entries__uncounted__reason="fork").distinct().order_by("author", "audience")
    return tuple(chain_name(chain) for chain in found)


def _readable(viewer: str, secretariat: str) -> list[ChainName]:
    """Return the chains that a viewer may read, in the order of a bundle."""
    readers = readers_for(viewer, member=takes_part(viewer))
    found = [chain_name(chain) for chain in Chain.objects.filter(readers__reader__in=readers).distinct()]
    return sorted(found, key=lambda chain: reading_order(chain, secretariat))


def _write(file: BinaryIO, header: BundleHeader, chains: list[ChainName], progress: Progress | None) -> Written:
    """Write the lines of a bundle."""
    hashed, entries = hashlib.sha256(), 0
    total = StoredEntry.whole_ledger.count() if progress else 0
    line = first_line(header)
    hashed.update(line)
    file.write(line)
    for entry in (entry for chain in chains for entry in entries_of(chain)):
        line = entry_line(entry)
        hashed.update(line)
        file.write(line)
        entries += 1
        if progress and entries % BATCH == 0:
            progress(entries, total)
    file.write(last_line(entries, hashed.hexdigest()))
    return Written(len(chains), entries, hashed.hexdigest())


def _unknown(reader: BundleReader, admission: Admission) -> Iterator[tuple[list[tuple[int, Entry]], list[Entry]]]:
    """Yield the entries of a bundle that are not stored, each with its line, and once more alone, by the batch.

    The bundle is refused for an entry that is out of order, does not follow its chain, or states what none can state.
    """
    last = None
    for batch in _batches(enumerate(reader.entries(), 2)):
        stored = _signatures(entry for _, entry in batch)
        new = [(line, entry) for line, entry in batch if stored.get(entry.hash) != entry.signature]
        for line, entry in batch:
            order = (reading_order(entry.chain, admission.secretariat), entry.number, entry.hash)
            if last is not None and order <= last:
                reader.refuse("bundle.order", "the entry stands out of order, or twice", line=line)
            last = order
            for refusal in admission.refusals(entry):
                _refuse(reader, line, refusal)
        for line, entry in new:
            _check_content(reader, line, entry)
        yield new, [entry for _, entry in new]


def _refuse(reader: BundleReader, line: int, refusal: Refusal) -> NoReturn:
    """Refuse a bundle for an entry that is not what it says to be."""
    reader.refuse(refusal.code, refusal.message, refusal.field, line=line)


def _check_content(reader: BundleReader, line: int, entry: Entry) -> None:
    """Refuse a bundle for an entry whose content does not fit, or says something else than the entry round it."""
    if entry.kind in (KEY, FORK):
        return
    try:
        stated(entry)
    except LedgerError as error:
        reader.refuse(error.code, error.message, "content", line=line)


def announced_keys(secretariat: str) -> Mapping[str, set[str]]:
    """Return the keys that this ledger knows already, by author."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in StoredEntry.whole_ledger.filter(kind=KEY):
        for author, key in announcements(entry_of(row), secretariat):
            found[author].add(key)
    return found


def _signatures(batch: Iterable[Entry]) -> Mapping[str, str]:
    """Return by hash the signatures of those entries that are stored."""
    hashes = [entry.hash for entry in batch]
    return dict(StoredEntry.whole_ledger.filter(hash__in=hashes).values_list("hash", "signature"))


def _batches(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """Yield items by the batch."""
    left = iter(items)
    while batch := tuple(islice(left, BATCH)):
        yield batch
