"""Reading a ledger as it is at one moment, while others write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def one_moment(using: str = "default") -> Iterator[None]:
    """Let all that is read within be of one moment; nobody waits for it, and it waits for nobody.

    Within a transaction it is that transaction's moment.
    """
    connection = connections[using]
    if connection.in_atomic_block or _is_reading(connection):
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # not IMMEDIATE, as Django's own: readers of a file keep no writer waiting
        try:
            yield
        finally:
            _end(connection)


def _end(connection: BaseDatabaseWrapper) -> None:
    """End a transaction that only read; of a damaged file nothing is asked any more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
    except DatabaseError:
        connection.close()


def _is_reading(connection: BaseDatabaseWrapper) -> bool:
    """Return whether a file is being read as of one moment already."""
    return connection.vendor == "sqlite" and connection.connection is not None and connection.connection.in_transaction
