import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.language import (
    KIND_BY_NAME,
    KINDS,
    Activity,
    Agreement,
    Calendar,
    Cites,
    Cost,
    DateRange,
    Header,
    Mission,
    Paper,
    Points,
    Requirement,
    Term,
    WorkingGroup,
    fields,
    redirected,
    references,
)
from tests.language.minimal import statement
from tests.strategies import World, records

MARK = "qqz-"


class Marked(World):
    """A world in which every reference is told from all other text by how it begins."""

    def terms(self, vocabulary):
        return [f"{MARK}{vocabulary}"]


@st.composite
def marked_records(draw):
    """A record of any kind, full of marked references."""
    world = Marked(
        sources=[f"{MARK}source", f"{MARK}source-2"],
        ids={kind.kind: [f"{MARK}{kind.kind}", f"{MARK}{kind.kind}-2"] for kind in KINDS},
        provides={f"{MARK}{kind}": [f"{MARK}capabilities"] for kind in ("element", "mission", "offer")},
    )
    kind = draw(st.sampled_from(KINDS))
    # These may name others of their kind that stand before them.
    if kind in (Agreement, Calendar, Activity, Paper, WorkingGroup):
        world.ids[kind.kind].append("own-id")
    world.parties = {key: set(world.ids["agency"]) for key in world.ids["agreement"]}
    world.milestones = dict.fromkeys(world.ids["activity"], True)
    owner = draw(st.sampled_from(world.ids["agency"]))
    return draw(records(kind, world, id="own-id", owner=owner, as_of="2011"))


