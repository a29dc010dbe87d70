"""Money in comparable terms: one currency, one price year."""

from __future__ import annotations

from synodos.language.money import MOST_AMOUNT, Money
from synodos.language.portfolio import Header


def in_terms_of(header: Header, money: Money, currency: str, price_year: int) -> Money | None:
    """Return `money` in `currency` at the prices of `price_year`, or None where it is not comparable.

    Prices move within the currency of the amount first, by the portfolio's price indices; then the amount is
    changed at the portfolio's exchange rate for `price_year`, directly, inversely or over one third currency.
    """
    moved = _at_prices_of(header, money, price_year)
    rate = None if moved is None else _rate(header, money.currency, currency, price_year)
    if moved is None or rate is None or not moved * rate <= MOST_AMOUNT:
        return None
    return Money(amount=moved * rate, currency=currency, price_year=price_year)


def _at_prices_of(header: Header, money: Money, year: int) -> float | None:
    """Return the amount at the prices of `year` in its own currency."""
    if money.price_year is None:
        return None
    if money.price_year == year:
        return money.amount
    index = {row.year: row.index for row in header.price_indices if row.currency == money.currency}
    if money.price_year not in index or year not in index:
        return None
    return money.amount * index[year] / index[money.price_year]


def _rate(header: Header, currency: str, target: str, year: int) -> float | None:
    """Return the units of `target` for one unit of `currency` in `year`."""
    if currency == target:
        return 1.0
    rates: dict[tuple[str, str], float] = {}
    for row in header.exchange_rates:
        if row.on.earliest.year <= year <= row.on.latest.year:
            rates[row.currency, row.in_currency] = row.rate
            rates.setdefault((row.in_currency, row.currency), 1 / row.rate)
    if (currency, target) in rates:
        return rates[currency, target]
    bridges = (
        rates[currency, via] * rates[via, target]
        for via in _met(rates)
        if {(currency, via), (via, target)} <= rates.keys()
    )
    return next(bridges, None)


def _met(rates: dict[tuple[str, str], float]) -> list[str]:
    """Return the currencies that have a rate, in order."""
    return sorted({currency for pair in rates for currency in pair})
