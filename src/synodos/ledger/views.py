"""A viewer's look at one moment: which chains it receives, which day it is, whether it takes part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Max

from synodos.language import MEMBERS, PUBLIC, Agency, DateRange, Header, Portfolio, Record, is_member
from synodos.ledger.counting import uncounted
from synodos.ledger.entry import HEADER
from synodos.ledger.kept import Kept
from synodos.ledger.latest import Known, state_of, statements_on
from synodos.ledger.looking import readers_for
from synodos.ledger.models import NO_RECORDS, Chain, Ledger
from synodos.ledger.reading import read_body, read_statements
from synodos.ledger.recounting import links_of
from synodos.ledger.refusing import LedgerError
from synodos.ledger.standing import standing

UNNAMED: Final = "unnamed"
_HEADERS: Kept[Header] = Kept(100, lambda _: 1)
_MEMBERS: Kept[bool] = Kept(10_000, lambda _: 1)


@dataclass(frozen=True)
class View:
    """One viewer's look at one moment.

    Attributes
    ----------
    ledger : Hashable
        At which ledger.
    viewer : str
        Who looks.
    member : bool
        Whether it takes part in the mechanism.
    header : Header
        What the portfolio is, without its sources.
    known : Known
        Which entries are looked at.
    chains : tuple of Chain
        Those that it receives.
    """

    ledger: Hashable
    viewer: str
    member: bool
    header: Header
    known: Known
    chains: tuple[Chain, ...]

    @property
    def state(self) -> Hashable:
        """What changes whenever the viewer would see something else."""
        return self.ledger, self.viewer, self.member, self.known.day, tuple(map(state_of, self.chains))


def view_of(viewer: str, known_on: dt.date | None, recorded_before: dt.datetime | None = None) -> View:
    """Return a viewer's look at a day, or at the day of the latest statement that it may see."""
    ledger = Ledger.objects.first()
    if ledger is None:
        raise LedgerError("ledger.missing", "there is no ledger in this database; `synodos ledger init` begins one")
    chains = _chains(viewer, member=False)
    known = Known(known_on or dt.date.max, recorded_before, _left_out(chains, ledger, recorded_before))
    header = _header(chains, ledger, known)
    known = known.on(known_on or _latest(chains, header, known))
    member = viewer == ledger.secretariat or _is_member(viewer, chains, header, known, ledger)
    if member:
        chains = _chains(viewer, member=True)
        known = Known(known.day, recorded_before, _left_out(chains, ledger, recorded_before))
        known = known.on(known_on or _latest(chains, header, known))
    if known.day > header.known_on.latest:
        header = header.model_copy(update={"known_on": DateRange(known.day.isoformat())})
    return View(_name(ledger), viewer, member, header, known, chains)


def forget_views() -> None:
    """Forget what is kept of headers and members."""
    _HEADERS.clear()
    _MEMBERS.clear()


def _chains(viewer: str, *, member: bool) -> tuple[Chain, ...]:
    """Return the chains that a viewer receives; no other is touched."""
    readers = (MEMBERS, PUBLIC) if viewer == MEMBERS else readers_for(viewer, member=member)
    found = Chain.objects.filter(readers__reader__in=readers).distinct()
    return tuple(found.order_by("author", "audience"))


def _left_out(chains: Sequence[Chain], ledger: Ledger, recorded_before: dt.datetime | None) -> frozenset[str]:
    """Return the entries of chains that did not count at an earlier moment."""
    if recorded_before is None or all(chain.plain for chain in chains):
        return frozenset()
    links = (link for chain in chains for link in links_of(chain, recorded_before))
    return frozenset(uncounted(links, secretariat=ledger.secretariat, anchor=ledger.anchor))


def _latest(chains: Sequence[Chain], header: Header, known: Known) -> dt.date:
    """Return the day of the latest statement in some chains, or of the header where none is later.

    A statement dated beyond this year is known on its day: nobody moves the day on which all others look.
    """
    if known.recorded_before is None:
        days = [chain.last_day for chain in chains if chain.last_day is not None]
    else:
        found = known.entries(chains).exclude(kind__in=NO_RECORDS).aggregate(last=Max("known_from"))
        days = [found["last"]] if found["last"] else []
    year_end = dt.date(dt.datetime.now(tz=dt.UTC).year, 12, 31)  # a date may say no more than the year
    return max(header.known_on.latest, min(max(days, default=dt.date.min), year_end))


def _header(chains: Sequence[Chain], ledger: Ledger, known: Known) -> Header:
    """Return the last header that the secretariat stated."""
    registry = [chain for chain in chains if (chain.author, chain.audience) == (ledger.secretariat, PUBLIC)]
    if known.recorded_before is not None:
        return _read_header(registry, ledger, known)
    state = (_name(ledger), *map(state_of, registry))
    return _HEADERS.get(state, lambda: _read_header(registry, ledger, known))


def _read_header(registry: Sequence[Chain], ledger: Ledger, known: Known) -> Header:
    """Read the last header of the registry; one that only names the ledger where there is none."""
    for row in known.entries(registry).filter(kind=HEADER).order_by("-number"):
        header = read_body(row.body)
        if isinstance(header, Header):
            return header
    title = f"The table of {ledger.secretariat}"
    return Header(id=UNNAMED, title=title, known_on=DateRange(ledger.created_at.date().isoformat()))


def _is_member(viewer: str, chains: Sequence[Chain], header: Header, known: Known, ledger: Ledger) -> bool:
    """Return whether a viewer is a member by a record of its own that all may see."""
    if viewer == PUBLIC:
        return False
    if known.recorded_before is not None:
        return _says_member(viewer, chains, header, known)
    state = (_name(ledger), viewer, known.day, *map(state_of, chains))
    return _MEMBERS.get(state, lambda: _says_member(viewer, chains, header, known))


def _says_member(viewer: str, chains: Sequence[Chain], header: Header, known: Known) -> bool:
    """Return whether the record of a viewer says that it is a member."""
    on_it = statements_on(Agency.kind, viewer, chains, known)
    found = standing(on_it, header.compiler.id if header.compiler else None)
    said = read_statements(found.records)
    agencies: dict[str, Record] = {one.id: one for one in said.values() if isinstance(one, Agency)}
    return is_member(Portfolio(header, known.day, None, {Agency.kind: agencies}), viewer)


def _name(ledger: Ledger) -> Hashable:
    """Return what tells a ledger from others that the process may look at."""
    database = connection.settings_dict
    where = str(database["NAME"]), database["HOST"], database["PORT"]
    return *where, ledger.secretariat, ledger.anchor, ledger.created_at
