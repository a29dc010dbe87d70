"""An entry: one signed statement in a chain that only its author extends."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final, Literal

from synodos.language import MEMBERS, PUBLIC, DateRange, Record

FORMAT: Final = "synodos-entry"
VERSION: Final = 1
PRIVATE: Final = "private"
Act = Literal["declare", "revise", "retract", "resolve", "register", "rotate", "revoke"]
"""What an entry does: the first three state a record, `resolve` settles a fork, the others are about keys."""
Audience = str | tuple[str, ...]
"""Who receives a chain: `public`, `members`, `private` (the author alone), or agencies by id, sorted."""
SOURCE: Final = "source"
HEADER: Final = "header"
KEY: Final = "key"
FORK: Final = "fork"
"""Kinds of entries that state no record: a source, what the portfolio is, a key, which branch of a fork is kept."""
MOST_NUMBER: Final = 2**53 - 1
"""Largest whole number that canonical JSON holds exactly."""
LEAST_PLAIN: Final = 1e-4
"""From here on Python writes a number without an exponent, as the standard does."""
LEAST_WITH_EXPONENT: Final = 10**21
"""From here on the standard writes whole numbers with an exponent."""
_PLAIN: Final = frozenset((str, bool, type(None)))
_ENCODER: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False, allow_nan=False
)


@dataclass(frozen=True, slots=True)
class ChainName:
    """Which chain: all that one author states to one audience."""

    author: str
    audience: Audience

    @property
    def start(self) -> str:
        """Hash that stands before the first entry."""
        return _start(self.author, self.audience)


@dataclass(frozen=True)
class Entry:
    """One signed statement.

    Attributes
    ----------
    author, audience : str, Audience
        The chain in which it stands.
    number : int
        Its place in the chain, from 1.
    act : Act
        What it does.
    kind, id : str
        What it is about: a record, a source, the header, a key.
    as_of : str
        Date of the statement, as precise as it was given.
    content : mapping
        The statement itself as JSON holds it.
    previous : str
        Hash of the entry before it in its chain; `ChainName.start` before the first.
    key : str
        Public key that signed it, in hexadecimal.
    signature : str
        Ed25519 signature over the canonical body, in hexadecimal.
    """

    author: str
    audience: Audience
    number: int
    act: Act
    kind: str
    id: str
    as_of: str
    content: Mapping[str, Any]
    previous: str
    key: str
    signature: str = ""

    @property
    def chain(self) -> ChainName:
        """The chain in which it stands."""
        return ChainName(self.author, self.audience)

    @cached_property
    def body(self) -> bytes:
        """What is signed: everything but the signature, as canonical JSON (RFC 8785)."""
        return canonical(
            {
                "format": FORMAT,
                "version": VERSION,
                "author": self.author,
                "audience": audience_json(self.audience),
                "number": self.number,
                "act": self.act,
                "kind": self.kind,
                "id": self.id,
                "as_of": self.as_of,
                "content": dict(self.content),
                "previous": self.previous,
                "key": self.key,
            }
        )

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the body, in hexadecimal; entries are told apart by it."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def known_from(self) -> dt.date:
        """Day from which the statement counts as known: the last day of its date."""
        return DateRange(self.as_of).latest


def audience_of(record: Record) -> Audience:
    """Return the audience of the chain in which a record is stated: who may see it beside its author.

    A compiler's record is seen by its owner too, so what it keeps private is for the owner. An owner who is no member
    does not receive what is told the members, so a compiler may not tell them that.
    """
    if isinstance(record.release, str) and record.release != PRIVATE:
        return record.release
    named = {record.owner, *(record.release if isinstance(record.release, tuple) else ())} - {record.stated_by}
    return tuple(sorted(named)) or PRIVATE


def audience_json(audience: Audience) -> str | list[str]:
    """Return an audience as JSON holds it."""
    return audience if isinstance(audience, str) else list(audience)


def audience_text(audience: Audience) -> str:
    """Return an audience as one word: agencies' ids are joined by commas."""
    return audience if isinstance(audience, str) else ",".join(audience)


def audience_from(text: str) -> Audience:
    """Return the audience that `audience_text` gave."""
    return text if text in (PUBLIC, MEMBERS, PRIVATE) else tuple(text.split(","))


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return a mapping as canonical JSON (RFC 8785): equal content, equal bytes.

    Raises
    ------
    ValueError
        If it holds what JSON cannot hold exactly, such as a whole number beyond 2**53 - 1 or half a character.
    """
    plain: Any = value if _is_plain(value) else _as_read(value)
    if plain is value or _is_plain(plain):  # Python's own writer gives the same bytes, and takes a fifth of the time
        return _ENCODER.encode(plain).encode()
    import rfc8785

    return rfc8785.dumps(plain)


def digest(value: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a mapping's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


@lru_cache(maxsize=4_096)
def _start(author: str, audience: Audience) -> str:
    """Return the hash that stands before the first entry of a chain."""
    return digest({"format": "synodos-chain", "author": author, "audience": audience_json(audience)})


def _is_plain(value: object) -> bool:
    """Return whether Python writes a value as the standard does: its numbers, and the order of its names."""
    form = type(value)
    if form in _PLAIN:
        return True
    if form is int:
        return -MOST_NUMBER <= value <= MOST_NUMBER  # type: ignore[operator]
    if form is float:
        number: float = value  # type: ignore[assignment]
        return LEAST_PLAIN <= abs(number) <= MOST_NUMBER and not number.is_integer()
    inner: Any = value
    if form is dict:
        if not "".join(inner).isascii():
            return False
        inner = inner.values()
    elif form is not list and form is not tuple:
        return False
    return all(type(one) in _PLAIN or _is_plain(one) for one in inner)


def _as_read(value: object) -> object:
    """Return a value as it comes back from JSON: 4.0 as 4, and a number beyond the whole ones as a double."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= MOST_NUMBER:
        return int(value)
    if type(value) is int and MOST_NUMBER < abs(value) < LEAST_WITH_EXPONENT:
        import rfc8785

        return float(value) if rfc8785.dumps(float(value)) == str(value).encode() else value
    if isinstance(value, Mapping):
        return {name: _as_read(inner) for name, inner in value.items()}
    return [_as_read(inner) for inner in value] if isinstance(value, list | tuple) else value
