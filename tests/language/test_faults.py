import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from synodos.language import (
    KIND_BY_NAME,
    Fault,
    PortfolioError,
    fields,
    nearest,
    of_validation,
    path_text,
    references,
    shown,
)
from tests.language.minimal import statement, values


def faults_of(kind, **given):
    """What is told of a statement that does not fit its kind."""
    model = KIND_BY_NAME[kind]
    with pytest.raises(ValidationError) as refused:
        model.model_validate({**values(kind), **given})
    return list(of_validation(refused.value, f"{kind} {values(kind)['id']}", [field.name for field in fields(model)]))


@pytest.mark.parametrize(
    ("given", "code", "field", "found", "expected", "near"),
    [
        ({"destination": ["mars"]}, "record.unknown-field", "destination", "'destination'", "a field", "destinations"),
        ({"status": "planed"}, "record.value", "status", "'planed'", "one of 'idea', 'proposed'", "planned"),
        ({"release": "everybody"}, "record.value", "release", "'everybody'", "or a list of agency ids", ""),
        ({"release": ["ESA"]}, "record.value", "release[0]", "'ESA'", "an id in lower case letters", ""),
        ({"id": "Mars Landing"}, "record.value", "id", "'Mars Landing'", "an id in lower case letters", ""),
        ({"id": "public"}, "record.value", "id", "'public'", "an id other than public", ""),
        ({"planned": "May 2018"}, "record.value", "planned", "'May 2018'", "a date such as 2017", ""),
        ({"note": "a\x00b"}, "record.value", "note", r"'a\x00b'", "text without control characters", ""),
        ({"crewed": "perhaps"}, "record.value", "crewed", "'perhaps'", "valid boolean", ""),
        (
            {"requirements": [{"essential": True}]},
            "record.missing-field",
            "requirements[0].capability",
            "nothing",
            "a value",
            "",
        ),
        (
            {"requirements": [{"capability": "launch", "met": ["rocket"]}]},
            "record.unknown-field",
            "requirements[0].met",
            "'met'",
            "a field",
            "",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_place_and_expectation(given, code, field, found, expected, near):
    (fault,) = faults_of("mission", **given)
    assert (fault.code, fault.field, fault.found, fault.nearest) == (code, field, found, near)
    assert expected in fault.expected
    assert fault.record == "mission some-mission"


def test_every_fault_of_a_record_is_told_at_once():
    told = faults_of("mission", status="flying", crewed="perhaps", colour="red", as_of="soon")
    assert {fault.field for fault in told} == {"status", "crewed", "colour", "as_of"}


def test_a_fault_reads_in_lines():
    fault = Fault("reference.unknown", "there is none", "mission landing", "missions[0]", "'landr'", "an id", "lander")
    assert str(fault.at("plans.yaml:7")).splitlines() == [
        "reference.unknown: there is none (plans.yaml:7: mission landing: missions[0])",
        "  found 'landr'",
        "  expected an id; nearest: lander",
    ]
    assert str(Fault("file.empty", "the file is empty")) == "file.empty: the file is empty"


def test_an_error_says_all_that_is_wrong():
    error = PortfolioError([Fault("one.thing", "is wrong"), Fault("other.thing", "is wrong too")])
    assert [fault.code for fault in error.faults] == ["one.thing", "other.thing"]
    assert str(error) == "one.thing: is wrong\nother.thing: is wrong too"


@pytest.mark.parametrize(
    ("found", "valid", "expected"),
    [
        ("chandrayan-2", ["chandrayaan-2", "chandrayaan-1"], "chandrayaan-2"),
        ("nasa", ["esa", "nasa"], "nasa"),
        ("xyz", ["chandrayaan-2"], ""),
        ("nasa", [], ""),
    ],
)
def test_the_nearest_value_is_one_that_a_slip_of_the_pen_explains(found, valid, expected):
    assert nearest(found, valid) == expected


@given(st.text() | st.integers() | st.lists(st.integers(), max_size=200))
def test_what_was_found_is_repeated_in_one_short_line(value):
    assert len(shown(value)) <= 120
    assert "\n" not in shown(value)


def test_a_place_in_a_record_reads_as_its_references_do():
    record = statement("mission", requirements=[{"capability": "launch", "met_by": ["rocket"]}])
    paths = {reference.path for reference in references(record)}
    assert path_text(["requirements", 0, "met_by", 0]) in paths
    assert path_text(["requirements", 0, "capability"]) in paths
