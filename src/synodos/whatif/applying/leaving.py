"""Commitments, agreements and transfers of an agency that leaves plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from synodos.language import Agreement, Commitment, DateRange, Portfolio, Record, Transfer
from synodos.whatif.applying.supposing import changed

FEWEST_PARTIES: Final = 2
"""Parties without which an agreement cannot go on."""
DONE: Final = frozenset({"ended", "never-concluded"})
"""Standings of an agreement that nobody can leave any more."""


def commitments_left(
    portfolio: Portfolio, agency: str, left: Collection[str]
) -> tuple[list[Commitment], list[Commitment]]:
    """Return commitments as they stand when an agency has left plans, and those that stand no more.

    Its own carry these plans no more; those of others are given to it no more where they carry nothing else.
    """
    kept, gone = [], []
    for one in portfolio.commitments.values():
        carried = tuple(plan for plan in one.to if plan not in left)
        if one.owner == agency and not carried:
            gone.append(one)
        elif one.owner == agency:
            kept.append(changed(one, {"to": carried}))
        elif agency in one.with_agencies and not carried:
            others = tuple(partner for partner in one.with_agencies if partner != agency)
            kept.append(changed(one, {"with_agencies": others}))
    return kept, gone


def agreements_left(portfolio: Portfolio, agency: str, left: Collection[str]) -> tuple[Agreement, ...]:
    """Return the agreements of an agency that cover nothing but plans that it has left."""
    return tuple(
        one
        for one in portfolio.agreements.values()
        if agency in one.parties and one.standing not in DONE and one.covers and set(one.covers) <= set(left)
    )


def without_party(agreement: Agreement, agency: str, since: dt.date, known_on: dt.date) -> Agreement:
    """Return an agreement that a party leaves: it ends where fewer than two are left, else goes on without it."""
    others = tuple(party for party in agreement.parties if party != agency)
    if agreement.standing in DONE or agency not in agreement.parties:
        return agreement
    if len(others) + len(agreement.other_parties) >= FEWEST_PARTIES and others:
        return changed(agreement, {"parties": others})
    span = agreement.in_force
    if agreement.standing == "planned" or (span is not None and span.earliest > since):
        return changed(agreement, {"standing": "never-concluded"})
    standing = agreement.standing if since > known_on else "ended"
    return changed(agreement, {"in_force": _until(span, since, ahead=since > known_on), "standing": standing})


def _until(span: DateRange | None, since: dt.date, *, ahead: bool) -> DateRange | None:
    """Return days in force that end on a day, if they do not end before; days are invented only for an end to come."""
    if span is None:
        return DateRange(f"..{since}") if ahead else None
    return span if span.latest <= since else DateRange(f"{span.text.partition('..')[0]}..{since}")


def transfers_left(portfolio: Portfolio, agency: str, left: Collection[str]) -> Iterator[Record]:
    """Yield transfers from or to an agency that will not take place: still ahead, and for nothing but what it left."""
    for one in portfolio.of(Transfer).values():
        ahead = one.when is None or one.when.latest > portfolio.known_on
        ours = agency in (one.from_agency, one.to_agency)
        if ahead and ours and one.plans and set(one.plans) <= set(left):
            yield one
