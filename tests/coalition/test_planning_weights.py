"""The game of the programme where weights are given with the question, worked out by hand."""

import pytest

from synodos.coalition import Assumptions, plan
from tests.coalition.planned_worlds import agency, interest, mission, portfolio

MAPS, WATER, HEALTH = "objective-resource-maps", "objective-local-resources", "objective-human-health"
PROGRAMME = Assumptions(game="programme", years=6)


def world(budget=10):
    """One agency that can pay in six years for one of two missions, and cares more for the second."""
    return portfolio(
        agency("esa", budget),
        mission("mapper", "esa", (), 60, objectives=[MAPS], destinations=["moon"]),
        mission("miner", "esa", (), 60, objectives=[WATER], destinations=["moon"]),
        interest("own", "esa", [WATER]),
    )


def flown(weights, plans=None):
    """What is reached and flown by some weights."""
    found = plan(plans or world(), None, PROGRAMME, weights=weights)
    return found.worth, [one.mission for one in found.flights], [(one.objective, one.weight) for one in found.reached]


def test_what_has_no_weight_does_not_fly():
    assert flown({MAPS: 1.0}) == (1.0, ["mission:mapper"], [(MAPS, 1.0)])
    assert flown({WATER: 1.0}) == (1.0, ["mission:miner"], [(WATER, 1.0)])
    assert flown({HEALTH: 1.0}) == (0.0, [], [])


@pytest.mark.parametrize(("maps", "water", "chosen"), [(3.0, 2.0, "mapper"), (2.0, 3.0, "miner")])
def test_the_weightier_flies_where_only_one_can(maps, water, chosen):
    worth, missions, _ = flown({MAPS: maps, WATER: water})
    assert (worth, missions) == (3.0, [f"mission:{chosen}"]), "60 in six years leave nothing of ten a year"


def test_weights_stand_in_place_of_what_agencies_care_for():
    found = plan(world(), None, PROGRAMME, weights={MAPS: 5.0})
    assert "interest:own" not in found.evidence
    assert any("as weighed with the question" in note for note in found.notes)
    assert {one.mission: one.reasons for one in found.grounded} == {
        "mission:miner": ("not by 2018, the last year that is considered: the budgets do not suffice",)
    }
    declared = plan(world(), None, PROGRAMME)
    assert [one.mission for one in declared.flights] == ["mission:miner"]
    assert "interest:own" in declared.evidence


def test_what_a_member_reaches_alone_counts_like_all_else():
    plans = portfolio(
        agency("esa", 10),
        agency("jaxa", 10),
        mission("mapper", "esa", (), 60, objectives=[MAPS], destinations=["moon"]),
        mission("miner", "jaxa", (), 60, objectives=[WATER], destinations=["moon"]),
    )
    assert flown({MAPS: 1.0, WATER: 2.0}, plans)[0] == 3.0
