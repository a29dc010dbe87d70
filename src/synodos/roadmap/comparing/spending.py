"""What a scenario costs, by agency and year, against what is stated of budgets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from synodos.language import Cost, Element, Header, Mission, Portfolio, in_terms_of
from synodos.roadmap.comparing.followed import Followed


@dataclass(frozen=True, slots=True)
class Spending:
    """What one agency spends in one year.

    Attributes
    ----------
    agency : str
        Who.
    year : int or None
        When; None: the amounts have no period.
    cost : float
        Sum of what can be compared, in the currency and at the prices of the answer.
    budget : float or None
        The agency's exploration budget of that year, likewise; None: not stated or not comparable.
    records : tuple of str
        Missions and elements behind it, as `kind:id`.
    """

    agency: str
    year: int | None
    cost: float
    budget: float | None
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Costs:
    """What a scenario costs.

    Attributes
    ----------
    currency, price_year : str and int, or None
        Terms in which amounts are compared: those in which most stated ones can be; None where none has a price year.
    spending : tuple of Spending
        By agency and year.
    stated, unstated : int
        Plans with a comparable amount, and plans without one.
    not_comparable : tuple of str
        Plans whose amounts cannot be brought into these terms, as `kind:id`.
    """

    currency: str | None
    price_year: int | None
    spending: tuple[Spending, ...]
    stated: int
    unstated: int
    not_comparable: tuple[str, ...]


def costs(followed: Followed) -> Costs:
    """Return what the missions of a scenario and the building blocks that they use cost.

    An amount for several years is spread evenly over them: that is an assumption. Several amounts of one record may
    overlap (a part, and the whole), so of amounts for the same period the largest counts.
    """
    plans: tuple[Mission | Element, ...] = (*followed.missions, *followed.elements)
    terms = _commonest(followed.stated)
    if terms is None:
        priced = tuple(f"{plan.kind}:{plan.id}" for plan in plans if plan.costs)
        return Costs(None, None, (), 0, len(plans) - len(priced), priced)
    sums: dict[tuple[str, int | None], float] = defaultdict(float)
    records: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    stated, foreign = 0, []
    for plan in plans:
        key = f"{plan.kind}:{plan.id}"
        shares = dict(terms.by_year(plan.costs))
        stated += bool(shares)
        if plan.costs and not shares:
            foreign.append(key)
        for when, amount in shares.items():
            sums[plan.owner, when] += amount
            records[plan.owner, when].append(key)
    budgets = {
        agency.id: dict(terms.by_year(agency.exploration_budget)) for agency in followed.portfolio.agencies.values()
    }
    spending = tuple(
        Spending(agency, when, total, budgets.get(agency, {}).get(when), tuple(records[agency, when]))
        for (agency, when), total in sorted(sums.items(), key=lambda item: (item[0][0], item[0][1] or 0))
    )
    unstated = len(plans) - stated - len(foreign)
    return Costs(terms.currency, terms.price_year, spending, stated, unstated, tuple(foreign))


def _commonest(portfolio: Portfolio) -> _Terms | None:
    """Return the terms in which most amounts of the plans can be compared; None where none has a price year.

    They are those of the whole portfolio, so that scenarios are told in the same terms.
    """
    plans: tuple[Mission | Element, ...] = (*portfolio.missions.values(), *portfolio.elements.values())
    amounts = [cost for plan in plans for cost in plan.costs]
    stated = Counter((one.money.currency, one.money.price_year) for one in amounts)
    found = [
        (_Terms(portfolio.header, currency, year), count)
        for (currency, year), count in stated.items()
        if year is not None
    ]
    able = [(sum(terms.of(one) is not None for one in amounts), count, terms) for terms, count in found]
    best = sorted(able, key=lambda row: (-row[0], -row[1], row[2].currency, row[2].price_year))
    return best[0][2] if best else None


@dataclass(frozen=True, slots=True)
class _Terms:
    """Currency and prices in which amounts are compared."""

    header: Header
    currency: str
    price_year: int

    def of(self, cost: Cost) -> float | None:
        """Return an amount in these terms; None where it cannot be compared."""
        moved = in_terms_of(self.header, cost.money, self.currency, self.price_year)
        return None if moved is None else moved.amount

    def by_year(self, amounts: Iterable[Cost]) -> Iterator[tuple[int | None, float]]:
        """Yield the comparable part of amounts year by year; of those for one period the largest."""
        largest: dict[tuple[int | None, int | None], float] = {}
        for one in amounts:
            amount = self.of(one)
            if amount is not None:
                span = (None, None) if one.period is None else (one.period.earliest.year, one.period.latest.year)
                if one.period is not None and (one.period.opens_early or one.period.stays_open):
                    span = (None, None)
                largest[span] = max(largest.get(span, 0.0), amount)
        found: dict[int | None, float] = defaultdict(float)
        for (first, last), most in largest.items():
            years: list[int | None] = [None] if first is None or last is None else list(range(first, last + 1))
            for year in years:
                found[year] += most / len(years)
        yield from found.items()
