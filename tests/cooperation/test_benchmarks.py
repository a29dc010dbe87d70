"""The benchmarks run, and compare answers before they time them."""

import json
import subprocess
import sys


def rows_of(suite, root):
    done = subprocess.run(
        [sys.executable, "benchmarks/run.py", "--only", suite, "--n", "30,60", "--rounds", "1"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_benchmarks_run_on_small_inputs(root):
    rows = rows_of("matching", root) + rows_of("questions", root)
    assert {row["case"] for row in rows} == {"matching", "opportunities", "dependence"}
    assert {row["n"] for row in rows} == {30, 60}
    assert all(row["ours_s"] > 0 and (row["slope"] is None) == (row["n"] == 30) for row in rows)
    peers = [row for row in rows if row["case"] == "matching"]
    assert all((row["peer_s"] is None) == (row["note"] == "absent") for row in peers)
    assert len(peers) == 2 * len({row["peer"] for row in peers})
