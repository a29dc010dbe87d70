"""What one agency's plans mean to a scenario, and what it could change to help most: advice, and no change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from synodos.language import IDLE, Cost, Element, Mission, Portfolio
from synodos.roadmap.comparing.followed import Followed, followed
from synodos.roadmap.comparing.serving import goals_of
from synodos.roadmap.gaps import READY
from synodos.roadmap.readiness import NeededCapability, Readiness, Supply, readiness
from synodos.roadmap.stages import STAGES, Stage

AdviceSort = Literal["bring forward", "say when", "offer", "develop"]
SORTS: Final[tuple[AdviceSort, ...]] = ("say when", "offer", "bring forward", "develop")
"""What an agency could do, the least effort first."""
EFFORT: Final = {sort: place for place, sort in enumerate(SORTS)}


@dataclass(frozen=True, slots=True)
class Use:
    """One plan of the agency, and what the scenario makes of it.

    Attributes
    ----------
    record : str
        Mission or element, as `kind:id`.
    used_by : tuple of str
        Missions of the scenario that fly it (the mission itself) or need it, by id; empty: it is not used.
    stage : Stage or None
        The least ready of its uses; None where no mission needs it.
    margin_days : int or None
        Days between its first day and the day on which it is needed, the least of its uses: early, or late where below
        0; None where one of the two is not known.
    """

    record: str
    used_by: tuple[str, ...]
    stage: Stage | None
    margin_days: int | None


@dataclass(frozen=True, slots=True)
class Advice:
    """Something that the agency could do for the common roadmap.

    Attributes
    ----------
    sort : str
        `say when` (state a date), `offer` (put what it has in hand forward for a need that nobody meets), `bring
        forward` (be there in time), or `develop` (begin what nobody does, where it says that it cares).
    record : str
        What of its own it is about, as `kind:id`.
    capability : str
        What it would supply.
    helps : tuple of str
        Missions of the scenario that it would help, by id; those that cannot do without it first.
    by : datetime.date or None
        Day by which it would have to be there, for the first of them that has a date.
    days_early : int or None
        Days by which it comes too late as things stand (`bring forward`).
    costs : tuple of Cost
        What is stated of its cost.
    gains : tuple of str
        Common goals that these missions serve and that the agency says it cares for.
    """

    sort: AdviceSort
    record: str
    capability: str
    helps: tuple[str, ...]
    by: dt.date | None
    days_early: int | None
    costs: tuple[Cost, ...]
    gains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """One agency and one scenario.

    Attributes
    ----------
    agency, scenario : str
        Ids.
    uses : tuple of Use
        Every plan of the agency that is not over: used ones first.
    advice : tuple of Advice
        What helps most missions first; of these what takes least effort, and then what costs least.
    """

    agency: str
    scenario: str
    uses: tuple[Use, ...]
    advice: tuple[Advice, ...]


def align(portfolio: Portfolio, scenario: str, agency: str) -> Alignment:
    """Return which plans of an agency a scenario uses, and what the agency could do for it; nothing is changed.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    scenario, agency : str
        Ids.

    Raises
    ------
    ValueError
        If either is not there, or the scenario cannot be followed.
    """
    if agency not in portfolio.agencies:
        message = f"agency: there is no {agency!r} to be seen"
        raise ValueError(message)
    plan, ready = followed(portfolio, scenario), readiness(portfolio, scenario)
    told: dict[tuple[str, str, str], Advice] = {}
    for one in _advice(plan, ready, agency):
        key = (one.sort, one.record, "" if one.sort == "say when" else one.capability)
        told[key] = _joined(told[key], one) if key in told else one
    advice = sorted(told.values(), key=lambda one: (-len(one.helps), EFFORT[one.sort], _cost(one), one.record))
    uses = sorted(_uses(plan, ready, agency), key=lambda use: (not use.used_by, use.record))
    return Alignment(agency, scenario, tuple(uses), tuple(advice))


def _uses(plan: Followed, ready: Readiness, agency: str) -> Iterator[Use]:
    """Yield every plan of the agency that is not over, and what the scenario makes of it."""
    needed: dict[str, list[tuple[str, NeededCapability, Supply]]] = {}
    for mission in ready.missions:
        for need in mission.needs:
            for supply in need.supplies:
                if supply.named:
                    needed.setdefault(supply.record, []).append((mission.mission, need, supply))
    chosen = set(plan.said.missions)
    plans: tuple[Mission | Element, ...] = (*plan.stated.missions.values(), *plan.stated.elements.values())
    for one in plans:
        if one.owner == agency and one.status not in IDLE:
            key = f"{one.kind}:{one.id}"
            uses = needed.get(key, [])
            flown = [one.id] if isinstance(one, Mission) and one.id in chosen else []
            worst = max((supply.stage for _, _, supply in uses), key=STAGES.index, default=None)
            margins = [days for _, need, supply in uses if (days := _margin(need, supply)) is not None]
            used_by = tuple(dict.fromkeys([*flown, *(mission for mission, _, _ in uses)]))
            yield Use(key, used_by, worst, min(margins, default=None))


def _margin(need: NeededCapability, supply: Supply) -> int | None:
    """Return the days between the first day of a supply and the day on which it is needed."""
    due = _due(need)
    return (due - supply.ready).days if due and supply.ready else None


def _due(need: NeededCapability) -> dt.date | None:
    """Return the last day on which something is in time."""
    return need.by.latest if need.by and not need.by.stays_open else None


def _advice(plan: Followed, ready: Readiness, agency: str) -> Iterator[Advice]:
    """Yield what the agency could do for each need of each mission."""
    for mission in ready.missions:
        for need in mission.needs:
            if need.essential is not False and need.stage not in READY:
                yield from _for_need(plan, mission.mission, need, agency)


def _for_need(plan: Followed, mission: str, need: NeededCapability, agency: str) -> Iterator[Advice]:
    """Yield what the agency could do for one need."""
    due, gains = _due(need), _gains(plan, mission, agency)

    def advice(sort: AdviceSort, record: str, days_early: int | None = None) -> Advice:
        return Advice(sort, record, need.capability, (mission,), due, days_early, _costs(plan, record), gains)

    for supply in need.supplies:
        if supply.agency == agency and supply.stage == "late":
            margin = _margin(need, supply)
            yield advice("bring forward", supply.record, None if margin is None else -margin)
        elif supply.agency == agency and supply.stage == "not dated" and supply.ready is None:
            yield advice("say when", supply.record)
    if need.stage == "not dated" and need.by is None and plan.portfolio.missions[mission].owner == agency:
        yield advice("say when", f"mission:{mission}")
    if need.stage == "nobody":
        for work in need.work:
            if work.agency == agency:
                yield advice("develop" if work.sort == "interest" else "offer", work.record)


def _gains(plan: Followed, mission: str, agency: str) -> tuple[str, ...]:
    """Return the common goals that a mission serves and that the agency says it cares for."""
    stated = plan.stated
    cared = [one.objectives for one in stated.interests.values() if one.owner == agency]
    wanted = goals_of(stated, tuple(goal for goals in cared for goal in goals))
    return tuple(sorted(wanted & goals_of(stated, plan.portfolio.missions[mission].objectives)))


def _costs(plan: Followed, record: str) -> tuple[Cost, ...]:
    """Return what is stated of the cost of a record."""
    kind, _, key = record.partition(":")
    found = plan.stated.tables.get(kind, {}).get(key)
    return found.costs if isinstance(found, Mission | Element) else ()


def _cost(one: Advice) -> float:
    """Return what sorts advice by cost: what is not stated comes last."""
    return max((cost.money.amount for cost in one.costs), default=float("inf"))


def _joined(first: Advice, second: Advice) -> Advice:
    """Return one piece of advice that helps the missions of both."""
    days = [day for day in (first.by, second.by) if day is not None]
    early = [days_ for days_ in (first.days_early, second.days_early) if days_ is not None]
    return Advice(
        first.sort,
        first.record,
        first.capability,
        tuple(dict.fromkeys((*first.helps, *second.helps))),
        min(days, default=None),
        max(early, default=None),
        first.costs,
        tuple(sorted({*first.gains, *second.gains})),
    )
