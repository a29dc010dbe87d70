"""Contested readings: where each leads, who holds which, and what is certain all the same."""

import datetime as dt

import pytest

from synodos.language import LegalPosition
from synodos.law.assessing import judged
from tests.law.small import CONTESTED, VANISHING, findings, plans, situation, small_catalogue

MAY, MAY_NOT = "extracted-resources-may-be-owned", "extracted-resources-may-not-be-owned"
OWNS = (("user", "nasa"), ("claims_ownership", "yes"))


def position(owner, reading, **fields):
    values = {"id": f"{owner}-holds", "owner": owner, "stated_by": owner, "reading": reading, "release": "public"}
    known = {"as_of": "2020", "confidence": "read", "sources": ["made-up"]}
    return LegalPosition.model_validate({**values, **known, **fields})


def test_a_finding_that_hinges_on_a_reading_says_where_each_leads():
    found = findings(situation("ice", "2024", *OWNS))[CONTESTED, "nasa"]
    assert (found.status, found.certainty, found.own_reading) == ("needs_determination", "contested", ())
    assert {lead.reading: lead.status for lead in found.contested} == {MAY: "met", MAY_NOT: "breached"}
    assert {lead.question for lead in found.contested} == {"extracted-resources"}


def test_what_all_readings_agree_on_is_certain():
    found = findings(situation("ice", "2024", ("user", "nasa")))[CONTESTED, "nasa"]
    assert (found.status, found.certainty, found.contested) == ("met", "certain", ())


@pytest.mark.parametrize("holder", ["nasa", "usa"])
def test_the_reading_of_an_agency_or_its_state_decides_its_own_status(holder):
    portfolio = plans().replace(position(holder, MAY))
    shared = situation("ice", "2024", *OWNS, ("user", "roscosmos"), parties=("nasa", "roscosmos"))
    found = findings(shared, portfolio=portfolio)
    own, other = found[CONTESTED, "nasa"], found[CONTESTED, "roscosmos"]
    assert (own.status, own.certainty, own.own_reading) == ("met", "contested", (MAY,))
    assert (other.status, other.own_reading) == ("needs_determination", ())
    held = {lead.reading: lead.holders for lead in other.contested}
    assert held == {MAY: (holder.upper(),), MAY_NOT: ()}


def test_an_agency_holds_its_own_reading_before_that_of_its_state():
    portfolio = plans().replace(position("usa", MAY), position("nasa", MAY_NOT))
    assert findings(situation("ice", "2024", *OWNS), portfolio=portfolio)[CONTESTED, "nasa"].status == "breached"


def test_a_reading_that_is_held_later_does_not_count_yet():
    portfolio = plans().replace(position("nasa", MAY, since="2025"))
    early = findings(situation("ice", "2024", *OWNS), portfolio=portfolio, law_known_on=dt.date(2024, 1, 1))
    assert early[CONTESTED, "nasa"].own_reading == ()


def test_readings_may_be_chosen_for_all():
    chosen = findings(situation("ice", "2024", *OWNS), readings={"extracted-resources": MAY_NOT})[CONTESTED, "nasa"]
    assert (chosen.status, chosen.certainty, chosen.own_reading) == ("breached", "contested", (MAY_NOT,))
    portfolio = plans().replace(position("nasa", MAY))
    over = findings(situation("ice", "2024", *OWNS), portfolio=portfolio, readings={"extracted-resources": MAY_NOT})
    assert over[CONTESTED, "nasa"].status == "breached"


def test_a_norm_may_apply_under_one_reading_only():
    found = findings(situation("ice", "2024", ("user", "nasa")))[VANISHING, "nasa"]
    assert (found.status, found.certainty) == ("needs_determination", "contested")
    assert {lead.reading: lead.status for lead in found.contested} == {
        "peaceful-is-non-military": "met",
        "peaceful-is-non-aggressive": "not_applicable",
    }
    chosen = {"peaceful-purposes": "peaceful-is-non-aggressive"}
    assert (VANISHING, "nasa") not in findings(situation("ice", "2024", ("user", "nasa")), readings=chosen)


@pytest.mark.parametrize("readings", [{"extracted": MAY}, {"extracted-resources": "yes"}, {MAY: "extracted-resources"}])
def test_unknown_readings_are_refused(readings):
    with pytest.raises(KeyError, match="readings"):
        judged([], plans(), small_catalogue(), readings=readings)


def test_a_declared_reading_tells_since_when_it_is_held():
    portfolio = plans().replace(position("nasa", MAY, since="2021-05"))
    shared = situation("ice", "2024", *OWNS, ("user", "roscosmos"), parties=("nasa", "roscosmos"))
    found = findings(shared, portfolio=portfolio)[CONTESTED, "roscosmos"]
    assert {lead.reading: lead.holders for lead in found.contested} == {MAY: ("NASA (since 2021-05)",), MAY_NOT: ()}


@pytest.mark.parametrize(("since", "status", "own"), [("2023", "met", (MAY,)), ("2025", "needs_determination", ())])
def test_a_reading_counts_from_the_day_on_which_it_is_declared(since, status, own):
    portfolio = plans().replace(position("nasa", MAY, since=since))
    found = findings(situation("ice", "2024", *OWNS), portfolio=portfolio)[CONTESTED, "nasa"]
    assert (found.status, found.own_reading) == (status, own)


def test_a_later_reading_takes_the_place_of_an_earlier_one_from_its_own_day():
    portfolio = plans().replace(
        position("nasa", MAY, since="2020"), position("nasa", MAY_NOT, id="nasa-turns", since="2024-06-01")
    )
    early, late = situation("ice", "2024-05-31", *OWNS), situation("water", "2024-06-01", *OWNS)
    found = {one.activity: one.status for one in judged([early, late], portfolio, small_catalogue()).findings
             if one.norm == CONTESTED}  # fmt: skip
    assert found == {early.activity: "met", late.activity: "breached"}
