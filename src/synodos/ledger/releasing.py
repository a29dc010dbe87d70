"""Who will see what is about to be stated, and what should be asked before: it cannot be called back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from synodos.language import (
    MEMBERS,
    PUBLIC,
    WITHHELD,
    Points,
    Portfolio,
    Record,
    Reference,
    is_member,
    label,
    may_see,
    references,
)
from synodos.ledger.entry import PRIVATE, Audience, audience_of
from synodos.ledger.refusing import LedgerError

CANNOT_BE_CALLED_BACK: Final = (
    "What is shared cannot be called back: whoever received it keeps it, also after it is revised or retracted. "
    "Controlled technical data does not belong here."
)
CLASSIFICATIONS: Final[Mapping[str, str]] = {"element": "export_classification", "transfer": "classification"}
"""For each kind that has one the field that names an entry of an export control list."""
UNCONTROLLED: Final = "uncontrolled"
"""Says of a transfer that no list holds it."""


@dataclass(frozen=True, slots=True)
class Betrayal:
    """A place where a record names another one that some of its readers may not see.

    Attributes
    ----------
    field : str
        Path of the field, such as `requirements[0].met_by[1]`.
    named : Record
        The record that stands there.
    """

    field: str
    named: Record


@dataclass(frozen=True, slots=True)
class Sight:
    """Who will see one record.

    Attributes
    ----------
    record : Record
        What is about to be stated.
    audience : Audience
        For whom.
    names : tuple of str
        Those who will see it beside its author, in words: `everybody`, or agencies by name.
    classification : str
        Entry of an export control list that the record names; empty where it names none.
    betrays : tuple of Betrayal
        Where it names records that not all of its readers may see.
    """

    record: Record
    audience: Audience
    names: tuple[str, ...]
    classification: str
    betrays: tuple[Betrayal, ...] = ()

    @property
    def sentence(self) -> str:
        """Who will see it, in one sentence."""
        seen = ", ".join(self.names) if self.names else f"nobody but {self.record.stated_by}"
        where = "all members: " if self.audience == MEMBERS else ""
        return f"{label(self.record)} will be seen by {where}{seen}."

    @property
    def warnings(self) -> tuple[str, ...]:
        """What has to be confirmed before it is shared, in sentences."""
        if not self.names:
            return ()
        name = label(self.record)
        found = [
            f"{name} names {label(one.named)} in {one.field}; not all who will see the one may see the other. "
            f"Where it is left out, `{WITHHELD}` may stand instead."
            for one in self.betrays
        ]
        if self.classification:
            found.insert(0, f"{name} has the export classification {self.classification!r}.")
        return (*found, self.sentence) if found else ()

    @property
    def warning(self) -> str:
        """What has to be confirmed before it is shared, in one text; empty where nothing has."""
        return " ".join(self.warnings)


def who_will_see(records: Iterable[Record], portfolio: Portfolio) -> tuple[Sight, ...]:
    """Return who will see each record.

    Parameters
    ----------
    records : iterable of Record
        What is about to be stated.
    portfolio : Portfolio
        What its author sees: it knows agencies' names, and who is a member.
    """
    stating = tuple(records)
    near = {(record.kind, record.id): record for record in stating}
    return tuple(
        Sight(
            record,
            audience_of(record),
            _names(record, audience_of(record), portfolio),
            classification_of(record),
            tuple(_betrayals(record, portfolio, near)),
        )
        for record in stating
    )


def classification_of(record: Record) -> str:
    """Return the entry of an export control list that a record names; empty where it names none."""
    stated = getattr(record, CLASSIFICATIONS.get(record.kind, ""), None) or ""
    return "" if stated.strip().lower() == UNCONTROLLED else stated


def require_confirmation(sights: Iterable[Sight]) -> None:
    """Refuse to share what should be thought over before somebody confirmed it.

    Raises
    ------
    LedgerError
        `release.unconfirmed`, with every warning.
    """
    warnings = [sight.warning for sight in sights if sight.warning]
    if warnings:
        message = "\n  ".join(["confirm that these records may be shared:", *warnings, CANNOT_BE_CALLED_BACK])
        raise LedgerError("release.unconfirmed", message)


def asks_first(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return those of many records that may have to be confirmed: quickly none, where all is for everybody."""
    every = tuple(records)
    if all(record.release == PUBLIC for record in every):
        return tuple(record for record in every if classification_of(record))
    return every


def members(portfolio: Portfolio) -> tuple[str, ...]:
    """Return the agencies that are members on a portfolio's day, by id."""
    return tuple(id_ for id_ in portfolio.agencies if is_member(portfolio, id_))


def _names(record: Record, audience: Audience, portfolio: Portfolio) -> tuple[str, ...]:
    """Return the names of those who will see a record beside its author."""
    if audience == PUBLIC:
        return ("everybody",)
    if audience == PRIVATE:
        return ()
    seen = members(portfolio) if audience == MEMBERS else audience
    return tuple(portfolio.agency_name(one) for one in seen if one != record.stated_by)


def _betrayals(record: Record, portfolio: Portfolio, near: Mapping[tuple[str, str], Record]) -> Iterator[Betrayal]:
    """Yield where a record names records that not all of its readers may see."""
    for reference in references(record):
        targets = _targets(reference, portfolio, near)
        if targets and not any(_covers(target, record, portfolio) for target in targets):
            yield Betrayal(reference.path, targets[0])


def _targets(reference: Reference, portfolio: Portfolio, near: Mapping[tuple[str, str], Record]) -> tuple[Record, ...]:
    """Return the records that a reference leads to: those stated with it before those that stand."""
    kinds = reference.mark.kinds if isinstance(reference.mark, Points) else ()
    found = (
        near.get((kind, reference.target)) or portfolio.tables.get(kind, {}).get(reference.target) for kind in kinds
    )
    return tuple(target for target in found if target is not None)


def _covers(named: Record, record: Record, portfolio: Portfolio) -> bool:
    """Return whether all who see a record may see another one, too."""
    audience = audience_of(record)
    if audience in (PUBLIC, MEMBERS):
        return named.release in (PUBLIC, audience)
    taking_part = members(portfolio)
    readers = audience if isinstance(audience, tuple) else ()
    return all(may_see(reader, named, member=reader in taking_part) for reader in readers)
