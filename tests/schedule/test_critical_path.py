"""The critical path against examples worked by hand."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from synodos.schedule import ELAPSED, Edge, Network, Node, Period, Rules, Tie, WorkingTime, drags, minutes_of
from synodos.schedule.paths.critical_path import critical_path

DAY = 1440
COLUMNS = (
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "total_float",
    "free_float",
    "critical",
    "on_longest_path",
)


def at(text):
    return minutes_of(dt.datetime.fromisoformat(text))


def office():
    """Monday to Friday, eight to five with an hour of lunch, in 2018 and 2019."""
    days = [at("2018-01-01") + DAY * n for n in range(730) if n % 7 < 5]
    opens = np.array([day + hour * 60 for day in days for hour in (8, 13)])
    return WorkingTime("office", "Office", opens, opens + 240, np.arange(len(opens)) * 240, 480)


def node(id, days=0.0, per_day=DAY, **said):
    minutes = round(days * per_day)
    return Node(id=id, name=id, agency="esa", records=(), **{"duration": minutes, "remaining": minutes, **said})


def edge(nodes, text, lag=0, calendar=ELAPSED):
    """A link such as `a>b` or `a SS b`."""
    first, kind, then = text.split()
    kinds = {"FS": "finish-start", "SS": "start-start", "FF": "finish-finish", "SF": "start-finish"}
    place = [one.id for one in nodes]
    return Edge(place.index(first), place.index(then), kinds[kind], lag, calendar)


def net(nodes, edges, calendars=(), **rules):
    schedule = Rules("s", "S", **{"starts": 0, **rules})
    return Network(dt.date(2018, 1, 1), tuple(nodes), tuple(edges), tuple(calendars), (schedule,))


def days(column):
    return [int(value) / DAY for value in column]


def office_net(nodes, links, **rules):
    """A network on office hours from the first Monday of 2018; lags in office minutes."""
    nodes = [dataclasses.replace(one, calendar=0) for one in nodes]
    edges = [edge(nodes, *(link if isinstance(link, tuple) else (link,)), calendar=0) for link in links]
    return net(nodes, edges, [office()], **{"starts": at("2018-01-01T08:00"), **rules})


def test_an_example_worked_by_hand():
    """A takes 3 days, then B 4 and C 6 side by side, then D 2: 11 days over C, and B can lose 2."""
    nodes = [node("a", 3), node("b", 4), node("c", 6), node("d", 2)]
    path = critical_path(net(nodes, [edge(nodes, text) for text in ("a FS b", "a FS c", "b FS d", "c FS d")]))
    assert days(path.early_start) == [0, 3, 3, 9]
    assert days(path.late_finish) == [3, 9, 9, 11]
    assert days(path.total_float) == days(path.free_float) == [0, 2, 0, 0]
    assert path.critical == path.on_longest_path == (True, False, True, True)
    assert days(drags(path)) == [3, 0, 2, 2]
    assert path.finish == 11 * DAY
    assert path.driving == ((), (0,), (1,), (3,))
    assert path.held_by == ("start of S", None, None, None)
    assert path.limited_by == ("early finish of S",) * 4


@pytest.mark.parametrize(
    ("kind", "lag", "start"),
    [("FS", 0, 5), ("FS", 2, 7), ("FS", -2, 3), ("SS", 2, 2), ("FF", 1, 3), ("FF", -9, 0), ("SF", 4, 1), ("SF", 9, 6)],
)
def test_each_type_of_link_holds_the_end_it_names(kind, lag, start):
    nodes = [node("a", 5), node("b", 3)]
    path = critical_path(net(nodes, [edge(nodes, f"a {kind} b", lag * DAY)]))
    assert days(path.early_start) == [0, start]


def test_lags_count_on_their_calendar():
    links = [("a FS b", 960)]
    path = critical_path(office_net([node("a", 4, 480), node("b", 1, 480)], links))
    assert path.early_start[1] == at("2018-01-09T08:00")
    elapsed = net(path.network.nodes, [Edge(0, 1, "finish-start", 2 * DAY)], [office()], starts=at("2018-01-01T08:00"))
    assert critical_path(elapsed).early_start[1] == at("2018-01-08T08:00")


def test_milestones_stand_at_the_side_of_the_night_that_they_mean():
    nodes = [node("a", 5, 480), node("done", type="finish-milestone"), node("go", type="start-milestone")]
    path = critical_path(office_net(nodes, ["a FS done", "a FS go"]))
    assert path.early_finish[1] == at("2018-01-05T17:00")
    assert path.early_start[2] == at("2018-01-08T08:00")


CONSTRAINTS = [
    ("start-no-earlier", "2018-01-10T08:00", "2018-01-10T08:00", "2018-01-10T08:00", 0),
    ("start-no-later", "2018-01-02T08:00", "2018-01-03T08:00", "2018-01-02T08:00", -480),
    ("finish-no-earlier", "2018-01-10T17:00", "2018-01-09T08:00", "2018-01-09T08:00", 0),
    ("finish-no-later", "2018-01-03T17:00", "2018-01-03T08:00", "2018-01-02T08:00", -480),
    ("must-start", "2018-01-02T08:00", "2018-01-02T08:00", "2018-01-02T08:00", 0),
    ("must-finish", "2018-01-10T17:00", "2018-01-09T08:00", "2018-01-09T08:00", 0),
]


@pytest.mark.parametrize(("kind", "on", "early", "late", "spare"), CONSTRAINTS, ids=[row[0] for row in CONSTRAINTS])
def test_a_constraint_moves_the_pass_that_it_should(kind, on, early, late, spare):
    tie = Tie(kind, at(on), "constraint of b")
    path = critical_path(office_net([node("a", 2, 480), node("b", 2, 480, ties=(tie,))], ["a FS b"]))
    assert path.early_start[1] == at(early)
    assert path.late_start[1] == at(late)
    assert path.total_float[1] == spare
    if spare < 0 or kind == "must-start":
        assert path.total_float[0] == -480
        assert path.limited_by[0] == "constraint of b"
    if "no-earlier" in kind or "must" in kind:
        assert path.held_by[1] == "constraint of b"


def test_as_late_as_possible_uses_up_free_float_and_no_more():
    late = node("b", 1, ties=(Tie("as-late-as-possible", None, "constraint of b"),))
    nodes = [node("a", 5), late, node("c", 1), node("z", 9)]
    path = critical_path(net(nodes, [edge(nodes, "a FS c"), edge(nodes, "b FS c")]))
    assert days(path.early_start) == [0, 4, 5, 0]
    assert days(path.free_float) == [0, 0, 3, 0]
    assert path.held_by[1] == "as late as possible"


def test_a_date_to_be_complete_by_gives_negative_float_and_its_cause():
    nodes = [node("a", 5), node("b", 3)]
    path = critical_path(net(nodes, [edge(nodes, "a FS b")], finish_by=6 * DAY))
    assert days(path.total_float) == [-2, -2]
    assert path.limited_by == ("S has to be complete by 1970-01-07",) * 2


def launch(intended=None):
    periods = tuple(Period(first * DAY, last * DAY, computed=False) for first, last in ((10, 12), (30, 32), (50, 52)))
    return node("go", type="launch", periods=periods, intended=intended)


@pytest.mark.parametrize(
    ("ready", "leaves", "spare", "drives"),
    [(8, 10, 4, False), (11, 11, 1, True), (12, 30, 0, True), (25, 30, -13, True), (60, 60, -48, True)],
)
def test_a_launch_waits_for_the_next_period_and_the_intended_one_limits_late_dates(ready, leaves, spare, drives):
    nodes = [node("build", ready), launch(intended=0)]
    path = critical_path(net(nodes, [edge(nodes, "build FS go")]))
    assert path.early_start[1] == leaves * DAY
    late = 12 * DAY - 1
    assert path.late_start[1] == min(late, leaves * DAY)
    assert path.total_float[0] == path.late_finish[0] - ready * DAY
    assert bool(path.driving[1]) == drives
    assert (path.total_float[0] < 0) == (ready >= 12)
    if ready >= 12:
        assert path.limited_by[0] == "launch period 1970-01-11..1970-01-12 of go"
    assert bool(path.notes) == (ready == 60)


@pytest.mark.parametrize(
    ("ready", "leaves", "drives", "held"),
    [(8, "2018-01-15T08:00", False, True), (20, "2018-01-22T08:00", True, False), (31, "2018-02-05T08:00", True, True)],
)
def test_a_launch_in_office_hours_is_held_by_its_period_and_by_what_made_it_miss_one(ready, leaves, drives, held):
    spans = (("2018-01-15", "2018-01-29"), ("2018-02-05", "2018-02-10"))
    periods = tuple(Period(at(first), at(last), computed=False) for first, last in spans)
    nodes = [node("build", ready), node("go", type="launch", periods=periods, calendar=0)]
    path = critical_path(net(nodes, [edge(nodes, "build FS go")], [office()], starts=at("2018-01-01")))
    assert path.early_start[1] == at(leaves)
    assert (bool(path.driving[1]), bool(path.on_longest_path[0])) == (drives, drives)
    assert (path.held_by[1] or "").startswith("launch period") == held


def test_shortening_what_made_a_launch_miss_its_period_gains_the_wait():
    nodes = [node("build", 13), launch()]
    path = critical_path(net(nodes, [edge(nodes, "build FS go")]))
    assert path.finish == 30 * DAY
    assert days(drags(path)) == [20, 0]


def test_retained_logic_makes_work_out_of_sequence_wait_and_override_does_not():
    begun = node("b", 5, actual_start=DAY, remaining=2 * DAY)
    nodes = [node("a", 10, actual_start=0, remaining=6 * DAY), begun]
    links = [edge(nodes, "a FS b")]
    retained = critical_path(net(nodes, links, status=4 * DAY))
    assert days(retained.early_finish) == [10, 12]
    assert retained.early_start == (0, DAY)
    override = critical_path(net(nodes, links, status=4 * DAY, override=True))
    assert days(override.early_finish) == [10, 6]
    assert override.held_by[1] == "status date of S"


def test_retained_logic_leads_through_what_was_done_out_of_sequence():
    done = node("b", 1, actual_start=0, actual_finish=DAY)
    nodes = [node("a", 3), done, node("c", 1)]
    path = critical_path(net(nodes, [edge(nodes, "a FS b"), edge(nodes, "b FS c")], status=2 * DAY))
    assert days(path.early_start) == [2, 0, 5]
    assert path.total_float == (0, 0, 0)
    assert path.critical == (True, False, True)


def test_level_of_effort_lasts_as_long_as_what_it_accompanies_and_is_never_critical():
    effort = node("manage", type="level-of-effort")
    nodes = [node("a", 3), node("b", 4), effort, node("c", 1)]
    links = [edge(nodes, text) for text in ("a FS b", "a SS manage", "b FF manage", "manage FS c")]
    path = critical_path(net(nodes, links))
    assert (path.early_start[2], path.early_finish[2]) == (0, 7 * DAY)
    assert path.early_start[3] == 0
    assert not path.critical[2]


def test_late_dates_count_from_the_target():
    nodes = [node("a", 2), node("b", 3), node("long", 9), node("target", 1)]
    network = net(nodes, [edge(nodes, text) for text in ("a FS b", "b FS target", "a FS long")])
    path = critical_path(network, "target")
    assert days(path.total_float) == [0, 0, 0, 0]
    assert days(critical_path(network).total_float) == [0, 5, 0, 5]
    assert path.on_longest_path == (True, True, False, True)
    assert path.finish == 6 * DAY
    flown = [dataclasses.replace(one, leads_to="mission") if one.id == "target" else one for one in nodes]
    assert critical_path(dataclasses.replace(network, nodes=tuple(flown)), "mission").target == 3
    with pytest.raises(ValueError, match="nowhere"):
        critical_path(network, "nowhere")


def test_what_leads_elsewhere_takes_no_float_from_what_leads_to_the_target():
    """A's 2 days can wait until day 20 for the target, though 10 days of other work after A end by day 21."""
    nodes = [node("a", 2), node("other", 10), node("long", 20), node("target", 1)]
    network = net(nodes, [edge(nodes, text) for text in ("a FS target", "long FS target", "a FS other")])
    assert days(critical_path(network, "target").total_float) == [18, 9, 0, 0]
    assert days(critical_path(network).total_float) == [9, 9, 0, 0]


