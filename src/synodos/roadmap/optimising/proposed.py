"""What a plan of the planner says as parts of a scenario: missions, dates and providers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from synodos.coalition import Build, Flight, Programme
from synodos.language import (
    FLYING,
    ChosenProvider,
    DateRange,
    Element,
    Mission,
    Offer,
    PlannedDate,
    Portfolio,
    Requirement,
    requirements,
)


def proposed_missions(portfolio: Portfolio, found: Programme) -> tuple[str, ...]:
    """Return the missions of a plan by their year, after those that they use and that fly or are others' own."""
    flown = [_key(one.mission) for one in found.flights]
    used = [key for name in flown for key in _missions_used(portfolio, name)]
    standing = [key for key in used if _stands(portfolio.missions[key], found)]
    return tuple(dict.fromkeys((*standing, *flown)))


def _missions_used(portfolio: Portfolio, mission: str) -> Iterator[str]:
    """Yield missions that a mission, or a building block that it names, says it uses."""
    waiting: list[Mission | Element] = [portfolio.missions[mission]]
    seen = {mission}
    while waiting:
        for _, requirement in requirements(waiting.pop()):
            for key in requirement.met_by:
                if key in seen:
                    continue
                seen.add(key)
                if key in portfolio.missions:
                    yield key
                    waiting.append(portfolio.missions[key])
                elif key in portfolio.elements:
                    waiting.append(portfolio.elements[key])


def _stands(mission: Mission, found: Programme) -> bool:
    """Return whether a mission is there without the plan: it flies already, or is that of an agency outside it."""
    return mission.status in FLYING or (mission.owner not in found.group and mission.status != "cancelled")


def proposed_dates(portfolio: Portfolio, found: Programme) -> tuple[PlannedDate, ...]:
    """Return when missions fly that the plan has fly in another year than planned."""
    pairs = ((portfolio.missions[_key(one.mission)], one) for one in found.flights)
    return tuple(
        PlannedDate(mission=mission.id, planned=_when(one))
        for mission, one in pairs
        if one.year is not None and not _lies_in(mission.planned, one.year)
    )


def _lies_in(planned: DateRange | None, year: int) -> bool:
    """Return whether a date lies in a year and nowhere else."""
    return planned is not None and planned.earliest.year == planned.latest.year == year


def _when(one: Flight) -> DateRange:
    """Return when a mission flies: in its launch period, as far as that lies in the year, else in the year."""
    year = one.year or 0
    if one.opens is None or one.closes is None:
        return DateRange(str(year))
    first, last = max(one.opens, dt.date(year, 1, 1)), min(one.closes, dt.date(year, 12, 31))
    return DateRange(f"{first}..{last}")


def proposed_providers(portfolio: Portfolio, found: Programme) -> tuple[ChosenProvider, ...]:
    """Return what meets the needs that the plan has met by something else than declared."""
    chosen: dict[tuple[str, str], ChosenProvider] = {}
    for build in found.builds:
        for served in build.serves:
            kind, _, name = served.partition(":")
            plan = (portfolio.missions if kind == "mission" else portfolio.elements).get(name)
            for one in _replaced(portfolio, plan, build, found) if plan is not None else ():
                chosen.setdefault((one.plan, one.capability), one)
    return tuple(chosen.values())


def _replaced(
    portfolio: Portfolio, plan: Mission | Element, build: Build, found: Programme
) -> Iterator[ChosenProvider]:
    """Yield the needs of a plan that a building block meets in place of what is declared."""
    name = _key(build.record)
    block = portfolio.provider_record(name)
    for _, one in requirements(plan):
        covers = block is not None and any(portfolio.capabilities.covers(one.capability, by) for by in block.provides)
        if covers and not _holds(portfolio, plan, one, found):
            yield ChosenProvider(plan=plan.id, capability=one.capability, met_by=(name,))


def _holds(portfolio: Portfolio, plan: Mission | Element, one: Requirement, found: Programme) -> bool:
    """Return whether what is declared to meet a need still does under the plan.

    It does where it is part of the plan, exists, or comes from outside; and what an agency brings for its own mission
    without a figure is taken to be paid by that mission.
    """
    planned = {_key(build.record) for build in found.builds}
    for key in one.met_by:
        record = portfolio.provider_record(key)
        if record is None or isinstance(record, Offer) or record.owner not in found.group:
            return True
        if key in planned or record.status in FLYING or isinstance(record, Mission):
            return True
        if record.owner == plan.owner and not _has_figure(portfolio, record):
            return True
    return not one.met_by and one.provider is not None and one.provider not in {*found.group} - {plan.owner}


def _has_figure(portfolio: Portfolio, element: Element) -> bool:
    """Return whether somebody states what an element costs."""
    return bool(element.costs) or any(one.plan == element.id for one in portfolio.estimates.values())


def _key(record: str) -> str:
    """Return the bare id of a record."""
    return record.partition(":")[2]
