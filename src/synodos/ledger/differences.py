"""What changed between two moments, as one viewer saw them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from synodos.language import Portfolio, Record

What = Literal["declared", "revised", "retracted"]


@dataclass(frozen=True, slots=True)
class Changed:
    """One record that is not as it was.

    Attributes
    ----------
    kind, id : str
        Which record.
    what : What
        Whether it is new, says something else, or is gone.
    fields : tuple of str
        Of a revised record the fields that say something else, in their order.
    before, after : Record or None
        The record then and now.
    """

    kind: str
    id: str
    what: What
    fields: tuple[str, ...]
    before: Record | None
    after: Record | None


def changes_between(before: Portfolio, after: Portfolio) -> tuple[Changed, ...]:
    """Return which records differ between two snapshots, by kind and id; both as the same viewer saw them.

    Raises
    ------
    ValueError
        If two different viewers looked: what one of them may not see would show as a change.
    """
    if before.viewer != after.viewer:
        message = f"two moments of one viewer; found {before.viewer!r} and {after.viewer!r}"
        raise ValueError(message)
    kinds = dict.fromkeys((*before.tables, *after.tables))
    return tuple(one for kind in kinds for one in _changes_of(kind, before, after))


def _changes_of(kind: str, before: Portfolio, after: Portfolio) -> Iterator[Changed]:
    """Yield the changes of one kind by id."""
    then, now = before.tables.get(kind, {}), after.tables.get(kind, {})
    for id_ in sorted(then.keys() | now.keys()):
        old, new = then.get(id_), now.get(id_)
        if old is None or new is None:
            yield Changed(kind, id_, "declared" if old is None else "retracted", (), old, new)
        elif old is not new and (fields := _different(old, new)):
            yield Changed(kind, id_, "revised", fields, old, new)


def _different(old: Record, new: Record) -> tuple[str, ...]:
    """Return the fields in which two statements on a record differ."""
    return tuple(name for name in type(new).model_fields if getattr(old, name) != getattr(new, name))
