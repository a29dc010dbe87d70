"""What a portfolio says about a mission, as law reads it: what is stated is a fact, what is not stated is none."""

import datetime as dt

import pytest

from synodos.law.situations import situations
from tests.law.casework import Case, portfolio

MARS = {"id": "probe", "owner": "nasa", "destinations": ["mars"], "planned": "2030"}
PAST = "2026-11-22"


class Book:
    """Registers that hold two members of one organisation."""

    contract_days = (dt.date(1999, 1, 1),)
    signing_days = (dt.date(2023, 9, 19),)

    def members(self, organisation, at):
        return [("fra", False), ("deu", at is None)] if organisation == "esa" else []


def made(activity="mission:probe", **facts):
    """The situation of an activity in a portfolio of these records."""
    case = Case("none", "none", "none", "none", activity, "none", {}, facts)
    return {one.activity: one for one in situations(portfolio(case), Book())}[activity]


def said(situation, predicate):
    """Arguments of the facts of one predicate."""
    return {fact.arguments for fact in situation.facts if fact.predicate == predicate}


def mission(**fields):
    """The situation of a mission to Mars with these fields."""
    return made(missions=[{**MARS, **fields}])


def test_those_who_lead_and_take_part_are_involved_with_their_states_and_members():
    found = mission(partners=[{"agency": "esa"}, {"agency": "jaxa"}], operator="csa")
    assert said(found, "lead") == {("nasa",)}
    assert said(found, "partner") == {("esa",), ("jaxa",)}
    assert said(found, "operator") == {("csa",)}
    assert said(found, "organisation") == {("esa",)}
    assert said(found, "national_of") == {("nasa", "usa"), ("jaxa", "jpn"), ("csa", "can")}
    assert said(found, "member_state") == {("esa", "fra"), ("esa", "deu")}
    assert found.parties == ("nasa", "usa", "esa", "fra", "deu", "jaxa", "jpn", "csa", "can")
    assert said(found, "conducts") == {("usa",), ("jpn",), ("can",)}


@pytest.mark.parametrize(
    ("partners", "predicates"),
    [
        ([], set()),
        (["roscosmos"], {"cooperation", "only_two_sides", "bilateral"}),
        (["roscosmos", "cnsa"], {"cooperation", "multilateral"}),
    ],
)
def test_sides_are_states_and_organisations(partners, predicates):
    found = mission(partners=[{"agency": agency} for agency in partners])
    asked = {"cooperation", "only_two_sides", "bilateral", "multilateral"}
    assert {fact.predicate for fact in found.facts} & asked == predicates


def test_two_sides_stand_in_both_orders():
    assert said(mission(partners=[{"agency": "cnsa"}]), "bilateral") == {("usa", "chn"), ("chn", "usa")}


def test_a_partner_of_unknown_state_leaves_the_number_of_sides_open():
    body = {"id": "firm", "actor": "company"}
    facts = {"agencies": [body], "missions": [{**MARS, "partners": [{"agency": "firm"}, {"agency": "cnsa"}]}]}
    found = made(**facts)
    assert not said(found, "only_two_sides")
    assert ("sides",) in said(found, "unstated")


def test_a_forum_is_no_organisation():
    facts = {"agencies": [{"id": "isecg", "actor": "intergovernmental"}], "missions": [{**MARS, "owner": "isecg"}]}
    found = made(**facts)
    assert said(found, "actor") == {("isecg", "forum")}
    assert not said(found, "organisation")


@pytest.mark.parametrize(
    ("fields", "encounters", "is_open"),
    [
        ({}, set(), True),
        ({"form": "orbiter"}, {"orbiter"}, False),
        ({"form": "Lander with rovers"}, {"lander", "rover"}, False),
        ({"form": "orbiter and probe"}, {"orbiter"}, True),
        ({"form": "flyby probe"}, {"flyby"}, False),
        ({"form": "sample return"}, {"sample_return"}, False),
        ({"provides": ["sample-return-mars"]}, {"sample_return"}, False),
        ({"destinations": ["mars-orbit"]}, {"orbiter"}, False),
        ({"destinations": ["mars-surface"], "crewed": True}, {"lander", "crewed"}, False),
        ({"crewed": True}, {"crewed"}, True),
    ],
)
def test_how_a_mission_meets_its_target_is_read_from_form_capabilities_and_place(fields, encounters, is_open):
    found = mission(**fields)
    assert {one for (one,) in said(found, "encounter")} == encounters
    assert (("encounter",) in said(found, "unstated")) == is_open
    assert said(found, "target") == {("mars",)}


