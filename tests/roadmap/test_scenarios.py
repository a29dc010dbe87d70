"""A scenario is the plans as they would stand if it were followed; the plans themselves stay as they were."""

import pytest

from synodos.exchange import read_portfolio
from synodos.language import ChosenProvider, PlannedDate, Scenario, Step
from synodos.roadmap import outline, under


@pytest.fixture(scope="module")
def plans(root):
    return read_portfolio(root / "portfolios" / "exploration2011")


def scenario(portfolio, key, **said):
    like = portfolio.scenarios["asteroid-next"]
    bare = {"missions": (), "steps": (), "assumptions": (), "favoured_by": ()}
    return portfolio.replace(like.model_copy(update=bare | {"id": key, "name": key} | said))


def test_pathways_of_2011_start_at_the_station_and_end_on_mars(plans):
    for key in ("asteroid-next", "moon-next"):
        missions = outline(plans, key).missions
        assert (missions[0], missions[-1]) == ("iss-2020", "crewed-mars")
    assert set(outline(plans, "asteroid-next").missions) != set(outline(plans, "moon-next").missions)


def test_only_chosen_missions_fly_and_the_plans_stay(plans):
    before = plans.sha256
    followed = under(plans, "moon-next")
    assert set(followed.missions) == set(plans.scenarios["moon-next"].missions)
    assert followed.elements == plans.elements
    assert plans.sha256 == before


def test_a_scenario_builds_on_another(plans):
    later = PlannedDate.model_validate({"mission": "crewed-mars", "planned": "2041"})
    extended = scenario(
        plans,
        "asteroid-later",
        builds_on="asteroid-next",
        leaves_out=("xprm",),
        missions=("luna-glob",),
        planned_dates=(later,),
        assumptions=("Budgets stay flat.",),
    )
    found = outline(extended, "asteroid-later")
    taken = [key for key in outline(plans, "asteroid-next").missions if key != "xprm"]
    assert list(found.missions) == [*taken, "luna-glob"]
    assert found.builds_on == ("asteroid-next",)
    assert found.assumptions[-1] == "Budgets stay flat."
    assert str(under(extended, "asteroid-later").missions["crewed-mars"].planned) == "2041"
    assert under(extended, "asteroid-next").missions["crewed-mars"] == plans.missions["crewed-mars"]


def test_what_is_said_later_wins(plans):
    first, second = (
        PlannedDate.model_validate({"mission": "crewed-mars", "planned": year}) for year in ("2041", "2043")
    )
    portfolio = scenario(plans, "a", missions=("crewed-mars",), planned_dates=(first,))
    portfolio = scenario(portfolio, "b", builds_on="a", planned_dates=(second,))
    assert [str(when) for _, when in outline(portfolio, "b").planned_dates] == ["2043"]


def test_a_scenario_chooses_who_meets_a_requirement(plans):
    mission, wanted = next(
        (mission, one) for mission in plans.missions.values() for one in mission.requirements if one.met_by
    )
    other = next(key for key in plans.elements if key not in wanted.met_by)
    chosen = ChosenProvider(plan=mission.id, capability=wanted.capability, met_by=(other,))
    portfolio = scenario(plans, "a", missions=(mission.id,), providers=(chosen,))
    met = [
        r.met_by for r in under(portfolio, "a").missions[mission.id].requirements if r.capability == wanted.capability
    ]
    assert set(met) == {(other,)}
    assert plans.missions[mission.id].requirements == mission.requirements


def test_what_a_scenario_supposes_happens(plans):
    portfolio = scenario(
        plans, "a", missions=("luna-glob", "xprm"), supposes=(Step(does="cancel", plans=("luna-glob",)),)
    )
    assert under(portfolio, "a").missions["luna-glob"].status == "cancelled"


def test_circles_and_unknown_scenarios_are_refused(plans):
    circle = scenario(scenario(plans, "a", builds_on="b"), "b", builds_on="a")
    with pytest.raises(ValueError, match="a → b → a"):
        outline(circle, "a")
    with pytest.raises(ValueError, match="no 'mars-now'"):
        under(plans, "mars-now")


def test_missions_that_cannot_be_seen_are_named(plans):
    portfolio = scenario(plans, "a", missions=("xprm", "withheld"))
    assert outline(portfolio, "a").missing == ("withheld",)


def test_a_circle_in_files_is_a_fault(plans):
    from synodos.language import History, faults

    records = [r for r in scenario(scenario(plans, "a", builds_on="b"), "b", builds_on="a") if r.id in {"a", "b"}]
    found = [
        fault.code for fault in faults(History(plans.header, tuple(r for r in records if isinstance(r, Scenario))))
    ]
    assert "scenario.loop" in found
