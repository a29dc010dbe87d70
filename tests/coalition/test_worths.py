"""Worths of all groups: the same as trying every plan, however they are come by."""

import itertools
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.coalition import GameError, group_worths, solve_group
from synodos.coalition.worths import batches, solving
from synodos.coalition.worths.part import whole
from tests.coalition.games import assignment
from tests.coalition.plan_models import matching, model, models, plans, shared_block, tried

# Shapley and Shubik (1971), The assignment game I, section 4: three sellers and three buyers of houses.
HOUSES = [[5, 8, 2], [7, 9, 6], [2, 3, 0]]


def random_model(seed, players=6, choices=22, rows=14):
    """A model too large to try everything, with budgets and with choices that others rest on."""
    generator = np.random.default_rng(seed)
    drawn = [
        (int(generator.integers(-15, 40)), set(generator.choice(players, generator.integers(1, 3)).tolist()), 1)
        for _ in range(choices)
    ]
    limits = []
    for _ in range(rows):
        places = generator.choice(choices, int(generator.integers(2, 7)), replace=False).tolist()
        values = generator.integers(1, 20, len(places))
        values[: generator.integers(0, 2)] *= -1
        limits.append((dict(zip(places, values.tolist(), strict=True)), int(generator.integers(0, 25))))
    return model(players, drawn, limits)


@given(found=models())
def test_worths_are_those_of_the_best_of_all_plans(found):
    worths = group_worths(found, threads=1)
    assert worths.amounts.tolist() == tried(found).tolist()
    assert worths.worths.tolist() == (tried(found) * found.unit).tolist()
    assert worths.game().players == found.players


@given(found=models())
def test_whom_a_plan_needs_can_carry_it_out_alone(found):
    worths = group_worths(found, threads=1)
    groups = np.arange(found.everybody + 1)
    assert ((worths.supports & ~groups) == 0).all()
    somebody = worths.supports > 0  # what needs nobody is still only done by somebody
    assert (worths.amounts[worths.supports] == worths.amounts)[somebody].all()


@given(found=models(), data=st.data())
def test_one_group_has_a_plan_that_is_worth_as_much(found, data):
    group = data.draw(st.integers(0, found.everybody))
    plan = solve_group(found, group)
    assert plan.proven
    assert plan.worth == plan.bound == tried(found)[group] * found.unit
    assert plan.worth == found.gains @ plan.choices * found.unit
    assert any((plan.choices == one).all() for one in plans(found))
    assert plan.support == np.bitwise_or.reduce(found.needs[plan.choices > 0], initial=0)
    assert plan.support & ~group == 0


@pytest.mark.parametrize("seed", range(6))
def test_worths_are_those_of_each_group_solved_cold(seed):
    found = random_model(seed)
    cold = [solve_group(found, group).worth for group in range(found.everybody + 1)]
    assert group_worths(found).worths.tolist() == cold


@pytest.mark.parametrize(("nodes", "covers"), [(0, 0), (1, 0), (1, 300), (200, 0)])
def test_worths_do_not_depend_on_who_searches(monkeypatch, nodes, covers):
    found = random_model(11, players=5, choices=24, rows=24)
    expected = [round(solve_group(found, group).worth) for group in range(found.everybody + 1)]
    monkeypatch.setattr(solving, "MOST_NODES", nodes)
    monkeypatch.setattr(solving, "MOST_COVERS", covers)
    assert group_worths(found, threads=1).amounts.tolist() == expected


def test_a_solver_that_lacks_precision_is_not_relied_upon(monkeypatch):
    found = random_model(8)
    expected = group_worths(found).amounts.tolist()

    def fail(*_):
        raise ArithmeticError

    monkeypatch.setattr("synodos.coalition.worths.relaxation.Relaxation.best", fail)
    assert group_worths(found, threads=1).amounts.tolist() == expected


def test_wrong_prices_of_the_solver_cannot_make_a_worth_wrong(monkeypatch):
    found = random_model(9)
    expected = group_worths(found).amounts.tolist()
    best = solving.Relaxation.best
    generator = np.random.default_rng(1)

    def disturbed(self, least, most):
        relaxed = best(self, least, most)
        if relaxed is None:
            return None
        prices = np.maximum(relaxed.paid + generator.normal(0, 3, len(relaxed.paid)), 0)
        return self.priced(relaxed.point, prices)

    monkeypatch.setattr(solving.Relaxation, "best", disturbed)
    assert group_worths(found, threads=1).amounts.tolist() == expected


