"""What agencies reckon that a plan costs, and say that they gain by it, as they declared it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from synodos.language import Benefit, Estimate, Portfolio
from synodos.report.answering.document import Section
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import amount, counted
from synodos.report.worth.tables import SORTS, portfolio_name


def worth_evidence(portfolio: Portfolio, plans: Collection[str]) -> Iterator[str]:
    """Yield the estimates and benefits that are about plans, as `kind:id`."""
    for estimate in portfolio.estimates.values():
        if estimate.plan in plans:
            yield f"estimate:{estimate.id}"
    for benefit in portfolio.benefits.values():
        if not set(plans).isdisjoint(benefit.plans):
            yield f"benefit:{benefit.id}"


def worth_of_plan(portfolio: Portfolio, plans: Collection[str]) -> Iterator[Section]:
    """Yield what agencies reckon that plans cost, and say that they gain by them, where any does."""
    estimates = [one for one in portfolio.estimates.values() if one.plan in plans]
    benefits = [one for one in portfolio.benefits.values() if not set(plans).isdisjoint(one.plans)]
    tables = [_estimates(portfolio, estimates)] if estimates else []
    tables += [_benefits(portfolio, benefits)] if benefits else []
    if tables:
        gains = counted(len(benefits), "benefit")
        sentence = f"Declared: {counted(len(estimates), 'estimate')} by analogy, {gains} beside money."
        yield Section("worth", "What it is worth", (sentence,), tables=tuple(tables))


def _estimates(portfolio: Portfolio, estimates: list[Estimate]) -> Table:
    """Return what plans cost and take by things like them."""
    rows = tuple(
        (
            portfolio_name(portfolio, f":{one.plan}"),
            portfolio.agency_name(one.owner),
            one.analogue,
            "; ".join(amount(c.money.amount, c.money.currency, c.money.price_year) for c in one.costs) or None,
            one.development_days,
            one.rests_on_unverified,
            one.id,
        )
        for one in estimates
    )
    columns = ("of", "estimated by", "by its likeness to", "costs", "develops in (days)", "unverified", "id")
    return Table("estimates", "Estimates by analogy", columns, rows, ("id",))


def _benefits(portfolio: Portfolio, benefits: list[Benefit]) -> Table:
    """Return what agencies say that they gain beside money."""
    rows = tuple(
        (
            portfolio.agency_name(one.owner),
            one.name,
            SORTS[one.sort],
            one.weight,
            ", ".join(map(portfolio.agency_name, one.with_agencies)) or "whoever takes part",
            one.rests_on_unverified,
            one.id,
        )
        for one in benefits
    )
    columns = ("agency", "benefit", "sort", "weight", "with", "unverified", "id")
    title = "Benefits beside money, each agency on its own scale"
    return Table("declared-benefits", title, columns, rows, ("id",))
