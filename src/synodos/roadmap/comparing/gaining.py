"""What the agencies that fly a scenario save together, and how they would share it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from synodos.coalition import Assumptions, shapley_value, worth
from synodos.roadmap.comparing.followed import Followed

MOST_PLAYERS: Final = 8
"""Agencies whose groups are all planned: 2^8 plans a scenario."""
FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Gain:
    """What cooperation on a scenario saves.

    Attributes
    ----------
    saved : float
        Least that all save together against each alone, in the terms below.
    currency, price_year : str and int, or None
        Terms; None where no amount can be compared.
    shares : tuple of (str, float)
        Shapley value of each agency.
    left_out : int
        Agencies beyond the eight that have most to do with it.
    missing : int
        Figures without which it is a lower bound.
    """

    saved: float
    currency: str | None
    price_year: int | None
    shares: tuple[tuple[str, float], ...]
    left_out: int
    missing: int


def gain(followed: Followed) -> Gain | None:
    """Return what cooperation on a scenario saves; None where fewer than two agencies have to do with it."""
    taking = Counter(one.owner for one in (*followed.missions, *followed.elements))
    taking.update(partner.agency for one in followed.missions for partner in one.partners)
    agencies = followed.portfolio.agencies
    members = {key for key, agency in agencies.items() if agency.member_since is not None}
    found = sorted((key for key in taking if key in (members or agencies)), key=lambda key: (-taking[key], key))
    if len(found) < FEWEST:
        return None
    told = worth(followed.own, Assumptions("savings", tuple(sorted(found[:MOST_PLAYERS]))))
    shares = tuple(zip(told.players, (float(one) for one in shapley_value(told.game)), strict=True))
    terms = told.terms
    return Gain(
        saved=sum(share for _, share in shares),
        currency=terms.currency if terms else None,
        price_year=terms.price_year if terms else None,
        shares=shares,
        left_out=len(found[MOST_PLAYERS:]),
        missing=len(told.missing),
    )
