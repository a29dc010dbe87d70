import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange import building
from synodos.exchange.building import Draft, build
from synodos.language import KIND_BY_NAME, Fault
from tests.language.minimal import OWN_FIELDS, values
from tests.strategies import histories

PAGE = {"id": "some-portfolio", "title": "Some plans", "known_on": "2012", "sources": {"report": {"title": "Report"}}}


def page(**given):
    filled = {**PAGE, **given}
    return Draft("", {name: value for name, value in filled.items() if value is not None}, _places("page"))


def draft(kind, name=None, **given):
    plain = {**values(kind), **given}
    if name:
        plain["id"] = name
    if kind == "agency" and name:
        plain |= {"owner": given.get("owner", name), "stated_by": given.get("stated_by", name)}
    return Draft(KIND_BY_NAME[kind].plural, plain, _places(plain["id"]))


def _places(name):
    return lambda path: f"{name}@{path}"


def esa():
    return draft("agency", "esa")


def codes(found):
    return [(fault.place, fault.code) for fault in found]


def test_sound_drafts_make_a_history_in_their_order():
    history, faults = build(page(), [esa(), draft("mission"), draft("element")])
    assert faults == ()
    assert [record.id for record in history.statements] == ["esa", "some-mission", "some-element"]
    assert history.header.title == "Some plans"


@pytest.mark.parametrize("kind", OWN_FIELDS)
def test_every_kind_is_built(kind):
    drafts = [esa(), draft("mission", "mars-landing"), draft("paper", "some-paper"), draft(kind, "one")]
    history, faults = build(page(), drafts)
    assert faults == ()
    assert history.statements[-1].kind == kind


def test_without_a_page_there_is_no_history_but_every_fault_of_the_records():
    history, faults = build(None, [esa(), draft("mission", owner="nobody", status="soon")], [Fault("x.no-page", "")])
    assert history is None
    assert codes(faults) == [("", "x.no-page"), ("some-mission@status", "record.value")]


def test_faults_of_page_records_and_between_records_are_told_in_one_run():
    drafts = [
        esa(),
        draft("mission", status="soon", launched="2011"),
        draft("element", "lander", owner="eso", as_of="2013"),
        draft("agreement", "a", parent="a"),
    ]
    history, faults = build(page(title=None, colour="red"), drafts)
    assert history is None
    assert sorted(codes(faults)) == [
        ("a@parent", "agreement.loop"),
        ("lander@as_of", "statement.late"),
        ("lander@owner", "reference.unknown"),
        ("lander@stated_by", "author.not-owner"),
        ("page@colour", "record.unknown-field"),
        ("page@title", "record.missing-field"),
        ("some-mission@launched", "record.unknown-field"),
        ("some-mission@status", "record.value"),
    ]


def test_a_reference_to_a_record_that_failed_by_itself_is_no_fault():
    broken = draft("element", "lander", status="soon")
    mission = draft("mission", requirements=[{"capability": "launch", "met_by": ["lander", "ladder"]}])
    _, faults = build(page(), [esa(), broken, mission])
    assert codes(faults) == [
        ("lander@status", "record.value"),
        ("some-mission@requirements[0].met_by[1]", "reference.unknown"),
    ]


def test_a_failed_record_of_another_kind_does_not_stand_for_the_one_meant():
    _, faults = build(page(), [esa(), draft("scenario", "eso", steps=3), draft("mission", owner="eso")])
    assert ("some-mission@owner", "reference.unknown") in codes(faults)


def test_owners_that_failed_are_no_fault_of_what_they_own():
    _, faults = build(page(), [draft("agency", "esa", actor="club"), draft("mission")])
    assert codes(faults) == [("esa@actor", "record.value")]


def test_an_older_statement_that_was_built_is_not_held_against_the_newer_that_failed():
    old = draft("element", "lander", as_of="2010")
    new = draft("element", "lander", as_of="2011", provides=["launch"], crewed="perhaps")
    mission = draft("mission", requirements=[{"capability": "launch", "met_by": ["lander"]}])
    _, faults = build(page(), [esa(), old, new, mission])
    assert codes(faults) == [("lander@crewed", "record.value")]


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("known_on", "soon", "page@known_on"),
        ("compiler", {"id": "us"}, "page@compiler.name"),
        ("sources", {"report": {}}, "page@sources.report.title"),
        ("vocabularies", {"capabilities": [{"id": "own-word"}]}, None),
    ],
)
def test_a_wrong_field_of_the_page_brings_about_no_faults_of_records(field, value, place):
    mission = draft("mission", stated_by="us", as_of="2011", requirements=[{"capability": "own-word"}])
    _, faults = build(page(**{"compiler": {"id": "us", "name": "Us"}, field: value}), [esa(), mission])
    rest = {fault.place for fault in faults if fault.record != "portfolio"}
    assert rest == (set() if field == "vocabularies" else {"some-mission@requirements[0].capability"})
    assert all(fault.place.startswith("page@") for fault in faults if fault.record == "portfolio")
    assert place is None or place in {fault.place for fault in faults}


def test_what_could_not_be_read_may_hold_the_target_of_a_reference():
    unread = Fault("file.syntax", "the file is no YAML", place="elements.yaml:3")
    _, faults = build(page(), [draft("mission", owner="eso", stated_by="eso", horizon=1)], [unread])
    assert codes(faults) == [("elements.yaml:3", "file.syntax"), ("some-mission@horizon", "record.unknown-field")]


