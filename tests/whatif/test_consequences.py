import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from synodos.coalition import Assumptions, worth
from synodos.exchange import read_portfolio
from synodos.language import DateRange
from synodos.law import assess
from synodos.schedule import network, risk
from synodos.whatif import PARTS, apply, consequences, orphans
from tests.whatif.worlds import BLUE, GREEN, ORBITER, RED, ROVER, by, need, portfolio, step, withdraw

PORTFOLIOS = Path(__file__).parent.parent.parent / "portfolios"
LATER = {"shape": "uniform", "of": "days", "low": 300, "high": 300}
FEW = 300


@cache
def known(name, day):
    """A portfolio of the package as known on a day."""
    return read_portfolio(PORTFOLIOS / name, dt.date.fromisoformat(day))


def left_open(before, *change):
    """Plan, capability and whether it is new of every orphan."""
    return {(one.plan, one.capability, one.new) for one in orphans(before, apply(before, change))}


def told(before, *change, parts=(), **given):
    """What follows from steps."""
    return consequences(before, change, parts=parts, **given)


class TestOrphans:
    def test_a_withdrawal_leaves_what_the_agency_met_to_nobody(self):
        before = portfolio()
        found = orphans(before, apply(before, [withdraw(GREEN, "rover")]))
        assert [(one.plan, one.capability, one.essential, one.lost, one.provider) for one in found] == [
            ("element:blue-lander", "landing-engines", True, ("element:green-engines",), GREEN),
            ("mission:rover", "launch", True, ("element:green-launcher",), GREEN),
            ("mission:rover", "radioisotope-heat", None, (), GREEN),
            ("mission:rover", "mass-spectrometry", False, ("element:green-spectrometer",), GREEN),
        ]
        assert all(one.new for one in found)
        assert str(found[1].needed_by) == "2018-05"

    def test_what_was_open_before_is_told_of_plans_that_are_touched_and_all_that_they_rest_on(self):
        without_launch = by(RED, "mission", "orbiter", **{**ORBITER, "requirements": [need("launch")]})
        elsewhere = by(BLUE, "mission", "far", status="planned", requirements=[need("launch")])
        before = portfolio(without_launch, elsewhere)
        found = left_open(before, withdraw(BLUE, "rover"))
        assert found == {("mission:rover", "mars-edl", True), ("mission:orbiter", "launch", False)}

    def test_who_uses_a_plan_that_falls_loses_it(self):
        assert left_open(portfolio(), step("cancel", plans=["orbiter"])) == {("mission:rover", "mars-relay", True)}
        assert ("mission:rover", "mars-relay", True) in left_open(
            portfolio(by(BLUE, "mission", "rover", **ROVER)), withdraw(RED, "orbiter")
        )

    def test_what_several_meet_together_is_open_once_one_is_gone(self):
        pair = {**ORBITER, "requirements": [need("launch", "red-launcher", "green-other-launcher")]}
        before = portfolio(by(RED, "mission", "orbiter", **pair))
        found = orphans(before, apply(before, [withdraw(GREEN, "orbiter")]))
        assert [(one.capability, one.lost, one.provider, one.new) for one in found] == [
            ("launch", ("element:green-other-launcher",), GREEN, True)
        ]
        fallen = left_open(before, step("cancel", plans=["green-other-launcher"]))
        assert ("mission:orbiter", "launch", True) in fallen
        swap = step("replace", plans=["green-other-launcher"], replacement="red-bus")
        assert ("mission:orbiter", "launch", True) in left_open(before, swap)
        assert left_open(before, withdraw(BLUE, "orbiter")) == set()

    def test_what_another_takes_over_is_no_orphan(self):
        swap = step("replace", plans=["green-launcher"], replacement="red-launcher")
        assert left_open(portfolio(), swap) == set()

    def test_plans_that_stop_require_nothing(self):
        assert left_open(portfolio(), withdraw(RED, "rover")) == set()

    def test_general_knowledge_is_marked(self):
        doubtful = by(
            GREEN, "element", "green-launcher", provides=["launch"], status="planned", confidence="unverified"
        )
        before = portfolio(doubtful)
        found = orphans(before, apply(before, [withdraw(GREEN, "rover")]))
        assert {one.capability: one.unverified for one in found}["launch"] is True
        assert {one.capability: one.unverified for one in found}["landing-engines"] is False


