"""Where plans meet, as sections of a page: roadmap, opportunities, dependence, coverage, and what they rest on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import COMPILED, header_line
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted
from synodos.report.charts import (
    coverage_chart,
    coverage_table,
    dependence_chart,
    opportunities_chart,
    roadmap_chart,
    roadmap_table,
)
from synodos.report.plans.tables import (
    agency_table,
    dependence_table,
    opportunities_table,
    records_table,
    single_point_table,
)

if TYPE_CHECKING:
    from synodos.cooperation import Dependences, Opportunities

MOST_OPPORTUNITIES: Final = 60
"""Opportunities that a picture, or a report, shows; the data files hold all."""


def doubt_notices(portfolio: Portfolio) -> tuple[str, ...]:
    """Return what every reader has to know: whether agencies declared it, and how much is unverified."""
    compiled = (f"{COMPILED[0].upper()}{COMPILED[1:]}.",) if portfolio.header.compiler else ()
    count = len(portfolio.unverified)
    records = "1 record rests" if count == 1 else f"{count} records rest"
    return (
        *compiled,
        *((f"{records} on unverified facts: dashed in pictures, and marked in tables.",) if count else ()),
    )


def roadmap_section(
    portfolio: Portfolio,
    found: Opportunities,
    depends: Dependences,
    *,
    only: Collection[str] | None = None,
    links: bool = False,
) -> Section:
    """Return the roadmap picture, of some of the plans (`kind:id`) if asked; `links` as in `roadmap_chart`."""
    sentence = roadmap_sentence(portfolio, only)
    figure = Figure.drawn("roadmap", roadmap_chart, portfolio, depends.items, found.ranked, only=only, links=links)
    table = roadmap_table(portfolio, only)
    return Section("roadmap", "Roadmap", (sentence,), figure, (table,))


def roadmap_sentence(portfolio: Portfolio, only: Collection[str] | None = None) -> str:
    """Return in a sentence how many missions there are, of some of the plans (`kind:id`) if asked."""
    missions = [one for one in portfolio.missions.values() if only is None or f"mission:{one.id}" in only]
    years = [m.planned.earliest.year for m in missions if m.planned and not m.planned.opens_early]
    first, last = min(years, default=None), max(years, default=None)
    span = "without stated dates" if first is None else f"in {first}" if first == last else f"from {first} to {last}"
    joint = sum(bool(mission.partners) for mission in missions)
    undated = sum(mission.planned is None for mission in missions)
    return f"{counted(len(missions), 'mission')} {span}: {joint} with partners, {undated} without a date."


def opportunities_section(
    portfolio: Portfolio, found: Opportunities, *, most: int | None = MOST_OPPORTUNITIES, links: bool = False
) -> Section:
    """Return the opportunities, the best `most` of them as a list; the picture shows no more than some dozens."""
    shown = found.ranked[:most]
    first = f"The best: {found.ranked[0].why}" if found.ranked else "No opportunity was found."
    best = found.ranked[:MOST_OPPORTUNITIES]
    figure = Figure.drawn("opportunities", opportunities_chart, best, portfolio, links=links)
    told = f"The {len(shown)} best of {found.total} are listed; the data file holds all."
    sentences = (first, told) if len(shown) < found.total else (first,)
    if len(shown) > MOST_OPPORTUNITIES:
        sentences = (*sentences, f"The picture shows the {MOST_OPPORTUNITIES} best.")
    return Section("opportunities", "Opportunities", sentences, figure, (opportunities_table(portfolio, shown),))


def dependence_section(portfolio: Portfolio, depends: Dependences) -> Section:
    """Return who depends on whom."""
    first = depends.single_points[0] if depends.single_points else None
    sentence = (
        f"The gravest single point of failure: {portfolio.agency_name(first.provider)} alone provides "
        f"{portfolio.capabilities.label(first.capability)} to {counted(len(first.missions), 'plan')}."
        if first
        else "No single point of failure is stated."
    )
    tables = (
        agency_table(portfolio, depends.agencies),
        single_point_table(portfolio, depends.single_points),
        dependence_table(portfolio, depends.items),
    )
    figure = Figure.drawn("dependence", dependence_chart, depends.items, portfolio)
    return Section("dependence", "Dependence", (sentence,), figure, tables)


def coverage_section(portfolio: Portfolio) -> Section:
    """Return who provides what, when."""
    sentence = "Who provides which capability in which years; what nobody provides is left blank."
    figure, table = Figure.drawn("coverage", coverage_chart, portfolio), coverage_table(portfolio)
    return Section("coverage", "Capability coverage", (sentence,), figure, (table,), folded=True)


def doubts_section(portfolio: Portfolio) -> Section:
    """Return what is unverified, and where sources disagree."""
    disputes = tuple((f"{r.kind} {r.id}", dispute) for r in portfolio for dispute in r.disputes)
    tables = (
        replace(records_table(portfolio, portfolio.unverified), title="Unverified records"),
        Table("disputes", "Where sources disagree", ("record", "contradiction"), disputes),
    )
    sentence = f"{len(portfolio.unverified)} records are unverified; {len(disputes)} contradictions are kept."
    return Section("doubts", "Doubts", (sentence,), tables=tables, folded=True)


def method_section(found: Opportunities) -> Section:
    """Return how opportunities are scored."""
    from synodos.cooperation import default_weights  # questions about files start without the engines

    weights = default_weights()
    rows = tuple((name, part.weight, part.unknown, part.reason) for name, part in weights.parts.items())
    table = Table("weights", "Parts of the score", ("part", "weight", "value where not stated", "reason"), rows)
    sentence = "The score of an opportunity is the weighted mean of its parts; what is not stated takes a set value."
    return Section("method", "How opportunities are scored", (sentence, *found.notes), tables=(table,), folded=True)


def sources_section(portfolio: Portfolio) -> Section:
    """Return every source."""
    return Section("sources", "Sources", tables=(source_table(portfolio),), folded=True)


def source_table(portfolio: Portfolio) -> Table:
    """Return every source of the portfolio."""
    rows = tuple(
        (
            key,
            source.title,
            source.publisher,
            str(source.date) if source.date else None,
            source.url,
            source.note,
        )
        for key, source in portfolio.header.sources.items()
    )
    return Table("sources", "Sources", ("key", "title", "publisher", "date", "address", "note"), rows)


def opportunities_page(portfolio: Portfolio, found: Opportunities, lead: str, *, links: bool = False) -> Document:
    """Return opportunities as a page, all of them, with how they are scored; `links` as in the picture."""
    sections = opportunities_section(portfolio, found, most=None, links=links), method_section(found)
    return _page(portfolio, "Opportunities", lead, sections)


def dependence_page(portfolio: Portfolio, found: Dependences, lead: str) -> Document:
    """Return who depends on whom as a page."""
    return _page(portfolio, "Dependence", lead, (dependence_section(portfolio, found),))


def coverage_page(portfolio: Portfolio, lead: str) -> Document:
    """Return who provides which capability as a page."""
    return _page(portfolio, "Capability coverage", lead, (replace(coverage_section(portfolio), folded=False),))


def roadmap_page(
    portfolio: Portfolio,
    found: Opportunities,
    depends: Dependences,
    lead: str,
    *,
    only: Collection[str] | None = None,
    links: bool = False,
) -> Document:
    """Return the roadmap as a page, of some of the plans (`kind:id`) if asked; `links` as in `roadmap_chart`."""
    section = replace(roadmap_section(portfolio, found, depends, only=only, links=links), sentences=())
    return _page(portfolio, "Roadmap", lead, (section,))


def _page(portfolio: Portfolio, title: str, lead: str, sections: tuple[Section, ...]) -> Document:
    """Return a page that says above all how far it can be relied on."""
    name = f"{title}: {portfolio.header.title}"
    return Document(name, lead, header_line(portfolio), sections, doubt_notices(portfolio))
