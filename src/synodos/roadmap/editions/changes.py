"""What changed from one edition to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from synodos.language import DateRange
from synodos.roadmap.editions.edition import Edition
from synodos.roadmap.editions.missions import EditionMission

Closing = Literal["supplied", "no longer asked for"]
SAME: Final = 1e-9
"""Difference of two shares below which they are the same."""


@dataclass(frozen=True, slots=True)
class EditionName:
    """Which edition is meant.

    Attributes
    ----------
    id, title : str
        Its short name and title.
    number : int
        Its number.
    known_on : datetime.date
        Its day of knowledge.
    portfolio, sha256 : str
        Portfolio that it rests on, and its hash.
    """

    id: str
    title: str
    number: int
    known_on: dt.date
    portfolio: str
    sha256: str


@dataclass(frozen=True, slots=True)
class MissionChange:
    """What changed of one mission of a scenario that both editions tell.

    Attributes
    ----------
    scenario, mission, name : str
        Which mission, in which scenario.
    planned : tuple of two DateRange or None
        Its date before and after.
    days : int or None
        How much later the last day of its date is; negative: earlier; None: not stated on one side, or open.
    p50, p80 : tuple of two datetime.date or None
        Days by which half, and 80 of 100, of the iterations have flown, before and after.
    p50_days, p80_days : int or None
        How much later these are.
    in_time : tuple of two float or None
        Chance to fly by the last day of its date, before and after.
    status : tuple of two str
        Where it stood, and stands.
    flown : bool
        Whether it has been launched in between.
    lead : tuple of two str
        Who led it, and leads it.
    joined, left : tuple of str
        Partners that came and went.
    """

    scenario: str
    mission: str
    name: str
    planned: tuple[DateRange | None, DateRange | None]
    days: int | None
    p50: tuple[dt.date | None, dt.date | None]
    p50_days: int | None
    p80: tuple[dt.date | None, dt.date | None]
    p80_days: int | None
    in_time: tuple[float | None, float | None]
    status: tuple[str, str]
    flown: bool
    lead: tuple[str, str]
    joined: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A mission that only one of the editions tells in a scenario.

    Attributes
    ----------
    scenario, mission, name, lead : str
        Which mission, in which scenario, and who leads it.
    planned : DateRange or None
        When it is to fly.
    elsewhere : tuple of str
        Scenarios of the other edition that fly it, by id.
    """

    scenario: str
    mission: str
    name: str
    lead: str
    planned: DateRange | None
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapChange:
    """A gap that opened or closed.

    Attributes
    ----------
    capability, label : str
        What nobody supplies, or supplied.
    missions : tuple of str
        Missions that need it, by id: of the later edition where it opened, of the earlier where it closed.
    how : {"supplied", "no longer asked for"} or None
        Why it closed; None: it opened.
    """

    capability: str
    label: str
    missions: tuple[str, ...]
    how: Closing | None


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What changed from one edition to another.

    Attributes
    ----------
    before, after : EditionName
        The two.
    scenarios_added, scenarios_dropped : tuple of str
        By id.
    missions_added, missions_dropped : tuple of Listed
        In scenarios that both tell, and all those of scenarios that only one tells.
    missions : tuple of MissionChange
        Those of scenarios that both tell of which anything changed.
    members_joined, members_left : tuple of str
        Members of the mechanism that came and went, by id.
    gaps_opened, gaps_closed : tuple of GapChange
        What nobody supplies any more, or nobody supplied until then.
    names : tuple of (str, str)
        Names of the scenarios, missions and agencies above, by `kind:id`.
    notes : tuple of str
        What a reader has to know before comparing figures.
    """

    before: EditionName
    after: EditionName
    scenarios_added: tuple[str, ...]
    scenarios_dropped: tuple[str, ...]
    missions_added: tuple[Listed, ...]
    missions_dropped: tuple[Listed, ...]
    missions: tuple[MissionChange, ...]
    members_joined: tuple[str, ...]
    members_left: tuple[str, ...]
    gaps_opened: tuple[GapChange, ...]
    gaps_closed: tuple[GapChange, ...]
    names: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def edition_changes(before: Edition, after: Edition) -> EditionChanges:
    """Return what changed from one edition to another; what is alike is left out."""
    old, new = _by_scenario(before), _by_scenario(after)
    found = EditionChanges(
        before=_name(before),
        after=_name(after),
        scenarios_added=tuple(key for key in new if key not in old),
        scenarios_dropped=tuple(key for key in old if key not in new),
        missions_added=tuple(_only(new, old)),
        missions_dropped=tuple(_only(old, new)),
        missions=tuple(_moved(old, new)),
        members_joined=tuple(key for key in _members(after) if key not in _members(before)),
        members_left=tuple(key for key in _members(before) if key not in _members(after)),
        gaps_opened=tuple(_opened(before, after)),
        gaps_closed=tuple(_closed(before, after)),
        names=(),
        notes=tuple(_notes(before, after)),
    )
    return replace(found, names=tuple(sorted(_names(found, before, after))))


def _names(found: EditionChanges, before: Edition, after: Edition) -> Iterator[tuple[str, str]]:
    """Yield the names of what changes mention; those of the later edition where both have one."""
    known: dict[str, str] = {}
    for edition in (before, after):
        known |= {f"agency:{one.agency}": one.short_name for one in edition.agencies}
        for scenario in edition.scenarios:
            known[f"scenario:{scenario.id}"] = scenario.name
            known |= {f"mission:{one.mission}": one.name for one in scenario.missions}
    mentioned = set(_mentioned(found))
    yield from ((key, name) for key, name in known.items() if key in mentioned)


def _mentioned(found: EditionChanges) -> Iterator[str]:
    """Yield the scenarios, missions and agencies that changes mention."""
    yield from (f"scenario:{key}" for key in (*found.scenarios_added, *found.scenarios_dropped))
    yield from (f"agency:{key}" for key in (*found.members_joined, *found.members_left))
    for listed in (*found.missions_added, *found.missions_dropped):
        yield from (f"scenario:{key}" for key in (listed.scenario, *listed.elsewhere))
        yield from (f"mission:{listed.mission}", f"agency:{listed.lead}")
    for moved in found.missions:
        yield from (f"scenario:{moved.scenario}", f"mission:{moved.mission}")
        yield from (f"agency:{key}" for key in (*moved.lead, *moved.joined, *moved.left))
    for gap in (*found.gaps_opened, *found.gaps_closed):
        yield from (f"mission:{key}" for key in gap.missions)


Missions = Mapping[str, Mapping[str, EditionMission]]


def _by_scenario(edition: Edition) -> Missions:
    """Return the missions of each scenario by id."""
    return {one.id: {mission.mission: mission for mission in one.missions} for one in edition.scenarios}


def _name(edition: Edition) -> EditionName:
    """Return which edition this is."""
    plan, portfolio = edition.plan, edition.portfolio
    return EditionName(plan.id, plan.title, plan.number, portfolio.known_on, portfolio.id, portfolio.sha256)


def _members(edition: Edition) -> tuple[str, ...]:
    """Return the members of the mechanism, by id."""
    return tuple(one.agency for one in edition.agencies if one.member)


def _only(these: Missions, others: Missions) -> Iterator[Listed]:
    """Yield the missions of scenarios that the same scenario of the others does not fly."""
    for scenario, missions in these.items():
        for key, one in missions.items():
            if key not in others.get(scenario, ()):
                elsewhere = tuple(other for other, flown in others.items() if key in flown)
                yield Listed(scenario, key, one.name, one.lead, one.planned, elsewhere)


def _moved(old: Missions, new: Missions) -> Iterator[MissionChange]:
    """Yield what changed of the missions that both fly in a scenario."""
    for scenario, missions in new.items():
        for key, after in missions.items():
            before = old.get(scenario, {}).get(key)
            if before is not None and _differs(before, after):
                yield _change(scenario, before, after)


def _differs(before: EditionMission, after: EditionMission) -> bool:
    """Return whether anything that editions report of a mission changed."""
    names = ("planned", "p50", "p80", "status", "lead")
    chances = (before.in_time, after.in_time)
    return (
        any(getattr(before, name) != getattr(after, name) for name in names)
        or set(before.partners) != set(after.partners)
        or (None in chances and chances != (None, None))
        or abs((chances[0] or 0.0) - (chances[1] or 0.0)) > SAME
    )


def _change(scenario: str, before: EditionMission, after: EditionMission) -> MissionChange:
    """Return what changed of one mission."""
    return MissionChange(
        scenario=scenario,
        mission=after.mission,
        name=after.name,
        planned=(before.planned, after.planned),
        days=_later(_last(before.planned), _last(after.planned)),
        p50=(before.p50, after.p50),
        p50_days=_later(before.p50, after.p50),
        p80=(before.p80, after.p80),
        p80_days=_later(before.p80, after.p80),
        in_time=(before.in_time, after.in_time),
        status=(before.status, after.status),
        flown=after.flown and not before.flown,
        lead=(before.lead, after.lead),
        joined=tuple(key for key in after.partners if key not in before.partners),
        left=tuple(key for key in before.partners if key not in after.partners),
    )


def _last(planned: DateRange | None) -> dt.date | None:
    """Return the last day of a date; None where it is open or not stated."""
    return None if planned is None or planned.stays_open else planned.latest


def _later(before: dt.date | None, after: dt.date | None) -> int | None:
    """Return how many days later a day is; None where one is not known."""
    return None if before is None or after is None else (after - before).days


def _opened(before: Edition, after: Edition) -> Iterator[GapChange]:
    """Yield the gaps that only the later edition has."""
    known = {gap.capability for gap in before.gaps}
    for gap in after.gaps:
        if gap.capability not in known:
            yield GapChange(gap.capability, gap.label, gap.missions, None)


def _closed(before: Edition, after: Edition) -> Iterator[GapChange]:
    """Yield the gaps that only the earlier edition has, and why they closed."""
    open_still = {gap.capability for gap in after.gaps}
    needed = set(_needed(after))
    for gap in before.gaps:
        if gap.capability not in open_still:
            how: Closing = "supplied" if gap.capability in needed else "no longer asked for"
            yield GapChange(gap.capability, gap.label, gap.missions, how)


def _needed(edition: Edition) -> Iterator[str]:
    """Yield the capabilities that missions of an edition cannot, or may not, do without."""
    for one in edition.comparison.scenarios:
        for mission in one.readiness.missions:
            yield from (need.capability for need in mission.needs if need.essential is not False)


def _notes(before: Edition, after: Edition) -> Iterable[str]:
    """Yield what differs between the editions apart from the plans."""
    old, new = before.plan, after.plan
    if before.portfolio.id != after.portfolio.id:
        yield (
            f"They rest on different portfolios ({before.portfolio.id}, {after.portfolio.id}): ids need not mean the "
            "same missions, and what one portfolio leaves out is no change of plans."
        )
    if before.portfolio.viewer != after.portfolio.viewer:
        yield f"They were made for different viewers ({before.portfolio.viewer}, {after.portfolio.viewer})."
    if (old.iterations, old.seed) != (new.iterations, new.seed):
        sampled = f"{old.iterations} iterations with seed {old.seed}, {new.iterations} with seed {new.seed}"
        yield f"Their chances were sampled differently: {sampled}; small differences may come from that alone."
    if before.synodos != after.synodos:
        yield (
            f"They were computed by different releases of Synodos ({before.synodos}, {after.synodos}); what changed in "
            "the computation is in its change log."
        )
    if new.supersedes != old.id:
        yield f"{after.plan.id} does not say that it follows {before.plan.id}."
