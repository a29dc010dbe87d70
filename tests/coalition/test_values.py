"""Shapley and Banzhaf values, and the simple rules, against published games and their axioms."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.coalition import (
    Game,
    GameError,
    banzhaf_value,
    cost_shares,
    equal_surplus,
    proportional,
    savings_game,
    shapley_value,
)
from tests.coalition import games as g


@pytest.mark.parametrize(
    ("game", "expected"),
    [
        pytest.param(g.gloves(1, 2), [2 / 3, 1 / 6, 1 / 6], id="gloves, one left"),
        # Shapley and Shubik (1954) for the Council of today: 421 and 4 parts of 2145.
        pytest.param(g.security_council(), [421 / 2145] * 5 + [4 / 2145] * 10, id="Security Council"),
        pytest.param(g.voting(51, [50, 49, 1]), [2 / 3, 1 / 6, 1 / 6], id="50, 49 and 1 of 100 votes"),
    ],
)
def test_published_shapley_values(game, expected):
    np.testing.assert_allclose(shapley_value(game), expected, atol=1e-12)


def test_banzhaf_of_the_security_council():
    """848 and 84 swings of 5,080 in all: Felsenthal and Machover (1998), The Measurement of Voting Power."""
    game = g.security_council()
    np.testing.assert_allclose(banzhaf_value(game), [848 / 2**14] * 5 + [84 / 2**14] * 10, atol=1e-12)
    np.testing.assert_allclose(banzhaf_value(game, normalised=True), [848 / 5080] * 5 + [84 / 5080] * 10, atol=1e-12)


def test_tennessee_valley_authority():
    """Straffin and Heaney (1981): costs in thousands of dollars."""
    costs = [0, 163_520, 140_826, 301_607, 250_096, 378_821, 367_370, 412_584]
    names = ("navigation", "flood control", "power")
    shares = cost_shares(Game(names, costs), shapley_value(savings_game(names, costs)))
    np.testing.assert_allclose(shares, [117_829, 100_756.5, 193_998.5], atol=0.01)
    np.testing.assert_allclose(shapley_value(Game(names, costs)), shares, atol=1e-6)


@given(costs=st.lists(st.integers(0, 1000), min_size=1, max_size=8))
@settings(deadline=None)
def test_airport(costs):
    """Littlechild and Owen (1973), A simple expression for the Shapley value in a special case."""
    costs = sorted(costs)
    game = g.game_of(len(costs), lambda group: max(costs[place] for place in group))
    steps = np.diff([0, *costs]) / np.arange(len(costs), 0, -1)
    np.testing.assert_allclose(shapley_value(game), np.cumsum(steps), atol=1e-9)


@given(game=g.games(least=1))
@settings(max_examples=60, deadline=None)
def test_shapley_is_the_mean_over_orders(game):
    total = np.zeros(game.size)
    orders = list(itertools.permutations(range(game.size)))
    for order in orders:
        group = 0
        for player in order:
            total[player] += game.worths[group | 1 << player] - game.worths[group]
            group |= 1 << player
    np.testing.assert_allclose(shapley_value(game), total / len(orders), atol=1e-9)


@given(game=g.games(least=1, most=6))
@settings(max_examples=60, deadline=None)
def test_banzhaf_is_the_mean_over_groups(game):
    for player, value in enumerate(banzhaf_value(game)):
        without = [group for group in range(1 << game.size) if not group >> player & 1]
        mean = np.mean([game.worths[group | 1 << player] - game.worths[group] for group in without])
        assert value == pytest.approx(mean, abs=1e-9)


@given(game=g.games(least=1, most=6), order=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_names_and_order_do_not_matter(game, order):
    places = list(range(game.size))
    order.shuffle(places)
    moved = [sum(1 << places[bit] for bit in range(game.size) if group >> bit & 1) for group in range(1 << game.size)]
    worths = np.empty(1 << game.size)
    worths[moved] = game.worths
    for rule in (shapley_value, banzhaf_value, equal_surplus):
        np.testing.assert_allclose(rule(Game(game.players, worths))[places], rule(game), atol=1e-9)


@pytest.mark.parametrize("count", [12, 13, 16])
def test_blocks_do_not_show(count):
    generator = np.random.default_rng(count)
    worths = generator.normal(size=1 << count) * 1e9
    worths[0] = 0
    found = shapley_value(Game(g.players(count), worths))
    assert found.sum() == pytest.approx(worths[-1], rel=1e-9)
    weight = np.array([1 / (count * math.comb(count - 1, size)) for size in range(count)])
    sizes = np.array([one.bit_count() for one in range(1 << count)])
    for player in (0, 11, count - 1):
        without = np.flatnonzero(np.arange(1 << count) >> player & 1 == 0)
        expected = (weight[sizes[without]] * (worths[without | 1 << player] - worths[without])).sum()
        assert found[player] == pytest.approx(expected, rel=1e-9, abs=1.0)


def test_twenty_four_players():
    """A sum of what pairs are worth: each player gets half of its pairs."""
    count = 24
    sizes = np.zeros(1, dtype=np.int8)
    for _ in range(count):
        sizes = np.concatenate((sizes, sizes + 1))
    worths = np.arange(count + 1) * (np.arange(count + 1) - 1) / 2
    found = shapley_value(Game(g.players(count), worths[sizes]))
    np.testing.assert_allclose(found, (count - 1) / 2, rtol=1e-12)


def test_dividing_in_equal_parts_and_in_proportion():
    game = Game(("a", "b", "c"), [0, 1, 2, 5, 3, 6, 7, 12])
    assert equal_surplus(game).tolist() == [3, 4, 5]
    assert proportional(game, [0, 1, 3]).tolist() == [0, 3, 9]


@pytest.mark.parametrize("numbers", [[0, 0], [1, -1], [1], [1, np.nan]])
def test_proportions_that_are_none_are_refused(numbers):
    with pytest.raises(GameError, match=r"^coalition\.(proportion|division): expected .*; found "):
        proportional(Game(("a", "b"), [0, 1, 1, 3]), numbers)


def test_banzhaf_values_that_add_up_to_nothing_cannot_be_stretched():
    game = Game(("a", "b", "c"), [0, 1, 1, 0, 1, 0, 0, 1])
    assert banzhaf_value(game).sum() == 0
    with pytest.raises(GameError, match=r"coalition\.proportion"):
        banzhaf_value(game, normalised=True)
    assert banzhaf_value(Game(("a", "b"), [0, 0, 0, 0]), normalised=True).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("players", "worths", "said"),
    [
        ([], [0], "expected 1 to 24 players; found 0"),
        (["a", "a"], [0, 1, 1, 2], "each once; found 'a'"),
        (["a", ""], [0, 1, 1, 2], "not empty, each once; found ''"),
        (["a", "b"], [0, 1, 1], "expected 4 worths for 2 players, .* found 3 numbers"),
        (["a", "b"], [[0, 1], [1, 2]], "found an array of shape"),
        (["a", "b"], [0, 1, np.nan, 2], "expected finite numbers; found nan at place 2"),
        (["a", "b"], [1, 1, 1, 2], "expected 0 for the group of nobody, .*; found 1"),
        ([str(place) for place in range(25)], [0], "expected 1 to 24 players; found 25"),
    ],
    ids=["nobody", "twice", "unnamed", "too few", "shape", "NaN", "nobody worth something", "too many"],
)
def test_what_is_no_game_is_refused(players, worths, said):
    with pytest.raises(GameError, match=said):
        Game(players, worths)


def test_games_keep_what_they_were_given():
    worths = np.array([0.0, 1.0])
    game = Game(("a",), worths)
    worths[1] = 7
    assert game.whole == 1
    with pytest.raises(ValueError, match="read-only"):
        game.worths[1] = 2
    with pytest.raises(GameError, match=r"coalition\.member: expected members among 'a'; found 'b'"):
        game.worth_of(("b",))
