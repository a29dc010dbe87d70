"""Finding records: by words, kind, owner, status and release, in an order, a page at a time."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from synodos.language import KIND_BY_NAME, Portfolio, Record
from synodos.web.records.relating import Kept
from synodos.web.records.wording import party_name, title_of

MOST_QUERY: Final = 200
"""Characters of a search that are looked at."""
SHARED: Final = "named agencies"
"""Release of records that are for named agencies."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for."""

    words: str = ""
    kind: str = ""
    owner: str = ""
    status: str = ""
    release: str = ""
    sort: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        """Return what an address asks for; an order that is not known is none."""
        sort = given.get("sort", "")
        return cls(
            given.get("q", "").strip()[:MOST_QUERY],
            *(given.get(name, "") for name in ("kind", "owner", "status", "release")),
            sort=sort if sort.removeprefix("-") in ORDERS else "",
        )


@dataclass(frozen=True, slots=True)
class _Listed:
    """A record with the text in which words are looked for."""

    record: Record
    text: str


def folded(text: str) -> str:
    """Return text as it is compared: without case and accents."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in split if not unicodedata.combining(character))


def status_of(record: Record) -> str:
    """Return where a record stands, in whatever field its kind says so."""
    return str(
        getattr(record, "status", None) or getattr(record, "standing", None) or getattr(record, "level", None) or ""
    )


def release_of(record: Record) -> str:
    """Return who may see a record, in a word or two."""
    return record.release if isinstance(record.release, str) else SHARED


ORDERS: Final[Mapping[str, Callable[[Record], str]]] = {
    "kind": lambda record: record.kind,
    "name": lambda record: folded(title_of(record)),
    "owner": lambda record: record.owner,
    "status": status_of,
    "release": release_of,
    "as_of": lambda record: record.as_of.latest.isoformat(),
}


def found(portfolio: Portfolio, asked: Asked) -> list[Record]:
    """Return the records of a portfolio that fit, in the order asked for; by default by kind and id."""
    words = folded(asked.words).split()
    chosen = [
        listed.record
        for listed in _texts(portfolio)
        if _fits(listed.record, asked) and all(word in listed.text for word in words)
    ]
    if asked.sort:
        chosen.sort(key=ORDERS[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    elif words:
        chosen.sort(key=lambda record: _rank(record, words))
    return chosen


def choices(portfolio: Portfolio) -> dict[str, list[tuple[str, str]]]:
    """Return for each filter the values that any visible record has, with how many."""
    return _choices(portfolio)


def _fits(record: Record, asked: Asked) -> bool:
    """Return whether a record passes the filters."""
    return (
        asked.kind in ("", record.kind)
        and asked.owner in ("", record.owner)
        and asked.status in ("", status_of(record))
        and asked.release in ("", release_of(record))
    )


def _rank(record: Record, words: Sequence[str]) -> tuple[int, str, str]:
    """Return what sorts first the records whose id or name holds the words."""
    named = folded(f"{record.id} {title_of(record)}")
    return -sum(word in named for word in words), record.kind, record.id


def _gather(value: Any, told: list[str]) -> None:
    """Add every text in a value to those that are told; a hundred thousand records are read in seconds."""
    kind = type(value)
    if kind is str:
        told.append(value)
    elif kind is tuple:
        for one in value:
            _gather(one, told)
    elif isinstance(value, BaseModel):
        for one in value.__dict__.values():
            if one is not None and one != ():
                _gather(one, told)


def _text(record: Record) -> str:
    """Return the text in which words are looked for."""
    told = [record.kind]
    _gather(record, told)
    return folded(" ".join(told))


def _of_portfolio(portfolio: Portfolio) -> list[_Listed]:
    """Return all records of a portfolio, by kind and id, each with its text."""
    order = {kind: place for place, kind in enumerate(KIND_BY_NAME)}
    records = sorted(portfolio, key=lambda record: (order[record.kind], record.id))
    return [_Listed(record, _text(record)) for record in records]


def _count(portfolio: Portfolio) -> dict[str, list[tuple[str, str]]]:
    """Return the values of each filter with their counts."""
    every = list(portfolio)
    counts = {
        "kind": Counter(record.kind for record in every),
        "owner": Counter(record.owner for record in every),
        "status": Counter(filter(None, map(status_of, every))),
        "release": Counter(map(release_of, every)),
    }
    return {
        name: sorted(
            (value, f"{party_name(value, portfolio) if name == 'owner' else value} ({number})")
            for value, number in counted.items()
        )
        for name, counted in counts.items()
    }


_texts = Kept(_of_portfolio)
_choices = Kept(_count)