@pytest.mark.parametrize(
    ("destination", "targets", "is_open"),
    [
        ("lunar-south-pole", {"moon"}, False),
        ("apophis", {"asteroid"}, False),
        ("deimos", {"mars_moon"}, False),
        ("titan", {"icy_moon"}, False),
        ("saturn", {"outer_planet"}, True),
        ("icy-moons", set(), True),
        ("small-bodies", set(), True),
        ("iss", {"earth_orbit"}, False),
        ("cislunar", {"cislunar"}, False),
        ("sun-earth-l2", {"lagrange"}, False),
        ("inner-planets", set(), False),
        ("earth-analogue", set(), False),
    ],
)
def test_targets_follow_the_tree_of_destinations(destination, targets, is_open):
    found = mission(destinations=[destination], form="orbiter")
    assert {one for (one,) in said(found, "target")} == targets
    assert (("body",) in said(found, "unstated")) == is_open
    assert bool(said(found, "space_activity")) == (destination != "earth-analogue")
    assert bool(said(found, "at_iss")) == (destination == "iss")
    assert bool(said(found, "on_body")) == (destination == "lunar-south-pole")


def test_a_station_is_no_launch_and_begins_on_its_first_day():
    found = mission(form="station", destinations=["iss"], planned="1998-11-20..2030", ends="2030")
    assert not said(found, "flies")
    assert (found.start.text, found.course.text) == ("1998-11-20", "1998-11-20..2030-12-31")
    assert mission(form="base", planned="2030").start.text == "2030"
    assert said(mission(form="orbiter"), "flies")
    assert said(mission(form="rovers and unmanned base"), "flies")
    assert not said(mission(form="rover payload"), "flies")


def test_what_flies_began_on_the_first_date_of_an_open_range_and_what_is_planned_did_not():
    assert mission(planned="2009..", status="operating").start.text == "2009"
    assert mission(planned="1990-04-24..", status="launched").start.text == "1990-04-24"
    assert mission(planned="2031..", status="planned").start.text == "2031.."


def test_a_facility_at_work_since_an_unknown_day_is_judged_on_the_day_of_knowledge():
    at_work = {"form": "station", "destinations": ["iss"], "planned": "..2030"}
    assert mission(status="operating", **at_work).start.text == PAST
    assert mission(status="planned", **at_work).start is None


def test_the_course_of_a_flight_ends_when_it_ends_or_stays_open():
    assert mission(planned="2030", ends="2033-06").course.text == "2030-01-01..2033-06-30"
    assert mission(planned="2030-05-01").course.text == "2030-05-01.."
    assert mission(planned="2030").course is None, "not even its first day is sure"
    done = mission(planned="2011-11-26", status="completed")
    assert (done.start.text, done.course.text) == ("2011-11-26", "2011-11-26..")


def test_what_is_stated_to_be_at_work_goes_on_up_to_the_day_of_knowledge():
    assert mission(planned="2011-11-26", status="operating").course.text == f"2011-11-26..{PAST}"
    assert mission(planned="1998..", status="launched").course.text == f"1998-01-01..{PAST}"
    assert mission(form="station", planned="1998-11-20..", status="operating").course.text == f"1998-11-20..{PAST}"
    assert mission(planned="2011-11-26", ends="2015", status="operating").course.text == "2011-11-26..2015-12-31"


def test_what_has_no_date_is_to_come_if_it_is_planned_and_was_by_now_if_it_flew():
    assert mission(planned=None, status="planned").start is None
    assert mission(planned=None, status="completed").start.text == f"1957-10-04..{PAST}"
    assert mission(planned=None, status="operating").course.text == PAST
    assert mission(planned=None, status="lost", ends="2015").course.text == "2015"
    assert said(mission(status="proposed"), "to_come")
    assert not said(mission(status="completed"), "to_come")


def launched(**requirement):
    """The situation of a mission whose launch is required like this."""
    rocket = {"id": "rocket", "owner": "roscosmos", "provides": ["heavy-launch"]}
    facts = {"elements": [rocket], "missions": [{**MARS, "requirements": [{"capability": "launch", **requirement}]}]}
    return made(**facts)


def test_the_launch_is_provided_by_the_owner_of_what_meets_it():
    found = launched(essential=True, met_by=["rocket"])
    assert said(found, "launcher_provider") == {("roscosmos",)}
    assert said(found, "interdependent") == {("roscosmos",)}
    assert ("roscosmos",) in said(found, "participant")
    assert said(found, "owner_of") == {("roscosmos",)}
    assert ("launcher",) not in said(found, "unstated")


@pytest.mark.parametrize("requirement", [{}, {"met_by": ["rocket"], "basis": "inferred", "essential": True}])
def test_a_launcher_that_is_not_stated_is_none(requirement):
    found = launched(**requirement)
    assert not said(found, "launcher_provider")
    assert not said(found, "interdependent")
    assert ("roscosmos",) not in said(found, "participant")
    assert ("launcher",) in said(found, "unstated")


def test_what_adds_to_a_mission_is_an_enhancement_and_makes_nobody_take_part():
    found = launched(essential=False, met_by=["rocket"])
    assert said(found, "enhancement") == {("roscosmos",)}
    assert ("roscosmos",) not in said(found, "participant")


def answers(situation, question):
    """Answers to one question, by party."""
    return {party: value for asked, party, value in said(situation, "answer") if asked == question}


