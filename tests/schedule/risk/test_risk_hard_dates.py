"""Hard dates, planned dates and launches without a period left: what in time is judged against."""

import datetime as dt

import pytest

from synodos.language import Mission
from synodos.schedule.risk import risk
from tests.schedule.risk.studies import STATED, calm, days, portfolio, spread, study
from tests.schedule.works import begun, day, launch, network, task, tie

WIDE = spread("uniform", low=0.5, high=1.5)
SURE = spread("discrete", values=[1], weights=[1])


def mission(planned):
    return Mission(
        id="rover", owner="esa", name="Rover", status="in-development", destinations=["mars"], planned=planned, **STATED
    )


@pytest.mark.parametrize("kind", ["must-start", "must-finish"])
def test_a_hard_date_is_missed_where_what_comes_before_is_late(kind):
    nodes = [task("build", 100, spread=WIDE), task("fly", 0, ties=(tie(kind, 90),))]
    answer = study(network(nodes, "build fly"))
    found = answer.finish
    assert days(found.planned) == 90
    assert found.in_time == pytest.approx(0.4, abs=0.015)
    assert days(found.percentile(25)) == pytest.approx(90), "and nothing comes before it"
    assert days(found.percentile(80)) == pytest.approx(130, abs=1)
    assert days(found.deterministic) == 100
    assert any("cannot be met even if everything goes to plan: Fly (2020-04-04)" in said for said in answer.notes)


def test_a_hard_date_that_can_be_met_is_kept_to():
    nodes = [task("build", 100, spread=WIDE), task("fly", 10, spread=SURE, ties=(tie("must-start", 160),))]
    answer = study(network(nodes, "build fly"), iterations=512)
    assert {days(moment) for _, moment in answer.finish.percentiles} == {170}
    assert answer.finish.planned is None, "the date is that of its start"
    assert not any("cannot be met" in said for said in answer.notes)
    assert any("Hard dates" in said for said in answer.notes)


def test_work_in_progress_is_no_longer_tied_to_its_start():
    rig = begun(task("rig", 30, spread=SURE, ties=(tie("must-start", 90),)), -10, 20)
    answer = study(network([rig], status=day(0)), iterations=256)
    assert days(answer.finish.percentile(50)) == 20
    assert answer.finish.planned is None


@pytest.mark.parametrize(
    ("own", "until"),
    [({}, 110), ({"deadline": day(95)}, 95), ({"ties": (tie("finish-no-later", 120),)}, 120)],
    ids=["mission", "deadline", "constraint"],
)
def test_a_launch_is_planned_for_the_date_of_its_mission(own, until):
    fly = launch("fly", (0, 130), leads_to="rover", intended=0, **own)
    given = network([task("build", 100, spread=WIDE), fly], "build fly")
    answer = study(given, mission("2020-04-01..2020-04-24"))
    assert days(answer.finish.planned) == until
    assert answer.finish.in_time == pytest.approx((until - 50) / 100, abs=0.015)
    assert answer.delay.agencies[0].causes_missing == pytest.approx(
        1 - answer.finish.in_time if until > 100 else -answer.finish.in_time, abs=0.02
    )


@pytest.mark.parametrize("planned", ["2020-04-01..", None], ids=["open", "none"])
def test_without_a_planned_date_the_launch_period_counts(planned):
    fly = launch("fly", (0, 130), leads_to="rover", intended=0)
    given = network([task("build", 100, spread=WIDE), fly], "build fly")
    answer = study(given, mission(planned), iterations=256)
    assert days(answer.finish.planned) == 130


def test_a_launch_at_any_time_is_judged_against_the_date_of_its_mission():
    given = network([task("build", 100, spread=WIDE), launch("fly", leads_to="rover")], "build fly")
    answer = study(given, mission("2020-04-24"))
    assert answer.finish.planned.date() == dt.date(2020, 4, 25), "midnight ends the 24th"
    assert answer.finish.in_time == pytest.approx(0.6, abs=0.015)


def test_what_has_no_date_has_no_delay():
    given = network([task("build", 100, spread=WIDE), launch("fly", (10, 20))], "build fly")
    answer = study(given, iterations=512)
    assert answer.finish.later == 1
    assert answer.delay is None
    assert answer.drivers == ()
    assert any("no delay to take apart" in said for said in answer.notes)


def test_a_plan_without_a_date_measures_no_delay():
    given = network([task("build", 100, spread=WIDE), launch("fly", (60, 80))], "build fly")
    answer = risk(given, portfolio(), iterations=2_048, defaults=calm(), agency_correlation=0.25)
    assert answer.finish.later == pytest.approx(0.7, abs=0.05)
    assert answer.delay is None
    assert any("no delay can be measured" in said for said in answer.notes)
