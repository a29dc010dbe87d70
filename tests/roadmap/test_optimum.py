"""The best programme by a reader's weights: worked out by hand, and for any small world."""

import datetime as dt
import json
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.coalition import Assumptions
from synodos.exchange import read_portfolio
from synodos.language import SUPPOSED, Scenario
from synodos.report import scenarios_answer, with_optimum_told
from synodos.roadmap import compare, optimum, outline, under, with_optimum
from synodos.roadmap.optimising.proposed import _when
from tests.coalition.planned_worlds import agency, element, mission, needs, portfolio

MAPS, WATER, LIFE = "objective-resource-maps", "objective-local-resources", "objective-past-or-present-life"
RICH = 1_000.0


def world(*records, budget=RICH):
    """Two agencies and their plans."""
    return portfolio(agency("esa", budget), agency("jaxa", budget), *records)


def flying(found):
    """Missions of the proposal, and what of them differs from what was planned."""
    said = found.scenario
    return said.missions, {one.mission: one.planned.text for one in said.planned_dates}


def test_a_programme_becomes_a_scenario_that_leaves_the_plans_as_they_are():
    plans = world(
        mission("mapper", "esa", (), 60, objectives=[MAPS], destinations=["moon"]),
        mission("rover", "jaxa", (), 60, objectives=[LIFE], destinations=["mars-surface"], planned="2018"),
    )
    before = plans.sha256
    found = optimum(plans, {MAPS: 2, "mars": 1})
    assert flying(found) == (("mapper", "rover"), {})
    assert (found.reached, found.whole) == (3, 3)
    assert plans.sha256 == before
    assert "optimum" not in plans.scenarios
    proposed = with_optimum(plans, found)
    assert outline(proposed, "optimum").missions == ("mapper", "rover")
    assert set(under(proposed, "optimum").missions) == {"mapper", "rover"}
    assert proposed.header.sources[SUPPOSED]
    assert (found.scenario.confidence, found.scenario.sources) == ("computed", (SUPPOSED,))
    assert compare(proposed, ["optimum"], aspects=("objectives",)).scenarios[0].robotic == 0


def test_a_mission_that_cannot_be_paid_in_time_flies_later():
    plans = world(mission("mapper", "esa", (), 70, objectives=[MAPS], destinations=["moon"]), budget=10)
    assert flying(optimum(plans, {MAPS: 1})) == (("mapper",), {"mapper": "2019"}), "seven years of ten a year"


def test_a_mission_to_a_planet_flies_in_its_launch_period():
    rover = mission("rover", "esa", (), 60, objectives=[LIFE], destinations=["mars"], planned="2017")
    (found,) = optimum(world(rover, budget=10), {"mars": 1}).scenario.planned_dates
    # NASA's InSight left in the period of May 2018.
    assert found.planned.earliest.isoformat() <= "2018-05-05" <= found.planned.latest.isoformat()
    assert found.planned.earliest.year == found.planned.latest.year == 2018
    assert found.planned.earliest.month >= 3, "no day of January is near the best of 2018"


def test_of_two_that_serve_the_same_the_cheaper_is_proposed():
    plans = world(
        mission("dear", "esa", (), 90, objectives=[MAPS], destinations=["moon"]),
        mission("cheap", "jaxa", (), 60, objectives=[MAPS], destinations=["moon"]),
    )
    found = optimum(plans, {"moon": 1})
    assert found.scenario.missions == ("cheap",)
    (weighed,) = found.weighed
    assert (weighed.id, weighed.label, weighed.missions, weighed.candidates) == ("moon", "the Moon", ("cheap",), 2)
    assert [one.reasons for one in found.programme.grounded] == [("what it serves is reached without it",)]


def test_what_a_partner_develops_takes_the_place_of_what_was_declared():
    plans = world(
        element("esa-relay", "esa", ["mars-relay"], 60, destinations=["mars-orbit"]),
        element("jaxa-relay", "jaxa", ["mars-relay"], 50, destinations=["mars-orbit"]),
        mission(
            "lander", "esa", [needs("mars-relay", "esa-relay")], 40, objectives=[LIFE], destinations=["mars-surface"]
        ),
        mission(
            "drill", "jaxa", [needs("mars-relay", "jaxa-relay")], 40, objectives=[WATER], destinations=["mars-surface"]
        ),
    )
    found = optimum(plans, {LIFE: 1, WATER: 1})
    (chosen,) = found.scenario.providers
    assert (chosen.plan, chosen.capability, chosen.met_by) == ("lander", "mars-relay", ("jaxa-relay",))
    met = under(with_optimum(plans, found), "optimum").missions["lander"].requirements[0].met_by
    assert met == ("jaxa-relay",)


