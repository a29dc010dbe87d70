"""Outcomes: what a row may say, what a list may hold, and how rows fall into halves."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from synodos.language import DateOutcome, Outcome, Outcomes, outcome_faults

ROW = {
    "id": "relay-for-lander",
    "title": "A relay for a lander",
    "area": "data",
    "agencies": ["nasa", "esa"],
    "capabilities": ["lunar-relay"],
    "destinations": ["lunar-surface"],
    "agreed": "2013-05",
    "came": "happened",
    "statement": "One gave the relay, one the lander.",
    "confidence": "read",
    "sources": ["text"],
}
FLIGHT = {
    "mission": "grail",
    "flown": "2012",
    "statement": "It flew.",
    "confidence": "read",
    "sources": ["text"],
}


def outcome(**changes):
    return Outcome.model_validate({**ROW, **changes})


def flight(**changes):
    return DateOutcome.model_validate({key: value for key, value in {**FLIGHT, **changes}.items() if value is not None})


def listed(*rows, dates=()):
    return Outcomes.model_validate(
        {
            "id": "made-up",
            "title": "Made up",
            "after": "2012-01-31",
            "known_on": "2026-06-30",
            "agencies": {"nasa": "NASA", "esa": "ESA"},
            "sources": {"text": {"title": "A text"}, "general-knowledge": {"title": "General knowledge"}},
            "outcomes": rows,
            "dates": dates,
        }
    )


def told(*rows, dates=()):
    return [(fault.code, fault.field) for fault in outcome_faults(listed(*rows, dates=dates))]


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda text: len(text) <= 120))
def test_the_half_is_the_parity_of_the_whole_hash(key):
    number = int(hashlib.sha256(key.encode("utf-8")).hexdigest(), 16)
    if key not in ("public", "members", "private", "withheld"):
        assert outcome(id=key).half == ("odd" if number % 2 else "even")


@pytest.mark.parametrize(
    "changes",
    [
        {"came": "lapsed"},
        {"ended": "2014"},
        {"agencies": ["nasa"]},
        {"agencies": ["nasa", "nasa"]},
        {"capabilities": []},
        {"sources": []},
        {"agreed": None},
    ],
    ids=["no-end", "end-without-lapse", "alone", "agency-twice", "no-capability", "no-source", "no-day"],
)
def test_a_row_says_who_what_and_when(changes):
    with pytest.raises(ValidationError):
        outcome(**changes)
    assert outcome(came="lapsed", ended="2014").ended.text == "2014"


@pytest.mark.parametrize("changes", [{"flown": None}, {"planned": "2030"}, {"cancelled": "2013"}], ids=str)
def test_a_mission_has_one_fate(changes):
    with pytest.raises(ValidationError, match="exactly one of flown, cancelled, planned"):
        flight(**changes)
    assert flight().fate == "flown"
    assert flight(flown=None, cancelled="2013").fate == "cancelled"
    assert flight(flown=None, planned="2030").fate == "planned"


def test_a_sound_list_has_no_fault():
    assert told(outcome(), outcome(id="other", destinations=[]), dates=[flight()]) == []


def test_words_that_are_in_no_list_are_told_with_their_place():
    row = outcome(agencies=["nasa", "eas"], capabilities=["lunar-rely"], destinations=["moonn"], sources=["tex"])
    assert told(outcome(), row.model_copy(update={"id": "second"}), dates=[flight(sources=["txet"])]) == [
        ("reference.unknown", "outcomes[1].agencies[1]"),
        ("term.unknown", "outcomes[1].capabilities[0]"),
        ("term.unknown", "outcomes[1].destinations[0]"),
        ("source.unknown", "outcomes[1].sources[0]"),
        ("source.unknown", "dates[0].sources[0]"),
    ]
    nearest = [fault.nearest for fault in outcome_faults(listed(row))]
    assert nearest == ["esa", "lunar-relay", "moon", "text"]


@pytest.mark.parametrize("came", ["happened", "lapsed"])
@pytest.mark.parametrize(
    ("day", "sound"),
    [
        ("2012-01-31", False),
        ("2011..2012-01", False),
        ("2012-02-01", True),
        ("2012", True),
        ("..2013", True),
        ("2026-06-30", True),
        ("2026", True),
        ("2026-07-01", False),
    ],
)
def test_what_came_or_lapsed_did_so_between_the_two_days(came, day, sound):
    row = outcome(agreed=day) if came == "happened" else outcome(came=came, agreed="2009", ended=day)
    field = "agreed" if came == "happened" else "ended"
    assert told(row) == ([] if sound else [("outcome.day", f"outcomes[0].{field}")])


@pytest.mark.parametrize(
    ("changes", "sound"),
    [
        ({"flown": "2026-06-30"}, True),
        ({"flown": "2026-07-01"}, False),
        ({"flown": "2011"}, True),
        ({"flown": "2026"}, True),
        ({"flown": None, "cancelled": "2027"}, False),
        ({"flown": None, "planned": "2026-06-30"}, True),
        ({"flown": None, "planned": "2026"}, True),
        ({"flown": None, "planned": "2026-06-29"}, False),
    ],
    ids=str,
)
def test_nothing_is_known_of_the_future_or_planned_for_the_past(changes, sound):
    row = flight(**changes)
    assert told(dates=[row]) == ([] if sound else [("outcome.day", f"dates[0].{row.fate}")])


def test_a_row_that_stands_twice_is_told_at_its_second_place():
    found = told(outcome(), outcome(id="other"), outcome(), dates=[flight(), flight()])
    assert found == [("outcome.twice", "outcomes[2].id"), ("outcome.twice", "dates[1].mission")]


def test_general_knowledge_alone_is_unverified():
    row = outcome(sources=["general-knowledge"])
    assert told(row) == [("confidence.too-high", "outcomes[0].confidence")]
    assert told(outcome(sources=["general-knowledge"], confidence="unverified")) == []
    assert told(outcome(sources=["text", "general-knowledge"])) == []


@pytest.mark.parametrize(("after", "known_on"), [("2012", "2012-12-31"), ("2012..", "2013"), ("2012", "2013..")])
def test_a_list_covers_a_stretch_of_days(after, known_on):
    with pytest.raises(ValidationError, match="a day later than `after`"):
        Outcomes.model_validate({"id": "x", "title": "X", "after": after, "known_on": known_on})
