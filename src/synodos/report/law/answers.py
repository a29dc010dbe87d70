"""The answer of law on plans: findings, what is open, and where readings lead."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document
from synodos.report.answering.envelope import envelope, header_line
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed
from synodos.report.law.matrix import finding_state, findings_data, norm_row
from synodos.report.law.words import (
    INFORMS,
    asked_words,
    catalogue_note,
    cited,
    contested_words,
    counted_state,
    status_of,
)

if TYPE_CHECKING:
    from synodos.law import Assessment, Finding, Group, Question

ORDER: Final = ("breached", "needs_determination", "exempt", "met")
"""Statuses, those first that ask for work."""
MOST_NAMED: Final = 4
"""Activities and bearers that a grouped row names."""


def assessment_answer(
    portfolio: Portfolio,
    found: Assessment,
    parameters: Mapping[str, object],
    *,
    standing: bool = False,
    most_open: int | None = None,
    drawn: bool = False,
) -> Answer:
    """Return the findings of law on plans, those that say the same as one row.

    Parameters
    ----------
    portfolio : Portfolio
        What was assessed.
    found : Assessment
        The findings.
    parameters : mapping
        What the question was asked with.
    standing : bool
        Whether duties that wait for an event, permissions and definitions are listed as well.
    most_open : int, optional
        Open questions to list.
    drawn : bool
        Whether the answer has a page with pictures.
    """
    from synodos.law import grouped

    groups = sorted(grouped(found.findings), key=lambda group: ORDER.index(group.status))
    shown = [group for group in groups if standing or not _waits(group)]
    sentences = _sentences(portfolio, found, groups, hidden=len(groups) - len(shown))
    told = {
        "law_known_on": found.law_known_on,
        "readings": found.readings,
        "activities": [
            {"activity": one.activity, "name": one.name, "start": one.start, "course": one.course}
            for one in found.situations
        ],
        "findings": [finding_content(one, found.law_known_on) for one in found.findings],
        "open": list(found.open),
    }
    wrapped = envelope(
        "law-assess",
        portfolio,
        told,
        evidence=(key for finding in found.findings for key in finding.evidence),
        parameters=parameters,
        missing=dict.fromkeys(question.text for question in found.open),
        notes=(INFORMS, catalogue_note(portfolio, found.law_known_on), *_doubts(found.findings)),
    )
    tables = (
        findings_table(portfolio, found, shown),
        open_table(portfolio, found, most_open),
        readings_table(found, shown),
    )
    document = _assessment_page(portfolio, found, tables, sentences) if drawn else None
    filled = (tables[0], *(table for table in tables[1:] if table.rows))
    return Answer(wrapped, header_line(portfolio), filled, sentences, document, notes=(INFORMS,))


def _sentences(portfolio: Portfolio, found: Assessment, groups: Sequence[Group], *, hidden: int) -> tuple[str, ...]:
    """Return an assessment in sentences: how many findings in which state, how certain, and what is open."""
    from synodos.law import certainty_words

    states = Counter(_words(group) for group in groups for _ in group.findings)
    certain = Counter(group.certainty for group in groups for _ in group.findings)
    contested, doubtful = (
        counted_state(certain[certainty], certainty_words(certainty)) for certainty in ("contested", "unverified")
    )
    listing = listed([counted_state(number, words) for words, number in states.most_common()])
    return (
        f"{counted(len(found.findings), 'finding')} on {counted(len(found.situations), 'activity', 'activities')}.",
        f"By the law known on {found.law_known_on}: {listing}.",
        catalogue_note(portfolio, found.law_known_on),
        f"{contested}; {doubtful}.",
        f"{counted(len(found.open), 'question')} open."
        + (f" Not listed: {counted(hidden, 'row')} of standing duties, permissions and definitions." if hidden else ""),
    )


def findings_answer(
    portfolio: Portfolio, found: Assessment, chosen: Sequence[Finding], parameters: Mapping[str, object]
) -> Answer:
    """Return some of the findings of law on plans, a row each, in the order given."""
    counts = Counter(finding_state(one) for one in chosen)
    states = [f"{count} {words}" for words, count in counts.most_common()]
    note = catalogue_note(portfolio, found.law_known_on)
    sentence = (
        f"{len(chosen)} of {counted(len(found.findings), 'finding')} by the law known on {found.law_known_on}: "
        f"{listed(states)}."
    )
    told = {
        "law_known_on": found.law_known_on,
        "readings": found.readings,
        "findings": [finding_content(one, found.law_known_on) for one in chosen],
    }
    evidence = (key for one in chosen for key in one.evidence)
    notes = (INFORMS, note, *_doubts(chosen))
    wrapped = envelope("law-findings", portfolio, told, evidence=evidence, parameters=parameters, notes=notes)
    table = findings_data(portfolio, chosen)
    return Answer(wrapped, header_line(portfolio), (table,), (sentence, note, INFORMS))


def _assessment_page(
    portfolio: Portfolio, found: Assessment, tables: Sequence[Table], sentences: Sequence[str]
) -> Document:
    """Return the findings as a page."""
    from synodos.report.law.pages import assessment_page  # what draws is slow to load

    return assessment_page(portfolio, found, tables, sentences)


def finding_content(finding: Finding, law_known_on: dt.date) -> dict[str, object]:
    """Return a finding for programs, with the citation of its norm as it was known on a day."""
    from synodos.law import catalogue

    norms = catalogue()
    known = norms.norms.get(finding.norm)
    return {
        "norm": finding.norm,
        "instrument": norms.title(finding.norm, law_known_on) if known else None,
        "pinpoint": norms.pinpoint(finding.norm, law_known_on) if known else None,
        "strength": norms.instrument(finding.norm).strength if known else "policy",
        "activity": finding.activity,
        "bearer": finding.bearer,
        "status": finding.status,
        "shown_as": status_of(finding.norm, finding.status),
        "certainty": finding.certainty,
        "exemption": finding.exemption,
        "contested": finding.contested,
        "own_reading": finding.own_reading,
        "questions": finding.questions,
        "evidence": finding.evidence,
        "unverified": finding.unverified,
        "since": finding.since,
    }


def _words(group: Group) -> str:
    """Return the status of a group as people read it."""
    return status_of(group.norm, group.status) if group.certainty != "contested" else "hinging on a reading"


def _waits(group: Group) -> bool:
    """Return whether a group holds what nobody has to do anything for now."""
    return group.certainty != "contested" and status_of(group.norm, group.status) == "holds"


def _doubts(findings: Iterable[Finding]) -> list[str]:
    """Return what of the findings is general knowledge, each once."""
    return [f"Unverified: {key}" for key in dict.fromkeys(key for one in findings for key in one.unverified)]


def findings_table(portfolio: Portfolio, found: Assessment, groups: Sequence[Group]) -> Table:
    """Return the findings that say the same as one row each."""
    from synodos.law import certainty_words, party_names

    name = party_names(portfolio)
    activities = {one.activity: one.name for one in found.situations}
    rows = tuple(
        (
            status_of(group.norm, group.status),
            cited(group.norm, found.law_known_on),
            norm_row(group.norm, portfolio, found.law_known_on).title,
            _few([name(bearer) for bearer in group.bearers]),
            _few([activities[activity] for activity in group.activities]),
            group.count,
            certainty_words(group.certainty),
            group.exemption,
            "; ".join(asked_words(group.norm, asked) for asked in group.asks) or None,
        )
        for group in groups
    )
    columns = ("state", "norm", "what it asks", "of whom", "in", "findings", "certainty", "exemption", "to answer")
    return Table("findings", "Findings", columns, rows)


def _few(names: Sequence[str]) -> str:
    """Return names, of many the first."""
    return listed(list(names), MOST_NAMED)


def open_table(portfolio: Portfolio, found: Assessment, most: int | None) -> Table:
    """Return the open determinations, those first that block most; what is asked of several parties as one row."""
    from synodos.law import party_names

    name = party_names(portfolio)
    asked: dict[tuple[str, str, str], list[Question]] = defaultdict(list)
    for question in found.open:
        asked[question.id, question.about, _of_any(question, name(question.party))].append(question)
    ordered = sorted(asked.items(), key=lambda item: -_blocked(item[1]))
    rows = tuple(
        (
            words if len(of) > 1 else of[0].text,
            ", ".join(name(question.party) for question in of),
            about,
            _blocked(of),
            _few(list(dict.fromkeys(norm for question in of for norm in question.blocks))),
        )
        for (_, about, words), of in ordered[:most]
    )
    columns = ("question", "parties", "about", "blocks", "norms")
    return Table("open", "Open determinations, those first that block most", columns, rows, wide=("about",))


def _of_any(question: Question, party: str) -> str:
    """Return a question without the name of whom it is asked, so that it reads alike for all."""
    return question.text.replace(f", {party})", ")").replace(f"Is {party} bound", "Is each party bound")


def _blocked(questions: Sequence[Question]) -> int:
    """Return for how many findings questions are asked."""
    return sum(len(question.blocks) for question in questions)


def readings_table(found: Assessment, groups: Sequence[Group]) -> Table:
    """Return where each reading leads for the findings that hinge on one."""
    rows = tuple(
        (
            cited(group.norm, found.law_known_on),
            contested_words(leads.question),
            contested_words(leads.reading),
            status_of(group.norm, leads.status) if leads.status else "hinges on another question too",
            "; ".join(leads.holders) or "not recorded",
            group.count,
        )
        for group in groups
        for leads in group.contested
    )
    columns = ("norm", "question", "reading", "leads to", "held by", "findings")
    return Table("readings", "What hinges on contested readings", columns, rows)
