"""Schedules written as MSPDI, and read back by MPXJ."""

import datetime as dt

import pytest

from synodos.exchange import read_schedule, write_mspdi
from synodos.language import (
    Activity,
    Agency,
    Calendar,
    DateRange,
    Header,
    History,
    PortfolioError,
    Schedule,
    Source,
    faults,
)
from synodos.schedule import minutes_of
from synodos.schedule.paths.calendars import working_time

STATED = {
    "owner": "esa",
    "stated_by": "esa",
    "release": "public",
    "as_of": "2026-01-31",
    "confidence": "read",
    "sources": ["plan"],
}
WEEK = [{"days": ["mon", "tue", "wed", "thu", "fri"], "hours": ["08:00-12:00", "13:00-17:00"]}]
NIGHTS = [{"days": ["mon", "tue", "wed", "thu"], "hours": ["00:00-06:00", "22:00-24:00"]}]
EXCEPTIONS = [
    {"dates": "2026-01-01..2026-12-31", "recurs": "weekly", "every": 2, "weekdays": ["fri"], "name": "Free Friday"},
    {"dates": "2026-01-01..2026-12-31", "recurs": "monthly", "every": 1, "day": 15},
    {"dates": "2026-01-01..2029-12-31", "recurs": "yearly", "month": 5, "ordinal": "first", "weekdays": ["mon"]},
    {"dates": "2026-01-01..2029-12-31", "recurs": "yearly", "month": 12, "day": 25},
    {"dates": "2026-02-07", "hours": ["09:00-12:00"], "name": "Test day"},
    {"dates": "2026-08-03..2026-08-14"},
    {"dates": "2026-12-25", "hours": ["09:00-12:00"], "name": "Test on a holiday"},
]


def portfolio(activities, calendars=(), **schedule):
    """A portfolio with one schedule."""
    agency = Agency.model_validate(
        {**STATED, "id": "esa", "name": "European Space Agency", "short_name": "ESA", "actor": "intergovernmental"}
    )
    every = [{"id": "office", "name": "Office", "week": WEEK, "hours_per_day": 8}, *calendars]
    fields = {"id": "lander", "name": "Lander", "starts": "2026-01-05T08:00", "calendar": "office", **schedule}
    records = [
        agency,
        *(Calendar.model_validate({**STATED, **each}) for each in every),
        Schedule.model_validate({**STATED, **fields}),
        *(Activity.model_validate({**STATED, "name": each["id"], "schedule": "lander", **each}) for each in activities),
    ]
    header = Header(id="p", title="P", known_on=DateRange("2026-01-31"), sources={"plan": Source(title="Plan")})
    history = History(header, tuple(records))
    assert faults(history) == ()
    return history.known_on()


def work(calendars, activity, default):
    """Hours of work of an activity: days may count other hours when a file comes back."""
    calendar = next(each for each in calendars if each.id == (activity.calendar or default))
    return activity.duration_days * calendar.hours_per_day


def stretches(calendar, calendars):
    """All stretches of working time of five years."""
    span = (minutes_of(dt.datetime(2026, 1, 1)), minutes_of(dt.datetime(2031, 1, 1)))  # noqa: DTZ001 - no zone
    found = working_time(calendar, {each.id: each for each in calendars}, span)
    return [*zip(found.opens.tolist(), found.closes.tolist(), strict=True)]


@pytest.fixture
def there_and_back(tmp_path):
    """Write a portfolio's schedule, read it back, and give its activities and calendars by name."""

    def go(plans):
        path = tmp_path / "lander.xml"
        left_out = write_mspdi(plans, "lander", path)
        found = read_schedule(path, "esa", schedule="lander", release="public", as_of=plans.known_on)
        return found, {each.name: each for each in found.activities}, left_out

    return go


