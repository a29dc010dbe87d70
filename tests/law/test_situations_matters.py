"""What a portfolio says about transfers, payments and uses of resources, and which questions its records answer."""

import datetime as dt

import pytest
from hypothesis import given, settings

from synodos.exchange import read_portfolio
from synodos.language import (
    PUBLIC,
    WITHHELD,
    Agency,
    Agreement,
    Determination,
    Mission,
    Payment,
    ResourceUse,
    State,
    Transfer,
)
from synodos.law import catalogue
from synodos.law.situations import situations
from synodos.law.situations.words import words
from tests.law.casework import Case, portfolio
from tests.strategies import histories

PROBE = {"id": "probe", "owner": "nasa", "destinations": ["mars"], "partners": [{"agency": "jaxa", "role": "camera"}]}
PAYMENT = {"id": "seats", "payer": "nasa", "payee": "roscosmos"}
TRANSFER = {"id": "radio", "from_agency": "nasa", "to_agency": "cnsa"}
USE = {"id": "ice", "user": "lsa", "body": "lunar-south-pole"}
AGREEMENT = {
    "id": "memorandum",
    "instrument": "memorandum-of-understanding",
    "parties": ["nasa", "jaxa"],
    "covers": ["probe"],
    "standing": "in-force",
    "binding": True,
}


class Book:
    """Registers without a member, and one day that contracts are asked for."""

    contract_days = (dt.date(1999, 1, 1),)
    signing_days = (dt.date(2023, 9, 19),)

    def members(self, organisation, at):
        return ()


def made(activity, **facts):
    """The situation of an activity in a portfolio of these records."""
    case = Case("none", "none", "none", "none", activity, "none", {}, facts)
    return {one.activity: one for one in situations(portfolio(case), Book())}[activity]


def said(situation, predicate):
    """Arguments of the facts of one predicate."""
    return {fact.arguments for fact in situation.facts if fact.predicate == predicate}


def paid(**fields):
    """The situation of a payment with these fields."""
    station = {"id": "station", "owner": "nasa", "destinations": ["iss"]}
    return made("payment:seats", payments=[{**PAYMENT, **fields}], elements=[station])


def covered(planned="2030", **fields):
    """The situation of a mission of NASA and JAXA under an agreement with these fields."""
    facts = {"missions": [{**PROBE, "planned": planned}], "agreements": [{**AGREEMENT, **fields}]}
    return made("mission:probe", **facts)


def test_an_agreement_says_before_or_since_which_day_it_was_signed():
    answers = {
        "2023-09-18": "signed_before",
        "2023-09-19": "signed_since",
        "2023": "signing_open",
    }
    for signed, predicate in answers.items():
        found = covered(signed=signed, in_force="2023..", standing="in-force")
        assert said(found, predicate) == {("memorandum", "2023-09-19")}
    assert said(covered(in_force="2023.."), "signing_open")
    assert said(covered(in_force="2020-01-01.."), "signed_before"), "what is in force was signed by then"


def test_a_payment_without_a_date_is_to_come_only_if_all_that_it_is_for_is_to_come():
    def start(*statuses):
        missions = [{**PROBE, "id": f"probe-{status}", "status": status} for status in statuses]
        plans = [one["id"] for one in missions]
        return made("payment:seats", missions=missions, payments=[{**PAYMENT, "plans": plans}]).start

    assert start("planned", "idea") is None
    assert start("planned", "completed").text == start().text == "1957-10-04.."


def test_a_payment_says_who_pays_whom_for_what_and_how():
    found = paid(purpose="flight-services", in_kind=False, when="2012", plans=["station"])
    assert said(found, "payer") == {("nasa",)}
    assert said(found, "payee") == {("roscosmos",)}
    assert said(found, "purpose") == {("flight_services",)}
    assert said(found, "in_kind") == {("no",)}
    assert said(found, "iss_related") == {()}
    assert said(found, "national_of") == {("nasa", "usa"), ("roscosmos", "rus")}
    assert found.start.text == "2012"


