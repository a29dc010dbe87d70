"""One year of the forum and its members: what was reached, what changed, who met, what came out, what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from synodos.language import FLOWN, WITHHELD, Commitment, DateRange, Element, Mission, Portfolio, Progress
from synodos.roadmap.ahead import AHEAD_KINDS, Ahead, dates_ahead

EventSort = Literal["flew", "signed", "decided", "ended", "stated", "moved", "standing", "partners", "dropped"]
EVENT_SORTS: Final[tuple[EventSort, ...]] = get_args(EventSort)
"""What can happen to an agency's plans in a year; the last five by comparing both ends of it."""
KINDS: Final = tuple(kind for kind in AHEAD_KINDS if kind not in ("milestone", "needed", "launch-period"))


@dataclass(frozen=True, slots=True)
class YearEvent:
    """Something that happened to a plan, commitment or agreement of an agency in the year.

    Attributes
    ----------
    sort : EventSort
        `flew`, `signed`, `decided` and `ended` by the date that the record states; `stated` for the first time,
        `moved`, `standing`, `partners` and `dropped` by what was stated at the two ends of the year.
    agency : str
        Agency whose it is; of an agreement each party.
    record : str
        As `kind:id`.
    name : str
        What it is called.
    before, after : str
        What was stated at the start and at the end of the year, where that changed; the date, where one counts.
    """

    sort: EventSort
    agency: str
    record: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody declared of a period that touches the year.

    Attributes
    ----------
    period : DateRange
        The period, as stated.
    accomplishments, future_work : tuple of str
        What was reached, and what comes next.
    record : str
        As `kind:id`.
    """

    period: DateRange
    accomplishments: tuple[str, ...]
    future_work: tuple[str, ...]
    record: str


@dataclass(frozen=True, slots=True)
class GroupYear:
    """A working group in the year.

    Attributes
    ----------
    group : str
        Its id; empty: the forum as a whole.
    reported : tuple of Reported
        What it declared.
    meetings, papers : tuple of str
        Its meetings and papers of the year, by id.
    """

    group: str
    reported: tuple[Reported, ...]
    meetings: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyYear:
    """An agency in the year.

    Attributes
    ----------
    agency : str
        Its id.
    reported : tuple of Reported
        What it declared.
    events : tuple of YearEvent
        What is computed from its records.
    """

    agency: str
    reported: tuple[Reported, ...]
    events: tuple[YearEvent, ...]


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """One year.

    Attributes
    ----------
    year : int
        The year.
    opens, closes : datetime.date
        Days of knowledge between which plans are compared.
    compared : bool
        Whether anything was stated at the start, so that they could be compared.
    groups : tuple of GroupYear
        The forum as a whole, and each working group that was at work.
    agencies : tuple of AgencyYear
        Members first, then others with plans of their own.
    members : tuple of str
        Members at the end of the year, the first to join first.
    joined, perhaps_joined, left : tuple of str
        Who became a member in the year, who may have (the date is not precise), and who is no longer one.
    meetings, papers, actions : tuple of str
        Those of the year, by id, in order of their dates.
    ahead : tuple of Ahead
        What the next year holds, as it stood at the end of the year.
    """

    year: int
    opens: dt.date
    closes: dt.date
    compared: bool
    groups: tuple[GroupYear, ...]
    agencies: tuple[AgencyYear, ...]
    members: tuple[str, ...]
    joined: tuple[str, ...]
    perhaps_joined: tuple[str, ...]
    left: tuple[str, ...]
    meetings: tuple[str, ...]
    papers: tuple[str, ...]
    actions: tuple[str, ...]
    ahead: tuple[Ahead, ...]


def annual(portfolio: Portfolio, opening: Portfolio, closing: Portfolio, year: int) -> AnnualReport:
    """Return one year of the forum and its members.

    Parameters
    ----------
    portfolio : Portfolio
        What is known now, as its viewer may see it: reports on a year often come after it.
    opening, closing : Portfolio
        What the same viewer knew on the last day before the year, and on its last day.
    year : int
        The year.

    Raises
    ------
    ValueError
        If what is known now ends before the year.
    """
    if portfolio.known_on.year < year:
        message = f"year: found {year}, expected {portfolio.known_on.year} or earlier, since the portfolio ends then"
        raise ValueError(message)
    before, after = _members(opening, opening.known_on), _members(closing, closing.known_on)
    since = {key: one.member_since for key, one in portfolio.agencies.items() if one.member_since}
    meetings = _dated((key, one.held) for key, one in portfolio.meetings.items() if _touches(one.held, year))
    papers = _dated((key, one.issued) for key, one in portfolio.papers.items() if _touches(one.issued, year))
    actions = _dated(
        (key, one.done or one.due)
        for key, one in portfolio.actions.items()
        if _touches(one.due, year) or _touches(one.done, year)
    )
    first = dt.date(year + 1, 1, 1)
    return AnnualReport(
        year=year,
        opens=opening.known_on,
        closes=closing.known_on,
        compared=bool(len(opening)),
        groups=tuple(_groups(portfolio, year, meetings, papers)),
        agencies=tuple(_agencies(portfolio, opening, closing, year)),
        members=_dated((key, when) for key, when in since.items() if when.latest.year <= year),
        joined=_dated((key, when) for key, when in since.items() if _within(when, year)),
        perhaps_joined=_dated(
            (key, when) for key, when in since.items() if _touches(when, year) and not _within(when, year)
        ),
        left=tuple(sorted(before - after)),
        meetings=meetings,
        papers=papers,
        actions=actions,
        ahead=dates_ahead(closing, after=max(first, closing.known_on), before=dt.date(year + 1, 12, 31), kinds=KINDS),
    )


def _members(portfolio: Portfolio, day: dt.date) -> set[str]:
    """Return the members on a day."""
    return {key for key, one in portfolio.agencies.items() if one.member_since and one.member_since.latest <= day}


def _dated(found: Iterable[tuple[str, DateRange | None]]) -> tuple[str, ...]:
    """Return ids by their dates, those without one last."""
    return tuple(key for key, _ in sorted(found, key=lambda one: (one[1].earliest if one[1] else dt.date.max, one[0])))


def _touches(when: DateRange | None, year: int) -> bool:
    """Return whether a date may lie in the year; of one that is open only its stated end counts."""
    if when is None:
        return False
    first = when.latest.year if when.opens_early else when.earliest.year
    last = when.earliest.year if when.stays_open else when.latest.year
    return first <= year <= last


def _covers(when: DateRange | None, year: int) -> bool:
    """Return whether a stretch of time reaches into the year."""
    return when is not None and when.earliest.year <= year <= when.latest.year


def _within(when: DateRange | None, year: int) -> bool:
    """Return whether a date lies in the year for sure."""
    return when is not None and when.earliest.year == year == when.latest.year


def _reported(found: Iterable[Progress], year: int) -> tuple[Reported, ...]:
    """Return what was declared of periods that touch the year."""
    return tuple(
        Reported(one.period, one.accomplishments, one.future_work, f"progress:{one.id}")
        for one in sorted(found, key=lambda one: (one.period.earliest, one.id))
        if _touches(one.period, year)
    )


def _bodies(portfolio: Portfolio) -> set[str]:
    """Return who speaks for the forum as a whole: whoever states its Terms of Reference, groups or meetings."""
    tables = (portfolio.terms_of_reference, portfolio.working_groups, portfolio.meetings)
    return {one.owner for table in tables for one in table.values()}


def _groups(portfolio: Portfolio, year: int, meetings: Iterable[str], papers: Iterable[str]) -> Iterator[GroupYear]:
    """Yield the forum as a whole, and each working group that was at work, where anything is stated of it."""
    bodies = _bodies(portfolio)
    for key in ("", *portfolio.working_groups):
        told = [one for one in portfolio.progress.values() if (one.group or "") == key and (key or one.owner in bodies)]
        reported = _reported(told, year)
        met = tuple(one for one in meetings if (portfolio.meetings[one].group or "") == key)
        wrote = tuple(one for one in papers if (portfolio.papers[one].group or "") == key)
        active = bool(key) and _covers(portfolio.working_groups[key].active, year)
        if reported or (key and (met or wrote or active)):
            yield GroupYear(key, reported, met, wrote)


def _agencies(portfolio: Portfolio, opening: Portfolio, closing: Portfolio, year: int) -> Iterator[AgencyYear]:
    """Yield each agency of which anything is declared or computed: members first."""
    found: dict[str, list[YearEvent]] = {}
    for event in (*_by_date(portfolio, year), *(_compared(opening, closing) if len(opening) else ())):
        found.setdefault(event.agency, []).append(event)
    members, bodies = _members(portfolio, dt.date(year, 12, 31)), _bodies(portfolio)
    for key in sorted(portfolio.agencies, key=lambda key: (key not in members, key)):
        own = [one for one in portfolio.progress.values() if one.owner == key and one.group is None]
        reported = _reported(own, year) if key not in bodies else ()
        events = sorted(found.get(key, ()), key=lambda one: (EVENT_SORTS.index(one.sort), one.name, one.record))
        if reported or events:
            yield AgencyYear(key, reported, tuple(events))


def _by_date(portfolio: Portfolio, year: int) -> Iterator[YearEvent]:
    """Yield what happened in the year by the dates that records state."""
    for plan in portfolio.missions.values():
        key = f"mission:{plan.id}"
        if plan.status in FLOWN and _within(plan.planned, year):
            yield YearEvent("flew", plan.owner, key, plan.name, "", str(plan.planned))
        if plan.status in ("completed", "lost") and plan.ends and _within(_last(plan.ends), year):
            yield YearEvent("ended", plan.owner, key, plan.name, "", str(_last(plan.ends)))
    for one in portfolio.agreements.values():
        if _within(one.signed, year):
            for party in one.parties:
                yield YearEvent("signed", party, f"agreement:{one.id}", one.name, "", str(one.signed))
    for made in portfolio.commitments.values():
        if _within(made.decision, year):
            yield YearEvent("decided", made.owner, f"commitment:{made.id}", made.name, "", str(made.decision))


def _last(when: DateRange) -> DateRange | None:
    """Return the last moment of a range, in its own precision; None at an open end."""
    _, dots, last = when.text.partition("..")
    return when if not dots else DateRange(last) if last else None


def _compared(opening: Portfolio, closing: Portfolio) -> Iterator[YearEvent]:
    """Yield what was stated for the first time, changed and dropped between two days."""
    for before, after in (
        (opening.missions, closing.missions),
        (opening.elements, closing.elements),
        (opening.commitments, closing.commitments),
    ):
        for key in sorted({**before, **after}):
            yield from _changes(before.get(key), after.get(key))


def _changes(
    old: Mission | Element | Commitment | None, new: Mission | Element | Commitment | None
) -> Iterator[YearEvent]:
    """Yield what changed of one record."""
    one = new or old
    if one is None or one.owner == WITHHELD:
        return
    key = f"{one.kind}:{one.id}"
    if old is None or new is None:
        yield YearEvent("dropped" if new is None else "stated", one.owner, key, one.name, "", "")
        return
    for sort, before, after in _differences(old, new):
        if before != after:
            yield YearEvent(sort, one.owner, key, one.name, before, after)


def _differences(
    old: Mission | Element | Commitment, new: Mission | Element | Commitment
) -> Iterator[tuple[EventSort, str, str]]:
    """Yield what a record said and says of its date, its standing and its partners."""
    if isinstance(old, Commitment) or isinstance(new, Commitment):
        yield "standing", getattr(old, "level", ""), getattr(new, "level", "")
        return
    dates = [one.planned if isinstance(one, Mission) else one.available for one in (old, new)]
    yield "moved", str(dates[0] or ""), str(dates[1] or "")
    yield "standing", old.status, new.status
    partners = [", ".join(sorted(part.agency for part in one.partners)) for one in (old, new)]
    yield "partners", partners[0], partners[1]
