"""The portfolio of any moment, as one viewer may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from synodos.language import KIND_BY_NAME, KINDS, Cites, Portfolio, Record, Source, redirected
from synodos.ledger.entry import Entry
from synodos.ledger.kept import Kept
from synodos.ledger.latest import Statement, last_on_records, last_on_sources, state_of, statements_on
from synodos.ledger.models import Chain
from synodos.ledger.moments import one_moment
from synodos.ledger.reading import read_statements
from synodos.ledger.standing import Collision, source_keys, standing
from synodos.ledger.storing import entry_of
from synodos.ledger.views import View, forget_views, view_of
from synodos.resting import collector_at_rest


@dataclass(frozen=True)
class _Last:
    """Of one chain the last statements on a day."""

    records: tuple[Statement, ...]
    sources: tuple[Statement, ...]


@dataclass(frozen=True)
class _Answer:
    """What one viewer sees; `whole` keeps alive what was read, for those who look next."""

    seen: Portfolio
    whole: Portfolio
    collisions: tuple[Collision, ...]


_LAST: Kept[_Last] = Kept(1_000_000, lambda last: len(last.records) + len(last.sources) + 1)
_ANSWERS: Kept[_Answer] = Kept(500_000, lambda answer: len(answer.whole) + 1)


def snapshot(known_on: dt.date | None = None, *, viewer: str, recorded_before: dt.datetime | None = None) -> Portfolio:
    """Return the portfolio known on a day, as a viewer may see it.

    Parameters
    ----------
    known_on : datetime.date, optional
        Day of knowledge; `latest_day` where it is not given.
    viewer : str
        An agency's id, `members` or `public`.
    recorded_before : datetime.datetime, optional
        Leave out what this ledger received at that moment or later: what it would have answered then.

    Raises
    ------
    LedgerError
        `ledger.missing` if no ledger was begun in this database.
    """
    with one_moment():
        return _answer(view_of(viewer, known_on, recorded_before)).seen


def latest_day(*, viewer: str, recorded_before: dt.datetime | None = None) -> dt.date:
    """Return the day of the latest statement that a viewer may see; the header's own day where none is later."""
    with one_moment():
        return view_of(viewer, None, recorded_before).known.day


def takes_part(viewer: str, on: dt.date | None = None) -> bool:
    """Return whether a viewer takes part in the mechanism on a day: as its own record says, or as the secretariat."""
    with one_moment():
        return view_of(viewer, on).member


def record_history(kind: str, id: str, *, viewer: str) -> tuple[Entry, ...]:
    """Return every statement on a record that a viewer may see, oldest first; none where it may see none.

    Left out is what others than the owner and the compiler say of it, and a later owner's record with the same id.
    """
    with one_moment():
        view = view_of(viewer, None)
        rows = view.known.entries(view.chains).filter(kind=kind, record_id=id)
        if kind in KIND_BY_NAME:
            compiler = view.header.compiler.id if view.header.compiler else None
            rows = rows.filter(Q(owner=F("chain__author")) | Q(chain__author=compiler))
            first = rows.order_by("known_from", "chain__author", "owner").first()
            rows = rows.filter(owner=first.owner) if first else rows
        return tuple(sorted(map(entry_of, rows), key=lambda one: (one.known_from, one.author, one.number)))


def collisions(*, viewer: str) -> tuple[Collision, ...]:
    """Return the ids that two owners use, as far as a viewer may see both."""
    with one_moment():
        return _answer(view_of(viewer, None)).collisions


def forget() -> None:
    """Forget every answer that is kept."""
    forget_views()
    _LAST.clear()
    _ANSWERS.clear()


def _answer(view: View) -> _Answer:
    """Return what a view shows, from what is kept where nothing changed."""
    if view.known.recorded_before is not None:
        return _made(view)
    return _ANSWERS.get(view.state, lambda: _made(view))


def _made(view: View) -> _Answer:
    """Return what a view shows."""
    with collector_at_rest():
        return _read(view)


def _read(view: View) -> _Answer:
    """Return what a view shows, from the statements."""
    compiler = view.header.compiler.id if view.header.compiler else None
    last = [_last(view, chain) for chain in view.chains]
    found = standing(
        (one for each in last for one in each.records),
        compiler,
        lambda kind, id_: statements_on(kind, id_, view.chains, view.known),
    )
    texts = [one for each in last for one in each.sources]
    read = read_statements([*found.records, *texts])
    keys, renamed = source_keys((one for one in texts if one.hash in read), read, compiler)
    sources = {key: text for key, one in keys.items() if isinstance(text := read[one.hash], Source)}
    header = view.header.model_copy(update={"sources": sources})
    whole = Portfolio(header, view.known.day, None, _tables(found.records, read, renamed))
    return _Answer(whole.as_seen_by(view.viewer, member=view.member), whole, found.collisions)


def _last(view: View, chain: Chain) -> _Last:
    """Return the last statements of a chain, from what is kept where it did not change."""

    def read() -> _Last:
        return _Last(tuple(last_on_records(chain, view.known)), tuple(last_on_sources(chain, view.known)))

    if view.known.recorded_before is not None:
        return read()
    day = min(view.known.day, chain.last_day or view.known.day)  # from its last day on a chain says the same
    key: Hashable = (view.ledger, state_of(chain), day)
    return _LAST.get(key, read)


def _tables(
    standing_: Iterable[Statement], read: Mapping[str, object], renamed: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, Record]]:
    """Return the records that stand by kind and id, each citing sources by the keys under which they are seen."""
    tables: dict[str, dict[str, Record]] = {kind.kind: {} for kind in KINDS}
    for one in standing_:
        record = read.get(one.hash)
        if isinstance(record, Record):
            tables[one.kind][one.id] = _citing(record, renamed.get(one.author, {}))
    return tables


def _citing(record: Record, renamed: Mapping[str, str]) -> Record:
    """Return a record with the keys of its sources as they are seen."""
    if not renamed:
        return record
    return redirected(record, lambda _, key: renamed.get(key, key), (Cites,))
