"""The model in the form that kernels take: few arrays of records, with what can be known before anything is drawn."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.sampling.compiling import sources
from synodos.schedule.sampling.correlation import factor
from synodos.schedule.sampling.model import ELAPSED, Calendars, Costs, Floats, Integers, LinkKind, Marginals, Model
from synodos.schedule.sampling.quantiles import Shapes, shapes

NONE = -1

ACTIVITY = np.dtype(
    [
        *((name, np.int32) for name in ("first_link", "last_link", "first_risk", "last_risk")),
        *((name, np.int32) for name in ("start_row", "launch_row", "group", "score_row")),
        *((name, np.float32) for name in ("planned", "earliest", "loading", "rest")),
        ("key", np.uint32),
        *((name, np.bool_) for name in ("plain", "starts_fixed", "finishes_fixed", "working", "uncertain", "touched")),
        *((name, np.int32) for name in ("first_period", "last_period", "calendar")),
        *((name, np.float64) for name in ("earliest_start", "earliest_finish", "fixed_start", "fixed_finish")),
        *((name, np.float64) for name in ("base", "ready", "cost", "cost_per_day")),
        (sources(), np.bool_),
    ],
    align=True,
)
"""An activity. `plain` ones have elapsed days, finish-start links and perhaps launch periods, and nothing else that
binds them; the others take longer to work out. Delays count from the planned finish `base`; `ready` is when the plan
has it ready, and `earliest` its earliest start after that. `start_row` is where the start is kept, if something asks
for it, `score_row` where the correlated score stands; risks touch the duration of those that are `touched`."""
LINK = np.dtype(
    [
        ("lag", np.float64),
        ("slack", np.float32),
        *((name, np.int32) for name in ("predecessor", "kind", "calendar")),
    ],
    align=True,
)
"""A link; `slack` is what it asks for of a plain successor in the plan, after when that is ready: 0 if it binds."""
PERIOD = np.dtype([("open", np.float64), ("close", np.float64)])
RISK = np.dtype([("probability", np.float64), ("effect", np.int64), ("key", np.uint32)], align=True)
CLUSTER = np.dtype([("first", np.int64), ("last", np.int64), ("first_weight", np.int64)])


class Calendar(NamedTuple):
    """Calendars: work done up to each step, where to look for an amount of work, mean pace, and what a step is."""

    work: Floats
    hint: Integers
    pace: Floats
    first_day: float
    step_days: float


class Net(NamedTuple):
    """What decides on dates: records, and calendars."""

    activity: Any
    link: Any
    period: Any
    calendars: Calendar


class Draws(NamedTuple):
    """What decides on random numbers: `touch` names the risks of each activity, `weight` holds clusters' triangles."""

    risk: Any
    touch: Integers
    group_key: NDArray[np.uint32]
    cluster: Any
    member_key: NDArray[np.uint32]
    weight: NDArray[np.float32]


class Planned(NamedTuple):
    """Finishes if all goes to plan: durations as planned and no risk, calendars and launch periods as they are.

    `origin` is the finish, or 0 where there is none.
    """

    finish: Floats
    origin: Floats


class Plan(NamedTuple):
    """All that blocks of iterations need; `starts` is the number of start rows."""

    net: Net
    planned: Planned
    draws: Draws
    durations: Shapes
    values: Shapes
    cost_factors: Shapes
    per_day_factors: Shapes
    targets: Integers
    starts: int


def compiled(model: Model) -> Plan:
    """Return the model as kernels take it."""
    from synodos.schedule.sampling.planned import planned_dates

    activities, n = model.activities, len(model.activities)
    free = Marginals.fixed(np.zeros(n))
    costs = model.costs or Costs(np.zeros(n), np.zeros(n), np.zeros(n, np.bool_), free, free)
    records, touch = _activities(model, costs)
    net, starts = _net(model, records), int(records["start_row"].max(initial=NONE)) + 1
    return Plan(
        net,
        planned_dates(net, starts),
        _draws(model, touch),
        shapes(activities.duration, np.where(activities.relative, activities.planned_days, 1.0)),
        shapes(model.risks.value, np.ones(len(model.risks))),
        shapes(costs.fixed_factor, np.ones(n)),
        shapes(costs.per_day_factor, np.ones(n)),
        np.ascontiguousarray(model.targets, np.int64),
        starts,
    )


def _filled(dtype: np.dtype[Any], **columns: object) -> Any:  # noqa: ANN401 - NumPy has no type for records by name
    """Return records from columns."""
    first: Any = next(iter(columns.values()))
    table = np.zeros(len(first), dtype)
    for name, column in columns.items():
        table[name] = column
    return table


