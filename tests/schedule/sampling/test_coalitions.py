"""Delay shared among partners: against brute force, and by the axioms of the Shapley value."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from synodos.schedule.sampling import (
    Activities,
    Family,
    Link,
    Links,
    Marginals,
    Model,
    Risks,
    expected_finish_by_coalition,
    run,
    shapley_delay,
)

NEVER = 5_000.0


def to_plan(model, groups):
    """Return the model with these groups performing to plan."""
    given = model.activities
    held = np.isin(given.group, groups)
    family = np.where(held, Family.FIXED, given.duration.family)
    parameters = np.where(held[:, None], [1.0, 0, 0], given.duration.parameters)
    held_risks = np.isin(model.risks.group, groups)
    return replace(
        model,
        activities=replace(given, duration=Marginals(family, parameters)),
        risks=replace(model.risks, probability=np.where(held_risks, 0.0, model.risks.probability)),
    )


def mean_finish(model):
    finish = run(model, iterations=600, seed=9).finish_days
    return np.where(np.isfinite(finish), finish, NEVER).mean(axis=1)


def test_coalitions_agree_with_separate_runs(plan):
    model = plan
    coalitions = np.array([[1, 1, 1], [0, 1, 1], [1, 0, 0], [0, 0, 0], [0, 1, 0]], bool)
    found = expected_finish_by_coalition(model, coalitions, iterations=600, seed=9, never_days=NEVER)
    for members, finish in zip(coalitions, found, strict=True):
        assert finish == pytest.approx(mean_finish(to_plan(model, np.flatnonzero(~members))), rel=1e-9)


def four_partners(seed=0):
    """Return a plan of four partners with parallel work."""
    random = np.random.default_rng(seed)
    n = 24
    links = [(int(b), v, Link.FINISH_START, 0.0, -1) for v in range(4, n) for b in random.integers(v - 4, v, 2)]
    activities = Activities.of(
        random.uniform(10, 60, n),
        duration=Marginals.of([(Family.TRIANGULAR, 0.9, 1, 1.9)] * n),
        relative=np.ones(n, bool),
        group=np.concatenate(([0, 1, 2, 3], random.integers(0, 4, n - 4))),
    )
    return Model(activities, Links.of(n, links), np.array([n - 2, n - 1]), np.arange(4, dtype=np.uint32))


def test_shapley_values_equal_the_average_over_all_orders():
    model = four_partners()
    shares = shapley_delay(model, [2, 0, 3, 1], iterations=300, seed=2)
    members = np.array([[(one >> bit) & 1 for bit in range(4)] for one in range(16)], bool)
    worth = expected_finish_by_coalition(model, members, iterations=300, seed=2)
    brute = np.zeros((4, 2))
    orders = list(permutations(range(4)))
    for order in orders:
        joined = 0
        for partner in order:
            brute[partner] += (worth[joined | 1 << partner] - worth[joined]) / len(orders)
            joined |= 1 << partner
    assert shares.shapley_days == pytest.approx(brute[[2, 0, 3, 1]], abs=1e-9)
    removal = np.array([worth[15] - worth[15 ^ 1 << partner] for partner in (2, 0, 3, 1)])
    assert shares.removal_days == pytest.approx(removal, abs=1e-9)


def test_shares_add_up_to_the_delay(plan):
    model = plan
    shares = shapley_delay(model, [0, 1], iterations=600, seed=9, never_days=NEVER)
    delay = shares.expected_finish_days - shares.planned_finish_days
    assert shares.shapley_days.sum(axis=0) + shares.others_days == pytest.approx(delay)
    assert shares.removal_days.sum(axis=0) + shares.interaction_days + shares.others_days == pytest.approx(delay)
    assert shares.expected_finish_days == pytest.approx(mean_finish(model))


def test_a_partner_without_uncertain_work_causes_nothing():
    model = to_plan(four_partners(), [3])
    model = replace(model, activities=replace(model.activities, relative=np.ones(24, bool)))
    shares = shapley_delay(model, range(4), iterations=300, seed=2)
    assert shares.shapley_days[3] == pytest.approx(0, abs=1e-9)
    assert shares.removal_days[3] == pytest.approx(0, abs=1e-9)
    assert (shares.shapley_days[:3, 1] > 0).all()


def test_partners_alike_share_alike():
    activities = Activities.of(
        [100.0, 100, 0],
        key=np.array([5, 5, 6], np.uint32),
        duration=Marginals.of([(Family.UNIFORM, 100, 200)] * 2 + [(Family.FIXED, 0)]),
        group=np.array([0, 1, -1]),
    )
    links = Links.of(3, [(0, 2, Link.FINISH_START, 0.0, -1), (1, 2, Link.FINISH_START, 0.0, -1)])
    model = Model(activities, links, np.array([2]), np.arange(2, dtype=np.uint32), risks=Risks.none())
    shares = shapley_delay(model, [0, 1], iterations=4_000, seed=2)
    assert shares.shapley_days[0] == pytest.approx(shares.shapley_days[1])
    # both draw the same numbers, so neither alone can win anything back, and all of the delay is interaction
    assert shares.removal_days == pytest.approx(0, abs=1e-9)
    assert shares.interaction_days[0] == pytest.approx(50, abs=4 * 100 / np.sqrt(12 * 4_000))


def test_one_and_two_threads_give_the_same_bits():
    one, two = (shapley_delay(four_partners(), range(4), iterations=600, seed=2, threads=count) for count in (1, 2))
    assert one.shapley_days.tobytes() == two.shapley_days.tobytes()


def test_what_never_finishes_needs_a_date_to_count_as(plan):
    with pytest.raises(ValueError, match="never_days"):
        shapley_delay(plan, [0, 1, 2], iterations=600, seed=9)


@pytest.mark.parametrize("partners", [[], [0, 0], range(17)])
def test_partners_must_be_few_and_different(plan, partners):
    with pytest.raises(ValueError, match=r"sampling\.partners"):
        shapley_delay(plan, partners, iterations=10, seed=1)
