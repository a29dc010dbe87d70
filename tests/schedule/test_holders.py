from dataclasses import replace

import pytest
from hypothesis import given

from synodos.schedule import ELAPSED
from synodos.schedule.paths.critical_path import critical_path
from synodos.schedule.questions.chains import MOST_CHAINS, longest_chains
from synodos.schedule.questions.holders import who_holds
from synodos.schedule.questions.near_critical import near_critical
from tests.schedule.works import (
    MONDAY,
    begun,
    computed,
    day,
    done,
    five_days,
    launch,
    networks,
    relay,
    task,
    tie,
)


def stretches(holding):
    return [(one.cause, one.holder, one.days) for one in holding.stretches]


def test_each_agency_holds_the_days_that_its_work_takes_and_nobody_holds_a_lag():
    holding = who_holds(critical_path(relay()))
    assert holding.chain == ("build", "test", "fly")
    assert stretches(holding) == [("work", "esa", 10), ("work", "nasa", 5), ("lag", "lag", 3), ("work", "jaxa", 2)]
    assert holding.by_agency == {"esa": 0.5, "nasa": 0.25, "jaxa": 0.1}
    assert holding.days == 20


def test_agreements_hold_the_work_that_is_done_under_them_and_none_the_rest():
    agreements = who_holds(critical_path(relay())).agreements
    assert [(one.holder, one.days, one.fraction) for one in agreements] == [("mou", 15, 0.75), ("", 2, 0.1)]


def test_a_handover_names_both_sides_the_day_and_the_agreements():
    first, second = who_holds(critical_path(relay())).handovers
    assert (first.giver, first.receiver, first.at, first.agreements) == ("esa", "nasa", day(10), ("mou",))
    assert (second.from_activity, second.to_activity, second.at, second.link) == (
        "test",
        "fly",
        day(18),
        "finish-start",
    )
    assert second.text == ('"Fly" (JAXA) starts after the finish of "Test" (NASA), with a lag of 3 days: 2020-01-24.')


def test_the_nearest_path_of_each_agency_is_its_activity_with_the_least_float():
    near = {one.agency: (one.activity, one.total_float_days) for one in who_holds(critical_path(relay())).nearest}
    assert near == {"esa": ("build", 0), "nasa": ("test", 0), "jaxa": ("fly", 0)}
    alone = computed([task("long", 9), task("short", 4, "nasa")])
    assert {one.agency: one.total_float_days for one in who_holds(alone).nearest} == {"esa": 0, "nasa": 5}


def test_a_wait_for_a_launch_period_belongs_to_no_agency():
    path = computed([task("make", 8), launch("go", (5, 6), (30, 40)), task("cruise", 10)], "make go", "go cruise")
    assert stretches(who_holds(path)) == [
        ("work", "esa", 8),
        ("launch period", "launch period 2020-02-05..2020-02-14", 22),
        ("work", "esa", 10),
    ]


def test_a_wait_for_a_date_belongs_to_the_date():
    path = computed([task("late", 2, ties=(tie("start-no-earlier", 20),)), task("next", 1)], "late next")
    assert stretches(who_holds(path))[0] == ("date", "constraint of a test", 20)


def test_a_weekend_belongs_to_who_works_over_it_and_to_the_calendar_between_two_activities():
    week = [task("first", 6, calendar=0), task("second", 4, "nasa", calendar=0), task("third", 1, calendar=0)]
    holding = who_holds(computed(week, "first second", "second third", calendars=(five_days(),)))
    night, weekend = 16 / 24, 2 + 16 / 24
    assert stretches(holding) == [
        ("calendar", "calendar Five days", pytest.approx(8 / 24)),
        ("work", "esa", pytest.approx(7 + 8 / 24)),
        ("calendar", "calendar Five days", pytest.approx(night)),
        ("work", "nasa", pytest.approx(3 + 8 / 24)),
        ("calendar", "calendar Five days", pytest.approx(weekend)),
        ("work", "esa", pytest.approx(8 / 24)),
    ]


def test_where_a_lead_lets_two_activities_overlap_the_later_one_holds_the_time():
    path = computed([task("first", 10), task("second", 5, "nasa")], ("first", "second", "finish-start", -4))
    assert stretches(who_holds(path)) == [("work", "esa", 6), ("work", "nasa", 5)]


