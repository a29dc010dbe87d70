"""The benefits and risks of one mission flown together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from synodos.cooperation.aspects import INDICATORS, Aspect, Case
from synodos.cooperation.dependence import dependence
from synodos.language import Element, Mission, Portfolio, Requirement


@dataclass(frozen=True, slots=True)
class Profile:
    """The benefits and risks of one mission flown together.

    Attributes
    ----------
    mission : str
        Id of the mission.
    agencies : tuple of str
        Its lead, then its partners.
    aspects : tuple of Aspect
        Benefits, then risks.
    """

    mission: str
    agencies: tuple[str, ...]
    aspects: tuple[Aspect, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """Records that the answer rests on."""
        return tuple(dict.fromkeys(key for aspect in self.aspects for key in aspect.evidence))


def profile(portfolio: Portfolio, mission: str) -> Profile:
    """Return the benefits and risks of flying `mission` together.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    mission : str
        Id of the mission.

    Raises
    ------
    KeyError
        If the portfolio has no such mission.
    """
    plan = portfolio.missions[mission]
    key = f"{Mission.kind}:{mission}"
    own = tuple(item for item in dependence(portfolio, plan.owner).items if item.record == key)
    partners = partners_of(portfolio, plan)
    parts = tuple(_elements(portfolio, plan.requirements))
    case = Case(portfolio, plan, partners, own, parts)
    return Profile(mission, (plan.owner, *partners), tuple(indicator(case) for indicator in INDICATORS))


def partners_of(portfolio: Portfolio, mission: Mission) -> tuple[str, ...]:
    """Return the agencies that take part in a mission: named partners, and those that meet its requirements."""
    met = [portfolio.provider_record(key) for r in mission.requirements for key in r.met_by]
    named = [p.agency for p in mission.partners] + [record.owner for record in met if record]
    owed = [r.provider for r in mission.requirements if r.provider]
    return tuple(agency for agency in dict.fromkeys([*named, *owed]) if agency != mission.owner)


def _elements(portfolio: Portfolio, requirements: Iterable[Requirement]) -> Iterator[Element]:
    """Yield the elements that meet requirements, and what meets their needs in turn, each once."""
    pending = [key for requirement in requirements for key in requirement.met_by]
    seen: set[str] = set()
    while pending:
        key = pending.pop(0)
        element = portfolio.elements.get(key)
        if element is None or key in seen:
            continue
        seen.add(key)
        yield element
        pending.extend(inner for need in element.needs for inner in need.met_by)
