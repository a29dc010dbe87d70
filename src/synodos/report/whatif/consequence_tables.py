"""What follows from a change, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import Cost, Portfolio
from synodos.report.answering.naming import capability_name, plan_name, record_name
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import amount, listed, percent
from synodos.report.law.open_questions import question_words
from synodos.report.whatif.budget_years import budget_tables

if TYPE_CHECKING:
    from synodos.whatif import AgreementEffect, Chances, CoalitionEffect, Consequences, FindingStatus, Gap

MILLION: Final = 1e6
STANDINGS: Final = {
    "whole": "all is met",
    "lacking": "flies with less",
    "in-doubt": "in doubt",
    "stopped": "cannot fly",
    "cancelled": "given up",
}
"""How a mission stands, in words."""
SORTS: Final = {
    "to-replace": "to replace what is lost",
    "stranded": "has no plan left to serve, unless somebody takes over",
    "withdrawn": "stands behind the plans no more",
    "cut": "cut from the budget",
}
"""What happens to an amount, in words."""
TOUCHES: Final = {
    "ends": "ends",
    "loses-party": "loses a party",
    "covers-what-is-struck": "covers what is struck",
    "under-what-ends": "stands under what ends",
}
"""How a change touches an agreement, in words."""
WITHDRAWAL: Final = {
    "clause": "its text has a clause on duration, termination and withdrawal",
    "none-known": "no clause on withdrawal is recorded",
    "not-stated": "its clauses are not recorded",
}
"""What is known of how a party may leave an agreement."""
STATUSES: Final = {
    "met": "met",
    "breached": "in conflict on the stated facts",
    "needs_determination": "to be determined",
    "exempt": "exempt",
    None: "no finding",
}
"""Where a finding stands, in words."""


def consequence_tables(portfolio: Portfolio, found: Consequences) -> tuple[Table, ...]:
    """Return every table that has a row, what nobody meets first."""
    made = (
        orphan_table(portfolio, found),
        mission_table(portfolio, found),
        date_table(portfolio, found),
        cost_table(portfolio, found),
        *budget_tables(portfolio, found),
        objective_table(portfolio, found),
        dependence_shift_table(portfolio, found),
        agreement_table(portfolio, found),
        finding_table(portfolio, found),
        *coalition_tables(portfolio, found),
    )
    return (made[0], *(table for table in made[1:] if table.rows))


def orphan_table(portfolio: Portfolio, found: Consequences) -> Table:
    """Return the requirements that nobody meets."""
    rows = tuple(
        (
            record_name(portfolio, one.plan),
            capability_name(portfolio, one.capability),
            one.essential,
            portfolio.agency_name(one.provider) if one.provider else "nobody",
            _names(portfolio, one.lost),
            "the change" if one.new else "was open before",
            one.needed_by.text if one.needed_by else None,
            one.unverified,
        )
        for one in found.orphans
    )
    columns = ("plan", "what nobody meets", "essential", "who met it", "with", "because of", "needed by", "unverified")
    return Table("orphans", "What nobody meets any more", columns, rows)


def mission_table(portfolio: Portfolio, found: Consequences) -> Table:
    """Return how missions stand before and after."""
    rows = tuple(
        (
            one.name,
            portfolio.agency_name(one.agency),
            STANDINGS[one.before],
            STANDINGS[one.after],
            _gaps(portfolio, one.gaps),
        )
        for one in found.missions
    )
    return Table("missions", "Missions", ("mission", "lead", "before", "after", "what nobody meets"), rows)


def date_table(portfolio: Portfolio, found: Consequences) -> Table:
    """Return dates and confidence before and after."""
    rows = tuple(
        (
            one.name,
            one.planned_before.text if one.planned_before else None,
            _chances(one.before),
            _chances(one.after) if one.can_leave else "cannot leave before somebody takes over",
            _chances(one.if_replaced),
            " to ".join(map(str, one.next_period)) if one.next_period else None,
            _gaps(portfolio, one.waits_after),
        )
        for one in found.dates
    )
    columns = ("mission", "planned", "before", "after", "if somebody takes over", "next launch period", "waits for")
    return Table("dates", "Dates and confidence", columns, rows)


def cost_table(portfolio: Portfolio, found: Consequences) -> Table:
    """Return the amounts that move, and who bears them."""
    rows = tuple(
        (
            one.name,
            SORTS[one.sort],
            portfolio.agency_name(one.bore),
            ", ".join(map(portfolio.agency_name, one.falls_to)) or "nobody",
            "; ".join(map(cost_text, one.costs)) or None,
            {"none": "not stated", "estimate": "estimate by an analogue", "stated": "stated"}[one.origin],
        )
        for one in found.costs
    )
    return Table("costs", "Cost, and who bears it", ("what", "how", "bore", "falls to", "amount", "origin"), rows)


def objective_table(portfolio: Portfolio, found: Consequences) -> Table:
    """Return the objectives that missions no longer serve."""
    rows = tuple(
        (
            one.label,
            "lost" if one.lost else "served by fewer",
            _names(portfolio, one.lost_with),
            _names(portfolio, one.still_served_by),
            ", ".join(map(portfolio.agency_name, one.agencies)),
        )
        for one in found.objectives
    )
    columns = ("objective", "after", "lost with", "still served by", "agencies")
    return Table("objectives", "Objectives", columns, rows)


def dependence_shift_table(portfolio: Portfolio, found: Consequences) -> Table:
    """Return between whom dependence shifts."""
    rows = tuple(
        (
            portfolio.agency_name(one.dependent),
            portfolio.agency_name(one.on),
            one.before,
            one.after,
            _pairs(portfolio, one.gone),
            _pairs(portfolio, one.new),
        )
        for one in found.dependences
    )
    columns = ("who depends", "on", "essential before", "after", "gone", "new")
    return Table("dependence-shift", "Who depends on whom", columns, rows, ("gone", "new"))


def agreement_table(portfolio: Portfolio, found: Consequences) -> Table:
    """Return the agreements that the change touches."""
    from synodos.language import load

    types = load("instrument-types")
    rows = tuple(
        (
            one.name,
            types.label(one.instrument) if one.instrument in types else one.instrument,
            one.binding,
            ", ".join(TOUCHES[touch] for touch in one.touches),
            _leaving(one),
            one.notice,
            "; ".join(_owed(portfolio, one)) or None,
            "; ".join(plan_name(portfolio, plan) for plan in one.covers) or None,
        )
        for one in found.agreements
    )
    columns = ("agreement", "instrument", "binds", "what happens", "how a party may leave", "notice", "owed", "covers")
    return Table("agreements", "Agreements touched", columns, rows)


def finding_table(portfolio: Portfolio, found: Consequences) -> Table:
    """Return the findings of law that appear, disappear or change; those of one bearer that go the same way in one row.

    What appears comes first, and what falls away last.
    """
    from synodos.law import party_names

    name = party_names(portfolio)
    alike: dict[tuple[str, str, FindingStatus | None, FindingStatus | None, tuple[str, ...]], list[str]] = {}
    for one in found.findings:
        key = (one.bearer, one.activity, one.before, one.after, one.open_after)
        alike.setdefault(key, []).append(one.norm)
    ordered = sorted(alike.items(), key=lambda row: (row[0][3] is None, row[0][2] is not None, row[0][:2]))
    rows = tuple(
        (
            name(bearer),
            record_name(portfolio, activity),
            STATUSES[before],
            STATUSES[after],
            ", ".join(norms),
            "; ".join(map(question_words, asks)) or None,
        )
        for (bearer, activity, before, after, asks), norms in ordered
    )
    columns = ("bearer", "activity", "before", "after", "norms", "to answer")
    return Table("findings", "Findings of law that appear, disappear or change", columns, rows)


def coalition_tables(portfolio: Portfolio, found: Consequences) -> tuple[Table, ...]:
    """Return what those who remain are worth, and what keeps that from being told, in whole or in part."""
    if "coalition" not in found.asked:
        return ()
    one = found.coalition
    if one is None:
        rows: tuple[tuple[Cell, ...], ...] = (("fewer than two agencies take part in what the change moves",),)
        return (Table("coalition-missing", "Those who remain: their worth cannot be told", ("because",), rows),)
    told = one.worth_before is not None or one.worth_after is not None
    title = "lower bounds, because figures are missing" if told else "their worth together cannot be told"
    missing = Table(
        "coalition-missing",
        f"Those who remain: {title}",
        ("missing",),
        tuple((text,) for text in one.missing),
    )
    return (coalition_table(portfolio, one), missing) if told else (missing,)


def coalition_table(portfolio: Portfolio, found: CoalitionEffect) -> Table:
    """Return what players are worth alone and what they would receive, before and after."""
    tables = [dict(one) for one in (found.alone_before, found.shares_before, found.alone_after, found.shares_after)]
    players = dict.fromkeys(player for table in tables for player in table)
    share = MILLION if found.price_year else 1.0
    rows = tuple(
        (
            portfolio.agency_name(player),
            *(round(table[player] / share, 6) + 0.0 if player in table else None for table in tables),
        )
        for player in players
    )
    unit = f"million {found.currency} at {found.price_year} prices" if found.price_year else found.currency
    columns = ("agency", "alone before", "share before", "alone after", "share after")
    return Table("coalition", f"Those who remain: {found.game} in {unit}, by the Shapley value", columns, rows)


def cost_text(cost: Cost) -> str:
    """Return an amount with what it covers."""
    money = amount(cost.money.amount, cost.money.currency, cost.money.price_year)
    return f"{money}: {cost.covers}" if cost.covers else money


def _gaps(portfolio: Portfolio, gaps: Sequence[Gap]) -> Cell:
    """Return what nobody meets, each capability once for all behind the mission that lack it alike."""
    alike: dict[tuple[str, bool, bool | None, bool | None], list[str]] = {}
    for gap in gaps:
        key = (gap.capability, bool(gap.via), gap.essential, gap.own)
        alike.setdefault(key, []).append(record_name(portfolio, gap.plan))
    told = (
        f"{capability_name(portfolio, what)}{f' of {listed(plans)}' if behind else ''}{_urgency(over, own, len(plans))}"
        for (what, behind, over, own), plans in alike.items()
    )
    return "; ".join(told) or None


def _urgency(essential: bool | None, own: bool | None, plans: int) -> str:  # noqa: FBT001 - two of a kind
    """Return how much hangs on a requirement; what an element behind the mission cannot do without is told apart."""
    if essential:
        return ""
    if essential is None:
        return " (in doubt)"
    if own:
        return f" (essential to {'it' if plans == 1 else 'these'}, and not to this mission)"
    return " (can do without)"


def _chances(chances: Chances | None) -> Cell:
    """Return how many leave in time, and by when half have left."""
    if chances is None:
        return None
    median = f"half by {chances.median}" if chances.median else "half have no date"
    timely = timely_text(chances)
    return f"{timely}, {median}" if timely else median


def timely_text(chances: Chances) -> str:
    """Return how many leave in the launch period that is meant, else by the planned date; empty: neither is known."""
    meant = chances.meant
    if meant is not None:
        return f"{percent(meant.share)} in the period to {meant.closes}"
    return "" if chances.in_time is None else f"{percent(chances.in_time)} in time"


def _names(portfolio: Portfolio, keys: Sequence[str]) -> Cell:
    """Return the names of records."""
    return "; ".join(record_name(portfolio, key) for key in keys) or None


def _pairs(portfolio: Portfolio, pairs: Iterable[tuple[str, str]]) -> Cell:
    """Return plans with the capability that hangs on another agency."""
    told = (f"{capability_name(portfolio, what)} of {record_name(portfolio, plan)}" for plan, what in pairs)
    return "; ".join(told) or None


def _leaving(one: AgreementEffect) -> str:
    """Return what is known of how a party may leave."""
    more = "; a clause says how work goes on if a partner leaves" if one.continuity else ""
    return f"{WITHDRAWAL[one.withdrawal]}{more}"


def _owed(portfolio: Portfolio, one: AgreementEffect) -> Iterator[str]:
    """Yield what the party that leaves still owes."""
    for owed in one.owed:
        bearer = portfolio.agency_name(owed.bearer) if owed.bearer else "all parties"
        yield f"{owed.text} ({bearer}{f', {owed.due}' if owed.due else ''})"
