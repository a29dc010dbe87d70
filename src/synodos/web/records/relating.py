"""Which records refer to which: read once for each portfolio that is looked at."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from synodos.language import WITHHELD, Points, Portfolio, Record, references

MOST_KEPT: Final = 4
"""Portfolios whose indices are kept."""

AUTHORS: Final = ("owner", "stated_by")
"""Fields that say whose a record is, and not what it says."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One record that refers to another one, and the field in which it does."""

    record: Record
    field: str


class Kept:
    """What is computed from a portfolio, kept for those that were looked at last."""

    def __init__(self, compute: Callable[[Portfolio], Any]) -> None:
        """Take what computes it."""
        self._compute = compute
        self._kept: OrderedDict[int, tuple[Portfolio, Any]] = OrderedDict()
        self._lock = Lock()

    def __call__(self, portfolio: Portfolio) -> Any:
        """Return what was computed from this portfolio, computing it if need be."""
        with self._lock:
            portfolio_kept, value = self._kept.get(id(portfolio), (None, None))
            if portfolio_kept is portfolio:
                self._kept.move_to_end(id(portfolio))
                return value
        value = self._compute(portfolio)
        with self._lock:
            self._kept[id(portfolio)] = (portfolio, value)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return value


def _referring(portfolio: Portfolio) -> Mapping[tuple[str, str], Sequence[Relation]]:
    """Return the relations that lead to each record, by its kind and id."""
    found: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for record in portfolio:
        for path, mark, target in references(record):
            if isinstance(mark, Points) and target != WITHHELD and path not in AUTHORS:
                for kind in mark.kinds:
                    if target in portfolio.tables.get(kind, ()):
                        found[kind, target].append(Relation(record, path))
                        break
    return found


referring = Kept(_referring)


def referring_to(record: Record, portfolio: Portfolio) -> Sequence[Relation]:
    """Return what refers to a record; what an agency owns or stated does not, for that alone."""
    found = referring(portfolio).get((record.kind, record.id), ())
    return [one for one in found if one.record is not record]


def referred_by(record: Record, portfolio: Portfolio) -> Sequence[Relation]:
    """Return the records to which one refers, each with the field that names it."""
    found = []
    for path, mark, target in references(record):
        if isinstance(mark, Points) and target != WITHHELD and path not in AUTHORS:
            kinds = (kind for kind in mark.kinds if target in portfolio.tables.get(kind, ()))
            found += [Relation(portfolio.tables[kind][target], path) for kind in kinds]
    return [one for one in found if one.record is not record]
