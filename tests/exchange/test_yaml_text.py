import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange import yaml_text
from synodos.exchange.document import joined
from synodos.exchange.yaml_text import compose
from synodos.language import PortfolioError


@pytest.fixture(params=["C", "Python"], autouse=True)
def parser(request, monkeypatch):
    """Run with PyYAML's parser in C and with the one in Python."""
    if request.param == "Python":
        monkeypatch.setattr(yaml_text, "LOADER", yaml.SafeLoader)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML was built without its parser in C")


def refused(text):
    with pytest.raises(PortfolioError) as error:
        compose(text, "f.yaml")
    (fault,) = error.value.faults
    return fault


def content(text):
    document = compose(text, "f.yaml")
    assert document.faults == []
    return document.content


def told(text):
    return [(fault.place, fault.code) for fault in compose(text, "f.yaml").faults]


# The core schema, https://yaml.org/spec/1.2.2/#1032-tag-resolution, less what the module says.
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("yes", "yes"),
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("y", "y"),
        ("0", 0),
        ("-3", -3),
        ("+12", 12),
        ("007", "007"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("1E-2", 0.01),
        ("+1.e+2", 100.0),
        ("1e", "1e"),
        (".", "."),
        ("-", None),
        ("+", "+"),
        ("2011", 2011),
        ("2011-04", "2011-04"),
        ("2011-04-20", "2011-04-20"),
        ("2011-04-20T10:00:00Z", "2011-04-20T10:00:00Z"),
        ("2013..2014", "2013..2014"),
        ("'007'", "007"),
        ('"null"', "null"),
        ("'1e3'", "1e3"),
        ('""', ""),
        ("'it''s'", "it's"),
        ('"a\\tb\\u00e9\\x41"', "a\tbéA"),
        ("=", "="),
        ("<<", "<<"),
        ("1" * 30, int("1" * 30)),
    ],
)
def test_scalars_are_read_as_the_core_schema_says(text, value):
    if text == "-":
        assert content("-") == [None]
        return
    found = content(f"key: {text}")["key"]
    assert found == value
    assert type(found) is type(value)


def test_blocks_and_flows_are_read():
    text = "a:\n  - x: 1\n    y: [p, {q: r}]\n  - |\n    one\n    two\n  - >-\n    folded\n    text\nb: {}\nc: []\n"
    assert content(text) == {
        "a": [{"x": 1, "y": ["p", {"q": "r"}]}, "one\ntwo\n", "folded text"],
        "b": {},
        "c": [],
    }


@pytest.mark.parametrize("text", ["", "# only a remark\n", "---\n", "\n\n"])
def test_nothing_is_no_value(text):
    assert content(text) is None


def test_a_merge_key_is_a_name_like_any_other():
    assert content("a: {<<: {b: 1}}") == {"a": {"<<": {"b": 1}}}


def test_every_fault_of_form_is_told_with_its_line():
    text = "\n".join(
        [
            "one: 1",
            "'one': 2",
            "2: x",
            "null: y",
            "[a, b]: z",
            "anchor: &here 3",
            "alias: *here",
            "tag: !!python/object/apply:os.system [echo]",
            "local: !mine 4",
            "long: " + "9" * 31,
            "decimals: 0." + "1" * 31,
            "infinite: -.inf",
            "none: .NaN",
            "large: 1e999",
            "last: [1,",
            "  2, {a: 1,",
            "  a: 2}]",
        ]
    )
    assert told(text) == [
        ("f.yaml:2", "key.twice"),
        ("f.yaml:3", "key.not-text"),
        ("f.yaml:4", "key.not-text"),
        ("f.yaml:5", "key.not-text"),
        ("f.yaml:6", "value.alias"),
        ("f.yaml:7", "value.alias"),
        ("f.yaml:8", "value.tag"),
        ("f.yaml:9", "value.tag"),
        *[(f"f.yaml:{line}", "value.number") for line in range(10, 15)],
        ("f.yaml:17", "key.twice"),
    ]


def test_what_has_a_fault_of_form_is_read_as_far_as_it_can_be():
    document = compose("a: 1\na: 2\nb: &x 3\nc: *x\nd: !t [4]\n5: 6\ne: 7", "f.yaml")
    assert document.content == {"a": 1, "b": 3, "c": None, "d": [4], "e": 7}


def test_an_alias_is_never_followed():
    laughs = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(9)
    )
    document = compose(laughs, "f.yaml")
    assert document.content["j"] == [None, None]
    assert len(document.faults) == 10 + 18


