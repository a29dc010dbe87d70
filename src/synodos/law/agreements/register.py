"""The register of agreements on a day: where each stands, under what, and between whom."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from synodos.language import WITHHELD, Agreement, DateRange, Portfolio
from synodos.law.agreements.standing import AgreementState, last_day, state_at

ALIVE = ("in_force", "suspended", "in_doubt")
"""States in which an agreement is counted as active; those in doubt are told apart in every row."""


@dataclass(frozen=True, slots=True)
class Registered:
    """One agreement in the register.

    Attributes
    ----------
    agreement : Agreement
        What is recorded of it.
    state : AgreementState
        Where it stands on the day of the register.
    expires : DateRange or None
        Its last day, as stated; None if none is.
    depth : int
        How many agreements it stands under.
    under : tuple of str
        Those agreements, from the one at the top.
    superseded_by : tuple of str
        Agreements that replace or amend its text.
    """

    agreement: Agreement
    state: AgreementState
    expires: DateRange | None
    depth: int
    under: tuple[str, ...]
    superseded_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnerCount:
    """How many active agreements one party has.

    Attributes
    ----------
    agency : str
        The party.
    active : int
        Active agreements to which it is a party.
    share : float
        Their share in all active agreements, 0 to 1.
    by_type : mapping of str to int
        Active agreements by type of instrument.
    """

    agency: str
    active: int
    share: float
    by_type: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Register:
    """Agreements on a day.

    Attributes
    ----------
    at : datetime.date
        The day.
    of : str or None
        Agency whose agreements these are; None: everybody's.
    rows : tuple of Registered
        Each agreement below the one it stands under, trees in order of signature.
    partners : tuple of PartnerCount
        Parties (other than `of`), those with the most active agreements first.
    by_type : mapping of str to int
        Active agreements by type of instrument.
    between : mapping of (str, str) to int
        Active agreements that two agencies share; ids in order of the alphabet.
    active : int
        Active agreements.
    """

    at: dt.date
    of: str | None
    rows: tuple[Registered, ...]
    partners: tuple[PartnerCount, ...]
    by_type: Mapping[str, int]
    between: Mapping[tuple[str, str], int]
    active: int

    def share_of_largest(self, most: int) -> float | None:
        """Return the share of active agreements that have one of the `most` largest partners, or None without any."""
        largest = {partner.agency for partner in self.partners[:most]}
        with_them = sum(1 for row in self.rows if row.state in ALIVE and largest & {*row.agreement.parties})
        return with_them / self.active if self.active else None


def register(portfolio: Portfolio, at: dt.date | None = None, for_agency: str | None = None) -> Register:
    """Return the agreements of a portfolio as they stand on a day.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    at : datetime.date, optional
        The day that is asked about; by default the portfolio's day of knowledge.
    for_agency : str, optional
        Only agreements to which this agency is a party.

    Returns
    -------
    Register
        Rows, umbrella trees, counts per partner and type, and who shares agreements with whom.

    Notes
    -----
    The counts follow C. D. Johnson (IAC-11-B3.8), who gives the active agreements of NASA, its partners and the share
    of the largest eight. An agreement of several partners counts once for each of them.
    """
    day = at or portfolio.known_on
    chosen = {key: one for key, one in portfolio.agreements.items() if for_agency is None or for_agency in one.parties}
    rows = tuple(_in_trees(portfolio.agreements, chosen, day))
    active = [row.agreement for row in rows if row.state in ALIVE]
    return Register(
        at=day,
        of=for_agency,
        rows=rows,
        partners=_partners(active, for_agency),
        by_type=_counted(one.instrument for one in active),
        between=_between(active),
        active=len(active),
    )


def _in_trees(known: Mapping[str, Agreement], chosen: Mapping[str, Agreement], day: dt.date) -> Iterable[Registered]:
    """Yield each agreement after the one it stands under."""
    below: dict[str | None, list[str]] = defaultdict(list)
    for key in sorted(chosen, key=lambda key: (_first_day(chosen[key]), key)):
        parent = chosen[key].parent
        below[parent if parent in chosen else None].append(key)
    replaced: dict[str, list[str]] = defaultdict(list)
    for key, one in known.items():
        for older in one.supersedes:
            replaced[older].append(key)
    pending: list[tuple[str, tuple[str, ...]]] = [(key, ()) for key in reversed(below[None])]
    while pending:
        key, under = pending.pop()
        one = chosen[key]
        yield Registered(one, state_at(one, day), last_day(one), len(under), under, tuple(replaced[key]))
        pending.extend((child, (*under, key)) for child in reversed(below[key]))


def _first_day(agreement: Agreement) -> dt.date:
    """Return the day from which an agreement counts in the order of the register."""
    dated = agreement.signed or agreement.in_force
    return dated.earliest if dated else dt.date.max


def _partners(active: list[Agreement], of: str | None) -> tuple[PartnerCount, ...]:
    """Return the parties of the active agreements with their counts."""
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for one in active:
        for party in {*one.parties} - {of, WITHHELD}:
            types[party][one.instrument] += 1
    found = [
        PartnerCount(party, counts.total(), counts.total() / len(active), _in_order(counts))
        for party, counts in types.items()
    ]
    return tuple(sorted(found, key=lambda partner: (-partner.active, partner.agency)))


def _between(active: list[Agreement]) -> Mapping[tuple[str, str], int]:
    """Return how many active agreements every two agencies share."""
    pairs = (pair for one in active for pair in combinations(sorted({*one.parties} - {WITHHELD}), 2))
    return MappingProxyType(dict(sorted(Counter(pairs).items())))


def _counted(names: Iterable[str]) -> Mapping[str, int]:
    """Return how often each name stands there."""
    return _in_order(Counter(names))


def _in_order(counts: Counter[str]) -> Mapping[str, int]:
    """Return counts, the largest first."""
    return MappingProxyType(dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))))
