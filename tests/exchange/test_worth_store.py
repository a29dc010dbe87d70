"""Worths kept in a file: nothing is lost by a kill, and nothing wrong is read."""

import os
import signal
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange import WorthFile

KEY, OTHER = "a" * 64, "b" * 64


def filled(path):
    file = WorthFile(path)
    file.put(KEY, {3: (5, 1), 0: (0, 0)})
    file.put(OTHER, {3: (7, 2)})
    file.put(KEY, {1: (10**15, 3)})
    return file


def test_what_was_put_is_there_again(tmp_path):
    filled(tmp_path / "kept" / "worths")
    again = WorthFile(tmp_path / "kept" / "worths")
    assert dict(again.get(KEY)) == {3: (5, 1), 0: (0, 0), 1: (10**15, 3)}
    assert dict(again.get(OTHER)) == {3: (7, 2)}
    assert dict(again.get("c")) == {}
    assert again.damaged == 0


def test_nothing_is_written_before_something_is_known(tmp_path):
    assert dict(WorthFile(tmp_path / "worths").get(KEY)) == {}
    assert not (tmp_path / "worths").exists()


def test_a_torn_file_loses_what_is_torn_and_can_be_added_to(tmp_path):
    path = tmp_path / "worths"
    filled(path)
    held = path.read_bytes()
    for length in range(len(held)):
        path.write_bytes(held[:length])
        torn = WorthFile(path)
        torn.put(OTHER, {9: (9, 9)})
        again = WorthFile(path)
        assert again.get(OTHER)[9] == (9, 9)
        assert all(again.get(KEY)[group] == best for group, best in torn.get(KEY).items())
        assert again.damaged <= 1


@given(place=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_changed_byte_makes_no_wrong_worth(tmp_path_factory, place, value):
    path = tmp_path_factory.mktemp("kept") / "worths"
    right = filled(path)
    held = bytearray(path.read_bytes())
    held[place % len(held)] = value
    path.write_bytes(bytes(held))
    if not held.startswith(b"synodos worths 1\n"):
        with pytest.raises(ValueError, match=r"worths\.format"):
            WorthFile(path)
        return
    found = WorthFile(path)
    for key in (KEY, OTHER):
        assert all(right.get(key)[group] == best for group, best in found.get(key).items())


@pytest.mark.parametrize("text", [b"agencies:\n- id: esa\n", b"synodos worths 2\n", b"\xff\xfe\x00"])
def test_a_file_of_something_else_is_refused_and_kept(tmp_path, text):
    path = tmp_path / "worths"
    path.write_bytes(text)
    with pytest.raises(ValueError, match=r"worths\.format: .*expected a file that begins with 'synodos worths 1'"):
        WorthFile(path)
    assert path.read_bytes() == text


def test_two_runs_may_share_a_file(tmp_path):
    one, other = WorthFile(tmp_path / "worths"), WorthFile(tmp_path / "worths")
    one.put(KEY, {1: (1, 1)})
    other.put(KEY, {2: (2, 2)})
    one.put(KEY, {3: (3, 3)})
    assert dict(WorthFile(tmp_path / "worths").get(KEY)) == {1: (1, 1), 2: (2, 2), 3: (3, 3)}


RUN = """
import sys
from pathlib import Path
from synodos.coalition import group_worths
from synodos.exchange import WorthFile
from tests.coalition.test_worths import random_model

def told(done, everything):
    print(done, flush=True)

store = WorthFile(Path(sys.argv[1]))
group_worths(random_model(2, players=9, choices=40, rows=30), threads=2, store=store, progress=told)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
def test_a_killed_run_goes_on_where_it_stopped(tmp_path, root):
    from synodos.coalition import group_worths
    from tests.coalition.test_worths import random_model

    path = tmp_path / "worths"
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(path)], cwd=root, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": "."}
    ) as killed:
        for _ in range(12):
            assert killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)
    assert killed.returncode == -signal.SIGKILL
    found = random_model(2, players=9, choices=40, rows=30)
    full, rest = group_worths(found), group_worths(found, store=WorthFile(path))
    assert 0 < rest.solved < full.solved
    assert rest.amounts.tolist() == full.amounts.tolist()
    assert group_worths(found, store=WorthFile(path)).solved == 0
