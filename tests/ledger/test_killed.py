"""Killed at any instant, with a full disk, without a connection: what was acknowledged is there, nothing by halves."""

import multiprocessing
import random
import time

import pytest

from synodos.ledger import declare, snapshot
from tests.language.minimal import statement
from tests.ledger.councils import signer
from tests.ledger.declaring_process import ACTS, TOGETHER, work
from tests.ledger.places import SOURCES, assert_whole, looking_at

PLACES = ("files", "server")
LONGEST_S = 0.12
"""A process is killed within this time after its first act."""


@pytest.fixture(scope="module")
def processes():
    """Processes are forked from one that has loaded what they need."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.ledger.declaring_process"])
    return context


class Running:
    """A process that declares, and what it acknowledged."""

    def __init__(self, processes, address, act, name="made", **limits):
        self.said, saying = processes.Pipe(duplex=False)
        self.process = processes.Process(target=work, args=(address, act, name, saying), kwargs=limits, daemon=True)
        self.process.start()
        saying.close()
        self.heard = [self.said.recv()]

    def listen(self):
        """Hear all that was said."""
        try:
            while True:
                self.heard.append(self.said.recv())
        except (EOFError, OSError):
            self.process.join()

    def kill(self):
        """Kill it at once, as kill -9 does."""
        self.process.kill()
        self.listen()

    @property
    def acknowledged(self):
        return {hash_ for act in self.heard if isinstance(act, list) for hash_ in act}

    @property
    def refused(self):
        return [one for one in self.heard if isinstance(one, str)]


def assert_holds(address, *running):
    """All that was acknowledged is there, whole acts only, and the ledger goes on."""
    with looking_at(address):
        entries, counted = assert_whole()
        stored = {entry.hash for entry in entries}
        for one in running:
            assert one.acknowledged
            assert one.acknowledged <= stored
        assert counted.uncounted == {}
        for owner in ("esa", "nasa"):
            acts = {}
            for record in snapshot(viewer=owner).elements.values():
                acts.setdefault(record.id.rpartition("-")[0], set()).add(record.id)
            assert {len(found) for found in acts.values()} <= {TOGETHER}
        assert declare([statement("element", id="after")], signer=signer("esa"), sources=SOURCES)


def kill_at_random(processes, address, act, times, seed):
    """Kill one process after the other at random instants of their work, which goes on where the last one left it."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    killed = []
    for number in range(times):
        killed.append(Running(processes, address, act, f"made-{number}"))
        time.sleep(chance.uniform(0, LONGEST_S))
        killed[-1].kill()
    assert_holds(address, *killed)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("place", PLACES)
def test_killed_processes_lose_nothing(place, processes, act, request):
    kill_at_random(processes, request.getfixturevalue(place).new(), act, 5, 1)


@pytest.mark.proof
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("seed", range(10))
def test_hundreds_of_killed_processes_lose_nothing(place, processes, act, seed, request):
    kill_at_random(processes, request.getfixturevalue(place).new(), act, 10, seed)


@pytest.mark.parametrize(("act", "most_bytes"), [("declares", 150_000), ("imports", 90_000), ("appends", 60_000)])
def test_a_full_disk_refuses_an_act_and_loses_none(files, processes, act, most_bytes):
    address = files.new()
    running = Running(processes, address, act, most_bytes=most_bytes)
    running.listen()
    assert "OperationalError" in running.refused[-1]
    assert_holds(address, running)


def test_a_lost_connection_refuses_an_act_and_loses_none(server, processes):
    address, chance = server.new(), random.Random(1)  # noqa: S311 - no secret
    running = Running(processes, address, "declares")
    for _ in range(3):
        time.sleep(chance.uniform(0.02, LONGEST_S))
        server.end_connections(address)
    time.sleep(LONGEST_S)
    running.kill()
    assert any("OperationalError" in one for one in running.refused)
    assert_holds(address, running)


@pytest.mark.parametrize("place", PLACES)
def test_two_processes_that_go_on_with_one_chain_never_fork_it(place, processes, request):
    address = request.getfixturevalue(place).new()
    both = [Running(processes, address, "declares", name, pause_s=0.01) for name in ("left", "right")]
    time.sleep(0.5)
    for one in both:
        one.kill()
    assert_holds(address, *both)
    assert both[0].acknowledged.isdisjoint(both[1].acknowledged)
