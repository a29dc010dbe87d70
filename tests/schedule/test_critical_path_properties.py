"""What must hold of any network, and what networkx and scheduling anew say of random ones."""

import dataclasses
import datetime as dt

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.schedule import Edge, Network, Node, Period, Rules, Tie, WorkingTime, drags
from synodos.schedule.paths import drag, running
from synodos.schedule.paths.critical_path import critical_path

TYPES = ("finish-start", "start-start", "finish-finish", "start-finish")
COLUMNS = (
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "total_float",
    "free_float",
    "critical",
    "on_longest_path",
)
PATTERNS = (((480, 720), (780, 1020)), ((0, 300), (600, 1440)), ((1200, 1320),))


def calendar(number):
    """Forty days, of which every so many is free."""
    days = [day for day in range(-10, 120) if day % (number + 3)]
    hours = PATTERNS[number]
    opens = np.array([day * 1440 + first for day in days for first, _ in hours])
    closes = np.array([day * 1440 + last for day in days for _, last in hours])
    worked = np.concatenate(([0], np.cumsum(closes - opens)[:-1]))
    return WorkingTime(f"c{number}", f"C{number}", opens, closes, worked, int(sum(b - a for a, b in hours)))


CALENDARS = tuple(calendar(number) for number in range(3))


@st.composite
def networks(draw, types=("finish-start",), lags=(0, 0), calendars=(-1,), most=9):
    """Networks of up to nine activities, whose places are shuffled."""
    size = draw(st.integers(1, most))
    places = draw(st.permutations(range(size)))
    minutes = draw(st.lists(st.integers(1, 2000), min_size=size, max_size=size))
    index = draw(st.lists(st.sampled_from(calendars), min_size=size, max_size=size))
    nodes = [
        Node(f"n{n}", f"N{n}", "esa", (), duration=minutes[n], remaining=minutes[n], calendar=index[n])
        for n in range(size)
    ]
    pairs = [(a, b) for b in range(size) for a in range(b)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=2 * size, unique=True)) if pairs else []
    edges = [
        Edge(
            places[a],
            places[b],
            draw(st.sampled_from(types)),
            draw(st.integers(*lags)),
            draw(st.sampled_from(calendars)),
        )
        for a, b in chosen
    ]
    return Network(dt.date(2018, 1, 1), tuple(nodes), tuple(edges), CALENDARS, (Rules("s", "S", 0),))


def changed(network, place, **fields):
    nodes = list(network.nodes)
    nodes[place] = dataclasses.replace(nodes[place], **fields)
    return dataclasses.replace(network, nodes=tuple(nodes))


@given(network=networks(lags=(-500, 1500)))
def test_networkx_finds_the_same_finish_and_floats(network):
    """Lags no shorter than what they follow keep starts from falling before the beginning."""
    edges = [
        dataclasses.replace(one, lag=max(one.lag, -network.nodes[one.predecessor].duration)) for one in network.edges
    ]
    network = dataclasses.replace(network, edges=tuple(edges))
    graph = nx.DiGraph()
    for place, one in enumerate(network.nodes):
        graph.add_edge("begin", (place, "s"), weight=0)
        graph.add_edge((place, "s"), (place, "f"), weight=one.duration)
        graph.add_edge((place, "f"), "end", weight=0)
    for one in network.edges:
        graph.add_edge((one.predecessor, "f"), (one.successor, "s"), weight=one.lag)
    longest = nx.DiGraph((a, b, {"weight": -data["weight"]}) for a, b, data in graph.edges(data=True))
    heads = nx.single_source_bellman_ford_path_length(longest, "begin")
    tails = nx.single_source_bellman_ford_path_length(longest.reverse(), "end")
    path = critical_path(network)
    assert path.finish == -heads["end"]
    for place in range(len(network.nodes)):
        assert path.early_start[place] == -heads[place, "s"]
        assert path.total_float[place] == path.finish + heads[place, "s"] + tails[place, "s"]


@given(network=networks(types=TYPES, lags=(-1500, 1500), calendars=(-1, 0, 1, 2)))
def test_without_ties_early_dates_hold_and_floats_are_ordered(network):
    path = critical_path(network)
    assert min(path.early_start) >= 0
    assert all(start <= finish for start, finish in zip(path.early_start, path.early_finish, strict=True))
    one_calendar = len({one.calendar for one in (*network.nodes, *network.edges)}) == 1
    if one_calendar:
        assert min(path.total_float) >= 0
        assert all(free <= total for free, total in zip(path.free_float, path.total_float, strict=True))
    ends = zip(path.critical, path.early_finish, strict=True)
    assert all(critical for critical, finish in ends if finish == path.finish)
    assert path.finish == max(path.early_finish)


@given(network=networks(calendars=(-1, 0, 1, 2)))
def test_no_float_is_negative_where_links_run_from_finish_to_start_without_lags(network):
    path = critical_path(network)
    assert min(path.total_float) >= 0
    assert min(path.free_float) >= 0


