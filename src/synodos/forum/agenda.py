"""What a meeting has to deal with: its stated points, and what is due by then and stands on no point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from synodos.forum.actions import open_actions
from synodos.forum.taking_part import terms_of
from synodos.language import AgendaItem, Meeting, Paper, Portfolio
from synodos.law import InstrumentNeed

PointSort = Literal["stated", "silence", "decision", "comment", "overdue", "due"]
SORTS: Final[tuple[PointSort, ...]] = get_args(PointSort)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a meeting.

    Attributes
    ----------
    sort : PointSort
        `stated` on the agenda; else what is due: a `silence` procedure that ends by the meeting, a paper for `decision`
        or for `comment`, an action that is `overdue` or `due` by the meeting.
    name : str
        The point in one line.
    papers : tuple of str
        Papers that it is about, by id.
    records : tuple of str
        Records that it rests on, as `kind:id`.
    by : datetime.date or None
        Day by which it is due.
    """

    sort: PointSort
    name: str
    papers: tuple[str, ...]
    records: tuple[str, ...]
    by: dt.date | None = None


def agenda(portfolio: Portfolio, meeting: str) -> tuple[Point, ...]:
    """Return the points of a meeting: the stated ones in their order, then what else is due by it.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    meeting : str
        The meeting, by id.

    Raises
    ------
    ValueError
        If the portfolio has no such meeting.
    """
    found = portfolio.meetings.get(meeting)
    if found is None:
        message = f"meeting: expected the id of a meeting of {portfolio.header.id}, found {meeting!r}"
        raise ValueError(message)
    stated = tuple(_stated(found))
    on_it = {key for point in stated for key in point.papers}
    others = [*_papers_due(portfolio, found, on_it), *_actions_due(portfolio, found)]
    last = dt.date.max
    return (*stated, *sorted(others, key=lambda one: (SORTS.index(one.sort), one.by or last, one.records)))


def _stated(meeting: Meeting) -> Iterator[Point]:
    """Yield the points of the stated agenda."""
    for item in meeting.agenda:
        yield Point(
            "stated", item.name, item.papers, (f"meeting:{meeting.id}", *(f"paper:{key}" for key in item.papers))
        )


def _papers_due(portfolio: Portfolio, meeting: Meeting, on_it: set[str]) -> Iterator[Point]:
    """Yield the papers of the meeting's forum that wait for the members and stand on no point."""
    day = meeting.held.latest if meeting.held else dt.date.max
    for paper in portfolio.papers.values():
        if paper.id in on_it or not _is_of(portfolio, paper, meeting):
            continue
        sort = _waits(paper, day)
        if sort is not None:
            by = paper.silence.closes.latest if sort == "silence" and paper.silence else None
            yield Point(sort, paper.name, (paper.id,), (f"paper:{paper.id}",), by)


def _waits(paper: Paper, day: dt.date) -> PointSort | None:
    """Return for what a paper waits on a day; None where for nothing."""
    if paper.stage in ("issued", "withdrawn", "draft"):
        return None
    if paper.silence is not None and paper.silence.closes.latest <= day:
        return "silence"
    return "decision" if paper.stage == "for-decision" else "comment"


def _is_of(portfolio: Portfolio, paper: Paper, meeting: Meeting) -> bool:
    """Return whether a paper is a matter of a meeting: of its working group, or of the whole forum."""
    same_forum = terms_of(portfolio, paper) == terms_of(portfolio, meeting)
    return same_forum and (meeting.group is None or meeting.group == paper.group)


def _actions_due(portfolio: Portfolio, meeting: Meeting) -> Iterator[Point]:
    """Yield the open actions that are due by a meeting."""
    day = meeting.held.latest if meeting.held else portfolio.known_on
    for one in open_actions(portfolio, day):
        group = portfolio.actions[one.action].group
        if one.due is None or one.due.latest > day or (meeting.group is not None and meeting.group != group):
            continue
        yield Point("overdue" if one.overdue else "due", one.name, (), (f"action:{one.action}",), one.due.latest)


def instrument_items(portfolio: Portfolio, needs: Iterable[InstrumentNeed]) -> tuple[AgendaItem, ...]:
    """Return points for an agenda from the instruments of missions that `law.instruments` does not find met.

    Parameters
    ----------
    portfolio : Portfolio
        What is known: it knows the agencies' names.
    needs : iterable of InstrumentNeed
        What `law.instruments` found.
    """
    name = portfolio.agency_name
    return tuple(
        AgendaItem(
            name=f"{need.name}: instrument between {name(need.lead)} and {name(need.partner)}",
            about=(need.cooperation.partition(":")[2],),
            instrument=need.rung,
        )
        for need in needs
        if not need.is_met and need.cooperation.startswith("mission:")
    )
