"""Bodies that somebody else wrote, or that lay on a disk: an entry if they are one in every field, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NoReturn, get_args

from pydantic_core import from_json

from synodos.language import ID_PATTERN, MEMBERS, PUBLIC, WITHHELD, DateRange, shown
from synodos.ledger.entry import (
    FORK,
    FORMAT,
    HEADER,
    KEY,
    MOST_NUMBER,
    PRIVATE,
    SOURCE,
    VERSION,
    Act,
    Entry,
    canonical,
)
from synodos.ledger.refusing import LedgerError

FIELDS: Final = (
    *("format", "version", "author", "audience", "number", "act", "kind", "id", "as_of", "content"),
    *("previous", "key"),
)
MOST_ID: Final = 120
"""Characters of an id."""
MOST_AUDIENCE: Final = 2_000
"""Characters of all ids of an audience; a server indexes no longer texts."""
ACTS: Final[tuple[str, ...]] = get_args(Act)
_STATING: Final = ("declare", "revise")
_ACTS_ON: Final = {
    KEY: ("register", "rotate", "revoke"),
    FORK: ("resolve",),
    SOURCE: _STATING,
    HEADER: _STATING,
}
"""By kind what an entry may do about it; about records it may also retract."""
_ID: Final = re.compile(rf"{ID_PATTERN[:-1]}\Z")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\Z")
_HEX: Final = re.compile(r"[0-9a-f]{64}\Z")
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}\Z")
_WORDS: Final = (PUBLIC, MEMBERS, PRIVATE)


def received_entry(body: bytes, signature: str) -> Entry:
    """Return the entry of a signed body whose form is right; whether the signature holds is not asked here.

    Raises
    ------
    LedgerError
        `entry.form` if the body is not the canonical JSON of an entry; `entry.field` if a field does not fit.
    """
    said = _parsed(body)
    for name, fits, expected in _FORM:
        if not fits(said[name]):
            _misfit(name, said[name], expected)
    _check_act(said)
    audience = said["audience"]
    if not is_audience(audience, said["author"]):
        _misfit("audience", audience, "agencies other than the author, each once, in the order of the alphabet")
    if not _SIGNATURE.match(signature):
        _misfit("signature", signature, "128 digits 0-9 a-f")
    fields = {name: said[name] for name in FIELDS[2:]}
    fields["audience"] = tuple(audience) if isinstance(audience, list) else audience
    entry = Entry(**fields, signature=signature)
    entry.__dict__["body"] = body  # what was signed, to the byte
    return entry


def _parsed(body: bytes) -> dict[str, Any]:
    """Return what a body says, if it is canonical JSON with the fields of an entry."""
    try:
        said = from_json(body, allow_inf_nan=False)  # the reader of stored entries: what it cannot read is not stored
    except ValueError as error:
        _misform(f"the entry is no JSON: {shown(str(error))}")
    if not isinstance(said, dict):
        _misform(f"found {shown(said)}, expected an entry")
    if said.keys() != set(FIELDS):
        odd = ", ".join(shown(name) for name in sorted(said.keys() ^ set(FIELDS)))
        _misform(f"fields are missing or too many: {odd}; expected {', '.join(FIELDS)}")
    try:
        same = canonical(said) == body
    except (ValueError, RecursionError) as error:
        _misform(f"the entry cannot stand in canonical JSON: {shown(str(error))}")
    if not same:
        _misform("the entry is not canonical JSON (RFC 8785), so its hash would not be the one that was signed")
    return said


def _check_act(said: dict[str, Any]) -> None:
    """Refuse what cannot be done about a kind."""
    acts = _ACTS_ON.get(said["kind"], (*_STATING, "retract"))
    if said["act"] not in acts:
        _misfit("act", said["act"], f"one of {', '.join(acts)} for the kind {said['kind']}")


def _misform(message: str) -> NoReturn:
    """Refuse a body."""
    raise LedgerError("entry.form", message)


def _misfit(field: str, found: object, expected: str) -> NoReturn:
    """Refuse the value of a field."""
    raise LedgerError("entry.field", f"found {shown(found)}, expected {expected}", field)


def _is_id(value: object) -> bool:
    """Return whether a value is an id."""
    return isinstance(value, str) and len(value) <= MOST_ID and bool(_ID.match(value))


def is_somebody(value: object) -> bool:
    """Return whether a value is the id of an author or a reader, and no word that says who may see."""
    return _is_id(value) and value not in (*_WORDS, WITHHELD)


def is_audience(value: object, author: str) -> bool:
    """Return whether a value is an audience that an author can have: a word, or others, each once and in order."""
    if isinstance(value, list) and (author in value or value != sorted(set(value))):
        return False
    return _is_audience(value)


def _is_audience(value: object) -> bool:
    """Return whether a value is a word for an audience, or a list of agencies."""
    if isinstance(value, list):
        return bool(value) and all(map(is_somebody, value)) and len(",".join(value)) <= MOST_AUDIENCE
    return isinstance(value, str) and value in _WORDS


def _is_number(value: object) -> bool:
    """Return whether a value is a place in a chain."""
    return type(value) is int and 1 <= value <= MOST_NUMBER


def _is_date(value: object) -> bool:
    """Return whether a value is the date of a statement."""
    if not isinstance(value, str):
        return False
    try:
        date = DateRange(value)
    except ValueError:
        return False
    return not (date.opens_early or date.stays_open)


def _is_hex(value: object) -> bool:
    """Return whether a value is a hash or a key."""
    return isinstance(value, str) and bool(_HEX.match(value))


_FORM: Final[tuple[tuple[str, Callable[[object], bool], str], ...]] = (
    ("format", lambda value: value == FORMAT, repr(FORMAT)),
    ("version", lambda value: type(value) is int and value == VERSION, f"{VERSION}; a later one needs a later Synodos"),
    ("author", is_somebody, "the id of an agency"),
    ("audience", _is_audience, "public, members, private or a list of agencies"),
    ("number", _is_number, "a whole number from 1"),
    ("act", lambda value: isinstance(value, str) and value in ACTS, f"one of {', '.join(ACTS)}"),
    ("kind", _is_id, "a kind of record, source, header, key or fork"),
    ("id", lambda value: isinstance(value, str) and len(value) <= MOST_ID and bool(_NAME.match(value)), "an id"),
    ("as_of", _is_date, "a date such as 2011, 2011-04 or 2011-04-20"),
    ("content", lambda value: isinstance(value, dict), "what is stated, by field"),
    ("previous", _is_hex, "a hash of 64 digits 0-9 a-f"),
    ("key", _is_hex, "a public key of 64 digits 0-9 a-f"),
)
"""What each field of an entry has to be, and how that is said."""
