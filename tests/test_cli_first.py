"""The first things a person types: nothing, the tour; what stands on the terminal meanwhile, and what is missing."""

import io
import re
import shutil
import subprocess
import sys

import pytest

from synodos.cli.waiting import ERASE, Waiting, _beat_until, asking
from synodos.exchange import read_portfolio
from synodos.extras import what_to_install
from tests.commands import DONE, MISUSE, did, ran, refused


def test_nothing_typed_offers_the_tour_and_opens_nothing(monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda *_: pytest.fail("opened by surprise"))
    shown = did()
    assert shown == did("tour")
    assert "\x1b" not in shown
    assert "synodos demo" in shown
    assert "synodos --help" in shown


def test_the_tour_names_three_commands_with_files_that_are_there(root, monkeypatch):
    monkeypatch.chdir(root)
    typed = [line.split()[1:] for line in did().splitlines() if re.match(r"  synodos .*portfolios/", line)]
    assert len(typed) == 3
    assert ran(*typed[0]).exit_code == DONE
    for words in typed:
        assert (root / next(word for word in words if "portfolios/" in word)).is_dir()


def test_the_tour_can_be_taken_home_once(tmp_path):
    done = ran("tour", "-o", tmp_path)
    assert (done.exit_code, done.stdout) == (DONE, "")
    assert read_portfolio(tmp_path / "portfolios/hubble").missions
    assert "is there already" in refused("tour", "-o", tmp_path)


def test_a_tour_that_cannot_be_taken_home_whole_leaves_nothing(tmp_path, monkeypatch):
    def half(_source, target):
        target.mkdir()
        (target / "LICENSE").write_text("half")
        raise shutil.Error([("one", "two", "no space left")])

    monkeypatch.setattr(shutil, "copytree", half)
    assert "cannot be written: no space left" in refused("tour", "-o", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_is_told_with_its_extra(tmp_path):
    game = tmp_path / "game.csv"
    game.write_text("members,worth\nA,1\nB,2\nA;B,5\n", encoding="utf-8")
    without = "import sys; sys.modules['ortools'] = None; from synodos.cli import app; app(prog_name='synodos')"
    done = subprocess.run(
        [sys.executable, "-c", without, "shares", str(game)], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (MISUSE, "")
    assert done.stderr == "shares: needs the extra `worth`; install it with: pip install 'synodos[worth]'\n"


def test_what_no_extra_brings_is_no_matter_of_installing():
    assert what_to_install(ModuleNotFoundError(name="synodos.nothing")) is None
    assert what_to_install(ImportError("of no name")) is None


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def terminal():
    return io.StringIO()


def test_a_second_of_silence_shows_that_work_goes_on(clock, terminal):
    line = Waiting(terminal, "synodos risk", clock)
    line.beat()
    clock.now = 0.9
    line.beat()
    assert terminal.getvalue() == ""
    clock.now = 1.0
    line.beat()
    line.beat()  # the same second again
    assert terminal.getvalue() == f"{ERASE}synodos risk: working, 1 s"


def test_the_line_makes_way_and_comes_back_only_after_another_silence(clock, terminal):
    line = Waiting(terminal, "it", clock)
    clock.now = 2.0
    line.beat()
    line.makes_way("answer\n")
    assert terminal.getvalue().endswith(ERASE)
    before = terminal.getvalue()
    clock.now = 2.9
    line.beat()
    assert terminal.getvalue() == before
    clock.now = 3.0
    line.beat()
    assert terminal.getvalue() == f"{before}{ERASE}it: working, 3 s"


def test_a_line_that_somebody_is_still_writing_is_left_alone(clock, terminal):
    line = Waiting(terminal, "it", clock)
    line.makes_way("Passphrase: ")
    clock.now = 60.0
    line.beat()
    assert terminal.getvalue() == ""


def test_the_line_keeps_away_while_a_person_is_asked_for_a_secret(clock, terminal):
    class Twice:
        left = 2

        def wait(self, _seconds):
            self.left -= 1
            return self.left < 0

    line = Waiting(terminal, "it", clock)
    clock.now = 5.0
    with asking():
        _beat_until(Twice(), line)
    assert terminal.getvalue() == ""
    _beat_until(Twice(), line)
    assert terminal.getvalue() == f"{ERASE}it: working, 5 s"