class TestMissions:
    def standings(self, before, *change):
        return {one.mission: (one.before, one.after) for one in told(before, *change, parts=["missions"]).missions}

    def test_a_mission_stops_without_something_essential(self):
        assert self.standings(portfolio(), withdraw(GREEN, "rover")) == {"mission:rover": ("whole", "stopped")}

    def test_also_over_what_it_rests_on(self):
        (effect,) = told(portfolio(), step("cancel", plans=["green-engines"]), parts=["missions"]).missions
        (gap,) = effect.new_gaps
        assert (gap.plan, gap.essential, gap.via) == ("element:blue-lander", True, ("element:blue-lander",))
        assert gap.own is True

    def test_it_goes_on_lacking_what_it_can_do_without(self):
        lost = step("cancel", plans=["green-spectrometer"])
        assert self.standings(portfolio(), lost) == {"mission:rover": ("whole", "lacking")}

    def test_what_an_enhancement_cannot_do_without_the_mission_can(self):
        cooled = by(
            GREEN,
            "element",
            "green-spectrometer",
            provides=["mass-spectrometry"],
            status="planned",
            needs=[need("orbiter", "red-bus")],
        )
        found = self.standings(portfolio(cooled, without={"orbiter"}), step("cancel", plans=["red-bus"]))
        assert found["mission:rover"] == ("whole", "lacking")

    def test_it_is_in_doubt_without_what_may_be_essential(self):
        unsure = {**ORBITER, "requirements": [need("launch", "red-launcher", essential=None)]}
        before = portfolio(by(RED, "mission", "orbiter", **unsure), without={"rover"})
        assert self.standings(before, step("cancel", plans=["red-launcher"])) == {
            "mission:orbiter": ("whole", "in-doubt")
        }

    def test_one_that_is_given_up_stops_those_that_use_it(self):
        assert self.standings(portfolio(), step("cancel", plans=["orbiter"])) == {
            "mission:orbiter": ("whole", "cancelled"),
            "mission:rover": ("whole", "stopped"),
        }


def test_what_others_brought_to_a_plan_that_stops_is_stranded():
    found = told(portfolio(), withdraw(RED, "rover"))
    assert found.stranded == ("element:blue-lander", "element:green-launcher", "element:green-spectrometer")
    assert told(portfolio(), withdraw(GREEN, "rover")).stranded == ()


def test_a_plan_whose_lead_takes_away_something_essential_strands_what_others_brought():
    found = told(portfolio(), step("cancel", plans=["red-rover"]))
    assert found.stranded == ("element:blue-lander", "element:green-launcher", "element:green-spectrometer")
    assert told(portfolio(), step("cancel", plans=["green-launcher"])).stranded == ()


