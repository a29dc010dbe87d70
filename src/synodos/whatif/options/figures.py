"""What taking something over costs, as far as figures are stated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from synodos.language import Commitment, Cost, Element, Mission, Money, Portfolio, in_terms_of
from synodos.whatif.options.case import Case, Open
from synodos.whatif.options.funding import apart
from synodos.whatif.options.providers import Provider

Terms = tuple[str, int]
"""Currency and price year."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What something costs, or why that is not known.

    Attributes
    ----------
    amount : float or None
        In the terms of the answer; None: not stated, or not comparable.
    item : str
        What the figure is about, so that one figure for several requirements counts once.
    says : str
        Where the figure comes from, or which figure is missing.
    records : tuple of str
        Evidence as `kind:id`.
    """

    amount: float | None
    item: str
    says: str
    records: tuple[str, ...] = ()


class Figures:
    """The stated amounts of a case, in common terms."""

    def __init__(self, case: Case) -> None:
        """Take the case; everything is computed when it is first asked for."""
        self.case = case
        self._portfolio = case.before

    @cached_property
    def terms(self) -> Terms | None:
        """Currency and price year of the answer: those of ceilings, else of most amounts; None: nothing is stated."""
        portfolio = self._portfolio
        limits = [_largest(one.funding).money for one in self.commitments() if one.funding]
        costs = [
            *(one.costs for one in portfolio.missions.values()),
            *(one.costs for one in portfolio.elements.values()),
            *(one.costs for one in portfolio.estimates.values()),
        ]
        stated = [cost.money for some in costs for cost in some]
        for amounts in (limits, stated):
            counted = Counter((one.currency, one.price_year) for one in amounts if one.price_year is not None)
            if counted:
                currency, year = min(counted, key=lambda terms: (-counted[terms], terms))
                return currency, year
        return None

    def money(self, amount: float) -> Money | None:
        """Return an amount in the terms of the answer as money; None where there are no terms."""
        if self.terms is None:
            return None
        return Money(amount=amount, currency=self.terms[0], price_year=self.terms[1])

    def cost_of(self, one: Open, provider: Provider) -> Figure:
        """Return what an open requirement costs whoever takes it over.

        The figure of what the provider has counts, or an estimate of it; for what is to be developed the figure of what
        is lost; then what the agency that leaves had set aside for the mission, as one figure for all that it brought.
        """
        if isinstance(provider.record, Element):
            own = self.stated(provider.record)
            if own is not None:
                return replace(own, item=f"{own.item} for {one.mission}")  # each mission needs one of its own
        found = self._of_lost(one)
        if found is not None:
            return found
        label = self._portfolio.capabilities.label(one.capability)
        name = self.case.mission(one.mission).name
        return Figure(None, named(one), f"cost of {label} for {name}")

    def shared(self, item: str) -> tuple[Open, ...]:
        """Return the essential open requirements that one figure is about; of a figure for one alone, that one."""
        return self._sharing.get(item, ())

    def amount_of(self, item: str) -> float:
        """Return the amount of a figure that several requirements share."""
        found = (self._of_lost(one) for one in self._sharing[item])
        return next(figure.amount for figure in found if figure is not None and figure.amount is not None)

    @cached_property
    def _sharing(self) -> Mapping[str, tuple[Open, ...]]:
        """Essential open requirements by the item of the figure of what is lost."""
        found: dict[str, list[Open]] = defaultdict(list)
        for key in self.case.missions:
            for one in self.case.open[key]:
                figure = self._of_lost(one) if one.essential else None
                if figure is not None:
                    found[figure.item].append(one)
        return {item: tuple(group) for item, group in found.items()}

    def _of_lost(self, one: Open) -> Figure | None:
        """Return the figure of what is lost."""
        elements = (self._portfolio.elements.get(key.partition(":")[2]) for key in one.lost)
        stated = (self.stated(element) for element in elements if element is not None)
        return next((figure for figure in stated if figure is not None), None) or self._set_aside(one)

    def of_mission(self, mission: Mission) -> float | None:
        """Return the stated cost of a mission in the terms of the answer."""
        return self.comparable(mission.costs)

    def stated(self, element: Element) -> Figure | None:
        """Return the largest comparable amount that is stated for an element, else that of an estimate."""
        key = f"element:{element.id}"
        found = self.comparable(element.costs)
        if found is not None:
            return Figure(found, key, f"stated cost of {element.name}", (key,))
        for estimate in self._portfolio.estimates.values():
            if estimate.plan == element.id and (found := self.comparable(estimate.costs)) is not None:
                says = f"estimate of {element.name} by analogy: {estimate.analogue}"
                return Figure(found, key, says, (f"estimate:{estimate.id}", key))
        return None

    def _set_aside(self, one: Open) -> Figure | None:
        """Return what the agency that leaves had set aside for the mission."""
        if not one.leaver or one.mission not in self.case.open or self._has_figures_of_parts(one):
            return None
        for commitment in self.commitments():
            if commitment.owner == one.leaver and one.mission in commitment.to:
                amount = self._least(commitment.funding)
                whose = self._portfolio.agency_name(one.leaver)
                item = f"what {whose} brought to {one.mission}"
                key = (f"commitment:{commitment.id}",)
                if amount is not None:
                    return Figure(amount, item, f"what {whose} had set aside for it", key)
        return None

    def _least(self, funding: Iterable[Cost]) -> float | None:
        """Return the least that funding comes to: the smallest row without a period, or all periods together."""
        amounts = [(cost.period, self.comparable((cost,))) for cost in funding]
        known = [(period, amount) for period, amount in amounts if amount]
        dated = [(period, amount) for period, amount in known if period is not None]
        together = [sum(amount for _, amount in apart(dated))] if dated and len(known) == len(amounts) else []
        return min((*(amount for period, amount in known if period is None), *together), default=None)

    def _has_figures_of_parts(self, one: Open) -> bool:
        """Return whether a figure is stated for a part of what the agency that leaves brought to the mission."""
        parts = (key for other in self.case.open[one.mission] if other.leaver == one.leaver for key in other.lost)
        elements = (self._portfolio.elements.get(key.partition(":")[2]) for key in parts)
        return any(element is not None and self.stated(element) is not None for element in elements)

    def told(self, amount: float | None) -> str:
        """Return an amount in words."""
        if amount is None or self.terms is None:
            return "an amount that is not comparable"
        return f"{amount / 1e6:,.0f} million {self.terms[0]} of {self.terms[1]}"

    def comparable(self, costs: Iterable[Cost]) -> float | None:
        """Return the largest of some amounts in the terms of the answer; None where none is comparable."""
        if self.terms is None:
            return None
        moved = (_moved(self._portfolio, cost.money, self.terms) for cost in costs)
        return max((one for one in moved if one is not None), default=None)

    def commitments(self) -> Iterator[Commitment]:
        """Yield the commitments to missions of the case."""
        concerned = set(self.case.missions)
        yield from (one for _, one in sorted(self._portfolio.commitments.items()) if concerned & set(one.to))


def named(one: Open) -> str:
    """Return an open requirement as the name of a cost that is not stated."""
    return f"{one.capability} for {one.holder.partition(':')[2]}"


def _moved(portfolio: Portfolio, money: Money, terms: Terms) -> float | None:
    """Return an amount in other terms; None where it is not comparable."""
    found = in_terms_of(portfolio.header, money, *terms)
    return found.amount if found is not None else None


def _largest(costs: Iterable[Cost]) -> Cost:
    """Return the cost with the largest amount."""
    return max(costs, key=lambda cost: cost.money.amount)