def marked_places(value, path=""):
    """Yield place and text of every marked text in plain values."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from marked_places(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from marked_places(item, f"{path}[{position}]")
    elif isinstance(value, str) and value.startswith(MARK):
        yield path, value


def replaced(value, change):
    """Plain values with every marked text changed; None drops it from its list."""
    if isinstance(value, dict):
        return {name: replaced(item, change) for name, item in value.items()}
    if isinstance(value, list):
        return [item for item in (replaced(item, change) for item in value) if item is not None]
    return change(value) if isinstance(value, str) and value.startswith(MARK) else value


@given(marked_records())
def test_every_reference_of_a_record_is_found_where_it_stands(record):
    found = [(reference.path, reference.target) for reference in references(record)]
    assert sorted(found) == sorted(marked_places(record.model_dump(mode="json")))


@given(marked_records())
def test_a_reference_says_what_it_may_point_at(record):
    for reference in references(record):
        named = reference.target.removeprefix(MARK).removesuffix("-2")
        if isinstance(reference.mark, Points):
            assert named in reference.mark.kinds
        elif isinstance(reference.mark, Term):
            assert named == reference.mark.vocabulary
        else:
            assert (reference.mark, named) == (Cites(), "source")


@given(marked_records())
def test_redirecting_every_reference_to_itself_gives_the_same_object(record):
    assert redirected(record, lambda _mark, target: target) is record


@given(marked_records())
def test_redirecting_changes_references_and_nothing_else(record):
    moved = redirected(record, lambda _mark, target: f"{target}-moved")
    expected = replaced(record.model_dump(mode="json"), lambda target: f"{target}-moved")
    assert moved.model_dump(mode="json") == expected


@given(marked_records())
def test_redirecting_to_nothing_drops_from_lists(record):
    gone = redirected(record, lambda mark, target: None if isinstance(mark, Cites) else target)
    expected = replaced(record.model_dump(mode="json"), lambda text: None if text.startswith(f"{MARK}source") else text)
    assert gone.model_dump(mode="json") == expected
    assert gone.sources == ()


def test_words_that_stand_instead_of_references_are_left_alone():
    for word in ("public", "members", "private"):
        record = statement("mission", release=word)
        assert "release" not in {reference.path for reference in references(record)}
        assert redirected(record, lambda _mark, target: f"{target}-moved").release == word
    listed = statement("mission", release=["esa"])
    assert redirected(listed, lambda _mark, target: f"{target}-moved").release == ("esa-moved",)


def shape(model, name):
    return next(field for field in fields(model) if field.name == name)


def test_shapes_are_read_off_the_models():
    requirements = shape(Mission, "requirements")
    assert (requirements.type, requirements.part, requirements.many) == (Requirement, Requirement, True)
    release = shape(Mission, "release")
    assert (release.many, release.words, release.mark) == (
        True,
        ("public", "members", "private"),
        Points(("agency",)),
    )
    planned = shape(Mission, "planned")
    assert (planned.type, planned.optional, planned.required, planned.part) == (DateRange, True, False, None)
    met_by = shape(Requirement, "met_by")
    assert (met_by.many, met_by.mark) == (True, Points(("element", "mission", "offer")))
    assert shape(Requirement, "basis").words == ("stated", "inferred")
    assert shape(Requirement, "basis").default == "stated"
    assert shape(Cost, "money").part is not None
    assert shape(Header, "about").many


def models():
    """Every kind and part that stands in a file of records."""
    found = list(KINDS)
    for model in found:
        found += [field.part for field in fields(model) if field.part and field.part not in found]
    return found


@pytest.mark.parametrize("model", [*models(), Header], ids=lambda model: model.__name__)
def test_every_field_has_a_shape_and_a_meaning(model):
    assert [field.name for field in fields(model)] == list(model.model_fields)
    for field in fields(model):
        assert field.description.endswith("."), field.name
        assert field.required or field.default is not None or field.optional, field.name
        assert not (field.many and field.optional), field.name


SEVERAL_TYPES = {
    "about": "what it is about: of a policy the agencies, of an interest the sort of topic",
    "covers": "what it extends to: an agreement in ids, an amount of money in words",
    "critical": "what counts as critical: of a schedule the rule, of dates whether they did",
    "form": "the shape of it: of a plan what sort of thing in words, of a distribution a number",
    "parent": "what stands above: of an agreement an agreement, of a calendar a calendar",
    "role": "the part taken: a partner's in words, an interface's in a word of the standard",
    "standing": "where it stands, in words that fit an offer or need, or an instrument",
    "type": "which sort of the thing it is, each with words of its own",
}
"""Fields whose one meaning takes different values in different kinds."""
SEVERAL_WORDINGS = {
    "agency": "the agency meant: a partner, or who does what a step says",
    "available": "when it can be used",
    "calendar": "when work is done; of a schedule for activities that name none",
    "delay": "what is added to a time, in days: by a risk that strikes, by a step",
    "destinations": "where; each kind says what an empty list means",
    "hours": "working time of days; each part says of which",
    "interfaces": "interface standards, from the side of the element and from the side of its user",
    "met_by": "what meets a requirement: as it is planned, as a scenario has it",
    "members": "who takes part: each kind says what an empty list means",
    "name": "how people call it; each kind says how long",
    "objectives": "common goals and objectives that it is about",
    "period": "a stretch of days: of money when it is spent, of a launch when it can leave",
    "plan": "the mission or element that is meant",
    "planned": "when a mission flies: as it is planned, as a scenario has it",
    "provides": "capabilities that others get from it",
    "seeks": "requirements that others could meet",
    "since": "from when; each kind says what an empty one means",
    "spread": "how uncertain it is: of an activity its duration, of a cost the amounts",
    "standing": SEVERAL_TYPES["standing"],
    "statement": "what its source says of it, in words",
    "with_agencies": "agencies on the other side",
    **SEVERAL_TYPES,
}
"""Fields whose one meaning is worded for each kind."""


def distinct(aspect):
    """Names of fields that differ between kinds or parts in one aspect."""
    found = {}
    for model in models():
        for field in fields(model):
            found.setdefault(field.name, set()).add(aspect(field))
    return {name for name, values in found.items() if len(values) > 1}


def test_a_field_name_has_one_type():
    assert distinct(lambda field: (field.type, field.words, field.many, field.mark)) == set(SEVERAL_TYPES)


def test_a_field_name_has_one_meaning():
    assert distinct(lambda field: field.description) == set(SEVERAL_WORDINGS)


def test_an_id_that_several_kinds_may_have_is_told_apart_by_its_kind():
    kinds = {kind for model in models() for field in fields(model) for kind in getattr(field.mark, "kinds", ())}
    assert kinds - {"compiler"} <= set(KIND_BY_NAME)
