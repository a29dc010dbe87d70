"""Correlation: faults by name, and samples that correlate as stated."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.schedule.sampling import (
    Activities,
    Cluster,
    Family,
    Links,
    Marginals,
    Model,
    correlation_faults,
    run,
)
from synodos.schedule.sampling.correlation import factor

LABELS = ["bus", "radar", "lander"]


def matrix(one, two, three):
    return np.array([[1, one, two], [one, 1, three], [two, three, 1]], float)


@pytest.mark.parametrize(
    ("given_matrix", "words"),
    [
        (matrix(0.9, 0.9, -0.9), ["bus and radar 0.9", "bus and lander 0.9", "radar and lander -0.9"]),
        (matrix(0.2, -1.3, 0), ["bus and lander correlate by -1.3"]),
        (matrix(0.2, 0.3, 0) + np.triu(np.full((3, 3), 0.1), 2), ["bus and lander correlate by 0.4", "by 0.3"]),
        (np.diag([1, 0.5, 1.0]), ["radar correlates with itself by 0.5"]),
        (matrix(np.nan, 0, 0), ["bus", "radar"]),
    ],
)
def test_faults_name_the_entries(given_matrix, words):
    found = correlation_faults(given_matrix, LABELS)
    assert found
    assert all(any(word in fault for fault in found) for word in words)


@pytest.mark.parametrize("good", [matrix(0, 0, 0), matrix(1, 1, 1), matrix(0.5, 0.5, 0.5), matrix(-1, 0, 0)])
def test_a_possible_matrix_has_no_fault(good):
    assert correlation_faults(good, LABELS) == ()


def test_a_matrix_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="3 labels"):
        correlation_faults(np.eye(2), LABELS)


@given(st.lists(st.floats(-1, 1), min_size=12, max_size=12))
def test_a_factor_gives_its_matrix_back(entries):
    loadings = np.array(entries).reshape(4, 3)
    covariance = loadings @ loadings.T + 1e-3 * np.eye(4)
    scale = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(scale, scale)
    assert correlation_faults(correlation, list("abcd")) == ()
    lower = factor(correlation)
    assert np.allclose(lower, np.tril(lower))
    assert lower @ lower.T == pytest.approx(correlation, abs=1e-6)


def test_durations_correlate_as_stated():
    stated = matrix(0.8, -0.3, 0.1)
    activities = Activities.of(np.ones(3), duration=Marginals.of([(Family.NORMAL, 100, 10)] * 3))
    model = Model(activities, Links.of(3, []), np.arange(3), clusters=(Cluster(np.arange(3), stated),))
    found = np.corrcoef(run(model, iterations=40_000, seed=1).finish_days)
    assert np.abs(found - stated).max() < 4 / np.sqrt(40_000)
