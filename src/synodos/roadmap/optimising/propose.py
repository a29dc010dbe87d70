"""The best programme by a reader's weights, as a scenario that can be laid beside those that were declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from synodos.coalition import Assumptions, GameError, Grounded, Programme, plan
from synodos.language import SUPPOSED, SUPPOSITION, Portfolio, Scenario
from synodos.roadmap.optimising.proposed import proposed_dates, proposed_missions, proposed_providers
from synodos.roadmap.optimising.weights import Weights, label_of, weights_of

NAME: Final = "Optimum"
UNPRICED: Final = "its cost is missing"
"""How the planner says that a mission has no figure."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An objective or destination that has a weight.

    Attributes
    ----------
    id, label : str
        The term, and what it says.
    weight : float
        As given, or as it holds for this term by what stands above it.
    missions : tuple of str
        Missions of the programme that serve it or go there; none: it is not reached.
    candidates : int
        Missions still to fly that serve it or go there.
    unpriced : int
        Those among them that cannot be planned, since their cost is missing.
    """

    id: str
    label: str
    weight: float
    missions: tuple[str, ...]
    candidates: int
    unpriced: int


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best programme by a reader's weights.

    Attributes
    ----------
    scenario : Scenario or None
        The programme as a scenario; None where nothing can be proposed.
    why_none : str
        Why nothing can be proposed.
    programme : Programme or None
        The plan with its figures; None where nobody can plan.
    given : tuple of (str, float)
        The weights as they were given.
    weighed : tuple of Weighed
        What they weigh, the weightiest first.
    """

    scenario: Scenario | None
    why_none: str
    programme: Programme | None
    given: tuple[tuple[str, float], ...]
    weighed: tuple[Weighed, ...]

    @property
    def reached(self) -> float:
        """Weight of all that is reached."""
        return sum(one.weight for one in self.weighed if one.missions)

    @property
    def whole(self) -> float:
        """Weight of all that missions of the portfolio serve or go to."""
        return sum(one.weight for one in self.weighed)


def optimum(portfolio: Portfolio, weights: Mapping[str, float], *, assumptions: Assumptions | None = None) -> Optimum:
    """Return the programme that reaches most by a reader's weights, within stated budgets.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    weights : mapping of str to float
        By theme, goal, objective or destination; a weight holds for all below it in the tree, each on its own; what is
        nearer wins.
    assumptions : Assumptions, optional
        What the planner takes for granted; its game is always the programme.

    Returns
    -------
    Optimum
        Of equally good programmes the cheapest, of these the earliest. What no mission with a known cost serves cannot
        be reached; where that is all, there is no scenario.

    Raises
    ------
    ValueError
        If the weights make no sense; see `weights_of`.

    Notes
    -----
    The planner is that of `coalition.plan`, an exact search. What is weighed counts once however many missions serve
    it, and whenever they fly in the years that are planned.
    """
    asked = weights_of(portfolio, weights)
    chosen = replace(assumptions or Assumptions(), game="programme")
    try:
        found = plan(_weighed_missions(portfolio, asked), None, chosen, weights=asked.of)
    except GameError as error:
        return Optimum(None, f"Nobody can plan: {error}.", None, tuple(asked.given.items()), ())
    weighed = tuple(_weighed(portfolio, asked, found))
    why = _why_none(found, weighed)
    scenario = None if why else _scenario(portfolio, asked, found)
    return Optimum(scenario, why, found, tuple(asked.given.items()), weighed)


def with_optimum(portfolio: Portfolio, found: Optimum) -> Portfolio:
    """Return the portfolio with the proposed scenario among its own; the portfolio itself stays as it is."""
    if found.scenario is None:
        return portfolio
    header = portfolio.header
    if SUPPOSED not in header.sources:
        header = header.model_copy(update={"sources": {**header.sources, SUPPOSED: SUPPOSITION}})
    return replace(portfolio.replace(found.scenario), header=header)


