"""What a scenario's missions need, what supplies it and when, and what has to be learnt first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from synodos.language import FLYING, IDLE, SHUT, DateRange, Element, Mission, Offer, Portfolio, Requirement
from synodos.roadmap.finishes import computed_days
from synodos.roadmap.gaps import KnowledgeGap, knowledge_gaps
from synodos.roadmap.preparing import Work, bodies, covers, precursors, work_on
from synodos.roadmap.scenarios import outline, under
from synodos.roadmap.stages import STAGES, Stage

Provider = Element | Mission | Offer


@dataclass(frozen=True, slots=True)
class Supply:
    """What supplies a capability.

    Attributes
    ----------
    record : str
        Element, mission or offer, as `kind:id`.
    agency : str
        Whose it is.
    readiness : str or None
        Technology readiness level (ISO 16290), where stated.
    ready : datetime.date or None
        First day on which it can be used; None: not known.
    dated_by : str
        `stated`, `schedule` (from declared activities) or empty.
    stage : Stage
        How ready it is for the day on which it is needed.
    named : bool
        Whether the requirement names it; else it is one of those that could supply it.
    """

    record: str
    agency: str
    readiness: str | None
    ready: dt.date | None
    dated_by: Literal["stated", "schedule", ""]
    stage: Stage
    named: bool


@dataclass(frozen=True, slots=True)
class NeededCapability:
    """One capability that a mission needs.

    Attributes
    ----------
    capability : str
        What is needed.
    essential : bool or None
        Whether the mission fails without it; None: not known.
    by : DateRange or None
        When it must be there.
    stage : Stage
        Of what is named, the least ready; of what could supply it, the readiest.
    supplies : tuple of Supply
        What supplies it, or could.
    work : tuple of Work
        Who works on it, where it does not fly yet.
    inferred : bool
        Whether the requirement is inferred, and not stated by a source.
    """

    capability: str
    essential: bool | None
    by: DateRange | None
    stage: Stage
    supplies: tuple[Supply, ...]
    work: tuple[Work, ...]
    inferred: bool


@dataclass(frozen=True, slots=True)
class MissionReadiness:
    """How ready one mission is.

    Attributes
    ----------
    mission, agency : str
        The mission by its id, and who leads it.
    planned : DateRange or None
        When the scenario has it fly.
    stage : Stage or None
        The least ready of what it cannot do without; None: it states no such requirement.
    needs : tuple of NeededCapability
        What it needs, those that are least ready first.
    precursors : tuple of str
        Robotic missions to the same bodies that fly before it, by id.
    """

    mission: str
    agency: str
    planned: DateRange | None
    stage: Stage | None
    needs: tuple[NeededCapability, ...]
    precursors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready a scenario is.

    Attributes
    ----------
    scenario : str
        Its id.
    missions : tuple of MissionReadiness
        In the order in which they are flown.
    gaps : tuple of KnowledgeGap
        What has to be learnt or built first, in the order in which it is needed.
    unworked : tuple of (str, tuple of str)
        Capabilities that nobody supplies or works on, each with the missions that need it.
    reused : tuple of (str, tuple of str)
        Building blocks, as `kind:id`, that serve missions to more than one body, each with the bodies.
    missing : tuple of str
        Facts to supply, in words.
    """

    scenario: str
    missions: tuple[MissionReadiness, ...]
    gaps: tuple[KnowledgeGap, ...]
    unworked: tuple[tuple[str, tuple[str, ...]], ...]
    reused: tuple[tuple[str, tuple[str, ...]], ...]
    missing: tuple[str, ...]


def readiness(portfolio: Portfolio, scenario: str) -> Readiness:
    """Return for each mission of a scenario what it needs, what supplies it and when, and who works on the rest.

    A requirement without providers of its own counts as supplied by the readiest element, mission or offer that
    provides the capability, or one below it, at the same body. What was cancelled, lost or withdrawn supplies nothing.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    scenario : str
        Id of a scenario.

    Raises
    ------
    ValueError
        If there is no such scenario, or it cannot be followed (see `under`).
    """
    followed = under(portfolio, scenario)
    wide = portfolio.replace(*followed.missions.values(), *followed.elements.values())  # precursors may be any mission
    days = computed_days(followed)
    missions = tuple(_mission(wide, followed.missions[key], days) for key in outline(portfolio, scenario).missions)
    gaps = knowledge_gaps(missions)
    reused = _reused(followed, missions)
    return Readiness(scenario, missions, gaps, _unworked(missions), reused, tuple(_missing(missions)))


