"""The join of needs and supplies against the loop over all pairs that defines it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.cooperation import ANYWHERE, Claims, Tree, matches

DAYS = st.integers(-5, 15)
FAR = 2**62
TREE = {"a": None, "a1": "a", "a11": "a1", "a12": "a1", "a2": "a", "b": None, "b1": "b", "c": "missing"}


@st.composite
def trees(draw):
    """A tree of up to twelve nodes; each stands below an earlier one, or is a root."""
    parents = {}
    for position in range(draw(st.integers(1, 12))):
        above = draw(st.none() | st.sampled_from(sorted(parents))) if parents else None
        parents[f"n{position}"] = above
    return Tree.of(parents)


@st.composite
def claims(draw, tree):
    """Up to twelve claims; windows may be single days, or open at either end."""
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        start, end = sorted((draw(DAYS), draw(DAYS)))
        start = draw(st.sampled_from((start, start, start, -FAR)))
        end = draw(st.sampled_from((end, end, end, FAR)))
        rows.append((draw(st.integers(0, len(tree.ids) - 1)), draw(st.integers(ANYWHERE, 2)), start, end))
    return columns(rows)


def columns(rows):
    return Claims(*np.array(rows, dtype=np.int64).reshape(-1, 4).T.copy())


def all_pairs(tree, needs, supplies):
    """The definition, pair by pair."""
    found = []
    for n in range(len(needs)):
        for s in range(len(supplies)):
            node = int(supplies.node[s])
            while node >= 0 and node != needs.node[n]:
                node = int(tree.parent[node])
            here = ANYWHERE in (needs.body[n], supplies.body[s]) or needs.body[n] == supplies.body[s]
            then = supplies.start[s] <= needs.end[n] and needs.start[n] <= supplies.end[s]
            if node >= 0 and here and then:
                found.append((n, s))
    return found


@given(data=st.data())
def test_matches_are_those_of_the_loop_over_all_pairs(data):
    tree = data.draw(trees())
    needs, supplies = data.draw(claims(tree)), data.draw(claims(tree))
    need, supply = matches(tree, needs, supplies)
    assert list(zip(need.tolist(), supply.tolist(), strict=True)) == all_pairs(tree, needs, supplies)


def test_a_need_takes_what_stands_below_it_and_not_what_stands_above():
    tree = Tree.of(TREE)
    supplies = columns([(tree.number[name], 0, 0, 9) for name in ("a", "a1", "a11", "a2", "b1")])
    need, supply = matches(tree, columns([(tree.number["a1"], 0, 0, 9)]), supplies)
    assert (need.tolist(), supply.tolist()) == ([0, 0], [1, 2])


def test_a_subtree_is_an_unbroken_run_of_numbers():
    tree = Tree.of(TREE)
    assert tree.ids == ("a", "a1", "a11", "a12", "a2", "b", "b1", "c")
    assert tree.end.tolist() == [5, 4, 3, 4, 5, 7, 7, 8]
    assert tree.parent.tolist() == [-1, 0, 1, 1, 0, -1, 5, -1]


def test_stretches_that_only_touch_share_a_day():
    tree = Tree.of({"x": None})
    supplies = columns([(0, 0, 5, 9), (0, 0, 1, 1), (0, 0, 6, 9), (0, 0, 0, 0)])
    assert matches(tree, columns([(0, 0, 1, 5)]), supplies)[1].tolist() == [0, 1]


@pytest.mark.parametrize(
    ("needs", "complaint"),
    [
        (columns([(0, 0, 2, 1)]), "ends before it starts"),
        (columns([(7, 0, 1, 2)]), "not in the tree"),
        (Claims(*(np.zeros(n, dtype=np.int64) for n in (1, 1, 1, 2))), "differ in length"),
    ],
)
def test_claims_that_make_no_sense_are_refused(needs, complaint):
    with pytest.raises(ValueError, match=complaint):
        matches(Tree.of({"x": None}), needs, columns([(0, 0, 1, 2)]))
