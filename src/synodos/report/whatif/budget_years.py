"""A budget that is cut, year by year, against what the agency's plans are stated to cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synodos.language import Money, Portfolio
from synodos.report.answering.naming import record_name
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import amount, counted, listed

if TYPE_CHECKING:
    from synodos.whatif import BudgetPlan, BudgetYear, Consequences


def budget_table(portfolio: Portfolio, found: Consequences) -> Table:
    """Return what is left of each year, what plans take of it, and which no longer fit."""
    rows = tuple(
        (
            portfolio.agency_name(one.agency),
            one.year,
            _money(one.before),
            _money(one.after),
            _money(one.wanted),
            _money(one.short),
            "; ".join(map(_plan, one.plans)) or None,
            "; ".join(plan.name for plan in one.plans if plan.fitted and not plan.fits) or None,
            "; ".join(plan.name for plan in one.plans if plan.fitted is False) or None,
            "; ".join(_unknown(portfolio, text) for text in one.missing) or None,
        )
        for one in found.budgets
    )
    columns = (
        *("agency", "year", "stated", "left", "its plans take", "short by", "of which"),
        *("no longer fits", "did not fit before", "not known"),
    )
    return Table("budget-years", "What is left of the budget, against its own plans", columns, rows)


def budget_sentences(portfolio: Portfolio, found: Consequences) -> tuple[str, ...]:
    """Return in sentences whether what is left of budgets that are cut pays for the agency's own plans."""
    if not any(one.sort == "cut" for one in found.costs):
        return ()
    if not found.budgets:
        return ("The cut strikes no year to come of which an amount is stated, so nothing can be set against it.",)
    return tuple(_sentence(portfolio, one) for one in found.budgets)


def _sentence(portfolio: Portfolio, one: BudgetYear) -> str:
    """Return one year in a sentence or two."""
    agency = portfolio.agency_name(one.agency)
    what = "more plan" if one.plans else "plan"
    unknown = f" Of {counted(len(one.missing), what)} of its own the figure is not known." if one.missing else ""
    if one.after is None or one.short is None:
        taken = f" Its own plans are known to take {_money(one.wanted)}." if one.plans else ""
        return f"No budget of {agency} for {one.year} is stated, so what the cut leaves is not known.{taken}{unknown}"
    left = f"For {one.year} {_money(one.after)} of {_money(one.before)} would be left to {agency}"
    if not one.plans:
        return f"{left}; none of its own plans states what it takes of it.{unknown}"
    if not one.short.amount:
        return f"{left}; that pays for the {_money(one.wanted)} that its own plans are known to take.{unknown}"
    return f"{left}, {_money(one.short)} less than its own plans are known to take.{_out(one)}{unknown}"


def _out(one: BudgetYear) -> str:
    """Return which plans would not be paid for."""
    newly = [plan.name for plan in one.plans if plan.fitted and not plan.fits]
    old = [plan.name for plan in one.plans if plan.fitted is False]
    told = f" Paid in order of their dates, {listed(newly)} would no longer fit." if newly else ""
    return told + (f" {listed(old)} did not fit before it either." if old else "")


def _plan(one: BudgetPlan) -> str:
    """Return what a plan takes, and how that is known."""
    marks = [
        *(["estimate by an analogue"] if one.estimated else []),
        *(["spread evenly, assumed"] if one.spread else []),
    ]
    return f"{one.name} {_money(one.amount)}" + (f" ({', '.join(marks)})" if marks else "")


def _unknown(portfolio: Portfolio, text: str) -> str:
    """Return a missing figure with the name of its record."""
    record, _, question = text.partition(": ")
    return f"{record_name(portfolio, record)}: {question}"


def _money(money: Money | None) -> str | None:
    """Return an amount in words."""
    return None if money is None else amount(money.amount, money.currency, money.price_year)
