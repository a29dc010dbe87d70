"""The plans under a scenario, and which building blocks its missions use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from synodos.language import Element, Mission, Portfolio
from synodos.roadmap.preparing import bodies
from synodos.roadmap.scenarios import Outline, outline, under


@dataclass(frozen=True)
class Followed:
    """A scenario that is followed.

    Attributes
    ----------
    said : Outline
        What it says.
    portfolio : Portfolio
        The plans as they would stand.
    stated : Portfolio
        The plans as they were stated.
    """

    said: Outline
    portfolio: Portfolio
    stated: Portfolio

    @property
    def missions(self) -> tuple[Mission, ...]:
        """Its missions, in their order."""
        return tuple(self.portfolio.missions[key] for key in self.said.missions)

    @property
    def law_scope(self) -> list[str]:
        """Its missions as law names them; one that was cancelled is no activity that law would judge."""
        return [f"mission:{one.id}" for one in self.missions if one.status != "cancelled"]

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Building blocks that its missions name, and those that these name in turn."""
        waiting = [key for mission in self.missions for one in mission.requirements for key in one.met_by]
        found: dict[str, Element] = {}
        while waiting:
            element = self.portfolio.elements.get(waiting.pop())
            if element is not None and element.id not in found:
                found[element.id] = element
                waiting += [key for need in element.needs for key in need.met_by]
        return tuple(found[key] for key in sorted(found))

    @cached_property
    def own(self) -> Portfolio:
        """The plans with no other building blocks than those that its missions use."""
        used = set(self.elements)
        return self.portfolio.without(*(one for one in self.portfolio.elements.values() if one not in used))

    def bodies_of(self, mission: Mission) -> frozenset[str]:
        """Return the bodies to which a mission goes."""
        return bodies(self.portfolio, mission.destinations)


def followed(portfolio: Portfolio, scenario: str) -> Followed:
    """Return the plans under a scenario.

    Raises
    ------
    ValueError
        As `under`.
    """
    return Followed(outline(portfolio, scenario), under(portfolio, scenario), portfolio)
