from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.schedule import ELAPSED
from synodos.schedule.paths.critical_path import critical_path
from synodos.schedule.paths.flat import flattened, position, start_at
from synodos.schedule.paths.walk import Dates, limit
from synodos.schedule.questions.chains import bounding_link, chain_from
from synodos.schedule.questions.why import why
from tests.schedule.works import begun, computed, day, done, five_days, launch, networks, relay, task, tie


def test_a_critical_activity_is_told_with_what_it_waits_for_and_what_it_holds_up():
    answer = why(critical_path(relay()), "test")
    assert [(step.part, step.activity) for step in answer.steps] == [
        ("waits", "build"),
        ("is", "test"),
        ("holds up", "fly"),
    ]
    assert answer.text.splitlines() == [
        '"Test" (NASA) is on the longest path: a day lost on it moves the finish, 2020-01-25.',
        '"Build" (ESA) is held by the start of The plan: 2020-01-06 to 2020-01-15, no float.',
        '"Test" (NASA) starts after the finish of "Build" (ESA): 2020-01-16 to 2020-01-20, no float.',
        (
            '"Fly" (JAXA) starts after the finish of "Test" (NASA), with a lag of 3 days: 2020-01-24 to 2020-01-25, '
            "no float."
        ),
        'The chain ends with "Fly" (JAXA), the last to finish, on 2020-01-25.',
        "Making it shorter brings the finish forward by 5 days at most; then another path, or a date, holds it.",
    ]
    assert answer.records == ("activity:build", "activity:test", "activity:fly")


def test_an_activity_with_float_is_told_where_the_float_comes_from_and_what_it_takes_to_be_critical():
    answer = why(critical_path(relay()), "rig")
    assert answer.verdict == '"Rig" (NASA) is not critical: it can lose 6 days, until 2020-01-15.'
    assert [step.activity for step in answer.steps] == ["rig", "test", "fly"]
    assert answer.reasons == (
        'The chain ends with "Fly" (JAXA), the last to finish, on 2020-01-25.',
        'Its float comes from "Test" (NASA), which starts after the finish of "Build" (ESA) in any case.',
        "All of this float is its own: none of its successors moves before it is used up.",
        (
            "It becomes critical if it loses 6 days: by starting later, by taking longer, or because the critical path "
            "becomes shorter by as much."
        ),
    )


def test_shared_float_is_told_apart_from_float_of_its_own():
    nodes = [task("long", 20), task("one", 3), task("two", 4), task("three", 5)]
    path = computed(nodes, "one two", "two three")
    assert "It shares its float: any day that it loses moves a successor at once, though not the finish." in (
        why(path, "one").reasons
    )
    path = computed(nodes, ("one", "three", "finish-start", 2), "two three")
    assert "All of this float is its own: none of its successors moves before it is used up." not in (
        why(path, "two").reasons
    )
    assert "It can lose 1 day before any successor moves." in why(path, "two").reasons


def test_a_wait_for_a_launch_period_is_where_the_float_before_it_comes_from():
    path = computed([task("make", 8), launch("go", (30, 40)), task("cruise", 10)], "make go", "go cruise")
    answer = why(path, "make")
    assert answer.total_float_days == 22
    assert (
        'Its float comes from "Go" (ESA), which is held by the launch period 2020-02-05..2020-02-14 in any case.'
        in answer.reasons
    )


def test_a_missed_launch_period_is_the_cause_of_negative_float():
    path = computed([task("make", 8), launch("go", (0, 6), (30, 40), intended=0)], "make go")
    answer = why(path, "make")
    assert answer.verdict == (
        '"Make" (ESA) is 2 days too late: "Go" (ESA) has to leave in the launch period from 2020-01-06 to 2020-01-11.'
    )
    assert "and is then held by the launch period 2020-02-05..2020-02-14" in answer.steps[-1].text


@pytest.mark.parametrize(
    ("kind", "at", "said"),
    [("finish-no-later", 7, "2020-01-12"), ("must-finish", 7, "2020-01-12"), ("start-no-later", 2, "2020-01-08")],
    ids=["finish no later", "must finish", "start no later"],
)
def test_a_date_that_cannot_be_kept_is_the_cause_of_negative_float(kind, at, said):
    path = computed(
        [task("first", 4), task("held", 5, "nasa", ties=(tie(kind, at, "constraint of held"),))], "first held"
    )
    answer = why(path, "first")
    assert answer.total_float_days == -2
    assert answer.verdict == (
        f'"First" (ESA) is 2 days too late: "Held" (NASA) has to keep a date, {said} (constraint of held).'
    )


def test_a_schedule_that_has_to_be_complete_bounds_what_leads_to_its_end():
    answer = why(computed([task("only", 9)], finish_by=day(7)), "only")
    assert answer.verdict == '"Only" (ESA) is 2 days too late: The plan has to be complete by 2020-01-13.'


def test_what_is_done_or_under_way_is_said_to_be():
    nodes = [done(task("past", 4), 0, 4), begun(task("now", 10), 4, 7)]
    path = computed(nodes, "past now", status=day(6))
    assert why(path, "past").verdict == (
        '"Past" (ESA) is done: it finished on 2020-01-09, and what is done holds nothing up.'
    )
    assert why(path, "past").reasons == ()
    assert "is under way" in why(path, "now").steps[0].text


def test_a_level_of_effort_drives_nothing():
    path = computed([task("work", 5), task("watch", 5, type="level-of-effort")], ("work", "watch", "start-start", 0))
    assert why(path, "watch").verdict.endswith("it lasts as long as what it accompanies, and drives nothing.")


