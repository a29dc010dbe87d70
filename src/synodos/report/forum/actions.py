"""The answer on what is to be done for a forum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.naming import record_name
from synodos.report.answering.reading import for_readers
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted
from synodos.report.forum.words import named, when

if TYPE_CHECKING:
    from synodos.forum import OpenAction
    from synodos.language import Action
    from synodos.report.forum.contents import ToldAction

COLUMNS: Final = ("action", "by", "due", "standing", "days left", "from", "id")


def actions_answer(
    portfolio: Portfolio, at: dt.date | None = None, for_agency: str | None = None, *, every: bool = False
) -> Answer:
    """Return what is to be done, by whom, and what is overdue.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked, as its viewer sees it.
    at : datetime.date, optional
        The day that is asked about; by default the day of knowledge.
    for_agency : str, optional
        Only what this agency has to do.
    every : bool
        Whether what was done or dropped is told as well.
    """
    from synodos.report.forum.contents import ToldActions

    day = at or portfolio.known_on
    found = told_actions(portfolio, day, for_agency, every=every)
    undone = [one for one in found if one.standing == "open"]
    overdue = sum(one.overdue for one in undone)
    whose = f" for {portfolio.agency_name(for_agency)}" if for_agency else ""
    lead = f"{counted(len(undone), 'action')} to do{whose} on {day}, {overdue or 'none'} overdue."
    table = actions_table(portfolio, found)
    wrapped = envelope(
        "forum-actions",
        portfolio,
        plain(ToldActions(day, found)),
        evidence=[f"action:{one.action}" for one in found],
        parameters={"at": day, "for": for_agency, "every": every},
        missing=[f"action:{one.action}: when is it due?" for one in undone if one.due is None],
    )
    document = Document(
        "Actions", lead, header_line(portfolio), (Section("actions", "What is to be done", tables=(table,)),)
    )
    return Answer(wrapped, document.header, (table,), (lead,), for_readers(document))


def told_actions(
    portfolio: Portfolio,
    day: dt.date,
    for_agency: str | None = None,
    *,
    every: bool = False,
    meeting: str | None = None,
) -> tuple[ToldAction, ...]:
    """Return actions as they stand on a day: what is open in the order of its days, then what is settled."""
    from synodos.forum import open_actions

    undone = [_told(portfolio.actions[one.action], one) for one in open_actions(portfolio, day, for_agency=for_agency)]
    settled = [one for one in portfolio.actions.values() if every and one.standing != "open"]
    own = [one for one in settled if for_agency is None or one.bearer in (None, for_agency)]
    found = (*undone, *(_told(one, None) for one in sorted(own, key=lambda one: one.id)))
    return tuple(one for one in found if meeting is None or one.meeting == meeting)


def _told(action: Action, stands: OpenAction | None) -> ToldAction:
    """Return an action as it is told; one that is settled without a day left."""
    from synodos.report.forum.contents import ToldAction

    return ToldAction(
        action=action.id,
        name=action.name,
        bearers=stands.bearers if stands else ((action.bearer,) if action.bearer else ()),
        due=action.due,
        standing=action.standing,
        done=action.done,
        overdue=stands is not None and stands.overdue,
        days_left=stands.days_left if stands else None,
        meeting=action.meeting,
        paper=action.paper,
        group=action.group,
    )


def actions_table(portfolio: Portfolio, found: Iterable[ToldAction]) -> Table:
    """Return actions, each with who has to do it and by when."""
    rows = tuple(
        (
            one.name,
            named(portfolio, one.bearers) or None,
            when(one.due),
            "overdue" if one.overdue else f"done {when(one.done)}" if one.done else one.standing,
            one.days_left,
            _source(portfolio, one),
            one.action,
        )
        for one in found
    )
    return Table("actions", "Actions", COLUMNS, rows, heads=1)


def open_table(portfolio: Portfolio, found: Iterable[OpenAction]) -> Table:
    """Return open actions, those due first first."""
    return actions_table(portfolio, [_told(portfolio.actions[one.action], one) for one in found])


def _source(portfolio: Portfolio, one: ToldAction) -> str | None:
    """Return the meeting, paper or group that an action comes from."""
    keys = (("meeting", one.meeting), ("paper", one.paper), ("working-group", one.group))
    named_first = next((f"{kind}:{key}" for kind, key in keys if key), None)
    return record_name(portfolio, named_first) if named_first else None
