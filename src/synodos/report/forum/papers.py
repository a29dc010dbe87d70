"""The answers on papers: which there are, and what became of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import Meeting, Paper, Points, Portfolio, references
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.naming import record_name
from synodos.report.answering.reading import for_readers
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted
from synodos.report.forum.actions import open_table
from synodos.report.forum.words import BINDING, STANDS, VERDICTS, WAITS, day, named, spoken, when

if TYPE_CHECKING:
    from synodos.forum import MemberStand, Outcome, PaperState, PinDifference
    from synodos.law import ContestedQuestion
    from synodos.report.forum.contents import ToldPaper

COLUMNS: Final = (
    "paper",
    "type",
    "version",
    "stage",
    "silence until",
    "issued",
    "outcome",
    "if nothing more is said",
    "not heard from",
    "working group",
    "id",
)
DULL: Final = {"open": ("type", "outcome", "working group")}
"""Columns that people are spared where all papers wait."""
PINS: Final = {"known_on": "day of knowledge", "portfolio_sha256": "portfolio", "scenario": "scenario"}
COMPARED: Final = {
    None: "Whether the plans of that day are still the same was not compared.",
    True: "The plans of that day are the same: what it was agreed on can be computed again.",
    False: "The plans of that day, as they are seen here, are not the ones that it was agreed on.",
}


def papers_answer(portfolio: Portfolio, terms: str | None = None, at: dt.date | None = None) -> Answer:
    """Return the papers of a forum as they stand on a day, those that wait for something first.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked, as its viewer sees it.
    terms : str, optional
        Terms of Reference of the forum, by id; by default the only ones, or the first by id.
    at : datetime.date, optional
        The day that is asked about; by default the day of knowledge.

    Raises
    ------
    ValueError
        If the portfolio has no such Terms of Reference.
    """
    from synodos.forum import chosen_terms, paper_states
    from synodos.report.forum.contents import ToldPapers

    day_asked, chosen = at or portfolio.known_on, chosen_terms(portfolio, terms)
    key = chosen.id if chosen else None
    found = paper_states(portfolio, day_asked, key)
    waiting = sum(one.waits_for is not None for one in found)
    issued = sum(one.stage == "issued" for one in found)
    lead = f"{counted(len(found), 'paper')}: {waiting or 'none'} waiting for members, {issued or 'none'} issued."
    table = papers_table(portfolio, found, "papers", "Papers")
    wrapped = envelope(
        "forum-papers",
        portfolio,
        plain(ToldPapers(key or "", day_asked, found)),
        evidence=[f"paper:{one.paper}" for one in found],
        parameters={"terms": key, "at": day_asked},
    )
    document = Document("Papers", lead, header_line(portfolio), (Section("papers", "As they stand", tables=(table,)),))
    return Answer(wrapped, document.header, (table,), (lead,), for_readers(document))


def papers_table(portfolio: Portfolio, found: Iterable[PaperState], name: str, title: str) -> Table:
    """Return papers, each with what it waits for and what became of it."""
    groups = portfolio.working_groups
    rows = tuple(
        (
            one.name,
            spoken(one.type),
            one.version,
            WAITS[one.waits_for] if one.waits_for else spoken(one.stage),
            day(one.closes),
            when(one.issued),
            VERDICTS[one.verdict],
            VERDICTS[one.if_nothing_more] if one.waits_for == "silence" else None,
            named(portfolio, one.unheard) or None if one.waits_for else None,
            groups[one.group].name if one.group in groups else None,
            one.paper,
        )
        for one in found
    )
    return Table(name, title, COLUMNS, rows, wide=DULL.get(name, ()), heads=1)


def paper_answer(portfolio: Portfolio, paper: str, at: dt.date | None = None, then: Sequence[Portfolio] = ()) -> Answer:
    """Return what became of a paper: its text, where each agency stands, the outcome, and what it was agreed on.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked, as its viewer sees it.
    paper : str
        The paper, by id.
    at : datetime.date, optional
        The day that is asked about; by default the day of knowledge.
    then : sequence of Portfolio
        What was known on the pinned day, with the eyes of those who may have pinned it, such as the viewer and the
        public: the pins agree if one of these is what was pinned. Empty: it is not compared.

    Raises
    ------
    ValueError
        If the portfolio has no such paper.
    """
    told = _told(portfolio, paper, at, then)
    record = portfolio.papers[paper]
    sections = tuple(_sections(portfolio, told))
    lead = _lead(told)
    wrapped = envelope(
        "forum-paper",
        portfolio,
        plain(told),
        evidence=[*told.outcome.evidence, *told.about, *(f"action:{one.action}" for one in told.actions)],
        parameters={"paper": paper, "at": told.outcome.at},
        missing=told.outcome.missing,
    )
    tables = tuple(table for section in sections for table in section.tables)
    document = Document(record.name, lead, header_line(portfolio), sections)
    return Answer(wrapped, document.header, tables, (lead,), for_readers(document))


def _told(portfolio: Portfolio, paper: str, at: dt.date | None, then: Sequence[Portfolio]) -> ToldPaper:
    """Return a paper with all that is known of it."""
    from synodos.forum import common_understanding, open_actions, outcome, paper_states
    from synodos.report.forum.contents import ToldPaper

    found = outcome(portfolio, paper, at)
    record = portfolio.papers[paper]
    agree, differences = _compared(record, then)
    known = record.contested is not None
    return ToldPaper(
        paper=next(one for one in paper_states(portfolio, found.at) if one.paper == paper),
        statement=record.statement,
        paragraphs=record.paragraphs,
        authors=record.authors,
        about=tuple(_matters(portfolio, record)),
        replaces=record.replaces,
        replaced_by=tuple(sorted(one.id for one in portfolio.papers.values() if one.replaces == paper)),
        outcome=found,
        pins=record.pins,
        pins_agree=agree,
        pin_differences=differences,
        contested=common_understanding(portfolio, paper) if known else None,
        meetings=_meetings(portfolio, paper),
        actions=tuple(one for one in open_actions(portfolio, found.at) if portfolio.actions[one.action].paper == paper),
    )


def _matters(portfolio: Portfolio, paper: Paper) -> Iterator[str]:
    """Yield the records that a paper is about, as `kind:id`, as far as they are seen."""
    for one in references(paper):
        if one.path.startswith("about") and isinstance(one.mark, Points):
            yield from (f"{kind}:{one.target}" for kind in one.mark.kinds if one.target in portfolio.tables[kind])


def _compared(paper: Paper, then: Sequence[Portfolio]) -> tuple[bool | None, tuple[PinDifference, ...]]:
    """Return whether what was pinned is still to be had, and the fewest differences that remain."""
    from synodos.forum import pin_differences

    if paper.pins is None or not then:
        return None, ()
    fewest = min((pin_differences(paper, one) for one in then), key=len)
    return not fewest, fewest


def _meetings(portfolio: Portfolio, paper: str) -> tuple[str, ...]:
    """Return the meetings before which a paper lay, on whose agenda it stands, or that decided on it."""
    return tuple(sorted(key for key, one in portfolio.meetings.items() if paper in _dealt_with(one)))


def _dealt_with(meeting: Meeting) -> set[str]:
    """Return the papers that a meeting had to do with."""
    points = (key for item in meeting.agenda for key in item.papers)
    return {*meeting.documents, *points, *(key for one in meeting.decisions for key in one.papers)}


def _lead(told: ToldPaper) -> str:
    """Return in one sentence what became of a paper."""
    found = told.outcome
    out = f", issued {when(told.paper.issued) or 'on a day not stated'}" if told.paper.stage == "issued" else ""
    version = f"Version {found.version}{out}"
    counts = (
        f"{len(found.joined)} joined, {len(found.not_joined)} {'have not' if found.verdict == 'open' else 'did not'}"
        if 0 < len(found.joined) + len(found.not_joined) == len(found.members)
        else ""
    )
    if told.paper.waits_for == "silence":
        left = told.paper.days_left
        ends = "today" if left == 0 else f"in {counted(left or 0, 'day')}"
        later = f"if nothing more is said: {VERDICTS[found.if_nothing_more]}"
        return f"{version}: silence procedure until {found.closes}, ends {ends}; {later}."
    unknown = found.verdict == "not-known"
    verdict = "whether the forum agreed is not known" if unknown else VERDICTS[found.verdict]
    return f"{version}: {'; '.join(filter(None, (counts, verdict) if unknown else (verdict, counts)))}."


def _sections(portfolio: Portfolio, told: ToldPaper) -> Iterator[Section]:
    """Yield the parts of a paper's page."""
    found = told.outcome
    yield Section("text", "What it says", tuple(_text(told)))
    yield Section("outcome", "What became of it", tuple(_outcome(portfolio, found)))
    yield Section(
        "positions",
        "Where each agency stands",
        () if found.members else ("No member of the forum is known.",),
        None,
        tuple(_positions(portfolio, found)),
    )
    if told.contested is not None:
        yield _readings(portfolio, told.contested)
    yield from _pins(portfolio, told)
    yield from _about(portfolio, told)


