"""Words of the forum as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.wording import listed, period_text

if TYPE_CHECKING:
    import datetime as dt

    from synodos.forum import PointSort, StandWord, Verdict, Waits
    from synodos.language import DateRange, DecisionRule

VERDICTS: Final[Mapping[Verdict, str]] = {
    "consensus": "consensus",
    "consensus-some-aside": "consensus, some standing aside",
    "carried": "carried",
    "none": "not agreed",
    "open": "open",
    "not-known": "not known",
}
STANDS: Final[Mapping[StandWord, str]] = {
    "joins": "joins",
    "no-objection": "does not object",
    "reserves": "has a reservation",
    "stands-aside": "stands aside",
    "not-yet": "not ready yet",
    "silent": "nothing said",
}
WAITS: Final[Mapping[Waits, str]] = {
    "silence": "silence procedure runs",
    "decision": "for decision",
    "comment": "for comment",
    "record": "procedure over, to be recorded",
}
SORTS: Final[Mapping[PointSort, str]] = {
    "stated": "on the agenda",
    "silence": "silence ends",
    "decision": "paper for decision",
    "comment": "paper for comment",
    "overdue": "action overdue",
    "due": "action due",
}
RULES: Final[Mapping[DecisionRule, str]] = {
    "consensus": "by consensus: nobody objects",
    "unanimity": "when all join",
    "two-thirds": "when two thirds of the members agree",
    "majority": "when more than half of the members agree",
}
BINDING: Final = {
    True: "By its own text it binds those who join it.",
    False: "It binds nobody.",
    None: "Whether it binds anybody is not stated.",
}
MOST_NAMED: Final = 8
"""Agencies that a cell or sentence names."""


def named(portfolio: Portfolio, agencies: Iterable[str], most: int = MOST_NAMED) -> str:
    """Return the names of agencies as a list, in the order of their names; nothing where there are none."""
    names = sorted(portfolio.agency_name(key) for key in agencies)
    return listed(names, most=most) if names else ""


def when(span: DateRange | None) -> str | None:
    """Return a date as it was stated."""
    return period_text(span) if span else None


def day(found: dt.date | None) -> str | None:
    """Return a day."""
    return found.isoformat() if found else None


def spoken(word: str | None) -> str | None:
    """Return a word of a vocabulary without its hyphens."""
    return word.replace("-", " ") if word else None
