"""A study on a real cluster of two worker processes gives the numbers of this process."""

import pytest

distributed = pytest.importorskip("distributed")

from synodos.schedule.risk import risk  # noqa: E402 - nothing to prove where Dask is not installed
from tests.schedule.risk.studies import calm, commitment, portfolio, spread  # noqa: E402
from tests.schedule.works import launch, network, task  # noqa: E402

pytestmark = [pytest.mark.proof, pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")]
TOLERANCE = 1e-6


@pytest.fixture(scope="module")
def client():
    """A Dask client of two workers, each a process of its own."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as found,
    ):
        yield found


def study():
    wide = spread("triangular", low=0.8, likely=1.0, high=1.6)
    agencies = ("esa", "jaxa", "nasa")
    nodes = [
        task(f"w{n}", 30, agencies[n % 3], leads_to="orbiter", spread=wide, fixed_cost=(100.0, "EUR", 2020))
        for n in range(60)
    ]
    nodes.append(launch("fly", (500, 700), (1_300, 1_400), (2_000, 2_100), leads_to="orbiter", intended=0))
    chain = [f"w{n} w{n + 3}" for n in range(57)]
    return network(nodes, *chain, "w57 fly", "w58 fly", "w59 fly")


def test_a_cluster_gives_the_numbers_of_this_process(client, record_property):
    assert len(client.scheduler_info()["workers"]) == 2
    records = portfolio(commitment("money", ["orbiter"], owner="nasa", level="intent"))
    asked = {"iterations": 50_000, "seed": 7, "defaults": calm()}
    told = []
    there = risk(study(), records, executor=client, progress=lambda done, of: told.append((done, of)), **asked)
    here = risk(study(), records, **asked)
    assert told[-1] == (50_000, 50_000)
    assert there.iterations == here.iterations == 50_000
    furthest = 0.0
    for one, other in zip(there.finishes, here.finishes, strict=True):
        assert [period.share for period in one.periods] == [period.share for period in other.periods]
        assert one.percentiles == other.percentiles
        furthest = max(furthest, abs((one.mean - other.mean).total_seconds()) / 86_400)
    for one, other in zip(there.activities, here.activities, strict=True):
        assert one.node == other.node
        assert one.criticality == other.criticality
        furthest = max(furthest, abs(one.sensitivity - other.sensitivity))
    assert there.joint.joint == pytest.approx(here.joint.joint, abs=TOLERANCE)
    assert there.joint.mean_cost == pytest.approx(here.joint.mean_cost, rel=TOLERANCE)
    assert furthest <= TOLERANCE
    record_property("largest difference between two workers and one process", f"{furthest:.1e}")