def test_crew_is_answered_where_it_is_stated():
    assert answers(mission(crewed=True), "crewed") == {"all": "yes"}
    assert answers(mission(crewed=False), "crewed") == {"all": "no"}
    assert answers(mission(), "crewed") == {}
    assert ("crewed",) in said(mission(), "unstated")


@pytest.mark.parametrize(
    ("capability", "expected"),
    [("radioisotope-generator", {"all": "yes"}), ("radioisotope-heat", {}), ("solar-arrays", {})],
)
def test_a_power_source_is_nuclear_where_a_capability_says_so_and_never_denied(capability, expected):
    assert answers(mission(provides=[capability]), "nuclear-power-source") == expected
    source = {"id": "source", "owner": "nasa", "provides": [capability]}
    wants = {"capability": "power", "met_by": ["source"]}
    assert answers(made(elements=[source], missions=[{**MARS, "requirements": [wants]}]), "nuclear-power-source") == (
        expected
    )


@pytest.mark.parametrize(
    ("capability", "propelled", "powered"),
    [("nuclear-electric-propulsion", True, True), ("nuclear-thermal-propulsion", True, False)],
)
def test_nuclear_propulsion_is_told_apart_from_a_power_source(capability, propelled, powered):
    found = mission(provides=[capability])
    assert bool(said(found, "nuclear_propulsion")) == propelled
    assert bool(answers(found, "nuclear-power-source")) == powered


def test_own_funding_follows_from_money_behind_the_mission():
    money = {"money": {"amount": 5, "currency": "EUR"}}
    budgeted = {"id": "c", "owner": "jaxa", "to": ["probe"], "level": "budgeted", "funding": [money]}
    joint = {**MARS, "partners": [{"agency": "jaxa"}]}
    assert answers(made(missions=[joint], commitments=[budgeted]), "own-funding") == {"jaxa": "yes"}
    meant = {**budgeted, "level": "intent"}
    assert answers(made(missions=[joint], commitments=[meant]), "own-funding") == {}
    both = [budgeted, {**budgeted, "id": "d", "owner": "nasa"}]
    assert answers(made(missions=[joint], commitments=both), "own-funding") == dict.fromkeys(
        ("jaxa", "nasa", "all"), "yes"
    )


@pytest.mark.parametrize(
    ("partners", "expected"), [(["jaxa"], "yes"), (["firm"], "no"), (["jaxa", "firm"], None), ([], None)]
)
def test_counterparts_are_governments_where_all_partners_abroad_are(partners, expected):
    firm = {"id": "firm", "actor": "company", "state": "ita"}
    facts = {"agencies": [firm], "missions": [{**MARS, "partners": [{"agency": one} for one in partners]}]}
    assert answers(made(**facts), "government-counterpart").get("nasa") == expected


def test_what_is_given_up_is_left_out():
    facts = {"missions": [{**MARS, "status": "cancelled"}]}
    case = Case("none", "none", "none", "none", "none", "none", {}, facts)
    assert situations(portfolio(case), Book()) == ()


def test_facts_name_their_records_and_general_knowledge():
    found = mission(form="orbiter", crewed=False, unverified_fields=["form"])
    by_predicate = {fact.predicate: fact for fact in found.facts}
    assert by_predicate["encounter"].records == ("mission:probe",)
    assert by_predicate["encounter"].unverified
    assert not by_predicate["lead"].unverified
    assert by_predicate["national_of"].records == ("agency:nasa",)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("mission", {"mission:probe", "mission:other"}),
        ("probe", {"mission:probe"}),
        ("mission:other", {"mission:other"}),
        ("jaxa", {"mission:other"}),
        (["nasa", "jaxa"], {"mission:probe", "mission:other"}),
    ],
)
def test_a_scope_names_kinds_records_or_agencies(scope, expected):
    facts = {"missions": [MARS, {**MARS, "id": "other", "partners": [{"agency": "jaxa"}]}]}
    case = Case("none", "none", "none", "none", "none", "none", {}, facts)
    found = {one.activity for one in situations(portfolio(case), Book(), scope)}
    assert found >= expected
    assert scope == ["nasa", "jaxa"] or found == expected


def test_a_scope_that_names_nothing_is_refused():
    case = Case("none", "none", "none", "none", "none", "none", {}, {"missions": [MARS]})
    with pytest.raises(KeyError, match="scope: no kind, agency or activity of the portfolio is called moonbase"):
        situations(portfolio(case), Book(), "moonbase")


def test_of_what_is_said_twice_the_better_supported_counts():
    rocket = {"id": "rocket", "owner": "jaxa", "provides": ["launch"]}
    need = {"capability": "launch", "essential": True, "met_by": ["rocket"]}
    joint = {**MARS, "partners": [{"agency": "jaxa"}], "unverified_fields": ["partners"], "requirements": [need]}
    found = made(elements=[rocket], missions=[joint])
    (taking_part,) = [f for f in found.facts if f.predicate == "participant" and f.arguments == ("jaxa",)]
    assert not taking_part.unverified
    assert taking_part.records == ("mission:probe", "element:rocket")
    assert next(f for f in found.facts if f.predicate == "partner").unverified
