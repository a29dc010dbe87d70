"""How a paper came to read as it does: its statements in the ledger, and what each changed in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final, Literal

from synodos.language import Paper, Pins, Portfolio
from synodos.web.records.differing import Difference
from synodos.web.records.tracing import Trace, traces

Change = Literal["kept", "added", "taken"]
IN_THE_TEXT: Final = ("statement", "paragraphs", "version")
"""Fields that the changes of the text show."""
MOST_REWORDED: Final = 20
"""Paragraphs in a row that are compared word by word; longer stretches are shown as taken and added."""
ALIKE: Final = 0.5
"""Share of the words that two paragraphs have in common, from which on one counts as the other reworded."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a run of words within one, and what became of it."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a paper, with what it changed.

    Attributes
    ----------
    paper : Paper
        What it said, as far as the viewer may see.
    trace : Trace
        Who stated it, when, for whom.
    text : tuple of tuple of Line
        The paragraphs of which something changed, each in pieces; empty where the text stayed, or is the first.
    changes : tuple of Difference
        What else changed.
    """

    paper: Paper
    trace: Trace
    text: tuple[tuple[Line, ...], ...]
    changes: tuple[Difference, ...]

    @property
    def hash(self) -> str:
        """Its entry in the ledger."""
        return self.trace.hash

    @property
    def stage(self) -> str:
        """How far the paper was, in words."""
        return self.paper.stage.replace("-", " ")


def statements_of(paper: Paper, portfolio: Portfolio) -> tuple[Statement, ...]:
    """Return the statements of a paper that the viewer may read, oldest first."""
    found: list[Statement] = []
    before: Paper | None = None
    for trace in traces("paper", paper.id, portfolio):
        if not isinstance(trace.record, Paper) or trace.record.retracted:
            before = None
            continue
        text = () if before is None else _changed(before, trace.record)
        others = (_in_short(one, before, trace.record) for one in trace.changes if one.name not in IN_THE_TEXT)
        found.append(Statement(trace.record, trace, text, tuple(others)))
        before = trace.record
    return tuple(found)


def _in_short(change: Difference, before: Paper | None, after: Paper) -> Difference:
    """Return what changed; of pins with all their figures only the day and how many they are."""
    if change.name != "pins":
        return change
    told = [_pins_in_short(paper.pins) if paper and paper.pins else "" for paper in (before, after)]
    return replace(change, before=told[0], after=told[1])


def _pins_in_short(pins: Pins) -> str:
    """Return pins on a line."""
    figures = f", {len(pins.figures)} figures" if pins.figures else ""
    return f"plans known on {pins.known_on.text}{figures}"


def _changed(before: Paper, after: Paper) -> tuple[tuple[Line, ...], ...]:
    """Return the paragraphs in which what a paper says changed: its words in short, then its text."""
    short = (tuple(filter(None, (before.statement,))), tuple(filter(None, (after.statement,))))
    return (*_text_changed(*short), *_text_changed(before.paragraphs, after.paragraphs))


def _text_changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Line, ...]]:
    """Yield the paragraphs in which a text changed."""
    for act, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            continue
        old, new = before[first:last], after[start:end]
        paired = min(len(old), len(new)) if max(len(old), len(new)) <= MOST_REWORDED else 0
        for pair in zip(old[:paired], new[:paired], strict=True):
            yield from _reworded(*pair)
        yield from ((Line("taken", one),) for one in old[paired:])
        yield from ((Line("added", one),) for one in new[paired:])


def _reworded(before: str, after: str) -> Iterator[tuple[Line, ...]]:
    """Yield a paragraph with the words that stayed, went and came; two of which little is the same as two."""
    old, new = before.split(), after.split()
    words = SequenceMatcher(None, old, new, autojunk=False)
    if words.ratio() < ALIKE:
        yield (Line("taken", before),)
        yield (Line("added", after),)
        return
    yield tuple(
        line
        for act, first, last, start, end in words.get_opcodes()
        for line in _run(act, " ".join(old[first:last]), " ".join(new[start:end]))
    )


def _run(act: str, old: str, new: str) -> Iterator[Line]:
    """Yield a run of words of a paragraph."""
    if act == "equal":
        yield Line("kept", old)
        return
    if old:
        yield Line("taken", old)
    if new:
        yield Line("added", new)
