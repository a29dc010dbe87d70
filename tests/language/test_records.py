import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from synodos.language import KIND_BY_NAME, KIND_BY_PLURAL, KINDS, Record, fields
from tests.language.minimal import OWN_FIELDS, header, statement, values
from tests.strategies import histories

NAMES = [kind.kind for kind in KINDS]
SAYING_SOMETHING = {"risk": {"affects", "removes"}, "progress": {"accomplishments"}}
"""Fields of which no single one is required, but one or the other is."""
EVERY_KIND = pytest.mark.parametrize("kind", NAMES)


def faulty_fields(kind, **given):
    """Top fields in which a statement is refused."""
    with pytest.raises(ValidationError) as refused:
        statement(kind, **given)
    return {str(error["loc"][0]) if error["loc"] else "" for error in refused.value.errors()}


def test_kinds_have_names_of_their_own():
    assert set(OWN_FIELDS) == set(NAMES)
    assert len(KIND_BY_NAME) == len(KIND_BY_PLURAL) == len(KINDS)
    assert all(issubclass(kind, Record) for kind in KINDS)


@EVERY_KIND
def test_a_statement_needs_its_required_fields_and_no_others(kind):
    required = {field.name for field in fields(KIND_BY_NAME[kind]) if field.required}
    assert set(values(kind)) == required | SAYING_SOMETHING.get(kind, set())
    assert statement(kind).id == f"some-{kind}"


@EVERY_KIND
def test_each_required_field_is_missed(kind):
    for name in (field.name for field in fields(KIND_BY_NAME[kind]) if field.required):
        rest = {key: value for key, value in values(kind).items() if key != name}
        with pytest.raises(ValidationError, match="Field required") as refused:
            KIND_BY_NAME[kind].model_validate(rest)
        assert [error["loc"] for error in refused.value.errors()] == [(name,)]


@EVERY_KIND
def test_a_field_that_the_kind_does_not_have_is_refused(kind):
    assert faulty_fields(kind, colour="red") == {"colour"}


@EVERY_KIND
def test_statements_are_frozen_and_hashable(kind):
    record = statement(kind)
    with pytest.raises(ValidationError, match="frozen"):
        record.note = "changed"
    assert hash(record) == hash(statement(kind))
    assert record == statement(kind)
    assert record != statement(kind, note="another")


@EVERY_KIND
@pytest.mark.parametrize(
    "wrong", ["", "Mars", "mars_lander", "-mars", "mars-", "mars--lander", "mars lander", "é", "a" * 121]
)
def test_ids_are_lower_case_words_joined_by_hyphens(kind, wrong):
    assert faulty_fields(kind, id=wrong) == {"id"}


@pytest.mark.parametrize("right", ["a", "7", "mars-2020", "a" * 120])
def test_ids_of_the_right_form_are_taken(right):
    assert statement("mission", id=right).id == right


@pytest.mark.parametrize("reserved", ["public", "members", "private", "withheld"])
def test_words_that_say_who_may_see_are_no_ids(reserved):
    assert faulty_fields("agency", id=reserved) == {"id"}
    with pytest.raises(ValidationError, match="an id other than public"):
        header(compiler={"id": reserved, "name": "Everybody"})


@EVERY_KIND
@pytest.mark.parametrize("wrong", ["", "   ", "\n", "a\tb", "a\x00b", "a\x1bb", "a\u2028b", "x" * 4001, 7, None, ["a"]])
def test_text_is_printable_and_neither_empty_nor_endless(kind, wrong):
    given = {**values(kind), "name": wrong}
    with pytest.raises(ValidationError) as refused:
        KIND_BY_NAME[kind].model_validate(given)
    assert {error["loc"] for error in refused.value.errors()} == {("name",)}


def test_text_loses_blanks_at_its_ends_and_keeps_its_lines():
    assert statement("mission", note="  first\nsecond  ").note == "first\nsecond"


@pytest.mark.parametrize("right", ["public", "members", "private", ["esa"], ["esa", "nasa"], []])
def test_release_is_a_word_or_a_list_of_agencies(right):
    assert statement("mission", release=right).release == (tuple(right) if isinstance(right, list) else right)


@pytest.mark.parametrize("wrong", ["everybody", "esa", ["ESA"], 1, {"esa": True}])
def test_any_other_release_is_refused_once(wrong):
    with pytest.raises(ValidationError) as refused:
        statement("mission", release=wrong)
    assert [error["loc"][0] for error in refused.value.errors()] == ["release"]


@pytest.mark.parametrize("open_range", ["2011..", "..2011"])
def test_a_statement_has_a_date(open_range):
    with pytest.raises(ValidationError, match="as_of: a statement has a date"):
        statement("mission", as_of=open_range)
    assert statement("mission", as_of="2011-03..2011-04").as_of.latest.isoformat() == "2011-04-30"


def test_a_statement_has_a_source():
    assert faulty_fields("mission", sources=[]) == {"sources"}


@pytest.mark.parametrize("confidence", ["read", "secondary", "computed", "unverified"])
def test_only_general_knowledge_and_named_fields_are_unverified(confidence):
    record = statement("mission", confidence=confidence)
    assert record.rests_on_unverified == (confidence == "unverified")
    assert statement("mission", confidence=confidence, unverified_fields=["planned"]).rests_on_unverified


def test_unverified_fields_are_fields_of_the_kind():
    with pytest.raises(ValidationError, match="mission has no field 'available'"):
        statement("mission", unverified_fields=["available"])
    assert statement("element", unverified_fields=["available"]).unverified_fields == ("available",)


