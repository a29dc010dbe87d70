"""Where a ledger is, who signs, and how its refusals are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer
from typer import Option

from synodos.cli.printing import print_faults
from synodos.cli.refusing import FAULTS, MISUSE, refuse, say
from synodos.cli.waiting import asking
from synodos.cli.working import processes

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from synodos.ledger import ChainName, LedgerError, Signer

Database = Annotated[
    str, Option("--database", envvar="SYNODOS_DATABASE", help="The ledger: a file, or a postgresql:// address.")
]
Keys = Annotated[
    Path | None,
    Option(
        "--keys",
        envvar="SYNODOS_KEYS",
        help="Folder of private keys (default: beside the database).",
        show_default=False,
    ),
]
Signing = Annotated[str, Option("--as", help="Who signs: an agency whose key is here.", show_default=False)]
Yes = Annotated[bool, Option("--yes", help="Confirm that controlled records may be shared.")]
Replace = Annotated[bool, Option("--replace", help="Replace what stands there.")]

DATABASE: Final = "synodos.sqlite3"
PASSPHRASE: Final = "SYNODOS_PASSPHRASE"  # noqa: S105 - the name of a variable
MANY: Final = 30_000
"""Entries from which on several processes check signatures."""
ENTRY_BYTES: Final = 800
"""Bytes of an entry in a bundle, more or less."""
NEEDED: Final = ("cryptography", "django", "rfc8785")
"""What the extra `table` brings."""
PRIVATE: Final = 0o077
"""What is made, only this user can read: a database holds accounts, too."""
DATA_AT_FAULT: Final = ("bundle.", "entry.", "record.", "backup.damaged", "backup.form")
"""Codes of refusals for what stands in files; others are misuse."""


def open_ledger(database: str, *, new: bool = False) -> None:
    """Look at a ledger; `new` makes its tables if need be. Stop where there is none, or what it needs is missing."""
    if not new and "://" not in database and not Path(database).exists():
        refuse(f"--database: there is no {database!r}; begin a ledger with `synodos ledger init`, or join one")
    look_at(database)
    with told():
        _bring_up_to_date(new=new)


def look_at(database: str) -> None:
    """Let the process look at a database, whether it holds anything or not; or stop."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        refuse("ledger: needs the extra `table`; install it with: pip install 'synodos[table]'")
    from synodos.web import start

    if "://" not in database and not Path(database).parent.is_dir():
        refuse(f"--database: there is no folder {str(Path(database).parent)!r}")
    os.umask(PRIVATE)
    try:
        start(database)
    except ValueError as error:
        refuse(f"--database: {error}")


def _bring_up_to_date(*, new: bool) -> None:
    """Make the tables that this release needs."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from synodos.web import make_tables

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    begun = "ledger_ledger" in connection.introspection.table_names()
    if not (new or begun):
        refuse("--database: it holds no ledger; begin one with `synodos ledger init`, or join one")
    say("Bringing the database up to this release ..." if begun else "Making the tables ...")
    make_tables()


@contextmanager
def told() -> Iterator[None]:
    """Stop with one line, or with all faults, where a ledger or its database refuses."""
    from django.db import DatabaseError

    from synodos.ledger import LedgerError

    try:
        yield
    except LedgerError as error:
        stop(error)
    except (DatabaseError, UnicodeDecodeError) as error:
        refuse(f"--database: {str(error).strip().splitlines()[0]}")


def stop(error: LedgerError) -> NoReturn:
    """Stop for what a ledger refuses."""
    if error.faults:
        print_faults(error.faults)
    else:
        say(str(error))
    raise typer.Exit(FAULTS if error.faults or error.code.startswith(DATA_AT_FAULT) else MISUSE)


def keys_folder(database: str, keys: Path | None) -> Path:
    """Return the folder of private keys."""
    from synodos.web import keys_beside

    return keys if keys is not None else Path(keys_beside(database))


def signer_of(author: str, folder: Path) -> Signer:
    """Return who signs; the passphrase of an encrypted key is asked for."""
    from synodos.ledger import is_encrypted, load_signer

    return load_signer(folder, author, passphrase_for(author) if is_encrypted(folder, author) else None)


def signers_in(folder: Path) -> dict[str, Signer]:
    """Return everybody who can sign with the keys in a folder."""
    from synodos.ledger import keys_in

    return {author: signer_of(author, folder) for author in keys_in(folder)}


def passphrase_for(author: str, *, new: bool = False) -> str:
    """Return a passphrase: from the environment, or asked for."""
    given = os.environ.get(PASSPHRASE)
    if given:
        return given
    if not sys.stdin.isatty():
        refuse(f"--keys: the key of {author} needs a passphrase; set {PASSPHRASE}, or run this at a terminal")
    words = f"Passphrase for the key of {author}"
    with asking():
        return str(typer.prompt(words, hide_input=True, confirmation_prompt=new, err=True))


def signing(entries: float) -> AbstractContextManager[Executor | None]:
    """Give processes that sign or check signatures, where there is enough of it to be worth their start."""
    return processes(worth=entries >= MANY)


def chain_from(text: str) -> ChainName:
    """Return a chain from its words, `AUTHOR/AUDIENCE`, such as esa/public or esa/jaxa,nasa; or stop."""
    from synodos.ledger import ChainName, audience_from

    author, slash, audience = text.partition("/")
    if not (author and slash and audience):
        refuse(f"CHAIN: expected AUTHOR/AUDIENCE, such as esa/public, esa/members or esa/jaxa,nasa; found {text!r}")
    parts = audience_from(audience)
    return ChainName(author, parts if isinstance(parts, str) else tuple(sorted(parts)))


def chain_text(chain: ChainName) -> str:
    """Return a chain as `chain_from` reads it."""
    from synodos.ledger import audience_text

    return f"{chain.author}/{audience_text(chain.audience)}"


def confirmed(warnings: list[str], *, yes: bool) -> bool:
    """Return whether somebody confirms that controlled records may be shared, or stop."""
    from synodos.ledger import CANNOT_BE_CALLED_BACK

    if not warnings:
        return False
    for warning in warnings:
        say(f"Warning: {warning}")
    say(CANNOT_BE_CALLED_BACK)
    if yes:
        return True
    if not sys.stdin.isatty():
        refuse("Nothing was shared. Add --yes if these records may be shared with them.")
    if not typer.confirm("Share them?", err=True):
        refuse("Nothing was shared.")
    return True
