"""Tables: what they say comes back from CSV, and no spreadsheet runs it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.report import Table, as_csv, cell_text
from synodos.report.answering.tables import as_records

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
RISKY = st.builds(str.__add__, st.sampled_from(list("=+-@\t\r\n")), TEXT)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
CELLS = st.none() | st.booleans() | NUMBERS | TEXT | RISKY
RUN = ("=", "+", "-", "@", "\t", "\r", "\n")  # OWASP, "CSV injection": characters that start a formula


@st.composite
def tables(draw, cells=CELLS):
    columns = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6, unique=True))
    row = st.tuples(*[cells] * len(columns))
    return Table("drawn", "A drawn table", tuple(columns), tuple(draw(st.lists(row, max_size=5))))


def read_back(table):
    return list(csv.reader(io.StringIO(as_csv(table), newline="")))


def spelt(cell):
    """A cell as CSV holds it: nothing for what is not stated, text with an apostrophe where it could run."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUN) else str(cell)


@given(tables())
def test_csv_gives_back_every_cell(table):
    assert read_back(table) == [list(table.columns), *([spelt(cell) for cell in row] for row in table.rows)]


@given(tables(TEXT | RISKY))
def test_no_text_in_csv_can_run_in_a_spreadsheet(table):
    for row in read_back(table)[1:]:
        for cell in row:
            assert not cell.startswith(RUN)


def test_numbers_stay_numbers_even_below_zero():
    table = Table("one", "One", ("n", "x", "t"), ((-3, -0.5, "-3"),))
    assert as_csv(table) == "n,x,t\r\n-3,-0.5,'-3\r\n"


@given(tables())
def test_records_hold_the_same_cells(table):
    records = as_records(table)
    assert [tuple(record) for record in records] == [table.columns] * len(table.rows)
    assert [tuple(record.values()) for record in records] == list(table.rows)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, "not stated"),
        (True, "yes"),
        (False, "no"),
        (0.125, "0.12"),
        (7, "7"),
        ("", ""),
        ("some text", "some text"),
    ],
)
def test_cells_read_as_people_say_them(cell, text):
    assert cell_text(cell) == text


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        as_records(Table("odd", "Odd", ("a", "b"), ((1,),)))
