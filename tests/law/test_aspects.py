"""Aspects: what each instrument asks of an activity is judged once, and tells the same as the whole."""

import datetime as dt

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from synodos.law import catalogue
from synodos.law.assessing import judged, profiles
from synodos.law.assessing.aspects import aspects
from synodos.law.assessing.bundles import bundles, needs_of
from synodos.law.rules.dependencies import parsed
from synodos.law.rules.facts import FACTS as FACT_NAMES
from synodos.law.rules.guarding import guarded
from tests.law.small import COURSE, plans, situation, small_catalogue

KNOWN_ON = dt.date(2026, 1, 1)
FLIGHT = (("flies",), ("participant", "nasa"))


def distinct(*situations, bundle="statute"):
    """Aspects of the bundle of an instrument."""
    found = aspects(profiles(situations, small_catalogue(), KNOWN_ON, KNOWN_ON), small_catalogue(), plans())
    return [one for one in found.aspects if bundle in one.bundle.instruments]


def test_what_an_instrument_does_not_ask_makes_no_aspect():
    one, other = situation("one", "2005", *FLIGHT), situation("other", "2005", *FLIGHT, ("user", "nasa"))
    assert len(distinct(one, other)) == 1
    assert len(distinct(one, situation("paid", "2005", *FLIGHT, ("payer", "nasa")))) == 2


@pytest.mark.parametrize(
    ("one", "other", "count"), [("2005", "1999..2001", 2), ("2005", "2006", 1), ("1985", "2005", 1)]
)
def test_days_that_its_windows_do_not_tell_apart_make_no_aspect(one, other, count):
    assert len(distinct(situation("one", one, *FLIGHT), situation("other", other, *FLIGHT))) == count


def test_an_instrument_that_binds_nobody_or_is_not_in_force_asks_nothing():
    assert distinct(situation("one", "2005", *FLIGHT, parties=("roscosmos", "rus"))) == []
    assert distinct(situation("one", "1985", *FLIGHT)) == []


def test_an_instrument_asks_only_where_what_its_rules_name_is_named():
    transfer = (("kind", "transfer"), ("giver", "jaxa"), ("receiver", "nasa"), ("list_entry", "usml_xv"))
    for origin, count in (("usa", 1), ("jpn", 0)):
        facts = (*transfer, ("origin", origin), ("destination_state", "fra"))
        found = profiles([situation("one", "2015", *facts, parties=("jaxa", "jpn"))], catalogue(), KNOWN_ON, KNOWN_ON)
        bundle_of = [one.bundle.instruments for one in aspects(found, catalogue(), plans()).aspects]
        assert len([one for one in bundle_of if "itar" in one]) == count


def test_instruments_whose_norms_ask_for_each_other_are_judged_together():
    found = {instrument: bundle for bundle in bundles(catalogue()) for instrument in bundle.instruments}
    assert found["registration-convention"] is found["space-station-agreement"]  # REG-2.2 asks whether IGA-17 binds
    assert found["outer-space-treaty"] is not found["registration-convention"]
    for key, norm in catalogue().norms.items():
        own = found[catalogue().instrument_of[key]]
        asked = needs_of(catalogue(), key)
        assert asked.facts <= own.facts
        assert asked.answers <= own.answers
        assert asked.windows | {key} <= own.windows
        assert {*norm.lifts, *asked.norms} <= {*own.norms}


def test_a_question_that_a_variable_stands_for_is_asked_too():
    assert "territory-or-facility-used" in catalogue().needs["LIAB-22"].answers
    assert "NPD1360.2B" in catalogue().needs["NPD1360.2B.3"].windows


def test_every_rule_that_begins_to_say_something_of_a_norm_asks_for_its_instrument():
    text = guarded(small_catalogue().rules, small_catalogue().instrument_of)
    lines = [line for line in text.split("\n") if line.startswith(("concerns", "excuses", "contestable"))]
    assert lines
    assert [line for line in lines if "about(A," not in line] == []
    assert 'concerns(A,B,"D-1") :- about(A,"statute"), flies(A), participant(A,B).' in lines


