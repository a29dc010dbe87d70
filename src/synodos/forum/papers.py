"""The papers of a forum as they stand on a day: what each waits for, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from synodos.forum.deciding import Verdict
from synodos.forum.outcome import Outcome, outcome
from synodos.forum.taking_part import stands_under
from synodos.language import DateRange, Paper, PaperStage, PaperType, Portfolio

Waits = Literal["silence", "decision", "comment", "record"]
"""What a paper waits for: that a silence procedure ends, that members say where they stand or what they think of it,
or, once a procedure is over, that its stage is stated."""


@dataclass(frozen=True, slots=True)
class PaperState:
    """A paper as it stands on a day.

    Attributes
    ----------
    paper, name : str
        The paper, by id, and its title.
    type : PaperType
        What sort of product it is.
    version : int
        Its present version.
    stage : PaperStage
        How far it is, as stated.
    group : str
        Working group that writes it, by id; empty where it is the whole forum's.
    issued : DateRange or None
        When it came out.
    waits_for : Waits or None
        What it waits for; None where for nothing, and while it is a draft.
    closes : datetime.date or None
        Last day of its silence procedure.
    days_left : int or None
        Days until that day while the procedure runs.
    verdict, if_nothing_more : Verdict
        As in `Outcome`.
    unheard : tuple of str
        Members that said nothing on this version, or are not ready yet; where the outcome is not known, as it is from
        outside, at most the viewer.
    """

    paper: str
    name: str
    type: PaperType
    version: int
    stage: PaperStage
    group: str
    issued: DateRange | None
    waits_for: Waits | None
    closes: dt.date | None
    days_left: int | None
    verdict: Verdict
    if_nothing_more: Verdict
    unheard: tuple[str, ...]


def waits_for(paper: Paper, at: dt.date) -> Waits | None:
    """Return what a paper waits for on a day; None where for nothing, and while it is a draft."""
    if paper.stage in ("issued", "withdrawn"):
        return None
    if paper.silence is not None and at > paper.silence.closes.latest:
        return "record"
    if paper.silence is not None and at >= paper.silence.opens.earliest:
        return "silence"
    if paper.stage == "for-decision":
        return "decision"
    return "comment" if paper.stage == "for-comment" else None


def paper_states(portfolio: Portfolio, at: dt.date | None = None, terms: str | None = None) -> tuple[PaperState, ...]:
    """Return the papers of a forum as they stand on a day: those that wait first, what is due first before others.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    at : datetime.date, optional
        The day that is asked about; by default the portfolio's day of knowledge.
    terms : str, optional
        Only papers under these Terms of Reference, by id.
    """
    day = at or portfolio.known_on
    papers = [one for one in portfolio.papers.values() if stands_under(portfolio, one, terms)]
    return tuple(
        _state(one, outcome(portfolio, one.id, day), day, portfolio.viewer)
        for one in sorted(papers, key=lambda p: _place(p, day))
    )


def _place(paper: Paper, day: dt.date) -> tuple[bool, dt.date, bool, int, str]:
    """Return where a paper stands in a list: what waits by its last day, then drafts, then what came out latest."""
    closes = paper.silence.closes.latest if paper.silence else dt.date.max
    out = paper.issued.latest.toordinal() if paper.issued else 0
    waits = waits_for(paper, day) is not None
    return (not waits, closes if waits else dt.date.max, paper.stage in ("issued", "withdrawn"), -out, paper.id)


def _state(paper: Paper, found: Outcome, day: dt.date, viewer: str | None) -> PaperState:
    """Return a paper as it stands."""
    waits = waits_for(paper, day)
    return PaperState(
        paper=paper.id,
        name=paper.name,
        type=paper.type,
        version=paper.version,
        stage=paper.stage,
        group=paper.group or "",
        issued=paper.issued,
        waits_for=waits,
        closes=found.closes,
        days_left=(found.closes - day).days if waits == "silence" and found.closes else None,
        verdict=found.verdict,
        if_nothing_more=found.if_nothing_more,
        unheard=tuple(
            one.agency
            for one in found.members
            if one.stand in ("silent", "not-yet") and (found.verdict != "not-known" or one.agency == viewer)
        ),
    )
