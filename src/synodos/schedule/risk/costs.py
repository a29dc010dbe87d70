"""What the work still open costs, in one currency and at one price level."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from synodos.language import Money, Portfolio, in_terms_of
from synodos.schedule.risk.strikes import is_open
from synodos.schedule.types import Network, Node

Amount = tuple[float, str, int | None]


@dataclass(frozen=True)
class Priced:
    """The costs of a network.

    Attributes
    ----------
    currency : str
        ISO 4217 code.
    price_year : int or None
        Year of the prices; None: not stated, and the same for all.
    fixed, per_day : tuple of float
        For each node, in its order; 0 where nothing is stated.
    covers : tuple of int
        Places of the open nodes whose costs are in it.
    without : tuple of int
        Places of open work that states none.
    not_comparable : tuple of int
        Places of open work whose cost cannot be brought to the currency and price year.
    """

    currency: str
    price_year: int | None
    fixed: tuple[float, ...]
    per_day: tuple[float, ...]
    covers: tuple[int, ...]
    without: tuple[int, ...]
    not_comparable: tuple[int, ...]


def priced(network: Network, portfolio: Portfolio) -> Priced | None:
    """Return the costs of the open work in the terms in which most of it is stated; None: no cost is stated."""
    stated = Counter(
        amount[1:] for node in network.nodes if is_open(node) for amount in _amounts(node) if amount is not None
    )
    if not stated:
        return None
    currency, year = max(stated, key=lambda terms: (stated[terms], terms[1] is not None, terms[0], terms[1] or 0))
    fixed, per_day = [0.0] * len(network.nodes), [0.0] * len(network.nodes)
    covers, without, odd = [], [], []
    for place, node in enumerate(network.nodes):
        if not is_open(node):
            continue
        if not any(_amounts(node)):
            without += [place] if node.remaining else []
            continue
        values = [_in_terms(portfolio, amount, currency, year) for amount in _amounts(node)]
        if None in values:
            odd.append(place)
            continue
        fixed[place], per_day[place] = (float(value or 0.0) for value in values)
        covers.append(place)
    return Priced(currency, year, tuple(fixed), tuple(per_day), tuple(covers), tuple(without), tuple(odd))


def _amounts(node: Node) -> tuple[Amount | None, Amount | None]:
    """Return the fixed amount and the amount per day."""
    return node.fixed_cost, node.cost_per_day


def _in_terms(portfolio: Portfolio, amount: Amount | None, currency: str, year: int | None) -> float | None:
    """Return an amount in a currency at the prices of a year; None: not comparable; 0 where there is none."""
    if amount is None:
        return 0.0
    if amount[1:] == (currency, year):
        return amount[0]
    if year is None:
        return None
    money = Money(amount=amount[0], currency=amount[1], price_year=amount[2])
    found = in_terms_of(portfolio.header, money, currency, year)
    return None if found is None else float(found.amount)
