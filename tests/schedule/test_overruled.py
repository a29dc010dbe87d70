"""Dates that have to be kept and cannot be: what is said of them, and what else shows it."""

import pytest

from synodos.schedule import critical_path
from tests.schedule.works import computed, day, five_days, network, task, tie


def must_finish(at):
    return [task("make", 10), task("test", 3, "nasa", ties=(tie("must-finish", at, "constraint of test"),))]


def test_a_date_that_what_comes_before_is_too_late_for_is_named_and_gives_negative_float():
    path = computed(must_finish(8), "make test")
    (note,) = path.notes
    assert note == (
        "Test has to finish on 2020-01-13 (constraint of test): 5 days too early for its link from Make, so it cannot "
        "be kept."
    )
    assert path.total_float_days(0) == -5
    assert path.limited_by[0] == "constraint of test"


def test_a_date_that_can_be_kept_goes_without_a_word():
    assert computed(must_finish(13), "make test").notes == ()
    assert computed(must_finish(40), "make test").notes == ()


@pytest.mark.parametrize(
    ("status", "too_early", "begins"), [(None, 6, "start"), (3, 9, "status date")], ids=["start", "status"]
)
def test_work_before_the_start_of_its_schedule_is_never_silent(status, too_early, begins):
    nodes = [task("make", 10, ties=(tie("must-finish", 4, "constraint of make"),))]
    path = computed(nodes, status=status and day(status))
    assert path.early_start[0] == day(-6)
    (note,) = path.notes
    assert note == (
        f"Make has to finish on 2020-01-09 (constraint of make): {too_early} days too early for the {begins} of The "
        "plan, so it cannot be kept."
    )


def test_days_too_early_are_days_of_the_calendar():
    nodes = [task("make", 10, calendar=0), task("test", 1, calendar=0, ties=(tie("must-start", 7, "the visit"),))]
    (note,) = computed(nodes, "make test", calendars=(five_days(),)).notes
    assert note.startswith("Test has to start on 2020-01-13 (the visit): 5 days too early for its link from Make")


@pytest.mark.parametrize(
    ("kind", "at", "asked"),
    [
        ("must-start", 9, "start on 2020-01-15"),
        ("must-finish", 9, "finish on 2020-01-14"),
        ("start-no-earlier", 6, "start no earlier than 2020-01-12"),
        ("start-no-later", 4, "start no later than 2020-01-10"),
        ("finish-no-earlier", 8, "finish no earlier than 2020-01-13"),
        ("finish-no-later", 6, "finish no later than 2020-01-11"),
    ],
)
def test_dates_that_exclude_each_other_are_named_and_the_first_that_has_to_be_kept_counts(kind, at, asked):
    ties = (tie("must-start", 5, "first"), tie(kind, at, "second"))
    path = computed([task("make", 2, ties=ties)])
    assert path.early_start[0] == day(5)
    assert path.notes == (f"Make cannot both start on 2020-01-11 (first) and {asked} (second): the first counts.",)


def test_dates_that_go_together_are_no_contradiction():
    ties = tuple(tie(kind, at) for kind, at in (("must-start", 5), ("must-finish", 7), ("finish-no-later", 9)))
    assert computed([task("make", 2, ties=ties)]).notes == ()


def test_an_answer_without_activities_ends_on_the_day_of_knowledge():
    empty = network([])
    assert critical_path(empty).finish == day(0)
    path = critical_path(type(empty)(empty.known_on, (), ()))
    assert (path.finish, path.notes, path.order) == (day(0), (), ())
