"""When a window holds: yes, no or perhaps."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.language import DateRange
from synodos.law.windows import NEVER, Stated, Window

DAY = dt.date
SHARP = Window(DAY(2000, 1, 1), DAY(2000, 1, 1), DAY(2010, 1, 1), DAY(2010, 1, 1))
BLURRED = Window(DAY(2000, 1, 1), DAY(2000, 12, 31), DAY(2010, 1, 1), DAY(2010, 12, 31))
OPEN = Window(DAY(2000, 1, 1), DAY(2000, 1, 1))
LATER_UNKNOWN = Window(DAY(2000, 1, 1), DAY(2000, 1, 1), DAY(2010, 1, 1), NEVER)


@pytest.mark.parametrize(
    ("window", "day", "truth"),
    [
        (SHARP, "1999-12-31", "no"),
        (SHARP, "2000-01-01", "yes"),
        (SHARP, "2009-12-31", "yes"),
        (SHARP, "2010-01-01", "no"),
        (SHARP, "1999..2001", "perhaps"),
        (SHARP, "2009..2010", "perhaps"),
        (SHARP, "2011..", "no"),
        (BLURRED, "2000-06-01", "perhaps"),
        (BLURRED, "2001", "yes"),
        (BLURRED, "2010-06-01", "perhaps"),
        (BLURRED, "2011-01-01", "no"),
        (OPEN, "2005..", "yes"),
        (OPEN, "..2005", "perhaps"),
        (LATER_UNKNOWN, "2009-12-31", "yes"),
        (LATER_UNKNOWN, "2010-01-01", "perhaps"),
        (LATER_UNKNOWN, "2999-01-01", "perhaps"),
    ],
)
def test_one_day_that_lies_somewhere_in_a_range(window, day, truth):
    assert window.on(DateRange(day)) == truth


@pytest.mark.parametrize(
    ("window", "course", "truth"),
    [
        (SHARP, "1990..1999", "no"),
        (SHARP, "1990..2000-01-01", "yes"),
        (SHARP, "1990..2030", "yes"),
        (SHARP, "2010-01-01..2011", "no"),
        (BLURRED, "1990..2000-06-01", "perhaps"),
        (BLURRED, "2010-06-01..2012", "perhaps"),
        (LATER_UNKNOWN, "2005..2015", "yes"),
        (LATER_UNKNOWN, "2012..2015", "perhaps"),
        (SHARP, "1999-12-31..", "perhaps"),
        (SHARP, "2000-01-01..", "yes"),
        (SHARP, "2010-01-01..", "no"),
        (BLURRED, "2000-06-01..", "perhaps"),
        (OPEN, "2026-01-01..", "yes"),
    ],
)
def test_a_course_is_met_by_any_part_of_it(window, course, truth):
    assert window.overlaps(DateRange(course)) == truth


def test_a_window_is_not_known_before_its_text_and_its_end_not_before_it_is_told():
    stated = Stated(DateRange("2012-01-01"), DateRange("2024-01-05"), end_known_since=DAY(2023, 1, 5))
    assert stated.as_known(DAY(2011, 12, 31)) is None
    assert stated.as_known(DAY(2022, 1, 1)).on(DateRange("2025")) == "yes"
    assert stated.as_known(DAY(2023, 1, 5)).on(DateRange("2025")) == "no"


def test_a_window_that_is_renewed_reaches_as_far_as_the_last_act_known():
    acts = ((DAY(2011, 11, 18), DateRange("2012-10-01")), (DAY(2013, 3, 26), DateRange("2013-10-01")))
    first = DateRange("2011-04-15"), DateRange("2011-10-01"), "unknown"
    stated = Stated(*first, renewed=acts)
    asked = [DateRange(day) for day in ("2011-09-30", "2012-09-30", "2013-09-30", "2014")]
    truths = {known: [stated.as_known(known).on(day) for day in asked] for known in (DAY(2011, 11, 17), *dict(acts))}
    assert list(truths.values()) == [
        ["yes", "perhaps", "perhaps", "perhaps"],
        ["yes", "yes", "perhaps", "perhaps"],
        ["yes", "yes", "yes", "perhaps"],
    ]


def test_a_text_may_be_known_before_it_is_in_force():
    stated = Stated(DateRange("2014-11-10"), known_since=DAY(2014, 5, 13))
    assert stated.as_known(DAY(2014, 6, 1)).on(DateRange("2014-06-01")) == "no"
    assert stated.as_known(DAY(2014, 6, 1)).on(DateRange("2015")) == "yes"


def test_an_empty_window_that_ends_unknown_is_perhaps_from_its_day_on():
    window = Stated(DateRange("2026-01-01"), DateRange("2026-01-01"), "unknown", DAY(2000, 1, 1)).as_known(
        DAY(2026, 1, 1)
    )
    assert [window.on(DateRange(day)) for day in ("2025-12-31", "2026-01-01", "2030")] == ["no", "perhaps", "perhaps"]
    assert window.overlaps(DateRange("2020..2030")) == "perhaps"


days = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


@given(st.lists(days, min_size=4, max_size=4), st.lists(days, min_size=2, max_size=2), st.data())
def test_yes_and_no_hold_wherever_the_open_ends_lie(ends, when, data):
    begin_from, begin_to, end_from, end_to = sorted(ends)
    window = Window(begin_from, begin_to, end_from, end_to)
    first, last = sorted(when)
    begins = data.draw(st.dates(begin_from, begin_to))
    over = data.draw(st.dates(end_from, end_to))
    day = data.draw(st.dates(first, last))
    asked = DateRange(f"{first}..{last}")
    truth = "yes" if begins <= day < over else "no"
    assert window.on(asked) in (truth, "perhaps")
    runs = "yes" if begins <= last and first < over and begins < over else "no"
    assert window.overlaps(asked) in (runs, "perhaps")


@given(days, days, days)
def test_sharp_windows_and_days_are_never_perhaps(one, other, day):
    begins, over = sorted((one, other))
    window = Window(begins, begins, over, over)
    assert window.on(DateRange(str(day))) == ("yes" if begins <= day < over else "no")
