"""Joining a ledger: an empty database takes over a first bundle, and pins the key with which trust begins."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path

from synodos.language import PUBLIC
from synodos.ledger.bundle_lines import BundleHeader, BundleReader, opened
from synodos.ledger.bundles import Merged, Progress, check_bundle, take_over
from synodos.ledger.entry import ChainName
from synodos.ledger.founding import begin, is_founded
from synodos.ledger.refusing import LedgerError
from synodos.ledger.signing import shown_key
from synodos.ledger.storing import head, writing


def bundle_header(path: Path) -> BundleHeader:
    """Return what a bundle says of itself; its anchor is to be compared with what the secretariat says of it.

    Raises
    ------
    LedgerError
        `bundle.*` if the file cannot be read, or is no bundle.
    """
    with opened(path) as file:
        return BundleReader(file, path.name).header


def join(path: Path, *, anchor: str, executor: Executor | None = None, progress: Progress | None = None) -> Merged:
    """Make this empty database an instance of the ledger that a bundle comes from; all of it or nothing.

    Parameters
    ----------
    path : pathlib.Path
        A bundle of it.
    anchor : str
        Public key of the secretariat, in hexadecimal, as learnt from the secretariat itself and not from the bundle.
    executor, progress
        As in `merge_bundle`.

    Raises
    ------
    LedgerError
        `ledger.founded` if the database holds a ledger; `bundle.anchor` if the bundle begins with another key;
        `bundle.empty` if the secretariat says nothing in it; or as `merge_bundle`.
    """
    if is_founded():
        raise LedgerError("ledger.founded", "this database holds a ledger already; merge the bundle, or use another")
    pinned = "".join(anchor.split()).lower()
    header = bundle_header(path)
    if header.anchor != pinned:
        message = f"found {shown_key(header.anchor)}, expected {shown_key(pinned)}: not the ledger you wish to join"
        raise LedgerError("bundle.anchor", message, f"{path.name}, line 1, anchor")
    with opened(path) as file:
        sha256 = check_bundle(file, path, header.secretariat, pinned, executor=executor, progress=progress)
        with writing():
            begin(header.secretariat, pinned)
            merged = take_over(file, path, sha256, progress)
            if not head(ChainName(header.secretariat, PUBLIC)).number:
                message = f"it holds nothing that {header.secretariat} signed with this anchor; ask for a whole one"
                raise LedgerError("bundle.empty", message, path.name)
            return merged
