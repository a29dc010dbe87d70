"""The answer on scenarios side by side: one table whose cells lead to their evidence, and small multiples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.naming import record_name
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import counted, listed, percent
from synodos.report.roadmap.comparison_measures import Measure, measures_of

if TYPE_CHECKING:
    from synodos.roadmap import Compared, Comparison

Measures = Mapping[str, list[Measure]]
EVIDENCE: Final = "evidence-"
"""Beginning of the names of the tables with the records behind each cell; the aspect follows."""
FIGURES: Final = "figures"
DRAWN: Final = frozenset({"dates", "robustness"})
"""Aspects that the picture shows beside readiness."""
FIGURES_SAY: Final = (
    "Dates are years with their part (2025.99 is the end of 2025) of the last planned day; amounts are in millions.",
    "Which way a row counts where a reader weighs it is a proposal, and the reader may turn it round.",
)
NOTES: Final = (
    "No score is made of the rows: what counts how much is for the reader to weigh.",
    "That a goal of 2011 serves a theme of 2007 is our own reading of their words; no text was read that links them.",
    "An amount for several years is spread evenly over them; of several amounts for one period the largest counts.",
    "Where nothing is stated, dates and chances rest on the same defaults everywhere; `synodos risk` names them.",
    "A slip of two years moves the first day of each of an agency's building blocks that does not fly yet.",
)


def scenarios_answer(
    portfolio: Portfolio,
    found: Comparison,
    parameters: Mapping[str, object],
    *,
    drawn: bool = False,
    stated: Portfolio | None = None,
) -> Answer:
    """Return scenarios side by side.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked.
    found : Comparison
        The scenarios.
    parameters : mapping
        What the question was asked with.
    drawn : bool
        Whether the answer has a page with the picture.
    stated : Portfolio or None
        What the picture names instead: the plans without a scenario that was computed.
    """
    measures = measures_of(portfolio, found)
    parts = _Parts(
        _side_by_side(found, measures),
        _details(portfolio, found),
        _records_behind(portfolio, found, measures),
        _figures(found, measures),
    )
    sentences = tuple(_told(portfolio, found))
    wrapped = envelope(
        "compare", portfolio, plain(found), evidence=_evidence(found), parameters=parameters,
        missing=dict.fromkeys(fact for one in found.scenarios for fact in one.readiness.missing), notes=NOTES,
    )  # fmt: skip
    document = _page(portfolio, found, parts, sentences, stated) if drawn else None
    return Answer(wrapped, header_line(portfolio), parts.tables, sentences, document)


@dataclass(frozen=True)
class _Parts:
    """The tables of the answer."""

    compared: Table
    details: tuple[Table, ...]
    behind: tuple[Table, ...]
    figures: Table

    @property
    def tables(self) -> tuple[Table, ...]:
        """All of them, in order."""
        return (self.compared, *self.details, *self.behind, self.figures)


def _told(portfolio: Portfolio, found: Comparison) -> Iterator[str]:
    """Yield the answer in sentences."""
    names = listed([one.name for one in found.scenarios])
    common = " in common" if len(found.scenarios) > 1 else ""
    yield f"{names}: {counted(len(found.shared), 'mission')}{common}."
    ready = [(sum(m.stage == "nobody" for m in one.readiness.missions), one) for one in found.scenarios if one.missions]
    if ready:
        least = min(count for count, _ in ready)
        best = listed([one.name for count, one in ready if count == least])
        yield f"Fewest missions that lack something nobody supplies: {best} ({least})."
    frail = [(len(one.blows[0].stopped), one) for one in found.scenarios if one.blows]
    if frail:
        most = max(count for count, _ in frail)
        worst = next(one for count, one in frail if count == most)
        who = portfolio.agency_name(worst.blows[0].agency) if worst.blows else ""
        yield f"The gravest withdrawal: {who} would stop {counted(most, 'mission')} of {worst.name}."


def _side_by_side(found: Comparison, measures: Measures) -> Table:
    """Return one row a measure and one column a scenario."""
    rows = tuple(
        (aspect, measure.name, *(measure.told(one) for one in found.scenarios))
        for aspect, group in measures.items()
        for measure in group
    )
    columns = ("aspect", "measure", *(_column(one, found) for one in found.scenarios))
    return Table("compare", "Side by side", columns, rows, heads=2)


def _records_behind(portfolio: Portfolio, found: Comparison, measures: Measures) -> tuple[Table, ...]:
    """Return for each aspect the records behind every cell of the table, a row a measure likewise."""
    columns = ("measure", *(_column(one, found) for one in found.scenarios))
    return tuple(
        Table(
            f"{EVIDENCE}{aspect}",
            aspect.capitalize(),
            columns,
            tuple(
                (measure.name, *(_named(portfolio, measure.evidence(one)) for one in found.scenarios))
                for measure in group
            ),
            heads=1,
        )
        for aspect, group in measures.items()
        if group
    )


def _named(portfolio: Portfolio, records: Iterable[str]) -> Cell:
    """Return the names of records, each once."""
    return "; ".join(dict.fromkeys(record_name(portfolio, key) for key in records)) or "none"


def _figures(found: Comparison, measures: Measures) -> Table:
    """Return the rows that are numbers, for readers who weigh them."""
    rows = tuple(
        (aspect, measure.name, measure.better, *(measure.figure(one) for one in found.scenarios))
        for aspect, group in measures.items()
        for measure in group
        if measure.better is not None
    )
    columns = ("aspect", "measure", "better", *(_column(one, found) for one in found.scenarios))
    return Table(FIGURES, "Figures to weigh", columns, rows, heads=3)


def _column(one: Compared, found: Comparison) -> str:
    """Return the heading of a scenario: its name, with its id where two have the same."""
    alike = sum(other.name == one.name for other in found.scenarios) > 1
    return f"{one.name} ({one.id})" if alike else one.name


def _details(portfolio: Portfolio, found: Comparison) -> tuple[Table, ...]:
    """Return what stands behind the rows, as far as it was asked for."""
    asked = {"dates": arrivals_table, "costs": _costs, "robustness": _robustness, "law": _instruments}
    return tuple(table(portfolio, found) for aspect, table in asked.items() if aspect in found.aspects)


def arrivals_table(portfolio: Portfolio, found: Comparison) -> Table:
    """Return the first missions to each body, scenario by scenario."""
    rows = tuple(
        (
            one.name,
            portfolio.destinations.label(a.body),
            "people" if a.crewed else "robotic",
            portfolio.missions[a.mission].name,
            str(a.planned) if a.planned else None,
            a.median.isoformat() if a.median else None,
            a.p80.isoformat() if a.p80 else None,
            None if a.in_time is None else percent(a.in_time),
        )
        for one in found.scenarios
        for a in one.arrivals or ()
    )
    columns = ("scenario", "body", "with", "mission", "planned", "half of the chances by", "80 of 100 by", "in time")
    return Table("arrivals", "First arrivals", columns, rows)


def _costs(portfolio: Portfolio, found: Comparison) -> Table:
    """Return what is stated of costs by agency and year."""
    told = [(one, one.costs) for one in found.scenarios if one.costs]
    rows = tuple(
        (one.name, portfolio.agency_name(s.agency), s.year, _millions(s.cost), _millions(s.budget), len(s.records))
        for one, costs in told
        for s in costs.spending
    )
    terms = next((f" ({c.currency} million, {c.price_year} prices)" for _, c in told if c.currency), "")
    columns = ("scenario", "agency", "year", "cost", "budget", "plans")
    return Table("costs", f"Stated costs by agency and year{terms}", columns, rows)


def _robustness(portfolio: Portfolio, found: Comparison) -> Table:
    """Return what each agency could do by withdrawing or by being late."""
    rows = tuple(
        (
            one.name,
            portfolio.agency_name(blow.agency),
            "; ".join(portfolio.missions[key].name for key in blow.stopped) or "none",
            "; ".join(portfolio.missions[key].name for key in blow.late) or "none",
        )
        for one in found.scenarios
        for blow in one.blows or ()
    )
    columns = ("scenario", "agency", "stops if it withdraws", "waits if it comes two years late")
    return Table("robustness", "What each agency could do to it", columns, rows, heads=2)


def _instruments(portfolio: Portfolio, found: Comparison) -> Table:
    """Return the instruments that are needed, and that nothing in force is known to be."""
    rows = tuple(
        (one.name, portfolio.missions[mission].name, portfolio.agency_name(lead), portfolio.agency_name(partner))
        for one in found.scenarios
        for mission, lead, partner in (one.binding.lacking if one.binding else ())
    )
    columns = ("scenario", "mission", "lead", "partner")
    return Table("instruments", "Instruments that are needed, and not known to be in force", columns, rows)


def _millions(value: float | None) -> Cell:
    """Return an amount in millions."""
    return None if value is None else round(value / 1e6, 1)


def _evidence(found: Comparison) -> Iterator[str]:
    """Yield the records that the comparison rests on."""
    for one in found.scenarios:
        yield f"scenario:{one.id}"
        yield from (f"mission:{key}" for key in one.missions)
        yield from (s.record for m in one.readiness.missions for n in m.needs for s in n.supplies)
        yield from (key for s in (one.costs.spending if one.costs else ()) for key in s.records)
        yield from one.dependences.evidence if one.dependences else ()
        yield from one.binding.evidence if one.binding else ()


def _page(
    portfolio: Portfolio, found: Comparison, parts: _Parts, sentences: tuple[str, ...], stated: Portfolio | None
) -> Document:
    """Return the answer as a page, with the picture where something was asked for that it shows."""
    from synodos.report.charts import scenarios_chart

    pictured = bool(DRAWN & set(found.aspects))
    figure = Figure.drawn("scenarios", scenarios_chart, portfolio, found, stated=stated) if pictured else None
    details = [Section("details", "What stands behind it", tables=parts.details)] if parts.details else []
    return Document(
        title="Scenarios side by side",
        lead=sentences[0],
        header=header_line(portfolio),
        sections=(
            Section("compare", "Side by side", sentences[1:], figure, (parts.compared,)),
            *details,
            Section("evidence", "The records behind each cell", tables=parts.behind, folded=True),
            Section("figures", "Figures to weigh", FIGURES_SAY, tables=(parts.figures,), folded=True),
            Section("notes", "What the reader has to know", NOTES, folded=True),
        ),
    )