@pytest.mark.parametrize(
    ("kind", "field", "wrong"),
    [
        ("agency", "actor", "ministry"),
        ("policy", "bears", "forbids"),
        ("interest", "strength", "strong"),
        ("element", "status", "flying"),
        ("commitment", "level", "promised"),
        ("commitment", "to", []),
        ("offer", "standing", "in-force"),
        ("need", "seeks", []),
        ("scenario", "horizon_years", 0),
        ("scenario", "horizon_years", 201),
        ("agreement", "standing", "open"),
        ("agreement", "parties", []),
        ("policy", "binds", []),
        ("commitment", "kept_probability", 1.1),
        ("commitment", "if_broken", "ignore"),
        ("calendar", "hours_per_day", 0),
        ("calendar", "week", [{"days": ["mon"], "hours": []}]),
        ("calendar", "week", [{"days": [], "hours": ["08:00-12:00"]}]),
        ("schedule", "critical", "float"),
        ("schedule", "starts", "2018-02-30"),
        ("activity", "duration_days", -1),
        ("activity", "duration_days", 100_001),
        ("activity", "type", "summary"),
        ("activity", "deadline", "2018"),
        ("activity", "deadline", "2018-05-07T24:00"),
        ("activity", "after", [{"activity": "drop-test", "type": "FS"}]),
        ("risk", "probability", -0.1),
    ],
)
def test_a_value_outside_its_bounds_is_refused(kind, field, wrong):
    assert faulty_fields(kind, **{field: wrong}) == {field}


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": -1, "currency": "EUR"},
        {"amount": float("nan"), "currency": "EUR"},
        {"amount": float("inf"), "currency": "EUR"},
        {"amount": 1e17, "currency": "EUR"},
        {"amount": 1, "currency": "euro"},
        {"amount": 1, "currency": "EUR", "price_year": 1900},
        {"amount": 1},
    ],
)
def test_money_is_a_finite_amount_with_a_currency(wrong):
    assert faulty_fields("mission", costs=[{"money": wrong}]) == {"costs"}


@pytest.mark.parametrize("wrong", ["8:00-12:00", "12:00-08:00", "12:00-12:00", "20:00-24:01", "08:00", "0800-1200"])
def test_hours_run_forward_within_a_day(wrong):
    assert faulty_fields("calendar", week=[{"days": ["mon"], "hours": [wrong]}]) == {"week"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"shape": "triangular", "low": 1, "high": 2},
        {"shape": "triangular", "low": 1, "likely": 2, "high": 3, "mean": 2},
        {"shape": "pert", "low": 1, "likely": 3, "high": 2},
        {"shape": "uniform", "low": 2, "high": 1},
        {"shape": "lognormal", "median": 0, "sigma": 0.2},
        {"shape": "weibull", "scale": 0, "form": 2},
        {"shape": "weibull", "scale": 1, "form": 0},
        {"shape": "discrete", "values": [1, 2], "weights": [1]},
        {"shape": "discrete", "values": [1], "weights": [0]},
        {"shape": "normal", "mean": -1, "deviation": 1},
        {"shape": "beta"},
    ],
)
def test_a_spread_has_the_parameters_of_its_shape_in_order(wrong):
    assert faulty_fields("activity", spread=wrong) == {"spread"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"dates": "2030", "day": 1},
        {"dates": "2030", "recurs": "weekly"},
        {"dates": "2030", "recurs": "weekly", "weekdays": ["mon"], "ordinal": "first"},
        {"dates": "2030", "recurs": "monthly"},
        {"dates": "2030", "recurs": "monthly", "day": 1, "weekdays": ["mon"], "ordinal": "first"},
        {"dates": "2030", "recurs": "yearly", "day": 1},
        {"dates": "2030", "recurs": "yearly", "day": 32, "month": 1},
        {"dates": "2030", "recurs": "daily", "month": 1},
    ],
)
def test_a_recurring_exception_says_on_which_days(wrong):
    assert faulty_fields("calendar", exceptions=[wrong]) == {"exceptions"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "planetary"},
        {"type": "planetary", "target": "Mars"},
        {"type": "listed"},
        {"type": "listed", "periods": ["2018-05.."]},
        {"type": "planetary", "target": "mars", "c3_max_km2_s2": 0},
    ],
)
def test_a_launch_opportunity_says_where_to_or_when(wrong):
    assert faulty_fields("mission", launch_opportunity=wrong) == {"launch_opportunity"}


@pytest.mark.parametrize("wrong", [{"type": "must-start"}, {"type": "as-late-as-possible", "on": "2030-01-01"}])
def test_a_constraint_has_a_date_unless_it_means_as_late_as_possible(wrong):
    assert faulty_fields("activity", constraints=[wrong]) == {"constraints"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"removes": False},
        {"affects": []},
        {"delay": {"shape": "uniform", "low": 1, "high": 2}},
        {"factor": {"shape": "uniform", "of": "days", "low": 1, "high": 2}},
    ],
)
def test_a_risk_does_something_in_days_or_as_a_factor(wrong):
    assert faulty_fields("risk", **wrong) == {""}


@given(histories(), st.data())
def test_what_is_written_reads_back_equal(history, data):
    record = data.draw(st.sampled_from(history.statements))
    kind = type(record)
    assert kind.model_validate_json(record.model_dump_json()) == record
    assert kind.model_validate(record.model_dump(mode="json", exclude_defaults=True)) == record
