"""Entries to come: what has to be signed so that statements stand in their chains."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from synodos.language import SUPPOSED, Cites, DateRange, Header, Record, Source, references
from synodos.ledger.entry import SOURCE, Act, Audience, ChainName, Entry, audience_of
from synodos.ledger.refusing import LedgerError
from synodos.ledger.statements import content_of, source_content


class Place(Protocol):
    """Where a chain goes on."""

    @property
    def number(self) -> int:
        """Number of its last entry that counts."""

    @property
    def hash(self) -> str:
        """Hash of that entry."""


class Said(NamedTuple):
    """What an author said of one record to one audience."""

    audience: Audience
    record: Record

    @property
    def day(self) -> dt.date:
        """Day from which it counts as known."""
        return self.record.as_of.latest


@dataclass(slots=True)
class Author:
    """What one author said so far, and the entries by which it says more.

    Attributes
    ----------
    name, key : str
        Its id, and the public key with which the entries will be signed.
    head : callable
        Gives where a chain goes on.
    said : mapping
        By kind, id and owner what it said of records, in its order; filled on.
    sources : mapping
        By audience and key what it said of sources; filled on.
    """

    name: str
    key: str
    head: Callable[[ChainName], Place]
    said: dict[tuple[str, str, str], list[Said]] = field(default_factory=lambda: defaultdict(list))
    sources: dict[tuple[Audience, str], Source] = field(default_factory=dict)
    _heads: dict[Audience, tuple[int, str]] = field(default_factory=dict)

    def entry(
        self, audience: Audience, act: Act, about: tuple[str, str], as_of: str, content: Mapping[str, Any]
    ) -> Entry:
        """Return the next entry of a chain, not yet signed; `about` holds kind and id."""
        number, previous = self._heads.get(audience) or self._stored_head(audience)
        try:
            made = Entry(self.name, audience, number + 1, act, *about, as_of, content, previous, self.key)
            self._heads[audience] = number + 1, made.hash
        except ValueError as error:
            message = f"it holds what JSON cannot hold exactly: {error}"
            raise LedgerError("entry.content", message, " ".join(about)) from None
        return made

    def stating(self, record: Record, sources: Mapping[str, Source]) -> Iterator[Entry]:
        """Yield the entries that state a record: its sources before it, and its end where it leaves an audience.

        Parameters
        ----------
        record : Record
            The statement.
        sources : mapping of str to Source
            Texts by key; those that a chain holds already need not be among them.
        """
        said = self.said[record.kind, record.id, record.owner]
        target = audience_of(record)
        if any(one.audience == target and one.record == record for one in said):
            return
        live = _live(said, record.as_of.latest)
        for audience, last in live.items():
            if audience != target:
                yield from self._ending(said, Said(audience, last), record.as_of)
        if not record.retracted or target in live or not live:
            act: Act = "retract" if record.retracted else "revise" if target in live else "declare"
            yield from self._saying(said, Said(target, record), act, sources)

    def stating_sources(
        self, audience: Audience, cited: Iterable[str], as_of: DateRange, sources: Mapping[str, Source]
    ) -> Iterator[Entry]:
        """Yield entries of those sources that a chain does not hold from that date on.

        Raises
        ------
        LedgerError
            `source.unknown` if there is no text for a key.
        """
        for key in cited:
            before = self.sources.get((audience, key))
            text = sources.get(key) or before
            if text is None:
                raise LedgerError("source.unknown", f"no source has the key {key!r}; give it with the records")
            if text is not before and text != before:
                act: Act = "revise" if before else "declare"
                self.sources[audience, key] = text
                yield self.entry(audience, act, (SOURCE, key), as_of.text, source_content(text))

    def _ending(self, said: list[Said], last: Said, as_of: DateRange) -> Iterator[Entry]:
        """Yield the entry that ends a record for an audience that it leaves; it says nothing new to that audience."""
        ended = last.record.model_copy(update={"as_of": as_of, "retracted": True})
        yield from self._saying(said, Said(last.audience, ended), "retract", {})

    def _saying(self, said: list[Said], new: Said, act: Act, sources: Mapping[str, Source]) -> Iterator[Entry]:
        """Yield the entries of one statement and its sources."""
        record = new.record
        yield from self.stating_sources(new.audience, cited_by(record), record.as_of, sources)
        said.append(new)
        yield self.entry(new.audience, act, (record.kind, record.id), record.as_of.text, content_of(record))

    def _stored_head(self, audience: Audience) -> tuple[int, str]:
        """Return number and hash of the last stored entry of a chain."""
        place = self.head(ChainName(self.name, audience))
        return place.number, place.hash


def cited_by(record: Record) -> tuple[str, ...]:
    """Return the keys of the sources that a record cites, each once."""
    keys = (one.target for one in references(record) if isinstance(one.mark, Cites))
    return tuple(dict.fromkeys(key for key in keys if key != SUPPOSED))


def cited_by_header(header: Header) -> tuple[str, ...]:
    """Return the keys of the sources that a header cites for its rates, indices and terms, each once."""
    keys = [key for rate in header.exchange_rates for key in rate.sources]
    keys += [key for index in header.price_indices for key in index.sources]
    keys += [key for terms in header.vocabularies.values() for term in terms for key in term.sources]
    return tuple(dict.fromkeys(keys))


def _live(said: Iterable[Said], day: dt.date) -> dict[Audience, Record]:
    """Return by audience the statement on a record that counts on a day, where it is not retracted."""
    last: dict[Audience, Said] = {}
    for one in said:
        if one.day <= day and (one.audience not in last or last[one.audience].day <= one.day):
            last[one.audience] = one
    return {audience: one.record for audience, one in last.items() if not one.record.retracted}
