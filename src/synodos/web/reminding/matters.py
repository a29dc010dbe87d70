"""What an agency is reminded of on a day: actions due or overdue, silence procedures that soon end, applications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from synodos.forum import OpenAction, PaperState, open_actions, paper_states, role_of
from synodos.language import Portfolio, Record
from synodos.web.membership.deciding import terms_of_all
from synodos.web.membership.models import Application

SOON_DAYS: Final = 7
"""Days before an action is due."""
LATE_DAYS: Final = 30
"""Days after which nobody is reminded any more of what was due."""
SILENCE_DAYS: Final = 3
"""Days before a silence procedure ends."""
NEW: Final = dt.timedelta(days=30)
"""After which members are told no more that somebody applied."""
TOLD: Final = ("public", "members")
"""How a record is released whose name may stand in a letter; others are only counted there."""


@dataclass(frozen=True)
class Matter:
    """Something to be reminded of.

    Attributes
    ----------
    sort : {"soon", "overdue", "silence", "applied"}
        Why.
    about : str
        The record, as `kind:id`, of a paper with its version.
    due : datetime.date
        The day by which it is due.
    told : str
        What a letter says of it, in a sentence.
    path : str
        The page on which it is found.
    """

    sort: Literal["soon", "overdue", "silence", "applied"]
    about: str
    due: dt.date
    told: str
    path: str


def matters(portfolio: Portfolio, agency: str, today: dt.date) -> tuple[Matter, ...]:
    """Return what the people of an agency are reminded of on a day, from what the agency may see."""
    actions = (_action(portfolio, one) for one in open_actions(portfolio, today, for_agency=agency) if _presses(one))
    return (*actions, *_silences(portfolio, agency, today), *_applications(portfolio, agency, today))


def _presses(one: OpenAction) -> bool:
    """Return whether an action is due soon, or was due a little while ago."""
    return one.days_left is not None and -LATE_DAYS <= one.days_left <= SOON_DAYS


def _action(portfolio: Portfolio, one: OpenAction) -> Matter:
    """Return what is said of an action."""
    due = one.due.latest if one.due else dt.date.max
    words = _("Overdue since {day}: {name}") if one.overdue else _("To do by {day}: {name}")
    name = _named(portfolio.actions[one.action], one.name, _("an action that is not for all members"))
    path = reverse("forum:actions")
    return Matter(
        "overdue" if one.overdue else "soon", f"action:{one.action}", due, words.format(day=due, name=name), path
    )


def _silences(portfolio: Portfolio, agency: str, today: dt.date) -> Iterator[Matter]:
    """Yield the silence procedures that soon end and on which the agency has not said where it stands."""
    for one in paper_states(portfolio, today):
        ends_soon = one.waits_for == "silence" and one.days_left is not None and one.days_left <= SILENCE_DAYS
        if ends_soon and agency in one.unheard and one.closes is not None:
            yield _silence(portfolio, one, one.closes)


def _silence(portfolio: Portfolio, one: PaperState, closes: dt.date) -> Matter:
    """Return what is said of a silence procedure."""
    record = portfolio.papers[one.paper]
    words = _("The silence procedure on {name} ends on {day}; your agency has not said where it stands.")
    told = words.format(name=_named(record, f"“{one.name}”", _("a paper that is not for all members")), day=closes)
    path = reverse("forum:paper", args=[one.paper]) if record.release in TOLD else reverse("forum:papers")
    return Matter("silence", f"paper:{one.paper} {one.version}", closes, told, path)


def _applications(portfolio: Portfolio, agency: str, today: dt.date) -> Iterator[Matter]:
    """Yield the applications that came lately and on which a member has not said where it stands."""
    if role_of(portfolio, agency, today, terms_of_all(portfolio)) != "member":
        return
    new = Application.objects.filter(state=Application.State.OPEN, confirmed_at__date__range=(today - NEW, today))
    for one in new.exclude(endorsements__agency=agency):
        path = reverse("application", args=[one.pk])
        told = _("A body applies to take part in the forum; your agency has not said where it stands.")
        yield Matter("applied", f"application:{one.pk}", one.confirmed_at.astimezone(dt.UTC).date(), told, path)


def _named(record: Record, name: str, otherwise: str) -> str:
    """Return a name that may stand in a letter: letters pass through hands that the table does not know."""
    return name if record.release in TOLD else otherwise
