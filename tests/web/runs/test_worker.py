"""Workers as processes: what they answer, and what is left when they are cancelled, stopped or killed."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from synodos.ledger import snapshot
from synodos.web.runs import child, queueing, worker
from synodos.web.runs.models import Run, State
from tests.web import scene

LONG = {"scope": None, "until": None, "iterations": 1_000_000, "seed": 1}
PATIENCE_S = 120
NO_RUN = "00000000-0000-0000-0000-000000000000"


def until(true):
    """Wait until something is so."""
    ends = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < ends, "it never came about"
        time.sleep(0.05)


def state(run):
    return Run.objects.values_list("state", flat=True).get(pk=run.pk)


def is_under_way(run):
    """Whether the main work on a run has begun."""
    return (Run.objects.values_list("share", flat=True).get(pk=run.pk) or 0) > 0


@contextlib.contextmanager
def started(database):
    """A worker as a process of its own."""
    command = [sys.executable, "-m", "synodos.web.runs.worker", "--database", str(database)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def children(process):
    """Processes that a process has begun."""
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def is_gone(pid):
    """Whether a process has ended, be it that nobody has asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_worker_answers_what_waits(ask):
    run = ask()
    worker.work(once=True)
    run.refresh_from_db()
    assert (run.state, run.percent) == (State.DONE, 100)
    assert run.sha256 == snapshot(viewer="aster").sha256
    assert run.answer.told["lead"].startswith("11 withdrawals tried in turn.")
    assert "as seen by Aster" in run.answer.told["header"]


@pytest.mark.parametrize(
    ("question", "parameters", "told"),
    [
        ("risk", LONG | {"until": "no-such"}, "no activity, mission or element 'no-such'"),
        ("risk", LONG | {"scope": [f"mission-{scene.MARKS['borea-private']}"]}, "no mission, element, agency"),
        ("exposure", {"for": "nobody"}, "no agency 'nobody' to be seen"),
        ("chess", {}, "an error that is none of yours"),
    ],
    ids=["target", "hidden", "agency", "error"],
)
def test_what_an_engine_refuses_is_told(desk, capsys, question, parameters, told):
    job = {"question": question, "parameters": parameters, "viewer": "aster", "known_on": None, "run": NO_RUN}
    out = io.StringIO()
    assert told in child._result(job, child.Telling(out))["refused"]


def test_phases_are_always_said_and_numbers_now_and_then():
    out = io.StringIO()
    telling = child.Telling(out)
    for done in range(1000):
        telling.say(done / 1000, f"{done} of 1,000 iterations")
    telling.say(None, "Tables")
    said = [json.loads(line)["said"] for line in out.getvalue().splitlines()]
    assert said[0] == [0.0, "0 of 1,000 iterations"]
    assert said[-1] == [None, "Tables"]
    assert len(said) < 100


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes as Linux shows them")
def test_a_run_is_cancelled_and_what_a_killed_worker_had_is_taken_up_again(desk, ask):
    run = ask("risk", LONG)
    with started(desk) as process:
        until(lambda: state(run) == State.RUNNING and children(process))
        (working,) = children(process)
        queueing.cancel(run)
        until(lambda: state(run) == State.CANCELLED)
        until(lambda: is_gone(working))
        other = ask("risk", LONG | {"seed": 2})
        until(lambda: state(other) == State.RUNNING and children(process))
        (working,) = children(process)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    until(lambda: is_gone(working))
    assert state(other) == State.RUNNING
    until(lambda: queueing.take("another", lost_s=1) == other)


@pytest.mark.proof
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes as Linux shows them")
def test_a_worker_that_is_stopped_ends_its_child_and_puts_its_run_back(desk, ask):
    run = ask("risk", LONG)
    with started(desk) as process:
        until(lambda: is_under_way(run))
        (working,) = children(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
    assert is_gone(working)
    run.refresh_from_db()
    assert (run.state, run.attempt, run.worker) == (State.QUEUED, 0, "")


def test_a_run_that_is_erased_ends(ask, monkeypatch):
    run = ask("risk", LONG)
    ended = []
    end = worker.Child.end
    monkeypatch.setattr(worker.Child, "end", lambda begun: (ended.append(begun), end(begun)))
    beat = queueing.beat

    def erased(mine, share, words):
        Run.objects.filter(pk=run.pk).delete()
        return beat(mine, share, words)

    monkeypatch.setattr(queueing, "beat", erased)
    worker.work(once=True)
    assert ended
    assert not Run.objects.exists()


def test_no_run_lasts_for_ever(ask, monkeypatch):
    monkeypatch.setattr(worker, "MOST_S", 0.0)
    run = ask("risk", LONG)
    worker.work(once=True)
    run.refresh_from_db()
    assert run.state == State.REFUSED
    assert "longer than an hour" in run.words


def test_a_child_that_ends_suddenly_is_told_of(ask, monkeypatch):
    started_child = worker.Child.__init__

    def killed(begun, run):
        started_child(begun, run)
        begun._process.kill()

    monkeypatch.setattr(worker.Child, "__init__", killed)
    run = ask()
    worker.work(once=True)
    run.refresh_from_db()
    assert run.state == State.REFUSED
    assert "all of a sudden" in run.words


def test_a_run_is_tried_again_where_the_database_does_not_answer(ask, monkeypatch):
    lost = []
    monkeypatch.setattr(worker.Child, "line", lambda _begun, _patience_s: lost.append(1) or {"lost": "gone"})
    run = ask()
    worker.work(once=True)
    run.refresh_from_db()
    assert (run.state, run.attempt, len(lost)) == (State.REFUSED, queueing.MOST_ATTEMPTS, queueing.MOST_ATTEMPTS)
    assert "The database did not answer" in run.words


def test_a_database_that_does_not_answer_is_lost(desk, monkeypatch):
    from django.db import OperationalError

    def gone(*_arguments, **_options):
        message = "the connection was closed"
        raise OperationalError(message)

    monkeypatch.setattr("synodos.web.runs.answering.answer", gone)
    job = {"question": "exposure", "parameters": {"for": None}, "viewer": "aster", "known_on": None, "run": NO_RUN}
    assert child._result(job, child.Telling(io.StringIO())) == {"lost": "the connection was closed"}


@pytest.mark.skipif(sys.platform == "win32", reason="asks which signal ended it")
def test_a_child_ends_when_its_worker_is_gone(ask):
    begun = worker.Child(ask("risk", LONG))
    begun._process.stdin.close()
    assert begun._process.wait(PATIENCE_S) == -signal.SIGKILL
    begun.end()
