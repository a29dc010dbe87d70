"""A small council for the ledger's tests: a secretariat, two agencies, keys that never change, and their entries."""

import hashlib

from synodos.ledger.entry import ChainName, Entry
from synodos.ledger.registry import (
    Revocation,
    register_content,
    revocation_audience,
    revoke_content,
    rotate_content,
)
from synodos.ledger.signing import Signer, signed

SECRETARIAT = "isecg"
TODAY = "2026-11-23"


def signer(author, number=0):
    """The signer of an author with the key of this number, always the same."""
    return Signer(author, hashlib.sha256(f"{author} {number}".encode()).digest())


ANCHOR = signer(SECRETARIAT).public_hex


def may_read(viewer, chain, *, member):
    """Whether a viewer receives a chain, said as plainly as it can be; `member`: whether it takes part."""
    if chain.audience == "public" or viewer == chain.author:
        return True
    return member if chain.audience == "members" else chain.audience != "private" and viewer in chain.audience


class Council:
    """Entries of several authors; each goes on from any entry, as forks do."""

    def __init__(self):
        self.entries = []

    def last(self, author, audience="public"):
        """The entry that was made last in a chain, or None."""
        return next((one for one in reversed(self.entries) if one.chain == ChainName(author, audience)), None)

    def add(
        self,
        by,
        audience="public",
        *,
        act="declare",
        kind="mission",
        id="relay",
        content=None,
        after="last",
        sign=False,
    ):
        """Make the next entry of a chain; `after` is the entry that it follows, None at the start."""
        chain = ChainName(by.author, audience)
        before = self.last(*_pair(chain)) if after == "last" else after
        entry = Entry(
            by.author,
            audience,
            before.number + 1 if before else 1,
            act,
            kind,
            id,
            TODAY,
            content if content is not None else {"note": f"statement {len(self.entries)}"},
            before.hash if before else chain.start,
            by.public_hex,
        )
        self.entries.append(signed(entry, by) if sign else entry)
        return self.entries[-1]

    def register(self, author, key, by=None, **place):
        by = by or signer(SECRETARIAT)
        content = register_content(author, key.public_hex)
        return self.add(by, act="register", kind="key", id=author, content=content, **place)

    def rotate(self, old, new, **place):
        content = rotate_content(old.author, old.public_hex, new)
        return self.add(old, act="rotate", kind="key", id=old.author, content=content, **place)

    def revoke(self, chain, key, last_valid, by=None, audience=None, **place):
        content = revoke_content(Revocation(chain, key.public_hex, last_valid))
        audience = audience or revocation_audience(chain, SECRETARIAT)
        return self.add(
            by or signer(SECRETARIAT), audience, act="revoke", kind="key", id=chain.author, content=content, **place
        )

    def resolve(self, by, audience="public", *, abandoned, after):
        content = {"abandoned": [one.hash for one in abandoned]}
        return self.add(by, audience, act="resolve", kind="fork", id=by.author, content=content, after=after)


def _pair(chain):
    return chain.author, chain.audience


def founded(*authors):
    """A council whose secretariat registered its own key, and the first key of each author."""
    council = Council()
    council.register(SECRETARIAT, signer(SECRETARIAT))
    for author in authors:
        council.register(author, signer(author))
    return council
