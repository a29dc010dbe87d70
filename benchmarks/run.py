"""Measure this project against its peers, print the figures as JSON and write docs/benchmarks.md.

Run as `make bench`. A run of one suite (`--only`) writes its section alone; one with other sizes or rounds (`--n`,
`--rounds`) prints and writes nothing.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import critical_path
import joins
import launch
import ledger
import monte_carlo
import norms
import questions
import served
import shares
import start_up
import worths
from page import write_page, write_section
from suite import Suite
from timing import ROUNDS, Row

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
SUITES: tuple[Suite, ...] = (
    start_up.SUITE,
    joins.SUITE,
    questions.SUITE,
    critical_path.SUITE,
    monte_carlo.SUITE,
    launch.SUITE,
    norms.SUITE,
    shares.SUITE,
    worths.SUITE,
    ledger.SUITE,
    served.SUITE,
)


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", help="sizes in place of those of each suite, such as 1e3,1e4")
    parser.add_argument("--only", choices=[suite.name for suite in SUITES], help="one suite alone")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds, of which the median counts")
    chosen = parser.parse_args()
    sizes = tuple(int(float(size)) for size in chosen.n.split(",")) if chosen.n else None
    measured: list[tuple[Suite, list[Row]]] = []
    for suite in SUITES:
        if chosen.only in (None, suite.name):
            measured.append((suite, []))
            for row in suite.measured(sizes or suite.sizes, chosen.rounds):
                print(json.dumps(row.as_dict()), flush=True)
                measured[-1][1].append(row)
    if sizes is None and chosen.rounds == ROUNDS:
        write_section(PAGE, *measured[0]) if chosen.only else write_page(PAGE, measured)


if __name__ == "__main__":
    main()
