"""The annual report: groups, agencies, members, meetings, papers and what comes next, one year at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import DateRange, Portfolio
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import header_line
from synodos.report.answering.naming import record_name
from synodos.report.answering.sources import sources_section
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import counted, listed, period_text

if TYPE_CHECKING:
    from synodos.roadmap import AgencyYear, AnnualReport, GroupYear, Reported, YearEvent

MOST_NAMED: Final = 8
"""Names in a sentence or a cell."""
SORTS: Final = {
    "flew": "flew",
    "signed": "signed",
    "decided": "decided",
    "ended": "ended",
    "stated": "first stated",
    "moved": "moved",
    "standing": "new standing",
    "partners": "other partners",
    "dropped": "no longer stated",
}
"""What happened, in words."""
COMPUTED: Final = (
    "What is marked computed was not declared as a highlight: it follows from dates that records state, and from what "
    "was stated at the two ends of the year. What was first stated in the year may be older than that."
)
TYPES: Final = {"roadmap-edition": "edition of the roadmap", "common-understanding": "common understanding"}
"""Types of papers whose names are no words."""


def annual_document(portfolio: Portfolio, found: AnnualReport, evidence: Sequence[str]) -> Document:
    """Return the annual report.

    Parameters
    ----------
    portfolio : Portfolio
        What is known now, as its viewer may see it.
    found : AnnualReport
        The year (`roadmap.annual`).
    evidence : sequence of str
        Records that it rests on, as `kind:id`.
    """
    return Document(
        title=f"Annual report {found.year}",
        lead=lead_sentence(found),
        header=header_line(portfolio),
        sections=(
            *(_group(portfolio, one) for one in found.groups if _says_something(one)),
            *_other_groups(portfolio, found),
            _highlights(portfolio, found),
            *([_membership(portfolio, found)] if found.members or found.left else []),
            *([_meetings(portfolio, found)] if found.meetings else []),
            *([_papers(portfolio, found)] if found.papers else []),
            *_actions(portfolio, found),
            *([_outlook(portfolio, found)] if found.ahead else []),
            *_unstated(found),
            sources_section(portfolio, evidence),
        ),
    )


def lead_sentence(found: AnnualReport) -> str:
    """Return the year in one sentence."""
    groups = sum(bool(one.group) for one in found.groups)
    flew = len({event.record for one in found.agencies for event in one.events if event.sort == "flew"})
    new = f", {len(found.joined)} of them new" if found.joined else ""
    told = [
        (len(found.members), f"{counted(len(found.members), 'member')} at the end of {found.year}{new}"),
        (groups, f"{counted(groups, 'working group')} at work"),
        (len(found.meetings), counted(len(found.meetings), "meeting")),
        (len(found.papers), counted(len(found.papers), "paper")),
        (flew, f"{counted(flew, 'mission')} flew"),
    ]
    words = [text for count, text in told if count]
    return f"{'; '.join(words)}." if words else f"Of {found.year} no member, group, meeting, paper or flight is stated."


def _says_something(one: GroupYear) -> bool:
    """Return whether more is stated of a group than that it was at work."""
    return bool(one.reported or one.meetings or one.papers)


def _group(portfolio: Portfolio, one: GroupYear) -> Section:
    """Return a working group, or the forum as a whole: what it reached, and what it does next."""
    if not one.group:
        return Section("forum", "The forum as a whole", tables=(_reported_table("forum", one.reported),))
    group = portfolio.working_groups[one.group]
    sentences = [group.task] if group.task else []
    wrote = [portfolio.papers[key].name for key in one.papers]
    met = [portfolio.meetings[key].name for key in one.meetings]
    sentences += [f"Papers: {listed(wrote, MOST_NAMED)}."] if wrote else []
    sentences += [f"Meetings: {listed(met, MOST_NAMED)}."] if met else []
    tables = (_reported_table(one.group, one.reported),)
    return Section(f"group-{one.group}", group.name, tuple(sentences), tables=tables)


def _other_groups(portfolio: Portfolio, found: AnnualReport) -> Iterator[Section]:
    """Yield the groups that were at work, and of which no more is stated."""
    quiet = [portfolio.working_groups[one.group] for one in found.groups if one.group and not _says_something(one)]
    rows = tuple((one.name, one.task) for one in quiet)
    if rows:
        table = Table("other-groups", "Other working groups", ("working group", "task"), rows)
        told = "They were at work; nothing that they reached in the year is stated."
        yield Section("other-groups", "Other working groups", (told,), tables=(table,))


def _reported_table(name: str, reported: Sequence[Reported]) -> Table:
    """Return accomplishments and future work, each in a row."""
    rows = [
        (matter, text, period_text(one.period))
        for matter, field in (("reached", "accomplishments"), ("next", "future_work"))
        for one in reported
        for text in getattr(one, field)
    ]
    return Table(f"reported-{name}", "Accomplishments and future work", ("matter", "what", "period"), tuple(rows))


def _highlights(portfolio: Portfolio, found: AnnualReport) -> Section:
    """Return the highlights of each agency, declared and computed: those of members, and of others."""
    of = {
        title: tuple(
            row
            for one in found.agencies
            if (one.agency in found.members) is member
            for row in _agency_rows(portfolio, one)
        )
        for title, member in (("Members", True), ("Others", False))
    }
    rows = [row for part in of.values() for row in part]
    declared = sum(row[-1] == "declared" for row in rows)
    agencies = counted(len(found.agencies), "agency", "agencies")
    first = f"{declared} declared and {len(rows) - declared} computed, of {agencies}."
    alone = "Nothing was stated before the year, so its two ends are not compared."
    sentences = (first, COMPUTED, *(() if found.compared else (alone,))) if rows else ("No highlight is stated.",)
    others = "Others" if of["Members"] else "Agencies"
    tables = (
        Table("highlights", "Members", HIGHLIGHTS, of["Members"]),
        Table("others", others, HIGHLIGHTS, of["Others"]),
    )
    return Section("highlights", "Highlights of the agencies", sentences, tables=tables)


HIGHLIGHTS: Final = ("agency", "matter", "what", "basis")


def _agency_rows(portfolio: Portfolio, one: AgencyYear) -> Iterator[tuple[Cell, ...]]:
    """Yield the highlights of one agency: what it declared, then what is computed, sort by sort."""
    name = portfolio.agency_name(one.agency)
    for told in one.reported:
        yield from ((name, "reached", text, "declared") for text in told.accomplishments)
        yield from ((name, "next", text, "declared") for text in told.future_work)
    sorts: dict[str, list[YearEvent]] = {}
    for event in one.events:
        sorts.setdefault(event.sort, []).append(event)
    for sort, events in sorts.items():
        words = dict.fromkeys(_event_words(portfolio, event) for event in events)
        yield name, SORTS[sort], listed(tuple(words), MOST_NAMED), "computed"


def _event_words(portfolio: Portfolio, event: YearEvent) -> str:
    """Return what happened to a record."""
    before, after = event.before.replace("-", " "), event.after.replace("-", " ")
    if event.sort == "moved":
        before, after = (period_text(DateRange(text)) if text else "no date" for text in (event.before, event.after))
        return f"{event.name} ({before} → {after})"
    if event.sort == "standing":
        return f"{event.name} ({before} → {after})"
    if event.sort == "partners":
        return f"{event.name} ({_partner_words(portfolio, event)})"
    return f"{event.name} ({period_text(DateRange(event.after))})" if event.after else event.name


def _partner_words(portfolio: Portfolio, event: YearEvent) -> str:
    """Return which partners came and went."""
    before, after = (set(filter(None, text.split(", "))) for text in (event.before, event.after))
    came = [portfolio.agency_name(key) for key in sorted(after - before)]
    went = [portfolio.agency_name(key) for key in sorted(before - after)]
    return "; ".join([*([f"with {listed(came)}"] if came else []), *([f"without {listed(went)}"] if went else [])])


def _membership(portfolio: Portfolio, found: AnnualReport) -> Section:
    """Return the members at the end of the year, and what changed."""
    name = portfolio.agency_name
    sentences = [
        f"Joined: {listed([name(key) for key in found.joined], MOST_NAMED)}." if found.joined else "Nobody joined.",
        *([f"No longer a member: {listed([name(key) for key in found.left])}."] if found.left else []),
    ]
    if found.perhaps_joined:
        names = listed([name(key) for key in found.perhaps_joined], MOST_NAMED)
        sentences.append(f"May have joined, for the date is not precise: {names}.")
    rows = tuple(
        (
            name(key),
            portfolio.agencies[key].name,
            state.name if (state := portfolio.states.get(portfolio.agencies[key].state or "")) else None,
            period_text(since) if (since := portfolio.agencies[key].member_since) else None,
            "joined" if key in found.joined else "perhaps joined" if key in found.perhaps_joined else "",
        )
        for key in found.members
        if key in portfolio.agencies
    )
    columns = ("member", "name", "state", "since", "in the year")
    table = Table("members", f"Members at the end of {found.year}", columns, rows)
    return Section("membership", "Membership", tuple(sentences), tables=(table,))


def _meetings(portfolio: Portfolio, found: AnnualReport) -> Section:
    """Return who met, and what was decided."""
    meetings = [portfolio.meetings[key] for key in found.meetings]
    rows = tuple(
        (
            period_text(one.held) if one.held else None,
            one.name,
            "by wire" if one.virtual else one.place,
            portfolio.agency_name(host) if (host := one.host or one.chair) else None,
            one.agencies_present,
            " ".join(one.minutes) or None,
        )
        for one in meetings
    )
    decided = tuple(
        (one.name, item.decided, "; ".join(record_name(portfolio, f"paper:{key}") for key in item.papers) or None)
        for one in meetings
        for item in one.decisions
    )
    decisions = counted(len(decided), "decision") if decided else "no decision"
    told = f"{counted(len(rows), 'meeting')} and {decisions} stated."
    tables = (
        Table("meetings", "Meetings", ("when", "meeting", "place", "host or chair", "agencies", "reported"), rows),
        Table("decisions", "Decisions", ("meeting", "decided", "papers"), decided),
    )
    return Section("meetings", "Meetings and decisions", (told,), tables=tables)


def _papers(portfolio: Portfolio, found: AnnualReport) -> Section:
    """Return what came out."""
    papers = [portfolio.papers[key] for key in found.papers]
    rows = tuple(
        (
            period_text(one.issued) if one.issued else None,
            one.name,
            TYPES.get(one.type, one.type.replace("-", " ")),
            group.name if (group := portfolio.working_groups.get(one.group or "")) else None,
            one.statement,
        )
        for one in papers
    )
    sentence = f"{counted(len(rows), 'paper')} of the forum came out."
    table = Table("papers", "Publications", ("issued", "title", "type", "working group", "what it says"), rows)
    return Section("papers", "Publications", (sentence,), tables=(table,))


def _actions(portfolio: Portfolio, found: AnnualReport) -> Iterator[Section]:
    """Yield who was to do what, where that is stated."""
    rows = tuple(
        (
            one.name,
            portfolio.agency_name(one.bearer) if one.bearer else "all members",
            period_text(one.due) if one.due else None,
            one.standing,
        )
        for one in (portfolio.actions[key] for key in found.actions)
    )
    if rows:
        open_ = sum(row[-1] == "open" for row in rows)
        table = Table("actions", "Actions", ("what", "who", "due", "standing"), rows)
        yield Section("actions", "Actions", (f"{counted(len(rows), 'action')}, {open_} still open.",), tables=(table,))


def _outlook(portfolio: Portfolio, found: AnnualReport) -> Section:
    """Return what the next year held, as it stood at the end of this one."""
    rows = tuple(
        (
            period_text(one.when),
            f"{one.name}: {one.what}",
            listed([portfolio.agency_name(key) for key in one.agencies], 4) if one.agencies else None,
        )
        for one in found.ahead
    )
    sentence = f"{counted(len(rows), 'date')} of {found.year + 1}, by what was stated on {found.closes}."
    table = Table("outlook", f"What {found.year + 1} holds", ("when", "what", "who"), rows)
    return Section("outlook", "Outlook", (sentence,), tables=(table,))


def _unstated(found: AnnualReport) -> Iterator[Section]:
    """Yield what a reader looks for in an annual report and nobody stated."""
    parts = {
        "working group at work": any(one.group for one in found.groups),
        "member": bool(found.members),
        "meeting": bool(found.meetings),
        "paper": bool(found.papers),
        f"date of {found.year + 1}": bool(found.ahead),
    }
    lacking = [f"no {name}" for name, stated in parts.items() if not stated]
    if lacking:
        sentence = f"Of {found.year}, as far as this viewer may see: {listed(lacking)}."
        yield Section("unstated", "What is not stated", (sentence,))
