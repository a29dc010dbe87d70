"""The game of the programme: worked out by hand."""

import datetime as dt
import json
from dataclasses import asdict

import pytest

from synodos.coalition import Assumptions, plan, planning_case, worth
from tests.coalition.planned_worlds import (
    MILLION,
    agency,
    commitment,
    element,
    euros,
    history,
    interest,
    mission,
    needs,
    planetary,
    portfolio,
)

GOAL, OTHER, THIRD = "objective-resource-maps", "objective-local-resources", "objective-human-health"
MOON = {"destinations": ["moon"]}
PROGRAMME = Assumptions(game="programme")


def flown(*records, group=None, **given):
    """By mission the year in which it flies."""
    found = plan(portfolio(*records), group, Assumptions(game="programme", **given))
    return {one.mission.partition(":")[2]: one.year for one in found.flights}


def why(*records, group=None, **given):
    """By mission why it does not fly."""
    found = plan(portfolio(*records), group, Assumptions(game="programme", **given))
    return {one.mission.partition(":")[2]: "; ".join(one.reasons) for one in found.grounded}


def lone(cost=60, budget=10, **fields):
    """One agency with a mission to the Moon planned for 2018, six years after the first that is planned."""
    return [agency("esa", budget), mission("landing", "esa", (), cost, objectives=[GOAL], **{**MOON, **fields})]


def test_a_mission_flies_only_where_every_year_can_pay_for_it():
    # Six years from 2013 to 2018, since nothing is spent on a plan before the first year.
    assert flown(*lone(60, 10)) == {"landing": 2018}
    assert flown(*lone(60, 9)) == {"landing": 2019}, "a year later there are seven years to pay"
    assert flown(*lone(60, 7)) == {}
    assert why(*lone(60, 7)) == {"landing": "not by 2027, the last year that is considered: the budgets do not suffice"}


def test_what_lies_behind_is_paid_where_work_has_begun():
    # 87 months from start to launch are seven years, of which 2012 is over.
    assert flown(*lone(70, 10, status="in-development")) == {"landing": 2018}
    assert flown(*lone(70, 9, status="in-development")) == {}
    estimated = flown(*lone(60, 12), years=15, development_days=5 * 365.25)
    assert estimated == {"landing": 2018}


def test_yearly_costs_add_up_and_stay_within_budgets():
    found = plan(portfolio(*lone(60, 10)), None, PROGRAMME)
    assert [(one.year, one.amount, one.budget) for one in found.spending] == [
        (year, pytest.approx(10 * MILLION), 10 * MILLION) for year in range(2013, 2019)
    ]
    assert dict(found.costs) == {"esa": pytest.approx(60 * MILLION)}


def test_a_budget_can_be_cut_and_need_not_hold_on():
    assert flown(*lone(60, 20), budget_share=0.5) == {"landing": 2018}
    assert flown(*lone(60, 20), budget_share=0.3) == {}
    assert flown(*lone(60, 20), budgets_beyond="none") == {}
    rows = [euros(40, period="2013..2016"), euros(20, period="2017..2018"), euros(3, period="2013")]
    stated = [agency("esa", exploration_budget=rows), *lone()[1:]]
    assert flown(*stated, budgets_beyond="none") == {"landing": 2018}, "the largest amount of each year is taken"


def test_without_a_stated_budget_nothing_is_paid_and_the_answer_says_so():
    found = plan(portfolio(*lone(60, None)), None, PROGRAMME)
    assert not found.flights
    assert [(one.record, one.what) for one in found.missing] == [("agency:esa", "budget")]


@pytest.mark.parametrize(
    ("planned", "flies"),
    [("2016", 2016), ("2017", 2018), ("2019", 2020), ("2021", 2022)],
)
def test_a_mission_to_mars_waits_for_a_launch_period(planned, flies):
    found = plan(
        portfolio(*lone(60, 100, destinations=["mars"], planned=planned, launch_opportunity=planetary())),
        None,
        PROGRAMME,
    )
    (flight,) = found.flights
    assert flight.year == flies
    assert flight.opens.year <= flies <= flight.closes.year


