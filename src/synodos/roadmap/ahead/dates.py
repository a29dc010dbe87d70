"""What lies ahead, by date: launches, launch periods, milestones, decisions, agreements that end, what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from synodos.language import Portfolio
from synodos.roadmap.ahead.agreed import agreed_dates
from synodos.roadmap.ahead.convened import forum_dates
from synodos.roadmap.ahead.networked import launch_periods_ahead, milestones_ahead
from synodos.roadmap.ahead.planned import planned_dates
from synodos.roadmap.ahead.types import AHEAD_KINDS, Ahead


def dates_ahead(
    portfolio: Portfolio,
    *,
    for_agency: str | None = None,
    after: dt.date | None = None,
    before: dt.date | None = None,
    kinds: Iterable[str] = AHEAD_KINDS,
) -> tuple[Ahead, ...]:
    """Return the dates that lie ahead.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    for_agency : str, optional
        Only what concerns this agency: its own records, and those that name it as partner, party or bearer.
    after : datetime.date, optional
        Leave out what is over before this day; by default the portfolio's day of knowledge. What is stated as
        `2025 or later` counts as 2025: of the years after it nothing is said.
    before : datetime.date, optional
        Leave out what begins after this day; by default nothing.
    kinds : iterable of str
        Kinds of dates, of `AHEAD_KINDS`; without `launch-period` and `milestone` no network has to be laid out.

    Returns
    -------
    tuple of Ahead
        By their days, then by kind and record.

    Raises
    ------
    ValueError
        If a kind is unknown, or `before` lies before `after`.
    PortfolioError
        If activities wait for each other, so that milestones have no date.
    """
    chosen = frozenset(kinds)
    if unknown := chosen.difference(AHEAD_KINDS):
        message = f"kinds: found {', '.join(sorted(unknown))}, expected some of {', '.join(AHEAD_KINDS)}"
        raise ValueError(message)
    first, last = after or portfolio.known_on, before or dt.date.max
    if last < first:
        message = f"before: found {last}, expected a day on or after {first}"
        raise ValueError(message)
    found = (
        one
        for one in _every(portfolio, chosen)
        if one.kind in chosen
        and one.days[1] >= first
        and one.days[0] <= last
        and (for_agency is None or for_agency in one.agencies)
    )
    return tuple(sorted(found, key=_in_order))


def _every(portfolio: Portfolio, kinds: frozenset[str]) -> Iterator[Ahead]:
    """Yield every date, whenever it is; those that must be computed only where their kind is asked for."""
    yield from planned_dates(portfolio)
    yield from agreed_dates(portfolio)
    yield from forum_dates(portfolio)
    if "launch-period" in kinds:
        yield from launch_periods_ahead(portfolio)
    if "milestone" in kinds:
        yield from milestones_ahead(portfolio)


def _in_order(one: Ahead) -> tuple[dt.date, dt.date, int, str, str]:
    """Return where a date stands among others."""
    return *one.days, AHEAD_KINDS.index(one.kind), one.record, one.part
