"""What else than links sets early and late dates, in words."""

import pytest

from synodos.schedule import Edge, Network, Rules
from synodos.schedule.paths.critical_path import critical_path
from tests.schedule.works import MONDAY, begun, computed, day, done, five_days, launch, network, task, tie

START, END, STATUS = "start of The plan", "early finish of The plan", "status date of The plan"


@pytest.mark.parametrize(
    ("ties", "held"),
    [
        ([], START),
        ([("start-no-earlier", 7)], "tie 0"),
        ([("finish-no-earlier", 9)], "tie 0"),
        ([("must-start", 7)], "tie 0"),
        ([("must-finish", 9)], "tie 0"),
        ([("start-no-earlier", -3)], START),
        ([("start-no-later", 0)], START),
        ([("start-no-earlier", 7), ("finish-no-earlier", 8)], "tie 0"),
        ([("finish-no-earlier", 9), ("start-no-earlier", 6)], "tie 0"),
        ([("start-no-earlier", 7), ("must-start", 5)], "tie 1"),
    ],
)
def test_early_dates_are_held_by_the_tie_that_binds_or_by_the_start(ties, held):
    ties = tuple(tie(kind, at, f"tie {number}") for number, (kind, at) in enumerate(ties))
    assert computed([task("a", 2, ties=ties)]).held_by == (held,)


@pytest.mark.parametrize(
    ("ties", "limited"),
    [
        ([], END),
        ([("start-no-later", 7)], "tie 0"),
        ([("finish-no-later", 9)], "tie 0"),
        ([("must-start", 7)], "tie 0"),
        ([("must-finish", 9)], "tie 0"),
        ([("start-no-later", 90)], END),
        ([("start-no-earlier", 28)], END),
        ([("start-no-later", 7), ("finish-no-later", 8)], "tie 1"),
        ([("start-no-later", 6), ("finish-no-later", 9)], "tie 0"),
        ([("start-no-later", 5), ("must-start", 9)], "tie 1"),
    ],
)
def test_late_dates_are_limited_by_the_tie_that_binds_or_by_the_end(ties, limited):
    ties = tuple(tie(kind, at, f"tie {number}") for number, (kind, at) in enumerate(ties))
    path = computed([task("a", 2, ties=ties), task("before", 1), task("long", 30)], "before a")
    assert path.limited_by == (limited, limited, END)


def test_on_a_calendar_a_tie_binds_by_the_work_that_it_leaves():
    """Two days of work that have to end by Monday morning begin on Thursday; those from a Saturday on, on Monday."""
    ties = (tie("start-no-earlier", 5, "from Saturday"), tie("finish-no-later", 14, "by Monday"))
    nodes = [task("a", 2, calendar=0, ties=ties), task("long", 40)]
    path = computed(nodes, calendars=(five_days(),))
    assert (path.early_start[0], path.late_start[0]) == (day(7) + 480, day(10) + 480)
    assert (path.held_by[0], path.limited_by[0]) == ("from Saturday", "by Monday")


def test_actual_dates_and_level_of_effort_are_set_by_nothing_else():
    effort = task("watch", 0, type="level-of-effort")
    path = computed([done(task("a", 2), 0, 2), task("b", 3), effort], "a b", ("a", "watch", "start-start", 0))
    assert path.held_by == ("actual dates", None, None)
    assert path.limited_by == (None, END, None)


@pytest.mark.parametrize(
    ("status", "node", "held"),
    [
        (None, begun(task("a", 5), 1, 4), "actual start"),
        (3, begun(task("a", 5), 1, 4), STATUS),
        (3, task("a", 5), STATUS),
        (0, task("a", 5), STATUS),
        (-3, task("a", 5), START),
    ],
    ids=["begun", "begun by the status date", "status", "status at the start", "status before the start"],
)
def test_work_begins_with_its_schedule_its_status_date_or_its_actual_start(status, node, held):
    assert computed([node], status=None if status is None else day(status)).held_by == (held,)


@pytest.mark.parametrize(
    ("ready", "held", "limited"),
    [
        (8, "launch period 2020-01-16..2020-01-17", END),
        (11, None, END),
        (12, "launch period 2020-02-05..2020-02-06", END),
        (
            32,
            "ready after the last launch period listed, 2020-02-05..2020-02-06",
            "launch period 2020-02-05..2020-02-06 of go",
        ),
        (
            40,
            "ready after the last launch period listed, 2020-02-05..2020-02-06",
            "launch period 2020-02-05..2020-02-06 of go",
        ),
    ],
)
def test_a_launch_is_held_by_the_period_that_it_waits_for(ready, held, limited):
    path = computed([task("build", ready), launch("go", (10, 12), (30, 32))], "build go")
    assert path.held_by == (START, held)
    assert path.limited_by[1] == limited


def test_a_launch_period_that_has_to_be_met_limits_what_leads_to_it():
    path = computed([task("build", 8), launch("go", (10, 12), (30, 32)), task("long", 25)], "build go")
    assert path.limited_by == ("launch period 2020-01-16..2020-01-17 of go",) * 2 + (END,)


def test_mandatory_dates_and_links_that_do_not_limit_pass_no_limit_on():
    fixed = task("a", 5, ties=(tie("must-start", 5, "tie of a"),))
    path = computed([fixed, task("b", 3, ties=(tie("finish-no-later", 13, "tie of b"),))], "a b")
    assert path.limited_by == ("tie of a", "tie of b")
    held = task("b", 3, ties=(tie("start-no-later", 0, "tie of b"),))
    path = computed([begun(task("a", 5), 0, 5), held], ("a", "b", "start-start", 0))
    assert path.limited_by == (END, "tie of b")


def test_of_what_follows_only_what_leaves_least_time_limits():
    ties = {key: (tie("finish-no-later", at, f"tie of {key}"),) for key, at in (("b", 50), ("c", 9))}
    path = computed([task("a", 5), *(task(key, 2, ties=ties[key]) for key in ties), task("long", 60)], "a b", "a c")
    assert path.limited_by == ("tie of c", "tie of b", "tie of c", END)


def test_of_two_schedules_each_names_its_own():
    plans = (Rules("one", "One", MONDAY), Rules("two", "Two", MONDAY, status=day(2)))
    apart = network([task("a", 5), task("b", 3, schedule=1)])
    path = critical_path(Network(apart.known_on, apart.nodes, (Edge(0, 1),), (), plans))
    assert path.held_by == ("start of One", None)
    assert path.limited_by == ("early finish of Two",) * 2
