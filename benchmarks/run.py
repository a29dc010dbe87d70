"""Measure this project against its peers, print the figures as JSON and write docs/benchmarks.md.

Run as `make bench`. A run that leaves something out (`--only`, `--n`) prints and does not write the page.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import joins
import questions
from page import write_page
from timing import ROUNDS, Row

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
SIZES = "1e3,1e4,1e5"
CASES = ("matching", *questions.QUESTIONS)


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", default=SIZES, help=f"sizes, such as {SIZES}")
    parser.add_argument("--only", choices=CASES, help="one case alone")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds, of which the median counts")
    chosen = parser.parse_args()
    sizes = [int(float(size)) for size in chosen.n.split(",")]
    cases = [chosen.only] if chosen.only else list(CASES)
    rows = []
    for row in _measured(cases, sizes, chosen.rounds):
        print(json.dumps(row.as_dict()), flush=True)
        rows.append(row)
    if chosen.n == SIZES and not chosen.only and chosen.rounds == ROUNDS:
        write_page(PAGE, rows)


def _measured(cases: list[str], sizes: list[int], rounds: int) -> Iterator[Row]:
    """Yield the rows of the cases."""
    if "matching" in cases:
        yield from joins.measured(sizes, rounds)
    if asked := [case for case in cases if case in questions.QUESTIONS]:
        yield from questions.measured(asked, sizes, rounds)


if __name__ == "__main__":
    main()
