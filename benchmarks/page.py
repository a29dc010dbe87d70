"""The page of the manual that shows the measurements."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
from collections.abc import Iterable
from pathlib import Path

from timing import ROUNDS, Row

HEAD = """\
# Benchmarks

`make bench` measures and writes this page. Contenders take turns in one process over {rounds} rounds, and medians are
given. Their answers are compared before anything is timed. Seconds belong to this machine; the ratios carry over.

{date}, {machine}, {cores} cores, Python {python}, {versions}.
"""
MATCHING = """\
## Matching needs with supplies

Each need stands in a tree of 512 capabilities (15 in 100 at an inner node) and for a stretch of days, and so does each
supply, at a leaf; n of each. "Limit" is one sort of n 64-bit numbers. DuckDB finds its tables loaded. The loop over all
pairs is run up to 1,000 and extrapolated beyond, as the square of n.

| n | ours (s) | peer | peer (s) | ours is faster by | ours over limit | growth |
| ---: | ---: | --- | ---: | ---: | ---: | ---: |
"""
QUESTIONS = """\
## Whole questions

Made-up portfolios of n records of 10 + n^0.4 agencies over 30 years, with missions, elements, interests and offers in
nearly the mix of the portfolio of 2011. All opportunities are found and ranked, and the 100 best put into words. Needs
and supplies that meet grow faster than the records: at 100,000 records there are more than ten million pairs.

| question | records | seconds | growth | memory (MB) |
| --- | ---: | ---: | ---: | ---: |
"""
GROWTH = (
    "\nGrowth is the power of n by which the time rose from the size before: 1 is in proportion, 2 is the square.\n"
)


def write_page(path: Path, rows: Iterable[Row]) -> None:
    """Write the page."""
    found = list(rows)
    text = HEAD.format(
        rounds=ROUNDS,
        date=dt.datetime.now(tz=dt.UTC).date().isoformat(),
        machine=_processor(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        versions=", ".join(f"{name} {_version(name)}" for name in ("numpy", "duckdb", "pydantic")),
    )
    text += "\n" + MATCHING + "".join(_matching(row) for row in found if row.case == "matching")
    text += "\n" + QUESTIONS + "".join(_question(row) for row in found if row.case != "matching") + GROWTH
    path.write_text(text, encoding="utf-8")


def _matching(row: Row) -> str:
    """Return a line of the first table."""
    peer = _number(row.peer_s) + (f" ({row.note})" if row.note == "extrapolated" else "")
    cells = (
        f"{row.n:,}",
        _number(row.ours_s),
        str(row.peer),
        "absent" if row.note == "absent" else peer,
        _number(row.ratio_peer),
        _number(row.ratio_limit),
        _number(row.slope),
    )
    return f"| {' | '.join(cells)} |\n"


def _question(row: Row) -> str:
    """Return a line of the second table."""
    return f"| {row.case} | {row.n:,} | {_number(row.ours_s)} | {_number(row.slope)} | {row.rss_mb:,} |\n"


def _number(value: float | None) -> str:
    """Return a number with two figures, or nothing."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{float(f'{value:.2g}'):g}"  # noqa: PLR2004 - two figures are enough


def _version(name: str) -> str:
    """Return the version of a package, or that it is absent."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def _processor() -> str:
    """Return the name of the processor."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
