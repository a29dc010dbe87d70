"""Scenarios side by side: every aspect agrees with the engine that it comes from, and nothing is scored."""

import datetime as dt

import pytest

from synodos import law, schedule
from synodos.exchange import read_portfolio
from synodos.forum import instrument_items
from synodos.language import Cost, DateRange, Money, Portfolio, Requirement
from synodos.report import scenarios_answer
from synodos.roadmap import ASPECTS, Arrival, compare, open_matters, under
from synodos.roadmap.comparing.binding import binding
from synodos.roadmap.comparing.followed import followed
from synodos.roadmap.comparing.gaining import gain
from synodos.roadmap.comparing.serving import goals_of, themes_of
from synodos.roadmap.comparing.spending import costs
from synodos.roadmap.editions.asking import instruments

PATHWAYS = ("asteroid-next", "moon-next")
QUICK = ("objectives", "costs", "dependence", "path")


@pytest.fixture(scope="module")
def plans(root):
    return read_portfolio(root / "portfolios" / "exploration2011")


@pytest.fixture(scope="module")
def found(plans):
    return compare(plans, PATHWAYS, aspects=ASPECTS[:-1], iterations=200)


def test_the_pathways_of_2011_share_the_station_and_mars(found):
    assert {"iss-2020", "crewed-mars"} <= set(found.shared)
    assert [one.id for one in found.scenarios] == list(PATHWAYS)
    for one in found.scenarios:
        assert one.crewed + one.robotic + one.not_stated == len(one.missions)


def test_the_first_to_arrive_is_the_earliest(plans, found):
    for one in found.scenarios:
        for arrival in one.arrivals:
            rivals = [
                plans.missions[key].planned.earliest
                for key in one.missions
                if (plans.missions[key].crewed is True) == arrival.crewed
                and arrival.body in followed(plans, one.id).bodies_of(plans.missions[key])
                and plans.missions[key].planned
            ]
            assert (arrival.planned.earliest if arrival.planned else None) == min(rivals, default=None)


def test_asteroid_next_reaches_an_asteroid_with_people_and_moon_next_the_moon(found):
    asteroid, moon = ({(a.body, a.crewed): a for a in one.arrivals} for one in found.scenarios)
    assert asteroid["small-bodies", True].mission == "nasa-human-asteroid"
    assert str(asteroid["small-bodies", True].planned) == "2025"
    assert moon["moon", True].planned is not None
    assert asteroid["mars", True].mission == moon["mars", True].mission


def test_chances_are_those_of_the_schedule(plans, found):
    arrival = next(a for a in found.scenarios[0].arrivals if a.mission == "nasa-human-asteroid")
    assert isinstance(arrival, Arrival)
    assert 0 <= arrival.in_time <= 1
    assert arrival.median <= arrival.p80
    followed_plans = under(plans, "asteroid-next")
    earliest = schedule.critical_path(schedule.network(followed_plans, ["nasa-human-asteroid"]), "nasa-human-asteroid")
    assert arrival.p80 >= schedule.moment_of(earliest.finish).date()


def test_goals_are_served_by_the_missions_that_state_them(plans, found):
    for one in found.scenarios:
        for served in one.served:
            reading = themes_of if served.goal.startswith("theme-") else goals_of
            stating = [key for key in one.missions if served.goal in reading(plans, plans.missions[key].objectives)]
            assert list(served.missions) == stating
            assert sum(count for _, count in served.years) + served.undated == len(stating)
    assert len(found.scenarios[0].served) == 13  # five themes and eight goals


def test_themes_are_served_by_way_of_the_goals(plans, found):
    """A theme that one goal serves has the missions of that goal, one that several serve has them all."""
    for one in found.scenarios:
        missions = {served.goal: set(served.missions) for served in one.served}
        assert missions["theme-sustained-presence"] == missions["goal-extend-human-presence"] != set()
        knowledge = ("search-for-life", "technologies-and-capabilities", "science-for-human-exploration")
        wider = [missions[f"goal-{name}"] for name in (*knowledge, "space-earth-and-applied-science")]
        assert missions["theme-new-knowledge"] == set().union(*wider)
    seats = themes_of(plans, ("objective-astronauts-of-all-partners",))
    assert seats == {"theme-global-partnership", "theme-sustained-presence"}
    assert themes_of(plans, ("goal-earth-safety",)) == frozenset()


