"""What can be done after a change, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from synodos.language import Money, Portfolio
from synodos.report.answering.naming import capability_name, plan_name, record_name
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import amount, percent

if TYPE_CHECKING:
    from synodos.whatif import AgreementStep, MissionDate, Move, Option, Options

INSTRUMENT_STEPS: Final = {
    "conclude": "conclude",
    "amend": "amend",
    "decide": "decide",
    "licence": "obtain a licence",
}
"""What has to be done with an instrument, in words."""


def option_tables(portfolio: Portfolio, found: Options) -> tuple[Table, ...]:
    """Return every table that has a row: ways to go on first."""
    made = (
        front_table(portfolio, found),
        reason_table(found),
        instrument_table(portfolio, found),
        takeover_table(portfolio, found),
        infeasible_table(portfolio, found),
    )
    return (made[0], *(table for table in made[1:] if table.rows))


def front_table(portfolio: Portfolio, found: Options) -> Table:
    """Return the ways to go on that no other one beats in everything, the best first."""
    rows = tuple(
        (
            one.rank,
            moves_text(portfolio, one),
            "; ".join(_date(portfolio, date) for date in one.dates) or None,
            money_text(one.cost),
            ", ".join(map(portfolio.agency_name, one.borne_by)) or None,
            _lost(portfolio, one),
            ", ".join(f"{portfolio.agency_name(on)} ({number})" for on, number in one.dependence) or "nobody",
            len(one.obstacles),
            one.decide_by.isoformat() if one.decide_by else None,
            one.unverified,
        )
        for one in found.ranked
    )
    columns = (
        *("rank", "what is done", "missions leave", "cost as far as stated", "borne by", "lost", "then depends on"),
        *("obstacles", "decide by", "unverified"),
    )
    return Table("options", "Ways to go on", columns, rows)


def reason_table(found: Options) -> Table:
    """Return for each way to go on what speaks for it, what stands in the way, and which figures are missing."""
    rows = tuple(
        (one.rank, sort, text)
        for one in found.ranked
        for sort, texts in (
            ("speaks for it", one.reasons),
            ("stands in the way", one.obstacles),
            ("law", one.law),
            ("figure missing", one.missing),
        )
        for text in texts
    )
    return Table("option-reasons", "Reasons, obstacles and missing figures", ("rank", "is", "what"), rows)


def instrument_table(portfolio: Portfolio, found: Options) -> Table:
    """Return which agreements and decisions each way to go on needs, and by when."""
    rows = tuple(
        (
            one.rank,
            INSTRUMENT_STEPS[step.does],
            _instrument(portfolio, step),
            " and ".join(map(portfolio.agency_name, step.parties)) or None,
            step.begin_by.isoformat() if step.begin_by else None,
            step.by.isoformat() if step.by else None,
            step.why,
        )
        for one in found.ranked
        for step in one.agreements
    )
    columns = ("rank", "to do", "instrument", "parties", "begin by", "stands by", "why")
    return Table("option-agreements", "Agreements and decisions needed", columns, rows)


def takeover_table(portfolio: Portfolio, found: Options) -> Table:
    """Return who could take over what nobody meets."""
    rows = tuple(
        (
            record_name(portfolio, plan),
            capability_name(portfolio, capability),
            place,
            move_text(portfolio, move),
            move.proven,
            move.ready.isoformat() if move.ready else None,
            money_text(move.cost),
            "; ".join(move.infeasible) or None,
            "; ".join(move.reasons) or None,
            "; ".join(move.obstacles) or None,
        )
        for (plan, capability), moves in found.replacements.items()
        for place, move in enumerate(moves, start=1)
    )
    columns = (
        *("plan", "what nobody meets", "place", "who could take it over", "proven", "ready", "cost", "ruled out"),
        *("reasons", "obstacles"),
    )
    return Table("takeovers", "Who could take over what", columns, rows, ("obstacles",))


def infeasible_table(portfolio: Portfolio, found: Options) -> Table:
    """Return what cannot be done, and why."""
    rows = tuple((moves_text(portfolio, one), "; ".join(one.infeasible_because)) for one in found.infeasible)
    return Table("infeasible", "What cannot be done, and why", ("what", "because"), rows)


def moves_text(portfolio: Portfolio, option: Option) -> str:
    """Return the moves of an option in a sentence, plan by plan."""
    by_plan: dict[str, list[str]] = {}
    for move in option.moves:
        said = by_plan.setdefault(move.plan, [])
        said += [text for text in [move_text(portfolio, move)] if text not in said]
    return "; ".join(f"{record_name(portfolio, plan)}: {', '.join(said)}" for plan, said in by_plan.items())


def move_text(portfolio: Portfolio, move: Move) -> str:
    """Return a move in words, such as `launch by Roscosmos with Proton`."""
    who = portfolio.agency_name(move.by) if move.by else "the lead"
    what = capability_name(portfolio, move.capability) if move.capability else ""
    if move.does == "replace" and not move.capability:
        return f"led by {who}"
    using = f" with {record_name(portfolio, move.record)}" if move.record else ""
    return {
        "replace": f"{what} by {who}{using or ', to be developed'}",
        "absorb": f"{what} by {who} itself{using or ', to be developed'}",
        "descope": f"flies without {what}",
        "wait": "waits for a later launch period",
        "merge": f"flies together{using}",
        "cancel": "is given up",
        "hedge": f"{who} prepares a substitute for {what}{using}",
    }[move.does]


def money_text(money: Money | None) -> Cell:
    """Return an amount, or nothing where none is stated."""
    return None if money is None else amount(money.amount, money.currency, money.price_year)


def _date(portfolio: Portfolio, date: MissionDate) -> str:
    """Return when a mission leaves under an option."""
    name = record_name(portfolio, date.mission)
    if date.after is None:
        return f"{name}: no date"
    chance = "" if date.chance is None else f", chance of the planned date {percent(date.chance)}"
    late = f", {date.delay_days:+,} days" if date.delay_days else ""
    return f"{name}: {date.after:%Y-%m}{late}{chance}"


def _lost(portfolio: Portfolio, one: Option) -> Cell:
    """Return what is lost."""
    goals = portfolio.vocabularies["exploration-objectives"]
    told = [
        goals.label(lost) if lost in goals else record_name(portfolio, lost) if ":" in lost else lost
        for lost in one.objectives_lost
    ]
    return "; ".join([*told, *_left_out(portfolio, one)]) or "nothing"


def _left_out(portfolio: Portfolio, one: Option) -> Iterator[str]:
    """Yield what missions fly without."""
    for lost in one.capabilities_lost:
        mission, _, capability = lost.partition(" ")
        yield f"{capability_name(portfolio, capability)} of {plan_name(portfolio, mission)}"


def _instrument(portfolio: Portfolio, step: AgreementStep) -> Cell:
    """Return which instrument it is."""
    types = portfolio.vocabularies["instrument-types"]
    agreement = portfolio.agreements.get(step.instrument.removeprefix("agreement:"))
    if agreement is not None:
        return agreement.name
    return types.label(step.instrument) if step.instrument in types else step.instrument or None
