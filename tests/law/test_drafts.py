import datetime as dt

import pytest

from synodos.exchange import read_history
from synodos.language import load
from synodos.law import assess, catalogue, registration_draft, secretary_general_draft, term_sheet
from synodos.law.drafts.term_sheet import clause_texts


@pytest.fixture(scope="module")
def exomars(root):
    """ExoMars as known at the end of 2011."""
    return read_history(root / "portfolios/exomars").known_on(dt.date(2011, 12, 1))


def test_every_clause_has_a_text_with_sources():
    texts = clause_texts().clauses
    assert list(texts) == list(load("clauses").terms)
    assert {key for text in texts.values() for key in text.sources} <= set(catalogue().sources)
    for text in texts.values():
        assert (text.sources == ("general-knowledge",)) == (text.confidence == "unverified")


def test_a_term_sheet_holds_what_the_portfolio_knows(exomars):
    sheet = term_sheet(exomars, "exomars-rover", assess(exomars))
    assert sheet.parties == ("esa", "nasa")  # Italy takes part through ESA
    assert {one.party for one in sheet.deliveries} >= {"nasa"}
    assert [clause.clause for clause in sheet.clauses] == [
        term for term in load("clauses").terms if term in {clause.clause for clause in sheet.clauses}
    ]
    assert {one.activity for one in sheet.open} <= {"mission:exomars-rover"}
    assert {one.status for one in sheet.open} <= {"breached", "needs_determination"}
    assert "who signs for each party" in sheet.blanks


def test_a_mission_of_one_side_has_nothing_to_agree_on(root):
    hubble = read_history(root / "portfolios/exploration2011").known_on()
    alone = next(
        one.id for one in hubble.missions.values() if not one.partners and not one.requirements and not one.operator
    )
    with pytest.raises(ValueError, match=f"mission {alone}: found no partner"):
        term_sheet(hubble, alone)
    with pytest.raises(KeyError):
        term_sheet(hubble, "no-such-mission")


def test_notifications_name_their_blanks(exomars):
    registration = registration_draft(exomars, "exomars-rover")
    filled = {entry.item: entry.value for entry in registration.entries}
    assert filled["Name of the space object"] == exomars.missions["exomars-rover"].name
    assert filled["Inclination (degrees)"] == ""
    assert "Inclination (degrees)" in registration.blanks
    told = secretary_general_draft(exomars, "exomars-rover")
    assert {entry.item for entry in told.entries} >= {"Nature of the activity", "Locations", "Results"}
    for draft in (registration, told):
        assert all(bool(entry.value) == bool(entry.record) for entry in draft.entries)


def test_launching_states_are_named_in_words(root):
    exomars = read_history(root / "portfolios/exomars").known_on()
    filled = {entry.item: entry.value for entry in registration_draft(exomars, "exomars-2016").entries}
    assert filled["Launching States"] == "Russia"
