"""What a table that is served says of one record: the same as the ledger behind it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import typer

from synodos.cli.fetching import answer_of, dated, placed, plain_words
from synodos.cli.reading import load

if TYPE_CHECKING:
    from synodos.language import Portfolio, Record

ACTS: Final = {"declared": "declare", "revised": "revise", "retracted": "retract"}
"""What entries do, by the words in which a table tells of it."""


@dataclass(frozen=True)
class ToldEntry:
    """An entry as a table tells of it.

    Attributes
    ----------
    as_of, act, chain, number, hash, key : str
        As the ledger has them.
    record : Record
        What it states.
    """

    as_of: str
    act: str
    chain: str
    number: str
    hash: str
    key: str
    record: Record


def served_portfolio(address: str, viewer: str, known_on: dt.date | None) -> Portfolio:
    """Return what a viewer sees of a table that is served; what the token may not see is not there."""
    return load(placed(address), viewer, known_on)


def served_entries(address: str, key: str, seen: Portfolio) -> tuple[ToldEntry, ...]:
    """Return the entries on a record, `kind:id`, which a table knows on the portfolio's day and its viewer may see."""
    from urllib.parse import quote

    from synodos.language import is_member, may_see

    kind, _, name = key.partition(":")
    path = f"records/{quote(kind, safe='')}/{quote(name, safe='')}/history"
    told = answer_of(dated(address, seen.known_on), path)
    viewer = seen.viewer or ""
    member = is_member(seen, viewer)
    found = () if told is None else _read(address, kind, told)
    return tuple(one for one in found if may_see(viewer, one.record, member=member))


def _read(address: str, kind: str, told: Any) -> tuple[ToldEntry, ...]:  # noqa: ANN401 - JSON
    """Return the entries that a server told of, or stop where they are none."""
    from synodos.language import KIND_BY_NAME

    try:
        return tuple(
            ToldEntry(
                plain_words(one["as_of"]),
                ACTS[one["act"]],
                plain_words(f"{one['stated_by']}/{one['audience']}"),
                plain_words(one["number"]),
                plain_words(one["hash"]),
                plain_words(one["key"]),
                KIND_BY_NAME[kind].model_validate(one["record"]),
            )
            for one in told["statements"]
        )
    except (KeyError, TypeError, ValueError):
        message = f"{address} tells of {kind} records in a form that this release cannot read"
        raise typer.BadParameter(message) from None