def test_pairs_of_sellers_and_buyers_are_worth_what_the_assignment_game_says():
    assert group_worths(matching(HOUSES)).worths.tolist() == assignment(HOUSES).worths.tolist()
    assert group_worths(matching(HOUSES)).worths[-1] == 16  # as the article has it


def test_members_who_gain_nothing_are_not_needed():
    found = shared_block()
    plan = solve_group(found, found.everybody)
    assert plan.worth == 14  # both builders build for 3 each, so that all five save 4
    assert solve_group(found, 0b11100).support == 0
    assert solve_group(found, 0b10101).support == 0b10101
    assert solve_group(found, 0b01111).support == 0b01111


def test_what_a_larger_group_does_without_a_member_is_not_solved_again():
    # Only the first two gain together; each of the twelve can do something alone that brings nothing.
    rows = [({place: 1, 12: 1}, 1) for place in range(12)]
    found = model(12, [*((0, {place}, 1) for place in range(12)), (5, {0, 1}, 1)], rows)
    worths = group_worths(found)
    assert worths.worths[0b11] == 5
    assert worths.solved == 1  # all; what its prices tell leaves nothing to those without one of the two


def test_players_joined_with_nobody_double_no_table():
    found = model(4, [(3, {0, 1}, 1), (4, {1, 2}, 1), (2, {3}, 1)], [({0: 1, 1: 1}, 1)])
    told = []
    worths = group_worths(found, progress=lambda *said: told.append(said))
    assert told[-1] == (8 + 2, 8 + 2)
    assert worths.amounts.tolist() == tried(found).tolist()


def test_progress_rises_to_all():
    told = []
    group_worths(random_model(1), progress=lambda *said: told.append(said))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_worths_do_not_depend_on_the_number_of_threads(threads):
    found = random_model(3, players=7, choices=26)
    assert group_worths(found, threads=threads).amounts.tolist() == group_worths(found).amounts.tolist()


def test_batches_hold_every_group_once():
    groups = np.arange(1_000)
    for count in (0, 1, 7, 8, 9, 600, 1_000):
        assert list(itertools.chain.from_iterable(batches.cut(groups[:count]))) == list(range(count))


class Kept:
    """Store that forgets with the test."""

    def __init__(self):
        self.known = {}

    def get(self, key):
        return self.known.get(key, {})

    def put(self, key, found):
        assert self.known.setdefault(key, {}).keys().isdisjoint(found)  # what is known is not solved again
        self.known[key].update(found)


def test_what_is_known_is_not_solved_again():
    found, store = random_model(4), Kept()
    first = group_worths(found, store=store)
    again = group_worths(found, store=store)
    assert first.solved > 0
    assert again.solved == 0
    assert again.amounts.tolist() == first.amounts.tolist()


def test_a_change_of_the_model_is_not_answered_from_what_is_known():
    found, store = random_model(4), Kept()
    group_worths(found, store=store)
    changed = random_model(5)
    assert group_worths(changed, store=store).amounts.tolist() == group_worths(changed).amounts.tolist()


@pytest.mark.parametrize("after", [1, 5])
def test_an_interrupted_run_goes_on_where_it_stopped(after):
    found, store, told = random_model(6), Kept(), []

    def interrupt(*_):
        told.append(1)
        if len(told) > after:
            raise KeyboardInterrupt

    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        group_worths(found, store=store, progress=interrupt)
    assert threading.active_count() == before
    full = group_worths(found)
    rest = group_worths(found, store=store)
    assert rest.solved > 0
    assert rest.amounts.tolist() == full.amounts.tolist()


def test_an_interruption_ends_a_long_search():
    """CP-SAT cannot split this market in any time a user would wait; halting it must not wait for it either."""
    hands = batches.Threads(1)
    running_search = hands.submit(batches.settle, whole(split_market()), [1], [0], [1 << 40])
    while not (hands.workers and hands.workers[0].searches):
        threading.Event().wait(0.01)
    hands.halt()
    with pytest.raises(KeyboardInterrupt):
        running_search.result()


