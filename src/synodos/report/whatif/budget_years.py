"""A budget that is cut, year by year, against what the agency's plans are stated to cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from synodos.language import Money, Portfolio
from synodos.report.answering.naming import record_name
from synodos.report.answering.tables import Cell, Table, without
from synodos.report.answering.wording import amount, counted, listed

if TYPE_CHECKING:
    from synodos.whatif import BudgetPlan, BudgetYear, Consequences


MILLION: Final = 1e6
IN: Final = "in"
"""Column that says what the amounts of a row are counted in."""


def budget_tables(portfolio: Portfolio, found: Consequences) -> tuple[Table, Table]:
    """Return what is left of each year against what plans take of it, and what each plan takes."""
    return _years(portfolio, found.budgets), _plans(portfolio, found.budgets)


def _years(portfolio: Portfolio, budgets: Sequence[BudgetYear]) -> Table:
    """Return what is left of each year, what plans take of it, and which no longer fit."""
    rows = tuple(
        (
            portfolio.agency_name(one.agency),
            one.year,
            *map(_millions, (one.before, one.after, one.wanted if one.plans else None, one.short)),
            _terms(one.wanted),
            "; ".join(plan.name for plan in one.plans if plan.fitted and not plan.fits) or _none(one),
            "; ".join(plan.name for plan in one.plans if plan.fitted is False) or _none(one),
        )
        for one in budgets
    )
    columns = (
        "agency",
        "year",
        "stated",
        "left",
        "its plans take",
        "short by",
        IN,
        "no longer fits",
        "did not fit before",
    )
    return _in_one_unit(Table("budget-years", "What is left of the budget, against its own plans", columns, rows))


def _plans(portfolio: Portfolio, budgets: Sequence[BudgetYear]) -> Table:
    """Return what each plan takes a year of the budgets; plans of which that is not known stand last.

    Years in a row in which a plan takes as much share a line.
    """
    spans: dict[tuple[str, str, float | None, str, str], list[int]] = {}
    for one in budgets:
        for plan in one.plans:
            said = (one.agency, plan.name, _millions(plan.amount), _terms(plan.amount), _figure(plan))
            spans.setdefault(said, []).append(one.year)
    rows: list[tuple[Cell, ...]] = [
        (portfolio.agency_name(agency), name, _span(years), amount, terms, figure)
        for (agency, name, amount, terms, figure), years in spans.items()
    ]
    for agency, terms, text in dict.fromkeys(
        (one.agency, _terms(one.wanted), text) for one in budgets for text in one.missing
    ):
        record, _, question = text.partition(": ")
        rows.append((portfolio.agency_name(agency), record_name(portfolio, record), None, None, terms, question))
    columns = ("agency", "plan", "years", "takes a year", IN, "figure")
    return _in_one_unit(Table("budget-plans", "What each of its own plans takes of the budget", columns, tuple(rows)))


def _span(years: Sequence[int]) -> str:
    """Return years in a row as one span, others one by one."""
    if years[-1] - years[0] + 1 == len(years) > 1:
        return f"{years[0]} to {years[-1]}"
    return ", ".join(map(str, years))


def _in_one_unit(table: Table) -> Table:
    """Return a table whose amounts are all in one unit with that in its title, and not in each row."""
    units = {row[table.columns.index(IN)] for row in table.rows}
    if len(units) != 1:
        return table
    return replace(without(table, (IN,)), title=f"{table.title}, in {units.pop()}")


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


def _figure(one: BudgetPlan) -> str:
    """Return how it is known what a plan takes."""
    return ("estimate by an analogue" if one.estimated else "stated") + (", spread evenly: assumed" * one.spread)


def _none(one: BudgetYear) -> str | None:
    """Return that no plan is meant, where a budget of the year is stated."""
    return None if one.after is None else "none"


def _millions(money: Money | None) -> float | None:
    """Return an amount in millions."""
    return None if money is None else round(money.amount / MILLION, 6)


def _terms(money: Money) -> str:
    """Return what amounts are counted in."""
    prices = "" if money.price_year is None else f" at {money.price_year} prices"
    return f"million {money.currency}{prices}"


def _money(money: Money | None) -> str | None:
    """Return an amount in words."""
    return None if money is None else amount(money.amount, money.currency, money.price_year)
