"""When each mission and milestone is reached: percentiles, chances, confidence curve."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import numpy as np

from synodos.schedule.risk.answer import PERCENTILES, Finish, PeriodChance
from synodos.schedule.risk.firm import latest_dates
from synodos.schedule.risk.planning import Plan
from synodos.schedule.risk.sampled import Dates
from synodos.schedule.types import CriticalPath, Node, moment_of

CURVE_POINTS = 241
"""Points of a confidence curve, at most."""


def finish(plan: Plan, path: CriticalPath, place: int, dates: Dates) -> Finish:
    """Return when one node is reached.

    Parameters
    ----------
    plan : Plan
    path : CriticalPath
        Of the same network.
    place : int
        Place of the node.
    dates : Dates
        Its dates by iteration.
    """
    node = plan.network.nodes[place]
    planned = planned_days(plan, place)
    mean = dates.mean()
    return Finish(
        node=node.id,
        name=node.name,
        agency=node.agency,
        form=_form(node),
        records=node.records,
        deterministic=moment_of(int(path.early_finish[place])),
        planned=None if planned is None else plan.clock.moment(planned),
        in_time=None if planned is None else dates.share_by(planned),
        mean=None if mean is None else plan.clock.moment(mean),
        deviation_days=dates.deviation(),
        percentiles=tuple((share, plan.clock.moment_or_none(dates.quantile(share / 100))) for share in PERCENTILES),
        percentile_error_days=dates.error_days,
        periods=_periods(plan, node, dates),
        later=dates.later,
        never=dates.never,
        curve=_curve(plan, dates),
    )


def planned_days(plan: Plan, place: int) -> float | None:
    """Return by when a node is planned to be reached, in days; None: not stated.

    Its deadline (of a launch the planned date of its mission), else the earliest of its latest dates, else the close of
    the launch period that is meant, else (if nothing follows it) the date by which its schedule has to be complete.
    """
    network = plan.network
    node = network.nodes[place]
    ties = latest_dates(node)
    if node.deadline is not None:
        at: int | None = node.deadline
    elif ties:
        at = min(ties)
    elif node.intended is not None:
        at = node.periods[node.intended].closes
    else:
        at = None if network.out_of[place] else network.schedules[node.schedule].finish_by
    return None if at is None else plan.clock.days(at)


def _form(node: Node) -> Literal["mission", "milestone", "task"]:
    """Return what sort of node it is."""
    if node.type == "launch":
        return "mission"
    return "milestone" if node.type.endswith("milestone") else "task"


def _periods(plan: Plan, node: Node, dates: Dates) -> tuple[PeriodChance, ...]:
    """Return the chance of each launch period."""
    found = []
    for number, period in enumerate(node.periods):
        opens, closes = period.dates
        first, last = plan.clock.days(period.opens), plan.clock.days(period.closes)
        found.append(
            PeriodChance(opens, closes, dates.share_within(first, last), number == node.intended, period.computed)
        )
    return tuple(found)


def _curve(plan: Plan, dates: Dates) -> tuple[tuple[dt.datetime, float], ...]:
    """Return the confidence curve, thinned."""
    if not len(dates.kept):
        return ()
    picked = np.unique(np.linspace(0, len(dates.kept) - 1, CURVE_POINTS).round().astype(np.int64))
    return tuple((plan.clock.moment(float(dates.kept[at])), (int(at) + 1) / len(dates.days)) for at in picked)
