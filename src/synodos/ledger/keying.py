"""Keys in the ledger: admitted, replaced, revoked; and who may sign now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from synodos.language import PUBLIC
from synodos.ledger.chaining import Author
from synodos.ledger.counting import Count, count
from synodos.ledger.entry import FORK, KEY, Act, Audience, ChainName, Entry, audience_json, audience_text
from synodos.ledger.founding import the_ledger, today_text
from synodos.ledger.models import Chain, StoredEntry
from synodos.ledger.received import is_audience, is_somebody
from synodos.ledger.refusing import LedgerError
from synodos.ledger.registry import (
    Revocation,
    admitted,
    is_key,
    register_content,
    replaced_keys,
    revocation_audience,
    revoke_content,
    rotate_content,
)
from synodos.ledger.signing import (
    Signer,
    key_file,
    load_signer,
    new_signer,
    promote_upcoming,
    save_signer,
    shown_key,
    signed,
)
from synodos.ledger.storing import append_own, entries_of, entry_of, head, writing
from synodos.ledger.walking import Branch, Head


def register_key(author: str, public_key: str, *, secretariat: Signer) -> tuple[Entry, ...]:
    """Admit the key of an author, and return the entry that does so; none where it is admitted already.

    Raises
    ------
    LedgerError
        `key.form` if it is no public key; `key.author` if the author is no id; `key.not-secretariat` if another signs.
    """
    if not is_key(public_key):
        raise LedgerError("key.form", f"{public_key[:80]!r} is no public key; expected 64 digits 0-9 a-f")
    with writing():
        _require_secretariat(secretariat)
        if author == secretariat.author:
            raise LedgerError("key.secretariat", "the secretariat's key is replaced by rotation, not by registration")
        if not is_somebody(author):
            raise LedgerError(
                "key.author", f"{author[:80]!r} is no id; expected lower case letters, digits and hyphens"
            )
        if public_key in keys_in_force(author):
            return ()
        return _append(secretariat, PUBLIC, "register", (KEY, author), register_content(author, public_key))


def rotate_key(signer: Signer, new: Signer) -> tuple[Entry, ...]:
    """Replace the key of an author by a new one, and return the entry that does so.

    Parameters
    ----------
    signer : Signer
        The author with the key in force.
    new : Signer
        The author with the new key, which is kept safe already.

    Raises
    ------
    LedgerError
        `key.unregistered` if the old key is not in force; `key.author` if the new one is somebody else's.
    """
    if new.author != signer.author:
        raise LedgerError("key.author", f"a key of {new.author} cannot replace one of {signer.author}")
    with writing():
        require_in_force(signer)
        if new.public_hex in keys_in_force(signer.author):
            raise LedgerError("key.used", "this key was in force before; make a new one")
        content = rotate_content(signer.author, signer.public_hex, new)
        return _append(signer, PUBLIC, "rotate", (KEY, signer.author), content)


def rotate_key_in(folder: Path, author: str, passphrase: str | None = None) -> Signer:
    """Replace the key of an author in a folder of keys, and return the new one.

    The new key lies beside the old one before the ledger knows of it, and takes its place afterwards; a rotation that
    was interrupted is completed by asking again.
    """
    old = load_signer(folder, author, passphrase)
    if key_file(folder, author, upcoming=True).exists():
        new = load_signer(folder, author, passphrase, upcoming=True)
    else:
        new = new_signer(author)
        save_signer(new, folder, passphrase, upcoming=True)
    if keys_in_force(author)[-1:] != (new.public_hex,):
        rotate_key(old, new)
    promote_upcoming(folder, author)
    return new


def revoke_key(chain: ChainName, key: str, last_valid: int, *, secretariat: Signer) -> tuple[Entry, ...]:
    """Revoke a key in one chain, and return the entry that does so: later entries signed with it do not count.

    Parameters
    ----------
    chain : ChainName
        Where.
    key : str
        Public key.
    last_valid : int
        Number of the last entry of the chain that it signed rightly; 0 if there is none.
    secretariat : Signer
        Who revokes, towards those who receive the chain.

    Raises
    ------
    LedgerError
        `key.secretariat` for the secretariat's own key, which can only be rotated; `chain.audience` if there can be no
        such chain; `key.unknown` if the key never was in force; `key.not-secretariat` if another signs.
    """
    with writing():
        _require_secretariat(secretariat)
        if chain.author == secretariat.author:
            raise LedgerError("key.secretariat", "the secretariat's own key is replaced by rotation, not revoked")
        if not is_audience(audience_json(chain.audience), chain.author):
            message = "only others than its author receive a chain, each named once, in the order of the alphabet"
            raise LedgerError("chain.audience", message, _place(chain))
        if key not in count_of(chain.author).keys.get(chain.author, ()):
            raise LedgerError("key.unknown", f"{shown_key(key)} never was a key of {chain.author}")
        content = revoke_content(Revocation(chain, key, last_valid))
        audience = revocation_audience(chain, secretariat.author)
        return _append(secretariat, audience, "revoke", (KEY, chain.author), content)


def resolve(chain: ChainName, keep: str, *, signer: Signer) -> tuple[Entry, ...]:
    """Settle a fork, and return the entry that does so: the branch with the entry `keep` counts, the others do not.

    Raises
    ------
    LedgerError
        `fork.none` if the chain does not stand at a fork; `fork.branch` if no branch holds such an entry.
    """
    with writing():
        if signer.author != chain.author:
            raise LedgerError("fork.author", f"only {chain.author} settles a fork in its chain, not {signer.author}")
        require_in_force(signer)
        branches = forks_of(chain)
        if not branches:
            raise LedgerError("fork.none", "the chain does not stand at a fork", _place(chain))
        before = {entry.hash: entry.previous for entry in entries_of(chain)}
        branch = next((one for one in branches if keep in _up(one.tip.hash, before)), None)
        if branch is None:
            tips = ", ".join(one.tip.hash[:12] for one in branches)
            raise LedgerError("fork.branch", f"no branch holds {keep[:12]!r}; they end in {tips}", _place(chain))
        author = Author(signer.author, signer.public_hex, lambda _: branch.tip)
        about = (FORK, chain.author)
        entry = author.entry(chain.audience, "resolve", about, today_text(), {"abandoned": list(branch.abandons)})
        return append_own([signed(entry, signer)])


def forks_of(chain: ChainName) -> tuple[Branch, ...]:
    """Return the ways in which a chain could go on, if it stands still at a fork."""
    found = Chain.objects.filter(author=chain.author, audience=audience_text(chain.audience)).first()
    return () if found is None or found.plain else count_of(chain.author).forks.get(chain, ())


def count_of(author: str) -> Count:
    """Return what counts of an author's chains, and of those on which that rests."""
    ledger = the_ledger()
    rows = StoredEntry.whole_ledger.filter(chain__author__in={author, ledger.secretariat}).iterator(2_000)
    return count(map(entry_of, rows), secretariat=ledger.secretariat, anchor=ledger.anchor)