def test_what_a_payment_does_not_say_is_unstated():
    found = paid()
    assert said(found, "unstated") >= {
        (one,) for one in ("purpose", "in_kind", "contracted", "rendered", "iss_related", "date")
    }
    assert not said(found, "iss_related")


@pytest.mark.parametrize(
    ("contracted", "predicate"),
    [
        ("1998-12-31", "contracted_by"),
        ("1999-01-01", "contracted_by"),
        ("1996..1999-01-01", "contracted_by"),
        ("1999-01-02", "contracted_after"),
        ("1998..2000", None),
        (None, None),
    ],
)
def test_a_contract_was_made_by_a_day_only_if_all_of_its_date_is_by_then(contracted, predicate):
    found = paid(contracted=contracted)
    both = {"contracted_by", "contracted_after"}
    assert {fact.predicate for fact in found.facts} & both == ({predicate} if predicate else set())
    assert (("contracted",) in said(found, "unstated")) == (predicate is None)
    assert all(said(found, one) <= {("1999-01-01",)} for one in both)


def test_the_days_on_which_work_is_rendered_are_stated_as_days():
    assert said(paid(rendered="2013-04"), "rendered") == {("2013-04-01", "2013-04-30")}


def test_a_payment_under_an_agreement_on_the_station_is_about_the_station():
    station = {"id": "station", "owner": "nasa", "destinations": ["iss"]}
    contract = {**AGREEMENT, "parties": ["nasa", "roscosmos"], "covers": ["station"]}
    facts = {"payments": [{**PAYMENT, "under": ["memorandum"]}], "elements": [station], "agreements": [contract]}
    assert said(made("payment:seats", **facts), "iss_related") == {()}


@pytest.mark.parametrize(
    ("classification", "entry"),
    [
        ("USML XV(a)", "usml_xv"),
        ("USML Cat. IV(h)", "usml_iv"),
        ("USML Category XII", "usml_other"),
        ("EAR 9A515.x", "ear_9x515"),
        ("9E515", "ear_9x515"),
        ("ECCN 9A004.a", "ear_9a004"),
        ("EAR 3A001", "ear_other"),
        ("EAR99", "ear99"),
        ("uncontrolled", "uncontrolled"),
    ],
)
def test_entries_of_control_lists_are_told_apart(classification, entry):
    found = made("transfer:radio", transfers=[{**TRANSFER, "classification": classification}])
    assert said(found, "list_entry") == {(entry,)}
    assert not said(found, "unclassified")


def test_a_transfer_without_a_class_is_unclassified_and_an_unknown_class_is_no_entry():
    assert said(made("transfer:radio", transfers=[TRANSFER]), "unclassified") == {()}
    odd = made("transfer:radio", transfers=[{**TRANSFER, "classification": "to be decided"}])
    assert not said(odd, "list_entry")
    assert not said(odd, "unclassified")
    assert ("list_entry",) in said(odd, "unstated")


def test_origin_and_destination_follow_the_parties_unless_they_are_stated():
    found = made("transfer:radio", transfers=[TRANSFER])
    assert said(found, "origin") == {("usa",)}
    assert said(found, "destination_state") == {("chn",)}
    assert said(found, "serves_us_agency") == {()}
    other = made("transfer:radio", transfers=[{**TRANSFER, "from_agency": "esa", "origin": "usa", "what": "software"}])
    assert said(other, "origin") == {("usa",)}
    assert said(other, "item") == {("software",)}
    assert not said(other, "serves_us_agency")
    assert ("origin",) in said(made("transfer:radio", transfers=[{**TRANSFER, "from_agency": "esa"}]), "unstated")


def test_a_use_of_a_resource_says_whose_it_is_and_who_is_kept_out():
    joint = {**USE, "with_agencies": ["jaxa"], "use": "mission-support", "exclusive": False}
    found = made("resource-use:ice", **{"resource-uses": [joint]})
    assert said(found, "user") == {("lsa",), ("jaxa",)}
    assert said(found, "joint") == {()}
    assert said(found, "body") == {("moon",)}
    assert said(found, "resource_purpose") == {("mission_support",)}
    assert said(found, "exclusive") == {("no",)}
    assert ("non-exclusive", "all", "yes") in said(found, "answer")
    assert said(found, "unstated") >= {("claims_ownership",), ("date",)}


