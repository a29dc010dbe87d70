"""The values of what lies ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from synodos.language import WITHHELD, DateRange, Record
from synodos.law import ends_of

AheadKind = Literal[
    "launch",
    "launch-period",
    "end",
    "ready",
    "needed",
    "milestone",
    "deadline",
    "decision",
    "signature",
    "in-force",
    "expiry",
    "obligation",
    "meeting",
    "action",
    "silence",
]
AHEAD_KINDS: Final[tuple[AheadKind, ...]] = get_args(AheadKind)
"""What a date can be about."""
Basis = Literal["stated", "computed"]
Released = Literal["public", "members", "named", "private"]
RELEASED: Final[tuple[Released, ...]] = get_args(Released)
"""Who may see a record, from everybody to the owner alone; `named`: the agencies that it lists."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """One date that lies ahead.

    Attributes
    ----------
    kind : AheadKind
        What it is about.
    name : str
        Name of the record.
    what : str
        What happens then, in words that follow the name.
    when : DateRange
        As stated, no more precise; computed days are whole days.
    record : str
        The record as `kind:id`.
    part : str
        Which of the record's dates this is; with `record` it names the date also after it moved.
    agencies : tuple of str
        Those that it concerns, the owner first.
    evidence : tuple of str
        Records that it rests on, as `kind:id`.
    basis : str
        Whether the date is `stated` or `computed`.
    released : str
        Who may see all of these records: the narrowest of their releases.
    unverified : bool
        Whether one of these records rests on general knowledge.
    """

    kind: AheadKind
    name: str
    what: str
    when: DateRange
    record: str
    part: str
    agencies: tuple[str, ...]
    evidence: tuple[str, ...]
    basis: Basis
    released: Released
    unverified: bool

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day of what is stated; where one end is open, those of the other end."""
        first, last = ends_of(self.when)
        begins, ends = first or last or self.when, last or first or self.when
        return begins.earliest, ends.latest


def stated(
    kind: AheadKind,
    record: Record,
    what: str,
    when: DateRange,
    part: str,
    agencies: Iterable[str | None] = (),
) -> Ahead:
    """Return a date that a record states; `agencies` are concerned beside its owner."""
    key = f"{record.kind}:{record.id}"
    return Ahead(
        kind=kind,
        name=getattr(record, "name", record.id),
        what=what,
        when=when,
        record=key,
        part=part,
        agencies=concerned(record.owner, *agencies),
        evidence=(key,),
        basis="stated",
        released=narrowest((record,)),
        unverified=record.rests_on_unverified,
    )


def concerned(*agencies: str | None) -> tuple[str, ...]:
    """Return agencies, each once, as far as the viewer knows them."""
    return tuple(dict.fromkeys(one for one in agencies if one is not None and one != WITHHELD))


def narrowest(records: Iterable[Record]) -> Released:
    """Return who may see all of these records."""
    found: list[Released] = [one.release if isinstance(one.release, str) else "named" for one in records]
    return max(found, key=RELEASED.index, default="public")