def test_its_own_list_of_launch_periods_wins():
    listed = {"type": "listed", "periods": ["2019-03..2019-04"]}
    assert flown(*lone(60, 100, launch_opportunity=listed)) == {"landing": 2019}
    assert (
        "no year that has a launch period" in why(*lone(60, 100, planned="2020", launch_opportunity=listed))["landing"]
    )


def test_a_launch_period_that_is_not_stated_is_told():
    found = plan(portfolio(*lone(60, 100, destinations=["mars"])), None, PROGRAMME)
    assert any("as the destination suggests: Landing (Mars)" in note for note in found.notes)


def pair(lander=80, budgets=(100, 100), **fields):
    """A mission of one agency that needs the lander of the other."""
    fields = {"available": "2017..", **fields}
    return [
        agency("esa", budgets[0]),
        agency("jaxa", budgets[1]),
        element("lander", "jaxa", ["lunar-lander"], lander, **MOON, **fields),
        mission("landing", "esa", [needs("lunar-lander", "lander")], 60, objectives=[GOAL], **MOON),
    ]


def test_who_builds_what_and_what_it_costs():
    found = plan(portfolio(*pair(budgets=(9.2, 30))), None, PROGRAMME)
    (build,) = found.builds
    assert (build.record, build.builder, build.partners, build.ready) == ("element:lander", "jaxa", ("esa",), 2017)
    assert build.serves == ("mission:landing",)
    assert build.transaction == pytest.approx(80 * MILLION * (2**0.15 - 1))
    costs = dict(found.costs)
    assert costs["jaxa"] == pytest.approx(80 * MILLION)
    assert costs["esa"] == pytest.approx(60 * MILLION + build.transaction)
    assert found.taking_part == {"landing": ("esa", "jaxa"), "lander": ("jaxa", "esa")}
    assert [(one.id, one.able[0]) for one in found.contributions] == [
        ("element:lander", "jaxa"),
        ("mission:landing", "esa"),
    ]


def test_who_depends_on_it_could_develop_it_too():
    # Japan cannot pay for the lander; Europe, for whom it is, can.
    found = plan(portfolio(*pair(budgets=(100, 5))), None, PROGRAMME)
    assert [(one.record, one.builder) for one in found.builds] == [("element:lander", "esa")]
    assert plan(portfolio(*pair(budgets=(9, 5))), None, PROGRAMME).flights == ()


def test_a_lander_is_there_before_the_mission_flies():
    assert flown(*pair()) == {"landing": 2018}
    assert flown(*pair(available="2020..")) == {"landing": 2020}
    assert flown(*pair(available="2030..")) == {}


def test_a_group_that_has_to_develop_it_flies_later():
    records = [*pair(available="2019.."), agency("nasa", 10)]
    there = element("there", "nasa", ["lunar-lander"], status="operating", **MOON)
    assert flown(*records, there) == {"landing": 2018}
    assert flown(*records, there, group=["esa", "jaxa"]) == {"landing": 2019}
    third = element("third", "jaxa", ["lunar-lander"], 70, available="2019..", **MOON)
    assert flown(*records, there, third, group=["esa", "jaxa"]) == {"landing": 2019}, "nor with two to choose from"


def test_what_no_budget_can_pay_is_no_choice():
    case = planning_case(portfolio(*lone(60, 7)), PROGRAMME)
    assert case.choices == ()
    assert {one.sort for one in planning_case(portfolio(*lone(60, 10)), PROGRAMME).choices} == {"fly", "reach", "care"}


def test_a_commitment_that_may_fail_needs_a_reserve():
    # The first that joins sets aside one tenth of 80, and pays 80 (2^0.15 - 1) = 8.77, both over fifteen years.
    room = 10 + (8.77 + 8) / 15
    word = commitment("word", "jaxa", ["lander"], kept_probability=0.9)
    found = plan(portfolio(*pair(budgets=(room + 0.01, 30)), word), None, PROGRAMME)
    assert found.reserve == pytest.approx(8 * MILLION)
    assert found.flights[0].year == 2018
    later = plan(portfolio(*pair(budgets=(room - 0.01, 30)), word), None, PROGRAMME)
    assert later.flights[0].year == 2019