def test_a_loop_is_refused_by_the_names_of_its_activities():
    nodes = [node("a", 1), node("b", 1), node("c", 1), node("d", 1)]
    links = [edge(nodes, text) for text in ("a FS b", "b FS c", "c FS b", "c FS d")]
    with pytest.raises(ValueError, match=r"wait for each other: (b → c → b|c → b → c)"):
        critical_path(net(nodes, links))


@pytest.mark.parametrize(("lag", "start"), [(480, "2018-01-04T17:00"), (-240, "2018-01-03T13:00")], ids=["lag", "lead"])
def test_a_lag_ends_at_a_close_and_a_lead_at_an_opening(lag, start):
    """As Primavera's dates and MPXJ's scheduler have it, where the successor works at every hour."""
    nodes = [node("a", 3, 480, calendar=0), node("b", 1)]
    network = net(nodes, [edge(nodes, "a FS b", lag, 0)], [office()], starts=at("2018-01-01T08:00"))
    assert critical_path(network).early_start[1] == at(start)


def test_a_late_start_outside_working_time_stands_at_the_close_before():
    nodes = [node("a", 1, 480, calendar=0), node("go", type="start-milestone", calendar=0), node("b", 3)]
    rules = {"starts": at("2018-01-01T08:00"), "finish_by": at("2018-01-16T10:00")}
    path = critical_path(net(nodes, [edge(nodes, "a SS b"), edge(nodes, "go FS b")], [office()], **rules))
    assert path.late_start == (at("2018-01-12T17:00"), at("2018-01-12T17:00"), at("2018-01-13T10:00"))
    assert path.late_finish[0] == at("2018-01-15T17:00")


def test_critical_means_what_the_schedule_says():
    nodes = [node("a", 5), node("b", 3), node("c", 4)]
    links = [edge(nodes, "a FS b")]
    by_float = critical_path(net(nodes, links, finish_by=20 * DAY, critical_float=12 * DAY))
    assert by_float.critical == (True, True, False)
    on_path = critical_path(net(nodes, links, finish_by=20 * DAY, longest_path=True))
    assert on_path.critical == (True, True, False)
    assert not any(critical_path(net(nodes, links, finish_by=20 * DAY)).critical)


def test_dates_beyond_the_years_of_a_calendar_are_noted():
    path = critical_path(office_net([node("a", 2000, 480)], []))
    assert path.notes[0].startswith("Some dates lie outside 2018 to 2019, for which the calendar Office is laid out")


def test_a_lead_gives_no_free_float_beyond_the_end_of_all():
    nodes = [node("a", 3), node("b", 1)]
    path = critical_path(net(nodes, [edge(nodes, "a FS b", lag=-5 * DAY)]))
    assert days(path.early_finish) == [3, 1]
    assert days(path.free_float) == [0, 2]
    assert days(path.total_float) == [0, 2]
