"""Keeping up what counts while entries arrive: most plainly follow the last of their chain, others need a recount."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from django.db.models import Max, QuerySet
from pydantic_core import from_json

from synodos.language import PUBLIC, DateRange
from synodos.ledger.counting import Count, count
from synodos.ledger.entry import KEY, Audience, ChainName, Entry, audience_from, audience_text
from synodos.ledger.looking import readers_of
from synodos.ledger.models import NO_RECORDS, Chain, Ledger, Reader, StoredEntry, Uncounted
from synodos.ledger.registry import admitted, replaced_keys

BATCH: Final = 5_000
_NOTHING: Final[Mapping[str, Any]] = {}
STATING: Final = frozenset({"declare", "revise", "retract"})
"""Acts that say nothing of keys and forks."""


@dataclass(frozen=True, slots=True)
class StoredLink:
    """What counting reads of a stored entry; of statements it needs no content."""

    author: str
    audience: Audience
    number: int
    hash: str
    previous: str
    key: str
    act: str
    content: Mapping[str, Any]


@dataclass
class Tally:
    """What counts, while entries arrive within one transaction.

    Attributes
    ----------
    ledger : Ledger
        Whose secretariat keeps the registry of keys.
    chains : dict
        Rows of the chains that were looked at.
    grown : set of ChainName
        Those that have new entries, or were counted anew.
    doubtful : set of str
        Authors whose chains have to be counted anew.
    """

    ledger: Ledger
    chains: dict[ChainName, Chain] = field(default_factory=dict)
    grown: set[ChainName] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _acts: dict[ChainName, str] = field(default_factory=dict)

    def chain(self, name: ChainName) -> Chain:
        """Return the row of a chain, made on its first entry."""
        if name not in self.chains:
            self.chains[name] = _row_of(name)
        return self.chains[name]

    def is_beyond(self, entry: Entry) -> bool:
        """Return whether an entry lies beyond all that is stored of its chain, so that it must be new."""
        chain = self.chain(entry.chain)
        return chain.open and chain.plain and entry.author not in self.doubtful and entry.number > chain.length

    def take(self, entry: Entry) -> None:
        """Let a stored entry count if it is plainly the next of its chain; doubt its author's chains if not."""
        self.grown.add(entry.chain)
        if entry.author in self.doubtful:
            return
        chain = self.chain(entry.chain)
        if not self._is_next(entry, chain):
            self.doubtful.add(entry.author)
            return
        chain.length, chain.head, chain.key = entry.number, entry.hash, entry.key
        self._acts[entry.chain] = entry.act
        if entry.kind not in NO_RECORDS:
            day = last_day(entry.as_of)
            chain.last_day = max(day, chain.last_day or day)
        if entry.act not in STATING:
            self._keys.clear()
            self._doubt_others(entry)

    def settle(self) -> None:
        """Count anew what is in doubt, and write down how far each chain counts."""
        if self.doubtful:
            self._recount()
        for name in self.grown:
            self.chains[name].revision += 1
            self.chains[name].save()

    def _is_next(self, entry: Entry, chain: Chain) -> bool:
        """Return whether an entry follows the last one that counts, and nothing else does or waits for it."""
        if not chain.open or entry.previous != chain.head or entry.number != chain.length + 1:
            return False
        if entry.act == "resolve":
            return False
        if entry.key == chain.key:
            return not self._is_replaced(entry.chain, chain)
        return self._may_sign(entry, chain)

    def _is_replaced(self, name: ChainName, chain: Chain) -> bool:
        """Return whether the last entry of a public chain replaces the key that signed it."""
        if name.audience != PUBLIC:
            return False
        if name not in self._acts:
            last = StoredEntry.whole_ledger.filter(hash=chain.head).values_list("act", flat=True).first()
            self._acts[name] = last or ""
        return self._acts[name] == "rotate"

    def _may_sign(self, entry: Entry, chain: Chain) -> bool:
        """Return whether a chain may go on with another key than the last one."""
        if entry.author not in self._keys:
            self._keys[entry.author] = self._keys_of(entry.author)
        keys = self._keys[entry.author]
        if entry.key not in keys:
            return False
        return chain.key not in keys or keys.index(chain.key) < keys.index(entry.key)

    def _keys_of(self, author: str) -> tuple[str, ...]:
        """Return the keys of an author in their order, as far as its public chain and the registry count by now."""
        registered: Sequence[str] = (self.ledger.anchor,)
        if author != self.ledger.secretariat:
            registry = ChainName(self.ledger.secretariat, PUBLIC)
            registered = admitted(self._about_keys(registry, "register")).get(author, ())
        return replaced_keys(registered, self._about_keys(ChainName(author, PUBLIC), "rotate"))

    def _about_keys(self, name: ChainName, act: str) -> Iterator[StoredLink]:
        """Yield the entries about keys of a chain that count by now, in their order."""
        chain = self.chains.get(name) or _found(name)
        if chain is not None:
            rows = StoredEntry.whole_ledger.filter(chain=chain, kind=KEY, act=act, number__lte=chain.length)
            yield from _links(name, rows.filter(uncounted__isnull=True).order_by("number"))

    def _doubt_others(self, entry: Entry) -> None:
        """Doubt those whose entries count or not by a key that was admitted, replaced or revoked."""
        concerned = entry.author if entry.act == "rotate" else str(entry.content.get("author"))
        if entry.act == "revoke" or Uncounted.objects.filter(entry__chain__author=concerned).exists():
            self.doubtful.add(concerned)

    def _recount(self) -> None:
        """Count the chains of doubtful authors anew; of everybody where the registry itself is in doubt."""
        secretariat, anchor = self.ledger.secretariat, self.ledger.anchor
        rows = list(Chain.objects.all())
        if secretariat not in self.doubtful:
            rows = [row for row in rows if row.author in self.doubtful or row.author == secretariat]
        links = (link for row in rows for link in links_of(row))
        counted = count(links, secretariat=secretariat, anchor=anchor)
        for row in rows:
            if secretariat in self.doubtful or row.author != secretariat:
                name = ChainName(row.author, audience_from(row.audience))
                _write(self.chains.setdefault(name, row), name, counted)
                self.grown.add(name)


