"""The same model with one thing changed: what the side questions of a study are asked about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from synodos.language import Portfolio
from synodos.schedule.risk.building import model
from synodos.schedule.risk.planning import Plan
from synodos.schedule.risk.sampled import Dates, Running
from synodos.schedule.risk.strikes import Event
from synodos.schedule.sampling import Model, Sample
from synodos.schedule.types import CriticalPath


class Asked(NamedTuple):
    """What side questions refer to.

    `place` is the target in the network, `targets` all nodes whose finish is recorded (the target first), `planned` the
    day by which the target should be reached, `horizon` where iterations without a date count.
    """

    place: int
    targets: tuple[int, ...]
    planned: float | None
    horizon: float
    portfolio: Portfolio
    running: Running
    iterations: int

    def sample(self, changed: Model) -> Sample:
        """Return a sample of a changed model."""
        return self.running.beside(changed, self.iterations)


def without_event(plan: Plan, given: Model, event: Event) -> Model:
    """Return a model in which an event never happens."""
    rows = [one.id == event.id for one in plan.events for _ in one.strikes]
    probability = np.where(rows, 0.0, given.risks.probability)
    return replace(given, risks=replace(given.risks, probability=probability))


def without_default_spreads(plan: Plan, targets: Sequence[int]) -> Model:
    """Return the model in which durations without a stated spread take exactly as long as planned."""
    stated = tuple(replace(one, spread=None, default="") if one.default else one for one in plan.durations)
    return model(replace(plan, durations=stated), targets)


def across_agencies(given: Model) -> Model:
    """Return a model in which what is common to the work of one agency is common to that of all."""
    activities = given.activities
    held = np.where(activities.loading != 0.0, 0, activities.group)
    return replace(given, activities=replace(activities, group=held))


def float_spent(plan: Plan, path: CriticalPath, given: Model, places: Collection[int]) -> Model:
    """Return a model in which some nodes start no earlier than their late start, as if their float had been spent."""
    earliest = given.activities.earliest_start_days.copy()
    for place in places:
        row = plan.rows[place]
        earliest[row] = max(earliest[row], plan.clock.days(int(path.late_start[place])))
    return replace(given, activities=replace(given.activities, earliest_start_days=earliest))


def mean_until(sample: Sample, horizon: float) -> float:
    """Return the mean finish of the first target in days; iterations without a date count at the horizon."""
    return float(np.minimum(sample.finish_days[0], horizon).mean())


def share_by(sample: Sample, day: float | None) -> float | None:
    """Return the share of iterations in which the first target is reached by a day."""
    return None if day is None else float(np.mean(sample.finish_days[0] <= day))


def horizon_days(plan: Plan, place: int, dates: Dates) -> float:
    """Return where iterations without a date are counted: the latest finish seen, or the last launch period's close."""
    periods = plan.network.nodes[place].periods
    last = plan.clock.days(periods[-1].closes) if periods else 0.0
    return max(last, float(dates.kept[-1]) if len(dates.kept) else 0.0)