def test_an_exclusive_use_is_not_free_to_others():
    found = made("resource-use:ice", **{"resource-uses": [{**USE, "exclusive": True}]})
    assert said(found, "exclusive") == {("yes",)}
    assert said(found, "answer") == {("non-exclusive", "all", "no")}


@pytest.mark.parametrize(
    ("fields", "planned", "expected"),
    [
        ({}, "2030", "agreement"),
        ({"in_force": "2020.."}, "2030", "agreement"),
        ({"in_force": "2020..2025"}, "2030", None),
        ({"in_force": "2020..2030-06"}, "2030", "open"),
        ({"standing": "planned"}, "2030", "planned"),
        ({"standing": "never-concluded"}, "2030", None),
        ({"standing": "ended"}, "2030", None),
        ({"standing": "suspended"}, "2030", "open"),
        ({"standing": "in-doubt"}, "2030", "open"),
        ({"in_force": "2001.."}, "2012", "agreement"),
        ({"in_force": "2013.."}, "2012", None),
        ({"in_force": "2001..2010"}, "2012", None),
        ({"in_force": "2001..2020", "standing": "ended"}, "2012", "agreement"),
        ({"in_force": "2001..", "standing": "ended"}, "2012", "open"),
        ({"in_force": "2012-06.."}, "2012", "open"),
        ({"signed": "2001"}, "2012", "agreement"),
        ({}, "2012", "open"),
    ],
)
def test_an_agreement_counts_on_the_day_of_the_activity(fields, planned, expected):
    found = covered(planned, **fields)
    shown = {
        "agreement": bool(said(found, "agreement")),
        "planned": bool(said(found, "agreement_planned")),
        "open": ("agreement",) in said(found, "unstated"),
    }
    assert {name for name, holds in shown.items() if holds} == ({expected} if expected else set())


def test_an_agreement_brings_its_type_its_clauses_its_parties_and_what_it_stands_under():
    treaty = {**AGREEMENT, "id": "framework", "instrument": "framework-agreement", "covers": []}
    lower = {**AGREEMENT, "parent": "framework", "clauses": ["cross-waiver", "registration"]}
    found = made("mission:probe", missions=[{**PROBE, "planned": "2030"}], agreements=[treaty, lower])
    assert said(found, "agreement") == {("memorandum",), ("framework",)}
    assert said(found, "under") == {("memorandum", "framework")}
    assert ("memorandum", "memorandum-of-understanding") in said(found, "instrument")
    assert said(found, "clause") == {("memorandum", "cross-waiver"), ("memorandum", "registration")}
    assert said(found, "answer") >= {
        ("cross-waiver-agreed", "all", "yes"),
        ("registration-agreed", "all", "yes"),
        ("distinct-responsibilities", "all", "yes"),
    }


def test_a_clause_answers_only_for_the_parties_where_not_every_side_is_party():
    third = {**PROBE, "partners": [*PROBE["partners"], {"agency": "esa", "role": "lander"}], "planned": "2030"}
    waiver = {**AGREEMENT, "clauses": ["cross-waiver"]}
    found = made("mission:probe", missions=[third], agreements=[waiver])
    answered = {(party, value) for asked, party, value in said(found, "answer") if asked == "cross-waiver-agreed"}
    assert answered == {("nasa", "yes"), ("usa", "yes"), ("jaxa", "yes"), ("jpn", "yes")}
    assert not {one for one in said(found, "answer") if one[0] == "distinct-responsibilities"}


def determined(*determinations, **facts):
    """The answers about a mission after these determinations, and what is disputed."""
    records = [
        {"id": f"d{n}", "owner": "nasa", "about": ["probe"], "question": "registered", "answer": "yes", **one}
        for n, one in enumerate(determinations)
    ]
    missions = [{**PROBE, "planned": "2020", "ends": "2025"}]
    found = made("mission:probe", **{"missions": missions, "determinations": records, **facts})
    return said(found, "answer") - {one for one in said(found, "answer") if one[0] == "government-counterpart"}, said(
        found, "disputed_answer"
    )


