"""What is left of a budget that is cut, set year by year against what the agency's plans are stated to cost."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from synodos.language import ENDED, FLYING, Commitment, Cost, Mission, Money, Portfolio, Step, in_terms_of
from synodos.whatif.applying.parts import Parts, Plan, due, needed
from synodos.whatif.consequences.costs import figures
from synodos.whatif.consequences.effects import BudgetPlan, BudgetYear
from synodos.whatif.options.funding import is_spent

ROUNDING: Final = 0.5
"""Amounts of money that differ by less are equal."""
Years = dict[int, float]


def budget_years(before: Portfolio, steps: Sequence[Step]) -> tuple[BudgetYear, ...]:
    """Return for each year that a cut strikes what is left of the budget, and which plans no longer fit in it.

    Parameters
    ----------
    before : Portfolio
        Before the change.
    steps : sequence of Step
        What would change; cuts count, all of one agency together.

    Notes
    -----
    Amounts of several years are spread evenly, those of a plan without a period from the day of knowledge to the date
    of the plan: an assumption, which the plan says. Of budgets of one year that overlap the largest counts. Where no
    budget is stated, the money behind the agency's commitments is. The own plans of the agency are paid in order of
    their dates: an assumption, too; so is the money that it committed to plans of others. The figure of a mission holds
    those of its parts.
    """
    cuts: dict[str, list[Cost]] = defaultdict(list)
    for step in steps:
        if step.does == "cut":
            cuts[str(step.agency)] += step.cuts
    return tuple(year for agency, rows in sorted(cuts.items()) for year in _Spending(before, agency, rows).years())


@dataclass(frozen=True)
class _Asked:
    """What a plan, or a commitment to plans of others, takes in each year; empty: not known, `missing` says why."""

    record: Plan | Commitment
    last: dt.date | None
    years: Mapping[int, float]
    estimated: bool = False
    spread: bool = False
    missing: str = ""


class _Spending:
    """Budgets and plans of one agency, in the currency and at the prices of its money."""

    def __init__(self, before: Portfolio, agency: str, cuts: Sequence[Cost]) -> None:
        """Take the agency and its cuts."""
        self._portfolio, self._agency, self._cuts = before, agency, cuts
        self._first = (before.known_on + dt.timedelta(days=1)).year
        rows = before.agencies[agency].exploration_budget
        self._largest_counts = bool(rows)
        own = (one for one in before.commitments.values() if one.owner == agency)
        self._rows = rows or tuple(row for one in own for row in one.funding)
        stated = [cost.money for cost in (*self._rows, *cuts)]
        first = next((one for one in stated if one.price_year is not None), stated[0])
        self._currency, self._price_year = first.currency, first.price_year

    def years(self) -> Iterator[BudgetYear]:
        """Yield the years that a cut strikes, from the day of knowledge on."""
        budget, cut = self._budget(), self._cut()
        asked = sorted((*self._asked(), *self._promised()), key=lambda one: (one.last or dt.date.max, one.record.id))
        missing = tuple(f"{one.record.kind}:{one.record.id}: {one.missing}" for one in asked if one.missing)
        for year in sorted(cut):
            if year >= self._first:
                stated = budget.get(year)
                left = None if stated is None else max(0.0, stated - cut[year])
                yield self._year(year, stated, left, asked, missing)

    def _year(
        self, year: int, stated: float | None, left: float | None, asked: Sequence[_Asked], missing: tuple[str, ...]
    ) -> BudgetYear:
        """Return one year."""
        plans, total = [], 0.0
        for one in asked:
            amount = one.years.get(year, 0.0)
            if amount <= 0:
                continue
            total += amount
            plans.append(
                BudgetPlan(
                    plan=f"{one.record.kind}:{one.record.id}",
                    name=one.record.name,
                    amount=self._money(amount),
                    estimated=one.estimated,
                    spread=one.spread,
                    fitted=None if stated is None else total <= stated + ROUNDING,
                    fits=None if left is None else total <= left + ROUNDING,
                )
            )
        return BudgetYear(
            agency=self._agency,
            year=year,
            before=None if stated is None else self._money(stated),
            after=None if left is None else self._money(left),
            wanted=self._money(total),
            short=None if left is None else self._money(max(0.0, total - left)),
            plans=tuple(plans),
            missing=missing,
        )

    def _budget(self) -> Years:
        """Return the stated money of each year."""
        found: Years = {}
        for row in self._rows:
            for year, amount in (self._by_year(row) or {}).items():
                before = found.get(year, 0.0)
                found[year] = max(before, amount) if self._largest_counts else before + amount
        return found

    def _cut(self) -> Years:
        """Return what is cut in each year; a cut without a period strikes each stated budget once."""
        found: Years = defaultdict(float)
        for cost in self._cuts:
            amount = self._comparable(cost.money)
            if amount is None:
                continue
            for years in [_years(cost)] if cost.period is not None else map(_years, self._rows):
                for year in years:
                    found[year] += amount / len(years)
        return found

    def _asked(self) -> Iterator[_Asked]:
        """Yield what each plan that the agency leads takes, as far as figures are stated."""
        own = [
            plan
            for plan in Parts(self._portfolio).plans.values()
            if plan.owner == self._agency and plan.status not in {*ENDED, *FLYING}
        ]
        missions = [plan for plan in own if isinstance(plan, Mission)]
        told = [self._of(plan) for plan in missions]
        held = {key for one in told if one.years for key in self._parts(one.record.id)}
        elements = [self._of(plan) for plan in own if not isinstance(plan, Mission) and plan.id not in held]
        parts_told = {one.record.id for one in elements if one.years}
        yield from elements
        for one in told:  # a mission whose parts are told by themselves lacks no figure of its own
            if one.years or not parts_told & set(self._parts(one.record.id)):
                yield one

    def _promised(self) -> Iterator[_Asked]:
        """Yield the money that the agency has committed to plans of others alone, where it comes from its budget."""
        if not self._largest_counts:
            return
        plans = Parts(self._portfolio).plans
        for one in self._portfolio.commitments.values():
            ahead = [plan for key in one.to if (plan := plans.get(key)) and plan.status not in ENDED]
            if one.owner == self._agency and ahead and all(plan.owner != self._agency for plan in ahead):
                rows = [self._by_year(row) for row in one.funding if not is_spent(row)]
                last = max((day for plan in ahead if (day := due(plan))), default=None)
                yield _Asked(one, last, _added(row for row in rows if row))

    def _parts(self, mission: str) -> Iterator[str]:
        """Yield the own elements that a mission rests on."""
        pending: list[Plan] = [self._portfolio.missions[mission]]
        seen: set[str] = set()
        while pending:
            for target in (key for one in needed(pending.pop()) for key in one.met_by):
                below = self._portfolio.elements.get(target)
                if below is not None and target not in seen and below.owner == self._agency:
                    seen.add(target)
                    pending.append(below)
                    yield target

    def _of(self, plan: Plan) -> _Asked:
        """Return what a plan takes."""
        costs, origin, _ = figures(self._portfolio, plan.id)
        if not costs:
            return _Asked(plan, due(plan), {}, missing="what does it cost?")
        found: Years = defaultdict(float)
        spread = False
        for cost in costs:
            amount, years = self._comparable(cost.money), _years(cost)
            if amount is None:
                return _Asked(plan, due(plan), {}, missing=f"what does it cost in {self._terms}?")
            if not years:
                last = due(plan)
                if last is None or last.year < self._first:
                    return _Asked(plan, due(plan), {}, missing="when is its cost spent?")
                years, spread = range(self._first, last.year + 1), True
            for year in years:
                found[year] += amount / len(years)
        return _Asked(plan, due(plan), found, origin == "estimate", spread)

    def _by_year(self, cost: Cost) -> Years | None:
        """Return an amount by year, spread evenly; None where it has no terms or no end."""
        amount, years = self._comparable(cost.money), _years(cost)
        return None if amount is None or not years else dict.fromkeys(years, amount / len(years))

    def _comparable(self, money: Money) -> float | None:
        """Return an amount in the terms of the agency's money; one without a price year is taken at those."""
        if None in (money.price_year, self._price_year):
            return money.amount if money.currency == self._currency else None
        found = in_terms_of(self._portfolio.header, money, self._currency, int(self._price_year or 0))
        return None if found is None else found.amount

    def _money(self, amount: float) -> Money:
        """Return an amount as money."""
        return Money(amount=round(amount, 2), currency=self._currency, price_year=self._price_year)

    @property
    def _terms(self) -> str:
        """The currency and the price year, in words."""
        return self._currency if self._price_year is None else f"{self._currency} of {self._price_year}"


def _added(rows: Iterable[Years]) -> Years:
    """Return amounts by year, added up."""
    found: Years = defaultdict(float)
    for row in rows:
        for year, amount in row.items():
            found[year] += amount
    return found


def _years(cost: Cost) -> range:
    """Return the years of an amount; none where it has no period, or one that stays open."""
    period = cost.period
    if period is None or period.stays_open or period.opens_early:
        return range(0)
    return range(period.earliest.year, period.latest.year + 1)
