"""Nodes and links of the activities that agencies declare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from synodos.language import WITHHELD, Activity, Money, Portfolio, Schedule
from synodos.schedule.networks.drafting import Draft, Wire
from synodos.schedule.networks.hours import Hours
from synodos.schedule.networks.timing import begins, day_start, ends
from synodos.schedule.types import ELAPSED, Node, Rules, Tie

COARSE = "plans"
"""Id of the schedule that holds what has no schedule of its own."""


class Books:
    """The schedules of a network by index: the first for what has none, then those declared, then one an owner."""

    def __init__(self, portfolio: Portfolio, hours: Hours) -> None:
        """Start with the schedule of coarse activities."""
        self._portfolio = portfolio
        self._schedules = portfolio.schedules
        self._hours = hours
        self._index: dict[str, int] = {COARSE: 0}
        self.today = day_start(portfolio.known_on)
        self.rules = [Rules(COARSE, "Plans without activities of their own", self.today)]

    def of(self, activity: Activity) -> tuple[int, Schedule | None]:
        """Return the index of an activity's schedule, and its record where there is one."""
        schedule = self._schedules.get(activity.schedule or "")
        key = f"of:{activity.owner}" if schedule is None else schedule.id
        if key in self._index:
            return self._index[key], schedule
        if schedule is None:
            name = f"Activities of {self._portfolio.agency_name(activity.owner)} without a schedule"
            return self._placed(Rules(key, name, self.today)), None
        calendar = self._hours.index(schedule.calendar)
        rules = Rules(
            id=schedule.id,
            name=schedule.name,
            starts=begins(schedule.starts) if schedule.starts else self.today,
            status=begins(schedule.status_date) if schedule.status_date else None,
            override=schedule.progress == "progress-override",
            finish_by=ends(schedule.finish_by) if schedule.finish_by else None,
            critical_float=self._hours.minutes(schedule.critical_float_days, calendar),
            longest_path=schedule.critical == "longest-path",
        )
        return self._placed(rules), schedule

    def _placed(self, rules: Rules) -> int:
        """Add rules, and return their index."""
        self._index[rules.id] = len(self.rules)
        self.rules.append(rules)
        return self._index[rules.id]


def add_activities(
    draft: Draft, activities: Mapping[str, Activity], portfolio: Portfolio, hours: Hours, books: Books
) -> None:
    """Add a node for each activity, and a wire for each link between two of them."""
    for activity in activities.values():
        place, schedule = books.of(activity)
        calendar = hours.index(activity.calendar or (schedule.calendar if schedule else None))
        draft.nodes[activity.id] = _node(activity, place, calendar, hours)
        if activity.schedule == WITHHELD:
            draft.note("The schedule of these is not released, so its rules do not count", activity.name)
    schedules = portfolio.schedules
    for activity in activities.values():
        _add_links(draft, activity, schedules.get(activity.schedule or ""), hours)


def _node(activity: Activity, schedule: int, calendar: int, hours: Hours) -> Node:
    """Return the node of one activity."""
    duration = 0 if activity.type.endswith("milestone") else hours.minutes(activity.duration_days, calendar)
    cost = activity.cost
    return Node(
        id=activity.id,
        name=activity.name,
        agency=activity.performer or activity.owner,
        records=(f"activity:{activity.id}",),
        type=activity.type,
        duration=duration,
        remaining=_remaining(activity, duration, calendar, hours),
        calendar=calendar,
        schedule=schedule,
        agreement=activity.agreement,
        leads_to=activity.leads_to if activity.leads_to != WITHHELD else None,
        ties=tuple(_ties(activity)),
        deadline=ends(activity.deadline) if activity.deadline else None,
        actual_start=begins(activity.actual_start) if activity.actual_start else None,
        actual_finish=_finished(activity),
        spread=activity.spread,
        fixed_cost=_amount(cost.fixed) if cost else None,
        cost_per_day=_amount(cost.per_day) if cost else None,
        cost_spread=cost.spread if cost else None,
        source_dates=activity.computed,
        expected_finish=_expected(activity),
    )


def _expected(activity: Activity) -> int | None:
    """Return when a task is expected to end; what is no task has nothing left that this could set."""
    return ends(activity.expected_finish) if activity.expected_finish and activity.type == "task" else None


def _remaining(activity: Activity, duration: int, calendar: int, hours: Hours) -> int:
    """Return the minutes of work that are left."""
    if activity.actual_finish:
        return 0
    return duration if activity.remaining_days is None else hours.minutes(activity.remaining_days, calendar)


def _finished(activity: Activity) -> int | None:
    """Return when an activity ended; a milestone that marks a start does so when its day begins."""
    if activity.actual_finish is None:
        return None
    if activity.type == "start-milestone":
        return begins(activity.actual_finish)
    return ends(activity.actual_finish)


def _ties(activity: Activity) -> Iterable[Tie]:
    """Yield the constraints of an activity."""
    for constraint in activity.constraints:
        at = None
        if constraint.on is not None:
            at = ends(constraint.on) if "finish" in constraint.type else begins(constraint.on)
        stated = f" ({constraint.source})" if constraint.source else ""
        yield Tie(constraint.type, at, f"constraint of {activity.id}{stated}")


def _amount(money: Money | None) -> tuple[float, str, int | None] | None:
    """Return amount, currency and price year."""
    return (float(money.amount), money.currency, money.price_year) if money else None


def _add_links(draft: Draft, activity: Activity, schedule: Schedule | None, hours: Hours) -> None:
    """Add a wire for each link of an activity; what it waits for unseen is noted."""
    for link in activity.after:
        if link.activity not in draft.nodes:
            unseen = "is not released" if link.activity == WITHHELD else "is missing"
            draft.note(f"These wait for work that {unseen}, and that wait does not count", activity.name)
            continue
        calendar = ELAPSED
        if link.lag_days and link.lag_in == "working":
            calendar = _lag_calendar(draft, activity, link.activity, schedule, hours)
        lag = hours.minutes(link.lag_days, calendar)
        draft.wires[Wire(link.activity, activity.id, link.type, lag, calendar)] = None


def _lag_calendar(draft: Draft, activity: Activity, predecessor: str, schedule: Schedule | None, hours: Hours) -> int:
    """Return the calendar whose working time a lag counts, as the schedule of the successor says."""
    rule = schedule.lag_calendar if schedule else "successor"
    if rule == "elapsed":
        return ELAPSED
    if rule == "schedule":
        return hours.index(schedule.calendar if schedule else None)
    return draft.nodes[predecessor if rule == "predecessor" else activity.id].calendar
