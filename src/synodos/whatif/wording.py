"""Changes in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from synodos.language import Change, Cost, Portfolio, Spread, Step

MILLION: Final = 1e6


def change_words(portfolio: Portfolio, change: Change | Iterable[Step]) -> str:
    """Return a change in one line: its steps, one after another."""
    return "; ".join(step_words(portfolio, step) for step in (change.happens if isinstance(change, Change) else change))


def step_words(portfolio: Portfolio, step: Step) -> str:
    """Return a step in words, such as `NASA withdraws from ExoMars rover mission`."""
    who = portfolio.agency_name(step.agency) if step.agency else ""
    what = _named(portfolio, (*step.plans, *step.agreements))
    late = f"{who} is later with {what or 'all that it brings'}" if who else f"{what} will be later"
    said = {
        "withdraw": f"{who} withdraws from {what or 'all that it has a part in'}",
        "slip": f"{late} by {_spread(step.delay)}",
        "cut": f"{who} loses {_joined(map(_cost, step.cuts))} of its budget",
        "break": f"not kept: {_named(portfolio, step.commitments)}",
        "cancel": f"{what} will not come",
        "replace": f"{_named(portfolio, (step.replacement or '',))} takes the place of {what}",
        "miss": f"{f'the launch period {step.period}' if step.period else 'its launch period'} is missed by {what}",
        "offer": f"{who} offers {_joined(portfolio.capabilities.label(key) for key in step.provides)}",
        "join": f"{who} joins",
        "enact": f"enters into force: {_joined(step.norms)}",
        "repeal": f"leaves force: {_joined(step.norms)}",
    }[step.does]
    return f"{said}, from {step.since}" if step.since else said


def _named(portfolio: Portfolio, keys: Iterable[str]) -> str:
    """Return the names of plans, agreements or commitments, the id of one that the portfolio does not have."""
    tables = (portfolio.missions, portfolio.elements, portfolio.agreements, portfolio.commitments)
    found = ([table[key].name for table in tables if key in table] for key in keys)
    return _joined(names[0] if names else key for key, names in zip(keys, found, strict=True))


def _joined(names: Iterable[str]) -> str:
    """Return names in a row."""
    return ", ".join(names)


def _spread(delay: Spread | None) -> str:
    """Return a delay in words."""
    if delay is None:
        return "nothing"
    if delay.of == "days" and delay.low is not None and delay.high is not None:
        if delay.low == delay.high:
            return f"{_plain(delay.low)} days"
        likely = "" if delay.likely is None else f", most likely {_plain(delay.likely)}"
        return f"{_plain(delay.low)} to {_plain(delay.high)} days{likely}"
    given = delay.model_dump(exclude_none=True, exclude={"shape", "of"}, exclude_defaults=True)
    told = ", ".join(f"{name} {_plain(value)}" for name, value in given.items())
    return f"days as {delay.shape} ({told})"


def _plain(value: object) -> str:
    """Return a number, or several, without needless digits."""
    if isinstance(value, tuple | list):
        return " ".join(_plain(one) for one in value)
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _cost(cost: Cost) -> str:
    """Return an amount with its period."""
    amount = cost.money.amount
    number = f"{amount / MILLION:,.10g} million" if amount >= MILLION else f"{amount:,.0f}"
    period = f" in {cost.period}".replace("..", " to ") if cost.period else ""
    return f"{number} {cost.money.currency}{period}"
