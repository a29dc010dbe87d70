"""Promises to others that no instrument in force covers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from synodos.language import WITHHELD, Agreement, Commitment, Portfolio
from synodos.law.agreements.standing import state_at


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A commitment towards others, or a part of it, without an instrument in force.

    Attributes
    ----------
    commitment : str
        Its id.
    plans : tuple of str
        Missions and elements that it carries and that nothing in force covers.
    partners : tuple of str
        Agencies it is given to that no such instrument binds in.
    nearest : tuple of (str, str)
        Instruments that cover the plans but do not count, each with the reason: its state, not binding, or the party
        that is missing.
    """

    commitment: str
    plans: tuple[str, ...]
    partners: tuple[str, ...]
    nearest: tuple[tuple[str, str], ...]


def uncovered(portfolio: Portfolio, at: dt.date | None = None, for_agency: str | None = None) -> tuple[Uncovered, ...]:
    """Return the commitments towards others that no binding instrument in force covers.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    at : datetime.date, optional
        The day that is asked about; by default the portfolio's day of knowledge.
    for_agency : str, optional
        Only what this agency promised, or what is promised to it.

    Returns
    -------
    tuple of Uncovered
        In order of the commitments. An instrument counts if it is in force on the day, is not stated to be non-binding,
        covers the plan, and has both sides as parties. Where a commitment names no partner, the partners of its plans
        count.
    """
    day = at or portfolio.known_on
    found = ((one.owner, _gap(portfolio, one, day)) for one in portfolio.commitments.values())
    return tuple(gap for owner, gap in found if gap is not None and for_agency in (None, owner, *gap.partners))


def _gap(portfolio: Portfolio, commitment: Commitment, day: dt.date) -> Uncovered | None:
    """Return what of a commitment nothing covers."""
    plans: list[str] = []
    partners: list[str] = []
    for plan in commitment.to:
        for partner in _partners(portfolio, commitment, plan):
            if not any(_reason(one, day, commitment.owner, partner) is None for one in _covering(portfolio, plan)):
                plans.append(plan)
                partners.append(partner)
    if not plans:
        return None
    near = {
        (one.id, reason)
        for plan, partner in zip(plans, partners, strict=True)
        for one in _covering(portfolio, plan)
        if (reason := _reason(one, day, commitment.owner, partner))
    }
    return Uncovered(commitment.id, tuple(dict.fromkeys(plans)), tuple(dict.fromkeys(partners)), tuple(sorted(near)))


def _partners(portfolio: Portfolio, commitment: Commitment, plan: str) -> list[str]:
    """Return the agencies to which a commitment is owed as far as it carries `plan`."""
    named = list(commitment.with_agencies)
    if not named:
        record = portfolio.missions.get(plan) or portfolio.elements.get(plan)
        named = [record.owner, *(part.agency for part in record.partners)] if record else []
    return [agency for agency in dict.fromkeys(named) if agency not in (commitment.owner, WITHHELD)]


def _covering(portfolio: Portfolio, plan: str) -> list[Agreement]:
    """Return the agreements that name a plan, and those above them, whose terms reach it too."""
    found = {one.id: one for one in portfolio.agreements.values() if plan in one.covers}
    for one in list(found.values()):
        above = portfolio.agreements.get(one.parent or "")
        while above is not None and above.id not in found:
            found[above.id] = above
            above = portfolio.agreements.get(above.parent or "")
    return list(found.values())


def _reason(agreement: Agreement, day: dt.date, owner: str, partner: str) -> str | None:
    """Return why an agreement does not cover a promise of one agency to another, or None if it does."""
    state = state_at(agreement, day)
    if state != "in_force":
        return state
    if agreement.binding is False:
        return "not binding"
    missing = [agency for agency in (owner, partner) if agency not in agreement.parties]
    return f"{missing[0]} is no party" if missing else None
