"""How rows of funding are read: which are ceilings, which are spoken for, and which add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from synodos.language import Cost, DateRange

LIMITS: Final = re.compile(r"(?:^|[,;:]\s*)(?:ceiling|cap|at most)\b(?! of\b)", re.IGNORECASE)
"""What an amount covers if it is a ceiling: a part of the text begins so; "cap of" tells another amount."""
SPENT: Final = re.compile(r"(?:^|[,;:]\s*)spent\b", re.IGNORECASE)
SUBSCRIBED: Final = re.compile(r"(?:^|[,;:]\s*)subscribed\b", re.IGNORECASE)
"""What an amount covers if it is gone, or promised by those who pay."""


def is_limit(cost: Cost) -> bool:
    """Return whether an amount is stated to be a ceiling."""
    return LIMITS.search(cost.covers or "") is not None


def is_spent(cost: Cost) -> bool:
    """Return whether an amount is stated to be spent."""
    return SPENT.search(cost.covers or "") is not None and not is_limit(cost)


def is_subscribed(cost: Cost) -> bool:
    """Return whether an amount is stated to be subscribed."""
    return SUBSCRIBED.search(cost.covers or "") is not None and not is_limit(cost)


def apart(rows: Sequence[tuple[DateRange, float]]) -> list[tuple[DateRange, float]]:
    """Return the amounts whose periods do not overlap, in order of time; of those that overlap the largest."""
    kept: list[tuple[DateRange, float]] = []
    for period, amount in sorted(rows, key=lambda row: -row[1]):
        if all(period.latest < other.earliest or other.latest < period.earliest for other, _ in kept):
            kept.append((period, amount))
    return sorted(kept, key=lambda row: row[0].earliest)
