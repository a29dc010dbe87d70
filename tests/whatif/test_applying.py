import datetime as dt

import pytest

from synodos.language import SUPPOSED, DateRange, History, Money, Spread, faults
from synodos.law import catalogue, state_at
from synodos.whatif import apply, catalogue_after, change_words
from tests.language.minimal import statement
from tests.whatif.worlds import BLUE, GREEN, ORBITER, RED, ROVER, by, need, portfolio, step, withdraw

DELAY = {"shape": "triangular", "of": "days", "low": 100, "likely": 200, "high": 400}
FIXED = {"shape": "uniform", "of": "days", "low": 30, "high": 30}
TODAY = dt.date(2012, 12, 31)


def requirement(plans, mission, capability):
    """What a mission requires of a capability."""
    return next(one for one in plans.missions[mission].requirements if one.capability == capability)


def found_wrong(plans):
    """Faults between the records of a portfolio, as if each were its only statement."""
    return {(fault.code, fault.record, fault.field) for fault in faults(History(plans.header, tuple(plans)))}


def statuses(plans, *keys):
    """Statuses of elements and missions."""
    return [(plans.elements.get(key) or plans.missions[key]).status for key in keys]


class TestWithdrawing:
    def test_requirements_lose_what_the_agency_brought(self):
        after = apply(portfolio(), [withdraw(GREEN, "rover")])
        assert requirement(after, "rover", "launch").met_by == ()
        assert requirement(after, "rover", "mass-spectrometry").met_by == ()
        assert requirement(after, "rover", "radioisotope-heat").provider is None
        assert requirement(after, "rover", "mars-edl").met_by == ("blue-lander",)
        assert [part.agency for part in after.missions["rover"].partners] == [BLUE]

    def test_elements_that_served_nothing_else_are_given_up(self):
        after = apply(portfolio(), [withdraw(GREEN, "rover")])
        assert statuses(after, "green-launcher", "green-spectrometer") == ["cancelled", "cancelled"]
        assert statuses(after, "green-other-launcher", "green-alone") == ["planned", "planned"]

    def test_an_element_that_serves_another_mission_stays(self):
        other = by(GREEN, "mission", "green-alone", status="planned", requirements=[need("launch", "green-launcher")])
        after = apply(portfolio(other), [withdraw(GREEN, "rover")])
        assert statuses(after, "green-launcher") == ["planned"]
        assert requirement(after, "rover", "launch").met_by == ()

    def test_it_leaves_elements_of_others_that_serve_nothing_beside_the_plan(self):
        after = apply(portfolio(), [withdraw(GREEN, "rover")])
        assert after.elements["blue-lander"].needs[0].met_by == ()
        assert statuses(after, "blue-lander", "green-engines") == ["planned", "cancelled"]

    def test_an_element_of_another_that_also_serves_elsewhere_keeps_what_it_has(self):
        second = by(BLUE, "mission", "blue-landing", status="planned", requirements=[need("mars-edl", "blue-lander")])
        after = apply(portfolio(second), [withdraw(GREEN, "rover")])
        assert after.elements["blue-lander"].needs[0].met_by == ("green-engines",)

    def test_what_was_handed_over_stays(self):
        shipped = by(
            GREEN,
            "transfer",
            "spectrometer-to-red",
            from_agency=GREEN,
            to_agency=RED,
            what="hardware",
            when="2012-06",
            plans=["green-spectrometer"],
        )
        after = apply(portfolio(shipped), [withdraw(GREEN, "rover")])
        assert requirement(after, "rover", "mass-spectrometry").met_by == ("green-spectrometer",)

    def test_what_flies_is_not_given_up_but_serves_no_more(self):
        flying = by(GREEN, "element", "green-spectrometer", provides=["mass-spectrometry"], status="operating")
        after = apply(portfolio(flying), [withdraw(GREEN, "rover")])
        assert statuses(after, "green-spectrometer") == ["operating"]
        assert requirement(after, "rover", "mass-spectrometry").met_by == ()

    def test_what_has_done_its_work_stays(self):
        done = by(GREEN, "element", "green-launcher", provides=["launch"], status="completed")
        after = apply(portfolio(done), [withdraw(GREEN, "rover")])
        assert requirement(after, "rover", "launch").met_by == ("green-launcher",)

    def test_the_lead_stops_its_plan_and_what_it_had_for_it(self):
        after = apply(portfolio(), [withdraw(RED, "rover")])
        assert statuses(after, "rover", "red-rover", "green-launcher", "blue-lander") == [
            "cancelled",
            "cancelled",
            "planned",
            "planned",
        ]
        assert statuses(after, "orbiter", "red-bus") == ["planned", "in-development"]

    def test_without_plans_it_leaves_all_that_it_shares_and_keeps_what_it_carries_alone(self):
        after = apply(portfolio(), [withdraw(GREEN)])
        assert requirement(after, "rover", "launch").met_by == ()
        assert statuses(after, "green-alone", "green-other-launcher") == ["planned", "planned"]
        assert after.offers["green-antennas"].standing == "withdrawn"

    def test_with_plans_its_open_offers_stand(self):
        after = apply(portfolio(), [withdraw(GREEN, "rover")])
        assert after.offers["green-antennas"].standing == "open"

    def test_a_mission_that_another_uses_is_shared(self):
        relayed = by(BLUE, "mission", "blue-landing", status="planned", requirements=[need("mars-relay", "orbiter")])
        alone = portfolio(relayed, without={"rover"})
        assert statuses(apply(alone, [withdraw(RED)]), "orbiter") == ["cancelled"]
        assert statuses(apply(portfolio(without={"rover"}), [withdraw(RED)]), "orbiter") == ["planned"]

    @pytest.mark.parametrize(("actor", "status"), [("company", "planned"), ("agency", "cancelled")])
    def test_who_only_works_for_it_makes_no_plan_shared(self, actor, status):
        firm = statement("agency", id="firm", owner="firm", stated_by="firm", actor=actor)
        built = by(RED, "mission", "orbiter", **ORBITER, partners=[{"agency": "firm"}])
        after = apply(portfolio(firm, built, without={"rover"}), [withdraw(RED)])
        assert statuses(after, "orbiter") == [status]

    def test_commitments_to_what_it_leaves_are_gone(self):
        after = apply(portfolio(), [withdraw(GREEN, "rover")])
        assert "green-money" not in after.commitments
        assert after.commitments["green-both"].to == ("green-alone",)
        assert after.commitments["blue-money"].with_agencies == (RED,)

    def test_agreements_that_cover_nothing_else_end_or_lose_the_party(self):
        after = apply(portfolio(), [withdraw(GREEN, "rover")])
        ended = after.agreements["rover-memorandum"]
        assert (ended.standing, ended.in_force) == ("ended", DateRange("2010-04..2012-12-31"))
        assert after.agreements["rover-three"].parties == (RED, BLUE)
        assert after.agreements["rover-three"].standing == "in-force"
        assert after.agreements["both-missions"] == portfolio().agreements["both-missions"]

    def test_named_agreements_are_left_whatever_they_cover(self):
        after = apply(portfolio(), [withdraw(GREEN, "rover", agreements=["both-missions"])])
        assert after.agreements["both-missions"].standing == "ended"
        assert after.agreements["rover-memorandum"].standing == "in-force"

    def test_agreements_without_plans_leave_the_plans_alone(self):
        before = portfolio()
        after = apply(before, [withdraw(GREEN, agreements=["rover-memorandum"])])
        assert after.missions == before.missions
        assert after.elements == before.elements
        assert after.agreements["rover-memorandum"].standing == "ended"

    def test_what_was_never_signed_is_never_concluded(self):
        planned = by(RED, "agreement", "accord", parties=[RED, GREEN], covers=["rover"], standing="planned")
        after = apply(portfolio(planned), [withdraw(GREEN, "rover")])
        assert after.agreements["accord"].standing == "never-concluded"

    def test_transfers_that_are_still_ahead_do_not_take_place(self):
        asked = statement(
            "determination", id="licence", owner=RED, stated_by=RED, question="registered", about=["launcher-to-red"]
        )
        after = apply(portfolio(asked), [withdraw(GREEN, "rover")])
        assert "launcher-to-red" not in after.transfers
        assert "licence" not in after.determinations

    def test_a_plan_that_is_done_before_keeps_everything(self):
        before = portfolio()
        after = apply(before, [withdraw(GREEN, "rover", since="2019")])
        assert after.missions["rover"] == before.missions["rover"]

    def test_a_later_day_ends_agreements_then(self):
        after = apply(portfolio(), [withdraw(GREEN, "rover", since="2015-07")])
        agreement = after.agreements["rover-memorandum"]
        assert state_at(agreement, TODAY) == "in_force"
        assert state_at(agreement, dt.date(2015, 7, 2)) == "expired"

    def test_a_later_end_is_stated_where_no_days_in_force_are(self):
        after = apply(portfolio(), [withdraw(GREEN, "rover", agreements=["both-missions"], since="2015-07-01")])
        agreement = after.agreements["both-missions"]
        assert (agreement.in_force, agreement.standing) == (DateRange("..2015-07-01"), "in-force")
        assert found_wrong(after) == found_wrong(portfolio())

    def test_of_a_plan_that_flies_it_is_due_from_that_day(self):
        flying = by(RED, "mission", "rover", **{**ROVER, "status": "operating"})
        after = apply(portfolio(flying), [withdraw(GREEN, "rover", since="2014-01-01")])
        assert requirement(after, "rover", "launch").by == DateRange("2014-01-01")
        today = apply(portfolio(), [withdraw(GREEN, "rover")])
        assert requirement(today, "rover", "launch").by is None


