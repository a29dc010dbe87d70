"""Backups of a database on a server: a file of lines, and the way back in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import connection, transaction
from django.db.models import Model

from synodos.ledger.models import StoredEntry
from synodos.ledger.moments import one_moment
from synodos.ledger.refusing import LedgerError
from synodos.ledger.verifying import Progress, verify

if TYPE_CHECKING:
    from synodos.ledger.keeping import Restored

FORMAT: Final = "synodos-backup"
VERSION: Final = 1
BATCH: Final = 1_000
MADE_ANEW: Final = ("contenttypes.contenttype", "auth.permission", "sessions.session")
"""Tables that the migrations fill, and sessions: people log in again."""


def dump(path: Path, progress: Progress | None = None) -> None:
    """Write every row of every table as it is at one moment, a line each.

    Parameters
    ----------
    path : pathlib.Path
        File to write.
    progress : callable, optional
        Called with the rows done and their number.
    """
    hashed, done = hashlib.sha256(), 0
    with one_moment(), path.open("wb") as file:
        tables = _tables()
        total = sum(table._base_manager.count() for table in tables)  # noqa: SLF001 - Django's name for every row
        for line in _lines(tables):
            hashed.update(line)
            file.write(line)
            done += 1
            if progress and done % BATCH == 0:
                progress(done, total)
        file.write(_json({"end": {"lines": done, "sha256": hashed.hexdigest()}}))


def load(path: Path, *, replace: bool = False, progress: Progress | None = None) -> Restored:
    """Put back what `dump` wrote, in one transaction that ends only if the ledger in it is sound.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    replace : bool
        Whether a ledger that is there may be replaced.
    progress : callable, optional
        Called with the entries verified and their number.

    Raises
    ------
    LedgerError
        As `restore`.
    """
    from synodos.ledger.keeping import DamagedBackupError, Restored

    try:
        with path.open("rb") as file:
            _check(file, path)
            with transaction.atomic():
                _empty(replace=replace, place=path)
                for line in _body(file):
                    _save(line, path)
                _settle_numbers()
                problems = verify(progress)
                if problems:
                    raise DamagedBackupError(problems, str(path))
                return Restored(StoredEntry.whole_ledger.count())
    except OSError as error:
        raise LedgerError("backup.place", f"the backup cannot be read: {error.strerror}", str(path)) from None


def _tables() -> list[type[Model]]:
    """Return the tables of every app, those that others refer to first."""
    ordered = serializers.sort_dependencies([(app, None) for app in apps.get_app_configs()])
    return [table for table in ordered if table._meta.label_lower not in MADE_ANEW and not table._meta.proxy]  # noqa: SLF001


def _lines(tables: Iterable[type[Model]]) -> Iterator[bytes]:
    """Yield the line that says what the file is, and a line for each row."""
    yield _json({"format": FORMAT, "version": VERSION})
    for table in tables:
        rows = table._base_manager.order_by("pk").iterator(BATCH)  # noqa: SLF001
        while batch := list(islice(rows, BATCH)):
            text = serializers.serialize("jsonl", batch, use_natural_foreign_keys=True)
            yield from text.encode().splitlines(keepends=True)


def _json(value: dict[str, Any]) -> bytes:
    """Return a value on a line."""
    return json.dumps(value, sort_keys=True).encode() + b"\n"


def _check(file: BinaryIO, path: Path) -> None:
    """Refuse a file that is no backup, or that is not whole."""
    hashed, lines, last = hashlib.sha256(), 0, b""
    for line in file:
        if not lines and line != _json({"format": FORMAT, "version": VERSION}):
            message = "the file is no backup of a server's database that this release reads"
            raise LedgerError("backup.form", message, str(path))
        if lines:
            hashed.update(last)
        last, lines = line, lines + 1
    if last != _json({"end": {"lines": lines - 1, "sha256": hashed.hexdigest()}}):
        message = "its last line does not fit the lines before it: the file was cut off, changed or damaged"
        raise LedgerError("backup.damaged", message, f"{path}, line {lines}")
    file.seek(0)


def _body(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of rows."""
    file.readline()
    for line in file:
        if not line.startswith(b'{"end"'):
            yield line


def _empty(*, replace: bool, place: Path) -> None:
    """Make every table anew, and empty; nobody else sees it before the transaction ends."""
    held = set(connection.introspection.table_names())
    if StoredEntry._meta.db_table in held and StoredEntry.whole_ledger.exists() and not replace:  # noqa: SLF001
        message = "there is a ledger in the database already; replace it with --replace"
        raise LedgerError("backup.exists", message, str(place))
    ours = sorted(held & {*connection.introspection.django_table_names(), "django_migrations"})
    if ours:
        names = ", ".join(connection.ops.quote_name(name) for name in ours)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {names} CASCADE")
    call_command("migrate", verbosity=0, interactive=False)


def _save(line: bytes, path: Path) -> None:
    """Store the row of a line."""
    try:
        for row in serializers.deserialize("jsonl", line.decode()):
            row.save()
    except (DeserializationError, UnicodeDecodeError) as error:
        raise LedgerError("backup.form", f"a row cannot be read: {error}", str(path)) from None


def _settle_numbers() -> None:
    """Let new rows have numbers behind those that were put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _tables()):
            cursor.execute(statement)
