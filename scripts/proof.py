"""Run the slow suites one after another and write what they showed to docs/proofs.md.

Run as `make proof`; with `--only NAME` one suite is run, and its section alone written anew. Each suite is a pytest
run; its section gives the counts, the duration, what failed and the figures that its tests recorded with pytest's
`record_property`, with the day, the commit and the machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from defusedxml import ElementTree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "proofs.md"
EXTREME = {"HYPOTHESIS_PROFILE": "proof"}


@dataclass(frozen=True)
class Suite:
    """One pytest run: what it shows, and how it is called."""

    name: str
    shows: str
    arguments: tuple[str, ...]
    environment: dict[str, str]
    on: Literal["", "oldest", "newest"] = ""
    """Dependencies on which the built wheel is installed for it; empty: none, it runs here."""


SUITES = (
    Suite("slow", "the tests marked `proof`", ("-m", "proof"), EXTREME),
    Suite("properties", "every property, 150 examples each", ("-m", "hypothesis and not proof"), EXTREME),
    Suite(
        "oldest",
        "every test against the built wheel, on the oldest dependencies allowed",
        ("tests",),
        {},
        on="oldest",
    ),
    Suite(
        "newest",
        "every test against the built wheel, on the newest dependencies that can be had",
        ("tests",),
        {},
        on="newest",
    ),
)


@dataclass(frozen=True)
class Outcome:
    """What one suite showed."""

    suite: Suite
    passed: int
    failed: tuple[str, ...]
    skipped: int
    duration_s: float
    figures: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether something ran and nothing failed."""
        return self.passed > 0 and not self.failed


def main() -> int:
    """Run the suites, write their sections of the page, and return 0 if all hold."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=[suite.name for suite in SUITES], help="run this one alone")
    only = parser.parse_args().only
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="synodos-proof-") as scratch:
        for suite in SUITES:
            if only in (None, suite.name):
                outcomes.append(run(suite, Path(scratch)))
                write_section(outcomes[-1])
    return 0 if all(outcome.holds for outcome in outcomes) else 1


def run(suite: Suite, scratch: Path) -> Outcome:
    """Run `suite` and return what it showed; its output goes to the terminal."""
    print(f"\n== {suite.name}: {suite.shows}", flush=True)
    python = installed(scratch, suite.on) if suite.on else Path(sys.executable)
    results = scratch / f"{suite.name}.xml"
    command = [
        str(python),
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "--dist",
        "loadfile",
        f"--junitxml={results}",
        *suite.arguments,
    ]
    started = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=os.environ | suite.environment, check=False)
    return read_outcome(suite, results, time.monotonic() - started)


def installed(scratch: Path, on: str) -> Path:
    """Install the built wheel on its oldest or newest dependencies and return that environment's Python."""
    folder, wheels = scratch / on, scratch / f"{on}-wheel"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT)], check=True)
    (wheel,) = wheels.glob("synodos-*.whl")
    bounds = ["--constraint", str(ROOT / "constraints-oldest.txt")] if on == "oldest" else ["--upgrade"]
    subprocess.run([*pip, "install", *bounds, f"{wheel}[dev]"], check=True)
    # From outside the checkout, the demonstration has only what the wheel carries.
    subprocess.run([str(folder / "bin" / "synodos"), "demo"], cwd=scratch, check=True)
    return python


def read_outcome(suite: Suite, results: Path, duration_s: float) -> Outcome:
    """Return the counts, failures and figures in pytest's JUnit file."""
    if not results.exists():
        return Outcome(suite, 0, ("pytest wrote no result",), 0, duration_s, ())
    tree = ElementTree.parse(results)
    tests = list(tree.iter("testcase"))
    failed = tuple(str(test.get("name")) for test in tests if {"failure", "error"} & {part.tag for part in test})
    skipped = sum(test.find("skipped") is not None for test in tests)
    figures = tuple(figure(test, each) for test in tests for each in test.iter("property"))
    return Outcome(suite, len(tests) - len(failed) - skipped, failed, skipped, duration_s, figures)


def figure(test: Element, recorded: Element) -> str:
    """Return one figure with the test that recorded it."""
    return f"{test.get('name')}: {recorded.get('name')} = {recorded.get('value')}"


def write_section(outcome: Outcome) -> None:
    """Write the section of one suite to the page; the other suites keep theirs."""
    sections = {part.partition("\n")[0].strip(): part for part in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]}
    sections[outcome.suite.name] = section(outcome)
    kept = (sections[suite.name].rstrip("\n") for suite in SUITES if suite.name in sections)
    PAGE.write_text(
        "\n\n## ".join(["# Proofs\n\nWritten by `make proof`; do not edit.", *kept]) + "\n", encoding="utf-8"
    )
    print(f"Written: {PAGE.relative_to(ROOT)}, {outcome.suite.name}", flush=True)


def section(outcome: Outcome) -> str:
    """Return what one suite showed, when and where, without the marks of its heading."""
    suite, now = outcome.suite, dt.datetime.now(tz=dt.UTC)
    verdict, failed = "holds" if outcome.holds else "does not hold", len(outcome.failed)
    lines = [
        suite.name,
        "",
        f"What is run: {suite.shows}.",
        "",
        "| outcome | passed | failed | skipped | seconds |",
        "| --- | ---: | ---: | ---: | ---: |",
        f"| {verdict} | {outcome.passed:,} | {failed:,} | {outcome.skipped:,} | {outcome.duration_s:,.0f} |",
        "",
        f"{now:%Y-%m-%d %H:%M} UTC; commit {commit()}; {machine()}.",
    ]
    for title, found in (("Failed", outcome.failed), ("Figures", outcome.figures)):
        if found:
            lines += ["", f"### {title}", "", *(f"- {one}" for one in found)]
    return "\n".join(lines)


def commit() -> str:
    """Return the commit that was run, and whether the files differed from it."""
    name = git("rev-parse", "HEAD")
    changed = git("status", "--porcelain", "--", ".", ":!docs/proofs.md")
    return f"`{name}`" + (", with uncommitted changes" if changed else "")


def git(*arguments: str) -> str:
    """Return what git prints."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def machine() -> str:
    """Return processor, cores, system and Python in one line."""
    return f"{processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def processor() -> str:
    """Return the processor's name where the system tells it, else its architecture."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


if __name__ == "__main__":
    sys.exit(main())
