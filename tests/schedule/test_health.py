from dataclasses import replace

import pytest
from hypothesis import given

from synodos.schedule.paths.critical_path import critical_path
from synodos.schedule.questions.health import SOURCE, health
from tests.schedule.works import begun, day, done, five_days, network, networks, task, tie

NAMES = (
    "Logic",
    "Leads",
    "Lags",
    "Relationship Types",
    "Hard Constraints",
    "High Float",
    "Negative Float",
    "High Duration",
    "Invalid Dates",
    "Resources",
    "Missed Tasks",
    "Critical Path Test",
    "Critical Path Length Index",
    "Baseline Execution Index",
)
STATUS = day(21)
END = replace(task("end", 0), type="finish-milestone")
TEN = [task(f"t{number}", 10) for number in range(10)]
ROW = [(f"t{number}", f"t{number + 1}", "finish-start", 0) for number in range(9)]
BASELINE = critical_path(network([*TEN, task("side", 1), END], *ROW, "t9 end", "t2 side", "side end"))


def sound(**changed):
    """Ten tasks in a row up to a milestone, two done as planned, five days to spare; with what is changed."""
    nodes = {node.id: node for node in (done(TEN[0], 0, 10), done(TEN[1], 10, 20), *TEN[2:], END)}
    nodes |= changed.pop("nodes", {})
    links = {
        (first, second): (first, second, *rest) for first, second, *rest in [*ROW, ("t9", "end", "finish-start", 0)]
    }
    links |= changed.pop("links", {})
    return network(
        list(nodes.values()), *(one for one in links.values() if one), status=STATUS, finish_by=day(106), **changed
    )


def held_to(made, number):
    """The same network with another date by which it has to be complete."""
    return replace(made, schedules=(replace(made.schedules[0], finish_by=None if number is None else day(number)),))


def beside(made_of, after):
    """One more task beside the row, from one of its tasks to the milestone."""
    ends = {1: (after, made_of.id, "finish-start", 0), 2: (made_of.id, "end", "finish-start", 0)}
    return {"nodes": {made_of.id: made_of}, "links": ends}


def found(made, baseline=BASELINE):
    return {check.point.name: check for check in health(critical_path(made), baseline).checks}


def failing(made):
    return [name for name, check in found(made).items() if check.verdict == "fail"]


def test_a_sound_schedule_fails_nothing():
    checks = found(sound())
    assert tuple(checks) == NAMES
    assert [check.point.number for check in checks.values()] == list(range(1, 15))
    assert [name for name, check in checks.items() if check.verdict != "pass"] == ["Resources"]


T5 = TEN[5]
DEFECTS = {
    "Logic": (held_to(sound(links={("t4", "t5"): None}), 80), ("t4", "t5")),
    "Leads": (sound(links={("t4", "t5"): ("t4", "t5", "finish-start", -1)}), ("t5",)),
    "Lags": (sound(links={("t4", "t5"): ("t4", "t5", "finish-start", 1)}), ("t5",)),
    "Relationship Types": (sound(links={("t4", "t5"): ("t4", "t5", "start-start", 0)}), ("t5",)),
    "Hard Constraints": (sound(nodes={"t5": replace(T5, ties=(tie("start-no-later", 80),))}), ("t5",)),
    "High Float": (sound(**beside(task("side", 1), "t2")), ("side",)),
    "Negative Float": (held_to(sound(), 100), tuple(f"t{number}" for number in range(2, 10))),
    "High Duration": (held_to(sound(nodes={"t5": task("t5", 45)}), 140), ("t5",)),
    "Invalid Dates": (sound(nodes={"t2": begun(TEN[2], 22, 9)}), ("t2",)),
    "Missed Tasks": (sound(nodes={"t1": done(TEN[1], 10, 21)}), ("t1",)),
    "Critical Path Test": (sound(nodes={"end": replace(END, ties=(tie("must-finish", 101),))}), ("t2",)),
    "Critical Path Length Index": (sound(nodes={"end": replace(END, deadline=day(90))}), ("end",)),
    "Baseline Execution Index": (sound(**beside(task("new", 40), "t4")), ("new",)),
}


@pytest.mark.parametrize("name", list(DEFECTS))
def test_a_defect_fails_exactly_the_check_that_is_about_it(name):
    made, activities = DEFECTS[name]
    assert failing(made) == [name]
    assert found(made)[name].activities == activities


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("Logic", 2 / 8),
        ("Leads", 1 / 9),
        ("Relationship Types", 8 / 9),
        ("High Float", 1 / 9),
        ("Negative Float", 1),
        ("Missed Tasks", 1 / 2),
        ("Critical Path Test", 0),
        ("Critical Path Length Index", (80 - 11) / 80),
        ("Baseline Execution Index", 2 / 3),
    ],
)
def test_figures_are_those_that_the_source_defines(name, figure):
    assert found(DEFECTS[name][0])[name].figure == pytest.approx(figure)