def test_what_is_done_holds_nothing_any_more():
    nodes = [done(task("past", 4), 0, 4), begun(task("now", 10, "nasa"), 4, 7), task("next", 3)]
    holding = who_holds(computed(nodes, "past now", "now next", status=day(6)))
    assert holding.starts == day(6)
    assert stretches(holding) == [("work", "nasa", 7), ("work", "esa", 3)]


def test_nothing_is_held_where_everything_is_done():
    holding = who_holds(computed([done(task("past", 4), 0, 4)], status=day(6)))
    assert (holding.shares, holding.stretches, holding.days) == ((), (), 0)


def test_other_chains_that_drive_the_finish_as_well_are_named():
    path = computed([task("one", 5), task("other", 5, "nasa"), task("end", 1)], "one end", "other end")
    assert who_holds(path).equally_long == ("other",)


def test_chains_of_the_same_length_count_equally_and_all_their_handovers_are_told():
    nodes = [task("lander", 8, "jaxa"), task("rover", 8, "nasa"), task("join", 2), task("rest", 4)]
    holding = who_holds(computed(nodes, "lander join", "rover join", "rest join"))
    assert holding.by_agency == {"jaxa": pytest.approx(0.4), "nasa": pytest.approx(0.4), "esa": pytest.approx(0.2)}
    assert [(one.giver, one.receiver) for one in holding.handovers] == [("jaxa", "esa"), ("nasa", "esa")]
    assert {one.agency: one.days_on_path for one in holding.nearest} == {"jaxa": 4, "nasa": 4, "esa": 2}


def test_finishes_on_the_same_day_count_equally():
    assert who_holds(computed([task("one", 5), task("other", 5, "nasa")])).by_agency == {"esa": 0.5, "nasa": 0.5}


def test_the_target_counts_and_not_the_last_to_finish():
    path = computed([task("first", 2), task("asked", 3, "nasa"), task("other", 30)], "first asked", target="asked")
    assert who_holds(path).chain == ("first", "asked")


@given(networks())
def test_shares_are_parts_of_the_whole_path_without_gap_or_overlap(drawn):
    path = critical_path(drawn)
    holding = who_holds(path)
    assert holding.finish == path.finish
    assert len(list(longest_chains(path))) <= MOST_CHAINS
    if holding.stretches:
        assert sum(share.fraction for share in holding.shares) == pytest.approx(1)
        assert sum(share.days for share in holding.shares) == pytest.approx(holding.days)
        ends = [one.ends for one in holding.stretches]
        assert [one.starts for one in holding.stretches] == [holding.starts, *ends[:-1]]
        assert ends[-1] == path.finish
        assert holding.starts == min(MONDAY, holding.stretches[0].starts)
    work = sum(share.fraction for share in holding.shares if share.cause == "work")
    assert sum(share.fraction for share in holding.agreements) == pytest.approx(work)


@given(networks())
def test_the_chain_is_on_the_longest_path_and_ends_with_the_finish(drawn):
    path = critical_path(drawn)
    chain = [drawn.place[key] for key in who_holds(path).chain]
    assert path.early_finish[chain[-1]] == path.finish
    assert all(path.on_longest_path[place] for place in chain)


def test_the_near_critical_path_says_what_it_can_lose_and_who_holds_it():
    found = near_critical(critical_path(relay()), 10)
    (path,) = found.paths
    assert (path.activities, path.own, path.total_float_days) == (("rig", "test", "fly"), ("rig",), 6)
    assert path.holders == (("nasa", 9), ("jaxa", 2))
    assert found.more == 0


def test_a_path_outside_the_margin_is_left_out():
    assert near_critical(critical_path(relay()), 5.9).paths == ()


def test_paths_come_in_the_order_of_their_float_and_the_rest_are_counted():
    nodes = [task("main", 20), *(task(f"side{n}", n) for n in (11, 17, 14))]
    found = near_critical(computed(nodes), 10, most=2)
    assert [(path.activities, path.total_float_days) for path in found.paths] == [(("side17",), 3), (("side14",), 6)]
    assert found.more == 1


@pytest.mark.parametrize(("margin", "most"), [(-1, 5), (1, -5)], ids=["margin", "most"])
def test_a_negative_margin_or_number_is_refused(margin, most):
    with pytest.raises(ValueError, match=r"schedule\.margin: .* found -?\d"):
        near_critical(critical_path(relay()), margin, most)


