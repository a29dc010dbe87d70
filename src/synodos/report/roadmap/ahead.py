"""The answer on what lies ahead, and the same dates as entries of a calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal
from uuid import NAMESPACE_URL, uuid5

from synodos.language import ENDED, FLYING, Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import envelope, header_line, stated
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed, period_text

if TYPE_CHECKING:
    from synodos.exchange import CalendarEvent
    from synodos.roadmap import Ahead, AheadKind

KINDS: Final[Mapping[AheadKind, str]] = {
    "launch": "launch",
    "launch-period": "launch period",
    "end": "end",
    "ready": "available",
    "needed": "needed",
    "milestone": "milestone",
    "deadline": "deadline",
    "decision": "decision",
    "signature": "signature",
    "in-force": "entry into force",
    "expiry": "agreement expires",
    "obligation": "obligation due",
    "meeting": "meeting",
    "action": "action due",
    "silence": "silence ends",
}
"""Each kind of date in words."""
CLASSES: Final[Mapping[str, Literal["PUBLIC", "CONFIDENTIAL", "PRIVATE"]]] = {
    "public": "PUBLIC",
    "members": "CONFIDENTIAL",
    "named": "CONFIDENTIAL",
    "private": "PRIVATE",
}
"""What stands in a calendar for each way in which a record is released."""
MOST_AGENCIES: Final = 8
"""Agencies that a row names; a meeting may concern every member."""
NOTES: Final = (
    "Dates are no more precise than they were stated: 2028 is some day of that year, and in a calendar all of it.",
    "Computed dates are early dates of the network of activities, and launch periods from orbits.",
)
MOST_SOURCES: Final = 3


def dates_ahead_answer(
    portfolio: Portfolio, found: Sequence[Ahead], parameters: Mapping[str, object], *, drawn: bool = False
) -> Answer:
    """Return which dates lie ahead.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked.
    found : sequence of Ahead
        The dates, in order.
    parameters : mapping
        What the question was asked with.
    drawn : bool
        Whether the answer has a page, with a table for each year.
    """
    sentences = (*_told(found), *_untold(portfolio, parameters))
    undated = [
        f"mission:{key}: when is it planned to fly?"
        for key, one in portfolio.missions.items()
        if one.planned is None and one.status not in FLYING | ENDED
    ]
    wrapped = envelope(
        "calendar",
        portfolio,
        {"dates": found},
        evidence=[key for one in found for key in one.evidence],
        parameters=parameters,
        missing=undated,
        notes=NOTES,
    )
    document = _page(portfolio, found, sentences) if drawn else None
    return Answer(wrapped, header_line(portfolio), (dates_table(portfolio, found),), sentences, document)


def _told(found: Sequence[Ahead]) -> Iterator[str]:
    """Yield the answer in sentences."""
    counts = Counter(one.kind for one in found)
    told = listed([f"{KINDS[kind]} {counts[kind]}" for kind in KINDS if counts[kind]], most=len(KINDS))
    yield f"{counted(len(found), 'date')} ahead" + (f": {told}." if found else ".")
    doubtful = sum(one.unverified for one in found)
    if doubtful:
        yield f"{counted(doubtful, 'date')} of these rest on facts that nobody has verified."


def _untold(portfolio: Portfolio, parameters: Mapping[str, object]) -> Iterator[str]:
    """Yield of how many agreements nobody stated when they end."""
    from synodos.law import watch

    agency = parameters.get("for")
    reasons = watch(portfolio, for_agency=agency if isinstance(agency, str) else None)
    endless = sum(one.kind == "no-expiry" for one in reasons)
    if endless:
        yield f"Of {counted(endless, 'agreement')} in force no last day is stated, so when they end is not told."


def dates_table(portfolio: Portfolio, found: Sequence[Ahead], name: str = "dates", title: str = "") -> Table:
    """Return dates in order, each with what it rests on."""
    rows = tuple(
        (
            period_text(one.when),
            KINDS[one.kind],
            one.name,
            one.what,
            _named(portfolio, one),
            one.basis,
            one.unverified,
            "; ".join(one.evidence),
        )
        for one in found
    )
    columns = ("date", "matter", "name", "what", "agencies", "basis", "unverified", "records")
    return Table(name, title or "Dates ahead", columns, rows, wide=("basis", "unverified", "records"))


def _named(portfolio: Portfolio, one: Ahead) -> str:
    """Return the agencies that a date concerns."""
    return listed([portfolio.agency_name(agency) for agency in one.agencies], most=MOST_AGENCIES)


def _page(portfolio: Portfolio, found: Sequence[Ahead], sentences: Sequence[str]) -> Document:
    """Return the answer as a page, with a section for each year."""
    sections = [
        Section(f"year-{year}", str(year), tables=(dates_table(portfolio, dates, f"dates-{year}", f"Dates of {year}"),))
        for year, dates in ((year, tuple(group)) for year, group in groupby(found, key=_year))
    ]
    return Document(
        title=f"Dates ahead: {portfolio.header.title}",
        lead=sentences[0],
        header=header_line(portfolio),
        sections=(*sections, Section("method", "How to read the dates", NOTES)),
        notices=tuple(sentences[1:]),
    )


def _year(one: Ahead) -> int:
    """Return the year under which a date is listed."""
    return one.days[0].year


def calendar_file(portfolio: Portfolio, found: Sequence[Ahead]) -> bytes:
    """Return dates as an `.ics` file; the same dates of the same portfolio give the same bytes."""
    from synodos.exchange import calendar_text  # other answers need no files

    title = f"Dates ahead: {portfolio.header.title}"
    return calendar_text(
        calendar_events(portfolio, found), title=title, about=header_line(portfolio), stamped=portfolio.known_on
    )


def calendar_events(portfolio: Portfolio, found: Sequence[Ahead]) -> Iterator[CalendarEvent]:
    """Yield dates as entries of a calendar; each keeps its `uid` when the date moves or another agency asks."""
    from synodos.exchange import CalendarEvent  # other answers need no files

    met: Counter[tuple[str, str]] = Counter()
    for one in found:
        key = (one.record, one.part)
        met[key] += 1
        named = "\n".join((portfolio.header.id, *key, str(met[key])))
        yield CalendarEvent(
            uid=str(uuid5(NAMESPACE_URL, named)),
            summary=f"{one.name}: {one.what}{_vague(one)}",
            first=one.days[0],
            last=one.days[1],
            description="\n".join(_described(portfolio, one)),
            categories=(KINDS[one.kind], *(portfolio.agency_name(agency) for agency in one.agencies)),
            classification=CLASSES[one.released],
        )


def _vague(one: Ahead) -> str:
    """Return how a date was stated, where it is no day; a launch period is a stretch of days and not vague."""
    exact = one.when.earliest == one.when.latest or one.kind == "launch-period"
    return "" if exact else f" ({period_text(one.when)})"


def _described(portfolio: Portfolio, one: Ahead) -> Iterator[str]:
    """Yield what stands in an entry below its summary."""
    yield f"{KINDS[one.kind]}, {period_text(one.when)} ({one.basis})"
    yield f"Concerns: {_named(portfolio, one)}"
    yield f"Rests on: {', '.join(one.evidence)}"
    yield from _sources(portfolio, one)
    if one.unverified:
        yield "Unverified: rests on general knowledge."
    yield f"Known on {portfolio.known_on}; {stated(portfolio)}."


def _sources(portfolio: Portfolio, one: Ahead) -> Iterator[str]:
    """Yield the titles of the first sources of the record."""
    kind, _, key = one.record.partition(":")
    cited = (portfolio.header.sources.get(name) for name in portfolio.tables[kind][key].sources[:MOST_SOURCES])
    for source in cited:
        if source is not None:
            yield f"Source: {source.title}{f', {source.url}' if source.url else ''}"
