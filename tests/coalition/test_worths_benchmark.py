"""The benchmark of worths runs on small models, and compares answers before it times them."""

import json
import subprocess
import sys


def test_the_benchmark_runs_on_small_models(root):
    done = subprocess.run(
        [sys.executable, "benchmarks/run.py", "--only", "worths", "--n", "3,4", "--rounds", "1"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    peers = {"CP-SAT, each group", "CP-SAT, inheritance alone", None}
    assert {(row["n"], row["peer"]) for row in rows} == {(size, peer) for size in (3, 4) for peer in peers}
    assert all(row["ours_s"] > 0 for row in rows)
    assert {row["note"] for row in rows if row["peer"] == "CP-SAT, each group"} == {"extrapolated"}
