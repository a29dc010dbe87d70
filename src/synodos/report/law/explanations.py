"""The answer of law on why a norm says what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import envelope, header_line
from synodos.report.answering.tables import Table
from synodos.report.law.words import INFORMS, catalogue_note, cited, contested_words, status_of

if TYPE_CHECKING:
    from synodos.law import Branch, Explanation, Reason


def explanation_answer(
    portfolio: Portfolio,
    found: Explanation,
    parameters: Mapping[str, object],
    law_known_on: dt.date | None = None,
    *,
    drawn: bool = False,
) -> Answer:
    """Return why a norm says what it says, as sentences below sentences; a page as well if `drawn`.

    The norm is cited as it was known on `law_known_on`; by default on the day of knowledge of the portfolio.
    """
    from synodos.law import catalogue

    told = [f"{_branch(branch.readings)}{status_of(found.norm, branch.status)}." for branch in found.branches]
    told = [sentence[:1].upper() + sentence[1:] for sentence in told]
    records = [key for branch in found.branches for _, reason in _outline(branch.reasons) for key in reason.records]
    wrapped = envelope(
        "law-explain",
        portfolio,
        found,
        evidence=[key for key in records if not key.startswith(("norm:", "register:"))],
        parameters=parameters,
        notes=(INFORMS, catalogue_note(portfolio)),
    )
    law_day = law_known_on or catalogue().law_day(portfolio.known_on)
    sentences = (f"{cited(found.norm, law_day)}: {found.text} {catalogue_note(portfolio)}", *told)
    document = None
    if drawn:
        from synodos.report.law.pages import explanation_page  # what draws is slow to load

        branches = [_reasons_table([branch]) for branch in found.branches]
        document = explanation_page(portfolio, f"Why {found.norm}", sentences, branches)
    return Answer(wrapped, header_line(portfolio), (_reasons_table(found.branches),), sentences, document)


def _reasons_table(branches: Iterable[Branch]) -> Table:
    """Return reasons below those that they support."""
    rows = tuple(
        (_sentence(depth, reason), reason.citation or None, ", ".join(reason.records) or None, reason.unverified)
        for branch in branches
        for depth, reason in _outline(branch.reasons)
    )
    columns = ("reason", "norm", "records", "unverified")
    return Table("reasons", "Why", columns, rows, wide=("norm", "records", "unverified"))


def _sentence(depth: int, reason: Reason) -> str:
    """Return a reason below those that it supports, with the records that say it."""
    records = [key for key in reason.records if not key.startswith(("norm:", "register:"))]
    said = f" [{', '.join(records)}]" if records else ""
    return f"{'· ' * depth}{reason.text}{said}{' (unverified)' if reason.unverified else ''}"


def _branch(readings: Mapping[str, str]) -> str:
    """Return the readings of a branch in words, before what follows under them."""
    if not readings:
        return ""
    words = " and ".join(contested_words(reading) for reading in readings.values())
    return f"Under the reading “{words}”: "


def _outline(reasons: Iterable[Reason], depth: int = 0) -> Iterable[tuple[int, Reason]]:
    """Yield every reason with its depth."""
    for reason in reasons:
        yield depth, reason
        yield from _outline(reason.because, depth + 1)
