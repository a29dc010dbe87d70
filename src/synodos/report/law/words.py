"""Words that the answers of law share: citations, statuses, questions, readings, and what they rest on."""

from __future__ import annotations

import datetime as dt
from typing import Final

from synodos.language import Portfolio, load
from synodos.report.law.open_questions import question_words

INFORMS: Final = "Synodos says which norms it applied, in which reading; it informs and does not advise."

PLURALS: Final = {"depends": "depend", "holds": "hold", "rests": "rest"}
"""Verbs with which the words for a state begin, for more than one."""


def catalogue_note(portfolio: Portfolio, law_known_on: dt.date | None = None) -> str:
    """Return of which day the catalogue of norms is, and whether more was asked of it than it holds."""
    from synodos.law import catalogue

    as_of = catalogue().as_of
    asked = max(portfolio.known_on, law_known_on or portfolio.known_on)
    more = f" Plans are known on {asked}; nothing later than {as_of} is in the catalogue." if asked > as_of else ""
    return f"Catalogue of norms as of {as_of}.{more}"


def status_of(norm_id: str, status: str) -> str:
    """Return a status as people read it."""
    from synodos.law import catalogue, status_words

    return status_words(status, catalogue().norms.get(norm_id))  # type: ignore[arg-type] # one of the statuses


def counted_state(number: int, words: str) -> str:
    """Return how many stand in a state that words name, its verb as the number asks.

    Examples
    --------
    >>> counted_state(1, "depends on the reading"), counted_state(16, "depends on the reading")
    ('1 depends on the reading', '16 depend on the reading')
    """
    verb, _, rest = words.partition(" ")
    return f"{number:,} {' '.join(filter(None, (PLURALS.get(verb, verb), rest))) if number != 1 else words}"


def asked_words(norm_id: str, asked: str) -> str:
    """Return a question in the norm's own words where it has some, else in those of the vocabulary."""
    from synodos.law import catalogue

    norm = catalogue().norms.get(norm_id)
    return (norm.questions.get(asked) if norm else None) or question_words(asked)


def contested_words(term: str) -> str:
    """Return the label of a contested question or a reading."""
    known = load("contested-questions")
    return known.label(term) if term in known else term


def cited(norm_id: str, law_known_on: dt.date) -> str:
    """Return a norm as a reader finds it: its id, instrument and pinpoint, as they were known on a day."""
    from synodos.law import catalogue

    norms = catalogue()
    if norm_id not in norms.norms:
        return f"{norm_id} · policy"
    return f"{norm_id} · {norms.title(norm_id, law_known_on)}, {norms.pinpoint(norm_id, law_known_on)}"
