"""Commands start fast because slow libraries are imported only by the commands that use them."""

import re
import subprocess
import sys

import pytest

SLOW = {
    "altair",
    "distributed",
    "django",
    "duckdb",
    "jinja2",
    "jpype",
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


def test_the_critical_path_of_a_small_plan_compiles_nothing(root):
    found = imported("schedule", "path", "portfolios/exomars", "--on", "2009-12-17", folder=root)
    assert "numpy" in found
    assert found & SLOW == {"numpy"}


def test_launch_periods_compile_nothing(root):
    found = imported("launch-periods", "earth", "mars", "--after", "2018", "--before", "2018", folder=root)
    assert found & SLOW == {"numpy"}
