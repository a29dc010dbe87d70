"""What law reads in the shipped portfolios: payments, launches, power sources and positions, as their sources tell."""

import datetime as dt
from functools import cache

import pytest

from synodos.exchange import read_history
from synodos.law import catalogue
from synodos.law.situations import situations


@pytest.fixture(scope="module")
def shipped(root):
    """A shipped portfolio as known on a day, or at its end."""
    histories = cache(lambda name: read_history(root / "portfolios" / name))
    return lambda name, day=None: histories(name).known_on(dt.date.fromisoformat(day) if day else None)


@pytest.fixture(scope="module")
def situation(shipped):
    """One activity of a shipped portfolio."""

    def found(name, activity, day=None):
        (one,) = situations(shipped(name, day), catalogue(), activity)
        return one

    return found


def said(situation, predicate):
    """Arguments of the facts of one predicate."""
    return {fact.arguments for fact in situation.facts if fact.predicate == predicate}


def test_seats_that_nasa_bought_are_paid_for_in_money_and_add_up_to_what_it_committed(shipped):
    portfolio = shipped("iss")
    bought = [one for one in portfolio.payments.values() if one.payee == "roscosmos" and one.value]
    assert {(one.payer, one.purpose, one.in_kind) for one in bought} == {("nasa", "seats", False)}
    committed = portfolio.commitments["soyuz-seat-purchases"].funding
    assert sum(one.value.amount for one in bought) == sum(cost.money.amount for cost in committed)
    assert {one.contracted for one in bought} == {one.when for one in bought}


def test_carriage_before_2006_was_paid_in_kind_under_a_protocol_of_1996(situation):
    carriage = situation("iss", "payment:soyuz-seats-against-contributions")
    assert said(carriage, "in_kind") == {("yes",)}
    assert said(carriage, "contracted_by") == {("1999-01-01",)}
    assert said(carriage, "iss_related") == {()}
    assert ("balance-protocol-1996",) in said(carriage, "agreement")


def test_every_seat_purchase_was_contracted_after_the_act_and_concerns_the_station(shipped):
    found = situations(shipped("iss"), catalogue(), "payment")
    seats = [one for one in found if one.activity.startswith("payment:soyuz-seat") and "ordered" in one.activity]
    assert len(seats) == 9
    assert all(said(one, "contracted_after") == {("1999-01-01",)} for one in seats)
    assert all(said(one, "iss_related") == {()} for one in seats)


def test_the_agreement_of_1998_says_who_registers_the_laboratory(situation):
    laboratory = situation("iss", "mission:columbus-laboratory")
    assert ("state-of-registry", "esa", "yes") in said(laboratory, "answer")
    assert ("registration-agreed", "all", "yes") in said(laboratory, "answer")
    assert ("cross-waiver-agreed", "all", "yes") in said(laboratory, "answer")
    assert {("iga-1998",), ("nasa-esa-memorandum",)} <= said(laboratory, "agreement")
    assert ("nasa-esa-memorandum", "iga-1998") in said(laboratory, "under")


@pytest.mark.parametrize(
    ("day", "provider", "agreement"),
    [
        ("2009-12-17", {("nasa",)}, set()),
        ("2011-10-04", set(), set()),
        ("2013-03-15", {("roscosmos",)}, {("esa-roscosmos-exomars",)}),
    ],
)
def test_who_launches_the_orbiter_of_2016_changes_with_what_is_known(situation, day, provider, agreement):
    orbiter = situation("exomars", "mission:exomars-2016", day)
    assert said(orbiter, "launcher_provider") == provider
    joint = {one for one in said(orbiter, "agreement") if "roscosmos" in one[0]}
    assert joint == agreement
    assert ("nasa-esa-exomars-accord",) not in said(orbiter, "agreement")


def test_the_accord_of_2010_was_only_planned(situation):
    assert ("nasa-esa-exomars-accord",) in said(
        situation("exomars", "mission:exomars-2016", "2009-12-17"), "agreement_planned"
    )


def test_russia_launched_the_orbiter_with_american_radios_on_board(situation):
    assert ("launches", "rus", "yes") in said(situation("exomars", "mission:exomars-2016"), "answer")
    radios = situation("exomars", "transfer:american-radios-on-a-russian-launcher")
    assert said(radios, "origin") == {("usa",)}
    assert said(radios, "destination_state") == {("rus",)}
    assert said(radios, "unclassified") == {()}


def test_cassini_carries_a_nuclear_power_source_and_huygens_is_not_said_to(situation):
    assert ("nuclear-power-source", "all", "yes") in said(
        situation("cassini-huygens", "mission:cassini-huygens"), "answer"
    )
    assert not {
        one for one in said(situation("cassini-huygens", "mission:huygens"), "answer") if one[0].startswith("nuclear")
    }


def test_heaters_of_the_rover_are_no_power_source(situation):
    rover = situation("exomars", "mission:exomars-rover")
    assert not {one for one in said(rover, "answer") if one[0] == "nuclear-power-source"}


def test_seats_are_bartered_after_the_last_exemption_that_was_found(situation):
    barter = situation("exploration2026", "payment:seat-barter-extended")
    assert said(barter, "in_kind") == {("yes",)}
    assert barter.start.earliest > dt.date(2025, 12, 31)


def test_states_whose_law_gives_title_hold_that_resources_may_be_owned(shipped):
    positions = shipped("exploration2026").legal_positions.values()
    held = {
        (one.owner, one.confidence != "unverified")
        for one in positions
        if one.reading == "extracted-resources-may-be-owned"
    }
    assert held == {("usa", True), ("lux", True), ("jpn", True), ("are", True)}
    unread = {one.owner for one in positions if one.reading == "extracted-resources-may-not-be-owned"}
    assert unread == {"rus"}
    assert all(one.confidence == "unverified" for one in positions if one.owner in ("rus", "chn"))


def test_the_register_of_nasa_holds_rows_of_its_list_of_2017(shipped):
    agreements = shipped("nasa-agreements").agreements.values()
    assert len(agreements) == 28
    expired = {one.id for one in agreements if one.in_force and one.in_force.latest == dt.date(2018, 12, 31)}
    assert expired == {"geotail", "wind-tail-investigation", "wind-ion-composition", "wind-plasma"}
    assert all("nasa" in one.parties for one in agreements)