@given(network=networks(), data=st.data(), delay=st.integers(1, 3000))
def test_the_finish_moves_only_when_a_delay_exceeds_the_total_float(network, data, delay):
    place = data.draw(st.integers(0, len(network.nodes) - 1))
    path = critical_path(network)
    longer = critical_path(changed(network, place, duration=network.nodes[place].duration + delay))
    assert longer.finish == path.finish + max(0, delay - path.total_float[place])


@given(network=networks(calendars=(0,)), data=st.data())
def test_free_float_can_be_used_up_without_moving_anything_else(network, data):
    place = data.draw(st.integers(0, len(network.nodes) - 1))
    path = critical_path(network)
    longer = critical_path(changed(network, place, duration=network.nodes[place].duration + path.free_float[place]))
    starts = zip(longer.early_start, path.early_start, strict=True)
    assert all(new == old for other, (new, old) in enumerate(starts) if other != place)


def gains(network, path):
    """What the finish gains, found by scheduling anew with each activity of the longest path taking no time."""
    finishes = [critical_path(changed(network, place, duration=0)).finish for place in range(len(network.nodes))]
    return tuple(
        max(0, path.finish - finish) if on_path else 0
        for finish, on_path in zip(finishes, path.on_longest_path, strict=True)
    )


@given(network=networks(types=TYPES, lags=(-1500, 1500), calendars=(-1, 0, 1, 2)))
def test_drag_is_what_the_finish_gains(network):
    path = critical_path(network)
    assert drags(path) == gains(network, path)


@st.composite
def plain_networks(draw):
    """Networks of one calendar with links from finish to start, milestones and starts no earlier than some moment."""
    calendar = draw(st.sampled_from((-1, 0, 1, 2)))
    network = draw(networks(lags=draw(st.sampled_from(((0, 0), (-300, 900)))), calendars=(calendar,)))
    milestones = st.sampled_from(("task", "task", "start-milestone", "finish-milestone"))
    nodes = []
    for one in network.nodes:
        kind = draw(milestones)
        minutes = one.duration if kind == "task" else 0
        ties = (Tie("start-no-earlier", draw(st.integers(0, 9000)), "a tie"),) if draw(st.integers(0, 4)) == 0 else ()
        nodes.append(dataclasses.replace(one, type=kind, duration=minutes, remaining=minutes, ties=ties))
    return dataclasses.replace(network, nodes=tuple(nodes))


@given(network=plain_networks())
def test_one_sweep_finds_the_drag_of_plain_networks(network):
    path = critical_path(network)
    assert drags(path) == gains(network, path)


@given(network=plain_networks(), data=st.data())
def test_drag_can_be_asked_for_single_activities_and_a_target(network, data):
    place = data.draw(st.integers(0, len(network.nodes) - 1))
    target = data.draw(st.integers(0, len(network.nodes) - 1))
    path = critical_path(network, network.nodes[target].id)
    swept = drags(path)
    assert drags(path, [place])[place] == swept[place]


def test_a_milestone_that_falls_back_to_a_date_outside_work_stands_at_the_next_opening():
    """Two hours and four from eight on the second day, then a milestone no earlier than half past twelve: at one."""
    minutes = (("a", 120, ()), ("b", 240, ()), ("end", 0, (Tie("start-no-earlier", 1440 + 750, "a tie"),)))
    nodes = tuple(Node(key, key, "esa", (), duration=d, remaining=d, calendar=0, ties=ties) for key, d, ties in minutes)
    network = Network(dt.date(2018, 1, 1), nodes, (Edge(0, 1), Edge(1, 2)), CALENDARS, (Rules("s", "S", 0),))
    path = critical_path(network)
    assert path.finish == 1440 + 900
    assert drags(path) == (120, 120, 0) == gains(network, path)


def test_a_network_too_large_to_try_leaves_the_shorter_activities_out(monkeypatch):
    nodes = [
        Node(f"n{n}", f"N{n}", "esa", (), duration=600 + n, remaining=600 + n, calendar=n % 2 - 1) for n in range(4)
    ]
    edges = tuple(Edge(n, n + 1) for n in range(3))
    path = critical_path(Network(dt.date(2018, 1, 1), tuple(nodes), edges, CALENDARS, (Rules("s", "S", 0),)))
    whole = drags(path)
    monkeypatch.setattr(drag, "MOST_WORK", 9)
    assert drags(path) == (None, None, whole[2], whole[3])


@given(network=networks(calendars=(-1, 0, 1)))
def test_what_is_off_the_longest_path_has_no_drag(network):
    path = critical_path(network)
    for place in (place for place, on_it in enumerate(path.on_longest_path) if not on_it):
        assert critical_path(changed(network, place, duration=0)).finish == path.finish


