"""The dates of the plan itself, with which everything that is sampled is compared."""

from __future__ import annotations

import numpy as np

from synodos.schedule.sampling.plan import Plan
from synodos.schedule.sampling.tally import Planned
from synodos.schedule.sampling.workspace import workspace


def planned_dates(plan: Plan) -> Planned:
    """Return the dates if all goes to plan."""
    from synodos.schedule.sampling.forward_kernel import plan_dates

    numbers, dates, _ = workspace(plan)
    activity = plan.net.activity
    numbers.days[:] = activity["planned"][:, None]
    wait = np.zeros(plan.starts)
    plan_dates(plan.net, numbers.days, dates, wait)
    finish, rows = dates.finish[:, 0].copy(), np.flatnonzero(activity["start_row"] >= 0)
    span = activity["planned"].astype(np.float64)
    with np.errstate(invalid="ignore"):
        spanned = finish[rows] - dates.starts[:, 0]
    span[rows] = np.where(np.isfinite(spanned), spanned, span[rows])
    return Planned(finish, np.where(np.isfinite(finish), finish, 0.0), span, wait)