def test_a_need_is_met_within_the_group_or_not_at_all():
    records = [*pair(lander=80), agency("nasa", 10)]
    records[3] = mission(
        "landing", "esa", [needs("lunar-lander", "lander"), needs("surface-rover")], 60, objectives=[GOAL], **MOON
    )
    assert "nobody provides" in why(*records)["landing"]
    rover = element("rover", "nasa", ["surface-rover"], status="operating", **MOON)
    assert flown(*records, rover) == {"landing": 2018}
    assert flown(*records, rover, group=["esa", "jaxa"]) == {}
    assert "only agencies outside the group" in why(*records, rover, group=["esa", "jaxa"])["landing"]
    assert flown(*records, rover, group=["esa", "nasa"]) == {"landing": 2018}, "Europe develops the lander itself"


def test_what_can_be_done_without_does_not_hold_a_mission():
    records = pair()
    spare = [needs("lunar-lander", "lander"), needs("surface-rover", essential=False)]
    records[3] = mission("landing", "esa", spare, 60, objectives=[GOAL], **MOON)
    assert flown(*records) == {"landing": 2018}
    unknown = [needs("lunar-lander", "lander"), needs("surface-rover", essential=None)]
    records[3] = mission("landing", "esa", unknown, 60, objectives=[GOAL], **MOON)
    assert flown(*records) == {}
    assert flown(*records, unknown_needs="not essential") == {"landing": 2018}


def test_a_chosen_redundancy_takes_two_providers():
    second = element("second", "nasa", ["lunar-lander"], status="operating", **MOON)
    records = [*pair(), agency("nasa", 10), second]
    assert flown(*records, providers_per_need=2) == {"landing": 2018}
    assert flown(*records, providers_per_need=2, group=["esa", "jaxa"]) == {"landing": 2018}, "each develops one"
    assert flown(*records, providers_per_need=2, group=["esa"]) == {}
    assert flown(*records, providers_per_need=3) == {"landing": 2018}
    assert flown(*records, providers_per_need=3, group=["esa", "jaxa"]) == {}
    assert "providers are there" in why(*pair(), agency("nasa", 10), providers_per_need=3)["landing"]


def test_what_exists_is_there_in_its_years_only():
    shuttle = {"status": "operating", "available": "2010..2015", **MOON}
    records = [agency("esa", 100), agency("nasa", 100), element("old", "nasa", ["lunar-lander"], **shuttle)]
    early = mission("early", "esa", [needs("lunar-lander", "old")], 60, objectives=[GOAL], planned="2015", **MOON)
    late = mission("late", "esa", [needs("lunar-lander", "old")], 60, objectives=[OTHER], planned="2016", **MOON)
    assert flown(*records, early, late) == {"early": 2015}


def test_a_mission_can_wait_for_another():
    orbiter = mission("orbiter", "jaxa", (), 50, objectives=[OTHER], planned="2019", provides=["lunar-relay"], **MOON)
    landing = mission("landing", "esa", [needs("lunar-relay", "orbiter")], 60, objectives=[GOAL], **MOON)
    assert flown(agency("esa", 100), agency("jaxa", 100), orbiter, landing) == {"orbiter": 2019, "landing": 2019}
    assert flown(agency("esa", 100), agency("jaxa", 1), orbiter, landing) == {}


def test_what_is_needed_later_may_come_later():
    store = element("store", "jaxa", ["lunar-lander"], 80, available="2021..", **MOON)
    wanted = mission("landing", "esa", [needs("lunar-lander", "store", by="2021")], 60, objectives=[GOAL], **MOON)
    assert flown(agency("esa", 100), agency("jaxa", 100), store, wanted) == {"landing": 2018}


def test_a_mission_s_own_cost_pays_for_its_own_elements_without_a_figure():
    lander = element("lander", "esa", ["lunar-lander"], **MOON)
    landing = mission("landing", "esa", [needs("lunar-lander", "lander")], 60, objectives=[GOAL], **MOON)
    assert flown(agency("esa", 10), lander, landing) == {"landing": 2018}
    costed = element("lander", "esa", ["lunar-lander"], 60, available="2018..", **MOON)
    assert flown(agency("esa", 10), costed, landing) == {"landing": 2025}, "one after the other"
    assert flown(agency("esa", 10), costed, landing, years=12) == {}
    assert flown(agency("esa", 20), costed, landing) == {"landing": 2018}


