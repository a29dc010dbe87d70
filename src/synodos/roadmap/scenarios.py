"""A scenario: the plans as they would stand if it were followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from synodos.language import DateRange, Element, Mission, Portfolio, Requirement, Scenario, Step
from synodos.whatif import apply


@dataclass(frozen=True, slots=True)
class Outline:
    """What a scenario says, with all that it takes from those on which it builds.

    Attributes
    ----------
    id, name : str
        The scenario.
    missions : tuple of str
        Missions in the order in which they are flown: those taken over first.
    missing : tuple of str
        Missions that it names and that the portfolio, as seen, does not have.
    planned_dates : tuple of (str, DateRange)
        Missions that fly at another time than planned.
    providers : tuple of (str, str, tuple of str)
        Plan, capability, and what meets it in place of what is planned.
    supposes : tuple of Step
        What it supposes to happen, in order.
    assumptions : tuple of str
        What it takes for granted.
    builds_on : tuple of str
        Scenarios on which it builds, the first one last.
    """

    id: str
    name: str
    missions: tuple[str, ...]
    missing: tuple[str, ...]
    planned_dates: tuple[tuple[str, DateRange], ...]
    providers: tuple[tuple[str, str, tuple[str, ...]], ...]
    supposes: tuple[Step, ...]
    assumptions: tuple[str, ...]
    builds_on: tuple[str, ...]


def outline(portfolio: Portfolio, scenario: str) -> Outline:
    """Return what a scenario says, with all that it takes from those on which it builds.

    What is said later wins: a scenario's own dates and providers over those that it takes over.

    Raises
    ------
    ValueError
        If the portfolio has no such scenario, or scenarios build on each other in a circle.
    """
    chain = tuple(_chain(portfolio, scenario))
    missions: dict[str, None] = {}
    dates: dict[str, DateRange] = {}
    providers: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in reversed(chain):
        for left in one.leaves_out:
            missions.pop(left, None)
        missions |= dict.fromkeys(one.missions)
        dates |= {item.mission: item.planned for item in one.planned_dates}
        providers |= {(item.plan, item.capability): item.met_by for item in one.providers}
    return Outline(
        id=chain[0].id,
        name=chain[0].name,
        missions=tuple(key for key in missions if key in portfolio.missions),
        missing=tuple(key for key in missions if key not in portfolio.missions),
        planned_dates=tuple(dates.items()),
        providers=tuple((*where, met_by) for where, met_by in providers.items()),
        supposes=tuple(step for one in reversed(chain) for step in one.supposes),
        assumptions=tuple(dict.fromkeys(text for one in reversed(chain) for text in one.assumptions)),
        builds_on=tuple(one.id for one in chain[1:]),
    )


def under(portfolio: Portfolio, scenario: str) -> Portfolio:
    """Return the plans as they would stand if a scenario were followed; the portfolio itself stays as it is.

    Missions that the scenario does not choose are left out; building blocks stay, for others may use them. Chosen
    missions take the scenario's dates and providers; then what it supposes happens.

    Raises
    ------
    ValueError
        As `outline`; or if a step that it supposes cannot happen (see `whatif.apply`).
    """
    found = outline(portfolio, scenario)
    chosen = set(found.missions)
    planned = portfolio.without(*(one for key, one in portfolio.missions.items() if key not in chosen))
    plans: tuple[Mission | Element, ...] = (*planned.missions.values(), *planned.elements.values())
    followed = (_provided(_dated(plan, found), found) for plan in plans)
    differing = (new for old, new in zip(plans, followed, strict=True) if new is not old)
    return apply(planned.replace(*differing), found.supposes)


def _chain(portfolio: Portfolio, scenario: str) -> Iterator[Scenario]:
    """Yield a scenario, the one on which it builds, and so on."""
    seen: list[str] = []
    key: str | None = scenario
    while key is not None:
        if key in seen:
            message = f"scenarios build on each other: {' → '.join([*seen, key])}"
            raise ValueError(message)
        if key not in portfolio.scenarios:
            message = f"scenario: there is no {key!r} to be seen"
            raise ValueError(message)
        seen.append(key)
        yield portfolio.scenarios[key]
        key = portfolio.scenarios[key].builds_on


def _dated(plan: Mission | Element, found: Outline) -> Mission | Element:
    """Return a mission with the date that a scenario gives it."""
    planned = dict(found.planned_dates).get(plan.id)
    if not isinstance(plan, Mission) or planned is None:
        return plan
    return plan.model_copy(update={"planned": planned})


def _provided(plan: Mission | Element, found: Outline) -> Mission | Element:
    """Return a plan whose requirements are met as a scenario has it."""
    chosen = {capability: met_by for key, capability, met_by in found.providers if key == plan.id}
    name = "requirements" if isinstance(plan, Mission) else "needs"
    wanted: tuple[Requirement, ...] = getattr(plan, name)
    if not chosen.keys() & {requirement.capability for requirement in wanted}:
        return plan
    met = tuple(
        one.model_copy(update={"met_by": chosen[one.capability], "provider": None}) if one.capability in chosen else one
        for one in wanted
    )
    return plan.model_copy(update={name: met})
