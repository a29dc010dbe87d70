"""Data packages: what the descriptor says is what the files hold, and other programs can read it."""

import csv
import hashlib
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from frictionless import Resource, validate
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.report import Table, package_files
from tests.language.minimal import history, statement

WORDS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).map(str.strip).filter(bool)
COLUMNS = {
    "boolean": st.booleans(),
    "integer": st.integers(-(10**12), 10**12),
    "number": st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6) + 0.0),
    "date": st.dates().map(str),
    "string": WORDS.map(lambda text: f"as {text}"),
}


@pytest.fixture(scope="module")
def portfolio():
    return history(
        statement("mission"), sources={"report": {"title": "Report", "url": "https://example.org/report"}}
    ).known_on()


def packed(portfolio, *tables, **names):
    """The files of a package by name, and its descriptor."""
    files = dict(package_files(tables, portfolio, **names))
    return files, json.loads(files["datapackage.json"])


def fields(table, portfolio):
    """Type of each column of a table, as its descriptor says it."""
    (resource,) = packed(portfolio, table)[1]["resources"]
    return {field["name"]: field for field in resource["schema"]["fields"]}


def errors(files):
    """What another program finds wrong with a package."""
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        return validate(str(Path(folder) / "datapackage.json")).flatten(["type", "rowNumber", "fieldName", "note"])


@st.composite
def tables(draw):
    """Tables of columns of every type, some cells not stated."""
    sorts = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=4))
    names = draw(st.lists(WORDS, min_size=len(sorts), max_size=len(sorts)))
    size = draw(st.integers(1, 4))
    columns = [draw(st.lists(COLUMNS[sort] | st.none(), min_size=size, max_size=size)) for sort in sorts]
    rows = tuple(row for row in zip(*columns, strict=True) if any(cell is not None for cell in row))
    return Table("some-table", "Some table", tuple(names), rows)


@settings(max_examples=25)
@given(tables())
def test_another_program_finds_nothing_wrong(portfolio, table):
    assert errors(packed(portfolio, table)[0]) == []


def test_another_program_would_find_what_is_wrong(portfolio):
    files, told = packed(portfolio, Table("one", "One", ("days",), ((1,), (2,))))
    assert [kind for kind, *_ in errors({**files, "one.csv": b"days\r\nmany\r\n2\r\n"})] != []
    told["resources"][0]["schema"]["fields"][0]["name"] = "hours"
    assert "incorrect-label" in {kind for kind, *_ in errors({**files, "datapackage.json": json.dumps(told).encode()})}


def test_cells_come_back_as_they_were(portfolio):
    rows = ((1, 2.5, True, "2028-01-01", "as is"), (None, 3.0, False, "2029-12-31", None))
    table = Table("some", "Some", ("count", "share", "crew", "opens", "why"), rows)
    files, told = packed(portfolio, table)
    with TemporaryDirectory() as folder:
        (Path(folder) / "some.csv").write_bytes(files["some.csv"])
        resource = Resource.from_descriptor(told["resources"][0], basepath=folder)
        read = [tuple(row.to_dict().values()) for row in resource.read_rows()]
    assert [(one[0], float(one[1]), one[2], str(one[3]), one[4]) for one in read] == list(rows)


@pytest.mark.parametrize(
    ("cells", "type_"),
    [
        ((1, 2), "integer"),
        ((1, 2.5), "number"),
        ((1, None), "integer"),
        ((True, False), "boolean"),
        ((True, 1), "string"),
        ((1, "1"), "string"),
        ((float("nan"), 1.0), "string"),
        (("2028-01-01", "2028-01-02"), "date"),
        (("2028-01-01", "2028"), "string"),
        ((None, None), "string"),
    ],
    ids=["whole", "broken", "some", "yes-or-no", "mixed", "words", "no-number", "days", "years", "nothing"],
)
def test_a_column_has_the_narrowest_type_of_its_cells(portfolio, cells, type_):
    (field,) = fields(Table("one", "One", ("value",), tuple((cell,) for cell in cells)), portfolio).values()
    assert field["type"] == type_
    assert field.get("constraints", {}).get("required", False) == (None not in cells)


def test_columns_say_their_meaning_or_their_unit(portfolio):
    told = fields(Table("one", "One", ("unverified", "float (days)", "why"), ((True, 3, "so"),)), portfolio)
    assert told["unverified"]["description"].startswith("Whether it rests on general knowledge")
    assert told["float (days)"]["description"] == "In days."
    assert "description" not in told["why"]


def test_files_are_named_measured_and_hashed(portfolio):
    files, told = packed(
        portfolio, Table("one", "First", ("a",), ((1,),)), Table("two", "Second", ("b",), (("=1+1",),))
    )
    assert [*files] == ["one.csv", "two.csv", "datapackage.json"]
    for resource, title in zip(told["resources"], ("First", "Second"), strict=True):
        content = files[resource["path"]]
        assert (resource["name"], resource["title"]) == (resource["path"].removesuffix(".csv"), title)
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert next(csv.DictReader(io.StringIO(files["two.csv"].decode())))["b"] == "'=1+1", "no spreadsheet runs it"


def test_the_package_says_what_it_was_computed_from(portfolio):
    told = packed(portfolio, Table("one", "One", ("a",), ((1,),)))[1]
    assert told["version"] == portfolio.sha256
    assert (told["name"], told["title"]) == ("some-portfolio", "Some plans")
    assert told["created"] == "2012-12-31T00:00:00Z"
    assert told["sources"] == [{"title": "Report [report]", "path": "https://example.org/report"}]
    assert "declared by the agencies" in told["description"]
    assert "licenses" not in told, "the agencies' plans are not ours to license"
    named = packed(portfolio, name="edition-1", title="First edition")[1]
    assert (named["name"], named["title"]) == ("edition-1", "First edition")


def test_plans_that_we_compiled_carry_our_licence():
    compiler = {"id": "synodos-compilers", "name": "The Synodos contributors"}
    told = packed(history(compiler=compiler).known_on())[1]
    assert [one["name"] for one in told["licenses"]] == ["CC-BY-4.0"]
    assert told["contributors"] == [{"title": "The Synodos contributors", "roles": ["creator"]}]
    other = packed(history(compiler={"id": "somebody", "name": "Somebody"}).known_on())[1]
    assert "licenses" not in other


def test_tables_of_one_name_and_names_of_no_file_are_refused(portfolio):
    table = Table("one", "One", ("a",), ((1,),))
    with pytest.raises(ValueError, match="found a table 'one'"):
        packed(portfolio, table, table)
    with pytest.raises(ValueError, match=r"found a table '\.\./One'"):
        packed(portfolio, Table("../One", "One", ("a",), ((1,),)))


def test_columns_of_one_name_are_numbered(portfolio):
    files, told = packed(portfolio, Table("one", "One", ("ESA", "ESA"), ((1, 2),)))
    assert files["one.csv"] == b"ESA,ESA (2)\r\n1,2\r\n"
    assert errors(files) == []
    assert [field["name"] for field in told["resources"][0]["schema"]["fields"]] == ["ESA", "ESA (2)"]


def test_equal_tables_give_equal_bytes(portfolio):
    table = Table("one", "One", ("a",), ((1,),))
    assert packed(portfolio, table)[0] == packed(portfolio, table)[0]
