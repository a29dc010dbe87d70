"""Contributions in kind: what partners bring to a cooperation in place of money, and who is able to."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from synodos.coalition.shares.game import GameError

ContributionSort = Literal["element", "launch", "service", "offset", "mission"]
DIGITS: Final = 7
"""Decimal digits of the sum of all contributions that are counted."""


@dataclass(frozen=True)
class Contribution:
    """Something that one of several agencies brings.

    Attributes
    ----------
    id : str
        Its id, such as `element:lander`; each once.
    name : str
        What it is called.
    sort : {"element", "launch", "service", "offset", "mission"}
        What sort of thing it is.
    amount : float
        What it counts for, in the terms of what is due; 0 or more.
    able : tuple of str
        Agencies that are able to bring it; the first is the one that would by plan.
    splittable : bool
        Whether several may bring parts of it, as with ground-station time.
    """

    id: str
    name: str
    sort: ContributionSort
    amount: float
    able: tuple[str, ...]
    splittable: bool = False


@dataclass(frozen=True)
class Counted:
    """Contributions and dues in whole units, both with the same sum.

    Attributes
    ----------
    unit : float
        What one unit stands for: a power of ten.
    amounts, asked : tuple of int
        Of each contribution, and of each player.
    """

    unit: float
    amounts: tuple[int, ...]
    asked: tuple[int, ...]


def counted_in_units(due: Sequence[float], contributions: Sequence[Contribution]) -> Counted:
    """Return what is due and what is brought in whole units, so small that rounding does not matter.

    Where dues do not add up to what is brought, the difference counts for each in proportion to what is due from it;
    who is to receive something keeps that.
    """
    total = math.fsum(one.amount for one in contributions)
    largest = max([total, *(abs(one) for one in due)])
    unit = 10.0 ** (math.floor(math.log10(largest)) - DIGITS) if largest > 0 else 1.0
    amounts = tuple(round(one.amount / unit) for one in contributions)
    weights = [max(one, 0.0) for one in due] if max(due) > 0 else [1.0 for _ in due]
    more = (total - math.fsum(due)) / math.fsum(weights)
    asked = [(one + more * weight) / unit for one, weight in zip(due, weights, strict=True)]
    return Counted(unit, amounts, _rounded(asked, sum(amounts)))


def check_contributions(players: Sequence[str], due: Sequence[float], contributions: Sequence[Contribution]) -> None:
    """Refuse what cannot be shared out.

    Raises
    ------
    GameError
        If there is no player, or a name stands twice; if there is not one finite due for each; or if a contribution
        stands twice, counts for less than nothing, or has nobody or strangers who are able to bring it.
    """
    fault = next(_faults(players, due, contributions), None)
    if fault is not None:
        message = f"coalition.in-kind: {fault}"
        raise GameError(message)


def _faults(players: Sequence[str], due: Sequence[float], contributions: Sequence[Contribution]) -> Iterator[str]:
    """Yield what is wrong with what is to be shared out."""
    if not players or len(set(players)) < len(players):
        yield f"expected players, each once; found {', '.join(players) or 'none'}"
    if len(due) != len(players) or not all(map(math.isfinite, due)):
        yield f"expected {len(players)} finite numbers that are due, one a player; found {len(due)} numbers"
    seen: set[str] = set()
    for one in contributions:
        if one.id in seen:
            yield f"expected each contribution once; found {one.id!r} twice"
        seen.add(one.id)
        if not (math.isfinite(one.amount) and one.amount >= 0):
            yield f"{one.id}: expected an amount of 0 or more; found {one.amount}"
        strangers = [agency for agency in one.able if agency not in players]
        if strangers or not one.able or len(set(one.able)) < len(one.able):
            found = ", ".join(one.able) or "nobody"
            yield f"{one.id}: expected players, each once, that are able to bring it; found {found}"


def _rounded(values: Sequence[float], total: int) -> tuple[int, ...]:
    """Return whole numbers with a given sum, each as near to its value as that allows."""
    down = [math.floor(value) for value in values]
    order = sorted(range(len(values)), key=lambda place: (down[place] - values[place], place))
    each, more = divmod(total - sum(down), len(values))
    for rank, place in enumerate(order):
        down[place] += each + (rank < more)
    return tuple(down)
