"""What the uncertainty of each activity does to the target, and which durations would sharpen the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from synodos.schedule.risk.answer import ActivityRisk, Sharpening
from synodos.schedule.risk.changing import Asked
from synodos.schedule.risk.planning import Plan
from synodos.schedule.risk.spreads import certain, marginals, mean
from synodos.schedule.risk.strikes import is_open
from synodos.schedule.sampling import Model, Sample

CANDIDATES: Final = 12
"""Activities that are tried one by one for how much they would sharpen the answer."""


def activity_risks(plan: Plan, sample: Sample) -> tuple[ActivityRisk, ...]:
    """Return the indices of the open activities towards the first target, the most crucial first."""
    criticality, correlation = sample.criticality[0], sample.correlation[0]
    cruciality, sensitivity = sample.cruciality[0], sample.schedule_sensitivity[0]
    found = []
    for place, node in enumerate(plan.network.nodes):
        if not is_open(node):
            continue
        row = plan.rows[place]
        found.append(
            ActivityRisk(
                node=node.id,
                name=node.name,
                agency=node.agency,
                records=node.records,
                criticality=float(criticality[row]),
                sensitivity=float(correlation[row]),
                cruciality=float(cruciality[row]),
                schedule_sensitivity=float(sensitivity[row]),
                assumed=bool(plan.durations[place].default) or bool(node.assumed),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.cruciality, -one.criticality, one.node)))


def sharpening(
    plan: Plan, model: Model, sample: Sample, activities: tuple[ActivityRisk, ...], asked: Asked
) -> tuple[Sharpening, ...]:
    """Return the activities by default whose stated durations would take most of the spread away, the first first.

    Each of those with the largest schedule sensitivity is held at its mean duration, with the same random numbers for
    all else; the share is how much of the variance of the finish goes. Iterations without a date count at the horizon.
    """
    by_default = [one for one in activities if plan.durations[plan.network.place[one.node]].default]
    by_default.sort(key=lambda one: (-one.schedule_sensitivity, one.node))
    tried = [one for one in by_default[:CANDIDATES] if one.schedule_sensitivity > 0]
    if not tried:
        return ()
    now = _variance(sample, asked.horizon)
    found = []
    for one in tried:
        place = plan.network.place[one.node]
        left = _variance(asked.sample(_held(plan, model, place)), asked.horizon)
        share = 1 - left / now if now else 0.0
        found.append(Sharpening(one.node, one.name, one.agency, share))
    return tuple(sorted((one for one in found if one.share > 0), key=lambda one: (-one.share, one.node)))


def _variance(sample: Sample, horizon: float) -> float:
    """Return the variance of the finish of the first target."""
    return float(np.minimum(sample.finish_days[0], horizon).var())


def _held(plan: Plan, model: Model, place: int) -> Model:
    """Return a model in which one activity takes its mean duration."""
    rows = [one.row for one in plan.durations]
    spread = plan.durations[place].spread
    if spread is not None:
        rows[place] = certain(mean(spread))
    every = [certain(0.0)] * plan.size
    for at, row in enumerate(rows):
        every[plan.rows[at]] = row
    return replace(model, activities=replace(model.activities, duration=marginals(every)))
