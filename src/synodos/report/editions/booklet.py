"""An edition of the roadmap as a document: the booklet on paper, and its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import header_line
from synodos.report.answering.sources import sources_section
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed
from synodos.report.charts import readiness_chart, scenarios_chart
from synodos.report.editions.answers import NOTES, change_sentences, edition_sentences
from synodos.report.editions.tables import (
    agency_rows,
    change_tables,
    gap_rows,
    instrument_rows,
    mission_rows,
    question_rows,
)
from synodos.report.plans.sections import doubt_notices
from synodos.report.plans.tables import opportunities_table
from synodos.report.roadmap.comparison import arrivals_table, scenarios_answer

if TYPE_CHECKING:
    from synodos.roadmap import Edition, EditionChanges, EditionScenario

TOLD_OF_OPPORTUNITIES: Final = ("rank", "kind", "agencies", "about", "years", "score", "why")
"""Columns of the opportunities that a booklet has room for."""
UNSIGNED: Final = "unsigned draft"
UNLIKE: Final = "The two have no scenario in common, so that their missions are not told one by one."
MOST_MISSING: Final = 12
"""Missing facts that a booklet names."""


def edition_document(
    portfolio: Portfolio,
    edition: Edition,
    *,
    signed_by: str | None = None,
    changes: EditionChanges | None = None,
) -> Document:
    """Return an edition of the roadmap as a document.

    Parameters
    ----------
    portfolio : Portfolio
        What the edition rests on.
    edition : Edition
        The edition.
    signed_by : str, optional
        Agency that signs it; without one the line on every page says that it is an unsigned draft.
    changes : EditionChanges, optional
        What changed since the edition that it follows.
    """
    return Document(
        title=edition.plan.title,
        lead=next(edition_sentences(edition)),
        header=edition_header(portfolio, edition, signed_by),
        notices=doubt_notices(portfolio),
        sections=tuple(_sections(portfolio, edition, changes)),
    )


def edition_header(portfolio: Portfolio, edition: Edition, signed_by: str | None) -> str:
    """Return the line on every page of an edition: what it rests on, its number, and who signed it."""
    signed = UNSIGNED if signed_by is None else f"signed by {portfolio.agency_name(signed_by)}"
    return f"Edition {edition.plan.number}, {edition.plan.published} · {signed} · {header_line(portfolio)}"


def _sections(portfolio: Portfolio, edition: Edition, changes: EditionChanges | None) -> Iterator[Section]:
    """Yield the parts of the booklet in order."""
    plan = edition.plan
    if plan.foreword:
        yield Section("foreword", "Foreword", plan.foreword)
    yield _brief(portfolio, edition)
    for place, chapter in enumerate(plan.chapters, start=1):
        yield Section(f"chapter-{place}", chapter.title, chapter.text)
    for place, scenario in enumerate(edition.scenarios):
        yield _scenario(portfolio, edition, scenario, place)
    yield _gaps(portfolio, edition)
    compared = scenarios_answer(portfolio, edition.comparison, {})
    yield from _side_by_side(compared)
    yield _law(portfolio, edition)
    yield _opportunities(portfolio, edition)
    if changes is not None:
        yield _changes(edition, changes)
    yield _taking_part(portfolio, edition)
    yield _method(portfolio, edition)
    yield sources_section(portfolio, compared.envelope.evidence)


def _brief(portfolio: Portfolio, edition: Edition) -> Section:
    """Return the roadmap on one page."""
    told = [one for one in edition.comparison.scenarios if one.arrivals]
    dated = counted(len(told), "scenario")
    first = f"{dated} with dates: when each first reaches a body, how ready it is, and whose leaving stops it."
    figure = Figure.drawn("scenarios", scenarios_chart, portfolio, edition.comparison)
    sentences = (*list(edition_sentences(edition))[1:], first)
    return Section(
        "roadmap", "The roadmap in brief", sentences, figure, (arrivals_table(portfolio, edition.comparison),)
    )


def _scenario(portfolio: Portfolio, edition: Edition, scenario: EditionScenario, place: int) -> Section:
    """Return one scenario: what it says, its missions, and how ready they are."""
    compared = edition.comparison.scenarios[place]
    needs = any(mission.needs for mission in compared.readiness.missions)
    figure = (
        Figure.drawn(f"readiness-{scenario.id}", readiness_chart, portfolio, compared.readiness, scenario.name)
        if needs
        else None
    )
    return Section(
        f"scenario-{scenario.id}",
        scenario.name,
        tuple(_says(portfolio, scenario)),
        figure,
        (_missions(portfolio, edition, scenario),),
    )


def _says(portfolio: Portfolio, scenario: EditionScenario) -> Iterator[str]:
    """Yield what a scenario says in sentences."""
    leads = dict.fromkeys(portfolio.agency_name(one.lead) for one in scenario.missions)
    flown = sum(one.flown for one in scenario.missions)
    yield (
        f"{counted(len(scenario.missions), 'mission')}, led by {listed(list(leads)) if leads else 'nobody'}; "
        f"{flown or 'none'} {'has' if flown == 1 else 'have'} been launched."
    )
    if scenario.builds_on:
        yield f"It builds on {listed([portfolio.scenarios[key].name for key in scenario.builds_on])}."
    if scenario.steps:
        yield _sentence("Its steps", scenario.steps)
    if scenario.assumptions:
        yield _sentence("It takes for granted", scenario.assumptions)


def _sentence(words: str, parts: tuple[str, ...]) -> str:
    """Return what is stated in parts, some of them sentences, as one sentence."""
    return f"{words}: {'; '.join(part.rstrip('.') for part in parts)}."


def _missions(portfolio: Portfolio, edition: Edition, scenario: EditionScenario) -> Table:
    """Return the missions of one scenario, in their order."""
    whole = mission_rows(portfolio, replace(edition, scenarios=(scenario,)))
    return Table(
        f"missions-{scenario.id}",
        f"Missions of {scenario.name}",
        whole.columns[1:],
        tuple(row[1:] for row in whole.rows),
        ("status", *whole.wide),
    )


def _gaps(portfolio: Portfolio, edition: Edition) -> Section:
    """Return what nobody supplies."""
    unworked = [gap.label for gap in edition.gaps if not gap.worked_on_by]
    first = f"Nobody works on {listed(unworked)}." if unworked else "Somebody works on every gap."
    return Section("gaps", "What nobody supplies", (first,), tables=(gap_rows(portfolio, edition),))


def _side_by_side(answer: Answer) -> Iterator[Section]:
    """Yield the comparison of the scenarios, and who could stop them."""
    tables = {table.name: table for table in answer.tables}
    sentences = answer.sentences[1:]
    yield Section("compare", "Scenarios side by side", sentences, tables=(tables["compare"],))
    yield Section("robustness", "Who could stop or delay what", (), tables=(tables["robustness"],))


def _law(portfolio: Portfolio, edition: Edition) -> Section:
    """Return what has to be signed, and what law leaves open."""
    first = (
        f"{counted(len(edition.instruments), 'instrument')} between a lead and a partner "
        f"{'is' if len(edition.instruments) == 1 else 'are'} needed and not known to be in force; "
        f"{counted(len(edition.questions), 'contested question')} "
        f"{'matters' if len(edition.questions) == 1 else 'matter'} to these missions."
    )
    tables = instrument_rows(portfolio, edition), question_rows(portfolio, edition)
    return Section("law", "Law and instruments", (first,), tables=tuple(table for table in tables if table.rows))


def _opportunities(portfolio: Portfolio, edition: Edition) -> Section:
    """Return the best opportunities."""
    told = f"The {len(edition.opportunities)} best of {edition.opportunity_count:,}"
    first = f"{told}, ranked by a score whose parts are published."
    whole = opportunities_table(portfolio, edition.opportunities)
    kept = [whole.columns.index(name) for name in TOLD_OF_OPPORTUNITIES]
    rows = tuple(tuple(row[place] for place in kept) for row in whole.rows)
    table = Table(whole.name, whole.title, TOLD_OF_OPPORTUNITIES, rows)
    sentences = first, "What stands in the way of each, and the parts of its score, are in the data."
    return Section("opportunities", "Opportunities to cooperate", sentences, tables=(table,))


def _changes(edition: Edition, changes: EditionChanges) -> Section:
    """Return what changed since the last edition."""
    alike = len(changes.scenarios_added) < len(edition.scenarios)
    tables = [table for table in change_tables(changes) if alike or table.name not in ("moved", "listed")]
    return Section(
        "changes",
        "What changed since the last edition",
        (*change_sentences(changes), *changes.notes, *(() if alike else (UNLIKE,))),
        tables=tuple(table for table in tables if table.rows),
    )


def _taking_part(portfolio: Portfolio, edition: Edition) -> Section:
    """Return who takes part, members first."""
    members = sum(one.member for one in edition.agencies)
    others = len(edition.agencies) - members
    first = f"{counted(members, 'member')} of the mechanism, and {others} others with a part in these missions."
    return Section("agencies", "Who takes part", (first,), tables=(agency_rows(portfolio, edition),))


def _method(portfolio: Portfolio, edition: Edition) -> Section:
    """Return how the edition was made, and what would make it better."""
    plan, frozen = edition.plan, edition.portfolio
    authors = listed([portfolio.agency_name(key) for key in plan.authors]) if plan.authors else "no agency"
    rests = (
        f"Published by {authors}. It rests on {frozen.title}, as known on {frozen.known_on}: "
        f"{frozen.records:,} records, {frozen.unverified:,} of them unverified (SHA-256 {frozen.sha256})."
    )
    computed = (
        f"Chances come from {plan.iterations:,} iterations with seed {plan.seed}; the law is that of {plan.law_day}. "
        f"Computed by Synodos {edition.synodos}; building it again gives the same bytes."
    )
    sentences = (
        rests,
        computed,
        *NOTES,
        *_missing(edition),
    )
    return Section("method", "How it was made", sentences)


def _missing(edition: Edition) -> Iterator[str]:
    """Yield which facts would make the edition better, if any."""
    more = len(edition.missing) - MOST_MISSING
    if edition.missing:
        rest = f"; and {more:,} more" if more > 0 else ""
        yield f"Facts that would make it better: {'; '.join(edition.missing[:MOST_MISSING])}{rest}."
