"""The answer on what cooperating is worth: alone against together, the plan of all, and a settlement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import COMPILED, envelope, header_line, plain
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed, percent
from synodos.report.worth.shares import (
    METHOD,
    amount_text,
    complaint_tables,
    share_sections,
    share_table,
    shown_shares,
    told,
    verdict_table,
)
from synodos.report.worth.standing import usefulness_sentences, usefulness_table
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
    from synodos.coalition import CoalitionWorth, FairShares, Programme, Settlement
    from synodos.report.charts import Compared

MOST_NAMED: Final = 3
"""Agencies that a sentence names."""
APART: Final = (
    "Benefits beside money are what agencies declared, each on its own scale. They are shown apart: never added to "
    "money, nor one agency's to another's."
)
NO_BENEFITS: Final = "None of these agencies declared benefits beside money; that is not to say that there are none."
BY_RULE: Final = {"proportional": "by budgets", "equal_surplus": "by equal surplus", "banzhaf": "by Banzhaf's index"}
"""Rules that a sentence does not name as `by the ...`."""
BOUND: Final = "A lower bound"
INCOMPLETE: Final = "Incomplete"
UNPLANNED: Final = (
    "What these cost is not known, so nothing is planned for them, and nothing is counted: they come from whoever "
    "brings them today."
)
CARED_FOR: Final = (
    "An objective that is reached counts for each agency as much as it declared to care for it, whoever reaches it. "
    "What is divided is what all reach more than if each goes alone; nothing that one reaches alone is given up."
)
UNPROVEN: Final = (
    "Not every worth was proven to be the most there can be: a better plan may exist, and shares would then move."
)


def worth_answer(
    portfolio: Portfolio,
    worth: CoalitionWorth,
    settled: Settlement,
    *,
    for_agency: str | None = None,
    parameters: Mapping[str, object] | None = None,
    drawn: bool = False,
) -> Answer:
    """Return what cooperating is worth, who would do what, and how it could be settled.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    worth : CoalitionWorth
        What every group is worth, and the plan of all.
    settled : Settlement
        What a fair division asks of each, what each brings, and gains beside money.
    for_agency : str, optional
        Agency of which the answer tells first.
    parameters : mapping, optional
        What the question was asked with.
    drawn : bool
        Whether the answer has a page with pictures.
    """
    from synodos.report.worth.contents import told_worth

    notes = (*worth.notes, *settled.notes)
    wrapped = envelope(
        "worth",
        portfolio,
        plain(told_worth(worth, settled)),
        evidence=(*worth.evidence, *settled.benefits.evidence),
        parameters=parameters,
        missing=_missing_figures(worth),
        notes=notes,
    )
    sections = tuple(worth_sections(portfolio, worth, settled, for_agency, drawn=drawn))
    sentences = tuple(worth_sentences(portfolio, worth, settled, for_agency))
    tables = tuple(table for section in sections for table in section.tables)
    document = _page(portfolio, worth, sentences, sections, notes) if drawn else None
    return Answer(wrapped, header_line(portfolio), tables, sentences, document, notes)


def plan_shares_answer(
    portfolio: Portfolio,
    worth: CoalitionWorth,
    found: FairShares,
    *,
    parameters: Mapping[str, object] | None = None,
    drawn: bool = False,
) -> Answer:
    """Return shares of what groups of agencies are worth by their plans, by every rule.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    worth : CoalitionWorth
        What every group is worth.
    found : FairShares
        The shares.
    parameters : mapping, optional
        What the question was asked with.
    drawn : bool
        Whether the answer has a page with the picture.
    """
    unit = worth_unit(worth.together)
    shown = shown_shares(found, names_of(portfolio, found.players), unit.per)
    header = header_line(portfolio)
    wrapped = envelope(
        "shares",
        portfolio,
        found,
        evidence=worth.evidence,
        parameters={**(parameters or {}), "unit": _plain_unit(worth)},
        missing=_missing_figures(worth),
        notes=(METHOD, *worth.notes),
    )
    sentences = (*_divided(worth, shown, unit), *_lower_bound(portfolio, worth))
    sections = tuple(share_sections(shown, unit.words, header, sentences)) if drawn else ()
    title = f"Fair shares: {worth.name}"
    document = Document(title=title, lead=sentences[0], header=header, sections=sections) if drawn else None
    tables = (share_table(shown), verdict_table(shown), *complaint_tables(shown))
    return Answer(wrapped, header, tables, sentences, document, worth.notes)


def worth_sentences(
    portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement, for_agency: str | None = None
) -> Iterator[str]:
    """Yield what cooperating is worth, in sentences."""
    yield _together(worth, settled)
    if for_agency in worth.game.players:
        yield _of_one(portfolio, worth, settled, worth.game.players.index(str(for_agency)))
    yield _who_gains(portfolio, worth, settled)
    yield from _lower_bound(portfolio, worth)
    yield from usefulness_sentences(portfolio, worth)
    if not worth.proven:
        yield UNPROVEN
    yield _barter_sentence(worth, settled)


def _divided(worth: CoalitionWorth, shown: FairShares, unit: Unit) -> tuple[str, ...]:
    """Return what is divided, and what is to be said of the divisions."""
    whole = f"{amount_text(shown.whole)} {unit.words}"
    saved = f"What is divided is what all save together: {whole}."
    reached = f"What is divided is the weight of the objectives that all reach together and nobody alone: {whole}."
    return (saved if worth.name == "savings" else reached, *told(shown, unit.words)[1:])


def _lower_bound(portfolio: Portfolio, worth: CoalitionWorth) -> Iterator[str]:
    """Yield that the answer is a lower bound, or incomplete, where it is, and who could complete it."""
    if worth.missing:
        owners = dict.fromkeys(portfolio.agency_name(one.agency) for one in worth.missing)
        figures = counted(len(worth.missing), "figure is", "figures are")
        kind = BOUND if worth.name == "savings" else INCOMPLETE
        yield f"{kind}: {figures} missing, to be stated by {listed(list(owners))}."


def _missing_figures(worth: CoalitionWorth) -> Iterator[str]:
    """Yield the figures that agencies would have to state."""
    for one in worth.missing:
        yield f"{one.record}: {one.what} of {one.name} ({one.why})"


def _together(worth: CoalitionWorth, settled: Settlement) -> str:
    """Return what all achieve together against each alone."""
    unit = worth_unit(worth.together)
    agencies = counted(worth.game.size, "agency", "agencies")
    alone = sum(settled.alone)
    least = "at least " if worth.missing else ""
    if worth.name == "savings":
        if not alone:
            return f"No building block of these {agencies} has a figure: what they would save cannot be told."
        whole = f"the {_amount(unit, alone)} {unit.words} that they would spend on building blocks alone"
        saved = _amount(unit, worth.game.whole) if round(worth.game.whole / unit.per, 6) or least else "nothing"
        part = f" ({percent(worth.game.whole / alone)})" if worth.game.whole > 0 else ""
        return f"Planning together, these {agencies} save {least}{saved} of {whole}{part}{_untold(worth)}."
    apart = f"the {_amount(unit, sum(worth.side_by_side))} that they reach if each goes alone"
    return (
        f"Within their budgets, these {agencies} reach objectives of weight {least}{_amount(unit, sum(worth.served))} "
        f"together, {_amount(unit, worth.game.whole)} more than {apart}{_untold(worth)}."
    )


def _untold(worth: CoalitionWorth) -> str:
    """Return for how much no answer can be given, as the end of a sentence."""
    if worth.together.unplanned:
        return f"; for {counted(len(worth.together.unplanned), 'building block')} it cannot be told"
    costs = [one for one in worth.missing if one.record.startswith("mission:")]
    return f"; for {counted(len(costs), 'mission')} it cannot be told" if costs else ""


def _of_one(portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement, place: int) -> str:
    """Return what one agency has of it."""
    unit, name = worth_unit(worth.together), portfolio.agency_name(worth.game.players[place])
    _, alone, together = known_amounts(worth, settled)[place]
    if alone is None or together is None:
        return f"What {name} would save is not known: nothing that it would have to build has a figure."
    verb = "pays" if worth.name == "savings" else "has"
    return (
        f"{name} {verb} {_amount(unit, alone)} alone and {_amount(unit, together)} together, {by_rule(settled.rule)}."
    )


def _who_gains(portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement) -> str:
    """Return to whom the gain goes by the rule, and whether anybody would object."""
    unit = worth_unit(worth.together)
    found = next(one for one in settled.shares.rules if one.rule == settled.rule)
    gains = [share - alone for share, alone in zip(found.shares or (), settled.shares.alone, strict=True)]
    ranked = sorted(zip(gains, worth.game.players, strict=True), key=lambda pair: (-pair[0], pair[1]))
    most = [
        f"{portfolio.agency_name(one)} ({_amount(unit, gain)})" for gain, one in ranked if round(gain / unit.per, 6) > 0
    ]
    if not most:
        told = "Nobody is better off together than alone."
        return "Who is better off together than alone cannot be told on the figures stated." if worth.missing else told
    what = "the savings go to" if worth.name == "savings" else "what all reach more goes to"
    few = len(most) <= MOST_NAMED
    objecting = f"{counted(found.objecting, 'group')} would do better without the rest"
    stable = "no group would do better without the rest" if found.in_core else objecting
    named = listed(most[:MOST_NAMED])
    lost = [
        f"{portfolio.agency_name(one)} ({_amount(unit, -gain)})"
        for gain, one in reversed(ranked)
        if round(gain / unit.per, 6) < 0
    ]
    loss = f"; worse off than alone {'is' if len(lost) == 1 else 'are'} {listed(lost)}" if lost else ""
    rule = by_rule(settled.rule)
    return f"{rule[0].upper()}{rule[1:]} {what} {named}{'' if few else ' and others'}{loss}; {stable}."


def _barter_sentence(worth: CoalitionWorth, settled: Settlement) -> str:
    """Return how near contributions in kind come to what is due."""
    found, unit = settled.in_kind, money_unit(worth.together)
    if not any(one.amount for one in found.brings):
        return "No contribution in kind has a figure, so none can be shared out."
    proof = "" if found.proven else " at most (not proven to be the least)"
    if not found.barter:
        return "In kind, each can bring just what is due from it."
    return (
        f"In kind, {_amount(unit, found.deviation / 2)} {unit.words} is left to barter{proof}, in "
        f"{counted(len(found.barter), 'exchange')}."
    )


def _plain_unit(worth: CoalitionWorth) -> str:
    """Return what worths are counted in for programs: whole units of money, or weight of objectives."""
    terms = worth.together.terms
    if worth.together.unit != "money":
        return worth.together.unit
    return f"{terms.currency} at {terms.price_year} prices" if terms else ""


def by_rule(rule: str) -> str:
    """Return in words by which rule something is divided.

    Examples
    --------
    >>> by_rule("shapley"), by_rule("proportional")
    ('by the Shapley value', 'by budgets')
    """
    from synodos.coalition import RULES

    return BY_RULE.get(rule) or f"by the {RULES[rule]}"


def _amount(unit: Unit, value: float) -> str:
    """Return an amount as it stands in a sentence."""
    return amount_text(unit.of(value) or 0.0)


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
        f"costs {_amount(unit, plan.transaction)} {unit.words} on top; {_amount(unit, plan.reserve)} is set aside for "
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
    sentences = _divided(worth, shown, unit)
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
    sentences = ("Partners exchange no funds: each brings things.", _barter_sentence(worth, settled), *settled.notes)
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


def _page(
    portfolio: Portfolio,
    worth: CoalitionWorth,
    sentences: Sequence[str],
    sections: Sequence[Section],
    notes: Sequence[str],
) -> Document:
    """Return the answer as a page."""
    lines = tuple((note,) for note in dict.fromkeys(notes))
    noted = Section("notes", "Notes", tables=(Table("notes", "Notes", ("note",), lines),), folded=True)
    compiled = f"{COMPILED[0].upper()}{COMPILED[1:]}." if portfolio.header.compiler else ""
    bounds = [one for one in sentences if one.startswith((BOUND, INCOMPLETE))]
    return Document(
        title="What cooperating is worth: " + ("savings" if worth.name == "savings" else "programme"),
        lead=sentences[0],
        header=header_line(portfolio),
        sections=(_summary(sentences), *sections, *((noted,) if lines else ())),
        notices=tuple(filter(None, (compiled, *bounds))),
    )


def _summary(sentences: Sequence[str]) -> Section:
    """Return the answer in sentences, but for the first, which leads the page."""
    return Section("answer", "The answer", tuple(sentences[1:]))
