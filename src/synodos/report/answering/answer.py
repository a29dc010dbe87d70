"""One answer of the engines in every form in which people and programs take it."""

from __future__ import annotations

from dataclasses import dataclass, field

from synodos.report.answering.document import Document
from synodos.report.answering.envelope import Envelope
from synodos.report.answering.tables import Table


@dataclass(frozen=True)
class Answer:
    """One answer in every form in which it can be had."""

    envelope: Envelope
    """For programs."""
    header: str
    """Day of knowledge, viewer, who stated it, doubts, hash."""
    tables: tuple[Table, ...]
    """For people; the first is what CSV holds."""
    sentences: tuple[str, ...] = ()
    """What stands above the tables."""
    document: Document | None = field(default=None)
    """The answer as a page, where it is one."""
    notes: tuple[str, ...] | None = None
    """What a terminal shows below the tables; None: the notes of the envelope."""
