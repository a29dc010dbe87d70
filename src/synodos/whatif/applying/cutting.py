"""A budget is cut."""

from __future__ import annotations

from collections.abc import Iterator

from synodos.language import Cost, Header, Money, Portfolio, Record, Step, in_terms_of
from synodos.whatif.applying.supposing import Difference, changed


def cut(portfolio: Portfolio, step: Step) -> Difference:
    """Return what differs when an agency loses money.

    Every budget that it states for a time that a cut touches loses the whole cut; where no such budget is stated, the
    money behind its commitments for that time does. An amount that is not comparable stays as it is.
    """
    agency = portfolio.agencies[str(step.agency)]
    budget = tuple(_after(portfolio.header, one, step.cuts) for one in agency.exploration_budget)
    if budget != agency.exploration_budget:
        return Difference((changed(agency, {"exploration_budget": budget}),))
    return Difference(tuple(_commitments(portfolio, step)))


def reaches(portfolio: Portfolio, agency: str, cost: Cost) -> bool:
    """Return whether a cut finds any stated money of an agency to act on."""
    before = [*portfolio.agencies[agency].exploration_budget] if agency in portfolio.agencies else []
    before += [one for each in portfolio.commitments.values() if each.owner == agency for one in each.funding]
    return any(_after(portfolio.header, one, (cost,)) != one for one in before)


def _commitments(portfolio: Portfolio, step: Step) -> Iterator[Record]:
    """Yield the agency's commitments with the money that is left behind them."""
    for one in portfolio.commitments.values():
        if one.owner == step.agency:
            yield changed(one, {"funding": tuple(_after(portfolio.header, each, step.cuts) for each in one.funding)})


def _after(header: Header, cost: Cost, cuts: tuple[Cost, ...]) -> Cost:
    """Return an amount after all cuts that touch its period."""
    for one in cuts:
        less = _comparable(header, one.money, cost.money) if _meet(cost, one) else None
        if less is not None:
            left = max(0.0, cost.money.amount - less)
            cost = cost.model_copy(update={"money": cost.money.model_copy(update={"amount": left})})
    return cost


def _meet(cost: Cost, other: Cost) -> bool:
    """Return whether two amounts are for days that both share; a cut without a period strikes every period."""
    if other.period is None:
        return True
    if cost.period is None:
        return False
    return cost.period.earliest <= other.period.latest and other.period.earliest <= cost.period.latest


def _comparable(header: Header, money: Money, like: Money) -> float | None:
    """Return an amount in the terms of another; None where they are not comparable."""
    if money.currency == like.currency and (money.price_year == like.price_year or None in _years(money, like)):
        return money.amount
    if like.price_year is None:
        return None
    found = in_terms_of(header, money, like.currency, like.price_year)
    return None if found is None else found.amount


def _years(*amounts: Money) -> tuple[int | None, ...]:
    """Return the price years of amounts."""
    return tuple(one.price_year for one in amounts)
