"""Readiness: what a scenario's missions need, what supplies it and when, and who works on the rest."""

import datetime as dt

import pytest

from synodos.exchange import read_portfolio
from synodos.language import DateRange, PlannedDate, Scenario
from synodos.report import cell_text, readiness_answer
from synodos.roadmap import STAGES, outline, readiness
from tests.language.minimal import agency, history, statement


@pytest.fixture(scope="module")
def plans(root):
    return read_portfolio(root / "portfolios" / "exploration2011")


@pytest.fixture(scope="module")
def asteroid(plans):
    return readiness(plans, "asteroid-next")


def needs(found, mission):
    return {need.capability: need for one in found.missions if one.mission == mission for need in one.needs}


def with_element(portfolio, key, **said):
    return portfolio.replace(portfolio.elements[key].model_copy(update=said))


def test_missions_stand_in_the_order_of_the_scenario(plans, asteroid):
    assert tuple(one.mission for one in asteroid.missions) == outline(plans, "asteroid-next").missions


def test_what_flew_in_2011_flies(asteroid):
    assert needs(asteroid, "iss-2020")["leo-station"].stage == "flies"


def test_nobody_planned_a_crew_lander_for_mars_in_2011(asteroid):
    assert "mars-crew-landing" in dict(asteroid.unworked)
    assert next(one for one in asteroid.missions if one.mission == "crewed-mars").stage == "nobody"


def test_what_somebody_works_on_is_not_called_unworked(asteroid):
    support = needs(asteroid, "nasa-human-asteroid")["life-support"]
    assert support.stage == "nobody"
    assert "element:melissa" in {work.record for work in support.work}
    assert "life-support" not in dict(asteroid.unworked)


def test_a_launcher_serves_several_bodies(asteroid):
    assert dict(asteroid.reused)["element:sls"] == ("moon", "small-bodies", "mars")


def test_precursors_are_robotic_and_fly_before(plans, asteroid):
    crewed = next(one for one in asteroid.missions if one.mission == "nasa-human-asteroid")
    assert {"hayabusa-2", "osiris-rex"} <= set(crewed.precursors)
    for key in crewed.precursors:
        assert plans.missions[key].crewed is False
        assert plans.missions[key].planned.earliest < crewed.planned.earliest


def test_a_building_block_that_comes_late_makes_the_mission_late(plans):
    late = with_element(plans, "sls", available=DateRange("2030"))
    found = readiness(late, "asteroid-next")
    heavy = needs(found, "nasa-human-asteroid")["heavy-launch"]
    assert (heavy.stage, heavy.supplies[0].ready) == ("late", dt.date(2030, 1, 1))
    assert needs(found, "crewed-mars")["heavy-launch"].stage == "in time"


def test_a_scenario_that_flies_later_gives_time(plans):
    late = with_element(plans, "sls", available=DateRange("2030"))
    moved = PlannedDate.model_validate({"mission": "nasa-human-asteroid", "planned": "2031"})
    like = late.scenarios["asteroid-next"]
    said = {"id": "later", "builds_on": "asteroid-next", "missions": (), "planned_dates": (moved,)}
    later = late.replace(Scenario.model_validate(like.model_dump() | said))
    assert needs(readiness(later, "later"), "nasa-human-asteroid")["heavy-launch"].stage == "in time"


def test_of_what_a_requirement_names_together_the_least_ready_counts(plans):
    late = with_element(plans, "mpcv", available=DateRange("2040"))
    mission = late.missions["crewed-mars"]
    both = tuple(
        one.model_copy(update={"met_by": ("sls", "mpcv")}) if one.capability == "heavy-launch" else one
        for one in mission.requirements
    )
    found = readiness(late.replace(mission.model_copy(update={"requirements": both})), "asteroid-next")
    heavy = needs(found, "crewed-mars")["heavy-launch"]
    assert [supply.stage for supply in heavy.supplies] == ["in time", "late"]
    assert heavy.stage == "late"


def test_of_what_could_supply_it_the_readiest_counts(asteroid):
    tracking = needs(asteroid, "hayabusa-2")["deep-space-tracking"]
    assert {supply.stage for supply in tracking.supplies} == {"flies", "in time", "not dated"}
    assert tracking.stage == "flies"


def test_a_robotic_mission_that_flies_later_is_no_precursor(plans):
    moved = plans.replace(plans.missions["osiris-rex"].model_copy(update={"planned": DateRange("2030")}))
    crewed = next(one for one in readiness(moved, "asteroid-next").missions if one.mission == "nasa-human-asteroid")
    assert "hayabusa-2" in crewed.precursors
    assert "osiris-rex" not in crewed.precursors


@pytest.mark.parametrize("status", ["cancelled", "lost", "completed", "deferred"])
def test_what_is_over_supplies_nothing(plans, status):
    found = readiness(with_element(plans, "sls", status=status), "asteroid-next")
    heavy = needs(found, "crewed-mars")["heavy-launch"]
    assert (heavy.stage, heavy.supplies) == ("nobody", ())