def test_an_interruption_ends_the_search_for_one_plan(root):
    """Ctrl-C, sent as the terminal sends it."""
    text = """
import signal
from tests.coalition.test_worths import solve_group, split_market
signal.signal(signal.SIGINT, signal.default_int_handler)  # it may have been started where signals are ignored
print(flush=True)
solve_group(split_market(), 1)
"""
    with subprocess.Popen(
        [sys.executable, "-c", text], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.readline()
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        assert b"KeyboardInterrupt" in running.communicate(timeout=60)[1]


def split_market(products=6, shops=50):
    """Market split of Cornuejols and Dawande (1998): what is left over of half of each product is to be least."""
    generator = np.random.default_rng(4)
    demand = generator.integers(0, 100, (products, shops))
    half = demand.sum(axis=1) // 2
    rows = []
    for row, limit in zip(demand.tolist(), half.tolist(), strict=True):
        rows.append((dict(enumerate(row)), limit))
    return model(1, [(int(gain), {0}, 1) for gain in demand.sum(axis=0)], rows)


def test_a_search_that_runs_out_of_time_says_what_no_plan_exceeds():
    plan = solve_group(split_market(), 1, limit_s=0.2)
    assert not plan.proven
    assert 0 <= plan.worth < plan.bound


def test_a_limit_leaves_an_interval_that_is_not_kept():
    store = Kept()
    worths = group_worths(split_market(), limit_s=0.2, threads=1, store=store)
    assert not worths.proven
    assert worths.unproven == 1
    assert 0 <= worths.amounts[1] < worths.ceilings[1]
    assert [list(groups) for groups in store.known.values()] == [[0]]  # of nobody, who is worth nothing


@settings(max_examples=40)
@given(found=models(), seed=st.integers(0, 1_000))
def test_worths_lie_between_what_is_found_and_what_no_plan_exceeds(found, seed):
    generator = np.random.default_rng(seed)

    def hurried(self, group, than, ceiling, limit_s=None):
        best, amount = exact(self, group, than, ceiling)
        most = amount + int(generator.integers(0, 4))
        return (best if generator.random() < 0.5 else None), min(most, ceiling)

    exact = solving.Worker.better
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(solving.Worker, "better", hurried)
        worths = group_worths(found, threads=1)
    assert (worths.amounts <= tried(found)).all()
    assert (tried(found) <= worths.ceilings).all()
    groups = np.arange(found.everybody + 1)
    for bit in range(len(found.players)):
        assert (worths.amounts[groups] <= worths.amounts[groups | 1 << bit]).all()
        assert (worths.ceilings[groups] <= worths.ceilings[groups | 1 << bit])[1:].all()


def test_a_group_of_others_is_refused():
    with pytest.raises(GameError, match=r"coalition\.group: expected a group of the 3 players; found 8"):
        solve_group(model(3, [(1, {0}, 1)]), 8)


@pytest.mark.parametrize(
    ("choices", "rows", "message"),
    [
        ([(1 << 53, {0}, 1)], [], "add up to less than"),
        ([(1, {0}, 1 << 30), (1, {0}, 1)], [({0: 1 << 24, 1: 1}, 1)], "add up to less than"),
        ([(1, {0}, -1)], [], "0 times or more; found -1"),
    ],
)
def test_numbers_that_cannot_be_told_apart_are_refused(choices, rows, message):
    with pytest.raises(GameError, match=message):
        group_worths(model(1, choices, rows))


@settings(max_examples=25)
@given(found=models(players=3, choices=6), data=st.data())
def test_a_model_of_twice_the_unit_is_worth_twice_as_much(found, data):
    factor = data.draw(st.integers(2, 5))
    larger = model(
        found.players,
        [
            (int(gain) * factor, {bit for bit in range(3) if needed >> bit & 1}, int(most))
            for gain, needed, most in zip(found.gains, found.needs, found.most, strict=True)
        ],
        [
            (
                dict(zip(found.columns[a:b].tolist(), found.values[a:b].tolist(), strict=True)),
                int(limit),
            )
            for a, b, limit in zip(found.starts[:-1], found.starts[1:], found.limits, strict=True)
        ],
    )
    one, other = group_worths(found, threads=1).amounts * factor, group_worths(larger, threads=1).amounts
    assert one.tolist() == other.tolist()
