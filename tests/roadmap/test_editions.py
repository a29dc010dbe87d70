"""An edition says what the engines say, and what changed between two is what was changed."""

import dataclasses
import datetime as dt

import pytest

from synodos import law, schedule
from synodos.cooperation import opportunities
from synodos.language import DateRange, Participation, is_member
from synodos.roadmap import edition, edition_changes, in_order, readiness, under
from tests.two_lands import asked, written

SCENARIO = "poles-first"


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory):
    return written(root, tmp_path_factory.mktemp("two-lands"))


@pytest.fixture(scope="module")
def first(folder):
    return edition(*asked(folder, "first"))


@pytest.fixture(scope="module")
def second(folder):
    return edition(*asked(folder, "second"))


def missions(found):
    return {one.mission: one for one in found.scenarios[0].missions}


def test_an_edition_rests_on_what_was_known_on_its_day(folder, first):
    portfolio, plan = asked(folder, "first")
    assert first.portfolio.sha256 == portfolio.sha256
    assert first.portfolio.known_on == plan.day == dt.date(2025, 6, 30)
    assert first.portfolio.compiler == ""
    assert missions(first)["polar-lander"].planned == DateRange("2030")


def test_chances_are_those_of_the_schedule(folder, first):
    portfolio, plan = asked(folder, "first")
    followed = under(portfolio, SCENARIO)
    network = schedule.network(followed, sorted(missions(first)))
    told = schedule.risk(network, followed, iterations=plan.iterations, seed=plan.seed)
    for finish in (one for one in told.finishes if one.form == "mission"):
        (key,) = (record.removeprefix("mission:") for record in finish.records if record.startswith("mission:"))
        found = missions(first)[key]
        days = [finish.percentile(share).date() for share in (10, 50, 80)]
        assert [found.p10, found.p50, found.p80] == days
        assert days == sorted(days)
        assert found.in_time == finish.in_time


def test_what_has_flown_has_no_chances(second):
    orbiter = missions(second)["far-orbiter"]
    assert orbiter.flown
    assert (orbiter.p10, orbiter.p50, orbiter.p80, orbiter.in_time) == (None, None, None, None)


def test_what_is_put_off_or_given_up_has_no_chances(folder):
    portfolio, plan = asked(folder, "first")
    for status in ("deferred", "cancelled"):
        lander = portfolio.missions["polar-lander"].model_copy(update={"status": status})
        found = edition(portfolio.replace(lander), plan)
        assert missions(found)["polar-lander"].in_time is None
        assert all(one.in_time is None for one in found.comparison.scenarios[0].arrivals if one.mission == lander.id)


def test_gaps_are_the_needs_that_nobody_supplies(folder, first, second):
    portfolio, _ = asked(folder, "first")
    nobody = {
        need.capability
        for mission in readiness(portfolio, SCENARIO).missions
        for need in mission.needs
        if need.stage == "nobody"
    }
    assert {gap.capability for gap in first.gaps} == nobody == {"lunar-relay"}
    assert first.gaps[0].missions == ("polar-lander",)
    assert second.gaps == ()


def test_who_takes_part_and_who_is_a_member(folder, first, second):
    for found, name in ((first, "first"), (second, "second")):
        portfolio, _ = asked(folder, name)
        assert {one.agency for one in found.agencies if one.member} == {
            key for key in portfolio.agencies if is_member(portfolio, key)
        }
        led = {(one.agency, key) for one in found.agencies for key in one.leads}
        assert led == {(one.lead, one.mission) for one in missions(found).values()}
    assert next(one for one in second.agencies if one.agency == "south").joins == ("polar-lander",)


def test_instruments_are_those_of_law_that_are_not_in_force(folder, second):
    portfolio, _ = asked(folder, "second")
    needs = law.instruments(portfolio, scope=["mission:polar-lander"])
    assert [(one.mission, one.lead, one.partner, one.rung) for one in second.instruments] == [
        ("polar-lander", need.lead, need.partner, need.rung) for need in needs
    ]
    assert second.instruments[0].verdict == "missing"


def test_opportunities_are_the_best(folder, first):
    portfolio, _ = asked(folder, "first")
    found = opportunities(portfolio)
    assert first.opportunities == found.ranked[:20]
    assert first.opportunity_count == found.total


def test_the_order_in_which_records_were_read_changes_nothing(folder, first):
    portfolio, plan = asked(folder, "first")
    backwards = {kind: dict(reversed(table.items())) for kind, table in portfolio.tables.items()}
    assert edition(dataclasses.replace(portfolio, tables=backwards), plan) == first
    assert in_order(portfolio).sha256 == portfolio.sha256


