"""The parts of a page on what cooperating is worth: alone against together, the plan of all, and a settlement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.document import Figure, Section
from synodos.report.answering.envelope import header_line
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed
from synodos.report.worth.sentences import barter_sentence, by_rule, divided, text_of
from synodos.report.worth.shares import complaint_tables, share_sections, share_table, shown_shares, verdict_table
from synodos.report.worth.standing import usefulness_table
from synodos.report.worth.tables import (
    Unit,
    assumption_table,
    balance_table,
    barter_table,
    benefit_table,
    brings_table,
    build_table,
    declared_table,
    flight_table,
    grounded_table,
    known_amounts,
    missing_table,
    money_unit,
    names_of,
    reached_table,
    spending_table,
    unplanned_table,
    worth_table,
    worth_unit,
)

if TYPE_CHECKING:
    from synodos.coalition import CoalitionWorth, Programme, Settlement
    from synodos.report.charts import Compared

APART: Final = (
    "Benefits beside money are what agencies declared, each on its own scale. They are shown apart: never added to "
    "money, nor one agency's to another's."
)
NO_BENEFITS: Final = "None of these agencies declared benefits beside money; that is not to say that there are none."
UNPLANNED: Final = (
    "What these cost is not known, so nothing is planned for them, and nothing is counted: they come from whoever "
    "brings them today."
)
CARED_FOR: Final = (
    "An objective that is reached counts for each agency as much as it declared to care for it, whoever reaches it. "
    "What is divided is what all reach more than if each goes alone; nothing that one reaches alone is given up."
)


def worth_sections(
    portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement, for_agency: str | None = None, *, drawn: bool
) -> Iterator[Section]:
    """Yield the parts of a page on what cooperating is worth, each with its picture if they are drawn.

    The plan of all is narrowed to what concerns an agency, where one is given.
    """
    figures = _figures(portfolio, worth, settled) if drawn else {}
    yield _compared(portfolio, worth, settled, figures)
    yield from _plan_sections(portfolio, _narrowed(worth.together, for_agency))
    yield from _share_parts(portfolio, worth, settled, drawn=drawn)
    yield _in_kind_section(portfolio, worth, settled, figures)
    yield _benefit_section(portfolio, settled)
    if worth.missing:
        sentence = "The worths count what has a figure; these would complete them."
        yield Section("missing", "Figures that are missing", (sentence,), tables=(missing_table(portfolio, worth),))
    yield Section("assumptions", "What is taken for granted", tables=(assumption_table(worth),), folded=True)


def _compared(
    portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement, figures: Mapping[str, Figure]
) -> Section:
    """Return what each has, or pays, alone and together."""
    together = f"Together: {by_rule(settled.rule)}, one of the rules below."
    tables = (worth_table(portfolio, worth, settled), usefulness_table(portfolio, worth))
    sentences = (together, *((CARED_FOR,) if worth.name == "programme" else ()))
    return Section("worth", "What cooperating is worth", sentences, figures.get("worth"), _filled(tables))


def _narrowed(plan: Programme, agency: str | None) -> Programme:
    """Return a plan with what concerns an agency, or whole."""
    if agency is None or agency not in plan.group:
        return plan
    return replace(
        plan,
        builds=tuple(one for one in plan.builds if agency in (one.builder, *one.partners)),
        unplanned=tuple(one for one in plan.unplanned if agency in (one.agency, *one.wanted_by)),
        flights=tuple(one for one in plan.flights if agency in (one.agency, *one.partners)),
        spending=tuple(one for one in plan.spending if one.agency == agency),
        grounded=tuple(one for one in plan.grounded if one.agency == agency),
    )


def _plan_sections(portfolio: Portfolio, plan: Programme) -> Iterator[Section]:
    """Yield the plan of all: what is shared, the rest, and what it costs each year."""
    unit = money_unit(plan)
    first = (
        f"{counted(len(plan.flights), 'mission flies', 'missions fly')}; "
        f"{counted(len(plan.shared), 'building block is shared', 'building blocks are shared')} by several. Sharing "
        f"costs {text_of(unit, plan.transaction)} {unit.words} on top; {text_of(unit, plan.reserve)} is set aside for "
        "commitments that may fail."
    )
    tables = [build_table(portfolio, plan, plan.builds), flight_table(portfolio, plan)]
    if plan.game == "programme":
        tables.append(reached_table(portfolio, plan))
    yield Section("plan", "The plan of all together", (first,), tables=_filled(tables))
    if plan.unplanned:
        table = unplanned_table(portfolio, plan)
        yield Section("unplanned", "What cannot be planned: no figure", (UNPLANNED,), tables=(table,))
    rest = _filled([grounded_table(portfolio, plan), spending_table(portfolio, plan)])
    if rest:
        yield Section("rest", "What does not fly, and what each spends", tables=rest, folded=True)


def _share_parts(portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement, *, drawn: bool) -> Iterator[Section]:
    """Yield shares by every rule, with their picture if they are drawn."""
    unit = worth_unit(worth.together)
    shown = shown_shares(settled.shares, names_of(portfolio, worth.game.players), unit.per)
    sentences = divided(worth, shown, unit)
    if drawn:
        yield from share_sections(shown, unit.words, header_line(portfolio), sentences)
    else:
        tables = (share_table(shown), verdict_table(shown), *complaint_tables(shown))
        yield Section("shares", "Shares", sentences, tables=tables)


def _in_kind_section(
    portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement, figures: Mapping[str, Figure]
) -> Section:
    """Return what each brings in kind, and the barter that is left."""
    plan, found = worth.together, settled.in_kind
    tables = (
        balance_table(portfolio, found, plan),
        barter_table(portfolio, found, plan),
        brings_table(portfolio, settled, plan),
    )
    sentences = ("Partners exchange no funds: each brings things.", barter_sentence(worth, settled), *settled.notes)
    return Section("in-kind", "What each brings in kind", sentences, figures.get("in-kind"), _filled(tables))


def _benefit_section(portfolio: Portfolio, settled: Settlement) -> Section:
    """Return what each gains beside money."""
    found = settled.benefits
    if not found.declared:
        return Section("benefits", "Benefits beside money", (NO_BENEFITS,))
    silent = [portfolio.agency_name(one) for one in found.silent]
    sentences = (APART, *((f"Nothing is declared by {listed(silent)}.",) if silent else ()))
    tables = (benefit_table(portfolio, found), declared_table(portfolio, found))
    return Section("benefits", "Benefits beside money", sentences, tables=tables)


def _filled(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return the tables that hold something."""
    return tuple(table for table in tables if table.rows)


def _figures(portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement) -> dict[str, Figure]:
    """Return the pictures by the parts that they stand in."""
    from synodos.report.charts import in_kind_chart, worth_chart

    header = header_line(portfolio)
    costs = worth.name == "savings"
    unit = worth_unit(worth.together)
    bars = _bars(portfolio, worth, settled, unit)
    figures = [Figure.drawn("worth", worth_chart, bars, header, unit.words, costs=costs)]
    if any(one.amount for one in settled.in_kind.brings):
        money, names = money_unit(worth.together), names_of(portfolio, worth.game.players)
        brought = settled.in_kind, worth.together.contributions
        figures.append(Figure.drawn("in-kind", in_kind_chart, *brought, names, header, money.words, per=money.per))
    return {figure.name: figure for figure in figures}


def _bars(portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement, unit: Unit) -> list[Compared]:
    """Return what is drawn of each, and of all."""
    from synodos.report.charts import Compared

    names = names_of(portfolio, worth.game.players)
    amounts = known_amounts(worth, settled)
    each = [Compared(names[one], unit.of(alone), unit.of(together)) for one, alone, together in amounts]
    return [*each, Compared("All", unit.of(sum(settled.alone)), unit.of(sum(settled.together)), whole=True)]
