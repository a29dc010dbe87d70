"""Calendars: what is written is what a second program reads, whatever words stand in it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from synodos.exchange import CalendarEvent, calendar_text

DAY = dt.date(2026, 7, 1)
WORDS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).map(str.strip).filter(bool)
PLAIN = WORDS.filter(lambda text: not set(text) & set(",;\\"))
"""Words of categories; the second reader takes an escaped comma in their list for the end of one."""
DAYS = st.dates(dt.date(1960, 1, 1), dt.date(2999, 12, 30))


def events():
    """An event with any words, of any length."""
    return st.builds(
        lambda uid, words, ends, kinds, release: CalendarEvent(
            uid=str(uid),
            summary=words[0],
            first=min(ends),
            last=max(ends),
            description="\n".join(words),
            categories=tuple(kinds),
            classification=release,
        ),
        st.uuids(),
        st.lists(WORDS, min_size=1, max_size=4),
        st.tuples(DAYS, DAYS),
        st.lists(PLAIN, max_size=3),
        st.sampled_from(["PUBLIC", "CONFIDENTIAL", "PRIVATE"]),
    )


def written(*entries, title="Dates ahead", about="Known on 2026-07-01"):
    return calendar_text(entries, title=title, about=about, stamped=DAY)


def read(content):
    """The entries of a calendar, as a second program reads them."""
    return IcsCalendarStream.calendar_from_ics(content.decode()).events


@given(st.lists(events(), max_size=4, unique_by=lambda one: one.uid))
def test_a_second_reader_finds_what_was_written(entries):
    found = {one.uid: one for one in read(written(*entries))}
    assert found.keys() == {one.uid for one in entries}
    for one in entries:
        other = found[one.uid]
        assert (other.summary, other.description) == (one.summary, one.description)
        assert (other.dtstart, other.dtend) == (one.first, one.last + dt.timedelta(days=1))
        assert other.classification.value == one.classification
        assert other.dtstamp == dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
        assert list(other.categories) == list(one.categories)


def test_the_file_keeps_to_the_format():
    content = written(CalendarEvent("a-1", "Start; finish, or not", DAY, DAY, "ä" * 200))
    lines = content.split(b"\r\n")
    assert (lines[0], lines[-2], lines[-1]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"")
    assert {b"VERSION:2.0", b"DTSTART;VALUE=DATE:20260701", b"DTEND;VALUE=DATE:20260702"} <= {*lines}
    assert b"SUMMARY:Start\\; finish\\, or not" in lines
    assert b"TRANSP:TRANSPARENT" in lines, "a launch some time in a year keeps nobody busy for a year"
    assert max(map(len, lines)) <= 75


def test_equal_entries_give_equal_bytes():
    entry = CalendarEvent("a-1", "Launch", DAY, DAY, categories=("launch", "ESA"))
    assert written(entry) == written(entry)
    assert written(entry) != written(entry, title="Other dates")


def test_entries_that_a_calendar_cannot_hold_are_refused():
    entry = CalendarEvent("a-1", "Launch", DAY, DAY)
    with pytest.raises(ValueError, match="'a-1' twice"):
        written(entry, entry)
    with pytest.raises(ValueError, match="'Launch' ends on 2026-06-30"):
        written(CalendarEvent("a-1", "Launch", DAY, dt.date(2026, 6, 30)))
