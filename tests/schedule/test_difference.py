from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.schedule import Period, moment_of
from synodos.schedule.paths.critical_path import critical_path
from synodos.schedule.questions.attribution import MOST_WORK
from synodos.schedule.questions.difference import difference
from synodos.schedule.questions.mixing import KINDS, Versions
from tests.schedule.works import (
    DAY,
    MONDAY,
    begun,
    computed,
    day,
    done,
    five_days,
    launch,
    network,
    networks,
    task,
    tie,
)

PLAN = [task("make", 10), task("test", 5, "nasa"), task("fly", 2, "jaxa")]
LINKS = ("make test", "test fly")


def planned(nodes=PLAN, *links, **rules):
    return computed(nodes, *(links or LINKS), **rules)


def moved(before, after):
    return {movement.kinds: movement.days for movement in difference(before, after).movements}


def test_equal_schedules_do_not_differ():
    answer = difference(planned(), planned())
    assert (answer.minutes, answer.changes, answer.movements, answer.drivers, answer.floats) == (0, (), (), (), ())
    assert answer.method == "Nothing changed that could move a date."


@given(networks())
def test_a_network_does_not_differ_from_itself(drawn):
    path = critical_path(drawn)
    answer = difference(path, path)
    assert (answer.changes, answer.movements, answer.joined_path, answer.left_path) == ((), (), (), ())


ALTERED = {
    "progress": (planned(), planned([begun(PLAN[0], 0, 14), *PLAN[1:]]), 4, "make"),
    "durations": (planned(), planned([task("make", 13), *PLAN[1:]]), 3, "make"),
    "logic": (planned(), planned(PLAN, "make test", ("test", "fly", "finish-start", 4)), 4, "fly"),
    "activities": (
        planned(),
        planned([*PLAN, task("ship", 6)], "make test", "test fly", "test ship", "ship fly"),
        6,
        "ship",
    ),
    "constraints": (
        planned(),
        planned([*PLAN[:2], replace(PLAN[2], ties=(tie("start-no-earlier", 25),))]),
        10,
        "fly",
    ),
    "calendars": (
        computed([task("work", 3, calendar=0)], calendars=(five_days(),)),
        computed([task("work", 3)], calendars=(five_days(),)),
        1 / 3,
        "work",
    ),
    "launch periods": (
        computed([task("make", 8), launch("go", (9, 12))], "make go"),
        computed([task("make", 8), launch("go", (30, 40))], "make go"),
        21,
        "go",
    ),
}


@pytest.mark.parametrize("kind", list(ALTERED))
def test_a_change_of_one_kind_is_given_the_whole_movement_and_its_activity_drives_it(kind):
    before, after, days, driver = ALTERED[kind]
    answer = difference(before, after)
    assert answer.days == days
    assert [(one.kinds, one.days, one.averaged_days) for one in answer.movements] == [
        ((kind,), days, pytest.approx(days))
    ]
    assert [(one.activity, one.minutes) for one in answer.drivers] == [(driver, round(days * DAY))]


def test_parts_add_up_and_stand_in_the_stated_order():
    after = planned(
        [task("make", 13), task("test", 5, "nasa", ties=(tie("start-no-earlier", 20),)), task("fly", 2, "jaxa")],
        "make test",
        ("test", "fly", "finish-start", 4),
    )
    answer = difference(planned(), after)
    assert [(one.kinds, one.days) for one in answer.movements] == [
        (("durations",), 3),
        (("logic",), 4),
        (("constraints",), 7),
    ]
    assert answer.days == 14
    assert [one.kinds[0] for one in answer.movements] == sorted(
        (one.kinds[0] for one in answer.movements), key=KINDS.index
    )


def test_of_two_changes_that_each_suffice_the_first_gets_all_and_the_average_half():
    after = planned([task("make", 14), task("test", 5, "nasa", ties=(tie("start-no-earlier", 14),)), PLAN[2]])
    answer = difference(planned(), after)
    assert [(one.kinds, one.days, one.averaged_days) for one in answer.movements] == [
        (("durations",), 4, pytest.approx(2)),
        (("constraints",), 0, pytest.approx(2)),
    ]
    assert "applied in the order durations, constraints" in answer.method
    assert "Shapley" in answer.method


def test_logic_goes_with_removed_activities_where_one_alone_closes_a_loop():
    before = planned([task("a", 2), task("x", 1), task("b", 3)], "a x", "x b")
    after = planned([task("a", 2), task("b", 3)], "b a")
    answer = difference(before, after)
    assert [(one.kinds, one.days, one.changes) for one in answer.movements] == [(("logic", "activities"), -1, 2)]
    assert [(one.activity, one.minutes) for one in answer.drivers] == [("x", -3 * DAY), ("a", None)]


