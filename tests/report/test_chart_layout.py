"""Geometry of the pictures: type fits, years hold, lanes keep apart."""

import datetime as dt
import math
import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from synodos.language import DateRange
from synodos.report.charts.layout import GAP, ROADMAP, Entry, Measures, column_width, laid_out, longest_label
from synodos.report.charts.look import shortened, text_width, wrapped
from synodos.report.charts.matrix import MARGIN, heads_for
from synodos.report.charts.timeline import Frame, Years, merged, seated, span, years_shown

DAY = dt.date(2011, 12, 31)


# Type


def test_widths_are_those_of_helvetica_with_a_little_to_spare():
    # Helvetica's letters are 667, 667 and 667 thousandths of an em wide (Adobe's font metrics, 1997).
    assert text_width("ESA", 10) == pytest.approx(0.667 * 3 * 10, rel=0.05)
    assert text_width("ESA", 10) > 0.667 * 3 * 10


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=80), st.integers(30, 300))
def test_shortened_text_fits(text, width):
    assert text_width(shortened(text, width)) <= width


@given(st.lists(st.text("abcdefgh·+", min_size=1, max_size=12), max_size=20), st.integers(120, 300))
def test_wrapped_text_fits_and_loses_nothing_where_there_are_lines_enough(words, width):
    text = " ".join(words)
    assert all(text_width(line) <= width for line in wrapped(text, width, lines=2))
    if not re.search("[·+]", text):
        assert " ".join(wrapped(text, width, lines=30)) == text


def test_a_line_does_not_end_in_the_sign_that_leads_to_an_agency():
    for width in range(80, 400, 3):
        lines = wrapped("ExoMars Trace Gas Orbiter · ESA + NASA + CSA + 3 more", width, lines=9)
        assert not any(line.endswith(("·", "+")) or line == "more" for line in lines)


# Years


def test_span_covers_the_days_stated_and_no_more():
    assert span(DateRange("2017")) == (2017, 2018)
    assert span(DateRange("2016-02")) == (pytest.approx(2016 + 31 / 366), pytest.approx(2016 + 60 / 366))
    assert span(DateRange("..2015")) == (-math.inf, 2016)


@given(
    st.lists(st.tuples(st.integers(1950, 2100), st.integers(0, 60)), max_size=60),
    st.booleans(),
)
def test_years_shown_hold_nearly_all_dates_in_bounded_room(stated, opens):
    dates = [DateRange(f"{year}..{'' if opens else year + length}") for year, length in stated]
    years = years_shown(dates, DAY)
    assert years.first <= years.dense <= years.last
    assert years.last - years.first <= 46
    if dates and not opens and max(y + n for y, n in stated) - min(y for y, _ in stated) <= 45:
        assert sum(date.earliest.year < years.first for date in dates) <= 0.1 * len(dates)
        assert all(date.latest.year <= years.last for date in dates)


@given(st.integers(1990, 2020), st.integers(8, 45), st.integers(0, 40), st.floats(1980, 2080), st.floats(1980, 2080))
def test_a_later_moment_never_lies_further_left(first, length, dense, one, other):
    frame = Frame(100, 1000, Years(first, first + length, min(first + dense, first + length)), 1200)
    earlier, later = sorted((one, other))
    assert 100 <= frame.x(earlier) <= frame.x(later) <= 1000 + 1e-9
    assert frame.x(first) == 100
    assert frame.x(first + length + 1) == pytest.approx(1000)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=30))
def test_merged_stretches_are_apart_and_cover_the_same_days(spans):
    stretches = [((float(start), float(start + length)), number) for number, (start, length) in enumerate(spans)]
    joined = merged(stretches)
    assert all(one[0][1] < other[0][0] for one, other in pairwise(joined))
    assert sorted(thing for _, things in joined for thing in things) == list(range(len(spans)))
    for stretch, things in joined:
        assert stretch[0] == min(stretches[thing][0][0] for thing in things)
        assert stretch[1] == max(stretches[thing][0][1] for thing in things)


# Layout


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 40)), max_size=40))
def test_lanes_are_no_more_than_overlap_at_one_point(extents):
    options = [[(float(left), float(left + width))] for left, width in extents]
    seats = seated(options, gap=1)
    most = max((sum(o[0][0] <= left <= o[0][1] + 0.5 for o in options) for left, _ in extents), default=0)
    assert max((lane for lane, _ in seats), default=-1) + 1 == most


moments = st.floats(1960, 2070)
labels = st.text("abc M·+é", min_size=1, max_size=90)


@st.composite
def entries(draw):
    """Entries of all sorts, with labels as long as the frame lets them be."""
    found = []
    for number in range(draw(st.integers(0, 40))):
        start, stop = sorted((draw(moments), draw(moments)))
        form = draw(st.sampled_from(["stretch", "brief", "open", "opens early", "undated", "works"]))
        found.append(
            Entry(
                key=str(number),
                band=draw(st.integers(0, 3)),
                label=draw(labels),
                start=None if form == "undated" else -math.inf if form == "opens early" else start,
                stop=None if form == "undated" else math.inf if form == "open" else stop,
                until=stop + 3 if form == "works" else None,
                brief=form == "brief",
            )
        )
    return found


@given(entries(), st.integers(900, 1600), st.sampled_from([ROADMAP, Measures(lane=13, glyph=2, bar=10, stub=math.inf)]))
@example([], 1376, ROADMAP)
def test_nothing_overlaps_and_everything_stays_on_the_sheet(made, width, measures):
    frame = Frame(116, width - 220, Years(2000, 2040, 2030), width)
    room = longest_label(frame)
    made = [Entry(**{f: getattr(e, f) for f in e.__slots__} | {"label": shortened(e.label, room)}) for e in made]
    layout = laid_out(made, [30.0] * 4, frame, 50, measures)
    assert sorted(layout.by_key) == sorted(entry.key for entry in made)
    assert all(one.bottom == other.top for one, other in pairwise(layout.bands))
    for placed in layout.placed:
        band = layout.bands[placed.entry.band]
        below = placed.y + measures.lane / 2 + 13.5 * (len(placed.lines) - 1)
        assert band.top <= placed.y - measures.lane / 2 + 1e-6
        assert below <= band.bottom + 1e-6
        left, right = (frame.left, frame.right) if placed.entry.start is not None else (frame.right, frame.edge)
        assert left - 1e-6 <= placed.extent[0] <= placed.label_x
        assert placed.label_x + max(map(measures.text, placed.lines)) <= placed.extent[1] + 1e-6
        assert placed.extent[1] <= right + 1e-6
    dated = [p for p in layout.placed if p.entry.start is not None]
    dated.sort(key=lambda p: (p.entry.band, p.lane, p.extent))
    for one, other in pairwise(dated):
        if (one.entry.band, one.lane) == (other.entry.band, other.lane):
            assert one.extent[1] + GAP <= other.extent[0] + 1e-6
    column = sorted((p for p in layout.placed if p.entry.start is None), key=lambda p: (p.entry.band, p.y))
    for one, other in pairwise(column):
        if one.entry.band == other.entry.band:
            assert one.y + 13.5 * len(one.lines) <= other.y + 13.5


def test_column_of_the_undated_takes_no_room_where_everything_has_a_date():
    assert column_width([], 300) == 0
    assert column_width(["x" * 200], 300) == 300


def test_names_above_columns_get_the_room_that_they_need_and_no_more():
    assert heads_for([], 300) == MARGIN
    assert heads_for(["Luna", "Luna-Glob"], 300) == text_width("Luna-Glob") + MARGIN
    assert heads_for(["A station of many modules and a long name" * 3], 300) == 300
