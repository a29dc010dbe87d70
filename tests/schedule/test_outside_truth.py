"""Early, late, float and critical flag as another program computes them: MPXJ's scheduler in the manner of P6.

The files are of our own making; their dates are computed by MPXJ here, in the test. Files that Primavera itself had
computed were compared outside this suite, for none of them may be passed on.
"""

import datetime as dt
import random

import pytest

from synodos.exchange.schedules.java import java_class, start
from synodos.exchange.schedules.mspdi import _Writing
from synodos.exchange.schedules.times import minutes
from synodos.language import Activity, Agency, Calendar, DateRange, Header, History, Schedule, Source
from synodos.schedule import critical_path, moment_of, network

STATED = {
    "owner": "esa",
    "stated_by": "esa",
    "release": "public",
    "as_of": "2026-01-01",
    "confidence": "read",
    "sources": ["plan"],
}
FIVE = {
    "id": "five",
    "name": "Five days",
    "week": [{"days": ["mon", "tue", "wed", "thu", "fri"], "hours": ["08:00-12:00", "13:00-17:00"]}],
    "exceptions": [{"dates": "2026-01-14..2026-01-16"}, {"dates": "2026-02-07", "hours": ["08:00-12:00"]}],
    "hours_per_day": 8,
}
SIX = {
    "id": "six",
    "name": "Six days",
    "week": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "hours": ["07:00-17:00"]}],
    "hours_per_day": 10,
}
ALWAYS = {"id": "always", "name": "Always", "hours_per_day": 24}
KINDS = {"task": "TASK_DEPENDENT", "start-milestone": "START_MILESTONE", "finish-milestone": "FINISH_MILESTONE"}


def plans(activities, calendars=(FIVE,), **schedule):
    """A portfolio of one schedule."""
    agency = {**STATED, "id": "esa", "name": "European Space Agency", "short_name": "ESA", "actor": "intergovernmental"}
    fields = {"id": "plan", "name": "Plan", "starts": "2026-01-12T08:00", "calendar": "five"} | schedule
    records = [
        Agency.model_validate(agency),
        *(Calendar.model_validate({**STATED, **each}) for each in calendars),
        Schedule.model_validate({**STATED, "lag_calendar": "predecessor", **fields}),
        *(Activity.model_validate({**STATED, "name": each["id"], "schedule": "plan", **each}) for each in activities),
    ]
    header = Header(id="p", title="P", known_on=DateRange("2026-01-01"), sources={"plan": Source(title="Plan")})
    return History(header, tuple(records)).known_on()


def ours(portfolio):
    """Dates, floats in hours and critical flag of each activity, as Synodos computes them."""
    path = critical_path(network(portfolio))
    columns = zip(
        path.early_start, path.early_finish, path.late_start, path.late_finish, path.total_float, strict=True
    )
    found = {}
    for node, (*dates, spare), critical in zip(path.network.nodes, columns, path.critical, strict=True):
        found[node.id] = (*(moment_of(date).isoformat()[:16] for date in dates), spare / 60, bool(critical))
    return found


def theirs(portfolio):
    """The same, as MPXJ's scheduler computes them."""
    start()
    writing = _Writing(portfolio, portfolio.schedules["plan"])
    kinds, clock = java_class("org.mpxj.ActivityType"), java_class("java.time.LocalDateTime")
    properties = writing.file.getProjectProperties()
    begins = clock.parse(portfolio.schedules["plan"].starts)
    properties.setStatusDate(begins)
    properties.setPlannedStart(begins)
    for key, task in writing.tasks.items():
        task.setActivityID(key)
        task.setActivityType(getattr(kinds, KINDS[portfolio.activities[key].type]))
        task.setActivityStatus(java_class("org.mpxj.ActivityStatus").NOT_STARTED)
        task.setPlannedDuration(task.getDuration())
        task.setCalendar(task.getCalendar() or writing.file.getDefaultCalendar())
    java_class("org.mpxj.cpm.PrimaveraScheduler")().schedule(writing.file, begins)
    return {key: _computed(task, properties) for key, task in writing.tasks.items()}


def _computed(task, properties):
    """What MPXJ found for a task."""
    dates = (task.getEarlyStart(), task.getEarlyFinish(), task.getLateStart(), task.getLateFinish())
    spare = minutes(task.getTotalSlack(), properties) / 60
    return (*(str(date)[:16] for date in dates), spare, bool(task.getCritical()))


def drawn(seed, kinds=("finish-start",), lags=(), milestones=False, ties=(), count=14):
    """A random network on three calendars; the same seed gives the same one."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    activities = []
    for place in range(count):
        what = draw.choice(["task"] * 5 + ["start-milestone", "finish-milestone"]) if milestones else "task"
        before = draw.sample(range(place), min(place, draw.choice([0, 1, 1, 2, 2, 3])))
        links = [{"activity": f"a{each}", "type": draw.choice(kinds)} for each in before]
        for link in links:
            if lags and draw.random() < 0.5:
                link["lag_days"] = draw.choice(lags)
        activity = {"id": f"a{place}", "type": what, "after": links, "calendar": draw.choice(["five", "six", "always"])}
        if what == "task":
            activity["duration_days"] = draw.choice([0.5, 1, 2, 2.25, 3, 5, 8])
        if ties and draw.random() < 0.25:
            day = dt.date(2026, 1, 12) + dt.timedelta(days=draw.choice([0, 1, 7, 8, 9, 10, 11, 14, 15, 16]))
            activity["constraints"] = [{"type": draw.choice(ties), "on": f"{day.isoformat()}T08:00"}]
        activities.append(activity)
    return plans(activities, (FIVE, SIX, ALWAYS))


@pytest.mark.parametrize("seed", range(30))
def test_finish_to_start_networks_on_several_calendars(seed):
    portfolio = drawn(seed)
    assert ours(portfolio) == theirs(portfolio)
