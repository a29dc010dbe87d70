"""The answers on what cooperating is worth, and on fair shares of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import COMPILED, envelope, header_line, plain
from synodos.report.answering.tables import Table
from synodos.report.worth.sections import worth_sections
from synodos.report.worth.sentences import BOUND, INCOMPLETE, divided, lower_bound, worth_sentences
from synodos.report.worth.shares import (
    METHOD,
    complaint_tables,
    share_sections,
    share_table,
    shown_shares,
    verdict_table,
)
from synodos.report.worth.tables import names_of, worth_unit

if TYPE_CHECKING:
    from synodos.coalition import CoalitionWorth, FairShares, Settlement


def worth_answer(
    portfolio: Portfolio,
    worth: CoalitionWorth,
    settled: Settlement,
    *,
    for_agency: str | None = None,
    parameters: Mapping[str, object] | None = None,
    drawn: bool = False,
) -> Answer:
    """Return what cooperating is worth, who would do what, and how it could be settled.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    worth : CoalitionWorth
        What every group is worth, and the plan of all.
    settled : Settlement
        What a fair division asks of each, what each brings, and gains beside money.
    for_agency : str, optional
        Agency of which the answer tells first.
    parameters : mapping, optional
        What the question was asked with.
    drawn : bool
        Whether the answer has a page with pictures.
    """
    from synodos.report.worth.contents import told_worth

    notes = (*worth.notes, *settled.notes)
    wrapped = envelope(
        "worth",
        portfolio,
        plain(told_worth(worth, settled)),
        evidence=(*worth.evidence, *settled.benefits.evidence),
        parameters=parameters,
        missing=_missing_figures(worth),
        notes=notes,
    )
    sections = tuple(worth_sections(portfolio, worth, settled, for_agency, drawn=drawn))
    sentences = tuple(worth_sentences(portfolio, worth, settled, for_agency))
    tables = tuple(table for section in sections for table in section.tables)
    document = _page(portfolio, worth, sentences, sections, notes) if drawn else None
    return Answer(wrapped, header_line(portfolio), tables, sentences, document, notes)


def plan_shares_answer(
    portfolio: Portfolio,
    worth: CoalitionWorth,
    found: FairShares,
    *,
    parameters: Mapping[str, object] | None = None,
    drawn: bool = False,
) -> Answer:
    """Return shares of what groups of agencies are worth by their plans, by every rule.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    worth : CoalitionWorth
        What every group is worth.
    found : FairShares
        The shares.
    parameters : mapping, optional
        What the question was asked with.
    drawn : bool
        Whether the answer has a page with the picture.
    """
    unit = worth_unit(worth.together)
    shown = shown_shares(found, names_of(portfolio, found.players), unit.per)
    header = header_line(portfolio)
    wrapped = envelope(
        "shares",
        portfolio,
        found,
        evidence=worth.evidence,
        parameters={**(parameters or {}), "unit": _plain_unit(worth)},
        missing=_missing_figures(worth),
        notes=(METHOD, *worth.notes),
    )
    sentences = (*divided(worth, shown, unit), *lower_bound(portfolio, worth))
    sections = tuple(share_sections(shown, unit.words, header, sentences)) if drawn else ()
    title = f"Fair shares: {worth.name}"
    document = Document(title=title, lead=sentences[0], header=header, sections=sections) if drawn else None
    tables = (share_table(shown), verdict_table(shown), *complaint_tables(shown))
    return Answer(wrapped, header, tables, sentences, document, worth.notes)


def _missing_figures(worth: CoalitionWorth) -> Iterator[str]:
    """Yield the figures that agencies would have to state."""
    for one in worth.missing:
        yield f"{one.record}: {one.what} of {one.name} ({one.why})"


def _plain_unit(worth: CoalitionWorth) -> str:
    """Return what worths are counted in for programs: whole units of money, or weight of objectives."""
    terms = worth.together.terms
    if worth.together.unit != "money":
        return worth.together.unit
    return f"{terms.currency} at {terms.price_year} prices" if terms else ""


def _page(
    portfolio: Portfolio,
    worth: CoalitionWorth,
    sentences: Sequence[str],
    sections: Sequence[Section],
    notes: Sequence[str],
) -> Document:
    """Return the answer as a page."""
    lines = tuple((note,) for note in dict.fromkeys(notes))
    noted = Section("notes", "Notes", tables=(Table("notes", "Notes", ("note",), lines),), folded=True)
    compiled = f"{COMPILED[0].upper()}{COMPILED[1:]}." if portfolio.header.compiler else ""
    bounds = [one for one in sentences if one.startswith((BOUND, INCOMPLETE))]
    return Document(
        title="What cooperating is worth: " + ("savings" if worth.name == "savings" else "programme"),
        lead=sentences[0],
        header=header_line(portfolio),
        sections=(_summary(sentences), *sections, *((noted,) if lines else ())),
        notices=tuple(filter(None, (compiled, *bounds))),
    )


def _summary(sentences: Sequence[str]) -> Section:
    """Return the answer in sentences, but for the first, which leads the page."""
    return Section("answer", "The answer", tuple(sentences[1:]))
