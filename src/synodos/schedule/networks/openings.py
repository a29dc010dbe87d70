"""When the heavens, or a mission's own list, let it leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from synodos.language import LaunchOpportunity, Mission, Portfolio
from synodos.schedule.launch.bodies import Body, LaunchError, bodies, body
from synodos.schedule.launch.periods import launch_periods
from synodos.schedule.launch.porkchop import flight_range
from synodos.schedule.networks.drafting import Draft
from synodos.schedule.networks.timing import day_end, day_start
from synodos.schedule.types import Period

AHEAD_YEARS: Final = 16
"""Years behind the planned date for which launch periods are looked for: more than seven openings to Mars."""
EARTH: Final = "earth"
FAR: Final = ("mercury", "jupiter", "saturn", "uranus", "neptune", "pluto")
"""Bodies that missions reach by way of others, which is not computed."""


@dataclass(frozen=True)
class Opening:
    """When a mission can leave.

    Attributes
    ----------
    periods : tuple of Period
        Launch periods, in order; empty: any time.
    intended : int or None
        The first that the planned date overlaps.
    assumed : tuple of str
        What is not stated.
    """

    periods: tuple[Period, ...] = ()
    intended: int | None = None
    assumed: tuple[str, ...] = ()


def opening(draft: Draft, portfolio: Portfolio, mission: Mission) -> Opening:
    """Return when a mission can leave: as it states, else as its destination suggests."""
    opportunity, assumed = mission.launch_opportunity, ""
    if opportunity is None:
        target = _target(draft, mission)
        if target is None:
            return Opening()
        opportunity = LaunchOpportunity(type="planetary", target=target)
        assumed = f"launch periods to {body(target).name}, as its destination suggests"
        draft.note("Launch periods are assumed, as the destination suggests", f"{mission.name} ({body(target).name})")
    periods = [Period(day_start(one.earliest), day_end(one.latest), computed=False) for one in opportunity.periods]
    if opportunity.type == "planetary":
        computed = _computed(draft, portfolio, mission, opportunity)
        stated = tuple(periods)
        periods += [
            one for one in computed if all(one.closes <= its.opens or its.closes <= one.opens for its in stated)
        ]
    periods.sort(key=lambda period: period.opens)
    return Opening(tuple(periods), _intended(draft, periods, mission), (assumed,) if assumed else ())


def _intended(draft: Draft, periods: Sequence[Period], mission: Mission) -> int | None:
    """Return which period the planned date falls into, or the first that it overlaps."""
    if not periods or mission.planned is None or mission.planned.opens_early or mission.planned.stays_open:
        return None
    first, last = day_start(mission.planned.earliest), day_end(mission.planned.latest)
    found = next((n for n, period in enumerate(periods) if period.opens < last and first < period.closes), None)
    if found is None:
        draft.note("The planned date lies in no launch period", f"{mission.name} ({mission.planned.text})")
    return found


def _target(draft: Draft, mission: Mission) -> str | None:
    """Return the body that the destinations of a mission lie at, if it is one that is flown to directly."""
    targets = set()
    for destination in mission.destinations:
        with suppress(LaunchError):  # a station, the Moon, or no body at all
            targets.add(body(destination).id)
    targets.discard(EARTH)
    far = sorted(targets.intersection(FAR))
    if far:
        names = " and ".join(bodies()[target].name for target in far)
        draft.note("Ways past other planets are not computed, so these leave on any day", f"{mission.name} ({names})")
    return targets.pop() if len(targets) == 1 and not far else None


def _computed(
    draft: Draft, portfolio: Portfolio, mission: Mission, opportunity: LaunchOpportunity
) -> tuple[Period, ...]:
    """Return the launch periods of a transfer from the Earth, from the day of knowledge on."""
    try:
        target = body(str(opportunity.target))
        before = min(_looked_for(portfolio, mission), _last_departure(target))
        limit = opportunity.c3_max_km2_s2
        found = launch_periods(EARTH, target.id, portfolio.known_on, before, c3_max_km2_s2=limit)
    except LaunchError as error:
        draft.note("No launch periods could be computed, so these leave on any day", f"{mission.name} ({error})")
        return ()
    return tuple(
        Period(day_start(one.opens), day_end(one.closes), computed=True, c3_km2_s2=one.c3_km2_s2)
        for one in found.periods
    )


def _looked_for(portfolio: Portfolio, mission: Mission) -> dt.date:
    """Return the end of the decade up to which launch periods are looked for, so that missions share a search."""
    planned = mission.planned.latest if mission.planned and not mission.planned.stays_open else portfolio.known_on
    year = max(planned, portfolio.known_on).year + AHEAD_YEARS
    return dt.date(-(-year // 10) * 10, 1, 1)


def _last_departure(target: Body) -> dt.date:
    """Return the last day of departure from which every arrival lies in the time for which an orbit is known."""
    _, longest = flight_range(body(EARTH), target, None)
    return target.valid_to - dt.timedelta(days=longest)