class TestOtherSteps:
    def test_a_slip_strikes_what_the_agency_brings_once_on_every_chain(self):
        after = apply(portfolio(), [step("slip", agency=GREEN, plans=["rover"], delay=DELAY)])
        (late,) = after.risks.values()
        assert late.affects == ("green-engines", "green-launcher", "green-spectrometer")
        assert (late.owner, late.probability, late.delay) == (GREEN, 1.0, Spread.model_validate(DELAY))

    def test_a_slip_of_everything_strikes_all_its_elements_and_missions_without_any(self):
        bare = by(GREEN, "mission", "green-bare", status="planned")
        after = apply(portfolio(bare), [step("slip", agency=GREEN, delay=DELAY)])
        (late,) = after.risks.values()
        own = {key for key, one in after.elements.items() if one.owner == GREEN}
        assert set(late.affects) == own | {"green-bare"}

    def test_a_slip_of_what_is_owed_without_an_element_strikes_the_plan(self):
        owed = by(RED, "mission", "rover", status="planned", requirements=[need("launch", provider=GREEN)])
        after = apply(portfolio(owed), [step("slip", agency=GREEN, plans=["rover"], delay=DELAY)])
        assert next(iter(after.risks.values())).affects == ("rover",)

    def test_a_slip_of_plans_counts_for_whoever_they_belong_to(self):
        after = apply(portfolio(), [step("slip", plans=["blue-lander", "orbiter"], delay=DELAY)])
        assert {one.owner: one.affects for one in after.risks.values()} == {BLUE: ("blue-lander",), RED: ("orbiter",)}

    def test_a_slip_does_not_strike_what_flies(self):
        flying = by(GREEN, "element", "green-launcher", provides=["launch"], status="operating")
        after = apply(portfolio(flying), [step("slip", plans=["green-launcher"], delay=DELAY)])
        assert not after.risks

    def test_a_slip_strikes_the_first_of_a_chain_of_activities(self):
        first = by(BLUE, "activity", "test", leads_to="rover", duration_days=10)
        second = by(BLUE, "activity", "ship", leads_to="rover", duration_days=10, after=[{"activity": "test"}])
        plain = by(BLUE, "element", "blue-lander", provides=["mars-edl"], status="operating")
        after = apply(portfolio(first, second, plain), [step("slip", agency=BLUE, plans=["rover"], delay=DELAY)])
        assert next(iter(after.risks.values())).affects == ("test",)

    def test_a_cut_takes_from_every_budget_of_its_time(self):
        given = [
            {"money": {"amount": 100, "currency": "EUR", "price_year": 2012}, "period": period}
            for period in ("2013", "2013..2015", "2016")
        ]
        rich = statement("agency", id=RED, owner=RED, stated_by=RED, exploration_budget=given)
        cut = {"money": {"amount": 30, "currency": "EUR", "price_year": 2012}, "period": "2013"}
        after = apply(portfolio(rich), [step("cut", agency=RED, cuts=[cut])])
        assert [one.money.amount for one in after.agencies[RED].exploration_budget] == [70, 70, 100]

    def test_a_cut_never_goes_below_nothing(self):
        given = [{"money": {"amount": 100, "currency": "EUR"}, "period": "2013"}]
        rich = statement("agency", id=RED, owner=RED, stated_by=RED, exploration_budget=given)
        after = apply(portfolio(rich), [step("cut", agency=RED, cuts=[{"money": {"amount": 300, "currency": "EUR"}}])])
        assert after.agencies[RED].exploration_budget[0].money == Money(amount=0, currency="EUR")

    def test_a_cut_falls_on_money_behind_commitments_where_no_budget_is_stated(self):
        money = [{"money": {"amount": 50, "currency": "EUR", "price_year": 2012}, "period": "2013"}]
        funded = by(GREEN, "commitment", "green-money", to=["rover"], level="agreed", funding=money)
        cut = {"money": {"amount": 20, "currency": "EUR", "price_year": 2012}, "period": "2013"}
        after = apply(portfolio(funded), [step("cut", agency=GREEN, cuts=[cut])])
        assert after.commitments["green-money"].funding[0].money.amount == 30

    def test_amounts_that_are_not_comparable_stay(self):
        given = [{"money": {"amount": 100, "currency": "EUR", "price_year": 2012}, "period": "2013"}]
        rich = statement("agency", id=RED, owner=RED, stated_by=RED, exploration_budget=given)
        cut = {"money": {"amount": 30, "currency": "USD", "price_year": 2012}, "period": "2013"}
        before = portfolio(rich)
        assert apply(before, [step("cut", agency=RED, cuts=[cut])]) is before

    def test_a_broken_commitment_is_certain_to_fail(self):
        after = apply(portfolio(), [step("break", commitments=["green-money"])])
        assert after.commitments["green-money"].kept_probability == 0
        assert after.missions == portfolio().missions

    def test_one_that_takes_away_what_it_carries_works_as_a_withdrawal_that_ends_no_agreement(self):
        lost = by(GREEN, "commitment", "green-money", to=["rover"], level="agreed", if_broken="remove")
        after = apply(portfolio(lost), [step("break", commitments=["green-money", "green-both"])])
        assert requirement(after, "rover", "launch").met_by == ()
        assert after.agreements["rover-memorandum"].standing == "in-force"
        assert "green-money" not in after.commitments
        assert after.commitments["green-both"].kept_probability == 0

    def test_what_is_cancelled_will_not_come_and_what_is_over_stays(self):
        over = by(GREEN, "element", "green-engines", provides=["landing-engines"], status="completed")
        after = apply(portfolio(over), [step("cancel", plans=["orbiter", "green-engines"])])
        assert statuses(after, "orbiter", "green-engines", "red-bus") == ["cancelled", "completed", "in-development"]

    def test_a_replacement_is_named_wherever_it_provides_what_is_required(self):
        after = apply(portfolio(), [step("replace", plans=["green-launcher"], replacement="red-launcher")])
        assert requirement(after, "rover", "launch").met_by == ("red-launcher",)
        assert statuses(after, "green-launcher") == ["cancelled"]

    def test_one_that_does_not_provide_it_leaves_the_requirement_open(self):
        after = apply(portfolio(), [step("replace", plans=["green-launcher"], replacement="red-bus")])
        assert requirement(after, "rover", "launch").met_by == ()
        assert found_wrong(after) == found_wrong(portfolio())

    @pytest.mark.parametrize("replacement", ["green-launcher", "gone"])
    def test_nothing_takes_its_own_place_and_what_is_gone_takes_none(self, replacement):
        gone = by(RED, "element", "gone", provides=["launch"], status="lost")
        with pytest.raises(ValueError, match="cannot take the place"):
            apply(portfolio(gone), [step("replace", plans=["green-launcher"], replacement=replacement)])

    def test_a_mission_that_misses_its_launch_period_waits_for_the_next(self):
        after = apply(portfolio(), [step("miss", plans=["rover"])])
        assert after.missions["rover"].planned == DateRange("2020-06-21..2020-09-19")

    def test_after_the_last_known_period_it_waits_for_any_day(self):
        after = apply(portfolio(), [step("miss", plans=["rover"]), step("miss", plans=["rover"])])
        assert after.missions["rover"].planned == DateRange("2020-09-20..")

    def test_a_named_period_is_the_one_that_is_missed(self):
        after = apply(portfolio(), [step("miss", plans=["rover"], period="2017..2018-12")])
        assert after.missions["rover"].planned == DateRange("2020-06-21..2020-09-19")
        late = apply(portfolio(), [step("miss", plans=["rover"], period="2020-07")])
        assert late.missions["rover"].planned == DateRange("2020-09-20..")

    def test_what_can_leave_on_any_day_needs_a_period_to_miss(self):
        with pytest.raises(ValueError, match="name the `period`"):
            apply(portfolio(), [step("miss", plans=["green-alone"])])
        after = apply(portfolio(), [step("miss", plans=["green-alone"], period="2014-01..2014-02")])
        assert after.missions["green-alone"].planned == DateRange("2014-03-01..")

    def test_what_flies_misses_nothing(self):
        flying = by(RED, "mission", "orbiter", **{**ORBITER, "status": "launched"})
        with pytest.raises(ValueError, match="it is launched"):
            apply(portfolio(flying), [step("miss", plans=["orbiter"])])

    def test_an_offer_is_open_to_anyone_from_its_day(self):
        after = apply(
            portfolio(),
            [step("offer", agency=BLUE, provides=["heavy-launch"], destinations=["mars"], since="2014")] * 2,
        )
        first, second = (one for one in after.offers.values() if one.owner == BLUE)
        assert (first.provides, first.destinations, first.standing) == (("heavy-launch",), ("mars",), "open")
        assert first.available == DateRange("2014-01-01..")
        assert first.id != second.id

    def test_who_joins_is_a_member_from_its_day_and_who_is_one_stays_one(self):
        after = apply(portfolio(), [step("join", agency=BLUE)])
        assert after.agencies[BLUE].member_since == DateRange("2012-12-31")
        early = portfolio(statement("agency", id=BLUE, owner=BLUE, stated_by=BLUE, member_since="2005"))
        assert apply(early, [step("join", agency=BLUE, since="2013")]) is early

    def test_norms_change_the_catalogue_and_not_the_portfolio(self):
        change = [step("enact", norms=["artemis-accords"], since="2012"), withdraw(GREEN, "rover")]
        before = portfolio()
        assert apply(before, change[:1]) is before
        norm = next(key for key in catalogue().norms if catalogue().instrument_of[key] == "artemis-accords")
        assert catalogue_after(change, known_on=TODAY).stated(norm).begins.earliest == dt.date(2012, 1, 1)
        assert catalogue_after(change[1:], known_on=TODAY) is catalogue()
        repealed = catalogue_after([step("repeal", norms=["OST-1.1"])], known_on=TODAY)
        assert repealed.stated("OST-1.1").ends == DateRange("2012-12-31")