def priced(plans, key, *amounts):
    told = tuple(
        Cost(money=Money(amount=amount, currency="USD", price_year=2011), period=DateRange(period) if period else None)
        for amount, period in amounts
    )
    return plans.replace(plans.missions[key].model_copy(update={"costs": told}))


def spent(portfolio: Portfolio, scenario, agency):
    told = costs(followed(portfolio, scenario))
    assert (told.currency, told.price_year) == ("USD", 2011)
    return {row.year: row.cost for row in told.spending if row.agency == agency}


def test_an_amount_for_several_years_is_spread_over_them(plans):
    before = spent(priced(plans, "crewed-mars"), "asteroid-next", "isecg")
    after = spent(priced(plans, "crewed-mars", (900.0, "2030..2032")), "asteroid-next", "isecg")
    assert before == {}
    assert after == pytest.approx({2030: 300.0, 2031: 300.0, 2032: 300.0})


def test_of_amounts_for_one_period_the_largest_counts(plans):
    told = spent(priced(plans, "crewed-mars", (900.0, "2030"), (200.0, "2030"), (50.0, "")), "moon-next", "isecg")
    assert told == pytest.approx({2030: 900.0, None: 50.0})


def test_what_a_building_block_rests_on_is_used_too(plans):
    rests = Requirement(capability="life-support", met_by=("melissa",))
    portfolio = plans.replace(plans.elements["sls"].model_copy(update={"needs": (rests,)}))
    assert "melissa" not in {one.id for one in followed(plans, "asteroid-next").elements}
    assert "melissa" in {one.id for one in followed(portfolio, "asteroid-next").elements}


def test_costs_count_only_what_the_scenario_flies_or_uses(plans):
    used = {f"element:{one.id}" for one in followed(plans, "asteroid-next").elements}
    told = costs(followed(plans, "asteroid-next"))
    flown = {f"mission:{key}" for key in plans.scenarios["asteroid-next"].missions}
    assert {record for row in told.spending for record in row.records} <= used | flown
    assert told.stated + told.unstated + len(told.not_comparable) == len(used | flown)


def test_the_longest_path_is_held_whole(found):
    for one in found.scenarios:
        assert one.path_to == "crewed-mars"
        assert sum(share.fraction for share in one.path) == pytest.approx(1)


def test_findings_are_those_of_law(plans, found):
    (asteroid, _) = found.scenarios
    scope = [f"mission:{key}" for key in asteroid.missions]
    every = law.assess(under(plans, "asteroid-next"), scope=scope).findings
    assert sum(count for _, count in asteroid.binding.findings) == len(every)
    needed = law.instruments(under(plans, "asteroid-next"), scope=scope)
    verdicts = {(need.cooperation, need.lead, need.partner): need.verdict for need in needed}
    assert len(verdicts) == asteroid.binding.needed
    lacking = {(f"mission:{mission}", *pair) for mission, *pair in asteroid.binding.lacking}
    assert lacking == {pair for pair, verdict in verdicts.items() if verdict != "covered"}
    assert "weight-not-known" in {verdicts[pair] for pair in lacking}


def test_an_instrument_whose_weight_is_not_known_is_open_wherever_instruments_are_told(plans):
    told = followed(plans, "asteroid-next")
    needs = law.instruments(told.portfolio, scope=told.law_scope)
    doubtful = {(need.cooperation, need.lead, need.partner) for need in needs if need.verdict == "weight-not-known"}
    assert doubtful
    compared = {(f"mission:{mission}", *pair) for mission, *pair in binding(told).lacking}
    frozen = {(f"mission:{one.mission}", one.lead, one.partner) for one in instruments([told])}
    assessment = law.assess(told.portfolio, scope=told.law_scope)
    matters = open_matters(told.portfolio, told.said.missions, assessment=assessment, needs=needs, watched=())
    asked = {(key, *one.who) for one in matters if one.sort == "conclude" for key in one.about}
    for listed in (compared, frozen, asked):
        assert doubtful <= listed
    on_agenda = instrument_items(told.portfolio, needs)
    assert len(on_agenda) == len(compared) == sum(not need.is_met for need in needs)


