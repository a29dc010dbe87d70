"""From a network and its records to the arrays that are sampled."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from synodos.language import Portfolio
from synodos.schedule.calendars import add_work, work_between
from synodos.schedule.flat import ready_from, ties_of
from synodos.schedule.risk.clock import Clock
from synodos.schedule.risk.correlating import Together, together
from synodos.schedule.risk.costs import Priced, priced
from synodos.schedule.risk.defaults import Defaults
from synodos.schedule.risk.spreads import certain, marginals, row
from synodos.schedule.risk.strikes import Event, Strike, events, is_open
from synodos.schedule.risk.uncertain import Duration, durations, minutes_per_day
from synodos.schedule.sampling import (
    NOBODY,
    Activities,
    Calendars,
    Cluster,
    Costs,
    Effect,
    LaunchPeriods,
    Link,
    Links,
    Marginals,
    Model,
    Risks,
)
from synodos.schedule.types import ELAPSED, MINUTES_PER_DAY, CriticalPath, Edge, Network, Node, Tie, WorkingTime

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_STEPS = 524_288
"""Entries of a table of working time."""
LEAST_YEARS = 5
"""Years before and after the day of knowledge for which calendars are laid out, at least."""
_KIND = {
    "finish-start": Link.FINISH_START,
    "start-start": Link.START_START,
    "finish-finish": Link.FINISH_FINISH,
    "start-finish": Link.START_FINISH,
}
_EFFECT = {"multiply": Effect.MULTIPLY, "delay": Effect.DELAY, "remove": Effect.REMOVE}


@dataclass(frozen=True)
class Plan:
    """What is known of a network before it is sampled.

    Attributes
    ----------
    network : Network
        Without the links to what its successors can do without.
    path : CriticalPath
        Of the network.
    durations : tuple of Duration
        For each node.
    events : tuple of Event
        What may happen.
    together : tuple of Together
        Stated correlations.
    within : float
        Correlation within an agency.
    priced : Priced or None
        Costs.
    defaults : Defaults
        What stands in where nothing is stated.
    """

    network: Network
    path: CriticalPath
    durations: tuple[Duration, ...]
    events: tuple[Event, ...]
    together: tuple[Together, ...]
    within: float
    priced: Priced | None
    defaults: Defaults

    @property
    def order(self) -> tuple[int, ...]:
        """Places of the nodes, predecessors first."""
        return self.path.order

    @cached_property
    def clock(self) -> Clock:
        """Days from the day of knowledge."""
        return Clock.of(self.network)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Agencies that answer for something."""
        held = {node.agency for node in self.network.nodes if is_open(node)}
        return tuple(sorted(held | {event.agency for event in self.events if event.agency}))

    @cached_property
    def waits(self) -> Mapping[int, int]:
        """For each milestone that events delay, or that launch periods hold, the row in which it waits to be ready."""
        delayed = {
            place
            for event in self.events
            for strike in event.strikes
            if strike.effect == "delay"
            for place in strike.places
            if not self.network.nodes[place].remaining
        }
        delayed |= {place for place, node in enumerate(self.network.nodes) if holds_back(node)}
        found, row_ = {}, 0
        for place in self.order:
            if place in delayed:
                found[place] = row_
                row_ += 1
            row_ += 1
        return found

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """For each node its row in the model."""
        found, row_ = [0] * len(self.order), 0
        for place in self.order:
            row_ += place in self.waits
            found[place] = row_
            row_ += 1
        return tuple(found)

    @property
    def size(self) -> int:
        """Rows of the model."""
        return len(self.order) + len(self.waits)


def plan(
    path: CriticalPath,
    portfolio: Portfolio,
    defaults: Defaults,
    within: float | None = None,
) -> Plan:
    """Return what the network of a path, its records and the defaults say about uncertainty.

    Raises
    ------
    ValueError
        If stated correlations cannot hold (code `risk.correlation`).
    """
    within = defaults.number("correlation") if within is None else within
    network = path.network
    spreads = durations(network, portfolio, defaults)
    return Plan(
        network=network,
        path=path,
        durations=spreads,
        events=events(network, portfolio, defaults),
        together=together(network, portfolio, [one.spread is not None for one in spreads], within),
        within=within,
        priced=priced(network, portfolio),
        defaults=defaults,
    )


