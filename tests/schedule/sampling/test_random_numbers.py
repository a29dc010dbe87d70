"""Random words become normal numbers by the formulas of Box and Muller."""

import numpy as np
import pytest
from scipy import stats

from synodos.schedule.sampling import Activities, Family, Links, Marginals, Model, random_kernel, run

ENDS = [0, 2**32 - 1, 2**31, 2**31 - 1, 2**14, 2**14 - 1, 2**13]
WORDS = np.concatenate((ENDS, np.random.default_rng(5).integers(0, 2**32, 100_000))).astype(np.uint32)


def test_the_upper_18_bits_of_a_word_are_the_radius():
    radius = random_kernel._radius.py_func(WORDS)
    steps = (WORDS >> 14) + 0.5
    assert radius**2 == pytest.approx(-2 * np.log(steps / 2**18), abs=1e-5)


def test_the_lower_14_bits_of_a_word_are_the_angle():
    sine, cosine = random_kernel._turn.py_func(WORDS)
    half, within = (WORDS >> 13) & 1, ((WORDS & 0x1FFF) + 0.5) / 2**13
    angle = np.pi * np.where(within < 0.5, within, within - 1)
    assert sine == pytest.approx(np.sin(angle), abs=1e-5)
    assert cosine == pytest.approx(np.cos(angle) * np.where(half, -1, 1), abs=1e-5)


def test_a_hundred_activities_draw_independent_normal_numbers():
    n, iterations = 100, 2_000
    activities = Activities.of(np.ones(n), duration=Marginals.of([(Family.NORMAL, 100, 10)] * n))
    drawn = run(Model(activities, Links.of(n, []), np.arange(n)), iterations=iterations, seed=5).finish_days
    scores = (drawn - 100) / 10
    assert stats.kstest(scores.ravel(), "norm").statistic < 1.95 / np.sqrt(scores.size)  # 1 in 1,000
    between_activities = np.corrcoef(scores)[np.triu_indices(n, 1)]
    assert np.abs(between_activities).max() < 5.5 / np.sqrt(iterations)
    lanes = scores[:, : 256 * 7].reshape(-1, 256)
    between_iterations = np.corrcoef(lanes.T)[np.triu_indices(256, 1)]
    assert np.abs(between_iterations).max() < 5.5 / np.sqrt(len(lanes))
