"""What cooperation saves: stated costs in comparable terms, net of what a partnership costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from statistics import median

import numpy as np
from numpy.typing import NDArray

from synodos.language import Money, Portfolio, Record, in_terms_of

NAN = float("nan")


class Costs:
    """Stated costs in the terms that most of them are stated in.

    Attributes
    ----------
    terms : tuple of str and int, or None
        Currency and price year; None where no cost with a price year is stated.
    middle : float
        Median of the plans' costs in these terms; nan where there is none, or it is 0.
    left_out : int
        Plans whose costs cannot be put in these terms: no price year, rate or index is stated.
    exponent : float
        n partners together pay n to this power times the cost of one alone.
    """

    def __init__(self, portfolio: Portfolio, exponent: float) -> None:
        """Read the costs of elements and missions."""
        self.exponent = exponent
        plans = [plan for table in (portfolio.elements, portfolio.missions) for plan in table.values() if plan.costs]
        self.terms = _commonest([cost.money for plan in plans for cost in plan.costs])
        self._amounts: dict[tuple[str, str], float] = {}

        @cache
        def worth(currency: str, price_year: int | None) -> float | None:
            """Return what one unit of money is worth in the common terms."""
            if self.terms is None:
                return None
            unit = Money(amount=1, currency=currency, price_year=price_year)
            moved = in_terms_of(portfolio.header, unit, *self.terms)
            return moved.amount if moved else None

        for plan in plans:
            factors = [(cost.money.amount, worth(cost.money.currency, cost.money.price_year)) for cost in plan.costs]
            amounts = [amount * factor for amount, factor in factors if factor is not None]
            if amounts:  # the largest, since the others may be parts of it
                self._amounts[plan.kind, plan.id] = max(amounts)
        self.left_out = len(plans) - len(self._amounts)
        self.middle = (median(self._amounts.values()) if self._amounts else NAN) or NAN

    @property
    def comparable(self) -> bool:
        """Whether any cost is."""
        return self.middle == self.middle

    def of(self, record: Record) -> float | None:
        """Return what a plan costs in comparable terms, or None where that is not stated."""
        return self._amounts.get((record.kind, record.id))

    def saved(self, costs: Sequence[float]) -> float:
        """Return what partners save by paying for the dearest of their systems together, instead of each for its own.

        Negative where the partnership costs more than it saves.
        """
        return sum(costs) - float(len(costs) ** self.exponent) * max(costs)

    def saved_by_one(self, cost: float) -> float:
        """Return what one of two partners saves if they pay together for what it would otherwise pay for alone."""
        return cost * (1 - float(2 ** (self.exponent - 1)))

    def merit(self, saved: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the value of what is saved: 0 for nothing, one half for the cost of the middle plan."""
        gained = np.maximum(saved, 0)
        return gained / (gained + self.middle)


def _commonest(amounts: Sequence[Money]) -> tuple[str, int] | None:
    """Return the currency and price year of most amounts; of equally common ones the first in order."""
    counted = Counter((money.currency, money.price_year) for money in amounts if money.price_year is not None)
    return min(((-number, terms) for terms, number in counted.items()), default=(0, None))[1]
