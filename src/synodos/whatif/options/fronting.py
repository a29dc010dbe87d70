"""Pareto fronts: which options no other dominates, and in what order they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from synodos.whatif.options.types import CRITERIA, Criteria


def undominated(found: Sequence[Criteria]) -> tuple[int, ...]:
    """Return the places of the criteria that no others dominate; of equal ones the first.

    Examples
    --------
    >>> from synodos.whatif.options.types import Criteria
    >>> early = Criteria(0, 10.0, frozenset(), 0, 0, 0)
    >>> cheap = Criteria(9, 1.0, frozenset(), 0, 0, 0)
    >>> poor = Criteria(9, 10.0, frozenset(), 0, 0, 0)
    >>> undominated([poor, early, cheap])
    (1, 2)
    """
    first: dict[Criteria, int] = {}
    for place, one in enumerate(found):
        first.setdefault(one, place)
    kept: list[Criteria] = []
    for one in first:
        if not any(other.dominates(one) for other in kept):
            kept = [*(other for other in kept if not one.dominates(other)), one]
    return tuple(sorted(first[one] for one in kept))


def scores(found: Sequence[Criteria], delays: Sequence[float], weights: Mapping[str, float]) -> tuple[float, ...]:
    """Return how good criteria are, from 0 to 1; less is better.

    Each criterion runs from 0 for the least to 1 for the most among those given. Of cost, what is stated and the
    number of figures that are missing count half each where both differ.

    Parameters
    ----------
    found : sequence of Criteria
        Of options of one question.
    delays : sequence of float
        Days of delay of each, in place of `Criteria.date`, in which what is never flown is late beyond measure.
    weights : mapping of str to float
        Weight of each of `CRITERIA`; together 1.
    """
    columns = {name: _scaled([getattr(one, name) for one in found]) for name in CRITERIA if name != "cost"}
    columns["date"] = _scaled(delays)
    known = _scaled([one.cost for one in found])
    unknown = _scaled([len(one.unknown_costs) for one in found])
    halves = 2 if any(known) and any(unknown) else 1
    columns["cost"] = [(a + b) / halves for a, b in zip(known, unknown, strict=True)]
    return tuple(sum(weights[name] * columns[name][place] for name in CRITERIA) for place in range(len(found)))


def _scaled(values: Sequence[float]) -> list[float]:
    """Return values from 0 for the least to 1 for the most; all 0 where they are equal."""
    low, high = min(values, default=0), max(values, default=0)
    return [(value - low) / (high - low) if high > low else 0.0 for value in values]
