"""Contributions in kind: cases with known answers, and what holds whatever is brought."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.coalition import Contribution, GameError, in_kind_shares
from synodos.coalition.sharing.barter import settled

UNIT = 1e-6
"""Amounts of the cases are small: their sums are counted to this or better."""


def thing(name, amount, able, **more):
    return Contribution(name, name, "element", amount, tuple(able), **more)


def things(amounts, able):
    return [thing(f"part {place}", amount, able) for place, amount in enumerate(amounts)]


def brought(found):
    """What each agency brings, by contribution."""
    return {one.contribution: one.agency for one in found.brings}


def test_five_numbers_are_parted_evenly_where_greed_fails():
    """Korf (1998), A complete anytime algorithm for number partitioning: 4 to 8; by size the sums are 17 and 13."""
    found = in_kind_shares(("a", "b"), (15, 15), things((4, 5, 6, 7, 8), "ab"))
    assert (found.deviation, found.largest, found.barter, found.proven) == (0, 0, (), True)
    assert {one.amount for one in found.brings if one.agency == brought(found)["part 4"]} == {7, 8}


@pytest.mark.parametrize("machines", [2, 3, 4, 5])
def test_jobs_fill_machines_where_the_longest_first_do_not(machines):
    """Graham (1969), Bounds on multiprocessing timing anomalies: longest first takes 4m - 1, the best 3m."""
    jobs = [size for size in range(2 * machines - 1, machines, -1) for _ in range(2)] + [machines] * 3
    names = [f"machine {place}" for place in range(machines)]
    found = in_kind_shares(names, [3 * machines] * machines, things(jobs, names))
    assert found.proven
    assert found.deviation == 0
    assert found.brought == pytest.approx([3 * machines] * machines)


def test_what_nobody_else_can_bring_is_left_to_barter():
    """By hand: A alone can bring the lander, so it brings 4 too much, which B and C make up for."""
    rover, relay, rides = thing("rover", 3, "BC"), thing("relay", 2, "ABC"), thing("rides", 1, "CB")
    found = in_kind_shares("ABC", (6, 5, 5), [thing("lander", 10, "A"), rover, relay, rides])
    assert found.brought == pytest.approx((10, 3, 3))
    assert found.balances == pytest.approx((4, -2, -2))
    assert [(one.giver, one.receiver) for one in found.barter] == [("B", "A"), ("C", "A")]
    assert [one.amount for one in found.barter] == pytest.approx([2, 2])
    assert (found.deviation, found.at_least, found.largest) == pytest.approx((8, 8, 4))
    assert (found.proven, found.fewest, found.uncovered) == (True, True, 0)


def test_the_largest_balance_is_made_small_where_as_much_is_left_to_barter():
    """By hand: whoever brings the small parts, 4 is left to barter; one each, nobody is 4 short."""
    large = [thing("large", 10, "C"), thing("as large", 10, "D")]
    found = in_kind_shares("ABCD", (4, 4, 8, 8), [*large, thing("small", 2, "AB"), thing("as small", 2, "AB")])
    assert found.deviation == pytest.approx(8)
    assert found.brought == pytest.approx((2, 2, 10, 10))
    assert found.largest == pytest.approx(2)
    assert len(found.barter) == 2


def test_plan_decides_where_nothing_else_does():
    parts = [thing("one", 5, "BA"), thing("other", 5, "AB")]
    found = in_kind_shares("AB", (5, 5), parts)
    assert brought(found) == {"one": "B", "other": "A"}
    assert all(one.by_plan for one in found.brings)


def test_what_can_be_split_is_brought_by_several():
    time = thing("antenna time", 6, "AB", splittable=True)
    found = in_kind_shares("AB", (7, 5), [thing("probe", 6, "A"), time])
    assert [(one.agency, one.amount, one.by_plan) for one in found.brings] == [
        ("A", 6, True),
        ("A", pytest.approx(1), True),
        ("B", pytest.approx(5), False),
    ]
    assert found.deviation == 0


def test_what_can_be_split_beside_what_cannot_is_proven_at_once():
    """Bounds of such a case creep up unit by unit where the solver does not see it as a linear programme too."""
    time = [thing("own time", 20, "C", splittable=True), thing("time", 17, "BCA", splittable=True)]
    rest = [thing("lander", 9, "CBA"), thing("relay", 16, "CA"), thing("drill", 5, "CA")]
    found = in_kind_shares("ABC", (18, 16, 13), [*time, *rest], limit_seconds=1)
    assert found.proven
    assert found.brought[2] == pytest.approx(20)


def test_dues_that_do_not_add_up_are_told():
    """A partnership costs something that nobody can bring: what is asked is less than what is due, in proportion."""
    found = in_kind_shares("AB", (8, 4), [thing("probe", 9, "AB")])
    assert found.uncovered == pytest.approx(3)
    assert found.asked == pytest.approx((6, 3))
    assert found.due == (8, 4)
    receiving = in_kind_shares("ABC", (9, 3, -2), [thing("probe", 7, "AB")])
    assert receiving.asked == pytest.approx((6.75, 2.25, -2))
    for due in ((0, 0), (-1, -1)):
        assert in_kind_shares("AB", due, [thing("probe", 4, "AB")]).asked == pytest.approx((2, 2))


def test_nothing_to_bring_and_a_single_player():
    assert in_kind_shares("AB", (0, 0), []).barter == ()
    owing = in_kind_shares("AB", (3, -3), [])
    assert [(one.giver, one.receiver, one.amount) for one in owing.barter] == [("A", "B", pytest.approx(3))]
    alone = in_kind_shares("A", (3,), [thing("probe", 3, "A")])
    assert (alone.brought, alone.proven) == (pytest.approx((3,)), True)


def test_without_time_the_best_so_far_is_given_and_said_to_be_unproven():
    amounts = [2**place + 3 * place for place in range(4, 24)]
    names = ["A", "B", "C", "D"]
    found = in_kind_shares(names, [sum(amounts) / 4] * 4, things(amounts, names), limit_seconds=1e-9)
    assert not found.proven
    assert found.at_least <= found.deviation
    assert sum(found.brought) == pytest.approx(sum(amounts))
    assert len(found.brings) == len(amounts)


@pytest.mark.parametrize(
    ("players", "due", "parts", "said"),
    [
        ("AA", (1, 1), [], "expected players, each once; found A, A"),
        ((), (), [], "expected players, each once; found none"),
        ("AB", (1,), [], "expected 2 finite numbers that are due"),
        ("AB", (1, math.nan), [], "expected 2 finite numbers that are due"),
        ("AB", (1, 1), things((1, -2), "AB"), "part 1: expected an amount of 0 or more; found -2"),
        ("AB", (1, 1), [thing("x", 1, "C")], "x: expected players, each once, that are able to bring it; found C"),
        ("AB", (1, 1), [thing("x", 1, "")], "able to bring it; found nobody"),
        ("AB", (1, 1), [thing("x", 1, "A"), thing("x", 1, "B")], "expected each contribution once; found 'x' twice"),
    ],
    ids=["twice", "nobody", "dues", "not a number", "negative", "stranger", "nobody able", "same"],
)
def test_what_does_not_fit_together_is_refused(players, due, parts, said):
    with pytest.raises(GameError, match=said):
        in_kind_shares(players, due, parts)


def cases(most=5):
    """Players with whole dues, and what they are able to bring."""

    def of(names):
        part = st.tuples(st.integers(0, 20), st.lists(st.sampled_from(names), min_size=1, unique=True), st.booleans())
        dues = st.lists(st.integers(-5, 25), min_size=len(names), max_size=len(names))
        return st.tuples(st.just(names), dues, st.lists(part, max_size=most))

    return st.integers(1, 4).map(lambda count: "ABCD"[:count]).flatmap(of)


@settings(max_examples=40)
@given(case=cases())
def test_every_part_is_brought_once_and_no_assignment_leaves_less(case):
    names, due, given_parts = case
    parts = [
        thing(f"part {place}", amount, able, splittable=splits)
        for place, (amount, able, splits) in enumerate(given_parts)
    ]
    found = in_kind_shares(names, due, parts)
    assert found.proven
    for part in parts:
        own = [one for one in found.brings if one.contribution == part.id]
        assert {one.agency for one in own} <= set(part.able)
        assert sum(one.amount for one in own) == pytest.approx(part.amount)
        assert len(own) == 1 or part.splittable
    for name, amount in zip(names, found.brought, strict=True):
        assert sum(one.amount for one in found.brings if one.agency == name) == pytest.approx(amount, abs=UNIT)
    assert sum(found.brought) == pytest.approx(sum(part.amount for part in parts))
    assert sum(found.balances) == pytest.approx(0, abs=UNIT)
    assert found.at_least == pytest.approx(found.deviation, abs=UNIT)
    for pick in itertools.product(*(part.able for part in parts)):
        balances = [
            sum(part.amount for part, agency in zip(parts, pick, strict=True) if agency == name) - asked
            for name, asked in zip(names, found.asked, strict=True)
        ]
        deviation = sum(map(abs, balances))
        assert found.deviation <= deviation + UNIT
        if deviation <= found.deviation + UNIT:
            assert found.largest <= max(map(abs, balances)) + 2 * UNIT


@given(balances=st.lists(st.integers(-9, 9), min_size=1, max_size=7))
def test_barter_settles_everything_in_the_fewest_exchanges(balances):
    balances = [*balances, -sum(balances)]
    exchanges, fewest = settled(balances)
    assert fewest
    left = list(balances)
    for giver, receiver, amount in exchanges:
        assert amount > 0
        assert balances[giver] < 0 < balances[receiver]
        left[giver] += amount
        left[receiver] -= amount
    assert not any(left)
    assert sum(amount for _, _, amount in exchanges) == sum(one for one in balances if one > 0)
    assert len(exchanges) == sum(map(bool, balances)) - _most_groups([one for one in balances if one])


def _most_groups(balances):
    """How many groups that add up to 0 the balances can be parted into at most: each way to part them is tried."""
    if not balances:
        return 0
    first, rest = balances[0], balances[1:]
    best = 0
    for size in range(len(rest) + 1):
        for others in itertools.combinations(range(len(rest)), size):
            if first + sum(rest[place] for place in others) == 0:
                left = [one for place, one in enumerate(rest) if place not in others]
                best = max(best, 1 + _most_groups(left))
    return best


def test_many_players_settle_without_a_proof():
    balances = [*range(1, 21), *(-one for one in range(22, 41))]
    balances.append(-sum(balances))
    exchanges, fewest = settled(balances)
    assert not fewest
    assert len(exchanges) < len(balances)
    assert sum(amount for _, _, amount in exchanges) == sum(one for one in balances if one > 0)


def test_rounding_does_not_hide_who_settles_with_whom():
    """Two pairs, each off by rounding: two exchanges, and nothing is left of what rounding adds."""
    exchanges, _ = settled([1_000_001, -1_000_000, 333_333, -333_334], slack=4)
    assert [(giver, receiver) for giver, receiver, _ in exchanges] == [(1, 0), (3, 2)]
    exchanges, _ = settled([1_000_001, -400_000, -600_000, 333_333, -133_334, -200_000], slack=6)
    assert len(exchanges) == 4