def keys_in_force(author: str) -> tuple[str, ...]:
    """Return the public keys that were ever in force for an author, in their order; the last one is in force now."""
    ledger = the_ledger()
    rows = StoredEntry.whole_ledger.filter(uncounted__isnull=True, kind=KEY, act__in=("register", "rotate"))
    ours = rows.filter(chain__author__in={author, ledger.secretariat}, chain__audience=PUBLIC).order_by("number")
    links = [entry_of(row) for row in ours]
    if author == ledger.secretariat:
        return replaced_keys((ledger.anchor,), links)
    registered = admitted(link for link in links if link.author == ledger.secretariat)
    return replaced_keys(registered.get(author, ()), [link for link in links if link.author == author])


def require_in_force(signer: Signer) -> None:
    """Refuse a key that is not the one in force.

    Raises
    ------
    LedgerError
        `key.unregistered` or `key.replaced`.
    """
    keys = keys_in_force(signer.author)
    if signer.public_hex not in keys:
        message = (
            f"the secretariat has not registered this key of {signer.author}, {shown_key(signer.public_hex)}; "
            "ask for it, and give the key as it stands here"
        )
        raise LedgerError("key.unregistered", message)
    if signer.public_hex != keys[-1]:
        message = f"this key of {signer.author} was replaced by {shown_key(keys[-1])}; sign with that one"
        raise LedgerError("key.replaced", message)


def _append(
    signer: Signer, audience: Audience, act: Act, about: tuple[str, str], content: Mapping[str, Any]
) -> tuple[Entry, ...]:
    """Sign and store one entry of today."""
    author = Author(signer.author, signer.public_hex, going_on)
    return append_own([signed(author.entry(audience, act, about, today_text(), content), signer)])


def going_on(chain: ChainName) -> Head:
    """Return where a chain goes on.

    Raises
    ------
    LedgerError
        `fork.open` if it stands still at a fork.
    """
    if forks_of(chain):
        message = "two different entries have one number; settle which branch stays, then go on"
        raise LedgerError("fork.open", message, _place(chain))
    return head(chain)


def _require_secretariat(signer: Signer) -> None:
    """Refuse anybody but the secretariat with the key in force."""
    secretariat = the_ledger().secretariat
    if signer.author != secretariat:
        raise LedgerError("key.not-secretariat", f"only the secretariat, {secretariat}, does this; not {signer.author}")
    require_in_force(signer)


def _up(tip: str, before: Mapping[str, str]) -> Iterator[str]:
    """Yield the hashes of an entry and of all before it."""
    at = tip
    while at in before:
        yield at
        at = before[at]


def _place(chain: ChainName) -> str:
    """Return how messages name a chain."""
    return f"chain of {chain.author} to {audience_text(chain.audience)}"
