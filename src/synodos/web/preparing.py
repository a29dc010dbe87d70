"""What a database needs before pages can be served from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.core.management import call_command
from django.db import transaction

from synodos.language import History
from synodos.ledger import found_ledger, import_history, load_signers, new_signer, save_signer
from synodos.web.shared import forget_shared

SECRETARIAT: Final = "secretariat"
"""Id under which the secretariat of a table that is begun here keeps the registry of keys."""


def make_tables() -> None:
    """Make the tables that this release needs."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    forget_shared()


def forget_ended_sessions() -> None:
    """Erase what is kept of sessions that have ended."""
    call_command("clearsessions", verbosity=0)


def begin_ledger(history: History, keys: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Begin a ledger with all that a history says, and return the number of its entries.

    Parameters
    ----------
    history : History
        What a folder holds.
    keys : pathlib.Path
        Folder for the keys of the secretariat and of everybody who states a record, made if they are not there.
    progress : callable, optional
        Told how many of how many statements are stored.

    Raises
    ------
    LedgerError
        As `found_ledger` and `import_history`: `release.unconfirmed` where records carry an export classification.
    """
    signers = load_signers(keys)
    for author in sorted({SECRETARIAT, *(record.stated_by for record in history.statements)} - signers.keys()):
        signers[author] = new_signer(author)
        save_signer(signers[author], keys)
    with transaction.atomic():  # a ledger with half of it would not be begun again
        found_ledger(signers[SECRETARIAT])
        return import_history(history, signers=signers, progress=progress).entries


def first_invitation() -> str | None:
    """Return the token of an invitation for the secretariat, as long as nobody keeps the table; otherwise None."""
    from synodos.web.accounts.inviting import invite
    from synodos.web.accounts.models import Person
    from synodos.web.accounts.roles import Role

    if Person.objects.filter(role=Role.SECRETARIAT, is_active=True).exists():
        return None
    return invite("", Role.SECRETARIAT)
