"""Contested questions: their readings, and who holds which."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from synodos.language import DateRange, Portfolio, VocabularyTerm
from synodos.law.catalogue import catalogue
from synodos.law.types import Assessment

LATER: Final = "sources of a later day, which are left out"
"""Who holds a reading, where only what came after the state of the law that is asked for says it."""
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Position:
    """That a state or an agency holds a reading.

    Attributes
    ----------
    holder : str
        The state or agency.
    record : str
        The `legal-position` record, as `kind:id`.
    since : DateRange or None
        Since when.
    statement : str
        What it says, in words; empty if none is recorded.
    unverified : bool
        Whether it is general knowledge.
    """

    holder: str
    record: str
    since: DateRange | None
    statement: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a contested question.

    Attributes
    ----------
    id, label : str
        The term and what it says.
    held_by : str
        Who holds it by the sources of the vocabulary, in words.
    positions : tuple of Position
        Who declared it.
    sources : tuple of str
        Sources of the vocabulary.
    unverified : bool
        Whether the reading itself is general knowledge.
    """

    id: str
    label: str
    held_by: str
    positions: tuple[Position, ...]
    sources: tuple[str, ...]
    unverified: bool


@dataclass(frozen=True, slots=True)
class ContestedQuestion:
    """A question that law leaves open, with its readings side by side.

    Attributes
    ----------
    id, label : str
        The term and the question.
    readings : tuple of Reading
        Alternative answers; none counts for more than another.
    activities : tuple of str
        Activities of the portfolio for which it matters, as `kind:id`.
    findings : int
        Findings that hinge on it.
    """

    id: str
    label: str
    readings: tuple[Reading, ...]
    activities: tuple[str, ...]
    findings: int


def contested(portfolio: Portfolio, assessment: Assessment | None = None) -> tuple[ContestedQuestion, ...]:
    """Return the contested questions with the positions on each, those first on which most findings hinge.

    Parameters
    ----------
    portfolio : Portfolio
        What is known; its `legal-position` records are the positions.
    assessment : Assessment, optional
        Findings on the portfolio, to tell what hinges on each question. Its state of the law counts: positions and
        practice of later days are left out.

    Returns
    -------
    tuple of ContestedQuestion
        Every question of the vocabulary, and those that the portfolio adds.
    """
    vocabulary = portfolio.vocabularies["contested-questions"]
    day = assessment.law_known_on if assessment else dt.date.max
    positions = _positions(portfolio, day)
    hinging: dict[str, list[str]] = defaultdict(list)
    for finding in assessment.findings if assessment else ():
        for question in dict.fromkeys(leads.question for leads in finding.contested):
            hinging[question].append(finding.activity)
    found = [
        ContestedQuestion(
            id=term.id,
            label=term.label,
            readings=tuple(
                _reading(vocabulary.terms[reading], positions.get(reading, ()), day)
                for reading in vocabulary.children(term.id)
            ),
            activities=tuple(dict.fromkeys(hinging[term.id])),
            findings=len(hinging[term.id]),
        )
        for term in vocabulary.terms.values()
        if term.parent is None
    ]
    return tuple(sorted(found, key=lambda question: -question.findings))


def _positions(portfolio: Portfolio, day: dt.date) -> dict[str, list[Position]]:
    """Return who declared each reading by a day, in order of holders."""
    found: dict[str, list[Position]] = defaultdict(list)
    for one in sorted(portfolio.legal_positions.values(), key=lambda one: (one.owner, one.id)):
        if one.since is None or one.since.earliest <= day:
            found[one.reading].append(
                Position(one.owner, f"legal-position:{one.id}", one.since, one.statement or "", one.rests_on_unverified)
            )
    return found


def _reading(term: VocabularyTerm, positions: list[Position] | tuple[()], day: dt.date) -> Reading:
    """Return a reading with who holds it."""
    return Reading(
        id=term.id,
        label=term.label,
        held_by=LATER if _is_later(term, day) else (term.note or "").removeprefix("Held by: "),
        positions=tuple(positions),
        sources=term.sources,
        unverified=term.confidence == "unverified",
    )


def _is_later(term: VocabularyTerm, day: dt.date) -> bool:
    """Return whether what is noted of a reading names a later year, or names none and rests on later sources alone."""
    years = [int(year) for year in _YEAR.findall(term.note or "")]
    if years:
        return any(year > day.year for year in years)
    known = catalogue().sources
    dates = [known[source].date if source in known else None for source in term.sources]
    return bool(dates) and all(date is not None and date.earliest > day for date in dates)
