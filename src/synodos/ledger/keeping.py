"""Backups of a whole database while it is in use, and putting one back in its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connections

from synodos.ledger.refusing import LedgerError
from synodos.ledger.verifying import Problem, verify

DEFAULT: Final = "default"
RESTORED: Final = "restored"
"""Name of the connection to a backup that is being looked at."""
MAGIC: Final = b"SQLite format 3\x00"
PAGES: Final = 5_000
"""Pages of 4,096 bytes that are copied between two reports of progress."""
PRIVATE_FILE: Final = 0o600
"""A backup holds accounts too, so nobody else reads it."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored ledger holds.

    Attributes
    ----------
    entries : int
        How many.
    missing : int
        Entries of the database that was replaced which the backup does not have.
    replaced : pathlib.Path or None
        Where the database lies that was replaced.
    """

    entries: int
    missing: int = 0
    replaced: Path | None = None


class DamagedBackupError(LedgerError):
    """A backup that is not what was signed; `problems` says in what."""

    def __init__(self, problems: tuple[Problem, ...], place: str) -> None:
        """Keep every problem."""
        super().__init__("backup.damaged", f"the backup is not sound, and nothing was changed: {problems[0]}", place)
        self.problems = problems


def backup(path: Path, *, replace: bool = False, progress: Progress | None = None) -> None:
    """Copy the whole database into a file, as it is at one moment, while others go on writing.

    Parameters
    ----------
    path : pathlib.Path
        File to write, readable by this user only. The private keys are not in it.
    replace : bool
        Whether it may take the place of a file that stands there.
    progress : callable, optional
        Called with how much is done, and of how much.

    Raises
    ------
    LedgerError
        `backup.exists` if there is such a file already; `backup.place` if it is a folder.
    OSError
        If it cannot be written.
    """
    if path.is_dir():
        raise LedgerError("backup.place", "this is a folder; name a file in it", str(path))
    if path.exists() and not replace:
        raise LedgerError("backup.exists", "the file exists already; replace it with --replace", str(path))
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        if connections[DEFAULT].vendor == "sqlite":
            _copy(Path(connections[DEFAULT].settings_dict["NAME"]), part, progress)
        else:
            from synodos.ledger.dumping import dump

            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
            dump(part, progress)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def restore(path: Path, *, replace: bool = False, progress: Progress | None = None) -> Restored:
    """Put a backup in the place of the database, after it was found to be sound.

    Parameters
    ----------
    path : pathlib.Path
        What `backup` wrote.
    replace : bool
        Whether a database that stands there may be replaced; a file is kept beside under another name.
    progress : callable, optional
        Called with how much is done, and of how much.

    Raises
    ------
    LedgerError
        `backup.place` or `backup.form` if the file cannot be read, or is no backup; `backup.exists` if there is a
        database already; `backup.damaged` if the backup is not what was signed.
    """
    if connections[DEFAULT].vendor != "sqlite":
        from synodos.ledger.dumping import load

        return load(path, replace=replace, progress=progress)
    target = Path(connections[DEFAULT].settings_dict["NAME"])
    _refuse_other_files(path)
    if target.exists() and not replace:
        message = "there is a database already; restore into another file, or replace it with --replace"
        raise LedgerError("backup.exists", message, str(target))
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        _copy(path, part, None)
        problems, entries = _looked_at(part, progress)
        if problems:
            raise DamagedBackupError(problems, str(path))
        return _put(part, target, entries)
    except sqlite3.DatabaseError as error:
        raise LedgerError("backup.form", f"the backup cannot be read: {error}", str(path)) from None
    except OSError as error:
        message = f"nothing can be written beside the database: {error.strerror or error}"
        raise LedgerError("backup.place", message, str(target)) from None
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path, progress: Progress | None) -> None:
    """Copy a database by SQLite's own backup, at the moment at which the copying begins; only this user reads it."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE))
    target.chmod(PRIVATE_FILE)
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as origin,
        closing(sqlite3.connect(target)) as copy,
    ):
        origin.isolation_level = None
        origin.execute("BEGIN")
        origin.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # holds the moment, so that writers go on
        told = None if progress is None else lambda _, left, total: progress(total - left, total)
        origin.backup(copy, pages=PAGES, progress=told)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, not three
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _refuse_other_files(path: Path) -> None:
    """Refuse what is no SQLite database."""
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except OSError as error:
        raise LedgerError("backup.place", f"the backup cannot be read: {error.strerror}", str(path)) from None
    if start != MAGIC:
        message = "the file is no backup of a SQLite database; a bundle is merged, not restored"
        raise LedgerError("backup.form", message, str(path))


def _looked_at(path: Path, progress: Progress | None) -> tuple[tuple[Problem, ...], int]:
    """Return what is wrong with a database file, and how many entries it holds."""
    connections.settings[RESTORED] = {**connections.settings[DEFAULT], "NAME": str(path)}
    try:
        return _verified(path, progress)
    finally:
        connections[RESTORED].close()
        del connections[RESTORED]
        del connections.settings[RESTORED]


def _verified(path: Path, progress: Progress | None) -> tuple[tuple[Problem, ...], int]:
    """Return what is wrong with the database behind the second connection, and how many entries it holds."""
    tables = connections[RESTORED].introspection.table_names()
    if "ledger_storedentry" not in tables:
        raise LedgerError("backup.form", "the file is a database without a ledger", str(path))
    problems = verify(progress, using=RESTORED)
    with connections[RESTORED].cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM ledger_storedentry")
        return problems, cursor.fetchone()[0]


def _put(part: Path, target: Path, entries: int) -> Restored:
    """Move a database file to its place; what stood there moves aside."""
    connections[DEFAULT].close()
    if not target.exists():
        part.replace(target)
        return Restored(entries)
    missing = _missing(part, target)
    aside = target.with_name(f"{target.name}.replaced")
    _copy(target, aside_part := target.with_name(f".{aside.name}.part"), None)
    aside_part.replace(aside)
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    part.replace(target)
    return Restored(entries, missing, aside)


def _missing(part: Path, target: Path) -> int:
    """Return how many entries of a database another one lacks."""
    with closing(sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True)) as before:
        before.execute("ATTACH DATABASE ? AS restored", (str(part),))
        found = before.execute(
            "SELECT COUNT(*) FROM ledger_storedentry WHERE hash NOT IN (SELECT hash FROM restored.ledger_storedentry)"
        )
        return int(found.fetchone()[0])
