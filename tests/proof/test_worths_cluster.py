"""Worths from a real cluster of two worker processes, and from a pool of processes, are those of this process."""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor

import pytest

from synodos.coalition import group_worths

distributed = pytest.importorskip("distributed")

pytestmark = [pytest.mark.proof, pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")]


@pytest.fixture(scope="module")
def models(root):
    """Models of fourteen made-up agencies, with budgets that bind and ample ones."""
    sys.path.insert(0, str(root / "benchmarks"))
    try:
        from made_up_plans import made_up_model
    finally:
        sys.path.remove(str(root / "benchmarks"))
    return [made_up_model(seed, ample=ample) for seed, ample in ((4, 1.0), (3, 3.0))]


def test_a_cluster_gives_the_worths_of_this_process(models):
    told = []
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert len(client.scheduler_info()["workers"]) == 2
        there = [group_worths(one, executor=client, progress=lambda *said: told.append(said)) for one in models]
    assert told[-1][0] == told[-1][1]  # over the parts into which the last falls
    for one, found in zip(models, there, strict=True):
        assert found.amounts.tolist() == group_worths(one).amounts.tolist()


def test_a_pool_of_processes_gives_the_worths_of_this_process(models):
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        there = [group_worths(one, executor=pool) for one in models]
    for one, found in zip(models, there, strict=True):
        assert found.amounts.tolist() == group_worths(one).amounts.tolist()
