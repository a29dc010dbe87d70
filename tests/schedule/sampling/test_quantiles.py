"""Every marginal is drawn as its distribution says."""

import numpy as np
import pytest
from scipy import stats

from synodos.schedule.sampling import Activities, Family, Links, Marginals, Model, quantiles, run

ITERATIONS = 40_000
CASES = {
    "triangular": ((Family.TRIANGULAR, 8, 10, 15), stats.triang(2 / 7, 8, 7)),
    "triangular with the mode at its low end": ((Family.TRIANGULAR, 8, 8, 15), stats.triang(0, 8, 7)),
    "pert": ((Family.PERT, 10, 20, 60), stats.beta(1 + 4 * 0.2, 5 - 4 * 0.2, 10, 50)),
    "pert with the mode at its high end": ((Family.PERT, 0, 1, 1), stats.beta(5, 1)),
    "uniform": ((Family.UNIFORM, 3, 9), stats.uniform(3, 6)),
    "normal": ((Family.NORMAL, 100, 10), stats.norm(100, 10)),
    "normal cut at 0": ((Family.NORMAL, 1, 1), stats.truncnorm(-1, np.inf, 1, 1)),
    "lognormal": ((Family.LOGNORMAL, 30, 0.4, 5), stats.lognorm(0.4, 5, 30)),
    "wide lognormal": ((Family.LOGNORMAL, 30, 1.0), stats.lognorm(1.0, 0, 30)),
    "weibull": ((Family.WEIBULL, 30, 2.0, 5), stats.weibull_min(2.0, 5, 30)),
    "falling weibull": ((Family.WEIBULL, 30, 0.8), stats.weibull_min(0.8, 0, 30)),
}


@pytest.fixture(scope="module")
def drawn():
    rows = [row for row, _ in CASES.values()]
    n = len(rows)
    model = Model(Activities.of(np.ones(n), duration=Marginals.of(rows)), Links.of(n, []), np.arange(n))
    return dict(zip(CASES, run(model, iterations=ITERATIONS, seed=11).finish_days, strict=True))


@pytest.mark.parametrize("name", CASES)
def test_a_duration_has_its_distribution(drawn, name):
    found, truth = drawn[name], CASES[name][1]
    assert stats.kstest(found, truth.cdf).statistic < 1.95 / np.sqrt(ITERATIONS)  # 1 in 1,000
    assert abs(found.mean() - truth.mean()) < 4 * truth.std() / np.sqrt(ITERATIONS)
    fourth = float(truth.expect(lambda x: (x - truth.mean()) ** 4))
    error = np.sqrt((fourth - truth.var() ** 2) / ITERATIONS)
    assert abs(found.var() - truth.var()) < 4 * error


def test_pert_has_the_moments_of_its_definition(drawn):
    mean = (10 + 4 * 20 + 60) / 6
    variance = (mean - 10) * (60 - mean) / 7
    assert drawn["pert"].mean() == pytest.approx(mean, abs=4 * np.sqrt(variance / ITERATIONS))
    assert drawn["pert"].var() == pytest.approx(variance, rel=0.03)


def test_discrete_values_come_with_their_shares():
    values, shares = np.array([40.0, 0.0, 90.0]), np.array([0.3, 0.5, 0.2])
    activities = Activities.of([1.0], duration=Marginals.of([(Family.DISCRETE, values, shares)]))
    found = run(Model(activities, Links.of(1, []), np.array([0])), iterations=ITERATIONS, seed=3).finish_days[0]
    assert set(np.unique(found)) == set(values)
    for value, share in zip(values, shares, strict=True):
        assert np.mean(found == value) == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / ITERATIONS))


def test_a_factor_multiplies_the_planned_duration():
    activities = Activities.of([200.0], duration=Marginals.of([(Family.UNIFORM, 0.9, 1.4)]), relative=np.array([True]))
    found = run(Model(activities, Links.of(1, []), np.array([0])), iterations=ITERATIONS, seed=3).finish_days[0]
    assert found.min() >= 180
    assert found.max() <= 280.001
    assert found.mean() == pytest.approx(230, abs=4 * 100 / np.sqrt(12 * ITERATIONS))


def test_extremes_stay_within_their_bounds(drawn):
    assert drawn["triangular"].min() >= 8
    assert drawn["triangular"].max() <= 15
    assert drawn["pert"].min() >= 10
    assert drawn["pert"].max() <= 60
    assert drawn["normal cut at 0"].min() >= 0


@pytest.mark.parametrize(("name", "power"), [("root", 2), ("probability", 1)])
def test_what_triangular_and_uniform_values_rest_on_is_within_the_stated_error(name, power):
    score = np.linspace(-5.14, 5.14, 2_001)
    bent = score / (score**2 + quantiles.BEND)
    fitted = np.polynomial.polynomial.polyval(bent, quantiles._fits()[name].astype(np.float32))
    assert fitted.min() > 0
    assert fitted**power == pytest.approx(stats.norm.cdf(score), abs=6e-4)
