"""Why a cooperation that came was not proposed: what the portfolio would have had to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from synodos.cooperation import Agreed
from synodos.language import Outcome, Portfolio
from synodos.roadmap.backtesting.answer import Standing
from synodos.roadmap.backtesting.likeness import PARTNERS, Likeness, agency_tie
from synodos.roadmap.backtesting.statements import Statement

FINDABLE: Final = frozenset({"found", "missed"})
"""Standings of what the portfolio says enough of."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why a cooperation was not proposed.

    Attributes
    ----------
    standing : str
        One of `STANDINGS`, `found` excepted.
    agencies : tuple of str
        Agencies without a plan, interest, offer or need in the portfolio; or those that do not state the capability,
        or not for this destination; or those whose cooperation is agreed.
    records : tuple of str
        Records that come nearest, as `kind:id`.
    """

    standing: Standing
    agencies: tuple[str, ...]
    records: tuple[str, ...]


def shortfall(
    portfolio: Portfolio,
    likeness: Likeness,
    said: Sequence[Statement],
    agreed: Sequence[Agreed],
    outcome: Outcome,
) -> Shortfall:
    """Return why a cooperation is not among the proposals.

    Two of its agencies at least have to state its capability, or one above or below it, for its destination, for none,
    or as one that serves anywhere; then it could have been found, and was missed.
    """
    own = [one for one in said if one.agency in outcome.agencies]
    for one in agreed:
        if _is_agreed(portfolio, likeness, one, outcome):
            return Shortfall("agreed already", one.agencies, one.records)
    if fault := _lacking("agency not in it", outcome, own, own):
        return fault
    able = [one for one in own if likeness.capability_tie(one.capabilities, outcome.capabilities)]
    if fault := _lacking("capability not stated", outcome, able, own):
        return fault
    there = [
        one
        for one in able
        if likeness.place_tie(one.destinations, outcome.destinations)
        or likeness.serves_anywhere(one.capabilities, outcome.capabilities)
    ]
    if fault := _lacking("destination not stated", outcome, there, able):
        return fault
    return Shortfall("missed", (), tuple(one.record for one in there))


def _lacking(
    standing: Standing, outcome: Outcome, left: Sequence[Statement], before: Sequence[Statement]
) -> Shortfall | None:
    """Return the shortfall where fewer than two agencies are left: those that fell out last, and what is nearest."""
    stands = {one.agency for one in left}
    if len(stands) >= PARTNERS:
        return None
    had = {one.agency for one in before} if standing != "agency not in it" else set(outcome.agencies)
    missing = tuple(agency for agency in outcome.agencies if agency in had - stands)
    return Shortfall(standing, missing, tuple(one.record for one in left))


def _is_agreed(portfolio: Portfolio, likeness: Likeness, one: Agreed, outcome: Outcome) -> bool:
    """Return whether what the portfolio knows to be agreed is this cooperation."""
    if agency_tie(frozenset(one.agencies), outcome.agencies) not in ("same", "part"):
        return False
    if not likeness.capability_tie((one.topic,), outcome.capabilities):
        return False
    return any(likeness.place_tie(_places(portfolio, record), outcome.destinations) for record in one.records)


def _places(portfolio: Portfolio, key: str) -> tuple[str, ...]:
    """Return the destinations that a record states."""
    kind, _, record_id = key.partition(":")
    found: tuple[str, ...] = getattr(portfolio.tables.get(kind, {}).get(record_id), "destinations", ())
    return found