def _write(chain: Chain, name: ChainName, counted: Count) -> None:
    """Write down how far a chain counts."""
    stored = StoredEntry.whole_ledger.filter(chain=chain).values_list("hash", "pk")
    reasons = {pk: counted.uncounted[hash_] for hash_, pk in stored if hash_ in counted.uncounted}
    Uncounted.objects.filter(entry__chain=chain).delete()
    Uncounted.objects.bulk_create((Uncounted(entry_id=pk, reason=said) for pk, said in reasons.items()), BATCH)
    head = counted.heads.get(name)
    chain.length, chain.head, chain.key = (head.number, head.hash, head.key) if head else (0, name.start, "")
    chain.open = not _revocable(chain, name, counted) and not {"fork", "gap"} & set(reasons.values())
    chain.plain = chain.plain and not reasons
    rows = StoredEntry.whole_ledger.filter(chain=chain, uncounted__isnull=True)
    chain.last_day = rows.exclude(kind__in=NO_RECORDS).aggregate(last=Max("known_from"))["last"]


def _revocable(chain: Chain, name: ChainName, counted: Count) -> bool:
    """Return whether a key with which a chain could go on is revoked in it."""
    keys = counted.keys.get(name.author, ())
    usable = keys[keys.index(chain.key) :] if chain.key in keys else keys
    return any(one.chain == name and one.key in usable for one in counted.revocations)


@lru_cache(maxsize=65_536)
def last_day(as_of: str) -> dt.date:
    """Return the day from which a statement of that date counts as known; ledgers repeat few distinct dates."""
    return DateRange(as_of).latest


def links_of(chain: Chain, recorded_before: dt.datetime | None = None) -> Iterator[StoredLink]:
    """Yield the entries of a chain, as counting reads them; those received before a moment if one is given."""
    rows = StoredEntry.whole_ledger.filter(chain=chain)
    if recorded_before is not None:
        rows = rows.filter(received_at__lt=recorded_before)
    return _links(ChainName(chain.author, audience_from(chain.audience)), rows)


def _links(name: ChainName, rows: QuerySet[StoredEntry]) -> Iterator[StoredLink]:
    """Yield rows of a chain as links."""
    for hash_, body in rows.values_list("hash", "body").iterator(BATCH):
        said = from_json(bytes(body))
        content = _NOTHING if said["act"] in STATING else said["content"]
        place = (name.author, name.audience, said["number"], hash_, said["previous"])
        yield StoredLink(*place, said["key"], said["act"], content)


def _row_of(name: ChainName) -> Chain:
    """Return the row of a chain, made if there is none; a revoked key may stand in the way of its first entry."""
    chain, made = Chain.objects.get_or_create(
        author=name.author, audience=audience_text(name.audience), defaults={"head": name.start}
    )
    if made:
        chain.open = not StoredEntry.whole_ledger.filter(kind=KEY, act="revoke", record_id=name.author).exists()
        Reader.objects.bulk_create(Reader(chain=chain, reader=one) for one in readers_of(name.author, name.audience))
    return chain


def _found(name: ChainName) -> Chain | None:
    """Return the row of a chain, if there is one."""
    return Chain.objects.filter(author=name.author, audience=audience_text(name.audience)).first()