def test_what_was_determined_is_an_answer_for_the_party_or_for_all():
    assert determined({}) == ({("registered", "all", "yes")}, set())
    assert determined({"party": "usa", "answer": "no"}) == ({("registered", "usa", "no")}, set())


def test_the_latest_answer_of_an_owner_counts_and_none_after_the_end():
    first, then = {"answer": "no", "since": "2020"}, {"answer": "yes", "since": "2022"}
    assert determined(first, then)[0] == {("registered", "all", "yes")}
    assert determined(then, first)[0] == {("registered", "all", "yes")}
    assert determined({"since": "2026"})[0] == set()


def test_owners_who_contradict_each_other_leave_a_question_open():
    found, disputed = determined({"answer": "yes"}, {"answer": "no", "owner": "jaxa"})
    assert found == set()
    assert disputed == {("registered", "all")}


def test_an_answer_about_one_party_goes_before_an_answer_about_all():
    found, disputed = determined({"answer": "yes"}, {"answer": "no", "party": "usa"})
    assert disputed == set()
    assert ("registered", "usa", "no") in found
    assert {party for _, party, value in found if value == "yes"} == {"nasa", "jaxa", "jpn"}


def test_a_state_that_an_answer_is_about_is_involved_though_nobody_from_it_takes_part():
    launched = {"id": "d", "owner": "nasa", "about": ["probe"], "question": "territory-or-facility-used"}
    answer = {**launched, "party": "rus", "answer": "yes"}
    found = made("mission:probe", missions=[{**PROBE, "planned": "2030"}], determinations=[answer])
    assert found.parties == ("nasa", "usa", "jaxa", "jpn", "rus")
    assert said(found, "state") == {("usa",), ("jpn",), ("rus",)}
    assert said(found, "conducts") == {("usa",), ("jpn",)}
    assert ("territory-or-facility-used", "rus", "yes") in said(found, "answer")


def test_an_answer_about_an_agreement_holds_for_what_it_covers_and_one_about_an_element_if_it_passes_on():
    about = {"about": ["memorandum"], "question": "state-department-consulted"}
    agreement = {**AGREEMENT, "signed": "2010"}
    assert ("state-department-consulted", "all", "yes") in determined(about, agreements=[agreement])[0]
    source = {"id": "source", "owner": "nasa", "provides": ["power"]}
    uses = {**PROBE, "requirements": [{"capability": "power", "met_by": ["source"]}], "planned": "2030"}
    for question, expected in (("nuclear-power-source", True), ("registered", False)):
        one = {"about": ["source"], "question": question}
        found = determined(one, elements=[source], missions=[uses])[0]
        assert ((question, "all", "yes") in found) == expected


def test_every_word_has_its_reason_and_every_term_is_in_the_vocabulary():
    case = portfolio(Case("none", "none", "none", "none", "none", "none", {}, {}))
    table = words()
    assert {row.destination for row in (*table.places, table.on_earth, table.station)} <= set(case.destinations)
    named = {row.capability for row in (*table.capabilities, *table.nuclear, table.launch)}
    assert named <= set(case.capabilities)
    assert {row.clause for row in table.clauses} <= set(case.vocabularies["clauses"])
    asked = {row.question for row in table.clauses} | set(table.passed_on)
    assert asked <= set(case.vocabularies["legal-questions"])


@pytest.mark.parametrize(
    "name",
    ["cassini-huygens", "exomars", "exploration2011", "exploration2026", "gateway", "hubble", "iss", "jwst"],
)
def test_shipped_portfolios_give_facts_that_name_records_and_never_what_is_withheld(root, name):
    shipped = read_portfolio(root / "portfolios" / name)
    keys = {f"{record.kind}:{record.id}" for record in shipped}
    found = situations(shipped, catalogue())
    given_up = sum(mission.status == "cancelled" for mission in shipped.missions.values())
    matters = (*shipped.missions, *shipped.transfers, *shipped.payments, *shipped.resource_uses)
    assert len(found) == len(matters) - given_up
    for situation in found:
        assert {record for fact in situation.facts for record in fact.records} <= keys
        assert WITHHELD not in {one for fact in situation.facts for one in fact.arguments}
        kept = [(fact.predicate, fact.arguments) for fact in situation.facts if fact.predicate != "unstated"]
        assert len(kept) == len(set(kept))