def test_missions_without_a_figure_stay_on_the_ground_and_are_named():
    found = plan(portfolio(*lone(None)), None, PROGRAMME)
    assert [one.record for one in found.missing] == ["mission:landing"]
    assert "its cost is missing (no cost is stated or estimated)" in found.grounded[0].reasons[0]
    other = {"money": {"amount": 60 * MILLION, "currency": "USD", "price_year": 2011}}
    found = plan(portfolio(*lone(None, costs=[other])), None, Assumptions("programme", (), "EUR", 2011))
    assert "no rate or index of the portfolio brings to EUR at prices of 2011" in found.missing[0].why
    rate = {"currency": "EUR", "in_currency": "USD", "rate": 1.2, "on": "2011", "sources": ["paper"]}
    changed = portfolio(*lone(None, costs=[other]), exchange_rates=[rate])
    found = plan(changed, None, Assumptions("programme", (), "EUR", 2011))
    assert found.flights[0].cost == pytest.approx(50 * MILLION)


def test_prices_of_near_years_count_as_they_stand_only_if_asked_for():
    old = {"money": {"amount": 60 * MILLION, "currency": "EUR", "price_year": 2009}}
    records = lone(None, costs=[old])
    terms = {"currency": "EUR", "price_year": 2011}
    assert flown(*records, **terms) == {}
    assert flown(*records, **terms, price_years_apart=1) == {}
    assert flown(*records, **terms, price_years_apart=2) == {"landing": 2018}
    bare = {"money": {"amount": 60 * MILLION, "currency": "EUR"}, "period": "2011..2018"}
    assert flown(*lone(None, costs=[bare]), **terms) == {}
    assert flown(*lone(None, costs=[bare]), **terms, unstated_prices="period") == {"landing": 2018}


def test_objectives_weigh_by_the_interests_of_all_players():
    records = [
        *lone(60, 10),
        agency("jaxa", 10),
        mission("survey", "jaxa", (), 60, objectives=[GOAL, OTHER], **MOON),
        interest("maps", "esa", [GOAL], "low"),
        interest("science", "jaxa", ["goal-science-for-human-exploration"], "medium"),
    ]
    found = plan(portfolio(*records), None, PROGRAMME)
    # What serves an objective shows an interest of 0.5, more than a low one; jaxa cares for the goal above maps.
    assert {one.objective: one.weight for one in found.reached} == {GOAL: pytest.approx(1.2), OTHER: 0.5}
    assert found.worth == 0, "jaxa reaches all of it alone"
    assert dict(found.alone_worth) == pytest.approx({"esa": 0.5, "jaxa": 1.2})
    assert [one.weight for one in plan(portfolio(*records), ["esa"], PROGRAMME).reached] == [0.5], "to its members"
    assert [one.mission for one in found.flights] == ["mission:survey"], "of equally good plans the cheapest"
    assert why(*records)["landing"] == "what it serves is reached without it"


def test_worths_of_all_groups():
    found = worth(portfolio(*pair(budgets=(9.2, 30)), agency("nasa", 1)), PROGRAMME)
    assert found.game.worths.tolist() == [0, 0, 0, 0.5, 0, 0, 0, 0.5]
    assert found.dummies == ("nasa",)
    assert ("esa", "jaxa") in found.alike
    assert found.unit == "weight of objectives"
    assert found.budgets == (pytest.approx(138 * MILLION), pytest.approx(450 * MILLION), pytest.approx(15 * MILLION))