def test_another_day_viewer_or_name_is_refused(folder):
    portfolio, plan = asked(folder, "first")
    later, _ = asked(folder, "second")
    for wrong, words in (
        ((later, plan), "expected 2025-06-30"),
        ((dataclasses.replace(portfolio, viewer=None), plan), "as nobody sees it"),
        ((portfolio, plan.model_copy(update={"scenarios": ("pole-first",)})), "did you mean 'poles-first'"),
        ((portfolio, plan.model_copy(update={"authors": ("west",)})), "authors: there is no 'west'"),
    ):
        with pytest.raises(ValueError, match=words):
            edition(*wrong)


def test_progress_is_told_to_the_end(folder):
    told = []
    edition(*asked(folder, "first"), progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == len(told)


def test_nothing_changed_from_itself(first):
    found = edition_changes(first, first)
    names = ("missions", "missions_added", "missions_dropped", "gaps_opened", "gaps_closed", "members_joined")
    assert [getattr(found, name) for name in (*names, "members_left")] == [()] * 7


def test_what_changed_in_a_year(first, second):
    found = edition_changes(first, second)
    orbiter, lander = found.missions
    assert (orbiter.mission, orbiter.flown, orbiter.status) == ("far-orbiter", True, ("approved", "operating"))
    assert orbiter.days == 3  # 2025-11 ends on the 30th; it flew on 3 December
    assert (lander.mission, lander.days, lander.joined, lander.left) == ("polar-lander", 365, ("south",), ())
    assert lander.p50_days == (lander.p50[1] - lander.p50[0]).days
    assert [(one.capability, one.how) for one in found.gaps_closed] == [("lunar-relay", "supplied")]
    assert (found.gaps_opened, found.members_joined, found.members_left) == ((), ("south",), ())
    assert found.notes == ()


def test_backwards_everything_is_turned_round(first, second):
    there, back = edition_changes(first, second), edition_changes(second, first)
    assert [one.days for one in back.missions] == [-one.days for one in there.missions]
    assert [(one.joined, one.left) for one in back.missions] == [(one.left, one.joined) for one in there.missions]
    assert back.members_left == there.members_joined
    assert [one.capability for one in back.gaps_opened] == [one.capability for one in there.gaps_closed]
    assert all(not one.flown for one in back.missions)
    assert any("does not say that it follows" in note for note in back.notes)


def test_a_mission_that_a_scenario_drops_is_told_with_where_else_it_flies(folder, first):
    portfolio, plan = asked(folder, "first")
    scenario = portfolio.scenarios[SCENARIO]
    fewer = scenario.model_copy(update={"missions": ("polar-lander",)})
    other = scenario.model_copy(update={"id": "orbit-first", "missions": ("far-orbiter",)})
    after = edition(
        portfolio.replace(fewer, other), plan.model_copy(update={"scenarios": (SCENARIO, "orbit-first"), "number": 2})
    )
    found = edition_changes(first, after)
    assert [(one.scenario, one.mission, one.elsewhere) for one in found.missions_dropped] == [
        (SCENARIO, "far-orbiter", ("orbit-first",))
    ]
    assert [(one.scenario, one.mission, one.elsewhere) for one in found.missions_added] == [
        ("orbit-first", "far-orbiter", (SCENARIO,))
    ]
    assert found.scenarios_added == ("orbit-first",)


def test_a_gap_is_no_longer_asked_for_where_the_mission_does_without(folder, first):
    portfolio, plan = asked(folder, "first")
    alone = portfolio.missions["polar-lander"].model_copy(update={"requirements": ()})
    found = edition_changes(first, edition(portfolio.replace(alone), plan))
    assert [(one.capability, one.how) for one in found.gaps_closed] == [("lunar-relay", "no longer asked for")]


def test_a_partner_that_leaves_and_a_lead_that_passes_on_are_told(folder, second):
    portfolio, plan = asked(folder, "second")
    lander = portfolio.missions["polar-lander"]
    passed = lander.model_copy(update={"owner": "south", "partners": (Participation(agency="north"),)})
    (found,) = edition_changes(second, edition(portfolio.replace(passed), plan)).missions
    assert (found.lead, found.joined, found.left) == (("north", "south"), ("north",), ("south",))


def test_what_else_differs_is_said_first(first, second):
    plan = second.plan.model_copy(update={"seed": 7, "viewer": "north"})
    frozen = dataclasses.replace(second.portfolio, id="others", viewer="north")
    other = dataclasses.replace(second, plan=plan, portfolio=frozen, synodos="0.0.1")
    notes = edition_changes(first, other).notes
    words = ("different portfolios", "different viewers", "sampled differently", "different releases")
    for note, word in zip(notes, words, strict=True):
        assert word in note
