"""The sources of what a document says, and which records rest on none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from synodos.language import Portfolio, Record, Source
from synodos.report.answering.document import Section
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed

MOST_NAMED: Final = 12
"""Unverified records that a sentence names."""
ACTORS: Final = ("agency", "state")
"""Records that say who somebody is: their own sources support nothing that a document says of plans."""


def sources_section(portfolio: Portfolio, evidence: Iterable[str]) -> Section:
    """Return the sources of records, given as `kind:id`, and which of them are unverified."""
    records = _records(portfolio, evidence)
    cited: dict[str, list[str]] = {}
    for record in (one for one in records if one.kind not in ACTORS):
        for key in dict.fromkeys(record.sources):
            cited.setdefault(key, []).append(record.id)
    rows = tuple(
        (key, _cited(source), source.url, ", ".join(supported))
        for key, supported in cited.items()
        if (source := portfolio.header.sources.get(key))
    )
    columns = ("key", "source", "address", "supports")
    table = Table("sources", "Sources", columns, rows)
    return Section("sources", "Sources", (_doubts(records),), tables=(table,))


def _cited(source: Source) -> str:
    """Return a source as people cite it: its title, who published it, and when."""
    found = (source.title, source.publisher, str(source.date) if source.date else None)
    return ", ".join(text for text in found if text)


def unverified_sentence(portfolio: Portfolio, evidence: Iterable[str]) -> str:
    """Return which of the records that something rests on are unverified."""
    return _doubts(_records(portfolio, evidence))


def _records(portfolio: Portfolio, evidence: Iterable[str]) -> list[Record]:
    """Return the records behind evidence keys, each once and in order."""
    pairs = (key.split(":", 1) for key in dict.fromkeys(evidence))
    found = (portfolio.tables.get(kind, {}).get(record_id) for kind, record_id in pairs)
    return sorted((record for record in found if record is not None), key=lambda r: (r.kind, r.id))


def _doubts(records: Sequence[Record]) -> str:
    """Return which records are unverified, in a sentence."""
    doubtful = [f"{record.kind} {record.id}" for record in records if record.rests_on_unverified]
    if not doubtful:
        return "No record used here is unverified."
    of = f"{len(doubtful)} of {counted(len(records), 'record')} used here"
    return f"{of} {'is' if len(doubtful) == 1 else 'are'} unverified: {listed(doubtful, MOST_NAMED)}."
