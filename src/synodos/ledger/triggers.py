"""Triggers by which a database itself refuses to change or to delete an entry."""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE: Final = "ledger_storedentry"
REFUSAL: Final = "an entry of the ledger is never changed and never deleted"
SQLITE: Final = tuple(
    f"CREATE TRIGGER IF NOT EXISTS no_{what} BEFORE {what} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for what in ("update", "delete")
)
_RAISE: Final = f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END"
_REFUSE: Final = "EXECUTE FUNCTION ledger_refuse()"
POSTGRESQL: Final = (
    f"CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {_RAISE} $$",
    f"CREATE OR REPLACE TRIGGER no_update BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW {_REFUSE}",
    f"CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {_REFUSE}",
)
SQLITE_OFF: Final = ("DROP TRIGGER IF EXISTS no_update", "DROP TRIGGER IF EXISTS no_delete")
POSTGRESQL_OFF: Final = tuple(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}" for name in ("no_update", "no_truncate"))


def refuse_changes(connection: BaseDatabaseWrapper) -> None:
    """Let a database refuse changes of entries from now on."""
    _run(connection, SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def allow_changes(connection: BaseDatabaseWrapper) -> None:
    """Let a database accept changes of entries: to undo the migration, and where tests take turns in one database."""
    _run(connection, SQLITE_OFF if connection.vendor == "sqlite" else POSTGRESQL_OFF)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    """Run statements one by one."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
