"""Profiles: activities that law cannot tell apart are judged once."""

import datetime as dt

import pytest

from synodos.law.assessing import profiles
from tests.law.small import situation, small_catalogue

KNOWN_ON = dt.date(2026, 1, 1)
FLIGHT = (("flies",), ("participant", "nasa"))
PAID = (("payer", "nasa"), ("iss_related",))


def count(*situations):
    return len(profiles(situations, small_catalogue(), KNOWN_ON, KNOWN_ON).profiles)


@pytest.mark.parametrize(
    ("facts", "one", "other", "distinct"),
    [
        (FLIGHT, "2005-03-01", "2006-11-30", 1),
        (FLIGHT, "2005-03-01", "2005", 1),
        (FLIGHT, "2021", "2040", 1),
        (FLIGHT, "2005", "1999", 2),
        (PAID, "2005", "2012", 2),  # an exemption ends between them
        (PAID, "2009", "2009..2011", 2),
        (FLIGHT, "2005", "2012", 1),  # and exempts nobody who flies
    ],
)
def test_only_days_that_some_window_tells_apart_are_told_apart(facts, one, other, distinct):
    assert count(situation("one", one, *facts), situation("other", other, *facts)) == distinct


@pytest.mark.parametrize(
    ("one", "other", "distinct"),
    [("2012-08-17", "2012-08-16", 2), ("2012-08-17", "2013", 1), ("2024-01-04", "2024-01-05", 2)],
)
def test_registers_tell_days_apart_for_those_they_list_only(one, other, distinct):
    flight = (("flies",), ("national_of", "ssa", "sau"))
    for parties, expected in ((("ssa", "sau"), distinct), (("nasa", "usa"), 1)):
        facts = flight if parties[0] == "ssa" else FLIGHT
        made = [situation(key, day, *facts, parties=parties) for key, day in (("one", one), ("two", other))]
        assert count(*made) == expected


def test_records_make_no_profile():
    one = situation("one", "2005", *FLIGHT)
    other = situation("other", "2005", *reversed(FLIGHT))
    found = profiles([one, other], small_catalogue(), KNOWN_ON, KNOWN_ON)
    assert found.of == (0, 0)


def test_facts_and_parties_make_profiles():
    assert count(situation("one", "2005", *FLIGHT), situation("other", "2005", *FLIGHT, ("iss_related",))) == 2
    assert count(situation("one", "2005", *FLIGHT), situation("other", "2005", *FLIGHT, parties=("nasa",))) == 2
