"""The report on a portfolio: everything on one page, and the data behind every figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from synodos.cooperation import (
    Dependences,
    Opportunities,
    default_weights,
    dependence,
    opportunities,
)
from synodos.language import Portfolio
from synodos.report.charts import (
    chart_bytes,
    coverage_chart,
    coverage_table,
    dependence_chart,
    opportunities_chart,
    roadmap_chart,
    roadmap_table,
)
from synodos.report.document import Document, Figure, Section
from synodos.report.envelope import COMPILED, envelope, header_line
from synodos.report.flying import Flight, flight, flight_evidence, flight_sections, flight_tables, next_joint
from synodos.report.governing import (
    Governed,
    governed,
    governing_evidence,
    governing_sections,
    governing_tables,
)
from synodos.report.page import Downloads, as_page
from synodos.report.question_tables import (
    agency_table,
    dependence_table,
    opportunities_table,
    records_table,
    single_point_table,
)
from synodos.report.tables import Table, as_csv, as_records
from synodos.report.wording import counted
from synodos.report.writing import write_whole

MOST_OPPORTUNITIES = 60
"""Opportunities that a report lists; the data files hold all."""
NOTHING_LEFT: Final = "No mission of the portfolio is still to fly."
PICTURES: Final[tuple[Literal["svg", "png", "pdf"], ...]] = ("svg", "png", "pdf")


def report_steps(portfolio: Portfolio, output: Path, for_agency: str | None = None) -> Iterator[str]:
    """Write `report.html` and the data behind it into `output`, and yield each step as it is done.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    output : Path
        Folder; made if it is not there. Files of an earlier report are replaced, others are left alone.
    for_agency : str, optional
        Agency whose opportunities and dependences open the report.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    for folder in (output, output / "figures", output / "data"):
        folder.mkdir(parents=True, exist_ok=True)
    found = opportunities(portfolio)
    depends = dependence(portfolio)
    yield "matching plans"
    mission = next_joint(portfolio, for_agency)
    flies = NOTHING_LEFT if mission is None else flight(portfolio, mission)
    yield "schedules and risk"
    governs = governed(portfolio, for_agency)
    yield "law and agreements"
    document = report_document(portfolio, found, depends, for_agency, flies, governs)
    yield "drawing"
    figures = [section.figure for section in document.sections if section.figure]
    downloads: Downloads = {
        figure.name: (
            *((kind.upper(), f"figures/{figure.name}.{kind}") for kind in PICTURES),
            *((kind.upper(), f"data/{figure.name}.{kind}") for kind in ("csv", "json")),
        )
        for figure in figures
    }
    for figure in figures:
        for kind in PICTURES:
            write_whole(output / "figures" / f"{figure.name}.{kind}", chart_bytes(figure.chart, kind))
        yield f"picture {figure.name}"
    for table in _data(portfolio, found, depends):
        _write_data(output, portfolio, table, _keys(table))
    for table in flight_tables(portfolio, flies):
        _write_data(output, portfolio, table, flight_evidence(flies))
    for table in governing_tables(portfolio, governs):
        _write_data(output, portfolio, table, governing_evidence(governs))
    yield "data"
    write_whole(output / "report.html", as_page(document, downloads).encode())


def _write_data(output: Path, portfolio: Portfolio, table: Table, evidence: Iterable[str]) -> None:
    """Write the data behind a picture as CSV and as an answer."""
    write_whole(output / "data" / f"{table.name}.csv", as_csv(table).encode())
    wrapped = envelope(table.name, portfolio, as_records(table), evidence=evidence)
    write_whole(output / "data" / f"{table.name}.json", wrapped.model_dump_json(indent=1).encode())


def report_document(
    portfolio: Portfolio,
    found: Opportunities,
    depends: Dependences,
    for_agency: str | None,
    flies: Flight | str,
    governs: Governed,
) -> Document:
    """Return the report as a document."""
    own = () if for_agency is None else _agency_sections(portfolio, found, depends, for_agency)
    name = f"For {portfolio.agency_name(for_agency)}: " if for_agency else ""
    return Document(
        title=name + portfolio.header.title,
        lead=_lead(portfolio, found, depends),
        header=header_line(portfolio),
        notices=(*_notices(portfolio),),
        sections=(
            *own,
            _roadmap(portfolio, found, depends),
            _opportunities(portfolio, found),
            _dependence(portfolio, depends),
            *_flying(portfolio, flies),
            *governing_sections(portfolio, governs),
            _coverage(portfolio),
            _doubts(portfolio),
            _method(found),
            _sources(portfolio),
        ),
    )


def _lead(portfolio: Portfolio, found: Opportunities, depends: Dependences) -> str:
    """Return the report in one sentence."""
    leads = {mission.owner for mission in portfolio.missions.values()}
    essential = sum(item.essential is True for item in depends.items)
    gaps = sum(opportunity.kind == "gap" for opportunity in found.ranked)
    lead = f"{counted(len(leads), 'agency', 'agencies')} {'leads' if len(leads) == 1 else 'lead'}"
    return (
        f"{lead} {counted(len(portfolio.missions), 'mission')}; the plans offer "
        f"{counted(found.total, 'opportunity', 'opportunities')} to cooperate, hang on each other in "
        f"{counted(essential, 'essential way')}, and leave {counted(gaps, 'gap')} that nobody fills."
    )


def _notices(portfolio: Portfolio) -> Iterator[str]:
    """Yield what every reader has to know."""
    if portfolio.header.compiler:
        yield f"{COMPILED[0].upper()}{COMPILED[1:]}."
    count = len(portfolio.unverified)
    if count:
        records = "1 record rests" if count == 1 else f"{count} records rest"
        yield f"{records} on unverified facts: dashed in pictures, and marked in tables."