class TestWhatIsSupposed:
    def test_it_is_marked_and_keeps_its_owner_and_author(self):
        before = portfolio()
        after = apply(before, [withdraw(GREEN, "rover")])
        differing = [one for one in after if before.tables[one.kind].get(one.id) != one]
        assert differing
        for one in differing:
            old = before.tables[one.kind][one.id]
            assert SUPPOSED in one.sources
            assert one.note.startswith("What if: Green withdraws from rover.")
            assert one.sources == ("report", SUPPOSED)
            assert (one.owner, one.stated_by, one.as_of.latest) == (old.owner, old.stated_by, TODAY)
            assert one.confidence == "computed"
        assert not any(SUPPOSED in one.sources for one in before)
        assert "no agency has declared it" in after.header.sources[SUPPOSED].note

    def test_general_knowledge_stays_unverified_and_remarks_stay(self):
        doubtful = by(
            GREEN,
            "element",
            "green-launcher",
            provides=["launch"],
            status="planned",
            confidence="unverified",
            note="Nobody wrote it down.",
        )
        after = apply(portfolio(doubtful), [withdraw(GREEN, "rover")])
        assert after.elements["green-launcher"].confidence == "unverified"
        assert after.elements["green-launcher"].note.endswith("Nobody wrote it down.")

    def test_new_records_are_entered_by_the_compiler_if_there_is_one(self):
        plain = apply(portfolio(), [step("offer", agency=BLUE, provides=["launch"])])
        assert plain.offers["what-if-offer-blue"].stated_by == BLUE
        assert plain.offers["what-if-offer-blue"].sources == (SUPPOSED,)

    def test_a_saved_change_about_what_is_gone_goes_with_it(self):
        saved = by(RED, "change", "broken-word", happens=[{"does": "break", "commitments": ["green-money"]}])
        after = apply(portfolio(saved), [withdraw(GREEN, "rover")])
        assert "broken-word" not in after.changes

    def test_a_change_record_does_what_its_steps_do(self):
        saved = by(RED, "change", "exit", happens=[{"does": "withdraw", "agency": GREEN, "plans": ["rover"]}])
        before = portfolio(saved)
        assert apply(before, saved) == apply(before, saved.happens)
        assert change_words(before, saved) == "Green withdraws from rover"


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        (withdraw("gren"), "green"),
        (withdraw(GREEN, "rovers"), "rover"),
        (withdraw(GREEN, agreements=["rover-memorandums"]), "rover-memorandum"),
        (step("break", commitments=["green-mony"]), "green-money"),
        (step("replace", plans=["rover"], replacement="rovr"), "rover"),
        (step("offer", agency=GREEN, provides=["lanch"]), "launch"),
        (step("miss", plans=["red-rover"]), "rover"),
    ],
    ids=["agency", "plan", "agreement", "commitment", "replacement", "capability", "mission"],
)
def test_steps_that_name_what_is_not_there_are_refused(wrong, nearest):
    with pytest.raises(ValueError, match=rf"^change\.unknown: .*nearest: {nearest}$"):
        apply(portfolio(), [wrong])


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (withdraw(GREEN), "Green withdraws from all that it has a part in"),
        (withdraw(GREEN, "rover", since="2014"), "Green withdraws from rover, from 2014"),
        (
            step("slip", agency=GREEN, delay=DELAY),
            "Green is later with all that it brings by 100 to 400 days, most likely 200",
        ),
        (
            step(
                "slip", plans=["rover"], delay={"shape": "discrete", "of": "days", "values": [0, 9], "weights": [1, 2]}
            ),
            "rover will be later by days as discrete (values 0 9, weights 1 2)",
        ),
        (
            step("cut", agency=RED, cuts=[{"money": {"amount": 2e6, "currency": "EUR"}, "period": "2013"}]),
            "Red loses 2 million EUR in 2013 of its budget",
        ),
        (step("slip", agency=BLUE, plans=["rover"], delay=FIXED), "Blue is later with rover by 30 days"),
        (step("break", commitments=["green-money"]), "not kept: green-money"),
        (step("cancel", plans=["rover", "orbiter"]), "rover, orbiter will not come"),
        (step("replace", plans=["rover"], replacement="orbiter"), "orbiter takes the place of rover"),
        (step("miss", plans=["rover"]), "its launch period is missed by rover"),
        (step("miss", plans=["rover"], period="2018"), "the launch period 2018 is missed by rover"),
        (step("offer", agency=BLUE, provides=["launch"]), "Blue offers launcher or launch service"),
        (step("join", agency=BLUE), "Blue joins"),
        (step("enact", norms=["OST-1.1"]), "enters into force: OST-1.1"),
        (step("repeal", norms=["OST-1.1"]), "leaves force: OST-1.1"),
    ],
    ids=lambda value: value.does if not isinstance(value, str) else "",
)
def test_steps_read_as_words(one, words):
    assert change_words(portfolio(), [one]) == words
