"""A ledger begins: who keeps the registry of keys, and with which key trust begins."""

from __future__ import annotations

import datetime as dt

from synodos.language import PUBLIC, Header
from synodos.ledger.chaining import Author, cited_by_header
from synodos.ledger.entry import HEADER, KEY, Entry
from synodos.ledger.models import Ledger
from synodos.ledger.refusing import LedgerError
from synodos.ledger.registry import register_content
from synodos.ledger.signing import Signer, signed
from synodos.ledger.statements import header_content
from synodos.ledger.storing import append_own, head, writing


def found_ledger(signer: Signer, *, header: Header | None = None) -> tuple[Entry, ...]:
    """Begin a ledger, and return its first entries: the secretariat registers its own key, and states the header.

    Parameters
    ----------
    signer : Signer
        The secretariat; its key becomes the anchor of trust.
    header : Header, optional
        What the portfolio is; it may be stated later too.

    Raises
    ------
    LedgerError
        `ledger.founded` if there is a ledger in this database already.
    """
    today = today_text()
    with writing():
        begin(signer.author, signer.public_hex)
        author = Author(signer.author, signer.public_hex, head)
        content = register_content(signer.author, signer.public_hex)
        entries = [author.entry(PUBLIC, "register", (KEY, signer.author), today, content)]
        if header is not None:
            entries += stating_header(author, header)
        return append_own([signed(entry, signer) for entry in entries])


def begin(secretariat: str, anchor: str) -> None:
    """Pin the secretariat and the key with which trust begins, in a database that holds no ledger.

    Raises
    ------
    LedgerError
        `ledger.founded` if it holds one.
    """
    if Ledger.objects.exists():
        raise LedgerError("ledger.founded", "there is a ledger in this database already")
    Ledger.objects.create(secretariat=secretariat, anchor=anchor, created_at=dt.datetime.now(tz=dt.UTC))


def is_founded() -> bool:
    """Return whether the database holds a ledger."""
    return Ledger.objects.exists()


def the_ledger() -> Ledger:
    """Return what the ledger is.

    Raises
    ------
    LedgerError
        `ledger.missing` if the database holds none.
    """
    ledger = Ledger.objects.first()
    if ledger is None:
        raise LedgerError("ledger.missing", "there is no ledger in this database; `synodos ledger init` begins one")
    return ledger


def stating_header(author: Author, header: Header) -> list[Entry]:
    """Return the entries by which the secretariat states what the portfolio is, with the sources of its rates."""
    entries = list(author.stating_sources(PUBLIC, cited_by_header(header), header.known_on, header.sources))
    about = (HEADER, header.id)
    return [*entries, author.entry(PUBLIC, "declare", about, header.known_on.text, header_content(header))]


def today_text() -> str:
    """Return the date of a statement made now."""
    return dt.datetime.now(tz=dt.UTC).date().isoformat()
