"""The answer of law on what is contested, and who holds which reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import envelope, header_line
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted
from synodos.report.law.words import INFORMS, catalogue_note

if TYPE_CHECKING:
    from synodos.law import Assessment, ContestedQuestion


def contested_answer(
    portfolio: Portfolio,
    found: Sequence[ContestedQuestion],
    assessment: Assessment,
    parameters: Mapping[str, object],
    *,
    drawn: bool = False,
) -> Answer:
    """Return the contested questions with the positions on each side by side; a page as well if `drawn`."""
    hinging = sum(1 for question in found if question.findings)
    note = catalogue_note(portfolio, assessment.law_known_on)
    wrapped = envelope(
        "law-contested",
        portfolio,
        {"law_known_on": assessment.law_known_on, "questions": found},
        evidence=[one.record for question in found for reading in question.readings for one in reading.positions],
        parameters=parameters,
        notes=(INFORMS, note),
    )
    sentences = (
        f"{counted(len(found), 'contested question')}; findings on these plans hinge on {hinging} of them. {note}",
        "No reading counts for more than another.",
    )
    document = None
    if drawn:
        from synodos.report.law.pages import contested_page  # what draws is slow to load

        document = contested_page(portfolio, found, assessment, sentences[0])
    return Answer(wrapped, header_line(portfolio), (contested_table(portfolio, found),), sentences, document)


def contested_table(portfolio: Portfolio, found: Sequence[ContestedQuestion]) -> Table:
    """Return each reading of each question with who holds it."""
    from synodos.law import party_names

    name = party_names(portfolio)
    rows = tuple(
        (
            question.label,
            reading.label,
            reading.held_by or None,
            "; ".join(name(one.holder) + (f" (since {one.since})" if one.since else "") for one in reading.positions)
            or None,
            question.findings,
            reading.unverified,
        )
        for question in found
        for reading in question.readings
    )
    columns = ("question", "reading", "held by", "declared by", "findings", "unverified")
    return Table("contested", "Contested questions and their readings", columns, rows)
