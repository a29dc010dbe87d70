import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from synodos.language import DateRange

READ = TypeAdapter(DateRange)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2017", dt.date(2017, 1, 1), dt.date(2017, 12, 31)),
        ("2012-02", dt.date(2012, 2, 1), dt.date(2012, 2, 29)),
        ("2011-04-20", dt.date(2011, 4, 20), dt.date(2011, 4, 20)),
        ("2013..2014-06", dt.date(2013, 1, 1), dt.date(2014, 6, 30)),
        ("2020..", dt.date(2020, 1, 1), dt.date.max),
        ("..2015", dt.date.min, dt.date(2015, 12, 31)),
    ],
)
def test_a_date_keeps_its_precision(text, earliest, latest):
    read = READ.validate_python(text)
    assert (read.earliest, read.latest, str(read)) == (earliest, latest, text)


@pytest.mark.parametrize("text", ["", "..", "11", "2011-13", "2011-02-30", "2015..2013", "2011/04", "April 2011"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValidationError):
        READ.validate_python(text)


def test_years_and_calendar_days_are_read_as_spreadsheets_give_them():
    assert READ.validate_python(2017).text == "2017"
    assert READ.validate_python(dt.datetime(2017, 3, 1, 9, 30)).text == "2017-03-01"  # noqa: DTZ001
    with pytest.raises(ValidationError):
        READ.validate_python(True)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2900, 1, 1)), st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
def test_a_written_date_holds_its_day_and_reads_back(day, form):
    read = DateRange(day.strftime(form))
    assert read.earliest <= day <= read.latest
    assert READ.validate_json(READ.dump_json(read)) == read