def _mission(portfolio: Portfolio, mission: Mission, days: dict[str, dt.date]) -> MissionReadiness:
    """Return how ready one mission is."""
    wanted = (_needed(portfolio, mission, requirement, days) for requirement in mission.requirements)
    needs = tuple(sorted(wanted, key=lambda need: (need.essential is False, -STAGES.index(need.stage))))
    vital = [need.stage for need in needs if need.essential]
    worst = max(vital, key=STAGES.index) if vital else None
    return MissionReadiness(mission.id, mission.owner, mission.planned, worst, needs, precursors(portfolio, mission))


def _needed(
    portfolio: Portfolio, mission: Mission, requirement: Requirement, days: dict[str, dt.date]
) -> NeededCapability:
    """Return what one requirement asks for, what supplies it, and who works on it."""
    by = requirement.by or mission.planned
    named = [record for key in requirement.met_by if (record := portfolio.provider_record(key)) is not None]
    able = named or list(_able(portfolio, mission, requirement.capability))
    supplies = tuple(_supply(one, by, days, named=bool(named)) for one in able if not _is_over(one))
    stages = [one.stage for one in supplies] + ["nobody"] * (bool(named) and len(supplies) < len(named))
    if not stages:
        stage: Stage = "not dated" if requirement.provider else "nobody"
    else:
        stage = (max if named else min)(stages, key=STAGES.index)
    taken = {one.record for one in supplies}
    work = () if stage == "flies" else tuple(work_on(portfolio, requirement.capability, mission, taken))
    inferred = requirement.basis == "inferred"
    return NeededCapability(requirement.capability, requirement.essential, by, stage, supplies, work, inferred)


def _able(portfolio: Portfolio, mission: Mission, capability: str) -> Iterator[Provider]:
    """Yield what provides a capability, or one below it, where a mission needs it."""
    anywhere = capability in portfolio.capabilities and portfolio.capabilities.terms[capability].anywhere
    places = bodies(portfolio, mission.destinations)
    for table in (portfolio.elements, portfolio.missions, portfolio.offers):
        for record in table.values():
            there = anywhere or not record.destinations or bool(places & bodies(portfolio, record.destinations))
            if there and record.id != mission.id and covers(portfolio, capability, record.provides):
                yield record


def _is_over(record: Provider) -> bool:
    """Return whether a record supplies nothing any more."""
    return record.standing in SHUT if isinstance(record, Offer) else record.status in IDLE


def _supply(record: Provider, by: DateRange | None, days: dict[str, dt.date], *, named: bool) -> Supply:
    """Return a record as what supplies a capability by a day."""
    level = record.readiness if isinstance(record, Element) else None
    key = f"{record.kind}:{record.id}"
    if not isinstance(record, Offer) and record.status in FLYING:
        return Supply(key, record.owner, level, None, "", "flies", named)
    stated = record.planned if isinstance(record, Mission) else record.available
    computed = days.get(key)
    ready = computed or (stated.earliest if stated and not stated.opens_early else None)
    stage: Stage = "not dated" if ready is None or by is None else "in time" if ready <= by.latest else "late"
    return Supply(key, record.owner, level, ready, "schedule" if computed else "stated" if ready else "", stage, named)


def _unworked(missions: Iterable[MissionReadiness]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the capabilities that nobody supplies or works on, those first that most missions need."""
    found: dict[str, list[str]] = {}
    for mission in missions:
        for need in mission.needs:
            if need.stage == "nobody" and not need.work and need.essential is not False:
                found.setdefault(need.capability, []).append(mission.mission)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple((capability, tuple(dict.fromkeys(keys))) for capability, keys in ordered)


def _reused(portfolio: Portfolio, missions: Iterable[MissionReadiness]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the building blocks that serve missions to more than one body."""
    served: dict[str, dict[str, None]] = {}
    for mission in missions:
        places = sorted(bodies(portfolio, portfolio.missions[mission.mission].destinations))
        for key in (supply.record for need in mission.needs for supply in need.supplies if supply.named):
            served.setdefault(key, {}).update(dict.fromkeys(places))
    return tuple((key, tuple(places)) for key, places in served.items() if len(places) > 1)


def _missing(missions: Iterable[MissionReadiness]) -> Iterator[str]:
    """Yield the facts that would make the answer better."""
    for mission in missions:
        if mission.planned is None:
            yield f"mission:{mission.mission}: when it is planned to fly"
        if not mission.needs:
            yield f"mission:{mission.mission}: what it requires"
        for supply in (supply for need in mission.needs for supply in need.supplies if supply.named):
            if supply.stage == "not dated" and supply.ready is None:
                yield f"{supply.record}: when it is available"