def test_nasa_could_stop_most_of_both(found):
    for one in found.scenarios:
        assert one.blows[0].agency == "nasa"
        assert "crewed-mars" in one.blows[0].stopped
        assert all(set(blow.stopped) <= set(one.missions) for blow in one.blows)
        assert all(blow.stopped or blow.late for blow in one.blows)


def test_a_slip_that_keeps_a_mission_waiting_is_told(plans, found):
    sls = plans.elements["sls"].available.earliest
    first = plans.missions["sls-first-flight"].planned.latest
    assert sls <= first < dt.date(sls.year + 2, 12, 31)
    assert "sls-first-flight" in next(blow for blow in found.scenarios[0].blows if blow.agency == "nasa").late


def test_who_saves_nothing_shares_nothing(plans):
    told = gain(followed(plans, "asteroid-next"))
    assert told.saved >= 0
    assert sum(share for _, share in told.shares) == pytest.approx(told.saved)
    assert len(told.shares) <= 8


def test_only_what_is_asked_is_told(plans):
    told = compare(plans, ["moon-next"], aspects=["objectives"])
    (one,) = told.scenarios
    assert one.served is not None
    assert (one.arrivals, one.costs, one.dependences, one.path, one.binding, one.blows, one.gain) == (None,) * 7


@pytest.mark.parametrize(("keys", "aspects"), [(["moon-next"], ["beauty"]), ([], ["costs"]), (["mars-now"], ["costs"])])
def test_what_is_not_there_is_refused(plans, keys, aspects):
    with pytest.raises(ValueError, match=r"beauty|no scenario|mars-now"):
        compare(plans, keys, aspects=aspects)


def test_progress_counts_every_aspect(plans):
    told = []
    compare(plans, PATHWAYS, aspects=QUICK, progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 8) for n in range(1, 9)]


def test_the_table_has_a_column_a_scenario_and_no_score(plans, found):
    answer = scenarios_answer(plans, found, {}, drawn=True)
    table = answer.tables[0]
    assert table.columns == ("aspect", "measure", "Asteroid Next", "Moon Next")
    rows = {row[1]: row[2:] for row in table.rows}
    assert rows["missions"] == (12, 15)
    assert rows["first people at asteroids and comets"][0].startswith("2025; ")
    assert rows["gravest withdrawal"][0].startswith("NASA: 6 of 12")
    assert not any("score" in str(row[1]) for row in table.rows)
    assert set(answer.envelope.evidence) >= {"scenario:asteroid-next", "scenario:moon-next", "mission:crewed-mars"}
    figure = answer.document.sections[0].figure
    assert "NASA leaving stops 6" in figure.alt


def test_more_than_five_scenarios_stand_side_by_side(root):
    portfolio = read_portfolio(root / "portfolios" / "exploration2026")
    told = compare(portfolio, list(portfolio.scenarios), aspects=QUICK)
    answer = scenarios_answer(portfolio, told, {}, drawn=True)
    assert len(told.scenarios) == len(portfolio.scenarios) > 5
    assert all(len(row) == len(answer.tables[0].columns) for row in answer.tables[0].rows)


def test_a_scenario_may_name_a_mission_that_was_given_up(plans):
    given_up = plans.missions["nasa-humans-mars"].model_copy(update={"status": "cancelled"})
    (told,) = compare(
        plans.replace(given_up), ["asteroid-next"], aspects=("dates", "path", "law"), iterations=50
    ).scenarios
    assert told.path_to == "crewed-mars"
    assert {one.mission for one in told.arrivals if one.body == "mars" and one.crewed} == {"crewed-mars"}
    assert told.binding.findings
