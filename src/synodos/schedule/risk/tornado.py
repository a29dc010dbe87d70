"""What each risk, commitment and default adds to the expected finish."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from synodos.schedule.risk.answer import Driver
from synodos.schedule.risk.building import model
from synodos.schedule.risk.changing import Asked, mean_until, share_by, without_default_spreads, without_event
from synodos.schedule.risk.planning import Plan, plan
from synodos.schedule.risk.strikes import Event, Ground
from synodos.schedule.sampling import Model, Sample

MOST_EVENTS: Final = 60
"""Events that are left out one by one, the likeliest first."""


def drivers(given: Plan, built: Model, now: Sample, asked: Asked) -> tuple[Driver, ...]:
    """Return the bars of the tornado, the largest shift first; `now` is a sample of the model as it is."""
    before = Ground(given.network).before((asked.place,))
    felt = [event for event in given.events if any(at in before for strike in event.strikes for at in strike.places)]
    likely = sorted(felt, key=lambda event: (-event.probability, event.id))[:MOST_EVENTS]
    found = [_of_event(given, built, now, asked, event) for event in likely]
    if any(one.default for one in given.durations):
        changed = without_default_spreads(given, asked.targets)
        name = "Durations by default, in place of the planned ones"
        found.append(_of_default(given, now, asked.sample(changed), asked, ("default:duration", name)))
    if given.within and any(one.spread is not None for one in given.durations):
        changed = model(plan(given.path, asked.portfolio, given.defaults, 0.0), asked.targets)
        name = f"Correlation of {given.within:g} within an agency"
        found.append(_of_default(given, now, asked.sample(changed), asked, ("default:correlation", name)))
    return tuple(sorted(found, key=lambda one: (-abs(one.days), one.id)))


def _of_event(given: Plan, built: Model, now: Sample, asked: Asked, event: Event) -> Driver:
    """Return the bar of an event."""
    without = asked.sample(without_event(given, built, event))
    bar = _of_default(given, now, without, asked, (event.id, event.name))
    return replace(
        bar,
        kind=event.kind,
        agency=event.agency,
        probability=event.probability,
        assumed=bool(event.defaults),
    )


def _of_default(given: Plan, now: Sample, without: Sample, asked: Asked, named: tuple[str, str]) -> Driver:
    """Return the bar of a default, by its id and name."""
    days_with, days_without = mean_until(now, asked.horizon), mean_until(without, asked.horizon)
    return Driver(
        id=named[0],
        name=named[1],
        kind="default",
        agency="",
        probability=None,
        with_it=given.clock.moment(days_with),
        without_it=given.clock.moment(days_without),
        days=days_with - days_without,
        in_time_with=share_by(now, asked.planned),
        in_time_without=share_by(without, asked.planned),
        assumed=True,
    )