def test_what_an_agency_reaches_alone_in_later_years_is_no_gain():
    # Two years of flight, and Europe alone is too late: with 12 a year it pays 140 by 2026.
    records = pair(budgets=(12, 30))
    assert worth(portfolio(*records), Assumptions("programme", flight_years=2)).game.whole == pytest.approx(0.5)
    found = worth(portfolio(*records), PROGRAMME)
    assert found.game.whole == 0
    assert found.side_by_side == pytest.approx((0.5, 0))
    assert [one.year for one in dict(found.alone)["esa"].flights] == [2026]
    assumed = {one.name: one for one in found.assumptions}
    assert assumed["flight_years"].value == "all 15"
    fewer = plan(portfolio(*lone(60, 7)), None, Assumptions("programme", flight_years=1)).grounded
    assert "not by 2018" in fewer[0].reasons[0]


def doubled(*more):
    """Two agencies that fly for the same objective, each alone; both care for it."""
    first, second = (mission(f"{one}-survey", one, (), 60, objectives=[GOAL], **MOON) for one in ("esa", "jaxa"))
    return portfolio(agency("esa", 10), agency("jaxa", 10), first, second, *more)


def test_what_several_reach_alone_is_neither_gain_nor_loss():
    found = worth(doubled(), PROGRAMME)
    assert found.game.worths.tolist() == [0, 0, 0, 0]
    assert found.side_by_side == found.served == pytest.approx((0.5, 0.5))
    assert len(found.together.flights) == 1, "one of the two is enough for what both care for"


def test_nobody_is_left_with_less_than_if_each_went_alone():
    """A lander that Japan pays for would serve a weightier objective: not at the price of what it reaches alone."""
    mine = mission("own", "jaxa", (), 60, objectives=[OTHER], planned="2027", **MOON)
    goals = [interest("maps", "esa", [GOAL]), interest("health", "esa", [THIRD])]
    lander = element("lander", "jaxa", ["lunar-lander"], 60, available="2027..", **MOON)
    wanted = [needs("lunar-lander", "lander")]
    theirs = mission("landing", "esa", wanted, 30, objectives=[GOAL, THIRD], planned="2027", **MOON)
    agencies = agency("esa", 5), agency("jaxa", 10)
    both = portfolio(*agencies, mine, lander, theirs, *goals)
    found = worth(both, PROGRAMME)
    assert found.together.worth == 0
    assert [one.mission for one in found.together.flights] == ["mission:own"]
    assert plan(portfolio(*agencies, lander, theirs, *goals), None, PROGRAMME).worth == pytest.approx(2)


def test_the_portfolio_stays_as_it_is():
    before = portfolio(*pair())
    told = before.sha256
    plan(before, None, PROGRAMME)
    plan(before)
    assert before.sha256 == told


@pytest.mark.parametrize("game", ["savings", "programme"])
def test_the_public_sees_nothing_of_hidden_records(game):
    records = [
        *pair(),
        element("secret-lander", "jaxa", ["lunar-lander"], 10, release="private", **MOON),
        mission("secret-landing", "jaxa", [needs("lunar-lander", "secret-lander")], 10, release="private", **MOON),
        commitment("secret-word", "jaxa", ["lander"], kept_probability=0.123, release="private"),
        mission("open", "jaxa", [needs("lunar-lander", "secret-lander")], 10, objectives=[THIRD], **MOON),
    ]
    day = dt.date(2012, 1, 31)
    seen = history(*records).known_on(day, "public")
    found = worth(seen, Assumptions(game=game))
    told = json.dumps([asdict(found.together), *(asdict(one) for _, one in found.alone)], default=str)
    assert "secret" not in told.casefold()
    assert "0.123" not in told
    unseen = [one for one in found.missing if "may not be seen" in one.why]
    assert [one.record for one in unseen] == ["mission:open"], "that it depends on something unseen is told"
    assert any("may not be seen meets these needs" in note for note in found.notes)
    own = plan(history(*records).known_on(day), None, Assumptions(game=game))
    assert "secret" in json.dumps(asdict(own), default=str)


def test_a_source_that_came_later_is_not_quoted():
    rows = {one.name: one for one in planning_case(portfolio(*lone()), PROGRAMME).assumptions}
    assert "hindsight" in rows["development_days"].source
    assert "2021" in rows["development_days"].source
    assert "spacepolicyonline" not in rows["development_days"].source
    given = planning_case(portfolio(*lone()), Assumptions("programme", exponent=0.3)).assumptions
    assert next(one for one in given if one.name == "exponent").source == "given with the question"
