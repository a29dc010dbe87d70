"""The agreements that need attention: what expires, is due, is missing or was replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from synodos.language import Portfolio
from synodos.law.agreements.register import Registered, register

WatchKind = Literal[
    "overdue",
    "due",
    "expiring",
    "umbrella-lapsed",
    "umbrella-missing",
    "superseded",
    "suspended",
    "in-doubt",
    "unsigned",
    "not-closed-out",
    "no-expiry",
]
WATCH_KINDS: Final[tuple[WatchKind, ...]] = get_args(WatchKind)
"""What a watch list holds, the most pressing first."""
SUBORDINATE: Final = ("implementing-arrangement", "barter-arrangement", "implementing-plan")
"""Types of instruments that stand under another."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One reason to look at an agreement.

    Attributes
    ----------
    kind : WatchKind
        What the matter is.
    agreement : str
        Its id.
    on : datetime.date or None
        The day that it is about: the last day in force, the day something is due.
    why : str
        The reason in a sentence.
    """

    kind: WatchKind
    agreement: str
    on: dt.date | None
    why: str


def watch(
    portfolio: Portfolio, at: dt.date | None = None, within_days: int = 365, for_agency: str | None = None
) -> tuple[Watched, ...]:
    """Return what needs attention in the register on a day.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    at : datetime.date, optional
        The day that is asked about; by default the portfolio's day of knowledge.
    within_days : int
        How far to look ahead.
    for_agency : str, optional
        Only agreements to which this agency is a party.

    Returns
    -------
    tuple of Watched
        By kind in the order of `WATCH_KINDS`, then by day and id.
    """
    if within_days < 0:
        message = f"within_days: found {within_days}, expected no days or more"
        raise ValueError(message)
    day = at or portfolio.known_on
    rows = register(portfolio, day, for_agency).rows
    states = {row.agreement.id: row.state for row in register(portfolio, day).rows}
    found = [one for row in rows for one in _reasons(row, day, day + dt.timedelta(days=within_days), states)]
    return tuple(sorted(found, key=lambda one: (WATCH_KINDS.index(one.kind), one.on or dt.date.max, one.agreement)))


def _reasons(row: Registered, day: dt.date, until: dt.date, states: Mapping[str, str]) -> Iterator[Watched]:
    """Yield why an agreement needs attention."""
    key = row.agreement.id
    if row.state in ("in_force", "suspended", "in_doubt"):
        yield from _obligations(row, day, until)
        yield from _end(row, until)
        yield from _umbrella(row, states)
        for newer in row.superseded_by:
            if states.get(newer) == "in_force":
                yield Watched("superseded", key, None, f"{newer} replaces or amends its text; read both together.")
    if row.state == "suspended":
        yield Watched("suspended", key, None, "It is suspended.")
    if row.state == "in_doubt":
        yield Watched("in-doubt", key, None, "Whether it is in force on this day does not follow from what is stated.")
    if row.state in ("signed", "planned") and not _signed_later(row, day):
        signed = row.agreement.signed
        said = f"It was signed ({signed}) and is not in force." if row.state == "signed" else "It is not signed."
        yield Watched("unsigned", key, None, said)
    if row.state in ("expired", "ended") and row.agreement.close_out is None:
        yield Watched(
            "not-closed-out",
            key,
            None,
            "It ended, and nobody stated what was delivered, what it cost and what it gave.",
        )


def _signed_later(row: Registered, day: dt.date) -> bool:
    """Tell whether an agreement was signed after the day, so that nothing was wrong with it then."""
    return row.agreement.signed is not None and row.agreement.signed.earliest > day


def _obligations(row: Registered, day: dt.date, until: dt.date) -> Iterator[Watched]:
    """Yield what the agreement asks for that is due or overdue."""
    for one in row.agreement.obligations:
        if one.due is None or one.done is not None:
            continue
        bearer = f"{one.bearer}: " if one.bearer else ""
        if one.due.latest < day:
            yield Watched(
                "overdue", row.agreement.id, one.due.latest, f"{bearer}{one.text} (due {one.due}; not stated as done)"
            )
        elif one.due.earliest <= until:
            yield Watched("due", row.agreement.id, one.due.latest, f"{bearer}{one.text} (due {one.due})")


def _end(row: Registered, until: dt.date) -> Iterator[Watched]:
    """Yield that an agreement expires soon, or has no last day."""
    if row.expires is None:
        yield Watched("no-expiry", row.agreement.id, None, "No last day is stated.")
    elif row.expires.earliest <= until:
        yield Watched("expiring", row.agreement.id, row.expires.latest, f"Its last day is stated as {row.expires}.")


def _umbrella(row: Registered, states: Mapping[str, str]) -> Iterator[Watched]:
    """Yield that what an agreement stands under is missing or no longer in force."""
    key, parent = row.agreement.id, row.agreement.parent
    if parent is None:
        if row.agreement.instrument in SUBORDINATE:
            why = "It is of a type that stands under another agreement, and none is named."
            yield Watched("umbrella-missing", key, None, why)
    elif parent not in states:
        yield Watched("umbrella-missing", key, None, "The agreement that it stands under cannot be seen.")
    elif states[parent] != "in_force":
        why = f"{parent}, under which it stands, is {states[parent].replace('_', ' ')} on this day."
        yield Watched("umbrella-lapsed", key, None, why)
