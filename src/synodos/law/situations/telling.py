"""Facts from records: each names the records that say it, and whether it rests on general knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from synodos.language import DateRange, Record
from synodos.law.types import Fact

Saying = tuple[str, str, tuple[str, ...]]
"""A field of a record, with the predicate and the arguments of the fact that it says."""


def key(record: Record) -> str:
    """Return a record as evidence names it."""
    return f"{record.kind}:{record.id}"


def is_unverified(record: Record, *names: str) -> bool:
    """Return whether a record, or one of these fields of it, rests on general knowledge."""
    if record.confidence == "unverified":
        return True
    return any(name in record.unverified_fields for name in names) if record.unverified_fields else False


def told_by(record: Record, field: str, predicate: str, *arguments: str, also: tuple[Record, ...] = ()) -> Fact:
    """Return a fact that a field of a record says, together with what other records say."""
    unverified = record.confidence == "unverified" or field in record.unverified_fields
    if not also:  # by far the most frequent case
        return Fact(predicate, arguments, (f"{record.kind}:{record.id}",), unverified)
    unverified = unverified or any(is_unverified(other) for other in also)
    return Fact(predicate, arguments, (key(record), *map(key, also)), unverified)


def dated(record: Record, *fields: str) -> tuple[Fact, ...]:
    """Return the fact that the days of an activity rest on general knowledge, if they do."""
    return (Fact("dated", (), (key(record),), unverified=True),) if is_unverified(record, *fields) else ()


def told_all(record: Record, sayings: Iterable[Saying]) -> list[Fact]:
    """Return the facts that fields of one record say."""
    records = (key(record),)
    if record.confidence != "unverified" and not record.unverified_fields:
        return [Fact(predicate, arguments, records) for _, predicate, arguments in sayings]
    return [
        Fact(predicate, arguments, records, is_unverified(record, field)) for field, predicate, arguments in sayings
    ]


@lru_cache(maxsize=65_536)
def stretch(first: DateRange, last: DateRange | None) -> DateRange:
    """Return the time from the first day of `first` to the last day of `last`; open without one."""
    start = "" if first.opens_early else first.earliest.isoformat()
    if last is None or last.stays_open or last.latest < first.earliest:
        return DateRange(f"{start}..") if start else first
    return DateRange(f"{start}..{last.latest.isoformat()}")


def merged(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return each fact once; of equal facts the first that does not rest on general knowledge, else the first."""
    found: dict[tuple[str, tuple[str, ...]], Fact] = {}
    for fact in facts:
        place = (fact.predicate, fact.arguments)
        if place not in found or (found[place].unverified and not fact.unverified):
            found[place] = fact
    return tuple(found.values())
