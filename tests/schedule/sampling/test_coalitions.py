"""Delay shared among partners: against brute force, and by the axioms of the Shapley value."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from synodos.schedule.sampling import (
    Activities,
    Family,
    LinkKind,
    Links,
    Marginals,
    Model,
    Risks,
    finish_by_coalition,
    run,
    shapley_delay,
)
from synodos.schedule.sampling.chains import chains, without_idle_links

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


def finishes(model):
    return run(model, iterations=600, seed=9).finish_days


def mean_finish(model):
    finish = finishes(model)
    return np.where(np.isfinite(finish), finish, NEVER).mean(axis=1)


def test_coalitions_agree_with_separate_runs(plan):
    model = plan
    coalitions = np.array([[1, 1, 1], [0, 1, 1], [1, 0, 0], [0, 0, 0], [0, 1, 0]], bool)
    due = float(np.median(finishes(model)[1]))
    found = finish_by_coalition(model, coalitions, iterations=600, seed=9, never_days=NEVER, due_days=due)
    for members, expected, in_time in zip(coalitions, found.expected_days, found.in_time, strict=True):
        separate = to_plan(model, np.flatnonzero(~members))
        assert expected == pytest.approx(mean_finish(separate), rel=1e-9)
        assert in_time.tolist() == (finishes(separate) <= due).mean(axis=1).tolist()
    assert 0 < found.in_time[0, 1] < 1


def test_what_never_finishes_is_never_in_time(plan):
    found = finish_by_coalition(plan, np.ones((1, 3), bool), iterations=600, seed=9, never_days=0.0)
    assert found.in_time[0].tolist() == np.isfinite(finishes(plan)).mean(axis=1).tolist()


def four_partners(seed=0):
    """Return a plan of four partners with parallel work."""
    random = np.random.default_rng(seed)
    n = 24
    links = [(int(b), v, LinkKind.FINISH_START, 0.0, -1) for v in range(4, n) for b in random.integers(v - 4, v, 2)]
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
    worth = finish_by_coalition(model, members, iterations=300, seed=2).expected_days
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
    links = Links.of(3, [(0, 2, LinkKind.FINISH_START, 0.0, -1), (1, 2, LinkKind.FINISH_START, 0.0, -1)])
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


def some_rows(seed):
    """Return a plan with work in a row, links that other links make sure of, and now and then something odd."""
    random = np.random.default_rng(seed)
    n = int(random.integers(3, 40))
    links = []
    for activity in range(1, n):
        for before in {int(one) for one in random.integers(max(0, activity - 4), activity, random.integers(1, 4))}:
            kind = LinkKind.FINISH_START if random.random() < 0.85 else LinkKind(int(random.integers(0, 4)))
            links.append((before, activity, kind, 0.0 if random.random() < 0.8 else float(random.normal() * 5), -1))
    fixed = np.full(n, np.nan)
    fixed[int(random.integers(0, n))] = 30.0 if random.random() < 0.4 else np.nan
    uncertain = [(Family.TRIANGULAR, 0.9, 1, 1.9), (Family.NORMAL, 1, 0.3)]
    activities = Activities.of(
        random.uniform(1, 60, n),
        duration=Marginals.of([uncertain[int(random.random() > 0.8)] for _ in range(n)]),
        relative=np.ones(n, bool),
        group=random.integers(-1, 3, n),
        fixed_start_days=fixed,
        earliest_start_days=np.where(random.random(n) < 0.8, 0.0, random.uniform(0, 200, n)),
    )
    targets = np.array([n - 1, int(random.integers(0, n))])
    return Model(activities, Links.of(n, links), targets, np.arange(1, 4, dtype=np.uint32))


@pytest.mark.parametrize("seed", range(25))
def test_rows_of_work_and_idle_links_change_nothing(seed):
    model = some_rows(seed)
    coalitions = np.array([[1, 1, 1], [0, 1, 1], [0, 0, 0]], bool)
    found = finish_by_coalition(model, coalitions, iterations=600, seed=9).expected_days
    for members, finish in zip(coalitions, found, strict=True):
        assert finish == pytest.approx(mean_finish(to_plan(model, np.flatnonzero(~members))), rel=1e-7)


def test_a_link_that_others_make_sure_of_is_left_out():
    kind = LinkKind.FINISH_START
    links = [(0, 1, kind, 0.0, -1), (1, 2, kind, 0.0, -1), (0, 2, kind, 0.0, -1)]
    plan = Model(Activities.of([1.0, 2.0, 3.0]), Links.of(3, links), np.array([2]), np.zeros(0, np.uint32))
    assert without_idle_links(plan).links.predecessor.tolist() == [0, 1]
    assert chains(without_idle_links(plan), np.ones(3, bool)).head.tolist() == [-1, -1, 0]
    late = replace(plan, links=Links.of(3, [*links[:2], (0, 2, kind, 4.0, -1)]))
    assert without_idle_links(late).links.predecessor.tolist() == late.links.predecessor.tolist()
    fixed = replace(plan, activities=replace(plan.activities, fixed_finish_days=np.array([np.nan, 0.5, np.nan])))
    assert without_idle_links(fixed).links.predecessor.tolist() == plan.links.predecessor.tolist()