@given(networks())
def test_every_activity_within_the_margin_is_on_one_path_as_its_own(drawn):
    path = critical_path(drawn)
    found = near_critical(path, 5, most=100)
    own = [key for one in found.paths for key in one.own]
    assert len(own) == len(set(own))
    assert {
        node.id
        for place, node in enumerate(drawn.nodes)
        if path.total_float_days(place) <= 5 and not path.critical[place] and not path.on_longest_path[place]
    } <= set(own)
    assert sorted(one.total_float_days for one in found.paths) == [one.total_float_days for one in found.paths]


@given(networks())
def test_losing_what_a_near_path_can_lose_does_not_move_the_finish(drawn):
    # Every hour of every day: a float that ends where a working day ends cannot be told from one at the next start.
    drawn = replace(drawn, nodes=tuple(replace(node, calendar=ELAPSED) for node in drawn.nodes))
    path = critical_path(drawn)
    for near in near_critical(path, 5).paths:
        place = min((drawn.place[key] for key in near.own), key=lambda one: path.total_float[one])
        node, more = drawn.nodes[place], int(path.total_float[place])
        if node.duration:
            longer = replace(node, duration=node.duration + more, remaining=node.remaining + more)
            nodes = (*drawn.nodes[:place], longer, *drawn.nodes[place + 1 :])
            assert critical_path(replace(drawn, nodes=nodes)).finish == path.finish


@pytest.mark.parametrize("nodes", [(), (task("watch", 5, type="level-of-effort"),)], ids=["empty", "effort alone"])
def test_a_network_in_which_nothing_finishes_is_held_by_nobody(nodes):
    path = computed(nodes)
    holding = who_holds(path)
    assert (holding.chain, holding.stretches, holding.shares, holding.handovers) == ((), (), (), ())
    assert near_critical(path, 5).paths == ()


def test_of_two_that_a_launch_waits_for_the_one_that_is_ready_last_counts_with_its_lag():
    nodes = [task("early", 10), task("late", 20, "nasa"), launch("go", (60, 70))]
    path = computed(nodes, ("early", "go", "finish-start", 30), "late go")
    holding = who_holds(path)
    assert holding.chain == ("early", "go")
    assert stretches(holding) == [
        ("work", "esa", 10),
        ("lag", "lag", 30),
        ("launch period", "launch period 2020-03-06..2020-03-15", 20),
    ]


@pytest.mark.parametrize("link", ["finish-finish", "start-start"])
def test_an_activity_whose_own_work_takes_as_long_is_a_chain_of_its_own(link):
    nodes = [task("one", 8, "nasa"), task("other", 8, "jaxa"), task("end", 4)]
    holding = who_holds(computed(nodes, ("one", "other", link, 0), "other end"))
    chains = {"finish-finish": {"nasa": 1 / 3, "jaxa": 1 / 3}, "start-start": {"jaxa": 2 / 3}}[link]
    assert holding.by_agency == pytest.approx(chains | {"esa": 1 / 3})


def test_an_activity_that_is_held_at_its_finish_alone_is_no_chain_of_its_own():
    nodes = [task("one", 8, "nasa"), task("other", 6, "jaxa"), task("end", 4)]
    holding = who_holds(computed(nodes, ("one", "other", "finish-finish", 0), "other end"))
    assert holding.by_agency == pytest.approx({"nasa": 2 / 3, "esa": 1 / 3})


def test_a_launch_in_working_hours_waits_for_its_period_and_nothing_else_drives_it():
    nodes = [task("make", 8), launch("go", (30, 40), calendar=0)]
    path = computed(nodes, "make go", calendars=(five_days(),), status=day(1))
    assert path.held_by[1] == "launch period 2020-02-05..2020-02-14"
    assert path.on_longest_path == (False, True)
    assert path.limited_by[0] == "early finish of The plan"
    assert stretches(who_holds(path)) == [
        ("work", "esa", 8),
        ("launch period", path.held_by[1], pytest.approx(21 + 8 / 24)),
    ]


def test_the_launch_period_that_is_meant_is_the_cause_of_late_dates_in_working_hours():
    nodes = [task("make", 45), launch("go", (30, 40), (60, 70), calendar=0, intended=0)]
    path = computed(nodes, "make go", calendars=(five_days(),))
    assert path.total_float[0] < 0
    assert path.limited_by == ("launch period 2020-02-05..2020-02-14 of go",) * 2
