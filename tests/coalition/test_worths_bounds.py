"""What worths rest on: bounds from prices, covers, and plans without what they do not need."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from synodos.coalition import group_worths
from synodos.coalition.worths.covers import Covers
from synodos.coalition.worths.layers import Layers
from synodos.coalition.worths.part import split, whole
from synodos.coalition.worths.relaxation import Relaxation
from synodos.coalition.worths.simplifying import simplified
from synodos.coalition.worths.spreading import evidence, spread
from tests.coalition.plan_models import model, models, plans, tried


@given(found=models(), data=st.data())
def test_no_prices_bound_a_group_by_less_than_its_worth(found, data):
    part = whole(found)
    relaxation = Relaxation(part)
    price = st.floats(0, 5)
    prices = np.array(data.draw(st.lists(price, min_size=len(part.limits), max_size=len(part.limits))))
    relaxed = relaxation.priced(np.zeros(len(part.gains)), prices)
    worths = tried(found)
    for group in range(1, found.everybody + 1):
        most = part.open_to(group)
        assert part.rounded(relaxation.bound(relaxed, np.zeros_like(most), most, group)) >= worths[group]


@given(found=models())
def test_the_relaxation_bounds_each_group_and_is_no_less_than_its_best_plan(found):
    part = whole(found)
    relaxation = Relaxation(part)
    worths = tried(found)
    for group in range(1, found.everybody + 1):
        most = part.open_to(group)
        relaxed = relaxation.best(np.zeros_like(most), most)
        assert part.gains @ relaxed.point >= worths[group] - 1e-6


@given(found=models(choices=6), data=st.data())
def test_every_plan_keeps_to_covers(found, data):
    part = whole(found)
    share = st.floats(0, 1)
    point = np.array(data.draw(st.lists(share, min_size=len(part.gains), max_size=len(part.gains))))
    for places, coefficients, limit in Covers(part).missed(point):
        assert limit >= 0
        assert point[places] @ coefficients > limit
        assert (plans(found)[:, places] @ coefficients <= limit).all()


def test_a_cover_cuts_off_half_a_choice():
    # 6 + 5 + 4 of 10: any two fit only as 6 + 4 and 5 + 4; the relaxation takes part of a third.
    found = model(1, [(6, {0}, 1), (5, {0}, 1), (4, {0}, 1)], [({0: 6, 1: 5, 2: 4}, 10)])
    missed = Covers(whole(found)).missed(np.array([1.0, 0.8, 0.0]))
    assert [(places.tolist(), signs.tolist(), limit) for places, signs, limit in missed] == [([0, 1], [1, 1], 1)]


@given(found=models(), data=st.data())
def test_a_plan_without_what_it_does_not_need_fits_and_brings_no_less(found, data):
    part = whole(found)
    possible = plans(found)
    plan = possible[data.draw(st.integers(0, len(possible) - 1))]
    thinned = part.thinned(plan)
    assert (thinned <= plan).all()
    assert part.fits(thinned)
    assert part.gains @ thinned >= part.gains @ plan
    assert part.support(thinned) & ~part.support(plan) == 0


def test_bundles_that_together_bring_nothing_are_left_out():
    # The first mission rests on a block that costs what it brings; the second brings more.
    found = model(2, [(3, {0}, 1), (-3, {0}, 1), (4, {1}, 1), (-3, {1}, 1)], [({0: 1, 1: -1}, 0), ({2: 1, 3: -1}, 0)])
    assert whole(found).thinned(np.ones(4, dtype=np.int64)).tolist() == [0, 0, 1, 1]


def test_parts_are_known_again_in_another_model():
    one = model(3, [(5, {0, 1}, 1), (2, {1}, 1), (7, {2}, 1)], [({0: 1, 1: 1}, 1)])
    other = model(4, [(9, {0}, 1), (5, {1, 3}, 1), (2, {3}, 1)], [({1: 1, 2: 1}, 1)])
    assert {part.key for part in split(whole(one))} & {part.key for part in split(whole(other))}
    changed = model(4, [(9, {0}, 1), (5, {1, 3}, 1), (2, {3}, 1)], [({1: 1, 2: 1}, 2)])
    assert not {part.key for part in split(whole(one))} & {part.key for part in split(whole(changed))}


@given(found=models())
def test_the_parts_of_a_model_are_worth_what_it_is(found):
    apart = split(simplified(whole(found)))
    assert sum(len(part.gains) for part in apart) <= len(found.gains)
    total = np.zeros(found.everybody + 1, dtype=np.int64)
    for part in apart:
        named = model(
            len(part.players) or 1,
            [
                (int(gain), {bit for bit in range(len(part.players)) if needed >> bit & 1}, int(most))
                for gain, needed, most in zip(part.gains, part.needs, part.most, strict=True)
            ],
            [
                ({place: int(row[place]) for place in np.flatnonzero(row)}, int(limit))
                for row, limit in zip(part.matrix, part.limits, strict=True)
            ],
        )
        free = int((plans(named) @ named.gains)[(np.where(plans(named) > 0, named.needs, 0) == 0).all(axis=1)].max())
        worths = tried(named)
        worths[0] = free
        total += worths[part.members(len(total))]
    total[0] = 0
    assert total.tolist() == tried(found).tolist()


def test_plans_and_bounds_are_handed_down():
    layers = Layers(3)
    seen = []
    for groups in layers:
        unsettled = layers.unsettled(groups).tolist()
        seen += unsettled
        for group in unsettled:
            if group == 0b111:
                layers.keep(group, (10, 0b101), 10)
            else:
                layers.keep(group, None, int(layers.lower[group]))
    # The first and third do as well as all; without one of them nothing is left of what no plan exceeds.
    assert sorted(seen) == [0b011, 0b110, 0b111]
    assert layers.lower.tolist() == [0, 0, 0, 0, 0, 10, 0, 10]


def test_blocks_that_cost_nothing_join_no_missions():
    # Two missions of others rest on one block; with ample budgets each is a matter between its agency and the builder.
    free = [(0, {0}, 1), (5, {1}, 1), (7, {2}, 1), (-1, {0, 1}, 1), (-2, {0, 2}, 1)]
    rows = [({1: 1, 3: -1}, 0), ({2: 1, 4: -1}, 0), ({3: 1, 0: -1}, 0), ({4: 1, 0: -1}, 0)]
    apart = split(simplified(whole(model(3, free, [*rows, ({0: 6}, 6)]))))
    assert [part.players for part in apart] == [(0, 1), (0, 2)]
    together = split(simplified(whole(model(3, free, [*rows, ({0: 6, 1: 1}, 6)]))))
    assert [part.players for part in together] == [(0, 1, 2)]


def test_help_of_somebody_who_is_missing_is_not_counted_in():
    # The mission of the second rests on what the first gives for nothing: only together do they fly it.
    helped = model(2, [(0, {0}, 1), (5, {1}, 1)], [({1: 1, 0: -1}, 0)])
    assert group_worths(helped, threads=1).amounts.tolist() == [0, 0, 0, 5]


@given(found=models(), data=st.data())
def test_what_one_group_tells_bounds_every_group_from_both_sides(found, data):
    part = whole(found)
    relaxation, worths = Relaxation(part), tried(found)
    most = part.open_to(data.draw(st.integers(1, found.everybody)))
    possible = plans(found)
    plan = possible[data.draw(st.integers(0, len(possible) - 1))]
    layers = Layers(len(found.players))
    relaxed = relaxation.best(np.zeros_like(most), most)
    spread(evidence(part, relaxation, relaxed, plan), part, layers)
    for group in range(1, found.everybody + 1):
        assert layers.lower[group] <= worths[group] <= layers.upper[group]
        within = worths[int(layers.supports[group])]
        assert layers.supports[group] & ~group == 0
        assert within >= layers.lower[group] or not layers.supports[group]


def test_a_plan_is_handed_to_others_with_all_that_it_rests_on():
    # The mission of 0 flies with the block of 1, that of 2 alone; using the block costs 3.
    choices = [(10, {0}, 1), (-3, {0, 1}, 1), (0, {1}, 1), (5, {2}, 1)]
    found = model(3, choices, [({0: 1, 1: -1}, 0), ({1: 1, 2: -1}, 0)])
    part = whole(found)
    plan = np.ones(4, dtype=np.int64)
    assert part.needed_with_rests(np.arange(4)).tolist() == [0b011, 0b011, 0b011, 0b100]
    most = part.open_to(0b111)
    relaxation, layers = Relaxation(part), Layers(3)
    spread(evidence(part, relaxation, relaxation.best(np.zeros_like(most), most), plan), part, layers)
    assert layers.lower.tolist() == [0, 0, 0, 7, 5, 5, 5, 12]
    assert layers.upper[7] == 12
    assert layers.supports.tolist() == [0, 0, 0, 3, 4, 4, 4, 7]


def test_most_groups_of_a_larger_model_learn_from_others(root, monkeypatch):
    monkeypatch.syspath_prepend(root / "benchmarks")
    from made_up_plans import made_up_model

    ample = made_up_model(1, 9, ample=3.0)
    assert group_worths(ample).solved < 1 << 6