def test_activities_come_back_as_they_were(there_and_back):
    activities = [
        {"id": "design", "duration_days": 12.5, "wbs": "1.2", "actual_start": "2026-01-05T08:00"},
        {"id": "build", "duration_days": 20, "deadline": "2026-04-01T17:00"},
        {"id": "cure", "duration_days": 3, "calendar": "always"},
        {"id": "review", "type": "finish-milestone"},
    ]
    activities[1]["after"] = [{"activity": "design", "lag_days": 2}, {"activity": "cure", "type": "start-start"}]
    activities[3]["after"] = [
        {"activity": "build", "type": "finish-finish", "lag_days": -0.5},
        {"activity": "cure", "lag_days": 3, "lag_in": "elapsed"},
    ]
    activities[1]["constraints"] = [{"type": "start-no-earlier", "on": "2026-02-02T08:00"}]
    always = {"id": "always", "name": "Always", "hours_per_day": 24}
    plans = portfolio(activities, [always])
    found, back, left_out = there_and_back(plans)
    assert left_out == ()
    fields = ("type", "wbs", "deadline", "actual_start", "actual_finish", "constraints")
    named = {activity.id: activity.name for activity in found.activities}
    for before in plans.activities.values():
        again = back[before.name]
        expected = [(each.activity, each.type, each.lag_days, each.lag_in) for each in before.after]
        links = [(named[each.activity], each.type, each.lag_days, each.lag_in) for each in again.after]
        assert links == expected
        assert work(found.calendars, again, "lander-office") == work(plans.calendars.values(), before, "office")
        for field in fields:
            if field != "wbs" or before.wbs is not None:
                assert getattr(again, field) == getattr(before, field), (before.id, field)
    assert (found.schedules[0].name, found.schedules[0].starts) == ("Lander", "2026-01-05T08:00")


def test_calendars_come_back_as_they_were(there_and_back):
    calendars = [
        {"id": "works", "name": "Works", "week": WEEK, "exceptions": EXCEPTIONS, "hours_per_day": 8},
        {"id": "nights", "name": "Nights", "week": NIGHTS, "hours_per_day": 8},
        {"id": "derived", "name": "Derived", "parent": "works", "exceptions": [{"dates": "2026-03-03"}]},
    ]
    used = ["works", "nights", "derived"]
    plans = portfolio([{"id": f"in-{each}", "duration_days": 1, "calendar": each} for each in used], calendars)
    found, _, _ = there_and_back(plans)
    back = {calendar.name: calendar for calendar in found.calendars}
    for before in plans.calendars.values():
        again = back[before.name]
        assert [each.name for each in again.exceptions if each.name] == [e.name for e in before.exceptions if e.name]
        assert stretches(again, found.calendars) == stretches(before, plans.calendars.values())


@pytest.mark.parametrize(
    "kind",
    [
        "start-no-earlier",
        "start-no-later",
        "finish-no-earlier",
        "finish-no-later",
        "must-start",
        "must-finish",
        "as-late-as-possible",
    ],
)
def test_each_constraint_comes_back(there_and_back, kind):
    tie = {"type": kind} if kind == "as-late-as-possible" else {"type": kind, "on": "2026-02-02T12:00"}
    plans = portfolio([{"id": "design", "duration_days": 3, "constraints": [tie]}])
    _, back, _ = there_and_back(plans)
    assert back["design"].constraints == plans.activities["design"].constraints


def test_a_day_without_an_hour_is_its_end_for_finishes(there_and_back):
    ties = [{"type": "finish-no-later", "on": "2026-02-02"}]
    _, back, _ = there_and_back(portfolio([{"id": "design", "duration_days": 3, "constraints": ties}]))
    assert [each.on for each in back["design"].constraints] == ["2026-02-03T00:00"]


def test_what_has_no_place_is_said(there_and_back):
    ties = [{"type": "start-no-earlier", "on": "2026-02-02"}, {"type": "finish-no-later", "on": "2026-03-02"}]
    spread = {"shape": "uniform", "low": 1, "high": 2}
    activities = [
        {"id": "design", "duration_days": 3, "constraints": ties, "spread": spread, "remaining_days": 1},
        {"id": "build", "duration_days": 3, "expected_finish": "2026-03-02"},
        {"id": "guard", "type": "level-of-effort", "after": [{"activity": "design", "lag_days": 1}]},
    ]
    plans = portfolio(activities, finish_by="2026-05-01", progress="progress-override", lag_calendar="predecessor")
    _, _, left_out = there_and_back(plans)
    assert len(left_out) == 8
    assert "That what is left of work lasts until it is expected to end." in left_out
    assert "Constraints of design beyond the first." in left_out


def test_nothing_is_overwritten_unless_asked(tmp_path):
    plans = portfolio([{"id": "design", "duration_days": 3}])
    path = tmp_path / "lander.xml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(PortfolioError, match=r"file\.exists"):
        write_mspdi(plans, "lander", path)
    assert path.read_text(encoding="utf-8") == "mine"
    write_mspdi(plans, "lander", path, replace=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["lander.xml"]


def test_an_unknown_schedule_is_refused(tmp_path):
    with pytest.raises(PortfolioError, match=r"schedule\.unknown[\s\S]*lander"):
        write_mspdi(portfolio([{"id": "design"}]), "rover", tmp_path / "rover.xml")
