"""What takes long shows on a terminal how far it is, and nothing of that where nobody looks."""

import errno
import os
import shutil
import subprocess
import sys

import pytest

from tests.two_lands import written

pytestmark = pytest.mark.proof
LONG = {
    "risk": ("risk", "exomars", "--iterations", "200"),
    "compare": ("compare", "exploration2011", "--part", "costs"),
    "exposure": ("exposure", "exomars"),
    "whatif": ("whatif", "exomars", "--withdraw", "nasa:exomars-rover", "--part", "missions", "--part", "options"),
    "worth": ("worth", "exomars"),
    "edition build": ("edition", "build", "two-lands", "first.yaml", "-o", "built"),
}
COUNTED = {
    "risk": ["Iterations"],
    "compare": ["Aspects"],
    "exposure": ["Withdrawals"],
    "whatif": ["What follows", "What could be done"],
    "worth": ["Groups"],  # of plans that nobody can save on there are none
    "edition build": ["Steps"],
}
"""What each counts."""


@pytest.fixture
def place(root, tmp_path):
    """A folder with portfolios, and the plan of an edition."""
    for name in ("exomars", "exploration2011"):
        shutil.copytree(root / "portfolios" / name, tmp_path / name)
    return written(root, tmp_path)


def shown(arguments, place):
    """Run a command whose errors go to a terminal; return what stands there."""
    leader, follower = os.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120", "XDG_CACHE_HOME": str(place / "cache")}
    command = [sys.executable, "-m", "synodos", *arguments]
    with subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=follower, env=environment) as process:
        os.close(follower)
        said = b"".join(iter(lambda: _read(leader), b""))
    os.close(leader)
    assert process.returncode == 0, said.decode()
    return said.decode()


def _read(leader):
    """Return what a terminal shows next; nothing once nobody writes to it any more."""
    try:
        return os.read(leader, 4096)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return b""


@pytest.mark.parametrize("name", LONG)
def test_what_takes_long_shows_how_far_it_is(place, name):
    said = shown(LONG[name], place)
    for what in COUNTED[name]:
        assert what in said
    assert "100%" in said or name == "worth"


def test_nothing_of_it_stands_in_a_file(place):
    command = [sys.executable, "-m", "synodos", *LONG["exposure"]]
    done = subprocess.run(command, cwd=place, capture_output=True, check=True)
    assert b"Withdrawals" not in done.stderr
