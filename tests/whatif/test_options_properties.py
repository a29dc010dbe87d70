"""What holds for the options after every withdrawal."""

import pytest
from hypothesis import given, settings

from synodos.language import History, faults
from synodos.whatif import options, orphans
from synodos.whatif.options.moved import with_moves
from synodos.whatif.options.timing import departures
from tests.whatif.choices import asked, changes, drawn, exhausted, searched

FEW = settings(max_examples=15)
FEWER = settings(max_examples=5)
OVER = ("cancelled", "lost")


def check_front(change):
    """No option of the front is dominated by another, and none is lost on the way."""
    answer = searched(asked(*change))
    found = [one.criteria for one in answer.combinations]
    assert not any(mine.dominates(other) for mine in found for other in found)
    if not answer.cut:
        assert set(found) == {one.criteria for one in exhausted(asked(*change)).combinations}


def check_moves(change):
    """What is feasible leaves nothing essential open on missions that fly, and they fly when the schedule says."""
    portfolio, _ = change
    question = asked(*change)
    for chosen in searched(question).combinations[:6]:
        moved = with_moves(question.case, chosen)
        assert faults(History(moved.header, tuple(moved))) == ()
        flying = [key for key in question.case.missions if moved.missions[key].status not in OVER]
        open_now = {one.plan for one in orphans(portfolio, moved) if one.essential}
        assert open_now.isdisjoint({f"mission:{key}" for key in flying})
        assert {key: one.base for key, one in departures(moved, flying).items()} == {
            key: chosen.dates[key] for key in flying
        }


@FEW
@given(changes())
def test_no_option_of_the_front_is_dominated_and_what_is_feasible_is_sound(change):
    check_front(change)
    check_moves(change)


@pytest.mark.parametrize(
    ("number", "missions"),
    [
        (13, 2),
        (14, 2),
        (23, 2),
        (25, 2),
        (44, 2),
        (91, 2),
        (357, 2),
        (366, 2),
        (389, 2),
        (456, 2),
        (12, 3),
        (42, 3),
        (59, 3),
    ],
)
def test_changes_in_which_moves_hang_on_each_other(number, missions):
    """Missions that fly together, wait for each other or share money and figures."""
    check_front(drawn(number, missions))
    check_moves(drawn(number, missions))


@FEWER
@given(changes())
def test_the_answer_is_the_same_each_time_and_in_order(change):
    once, again = (options(*change, iterations=0, most=2) for _ in range(2))
    assert once == again
    assert [one.rank for one in once.ranked] == list(range(1, len(once.ranked) + 1))
    assert [one.score for one in once.ranked] == sorted(one.score for one in once.ranked)
    assert all(0 <= one.score <= 1 for one in once.ranked)


@FEWER
@given(changes())
def test_nobody_who_leaves_is_asked_to_help_and_only_what_has_flown_is_proven(change):
    portfolio, (left,) = change
    answer = options(portfolio, (left,), iterations=0, most=1)
    for (holder, _), moves in answer.replacements.items():
        away = left.agency if not left.plans or holder.partition(":")[2] in left.plans else ""
        for move in moves:
            assert move.by != away
            flown = [one for one in portfolio.elements.values() if one.owner == move.by and one.status == "operating"]
            covers = portfolio.capabilities.covers
            assert not move.proven or any(covers(move.capability, given) for one in flown for given in one.provides)
