"""Calendars laid out, and counted along, against printed lists of days and against counting minute by minute."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.language import Calendar
from synodos.schedule import minutes_of
from synodos.schedule.paths.calendars import working_time
from synodos.schedule.paths.counting import add_work, end_at, position, start_at, work_between

OFFICE = [{"days": ["mon", "tue", "wed", "thu", "fri"], "hours": ["08:00-12:00", "13:00-17:00"]}]
RECORD = {"owner": "esa", "stated_by": "esa", "release": "public", "as_of": "2020", "confidence": "read"}


def at(text):
    return minutes_of(dt.datetime.fromisoformat(text))


def calendar(id="office", **said):
    return Calendar.model_validate({"id": id, "name": id, "sources": ["made-up"], **RECORD, **said})


def laid(*calendars, first="2018-01-01", last="2022-01-01"):
    return working_time(calendars[0], {one.id: one for one in calendars}, (at(first), at(last)))


def free_days(time, year):
    """Weekdays of a year on which no minute is worked."""
    days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365))
    mornings = [(day, at(day.isoformat())) for day in days if day.weekday() < 5]
    return [day.isoformat()[5:] for day, morning in mornings if not work_between(time, morning, morning + 1440)]


@pytest.fixture(scope="module")
def office():
    return laid(calendar(week=OFFICE))


def test_work_runs_over_lunch_night_and_weekend(office):
    assert add_work(office, at("2020-07-03T16:00"), 60) == at("2020-07-03T17:00")
    assert add_work(office, at("2020-07-03T16:00"), 61) == at("2020-07-06T08:01")
    assert add_work(office, at("2020-07-03T11:00"), 120) == at("2020-07-03T14:00")
    assert add_work(office, at("2020-07-06T09:00"), -120) == at("2020-07-03T16:00")


def test_a_moment_outside_working_time_moves_to_the_next_opening_or_the_last_close(office):
    saturday = at("2020-07-04T10:00")
    assert start_at(office, position(office, saturday)) == at("2020-07-06T08:00")
    assert end_at(office, position(office, saturday)) == at("2020-07-03T17:00")
    assert work_between(office, at("2020-07-03T16:00"), saturday) == 60
    assert work_between(office, saturday, at("2020-07-03T16:00")) == -60


def test_a_calendar_that_says_nothing_works_every_hour_in_one_stretch():
    time = laid(calendar(), first="2020-01-01", last="2020-03-01")
    assert (len(time.opens), time.minutes_per_day) == (1, 1440)
    assert work_between(time, at("2020-01-10"), at("2020-02-10")) == 31 * 1440


# Rules in the manner of public holidays, and the days of 2019 on which they fall, found by hand in a calendar.
HOLIDAYS = [
    {"recurs": "yearly", "month": 1, "day": 1},
    {"recurs": "yearly", "month": 1, "ordinal": "third", "weekdays": ["mon"]},
    {"recurs": "yearly", "month": 2, "ordinal": "third", "weekdays": ["mon"]},
    {"recurs": "yearly", "month": 5, "ordinal": "last", "weekdays": ["mon"]},
    {"recurs": "yearly", "month": 7, "day": 4},
    {"recurs": "yearly", "month": 9, "ordinal": "first", "weekdays": ["mon"]},
    {"recurs": "yearly", "month": 10, "ordinal": "second", "weekdays": ["mon"]},
    {"recurs": "yearly", "month": 11, "day": 11},
    {"recurs": "yearly", "month": 11, "ordinal": "fourth", "weekdays": ["thu"]},
    {"recurs": "yearly", "month": 12, "day": 25},
]
IN_2019 = ["01-01", "01-21", "02-18", "05-27", "07-04", "09-02", "10-14", "11-11", "11-28", "12-25"]


def test_recurring_exceptions_fall_on_the_days_found_by_hand():
    exceptions = [{"dates": "2015..2025", **rule} for rule in HOLIDAYS]
    assert free_days(laid(calendar(week=OFFICE, exceptions=exceptions)), 2019) == IN_2019


@pytest.mark.parametrize(
    ("exception", "free"),
    [
        ({"dates": "2019-03-04..2019-03-08"}, ["03-04", "03-05", "03-06", "03-07", "03-08"]),
        ({"dates": "2019-03-04..2019-03-15", "recurs": "daily", "every": 4}, ["03-04", "03-08", "03-12"]),
        (
            {"dates": "2019-03-05..2019-04-05", "recurs": "weekly", "every": 2, "weekdays": ["tue", "fri"]},
            ["03-05", "03-08", "03-19", "03-22", "04-02", "04-05"],
        ),
        (
            {"dates": "2019-01-31..2019-06-30", "recurs": "monthly", "every": 2, "day": 29},
            ["03-29", "05-29"],
        ),
        ({"dates": "2019-02..2019-05", "recurs": "monthly", "day": 31}, ["02-28", "04-30", "05-31"]),
        ({"dates": "2018-05-01..2022", "recurs": "yearly", "every": 2, "month": 5, "day": 1}, []),
    ],
    ids=["dates", "every-fourth-day", "every-second-week", "every-second-month", "end-of-month", "every-second-year"],
)
def test_an_exception_recurs_as_it_says(exception, free):
    assert free_days(laid(calendar(week=OFFICE, exceptions=[exception])), 2019) == free


def test_a_later_exception_wins_and_one_with_hours_is_worked():
    exceptions = [{"dates": "2020-12-24..2020-12-31"}, {"dates": "2020-12-28", "hours": ["09:00-11:00"]}]
    time = laid(calendar(week=OFFICE, exceptions=exceptions))
    assert add_work(time, at("2020-12-23T17:00"), 121) == at("2021-01-01T08:01")
    assert work_between(time, at("2020-12-28"), at("2020-12-29")) == 120


def test_a_calendar_takes_week_hours_and_exceptions_from_the_one_above_and_its_own_win():
    above = calendar("above", week=OFFICE, hours_per_day=7.5, exceptions=[{"dates": "2020-05-01..2020-05-05"}])
    below = calendar("below", parent="above", exceptions=[{"dates": "2020-05-04", "hours": ["10:00-11:00"]}])
    time = laid(below, above)
    assert time.minutes_per_day == 450
    assert work_between(time, at("2020-05-01"), at("2020-05-06")) == 60
    own_week = calendar("own", parent="above", week=[{"days": ["sun"], "hours": ["00:00-24:00"]}])
    assert laid(own_week, above).minutes_per_day == 1440


@pytest.mark.parametrize(
    ("calendars", "complaint"),
    [
        ((calendar("a", parent="b"), calendar("b", parent="a")), "in a loop"),
        ((calendar("a", parent="b"),), "name one that is missing"),
        ((calendar("a", exceptions=[{"dates": "2000..2030"}]),), "no working time"),
    ],
    ids=["loop", "missing", "no-work"],
)
def test_a_calendar_that_cannot_be_laid_out_is_refused(calendars, complaint):
    with pytest.raises(ValueError, match=complaint):
        laid(*calendars)


@settings(max_examples=60, deadline=None)
@given(begin=st.integers(0, 8 * 1440), minutes=st.integers(-2000, 2000))
def test_adding_work_agrees_with_counting_minute_by_minute(begin, minutes):
    time = laid(calendar(week=OFFICE), first="2020-06-01", last="2020-08-01")
    begin += at("2020-06-20")
    worked = {
        m for start, end in zip(time.opens.tolist(), time.closes.tolist(), strict=True) for m in range(start, end)
    }
    now, left = begin, abs(minutes)
    while left:
        left -= (now if minutes > 0 else now - 1) in worked
        now += 1 if minutes > 0 else -1
    if minutes:
        assert add_work(time, begin, minutes) == now


@settings(max_examples=60, deadline=None)
@given(moment=st.integers(0, 40 * 1440))
def test_positions_and_moments_are_inverse(moment):
    time = laid(calendar(week=OFFICE), first="2020-06-01", last="2020-08-01")
    moment += at("2020-06-02")
    found = position(time, moment)
    assert end_at(time, found) <= moment <= start_at(time, found)
    assert position(time, start_at(time, found)) == position(time, end_at(time, found)) == found