def test_changes_are_told_in_words():
    after = planned(
        [task("make", 12.5), replace(PLAN[1], agency="esa"), replace(PLAN[2], deadline=day(30))],
        "make test",
        ("test", "fly", "start-start", -1),
        status=day(1),
    )
    told = [(one.kind, one.activity, one.what, one.before, one.after) for one in difference(planned(), after).changes]
    assert told == [
        ("constraints", "fly", "deadline", "", "2020-02-05T00:00"),
        ("durations", "make", "duration", "10 days", "12.5 days"),
        ("logic", "fly", "link from test", "finish-start", ""),
        ("logic", "fly", "link from test", "", "start-start, lead 1 day"),
        ("owner", "test", "agency", "nasa", "esa"),
        ("progress", "schedule:plan", "status date", "", "2020-01-07T00:00"),
    ]


def test_added_and_removed_activities_floats_and_the_path_are_told():
    before = planned([task("main", 10), task("side", 6), task("old", 1), task("end", 1)], "main end", "side end")
    after = planned([task("main", 10), task("side", 15), task("new", 1), task("end", 1)], "main end", "side end")
    answer = difference(before, after)
    assert (answer.added, answer.removed) == (("new",), ("old",))
    assert (answer.joined_path, answer.left_path) == (("side",), ("main",))
    assert [(one.activity, one.before_days, one.after_days) for one in answer.floats] == [
        ("side", 4, 0),
        ("main", 0, 5),
    ]


def test_a_status_date_that_moves_without_progress_drives_the_movement():
    answer = difference(planned(status=day(0)), planned(status=day(6)))
    assert [(one.kinds, one.days) for one in answer.movements] == [(("progress",), 6)]
    assert [(one.activity, one.name, one.minutes) for one in answer.drivers] == [("schedule:plan", "The plan", 6 * DAY)]


def test_holidays_in_a_calendar_are_a_change_of_calendars_and_more_years_of_it_are_none():
    week = five_days()
    keep = week.opens != day(1) + 8 * 60
    holiday = replace(
        week, opens=week.opens[keep], closes=week.closes[keep], worked=np.arange(keep.sum(), dtype=np.int64) * 480
    )
    shorter = replace(week, opens=week.opens[20:900], closes=week.closes[20:900], worked=week.worked[:880])
    nodes = [task("work", 3, calendar=0)]
    before, after, same = (
        critical_path(network(nodes, calendars=(calendar,))) for calendar in (week, holiday, shorter)
    )
    assert moved(before, after) == {("calendars",): 1}
    assert difference(before, after).drivers[0].activity == "work"
    assert moved(before, same) == {}


def test_versions_for_different_targets_are_refused():
    with pytest.raises(ValueError, match=r"schedule\.target: .* everything and fly"):
        difference(planned(), planned(target="fly"))


def test_large_networks_are_not_averaged(monkeypatch):
    monkeypatch.setattr("synodos.schedule.questions.attribution.MOST_WORK", 5)
    answer = difference(planned(), planned([task("make", 13), *PLAN[1:]]))
    assert answer.movements[0].averaged_days is None
    assert "too large" in answer.method
    assert MOST_WORK > 5


@st.composite
def versions(draw):
    """Two networks of partly the same activities, with progress, constraints and launch periods in the later one."""
    before, after = draw(networks(6)), draw(networks(8))
    nodes = list(after.nodes)
    nodes[0] = draw(st.sampled_from((nodes[0], begun(replace(nodes[0], calendar=-1), 0, 3))))
    if draw(st.booleans()):
        nodes[-1] = replace(nodes[-1], ties=(tie("start-no-earlier", draw(st.integers(0, 20))),))
    rules = replace(after.schedules[0], status=draw(st.sampled_from((None, day(1)))))
    return before, replace(after, nodes=tuple(nodes), schedules=(rules,))


@given(versions())
def test_parts_add_up_to_the_whole_movement(drawn):
    before, after = (critical_path(one) for one in drawn)
    answer = difference(before, after)
    assert sum(one.minutes for one in answer.movements) == answer.minutes == after.finish - before.finish
    assert sum(one.averaged_days for one in answer.movements) == pytest.approx(answer.days)
    kinds = [kind for one in answer.movements for kind in one.kinds]
    assert all(KINDS.index(first) < KINDS.index(second) for first, second in pairwise(kinds))


