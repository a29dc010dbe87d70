"""The core, objections to divisions, and who would rather go alone."""

import numpy as np
import pytest
from hypothesis import given, settings

from synodos.coalition import (
    Game,
    GameError,
    core_membership,
    least_core,
    nucleolus,
    objections,
    prenucleolus,
    shapley_value,
    share_intervals,
    would_rather_go_alone,
)
from tests.coalition import games as g


def test_the_assignment_game_of_houses():
    """Shapley and Shubik (1971): three houses, three buyers; the core lies between what is best for either side."""
    game = g.assignment([[5, 8, 2], [7, 9, 6], [2, 3, 0]])
    assert game.whole == 16
    np.testing.assert_allclose(share_intervals(game), [(3, 5), (5, 6), (0, 1), (1, 2), (3, 5), (0, 1)], atol=1e-8)
    for division in ([5, 6, 1, 1, 3, 0], [3, 5, 0, 2, 5, 1]):
        assert core_membership(game, division).inside
    assert not core_membership(game, [5, 6, 0, 1, 3, 1]).inside
    assert core_membership(game, nucleolus(game).division).inside


def test_a_flow_game_has_its_least_cuts_in_the_core():
    """Kalai and Zemel (1982)."""
    arcs = [("s", "a", 4), ("s", "b", 3), ("a", "b", 2), ("a", "t", 3), ("b", "t", 3)]
    game = g.flow(arcs, "s", "t")
    assert game.whole == 6
    assert core_membership(game, [0, 0, 0, 3, 3]).inside
    low, high = np.array(share_intervals(game)).T
    assert (low <= np.array([0, 0, 0, 3, 3]) + 1e-8).all()
    assert (high >= np.array([0, 0, 0, 3, 3]) - 1e-8).all()
    assert core_membership(game, nucleolus(game).division).inside


def test_a_majority_has_no_core():
    game = g.voting(2, [1, 1, 1])
    assert share_intervals(game) is None
    assert least_core(game).excess == pytest.approx(1 / 3)
    found = core_membership(game, [0.5, 0.5, 0])
    assert (found.inside, found.excess, found.objecting) == (False, 0.5, 2)
    assert [one.members for one in found.objections] == [("p0", "p2"), ("p1", "p2")]
    assert [one.excess for one in found.objections] == [0.5, 0.5]
    assert objections(game, [0.5, 0.5, 0], most=1) == found.objections[:1]


def test_intervals_of_convex_games_end_at_what_players_add_first_and_last():
    """Shapley (1971), Cores of convex games."""
    game = g.bankruptcy(250, [100, 200, 300, 50])
    assert np.allclose(share_intervals(game), [(0, 100), (0, 200), (0, 250), (0, 50)], atol=1e-7)
    assert core_membership(game, shapley_value(game)).inside


@pytest.mark.parametrize("factor", [1e-6, 1.0, 1e9])
def test_amounts_of_any_size(factor):
    game = Game(("a", "b"), factor * np.array([0, 1, 3, 10.0]))
    np.testing.assert_allclose(share_intervals(game), factor * np.array([(1, 7), (3, 9)]), rtol=1e-9)
    assert core_membership(game, factor * np.array([7.0, 3.0])).inside
    assert not core_membership(game, factor * np.array([7.0001, 2.9999])).inside


@given(game=g.games(most=5))
@settings(max_examples=60, deadline=None)
def test_intervals_are_those_of_all_groups_at_once(game):
    from scipy.optimize import linprog

    rows = np.array([[group >> place & 1 for place in range(game.size)] for group in range(1, (1 << game.size) - 1)])
    whole = {"A_eq": np.ones((1, game.size)), "b_eq": [game.whole], "bounds": [(None, None)] * game.size}
    found = share_intervals(game)
    solved = [
        linprog(sign * np.eye(game.size)[place], -rows, -game.worths[1:-1], **whole)
        for place in range(game.size)
        for sign in (1, -1)
    ]
    if found is None:
        assert solved[0].status == 2
    else:
        np.testing.assert_allclose(
            np.array(found).ravel(), [one.fun * (-1) ** k for k, one in enumerate(solved)], atol=1e-6
        )


def test_what_would_keep_those_who_would_rather_go_alone():
    game = Game(("a", "b", "c"), [0, 1, 2, 6, 3, 7, 8, 15])
    found = would_rather_go_alone(game, [0, 0, 15])
    assert [(one.player, one.keeps) for one in found.players] == [("b", 2), ("a", 1)]
    assert found.in_core
    assert core_membership(game, found.kept_by).inside
    assert found.moved == pytest.approx(6)  # what a and b can have together
    stable = would_rather_go_alone(game, found.kept_by)
    assert (stable.players, stable.moved) == ((), pytest.approx(0, abs=1e-9))


def test_where_the_core_is_empty_nobody_is_left_below_its_worth_alone():
    game = Game(("a", "b", "c"), [0, 1, 1, 9, 1, 9, 9, 10])
    found = would_rather_go_alone(game, [0, 4, 6])
    assert not found.in_core
    assert sum(found.kept_by) == pytest.approx(game.whole)
    assert (found.kept_by >= game.alone).all()
    assert found.moved == pytest.approx(1)
    assert would_rather_go_alone(Game(("a", "b"), [0, 3, 4, 5]), [2, 3]).kept_by is None


def test_divisions_of_something_else_are_told():
    game = Game(("a", "b"), [0, 1, 3, 10])
    assert core_membership(game, [4, 4]).undivided == 2
    assert not core_membership(game, [4, 4]).inside
    with pytest.raises(GameError, match="add up to 10; found 11"):
        would_rather_go_alone(game, [5, 6])
    with pytest.raises(GameError, match="expected 2 finite numbers, one a player; found 3 numbers"):
        core_membership(game, [1, 2, 3])


def test_a_single_player_has_all_there_is():
    game = Game(("only",), [0, 4])
    assert share_intervals(game) == ((4, 4),)
    assert core_membership(game, [4]).inside
    assert would_rather_go_alone(game, [4]).moved == 0


@pytest.mark.parametrize("seed", range(4))
def test_the_nucleolus_is_in_the_core_where_there_is_one(seed):
    game = g.superadditive(seed, 7)
    stable = least_core(game).excess <= 0
    assert (share_intervals(game) is not None) == stable
    assert core_membership(game, prenucleolus(game).division).inside == stable
    many = core_membership(game, [game.whole, *[0] * 6], most=500)
    shown = [one.excess for one in many.objections]
    assert (len(shown), shown) == (many.objecting, sorted(shown, reverse=True))


@pytest.mark.parametrize("players", [8, 11])
def test_intervals_are_found_where_only_one_player_can_refuse(players):
    """Whoever leads gets from its own worth to all; each other from nothing to its own."""
    own = 1.0 + np.arange(players) % 3
    groups = np.arange(1 << players)
    worths = np.where(groups & 1, (groups[:, None] >> np.arange(players) & 1) @ own, 0.0)
    found = share_intervals(Game([f"player-{place}" for place in range(players)], worths))
    expected = [(own[0], own.sum()), *((0.0, one) for one in own[1:].tolist())]
    np.testing.assert_allclose(found, expected, atol=1e-7)


def test_worths_beyond_what_can_be_reckoned_with_are_refused():
    with pytest.raises(GameError, match=r"up to 1e\+100; found 1e\+308 at place 3; state them in a larger unit"):
        Game(("a", "b"), [0, 1, 1, 1e308])
    assert share_intervals(Game(("a", "b"), [0, 0, 0, 1e100])) == ((0, 1e100), (0, 1e100))
