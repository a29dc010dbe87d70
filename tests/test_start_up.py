"""Commands start fast because slow libraries are imported only by the commands that use them."""

import re
import subprocess
import sys

import pytest

SLOW = {
    "altair",
    "django",
    "duckdb",
    "jinja2",
    "numba",
    "numpy",
    "openpyxl",
    "ortools",
    "pandas",
    "scipy",
    "vl_convert",
}


def imported(*arguments, folder):
    """Return the top names of all modules that a command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "synodos", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    modules = re.findall(r"^import time:[\s\d|]+?([A-Za-z_][\w.]*)\s*$", done.stderr, re.MULTILINE)
    return {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize("arguments", [("--help",), ("check", "portfolios/exploration2011")], ids=" ".join)
def test_command_imports_no_slow_library(arguments, root):
    found = imported(*arguments, folder=root)
    assert {"synodos", "typer"} <= found
    assert found & SLOW == set()
