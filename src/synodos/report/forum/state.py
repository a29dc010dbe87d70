"""The answers on a forum as a whole: how it stands, and who takes part by which Terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.reading import for_readers
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted
from synodos.report.forum.actions import open_table
from synodos.report.forum.meetings import meetings_table
from synodos.report.forum.papers import papers_table
from synodos.report.forum.words import RULES, named, when

if TYPE_CHECKING:
    from synodos.forum import ForumState, Member
    from synodos.language import TermsOfReference

CHAIRS: Final[Mapping[str, str]] = {
    "host": "whoever hosts a meeting has the chair",
    "elected": "the chair is elected",
    "appointed": "the chair is appointed",
    "order": "the chair goes round in an order",
}
BINDS: Final = {
    True: "Its products bind those who join them.",
    False: "Its products bind nobody.",
    None: "Whether its products bind anybody is not stated.",
}
ASIDE: Final = {
    True: "A member may stand aside.",
    False: "No member may stand aside.",
    None: "Whether a member may stand aside is not stated.",
}
SHOWN: Final = {"from-first-draft": "from its first draft on", "when-issued": "once it is issued"}


def forum_answer(
    portfolio: Portfolio, terms: str | None = None, at: dt.date | None = None, for_agency: str | None = None
) -> Answer:
    """Return how a forum stands: who leads it, who takes part, what is open, and what waits for an agency.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked, as its viewer sees it.
    terms : str, optional
        Terms of Reference of the forum, by id; by default the only ones, or the first by id.
    at : datetime.date, optional
        The day that is asked about; by default the day of knowledge.
    for_agency : str, optional
        Whose open matters are told apart.

    Raises
    ------
    ValueError
        If the portfolio has no such Terms of Reference.
    """
    from synodos.forum import forum_state

    found = forum_state(portfolio, terms, at, for_agency)
    lead = _lead(portfolio, found)
    waiting = tuple(_waiting(portfolio, found, for_agency)) if for_agency else ()
    papers = papers_table(portfolio, found.papers, "open", "Papers that wait")
    actions, meetings = open_table(portfolio, found.actions), meetings_table(portfolio, found.meetings)
    members, groups = members_table(portfolio, found.members), _groups_table(portfolio, found)
    said = portfolio.terms_of_reference.get(found.terms)
    nothing = () if papers.rows or actions.rows else ("Nothing is open.",)
    sections = (
        *(Section("waiting", f"What waits for {portfolio.agency_name(key)}", waiting) for key in (for_agency,) if key),
        Section("open", "What is open", nothing, None, (papers, actions, meetings)),
        Section("members", "Who takes part", (_taking_part(portfolio, found),), None, (members,)),
        Section("groups", "Who works on what", tables=(groups,), folded=True),
        Section("terms", "By which Terms", (*terms_told(portfolio, said), *_purposes(said))),
    )
    wrapped = envelope(
        "forum",
        portfolio,
        plain(found),
        evidence=_evidence(found),
        parameters={"terms": found.terms or None, "at": found.at, "for": for_agency},
    )
    document = Document(found.name or "The forum", lead, header_line(portfolio), sections)
    tables = (papers, actions, meetings, members, groups)
    return Answer(wrapped, document.header, tables, (lead,), for_readers(document))


def _lead(portfolio: Portfolio, found: ForumState) -> str:
    """Return in one sentence who leads and what is open."""
    members = counted(len(found.members), "member")
    chair = f"Who has the chair among {members} is not known"
    if found.chair:
        chair = f"{portfolio.agency_name(found.chair.agency)} has the chair among {members}"
    number, overdue = len(found.actions), sum(one.overdue for one in found.actions)
    late = f", {overdue} overdue" if overdue else ""
    todo = f"{number or 'no'} {'action' if number == 1 else 'actions'} to do{late}"
    ahead = "no meeting ahead is stated"
    if found.meetings:
        ahead = f"the next meeting is {found.meetings[0].name}, {when(found.meetings[0].held) or 'day not settled'}"
    return f"{chair}; {_waits(found)}, {todo}; {ahead}."


def _waits(found: ForumState) -> str:
    """Return how many papers wait."""
    running = sum(one.waits_for == "silence" for one in found.papers)
    number = len(found.papers)
    told = "1 paper waits" if number == 1 else f"{number or 'no'} papers wait"
    return f"{told}, {running} in a silence procedure" if running else told


def _waiting(portfolio: Portfolio, found: ForumState, agency: str) -> Iterator[str]:
    """Yield what waits for one agency."""
    papers = {one.paper: one for one in found.papers}
    own = [one for one in found.actions if agency in one.bearers]
    if not found.to_state and not own:
        yield f"Nothing waits for {portfolio.agency_name(agency)}."
    for key in found.to_state:
        until = f", by {papers[key].closes}" if papers[key].closes else ""
        yield f"To say where it stands on {papers[key].name}, version {papers[key].version}{until}."
    for one in own:
        yield f"To do{_by(when(one.due), overdue=one.overdue)}: {one.name}"


def _by(due: str | None, *, overdue: bool) -> str:
    """Return by when something is due."""
    return f" by {due}{' (overdue)' if overdue else ''}" if due else ""


def _taking_part(portfolio: Portfolio, found: ForumState) -> str:
    """Return who takes part, in numbers."""
    observers = f", and as observers {named(portfolio, found.observers)}" if found.observers else ""
    return f"{counted(len(found.members), 'member')} on {found.at}{observers}."


def members_table(portfolio: Portfolio, members: tuple[Member, ...]) -> Table:
    """Return the members of a forum."""
    names = portfolio.working_groups
    rows = tuple(
        (
            portfolio.agency_name(one.agency),
            one.agency,
            when(one.since),
            "; ".join(names[key].name for key in one.groups),
        )
        for one in members
    )
    return Table("members", "Members", ("agency", "id", "since", "working groups"), rows, heads=1)


def _groups_table(portfolio: Portfolio, found: ForumState) -> Table:
    """Return the working groups of a forum."""
    rows = tuple(
        (
            one.name,
            when(one.active),
            named(portfolio, one.chairs) or None,
            one.task,
            named(portfolio, one.members) or None,
            one.group,
        )
        for one in found.groups
    )
    columns = ("working group", "seen at work", "led by", "task", "members", "id")
    return Table("groups", "Working groups", columns, rows, wide=("id",), heads=1)


def terms_told(portfolio: Portfolio, terms: TermsOfReference | None) -> Iterator[str]:
    """Yield what Terms of Reference say, in sentences; what they leave open is told too."""
    if terms is None:
        yield "No Terms of Reference are to be seen."
        return
    adopted = f", adopted {when(terms.adopted)}" if terms.adopted else ""
    yield f"{terms.name}{adopted}: it decides {RULES[terms.decides_by]}."
    yield BINDS[terms.products_bind]
    yield ASIDE[terms.standing_aside]
    lasts = (
        f"at least {counted(terms.silence_days, 'day')}"
        if terms.silence_days
        else "as long as it is announced; no least is stated"
    )
    yield f"A silence procedure lasts {lasts}."
    if terms.quorum_share:
        yield f"At least {terms.quorum_share:.0%} of the members have to take a position."
    if terms.chair_rule:
        yield f"{CHAIRS[terms.chair_rule].capitalize()}."
    if terms.secretariat and terms.secretariat in portfolio.agencies:
        yield f"{portfolio.agency_name(terms.secretariat)} keeps its papers."
    if terms.products_shown:
        yield f"All members see a product {SHOWN[terms.products_shown]}."
    yield f"Who may join: {terms.who_may_join or 'not stated.'}"
    yield f"How one joins: {terms.how_to_join or 'not stated.'}"
    yield from terms.rules


def _evidence(found: ForumState) -> Iterator[str]:
    """Yield the records that the state of a forum rests on."""
    if found.terms:
        yield f"terms-of-reference:{found.terms}"
    if found.chair:
        yield f"meeting:{found.chair.meeting}"
    yield from (f"paper:{one.paper}" for one in found.papers)
    yield from (f"action:{one.action}" for one in found.actions)
    yield from (f"meeting:{one.meeting}" for one in found.meetings)
    yield from (f"working-group:{one.group}" for one in found.groups)


def membership_answer(portfolio: Portfolio, terms: str | None = None, at: dt.date | None = None) -> Answer:
    """Return who takes part in a forum on a day, and by which Terms of Reference.

    Parameters
    ----------
    portfolio, terms, at
        As in `forum_answer`.

    Raises
    ------
    ValueError
        If the portfolio has no such Terms of Reference.
    """
    from synodos.forum import forum_state
    from synodos.report.forum.contents import ToldMembership

    found = forum_state(portfolio, terms, at)
    said = portfolio.terms_of_reference.get(found.terms)
    told = ToldMembership(found.at, said, found.chair, found.members, found.observers)
    lead = _taking_part(portfolio, found)
    members = members_table(portfolio, found.members)
    observers = Table(
        "observers", "Observers", ("agency", "id"), tuple((portfolio.agency_name(key), key) for key in found.observers)
    )
    sections = (
        Section("members", "Members", tables=(members,)),
        *([Section("observers", "Observers", tables=(observers,))] if observers.rows else ()),
        Section("terms", "By which Terms", tuple(terms_told(portfolio, said))),
        Section("purposes", "What it is for", _purposes(said), folded=True),
    )
    evidence = [f"terms-of-reference:{found.terms}"] if found.terms else []
    evidence += [f"agency:{one.agency}" for one in found.members if one.agency in portfolio.agencies]
    wrapped = envelope(
        "forum-members",
        portfolio,
        plain(told),
        evidence=evidence,
        parameters={"terms": found.terms or None, "at": found.at},
    )
    document = Document(f"Who takes part: {found.name or 'the forum'}", lead, header_line(portfolio), sections)
    return Answer(wrapped, document.header, (members, observers), (lead,), for_readers(document))


def _purposes(terms: TermsOfReference | None) -> tuple[str, ...]:
    """Return what a forum is for, what it deals with, and its principles."""
    if terms is None:
        return ()
    parts = (("Purpose", terms.purposes), ("Scope", terms.scope), ("Principle", terms.principles))
    return tuple(f"{what}: {text}" for what, texts in parts for text in texts)