class TestDates:
    def dates(self, before, *change, seed=1):
        found = told(before, *change, parts=["dates"], iterations=FEW, seed=seed)
        return {one.mission: one for one in found.dates}, found.notes

    def test_a_delay_moves_what_rests_on_it_and_nothing_else(self):
        late = step("slip", plans=["blue-lander"], delay={**LATER, "low": 800, "high": 800})
        found, _ = self.dates(portfolio(), late)
        assert set(found) == {"mission:rover"}
        rover = found["mission:rover"]
        assert rover.can_leave
        before, after = ({one.opens.year: one.share for one in run.periods} for run in (rover.before, rover.after))
        assert after[2018] == 0 < before[2018]
        assert rover.next_period == (dt.date(2020, 6, 21), dt.date(2020, 9, 19))

    def test_runs_share_their_random_numbers(self):
        cut = step("cut", agency=GREEN, cuts=[{"money": {"amount": 5, "currency": "EUR"}}])
        money = [{"money": {"amount": 50, "currency": "EUR"}}]
        before = portfolio(by(GREEN, "commitment", "green-money", to=["rover"], level="agreed", funding=money))
        found, _ = self.dates(before, cut)
        assert found["mission:rover"].before == found["mission:rover"].after
        assert not found["mission:rover"].moves

    def test_a_certain_delay_leaves_the_rare_shock_of_missions_that_state_no_risk(self):
        after = apply(portfolio(), [step("slip", plans=["blue-lander"], delay=LATER)])
        answer = risk(network(after, ["rover"]), after, iterations=FEW, only_dates=True)
        shocked = next(one.for_nodes for one in answer.defaults if one.name == "shock-per-year")
        assert any("rover" in one for one in shocked)

    def test_they_are_those_of_the_schedule(self):
        before = portfolio()
        found, _ = self.dates(before, step("break", commitments=["green-money"]))
        answer = risk(network(before, ["rover"]), before, iterations=FEW, seed=1, only_dates=True)
        launch = next(one for one in answer.finishes if one.node == "launch:rover")
        told_before = found["mission:rover"].before
        assert (told_before.periods, told_before.later) == (launch.periods, launch.later)
        assert (told_before.in_time, told_before.deterministic) == (launch.in_time, launch.deterministic.date())

    def test_a_mission_that_loses_something_essential_has_no_date_unless_it_is_replaced(self):
        found, notes = self.dates(portfolio(), withdraw(GREEN, "rover"))
        rover = found["mission:rover"]
        assert rover.after is None
        assert not rover.can_leave
        assert {(gap.plan, gap.capability) for gap in rover.waits_after} == {
            ("mission:rover", "launch"),
            ("element:blue-lander", "landing-engines"),
        }
        assert rover.if_replaced.in_time <= rover.before.in_time
        assert rover.if_replaced.periods[0].share < rover.before.periods[0].share
        assert any("no date: rover" in note for note in notes)
        assert any("judgement" in note and "hindsight" in note for note in notes)

    def test_one_that_only_lacks_an_enhancement_leaves_as_before(self):
        found, _ = self.dates(portfolio(), step("cancel", plans=["green-spectrometer"]))
        assert found["mission:rover"].can_leave
        assert found["mission:rover"].if_replaced is None

    def test_one_that_is_given_up_has_none(self):
        found, _ = self.dates(portfolio(), step("cancel", plans=["orbiter"]))
        assert found["mission:orbiter"].after is None
        assert found["mission:orbiter"].planned_after is None
        assert found["mission:orbiter"].before is not None

    def test_a_missed_period_moves_the_plan_to_the_next(self):
        found, _ = self.dates(portfolio(), step("miss", plans=["rover"]))
        rover = found["mission:rover"]
        assert (str(rover.planned_before), str(rover.planned_after)) == ("2018-05", "2020-06-21..2020-09-19")
        assert rover.after.periods[0].share == 0

    def test_where_nothing_is_ahead_it_says_so(self):
        found, notes = self.dates(portfolio(), step("join", agency=BLUE))
        assert found == {}
        assert notes == ("No mission that is still to leave is moved.",)


class TestCosts:
    MONEY = ({"money": {"amount": 7, "currency": "EUR", "price_year": 2012}},)

    def costs(self, before, *change):
        found = told(before, *change, parts=["costs"]).costs
        return {(one.sort, one.record): (one.bore, one.falls_to, one.origin, len(one.costs)) for one in found}

    def test_others_bear_what_they_take_over(self):
        priced = by(GREEN, "element", "green-launcher", provides=["launch"], status="planned", costs=self.MONEY)
        like = by(BLUE, "estimate", "like-it", plan="green-engines", analogue="Earlier engines", costs=self.MONEY)
        found = self.costs(portfolio(priced, like), withdraw(GREEN, "rover"))
        assert found["to-replace", "element:green-launcher"] == (GREEN, (RED,), "stated", 1)
        assert found["to-replace", "element:green-engines"] == (GREEN, (BLUE,), "estimate", 1)
        assert found["to-replace", "element:green-spectrometer"] == (GREEN, (RED,), "none", 0)
        assert found["to-replace", "mission:rover"] == (GREEN, (RED,), "none", 0)

    def test_money_that_stands_behind_plans_no_more_is_told(self):
        funded = by(GREEN, "commitment", "green-money", to=["rover"], level="agreed", funding=self.MONEY)
        found = self.costs(portfolio(funded), withdraw(GREEN, "rover"))
        assert found["withdrawn", "commitment:green-money"] == (GREEN, (RED,), "stated", 1)
        assert found["withdrawn", "commitment:green-both"] == (GREEN, (RED,), "none", 0)

    def test_what_is_stranded_is_borne_by_who_built_it(self):
        found = self.costs(portfolio(), withdraw(RED, "rover"))
        assert found["stranded", "element:blue-lander"] == (BLUE, (), "none", 0)

    def test_a_cut_that_finds_no_stated_money_says_so(self):
        cut = step("cut", agency=GREEN, cuts=self.MONEY)
        assert self.costs(portfolio(), cut) == {("cut", "agency:green"): (GREEN, (), "none", 1)}
        funded = by(GREEN, "commitment", "green-money", to=["rover"], level="agreed", funding=self.MONEY)
        assert self.costs(portfolio(funded), cut)["cut", "agency:green"][2] == "stated"