def _text(told: ToldPaper) -> Iterator[str]:
    """Yield the text of a paper, and what is said of it."""
    if told.statement:
        yield told.statement
    yield from told.paragraphs
    if not (told.statement or told.paragraphs):
        yield "Its text is not stated."


def _outcome(portfolio: Portfolio, found: Outcome) -> Iterator[str]:
    """Yield what became of a paper, and why."""
    yield f"On {found.at}: {VERDICTS[found.verdict]}."
    yield from found.because
    if found.if_nothing_more != found.verdict:
        yield f"If nothing more is said: {VERDICTS[found.if_nothing_more]}."
    if found.joined:
        yield f"Joined: {named(portfolio, found.joined, len(found.joined))}."
    if found.not_joined:
        so_far = "Has not joined so far" if found.verdict == "open" else "Did not join"
        yield f"{so_far}: {named(portfolio, found.not_joined, len(found.not_joined))}."
    yield BINDING[found.binding]
    yield from (f"Not known: {fact}." for fact in found.missing)


def _positions(portfolio: Portfolio, found: Outcome) -> Iterator[Table]:
    """Yield where members stand, and what others said."""
    columns = ("agency", "stand", "reason", "said by", "record")
    yield Table("positions", "Members", columns, _stands(portfolio, found, found.members), wide=("record",), heads=1)
    if found.others:
        title = "Others, who do not count"
        yield Table("others", title, columns, _stands(portfolio, found, found.others), wide=("record",), heads=1)


