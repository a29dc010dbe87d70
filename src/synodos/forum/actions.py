"""What is still to be done for a forum, by whom, and what is overdue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from synodos.forum.taking_part import bearers
from synodos.language import Action, DateRange, Portfolio


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something that is still to be done.

    Attributes
    ----------
    action : str
        The action, by id.
    name : str
        What is to be done.
    bearers : tuple of str
        Who has to do it, by id.
    due : DateRange or None
        By when, as it is stated.
    overdue : bool
        Whether the last day that this allows is over.
    days_left : int or None
        Days until that day, below 0 once it is over; None where nothing is stated.
    """

    action: str
    name: str
    bearers: tuple[str, ...]
    due: DateRange | None
    overdue: bool
    days_left: int | None


def open_actions(
    portfolio: Portfolio, at: dt.date | None = None, *, for_agency: str | None = None
) -> tuple[OpenAction, ...]:
    """Return the actions that are still open.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    at : datetime.date, optional
        The day that is asked about; by default the portfolio's day of knowledge.
    for_agency : str, optional
        Only what this agency has to do.

    Returns
    -------
    tuple of OpenAction
        Those due first come first, those without a date last.
    """
    day = at or portfolio.known_on
    found = [_open(portfolio, one, day) for one in portfolio.actions.values() if one.standing == "open"]
    asked = [one for one in found if for_agency is None or for_agency in one.bearers]
    return tuple(sorted(asked, key=lambda one: (one.due.latest if one.due else dt.date.max, one.action)))


def _open(portfolio: Portfolio, action: Action, day: dt.date) -> OpenAction:
    """Return an action as it stands on a day."""
    ends = action.due is not None and not action.due.stays_open
    days_left = (action.due.latest - day).days if action.due is not None and ends else None
    overdue = days_left is not None and days_left < 0
    return OpenAction(action.id, action.name, bearers(portfolio, action, day), action.due, overdue, days_left)
