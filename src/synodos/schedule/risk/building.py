"""From what is known of a network to the arrays that are sampled."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.risk.bounding import bounds, links
from synodos.schedule.risk.opening import calendars, launch_periods
from synodos.schedule.risk.planning import Plan, holds_back
from synodos.schedule.risk.spreads import certain, marginals, row
from synodos.schedule.risk.strikes import Strike
from synodos.schedule.sampling import NOBODY, Activities, Cluster, Costs, Effect, Marginals, Model, Risks
from synodos.schedule.types import ELAPSED

Floats = NDArray[np.float64]

_EFFECT = {"multiply": Effect.MULTIPLY, "delay": Effect.DELAY, "remove": Effect.REMOVE}


def model(plan: Plan, targets: Sequence[int]) -> Model:
    """Return the arrays of a plan.

    `targets` are places of the nodes whose finish is recorded; behind them stand the rows in which those of them that
    launch periods can hold back wait, in the same order: their finish says when the launch is ready.
    """
    waiting = [plan.waits[place] for place in targets if holds_back(plan.network.nodes[place])]
    return Model(
        activities=_activities(plan),
        links=links(plan),
        targets=np.array([*(plan.rows[place] for place in targets), *waiting], np.int64),
        group_key=_keys(plan.groups),
        calendars=calendars(plan),
        risks=_risks(plan),
        launch_periods=launch_periods(plan),
        clusters=tuple(
            Cluster(np.array([plan.rows[place] for place in one.places], np.int64), one.correlation)
            for one in plan.together
        ),
        costs=_costs(plan),
    )


def _keys(ids: Sequence[str]) -> NDArray[np.uint32]:
    """Return a stable number for each id: the same whatever else there is, but where two would meet."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(set(ids)):
        turn = 0
        while (number := _hash(name, turn)) in taken:
            turn += 1
        taken.add(number)
        found[name] = number
    return np.array([found[name] for name in ids], np.uint32)


def _hash(name: str, turn: int) -> int:
    """Return 32 bits of the hash of an id."""
    return int.from_bytes(hashlib.sha256(f"{name}\n{turn}".encode()).digest()[:4], "little")


def _activities(plan: Plan) -> Activities:
    """Return the rows of the nodes, with those in which milestones wait."""
    nodes, rows = plan.network.nodes, np.array(plan.rows, np.int64)
    ids = [""] * plan.size
    lasting: list[tuple[object, ...]] = [certain(0.0)] * plan.size
    for place, node in enumerate(nodes):
        ids[plan.rows[place]] = node.id
        lasting[plan.rows[place]] = plan.durations[place].row
    for place, waiting in plan.waits.items():
        ids[waiting] = f"{nodes[place].id}\nwait"
    begin = min((plan.clock.days(one.starts) for one in plan.network.schedules), default=0.0)
    group = {agency: index for index, agency in enumerate(plan.groups)}
    bound = [bounds(plan, place) for place in range(len(nodes))]

    def column(empty: float, values: Iterable[float]) -> Floats:
        full = np.full(plan.size, empty)
        full[rows] = np.fromiter(values, np.float64, len(rows))
        return full

    return Activities(
        key=_keys(ids),
        planned_days=column(0.0, (one.planned_days for one in plan.durations)),
        duration=marginals(lasting),
        relative=column(0.0, (one.relative for one in plan.durations)).astype(np.bool_),
        calendar=column(ELAPSED, (node.calendar for node in nodes)).astype(np.int64),
        earliest_start_days=column(begin, (one.start for one in bound)),
        earliest_finish_days=column(-np.inf, (one.finish for one in bound)),
        fixed_start_days=column(np.nan, (one.fixed_start for one in bound)),
        fixed_finish_days=column(np.nan, (one.fixed_finish for one in bound)),
        group=column(NOBODY, (group.get(node.agency, NOBODY) for node in nodes)).astype(np.int64),
        loading=column(0.0, _loadings(plan)),
    )


def _loadings(plan: Plan) -> list[float]:
    """Return for each node the weight of its agency's factor."""
    alone = {place for one in plan.together if not one.shares_factor for place in one.places}
    weight = math.sqrt(plan.within)
    return [
        weight if one.spread is not None and place not in alone else 0.0 for place, one in enumerate(plan.durations)
    ]


def _risks(plan: Plan) -> Risks:
    """Return one row for each thing that an event does; the rows of one event share its key, so it happens to all."""
    strikes = [(event, strike) for event in plan.events for strike in event.strikes]
    if not strikes:
        return Risks.none()
    group = {agency: index for index, agency in enumerate(plan.groups)}
    keys = dict(zip([one.id for one in plan.events], _keys([one.id for one in plan.events]), strict=True))
    struck = [_struck(plan, strike) for _, strike in strikes]
    return Risks(
        key=np.array([keys[event.id] for event, _ in strikes], np.uint32),
        probability=np.array([event.probability for event, _ in strikes]),
        group=np.array([group.get(event.agency, NOBODY) for event, _ in strikes], np.int64),
        effect=np.array([_EFFECT[strike.effect] for _, strike in strikes], np.int64),
        value=marginals([certain(0.0) if one.spread is None else row(one.spread) for _, one in strikes]),
        start=np.cumsum([0, *(len(one) for one in struck)]).astype(np.int64),
        activity=np.array([one for places in struck for one in places], np.int64),
    )


def _struck(plan: Plan, strike: Strike) -> list[int]:
    """Return the rows that something happens to; a milestone is delayed in the row before it."""
    if strike.effect != "delay":
        return [plan.rows[place] for place in strike.places]
    return [plan.waits.get(place, plan.rows[place]) for place in strike.places]


def _costs(plan: Plan) -> Costs | None:
    """Return the costs; growth by default acts on fixed amounts only, since those per day grow with time."""
    if plan.priced is None:
        return None
    rows = np.array(plan.rows, np.int64)
    fixed, per_day = np.zeros(plan.size), np.zeros(plan.size)
    fixed[rows], per_day[rows] = plan.priced.fixed, plan.priced.per_day
    fixed_rows: list[tuple[object, ...]] = [certain(1.0)] * plan.size
    day_rows: list[tuple[object, ...]] = [certain(1.0)] * plan.size
    for place in plan.priced.covers:
        stated = plan.network.nodes[place].cost_spread
        fixed_rows[plan.rows[place]] = row(stated or plan.defaults.spread("cost"))
        day_rows[plan.rows[place]] = certain(1.0) if stated is None else row(stated)
    return Costs(fixed, per_day, np.ones(plan.size, np.bool_), marginals(fixed_rows), marginals(day_rows))


def to_plan(given: Model) -> Model:
    """Return a model in which everything goes to plan."""
    activities = given.activities
    duration = np.where(activities.relative, 1.0, activities.planned_days)
    certain_now = Activities(**{**vars(activities), "duration": Marginals.fixed(duration)})
    ones = Marginals.fixed(np.ones(len(activities)))
    costs = (
        None if given.costs is None else Costs(**{**vars(given.costs), "fixed_factor": ones, "per_day_factor": ones})
    )
    return Model(**{**vars(given), "activities": certain_now, "risks": Risks.none(), "clusters": (), "costs": costs})
