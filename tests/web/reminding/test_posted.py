"""A worker of its own process sends what is due, as it does beside a server, and once."""

import contextlib
import datetime as dt
import os
import subprocess
import sys
import time

import pytest

from tests.web import scene, tables


@pytest.fixture
def due(empty_table, tmp_path, monkeypatch, django_db_blocker):
    """The scene, in which a partner is to do something in two days."""
    day = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)).isoformat()
    action = scene.record("action", "soon", "aster", name="Send the sites", bearer="borea", due=day, as_of="2012-06")
    late = scene.late_statements()
    monkeypatch.setattr(scene, "late_statements", lambda: [*late, action])
    tables.entries.cache_clear()
    path = tmp_path / "table.sqlite3"
    with django_db_blocker.unblock():
        tables.found(path, empty_table)
    yield path
    tables.entries.cache_clear()


@contextlib.contextmanager
def worker(path, mails):
    """A worker on a database that writes its letters into a folder."""
    environment = {**os.environ, "SYNODOS_MAIL": str(mails), "SYNODOS_HERE": "http://127.0.0.1:8123"}
    command = [sys.executable, "-m", "synodos.web.runs.worker", "--database", str(path)]
    with subprocess.Popen(command, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def letters(mails, patience_s):
    """The letters in a folder, once there are some or after a while."""
    until = time.monotonic() + patience_s
    while time.monotonic() < until and not any(mails.glob("*.log")):
        time.sleep(0.2)
    time.sleep(1)  # until they are whole
    return [path.read_text(encoding="utf-8") for path in mails.glob("*.log")]


@pytest.mark.proof
def test_a_worker_sends_reminders_and_another_after_it_sends_none_again(due, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    with worker(due, first):
        told = "\n".join(letters(first, 120))
    assert "To: partner@example.org" in told
    assert "Send the sites" in told
    assert "http://127.0.0.1:8123/forum/actions/" in told
    with worker(due, second):
        assert letters(second, 25) == []
