"""The benchmark runs on small games, and compares answers before it times them."""

import json
import subprocess
import sys


def test_the_benchmark_runs_on_small_games(root):
    done = subprocess.run(
        [sys.executable, "benchmarks/run.py", "--only", "shares", "--n", "5,8", "--rounds", "1"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    cases = {"Shapley value", "nucleolus, random", "nucleolus, plan", "nucleolus, voting"}
    assert {(row["case"], row["n"]) for row in rows} == {(case, size) for case in cases for size in (5, 8)}
    assert all(row["ours_s"] > 0 and (row["peer_s"] is None) == (row["note"] == "absent") for row in rows)
