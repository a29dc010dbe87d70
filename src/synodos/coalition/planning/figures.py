"""What plans cost and what agencies can spend, in one currency at the prices of one year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypeGuard

from synodos.coalition.planning.assumptions import Assumptions
from synodos.language import Agency, Cost, DateRange, Element, Estimate, Mission, Money, Portfolio, in_terms_of

DAYS_PER_YEAR = 365.25

Planned = Element | Mission


class Terms(NamedTuple):
    """What amounts are told in."""

    currency: str
    price_year: int


@dataclass(frozen=True)
class MissingFigure:
    """A figure without which an answer is a lower bound.

    Attributes
    ----------
    record : str
        What it is a figure of, as `kind:id`.
    name : str
    agency : str
        Whose it is.
    what : {"cost", "budget"}
    why : str
        What is stated in its place, if anything.
    wanted_by : tuple of str
        Agencies whose share in the answer would change.
    """

    record: str
    name: str
    agency: str
    what: Literal["cost", "budget"]
    why: str
    wanted_by: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """What a plan costs.

    Attributes
    ----------
    amount : float
        In the terms of the answer.
    record : str
        What states it, as `kind:id`: the plan itself, or an estimate.
    estimated : bool
        Whether it is an estimate by analogy.
    covers : str
        What it pays for, in words; of an estimate, the analogue.
    part : bool
        Whether it is for a year at most, or for a time that ends before the plan is ready, and so for a part only.
    unverified : bool
        Whether the record rests on general knowledge.
    """

    amount: float
    record: str
    estimated: bool
    covers: str
    part: bool
    unverified: bool


class Figures:
    """Figures of a portfolio in the terms of an answer.

    Attributes
    ----------
    terms : Terms or None
        As assumed, else those in which most stated amounts can be compared; None where none has a price year.
    """

    def __init__(self, portfolio: Portfolio, assumptions: Assumptions) -> None:
        """Find the terms."""
        self._portfolio = portfolio
        self._assumptions = assumptions
        if assumptions.currency is not None and assumptions.price_year is not None:
            self.terms: Terms | None = Terms(assumptions.currency, assumptions.price_year)
        else:
            self.terms = _commonest(portfolio)
        self._factors: dict[tuple[str, int | None], float | None] = {}

    def of(self, plan: Planned) -> Figure | None:
        """Return what a plan costs: as stated, else as estimated; None where neither can be compared.

        Of several amounts the largest, since the others may be parts of it. Of several estimates that of the owner,
        else the lowest.
        """
        stated = self._largest(plan.costs)
        if stated is not None:
            amount, cost = stated
            part = _is_part(cost, _due(plan))
            key = f"{plan.kind}:{plan.id}"
            return Figure(
                amount=amount,
                record=key,
                estimated=False,
                covers=cost.covers or "",
                part=part,
                unverified=plan.rests_on_unverified,
            )
        found = [(one, largest) for one in self._estimates(plan) if (largest := self._largest(one.costs))]
        if not found:
            return None
        best, (amount, _) = min(found, key=lambda pair: (pair[0].owner != plan.owner, pair[1][0], pair[0].id))
        return Figure(
            amount=amount,
            record=f"estimate:{best.id}",
            estimated=True,
            covers=best.analogue,
            part=False,
            unverified=best.rests_on_unverified,
        )

    def why_none(self, plan: Planned) -> str:
        """Return in words why a plan has no figure for the whole of it."""
        figure = self.of(plan)
        if figure is not None and figure.part:
            return f"only a part is stated: {figure.covers or 'money of a year, or of a time that ends before'}"
        amounts = [*plan.costs, *(cost for one in self._estimates(plan) for cost in one.costs)]
        if not amounts:
            return "no cost is stated or estimated"
        return f"{_shown(amounts[0].money)} is stated, {self._why_not(amounts[0].money)}"

    def years(self, plan: Planned) -> int:
        """Return over how many years a plan is developed: as estimated, as its costs are stated for, else assumed."""
        days = [one.development_days for one in self._estimates(plan) if one.development_days is not None]
        whole = (cost.period for cost in plan.costs if not _is_part(cost, _due(plan)))
        spans = [(period.latest - period.earliest).days + 1 for period in whole if _closed(period)]
        length = min(days) if days else max(spans, default=self._assumptions.development_days)
        return max(1, round(length / DAYS_PER_YEAR))

    def budget(self, agency: str, year: int) -> float | None:
        """Return what an agency may spend in a year; None where no amount that can be compared is stated.

        The largest of the amounts stated for the year, since the others may be parts of it.
        """
        stated = self._budgets.get(agency, {})
        if year in stated:
            return stated[year][0]
        before = [one for one in stated if one < year]
        if not before or self._assumptions.budgets_beyond == "none":
            return None
        return stated[max(before)][0]

    def last_budget(self, agency: str) -> tuple[int, float, str] | None:
        """Return the last year for which a budget is stated, with it and what it is; None where there is none."""
        stated = self._budgets.get(agency)
        return (max(stated), *stated[max(stated)]) if stated else None

    def why_no_budget(self, agency: Agency | None) -> str:
        """Return in words why an agency has no budget."""
        rows = agency.exploration_budget if agency else ()
        if not rows:
            return "no budget is stated"
        closed = [row for row in rows if _closed(row.period)]
        if not closed:
            return "budgets are stated without a period that ends"
        return f"{_shown(closed[0].money)} is stated, {self._why_not(closed[0].money)}"

    @cached_property
    def _budgets(self) -> dict[str, dict[int, tuple[float, str]]]:
        """By agency and year what may be spent, and what that is, in words."""
        found: dict[str, dict[int, tuple[float, str]]] = {}
        for agency in self._portfolio.agencies.values():
            yearly = found.setdefault(agency.id, {})
            for row in agency.exploration_budget:
                amount = self._amount(row)
                if amount is None or not _closed(row.period):
                    continue
                years = _years_of(row.period)
                share = amount / len(years) * self._assumptions.budget_share
                for year in years:
                    yearly[year] = max(yearly.get(year, (0.0, "")), (share, row.covers or "as stated"))
        return found

    def _estimates(self, plan: Planned) -> tuple[Estimate, ...]:
        """Return the estimates of a plan, in the order of their ids."""
        return self._by_plan.get(plan.id, ())

    @cached_property
    def _by_plan(self) -> dict[str, tuple[Estimate, ...]]:
        """Estimates by the id of the plan."""
        found: dict[str, tuple[Estimate, ...]] = {}
        for key in sorted(self._portfolio.estimates):
            one = self._portfolio.estimates[key]
            found[one.plan] = (*found.get(one.plan, ()), one)
        return found

    def _largest(self, costs: tuple[Cost, ...]) -> tuple[float, Cost] | None:
        """Return the largest amount that can be compared, with its row."""
        amounts = [(amount, cost) for cost in costs if (amount := self._amount(cost)) is not None]
        return max(amounts, key=lambda pair: pair[0], default=None)

    def _amount(self, cost: Cost) -> float | None:
        """Return an amount in the terms of the answer."""
        year = cost.money.price_year
        if year is None and self._assumptions.unstated_prices == "period" and _closed(cost.period):
            year = _years_of(cost.period)[0]
        key = cost.money.currency, year
        if key not in self._factors:
            self._factors[key] = self._factor(*key)
        factor = self._factors[key]
        return None if factor is None else cost.money.amount * factor

    def _factor(self, currency: str, year: int | None) -> float | None:
        """Return what one unit of money is worth in the terms; near prices as they stand where no index is stated."""
        found = _factor(self._portfolio, currency, year, self.terms)
        near = self._assumptions.price_years_apart
        if found is None and self.terms and year is not None and 0 < abs(year - self.terms.price_year) <= near:
            return _factor(self._portfolio, currency, self.terms.price_year, self.terms)
        return found

    def _why_not(self, money: Money) -> str:
        """Return in words why an amount cannot be compared."""
        if money.price_year is None:
            return "without the year of its prices"
        to = f"{self.terms.currency} at prices of {self.terms.price_year}" if self.terms else "comparable terms"
        return f"which no rate or index of the portfolio brings to {to}"


def _factor(portfolio: Portfolio, currency: str, price_year: int | None, terms: Terms | None) -> float | None:
    """Return what one unit of money is worth in the terms of the answer."""
    if terms is None:
        return None
    moved = in_terms_of(portfolio.header, Money(amount=1, currency=currency, price_year=price_year), *terms)
    return moved.amount if moved else None


def _commonest(portfolio: Portfolio) -> Terms | None:
    """Return the terms in which most amounts can be compared; of equals, those of the commonest currency."""
    counted = Counter(
        (money.currency, money.price_year) for money in _amounts(portfolio) if money.price_year is not None
    )
    by_currency: Counter[str] = Counter()
    for (currency, _), number in counted.items():
        by_currency[currency] += number
    ranked: list[tuple[int, int, int, str, int]] = []
    for (currency, year), number in sorted(counted.items()):
        if year is None:
            continue
        terms = Terms(currency, year)
        reach = sum(many for key, many in counted.items() if _factor(portfolio, *key, terms) is not None)
        ranked.append((-reach, -by_currency[currency], -number, currency, year))
    return Terms(*min(ranked)[3:]) if ranked else None


def _amounts(portfolio: Portfolio) -> Iterator[Money]:
    """Yield the costs of plans, estimates, and budgets."""
    for table in (portfolio.elements, portfolio.missions, portfolio.estimates):
        yield from (cost.money for record in table.values() for cost in record.costs)
    yield from (row.money for agency in portfolio.agencies.values() for row in agency.exploration_budget)


def _shown(money: Money) -> str:
    """Return an amount in words."""
    prices = f" at prices of {money.price_year}" if money.price_year is not None else ""
    return f"{money.amount:,.0f} {money.currency}{prices}"


def _closed(period: DateRange | None) -> TypeGuard[DateRange]:
    """Return whether a period has a first and a last day."""
    return period is not None and not period.opens_early and not period.stays_open


def _due(plan: Planned) -> DateRange | None:
    """Return when a plan is to fly, or to be there."""
    return plan.planned if isinstance(plan, Mission) else plan.available


def _is_part(cost: Cost, due: DateRange | None) -> bool:
    """Return whether money is for a year at most, or for a time that ends before a plan is ready."""
    if cost.period is None or not _closed(cost.period):
        return False
    if (cost.period.latest - cost.period.earliest).days <= DAYS_PER_YEAR:
        return True
    return due is not None and not due.opens_early and cost.period.latest < due.earliest


def _years_of(period: DateRange) -> range:
    """Return the years that money of a period is for: one that begins within a year is for the year of most days."""
    days = (period.latest - period.earliest).days + 1
    number = max(1, round(days / DAYS_PER_YEAR))
    first = period.earliest.year if number > 1 else period.earliest.year + (period.earliest.month > 6)  # noqa: PLR2004
    return range(first, first + number)
