"""The fast passes against networkx and against the engine that knows calendars."""

import datetime as dt

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.schedule import Edge, Network, Node, Rules
from synodos.schedule.paths import passes
from synodos.schedule.paths.critical_path import critical_path
from synodos.schedule.paths.passes import float_passes, topology


@st.composite
def tasks(draw):
    """Links without loops among up to twelve nodes with shuffled numbers, and durations."""
    size = draw(st.integers(1, 12))
    number = draw(st.permutations(range(size)))
    pairs = [(number[a], number[b]) for b in range(size) for a in range(b)]
    links = draw(st.lists(st.sampled_from(pairs), max_size=30, unique=True)) if pairs else []
    durations = draw(st.lists(st.integers(0, 50), min_size=size, max_size=size))
    return np.array([a for a, _ in links], int), np.array([b for _, b in links], int), np.array(durations)


def in_numbers(layout, column):
    found = np.empty_like(column)
    found[layout.order] = column
    return found.tolist()


def solved(tail, head, duration):
    layout = topology(tail, head, len(duration))
    return layout, float_passes(layout, duration[layout.order])


@given(task=tasks())
def test_the_passes_agree_with_the_engine_that_knows_calendars(task):
    tail, head, duration = task
    layout, found = solved(*task)
    nodes = tuple(Node(f"n{n}", f"N{n}", "esa", (), duration=int(d), remaining=int(d)) for n, d in enumerate(duration))
    edges = tuple(Edge(int(a), int(b)) for a, b in zip(tail, head, strict=True))
    path = critical_path(Network(dt.date(2018, 1, 1), nodes, edges, (), (Rules("s", "S", 0),)))
    assert in_numbers(layout, found.early_finish) == list(path.early_finish)
    assert in_numbers(layout, found.late_finish) == list(path.late_finish)
    assert in_numbers(layout, found.total_float) == list(path.total_float)
    assert in_numbers(layout, found.free_float) == list(path.free_float)
    assert found.finish == path.finish


def random_task(size, seed=1):
    random = np.random.default_rng(seed)
    head = np.repeat(np.arange(size), random.integers(0, 6, size))
    tail = head - 1 - random.integers(0, 40, len(head))
    number = random.permutation(size)
    return number[tail[tail >= 0]], number[head[tail >= 0]], random.integers(0, 100, size)


def test_compiled_and_plain_python_give_the_same_floats(monkeypatch):
    task = random_task(1500)
    layout, plain = solved(*task)
    monkeypatch.setattr(passes, "SMALL", 1)
    other, compiled = solved(*task)
    assert layout.order.tolist() == other.order.tolist()
    for name in ("early_finish", "late_finish", "free_float", "finish"):
        assert np.array_equal(getattr(plain, name), getattr(compiled, name)), name


@pytest.mark.parametrize("size", [1500, 5000])
def test_links_that_are_brought_together_first_are_laid_out_alike(size, monkeypatch):
    tail, head, _ = random_task(size)
    plain = topology(tail, head, size)
    monkeypatch.setattr(passes, "NEAR", 1)
    near = topology(tail, head, size)
    assert near.order.tolist() == plain.order.tolist()
    for side in ("before", "after"):
        columns = zip(getattr(near, side).columns, getattr(plain, side).columns, strict=True)
        assert all(np.array_equal(one, other) for one, other in columns)


def test_walks_over_networkx_find_the_same_dates_in_a_network_of_five_thousand():
    tail, head, duration = random_task(5000)
    layout, found = solved(tail, head, duration)
    graph = nx.DiGraph(zip(tail.tolist(), head.tolist(), strict=True))
    graph.add_nodes_from(range(5000))
    order, lasts, early, late, free = list(nx.topological_sort(graph)), duration.tolist(), {}, {}, {}
    for node in order:
        early[node] = max((early[one] for one in graph.pred[node]), default=0) + lasts[node]
    finish = max(early.values())
    for node in reversed(order):
        late[node] = min((late[one] - lasts[one] for one in graph.succ[node]), default=finish)
        free[node] = min((early[one] - lasts[one] for one in graph.succ[node]), default=finish) - early[node]
    assert found.finish == finish
    for name, truth in (("early_finish", early), ("late_finish", late), ("free_float", free)):
        assert in_numbers(layout, getattr(found, name)) == [truth[node] for node in range(5000)], name


def test_long_durations_are_counted_in_64_bits():
    layout = topology(np.array([0, 1]), np.array([1, 2]), 3)
    found = float_passes(layout, np.full(3, 2**30))
    assert found.early_finish.tolist() == [2**30, 2**31, 3 * 2**30]
    assert float_passes(layout, np.full(3, 7)).early_finish.dtype == np.int32


@pytest.mark.parametrize(
    ("tail", "head", "complaint"),
    [
        ([0], [1, 2], "as many predecessors as successors"),
        ([-1], [1], "none below 0"),
        ([1], [-1], "none below 0"),
        ([0], [3], "names node 3, and there are 3"),
        ([3], [0], "names node 3, and there are 3"),
        ([0, 1, 2], [1, 2, 1], "wait for each other"),
    ],
    ids=["lengths", "from negative", "to negative", "to beyond", "from beyond", "loop"],
)
def test_links_that_make_no_sense_are_refused(tail, head, complaint):
    with pytest.raises(ValueError, match=complaint):
        topology(np.array(tail), np.array(head), 3)


def test_a_loop_is_named_and_what_leads_elsewhere_is_not():
    with pytest.raises(ValueError, match=r"other: (2 → 3 → 2|3 → 2 → 3)$"):
        topology(np.array([0, 2, 3]), np.array([1, 3, 2]), 4)


def test_durations_have_to_be_as_many_as_nodes_and_no_network_is_one_too():
    none = np.empty(0, dtype=int)
    assert float_passes(topology(none, none, 0), none).finish == 0
    with pytest.raises(ValueError, match="2 nodes and 1 durations"):
        float_passes(topology(none, none, 2), np.ones(1, dtype=int))
