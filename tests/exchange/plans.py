"""Small portfolios as text, what is found wrong with a path, and reading in a process of its own."""

import json
import resource
import subprocess
import sys

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
import json, sys
from synodos.exchange import inspect

def told(path):
    try:
        history, faults = inspect(path)
    except MemoryError:
        return [["", "MemoryError"]]
    return [[fault.place, fault.code] for fault in faults[:20]] + ([["", "sound"]] if history else [])

print(json.dumps([told(path) for path in sys.argv[1:]]))
"""
HANG_SECONDS = 600
"""A process that runs longer hangs; a slow machine does not."""


def _confined(megabytes):
    size = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def told_within(megabytes, paths):
    """The first faults in each path, as pairs of place and code, found by a process with no more memory than this."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=HANG_SECONDS,
        preexec_fn=lambda: _confined(megabytes),
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [[tuple(pair) for pair in found] for found in json.loads(done.stdout)]
