"""What is to be done, by whom and by when: open matters and the dates that lie ahead, as one table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.naming import capability_name, record_name
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import listed, period_text
from synodos.report.law.agreements import VERDICTS
from synodos.report.law.open_questions import question_words
from synodos.report.law.words import cited

if TYPE_CHECKING:
    from synodos.roadmap import Ahead, AheadKind, OpenMatter

TO_DO_BY: Final[tuple[AheadKind, ...]] = ("deadline", "decision", "signature", "expiry", "obligation")
"""Dates by which something has to be done, among those that lie ahead."""
MOST_NAMED: Final = 4
"""Parties and plans that a cell names."""
COLUMNS: Final = ("what to do", "by", "who", "for", "why it is open")


def steps_table(
    portfolio: Portfolio,
    ahead: Iterable[Ahead],
    matters: Sequence[OpenMatter],
    law_known_on: dt.date,
    *,
    known: Collection[str] = (),
    but: str = "",
) -> Table:
    """Return what is to be done: first what has a day, and then what has none.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    ahead : iterable of Ahead
        Dates by which something has to be done.
    matters : sequence of OpenMatter
        What is open besides.
    law_known_on : datetime.date
        Day on which norms are cited.
    known : collection of str
        Records, as `kind:id`, that need no name, since the page is about them.
    but : str
        Agency that needs no name for the same reason, where others are named beside it.
    """
    dated = [_ahead_row(portfolio, one, but) for one in ahead]
    rows = [*dated, *(_matter_row(portfolio, one, law_known_on, known, but) for one in matters)]
    return Table("steps", "What is to be done", COLUMNS, tuple(rows))


def step_words(portfolio: Portfolio, one: OpenMatter, law_known_on: dt.date) -> str:
    """Return what is to be done about an open matter."""
    if one.sort == "provide":
        return f"Find who provides: {capability_name(portfolio, one.term)}"
    if one.sort == "resolve":
        return f"Resolve the conflict with {cited(one.term, law_known_on)}"
    if one.sort == "conclude":
        return f"Conclude at least this: {portfolio.vocabularies['instrument-types'].label(one.term)}"
    if one.sort == "attend":
        return f"Look at the agreement “{record_name(portfolio, one.about[0])}”"
    return f"Answer: {question_words(one.term)}"


def _matter_row(
    portfolio: Portfolio, one: OpenMatter, law_known_on: dt.date, known: Collection[str], but: str
) -> tuple[Cell, ...]:
    """Return an open matter as a row."""
    about = [record_name(portfolio, key) for key in one.about if key not in known and one.sort != "attend"]
    return (
        step_words(portfolio, one, law_known_on),
        period_text(one.by) if one.by else "",
        parties(portfolio, one.who, but),
        listed(about, MOST_NAMED) if about else "",
        _why(one),
    )


def _why(one: OpenMatter) -> str:
    """Return why a matter is open."""
    told = {
        "provide": f"essential, and nobody is named for it{'; ' if one.text else ''}{one.text}",
        "resolve": "in conflict on the stated facts",
        "conclude": VERDICTS.get(one.text, one.text),
        "answer": f"waits for it: {one.text}",
    }
    return told.get(one.sort, one.text)


def _ahead_row(portfolio: Portfolio, one: Ahead, but: str) -> tuple[Cell, ...]:
    """Return a date that lies ahead as a row."""
    return (f"{one.name}: {one.what}", period_text(one.when), parties(portfolio, one.agencies, but), "", doubt_of(one))


def doubt_of(one: Ahead) -> str:
    """Return why a date that lies ahead is not to be taken as stated."""
    return "computed" if one.basis == "computed" else "unverified" if one.unverified else ""


def parties(portfolio: Portfolio, keys: Iterable[str], but: str = "") -> str:
    """Return the names of agencies and states, the first few; `but` only where it stands alone."""
    from synodos.law import party_names

    name, every = party_names(portfolio), tuple(keys)
    others = [key for key in every if key != but] or every
    return listed([name(key) for key in others], MOST_NAMED) if others else ""