@given(network=networks(types=TYPES, lags=(-1500, 1500), calendars=(-1, 0, 1, 2)))
def test_every_date_has_a_reason(network):
    path = critical_path(network)
    for place in range(len(network.nodes)):
        assert path.driving[place] or path.held_by[place]
        assert path.limited_by[place]


KINDS = ("start-no-earlier", "start-no-later", "finish-no-earlier", "finish-no-later", "must-start", "must-finish")


def mixed(size, seed):
    """A network with ties, launch periods, progress and calendars in it."""
    random = np.random.default_rng(seed)
    nodes, edges = [], []
    for n in range(size):
        minutes = int(random.integers(0, 900))
        said = {"duration": minutes, "remaining": minutes, "calendar": int(random.integers(-1, 3))}
        if random.random() < 0.2:
            said["ties"] = (Tie(KINDS[random.integers(6)], int(random.integers(0, 40_000)), "a tie"),)
        elif random.random() < 0.1:
            said["ties"] = (Tie("as-late-as-possible", None, "late"),)
        elif random.random() < 0.1:
            opens = int(random.integers(0, 40_000))
            said["periods"] = (Period(opens, opens + 3000, computed=False), Period(60_000, 70_000, computed=False))
        if n < size / 8:
            said["actual_start"] = int(random.integers(0, 2000))
            if n % 2:
                said["actual_finish"] = said["actual_start"] + 500
        nodes.append(Node(f"n{n}", f"N{n}", "esa", (), **said))
        for tail in {int(one) for one in random.integers(max(0, n - 9), n, 2)} if n else ():
            lag = int(random.integers(-600, 900)) if random.random() < 0.3 else 0
            edges.append(Edge(tail, n, TYPES[random.integers(4)], lag, int(random.integers(-1, 3))))
    return Network(dt.date(2018, 1, 1), tuple(nodes), tuple(edges), CALENDARS, (Rules("s", "S", 0, status=2500),))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_compiled_and_plain_python_give_the_same_answer(monkeypatch, seed):
    network = mixed(120, seed)
    plain = critical_path(network)
    tried = drags(plain)
    monkeypatch.setattr(running, "SMALL", 1)
    compiled = critical_path(network)
    for name in COLUMNS:
        assert getattr(plain, name) == getattr(compiled, name), name
    assert drags(compiled) == tried
    assert (plain.driving, plain.held_by, plain.limited_by) == (compiled.driving, compiled.held_by, compiled.limited_by)


PSPLIB_HEAD = """\
************************************************************************
file with basedata            : made up
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  {jobs}
horizon                       :  {horizon}
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1     {inner}      0       {mpm}        0       {mpm}
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
"""


def instance(size, seed):
    """A made-up instance in the format of PSPLIB, with the MPM time that networkx finds."""
    random = np.random.default_rng(seed)
    jobs = size + 2
    duration = [0, *random.integers(1, 11, size).tolist(), 0]
    after = {job: set(random.integers(job + 1, jobs, 3).tolist()) for job in range(1, size + 1)}
    after |= {0: set(range(1, size + 1)), jobs - 1: set()}
    graph = nx.DiGraph((a, b, {"weight": duration[a]}) for a, heads in after.items() for b in heads)
    mpm = nx.dag_longest_path_length(graph)
    rows = [
        f"{job + 1:4} 1 {len(after[job])} {' '.join(str(one + 1) for one in sorted(after[job]))}" for job in range(jobs)
    ]
    modes = [f"{job + 1:4} 1 {duration[job]} 0" for job in range(jobs)]
    stars = "*" * 72
    parts = [
        PSPLIB_HEAD.format(jobs=jobs, horizon=sum(duration), inner=size, mpm=mpm) + "\n".join(rows),
        "REQUESTS/DURATIONS:\njobnr. mode duration  R 1\n" + "-" * 72 + "\n" + "\n".join(modes),
        "RESOURCEAVAILABILITIES:\n  R 1\n   10",
    ]
    return f"\n{stars}\n".join(parts) + f"\n{stars}\n", mpm


@pytest.mark.parametrize("size", [30, 60, 120])
def test_the_finish_is_the_mpm_time_of_an_instance_in_the_format_of_psplib(tmp_path, size):
    psplib = pytest.importorskip("psplib")
    text, mpm = instance(size, seed=size)
    (tmp_path / "made-up.sm").write_text(text, encoding="utf-8")
    read = psplib.parse(tmp_path / "made-up.sm", instance_format="psplib")
    nodes = tuple(
        Node(f"j{n}", f"J{n}", "esa", (), duration=job.modes[0].duration) for n, job in enumerate(read.activities)
    )
    edges = tuple(Edge(n, after) for n, job in enumerate(read.activities) for after in job.successors)
    path = critical_path(Network(dt.date(2018, 1, 1), nodes, edges, (), (Rules("s", "S", 0),)))
    assert path.finish == mpm
