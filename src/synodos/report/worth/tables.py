"""The tables of what cooperating is worth: the plan of all, what each brings and gains, what is taken for granted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.tables import Cell, Table

if TYPE_CHECKING:
    from synodos.coalition import Benefits, Build, CoalitionWorth, InKindShares, Programme, Settlement

MILLION: Final = 1e6
SORTS: Final = {
    "science-return": "science return",
    "expertise": "access to expertise",
    "prestige": "prestige",
    "foreign-policy": "foreign-policy weight",
    "industry": "industry",
}
"""Sorts of benefits in words."""


@dataclass(frozen=True)
class Unit:
    """What amounts are told in.

    Attributes
    ----------
    per : float
        What one of it stands for.
    words : str
        Its name.
    """

    per: float
    words: str

    def of(self, amount: float | None) -> float | None:
        """Return an amount in it, without traces of rounding."""
        return None if amount is None else round(amount / self.per, 6)

    def rounded(self, amount: float | None) -> float | None:
        """Return an amount in it to as many digits as a table shows."""
        return None if amount is None else round(amount / self.per, 2)


def money_unit(programme: Programme) -> Unit:
    """Return what money is told in: millions, where there are any."""
    if programme.terms is None:
        return Unit(1.0, "no comparable terms")
    currency, year = programme.terms
    amounts = [amount for pairs in (programme.costs, programme.alone_cost) for _, amount in pairs]
    large = max(amounts, default=0.0) >= MILLION
    return Unit(MILLION if large else 1.0, f"{'million ' if large else ''}{currency} at {year} prices")


def worth_unit(programme: Programme) -> Unit:
    """Return what worths are told in."""
    return money_unit(programme) if programme.unit == "money" else Unit(1.0, "points of weight")


def names_of(portfolio: Portfolio, agencies: Iterable[str]) -> dict[str, str]:
    """Return the names of agencies by their ids: short ones, with the id where two are the same."""
    short = {agency: portfolio.agency_name(agency) for agency in agencies}
    twice = {name for name in short.values() if list(short.values()).count(name) > 1}
    return {agency: f"{name} ({agency})" if name in twice else name for agency, name in short.items()}


def known_amounts(worth: CoalitionWorth, settled: Settlement) -> list[tuple[str, float | None, float | None]]:
    """Return by player what it pays or achieves alone and together; None where nothing that it needs has a figure."""
    found: list[tuple[str, float | None, float | None]] = []
    for (player, own), alone, together in zip(worth.alone, settled.alone, settled.together, strict=True):
        unknown = worth.name == "savings" and not alone and own.unplanned
        found.append((player, None, None) if unknown else (player, alone, together))
    return found


def worth_table(portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement) -> Table:
    """Return what each has, or pays, alone and together, with what it flies and builds."""
    unit = worth_unit(worth.together)
    saves = worth.name == "savings"
    rows: list[tuple[Cell, ...]] = []
    for place, (player, alone, together) in enumerate(known_amounts(worth, settled)):
        own = worth.alone[place][1]
        rows.append(
            (
                portfolio.agency_name(player),
                unit.of(alone),
                unit.of(together),
                None if alone is None or together is None else unit.of(alone - together if saves else together - alone),
                len(own.flights),
                sum(one.agency == player for one in worth.together.flights),
                sum(one.builder == player for one in worth.together.builds),
                len(_missing_for(worth, player, own)),
                *(() if saves else (unit.of(worth.served[place]),)),
            )
        )
    verbs = ("pays", "saves") if saves else ("has", "gains")
    columns = (
        *("agency", f"{verbs[0]} alone", f"{verbs[0]} together", verbs[1]),
        *("missions alone", "missions together", "builds", "figures missing"),
        *(() if saves else ("reached for it",)),
    )
    return Table("worth", f"What each {verbs[0]} alone and together, in {unit.words}", columns, tuple(rows))


def _missing_for(worth: CoalitionWorth, player: str, own: Programme) -> set[tuple[str, str]]:
    """Return the figures that would change what is told of a player, by record and what is missing."""
    told = {(one.record, one.what) for one in worth.missing if player in one.wanted_by or one.agency == player}
    return told | {(one.record, "cost") for one in own.unplanned}


def unplanned_table(portfolio: Portfolio, programme: Programme) -> Table:
    """Return the building blocks for which nothing can be planned, and who brings them today."""
    names = portfolio.agency_name
    rows = tuple(
        (
            one.name,
            names(one.agency),
            ", ".join(map(names, one.wanted_by)),
            "; ".join(portfolio_name(portfolio, key) for key in one.serves),
            one.why,
            one.record,
        )
        for one in programme.unplanned
    )
    columns = ("building block", "today from", "needed by", "serves", "why", "id")
    return Table("unplanned", "Cannot be planned: no figure", columns, rows, ("id",))


def build_table(portfolio: Portfolio, programme: Programme, builds: Sequence[Build]) -> Table:
    """Return who builds what, for whom, and at what cost."""
    unit = money_unit(programme)
    names = portfolio.agency_name
    rows = tuple(
        (
            one.name,
            names(one.builder),
            ", ".join(map(names, one.partners)) or "nobody",
            "there already" if one.exists else one.ready,
            unit.of(one.cost) if one.figure or one.exists else None,
            "estimated" if one.estimated else "stated" if one.figure else None,
            unit.of(one.transaction),
            unit.of(one.reserve),
            "; ".join(
                f"{portfolio_name(portfolio, what)} of {names(agency)}"
                for agency, what in one.replaces
                if what != one.record
            )
            or "nothing",
            "; ".join(portfolio_name(portfolio, key) for key in one.serves),
            one.record,
        )
        for one in builds
    )
    columns = (
        *("building block", "built by", "shared with", "ready by", "cost", "figure", "for sharing", "reserve"),
        *("in place of", "serves", "id"),
    )
    title = f"Who builds what, in {unit.words}"
    return Table("builds", title, columns, rows, ("reserve", "id"))


def flight_table(portfolio: Portfolio, programme: Programme) -> Table:
    """Return which missions fly when, and who takes part; their costs where they are part of the game."""
    unit = money_unit(programme)
    names = portfolio.agency_name
    priced = programme.game == "programme"
    rows = tuple(
        (
            one.name,
            names(one.agency),
            one.year,
            f"{one.opens}..{one.closes}" if one.opens and one.closes else None,
            ", ".join(map(names, one.partners)) or "nobody else",
            *((unit.of(one.cost),) if priced else ()),
            "; ".join(map(portfolio.vocabularies["exploration-objectives"].label, one.objectives)) or None,
            one.mission,
        )
        for one in programme.flights
    )
    columns = ("mission", "lead", "year", "launch period", "with", *(("cost",) if priced else ()), "objectives", "id")
    title = "Which missions fly when" + (f", in {unit.words}" if priced else "")
    return Table("flights", title, columns, rows, ("launch period", "objectives", "id"))


def grounded_table(portfolio: Portfolio, programme: Programme) -> Table:
    """Return the missions that do not fly, or that nothing can be told of."""
    rows = tuple(
        (one.name, portfolio.agency_name(one.agency), "; ".join(one.reasons), one.mission) for one in programme.grounded
    )
    title = "Missions that the plan does not fly, or cannot tell of"
    return Table("grounded", title, ("mission", "lead", "why", "id"), rows, ("id",))


def spending_table(portfolio: Portfolio, programme: Programme) -> Table:
    """Return what each spends in each year, against its budget; years in a row that are alike share a line."""
    unit = money_unit(programme)
    spans: list[tuple[tuple[str, float | None, float | None], int, int]] = []
    for one in programme.spending:
        said = one.agency, unit.rounded(one.amount), unit.rounded(one.budget)
        if spans and spans[-1][0] == said and one.year == spans[-1][2] + 1:
            spans[-1] = said, spans[-1][1], one.year
        else:
            spans.append((said, one.year, one.year))
    rows = [
        (portfolio.agency_name(agency), str(first) if last == first else f"{first}..{last}", *amounts)
        for (agency, *amounts), first, last in spans
    ]
    columns = ("agency", "years", "spends a year", "budget a year")
    bound = any(one.budget is not None for one in programme.spending)
    told = [row if bound else row[:-1] for row in rows]
    return Table("spending", f"What each spends, in {unit.words}", columns if bound else columns[:-1], tuple(told))


def reached_table(portfolio: Portfolio, programme: Programme) -> Table:
    """Return the objectives that are reached."""
    rows = tuple(
        (one.label, one.weight, "; ".join(portfolio_name(portfolio, key) for key in one.missions), one.objective)
        for one in programme.reached
    )
    columns = ("objective", "weight", "by", "id")
    return Table("reached", "Objectives that are reached", columns, rows, ("id",))


def brings_table(portfolio: Portfolio, settled: Settlement, programme: Programme) -> Table:
    """Return who brings what in kind."""
    unit = money_unit(programme)
    names = portfolio.agency_name
    by_id = {one.id: one for one in programme.contributions}
    rows = tuple(
        (
            by_id[one.contribution].name,
            by_id[one.contribution].sort,
            names(one.agency),
            unit.of(one.amount),
            "as planned" if one.by_plan else f"instead of {names(by_id[one.contribution].able[0])}",
            ", ".join(map(names, by_id[one.contribution].able)),
            one.contribution,
        )
        for one in settled.in_kind.brings
    )
    columns = ("contribution", "sort", "brought by", "counts for", "by plan", "could be brought by", "id")
    title = f"Who brings what in kind, in {unit.words}"
    return Table("brings", title, columns, rows, ("could be brought by", "id"))


def balance_table(portfolio: Portfolio, found: InKindShares, programme: Programme) -> Table:
    """Return what is due from each, what it brings, and the difference."""
    unit = money_unit(programme)
    numbers = zip(found.players, found.due, found.asked, found.brought, found.balances, strict=True)
    rows = tuple((portfolio.agency_name(one), *map(unit.of, rest)) for one, *rest in numbers)
    columns = ("agency", "due", "due in kind", "brings", "beyond (+) or short (-)")
    return Table("balance", f"What is due from each, and what it brings, in {unit.words}", columns, rows)


def barter_table(portfolio: Portfolio, found: InKindShares, programme: Programme) -> Table:
    """Return the barter that is left to be agreed."""
    unit = money_unit(programme)
    rows = tuple(
        (portfolio.agency_name(one.giver), portfolio.agency_name(one.receiver), unit.of(one.amount))
        for one in found.barter
    )
    columns = ("still owes", "to", "counting for")
    return Table("barter", f"Barter still to be agreed, in {unit.words}", columns, rows)


def benefit_table(portfolio: Portfolio, found: Benefits) -> Table:
    """Return what each gains beside money by sort, on its own scale."""
    rows = tuple(
        (
            portfolio.agency_name(one.agency),
            SORTS[one.sort],
            one.alone,
            one.together,
            one.declared,
            "; ".join(one.records),
        )
        for one in found.sums
    )
    columns = ("agency", "benefit", "alone", "together", "declared in all", "records")
    title = "Benefits beside money, each agency on its own scale: compare within a row, never between agencies"
    return Table("benefits", title, columns, rows, ("records",))


def declared_table(portfolio: Portfolio, found: Benefits) -> Table:
    """Return each declared benefit, and whether it comes about."""
    rows = tuple(
        (
            portfolio.agency_name(one.agency),
            one.name,
            SORTS[one.sort],
            one.weight,
            bool(one.alone),
            bool(one.together),
            ", ".join(map(portfolio.agency_name, one.lacking)) or None,
            one.unverified,
            f"benefit:{one.id}",
        )
        for one in found.declared
    )
    columns = ("agency", "benefit", "sort", "weight", "alone", "together", "lacks", "unverified", "id")
    return Table("declared-benefits", "Benefits as declared", columns, rows, ("unverified", "id"))


def missing_table(portfolio: Portfolio, worth: CoalitionWorth) -> Table:
    """Return the figures without which the answer is a lower bound."""
    names = portfolio.agency_name
    rows = tuple(
        (one.name, one.what, names(one.agency), ", ".join(map(names, one.wanted_by)) or None, one.why, one.record)
        for one in worth.missing
    )
    columns = ("plan or agency", "missing", "to be stated by", "would change the answer for", "why", "id")
    return Table("missing", "Figures that are missing", columns, rows, ("id",))


def assumption_table(worth: CoalitionWorth) -> Table:
    """Return what is taken for granted, with its source."""
    rows = tuple((one.name, one.value, one.meaning, one.source, one.judgement) for one in worth.assumptions)
    columns = ("assumption", "value", "what it decides", "source", "judgement")
    return Table("assumptions", "What is taken for granted", columns, rows)


def portfolio_name(portfolio: Portfolio, key: str) -> str:
    """Return the name of a plan given as `kind:id`, or its id where there is no record of it."""
    record = portfolio.provider_record(key.partition(":")[2])
    return record.name if record else key