@pytest.mark.parametrize("turned", [False, True])
def test_a_course_that_stays_open_is_not_taken_for_a_long_one(turned):
    facts = (("flies",), ("national_of", "ssa", "sau"))
    made = [
        situation(course, "2010", *facts, parties=("ssa", "sau"), course=course) for course in ("2010..", "2010..2090")
    ]
    found = judged(made[::-1] if turned else made, plans(), small_catalogue(), KNOWN_ON).findings
    status = {finding.activity: finding.status for finding in found if finding.norm == COURSE}
    assert status == {"2010..": "needs_determination", "2010..2090": "met"}  # bound since 2012


FACTS = st.sampled_from(
    [
        ("flies",), ("participant", "nasa"), ("participant", "asa"), ("payer", "nasa"), ("payee", "roscosmos"),
        ("national_of", "roscosmos", "rus"), ("national_of", "asa", "aus"), ("iss_related",), ("user", "nasa"),
        ("claims_ownership", "yes"), ("answer", "registered", "all", "yes"), ("answer", "registered", "nasa", "no"),
    ]
)  # fmt: skip
DAYS = st.sampled_from(["1985", "1999..2001", "2005", "2009..2012", "2015", "2024", "2021.."])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.lists(FACTS, unique=True), DAYS), min_size=2, max_size=5))
def test_many_activities_come_out_as_each_by_itself(drawn):
    parties = ("nasa", "asa", "roscosmos", "usa", "aus", "rus")
    made = [situation(str(at), day, *facts, parties=parties) for at, (facts, day) in enumerate(drawn)]
    together = list(judged(made, plans(), small_catalogue(), KNOWN_ON).findings)
    alone = [finding for one in made for finding in judged([one], plans(), small_catalogue(), KNOWN_ON).findings]
    assert together == alone


PARTIES = ("nasa", "asa", "roscosmos", "usa", "aus", "rus")


def stated(atom, told, chosen):
    """What is stated for an atom of a rule to hold: its strings, the answer it is told by, else any party."""
    if atom.name in ("told", "known"):
        return ("answer", atom.at(2)[0], "all", told)
    return (atom.name, *(atom.at(place)[0] if atom.at(place) else chosen for place in range(1, atom.arity)))


def asked():
    """Atoms of facts and answers for which the rules of the shipped catalogue ask, each once."""
    every = [atom for text in catalogue().rules.values() for rule in parsed(text) for atom in rule.body]
    facts = [atom for atom in every if atom.name in FACT_NAMES and atom.name not in ("answer", "rendered")]
    told = [atom for atom in every if atom.name in ("told", "known") and atom.at(2)]
    return list({stated(atom, "yes", "usa"): atom for atom in (*facts, *told)}.values())


@pytest.fixture(scope="module")
def unsharpened():
    """What the shipped catalogue says where every instrument is asked that rules reach by their predicates alone."""

    def found(made):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(f"{aspects.__module__}.states_anything", lambda *_: True)
            return list(judged(made, plans(), catalogue(), KNOWN_ON).findings)

    return found


@settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.lists(
        st.lists(
            st.builds(stated, st.sampled_from(asked()), st.sampled_from(["yes", "no"]), st.sampled_from(PARTIES)),
            min_size=1,
            max_size=8,
            unique=True,
        ),
        min_size=60,
        max_size=60,
    )
)
def test_instruments_that_are_not_asked_would_say_nothing(unsharpened, drawn):
    kinds, days = ("mission", "transfer", "payment", "resource_use"), ("2012", "1985", "2021..")
    usual = [("space_activity",), *(("conducts", state) for state in ("usa", "rus")), ("national_of", "nasa", "usa")]
    made = [
        situation(str(at), days[at % len(days)], ("kind", kinds[at % len(kinds)]), *usual, *facts, parties=PARTIES)
        for at, facts in enumerate(drawn)
    ]
    assert list(judged(made, plans(), catalogue(), KNOWN_ON).findings) == unsharpened(made)