def test_objectives_of_what_stops_are_lost_where_nobody_else_serves_them():
    (lost,) = told(portfolio(), withdraw(GREEN, "rover"), parts=["objectives"]).objectives
    assert (lost.objective, lost.label, lost.lost) == ("goal-search-for-life", "search for life", True)
    second = by(BLUE, "mission", "second", status="planned", objectives=["goal-search-for-life"])
    (kept,) = told(portfolio(second), withdraw(GREEN, "rover"), parts=["objectives"]).objectives
    assert (kept.lost_with, kept.still_served_by, kept.lost) == (("mission:rover",), ("mission:second",), False)
    assert told(portfolio(), step("cancel", plans=["green-spectrometer"]), parts=["objectives"]).objectives == ()


def test_what_a_reader_has_to_know_is_said():
    flying = by(GREEN, "element", "green-spectrometer", provides=["mass-spectrometry"], status="operating")
    aimless = by(RED, "mission", "rover", **{**ROVER, "objectives": []})
    notes = told(portfolio(flying, aimless), withdraw(GREEN), parts=["objectives"]).notes
    assert [note.partition(",")[0].partition(" leaves")[0] for note in notes] == [
        "Who withdraws from everything",
        "These fly already and count as lost",
        "No objective is stated by these",
    ]
    assert told(portfolio(), withdraw(GREEN, "rover"), parts=["objectives"]).notes == ()


def test_evidence_names_what_the_answer_rests_on():
    found = told(portfolio(), withdraw(GREEN, "rover"), parts=["missions", "agreements"])
    assert {"mission:rover", "element:green-launcher", "agreement:rover-memorandum"} <= set(found.evidence)
    assert len(set(found.evidence)) == len(found.evidence)


def test_dependence_shifts_to_whoever_takes_over():
    swap = step("replace", plans=["blue-lander"], replacement="green-lander")
    lander = by(GREEN, "element", "green-lander", provides=["mars-edl"], status="planned")
    found = told(portfolio(lander), swap, parts=["dependences"]).dependences
    pairs = {(one.dependent, one.on): (one.before, one.after) for one in found}
    assert pairs[RED, BLUE] == (1, 0)
    on_green = next(one for one in found if (one.dependent, one.on) == (RED, GREEN))
    assert on_green.new == (("mission:rover", "mars-edl"),)
    assert on_green.gone == (("mission:rover", "landing-engines"),)


def test_what_can_be_done_without_makes_no_shift_of_dependence():
    lost = step("cancel", plans=["green-spectrometer"])
    assert told(portfolio(), lost, parts=["dependences"]).dependences == ()


class TestUnseen:
    def before(self, release):
        lander = by(BLUE, "element", "blue-lander", provides=["mars-edl"], status="planned", release=release)
        return portfolio(lander).as_seen_by(RED)

    def test_what_the_viewer_may_not_see_is_not_told_as_safe(self):
        found = told(self.before("private"), withdraw(BLUE, "rover"), parts=["missions"])
        assert found.unseen == ("mission:rover",)
        assert any("cannot be told" in note for note in found.notes)

    def test_what_it_sees_is(self):
        assert told(self.before("public"), withdraw(BLUE, "rover"), parts=["missions"]).unseen == ()


def test_what_flies_is_at_work_and_not_stranded():
    for status, left in (("planned", ("element:blue-lander",)), ("operating", ())):
        lander = by(BLUE, "element", "blue-lander", provides=["mars-edl"], status=status)
        found = told(portfolio(lander), step("cancel", plans=["rover"]))
        assert tuple(key for key in found.stranded if key == "element:blue-lander") == left


