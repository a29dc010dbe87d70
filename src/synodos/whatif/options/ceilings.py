"""What an agency may spend on some plans, and what of it its own part takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from synodos.language import GONE, Commitment, Cost, DateRange, Element
from synodos.whatif.applying.parts import needed
from synodos.whatif.options.case import Case
from synodos.whatif.options.figures import Figures
from synodos.whatif.options.funding import apart, is_limit, is_spent, is_subscribed


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What an agency may spend on some plans.

    Attributes
    ----------
    plans : tuple of str
        Missions and elements that it is for.
    limit, spoken_for : float or None
        In the terms of the answer: what is stated, and what of it its own part takes already; None: not stated, or not
        comparable.
    sure : bool
        Whether what its own part takes is stated, not assumed.
    firm : bool
        Whether to pass it rules something out.
    says : str
        Both in words, with what is assumed.
    record : str
        Commitment, as `kind:id`.
    """

    plans: tuple[str, ...]
    limit: float | None
    spoken_for: float | None
    sure: bool
    firm: bool
    says: str
    record: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the funding of a commitment comes to: an amount, what it is in words, what it rests on, and until when."""

    limit: float | None
    words: str
    said: bool = False
    until: DateRange | None = None


@dataclass(frozen=True)
class Ceilings:
    """The ceilings of a case.

    Attributes
    ----------
    case : Case
        The missions concerned.
    figures : Figures
        What is stated of money.

    Notes
    -----
    A row whose `covers` begins with "ceiling", "cap" or "at most" is a ceiling. Without one, rows of different periods
    add up, and of rows that overlap the largest counts; a row without a period counts by itself. That to pass what is
    stated so rules something out is an assumption, and made only where the agency has no other commitment to the
    mission and the periods last until the mission leaves. What its own part takes is its stated cost, else a row that
    begins with "spent", else one that begins with "subscribed": an assumption, which by itself rules nothing out.
    """

    case: Case
    figures: Figures

    def of(self, agency: str, mission: str) -> tuple[Ceiling, ...]:
        """Return what limits the money of an agency for a mission, by its commitments to it."""
        own = [one for one in self.figures.commitments() if one.owner == agency and mission in one.to]
        stated = {one.id: rows for one in own if (rows := _spendable(one))}
        only = len(stated) == 1
        return tuple(self._of(one, stated[one.id], mission, only=only) for one in own if one.id in stated)

    def _of(self, commitment: Commitment, rows: Sequence[Cost], mission: str, *, only: bool) -> Ceiling:
        """Return the ceiling that a commitment sets; whether it is the only one of its owner to the mission counts."""
        read = self._read(rows)
        firm = read.said or (only and self._lasts(read.until, mission))
        own, words, sure = self._spoken_for(commitment)
        told = self.figures.told
        amount = _written(rows) if read.limit is None else told(read.limit)
        assumed = "; that it is a ceiling is an assumption" if firm else "; it states no ceiling"
        if read.said or read.limit is None:
            assumed = ""
        spoken = f"{told(own)} of it {words}" if own is not None else "what its own part takes of it is not stated"
        who = self.case.before.agency_name(commitment.owner)
        return Ceiling(
            plans=commitment.to,
            limit=read.limit,
            spoken_for=own,
            sure=sure,
            firm=firm,
            says=f"{who} has stated {amount} for it{read.words}{assumed}; {spoken}",
            record=f"commitment:{commitment.id}",
        )

    def _read(self, rows: Sequence[Cost]) -> Reading:
        """Return what some rows of funding come to."""
        said = [cost for cost in rows if is_limit(cost)]
        if said:
            return Reading(self.figures.comparable(said), " as a ceiling", said=True)
        if any(self.figures.comparable((cost,)) is None for cost in rows):
            return Reading(None, "")
        dated = apart([(cost.period, self._amount(cost)) for cost in rows if cost.period is not None])
        total = sum(amount for _, amount in dated)
        alone = max((self._amount(cost) for cost in rows if cost.period is None), default=0.0)
        if alone >= total:
            return Reading(alone, "")
        first, last = dated[0][0], dated[-1][0]
        periods = f" for {first.text}" if len(dated) == 1 else f" from {first.text} to {last.text} together"
        return Reading(total, periods, until=last)

    def _amount(self, cost: Cost) -> float:
        """Return a comparable amount in the terms of the answer."""
        return self.figures.comparable((cost,)) or 0.0

    def _lasts(self, until: DateRange | None, mission: str) -> bool:
        """Return whether funding lasts until a mission leaves; without a period it does."""
        planned = self.case.before.missions[mission].planned
        return until is None or (planned is not None and until.latest >= planned.earliest)

    def _spoken_for(self, commitment: Commitment) -> tuple[float | None, str, bool]:
        """Return what its owner's own part takes of a commitment, in words, and whether that is stated."""
        own, words = self._own_part(commitment)
        if own is not None:
            return own, words, True
        spent = self.figures.comparable([cost for cost in commitment.funding if is_spent(cost)])
        subscribed = self.figures.comparable([cost for cost in commitment.funding if is_subscribed(cost)])
        if spent is not None and spent >= (subscribed or 0.0):
            return spent, "is stated to be spent", True
        return subscribed, "is subscribed, and taken to go into its own part: an assumption", False

    def _own_part(self, commitment: Commitment) -> tuple[float | None, str]:
        """Return what the owner's own part of the plans costs, if every figure is stated."""
        total, seen = 0.0, set()
        for plan in commitment.to:
            mission = self.case.before.missions.get(plan)
            stated = self.figures.of_mission(mission) if mission is not None else None
            if stated is not None:
                total += stated
                continue
            for element in self._own_elements(plan, commitment.owner):
                found = self.figures.stated(element)
                if found is None or found.amount is None:
                    return None, ""
                if element.id not in seen:
                    seen.add(element.id)
                    total += found.amount
        return (total, "is what its own part is stated to cost") if total else (None, "")

    def _own_elements(self, plan: str, owner: str) -> Iterator[Element]:
        """Yield the owner's elements that a plan names, or the plan itself where it is one."""
        record = self.case.before.missions.get(plan) or self.case.before.elements.get(plan)
        if isinstance(record, Element):
            yield record
        for requirement in needed(record) if record is not None else ():
            for target in requirement.met_by:
                element = self.case.before.elements.get(target)
                if element is not None and element.owner == owner and element.status not in GONE:
                    yield element


def _spendable(commitment: Commitment) -> list[Cost]:
    """Return the amounts that may still be to be had; what is subscribed or spent is not among them."""
    return [
        cost for cost in commitment.funding if cost.money.amount > 0 and not is_spent(cost) and not is_subscribed(cost)
    ]


def _written(rows: Sequence[Cost]) -> str:
    """Return amounts as they are stated."""
    return " and ".join(
        f"{cost.money.amount / 1e6:,.0f} million {cost.money.currency}"
        + (f" of {cost.money.price_year}" if cost.money.price_year is not None else " of no stated price year")
        for cost in rows
    )
