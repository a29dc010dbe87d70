"""Alignment: what a scenario makes of an agency's plans, and what that agency could do for it."""

import pytest

from synodos.exchange import read_portfolio
from synodos.language import DateRange
from synodos.report import alignment_answer
from synodos.roadmap import align, outline, readiness


@pytest.fixture(scope="module")
def plans(root):
    return read_portfolio(root / "portfolios" / "exploration2011")


def changed(portfolio, table, key, **said):
    return portfolio.replace(getattr(portfolio, table)[key].model_copy(update=said))


def advised(portfolio, agency="nasa", scenario="asteroid-next"):
    return {(one.sort, one.record): one for one in align(portfolio, scenario, agency).advice}


def test_every_plan_of_the_agency_is_told_used_ones_first(plans):
    found = align(plans, "asteroid-next", "jaxa")
    records = [use.record for use in found.uses]
    own = {f"mission:{m.id}" for m in plans.missions.values() if m.owner == "jaxa"}
    own |= {f"element:{e.id}" for e in plans.elements.values() if e.owner == "jaxa"}
    assert set(records) <= own
    assert "mission:hayabusa-2" in records
    assert [bool(use.used_by) for use in found.uses] == sorted((bool(use.used_by) for use in found.uses), reverse=True)


def test_melissa_would_help_with_life_support(plans):
    advice = advised(plans, "esa")["offer", "element:melissa"]
    assert (advice.capability, advice.helps) == ("life-support", ("nasa-human-asteroid",))
    assert str(advice.by) == "2025-12-31"


def test_what_comes_late_is_to_be_brought_forward_by_so_many_days(plans):
    late = changed(plans, "elements", "sls", available=DateRange("2026-01-31"))
    advice = advised(late)["bring forward", "element:sls"]
    assert "nasa-human-asteroid" in advice.helps
    assert advice.days_early >= 31
    use = next(use for use in align(late, "asteroid-next", "nasa").uses if use.record == "element:sls")
    assert (use.stage, use.margin_days) == ("late", -advice.days_early)


def test_taking_the_advice_helps(plans):
    late = changed(plans, "elements", "sls", available=DateRange("2026-01-31"))
    advice = advised(late)["bring forward", "element:sls"]
    taken = changed(late, "elements", "sls", available=DateRange(str(advice.by)))
    assert ("bring forward", "element:sls") not in advised(taken)
    needs = [need for mission in readiness(taken, "asteroid-next").missions for need in mission.needs]
    stages = {need.stage for need in needs if need.capability == "heavy-launch"}
    assert "late" not in stages


def test_a_block_without_a_date_is_asked_for_one(plans):
    undated = changed(plans, "elements", "sls", available=None)
    assert "nasa-human-asteroid" in advised(undated)["say when", "element:sls"].helps
    assert ("say when", "element:sls") not in advised(plans)


def test_who_leads_a_mission_without_a_date_is_asked_for_it(plans):
    mission = plans.missions["habitat-near-moon"]
    assert mission.planned is None
    assert ("say when", "mission:habitat-near-moon") in advised(plans, mission.owner)


def test_what_helps_most_missions_stands_first(plans):
    counts = [len(one.helps) for one in align(plans, "moon-next", "nasa").advice]
    assert counts == sorted(counts, reverse=True)
    assert counts


def test_nothing_is_changed_and_strangers_are_refused(plans):
    before = plans.sha256
    align(plans, "moon-next", "csa")
    assert plans.sha256 == before
    with pytest.raises(ValueError, match="no 'nas'"):
        align(plans, "moon-next", "nas")


def test_the_page_shows_advice_and_what_becomes_of_each_plan(plans):
    answer = alignment_answer(plans, outline(plans, "moon-next"), align(plans, "moon-next", "esa"), drawn=True)
    assert answer.document is not None
    assert [table.name for section in answer.document.sections for table in section.tables] == ["advice", "uses"]
    assert "ESA" in answer.document.title
