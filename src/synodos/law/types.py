"""What law says about plans: findings, what they rest on, and what is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from synodos.language import DateRange

Status = Literal["met", "breached", "needs_determination", "exempt"]
Outcome = Literal["met", "breached", "needs_determination", "exempt", "not_applicable"]
Certainty = Literal["certain", "contested", "unverified"]
"""Whether a status holds under every reading, hinges on a contested question, or rests on general knowledge."""
ALL = "all"
"""Stands in a fact for every party to the activity."""


class Fact(NamedTuple):
    """Something that the portfolio says about one activity, as the norms read it.

    Attributes
    ----------
    predicate, arguments : str, tuple of str
        What is said; the activity itself is not among the arguments.
    records : tuple of str
        Records that say it, as `kind:id`.
    unverified : bool
        Whether it rests on general knowledge.
    """

    predicate: str
    arguments: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """One activity that law judges, with the facts that are stated about it.

    Attributes
    ----------
    activity : str
        The record, as `kind:id`: a mission, transfer, payment or use of a resource.
    name : str
        What it is called.
    start, course : DateRange or None
        When it takes place or begins (law of that day judges launches, payments and transfers), and from begin to end.
    facts : sequence of Fact
        What is stated.
    parties : tuple of str
        Agencies, states and organisations that may bear a duty in it, in order.
    shared : tuple of Fact
        Last of the facts, as one object that activities of the same parties share.
    """

    activity: str
    name: str
    start: DateRange | None
    course: DateRange | None
    facts: Sequence[Fact]
    parties: tuple[str, ...]
    shared: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that is missing, as a question to answer.

    Attributes
    ----------
    id : str
        Term of the vocabulary `legal-questions`, or `bound`, `date` or `exemption` where a register or a date is open.
    about, party : str
        The activity, and the state or agency that it asks about.
    text : str
        The question in words.
    blocks : tuple of str
        Norms whose status waits for the answer.
    """

    id: str
    about: str
    party: str
    text: str
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingLeads:
    """Where one reading of a contested question leads.

    Attributes
    ----------
    question, reading : str
        Terms of the vocabulary `contested-questions`.
    status : Outcome or None
        Status under this reading, or that the norm does not apply; None if it hinges on another question too.
    holders : tuple of str
        Who declared the reading, in words, with the day since when it is held.
    """

    question: str
    reading: str
    status: Outcome | None
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one norm says about one bearer in one activity.

    Attributes
    ----------
    norm, activity, bearer : str
        Id of the norm, the activity as `kind:id`, and the agency, state or organisation that it binds.
    status : Status
        Under every reading; `needs_determination` where it hinges on a contested question and the bearer holds none.
    certainty : Certainty
        Whether anything contested or unverified stands behind it.
    exemption : str or None
        Norm that exempts.
    contested : tuple of ReadingLeads
        Where each reading of each question that it hinges on leads.
    own_reading : tuple of str
        Readings that the bearer declared, or that were chosen, if the status follows from them.
    questions : tuple of Question
        Missing facts.
    evidence : tuple of str
        Records that it rests on.
    unverified : tuple of str
        What of it is general knowledge: norms, rows of registers and records.
    since : datetime.date or None
        Day from which the norm applies, where it comes into force in the course of the activity.
    """

    norm: str
    activity: str
    bearer: str
    status: Status
    certainty: Certainty
    exemption: str | None = None
    contested: tuple[ReadingLeads, ...] = ()
    own_reading: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    evidence: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Findings on the activities of a portfolio.

    Attributes
    ----------
    findings : sequence of Finding
        In order of activity, norm and bearer; built when first asked for.
    open : sequence of Question
        Open determinations; first what blocks most. Built when first asked for.
    situations : tuple of Situation
        The activities that were judged.
    law_known_on : datetime.date
        State of the catalogue of norms.
    readings : mapping of str to str
        Readings that were chosen for all.
    """

    findings: Sequence[Finding]
    open: Sequence[Question]
    situations: tuple[Situation, ...]
    law_known_on: dt.date
    readings: dict[str, str] = field(default_factory=dict)
