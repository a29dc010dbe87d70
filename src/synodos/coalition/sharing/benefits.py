"""Benefits beside money: what agencies declared to gain from plans, alone and together, each on its own scale."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from synodos.language import Benefit, BenefitSort, Portfolio

SORTS: Final[tuple[str, ...]] = get_args(BenefitSort)
"""Sorts of benefits in the order in which they are told."""


@dataclass(frozen=True)
class DeclaredBenefit:
    """A benefit that an agency declared, and whether it comes about.

    Attributes
    ----------
    id, name, agency, sort : str
        As declared.
    weight : float
        On the agency's own scale.
    alone, together : tuple of str
        Plans of those it hangs on that come about if the agency goes alone, and if all plan together. None: it does
        not come about.
    lacking : tuple of str
        Agencies that would have to take part and do not, where that is all it lacks together.
    unverified : bool
        Whether it rests on general knowledge.
    """

    id: str
    name: str
    agency: str
    sort: str
    weight: float
    alone: tuple[str, ...]
    together: tuple[str, ...]
    lacking: tuple[str, ...]
    unverified: bool


@dataclass(frozen=True)
class BenefitSum:
    """What an agency gains of one sort, on its own scale.

    Attributes
    ----------
    agency, sort : str
        Whose, and of what sort.
    declared, alone, together : float
        Weight of all that it declared, of what comes about if it goes alone, and if all plan together.
    records : tuple of str
        The benefits, as `benefit:id`.
    """

    agency: str
    sort: str
    declared: float
    alone: float
    together: float
    records: tuple[str, ...]


@dataclass(frozen=True)
class Benefits:
    """What agencies gain beside money; never added to money, nor one agency's to another's.

    Attributes
    ----------
    sums : tuple of BenefitSum
        By agency, in the order asked for, and sort.
    declared : tuple of DeclaredBenefit
        Each benefit, in the same order.
    silent : tuple of str
        Agencies that declared none: that is not to say that they gain none.
    """

    sums: tuple[BenefitSum, ...]
    declared: tuple[DeclaredBenefit, ...]
    silent: tuple[str, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """The records that it rests on, as `benefit:id`."""
        return tuple(f"benefit:{one.id}" for one in self.declared)


def benefits_of(
    portfolio: Portfolio,
    flown_alone: Mapping[str, Collection[str]],
    flown_together: Mapping[str, Collection[str]],
) -> Benefits:
    """Return what each agency gains beside money, if it goes alone and if all plan together.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    flown_alone : mapping of str to collection of str
        For each agency that is asked about the ids of the missions and elements that come about if it goes alone.
    flown_together : mapping of str to collection of str
        For each mission and element that comes about if all plan together, the agencies that take part in it.

    Notes
    -----
    A benefit comes about where one at least of its plans does, and every agency that it names takes part in that plan.
    Alone nobody else takes part, so that what hangs on others does not come about. Weights are the agencies' own, each
    on its own scale: they are added up for one agency only.
    """
    declared = tuple(_declared(portfolio, flown_alone, flown_together))
    sums = []
    for agency in flown_alone:
        for sort in SORTS:
            own = [one for one in declared if (one.agency, one.sort) == (agency, sort)]
            if own:
                sums.append(_sum(agency, sort, own))
    silent = tuple(agency for agency in flown_alone if all(one.agency != agency for one in declared))
    return Benefits(tuple(sums), declared, silent)


def _declared(
    portfolio: Portfolio, flown_alone: Mapping[str, Collection[str]], flown_together: Mapping[str, Collection[str]]
) -> Iterator[DeclaredBenefit]:
    """Yield each benefit of the agencies asked about, by agency and sort."""
    by_owner = {agency: place for place, agency in enumerate(flown_alone)}
    own = [one for one in portfolio.benefits.values() if one.owner in by_owner]
    for one in sorted(own, key=lambda one: (by_owner[one.owner], SORTS.index(one.sort), -one.weight, one.id)):
        others = [agency for agency in one.with_agencies if agency != one.owner]
        alone = [plan for plan in one.plans if plan in flown_alone[one.owner] and not others]
        lacking = {plan: _lacking(others, flown_together[plan]) for plan in one.plans if plan in flown_together}
        together = [plan for plan, missed in lacking.items() if not missed]
        fewest = () if together or not lacking else min(lacking.values(), key=len)
        yield _told(one, tuple(alone), tuple(together), fewest)


def _lacking(others: list[str], taking_part: Collection[str]) -> tuple[str, ...]:
    """Return those who would have to take part and do not."""
    return tuple(agency for agency in others if agency not in taking_part)


def _told(one: Benefit, alone: tuple[str, ...], together: tuple[str, ...], lacking: tuple[str, ...]) -> DeclaredBenefit:
    """Return a benefit with what becomes of it."""
    return DeclaredBenefit(
        one.id, one.name, one.owner, one.sort, one.weight, alone, together, lacking, one.rests_on_unverified
    )


def _sum(agency: str, sort: str, own: list[DeclaredBenefit]) -> BenefitSum:
    """Return what an agency gains of one sort."""
    return BenefitSum(
        agency,
        sort,
        math.fsum(one.weight for one in own),
        math.fsum(one.weight for one in own if one.alone),
        math.fsum(one.weight for one in own if one.together),
        tuple(f"benefit:{one.id}" for one in own),
    )