def _stands(portfolio: Portfolio, found: Outcome, stands: Iterable[MemberStand]) -> tuple[tuple[str, ...], ...]:
    """Return stands as rows; where the outcome is not known, whoever is silent may have spoken unseen."""
    words = {**STANDS, "silent": "nothing to be seen"} if found.verdict == "not-known" else STANDS
    return tuple(
        (portfolio.agency_name(one.agency), words[one.stand], one.reason, day(one.on) or "", one.record)
        for one in stands
    )


def _readings(portfolio: Portfolio, found: ContestedQuestion) -> Section:
    """Return who holds which reading of the question that a paper is about."""
    rows = tuple(
        (one.label, one.held_by or None, named(portfolio, [each.holder for each in one.positions]) or None)
        for one in found.readings
    )
    table = Table("readings", found.label, ("reading", "held by, by the sources", "declared by"), rows)
    told = "A proposal to governments; none of the readings counts for more than another."
    return Section("readings", "The contested question", (told,), None, (table,))


def _pins(portfolio: Portfolio, told: ToldPaper) -> Iterator[Section]:
    """Yield what a paper was agreed on, and whether that is still to be had."""
    pins = told.pins
    if pins is None:
        return
    first = f"Known on {pins.known_on.text}; portfolio {pins.portfolio_sha256}."
    more = [f"Scenario: {record_name(portfolio, f'scenario:{pins.scenario}')}."] if pins.scenario else []
    more += [f"Roadmap edition: {pins.edition}."] if pins.edition else []
    figures = Table(
        "pins",
        "Figures",
        ("figure", "as it was", "asked with"),
        tuple((one.name, one.shown, one.asked) for one in pins.figures),
    )
    rows = tuple((PINS[one.what], one.pinned, one.found or "none") for one in told.pin_differences)
    differences = Table("differences", "What differs", ("what", "pinned", "found"), rows)
    yield Section(
        "pins", "What it was agreed on", (first, *more, COMPARED[told.pins_agree]), None, (figures, differences)
    )


def _about(portfolio: Portfolio, told: ToldPaper) -> Iterator[Section]:
    """Yield what a paper is about and where it was dealt with."""
    keys = [("is about", key) for key in told.about]
    keys += [("is in the name of", f"agency:{key}") for key in told.authors]
    keys += [("lay before", f"meeting:{key}") for key in told.meetings]
    keys += [("takes the place of", f"paper:{told.replaces}")] if told.replaces else []
    keys += [("was replaced by", f"paper:{key}") for key in told.replaced_by]
    table = Table(
        "about", "Records", ("it", "record", "key"), tuple((how, record_name(portfolio, key), key) for how, key in keys)
    )
    actions = open_table(portfolio, told.actions)
    if table.rows or actions.rows:
        yield Section("about", "What it is about", tables=(table, actions), folded=True)
