"""The dates of the plan itself, with which everything that is sampled is compared."""

from __future__ import annotations

import numpy as np

from synodos.schedule.sampling.model import Floats
from synodos.schedule.sampling.plan import Net, Planned
from synodos.schedule.sampling.workspace import dates_of

GRAIN = 2.0**20
"""Slacks are rounded to this part of a day (0.08 s), lest rounding of dates part links that bind alike."""


def planned_dates(net: Net, starts: int) -> Planned:
    """Return the dates if all goes to plan, and enter in the records what delays are counted from."""
    from synodos.schedule.sampling.forward_kernel import plan_dates

    activity, link, n = net.activity, net.link, len(net.activity)
    days = np.repeat(activity["planned"][:, None], 2, axis=1)
    dates = dates_of(n, starts, 2)
    plan_dates(net, days, dates)
    base, ready = activity["base"], activity["ready"]
    successor = np.repeat(np.arange(n), activity["last_link"] - activity["first_link"])
    link["slack"] = _grained(base[link["predecessor"]] + link["lag"] - ready[successor])
    activity["earliest"] = _grained(activity["earliest_start"] - ready)
    finish = base + dates.delay[:, 0]
    return Planned(finish, np.where(np.isfinite(finish), finish, 0.0))


def _grained(days: Floats) -> Floats:
    """Return days rounded to the grain."""
    return np.asarray(np.round(days * GRAIN) / GRAIN, np.float64)
