"""The latest statements: of all that a chain is about the last one known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from django.db.models import F, QuerySet, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import RowNumber

from synodos.language import MEMBERS, PUBLIC
from synodos.ledger.entry import PRIVATE, SOURCE, Audience, audience_from, audience_text
from synodos.ledger.models import NO_RECORDS, Chain, StoredEntry

BREADTH: Final = {PRIVATE: 0, MEMBERS: 2, PUBLIC: 3}
"""How wide an audience is; a named set stands between."""
COLUMNS: Final = ("chain_id", "hash", "kind", "record_id", "owner", "known_from", "number", "act")


class Statement(NamedTuple):
    """One entry by what decides whether it stands."""

    hash: str
    author: str
    audience: Audience
    kind: str
    id: str
    owner: str
    known_from: dt.date
    number: int
    retracts: bool

    def strength(self) -> tuple[object, ...]:
        """Return by what the statement counts before others on the same record: the larger wins.

        The latest date; at the same date a declaration before a retraction (as of a record that moved), the owner
        before the compiler, what was said to fewer, and the later in its chain.
        """
        audience = audience_text(self.audience)
        breadth = BREADTH.get(audience, 1)
        return (self.known_from, not self.retracts, self.author == self.owner, -breadth, audience, self.number)


@dataclass(frozen=True)
class Known:
    """Which entries are looked at.

    Attributes
    ----------
    day : datetime.date
        Records stated later are not known.
    recorded_before : datetime.datetime or None
        What was received then or later is left out.
    left_out : collection of str
        Hashes of entries that did not count at that moment.
    """

    day: dt.date
    recorded_before: dt.datetime | None = None
    left_out: Collection[str] = ()

    def on(self, day: dt.date) -> Known:
        """Return the same entries on another day."""
        return replace(self, day=day)

    def entries(self, chains: Sequence[Chain]) -> QuerySet[StoredEntry]:
        """Return the entries of some chains that count, whatever their day."""
        rows = StoredEntry.whole_ledger.filter(chain__in=chains)
        if self.recorded_before is None:
            return rows if all(chain.plain for chain in chains) else rows.filter(uncounted__isnull=True)
        return rows.filter(received_at__lt=self.recorded_before).exclude(hash__in=self.left_out)


def state_of(chain: Chain) -> Hashable:
    """Return what changes whenever a chain says something else."""
    return chain.author, chain.audience, chain.head, chain.revision


def last_on_records(chain: Chain, known: Known) -> list[Statement]:
    """Return of every record in a chain the last statement known on the day; of one day the later number counts."""
    rows = known.entries([chain]).filter(known_from__lte=known.day).exclude(kind__in=NO_RECORDS)
    return _last(chain, rows, F("known_from").desc(), F("number").desc())


def last_on_sources(chain: Chain, known: Known) -> list[Statement]:
    """Return of every source in a chain the last statement; sources are seen on every day on which they are cited."""
    return _last(chain, known.entries([chain]).filter(kind=SOURCE), F("number").desc())


def statements_on(kind: str, id: str, chains: Sequence[Chain], known: Known) -> list[Statement]:
    """Return all statements on a record in some chains that are known on the day, each chain's by day and number."""
    rows = known.entries(chains).filter(known_from__lte=known.day, kind=kind, record_id=id)
    return _statements(chains, rows.order_by("known_from", "number"))


def _last(chain: Chain, rows: QuerySet[StoredEntry], *order: OrderBy) -> list[Statement]:
    """Return the first row in an order for each record or source."""
    place = Window(RowNumber(), partition_by=[F("kind"), F("record_id"), F("owner")], order_by=list(order))
    first = rows.annotate(place=place).filter(place=1)  # read off the index alone; rows are fetched of these only
    return _statements([chain], StoredEntry.whole_ledger.filter(pk__in=first.values("pk")))


def _statements(chains: Sequence[Chain], rows: QuerySet[StoredEntry]) -> list[Statement]:
    """Return rows of some chains as statements."""
    names = {chain.pk: (chain.author, audience_from(chain.audience)) for chain in chains}
    return [
        Statement(hash_, *names[chain], kind, id_, owner, known_from, number, act == "retract")
        for chain, hash_, kind, id_, owner, known_from, number, act in rows.values_list(*COLUMNS)
    ]
