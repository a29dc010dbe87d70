"""Commands start fast because slow libraries are imported only by the commands that use them."""

import json
import re
import subprocess
import sys

import pytest

SLOW = {
    "altair",
    "clingo",
    "distributed",
    "django",
    "docx",
    "docxtpl",
    "duckdb",
    "jinja2",
    "jpype",
    "lxml",
    "numba",
    "numpy",
    "openpyxl",
    "ortools",
    "pandas",
    "scipy",
    "typst",
    "vl_convert",
}


def imported(*arguments, folder, whole=False):
    """Return the names of all modules that a command imports; if not whole, the top ones."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "synodos", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    modules = re.findall(r"^import time:[\s\d|]+?([A-Za-z_][\w.]*)\s*$", done.stderr, re.MULTILINE)
    return set(modules) if whole else {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize("arguments", [("--help",), ("check", "portfolios/exploration2011")], ids=" ".join)
def test_command_imports_no_slow_library(arguments, root):
    found = imported(*arguments, folder=root)
    assert {"synodos", "typer"} <= found
    assert found & SLOW == set()


def test_the_critical_path_of_a_small_plan_compiles_nothing(root):
    found = imported("schedule", "path", "portfolios/exomars", "--on", "2009-12-17", folder=root)
    assert found & SLOW <= {"numpy"}  # which lays out calendars


def test_a_json_file_without_calendars_asks_for_no_yaml_no_numpy_no_other_engine_and_no_other_kinds(root, tmp_path):
    plan = tmp_path / "plan.json"
    small = {
        "format": "synodos-portfolio",
        "version": 1,
        "portfolio": {
            "id": "small",
            "title": "Small",
            "known_on": "2026-01-01",
            "sources": {"made-up": {"title": "-"}},
        },
        "defaults": {
            "owner": "a",
            "stated_by": "a",
            "release": "public",
            "as_of": "2026-01-01",
            "confidence": "computed",
            "sources": ["made-up"],
        },
        "agencies": [{"id": "a", "name": "A", "short_name": "A", "actor": "agency"}],
        "activities": [{"id": "dig", "name": "Dig", "duration_days": 3}],
    }
    plan.write_text(json.dumps(small), encoding="utf-8")
    found = imported("schedule", "path", str(plan), folder=root, whole=True)
    assert "synodos.schedule.paths.walk" in found
    engines = ("synodos.cooperation", "synodos.schedule.launch", "synodos.schedule.sampling", "synodos.exchange.folder")
    answers = ("synodos.report.law", "synodos.report.worth", "synodos.report.published")
    kinds = tuple(f"synodos.language.{name}" for name in ("changes", "forum", "intent", "legal", "plan", "standing"))
    unasked = (*engines, *answers, *kinds, "synodos.law", "yaml", "numpy.")
    assert [module for module in found if module.startswith(unasked)] == []


def test_risk_loads_numba_without_scipy(root):
    found = imported("risk", "portfolios/exomars", "--on", "2009-12-17", "--iterations", "1", folder=root, whole=True)
    assert "numba.core.decorators" in found
    assert "scipy._lib" not in found  # numba asks for SciPy in vain; asking alone is listed too


def test_launch_periods_compile_nothing(root):
    found = imported("launch-periods", "earth", "mars", "--after", "2018", "--before", "2018", folder=root)
    assert found & SLOW == {"numpy"}


ONE_PAYMENT = ("portfolios/iss", "--scope", "payment:soyuz-seats-ordered-2011-03")


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (("law", "assess", *ONE_PAYMENT), {"clingo"}),
        (("agreements", "needed", "portfolios/exomars"), {"clingo"}),
        (("agreements", "draft", "portfolios/exomars", "--mission", "exomars-2016"), {"clingo"}),
        (("agreements", "list", "portfolios/exomars"), set()),
        (("agreements", "watch", "portfolios/exomars"), set()),
        (("agreements", "draft", "portfolios/exomars", "--mission", "exomars-2016", "--what", "information"), set()),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_question_of_law_asks_for_the_solver_alone(arguments, needed, root):
    assert imported(*arguments, folder=root) & SLOW == needed


def test_shares_load_numpy_and_ortools_alone(root, tmp_path):
    game = tmp_path / "game.csv"
    game.write_text("members,worth\nA,1\nB,2\nA;B,5\n", encoding="utf-8")
    assert imported("shares", str(game), folder=root) & SLOW == {"numpy", "ortools"}


def test_worth_loads_no_more_than_its_solver_asks_for(root, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    needed = {"numpy", "ortools", "pandas"}  # the solver's own door imports pandas
    assert imported("worth", "portfolios/hubble", folder=root) & SLOW <= needed