def _agency_sections(
    portfolio: Portfolio, found: Opportunities, depends: Dependences, agency: str
) -> tuple[Section, ...]:
    """Return the ten best opportunities and the five worst dependences of one agency."""
    best = [o for o in found.ranked if agency in o.agencies][:10]
    worst = [item for item in depends.items if item.dependent == agency][:5]
    name = portfolio.agency_name(agency)
    first = f"The best: {best[0].why}" if best else f"No opportunity for {name} was found."
    gravest = (
        f"{name} depends most gravely on {portfolio.agency_name(worst[0].on)}."
        if worst
        else f"No dependence of {name} on another agency is stated."
    )
    return (
        Section(
            "best",
            f"Ten best opportunities for {name}",
            (first,),
            tables=(opportunities_table(portfolio, best),),
        ),
        Section(
            "worst",
            f"Five worst dependences of {name}",
            (gravest,),
            tables=(dependence_table(portfolio, worst),),
        ),
    )


def _roadmap(portfolio: Portfolio, found: Opportunities, depends: Dependences) -> Section:
    """Return the roadmap picture."""
    missions = portfolio.missions.values()
    years = [m.planned.earliest.year for m in missions if m.planned and not m.planned.opens_early]
    first, last = min(years, default=None), max(years, default=None)
    span = "without stated dates" if first is None else f"in {first}" if first == last else f"from {first} to {last}"
    joint = sum(bool(mission.partners) for mission in missions)
    undated = sum(mission.planned is None for mission in missions)
    sentence = f"{counted(len(missions), 'mission')} {span}: {joint} with partners, {undated} without a date."
    chart = roadmap_chart(portfolio, depends.items, found.ranked)
    table = roadmap_table(portfolio)
    return Section("roadmap", "Roadmap", (sentence,), Figure.of("roadmap", chart), (table,))


def _opportunities(portfolio: Portfolio, found: Opportunities) -> Section:
    """Return the opportunities."""
    shown = found.ranked[:MOST_OPPORTUNITIES]
    first = f"The best: {found.ranked[0].why}" if found.ranked else "No opportunity was found."
    chart = opportunities_chart(shown, portfolio)
    most = f"The {len(shown)} best of {found.total} are listed; the data file holds all."
    sentences = (first, most) if len(shown) < found.total else (first,)
    return Section(
        "opportunities", "Opportunities", sentences, Figure.of("opportunities", chart),
        (opportunities_table(portfolio, shown),),
    )  # fmt: skip


def _dependence(portfolio: Portfolio, depends: Dependences) -> Section:
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
    chart = dependence_chart(depends.items, portfolio)
    return Section("dependence", "Dependence", (sentence,), Figure.of("dependence", chart), tables)


def _flying(portfolio: Portfolio, flies: Flight | str) -> Iterator[Section]:
    """Yield when the joint mission that comes next can fly."""
    name = "" if isinstance(flies, str) else flies.mission.name
    why = f"Shown for {name}, a mission still to fly for which several agencies provide something." if name else ""
    yield from flight_sections(portfolio, flies, drawn=True, why=why)


def _coverage(portfolio: Portfolio) -> Section:
    """Return who provides what, when."""
    sentence = "Who provides which capability in which years; what nobody provides is left blank."
    figure, table = Figure.of("coverage", coverage_chart(portfolio)), coverage_table(portfolio)
    return Section("coverage", "Capability coverage", (sentence,), figure, (table,), folded=True)


def _doubts(portfolio: Portfolio) -> Section:
    """Return what is unverified, and where sources disagree."""
    disputes = tuple((f"{r.kind} {r.id}", dispute) for r in portfolio for dispute in r.disputes)
    tables = (
        replace(records_table(portfolio, portfolio.unverified), title="Unverified records"),
        Table("disputes", "Where sources disagree", ("record", "contradiction"), disputes),
    )
    sentence = f"{len(portfolio.unverified)} records are unverified; {len(disputes)} contradictions are kept."
    return Section("doubts", "Doubts", (sentence,), tables=tables, folded=True)


def _method(found: Opportunities) -> Section:
    """Return how opportunities are scored."""
    weights = default_weights()
    rows = tuple((name, part.weight, part.unknown, part.reason) for name, part in weights.parts.items())
    table = Table("weights", "Parts of the score", ("part", "weight", "value where not stated", "reason"), rows)
    sentence = "The score of an opportunity is the weighted mean of its parts; what is not stated takes a set value."
    return Section("method", "How opportunities are scored", (sentence, *found.notes), tables=(table,), folded=True)


def _sources(portfolio: Portfolio) -> Section:
    """Return every source."""
    return Section("sources", "Sources", tables=(_source_table(portfolio),), folded=True)


def _source_table(portfolio: Portfolio) -> Table:
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


def _data(portfolio: Portfolio, found: Opportunities, depends: Dependences) -> Iterator[Table]:
    """Yield the tables behind the figures and lists, whole."""
    yield roadmap_table(portfolio)
    yield opportunities_table(portfolio, found.ranked)
    yield dependence_table(portfolio, depends.items)
    yield agency_table(portfolio, depends.agencies)
    yield single_point_table(portfolio, depends.single_points)
    yield coverage_table(portfolio)
    yield records_table(portfolio, portfolio)
    yield _source_table(portfolio)


def _keys(table: Table) -> Iterator[str]:
    """Yield the records that a table names."""
    if {"kind", "id"} <= set(table.columns):
        kind, key = table.columns.index("kind"), table.columns.index("id")
        yield from (f"{row[kind]}:{row[key]}" for row in table.rows)
