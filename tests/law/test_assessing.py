"""From situations to findings: when a norm binds, what is missing, what exempts, what stands behind it."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos import law
from synodos.exchange import read_portfolio
from synodos.language import Agency, DateRange, Policy
from synodos.law.assessing import grouped, judged, with_policies
from synodos.law.assessing.binding import binds
from synodos.law.catalogue import Binds
from synodos.law.types import Fact, Finding
from tests.law.small import ANY, BAN, CONTESTED, COURSE, DUTY, FREE, findings, plans, situation, small_catalogue

FLIGHT = (("flies",), ("participant", "nasa"), ("national_of", "nasa", "usa"))
PAID = (("payer", "nasa"), ("payee", "roscosmos"), ("national_of", "roscosmos", "rus"))


def answer(value, question="registered", party="all"):
    return ("answer", question, party, value)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("1999-12-31", None),
        ("2000-01-01", "met"),
        ("2019-12-31", "met"),
        ("2020-01-01", None),
        ("1999..2001", "needs_determination"),
    ],
)
def test_an_activity_is_judged_by_the_law_of_its_own_date(day, status):
    found = findings(situation("flight", day, *FLIGHT, answer("yes"))).get((DUTY, "nasa"))
    assert (found.status if found else None) == status
    if status == "needs_determination":
        assert [question.id for question in found.questions] == ["date"]


def test_what_is_not_told_is_asked_and_what_is_told_settles_it():
    status = {}
    for told in ((), (answer("yes"),), (answer("no"),), (answer("yes", party="nasa"),), (answer("yes", party="jaxa"),)):
        found = findings(situation("flight", "2005", *FLIGHT, *told))[DUTY, "nasa"]
        status[told] = found.status, [question.id for question in found.questions]
    assert list(status.values()) == [
        ("needs_determination", ["registered"]),
        ("met", []),
        ("breached", []),
        ("met", []),
        ("needs_determination", ["registered"]),
    ]


def test_a_statute_binds_the_agencies_of_its_state_only():
    found = findings(
        situation("flight", "2005", *FLIGHT, ("participant", "roscosmos"), parties=("nasa", "roscosmos", "usa", "rus"))
    )
    assert {bearer for norm, bearer in found if norm == DUTY} == {"nasa"}


@pytest.mark.parametrize(
    ("day", "law_known_on", "status", "exemption"),
    [
        ("2005", "2026-01-01", "exempt", FREE),
        ("2012", "2026-01-01", "needs_determination", None),  # nobody found what came after the exemption
        ("2009..2011", "2026-01-01", "needs_determination", None),
    ],
)
def test_an_exemption_has_a_window_of_its_own(day, law_known_on, status, exemption):
    paid = situation("seats", day, *PAID, ("iss_related",))
    found = findings(paid, law_known_on=dt.date.fromisoformat(law_known_on))[BAN, "nasa"]
    assert (found.status, found.exemption) == (status, exemption)
    assert [question.id for question in found.questions] == (["exemption"] if exemption is None else [])


def test_an_exemption_needs_its_condition():
    assert findings(situation("seats", "2005", *PAID))[BAN, "nasa"].status == "breached"


def test_treaty_status_counts_on_the_day_and_as_known():
    flight = (("flies",), ("national_of", "ssa", "sau"))
    for day, known, there in (
        ("2023-06-01", "2026-01-01", True),
        ("2024-06-01", "2026-01-01", False),  # withdrawn on 2024-01-05
        ("2024-06-01", "2022-01-01", True),  # of which nobody knew in 2022
        ("2005", "2026-01-01", False),
    ):
        law_day = dt.date.fromisoformat(known)
        found = findings(situation("flight", day, *flight, parties=("ssa", "sau")), law_known_on=law_day)
        assert ((ANY, "sau") in found) == there, (day, known)


def test_a_course_is_judged_by_any_part_of_it_and_says_since_when():
    flight = (("flies",), ("national_of", "ssa", "sau"))
    found = findings(situation("flight", "2010", *flight, parties=("ssa", "sau"), course="2010..2015"))
    assert (ANY, "sau") not in found
    assert found[COURSE, "sau"].since == dt.date(2012, 8, 17)  # thirty days after the accession of 2012-07-18
    assert found[COURSE, "sau"].status == "met"


def test_an_activity_without_a_date_takes_place_after_the_day_of_knowledge():
    found = findings(situation("flight", None, ("flies",), ("national_of", "asa", "aus"), parties=("asa", "aus")))
    assert found[ANY, "aus"].status == "met"
    assert (DUTY, "nasa") not in findings(situation("flight", None, *FLIGHT))


def test_findings_tell_their_records_and_what_is_unverified():
    found = findings(situation("flight", "2005", *FLIGHT, answer("yes")))[DUTY, "nasa"]
    assert found.evidence == ("flight", "record:flies", "record:participant", "record:answer")
    assert (found.certainty, found.unverified) == ("certain", ())
    doubtful = situation("flight", "2005", *FLIGHT, answer("yes"))
    facts = tuple(fact._replace(unverified=fact.predicate == "answer") for fact in doubtful.facts)
    found = findings(replace(doubtful, facts=facts))[DUTY, "nasa"]
    assert (found.certainty, found.unverified) == ("unverified", ("record:answer",))


def test_the_same_profile_gives_each_activity_its_own_evidence():
    one = situation("one", "2005-01-01", *FLIGHT)
    other = situation("other", "2006-07-01", *FLIGHT)
    found = judged([one, other], plans(), small_catalogue(), dt.date(2026, 1, 1)).findings
    assert [finding.evidence[0] for finding in found] == ["one", "other"]
    assert [question.about for finding in found for question in finding.questions] == ["one", "other"]


def test_open_questions_come_in_order_of_what_they_block():
    plan = with_policies(small_catalogue(), policies("registered", "licensed"))
    flight = situation("flight", "2005", ("kind", "mission"), ("cooperation",), *FLIGHT)
    answers = judged([flight], plans(), plan, dt.date(2026, 1, 1)).open
    assert [(question.id, question.blocks) for question in answers] == [
        ("registered", (DUTY, "rule.1")),
        ("licensed", ("rule.2",)),
    ]
    assert answers[0].text == "Is the object entered in a national registry? (flight, NASA)"


def policies(*questions, **fields):
    """The plans with a policy of NASA that asks some questions."""
    criteria = [{"text": f"Criterion on {question}", "turns_on": question} for question in questions]
    shared = {"release": "public", "as_of": "2004", "confidence": "read", "sources": ["made-up"]}
    values = {
        "id": "rule",
        "owner": "nasa",
        "stated_by": "nasa",
        "name": "Rule",
        "binds": ["nasa"],
        "applies": "2004..",
    }
    return plans().replace(Policy.model_validate({**shared, **values, "criteria": criteria, **fields}))


@pytest.mark.parametrize(
    ("fields", "day", "partners", "there"),
    [
        ({}, "2005", ("jaxa",), True),
        ({}, "2003", ("jaxa",), False),
        ({"applies": "2004..2010"}, "2010-12-31", ("jaxa",), True),
        ({"applies": "2004..2010"}, "2011-01-01", ("jaxa",), False),
        ({"about": ["roscosmos"]}, "2005", ("jaxa",), False),
        ({"about": ["roscosmos"]}, "2005", ("roscosmos",), True),
        ({"binds": ["roscosmos"]}, "2005", ("jaxa",), False),
    ],
)
def test_criteria_of_a_policy_are_norms_for_the_cooperation_of_those_it_binds(fields, day, partners, there):
    portfolio = policies("registered", **fields)
    facts = (
        ("kind", "mission"),
        ("cooperation",),
        ("participant", "nasa"),
        *(("participant", one) for one in partners),
    )
    flight = situation("flight", day, *facts, parties=("nasa", *partners))
    answers = judged([flight], portfolio, with_policies(small_catalogue(), portfolio), dt.date(2026, 1, 1)).findings
    assert (("rule.1", "nasa") in {(one.norm, one.bearer) for one in answers}) == there


def test_findings_that_say_the_same_are_one_group():
    flights = [situation(f"flight-{number}", "2005", *FLIGHT) for number in range(3)]
    told = situation("told", "2005", *FLIGHT, answer("yes"))
    answers = judged([*flights, told], plans(), small_catalogue(), dt.date(2026, 1, 1))
    groups = law.grouped(answers.findings)
    assert [(group.norm, group.status, group.count, group.asks) for group in groups] == [
        (DUTY, "needs_determination", 3, ("registered",)),
        (DUTY, "met", 1, ()),
    ]
    assert groups[0].activities == ("flight-0", "flight-1", "flight-2")
    assert sum(group.count for group in groups) == len(answers.findings)


def test_grouping_an_assessment_makes_no_finding_before_one_is_looked_at():
    flights = [situation(f"flight-{number}", "2005", *FLIGHT, ("user", "nasa")) for number in range(3)]
    unsure = replace(
        flights[0], activity="unsure", facts=tuple(one._replace(unverified=True) for one in flights[0].facts)
    )
    answers = judged([*flights, unsure], plans(), small_catalogue(), dt.date(2026, 1, 1))
    groups = law.grouped(answers.findings)
    assert not answers.findings._made
    assert sum(group.count for group in groups) == len(answers.findings)
    assert not answers.findings._made
    assert {group.certainty for group in groups} == {"certain", "unverified", "contested"}
    assert groups == law.grouped(list(answers.findings))


def test_findings_that_ask_for_other_things_are_groups_of_their_own():
    known, blurred = situation("known", "2005", *FLIGHT), situation("blurred", "1999..2001", *FLIGHT)
    answers = judged([known, blurred], plans(), small_catalogue(), dt.date(2026, 1, 1))
    assert [group.asks for group in law.grouped(answers.findings)] == [("registered",), ("date",)]


@pytest.mark.parametrize(
    ("whom", "bound", "perhaps"),
    [
        ({"state": "usa"}, {"usa"}, set()),
        ({"agencies_of": "usa"}, {"nasa"}, set()),
        ({"persons_of": "usa"}, {"nasa", "firm"}, {"stateless"}),
        ({"agencies": ["nasa"]}, {"nasa"}, set()),
        ({"everybody": "states"}, {"usa", "esa"}, set()),
        ({"everybody": "actors"}, {"usa", "esa", "nasa", "firm", "stateless"}, set()),
    ],
)
def test_whom_an_instrument_binds(whom, bound, perhaps):
    shared = {"release": "public", "as_of": "2000", "confidence": "read", "sources": ["made-up"]}
    others = {"firm": ("company", "usa"), "stateless": ("company", None), "esa": ("intergovernmental", None)}
    records = [
        Agency.model_validate(
            {"id": key, "owner": key, "stated_by": key, "name": key, "short_name": key, "actor": actor, "state": state}
            | shared
        )
        for key, (actor, state) in others.items()
    ]
    portfolio = plans().replace(*records)
    truths = {party: binds(Binds(**whom), party, portfolio) for party in ("usa", "nasa", "firm", "stateless", "esa")}
    assert {party for party, truth in truths.items() if truth == "yes"} == bound
    assert {party for party, truth in truths.items() if truth == "perhaps"} == perhaps


def test_ids_with_strange_letters_pass_through():
    found = findings(situation('a "quoted" \\ flight', "2005", *FLIGHT, ("agreement", 'x"y\\z')))
    assert found[DUTY, "nasa"].activity == 'a "quoted" \\ flight'


PREDICATES = st.sampled_from(
    [
        ("flies",), ("participant", "nasa"), ("participant", "asa"), ("payer", "nasa"), ("payee", "roscosmos"),
        ("national_of", "roscosmos", "rus"), ("national_of", "asa", "aus"), ("iss_related",), ("user", "nasa"),
        ("claims_ownership", "yes"), ("user", "asa"),
    ]
)  # fmt: skip
PARTIES = ("nasa", "asa", "roscosmos", "usa", "aus", "rus")
DAYS = st.sampled_from(["1985", "1999-12-31", "1999..2001", "2005", "2009..2012", "2015", "2024", "2021.."])
SETTLED = {("met", "breached"), ("breached", "met")}


@given(
    facts=st.lists(PREDICATES, unique=True), day=DAYS, question=st.sampled_from(["registered", "licensed", "crewed"])
)
def test_an_answer_turns_no_certain_status_into_its_opposite_but_where_the_norm_asks_for_it(facts, day, question):
    before = findings(situation("plan", day, *facts, parties=PARTIES))
    for value in ("yes", "no"):
        after = findings(situation("plan", day, *facts, answer(value, question), parties=PARTIES))
        for key, finding in after.items():
            was = before.get(key)
            if was is not None and "certain" == was.certainty == finding.certainty:
                assert (was.status, finding.status) not in SETTLED
        if question != "registered":
            assert after == before


@given(facts=st.lists(PREDICATES, unique=True), day=DAYS, known=st.dates(dt.date(1980, 1, 1), dt.date(2026, 1, 1)))
def test_nothing_is_said_of_a_norm_before_its_window_or_before_it_is_known(facts, day, known):
    catalogue, when = small_catalogue(), DateRange(day)
    for norm, _bearer in findings(situation("plan", day, *facts, parties=PARTIES), law_known_on=known):
        window = catalogue.stated(norm).as_known(known)
        assert window is not None
        assert when.latest >= window.begins_earliest


@given(day=DAYS)
def test_without_facts_nothing_is_certain(day):
    assert findings(situation("plan", day, parties=PARTIES)) == {}


@given(facts=st.lists(PREDICATES, unique=True), day=DAYS)
def test_activities_judged_together_come_out_as_alone(facts, day):
    plan = situation("plan", day, *facts, parties=PARTIES)
    others = [situation("flight", "2005", *FLIGHT), situation("seats", "2008", *PAID, ("iss_related",)), plan]
    together = judged(others, plans(), small_catalogue(), dt.date(2026, 1, 1)).findings
    alone = findings(plan)
    assert {(one.norm, one.bearer): one for one in together if one.activity == "plan"} == alone


def test_facts_know_their_records():
    assert Fact("flies").records == ()
    assert (CONTESTED, "nasa") not in findings(situation("plan", "2005", *FLIGHT))


def test_the_catalogue_says_nothing_of_what_was_not_known(root):
    station = read_portfolio(root / "portfolios" / "iss")
    catalogue, day = law.catalogue(), dt.date(2004, 6, 30)
    then = law.assess(station, law_known_on=day).findings
    assert then
    assert {one.norm for one in then if catalogue.stated(one.norm).as_known(day) is None} == set()
    assert "INA-X1" not in {one.exemption for one in then}  # enacted in 2005
    assert "INA-X1" in {one.exemption for one in law.assess(station).findings}


def test_findings_with_different_exemptions_are_told_apart():
    one = Finding("INA-6", "payment:a", "nasa", "exempt", "certain", exemption="INA-X1")
    groups = grouped([one, replace(one, activity="payment:b"), replace(one, exemption="INA-X2")])
    assert [(group.exemption, group.count) for group in groups] == [("INA-X1", 2), ("INA-X2", 1)]