def test_missions_that_the_proposal_uses_and_that_fly_are_part_of_it():
    orbiter = mission(
        "orbiter", "jaxa", (), None, status="operating", provides=["mars-relay"], destinations=["mars-orbit"]
    )
    lander = mission("lander", "esa", [needs("mars-relay", "orbiter")], 40, objectives=[LIFE], destinations=["mars"])
    assert optimum(world(orbiter, lander), {LIFE: 1}).scenario.missions == ("orbiter", "lander")


def test_missions_that_are_used_by_way_of_a_building_block_are_part_of_it_unless_they_were_given_up():
    relay = {"provides": ["mars-relay"], "destinations": ["mars-orbit"]}
    orbiter = mission("orbiter", "jaxa", (), None, status="operating", **relay)
    gone = mission("gone", "nasa", (), None, status="cancelled", **relay)
    station = element("station", "esa", ["launch"], 5, needs=[needs("mars-relay", "orbiter")])
    asks = [needs("launch", "station"), needs("mars-relay", "gone", essential=False)]
    lander = mission("lander", "esa", asks, 40, objectives=[LIFE], destinations=["mars"])
    found = optimum(world(orbiter, gone, station, lander), {LIFE: 1})
    assert found.scenario.missions == ("orbiter", "lander")


def test_a_proposal_says_what_it_rests_on_the_weightiest_first():
    plans = world(
        mission("mapper", "esa", (), 60, objectives=[MAPS], destinations=["moon"]),
        mission("rover", "jaxa", (), None, objectives=[LIFE], destinations=["mars-surface"]),
    )
    found = optimum(plans, {MAPS: 1, LIFE: 3})
    assert [(one.id, one.weight) for one in found.weighed] == [(LIFE, 3), (MAPS, 1)]
    assert "Missions that could not be planned, since their cost is missing: 1." in found.scenario.assumptions
    assert not any("develops one like this itself" in one for one in found.scenario.assumptions)


def test_a_launch_period_is_cut_to_its_year():
    opens, closes = dt.date(2017, 12, 20), dt.date(2019, 1, 15)
    flight = SimpleNamespace(year=2018, opens=opens, closes=closes)
    assert _when(flight).text == "2018-01-01..2018-12-31"
    within = SimpleNamespace(year=2018, opens=dt.date(2018, 4, 1), closes=dt.date(2018, 5, 9))
    assert _when(within).text == "2018-04-01..2018-05-09"


def test_what_states_no_cost_cannot_be_proposed_and_that_is_said():
    unpriced = mission("mapper", "esa", (), None, objectives=[MAPS], destinations=["moon"])
    found = optimum(world(unpriced), {MAPS: 1})
    assert found.scenario is None
    assert found.why_none == "No mission that serves anything with a weight states its cost, so nothing can be planned."
    assert [(one.candidates, one.unpriced, one.missions) for one in found.weighed] == [(1, 1, ())]
    plans = world(unpriced)
    assert with_optimum(plans, found) is plans


def test_why_nothing_is_proposed():
    priced = mission("mapper", "esa", (), 900, objectives=[MAPS], destinations=["moon"])
    assert "stated budgets" in optimum(world(priced, budget=1), {MAPS: 1}).why_none
    assert "serves an objective" in optimum(world(priced), {"mars": 1}).why_none
    strangers = portfolio(mission("mapper", "esa", (), 60, objectives=[MAPS]))
    assert optimum(strangers, {MAPS: 1}).why_none.startswith("Nobody can plan: coalition.players")


def test_a_weight_holds_for_all_below_it_and_what_is_nearer_wins():
    plans = world(
        mission("one", "esa", (), 60, objectives=[LIFE], destinations=["mars-surface", "phobos"]),
        mission("two", "jaxa", (), 60, objectives=[MAPS], destinations=["lunar-orbit"]),
    )
    found = optimum(plans, {"mars": 1, "phobos": 5, "goal-search-for-life": 2, "theme-new-knowledge": 0.5})
    assert {one.id: one.weight for one in found.weighed} == {"mars-surface": 1, "phobos": 5, LIFE: 2, MAPS: 0.5}


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ({}, "found none"),
        ({"marz": 1}, "found 'marz', expected an objective or a destination; did you mean 'mars'"),
        ({"mars": 0}, "found 0 for mars, expected a number from 0.001 to 1,000"),
        ({"mars": float("nan")}, "found nan for mars"),
        ({"mars": 1e9}, r"found 1e\+09 for mars"),
    ],
    ids=["none", "unknown", "zero", "no-number", "huge"],
)
def test_weights_that_make_no_sense_are_refused(weights, told):
    with pytest.raises(ValueError, match=rf"optimum\.weights: {told}"):
        optimum(world(), weights)