def test_declared_activities_say_when_something_is_ready():
    work = {"schedule": "plan", "leads_to": "lander"}
    needs = [{"capability": "mars-edl", "essential": True, "met_by": ["lander"]}]
    plans = history(
        agency("esa"),
        statement("element", id="lander", name="Lander", provides=["mars-edl"], available="2012"),
        statement("mission", id="landing", name="Landing", planned="2014", requirements=needs),
        statement("schedule", id="plan", name="Plan", starts="2012-01-01"),
        statement("activity", id="build", name="Build", duration_days=365, **work),
        statement("activity", id="test", name="Test", duration_days=730, after=[{"activity": "build"}], **work),
        statement("scenario", id="go", name="Go", missions=["landing"]),
    ).known_on()
    (need,) = readiness(plans, "go").missions[0].needs
    (supply,) = need.supplies
    assert (supply.dated_by, supply.ready, need.stage) == ("schedule", dt.date(2014, 12, 31), "in time")
    slow = plans.replace(plans.activities["test"].model_copy(update={"duration_days": 731.0}))
    (need,) = readiness(slow, "go").missions[0].needs
    assert (need.supplies[0].ready, need.stage) == (dt.date(2015, 1, 1), "late")
    bare = plans.without(*plans.activities.values())
    (need,) = readiness(bare, "go").missions[0].needs
    assert (need.supplies[0].dated_by, need.supplies[0].ready) == ("stated", dt.date(2012, 1, 1))


@pytest.mark.parametrize(
    ("folder", "scenario"),
    [("exploration2011", "moon-next"), ("exploration2026", "ilrs"), ("exploration2026", "artemis-2026")],
)
def test_stages_agree_with_what_they_rest_on(root, folder, scenario):
    found = readiness(read_portfolio(root / "portfolios" / folder), scenario)
    assert found.missions
    for mission in found.missions:
        for need in mission.needs:
            stages = [STAGES.index(supply.stage) for supply in need.supplies]
            assert (need.stage == "flies") <= (not need.work)
            assert not {supply.record for supply in need.supplies} & {work.record for work in need.work}
            assert STAGES.index(need.stage) >= min(stages, default=0)
        vital = [STAGES.index(need.stage) for need in mission.needs if need.essential]
        assert (mission.stage is None) == (not vital)
        assert mission.stage is None or STAGES.index(mission.stage) == max(vital)


def test_the_answer_tells_what_nobody_works_on(plans, asteroid):
    answer = readiness_answer(plans, outline(plans, "asteroid-next"), asteroid, drawn=True)
    assert answer.sentences[0].startswith("Asteroid Next: of 12 missions, 5 cannot do without something")
    missions = answer.tables[0]
    assert [row[0] for row in missions.rows] == [plans.missions[one.mission].name for one in asteroid.missions]
    mars = missions.rows[-1]
    assert "landing of crew on Mars" in cell_text(mars[missions.columns.index("nobody supplies")])
    assert set(answer.envelope.evidence) >= {"scenario:asteroid-next", "element:sls", "mission:crewed-mars"}
    assert answer.document is not None
    figure = answer.document.sections[0].figure
    assert figure is not None
    assert "nobody supplies 11" in figure.alt


def test_what_must_be_closed_first_stands_first(plans, asteroid):
    days = [gap.by.latest for gap in asteroid.gaps if gap.by]
    assert days == sorted(days)
    assert [gap.by is None for gap in asteroid.gaps] == sorted(gap.by is None for gap in asteroid.gaps)
    radiation = next(gap for gap in asteroid.gaps if gap.capability == "radiation-protection")
    assert (radiation.missions, str(radiation.by)) == (("nasa-human-asteroid",), "2025")


def test_a_gap_says_who_would_close_it(asteroid):
    support = next(gap for gap in asteroid.gaps if gap.capability == "life-support")
    assert "element:melissa" in {work.record for sort in ("technology", "station") for work in support.closed_by(sort)}


@pytest.mark.parametrize(
    ("folder", "scenario"), [("exploration2011", "moon-next"), ("exploration2026", "artemis-2026")]
)
def test_a_gap_is_what_neither_flies_nor_comes_in_time(root, folder, scenario):
    found = readiness(read_portfolio(root / "portfolios" / folder), scenario)
    wanted = {
        (need.capability, one.mission)
        for one in found.missions
        for need in one.needs
        if need.essential is not False and need.stage in {"not dated", "late", "nobody"}
    }
    assert {(gap.capability, mission) for gap in found.gaps for mission in gap.missions} == wanted
    assert {key for key, _ in found.unworked} <= {gap.capability for gap in found.gaps if not gap.work}


def test_the_answer_opens_the_gaps_by_the_day_on_which_they_are_needed(plans, asteroid):
    answer = readiness_answer(plans, outline(plans, "asteroid-next"), asteroid)
    assert "14 gaps to close before the missions can count on everything: the first, by 2014" in answer.sentences[1]
    gaps = next(table for table in answer.tables if table.name == "gaps")
    assert gaps.rows[0][:3] == ("storage, study or loan of returned samples", "2014", "Hayabusa-2")
    assert len(gaps.rows) == len(asteroid.gaps)
