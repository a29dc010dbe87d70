"""Random words become normal numbers by the formulas of Box and Muller."""

import numpy as np
import pytest
from scipy import stats

from synodos.schedule.sampling import Activities, Family, Links, Marginals, Model, random_kernel, run

ENDS = [0, 2**32 - 1, 2**31, 2**31 - 1, 2**19, 2**19 - 1, 2**18, 1]
WORDS = np.concatenate((ENDS, np.random.default_rng(5).integers(0, 2**32, 100_000))).astype(np.uint32)


def test_bits_1_to_18_of_a_word_are_the_radius():
    radius = random_kernel._radius.py_func(WORDS)
    steps = ((WORDS >> 1) & (2**18 - 1)) + 0.5
    assert radius**2 == pytest.approx(-2 * np.log(steps / 2**18), abs=2e-4)


def test_bit_0_and_the_upper_bits_of_a_word_are_the_angle():
    sine, cosine = random_kernel._turn.py_func(WORDS)
    angle = np.pi * WORDS.astype(np.int32) / 2**32
    assert sine == pytest.approx(np.sin(angle), abs=2e-4)
    assert cosine == pytest.approx(np.cos(angle) * np.where(WORDS & 1, -1, 1), abs=2e-5)


def test_all_words_together_have_the_moments_of_a_normal_number():
    """Radius and angle are drawn apart, so that a mean over both is a product of two."""
    steps, angles = np.arange(2**18, dtype=np.uint32) << 1, np.arange(2**14, dtype=np.uint32) << 18
    radius, turns = random_kernel._radius.py_func(steps), random_kernel._turn.py_func(angles)
    for power, truth in ((2, 1.0), (4, 3.0), (6, 15.0)):
        for turn in turns:
            mean = np.mean(np.float64(radius) ** power) * np.mean(np.float64(turn) ** power)
            assert mean == pytest.approx(truth, rel=5e-4)


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
