"""Who provides which capability when, and what is needed that nobody is named for: read off the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from synodos.language import (
    ENDED,
    IDLE,
    SHUT,
    DateRange,
    Element,
    Interest,
    Mission,
    Need,
    Offer,
    Portfolio,
    Record,
    Requirement,
    requirements,
)
from synodos.report.answering.tables import Cell, Table
from synodos.report.charts.timeline import Span, merged, span

Provider = Element | Mission | Offer
PROVIDES: Final = "provides"
LACKS: Final = "needs; nobody provides it"
"""What a record does for a capability, in the words of the table."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A stretch of time in which an agency provides a capability.

    Attributes
    ----------
    capability, agency : str
        Who provides what.
    span : (float, float) or None
        When, in years, with infinite open ends; None: not stated.
    records : tuple of Element, Mission or Offer
        By what.
    """

    capability: str
    agency: str
    span: Span | None
    records: tuple[Provider, ...]

    @property
    def unverified(self) -> bool:
        """Whether nothing but unverified facts supports it."""
        return all(record.rests_on_unverified for record in self.records)


@dataclass(frozen=True, slots=True)
class Lack:
    """A requirement for which nobody is named.

    Attributes
    ----------
    capability, agency : str
        Who needs what.
    span : (float, float) or None
        When, in years; None: not stated.
    records : tuple of Record
        What needs it.
    provided : bool
        Whether somebody provides it then, or at a time that is not stated.
    """

    capability: str
    agency: str
    span: Span | None
    records: tuple[Record, ...]
    provided: bool


def provisions(portfolio: Portfolio) -> tuple[Provision, ...]:
    """Return who provides what, with stretches of one agency that touch joined."""
    found: dict[tuple[str, str], list[Provider]] = defaultdict(list)
    for record in _providers(portfolio):
        for capability in record.provides:
            found[capability, record.owner].append(record)
    return tuple(
        Provision(capability, agency, stretch, records)
        for (capability, agency), own in found.items()
        for stretch, records in merged([(record_span(record), record) for record in own])
    )


def lacks(portfolio: Portfolio, provided: tuple[Provision, ...]) -> tuple[Lack, ...]:
    """Return the requirements that name nobody who meets them, those of one agency that touch joined."""
    found: dict[tuple[str, str, bool], list[tuple[Span | None, Record]]] = defaultdict(list)
    for record, requirement in _unmet(portfolio):
        when = needed_by(record, requirement)
        wanted = span(when) if when else None
        there = _is_provided(portfolio, requirement.capability, wanted, provided)
        found[requirement.capability, record.owner, there].append((wanted, record))
    return tuple(
        Lack(capability, agency, stretch, tuple(dict.fromkeys(records)), there)
        for (capability, agency, there), own in found.items()
        for stretch, records in merged(own)
    )


def _unmet(portfolio: Portfolio) -> Iterator[tuple[Record, Requirement]]:
    """Yield the requirements that name nobody who meets them, with what states them."""
    for record in portfolio:
        if _standing(record) not in ENDED | SHUT:
            for _, requirement in requirements(record):
                if not requirement.met_by and requirement.provider is None:
                    yield record, requirement


def record_span(record: Provider) -> Span | None:
    """Return when a record provides what it provides, in years: a mission from its planned date to its end."""
    stated = stated_when(record)
    if stated is None:
        return None
    start, stop = span(stated)
    ends = record.ends if isinstance(record, Mission) else None
    return start, max(stop, span(ends)[1]) if ends else stop


def stated_when(record: Record) -> DateRange | None:
    """Return the date that a record states for itself."""
    if isinstance(record, Mission):
        return record.planned
    if isinstance(record, Element | Offer):
        return record.available
    return record.when if isinstance(record, Interest) else None


def _providers(portfolio: Portfolio) -> Iterator[Provider]:
    """Yield the records that provide something."""
    for table in (portfolio.elements, portfolio.missions, portfolio.offers):
        yield from (record for record in table.values() if _standing(record) not in IDLE | SHUT)


def _standing(record: Record) -> str:
    """Return where a plan, an offer or a need stands."""
    if isinstance(record, Mission | Element):
        return record.status
    return record.standing if isinstance(record, Offer | Need) else ""


def needed_by(record: Record, requirement: Requirement) -> DateRange | None:
    """Return when a requirement has to be met."""
    return requirement.by or stated_when(record)


def _is_provided(portfolio: Portfolio, capability: str, wanted: Span | None, provided: tuple[Provision, ...]) -> bool:
    """Return whether somebody provides a capability, or a special case of it, at that time or perhaps."""
    return any(
        wanted is None or one.span is None or (one.span[0] < wanted[1] and wanted[0] < one.span[1])
        for one in provided
        if portfolio.capabilities.covers(capability, one.capability)
    )


def coverage_table(portfolio: Portfolio) -> Table:
    """Return the rows behind the coverage picture: who provides what, and what nobody is named for."""
    given = provisions(portfolio)
    rows = [
        _row(portfolio, one.capability, one.agency, PROVIDES, record, stated_when(record))
        for one in given
        for record in one.records
    ]
    for record, requirement in _unmet(portfolio):
        when = needed_by(record, requirement)
        there = _is_provided(portfolio, requirement.capability, span(when) if when else None, given)
        part = "needs; others provide it" if there else LACKS
        rows.append(_row(portfolio, requirement.capability, record.owner, part, record, when))
    columns = (
        *("area", "capability", "agency", "part", "kind", "id", "name"),
        *("date", "confidence", "unverified", "sources"),
    )
    ordered = tuple(sorted(set(rows), key=lambda row: tuple(str(cell) for cell in row)))
    title = "Who provides which capability, and what nobody is named for"
    return Table("coverage", title, columns, ordered, ("area", "id", "unverified", "sources"))


def area_of(portfolio: Portfolio, capability: str) -> str:
    """Return the area of a capability: the root of its branch of the tree."""
    path = portfolio.capabilities.ancestors(capability)
    return path[-1] if path else capability


def _row(
    portfolio: Portfolio, capability: str, agency: str, part: str, record: Record, when: DateRange | None
) -> tuple[Cell, ...]:
    """Return one row of the table."""
    tree = portfolio.capabilities
    return (
        tree.label(area_of(portfolio, capability)),
        tree.label(capability),
        portfolio.agency_name(agency),
        part,
        record.kind,
        record.id,
        str(getattr(record, "name", record.id)),
        when.text if when else None,
        record.confidence,
        record.rests_on_unverified,
        ", ".join(record.sources),
    )
