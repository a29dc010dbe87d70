"""Answers as documents: any page on paper, the brief of an agency, and the annual report."""

import html
import re

import pytest

from synodos.web.showing.papers import document_of
from synodos.web.showing.told import Told
from tests.report import reading_pdf
from tests.web import scene, tables

LEAD = re.compile(r'<p class="lead">(.*?)</p>', re.DOTALL)


def said(response):
    """The words of a page."""
    return html.unescape(response.content.decode())


def words(content):
    """The words of a PDF file."""
    return " ".join(reading_pdf.pages(content))


def test_any_page_is_had_on_paper(laid, no_log):
    client = laid("exomars")
    page = said(client.get("/dependence/?agency=esa"))
    (address,) = re.findall(r'<a href="(\?[^"]*format=pdf)">PDF</a>', page)
    response = client.get(f"/dependence/{address}")
    assert response["Content-Type"] == "application/pdf"
    assert 'filename="dependence.pdf"' in response["Content-Disposition"]
    told = words(response.content)
    (lead,) = LEAD.findall(page)
    assert lead in told
    assert "ExoMars" in told
    assert [event for event, _about in no_log] == ["exported"]
    assert client.get(f"/dependence/{address}", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_a_picture_alone_is_still_a_picture(laid, no_log):
    response = laid("exomars").get("/dependence/?format=pdf&figure=dependence")
    assert 'filename="dependence-dependence.pdf"' in response["Content-Disposition"]


def test_a_document_says_all_that_the_page_says():
    table = {"name": "t", "title": "Table", "columns": ["a"], "rows": [["x"]]}
    section = {"anchor": "s", "title": "", "sentences": ["One."], "tables": [table]}
    empty = {"anchor": "e", "title": "Empty"}
    answer = Told(
        title="Title", lead="Lead.", header="Header", notices=["Beware."], sections=[section, empty], notes=["Note."]
    )
    made = document_of(answer)
    assert (made.title, made.lead, made.header, made.notices) == ("Title", "Lead.", "Header", ("Beware.",))
    assert [(one.title, one.sentences) for one in made.sections] == [
        ("What it says", ("One.",)),
        ("Notes", ("Note.",)),
    ]
    assert made.sections[0].tables[0].rows == (("x",),)


@pytest.fixture
def as_(at_table):
    """Give the browser of somebody at the table."""
    return tables.browser


def test_a_brief_is_of_the_own_agency_unless_another_is_chosen(as_):
    assert "Aster" in LEAD.findall(said(as_("owner").get("/brief/")))[0]
    chosen = said(as_("stranger").get("/brief/"))
    assert LEAD.findall(chosen) == ["Choose one of 4 agencies that state plans."]
    assert '<a href="/brief/?agency=borea">' in chosen
    assert scene.MARKS["aster-private"] in said(as_("owner").get("/brief/"))
    assert scene.MARKS["aster-private"] not in said(as_("partner").get("/brief/?agency=aster"))
    assert as_("stranger").get("/brief/?agency=nobody").status_code == 400


def test_the_annual_report_is_of_the_last_year_that_is_over_unless_another_is_chosen(as_):
    for address, year in (
        ("/annual/", "2011"),
        ("/annual/?year=2012", "2012"),
        ("/annual/?on=2011-12-31", "2011"),
        ("/annual/?on=2011-12-30", "2010"),
    ):
        assert f"<h1>Annual report {year}</h1>" in said(as_("stranger").get(address)), address
    assert as_("stranger").get("/annual/?year=2013").status_code == 400
