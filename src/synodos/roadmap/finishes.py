"""When plans are ready: by the activities that agencies declared for them, and by chance."""

from __future__ import annotations

import datetime as dt

from synodos import schedule
from synodos.language import Portfolio
from synodos.schedule import Finish, Risk


def computed_days(portfolio: Portfolio) -> dict[str, dt.date]:
    """Return for each plan with activities of its own the day on which they end, by `kind:id`.

    What rests on defaults alone is left out: a stated date says more.
    """
    if not portfolio.activities:
        return {}
    found = schedule.critical_path(schedule.network(portfolio))
    days: dict[str, dt.date] = {}
    for place, node in enumerate(found.network.nodes):
        if node.coarse or node.leads_to is None:
            continue
        kind = "mission" if node.leads_to in portfolio.missions else "element"
        key, day = f"{kind}:{node.leads_to}", schedule.moment_of(int(found.early_finish[place])).date()
        days[key] = max(days.get(key, day), day)
    return days


def mission_finishes(found: Risk) -> dict[str, Finish]:
    """Return by mission the finish that was sampled for it."""
    return {
        record.partition(":")[2]: finish
        for finish in found.finishes
        if finish.form == "mission"
        for record in finish.records
        if record.startswith("mission:")
    }
