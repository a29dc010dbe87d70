"""Contributions in kind: who brings what, so that it comes as near as can be to what is due from each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from synodos.coalition.sharing.assigning import Parts, assigned, balances
from synodos.coalition.sharing.barter import Barter, settled
from synodos.coalition.sharing.contributions import Contribution, check_contributions, counted_in_units

LIMIT_SECONDS: Final = 10.0
"""What the solver may spend on each aim, in its own seconds, which do not hang on how busy the machine is."""


@dataclass(frozen=True)
class Brought:
    """A contribution, or a part of one, and who brings it.

    Attributes
    ----------
    contribution : str
        Its id.
    agency : str
        Who brings it.
    amount : float
        What it counts for.
    by_plan : bool
        Whether that is who would bring it by plan.
    """

    contribution: str
    agency: str
    amount: float
    by_plan: bool


@dataclass(frozen=True)
class InKindShares:
    """Who brings what, and the barter that is left.

    Attributes
    ----------
    players : tuple of str
    due : tuple of float
        What is due from each, as it was given.
    asked : tuple of float
        The same, raised or lowered in proportion so that it adds up to what all contributions count for.
    brought : tuple of float
        What each brings.
    balances : tuple of float
        What each brings beyond what is asked of it; below 0: short of it. They add up to 0.
    brings : tuple of Brought
        Each contribution, in the order given.
    barter : tuple of Barter
        What is still to be agreed so that each brings what is asked of it.
    fewest : bool
        Whether no fewer exchanges would do.
    deviation : float
        What balances add up to without their signs: twice what is to be bartered.
    at_least : float
        What it comes to whatever the assignment, as proven.
    largest : float
        The largest balance without its sign.
    proven : bool
        Whether no assignment has a smaller deviation, nor the same with a smaller largest balance.
    uncovered : float
        What is due beyond all contributions; below 0: what they bring beyond all that is due.
    unit : float
        Amounts are counted in this; what is less does not matter.
    """

    players: tuple[str, ...]
    due: tuple[float, ...]
    asked: tuple[float, ...]
    brought: tuple[float, ...]
    balances: tuple[float, ...]
    brings: tuple[Brought, ...]
    barter: tuple[Barter, ...]
    fewest: bool
    deviation: float
    at_least: float
    largest: float
    proven: bool
    uncovered: float
    unit: float


def in_kind_shares(
    players: Sequence[str],
    due: Sequence[float],
    contributions: Sequence[Contribution],
    *,
    limit_seconds: float = LIMIT_SECONDS,
) -> InKindShares:
    """Return who brings what, so that what each brings comes as near as can be to what is due from it.

    Parameters
    ----------
    players : sequence of str
        Names.
    due : sequence of float, shape (n,)
        What each is to bring, such as its cost alone less its fair share of the savings.
    contributions : sequence of Contribution
        What is to be brought, each by one of those able to; those that can be split, by several.
    limit_seconds : float
        What the solver may spend on each aim, by its own count, which is the same on every machine.

    Raises
    ------
    GameError
        If these do not fit together.

    Notes
    -----
    Partners exchange no funds. First of all the balances, each without its sign, add up to as little as can be: half of
    it is what is left to barter. Then the largest is as small as can be; then as little as can be moves away from who
    would bring it by plan. An integer programme, solved by CP-SAT; amounts are counted to seven digits of the whole.

    Examples
    --------
    >>> rover = Contribution("rover", "Rover", "element", 6, ("esa", "nasa"))
    >>> rides = Contribution("rides", "Launches", "launch", 4, ("nasa", "esa"))
    >>> found = in_kind_shares(("esa", "nasa"), (5, 5), (rover, rides))
    >>> [(one.contribution, one.agency) for one in found.brings], found.barter[0].amount
    ([('rover', 'esa'), ('rides', 'nasa')], 1.0)
    """
    names, given = tuple(players), tuple(contributions)
    check_contributions(names, due, given)
    counted = counted_in_units(due, given)
    found = assigned(names, given, counted, limit_seconds)
    open_ = balances(names, counted, found.parts)
    exchanges, fewest = settled(open_, slack=len(names))
    unit = counted.unit
    return InKindShares(
        players=names,
        due=tuple(map(float, due)),
        asked=tuple(one * unit for one in counted.asked),
        brought=tuple((one + asked) * unit for one, asked in zip(open_, counted.asked, strict=True)),
        balances=tuple(one * unit for one in open_),
        brings=tuple(_brought(given, found.parts, unit)),
        barter=tuple(Barter(names[giver], names[receiver], amount * unit) for giver, receiver, amount in exchanges),
        fewest=fewest,
        deviation=sum(map(abs, open_)) * unit,
        at_least=found.at_least * unit,
        largest=max(map(abs, open_)) * unit,
        proven=found.proven,
        uncovered=math.fsum(due) - math.fsum(one.amount for one in given),
        unit=unit,
    )


def _brought(contributions: Sequence[Contribution], parts: Parts, unit: float) -> Iterator[Brought]:
    """Yield who brings what; what one agency brings whole counts as much as was given."""
    for one, part in zip(contributions, parts, strict=True):
        bringing = {agency: amount for agency, amount in part.items() if amount} or {one.able[0]: 0}
        for agency, amount in bringing.items():
            whole = one.amount if len(bringing) == 1 else amount * unit
            yield Brought(one.id, agency, whole, by_plan=agency == one.able[0])
