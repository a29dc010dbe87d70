"""Checks of the cases from history can fail: each finds what is wrong in an expectation that is."""

import datetime as dt

import pytest

from tests.whatif.casework import answers, cases
from tests.whatif.checks import CHECKS

ROVER, ORBITER = "mission:exomars-rover", "mission:exomars-2016"
LANDING = {"plan": ROVER, "capability": "mars-edl"}
LAUNCH = {"plan": ORBITER, "capability": "launch"}
LONG_AGO = {"from": dt.date(1900, 1, 1), "to": dt.date(1901, 1, 1)}
WRONG = {
    "orphans": [f"{ROVER} robotic-rover essential new"],
    "met": [f"{ROVER} mars-edl"],
    "stopped": ["mission:nowhere"],
    "not_stopped": [ROVER],
    "stranded": ["element:trace-gas-orbiter"],
    "host_lost": ["element:trace-gas-orbiter"],
    "not_struck": [ROVER],
    "agreements_touched": ["agreement:aurora-declaration-2005"],
    "owed": {"agreement:nasa-esa-exomars-accord": "A launch"},
    "to_solve": [f"{ROVER} robotic-rover essential"],
    "taken_over": {**LAUNCH, "by": "asi"},
    "taken_over_by_anybody": {"plan": ROVER, "capability": "robotic-rover"},
    "not_proven": {"by": "nobody"},
    "nobody_ready_before": {**LAUNCH, "day": dt.date(2100, 1, 1)},
    "nobody_can": LAUNCH,
    "no_substitute": LAUNCH,
    "only_substitute": {**LAUNCH, "by": "roscosmos", "record": "element:nowhere"},
    "alone_ruled_out": "for another reason",
    "alone_flies": {"mission": ROVER, **LONG_AGO},
    "considered": {"does": "replace", "by": "jaxa"},
    "decide_by": {**LAUNCH, "by": "roscosmos", **LONG_AGO},
    "option": {"moves": [{"does": "replace", "by": "jaxa"}]},
    "can_fly_as_planned": ROVER,
    "cannot_fly_in": {"mission": ORBITER, "year": 2016},
    "no_option_flies": ORBITER,
    "flies": {"mission": ORBITER, "moves": [{"by": "roscosmos"}], **LONG_AGO},
    "cost": {"agency": "jaxa", "from": 0, "to": 1, "currency": "EUR"},
    "agreement": {"does": "conclude", "parties": ["jaxa", "esa"]},
    "told": {"where": "obstacles", "words": "nothing of the kind"},
    "later": ["mission:nowhere"],
    "leaves": {"mission": ORBITER, **LONG_AGO},
    "next_period": {"mission": ORBITER, **LONG_AGO},
    "hurts": {"leaver": "nasa", "victim": "esa", "stopped": ["mission:nowhere"]},
    "prepared": {"leaver": "nasa", "victim": "esa", "capability": "robotic-rover", "by": "jaxa"},
    "chance": {"mission": ROVER, "at_least": 0.99},
    "likely_slip": {"mission": ROVER, "from_days": -2, "to_days": -1},
    "likeliest": {"mission": ROVER, "year": 1999},
}


ELSEWHERE = {
    "recoverable": ("JW-1", "element:nirspec"),
    "can_go_on": ("JW-1", "mission:jwst"),
    "no_proven": ("JW-2, the Ariane 5", {"plan": "mission:jwst", "capability": "launch"}),
    "not_later": ("GAT-3, the European service module does not come", ["mission:artemis-1"]),
}


def answered(beginning):
    """The answers to the case that begins so."""
    return answers(next(case for case in cases() if case.case.startswith(beginning)))


@pytest.mark.parametrize("check", sorted(WRONG))
def test_what_is_wrong_is_found(check):
    assert CHECKS[check](answered("EXM-1"), WRONG[check])


@pytest.mark.parametrize("check", sorted(ELSEWHERE))
def test_what_is_wrong_is_found_in_other_cases(check):
    case, wrong = ELSEWHERE[check]
    assert CHECKS[check](answered(case), wrong)


def test_every_check_can_fail():
    assert set(WRONG) | set(ELSEWHERE) == set(CHECKS)
