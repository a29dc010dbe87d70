"""The wheel, built from the sdist, in an environment of its own: every command runs, or says which extra it needs."""

import re
import subprocess
import sys
import venv

import pytest
from typer.main import get_command

from synodos.cli import app

pytestmark = pytest.mark.proof
P2011, P2026, MARS, HUBBLE, ISS = (
    f"portfolios/{name}" for name in ("exploration2011", "exploration2026", "exomars", "hubble", "iss")
)
ROVER = ("--scope", "exomars-rover", "--on", "2009-12-17")
BARE_MB = 300
PACKAGES = 40

RUN = [
    ("check", P2011),
    ("show", MARS, "exomars-2016", "--on", "2011-10-04"),
    ("opportunities", P2011, "--for", "esa", "--most", "3"),
    ("dependence", P2011, "--for", "isro"),
    ("dossier", MARS, "exomars-rover", "--on", "2009-12-17", "-o", "dossier.html"),
    ("brief", HUBBLE, "--for", "esa", "-o", "brief.html"),
    ("annual", P2011, "2011"),
    ("launch-periods", "earth", "mars", "--after", "2018", "--before", "2018"),
    ("exposure", MARS, "--on", "2011-10-04"),
    ("readiness", P2011, "moon-next"),
    ("calendar", P2011, "-o", "dates.ics"),
    ("convert", HUBBLE, "-o", "hubble.xlsx"),
    ("schema", "-o", "schemas"),
    ("schedule", "path", MARS, *ROVER),
    ("law", "assess", ISS, "--scope", "payment:soyuz-seats-ordered-2011-03"),
    ("agreements", "list", MARS),
    ("demo",),
]
"""What the bare install answers."""
NEED = {
    ("risk", MARS, *ROVER): "risk",
    ("whatif", MARS, "--on", "2011-10-04", "--withdraw", "nasa:exomars-2016"): "risk",
    ("compare", P2011, "asteroid-next", "moon-next"): "risk",
    ("warm",): "risk",
    ("worth", HUBBLE): "worth",
    ("shares", "game.csv"): "worth",
    ("dossier", HUBBLE, "hubble", "-o", "dossier.pdf"): "documents",
    ("agreements", "draft", MARS, "--mission", "exomars-2016", "-o", "draft.docx"): "documents",
    ("import", "plan.xer", "--owner", "esa", "--into", "new"): "schedules",
    ("risk", MARS, *ROVER, "--cluster", "tcp://127.0.0.1:9"): "cluster",
    ("serve",): "table",
    ("ledger", "init", "esa"): "table",
}
"""What it does not, and the extra that does."""


@pytest.fixture(scope="module")
def installed(root, tmp_path_factory):
    """The folder with the commands of an environment into which only the wheel was installed."""
    scratch = tmp_path_factory.mktemp("installed")
    dist = scratch / "dist"
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(dist), str(root)], check=True, capture_output=True)
    assert len([*dist.glob("synodos-*.tar.gz")]) == 1
    (wheel,) = dist.glob("synodos-*.whl")  # made from the sdist, as is usual
    venv.create(scratch / "bare", with_pip=True)
    pip = [str(scratch / "bare/bin/python"), "-m", "pip", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", str(wheel)], check=True)
    return scratch / "bare/bin"


@pytest.fixture(scope="module")
def typed(installed, tmp_path_factory):
    """What a command does in a folder with the portfolios that the wheel brought."""
    folder = tmp_path_factory.mktemp("at-home")
    (folder / "game.csv").write_text("members,worth\nA,1\nB,2\nA;B,5\n", encoding="utf-8")
    (folder / "plan.xer").write_text("ERMHDR\t19.12\n", encoding="utf-8")

    def run(*arguments):
        return subprocess.run(
            [str(installed / "synodos"), *arguments],
            cwd=folder,
            env={"PATH": f"{installed}:/usr/bin:/bin", "HOME": str(folder), "COLUMNS": "100"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    assert run("tour", "-o", ".").returncode == 0
    return run


def every_command(group=None, before=()):
    """Each command and group of commands, as it is typed."""
    group = group or get_command(app)
    for name, command in group.commands.items():
        yield (*before, name)
        if hasattr(command, "commands"):
            yield from every_command(command, (*before, name))


@pytest.mark.parametrize("words", [*every_command()], ids=" ".join)
def test_every_command_explains_itself(typed, words):
    done = typed(*words, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: synodos")


@pytest.mark.parametrize("arguments", RUN, ids=lambda words: " ".join(words[:2]))
def test_the_bare_install_answers(typed, arguments):
    done = typed(*arguments)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", NEED, ids=lambda words: " ".join(words[:2]) + words[-1].rpartition(".")[2])
def test_what_is_missing_is_named_with_its_extra(typed, arguments):
    done = typed(*arguments)
    assert done.returncode != 0
    assert f"pip install 'synodos[{NEED[arguments]}]'" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_the_tour_names_files_that_are_there(typed):
    shown = typed().stdout
    commands = [line.split() for line in shown.splitlines() if re.match(r"  synodos .*portfolios/", line)]
    assert len(commands) == 3
    for words in commands:
        assert typed(*words[1:]).returncode == 0


def test_the_bare_install_is_small(installed, record_property):
    files = [path for path in installed.parent.rglob("*") if path.is_file() and not path.is_symlink()]
    size_mb = sum(path.stat().st_size for path in files) / 1e6
    packages = len([*installed.parent.glob("lib/python*/site-packages/*.dist-info")])
    record_property("bare install MB", f"{size_mb:.0f}")
    record_property("bare install packages", packages)
    assert size_mb < BARE_MB
    assert packages < PACKAGES