def _weighed_missions(portfolio: Portfolio, asked: Weights) -> Portfolio:
    """Return the plans as the planner takes them: missions serve what has a weight, and nothing else."""
    missions = (one.model_copy(update={"objectives": asked.served_by(one)}) for one in portfolio.missions.values())
    return portfolio.replace(*missions)


def _weighed(portfolio: Portfolio, asked: Weights, found: Programme) -> Iterator[Weighed]:
    """Yield what has a weight, the weightiest first."""
    flown = {one.mission for one in found.flights}
    ahead = flown | {one.mission for one in found.grounded}
    unpriced = {one.mission for one in found.grounded if _is_unpriced(one)}
    for key, weight in sorted(asked.of.items(), key=lambda item: (-item[1], item[0])):
        serving = {f"mission:{name}" for name, one in portfolio.missions.items() if key in asked.served_by(one)}
        if serving & ahead:
            missions = tuple(sorted(one.partition(":")[2] for one in serving & flown))
            label = label_of(portfolio, key)
            yield Weighed(key, label, weight, missions, len(serving & ahead), len(serving & unpriced))


def _is_unpriced(one: Grounded) -> bool:
    """Return whether a mission could not be planned since it has no figure."""
    return any(why.startswith(UNPRICED) for why in one.reasons)


def _why_none(found: Programme, weighed: tuple[Weighed, ...]) -> str:
    """Return why nothing can be proposed; empty where something can."""
    if found.flights:
        return ""
    if not weighed:
        return "No mission that is still to fly serves an objective, or goes to a place, that has a weight."
    priced = sum(one.candidates - one.unpriced for one in weighed)
    if not priced:
        return "No mission that serves anything with a weight states its cost, so nothing can be planned."
    return "No mission that serves anything with a weight can fly within the stated budgets and with what it needs."


def _scenario(portfolio: Portfolio, asked: Weights, found: Programme) -> Scenario:
    """Return a programme as a scenario that nobody declared."""
    compiler, first = portfolio.header.compiler, found.group[0]
    return Scenario.model_validate(
        {
            "id": _free(portfolio),
            "name": NAME,
            "owner": first,
            "stated_by": compiler.id if compiler else first,
            "release": "public",
            "as_of": str(portfolio.known_on),
            "confidence": "computed",
            "sources": [SUPPOSED],
            "note": "Proposed by computation from weights; no agency declared it.",
            "missions": proposed_missions(portfolio, found),
            "planned_dates": proposed_dates(portfolio, found),
            "providers": proposed_providers(portfolio, found),
            "assumptions": tuple(_taken_for_granted(portfolio, asked, found)),
        }
    )


def _free(portfolio: Portfolio) -> str:
    """Return an id that no scenario has."""
    name = NAME.lower()
    taken = portfolio.scenarios
    return (
        name
        if name not in taken
        else next(one for turn in range(2, len(taken) + 3) if (one := f"{name}-{turn}") not in taken)
    )


def _taken_for_granted(portfolio: Portfolio, asked: Weights, found: Programme) -> Iterator[str]:
    """Yield what the proposal rests on, in sentences."""
    told = ", ".join(f"{label_of(portfolio, key)} {weight:g}" for key, weight in asked.given.items())
    yield f"Weights given with the question: {told}."
    yield "What is weighed counts once, however many missions serve it; the cheapest that reaches as much is proposed."
    if found.terms is not None:
        names = ", ".join(portfolio.agency_name(one) for one in found.group)
        terms = f"{found.terms.currency} at {found.terms.price_year} prices"
        yield f"Planned for {names}, each within its yearly budget as stated, in {terms}."
    unpriced = sum(map(_is_unpriced, found.grounded))
    if unpriced:
        yield f"Missions that could not be planned, since their cost is missing: {unpriced}."
    if not found.proven:
        yield "The search ended before it was proven that no programme is better."
    for build in found.builds:
        owner = portfolio.elements.get(build.record.partition(":")[2])
        if owner is not None and not build.exists and build.builder != owner.owner:
            yield f"{portfolio.agency_name(build.builder)} develops one like this itself: {build.name}."
    yield from found.notes
