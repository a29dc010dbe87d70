"""The answer that is an annual report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import envelope, plain

if TYPE_CHECKING:
    from synodos.roadmap import AnnualReport

NOTES = (
    "What was declared is told as declared; what is marked computed follows from dates and from comparing two days.",
    "What was stated only later counts where it is about the year; the comparison of two days does not know it.",
)


def annual_answer(portfolio: Portfolio, opening: Portfolio, closing: Portfolio, year: int) -> Answer:
    """Return the annual report of one year.

    Parameters
    ----------
    portfolio : Portfolio
        What is known now, as its viewer may see it.
    opening, closing : Portfolio
        What the same viewer knew on the last day before the year, and on its last day.
    year : int
        The year.

    Raises
    ------
    ValueError
        If what is known now ends before the year.
    """
    from synodos.report.answering.reading import for_readers
    from synodos.report.documents.annual import annual_document, lead_sentence  # slow to load
    from synodos.roadmap import annual

    found = annual(portfolio, opening, closing, year)
    evidence = tuple(dict.fromkeys(_evidence(portfolio, found)))
    document = annual_document(portfolio, found, evidence)
    wrapped = envelope("annual", portfolio, plain(found), evidence=evidence, parameters={"year": year}, notes=NOTES)
    tables = sorted(  # what a program asks for first
        (table for section in document.sections for table in section.tables), key=lambda one: one.name != "highlights"
    )
    return Answer(wrapped, document.header, tuple(tables), (lead_sentence(found),), for_readers(document))


def _evidence(portfolio: Portfolio, found: AnnualReport) -> Iterator[str]:
    """Yield the records that an annual report rests on, as `kind:id`."""
    for group in found.groups:
        yield from (f"working-group:{group.group}" for _ in group.group[:1])
        yield from (one.record for one in group.reported)
    for agency in found.agencies:
        yield from (one.record for one in agency.reported)
        yield from (one.record for one in agency.events)
    yield from (f"agency:{key}" for key in found.members if key in portfolio.agencies)
    yield from (f"meeting:{key}" for key in found.meetings)
    yield from (f"paper:{key}" for key in found.papers)
    yield from (f"action:{key}" for key in found.actions)
    yield from (key for one in found.ahead for key in one.evidence)
