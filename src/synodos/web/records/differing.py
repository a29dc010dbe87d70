"""What one statement of a record says otherwise than another, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from synodos.language import Field, Portfolio, Record, fields
from synodos.web.records.wording import Value, is_shared, label_of, plain_text, value_of

SELDOM = ("id", "owner", "stated_by", "retracted")
"""Fields that tell nothing about what is said."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two statements give otherwise; nothing stated is empty text."""

    name: str
    label: str
    before: str
    after: str


def differences(before: Record | None, after: Record, portfolio: Portfolio) -> tuple[Difference, ...]:
    """Return the fields in which `after` differs from `before`, or from nothing; the dates of both apart."""
    found = []
    for field in sorted(fields(type(after)), key=is_shared):
        if field.name in SELDOM or (field.name == "as_of" and before is not None):
            continue
        old = getattr(before, field.name) if before is not None else field.default
        new = getattr(after, field.name)
        if old != new:
            texts = [plain_text(_shown(field, value, portfolio)) for value in (old, new)]
            found.append(Difference(field.name, label_of(field.name), *texts))
    return tuple(found)


def _shown(field: Field, value: Any, portfolio: Portfolio) -> Value:
    """Return a value in words; nothing for none."""
    return Value() if value is None or value == () else value_of(field, value, portfolio)
