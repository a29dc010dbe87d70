"""Aspects that differ in names only, or in how many bystanders are alike, are judged once, and come out the same."""

import datetime as dt
import importlib
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from synodos.law import catalogue
from synodos.law.assessing import judged, profiles
from synodos.law.assessing.aspects import aspects
from synodos.law.assessing.likeness import Likes, likes
from synodos.law.norm_files import read
from synodos.law.registers import registers
from synodos.law.rules.dependencies import parsed
from synodos.law.rules.naming import matches, most_parties, names, patterns
from synodos.law.types import Fact
from tests.law.small import FOR_ALL, norm, plans, situation, written

KNOWN_ON = dt.date(2026, 1, 1)
MEMBERS = ("fra", "deu", "ita", "esp", "swe", "usa", "lux")


def within(key, day, members, *facts):
    """An activity of an organisation with some members, of whom no more is told."""
    one = situation(key, day, ("participant", "esa"), *facts, parties=("esa", *members))
    told = [("organisation", ("esa",)), *(("member_state", ("esa", state)) for state in members)]
    shared = tuple(Fact(predicate, arguments, ("agency:esa",)) for predicate, arguments in told)
    return replace(one, facts=one.facts + shared, shared=shared)


def by_itself(found):
    """Aspects as they are, each party standing for itself."""
    parties = tuple(tuple((party,) for party in one.parties) for one in found.aspects)
    return Likes(found, tuple(range(len(found.aspects))), parties)


def unlike(made, known):
    """What a catalogue says where every aspect is judged with its own names and all its parties."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(importlib.import_module("synodos.law.assessing.assess"), "likes", by_itself)
        return list(judged(made, plans(), known, KNOWN_ON).findings)


def alike(known, *made):
    """Aspects of some activities with placeholders, and those that were asked."""
    asked = aspects(profiles(made, known, KNOWN_ON, KNOWN_ON), known, plans())
    return likes(asked), asked


@pytest.fixture(scope="module")
def peers(tmp_path_factory):
    """A catalogue with a norm that asks for another member, one that names a State, and one for all members."""
    rules = """
    concerns(A,S,"P-1") :- member_state(A,O,S), member_state(A,O,T), S != T.
    concerns(A,S,"P-2") :- member_state(A,O,S), S != "lux".
    concerns(A,S,"P-3") :- member_state(A,O,S), not told(A,S,"registered",yes).
    """
    files = {"for_all": (FOR_ALL, [norm("P-1"), norm("P-2"), norm("P-3")], rules)}
    return read(written(tmp_path_factory.mktemp("peers"), files), registers())


def test_as_many_members_are_judged_as_the_rules_can_tell_apart(peers):
    found, asked = alike(peers, within("one", "2005", MEMBERS))
    assert peers.bundles[0].most_parties == 2
    assert "lux" in peers.bundles[0].named
    assert len(asked.aspects[0].parties) == len(MEMBERS) + 1
    assert len(found.aspects.aspects[0].parties) == 4  # two of the members that are alike, Luxembourg, the organisation
    assert sorted(party for of in found.stand_for[0] for party in of) == sorted(("esa", *MEMBERS))


@pytest.mark.parametrize(("members", "count"), [(("fra",), 0), (("fra", "deu"), 2), (MEMBERS, len(MEMBERS))])
def test_one_member_is_not_taken_for_several(peers, members, count):
    found = judged([within("one", "2005", members)], plans(), peers, KNOWN_ON).findings
    assert len([finding for finding in found if finding.norm == "P-1"]) == count


def test_how_many_more_are_alike_makes_no_difference(peers):
    found, asked = alike(peers, within("one", "2005", MEMBERS), within("other", "2005", MEMBERS[:4]))
    assert len(asked.aspects) == 2
    assert len(found.aspects.aspects) == 2  # the second is without the State that a rule names
    found, _ = alike(peers, within("one", "2005", MEMBERS[:6]), within("other", "2005", MEMBERS[:4]))
    assert len(found.aspects.aspects) == 1


def test_names_to_which_rules_are_blind_make_no_difference():
    flight = ("kind", "mission"), ("space_activity",), ("on_body",)
    made = [
        situation(agency, "2005", *flight, ("conducts", state), ("national_of", agency, state), parties=(agency, state))
        for agency, state in (("asa", "aus"), ("ssa", "sau"), ("roscosmos", "rus"), ("nasa", "usa"))
    ]
    found, asked = alike(catalogue(), *made)

    def treaty(of):
        return [one for one in of.aspects if "outer-space-treaty" in one.bundle.instruments]

    assert len(treaty(asked)) == 4
    assert len(treaty(found.aspects)) < 4
    assert {party for one in treaty(found.aspects) for party in one.parties} <= {"usa", "nasa", "#0", "#1"}
    assert list(judged(made, plans(), catalogue(), KNOWN_ON).findings) == unlike(made, catalogue())


FACTS = st.sampled_from(
    [
        ("space_activity",), ("flies",), ("on_body",), ("cooperation",), ("joint",), ("user", "esa"), ("lead", "esa"),
        ("user", "nasa"), ("lead", "nasa"), ("national_of", "nasa", "usa"), ("conducts", "usa"), ("conducts", "fra"),
        ("resource_purpose", "commercial"), ("claims_ownership", "yes"), ("exclusive", "yes"), ("target", "moon"),
        ("governmental", "nasa"), ("launcher_provider", "nasa"), ("multilateral",), ("operator", "esa"),
        ("answer", "crewed", "all", "yes"), ("answer", "launching-state", "fra", "yes"),
        ("answer", "registered", "all", "no"), ("answer", "safety-zone", "usa", "yes"),
    ]
)  # fmt: skip
MADE = st.tuples(
    st.sampled_from(["mission", "resource_use"]), st.sampled_from(["1985", "2012", "2022.."]),
    st.lists(st.sampled_from(MEMBERS), unique=True, min_size=1), st.lists(FACTS, unique=True, max_size=9),
)  # fmt: skip


@settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(MADE, min_size=30, max_size=30))
def test_placeholders_say_the_same_as_names(drawn):
    made = [
        within(str(at), day, tuple(members), ("kind", kind), *facts)
        for at, (kind, day, members, facts) in enumerate(drawn)
    ]
    assert list(judged(made, plans(), catalogue(), KNOWN_ON).findings) == unlike(made, catalogue())


def test_names_in_comparisons_are_names_that_rules_hold():
    assert names(parsed('a(A) :- b(A,S), S != "usa". c("one").')) == {"usa", "one"}


@pytest.mark.parametrize(
    ("rules", "most"),
    [
        ("a(A,B) :- involved(A,B).", 1),
        ("a(A,B) :- involved(A,B), user(A,C).", 1),
        ("a(A,B) :- involved(A,B), member_state(A,O,C), B != C.", 2),
        ("a(A,B) :- involved(A,B). b(A) :- a(A,B), a(A,C), not d(A,B,C).", 2),
        ("a(A) :- user(A,B).", 0),
    ],
)
def test_parties_of_whom_a_rule_speaks_at_once_are_counted(rules, most):
    assert most_parties(parsed(rules)) == most


def test_a_fact_matters_where_some_atom_matches_it():
    found = patterns(parsed('a(A) :- target(A,"moon"), not actor(A,B,"company"). b(A) :- actor(A,"esa",C).'))
    assert matches(found["target"], ("moon",))
    assert not matches(found["target"], ("mars",))
    assert matches(found["actor"], ("dlr", "company"))
    assert matches(found["actor"], ("esa", "intergovernmental"))
    assert not matches(found["actor"], ("dlr", "agency"))
