"""Small portfolios as text, what is found wrong with a path, and reading in a process of its own."""

import resource
import subprocess
import sys
from pathlib import Path

from synodos.exchange import inspect

PAGE = """format: synodos-portfolio
version: 1
id: some-portfolio
title: Some plans
known_on: 2012
sources:
  report: {title: Report}
"""
AGENCIES = """format: synodos-records
version: 1
agencies:
  - {id: esa, owner: esa, stated_by: esa, release: public, as_of: 2011, confidence: read, sources: [report],
     name: European Space Agency, short_name: ESA, actor: intergovernmental}
"""
HEAD = "format: synodos-records\nversion: 1\n"
DEFAULTS = "defaults: {owner: esa, stated_by: esa, release: public, as_of: 2011, confidence: read, sources: [report]}\n"


def told(path):
    """What `inspect` finds wrong, as pairs of place and code."""
    return [(fault.place, fault.code) for fault in inspect(path)[1]]


def only_fault(path):
    """The one fault of a path."""
    history, faults = inspect(path)
    assert history is None
    assert len(faults) == 1, faults
    return faults[0]


CHILD = """
import sys
from synodos.exchange import inspect
history, faults = inspect(sys.argv[1])
print(history is not None, *(f"{fault.code}|{fault.place}" for fault in faults[:5]), len(faults), sep="\\n")
"""
HANG_SECONDS = 300
"""A process that runs longer hangs; a slow machine does not."""


def _confined(megabytes):
    size = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def told_within(path, megabytes):
    """The first faults that a process finds which may not take more memory than this."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)],
        capture_output=True,
        text=True,
        timeout=HANG_SECONDS,
        preexec_fn=lambda: _confined(megabytes),
        check=False,
        cwd=Path(__file__).parent,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    first, *faults, _ = done.stdout.split()
    assert first == "False"
    return [tuple(fault.split("|"))[::-1] for fault in faults]
