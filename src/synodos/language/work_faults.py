"""Checks of schedules, activities, risks and launch periods that need more than one field, or more than one record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from synodos.language.calendar_faults import calendar_faults
from synodos.language.faults import Fault, shown
from synodos.language.marks import WITHHELD
from synodos.language.record import Record
from synodos.language.work import Activity, Calendar, Risk, Schedule

if TYPE_CHECKING:
    from synodos.language.plan import Mission
    from synodos.language.standing import Agreement

Table = Mapping[str, Mapping[str, Record]]
_DAY_ONLY = len("2018-05-07")


def work_faults(statement: Record, table: Table, known_on: dt.date) -> Iterator[Fault]:
    """Yield what is wrong with the hours of a calendar, the links and dates of an activity, or launch periods.

    Parameters
    ----------
    statement : Record
        Any statement.
    table : mapping
        The last statement of every record, by kind and id.
    known_on : datetime.date
        Last day of knowledge of the portfolio.
    """
    if isinstance(statement, Calendar):
        yield from calendar_faults(statement, table, known_on)
    elif isinstance(statement, Schedule):
        yield from _status_faults(statement, known_on)
    elif isinstance(statement, Activity):
        yield from _itself_faults(statement)
        yield from _same_faults(statement, table)
        yield from _length_faults(statement)
        yield from _progress_faults(statement, table, known_on)
        yield from _agreement_faults(statement, table)
    elif isinstance(statement, Risk):
        yield from _pair_faults(statement)
    elif statement.kind == "mission":
        yield from _period_faults(cast("Mission", statement))


def _period_faults(mission: Mission) -> Iterator[Fault]:
    """Yield a fault where launch periods overlap, or do not stand in order."""
    periods = mission.launch_opportunity.periods if mission.launch_opportunity else ()
    for position, (first, second) in enumerate(pairwise(periods), start=1):
        if second.earliest <= first.latest:
            yield Fault(
                "mission.launch-periods",
                "launch periods overlap, or are out of order",
                field=f"launch_opportunity.periods[{position}]",
                found=f"{first}, {second}",
                expected="periods that each open after those before have closed",
            )


def _pair_faults(risk: Risk) -> Iterator[Fault]:
    """Yield a fault where an activity is correlated with itself."""
    for position, pair in enumerate(risk.correlations):
        if len(set(pair.activities)) == 1 and pair.activities[0] != WITHHELD:
            yield Fault(
                "risk.itself",
                "an activity cannot be correlated with itself",
                field=f"correlations[{position}].activities",
                found=shown(pair.activities[0]),
                expected="two activities",
            )


def _status_faults(schedule: Schedule, known_on: dt.date) -> Iterator[Fault]:
    """Yield a warning where progress is reported up to a day that nobody knows yet; a day is told by its start."""
    known = str(known_on + dt.timedelta(days=1))
    if schedule.status_date and _before(known, schedule.status_date):
        yield Fault(
            "schedule.status",
            "the status date lies after the portfolio's day of knowledge",
            field="status_date",
            found=schedule.status_date,
            expected=f"{known} or earlier",
            severity="warning",
        )


def _itself_faults(activity: Activity) -> Iterator[Fault]:
    """Yield a fault where an activity waits for itself, or is the same as itself."""
    named = [(f"after[{position}].activity", link.activity) for position, link in enumerate(activity.after)]
    named += [(f"same_as[{position}]", other) for position, other in enumerate(activity.same_as)]
    for field, target in named:
        if target == activity.id:
            yield Fault(
                "activity.itself",
                "an activity cannot wait for itself, or be joined with itself",
                field=field,
                found=shown(target),
                expected="another activity, or nothing",
            )


def _same_faults(activity: Activity, table: Table) -> Iterator[Fault]:
    """Yield a fault where milestones of one schedule are joined, or work is."""
    for position, target in enumerate(activity.same_as):
        other = table["activity"].get(target)
        if not isinstance(other, Activity) or target == activity.id:
            continue
        work = next((one for one in (activity, other) if one.duration_days and not one.type.endswith("stone")), None)
        if activity.schedule is not None and activity.schedule == other.schedule:
            message, expected = "both stand in one schedule", "a milestone of another schedule, or a link"
        elif work is not None:
            message, expected = f"activity {work.id} is work, and only milestones are joined", "a milestone"
        else:
            continue
        yield Fault("activity.same", message, field=f"same_as[{position}]", found=shown(target), expected=expected)


def _length_faults(activity: Activity) -> Iterator[Fault]:
    """Yield a warning for a milestone that takes time, and for a spread that leaves out the planned duration."""
    if activity.type.endswith("milestone") and activity.duration_days:
        yield Fault(
            "activity.milestone",
            "a milestone takes no time; its duration does not count",
            field="duration_days",
            found=shown(activity.duration_days),
            expected="0, or the type task",
            severity="warning",
        )
    spread, left = activity.spread, activity.remaining_days
    if spread is None or spread.of != "days" or activity.actual_finish is not None:
        return
    days = activity.duration_days if left is None else left
    ends = [one for one in (spread.low, spread.high, *spread.values) if one is not None]
    if ends and not min(ends) <= days <= max(ends):
        yield Fault(
            "activity.spread",
            f"the spread leaves out the {'planned' if left is None else 'remaining'} duration of {days:g} days",
            field="spread",
            found=f"{min(ends):g} to {max(ends):g} days",
            expected=f"a range that holds {days:g} days, or a spread of: factor",
            severity="warning",
        )


def _progress_faults(activity: Activity, table: Table, known_on: dt.date) -> Iterator[Fault]:
    """Yield what is wrong with reported dates: their order is an error, what lies in the future a warning."""
    started, finished = activity.actual_start, activity.actual_finish
    if started and finished and _before(finished, started):
        yield Fault(
            "activity.progress",
            "actual_finish lies before actual_start",
            field="actual_finish",
            found=finished,
            expected=f"{started} or later",
        )
    if finished and activity.remaining_days:
        yield Fault(
            "activity.progress",
            "an activity that ended has no work left",
            field="remaining_days",
            found=shown(activity.remaining_days),
            expected="0, or no actual_finish",
        )
    schedule = table["schedule"].get(activity.schedule or "")
    status = schedule.status_date if isinstance(schedule, Schedule) else None
    last, named = str(known_on), "the portfolio's day of knowledge"
    if status and not _before(last, status):
        last, named = status, "the status date of its schedule"
    for name, reported in (("actual_start", started), ("actual_finish", finished)):
        if reported and _before(last, reported):
            yield Fault(
                "activity.progress",
                f"{name} lies after {named}",
                field=name,
                found=reported,
                expected=f"{last} or earlier",
                severity="warning",
            )


def _before(first: str, second: str) -> bool:
    """Return whether one moment lies before another; of a day and an hour of it neither does."""
    length = _DAY_ONLY if _DAY_ONLY in (len(first), len(second)) else None
    return first[:length] < second[:length]


def _agreement_faults(activity: Activity, table: Table) -> Iterator[Fault]:
    """Yield a warning where neither who owns an activity nor who performs it is a party to its agreement."""
    agreement = cast("Agreement | None", table["agreement"].get(activity.agreement or ""))
    if agreement is None or WITHHELD in agreement.parties:
        return
    concerned = {activity.owner, activity.performer or activity.owner}
    if WITHHELD not in concerned and concerned.isdisjoint(agreement.parties):
        yield Fault(
            "activity.agreement",
            "neither its owner nor its performer is a party to the agreement",
            field="agreement",
            found=shown(activity.agreement),
            expected=f"an agreement of {activity.owner}",
            severity="warning",
        )
