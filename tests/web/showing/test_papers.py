"""A whole answer on paper: pictures are drawn for the page, also where the answer was kept as JSON."""

import json

import pytest

from synodos.report import Document, Figure, Section
from synodos.report.charts.canvas import Canvas
from synodos.web.showing.papers import document_of, paper
from synodos.web.showing.told import Told, on_paper, told
from tests.report.reading_pdf import elements, pages


def drawn(words, *, width=1376.0):
    sheet = Canvas(width)
    sheet.words([{"x": 0, "y": 10, "text": words, "fill": "#000000"}])
    sheet.height = 40.0
    return sheet.chart("Words", "", "Some words.")


@pytest.fixture
def answer():
    section = Section("one", "One", ("A sentence.",), Figure.drawn("words", drawn, "here"))
    return told(Document("Title", "Lead.", "Header.", (section,)))


def widths(shown):
    return [json.loads(one.narrow or one.definition)["width"] for one in shown.figures.values()]


def test_pictures_are_as_wide_as_the_page_asks_and_stay_so_when_kept(answer):
    wide = widths(answer)
    kept = Told.model_validate_json(on_paper(answer).model_dump_json())
    assert widths(kept) < wide
    assert widths(on_paper(kept)) == widths(kept)
    (figure,) = (one.figure for one in document_of(kept).sections)
    assert figure.chart.to_dict()["width"] == widths(kept)[0]


def test_what_was_kept_without_them_is_drawn_as_it_is(answer):
    kept = Told.model_validate_json(answer.model_dump_json())
    assert widths(on_paper(kept)) == widths(answer)


def test_an_answer_is_a_document(answer):
    file = paper(answer)
    assert ("/Figure", "Some words.") in elements(file)
    assert all("Header." in page and "Title" in page for page in pages(file))