def test_the_limits_are_those_of_the_source():
    limits = {check.point.name: (check.point.limit, check.point.at_least) for check in found(sound()).values()}
    assert limits == {
        **dict.fromkeys(
            ("Logic", "Lags", "Hard Constraints", "High Float", "High Duration", "Missed Tasks"), (0.05, False)
        ),
        **dict.fromkeys(("Leads", "Negative Float", "Invalid Dates"), (0.0, False)),
        "Relationship Types": (0.9, True),
        "Resources": (None, False),
        "Critical Path Test": (0.95, True),
        "Critical Path Length Index": (0.95, True),
        "Baseline Execution Index": (0.95, True),
    }
    assert "200.1" in SOURCE
    assert "secondary" in SOURCE


@pytest.mark.parametrize(("days", "verdict"), [(44, "pass"), (45, "fail")], ids=["two months", "more"])
def test_two_months_count_in_working_days(days, verdict):
    made = network([task("work", days, calendar=0)], calendars=(five_days(),))
    assert found(made)["High Duration"].verdict == verdict


def test_one_open_start_and_one_open_end_are_right_and_milestones_rather_than_tasks():
    assert found(network([task("a", 3), task("b", 4)], "a b"))["Logic"].figure == 0
    assert found(network([task("a", 4), task("b", 4), END], "b end"))["Logic"].activities == ("a", "b")


def test_the_test_finds_a_finish_that_only_a_date_holds():
    nodes = [task("work", 10), replace(END, ties=(tie("start-no-earlier", 900),))]
    check = found(network(nodes, "work end"))["Critical Path Test"]
    assert (check.figure, check.verdict) == (0, "fail")
    assert check.why == "Work, made 600 days longer, finishes 600 days later; End, the last, moves by 0 days."


def test_the_test_finds_an_activity_whose_finish_leads_nowhere():
    check = found(network([task("a", 3), task("b", 4)], ("a", "b", "start-start", 0)))["Critical Path Test"]
    assert (check.figure, check.verdict, check.activities) == (0, "fail", ("a",))


def test_the_test_of_the_last_activity_itself_says_so():
    check = found(network([task("a", 3), task("b", 4)]))["Critical Path Test"]
    assert (check.figure, check.activities) == (1, ("b",))
    assert check.why == "B, made 600 days longer, finishes 600 days later; it is the last to finish."


def test_milestones_levels_of_effort_and_what_is_done_are_not_counted():
    watch = replace(task("watch", 90), type="level-of-effort")
    made = sound(nodes={"watch": watch}, links={1: ("t2", "watch", "start-start", 3)})
    assert failing(made) == []
    answer = health(critical_path(made), BASELINE)
    assert (answer.activities, answer.links) == (8, 9)


def test_checks_that_lack_a_baseline_a_status_date_or_a_date_to_hold_say_so():
    made = found(network([task("a", 3), task("b", 4)], "a b"), None)
    reasons = {name: check.why for name, check in made.items() if check.verdict == "not applicable"}
    assert set(reasons) == {
        "Invalid Dates",
        "Resources",
        "Missed Tasks",
        "Critical Path Length Index",
        "Baseline Execution Index",
    }
    assert reasons["Invalid Dates"] == "No status date is stated."
    assert reasons["Missed Tasks"].startswith("There is no baseline")
    assert reasons["Critical Path Length Index"] == "B, the last to finish, has no date that it is held to."


def test_without_activities_and_links_nothing_applies():
    made = found(network([done(task("past", 2), 0, 2)], status=day(3)), None)
    assert made["Logic"].why == "There are no unfinished tasks."
    assert made["Leads"].why == "There are no links into unfinished activities."
    assert made["Critical Path Test"].why == "There are no unfinished tasks."
    assert made["Critical Path Length Index"].verdict == "not applicable"


def test_resources_count_tasks_without_a_stated_cost():
    priced = replace(TEN[0], fixed_cost=(5.0, "EUR", 2020))
    check = found(network([priced, TEN[1]], "t0 t1"))["Resources"]
    assert (check.figure, check.verdict, check.activities) == (0.5, "not applicable", ("t1",))


def test_a_date_of_the_baseline_holds_the_finish_where_no_other_is_stated():
    made = held_to(sound(nodes={"t5": task("t5", 20)}), None)
    check = found(made)["Critical Path Length Index"]
    assert check.figure == pytest.approx((90 - 11) / 90)
    assert check.verdict == "fail"


def test_coarse_activities_are_pointed_out():
    notes = health(critical_path(network([task("a", 90, coarse=True), task("b", 4)], "a b"))).notes
    assert len(notes) == 1
    assert notes[0].startswith(
        "1 of 2 unfinished tasks stands for a whole element or mission that declares no activities"
    )


@given(networks())
def test_every_check_says_what_it_found(drawn):
    answer = health(critical_path(drawn))
    assert [check.point.name for check in answer.checks] == list(NAMES)
    assert {*answer.failed, *answer.passed} <= set(answer.checks)
    for check in answer.checks:
        assert check.why
        assert set(check.activities) <= set(drawn.place)
        if check.verdict != "not applicable":
            assert check.figure is not None
            assert (check.verdict == "pass") == (
                check.figure >= check.point.limit if check.point.at_least else check.figure <= check.point.limit
            )


def test_a_network_without_activities_passes_and_fails_nothing():
    checks = found(network([]), None)
    assert {check.verdict for check in checks.values()} == {"not applicable"}
    assert len(checks) == len(NAMES)
