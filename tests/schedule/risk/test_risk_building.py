"""The arrays that are sampled say the same as the critical path, where everything goes to plan."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from synodos.schedule import ELAPSED
from synodos.schedule.paths.counting import position
from synodos.schedule.paths.critical_path import critical_path
from synodos.schedule.risk.building import model, to_plan
from synodos.schedule.risk.defaults import default_defaults
from synodos.schedule.risk.planning import plan
from synodos.schedule.risk.strikes import is_open
from synodos.schedule.sampling import run
from tests.schedule.risk.studies import portfolio, risk_record, spread
from tests.schedule.works import DAY, begun, day, done, five_days, launch, network, networks, task, tie

MINUTE = 1.5 / 1440


def planned(given, *records):
    """For each node the finish of the critical path, and that of the model if all goes to plan, in days.

    For a node with a calendar they are days of work before the finish: the evening and the next morning are one.
    """
    path = critical_path(given)
    built = plan(path, portfolio(*records), default_defaults())
    sample = run(to_plan(model(built, range(len(given.nodes)))), iterations=1, seed=1, threads=1)
    found = []
    for at, node in enumerate(given.nodes):
        pair = int(path.early_finish[at]), built.clock.zero + round(float(sample.finish_days[at, 0]) * DAY)
        if node.calendar == ELAPSED:
            found.append([(minutes - built.clock.zero) / DAY for minutes in pair])
        else:
            time = given.calendars[node.calendar]
            found.append([position(time, minutes) / time.minutes_per_day for minutes in pair])
    return np.array(found).T


@settings(max_examples=30)
@given(networks())
def test_any_network_that_never_rests(given_network):
    nodes = tuple(replace(node, calendar=ELAPSED) for node in given_network.nodes)
    early, sampled = planned(replace(given_network, nodes=nodes))
    assert sampled == pytest.approx(early, abs=MINUTE)


@settings(max_examples=30)
@given(networks())
def test_any_network_of_one_calendar(given_network):
    nodes = tuple(replace(node, calendar=0) for node in given_network.nodes)
    edges = tuple(replace(edge, lag=edge.lag // 3, calendar=0) for edge in given_network.edges)
    early, sampled = planned(replace(given_network, nodes=nodes, edges=edges))
    assert sampled == pytest.approx(early, abs=3 * MINUTE)


def test_constraints_progress_periods_and_lags():
    nodes = [
        done(task("build", 30), -30, -3),
        begun(task("rig", 30), -10, 20),
        task("check", 5, ties=(tie("start-no-earlier", 40),)),
        task("pack", 5, calendar=0, ties=(tie("finish-no-earlier", 47),)),
        task("ship", 3, ties=(tie("must-start", 60),)),
        task("papers", 3, ties=(tie("must-finish", 66),)),
        launch("fly", (50, 60), (70, 80)),
    ]
    links = [
        "build check",
        ("rig", "check", "start-start", 5),
        ("check", "pack", "finish-finish", 2),
        ("pack", "ship", "start-finish", 1),
        "ship fly",
        "papers fly",
    ]
    early, sampled = planned(network(nodes, *links, calendars=(five_days(),)))
    assert sampled == pytest.approx(early, abs=MINUTE)
    assert early[-1] == 70


@pytest.mark.parametrize("override", [False, True])
@pytest.mark.parametrize("finished", [-3, 400], ids=["before", "after"])
def test_work_that_is_done_passes_the_status_date_on(finished, override):
    nodes = [task("build", 30), done(task("rig", 30), -10, finished), task("check", 5), task("pack", 5)]
    links = ["build rig", "rig check", ("rig", "pack", "finish-start", 12)]
    early, sampled = planned(network(nodes, *links, status=day(0), override=override))
    assert sampled[[0, 2, 3]] == pytest.approx(early[[0, 2, 3]], abs=MINUTE)
    assert early[2] == (5 if override else 35)


@pytest.mark.parametrize("override", [False, True])
def test_work_out_of_sequence(override):
    nodes = [task("build", 30), begun(task("rig", 30), -10, 20), task("check", 5)]
    plain = network(nodes, "build rig", "rig check", status=day(0), override=override)
    early, sampled = planned(plain)
    assert sampled == pytest.approx(early, abs=MINUTE)
    assert early[1] == (20 if override else 50)


def test_a_lag_that_has_begun_goes_on_after_the_status_date():
    nodes = [begun(task("build", 30), -10, 40), task("rig", 5), task("check", 5)]
    links = [("build", "rig", "start-start", 20), ("build", "check", "start-start", 4)]
    early, sampled = planned(network(nodes, *links, status=day(0)))
    assert sampled == pytest.approx(early, abs=MINUTE)
    assert early.tolist() == [40, 15, 5]


def test_a_made_up_portfolio(twin_relay_network):
    firm = replace(twin_relay_network, edges=tuple(edge for edge in twin_relay_network.edges if edge.essential))
    kept = [at for at, node in enumerate(firm.nodes) if node.type != "level-of-effort" and is_open(node)]
    early, sampled = planned(firm)
    assert sampled[kept] == pytest.approx(early[kept], abs=MINUTE)


def test_draws_stay_when_the_plan_around_them_changes():
    small = network([task("build", 30), task("rig", 20)], "build rig")
    large = network([task("aft", 10), task("build", 30), task("mast", 5), task("rig", 20)], "build rig", "aft mast")
    keys = []
    for one in (small, large):
        built = plan(critical_path(one), portfolio(), default_defaults())
        rows = built.rows
        activities = model(built, [0]).activities
        keys.append({node.id: int(activities.key[rows[at]]) for at, node in enumerate(one.nodes)})
    assert keys[0].items() <= keys[1].items()
    assert len(set(keys[1].values())) == 4


@pytest.mark.parametrize("shared", [0.0, 0.25])
def test_the_stated_rank_correlation_is_that_of_the_durations(shared):
    wide = spread("uniform", low=0.5, high=1.5)
    given = network([task("build", 100, spread=wide), task("rig", 100, spread=wide)])
    stated = risk_record("supplier", correlations=[{"activities": ["build", "rig"], "coefficient": 0.5}])
    built = plan(critical_path(given), portfolio(stated), default_defaults(), shared)
    sample = run(model(built, [0, 1]), iterations=100_000, seed=1, threads=2)
    ranks = [np.argsort(np.argsort(dates)) for dates in sample.finish_days]
    assert np.corrcoef(ranks)[0, 1] == pytest.approx(0.5, abs=4 * 0.75 / np.sqrt(100_000))
