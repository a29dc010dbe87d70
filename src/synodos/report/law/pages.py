"""The answers of law and agreements as pages, with their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import header_line
from synodos.report.answering.tables import Table
from synodos.report.law.agreements import uncovered_table
from synodos.report.law.governing import (
    agreements_section,
    contested_section,
    law_section,
    open_section,
    parties_section,
)
from synodos.report.law.matrix import matrix
from synodos.report.law.open_questions import open_questions
from synodos.report.law.words import INFORMS

if TYPE_CHECKING:
    from synodos.law import Assessment, ContestedQuestion, Register, Uncovered, Watched


def assessment_page(
    portfolio: Portfolio, found: Assessment, tables: Sequence[Table], sentences: Sequence[str]
) -> Document:
    """Return the findings of law as a page: the matrix, what is open, and every row of the answer."""
    first, *rest = sentences
    findings = Section("findings", "All findings", tuple(rest), tables=tuple(tables))
    sections = (
        law_section(portfolio, found, matrix(portfolio, found)),
        open_section(portfolio, open_questions(portfolio, found)),
        findings,
    )
    return _page(portfolio, "What law asks", first, sections)


def explanation_page(portfolio: Portfolio, title: str, sentences: Sequence[str], branches: Sequence[Table]) -> Document:
    """Return why a norm says what it says as a page, each set of readings by itself."""
    first, *rest = sentences
    sections = tuple(
        Section(f"why-{number}", told[:1].upper() + told[1:].removesuffix("."), tables=(branch,))
        for number, (told, branch) in enumerate(zip(rest, branches, strict=True), start=1)
    )
    return _page(portfolio, title, first, sections)


def contested_page(
    portfolio: Portfolio, found: Sequence[ContestedQuestion], assessment: Assessment, lead: str
) -> Document:
    """Return the contested questions as a page, with their readings side by side."""
    return _page(portfolio, "Contested questions", lead, (contested_section(portfolio, found, assessment),))


def register_page(
    portfolio: Portfolio, found: Register, watched: Sequence[Watched], uncovered: Sequence[Uncovered], lead: str
) -> Document:
    """Return the register of agreements as a page: tree and expiry, parties, and what nothing covers."""
    gaps = Section("uncovered", "Commitments that nothing covers", tables=(uncovered_table(portfolio, uncovered),))
    sections = agreements_section(portfolio, found, watched), parties_section(portfolio, found), gaps
    return _page(portfolio, f"Agreements on {found.at}", lead, sections)


def _page(portfolio: Portfolio, title: str, lead: str, sections: tuple[Section, ...]) -> Document:
    """Return a page that says above all that it informs and does not advise."""
    return Document(f"{title}: {portfolio.header.title}", lead, header_line(portfolio), sections, (INFORMS,))
