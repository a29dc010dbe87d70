"""Where an agreement stands on a day."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, get_args

from synodos.language import Agreement, DateRange

AgreementState = Literal[
    "in_force", "in_doubt", "signed", "planned", "suspended", "expired", "ended", "never_concluded", "unknown"
]
STANDINGS: Final[tuple[AgreementState, ...]] = get_args(AgreementState)
"""Every state that an agreement can be in, from the firmest to what is not known."""
_STATED: Final[dict[str, AgreementState]] = {
    "suspended": "suspended",
    "ended": "ended",
    "planned": "planned",
    "in-doubt": "in_doubt",
    "in-force": "in_force",
}


def state_at(agreement: Agreement, at: dt.date) -> AgreementState:
    """Return where an agreement stands on a day.

    Its dates decide. What is stated of its standing counts from the day of the statement, and from its signature where
    no days in force are stated. A day on which a date as imprecise as `2011` leaves it open is `in_doubt`.

    Parameters
    ----------
    agreement : Agreement
        The latest statement on it.
    at : datetime.date
        The day.

    Returns
    -------
    str
        One of `STANDINGS`.
    """
    if agreement.standing == "never-concluded":
        return "never_concluded"
    by_dates = _by_dates(agreement, at)
    if by_dates in ("planned", "expired") or (by_dates == "signed" and agreement.in_force is not None):
        return "ended" if by_dates == "expired" and agreement.standing == "ended" else by_dates
    if at < agreement.as_of.latest and _left_open(agreement):
        return "in_doubt"
    counts = agreement.in_force is None or at >= agreement.as_of.latest
    return _STATED.get(agreement.standing or "", by_dates) if counts else by_dates


def _left_open(agreement: Agreement) -> bool:
    """Tell whether a day before the statement is left open: it ended on no stated day, or began on none."""
    if agreement.standing == "ended":
        return agreement.in_force is None or agreement.in_force.stays_open
    return agreement.in_force is None and agreement.signed is None and agreement.standing is not None


def _by_dates(agreement: Agreement, at: dt.date) -> AgreementState:
    """Return what the dates of an agreement say of a day."""
    if agreement.in_force is None:
        return "unknown" if agreement.signed is None else _before_force(agreement, at)
    first, last = ends_of(agreement.in_force)
    if first and at < first.earliest:
        return _before_force(agreement, at)
    if last and at > last.latest:
        return "expired"
    unclear = (first and at < first.latest) or (last and at >= last.earliest and at < last.latest)
    return "in_doubt" if unclear else "in_force"


def _before_force(agreement: Agreement, at: dt.date) -> AgreementState:
    """Return how far an agreement has come that is not in force, as far as is known."""
    if agreement.signed is None or at < agreement.signed.earliest:
        return "planned"
    return "signed" if at >= agreement.signed.latest else "in_doubt"


def ends_of(span: DateRange) -> tuple[DateRange | None, DateRange | None]:
    """Return the first and the last moment of a range, each in its own precision; None at an open end.

    Examples
    --------
    >>> [str(end) for end in ends_of(DateRange("2011..2013-04"))]
    ['2011', '2013-04']
    """
    first, dots, last = span.text.partition("..")
    if not dots:
        last = first
    return DateRange(first) if first else None, DateRange(last) if last else None


def last_day(agreement: Agreement) -> DateRange | None:
    """Return when an agreement expires, as stated; None if no such day is."""
    if agreement.in_force is None or ".." not in agreement.in_force.text:
        return None
    return ends_of(agreement.in_force)[1]
