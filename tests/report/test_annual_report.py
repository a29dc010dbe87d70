"""The annual report as a document: who reads it finds each thing once, and what is computed is marked."""

import datetime as dt

import pytest

from synodos.exchange import read_history
from synodos.report import annual_answer


@pytest.fixture(scope="module")
def answer(root):
    told = read_history(root / "portfolios/exploration2011")
    days = (None, dt.date(2009, 12, 31), dt.date(2010, 12, 31))
    return annual_answer(*(told.known_on(day, "public") for day in days), 2010)


def rows(answer, name):
    (found,) = (table for table in answer.tables if table.name == name)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_every_computed_highlight_is_marked(answer):
    told = {(row["agency"], row["matter"]): row for row in rows(answer, "highlights")}
    assert "Hayabusa capsule return (2010-06-13)" in told["JAXA", "flew"]["what"]
    assert {row["basis"] for row in told.values()} == {"computed"}
    assert "2 missions flew" in answer.document.lead


def test_groups_members_meetings_and_papers_stand_in_their_sections(answer):
    titles = [section.title for section in answer.document.sections]
    assert titles.index("International Architecture Working Group") < titles.index("Highlights of the agencies")
    assert {"Membership", "Meetings and decisions", "Publications", "Outlook", "Sources"} <= set(titles)
    assert len(rows(answer, "members")) == 14
    assert rows(answer, "papers")[0]["title"] == "Reference Architecture for Human Lunar Exploration, summary report"
    assert rows(answer, "decisions")[0]["meeting"] == "Meeting of senior managers, June 2010"


def test_it_is_the_same_in_every_form(answer):
    assert answer.tables[0].name == "highlights"
    assert answer.envelope.question == "annual"
    assert answer.envelope.parameters == {"year": 2010}
    assert answer.envelope.answer["members"] == sorted(answer.envelope.answer["members"])
    assert "meeting:national-harbor-2010" in answer.envelope.evidence


def test_a_page_has_no_empty_table_and_no_empty_column(answer):
    for section in answer.document.sections:
        for table in section.tables:
            assert table.rows, table.name
            for place, column in enumerate(table.columns):
                assert any(row[place] not in (None, "") for row in table.rows), (table.name, column)
