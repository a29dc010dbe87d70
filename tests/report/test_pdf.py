"""Documents on paper: what programs that read them aloud find, and that nothing overflows."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.report import Document, Figure, Section, Table, document_file
from synodos.report.answering.tables import cell_text
from synodos.report.charts.canvas import Canvas
from synodos.report.charts.look import text_width
from synodos.report.writing.paper_tables import ACROSS, FLIPPED, INSET, MOST_ROWS, paper_table
from synodos.report.writing.pdf import as_pdf
from synodos.report.writing.typesetting import settable
from tests.report.reading_pdf import catalogue, elements, opened, outline, pages, said

HEADER = "Plans of two lands · known on 2026-07-01 · 3 unverified of 40 records · portfolio 0123456789ab"
LONG = Table("long", "Many rows", ("day", "what"), tuple((f"2026-07-{n % 28 + 1:02}", f"row {n}") for n in range(90)))
ADDRESS = "https://example.org/a/rather/long/address?that=goes&on=and-on-for-a-while-until-it-ends"
KINDS = (("One", ADDRESS, 1.5, None), ("Two", None, 2.25, True))
MIXED = Table(
    "mixed",
    "Of all kinds",
    ("name", "address", "number", "known"),
    (("One", ADDRESS, 1.5, None), ("Two", None, 2.25, True)),
)


def boxes(rows, *, width=1376.0):
    """A picture of some boxes under each other."""
    sheet = Canvas(width)
    sheet.boxes(
        [{"x": 0, "x2": sheet.width, "y": 20 * n, "y2": 20 * n + 9, "fill": "#123456", "stroke": "none"} for n in rows]
    )
    sheet.words([{"x": 0, "y": 10, "text": "words in the picture", "fill": "#000000"}])
    sheet.height = 20.0 * len(rows)
    return sheet.chart("Boxes", "drawn for a test", f"{len(rows)} boxes under each other.")


@pytest.fixture(scope="module")
def document():
    low, high = (Figure.drawn(name, boxes, range(count)) for name, count in (("low", 8), ("high", 90)))
    sections = (
        Section("first", "What comes first", ("One sentence.",), low, (MIXED,)),
        *(Section(f"part-{n}", f"Part {n}", (f"Sentence {n}.",)) for n in range(4)),
        Section("rows", "Rows", (), high, (LONG,)),
    )
    return Document("Two lands", "They share a relay.", HEADER, sections, ("A notice.",))


@pytest.fixture(scope="module")
def file(document):
    return document_file(document, "pdf")


def test_it_declares_that_it_is_accessible(file):
    root, metadata = catalogue(file), opened(file).xmp_metadata
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert str(root["/Lang"]) == "en-GB"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert opened(file).metadata.title == "Two lands"
    assert b"pdfuaid:part" in metadata.stream.get_data()


def test_its_tags_hold_pictures_with_words_and_tables_with_heads(file, document):
    tags = elements(file)
    alts = [alt for tag, alt in tags if tag == "/Figure" and alt]
    low, high = (one.figure.alt for one in document.sections if one.figure)
    assert low in alts
    assert any(alt.startswith(high) and "part 2" in alt for alt in alts), "a picture over pages says which part it is"
    assert all(alt for tag, alt in tags if tag == "/Figure")
    kinds = [tag for tag, _ in tags]
    assert kinds.count("/TH") == len(MIXED.columns) + len(LONG.columns)
    assert kinds.count("/TD") == len(MIXED.columns) * len(MIXED.rows) + len(LONG.columns) * len(LONG.rows)
    assert kinds.count("/H1") == len(document.sections)


def test_bookmarks_and_contents_name_every_section(file, document):
    titles = [one.title for one in document.sections]
    assert outline(file) == titles
    assert all(title in pages(file)[0] for title in titles)


def test_a_short_document_has_no_contents(document):
    short = as_pdf(replace(document, sections=document.sections[:2]))
    assert "Contents" not in pages(short)[0]


def test_every_page_bears_the_line_and_its_number(file):
    found = pages(file)
    assert len(found) > 3
    for number, page in enumerate(found, start=1):
        assert HEADER in page
        assert f"{number} / {len(found)}" in page


def test_heads_of_tables_stand_on_every_page_that_goes_on(file):
    rows = [page for page in pages(file) if re.search(r"row \d+", page)]
    assert len(rows) > 1
    assert all("day what" in page for page in rows)


def test_it_says_everything_and_leads_where_addresses_lead(file, document):
    text = " ".join(pages(file))
    for words in (document.lead, *document.notices, "One sentence.", "1.50", "not stated", "row 89"):
        assert words in text
    links = [one.get_object().get("/A", {}) for page in opened(file).pages for one in page.get("/Annots", ())]
    assert ADDRESS in [str(link["/URI"]) for link in links if "/URI" in link]


def test_the_same_document_is_the_same_file(file, document):
    assert as_pdf(document) == file
    assert as_pdf(replace(document, lead="They share two relays.")) != file


def test_a_table_that_has_the_title_of_its_section_does_not_say_it_again(document):
    bare = Section("bare", "Who does what", tables=(Table("bare", "Who does what", ("what", "who"), ()),))
    assert pages(as_pdf(replace(document, sections=(bare,))))[0].count("Who does what") == 1


def test_an_empty_table_says_so_under_its_heading(document):
    bare = Section("bare", "Bare", tables=(Table("bare", "What nobody does", ("what", "who"), ()),))
    assert "What nobody does (0) Nothing." in pages(as_pdf(replace(document, sections=(bare,))))[0]


def test_a_table_that_no_page_is_wide_enough_for_is_told_row_by_row(document):
    columns = tuple(f"a rather wordy column number {n} incomprehensibilities" for n in range(14))
    wide = Table("wide", "Wide", columns, (("first", *(f"cell-{n}" for n in range(12)), None),))
    text = pages(as_pdf(replace(document, sections=(Section("wide", "Wide", tables=(wide,)),))))[0]
    assert all(f"{name}: cell-{n}" in text for n, name in enumerate(columns[1:13]))


def test_letters_that_no_face_has_become_squares(document):
    assert settable("Ž → 月 ☐ \x07") == "Ž → □ ☐ □"
    named = as_pdf(replace(document, title="月計\x07: Plán", sections=()))
    assert "□□□: Plán" in pages(named)[0]


def test_pictures_are_drawn_for_the_page(document):
    asked = []

    def draw(rows, *, width=1376.0):
        asked.append(width)
        return boxes(rows, width=width)

    as_pdf(replace(document, sections=(Section("one", "One", (), Figure.drawn("one", draw, range(3))),)))
    assert asked == [1376.0, 720.0]


def test_a_page_ends_in_html_or_pdf(document, tmp_path):
    from types import SimpleNamespace

    from synodos.report import write_page

    answer = SimpleNamespace(document=document, envelope=SimpleNamespace(question="compare"))
    write_page(answer, tmp_path / "page.PDF")
    assert (tmp_path / "page.PDF").read_bytes().startswith(b"%PDF-")
    with pytest.raises(ValueError, match=r"ends in \.html or \.pdf, and not .*page\.odt"):
        write_page(answer, tmp_path / "page.odt")


WORDS = ["a", "relay", "of", "two", "lands", "mission:far-orbiter", "2030..2034", "communication"]
cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9999, 9999),
    st.dates().map(str),
    st.lists(
        st.sampled_from(["a", "relay", "of", "two", "lands", "mission:far-orbiter", "2030..2034", "communication"]),
        max_size=40,
    ).map(" ".join),
)


@st.composite
def tables(draw):
    count = draw(st.integers(1, 16))
    columns = tuple(f"column {n}" for n in range(count))
    rows = draw(st.lists(st.tuples(*[cells] * count), max_size=12))
    return Table("any", "Any", columns, tuple(rows), columns[4:6])


@settings(max_examples=40)
@given(tables())
def test_no_table_is_wider_than_its_page(table):
    made = paper_table(table)
    assert sum(made.widths) <= (FLIPPED if made.flipped else ACROSS) + 1
    for place, width in enumerate(made.widths):
        for text in (made.columns[place], *(row[place] or "" for row in made.rows)):
            parts = re.split(r"[\s\u200b]+|(?<=[a-z]-)", text)
            assert max(text_width(part, made.size) for part in parts) <= width - 2 * INSET + 1, text


@settings(max_examples=40)
@given(tables())
def test_what_paper_leaves_out_is_named(table):
    made = paper_table(table)
    assert set(made.columns) | set(re.split(r"[:,.] ?", made.note)) >= set(table.columns)
    kept = [table.columns.index(name) for name in made.columns]
    shown = [tuple(None if cell is None else said(cell) for cell in row) for row in made.rows]
    stated = [tuple(None if row[n] is None else said(cell_text(row[n])) for n in kept) for row in table.rows]
    assert shown == stated


def test_a_table_with_too_many_rows_says_how_many_there_are():
    long = Table("long", "Long", ("number",), tuple((n,) for n in range(MOST_ROWS + 5)))
    made = paper_table(long)
    assert len(made.rows) == MOST_ROWS
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 5} rows." in made.note


def test_a_column_in_which_nothing_is_stated_makes_room():
    made = paper_table(Table("bare", "Bare", ("name", "note"), (("one", None), ("two", None))))
    assert made.columns == ("name",)
    assert made.note == "Nothing is stated of: note."
