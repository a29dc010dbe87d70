"""What holds for every plan: it adds up, it can be carried out, and no member does worse in a larger group."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.coalition import Assumptions, plan, planning_case, solve_group, worth
from tests.coalition.planned_worlds import (
    MILLION,
    agency,
    commitment,
    element,
    interest,
    mission,
    needs,
    portfolio,
)

CAPABILITIES = ("lunar-lander", "surface-rover", "habitation", "launch")
GOALS = (
    "objective-resource-maps",
    "objective-local-resources",
    "objective-human-health",
    "objective-power-and-storage",
)
PLACES = (["moon"], ["moon"], ["mars"], [])


def world(seed, agencies=3, elements=5, missions=4):
    """A small portfolio drawn at random: elements with needs of their own, some there and some without a figure."""
    draw = random.Random(seed)  # noqa: S311 - portfolios, no secrets
    names = [f"agency-{letter}" for letter in "abcdefghijklmn"[:agencies]]
    records = [agency(name, draw.choice([None, 15, 30, 60])) for name in names]
    given = []
    for number in range(elements):
        wanted = [_need(draw, given)] if given and draw.random() < 0.3 else []
        one = element(
            f"element-{number}",
            draw.choice(names),
            [draw.choice(CAPABILITIES)],
            draw.choice([None, 20, 50, 90, 150]),
            status=draw.choice(["operating", "planned", "in-development"]),
            destinations=draw.choice(PLACES),
            available=draw.choice([None, "2016..", "2019.."]),
            needs=wanted,
        )
        given.append(one)
    for number in range(missions):
        planned = str(draw.randint(2015, 2020))
        wanted = [_need(draw, given) for _ in range(draw.randint(0, 2))]
        cost = draw.choice([None, 30, 60])
        goals = draw.sample(GOALS, draw.randint(0, 2))
        records.append(
            mission(
                f"mission-{number}",
                draw.choice(names),
                wanted,
                cost,
                destinations=["moon"],
                planned=planned,
                objectives=goals,
            )
        )
    records += [interest(f"care-{name}", name, draw.sample(GOALS, 2), "low") for name in names]
    records.append(commitment("word", given[0].owner, [given[0].id], kept_probability=0.8))
    return portfolio(*records, *given)


def _need(draw, given):
    one = draw.choice(given)
    return needs(one.provides[0], *([one.id] if draw.random() < 0.8 else []))


SEEDS = st.integers(0, 100_000)
CHOICES = st.builds(
    Assumptions,
    game=st.just("savings"),
    exponent=st.sampled_from([0.0, 0.15, 0.5]),
    interface_share=st.sampled_from([0.0, 0.1]),
    providers_per_need=st.sampled_from([1, 1, 2]),
    unstated_commitment=st.sampled_from(["kept", "intent"]),
)


def table(case):
    """What the model gives every group."""
    return np.array([solve_group(case.model, group).worth for group in range(1 << len(case.players))])


def pairs(size):
    """All pairs of groups without a common member."""
    groups = range(1 << size)
    return [(one, other) for one in groups for other in groups if not one & other]


@settings(max_examples=15)
@given(seed=SEEDS, assumed=CHOICES)
def test_savings_add_up_and_grow_with_the_group(seed, assumed):
    stated = world(seed)
    case = planning_case(stated, assumed)
    found = table(case)
    assert found[0] == 0
    for one, other in pairs(len(case.players)):
        assert found[one | other] >= found[one] + found[other] - 1e-6 * MILLION, (
            "what both do apart they can do together"
        )
    together = plan(stated, None, assumed)
    single = found[1 << np.arange(len(case.players))].sum()
    assert together.worth == pytest.approx(found[-1] - single, abs=1)
    alone, spent = sum(dict(together.alone_cost).values()), together.cost
    assert alone - spent == pytest.approx(together.worth, abs=len(together.builds) + 1)
    listed = sum(one.cost + one.transaction + one.reserve for one in together.builds)
    assert spent == pytest.approx(listed)
    assert sum(one.amount for one in together.spending) == pytest.approx(spent)


@settings(max_examples=15)
@given(seed=SEEDS, assumed=CHOICES)
def test_every_need_of_a_mission_is_met_by_what_is_built_or_there(seed, assumed):
    found = plan(world(seed), None, assumed)
    case = planning_case(world(seed), assumed)
    for key, ahead in case.setting.missions.items():
        for need in case.setting.needs(ahead):
            sources = case.setting.sources(need, ahead.owner)
            could = {need.now, *(block.key for block in sources.blocks)}
            mine = [one for one in found.builds if ahead.owner in (one.builder, *one.partners) and one.record in could]
            left = any(one.record == need.now and ahead.owner in one.wanted_by for one in found.unplanned)
            if need.now.startswith("element:") and not sources.free and not left:
                assert mine, f"{key} {need}"


@settings(max_examples=20)
@given(seed=SEEDS, providers=st.sampled_from([1, 1, 2]), exponent=st.sampled_from([0.0, 0.15]))
def test_a_programme_keeps_to_budgets_years_and_needs(seed, providers, exponent):
    stated = world(seed)
    assumed = Assumptions("programme", exponent=exponent, providers_per_need=providers, unknown_needs="not essential")
    case = planning_case(stated, assumed)
    found = table(case)
    size = len(case.players)
    for group in range(1 << size):
        for one in range(size):
            assert found[group | 1 << one] >= found[group] - 1e-9
    gains = found - (np.arange(1 << size)[:, None] >> np.arange(size) & 1) @ found[1 << np.arange(size)]
    for one, other in pairs(size):
        assert gains[one | other] >= gains[one] + gains[other] - 1e-6, "two groups add no less together than apart"
    whole = plan(stated, None, assumed)
    assert whole.worth == pytest.approx(gains[-1])
    alone = {goal for goals in case.game.alone.values() for goal in goals}
    reached = {one.objective: one.weight for one in whole.reached}
    assert alone <= reached.keys(), "nobody gives up what a member reaches alone"
    assert sum(weight for goal, weight in reached.items() if goal not in alone) == pytest.approx(whole.worth)
    assert all(one.amount <= one.budget * (1 + 1e-4) for one in whole.spending)
    assert sum(one.amount for one in whole.spending) == pytest.approx(whole.cost)
    years = {one.mission: one.year for one in whole.flights}
    for flight in whole.flights:
        ahead = case.setting.missions[flight.mission]
        assert flight.year >= int(ahead.planned.text)
        for need in case.setting.needs(ahead):
            assert _providers(case, whole, years, need, flight) >= providers, f"{flight.mission} {need}"


def _providers(case, whole, years, need, flight):
    """How many providers meet a need of a flight in its year, counted from the plan alone."""
    sources = case.setting.sources(need, flight.agency)
    today = case.setting.portfolio.known_on.year
    count = sum(1 for one in sources.free if one is None or one.there_in(flight.year, today))
    count += sum(1 for key in sources.missions if years.get(key, 9999) <= flight.year)
    for block in sources.blocks:
        if block.exists:
            count += block.there_in(flight.year, today)
            continue
        built = [one for one in whole.builds if one.record == block.key and not one.exists]
        mine = [one for one in built if flight.agency in (one.builder, *one.partners) and one.ready <= flight.year]
        count += len(mine)
    own = case.setting.supplies.blocks.get(need.now)
    included = own is not None and own.owner == flight.agency and not own.exists and case.setting.figure(own) is None
    return count + included


def test_worths_of_all_groups_are_those_of_the_plans():
    stated = world(7, agencies=4, elements=7, missions=7)
    for game in ("savings", "programme"):
        assumed = Assumptions(game, unknown_needs="not essential")
        found = worth(stated, assumed)
        assert found.proven
        for group in range(1 << len(found.players)):
            members = found.game.members(group)
            assert plan(stated, members, assumed).worth == pytest.approx(found.game.worths[group], abs=1)
