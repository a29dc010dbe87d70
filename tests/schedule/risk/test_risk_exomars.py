"""ExoMars as known on two days: how likely the launch period of 2018 is, on defaults alone."""

import datetime as dt

import pytest

from synodos.schedule.networks.network import network
from synodos.schedule.risk import risk

DAYS = (dt.date(2009, 12, 17), dt.date(2016, 3, 31))
MISSION = "exomars-rover"
SAMPLING = 0.01
"""Standard error of the share of an activity: those on one path without durations of their own differ by no more."""
KEPT = ("broken 1.5 times as often", "broken half as often", "all commitments kept")


@pytest.fixture(scope="module")
def on(exomars_history):
    """The answer of a day, with the portfolio it rests on."""
    told = {}

    def ask(day):
        if day not in told:
            known = exomars_history.known_on(day)
            told[day] = known, risk(network(known, [MISSION]), known, iterations=4_000, threads=2)
        return told[day]

    return ask


def dated_too_late(answer, portfolio, day):
    """Records of the evidence whose statement is younger than the day of knowledge, or that are not there."""
    found = []
    for name in answer.evidence:
        kind, _, key = name.partition(":")
        record = portfolio.tables[kind].get(key)
        if record is None or record.as_of.latest > day:
            found.append(name)
    return found


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_period_of_2018_is_possible_and_unlikely(on, day):
    found = on(day)[1].finish
    meant = next(one for one in found.periods if one.intended)
    assert (meant.opens.year, meant.closes.year) == (2018, 2018)
    assert 0 < meant.share < 0.3
    assert found.deterministic.year == 2018
    assert sum(one.share for one in found.periods) + found.later + found.never == pytest.approx(1)


def test_in_2016_the_next_period_is_the_most_likely(on):
    likely = max(on(DAYS[1])[1].finish.periods, key=lambda one: one.share)
    assert likely.opens.year == 2020, "as it was decided a month later"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_it_says_that_it_rests_on_defaults_only(on, day):
    answer = on(day)[1]
    assert answer.defaults_only
    names = {one.name for one in answer.defaults}
    assert {"duration", "correlation", "replacement", "shock-per-year"} <= names
    assert all(one.source for one in answer.defaults)
    assert all(one.assumed for one in answer.activities if one.schedule_sensitivity)
    changed = {(one.name, one.value): one for one in answer.other_defaults}
    assert {name for name, _ in changed} == {"as shipped", "duration", "correlation", "kept", "shock-per-year"}
    assert changed["duration", "median 1.00"].intended_period > changed["duration", "median 1.25"].intended_period
    assert (
        changed["correlation", "1, over all agencies"].intended_period
        > 2 * changed["correlation", "0.6"].intended_period
    )
    chances = [changed["kept", value].intended_period for value in KEPT]
    assert chances[0] < chances[1] < chances[2]
    assert any("after the day of knowledge" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("day", "partner", "asked_first"),
    [
        (DAYS[0], "nasa", {"develop:sky-crane-2018", "develop:atlas-5-launch-2018"}),
        (
            DAYS[1],
            "roscosmos",
            {"develop:descent-module", "develop:proton-launch-rover", "develop:heater-units-russian"},
        ),
    ],
    ids=["2009-12-17", "2016-03-31"],
)
def test_the_partner_holds_most_of_the_delay_and_of_what_would_sharpen_it(on, day, partner, asked_first):
    answer = on(day)[1]
    assert answer.delay.agencies[0].agency == partner
    first = answer.sharpen[0].share
    assert asked_first & {one.node for one in answer.sharpen if first - one.share < SAMPLING}
    assert all(0 < one.share < 1 for one in answer.sharpen)


def test_commitments_drive_it(on):
    bars = {one.id: one for one in on(DAYS[0])[1].drivers}
    assert bars["commitment:nasa-exomars-contribution"].probability == 0.5
    assert bars["commitment:nasa-exomars-contribution"].days > bars["commitment:esa-exomars-funding"].days > 0
    known, later = on(DAYS[1])
    bars = {one.id: one for one in later.drivers}
    assert bars["commitment:roscosmos-insurance-money"].probability == pytest.approx(0.15), "an agreement backs it"
    assert "agreement:esa-roscosmos-exomars" in later.evidence
    assert known.commitments["roscosmos-insurance-money"].level == "intent"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_evidence_is_younger_than_the_day_of_knowledge(on, day):
    known, answer = on(day)
    assert answer.evidence
    assert dated_too_late(answer, known, day) == []


def test_evidence_that_is_too_young_is_found(on, exomars_history):
    _, answer = on(DAYS[1])
    later = exomars_history.known_on(dt.date(2022, 12, 31))
    assert dated_too_late(answer, later, DAYS[1])