class TestAgreements:
    def effects(self, before, *change):
        found = told(before, *change, parts=["agreements"]).agreements
        return {one.agreement.partition(":")[2]: one for one in found}

    def test_those_that_end_lose_a_party_or_cover_what_is_struck_are_told(self):
        found = self.effects(portfolio(), withdraw(GREEN, "rover"))
        assert {key: one.touches for key, one in found.items()} == {
            "rover-memorandum": ("ends", "covers-what-is-struck"),
            "rover-three": ("loses-party", "covers-what-is-struck"),
            "both-missions": ("covers-what-is-struck",),
        }
        assert (found["rover-memorandum"].before, found["rover-memorandum"].after) == ("in_force", "ended")
        assert found["rover-three"].parties_after == (RED, BLUE)
        assert found["both-missions"].covers == ("rover",)

    def test_terms_of_leaving_are_told_as_far_as_they_are_recorded(self):
        found = self.effects(portfolio(), withdraw(GREEN, "rover"))
        assert (found["rover-memorandum"].withdrawal, found["rover-memorandum"].continuity) == ("clause", False)
        assert found["rover-memorandum"].notice == "Six months of notice"
        assert [one.text for one in found["rover-memorandum"].owed] == ["A launch"]
        assert (found["rover-three"].withdrawal, found["rover-three"].notice) == ("not-stated", "not stated")
        listed = by(RED, "agreement", "rover-three", parties=[RED, GREEN, BLUE], covers=["rover"], clauses=["purpose"])
        other = self.effects(portfolio(listed), withdraw(GREEN, "rover"))
        assert other["rover-three"].withdrawal == "none-known"

    def test_what_stands_under_one_that_ends_is_touched(self):
        below = by(RED, "agreement", "annex", parties=[RED, GREEN], parent="rover-memorandum", standing="in-force")
        found = self.effects(portfolio(below), withdraw(GREEN, "rover"))
        assert found["annex"].touches == ("under-what-ends",)

    def test_a_change_of_norms_touches_none(self):
        assert self.effects(portfolio(), step("join", agency=BLUE)) == {}


class TestFindings:
    def test_they_differ_by_norm_activity_and_bearer(self):
        before = known("exomars", "2013-04-01")
        change = [withdraw("roscosmos")]
        found = {
            (one.norm, one.activity, one.bearer): one for one in told(before, *change, parts=["findings"]).findings
        }
        old, new = (
            {(one.norm, one.activity, one.bearer): one.status for one in assess(each).findings}
            for each in (before, apply(before, change))
        )
        assert {key for key in old if key not in new} <= found.keys()
        for key, one in found.items():
            assert (one.before, one.after) == (old.get(key), new.get(key))
        for key in old.keys() - found.keys():
            assert old[key] == new[key]
        assert any(one.before and one.after is None and one.bearer == "rus" for one in found.values())

    def test_a_norm_that_leaves_force_takes_its_findings(self):
        before = known("exomars", "2013-04-01")
        gone = told(before, step("repeal", norms=["LIAB-2"]), parts=["findings"]).findings
        assert {one.norm for one in gone} == {"LIAB-2"}
        assert {one.after for one in gone} == {None}


@pytest.mark.parametrize("part", PARTS)
def test_parts_that_are_not_asked_for_are_left_out(part):
    found = told(portfolio(), withdraw(GREEN, "rover"), parts=[part] if part == "missions" else [])
    assert found.asked == (("missions",) if part == "missions" else ())
    assert found.orphans
    assert bool(found.missions) == (part == "missions")
    assert not any((found.dates, found.costs, found.findings, found.agreements, found.coalition))


def test_the_same_question_has_the_same_answer():
    change = [withdraw(GREEN, "rover"), step("slip", plans=["orbiter"], delay=LATER)]
    parts = ["missions", "dates", "costs", "agreements"]
    assert told(portfolio(), *change, parts=parts, iterations=FEW) == told(
        portfolio(), *change, parts=parts, iterations=FEW
    )


def test_a_part_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="parts: weather; expected some of missions"):
        told(portfolio(), withdraw(GREEN, "rover"), parts=["weather"])


