import copy
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange import inspect, json_file, read_history, write
from synodos.exchange.document import joined
from synodos.exchange.json_file import parsed
from synodos.exchange.json_places import JsonPlaces
from synodos.language import PortfolioError
from tests.exchange.plans import only_fault, told
from tests.language.minimal import values

PLANS = {
    "format": "synodos-portfolio",
    "version": 1,
    "portfolio": {
        "id": "some-portfolio",
        "title": "Some plans",
        "known_on": "2012",
        "sources": {"report": {"title": "Report"}},
    },
    "agencies": [{**values("agency"), "id": "esa"}],
    "missions": [values("mission"), {**values("mission"), "id": "other"}],
}


def plans(**given):
    filled = {**copy.deepcopy(PLANS), **given}
    return {name: value for name, value in filled.items() if value is not None}


def line_of(path, pattern, number=1):
    """The line of a file in which a pattern stands for the n-th time."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [position for position, line in enumerate(lines, 1) if re.search(pattern, line)][number - 1]


def test_a_sound_file_is_read(json_path):
    history = read_history(json_path(PLANS))
    assert [record.id for record in history.statements] == ["esa", "some-mission", "other"]
    assert history.header.title == "Some plans"


def test_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "PLANS.JSON"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(PLANS).encode())
    assert len(read_history(path).statements) == 3


def test_faults_name_line_and_path(json_path):
    content = plans(misions=[], scenarios={}, offers=["x"])
    content["portfolio"]["colour"] = "red"
    content["missions"][1] |= {"status": "soon", "partners": [{"agency": "esa"}, {"agency": "eso"}]}
    del content["missions"][0]["name"]
    content["missions"].append({**values("mission"), "id": "third", "partners": [{"agency": "eso"}]})
    path = json_path(content)
    assert told(path) == [
        (f"plans.json:{line_of(path, 'colour')} $.portfolio.colour", "record.unknown-field"),
        (f"plans.json:{line_of(path, 'missions') + 1} $.missions[0].name", "record.missing-field"),
        (f"plans.json:{line_of(path, 'soon')} $.missions[1].status", "record.value"),
        (f"plans.json:{line_of(path, 'misions')} $.misions", "file.unknown-list"),
        (f"plans.json:{line_of(path, 'scenarios')} $.scenarios", "file.not-a-list"),
        (f"plans.json:{line_of(path, 'offers') + 1} $.offers[0]", "record.form"),
    ]


def test_faults_between_records_name_line_and_path(json_path):
    content = plans()
    content["missions"][1]["partners"] = [{"agency": "esa"}, {"agency": "eso"}]
    path = json_path(content)
    assert told(path) == [(f"plans.json:{line_of(path, 'eso')} $.missions[1].partners[1].agency", "reference.unknown")]


def test_names_that_stand_twice_and_numbers_that_cannot_be_held_are_told(json_path):
    text = json.dumps(plans(), indent=1)
    text = text.replace('"status": "planned"', '"status": "planned",\n   "status": "soon"', 1)
    text = text.replace('"id": "other"', '"id": "other", "crewed": NaN,\n   "ends": 1e999,\n   "planned": ' + "9" * 31)
    text = text.replace('"version": 1,', '"version": 1,\n "version": 2,')
    path = json_path(text)
    assert told(path) == [
        (f"plans.json:{line_of(path, 'version', 2)} $.version", "key.twice"),
        (f"plans.json:{line_of(path, 'soon')} $.missions[0].status", "key.twice"),
        (f"plans.json:{line_of(path, 'NaN')} $.missions[1].crewed", "value.number"),
        (f"plans.json:{line_of(path, '1e999')} $.missions[1].ends", "value.number"),
        (f"plans.json:{line_of(path, '99999')} $.missions[1].planned", "value.number"),
    ]


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 31, "1" * 5000, "0." + "1" * 40]
)
def test_numbers_that_cannot_be_held(number):
    document = parsed(f'{{"a": [1, {number}]}}', "f.json")
    assert [(fault.place, fault.code) for fault in document.faults] == [("f.json:1 $.a[1]", "value.number")]
    assert number[:20] in document.faults[0].found
    assert document.content == {"a": [1, None]}


def test_of_a_name_that_stands_twice_the_first_value_counts():
    document = parsed('{"a": 1, "b": 2, "a": 3, "a": 4}', "f.json")
    assert document.content == {"a": 1, "b": 2}
    assert [fault.code for fault in document.faults] == ["key.twice"] * 2


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "file.empty", "f.json"),
        (" \n ", "file.empty", "f.json"),
        ('{"a": 1\n"b": 2}', "file.syntax", "f.json:2"),
        ('{"a": 1}\n{"b": 2}', "file.syntax", "f.json:2"),
        ('{"a": "one\ntwo"}', "file.syntax", "f.json:1"),
        ("{'a': 1}", "file.syntax", "f.json:1"),
        ('\n"\\ud83d"', "file.encoding", "f.json:2"),
        ('"\\ude00\\ud83d"', "file.encoding", "f.json:1"),
        ('\n\n["\\\\\\uD800"]', "file.encoding", "f.json:3"),
        ("[" * 100_000, "file.too-deep", "f.json:1"),
        ('{"]": ["\\"[["],\n"a":\n' + "[" * 100_000, "file.too-deep", "f.json:3"),
    ],
)
def test_what_is_no_json_is_refused(text, code, place):
    with pytest.raises(PortfolioError) as error:
        parsed(text, "f.json")
    (fault,) = error.value.faults
    assert (fault.code, fault.place) == (code, place)


@pytest.mark.parametrize("text", ['"\\ud83d\\ude00"', '"\\\\ud800"', '"\\\\\\\\ude00"', '"\\u00e9\\n\\""', "[]"])
def test_escapes_of_whole_characters_are_read(text):
    assert parsed(text, "f.json").content == json.loads(text)


def test_the_number_of_values_has_a_limit(monkeypatch):
    monkeypatch.setattr(json_file, "MOST_VALUES", 10)
    with pytest.raises(PortfolioError) as error:
        parsed(json.dumps([0] * 12), "f.json")
    assert error.value.faults[0].code == "file.too-many-values"
    assert parsed(json.dumps([0] * 11), "f.json").faults == []


def test_the_number_of_faults_of_form_has_a_limit(monkeypatch):
    monkeypatch.setattr("synodos.exchange.document.MOST_FAULTS", 5)
    document = parsed("[" + ", ".join(["NaN"] * 100) + "]", "f.json")
    assert [fault.code for fault in document.faults] == ["value.number"] * 5 + ["file.more-faults"]


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        ([], "file.format", "plans.json:1 $"),
        (1, "file.format", "plans.json:1 $"),
        (None, "file.empty", "plans.json"),
        ({}, "file.format", "plans.json:1 $.format"),
        (plans(format="synodos-records"), "file.format", "plans.json:2 $.format"),
        (plans(format="geojson"), "file.format", "plans.json:2 $.format"),
        (plans(version=None), "file.version", "plans.json:1 $.version"),
        (plans(version=2), "file.version", "plans.json:3 $.version"),
        (plans(version=1.0), "file.version", "plans.json:3 $.version"),
        (plans(portfolio=None), "file.no-page", "plans.json:1 $.portfolio"),
        (plans(portfolio="x"), "file.no-page", "plans.json:4 $.portfolio"),
    ],
)
def test_a_file_says_what_it_is(json_path, content, code, place):
    fault = only_fault(json_path(content))
    assert (fault.code, fault.place) == (code, place)


def test_a_value_that_nests_too_deep_is_told_with_its_record(json_path):
    deep = "[" * 500 + "]" * 500
    path = json_path(json.dumps(plans(), indent=1).replace('"Landing"', deep, 1))
    line = line_of(path, "missions") + 1
    assert told(path) == [(f"plans.json:{line} $.missions[0]", "record.too-deep")]


def test_the_number_of_records_has_a_limit(json_path, monkeypatch):
    monkeypatch.setattr("synodos.exchange.document.MOST_RECORDS", 2)
    assert told(json_path(PLANS)) == [("plans.json", "file.too-many-records")]


def test_one_statement_is_written_to_a_line(json_path, tmp_path):
    history = read_history(json_path(PLANS))
    write(history, tmp_path / "out.json")
    lines = (tmp_path / "out.json").read_text(encoding="utf-8").splitlines()
    assert lines[:4] == ["{", ' "format": "synodos-portfolio",', ' "version": 1,', ' "portfolio": {']
    start = lines.index(' "missions": [')
    assert [json.loads(line.rstrip(","))["id"] for line in lines[start + 1 : start + 3]] == ["some-mission", "other"]
    assert lines[start + 3 :] == [" ]", "}"]


names = st.text(st.characters(exclude_categories=("Cs",)), max_size=6) | st.sampled_from(["a.b", "c[0]", "a", "a.b[1]"])
trees = st.recursive(
    st.just(0),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=15,
)


@given(trees, st.sampled_from([None, 0, 2]), st.booleans())
def test_every_value_has_its_line(tree, indent, ascii_only):
    tree = _numbered(tree)
    text = "\n\n" + json.dumps(tree, indent=indent, ensure_ascii=ascii_only)
    places = JsonPlaces("f.json", text)
    lines = text.split("\n")
    for path, leaf in _leaves(tree, ""):
        number = int(re.match(r"f\.json:(\d+) \$", places(path))[1])
        assert str(leaf) in lines[number - 1]


def _numbered(tree, count=None):
    """The tree with a number of its own at each leaf."""
    count = count if count is not None else iter(range(1000, 9999))
    if isinstance(tree, dict):
        return {key: _numbered(value, count) for key, value in tree.items()}
    return [_numbered(value, count) for value in tree] if isinstance(tree, list) else next(count)


def _leaves(tree, path):
    """Path and number of each leaf whose path can mean nothing else."""
    if isinstance(tree, dict):
        for key, inner in tree.items():
            alone = not any(other != key and (other + " ").startswith((key + ".", key + "[")) for other in tree)
            if key and alone and not set(key) & set(".["):
                yield from _leaves(inner, joined(path, key))
    elif isinstance(tree, list):
        for position, inner in enumerate(tree):
            yield from _leaves(inner, f"{path}[{position}]")
    else:
        yield path, tree


def test_a_name_with_dots_and_brackets_is_found():
    text = '{\n"a.b": {\n"c": 1,\n"c[0]":\n {"d": 2}},\n"a": {\n"b": 3}}'
    places = JsonPlaces("f.json", text)
    assert [places(path).split()[0] for path in ("a.b.c", "a.b.c[0].d", "a.b", "a.x", "x")] == [
        "f.json:3",
        "f.json:5",
        "f.json:2",
        "f.json:6",
        "f.json:1",
    ]


def test_reading_in_full_finds_no_fault_that_is_not_there(json_path):
    assert inspect(json_path(PLANS))[1] == ()
