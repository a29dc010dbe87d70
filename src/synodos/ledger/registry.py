"""Who may sign for whom: keys that the secretariat admits, authors replace, and the secretariat revokes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeGuard

from synodos.language import MEMBERS, PUBLIC
from synodos.ledger.entry import PRIVATE, Audience, ChainName, audience_json, canonical
from synodos.ledger.signing import Signer, verified

_KEY: Final = re.compile(r"[0-9a-f]{64}\Z")
Position = tuple[int, int]
"""Where a key stands in its author's order: how many keys the secretariat admitted before it, and how often that key
was replaced since."""
Keys = Mapping[str, Position]
"""Public keys of one author with their positions."""


class Link(Protocol):
    """What counting reads of an entry; `content` only of those about keys and forks."""

    @property
    def author(self) -> str:
        """Whose chain."""

    @property
    def audience(self) -> Audience:
        """For whom."""

    @property
    def number(self) -> int:
        """Place in the chain."""

    @property
    def hash(self) -> str:
        """Hash of the entry."""

    @property
    def previous(self) -> str:
        """Hash of the entry before it."""

    @property
    def key(self) -> str:
        """Public key that signed it."""

    @property
    def act(self) -> str:
        """What it does."""

    @property
    def content(self) -> Mapping[str, Any]:
        """What it says."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """Entries of one chain that were signed with a key and have a larger number do not count."""

    chain: ChainName
    key: str
    last_valid: int


def register_content(author: str, public_key: str) -> dict[str, Any]:
    """Return the content by which the secretariat admits a key."""
    return {"author": author, "public_key": public_key}


def rotate_content(author: str, old_key: str, new: Signer) -> dict[str, Any]:
    """Return the content by which an author replaces its key; the new key proves that its holder agrees."""
    return {"public_key": new.public_hex, "proof": new.sign(_proof_body(author, old_key, new.public_hex))}


def revoke_content(revocation: Revocation) -> dict[str, Any]:
    """Return the content by which the secretariat revokes a key in one chain."""
    chain = revocation.chain
    return {
        "author": chain.author,
        "audience": audience_json(chain.audience),
        "key": revocation.key,
        "last_valid": revocation.last_valid,
    }


def revocation_audience(chain: ChainName, secretariat: str) -> Audience:
    """Return for whom the secretariat revokes keys of a chain: together with itself, those who receive that chain."""
    if chain.audience in (PUBLIC, MEMBERS):
        return chain.audience
    named = set(chain.audience) if isinstance(chain.audience, tuple) else set()
    return tuple(sorted((named | {chain.author}) - {secretariat})) or PRIVATE


def admitted(links: Iterable[Link]) -> dict[str, tuple[str, ...]]:
    """Return the keys that the counted entries of the secretariat's public chain admit, by author, in their order."""
    keys: dict[str, tuple[str, ...]] = {}
    for link in links:
        author, key = link.content.get("author"), link.content.get("public_key")
        if link.act == "register" and isinstance(author, str) and is_key(key) and key not in keys.get(author, ()):
            keys[author] = (*keys.get(author, ()), key)
    return keys


def rotated(link: Link) -> str | None:
    """Return the key with which a `rotate` replaces the one that signed it; None if it proves nothing."""
    key, proof = link.content.get("public_key"), link.content.get("proof")
    if link.act != "rotate" or link.audience != PUBLIC or not is_key(key) or not isinstance(proof, str):
        return None
    return key if verified(key, _proof_body(link.author, link.key, key), proof) else None


def replaced_keys(registered: Sequence[str], rotations: Iterable[Link]) -> tuple[str, ...]:
    """Return an author's keys in their order, from those that were admitted and the replacements that count."""
    positions: dict[str, Position] = {key: (place, 0) for place, key in enumerate(registered)}
    for link in rotations:
        new = rotated(link)
        if new is not None and new not in positions:
            place, times = positions[link.key]
            positions[new] = (place, times + 1)
    return tuple(sorted(positions, key=positions.__getitem__))


def revocation(link: Link, secretariat: str) -> Revocation | None:
    """Return what a `revoke` of the secretariat revokes; None if it says nothing, or says it in the wrong chain."""
    said = link.content
    author, key, last = said.get("author"), said.get("key"), said.get("last_valid")
    audience = _audience(said.get("audience"))
    if link.act != "revoke" or not isinstance(author, str) or author == secretariat or audience is None:
        return None
    if not is_key(key) or type(last) is not int or last < 0:
        return None
    chain = ChainName(author, audience)
    right = link.author == secretariat and link.audience == revocation_audience(chain, secretariat)
    return Revocation(chain, key, last) if right else None


def is_key(value: object) -> TypeGuard[str]:
    """Return whether a value has the form of a public key."""
    return isinstance(value, str) and bool(_KEY.match(value))


def _proof_body(author: str, old_key: str, new_key: str) -> bytes:
    """Return what a new key signs to prove that its holder takes part in the replacement."""
    return canonical({"format": "synodos-rotation", "author": author, "from": old_key, "to": new_key})


def _audience(value: object) -> Audience | None:
    """Return the audience that JSON holds, or None."""
    if isinstance(value, str):
        return value if value in (PUBLIC, MEMBERS, PRIVATE) else None
    if isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value):
        return tuple(value)
    return None
