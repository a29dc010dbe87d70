"""Forms hold every record of every kind, and give back what they held."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.language import KIND_BY_NAME, of_validation
from synodos.web.agency.choosing import Choices
from synodos.web.agency.forming import form_of
from synodos.web.agency.posting import posted_values
from synodos.web.agency.shapes import MODELS, asked_fields, is_name
from tests.web import scene

PORTFOLIO = scene.history().known_on()


def inputs(form):
    """What a browser sends back of a form."""
    return {
        node.path: node.value
        for top in form.nodes
        for node in top.each()
        if node.sort not in ("part", "parts", "list", "money")
    }


def shown(kind, values, faults=(), grown=""):
    """The form of some fields."""
    return form_of(asked_fields(kind, compiler=True), values, Choices(PORTFOLIO), faults, grown)


def round_trip(kind, values):
    """What comes back when a form is sent as it is."""
    return posted_values(asked_fields(kind, compiler=True), inputs(shown(kind, values)))


def plain(record):
    """The fields of a record that a form asks for."""
    values = record.model_dump(mode="json", exclude_defaults=True)
    return {name: value for name, value in values.items() if name not in ("id", "stated_by", "retracted")}


@pytest.mark.parametrize("kind", list(KIND_BY_NAME))
def test_every_kind_comes_back_from_its_form_as_it_went_in(kind):
    records = [record for record in scene.history().statements if record.kind == kind]
    assert records
    for record in records:
        assert round_trip(kind, plain(record)) == plain(record)


odd = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-1e6, 1e6) | st.text("ab \n:#'[]", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "capability", "x y"]), inner, max_size=2)
    ),
    max_leaves=5,
)  # fmt: skip


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["name", "status", "crewed", "requirements", "release", "costs", "odd"]), odd))
def test_what_does_not_fit_a_form_is_lost_in_none(values):
    """Fields of any shape come back as they went in; only what says nothing comes back as nothing."""
    given_back = round_trip("mission", copy.deepcopy(values))
    for name, value in values.items():
        if _says_nothing(value):
            assert given_back.get(name) in (None, [], value)
        else:
            assert given_back[name] == value, name
            assert isinstance(given_back[name], type(value)) or isinstance(value, float), name  # 1.0 is written as 1


@pytest.mark.parametrize("word", [": ", " members", "\n", "list"], ids=["colon", "blank", "empty-line", "list"])
def test_a_release_that_no_choice_gives_back_is_edited_as_yaml(word):
    assert round_trip("mission", {"release": word}) == {"release": word}
    (node,) = (top for top in shown("mission", {"release": word}).nodes if top.path.endswith("release"))
    assert node.sort == "raw"


def _says_nothing(value):
    """Whether a value says as little as a missing one."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def test_faults_stand_at_the_inputs_that_they_concern():
    values = {
        **plain(_mission()),
        "planned": "2018..2016",
        "requirements": [{"capability": "robotic-arm", "by": "soon"}],
    }
    model = KIND_BY_NAME["mission"]
    try:
        model.model_validate({"id": "a", "owner": "aster", "stated_by": "aster", **values})
    except ValueError as error:
        faults = list(of_validation(error, "mission a", tuple(model.model_fields)))
    form = shown("mission", values, faults)
    nodes = {node.path: node for top in form.nodes for node in top.each()}
    assert nodes["planned"].faults[0].expected.startswith("a range that ends")
    assert nodes["requirements[0].by"].faults
    assert nodes["requirements[0]"].open
    assert {at for _fault, at in form.faults} == {"f-planned", "f-requirements-0-by"}


def test_a_list_grows_by_one_place_and_shrinks_by_the_one_dropped():
    asked = asked_fields("mission", compiler=False)
    grown = inputs(shown("mission", {"requirements": [{"capability": "launch"}]}, grown="requirements"))
    assert "requirements[1].capability" in grown
    assert "requirements[2].capability" not in grown
    grown["requirements[1].capability"] = "robotic-arm"
    assert posted_values(asked, grown, dropped="requirements[0]") == {"requirements": [{"capability": "robotic-arm"}]}


def test_vocabularies_and_what_may_be_seen_are_suggested():
    seen = PORTFOLIO.as_seen_by("corvo")
    form = form_of(asked_fields("mission", compiler=False), {}, Choices(seen))
    grown = form_of(asked_fields("mission", compiler=False), {}, Choices(seen), (), "requirements")
    assert dict(form.suggestions["terms-destinations"])["mars"]
    named = {key for name, options in grown.suggestions.items() if name.startswith("records-") for key, _ in options}
    assert "aster-element" in named
    assert not [key for key in named if scene.MARKS["aster-private"] in key]
    assert not [key for key, _ in grown.suggestions["sources"] if scene.MARKS["aster-private"] in key]


@pytest.mark.parametrize("kind", list(MODELS))
def test_a_form_asks_for_no_field_that_its_place_says(kind):
    asked = {field.name for field in asked_fields(kind, compiler=False)}
    assert not asked & {"id", "owner", "stated_by", "retracted"}


@pytest.mark.parametrize(
    ("kind", "name", "can"),
    [
        ("mission", "lunar-relay", True),
        ("mission", "Lunar relay", False),
        ("mission", "a\n", False),
        ("mission", "a" * 121, False),
        ("source", "ESA_2012.a", True),
        ("source", "../x", False),
    ],
)
def test_names(kind, name, can):
    assert is_name(kind, name) is can


def _mission():
    """The public mission of the scene."""
    return PORTFOLIO.missions["aster-mission"]
