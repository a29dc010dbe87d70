"""Who brings a group what, read from the worths of all groups."""

import itertools

import numpy as np
from hypothesis import given

from synodos.coalition import dominates, dummies, equals, group_worths, shapley_value
from tests.coalition.plan_models import matching, model, models


@given(found=models())
def test_usefulness_is_what_the_definitions_say(found):
    worths = group_worths(found, threads=1)
    amounts, players = worths.amounts.tolist(), range(len(found.players))
    groups = range(found.everybody + 1)
    matrix = dominates(worths)
    for one, other in itertools.product(players, players):
        without = [group for group in groups if not group & (1 << one | 1 << other)]
        expected = all(amounts[group | 1 << one] >= amounts[group | 1 << other] for group in without)
        assert matrix[one, other] == expected
    for place, name in enumerate(found.players):
        rest = [group for group in groups if not group >> place & 1]
        idle = all(amounts[group | 1 << place] == amounts[group] + amounts[1 << place] for group in rest)
        assert (name in dummies(worths)) == idle


@given(found=models())
def test_equals_share_alike_and_dummies_get_what_they_are_worth(found):
    worths = group_worths(found, threads=1)
    shares = dict(zip(found.players, shapley_value(worths.game()), strict=True))
    for alike in equals(worths):
        assert len(alike) > 1
        assert np.ptp([shares[name] for name in alike]) < 1e-9
    for name in dummies(worths):
        assert abs(shares[name] - worths.worths[1 << found.players.index(name)]) < 1e-9


def test_gloves():
    worths = group_worths(matching([[1], [1]]))  # two left gloves, and a right one
    assert equals(worths) == (("p0", "p1"),)
    assert dominates(worths).tolist() == [[True, True, False], [True, True, False], [True, True, True]]
    assert dummies(worths) == ()


def test_a_player_whom_nothing_joins_with_others_is_a_dummy():
    assert dummies(group_worths(model(3, [(3, {0, 1}, 1), (2, {2}, 1)]))) == ("p2",)
