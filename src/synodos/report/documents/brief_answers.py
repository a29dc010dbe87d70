"""The answer that is the brief of an agency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import envelope, plain

if TYPE_CHECKING:
    from synodos.roadmap import AgencyBrief

NOTES = (
    "This informs and binds nobody; each agency decides for itself.",
    "It says which norms leave a question open in which reading; it is no legal advice.",
)


def brief_answer(portfolio: Portfolio, agency: str, *, years: int = 5) -> Answer:
    """Return what one agency has to know: where it could cooperate, what it hangs on, and what lies ahead.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    agency : str
        Its id.
    years : int
        How far to look ahead from the day of knowledge.

    Raises
    ------
    KeyError
        If the portfolio has no such agency.
    """
    from synodos.report.answering.reading import for_readers
    from synodos.report.documents.brief import brief_document, lead_sentence  # slow to load
    from synodos.roadmap import agency_brief

    found = agency_brief(portfolio, agency, years=years)
    evidence = tuple(dict.fromkeys(_evidence(found)))
    document = brief_document(portfolio, found, evidence)
    wrapped = envelope(
        "brief",
        portfolio,
        plain(found),
        evidence=evidence,
        parameters={"for": agency, "years": years},
        notes=NOTES,
    )
    tables = tuple(table for section in document.sections for table in section.tables)
    return Answer(wrapped, document.header, tables, (lead_sentence(portfolio, found),), for_readers(document))


def _evidence(found: AgencyBrief) -> Iterator[str]:
    """Yield the records that a brief rests on, as `kind:id`."""
    yield f"agency:{found.agency}"
    yield from (f"mission:{key}" for key in (*found.leads, *found.part_in))
    yield from (key for one in found.opportunities for key in one.records)
    yield from (key for one in (*found.depends, *found.relied_on) for key in one.evidence)
    yield from (key for one in found.hurts for key in one.evidence)
    yield from (key for one in found.ahead for key in one.evidence)
    yield from (key for one in found.matters for key in one.evidence)
    yield from (f"scenario:{one.scenario}" for one in found.alignments)
    yield from (use.record for one in found.alignments for use in one.uses)
