"""Open determinations: the same question to many parties and about many activities as one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio, load
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed

if TYPE_CHECKING:
    from synodos.law import Assessment, Finding

REGISTERED: Final = {
    "bound": "Is the party bound at that time?",
    "date": "Is the norm in force on the day on which it takes place?",
    "exemption": "Does the exemption still hold on that day?",
}
"""What is asked of registers and dates, and not of people."""
MOST_NAMED: Final = 8
"""Parties and activities that a row names."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question, of whomever it is asked.

    Attributes
    ----------
    id, words : str
        The question.
    findings : int
        Findings that wait for an answer.
    norms, parties, activities : tuple of str
        Norms that it blocks, names of those asked, and names of the activities that it is about.
    """

    id: str
    words: str
    findings: int
    norms: tuple[str, ...]
    parties: tuple[str, ...]
    activities: tuple[str, ...]

    @property
    def of_registers(self) -> bool:
        """Whether registers and dates answer it, and not the parties."""
        return self.id in REGISTERED


def question_words(asked: str) -> str:
    """Return the label of a question, or the words for what registers and dates have to tell."""
    known = load("legal-questions")
    return known.label(asked) if asked in known else REGISTERED.get(asked, asked)


def open_questions(portfolio: Portfolio, found: Assessment) -> tuple[OpenQuestion, ...]:
    """Return what is open, first that for which most findings wait."""
    from synodos.law import party_names

    waiting: dict[str, list[Finding]] = defaultdict(list)
    for finding in found.findings:
        for asked in dict.fromkeys(question.id for question in finding.questions):
            waiting[asked].append(finding)
    name = party_names(portfolio)
    called = {one.activity: one.name for one in found.situations}
    made = [
        OpenQuestion(
            id=asked,
            words=question_words(asked),
            findings=len(of),
            norms=tuple(dict.fromkeys(finding.norm for finding in of)),
            parties=tuple(dict.fromkeys(name(finding.bearer) for finding in of)),
            activities=tuple(dict.fromkeys(called[finding.activity] for finding in of)),
        )
        for asked, of in waiting.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.findings, one.id)))


def open_questions_table(questions: tuple[OpenQuestion, ...]) -> Table:
    """Return what is open as a table, first that for which most findings wait."""
    rows = tuple(
        (
            one.words,
            one.findings,
            len(one.activities),
            len(one.parties),
            "; ".join(one.norms),
            listed(one.parties, MOST_NAMED),
            listed(one.activities, MOST_NAMED),
            "registers and dates" if one.of_registers else "the parties",
        )
        for one in questions
    )
    columns = ("question", "findings", "activities", "parties", "norms", "asked of", "about", "answered by")
    title = "Open determinations, those first for which most findings wait"
    return Table("determinations", title, columns, rows, wide=("asked of", "about"))


def describe(questions: tuple[OpenQuestion, ...], shown: int) -> str:
    """Return in words what is open."""
    if not questions:
        return "No question is open."
    told = "; ".join(f"{one.words} ({counted(one.findings, 'finding')})" for one in questions[:3])
    more = f" {counted(len(questions) - shown, 'more question')} in the table." if len(questions) > shown else ""
    return f"{counted(len(questions), 'question')} open, by the findings that wait for an answer; first: {told}.{more}"