def test_who_is_withheld_from_a_viewer_is_named_nowhere_and_missed():
    hidden = {"id": "hidden", "actor": "agency", "state": "usa", "release": "private"}
    agencies = ({"agency": "hidden", "role": "camera"}, {"agency": "jaxa", "role": "lander"})
    element = {"id": "rocket", "owner": "hidden", "provides": ["launch"], "release": "private"}
    need = {"capability": "launch", "essential": True, "met_by": ["rocket"]}
    money = {"money": {"amount": 5, "currency": "EUR"}}
    facts = {
        "agencies": [hidden],
        "elements": [element],
        "missions": [{**PROBE, "partners": agencies, "operator": "hidden", "requirements": [need]}],
        "agreements": [{**AGREEMENT, "parties": ["nasa", "jaxa", "hidden"], "clauses": ["cross-waiver"]}],
        "commitments": [{"id": "c", "owner": "hidden", "to": ["probe"], "level": "budgeted", "funding": [money]}],
        "payments": [{**PAYMENT, "payee": "hidden"}],
        "transfers": [{**TRANSFER, "to_agency": "hidden"}],
        "resource-uses": [{**USE, "with_agencies": ["hidden"]}],
        "determinations": [
            {"id": "d", "owner": "nasa", "about": ["probe"], "party": "hidden", "question": "launches", "answer": "yes"}
        ],
    }
    seen = portfolio(Case("none", "none", "none", "none", "none", "none", {}, facts)).as_seen_by(PUBLIC)
    found = situations(seen, Book())
    assert [one.activity for one in found] == [
        "mission:probe",
        "transfer:radio",
        "payment:seats",
        "resource-use:ice",
    ]
    for situation in found:
        named = {one for fact in situation.facts for one in (*fact.arguments, *fact.records)} | set(situation.parties)
        assert not {one for one in named if WITHHELD in one or "hidden" in one or "rocket" in one}
        assert ("participants",) in said(situation, "unstated")
        assert not said(situation, "only_two_sides")
        assert ("sides",) in said(situation, "unstated")
    assert ("launcher",) in said(found[0], "unstated")
    assert said(found[0], "answer") == {
        ("cross-waiver-agreed", party, "yes") for party in ("nasa", "jaxa", "usa", "jpn")
    }


ASKED = (Agency, State, Mission, Agreement, Transfer, Payment, ResourceUse, Determination)


@settings(max_examples=30)
@given(history=histories(max_extra=8, kinds=ASKED))
def test_a_viewer_gets_the_same_facts_each_time_and_no_name_that_is_withheld(history):
    whole = history.known_on()
    for seen in (whole, whole.as_seen_by(PUBLIC), *(whole.as_seen_by(agency) for agency in sorted(whole.agencies)[:1])):
        found = situations(seen, Book())
        assert found == situations(seen, Book())
        for situation in found:
            named = {one for fact in situation.facts for one in fact.arguments} | set(situation.parties)
            assert WITHHELD not in named
            assert {record for fact in situation.facts for record in fact.records if record.startswith("agency:")} <= {
                f"agency:{one}" for one in seen.agencies
            }


@pytest.mark.parametrize(
    ("owner", "party", "counts"),
    [("nasa", None, True), ("usa", None, True), ("cnsa", None, False), ("cnsa", "nasa", False), ("chn", "chn", True)],
    ids=["a participant", "its State", "a stranger", "a stranger about another", "a State about itself"],
)
def test_who_takes_no_part_answers_for_itself_only(owner, party, counts):
    told = {"id": "told", "question": "consulted", "about": ["trip"], "party": party, "answer": "yes"}
    mission = {"id": "trip", "owner": "nasa", "name": "Trip", "status": "planned", "planned": "2030"}
    found = made("mission:trip", missions=[mission], determinations=[{**told, "owner": owner, "stated_by": owner}])
    assert bool(said(found, "answer")) == counts
