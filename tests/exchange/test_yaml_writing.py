import datetime as dt

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange.yaml_text import compose
from synodos.exchange.yaml_writing import WIDTH, yaml_lines
from tests.strategies import NASTY_TEXTS, texts


def written(values):
    return "".join(f"{line}\n" for line in yaml_lines(values))


def back(text):
    document = compose(text, "f.yaml")
    assert document.faults == []
    return document.content


def test_plans_are_written_as_people_write_them():
    values = {
        "format": "synodos-records",
        "version": 1,
        "missions": [
            {
                "id": "exomars-2016",
                "as_of": "2011-04-20",
                "planned": "2016..2017",
                "crewed": False,
                "destinations": ["mars-vicinity", "mars-surface"],
                "amount": 850000000.0,
                "rate": 0.25,
                "aims": ["Search for life: past, present", "It's 100 % of it, and (perhaps) more"],
                "requirements": [{"capability": "launch", "by": "2016", "note": "no"}],
                "note": "First line\n\n  indented\nlast",
                "statement": " ".join(["word"] * 40),
                "partners": [],
            }
        ],
    }
    long_line = " ".join(["word"] * 21)
    assert (
        written(values)
        == f"""\
format: synodos-records
version: 1
missions:
  - id: exomars-2016
    as_of: 2011-04-20
    planned: 2016..2017
    crewed: false
    destinations: [mars-vicinity, mars-surface]
    amount: 850000000
    rate: 0.25
    aims:
      - "Search for life: past, present"
      - It's 100 % of it, and (perhaps) more
    requirements:
      - capability: launch
        by: "2016"
        note: "no"
    note: |-
      First line

        indented
      last
    statement: >-
      {long_line}
      {" ".join(["word"] * 19)}
    partners: []
"""
    )


@pytest.mark.parametrize(
    "text", [*NASTY_TEXTS, "", " ", "\n", " lead", "trail ", "a\n", "\n a", "a\n \nb", "\t", "a\tb", "\x00"]
)
def test_every_text_comes_back(text):
    values = {"key": text, "list": [text, "x"], "deep": [{"key": text, text[:80]: text}], "one": [text]}
    assert back(written(values)) == values


any_text = st.text(st.characters(exclude_categories=("Cs",))) | texts()
names = any_text.map(lambda text: text[:80])
trees = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.floats(allow_nan=False, allow_infinity=False)
    | any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=15,
)


@given(st.dictionaries(names, trees, min_size=1, max_size=4))
def test_every_tree_comes_back(tree):
    assert back(written(tree)) == tree


@given(st.dictionaries(names, trees, min_size=1, max_size=4))
def test_readers_of_yaml_1_1_read_the_same_but_for_dates(tree):
    assert _dates_as_text(yaml.safe_load(written(tree))) == tree


def _dates_as_text(tree):
    if isinstance(tree, dict):
        return {_dates_as_text(key): _dates_as_text(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_dates_as_text(value) for value in tree]
    return tree.isoformat() if isinstance(tree, dt.date) else tree


@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), min_size=1, max_size=200))
def test_long_text_is_folded(words):
    lines = written({"mission": [{"statement": " ".join(words)}]}).splitlines()
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (850000000.0, "850000000"),
        (0.25, "0.25"),
        (0.0, "0.0"),
        (1e15, "1000000000000000"),
        (1e16, "1.0e+16"),
        (1e300, "1.0e+300"),
        (1.5e-7, "1.5e-07"),
        (5e-324, "5.0e-324"),
        (12, "12"),
        (True, "true"),
        (None, "null"),
    ],
)
def test_numbers_are_written_so_that_every_reader_takes_them_for_numbers(number, text):
    assert written({"key": number}) == f"key: {text}\n"
    assert back(written({"key": number})) == yaml.safe_load(written({"key": number})) == {"key": number}
