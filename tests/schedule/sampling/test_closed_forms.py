"""Results whose truth is known on paper, to four standard errors."""

from itertools import product

import numpy as np
import pytest

from synodos.schedule.sampling import (
    NOBODY,
    Activities,
    Cluster,
    Costs,
    Effect,
    Family,
    LaunchPeriods,
    LinkKind,
    Links,
    Marginals,
    Model,
    Risks,
    run,
)

ITERATIONS = 40_000
FS = LinkKind.FINISH_START


def network(durations, links, **others):
    """Return activities with FS links, the last of them the target."""
    n = len(durations)
    others = {"planned_days": np.ones(n), "duration": Marginals.of(durations), **others}
    return Activities.of(others.pop("planned_days"), **others), Links.of(n, [(a, b, FS, 0.0, -1) for a, b in links])


def sampled(activities, links, **others):
    return run(Model(activities, links, np.array([len(activities) - 1]), **others), iterations=ITERATIONS, seed=7)


def mean_finish(sample):
    """Return the mean of the finishes that are reached."""
    finish = sample.finish_days[0]
    return finish[np.isfinite(finish)].mean()


def near(found, truth, deviation):
    return found == pytest.approx(truth, abs=4 * deviation / np.sqrt(ITERATIONS))


@pytest.mark.parametrize("rho", [0.0, 0.5, -0.8])
def test_merge_bias_of_two_normal_paths(rho):
    """Clark (1961): the larger of two normals with equal means exceeds them by a / sqrt(2 pi)."""
    mean, deviation = 100.0, 10.0
    activities, links = network(
        [(Family.NORMAL, mean, deviation)] * 2 + [(Family.FIXED, 0)], [(0, 2), (1, 2)], planned_days=[mean, mean, 0]
    )
    clusters = (Cluster(np.array([0, 1]), np.array([[1, rho], [rho, 1]])),) if rho else ()
    sample = sampled(activities, links, clusters=clusters)
    apart = deviation * np.sqrt(2 * (1 - rho))
    assert near(mean_finish(sample), mean + apart / np.sqrt(2 * np.pi), deviation)
    assert near(sample.criticality[0, 0], 0.5, 0.5)


def test_a_common_factor_correlates_the_work_of_one_agency():
    rho, deviation = 0.6, 10.0
    activities, links = network(
        [(Family.NORMAL, 100, deviation)] * 2 + [(Family.FIXED, 0)],
        [(0, 2), (1, 2)],
        group=np.array([0, 0, NOBODY]),
        loading=np.array([np.sqrt(rho), np.sqrt(rho), 0.0]),
    )
    sample = sampled(activities, links, group_key=np.array([5], np.uint32))
    assert near(mean_finish(sample), 100 + deviation * np.sqrt((1 - rho) / np.pi), deviation)


def test_work_that_its_agency_alone_decides_moves_together_and_anew_in_each_iteration():
    activities, links = network(
        [(Family.NORMAL, 100, 10)] * 2, [], group=np.array([0, 0]), loading=np.array([1.0, 1.0])
    )
    model = Model(activities, links, np.array([0, 1]), group_key=np.array([5], np.uint32))
    one, other = run(model, iterations=1_024, seed=7).finish_days
    assert (one == other).all()
    assert len(np.unique(one)) > 1_000


def test_a_sum_of_triangulars():
    rows = [(Family.TRIANGULAR, 5, 10, 20), (Family.TRIANGULAR, 1, 2, 9), (Family.TRIANGULAR, 30, 45, 50)]
    sample = sampled(*network(rows, [(0, 1), (1, 2)]))
    mean = sum(sum(row[1:]) / 3 for row in rows)
    variance = sum((a * a + b * b + c * c - a * b - a * c - b * c) / 18 for _, a, b, c in rows)
    assert near(mean_finish(sample), mean, np.sqrt(variance))
    assert sample.deviation_days[0] ** 2 == pytest.approx(variance, rel=0.03)
    shares = sample.correlation[0] ** 2
    assert shares.sum() == pytest.approx(1.0, abs=0.03)
    assert (sample.criticality == 1.0).all()


def test_a_discrete_bridge_network_by_full_enumeration():
    values = [
        ((2, 6), (0.7, 0.3)),
        ((3, 5), (0.4, 0.6)),
        ((1, 4), (0.5, 0.5)),
        ((4, 7), (0.8, 0.2)),
        ((2, 9), (0.9, 0.1)),
    ]
    links = [(0, 2), (0, 3), (1, 4), (2, 4), (3, 5), (4, 5)]
    activities, rows = network([(Family.DISCRETE, *one) for one in values] + [(Family.FIXED, 0)], links)
    sample = sampled(activities, rows)
    expected, square, critical = 0.0, 0.0, np.zeros(5)
    for chosen in product(*(list(zip(*one, strict=True)) for one in values)):
        (a, b, c, d, e), shares = zip(*chosen, strict=True)
        share = np.prod(shares)
        paths = {(0, 3): a + d, (0, 2, 4): a + c + e, (1, 4): b + e}
        longest = max(paths.values())
        expected, square = expected + share * longest, square + share * longest**2
        critical[list({one for path, length in paths.items() if length == longest for one in path})] += share
    assert near(mean_finish(sample), expected, np.sqrt(square - expected**2))
    for found, truth in zip(sample.criticality[0, :5], critical, strict=True):
        assert near(found, truth, np.sqrt(truth * (1 - truth)))


