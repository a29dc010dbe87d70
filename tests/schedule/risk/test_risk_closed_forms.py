"""Answers that can be worked out by hand, within four standard errors."""

import math
from dataclasses import replace
from statistics import NormalDist

import pytest

from tests.schedule.risk.studies import (
    commitment,
    days,
    four_errors,
    four_errors_of_share,
    risk_record,
    spread,
    study,
)
from tests.schedule.works import DAY, day, done, five_days, launch, network, task, tie


def test_one_triangular_activity():
    low, likely, high = 80, 100, 150
    shape = spread("triangular", of="days", low=low, likely=likely, high=high)
    found = study(network([task("build", 100, spread=shape)])).finish
    deviation = math.sqrt((low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18)
    assert days(found.mean) == pytest.approx((low + likely + high) / 3, abs=four_errors(deviation))
    assert found.deviation_days == pytest.approx(deviation, rel=0.03)
    assert days(found.deterministic) == 100
    for share, moment in found.percentiles:
        p = share / 100
        edge = (likely - low) / (high - low)
        exact = (
            low + math.sqrt(p * (high - low) * (likely - low))
            if p < edge
            else high - math.sqrt((1 - p) * (high - low) * (high - likely))
        )
        assert days(moment) == pytest.approx(exact, abs=0.8)


def test_two_parallel_agencies_finish_later_than_either():
    even = spread("uniform", low=0.5, high=1.5)
    nodes = [task("build", 100, "esa", spread=even), task("test", 100, "nasa", spread=even), task("join", 0, "esa")]
    found = study(network(nodes, "build join", "test join"), target="join").finish
    assert days(found.mean) == pytest.approx(50 + 100 * 2 / 3, abs=four_errors(100 / math.sqrt(18)))


@pytest.mark.parametrize("correlation", [0.0, 0.6, 1.0])
def test_a_common_factor_takes_merge_bias_away(correlation):
    wide = spread("normal", of="days", mean=100, deviation=10)
    nodes = [task("build", 100, spread=wide), task("rig", 100, spread=wide), task("join", 0)]
    plan = network(nodes, "build join", "rig join")
    found = study(plan, target="join", agency_correlation=correlation).finish
    bias = 10 * math.sqrt((1 - correlation) / math.pi)
    assert days(found.mean) == pytest.approx(100 + bias, abs=four_errors(10) + 0.01)


def test_a_stated_correlation_joins_two_agencies():
    wide = spread("normal", of="days", mean=100, deviation=10)
    nodes = [task("build", 100, "esa", spread=wide), task("rig", 100, "nasa", spread=wide), task("join", 0)]
    rank = 0.9
    together = risk_record("supplier", correlations=[{"activities": ["build", "rig"], "coefficient": rank}])
    given = network(nodes, "build join", "rig join")
    found = study(given, together, target="join", agency_correlation=0.05, iterations=100_000, only_dates=True).finish
    bias = 10 * math.sqrt((1 - 2 * math.sin(math.pi * rank / 6)) / math.pi)
    assert days(found.mean) == pytest.approx(100 + bias, abs=four_errors(10, 100_000))


def test_a_commitment_that_may_be_broken_adds_its_chance_times_its_delay():
    own = commitment(
        "money",
        ["rover"],
        kept_probability=0.7,
        replacement_delay=spread("uniform", of="days", low=100, high=300),
    )
    work = [
        task("design", 50, leads_to="rover", spread=spread("discrete", values=[1], weights=[1])),
        task("build", 50, leads_to="rover", spread=spread("discrete", values=[1], weights=[1])),
    ]
    answer = study(network(work, "design build"), own)
    deviation = math.sqrt(0.3 * (200**2 + 200**2 / 12) - 60**2)
    assert days(answer.finish.mean) == pytest.approx(100 + 60, abs=four_errors(deviation)), "once, not at each step"
    bar = next(one for one in answer.drivers if one.id == "commitment:money")
    assert bar.probability == pytest.approx(0.3)
    assert bar.days == pytest.approx(60, abs=four_errors(deviation, 10_000))
    assert days(bar.without_it) == 100
    assert answer.delay.agencies[0].share_days == pytest.approx(bar.days, abs=0.01)


def test_a_broken_commitment_can_take_away_what_it_carries():
    own = commitment("money", ["rover"], kept_probability=0.9, if_broken="remove")
    build = task("build", 50, leads_to="rover", spread=spread("discrete", values=[1], weights=[1]))
    nodes = [build, launch("fly", (40, 60), agency="nasa")]
    found = study(network(nodes, "build fly"), own).finish
    assert found.never == pytest.approx(0.1, abs=four_errors_of_share(0.1))
    assert found.later == 0
    assert found.percentile(95) is None
    assert days(found.percentile(80)) == 50


def test_the_chance_of_launch_periods_for_an_even_ready_date():
    build = task("build", 100, spread=spread("uniform", of="days", low=100, high=200))
    nodes = [build, launch("fly", (90, 120), (150, 160), (300, 310), intended=0)]
    found = study(network(nodes, "build fly"), iterations=20_000).finish
    assert [one.share for one in found.periods] == [
        pytest.approx(share, abs=four_errors_of_share(share)) for share in (0.2, 0.4, 0.4)
    ]
    assert found.in_time == found.periods[0].share
    assert (found.later, found.never) == (0, 0)
    on_opening = 0.3 * 150 + 0.4 * 300
    exact = on_opening + 0.2 * 110 + 0.1 * 155
    assert days(found.mean) == pytest.approx(exact, abs=four_errors(80))
    assert days(found.percentile(25)) == 150, "dates jump from one period to the next"


def test_ready_after_the_last_period_is_later_and_not_never():
    build = task("build", 100, spread=spread("uniform", of="days", low=100, high=200))
    found = study(network([build, launch("fly", (90, 120), (150, 160))], "build fly")).finish
    assert found.later == pytest.approx(0.4, abs=four_errors_of_share(0.4))
    assert found.never == 0
    assert found.percentile(70) is None


def test_date_and_cost_that_do_not_hang_together_multiply():
    build = task(
        "build",
        100,
        spread=spread("uniform", of="days", low=50, high=150),
        fixed_cost=(200.0, "EUR", 2020),
        cost_spread=spread("uniform", low=0.5, high=1.5),
        deadline=day(110),
    )
    joint = study(network([build]), budget=180.0).joint
    assert joint.by_date == pytest.approx(0.6, abs=four_errors_of_share(0.6))
    assert joint.within_budget == pytest.approx(0.4, abs=four_errors_of_share(0.4))
    assert joint.joint == pytest.approx(0.24, abs=four_errors_of_share(0.24))
    assert joint.deterministic_cost == pytest.approx(200)
    half = next(one for one in joint.frontiers if one.confidence == 0.5)
    date, cost = half.points[-1]
    assert days(date) == pytest.approx(150, abs=0.5)
    assert cost == pytest.approx(200, abs=4), "with all the time there is, half the cost curve is left"


def test_cost_per_day_grows_with_time():
    build = task(
        "build",
        100,
        spread=spread("uniform", of="days", low=100, high=200),
        cost_per_day=(2.0, "EUR", 2020),
        deadline=day(150),
    )
    joint = study(network([build]), budget=300.0).joint
    assert joint.mean_cost == pytest.approx(300, abs=2 * four_errors(100 / math.sqrt(12)))
    assert joint.joint == pytest.approx(joint.by_date, abs=1e-3), "late and dear are one here"
    assert joint.by_date == pytest.approx(0.5, abs=four_errors_of_share(0.5))


def test_a_risk_strikes_with_all_that_it_does_or_not_at_all():
    storm = risk_record(
        "storm",
        ["build"],
        probability=0.25,
        factor=spread("discrete", values=[2], weights=[1]),
        delay=spread("discrete", of="days", values=[30], weights=[1]),
    )
    found = study(network([task("build", 100, spread=spread("discrete", values=[1], weights=[1]))]), storm).finish
    curve = {round(days(moment)) for moment, _ in found.curve}
    assert curve == {100, 230}
    assert days(found.mean) == pytest.approx(100 + 0.25 * 130, abs=four_errors(130 * math.sqrt(0.1875)))


def test_a_delay_of_a_launch_comes_before_its_period():
    late = risk_record("paper", ["fly"], delay=spread("discrete", of="days", values=[25], weights=[1]))
    nodes = [
        task("build", 100, spread=spread("discrete", values=[1], weights=[1])),
        launch("fly", (90, 120), (150, 160)),
    ]
    found = study(network(nodes, "build fly"), late).finish
    assert [one.share for one in found.periods] == [0, 1]


def test_working_time_counts():
    week = five_days()
    build = task("build", 10, calendar=0, spread=spread("discrete", values=[1.5], weights=[1]))
    found = study(network([build], calendars=(week,)), iterations=256).finish
    assert days(found.mean) == pytest.approx(18 + 16 / 24, abs=1 / 1440), "15 working days: Friday of the third week"
    assert days(found.deterministic) == pytest.approx(11 + 16 / 24)


def test_progress_and_constraints_hold():
    nodes = [
        done(task("build", 30), -30, -3),
        replace(task("rig", 30), actual_start=day(-10), remaining=20 * DAY, spread=spread("uniform", low=1, high=1)),
        task("check", 5, ties=(tie("start-no-earlier", 40),), spread=spread("uniform", low=1, high=1)),
        task("join", 0, ties=(tie("finish-no-earlier", 44),)),
    ]
    answer = study(network(nodes, "build join", "rig check", "check join"), iterations=256, target="join")
    assert days(answer.finish.mean) == 45
    assert days(answer.finish.deterministic) == 45
    assert {one.node for one in answer.activities} == {"rig", "check", "join"}


def test_indices_of_two_parallel_activities():
    wide = spread("normal", of="days", mean=100, deviation=10)
    calm = spread("normal", of="days", mean=95, deviation=1)
    nodes = [task("build", 100, spread=wide), task("rig", 95, spread=calm), task("join", 0)]
    answer = study(network(nodes, "build join", "rig join"), target="join")
    found = {one.node: one for one in answer.activities}
    share = NormalDist().cdf(5 / math.sqrt(101))
    assert found["build"].criticality == pytest.approx(share, abs=four_errors_of_share(share))
    assert found["rig"].criticality == pytest.approx(1 - share, abs=four_errors_of_share(share))
    assert found["build"].sensitivity > 0.9
    assert found["build"].cruciality == pytest.approx(found["build"].criticality * found["build"].sensitivity)
    deviation = answer.finish.deviation_days
    assert found["build"].schedule_sensitivity == pytest.approx(share * 10 / deviation, rel=0.03)


def test_the_last_moment_of_a_deadline_is_in_time():
    build = task("build", 100, spread=spread("discrete", values=[1], weights=[1]))
    assert study(network([replace(build, deadline=day(100))]), iterations=256).finish.in_time == 1
    assert study(network([replace(build, deadline=day(99))]), iterations=256).finish.in_time == 0


def test_a_mission_may_be_named_in_place_of_its_launch():
    nodes = [task("build", 100), launch("fly", (90, 120), (150, 160), leads_to="orbiter"), task("later", 10)]
    found = study(network(nodes, "build fly", "fly later"), iterations=256, target="orbiter")
    assert found.target == "fly"


def test_one_factor_is_behind_the_fixed_cost_and_that_per_day():
    sure = spread("discrete", values=[1], weights=[1])
    build = task(
        "build",
        100,
        fixed_cost=(100.0, "EUR", 2020),
        cost_per_day=(1.0, "EUR", 2020),
        cost_spread=spread("uniform", low=0.5, high=1.5),
        spread=sure,
    )
    joint = study(network([build]), budget=280.0).joint
    assert joint.within_budget == pytest.approx(0.9, abs=four_errors_of_share(0.9))
    assert dict(joint.cost_percentiles)[90] == pytest.approx(280, abs=2)


def test_a_frontier_has_one_point_for_each_date_with_the_share_that_it_claims():
    build = task(
        "build",
        100,
        fixed_cost=(100.0, "EUR", 2020),
        cost_spread=spread("uniform", low=0.5, high=1.5),
        spread=spread("uniform", low=0.5, high=1.5),
    )
    given = network([build, launch("fly", (120, 120.01), (160, 170))], "build fly")
    joint = study(given).joint
    half = next(one for one in joint.frontiers if one.confidence == 0.5)
    dates = [moment for moment, _ in half.points]
    assert dates == sorted(set(dates))
    assert (days(dates[0]), days(dates[-1])) == (120, 160)
    budgets = [budget for _, budget in half.points]
    assert budgets[0] == pytest.approx(50 + 100 * 0.5 / 0.7, abs=2)
    assert budgets[-1] == pytest.approx(100, abs=2)
    for moment, budget in (half.points[0], half.points[-1]):
        again = study(given, date=moment.date(), budget=budget).joint
        assert again.joint == pytest.approx(0.5, abs=0.004)