def test_a_scenario_of_that_name_keeps_it():
    mapper = mission("mapper", "esa", (), 60, objectives=[MAPS], destinations=["moon"])
    first = optimum(world(mapper), {MAPS: 1}).scenario
    assert (first.id, optimum(world(mapper, first), {MAPS: 1}).scenario.id) == ("optimum", "optimum-2")


def test_the_answer_says_what_was_proposed_and_names_the_plans_as_stated():
    declared = Scenario(
        id="declared", name="Declared", owner="esa", stated_by="compilers", release="public", as_of="2011",
        confidence="read", sources=("paper",), missions=("mapper",),
    )  # fmt: skip
    mapper = mission("mapper", "esa", (), 60, objectives=[MAPS], destinations=["moon"])
    plans = world(mapper, mission("rover", "jaxa", (), None, objectives=[LIFE], destinations=["mars"]), declared)
    found = optimum(plans, {MAPS: 1, "mars": 1})
    compared = compare(with_optimum(plans, found), ["declared", "optimum"], aspects=("objectives", "robustness"))
    answer = scenarios_answer(with_optimum(plans, found), compared, {}, drawn=True, stated=plans)
    told = with_optimum_told(answer, plans, found)
    assert told.envelope.portfolio.sha256 == plans.sha256
    assert plans.sha256[:12] in told.header
    assert told.header == told.document.header
    assert plans.sha256[:12] in json.dumps(told.document.sections[0].figure.chart.to_dict())
    assert told.envelope.parameters["optimum"] == {MAPS: 1, "mars": 1}
    assert "scenario:optimum" not in told.envelope.evidence
    assert {"scenario:declared", "mission:mapper"} <= {*told.envelope.evidence}
    assert "Optimum: 1 mission reaches 1 of a weight of 2 (50 %)." in told.sentences
    assert {"optimum", "optimum-weights", "optimum-left-out"} <= {table.name for table in told.tables}
    assert "optimum" in {section.anchor for section in told.document.sections}
    assert "no agency declared it" in json.dumps(told.envelope.notes)


@st.composite
def worlds(draw):
    """Missions without needs, of agencies that can pay for anything or for nothing, and weights."""
    goals, places = [MAPS, WATER, LIFE], ["lunar-orbit", "phobos", "mars-surface"]
    rich = {"esa": draw(st.booleans()), "jaxa": draw(st.booleans())}
    records = [agency(key, RICH if pays else None) for key, pays in rich.items()]
    for number in range(draw(st.integers(1, 4))):
        owner = draw(st.sampled_from(sorted(rich)))
        cost = draw(st.none() | st.integers(1, 100))
        serves = draw(st.lists(st.sampled_from(goals), unique=True, max_size=2))
        records.append(
            mission(f"m{number}", owner, (), cost, objectives=serves, destinations=[draw(st.sampled_from(places))])
        )
    weights = draw(st.dictionaries(st.sampled_from([*goals, *places]), st.integers(1, 9), min_size=1))
    return portfolio(*records), rich, weights


@settings(max_examples=15)
@given(worlds())
def test_all_is_reached_that_a_mission_serves_which_can_be_paid_for(drawn):
    plans, rich, weights = drawn
    found = optimum(plans, weights, assumptions=Assumptions(years=15))
    possible = [one for one in plans.missions.values() if one.costs and rich[one.owner]]
    served = {key for one in possible for key in (*one.objectives, *one.destinations)}
    # A year of the Mars system without a launch period would be no year to fly in, but there are some in fifteen.
    assert found.reached == sum(weight for key, weight in weights.items() if key in served)
    assert (found.scenario is None) == (found.reached == 0)
    assert bool(found.why_none) == (found.scenario is None)
    if found.scenario is not None:
        assert set(found.scenario.missions) <= {one.id for one in possible}


@pytest.mark.proof
def test_the_plans_of_2011_allow_a_proposal(root):
    plans = read_portfolio(root / "portfolios" / "exploration2011").as_seen_by("public")
    found = optimum(plans, {"mars": 2, "moon": 1}, assumptions=Assumptions(players=("esa", "nasa", "jaxa")))
    assert found.programme.proven
    assert 0 < found.reached < found.whole
    assert {one.candidates > one.unpriced for one in found.weighed if one.missions} == {True}
    assert all(one.unpriced <= one.candidates for one in found.weighed)
