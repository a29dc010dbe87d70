"""What is supposed, marked so that it never looks like what a source says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from synodos.language import (
    SUPPOSED,
    SUPPOSITION,
    Change,
    DateRange,
    Determination,
    Part,
    Points,
    Portfolio,
    Record,
    Step,
    references,
)

R = TypeVar("R", bound=Record)

MARK: Final = "What if: "
"""How the note of a supposed record begins."""
MOST_NOTE: Final = 4_000
"""Characters that a note may have."""


@dataclass(frozen=True)
class Difference:
    """What a step makes of a portfolio.

    Attributes
    ----------
    written : tuple of Record
        Records in place of those with the same kind and id, or new ones.
    gone : tuple of Record
        Records that no longer stand.
    """

    written: tuple[Record, ...] = ()
    gone: tuple[Record, ...] = ()


def changed(record: R, update: Mapping[str, Any]) -> R:
    """Return a record with other values; the record itself where they are the same."""
    new = {name: value for name, value in update.items() if getattr(record, name) != value}
    return record.model_copy(update=new) if new else record


def since_of(portfolio: Portfolio, step: Step) -> dt.date:
    """Return the first day of a step: as it says, else the day of knowledge."""
    if step.since is None or step.since.opens_early:
        return portfolio.known_on
    return max(step.since.earliest, portfolio.known_on)


def with_difference(portfolio: Portfolio, difference: Difference, words: str) -> Portfolio:
    """Return the portfolio after a step, what it wrote marked as supposed; the same one where nothing differs."""
    written = [record for record in difference.written if _differs(portfolio, record)]
    gone = (*difference.gone, *_pointing_at(portfolio, difference.gone))
    if not written and not gone:
        return portfolio
    marked = [supposed(portfolio, record, words) for record in written]
    header = portfolio.header
    if marked and SUPPOSED not in header.sources:
        header = header.model_copy(update={"sources": {**header.sources, SUPPOSED: SUPPOSITION}})
    return replace(portfolio.without(*gone).replace(*marked), header=header)


def supposed(portfolio: Portfolio, record: R, words: str) -> R:
    """Return a record as what is supposed on the day of knowledge; its own sources stay beside the supposition."""
    note = f"{MARK}{words}." + (f" {record.note}" if record.note else "")
    sources = tuple(dict.fromkeys((*record.sources, SUPPOSED)))
    confidence = "unverified" if record.confidence == "unverified" else "computed"
    return changed(
        record,
        {
            "note": note[:MOST_NOTE].rstrip(),
            "sources": sources,
            "confidence": confidence,
            "as_of": DateRange(str(portfolio.known_on)),
        },
    )


def new_record(portfolio: Portfolio, kind: type[R], record_id: str, owner: str, **values: object) -> R:
    """Return a record that nobody has stated: entered by the compiler, or by its owner where there is none."""
    compiler = portfolio.header.compiler
    return kind.model_validate(
        {
            "id": _free(portfolio, kind, record_id),
            "owner": owner,
            "stated_by": compiler.id if compiler else owner,
            "release": "public",
            "as_of": str(portfolio.known_on),
            "confidence": "computed",
            "sources": [SUPPOSED],
            **{name: value.model_dump() if isinstance(value, Part) else value for name, value in values.items()},
        }
    )


def _free(portfolio: Portfolio, kind: type[Record], record_id: str) -> str:
    """Return an id that no record has with which it could be taken for."""
    taken = {*portfolio.of(kind), *portfolio.elements, *portfolio.missions, *portfolio.offers}
    if record_id not in taken:
        return record_id
    return next(name for turn in range(2, len(taken) + 3) if (name := f"{record_id}-{turn}") not in taken)


def _differs(portfolio: Portfolio, record: Record) -> bool:
    """Return whether the portfolio says something else, or nothing."""
    return portfolio.tables.get(record.kind, {}).get(record.id) != record


def _pointing_at(portfolio: Portfolio, gone: Iterable[Record]) -> tuple[Record, ...]:
    """Return determinations and changes about what is gone: they would point at nothing."""
    keys = {(record.kind, record.id) for record in gone}
    if not keys:
        return ()
    about: tuple[Record, ...] = (*portfolio.of(Determination).values(), *portfolio.of(Change).values())
    return tuple(
        record
        for record in about
        if any(
            isinstance(ref.mark, Points) and any((kind, ref.target) in keys for kind in ref.mark.kinds)
            for ref in references(record)
        )
    )
