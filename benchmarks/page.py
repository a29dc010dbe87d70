"""The page of the manual that shows the measurements."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

from suite import COLUMNS, Suite
from timing import ROUNDS, Row

HEAD = """\
# Benchmarks

`make bench` measures and writes this page. Contenders take turns in one process over {rounds} rounds, and medians are
given. Their answers are compared before anything is timed. Seconds belong to this machine; the ratios carry over.

{date}, {machine}, {cores} cores, Python {python}, {versions}.
"""
GROWTH = """\
Growth is the power of n by which the time rose from the size before: 1 is in proportion, 2 is the square. ± is half the
distance between the quickest and the slowest round.
"""
PACKAGES = ("numpy", "numba", "pydantic", "duckdb", "networkx", "rustworkx", "pmcontrols", "lamberthub", "lambert-rs")


def write_page(path: Path, measured: Iterable[tuple[Suite, Sequence[Row]]]) -> None:
    """Write the page: a table for each suite."""
    head = HEAD.format(
        rounds=ROUNDS,
        date=dt.datetime.now(tz=dt.UTC).date().isoformat(),
        machine=_processor(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        versions=", ".join(f"{name} {_version(name)}" for name in PACKAGES),
    )
    path.write_text("\n".join([head, *(_table(suite, rows) for suite, rows in measured), GROWTH]), encoding="utf-8")


def write_section(path: Path, suite: Suite, rows: Sequence[Row]) -> None:
    """Write the section of one suite into the page, in place of an earlier one; it says when it was measured."""
    load, today = os.getloadavg()[1], dt.datetime.now(tz=dt.UTC).date().isoformat()
    apart = f"Measured apart on {today}, with {load:.1f} processes at work on {os.cpu_count()} cores.\n"
    section = f"{_table(suite, rows)}\n{apart}\n"
    page = path.read_text(encoding="utf-8").removesuffix(GROWTH)
    before, heading, rest = page.partition(f"## {suite.title}\n")
    after = rest[rest.index("\n## ") + 1 :] if heading and "\n## " in rest else ""
    path.write_text(f"{before}{section}{after}{GROWTH}", encoding="utf-8")


def _table(suite: Suite, rows: Sequence[Row]) -> str:
    """Return the section of a suite."""
    headings, marks = zip(*(COLUMNS[name] for name in suite.columns), strict=True)
    lines = [headings, marks, *([_cell(row, name) for name in suite.columns] for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"## {suite.title}\n\n{suite.text}\n\n{table}\n"


def _cell(row: Row, name: str) -> str:
    """Return one cell of a table."""
    value = getattr(row, name)
    if name == "ours_s" and row.spread is not None:
        return f"{_number(value)} ± {row.spread:.0%}"
    if name == "peer_s":
        return row.note if row.note == "absent" else f"{_number(value)} {f'({row.note})' if row.note else ''}".strip()
    if isinstance(value, float):
        return _number(value)
    return f"{value:,}" if isinstance(value, int) else str(value or "")


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
