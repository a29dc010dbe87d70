"""The report on a portfolio: everything on one page, and the data behind every figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Final, Literal

from synodos.cooperation import (
    Dependences,
    Opportunities,
    dependence,
    opportunities,
)
from synodos.language import Portfolio
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import envelope, header_line
from synodos.report.answering.tables import Table, as_records
from synodos.report.answering.wording import counted
from synodos.report.charts import (
    chart_spec,
    coverage_table,
    roadmap_table,
    spec_files,
)
from synodos.report.law.governing import (
    Governed,
    governed,
    governing_evidence,
    governing_sections,
    governing_tables,
)
from synodos.report.plans.sections import (
    coverage_section,
    dependence_section,
    doubt_notices,
    doubts_section,
    method_section,
    opportunities_section,
    roadmap_section,
    source_table,
    sources_section,
)
from synodos.report.plans.tables import (
    agency_table,
    dependence_table,
    opportunities_table,
    records_table,
    single_point_table,
)
from synodos.report.schedule.flying import Flight, flight, flight_evidence, flight_sections, flight_tables, next_joint
from synodos.report.writing.data_packages import package_files
from synodos.report.writing.page import Downloads, as_page
from synodos.report.writing.whole import write_whole

NOTHING_LEFT: Final = "No mission of the portfolio is still to fly."
PICTURES: Final[tuple[Literal["svg", "png", "pdf"], ...]] = ("svg", "png", "pdf")


def report_steps(
    portfolio: Portfolio, output: Path, for_agency: str | None = None, *, executor: Executor | None = None
) -> Iterator[str]:
    """Write `report.html` and the data behind it into `output`, and yield each step as it is done.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    output : Path
        Folder; made if it is not there. Files of an earlier report are replaced, others are left alone.
    for_agency : str, optional
        Agency whose opportunities and dependences open the report.
    executor : concurrent.futures.Executor, optional
        Processes that draw pictures.

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
    stills: dict[str, bytes] = {}
    for figure, files in zip(figures, _drawn([chart_spec(one.chart) for one in figures], executor), strict=True):
        stills[figure.name] = files[0]
        for kind, content in zip(PICTURES, files, strict=True):
            write_whole(output / "figures" / f"{figure.name}.{kind}", content)
        yield f"picture {figure.name}"
    tables = [
        *((table, tuple(_keys(table))) for table in _data(portfolio, found, depends)),
        *((table, tuple(flight_evidence(flies))) for table in flight_tables(portfolio, flies)),
        *((table, tuple(governing_evidence(governs))) for table in governing_tables(portfolio, governs)),
    ]
    _write_data(output / "data", portfolio, tables)
    yield "data"
    write_whole(output / "report.html", as_page(document, downloads, stills).encode())


def _drawn(specs: Sequence[str], executor: Executor | None) -> Iterable[tuple[bytes, ...]]:
    """Return every picture in the forms of `PICTURES`, in order."""
    draw = partial(spec_files, formats=PICTURES)
    return map(draw, specs) if executor is None else executor.map(draw, specs)


def _write_data(folder: Path, portfolio: Portfolio, tables: Sequence[tuple[Table, Sequence[str]]]) -> None:
    """Write the data behind the pictures, each table with its evidence: as answers, and as a data package."""
    for table, evidence in tables:
        wrapped = envelope(table.name, portfolio, as_records(table), evidence=evidence)
        write_whole(folder / f"{table.name}.json", wrapped.model_dump_json(indent=1).encode())
    for name, content in package_files((table for table, _ in tables), portfolio):
        write_whole(folder / name, content)


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
        notices=doubt_notices(portfolio),
        sections=(
            *own,
            roadmap_section(portfolio, found, depends),
            opportunities_section(portfolio, found),
            dependence_section(portfolio, depends),
            *_flying(portfolio, flies),
            *governing_sections(portfolio, governs),
            coverage_section(portfolio),
            doubts_section(portfolio),
            method_section(found),
            sources_section(portfolio),
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


def _flying(portfolio: Portfolio, flies: Flight | str) -> Iterator[Section]:
    """Yield when the joint mission that comes next can fly."""
    name = "" if isinstance(flies, str) else flies.mission.name
    why = f"Shown for {name}, a mission still to fly for which several agencies provide something." if name else ""
    yield from flight_sections(portfolio, flies, drawn=True, why=why)


def _data(portfolio: Portfolio, found: Opportunities, depends: Dependences) -> Iterator[Table]:
    """Yield the tables behind the figures and lists, whole."""
    yield roadmap_table(portfolio)
    yield opportunities_table(portfolio, found.ranked)
    yield dependence_table(portfolio, depends.items)
    yield agency_table(portfolio, depends.agencies)
    yield single_point_table(portfolio, depends.single_points)
    yield coverage_table(portfolio)
    yield records_table(portfolio, portfolio)
    yield source_table(portfolio)


def _keys(table: Table) -> Iterator[str]:
    """Yield the records that a table names."""
    if {"kind", "id"} <= set(table.columns):
        kind, key = table.columns.index("kind"), table.columns.index("id")
        yield from (f"{row[kind]}:{row[key]}" for row in table.rows)
