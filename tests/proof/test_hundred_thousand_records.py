"""A portfolio of 100,000 records goes through every question; what it took stands in docs/proofs.md."""

import resource
import sys
import time

import pytest

from synodos.cooperation import dependence, opportunities
from synodos.exchange import inspect, write

pytestmark = pytest.mark.proof
RECORDS = 100_000


@pytest.fixture(scope="module")
def large(root):
    sys.path.insert(0, str(root / "benchmarks"))
    try:
        from synthetic import history

        yield history(RECORDS, seed=1)
    finally:
        sys.path.remove(str(root / "benchmarks"))


def test_every_question_is_answered_at_a_hundred_thousand_records(large, tmp_path, record_property):
    path = tmp_path / "large.json"
    write(large, path)

    def timed(name, question):
        start = time.perf_counter()
        answer = question()
        record_property(f"{name} s", round(time.perf_counter() - start, 1))
        return answer

    read, faults = timed("read and check", lambda: inspect(path))
    assert not [fault for fault in faults if fault.severity == "error"]
    assert len(read.statements) >= RECORDS * 0.9
    seen = timed("as seen by the public", lambda: read.known_on(viewer="public"))
    assert timed("dependence", lambda: dependence(seen)).items
    best = timed("opportunities", lambda: opportunities(seen, most=100))
    assert len(best.ranked) == 100
    assert best.total > 100
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    record_property("peak memory MB", round(peak))
    assert peak < 8_000