def test_a_tag_makes_no_object():
    document = compose("!!python/object/apply:os.getcwd []", "f.yaml")
    assert document.content == []
    assert [fault.code for fault in document.faults] == ["value.tag"]
    assert "python/object" in document.faults[0].found


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_has_a_limit(opening):
    fault = refused(opening * 100_000)
    assert (fault.code, fault.place) == ("file.too-deep", "f.yaml:1")


def test_nesting_up_to_the_limit_is_read():
    assert content("[" * 24 + "]" * 24) is not None
    assert refused("[" * 25 + "]" * 25).code == "file.too-deep"
    assert refused("".join("  " * level + "a:\n" for level in range(25)) + "  " * 25 + "b: 1").place == "f.yaml:25"


def test_the_number_of_values_has_a_limit(monkeypatch):
    monkeypatch.setattr(yaml_text, "MOST_VALUES", 10)
    fault = refused("- 1\n" * 11)
    assert (fault.code, fault.place) == ("file.too-many-values", "f.yaml:10")
    assert content("- 1\n" * 9)


def test_the_number_of_faults_has_a_limit(monkeypatch):
    monkeypatch.setattr(yaml_text, "MOST_FAULTS", 3)
    with pytest.raises(PortfolioError) as error:
        compose("a: 1\n" * 100, "f.yaml")
    assert [fault.code for fault in error.value.faults] == ["key.twice"] * 3 + ["file.more-faults"]


def test_a_second_document_is_refused():
    fault = refused("a: 1\n---\nb: 2\n")
    assert (fault.code, fault.place) == ("file.documents", "f.yaml:2")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3),
        ("a: 1\n  b: 2\n", 2),
        ("a: 'open\n", 2),
        ("a: *gone: 1\n", 1),
        ("a: @at\n", 1),
        ("a: 1\n\tb: 2\n", 2),
        ("%FOO\n", 1),
    ],
)
def test_what_is_no_yaml_is_refused_where_it_stops_being_so(text, line):
    fault = refused(text)
    assert fault.code == "file.syntax"
    assert int(fault.place.removeprefix("f.yaml:")) in (line, line + 1)
    assert fault.found


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x7f", "\x80", "\ufffe", "\uffff"])
def test_characters_that_yaml_forbids_are_named(character):
    fault = refused(f"a: 1\nb: x{character}y\n")
    assert (fault.code, fault.place) == ("file.encoding", "f.yaml:2")
    assert f"U+{ord(character):04X}" in fault.found


plain_keys = st.integers(0, 30).map(lambda number: f"k{number}.x[{number}]" if number % 5 == 0 else f"k{number}")
trees = st.recursive(
    st.just(0),
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(plain_keys, inner, min_size=1, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(plain_keys, trees, min_size=1, max_size=4), st.booleans())
def test_every_value_has_its_line(tree, flow):
    text = yaml.safe_dump(_numbered(tree), default_flow_style=flow, width=20, sort_keys=False)
    document = compose(text, "f.yaml")
    lines = text.splitlines()
    for path, key, value in _walk(document.content, ""):
        line = lines[int(re.fullmatch(r"f\.yaml:(\d+)", document.place(path))[1]) - 1]
        assert key is None or key in line
        assert key is not None or not isinstance(value, int) or str(value) in line
        # A path that is not there stands where it would have to stand.
        if isinstance(value, dict):
            assert document.place(joined(path, "gone.deeper")) == document.place(path)


def _numbered(tree, count=None):
    """The tree with a number of its own at each leaf."""
    count = count if count is not None else iter(range(1000, 9999))
    if isinstance(tree, dict):
        return {key: _numbered(value, count) for key, value in tree.items()}
    return [_numbered(value, count) for value in tree] if isinstance(tree, list) else next(count)


def _walk(value, path):
    """Path, last name and value of everything in a tree."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield joined(path, key), key, inner
            yield from _walk(inner, joined(path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield f"{path}[{position}]", None, inner
            yield from _walk(inner, f"{path}[{position}]")


scalars = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
printable = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufffe\uffff"))


@given(
    st.recursive(scalars | printable, lambda inner: st.lists(inner) | st.dictionaries(printable, inner), max_leaves=20),
    st.sampled_from((None, 1)),
)
def test_json_is_read_as_it_was_meant(tree, indent):
    assert content(json.dumps(tree, ensure_ascii=False, indent=indent)) == tree