def launch(family, *parameters, periods):
    """Return a mission that is ready by a distribution, waits for a launch period, and travels 200 days."""
    activities, links = network([(family, *parameters), (Family.FIXED, 0), (Family.FIXED, 200)], [(0, 1), (1, 2)])
    opens, closes = np.array(periods, float).T
    periods = LaunchPeriods(np.array([1]), np.array([0, len(opens)]), opens, closes)
    return sampled(activities, links, launch_periods=periods)


def test_a_launch_period_at_known_times_with_a_normal_ready_date():
    from statistics import NormalDist

    ready = NormalDist(1000, 50)
    sample = launch(Family.NORMAL, 1000, 50, periods=[(900, 1020), (1680, 1700)])
    makes_it = ready.cdf(1020)
    finish = sample.finish_days[0]
    assert near(np.mean(finish <= 1220), makes_it, np.sqrt(makes_it * (1 - makes_it)))
    assert np.isfinite(finish).all()
    assert set(np.unique(finish[finish > 1300])) == {1880.0}
    assert finish.min() >= 1100


def test_a_launch_period_at_known_times_with_a_uniform_ready_date():
    sample = launch(Family.UNIFORM, 0, 100, periods=[(10, 30), (50, 60), (80, 85)])
    chances = np.diff([0.0, *(np.mean(sample.finish_days[0] <= 200 + close) for close in (30, 60, 85)), 1.0])
    for found, truth in zip(chances, (0.3, 0.3, 0.25, 0.15), strict=True):
        assert near(found, truth, np.sqrt(truth * (1 - truth)))
    assert near(np.mean(np.isinf(sample.finish_days[0])), 0.15, np.sqrt(0.15 * 0.85))
    # ready in 0-10 leaves at 10, in 10-30 at once; in 30-50 at 50, 50-60 at once; in 60-80 at 80, 80-85 at once
    mean = (10 * 10 + 20 * 20 + 20 * 50 + 10 * 55 + 20 * 80 + 5 * 82.5) / 85 + 200
    assert near(mean_finish(sample), mean, 30)


def risk(effect, value, probability=0.25, activities=(0,)):
    return Risks(
        np.array([9], np.uint32),
        np.array([probability]),
        np.array([NOBODY]),
        np.array([effect]),
        Marginals.of([value]),
        np.array([0, len(activities)]),
        np.array(activities),
    )


def test_a_risk_delays_as_often_as_it_occurs():
    activities, links = network([(Family.FIXED, 100), (Family.FIXED, 50)], [(0, 1)], planned_days=[100, 50])
    sample = sampled(activities, links, risks=risk(Effect.DELAY, (Family.FIXED, 30)))
    assert np.unique(sample.finish_days[0]).tolist() == [150, 180]
    assert near(np.mean(sample.finish_days[0] == 180), 0.25, np.sqrt(0.25 * 0.75))


def test_a_driver_multiplies_all_that_it_touches():
    activities, links = network([(Family.FIXED, 100), (Family.FIXED, 50)], [(0, 1)], planned_days=[100, 50])
    sample = sampled(activities, links, risks=risk(Effect.MULTIPLY, (Family.UNIFORM, 1.0, 1.2), 1.0, (0, 1)))
    assert near(mean_finish(sample), 165, 30 / np.sqrt(12))
    assert sample.deviation_days[0] == pytest.approx(30 / np.sqrt(12), rel=0.02)
    assert sample.correlation[0] == pytest.approx([1.0, 1.0], abs=1e-3)


def test_what_is_removed_never_finishes():
    activities, links = network([(Family.FIXED, 100), (Family.FIXED, 50)], [(0, 1)], planned_days=[100, 50])
    sample = sampled(activities, links, risks=risk(Effect.REMOVE, (Family.FIXED, 0)))
    assert near(np.mean(np.isinf(sample.finish_days[0])), 0.25, np.sqrt(0.25 * 0.75))
    assert mean_finish(sample) == pytest.approx(150)
    assert np.unique(sample.finish_days[0]).tolist() == [150, np.inf]
    assert sample.criticality[0, 0] == 1.0


def test_cost_grows_with_time():
    activities, links = network([(Family.UNIFORM, 100, 200)], [], planned_days=[100])
    one = Marginals.fixed([1.0])
    costs = Costs(np.array([1000.0]), np.array([5.0]), np.array([False]), Marginals.of([(Family.UNIFORM, 1, 3)]), one)
    sample = sampled(activities, links, costs=costs)
    assert near(sample.cost.mean(), 2000 + 5 * 150, np.hypot(2000, 500) / np.sqrt(12))
    assert np.corrcoef(sample.cost, sample.finish_days[0])[0, 1] == pytest.approx(500 / np.hypot(500, 2000), abs=0.02)


def test_what_is_certain_costs_what_is_stated():
    activities, links = network([(Family.FIXED, 100), (Family.FIXED, 20)], [(0, 1)], planned_days=[100, 20])
    one = Marginals.fixed([1.0, 1.0])
    sample = sampled(activities, links, costs=Costs(np.array([7.0, 0]), np.array([5.0, 2]), np.ones(2, bool), one, one))
    assert np.unique(sample.cost).tolist() == [7 + 500 + 40]
