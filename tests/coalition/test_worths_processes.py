"""Processes that share the work: the same worths, and none is left when the work ends, however it ends."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

from synodos.coalition import group_worths, processes
from tests.coalition.test_worths import Kept, random_model

BEGUN = """
from synodos.coalition import group_worths, processes
from synodos.coalition.worths import processes as module
from tests.coalition.test_worths import random_model, split_market

if __name__ == "__main__":
    import multiprocessing, signal
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it may have been started where signals are ignored
    module.PAYS_S = -1.0
    with processes(2) as hands:
        group_worths(random_model(6), executor=hands)
        print(*(one.pid for one in multiprocessing.active_children()), flush=True)
        group_worths(split_market(), executor=hands)
"""


@pytest.fixture
def at_once(monkeypatch):
    """Processes are begun as soon as anything is known of what work costs."""
    monkeypatch.setattr("synodos.coalition.worths.processes.PAYS_S", -1.0)


def test_processes_find_the_same_worths_and_an_interruption_loses_nothing(at_once):
    found, store, told = random_model(6), Kept(), []

    def interrupt(*_):
        told.append(len(multiprocessing.active_children()))
        if max(told) and len(told) > 8:
            raise KeyboardInterrupt

    before = set(multiprocessing.active_children())
    with pytest.raises(KeyboardInterrupt), processes(2) as hands:
        group_worths(found, executor=hands, store=store, progress=interrupt)
    assert max(told) > 0
    assert set(multiprocessing.active_children()) <= before
    kept = sum(len(groups) for groups in store.known.values())
    here = group_worths(found, threads=1)
    with processes(2) as hands:
        rest = group_worths(found, executor=hands, store=store)
    assert set(multiprocessing.active_children()) <= before
    assert rest.amounts.tolist() == here.amounts.tolist()
    assert kept > 0
    assert rest.solved <= here.solved + 2  # prices that the first run was told are not kept


def test_little_work_begins_no_process():
    before = set(multiprocessing.active_children())
    with processes(2) as hands:
        group_worths(random_model(1), executor=hands)
        assert set(multiprocessing.active_children()) <= before


@pytest.mark.skipif(os.name != "posix", reason="sends signals as a terminal of POSIX does")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_no_process_outlives_the_one_that_began_it(root, tmp_path, ending):
    program = tmp_path / "program.py"
    program.write_text(BEGUN, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, program],
        cwd=root,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(root), os.environ.get("PYTHONPATH", "")))},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        begun = [int(one) for one in running.stdout.readline().split()]
        time.sleep(1)
        os.kill(running.pid, ending)
        running.wait(60)
    assert begun
    assert running.returncode != 0
    ends = time.monotonic() + 60
    while any(map(_runs, begun)) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not any(map(_runs, begun))


def _runs(process):
    """Whether a process is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
