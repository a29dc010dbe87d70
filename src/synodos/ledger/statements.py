"""What an entry states: a record, a source or the header, and the way back to JSON."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from synodos.language import KIND_BY_NAME, Header, Record, Source, of_validation
from synodos.ledger.entry import HEADER, SOURCE, Entry, audience_json, audience_of, audience_text
from synodos.ledger.refusing import LedgerError

M = TypeVar("M", bound=BaseModel)


def content_of(record: Record) -> dict[str, Any]:
    """Return a record as the content of an entry: its fields as JSON, without those that are the rule."""
    return record.model_dump(mode="json", exclude_defaults=True)


def source_content(source: Source) -> dict[str, Any]:
    """Return a source as the content of an entry."""
    return source.model_dump(mode="json", exclude_defaults=True)


def header_content(header: Header) -> dict[str, Any]:
    """Return a header as the content of an entry; its sources are entries of their own."""
    return header.model_dump(mode="json", exclude_defaults=True, exclude={"sources"})


def stated(entry: Entry) -> Record | Source | Header:
    """Return what an entry states.

    Raises
    ------
    LedgerError
        `entry.kind` if it is about a key or a fork, or a kind that this release does not know; `entry.content` if the
        content does not fit its kind or contradicts the entry round it.
    """
    if entry.kind == SOURCE:
        return _built(Source, entry)
    if entry.kind == HEADER:
        header = _built(Header, entry)
        _agree(entry, "id", header.id, entry.id)
        return header
    return record_of(entry)


def record_of(entry: Entry) -> Record:
    """Return the record that an entry states; errors as in `stated`."""
    kind = KIND_BY_NAME.get(entry.kind)
    if kind is None:
        raise LedgerError("entry.kind", f"{entry.kind!r} is no kind of record that this release knows", place(entry))
    record = _built(kind, entry)
    _agree(entry, "id", record.id, entry.id)
    _agree(entry, "stated_by", record.stated_by, entry.author)
    _agree(entry, "as_of", record.as_of.text, entry.as_of)
    _agree(entry, "release", str(audience_json(audience_of(record))), str(audience_json(entry.audience)))
    _agree(entry, "retracted", str(record.retracted), str(entry.act == "retract"))
    return record


def place(entry: Entry) -> str:
    """Return how messages name an entry."""
    return f"entry {entry.number} of {entry.author} to {audience_text(entry.audience)} ({entry.kind} {entry.id})"


def _built(model: type[M], entry: Entry) -> M:
    """Return the content of an entry as what it is said to be."""
    try:
        return model.model_validate(entry.content)
    except ValidationError as error:
        name = f"{entry.kind} {entry.id}"
        first = next(of_validation(error, name, tuple(model.model_fields)))
        message = f"the content does not fit: {first.field or name}: found {first.found}, expected {first.expected}"
        raise LedgerError("entry.content", message, place(entry)) from None


def _agree(entry: Entry, field: str, found: str, expected: str) -> None:
    """Refuse content that says something else than the entry round it."""
    if found != expected:
        message = f"the content contradicts the entry: {field} is {found!r}, the entry says {expected!r}"
        raise LedgerError("entry.content", message, place(entry))
