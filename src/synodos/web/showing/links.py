"""Which words in the cells of tables name a record, and where each leads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from django.urls import reverse

from synodos.language import Portfolio, Record

BREAKS: Final = re.compile(r"(; | → |, |: | and | \(|\)|\[|\]|· )")
"""What stands between the names in a cell that holds several."""
ADDRESSES: Final = ("https://", "http://")
LONGEST: Final = 4_000
"""Characters of a cell in which names are looked for."""


def links_of(portfolio: Portfolio, cells: Iterable[object]) -> dict[str, str]:
    """Return the words of cells that name a record that the viewer may see, and the record as `kind:id`.

    A name that several records bear leads nowhere.
    """
    known = names_of(portfolio)
    found = (word for cell in cells if isinstance(cell, str) for word in words_of(cell))
    return {word: known[word] for word in found if word in known}


def names_of(portfolio: Portfolio) -> dict[str, str]:
    """Return what records are called, as far as that is one record: their key `kind:id`, and their name."""
    named = [(name, _key(record)) for record in portfolio for name in _names(record)]
    counts = Counter(name for name, _ in named)
    return {name: key for name, key in named if counts[name] == 1}


def _names(record: Record) -> set[str]:
    """Return what a record is called in tables."""
    called = {_key(record), getattr(record, "name", None), getattr(record, "short_name", None)}
    return {name for name in called if name}


def _key(record: Record) -> str:
    """Return a record as evidence names it."""
    return f"{record.kind}:{record.id}"


def words_of(cell: str) -> Iterator[str]:
    """Yield a cell whole, and the parts of one that holds several names."""
    yield cell
    if len(cell) <= LONGEST:
        yield from BREAKS.split(cell)[::2]


def pieces_of(cell: str, links: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return a cell in pieces: the words, and the record or address that each leads to, or nothing."""
    if cell.startswith(ADDRESSES):
        return [(cell, cell)]
    if cell in links:
        return [(cell, links[cell])]
    if len(cell) > LONGEST:
        return [(cell, "")]
    joined: list[tuple[str, str]] = []
    for place, part in enumerate(BREAKS.split(cell)):
        target = "" if place % 2 else links.get(part, "")
        if joined and not target and not joined[-1][1]:
            joined[-1] = (joined[-1][0] + part, "")
        else:
            joined.append((part, target))
    return joined


def address_of(target: str, table: Any) -> str:
    """Return the address of a record (`kind:id`) or a page (`/...`), for the same day; others as they are."""
    if target.startswith("/"):
        return str(table.link(target))
    if target.startswith((*ADDRESSES, "#")):
        return target
    kind, _, record_id = target.partition(":")
    return str(table.link(record_address(kind, record_id)))


def record_address(kind: str, record_id: str) -> str:
    """Return the page of a record."""
    return reverse("record", args=[quote(kind, safe="-"), quote(record_id, safe="-")])
