"""A reader's weights: the ranking follows from them alone, and says what it hinges on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.roadmap import Figures, weigh

NAMES = ("north", "south", "east")
ROWS = (
    Figures("cost", "cost", "less", (10.0, 30.0, 20.0)),
    Figures("goals", "goals", "more", (1.0, 5.0, 3.0)),
    Figures("first", "first arrival", "earlier", (2030.0, 2029.0, 2028.0)),
    Figures("worth", "worth", "more", (None, 4.0, 2.0)),
    Figures("alike", "alike", "more", (2.0, 2.0, 2.0)),
)


def test_a_worked_example():
    found = weigh(NAMES, ROWS, {"cost": 3, "goals": 1})
    assert [row.scaled for row in found.rows] == [(1.0, 0.0, 0.5), (0.0, 1.0, 0.5)]
    assert found.scores == (0.75, 0.25, 0.5)
    assert found.places == (1, 3, 2)
    assert found.hinges_on == (("cost", ("south",)),)


def test_without_weights_there_is_no_ranking():
    for weights in ({}, {"cost": 0.0}, {"worth": 5, "alike": 5}):
        found = weigh(NAMES, ROWS, weights)
        assert (found.scores, found.places, found.rows) == ((), (), ())
    assert found.left_out == (("worth", "not stated for all of them"), ("alike", "the same for all of them"))


def test_equal_scores_share_a_place():
    found = weigh(NAMES, ROWS, {"cost": 1, "goals": 1})
    assert found.places == (1, 1, 1)


@pytest.mark.parametrize("weights", [{"beauty": 1.0}, {"cost": float("nan")}, {"cost": float("inf")}])
def test_what_cannot_be_weighed_is_refused(weights):
    with pytest.raises(ValueError, match="weights: expected finite numbers"):
        weigh(NAMES, ROWS, weights)


def test_a_row_has_a_value_for_each_scenario():
    with pytest.raises(ValueError, match="figures: expected a value for each of 2"):
        weigh(NAMES[:2], ROWS, {})


values = st.lists(st.integers(-50, 50).map(float), min_size=3, max_size=3).map(tuple)
figures = st.lists(st.tuples(values, st.sampled_from(["more", "less", "earlier"])), min_size=1, max_size=5)
weight = st.integers(1, 9).map(float)


@given(figures, st.lists(weight, min_size=5, max_size=5))
def test_rankings(told, given_weights):
    rows = [Figures(str(n), str(n), better, row) for n, (row, better) in enumerate(told)]
    weights = {row.key: given_weights[n] for n, row in enumerate(rows)}
    found = weigh(NAMES, rows, weights)
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in found.scores)
    doubled = weigh(NAMES, rows, {key: 2 * value for key, value in weights.items()})
    assert doubled.scores == pytest.approx(found.scores)
    turned = weigh(NAMES, rows, {key: -value for key, value in weights.items()})
    assert turned.scores == pytest.approx([1 - score for score in found.scores])
    for place, one in enumerate(found.places):
        assert one == 1 + sum(other > found.scores[place] + 1e-9 for other in found.scores)