@given(versions())
def test_a_mix_with_no_change_is_the_earlier_version_and_with_all_the_later_one(drawn):
    for whole, made in zip(drawn, (False, True), strict=True):
        path = critical_path(Versions(*drawn).mixed(lambda kind, key, made=made: made))
        told = critical_path(whole)
        by_id = {node.id: place for place, node in enumerate(path.network.nodes)}
        assert set(by_id) == set(whole.place)
        for dates, truth in (
            (path.early_start, told.early_start),
            (path.early_finish, told.early_finish),
            (path.late_finish, told.late_finish),
            (path.total_float, told.total_float),
        ):
            assert [dates[by_id[node.id]] for node in whole.nodes] == list(truth)
        assert path.finish == told.finish >= MONDAY - 40 * DAY


def test_done_work_is_progress():
    after = planned([done(PLAN[0], 0, 8), *PLAN[1:]], status=day(8))
    assert moved(planned(), after) == {("progress",): -2}


def coarse(key, until, known):
    """An element that is to be ready on a day, as known on an earlier one."""
    return task(key, until - known, coarse=True)


@pytest.mark.parametrize(("slip", "movements"), [(0, []), (30, [(("durations",), 30)])], ids=["kept", "slipped"])
def test_time_that_passes_moves_no_planned_date(slip, movements):
    before = computed([coarse("lander", 400, 0), coarse("old", 300, 0)], starts=day(0))
    after = computed([coarse("lander", 400 + slip, 100), coarse("new", 350, 100)], starts=day(100))
    answer = difference(before, after)
    assert [(one.kinds, one.days) for one in answer.movements if one.minutes] == movements
    assert sum(one.averaged_days for one in answer.movements) == pytest.approx(slip)
    told = [(one.kind, one.what) for one in answer.changes]
    assert told == [*([("durations", "planned date")] if slip else []), ("progress", "start")]


def listed(known, *periods, intended=None, computed=True, slip=0):
    """A launch after ten days of work, with the periods that were listed on a day of knowledge."""
    spans = tuple(Period(day(opens), day(closes), computed=computed) for opens, closes in periods)
    flight = replace(launch("fly"), periods=spans, intended=intended)
    return computed_path([task("make", 10 + slip), flight], known)


def computed_path(nodes, known):
    found = network(nodes, "make fly", starts=day(0))
    return critical_path(replace(found, known_on=moment_of(day(known)).date()))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (listed(0, (1, 5), (12, 20), (40, 50)), listed(8, (12, 20), (40, 50)), []),  # over before anything could leave
        (listed(0, (1, 9), (40, 50)), listed(5, (5, 9), (40, 50)), []),  # listed from the day of knowledge on
        (listed(0, (12, 20)), listed(0, (12, 20), (40, 50)), []),  # looked for further ahead
        (listed(0, (1, 5), (40, 50), intended=0), listed(3, (3, 5), (40, 50), intended=0), []),
        (listed(0, (12, 20), (40, 50)), listed(30, (40, 50)), ["launch periods"]),  # the one that it would leave in
        (listed(0, (12, 20), (40, 50)), listed(0, (13, 20), (40, 50)), ["launch periods"]),
        (listed(0, (1, 5)), listed(0, (1, 5), (40, 50)), ["launch periods"]),  # beyond all that were listed
        (listed(0, (12, 20), computed=False), listed(0, (12, 20), (40, 50), computed=False), ["launch periods"]),
        (listed(0, (1, 5), (40, 50), intended=0), listed(6, (40, 50)), ["intended period"]),
    ],
    ids=["past", "begun", "ahead", "meant", "used", "moved", "beyond", "stated", "missed"],
)
def test_launch_periods_that_only_pass_or_come_in_sight_are_no_change(before, after, told):
    answer = difference(before, after)
    assert [one.what for one in answer.changes] == told
    assert sum(one.minutes for one in answer.movements) == after.finish - before.finish


def test_work_that_becomes_a_milestone_or_moves_to_another_agreement_is_told():
    after = planned([replace(PLAN[0], type="finish-milestone", duration=0, remaining=0, agreement="mou"), *PLAN[1:]])
    told = [(one.kind, one.what, one.before, one.after) for one in difference(planned(), after).changes]
    assert told == [
        ("durations", "duration", "10 days", "0 days"),
        ("durations", "type", "task", "finish milestone"),
        ("owner", "agreement", "", "mou"),
    ]


@pytest.mark.parametrize(("first", "second", "version"), [(0, 1, "earlier"), (1, 0, "later")], ids=["first", "second"])
def test_a_version_without_activities_is_refused(first, second, version):
    paths = [computed([task("only", 3)] * count) for count in (first, second)]
    with pytest.raises(ValueError, match=rf"schedule\.empty: .* {version} version, as known on 2020-01-06"):
        difference(*paths)
