"""Cost and date together."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.risk.answer import PERCENTILES, Frontier, JointConfidence
from synodos.schedule.risk.clock import Clock
from synodos.schedule.risk.planning import Plan
from synodos.schedule.sampling import Sample
from synodos.schedule.types import MINUTES_PER_DAY

Floats = NDArray[np.float64]

SCATTER: Final = 1_000
"""Points of the scatter, at most."""
FRONTIER: Final = 60
"""Points of a frontier, at most."""
HALF: Final = 0.5
SLACK: Final = 1e-4
"""Minutes within which rounding must not move a finish past a date."""


def joint_confidence(
    plan: Plan,
    sample: Sample,
    planned_cost: float,
    asked: tuple[dt.datetime, float | None],
    confidence: float | None,
) -> JointConfidence | None:
    """Return how often date and budget are kept together; None where no cost is stated.

    Parameters
    ----------
    plan : Plan
    sample : Sample
        Its first target is the one that counts.
    planned_cost : float
        Cost if everything goes to plan.
    asked : (datetime, float or None)
        The date, and the budget; None: the planned cost.
    confidence : float or None
        Joint confidence that a plan should have; None: the default.
    """
    if plan.priced is None:
        return None
    nodes = plan.network.nodes
    finish, cost = sample.finish_days[0], sample.cost
    date, budget = asked[0], planned_cost if asked[1] is None else asked[1]
    in_time, affordable = finish <= plan.clock.days_of(date), cost <= budget
    target = plan.defaults.number("confidence") if confidence is None else confidence
    ordered = np.sort(cost)
    some = np.flatnonzero(np.isfinite(finish))[:SCATTER]
    return JointConfidence(
        currency=plan.priced.currency,
        price_year=plan.priced.price_year,
        covers=tuple(nodes[place].id for place in plan.priced.covers),
        without_cost=tuple(nodes[place].id for place in (*plan.priced.without, *plan.priced.not_comparable)),
        deterministic_cost=planned_cost,
        mean_cost=float(cost.mean()),
        cost_percentiles=tuple((share, float(ordered[_rank(share / 100, len(cost))])) for share in PERCENTILES),
        date=date,
        budget=budget,
        joint=float(np.mean(in_time & affordable)),
        by_date=float(np.mean(in_time)),
        within_budget=float(np.mean(affordable)),
        confidence_target=target,
        confidence_source=_source(plan) if confidence is None else "asked for",
        scatter=tuple((plan.clock.moment(float(finish[at])), float(cost[at])) for at in some),
        frontiers=tuple(_frontier(plan.clock, finish, cost, share) for share in sorted({HALF, target})),
    )


def _source(plan: Plan) -> str:
    """Return where the joint confidence to reach comes from."""
    return plan.defaults.numbers["confidence"].source_on(plan.network.known_on)


def _rank(share: float, of: int) -> int:
    """Return the place of a quantile in order."""
    return max(math.ceil(share * of - 1e-9), 1) - 1


def _frontier(clock: Clock, finish: Floats, cost: Floats, confidence: float) -> Frontier:
    """Return the least budget for each date at which a share of all iterations keeps both.

    Dates are whole minutes; all iterations that end by one of them count for it.
    """
    order = np.argsort(finish, kind="stable")
    needed = _rank(confidence, len(finish)) + 1
    dated = int(np.isfinite(finish).sum())
    if dated < needed:
        return Frontier(confidence, ())
    minutes = np.ceil(finish[order[:dated]] * MINUTES_PER_DAY - SLACK)
    thinned = np.linspace(needed, dated, FRONTIER).round().astype(np.int64)
    dates = np.unique(minutes[thinned - 1])
    points = []
    for minute, end in zip(dates, np.searchsorted(minutes, dates, side="right"), strict=True):
        within = np.partition(cost[order[:end]], needed - 1)[needed - 1]
        points.append((clock.moment(float(minute) / MINUTES_PER_DAY), float(within)))
    return Frontier(confidence, tuple(points))
