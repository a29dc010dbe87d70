"""Parties that may be on a list are found, whatever the spelling, and never said to be on it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.language import Agency, ListedParty
from synodos.law import screen
from synodos.law.screening import POSSIBLE, normalised

WORKS = ListedParty("7", "PROGRESS ROCKET WORKS", ("WORKS 7", "Ракетный завод Прогресс"), "organisation", ("MADE-UP",))
LISTED = (
    WORKS,
    ListedParty("8", "Institute of Electric Propulsion", (), "organisation"),
    ListedParty("9", "Progress, A.", ("Rocket Works",), "person"),
    ListedParty("10", "KSA", (), "unknown"),
)


def party(name, short_name="XY", also_called=()):
    return Agency.model_construct(id="party", name=name, short_name=short_name, also_called=tuple(also_called))


def found(*names):
    return {(match.listed.id, match.how) for match in screen([party(names[0], also_called=names[1:])], LISTED)}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["PROGRESS ROCKET WORKS"], {("7", "exact")}, id="same"),
        pytest.param(["Progress Rocket Works, JSC"], {("7", "exact")}, id="case-and-legal-form"),
        pytest.param(["Prógress Rocket-Works"], {("7", "exact")}, id="accent-and-hyphen"),
        pytest.param(["Works 7"], {("7", "alias")}, id="other-name-of-the-list"),
        pytest.param(["ракетный завод «Прогресс»"], {("7", "alias")}, id="other-script"),
        pytest.param(["Something else", "Progress Rocket Works"], {("7", "alias")}, id="other-name-of-the-party"),
        pytest.param(["Progres Rocket Works"], {("7", "close")}, id="letter-missing"),
        pytest.param(["Rocket Works Progress"], {("7", "close")}, id="other-order"),
        pytest.param(["Institute for Electric Propulsion"], {("8", "close")}, id="other-little-word"),
        pytest.param(["National Space Agency"], set(), id="nothing-alike"),
        pytest.param(["Rocket Works"], set(), id="a-person-of-that-name"),
        pytest.param(["K.S.A."], {("10", "exact")}, id="abbreviation-with-dots"),
        pytest.param(["KSB"], set(), id="short-names-are-never-close"),
    ],
)
def test_names_agree_as_people_would_say(names, expected):
    assert found(*names) == expected


def test_a_match_is_never_more_than_possible():
    (match,) = screen([party("Progress Rocket Works")], LISTED)
    assert match.standing == POSSIBLE == "possible match, to be determined"
    assert (match.party, match.own_name, match.listed_name) == ("party", "Progress Rocket Works", WORKS.name)
    assert match.similarity == 1


def test_the_best_agreement_with_an_entry_is_told_once():
    (match,) = screen([party("Progres Rocket Works", "WORKS 7")], [WORKS])
    assert (match.how, match.own_name) == ("alias", "WORKS 7")


def test_closer_matches_come_first():
    listed = [ListedParty("1", "Orbital Propulsion Bureau X", (), "organisation"), *LISTED]
    matches = screen([party("Progress Rocket Works", also_called=("Orbital Propulsion Bureau",))], listed)
    assert [match.listed.id for match in matches] == ["7", "1"]


NAMES = st.text(string.ascii_letters + " -.éü", min_size=7, max_size=40).filter(lambda name: normalised(name).strip())


@given(NAMES)
def test_a_name_always_matches_itself(name):
    listed = [ListedParty("1", name.upper(), (), "organisation")]
    assert [match.listed.id for match in screen([party(name)], listed)] == ["1"]


@given(NAMES)
def test_a_normalised_name_stays_as_it_is(name):
    assert normalised(normalised(name)) == normalised(name)


@given(NAMES, NAMES)
def test_closeness_does_not_depend_on_the_side(one, other):
    def share(mine, theirs):
        matches = screen([party(mine)], [ListedParty("1", theirs, (), "organisation")])
        return [match.similarity for match in matches]

    assert share(one, other) == share(other, one)
