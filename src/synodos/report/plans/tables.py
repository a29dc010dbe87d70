"""The tables of each question, with the columns that readers of the field expect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from synodos.language import Portfolio, Record
from synodos.report.answering.naming import record_name
from synodos.report.answering.tables import Table

if TYPE_CHECKING:
    from synodos.cooperation import AgencyDependence, Dependence, Opportunity, SinglePoint


def records_table(portfolio: Portfolio, records: Iterable[Record]) -> Table:
    """Return records with what identifies and supports them."""
    rows = tuple(
        (
            record.kind,
            record.id,
            getattr(record, "name", None),
            portfolio.agency_name(record.owner),
            record.as_of.text,
            record.confidence,
            record.rests_on_unverified,
            len(record.disputes),
        )
        for record in records
    )
    columns = ("kind", "id", "name", "owner", "as of", "confidence", "unverified", "disputes")
    return Table("records", "Records", columns, rows)


def opportunities_table(portfolio: Portfolio, found: Iterable[Opportunity]) -> Table:
    """Return opportunities in their order, with the parts of their scores."""
    listed = list(found)
    parts = tuple(dict.fromkeys(part.name for o in listed for part in o.parts))
    rows = tuple(
        (
            rank,
            o.kind,
            ", ".join(portfolio.agency_name(agency) for agency in o.agencies),
            _about(portfolio, o),
            _years(o.years),
            round(o.score, 3),
            o.why,
            "; ".join(o.obstacles) or None,
            o.unverified,
            "; ".join(o.records),
            *(next((p.value for p in o.parts if p.name == name), None) for name in parts),
        )
        for rank, o in enumerate(listed, start=1)
    )
    columns = (
        *(
            "rank",
            "kind",
            "agencies",
            "about",
            "years",
            "score",
            "why",
            "in the way",
            "unverified",
            "records",
        ),
        *parts,
    )
    return Table("opportunities", "Opportunities, best first", columns, rows, ("records", *parts))


def _about(portfolio: Portfolio, opportunity: Opportunity) -> str:
    """Return the capability or the objective that an opportunity is about."""
    if opportunity.capability:
        return portfolio.capabilities.label(opportunity.capability)
    return portfolio.vocabularies["exploration-objectives"].label(opportunity.objective or "")


def _years(years: tuple[int | None, int | None] | None) -> str | None:
    """Return the years of an opportunity; an open end stays open."""
    if years is None:
        return None
    first, last = ("" if year is None else str(year) for year in years)
    return first if first == last else f"{first}..{last}"


def dependence_table(portfolio: Portfolio, items: Iterable[Dependence]) -> Table:
    """Return dependences, the most serious first."""
    rows = tuple(
        (
            portfolio.agency_name(item.dependent),
            portfolio.agency_name(item.on),
            record_name(portfolio, item.record),
            portfolio.capabilities.label(item.capability),
            item.form,
            "inferred" if item.inferred else "stated",
            " → ".join(record_name(portfolio, key) for key in item.via) or None,
            str(item.by) if item.by else None,
            len(item.alternatives),
            ", ".join(portfolio.agency_name(agency) for agency in item.alternatives) or None,
            item.unverified,
        )
        for item in items
    )
    columns = (
        *("who depends", "on whom", "in", "for", "form", "basis", "by way of", "needed by"),
        *("other providers", "which", "unverified"),
    )
    return Table("dependence", "Who depends on whom", columns, rows, ("which",))


def agency_table(portfolio: Portfolio, rows: Iterable[AgencyDependence]) -> Table:
    """Return how much of each agency's programme hangs on others."""
    listed = tuple(
        (
            portfolio.agency_name(row.agency),
            row.missions,
            len(row.hanging),
            row.share,
            "; ".join(f"{portfolio.agency_name(agency)} ({count})" for agency, count in row.depends_on) or None,
            "; ".join(f"{portfolio.agency_name(agency)} ({count})" for agency, count in row.relied_on_by) or None,
            row.unverified,
        )
        for row in rows
    )
    columns = ("agency", "missions", "hang on others", "share", "depends on", "relied on by", "unverified")
    return Table("agencies", "How much of each programme hangs on others", columns, listed)


def single_point_table(portfolio: Portfolio, points: Iterable[SinglePoint]) -> Table:
    """Return what has no second source."""
    rows = tuple(
        (
            record_name(portfolio, point.record) if point.record else None,
            portfolio.agency_name(point.provider),
            portfolio.capabilities.label(point.capability),
            len(point.missions),
            "; ".join(record_name(portfolio, key) for key in point.missions),
            ", ".join(portfolio.agency_name(agency) for agency in point.agencies),
            point.unverified,
        )
        for point in points
    )
    columns = ("what", "of", "provides", "plans stopped", "which", "led by", "unverified")
    return Table("single-points", "Single points of failure: essential, with no second source", columns, rows)