def model(plan: Plan, targets: Sequence[int]) -> Model:
    """Return the arrays of a plan.

    `targets` are places of the nodes whose finish is recorded; behind them stand the rows in which those of them that
    launch periods can hold back wait, in the same order: their finish says when the launch is ready.
    """
    waiting = [plan.waits[place] for place in targets if holds_back(plan.network.nodes[place])]
    return Model(
        activities=_activities(plan),
        links=_links(plan),
        targets=np.array([*(plan.rows[place] for place in targets), *waiting], np.int64),
        group_key=_keys(plan.groups),
        calendars=_calendars(plan),
        risks=_risks(plan),
        launch_periods=_launch_periods(plan),
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
    bounds = [_bounds(plan, place) for place in range(len(nodes))]

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
        earliest_start_days=column(begin, (one.start for one in bounds)),
        earliest_finish_days=column(-np.inf, (one.finish for one in bounds)),
        fixed_start_days=column(np.nan, (one.fixed_start for one in bounds)),
        fixed_finish_days=column(np.nan, (one.fixed_finish for one in bounds)),
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


@dataclass
class _Bounds:
    """What dates bound one node, in days."""

    start: float
    finish: float = -math.inf
    fixed_start: float = math.nan
    fixed_finish: float = math.nan


def _bounds(plan: Plan, place: int) -> _Bounds:
    """Return what its schedule, its constraints and its progress bound, as the critical path has it."""
    network, days = plan.network, plan.clock.days
    node = network.nodes[place]
    rules = network.schedules[node.schedule]
    if node.actual_finish is not None:
        begun = node.actual_finish if node.actual_start is None else node.actual_start
        return _Bounds(days(rules.starts), fixed_start=days(begun), fixed_finish=days(node.actual_finish))
    found = _Bounds(days(ready_from(node, rules)))
    for tie in ties_of(node):
        if tie.at is not None:
            _tie(tie, days(tie.at), found)
    for link in network.into[place]:
        if _begun_without_status(network, network.edges[link]):
            _bound_by_start(plan, network.edges[link], found)
    return found


def _tie(tie: Tie, at: float, found: _Bounds) -> None:
    """Let a constraint bound a node; latest dates and as late as possible move nothing."""
    if tie.type == "start-no-earlier":
        found.start = max(found.start, at)
    elif tie.type == "finish-no-earlier":
        found.finish = max(found.finish, at)
    elif tie.type == "must-start":
        found.fixed_start = at
    elif tie.type == "must-finish":
        found.fixed_finish = at


def _begun_without_status(network: Network, edge: Edge) -> bool:
    """Return whether a link hangs on an actual start, which no status date parts from what remains of the work."""
    before = network.nodes[edge.predecessor]
    begun = before.actual_start is not None and before.actual_finish is None
    return begun and edge.type.startswith("start") and network.schedules[before.schedule].status is None


def _bound_by_start(plan: Plan, edge: Edge, found: _Bounds) -> None:
    """Let the actual start of a predecessor bound a node."""
    at = int(plan.network.nodes[edge.predecessor].actual_start or 0)
    if edge.calendar == ELAPSED:
        at += edge.lag
    elif edge.lag:
        at = add_work(plan.network.calendars[edge.calendar], at, edge.lag)
    if edge.type == "start-start":
        found.start = max(found.start, plan.clock.days(at))
    else:
        found.finish = max(found.finish, plan.clock.days(at))


def _links(plan: Plan) -> Links:
    """Return the links that still hold, and those through the rows in which milestones wait."""
    network, rows = plan.network, plan.rows
    found = [(waiting, rows[place], Link.FINISH_START, 0.0, ELAPSED) for place, waiting in plan.waits.items()]
    for edge in network.edges:
        if not _holds(network, edge) or _begun_without_status(network, edge):
            continue
        kind = _KIND[edge.type]
        successor = plan.waits.get(edge.successor, rows[edge.successor])
        if edge.successor in plan.waits:  # a milestone's start is its finish; what waits begins with its start
            kind = Link.FINISH_START if edge.type.startswith("finish") else Link.START_START
        lag = _lag_left(network, edge) / minutes_per_day(network, edge.calendar)
        found.append((rows[edge.predecessor], successor, kind, lag, edge.calendar))
    return Links.of(plan.size, found)


def _holds(network: Network, edge: Edge) -> bool:
    """Return whether a link still bounds its successor."""
    before, after = network.nodes[edge.predecessor], network.nodes[edge.successor]
    if "level-of-effort" in (before.type, after.type) or after.actual_finish is not None:
        return False
    return after.actual_start is None or not network.schedules[after.schedule].override


def _lag_left(network: Network, edge: Edge) -> int:
    """Return the minutes of a lag after the start of work in progress that are left at the status date."""
    before = network.nodes[edge.predecessor]
    status = network.schedules[before.schedule].status
    if edge.type.startswith("finish") or before.actual_finish is not None:
        return edge.lag
    if before.actual_start is None or status is None:
        return edge.lag
    if edge.calendar == ELAPSED:
        passed = status - before.actual_start
    else:
        passed = work_between(network.calendars[edge.calendar], before.actual_start, status)
    return max(0, edge.lag - max(0, passed))


def _calendars(plan: Plan) -> Calendars:
    """Return the calendars as tables of work done over the years that matter; beyond them the mean pace goes on."""
    calendars = plan.network.calendars
    if not calendars:
        return Calendars.none()
    edges = [one for time in calendars for one in (time.opens, time.closes)]
    ahead = max(LEAST_YEARS * 366 * MINUTES_PER_DAY, 3 * (int(plan.path.early_finish.max()) - plan.clock.zero))
    first = max(int(min(one[0] for one in edges)), plan.clock.zero - LEAST_YEARS * 366 * MINUTES_PER_DAY)
    first = first // MINUTES_PER_DAY * MINUTES_PER_DAY
    last = min(int(max(one[-1] for one in edges)), plan.clock.zero + ahead)
    step = math.gcd(MINUTES_PER_DAY, *(int(np.gcd.reduce(one)) for one in edges))
    while (last - first) // step > MOST_STEPS:
        step = next(one for one in range(step + 1, MINUTES_PER_DAY + 1) if MINUTES_PER_DAY % one == 0)
    marks = np.arange(first, last + step, step, dtype=np.int64)
    work = np.array([_worked(time, marks) for time in calendars])
    per_day = np.array([time.minutes_per_day for time in calendars])[:, None]
    return Calendars(plan.clock.days(first), step / MINUTES_PER_DAY, (work - work[:, :1]) / per_day)


def _worked(time: WorkingTime, marks: Integers) -> Floats:
    """Return the minutes of work before each mark."""
    place = np.searchsorted(time.opens, marks, side="right") - 1
    done = time.worked[place] + np.minimum(marks, time.closes[place]) - time.opens[place]
    return np.where(place < 0, 0, done).astype(np.float64)


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


def _launch_periods(plan: Plan) -> LaunchPeriods:
    """Return the launch periods, of the launches in the order of their rows."""
    nodes = plan.network.nodes
    launches = [(plan.rows[place], nodes[place]) for place in plan.order if holds_back(nodes[place])]
    if not launches:
        return LaunchPeriods.none()
    minute = 1 / MINUTES_PER_DAY
    opens, closes, start = list[float](), list[float](), [0]
    for _, node in launches:
        opens += [plan.clock.days(period.opens) for period in node.periods]
        closes += [plan.clock.days(period.closes) - minute for period in node.periods]
        start.append(len(opens))
    rows = np.array([row_ for row_, _ in launches], np.int64)
    return LaunchPeriods(rows, np.array(start, np.int64), np.array(opens), np.array(closes))


def holds_back(node: Node) -> bool:
    """Return whether launch periods can hold a node back."""
    return bool(node.periods) and node.actual_start is None and is_open(node)


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