def _activities(model: Model, costs: Costs) -> tuple[Any, Integers]:
    """Return the records of activities, and the risks that touch them."""
    given, risks, periods, n = model.activities, model.risks, model.launch_periods, len(model.activities)
    launch_row = np.full(n, NONE, np.int64)
    launch_row[periods.activity] = np.arange(len(periods))
    starts_fixed, finishes_fixed = ~np.isnan(given.fixed_start_days), ~np.isnan(given.fixed_finish_days)
    plain = _plain(model) & ~starts_fixed & ~finishes_fixed
    asked = ~plain | (launch_row >= 0)
    asked[model.links.predecessor[np.isin(model.links.kind, (LinkKind.START_START, LinkKind.START_FINISH))]] = True
    loading = np.where(given.group >= 0, given.loading, 0.0)
    counts = np.cumsum(np.concatenate(([0], np.bincount(risks.activity, minlength=n))))
    touched = np.diff(counts) > 0
    members = _members(model)
    score_row = np.full(n, NONE, np.int64)
    score_row[members] = np.arange(len(members))
    records = _filled(
        ACTIVITY,
        first_link=model.links.start[:-1],
        last_link=model.links.start[1:],
        first_risk=counts[:-1],
        last_risk=counts[1:],
        calendar=given.calendar,
        start_row=np.where(asked, np.cumsum(asked) - 1, NONE),
        launch_row=launch_row,
        first_period=np.where(launch_row >= 0, periods.start[launch_row], 0),
        last_period=np.where(launch_row >= 0, periods.start[launch_row + 1], 0),
        earliest_start=given.earliest_start_days,
        earliest_finish=given.earliest_finish_days,
        fixed_start=np.nan_to_num(given.fixed_start_days),
        fixed_finish=np.nan_to_num(given.fixed_finish_days),
        cost=costs.fixed,
        cost_per_day=costs.per_day,
        group=given.group,
        score_row=score_row,
        planned=given.planned_days,
        loading=loading,
        rest=np.sqrt(1.0 - loading**2),
        key=given.key,
        plain=plain,
        starts_fixed=starts_fixed,
        finishes_fixed=finishes_fixed,
        working=costs.working,
        uncertain=(given.duration.family != 0) | touched,
        touched=touched,
    )
    owner = np.repeat(np.arange(len(risks)), np.diff(risks.start))
    return records, np.ascontiguousarray(owner[np.argsort(risks.activity, kind="stable")], np.int64)


def _plain(model: Model) -> NDArray[np.bool_]:
    """Return which activities have elapsed days and finish-start links alone."""
    activities, links = model.activities, model.links
    plain = (activities.calendar == ELAPSED) & np.isneginf(activities.earliest_finish_days)
    odd = (links.kind != LinkKind.FINISH_START) | (links.lag_calendar != ELAPSED)
    successor = np.repeat(np.arange(len(activities)), np.diff(links.start))
    plain[successor[odd]] = False
    return np.asarray(plain, np.bool_)


def _members(model: Model) -> Integers:
    """Return the activities of all clusters, in order."""
    return np.concatenate([np.zeros(0, np.int64), *(cluster.activity for cluster in model.clusters)])


def _net(model: Model, records: Any) -> Net:  # noqa: ANN401 - records
    """Return what decides on dates."""
    links, periods = model.links, model.launch_periods
    link = _filled(
        LINK,
        predecessor=links.predecessor,
        kind=links.kind,
        lag=links.lag_days,
        calendar=links.lag_calendar,
    )
    period = _filled(PERIOD, open=periods.open_days, close=periods.close_days)
    return Net(records, link, period, _calendar(model.calendars))


def _calendar(calendars: Calendars) -> Calendar:
    """Return the tables, with the step at which each mean step's worth of work is reached."""
    work = np.ascontiguousarray(calendars.work_days, np.float64)
    steps = work.shape[1] - 1
    pace = work[:, -1] / (steps * calendars.step_days)
    hint = np.zeros((len(work), steps + 2), np.int64)
    for row, (table, mean) in enumerate(zip(work, pace, strict=True)):
        reached = np.arange(steps + 2) * mean * calendars.step_days
        hint[row] = np.clip(np.searchsorted(table, reached, side="left") - 1, 0, steps - 1)
    return Calendar(work, hint, pace, float(calendars.first_day), float(calendars.step_days))


def _draws(model: Model, touch: Integers) -> Draws:
    """Return what decides on random numbers."""
    risks = model.risks
    sizes = np.array([0, *(len(cluster.activity) for cluster in model.clusters)], np.int64)
    triangles = [factor(cluster.correlation).ravel() for cluster in model.clusters]
    first, weights = np.cumsum(sizes), np.cumsum(sizes**2)
    return Draws(
        _filled(RISK, probability=risks.probability, effect=risks.effect, key=risks.key),
        touch,
        np.ascontiguousarray(model.group_key, np.uint32),
        _filled(CLUSTER, first=first[:-1], last=first[1:], first_weight=weights[:-1]),
        np.ascontiguousarray(model.activities.key[_members(model)], np.uint32),
        np.concatenate([np.zeros(0), *triangles]).astype(np.float32),
    )
