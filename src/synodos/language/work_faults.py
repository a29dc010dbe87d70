"""Checks of calendars and activities that need more than one field, or more than one record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from synodos.language.faults import Fault, shown
from synodos.language.marks import WITHHELD
from synodos.language.record import Record
from synodos.language.standing import Agreement
from synodos.language.work import Activity, Calendar, Schedule

Table = Mapping[str, Mapping[str, Record]]
_DAY_ONLY = len("2018-05-07")


def work_faults(statement: Record, table: Table) -> Iterator[Fault]:
    """Yield what is wrong with the hours of a calendar, or with the links and dates of an activity."""
    if isinstance(statement, Calendar):
        yield from _hours_faults(statement)
        yield from _exception_faults(statement)
    elif isinstance(statement, Activity):
        yield from _itself_faults(statement)
        yield from _same_faults(statement, table)
        yield from _progress_faults(statement, table)
        yield from _agreement_faults(statement, table)


def _hours_faults(calendar: Calendar) -> Iterator[Fault]:
    """Yield a fault where the hours of a day overlap or are out of order."""
    days = [(f"week[{position}].hours", day.hours) for position, day in enumerate(calendar.week)]
    days += [(f"exceptions[{position}].hours", one.hours) for position, one in enumerate(calendar.exceptions)]
    for field, hours in days:
        for first, second in pairwise(hours):
            if second.partition("-")[0] < first.partition("-")[2]:
                yield Fault(
                    "calendar.hours",
                    "hours of one day overlap, or are out of order",
                    field=field,
                    found=f"{first}, {second}",
                    expected="hours that each begin when those before have ended, or later",
                )


def _exception_faults(calendar: Calendar) -> Iterator[Fault]:
    """Yield a fault for exceptions that begin nowhere, and for those that end nowhere and do not recur."""
    for position, exception in enumerate(calendar.exceptions):
        if exception.dates.opens_early or (exception.dates.stays_open and exception.recurs is None):
            yield Fault(
                "calendar.open-dates",
                "an exception has a first day, and a last one unless it recurs",
                field=f"exceptions[{position}].dates",
                found=exception.dates.text,
                expected="a day, or a range such as 2030-12-24..2031-01-02",
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


def _progress_faults(activity: Activity, table: Table) -> Iterator[Fault]:
    """Yield what is wrong with reported dates: their order is an error, what lies after the status date a warning."""
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
    for name, reported in (("actual_start", started), ("actual_finish", finished)):
        if status and reported and _before(status, reported):
            yield Fault(
                "activity.progress",
                f"{name} lies after the status date of its schedule",
                field=name,
                found=reported,
                expected=f"{status} or earlier",
                severity="warning",
            )


def _before(first: str, second: str) -> bool:
    """Return whether one moment lies before another; of a day and an hour of it neither does."""
    length = _DAY_ONLY if _DAY_ONLY in (len(first), len(second)) else None
    return first[:length] < second[:length]


def _agreement_faults(activity: Activity, table: Table) -> Iterator[Fault]:
    """Yield a warning where neither who owns an activity nor who performs it is a party to its agreement."""
    agreement = table["agreement"].get(activity.agreement or "")
    if not isinstance(agreement, Agreement) or WITHHELD in agreement.parties:
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
