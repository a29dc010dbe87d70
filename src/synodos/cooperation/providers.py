"""Which agencies provide a capability, where and when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from synodos.language import IDLE, SHUT, DateRange, Element, Mission, Offer, Portfolio

ALWAYS = (dt.date.min, dt.date.max)
ANY_BODY = ""
"""Stands for all bodies, where no destination is stated."""

Window = tuple[dt.date, dt.date]


def provides(record: Element | Mission | Offer) -> bool:
    """Return whether a record still provides its capabilities."""
    return record.standing not in SHUT if isinstance(record, Offer) else record.status not in IDLE


def window(record: Element | Mission | Offer) -> Window | None:
    """Return the first and last day on which a record provides its capabilities; None: not stated.

    An element and an offer state when they are available. A mission provides from its planned date to its end.
    """
    stated = record.planned if isinstance(record, Mission) else record.available
    if stated is None:
        return None
    ends = record.ends if isinstance(record, Mission) else None
    return stated.earliest, max(stated.latest, ends.latest) if ends else stated.latest


class Providers:
    """An index of who provides what; built once for a portfolio."""

    def __init__(self, portfolio: Portfolio) -> None:
        """Keep the portfolio; the index is built when it is first asked, and answers are kept."""
        self._portfolio = portfolio
        self._windows = cache(self._windows_of)
        self._agencies = cache(self._agencies_of)
        self._bodies = cache(self._bodies_of)

    def of(
        self, capability: str, destinations: Sequence[str], when: DateRange | None, *, without: str
    ) -> tuple[str, ...]:
        """Return the agencies that provide `capability` at one of the destinations at the time, in order.

        Parameters
        ----------
        capability : str
            Term of the capability tree; what stands below it serves too.
        destinations : sequence of str
            Where it is wanted; empty: anywhere.
        when : DateRange or None
            When it is wanted; None: at any time.
        without : str
            Agency to leave out.
        """
        span = (when.earliest, when.latest) if when else ALWAYS
        places = self._bodies(tuple(destinations)) or (ANY_BODY,)
        found = set().union(*(self._agencies(capability, body, span) for body in places))
        return tuple(sorted(found - {without}))

    def _agencies_of(self, capability: str, body: str, span: Window) -> frozenset[str]:
        """Return the agencies that provide the capability at the body within a window."""
        first, last = span
        return frozenset(
            agency for agency, start, end in self._windows(capability, body) if start <= last and end >= first
        )

    def _bodies_of(self, destinations: tuple[str, ...]) -> frozenset[str]:
        """Return the bodies (roots of the destination tree) of destinations."""
        paths = ((place, self._portfolio.destinations.ancestors(place)) for place in destinations)
        return frozenset(path[-1] if path else place for place, path in paths)

    @cached_property
    def _by_capability(self) -> dict[str, list[tuple[str, frozenset[str], Window]]]:
        """Owner, bodies and window of every record that provides a capability."""
        table: dict[str, list[tuple[str, frozenset[str], Window]]] = defaultdict(list)
        for record in _providing(self._portfolio):
            dates = window(record) or ALWAYS
            bodies = self._bodies(record.destinations)
            for capability in record.provides:
                table[capability].append((record.owner, bodies, dates))
        return table

    def _windows_of(self, capability: str, body: str) -> list[tuple[str, dt.date, dt.date]]:
        """Return each agency with the stretches in which it provides the capability at the body."""
        spans: dict[str, list[Window]] = defaultdict(list)
        for term in _below(self._portfolio, capability):
            anywhere = self._portfolio.capabilities.terms[term].anywhere
            for owner, at, dates in self._by_capability.get(term, ()):
                if anywhere or not at or body == ANY_BODY or body in at:
                    spans[owner].append(dates)
        return [(owner, *dates) for owner, found in spans.items() for dates in _merged(found)]


def _providing(portfolio: Portfolio) -> Iterator[Element | Mission | Offer]:
    """Yield the records that still provide something."""
    for table in (portfolio.elements, portfolio.missions, portfolio.offers):
        yield from (record for record in table.values() if provides(record))


def _below(portfolio: Portfolio, capability: str) -> Iterator[str]:
    """Yield a capability and all below it; nothing for one that the vocabulary does not know."""
    pending = [capability] if capability in portfolio.capabilities else []
    while pending:
        term = pending.pop()
        yield term
        pending.extend(portfolio.capabilities.children(term))


def _merged(spans: list[Window]) -> list[Window]:
    """Return windows that cover the same days without overlap."""
    merged: list[Window] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