class TestExoMars:
    """What the case file of ExoMars says was critical, as known on each day; see the sources of the portfolio."""

    def essential(self, day, *change):
        before = known("exomars", day)
        found = orphans(before, apply(before, change))
        return {(one.plan, one.capability, one.new) for one in found if one.essential}

    def test_nasa_leaves_in_october_2011(self):
        found = self.essential("2011-10-04", withdraw("nasa"))
        assert found == {
            ("mission:exomars-rover", "launch", True),
            ("mission:exomars-rover", "mars-edl", True),
            ("mission:exomars-rover", "cruise-stage", True),
            ("mission:exomars-2016", "launch", False),
        }

    def test_the_launch_of_2016_shows_also_where_nasa_leaves_the_rover_only(self):
        found = self.essential("2011-10-04", withdraw("nasa", "exomars-rover"))
        assert ("mission:exomars-2016", "launch", False) in found

    def test_roscosmos_leaves_in_march_2022(self):
        found = self.essential("2022-03-01", withdraw("roscosmos", "exomars-rover"))
        assert {capability for _, capability, _ in found} == {"launch", "mars-edl", "radioisotope-heat"}

    def test_nasa_leaves_again_in_april_2026(self):
        found = self.essential("2026-04-17", withdraw("nasa"))
        assert {capability for _, capability, _ in found} == {"launch", "landing-engines", "radioisotope-heat"}

    def test_everything_in_one_run_and_nothing_from_later_days(self):
        before = known("exomars", "2011-10-04")
        found = told(before, withdraw("nasa"), parts=PARTS, iterations=FEW)
        rover = next(one for one in found.dates if one.mission == "mission:exomars-rover")
        assert (rover.after, rover.can_leave) == (None, False)
        first = next(one for one in rover.if_replaced.periods if one.intended)
        assert first.share < 0.1
        stranger = [one for one in found.after if one.as_of.latest > before.known_on]
        assert stranger == []


class TestCoalition:
    """Two agencies that each need a lander of the same sort can share its development."""

    COST = ({"money": {"amount": 100, "currency": "EUR", "price_year": 2012}},)

    def before(self, costs=COST):
        def mission(who, lander):
            return by(
                who,
                "mission",
                f"{who}-landing",
                status="planned",
                planned="2016",
                destinations=["mars-surface"],
                partners=[{"agency": one} for one in (RED, BLUE) if one != who],
                requirements=[need("mars-edl", lander)],
            )

        landers = [
            by(
                who,
                "element",
                f"{who}-lander",
                provides=["mars-edl"],
                status="planned",
                destinations=["mars-surface"],
                available="2015..",
                costs=costs,
            )
            for who in (RED, BLUE)
        ]
        return portfolio(
            mission(RED, "red-lander"),
            mission(BLUE, "blue-lander"),
            *landers,
            without={"rover", "orbiter", "green-alone"},
        )

    def test_those_who_share_save_and_who_is_left_alone_saves_nothing(self):
        found = told(self.before(), withdraw(BLUE), parts=["coalition"]).coalition
        whole = worth(self.before(), Assumptions("savings", (BLUE, RED)))
        assert (found.game, found.currency, found.price_year) == ("savings", "EUR", 2012)
        assert found.worth_before == float(whole.game.worths[-1]) > 0
        assert found.worth_after == 0
        assert dict(found.shares_before) == {BLUE: found.worth_before / 2, RED: found.worth_before / 2}
        assert dict(found.shares_after) == {RED: 0}

    def test_without_any_figure_nothing_can_be_told(self):
        found = told(self.before(costs=()), withdraw(BLUE, "red-landing"), parts=["coalition"]).coalition
        assert (found.worth_before, found.shares_after) == (None, ())
        assert any(one.startswith("budget of") for one in found.missing)

    def test_who_leaves_a_group_that_plans_apart_takes_its_savings_along(self):
        found = told(self.before(), withdraw(BLUE), parts=["coalition"])
        assert found.orphans == ()
        assert found.coalition.worth_before > found.coalition.worth_after == 0

    def test_where_agencies_are_members_only_members_play(self):
        before = self.before()
        members = [before.agencies[one].model_copy(update={"member_since": DateRange("2007")}) for one in (RED, GREEN)]
        found = told(before.replace(*members), withdraw(BLUE), parts=["coalition"]).coalition
        assert found is None or BLUE not in dict(found.alone_before)

    def test_there_is_none_where_nothing_is_shared(self):
        assert told(self.before(), step("join", agency=RED), parts=["coalition"]).coalition is None
