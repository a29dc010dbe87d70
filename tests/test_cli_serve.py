"""`synodos serve`: starts by itself, refuses what is unsafe, and leaves nothing behind."""

import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests import commands

LONG_S = 120
"""More than a busy machine takes to start."""
EVERYWHERE = "0.0.0.0"  # noqa: S104 - to see it refused
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("SYNODOS_", "DJANGO_"))}


def started(folder, *arguments):
    """Return a server that was told to start, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "synodos", "serve", "--port", "0", *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def refused(folder, *arguments):
    """Return what a server that does not start says."""
    done = subprocess.run(
        [sys.executable, "-m", "synodos", "serve", *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        timeout=LONG_S,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def alive(group):
    """Return whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def gone(group):
    """Return whether every process of a group ends."""
    until = time.monotonic() + LONG_S
    while alive(group) and time.monotonic() < until:
        time.sleep(0.05)
    return not alive(group)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder in which a table was begun, with what the server said, and how it ended."""
    folder = tmp_path_factory.mktemp("table")
    server = started(folder)
    try:
        said = [server.stdout.readline(), server.stdout.readline()]
        address = re.match(r"The table is at (http://127\.0\.0\.1:\d+)/\n", said[0])[1]
        taken = refused(folder, "--port", address.rpartition(":")[2])
        invitation = re.search(r"(http://127\.0\.0\.1:\d+/accounts/invitation/\S+/)\n", said[1])[1]
        pages = {path: asked(address + path) for path in ("/accounts/login/", "/static/synodos/table.css", "/nowhere/")}
        pages["invitation"] = asked(invitation)
        os.killpg(server.pid, signal.SIGINT)
        out, err = server.communicate(timeout=LONG_S)
    finally:
        if alive(server.pid):
            os.killpg(server.pid, signal.SIGKILL)
    return {
        "folder": folder,
        "said": "".join(said) + out,
        "errors": err,
        "pages": pages,
        "taken": taken,
        "code": server.returncode,
        "left": not gone(server.pid),
    }


def asked(address):
    """Return the status and the text of a page."""
    try:
        with urllib.request.urlopen(address, timeout=LONG_S) as response:  # noqa: S310 - our own server's
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_it_begins_with_the_plans_of_2011(place):
    assert place["errors"].startswith("Opening synodos.sqlite3 ...\n")
    assert "Began a ledger with Plans for exploration of fourteen agencies" in place["errors"]
    connection = sqlite3.connect(place["folder"] / "synodos.sqlite3")
    assert connection.execute("select count(*) from ledger_storedentry").fetchone()[0] > 300
    connection.close()


def test_it_serves_pages_and_scripts(place):
    assert {path: status for path, (status, _) in place["pages"].items()} == {
        "/accounts/login/": 200,
        "/static/synodos/table.css": 200,
        "/nowhere/": 404,
        "invitation": 200,
    }
    assert "You are invited as: secretariat" in place["pages"]["invitation"][1]


def test_it_stops_with_nothing_left(place):
    assert place["code"] == 0
    assert not place["left"]
    assert place["errors"].endswith("Stop with Ctrl-C.\nStopped.\n")


def test_only_this_user_reads_what_it_makes(place):
    made = list(place["folder"].rglob("*"))
    assert {path.name for path in made} >= {"synodos.sqlite3", "synodos.sqlite3.secret", "secretariat.pem"}
    assert [path.name for path in made if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_port_that_is_taken_is_told(place):
    assert "--port: cannot listen at 127.0.0.1" in place["taken"]
    assert "choose another" in place["taken"]


def test_a_ledger_is_not_begun_twice(place, root):
    said = refused(place["folder"], str(root / "portfolios/exomars"), "--port", "0")
    assert "there is a ledger in synodos.sqlite3 already" in said


def test_nothing_is_left_of_a_server_that_was_killed(place):
    server = started(place["folder"])
    server.stdout.readline()
    server.kill()
    server.wait(LONG_S)
    ended = gone(server.pid)
    server.communicate()
    assert ended


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """An empty folder to stand in, and none of our variables set."""
    for name in ("SYNODOS_ADDRESS", "SYNODOS_SECRET_KEY", "SYNODOS_DATABASE", "SYNODOS_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({}, "SYNODOS_ADDRESS"),
        ({"SYNODOS_ADDRESS": "https://table.example.org"}, "SYNODOS_SECRET_KEY"),
        ({"SYNODOS_ADDRESS": "http://table.example.org", "SYNODOS_SECRET_KEY": "x" * 60}, "https://"),
    ],
    ids=["nothing", "no secret", "not encrypted"],
)
def test_other_machines_are_let_in_only_when_it_is_safe(bare, monkeypatch, environment, missing):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    said = commands.refused("serve", "--host", EVERYWHERE)
    assert f"other machines can reach {EVERYWHERE}" in said
    assert missing in said
    assert list(bare.iterdir()) == []


def test_a_server_needs_a_secret_that_all_processes_share(bare):
    said = commands.refused("serve", "--database", "postgresql://ada:sesame@db.example/table")
    assert "set SYNODOS_SECRET_KEY" in said
    assert "sesame" not in said


def test_an_address_that_is_none_is_refused(bare, monkeypatch):
    monkeypatch.setenv("SYNODOS_ADDRESS", "table.example.org")
    assert "SYNODOS_ADDRESS: expected an address" in commands.refused("serve")


def test_a_port_is_free_or_not():
    from synodos.web.serving import free_port

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            free_port("127.0.0.1", port)
    assert free_port("127.0.0.1", port) == port
    assert free_port("127.0.0.1", 0) > 0


def test_what_is_no_place_for_mail_is_refused_and_not_repeated(bare):
    said = commands.refused("serve", "--port", "0", "--mail", "http://me:secret@mail.example.org")
    assert "--mail: expected smtp://" in said
    assert "secret" not in said