@pytest.mark.parametrize("there", [True, False])
def test_a_value_is_not_missed_where_none_could_be_read(there):
    formula = Fault("cell.formula", "a formula", place="some-mission@status")
    mission = draft("mission", crewed="perhaps", status=None)
    if not there:
        del mission.values["status"]
    _, faults = build(page(), [esa(), mission], [formula])
    assert codes(faults) == [("some-mission@crewed", "record.value"), ("some-mission@status", "cell.formula")]


def test_a_warning_of_the_reader_hides_no_error():
    warning = Fault("cell.odd", "an odd cell", place="some-mission@status", severity="warning")
    history, _ = build(page(), [esa(), draft("mission", status=None)], [warning])
    assert history is None


def test_the_same_fault_at_the_same_place_is_told_once():
    wrong = [
        dataclasses.replace(draft("mission", f"m{n}", release="all"), place=lambda path: "m.yaml:3") for n in (1, 2)
    ]
    _, faults = build(page(), [esa(), *wrong])
    assert codes(faults) == [("m.yaml:3", "record.value")]


def test_faults_stand_in_the_order_of_files_lines_and_cells():
    places = ["b.yaml:9", "b.yaml:41", "a.yaml:100", "missions!C7", "missions!AA7", "missions!B10", "c.json:7 $.x"]
    _, faults = build(page(), [esa()], [Fault("x.y", "", place=place) for place in places])
    assert [fault.place for fault in faults] == [
        "a.yaml:100",
        "b.yaml:9",
        "b.yaml:41",
        "c.json:7 $.x",
        "missions!C7",
        "missions!AA7",
        "missions!B10",
    ]


def test_beyond_a_number_of_faults_only_their_count_is_told(monkeypatch):
    monkeypatch.setattr(building, "MOST_FAULTS", 5)
    history, faults = build(page(), [esa(), *(draft("mission", f"m{n}", x=1, status="soon") for n in range(10))])
    assert history is None
    assert [fault.code for fault in faults[:5]] == ["record.value", "record.unknown-field"] * 2 + ["record.value"]
    assert faults[5].code == "faults.more"
    assert "15 more" in faults[5].message
    assert len(faults) == 6


def test_a_record_that_is_too_deep_or_too_large_is_refused_before_it_is_checked():
    deep = []
    for _ in range(5000):
        deep = [deep]
    _, faults = build(page(note=deep), [draft("mission", note=deep), draft("element", sources=["report"] * 30_000)])
    assert sorted(codes(faults)) == [
        ("page@", "record.too-deep"),
        ("some-element@", "record.too-large"),
        ("some-mission@", "record.too-deep"),
    ]


def test_nothing_that_a_file_holds_reaches_a_terminal_unescaped_or_at_length():
    wrong = draft("mission", "evil\x1b[2J\n" + "x" * 100_000, **{"odd\nname\x1b" + "y" * 100_000: 1})
    wrong = dataclasses.replace(wrong, place=lambda path: f"m.yaml:{len(path)}")
    half = Draft("", {**PAGE, "\ud800": 1}, lambda path: "portfolio.yaml:1")
    _, faults = build(half, [esa(), wrong])
    assert len(faults) == 3
    for fault in faults:
        assert "\x1b" not in str(fault)
        assert len(fault.field) < 200
        assert len(fault.record) < 200
        assert str(fault).encode()


def test_faults_without_a_statement_stand_at_the_last_statement_of_their_record():
    loop = [draft("agreement", "a", parent="b"), draft("agreement", "b", parent="a")]
    _, faults = build(page(), [esa(), *loop])
    assert codes(faults) == [("a@parent", "agreement.loop"), ("b@parent", "agreement.loop")]


def test_a_warning_leaves_the_portfolio_usable():
    history, faults = build(page(), [esa()], [Fault("x.y", "mind this", severity="warning")])
    assert history is not None
    assert len(faults) == 1


def _drafts(history):
    """The drafts from which a history could have been read, each placed at its number."""
    plain = [statement.model_dump(mode="json") for statement in history.statements]
    return [
        Draft(statement.plural, given, lambda path, number=number: f"f:{number}")
        for number, (statement, given) in enumerate(zip(history.statements, plain, strict=True), 1)
    ]


def _page(history):
    return Draft("", history.header.model_dump(mode="json"), lambda path: "page")


@given(histories(), st.data())
def test_a_record_that_does_not_fit_brings_about_no_fault_elsewhere(history, data):
    drafts = _drafts(history)
    broken = data.draw(st.lists(st.integers(0, len(drafts) - 1), min_size=1, max_size=3, unique=True))
    for number in broken:
        drafts[number].values["confidence"] = "firm"
    built, faults = build(_page(history), drafts)
    assert built is None
    assert codes(faults) == [(f"f:{number + 1}", "record.value") for number in sorted(broken)]


@given(histories(), st.sampled_from(["id", "title", "known_on", "compiler", "about", "vocabularies", "sources"]))
def test_a_page_that_does_not_fit_brings_about_no_fault_elsewhere(history, name):
    page = _page(history)
    page.values[name] = 7
    built, faults = build(page, _drafts(history))
    assert built is None
    assert codes(faults) == [("page", "record.value")]


@given(histories())
def test_drafts_of_a_sound_history_build_it(history):
    assert build(_page(history), _drafts(history)) == (history, ())