def test_an_activity_can_be_critical_by_float_and_off_the_longest_path():
    path = computed([task("main", 9), task("near", 8)], critical_float=2 * 1440)
    answer = why(path, "near")
    assert (answer.critical, answer.on_longest_path) == (True, False)
    assert answer.verdict == '"Near" (ESA) is critical with a total float of 1 day, yet does not drive the last finish.'


def test_an_unknown_activity_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match=r"^schedule\.unknown-activity: .*biuld; did you mean build\?$"):
        why(critical_path(relay()), "biuld")
    with pytest.raises(ValueError, match=r"zzz; it has 4 others$"):
        why(critical_path(relay()), "zzz")


def test_a_milestone_is_found_by_any_of_the_records_that_are_the_same_event():
    drawn = relay()
    merged = replace(drawn.nodes[3], records=("activity:fly", "activity:flight"))
    answer = why(critical_path(replace(drawn, nodes=(*drawn.nodes[:3], merged))), "flight")
    assert answer.activity == "fly"


@given(networks())
def test_the_chain_runs_through_the_activity_and_along_links(drawn):
    path = critical_path(drawn)
    linked = {(drawn.nodes[edge.predecessor].id, drawn.nodes[edge.successor].id) for edge in drawn.edges}
    for node in drawn.nodes:
        answer = why(path, node.id)
        chain = [step.activity for step in answer.steps]
        assert chain.count(node.id) == 1
        assert set(pairwise(chain)) <= linked
        assert [step.part for step in answer.steps if step.activity == node.id] == ["is"]
        assert "  " not in answer.text


@given(networks())
def test_the_chain_ends_where_the_late_dates_come_from(drawn):
    path = critical_path(drawn)
    for place in range(len(drawn.nodes)):
        last = chain_from(path, place).places[-1]
        assert path.limited_by[last] == path.limited_by[place]


def test_days_of_a_working_week_count_as_days():
    path = computed([task("long", 15, calendar=0), task("short", 10, calendar=0)], calendars=(five_days(),))
    assert why(path, "short").verdict == '"Short" (ESA) is not critical: it can lose 5 days, until 2020-01-24.'


def test_what_drives_equally_is_named_as_well():
    nodes = [task("lander", 8, "jaxa"), task("rover", 8, "nasa"), task("join", 2), task("rest", 4)]
    answer = why(computed(nodes, "lander join", "rover join", "rest join"), "join")
    assert answer.steps[-1].text == (
        '"Join" (ESA) starts after the finish of "Lander" (JAXA), driven equally by "Rover" (NASA): 2020-01-14 to '
        "2020-01-15, no float."
    )


def test_a_weekend_between_two_activities_breaks_no_chain():
    week = [task("before", 5, calendar=0), task("after", 2, "nasa", calendar=0), task("long", 20, calendar=0)]
    answer = why(computed(week, "before after", calendars=(five_days(),)), "before")
    assert [(step.part, step.activity) for step in answer.steps] == [("is", "before"), ("holds up", "after")]
    assert answer.reasons[0] == 'Nothing waits for "After" (NASA), which can finish as late as 2020-01-31.'


def test_a_lag_of_every_hour_before_working_hours_still_bounds_what_comes_before():
    week = [task("before", 5, calendar=0), task("after", 2, "nasa", calendar=0), task("long", 40, calendar=0)]
    path = computed(week, ("before", "after", "finish-start", 9), calendars=(five_days(),))
    answer = why(path, "before")
    assert [(step.part, step.activity) for step in answer.steps] == [("is", "before"), ("holds up", "after")]


@given(networks(), st.sampled_from((None, 4)), st.data())
def test_what_bounds_late_dates_is_what_the_pass_backward_found(drawn, status, data):
    calendars = st.sampled_from((ELAPSED, 0))
    edges = tuple(replace(edge, calendar=data.draw(calendars)) for edge in drawn.edges)
    nodes = [
        begun(node, -2, data.draw(st.integers(1, 5))) if data.draw(st.booleans()) and node.duration else node
        for node in drawn.nodes
    ]
    rules = replace(drawn.schedules[0], status=status and day(status))
    drawn = replace(drawn, nodes=tuple(nodes), edges=edges, schedules=(rules,))
    path, flat = critical_path(drawn), flattened(drawn)
    begins = [
        position(flat.clocks, node.calendar, int(path.late_finish[place])) - node.remaining
        for place, node in enumerate(nodes)
    ]
    starts = [
        int(path.late_start[place])
        if node.actual_start is None
        else start_at(flat.clocks, node.calendar, begins[place])
        for place, node in enumerate(nodes)
    ]
    late = Dates(starts, list(path.late_finish), begins)
    for place in range(len(nodes)):
        bounding = [
            link
            for link in drawn.out_of[place]
            if flat.bonds[link].limits and limit(flat, late, link)[1] <= begins[place]
        ]
        found = bounding_link(path, place)
        assert (found in bounding) if bounding else found is None


def test_what_has_to_be_on_a_date_is_bounded_by_no_link():
    path = computed([task("first", 4, ties=(tie("must-finish", 4),)), task("last", 2)], "first last")
    assert bounding_link(path, 0) is None


def test_a_network_without_activities_says_so():
    with pytest.raises(ValueError, match=r"schedule\.empty: .* activity nowhere"):
        why(computed([]), "nowhere")
