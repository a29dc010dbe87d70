"""How a record came to read as it does: its statements one after the other, and what each changed."""

from __future__ import annotations

from dataclasses import dataclass

from synodos.language import Portfolio, Record
from synodos.ledger import LedgerError, audience_text, record_history, stated
from synodos.web.records.differing import Difference, differences
from synodos.web.records.wording import party_name, seen_by

ACTS = {"declare": "declared", "revise": "revised", "retract": "retracted"}


@dataclass(frozen=True, slots=True)
class Trace:
    """One statement of a record: who made it, when, for whom, and what it changed."""

    record: Record
    act: str
    author: str
    as_of: str
    readers: str
    number: int
    audience: str
    hash: str
    key: str
    changes: tuple[Difference, ...]

    @property
    def place(self) -> str:
        """Where it stands: the number in the chain of its author and audience."""
        return f"entry {self.number} of {self.author}, for {self.audience}"


def traces(kind: str, record_id: str, portfolio: Portfolio) -> tuple[Trace, ...]:
    """Return the statements of a record known on the portfolio's day that its viewer may see, oldest first.

    A statement that cannot be read does not count, and is left out; so are those of another owner who used the id.
    """
    told = portfolio.tables[kind].get(record_id)
    found: list[Trace] = []
    before: Record | None = None
    for entry in record_history(kind, record_id, viewer=portfolio.viewer or ""):
        if entry.known_from > portfolio.known_on:
            continue
        try:
            record = portfolio.redacted(stated(entry))
        except LedgerError:
            continue
        if told is not None and record.owner != told.owner:
            continue
        changes = () if record.retracted or before is None else differences(before, record, portfolio)
        found.append(
            Trace(
                record,
                ACTS.get(entry.act, entry.act),
                party_name(entry.author, portfolio),
                entry.as_of,
                seen_by(record, portfolio),
                entry.number,
                audience_text(entry.audience),
                entry.hash,
                entry.key,
                changes,
            )
        )
        before = None if record.retracted else record
    return tuple(found)
