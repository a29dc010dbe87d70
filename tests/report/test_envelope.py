"""The envelope: what every answer carries, and how values of the engines turn into JSON."""

import datetime as dt
import json
from dataclasses import dataclass

import pytest
from jsonschema import Draft202012Validator

from synodos.language import DateRange
from synodos.report import envelope, header_line, published_schemas
from synodos.report.answering.envelope import plain
from tests.commands import answered
from tests.language.minimal import agency, history, statement

DESIGN = "format version question portfolio viewer parameters seed answer evidence unverified missing notes"
ASKED = {
    "schedule-path": ("schedule", "path"),
    "schedule-why": ("schedule", "why"),
    "schedule-diff": ("schedule", "diff"),
    "schedule-health": ("schedule", "health"),
    "risk": ("risk",),
}
MORE = {
    "schedule-why": ("twin-relay-launch",),
    "schedule-diff": ("--since", "2030-03-01"),
    "risk": ("--iterations", "200"),
}
UNVERIFIED = {"confidence": "unverified"}


@pytest.fixture
def portfolio():
    """ESA, and three missions: one unverified whole, one in a field, one not at all."""
    return history(
        statement("mission", id="whole", **UNVERIFIED),
        statement("mission", id="field", planned="2018", unverified_fields=["planned"]),
        statement("mission", id="read"),
        compiler={"id": "readers", "name": "Readers of public texts"},
    ).known_on()


def test_an_envelope_holds_what_the_design_says(portfolio):
    wrapped = envelope("show", portfolio.as_seen_by("esa"), {"n": 1}, evidence=["mission:read"]).model_dump(mode="json")
    assert " ".join(wrapped) == DESIGN
    assert " ".join(published_schemas()["answer"]["properties"]) == DESIGN
    assert {name: wrapped[name] for name in ("format", "version", "question", "viewer", "seed")} == {
        "format": "synodos-answer",
        "version": 1,
        "question": "show",
        "viewer": "esa",
        "seed": None,
    }
    assert wrapped["portfolio"] == {
        "id": "some-portfolio",
        "title": "Some plans",
        "sha256": portfolio.as_seen_by("esa").sha256,
        "known_on": "2012-12-31",
        "stated": "compiled from public sources; not declared by the agencies",
    }
    Draft202012Validator(published_schemas()["answer"]).validate(wrapped)


def test_unverified_are_exactly_the_unverified_records_among_the_evidence(portfolio):
    evidence = ["mission:read", "mission:whole", "mission:field", "mission:whole", "agency:esa"]
    wrapped = envelope("show", portfolio, None, evidence=evidence)
    assert wrapped.evidence == ("mission:read", "mission:whole", "mission:field", "agency:esa")
    assert wrapped.unverified == ("mission:whole", "mission:field")
    assert envelope("show", portfolio, None, evidence=["mission:read"]).unverified == ()


def test_the_header_says_what_every_page_must_say(portfolio):
    line = header_line(portfolio.as_seen_by("esa"))
    assert line == " · ".join(
        [
            "Some plans",
            "known on 2012-12-31",
            "as seen by ESA",
            "compiled from public sources; not declared by the agencies",
            "2 unverified of 4 records",
            f"portfolio {portfolio.as_seen_by('esa').sha256[:12]}",
        ]
    )
    assert "whole portfolio" in header_line(portfolio)
    assert "declared by the agencies" in header_line(history().known_on())
    assert "compiled" not in header_line(history().known_on())


@dataclass(frozen=True)
class Pair:
    """A value of an engine."""

    left: object
    right: object = None

    @property
    def unseen(self):
        return "derived"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (0, 0),
        (2.5, 2.5),
        ("text", "text"),
        (("a", ["b"]), ["a", ["b"]]),
        ({"b", "a", "c"}, ["a", "b", "c"]),
        (frozenset({3, 1}), [1, 3]),
        ({1: {"x": None}}, {"1": {"x": None}}),
        (Pair(1, Pair("x")), {"left": 1, "right": {"left": "x", "right": None}}),
        (DateRange("2013..2014"), "2013..2014"),
        (Pair(DateRange("2011-04")), {"left": "2011-04", "right": None}),
        (dt.date(2012, 1, 31), "2012-01-31"),
    ],
    ids=lambda value: repr(sorted(value)) if isinstance(value, set) else repr(value),
)
def test_any_value_turns_into_what_json_holds(value, expected):
    assert plain(value) == expected
    assert json.loads(json.dumps(plain(value), allow_nan=False)) == expected


def test_a_record_turns_into_its_json_form():
    record = agency("nasa", member_since="2007")
    assert plain([record]) == [record.model_dump(mode="json")]
    assert plain(record)["member_since"] == "2007"


@pytest.mark.parametrize("question", ["schedule-path", "schedule-why", "schedule-diff", "schedule-health", "risk"])
def test_the_schema_of_a_question_says_what_its_answer_holds(question, root):
    schema = published_schemas()[f"answer-{question}"]
    Draft202012Validator.check_schema(schema)
    envelope = answered(*ASKED[question], root / "tests/schedule/twin-relay", *MORE.get(question, ()))
    check = Draft202012Validator(schema)
    check.validate(envelope)
    answer = envelope["answer"]
    for key in schema["properties"]["answer"]["required"]:
        lacking = {name: value for name, value in answer.items() if name != key}
        assert not check.is_valid(envelope | {"answer": lacking})
    assert not check.is_valid(envelope | {"answer": answer | {"more": 1}})
    assert not check.is_valid(envelope | {"question": "show"})


def test_the_schema_of_launch_periods_says_what_they_hold():
    envelope = answered("launch-periods", "earth", "mars", "--after", "2030", "--before", "2032")
    check = Draft202012Validator(published_schemas()["answer-launch-periods"])
    check.validate(envelope)
    assert envelope["answer"]["periods"]
    assert not check.is_valid(envelope | {"answer": envelope["answer"] | {"periods": [{}]}})
