"""First answers: whole commands from process start to end, against the time that importing NumPy takes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from suite import Suite
from timing import Row, peak_mb, ratio, timings

from synodos.exchange import write
from synodos.language import Activity, Agency, Header, History, Record

ITERATIONS = 1_000
AGENCIES = 12
COMMANDS = {
    "--help": ("--help",),
    "schedule path": ("schedule", "path", "{plan}", "--format", "json"),
    "risk": ("risk", "{plan}", "--iterations", str(ITERATIONS), "--format", "json"),
}
"""Commands by the name of their case; the goals are 2, 3 and 10 times the time of the import."""


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield a row for each command and size; the first run of each, which may compile, is not counted."""
    for size in sizes:
        yield from _first_answers(size, rounds)


def _first_answers(size: int, rounds: int) -> Iterator[Row]:
    """Yield a row for each command on a network of `size` activities."""
    with tempfile.TemporaryDirectory(prefix="synodos-bench-") as scratch:
        plan = Path(scratch) / "plan.json"
        write(made_up(size), plan)
        contenders = {"import numpy": _run(sys.executable, "-c", "import numpy")}
        for name, arguments in COMMANDS.items():
            filled = [argument.format(plan=plan) for argument in arguments]
            contenders[name] = _run(sys.executable, "-m", "synodos", *filled)
        for run in contenders.values():
            run()
        times = timings(contenders, rounds)
    limit = times.pop("import numpy").median_s
    for name, ours in times.items():
        over = ratio(ours.median_s, limit)
        yield Row(name, size, ours.median_s, None, None, limit, None, over, None, peak_mb(), "", ours.spread)


def made_up(activities: int) -> History:
    """Return a portfolio of one made-up network: each activity follows the one before and one of some twenty before."""
    shared = {"release": "public", "as_of": "2026-01-01", "confidence": "computed", "sources": ["made-up"]}
    agencies = [f"agency-{number}" for number in range(AGENCIES)]
    records: list[Record] = [
        Agency.model_validate(
            {
                "id": name,
                "owner": name,
                "stated_by": name,
                "name": name,
                "short_name": name,
                "actor": "agency",
                **shared,
            }
        )
        for name in agencies
    ]
    for number in range(activities):
        owner = agencies[number % AGENCIES]
        after = {number - 1, number - 2 - number * 7919 % 20} if number > 2 + 20 else {number - 1} - {-1}
        records.append(
            Activity.model_validate(
                {
                    "id": f"activity-{number}",
                    "owner": owner,
                    "stated_by": owner,
                    "name": f"Activity {number}",
                    "duration_days": 1 + number * 104729 % 60,
                    "spread": {"shape": "pert", "low": 0.9, "likely": 1, "high": 1.6},
                    "after": [{"activity": f"activity-{before}"} for before in sorted(after)],
                    **shared,
                }
            )
        )
    header = {
        "id": "made-up",
        "title": "Made-up",
        "known_on": "2026-01-01",
        "sources": {"made-up": {"title": "Made up"}},
    }
    return History(Header.model_validate(header), tuple(records))


def _run(*command: str) -> Callable[[], object]:
    """Return a function that runs a command and fails if the command fails."""
    # Where nothing compiled is kept, every start would compile all modules anew.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(command, check=True, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


SUITE = Suite(
    "start-up",
    "First answers",
    """\
Whole commands on a made-up network of n activities, as one JSON file, from process start to end: `synodos --help`,
`synodos schedule path`, and `synodos risk` with 1,000 iterations, the delay shared exactly among 12 agencies, and
everything compiled. "Limit" is `python -c "import numpy"`.""",
    ("case", "n", "ours_s", "limit_s", "ratio_limit"),
    (1_000,),
    measured,
)
