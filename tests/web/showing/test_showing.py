"""Answers as JSON, as tables on a page, and as files; what is asked for; what is kept."""

import csv
import datetime as dt
import io
import json
import zipfile
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from synodos.exchange import read_history
from synodos.report import Document, Figure, Section, Table, envelope, header_line
from synodos.report.answering.answer import Answer
from synodos.web.showing.asking import Misasked, amount, day, number, only, word, years
from synodos.web.showing.exports import exported
from synodos.web.showing.keeping import Kept
from synodos.web.showing.links import links_of, pieces_of
from synodos.web.showing.rows import MOST_ROWS, shown_table
from synodos.web.showing.told import Told, some_of, told
from synodos.web.table import Table as Seat

RUN = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx")
SIZES = Table("sizes", "Sizes", ("what", "size"), (("b", 2.0), ("a", None), ("c", 10), ("a", True)))


@pytest.fixture
def ask():
    """Return a function that asks for an address, as somebody who may see all."""

    def make(address):
        request = RequestFactory().get(address)
        request.table = Seat(known_on=dt.date(2011, 6, 30) if "on=" in address else None)
        request.user = SimpleNamespace(is_authenticated=False)
        return request

    return make


@pytest.fixture(scope="module")
def portfolio(root):
    return read_history(root / "portfolios/cassini-huygens").known_on(None, "public")


@pytest.fixture
def noted(monkeypatch):
    entered = []
    monkeypatch.setattr(
        "synodos.web.accounts.audit.note", lambda request, event, *, about="", user=None: entered.append((event, about))
    )
    return entered


def figure(name="bars"):
    import altair as alt

    rows = [{"a": "#record-mission-cassini-huygens", "b": 1}]
    chart = alt.Chart(alt.InlineData(values=rows)).mark_bar().encode(x="b:Q", y="a:N", href="a:N")
    return Figure(name, "One bar, which stands for itself.", chart)


def page(*sections):
    return Document("A page", "It answers.", "header", sections)


def test_an_answer_reads_back_from_json_as_it_was(portfolio):
    first = Section("one", "One", ("It answers.", "More."), figure(), (SIZES,), folded=True)
    made = told(page(first), portfolio=portfolio, leads={"sizes": ["mission:x", "", "/y/", ""]})
    assert Told.model_validate_json(made.model_dump_json()) == made
    back = Told.model_validate_json(made.model_dump_json()).tables["sizes"].table
    assert back == SIZES
    assert [type(cell) for row in back.rows for cell in row] == [type(cell) for row in SIZES.rows for cell in row]


def test_an_answer_without_a_page_is_one_section_with_its_notes(portfolio):
    wrapped = envelope("sizes", portfolio, [], evidence=(), notes=("mind this",))
    made = told(Answer(wrapped, header_line(portfolio), (SIZES,), ("First.", "Second.")))
    assert (made.title, made.lead, made.notes) == ("Sizes", "First.", ("mind this",))
    assert made.sections[0].sentences == ("Second.",)
    assert made.envelope == json.loads(wrapped.model_dump_json())


def test_what_no_number_can_say_is_null_in_json():
    odd = replace(SIZES, rows=(("x", float("nan")), ("y", float("inf"))))
    text = told(page(Section("one", "One", tables=(odd,)))).model_dump_json()
    assert [row[1] for row in json.loads(text, parse_constant=pytest.fail)["sections"][0]["tables"][0]["rows"]] == [
        None,
        None,
    ]


def test_tables_of_one_name_are_told_apart():
    made = told(page(Section("one", "One", tables=(SIZES,)), Section("two", "Two", tables=(SIZES,))))
    assert list(made.tables) == ["sizes", "two-sizes"]


def test_some_sections_make_a_page_of_their_own():
    made = told(page(*(Section(name, name) for name in ("a", "b", "c"))))
    part = some_of(made, "c", "a", title="Part", lead="Less.")
    assert ([section.anchor for section in part.sections], part.lead) == (["c", "a"], "Less.")


def test_names_of_records_lead_to_them_and_others_nowhere(portfolio):
    cells = ["Cassini-Huygens; NASA (2); nobody", "agency:esa", 4, None]
    names = {getattr(record, "short_name", "") or getattr(record, "name", "") for record in portfolio}
    assert "NASA" in names
    links = links_of(portfolio, cells)
    assert links["NASA"] == "agency:nasa"
    assert links["agency:esa"] == "agency:esa"
    assert "nobody" not in links
    assert pieces_of("NASA (2); nobody", links) == [("NASA", "agency:nasa"), (" (2); nobody", "")]


@given(st.text(alphabet="ab;, ()→:", max_size=30))
def test_a_cell_in_pieces_says_what_it_said(cell):
    links = {"a": "agency:a", "ab b": "agency:b"}
    pieces = pieces_of(cell, links)
    assert "".join(words for words, _ in pieces) == cell
    assert all(links[words] == target for words, target in pieces if target)


def words(shown):
    return [["".join(part for part, _ in cell.pieces) for cell in row] for row in shown.rows]


@pytest.mark.parametrize(
    ("address", "sizes"),
    [
        ("/", ["2.00", "not stated", "10", "yes"]),
        ("/?table=sizes&sort=size", ["yes", "2.00", "10", "not stated"]),
        ("/?table=sizes&sort=size&down=1", ["10", "2.00", "yes", "not stated"]),
        ("/?table=other&sort=size", ["2.00", "not stated", "10", "yes"]),
    ],
)
def test_a_table_is_sorted_as_the_address_says(ask, address, sizes):
    shown = shown_table(ask(address), SIZES)
    assert [row[1] for row in words(shown)] == sizes
    marked = {head.name: head.sorted for head in shown.heads}["size"]
    assert marked == {"size": "ascending", "size&down=1": "descending"}.get(
        address.partition("sort=")[2] if "table=sizes" in address else "", ""
    )


def test_a_long_table_comes_in_parts_that_hold_every_row_once(ask):
    rows = tuple((f"row {n}", n) for n in range(2 * MOST_ROWS + 1))
    table = replace(SIZES, rows=rows)
    address, seen = "/", []
    while address:
        shown = shown_table(ask(address), table)
        assert len(shown.rows) <= MOST_ROWS
        assert not shown.whole
        assert shown.count == len(rows)
        seen += [row[0] for row in words(shown)]
        address = f"/{shown.later.partition('#')[0]}" if shown.later else ""
    assert seen == [name for name, _ in rows]
    beyond = shown_table(ask("/?table=sizes&page=99"), table)
    assert words(beyond)[-1][0] == rows[-1][0]
    assert beyond.earlier
    assert not beyond.later


def test_a_row_leads_where_it_is_said_to_in_any_order_and_for_the_same_day(ask):
    leads = ["mission:two", "", "/law/?a=b", "mission:yes"]
    shown = shown_table(ask("/?on=2011-06-30&table=sizes&sort=size&down=1"), SIZES, leads=[(one,) for one in leads])
    assert [row[0].pieces[0][1] for row in shown.rows] == [
        "/law/?a=b&on=2011-06-30",
        "/records/mission/two/?on=2011-06-30",
        "/records/mission/yes/?on=2011-06-30",
        "",
    ]


def test_no_cell_of_a_file_is_a_formula(ask, noted):
    table = replace(SIZES, rows=tuple((cell, 1) for cell in RUN), columns=("=what", "size"))
    shown = list(csv.reader(io.StringIO(exported(ask("/?format=csv"), [table], "x").content.decode())))
    assert [row[0] for row in shown[1:]] == [f"'{cell}" for cell in RUN]
    book = load_workbook(io.BytesIO(exported(ask("/?format=xlsx"), [table], "x").content))
    column = [cell for (cell,) in book["sizes"].iter_rows(max_col=1)]
    assert {cell.data_type for cell in column} == {"s"}
    assert [cell.value for cell in column][:4] == ["=what", *RUN[:3]]
    assert len(noted) == 2


def test_a_workbook_holds_every_table_and_what_a_reader_has_to_know(ask, noted):
    made = told(page(Section("one", "One", tables=(SIZES, replace(SIZES, name="a/b:c" * 9)))))
    content = exported(ask("/?format=xlsx"), made, "x").content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["sizes", ("a b c" * 9)[:31], "about"]
    assert list(book["sizes"].iter_rows(values_only=True))[1:] == list(SIZES.rows)
    assert [cell for (cell,) in book["about"].iter_rows(values_only=True)][:2] == ["A page", "It answers."]
    assert exported(ask("/?format=xlsx"), made, "x").content == content, "the same tables are the same file"


def test_what_no_workbook_can_hold_is_left_out(ask, noted):
    table = replace(SIZES, rows=(("a\x00b", float("nan")), ("x" * 40_000, 1)))
    content = exported(ask("/?format=xlsx"), [table], "x").content
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    rows = list(load_workbook(io.BytesIO(content))["sizes"].iter_rows(values_only=True))[1:]
    assert (rows[0], len(rows[1][0])) == (("ab", None), 32_767)


def test_json_is_the_envelope_and_of_one_table_its_rows(ask, noted, portfolio):
    wrapped = envelope("sizes", portfolio, {"n": 1}, evidence=("agency:esa",))
    made = told(Answer(wrapped, header_line(portfolio), (SIZES,), ("First.",)))
    assert json.loads(exported(ask("/?format=json"), made, "x").content) == json.loads(wrapped.model_dump_json())
    rows = json.loads(exported(ask("/?format=json&table=sizes"), made, "x").content)["rows"]
    assert rows[0] == {"what": "b", "size": 2.0}


@pytest.mark.parametrize(("form", "starts"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("vega", b"{")])
def test_pictures_are_files_kept_by_who_asked_alone(ask, noted, form, starts):
    made = told(page(Section("one", "One", figure=figure())))
    response = exported(ask(f"/?format={form}&figure=bars&download=1"), made, "A page")
    assert response.content.startswith(starts)
    assert response["Content-Disposition"] == f'attachment; filename="a-page-bars.{form}"'
    assert "private" in response["Cache-Control"]
    assert response["Vary"] == "Cookie"
    again = ask(f"/?format={form}&figure=bars")
    again.META["HTTP_IF_NONE_MATCH"] = response["ETag"]
    assert exported(again, made, "A page").status_code == 304
    assert [event for event, _ in noted] == ([] if form in ("svg", "vega") else ["exported"] * 2)


def test_marks_of_a_living_picture_lead_to_records_of_the_same_day(ask):
    made = told(page(Section("one", "One", figure=figure())))
    now = exported(ask("/?format=vega"), made, "x")
    then = exported(ask("/?format=vega&on=2011-06-30"), made, "x")
    assert b'"/records/mission/cassini-huygens/"' in now.content
    assert b'"/records/mission/cassini-huygens/?on=2011-06-30"' in then.content
    assert now["ETag"] != then["ETag"]


def test_a_page_is_no_file(ask):
    assert exported(ask("/"), [SIZES], "x") is None


@pytest.mark.parametrize("wrong", ["format=docx", "format=svg", "format=csv&table=no", "format=xlsx&table=no"])
def test_a_file_that_there_is_not_is_refused(ask, wrong):
    with pytest.raises(Misasked):
        exported(ask(f"/?{wrong}"), [SIZES], "x")


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (lambda asked: word(asked, "x", ["a", "b"]), "x=b", "b"),
        (lambda asked: word(asked, "x", ["a"], "a"), "", "a"),
        (lambda asked: number(asked, "x", 3), "", 3),
        (lambda asked: number(asked, "x", 3, least=-5), "x=-5", -5),
        (lambda asked: amount(asked, "x", 1.0, least=0, most=9), "x=1e0", 1.0),
        (lambda asked: day(asked, "x"), "x=2012-02-29", dt.date(2012, 2, 29)),
        (lambda asked: years(asked, "x").text, "x=2012..2013", "2012..2013"),
        (lambda asked: years(asked, "x"), "x=", None),
    ],
)
def test_what_is_asked_for_is_read(read, text, value):
    assert read(QueryDict(text)) == value


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (lambda asked: word(asked, "x", ["abc", "b"]), "x=abd", "one of abc, b"),
        (lambda asked: word(asked, "x", [f"word-{n}" for n in range(20)]), "x=word-x", "one of 20 words (did you mean"),
        (lambda asked: number(asked, "x", 3, least=1, most=5), "x=6", "a whole number from 1 to 5"),
        (lambda asked: number(asked, "x", 3), "x=٣", "a whole number"),
        (lambda asked: number(asked, "x", 3), f"x={'9' * 40}", "a whole number"),
        (lambda asked: number(asked, "x", 3), "x=--3", "a whole number"),
        (lambda asked: amount(asked, "x", 1.0, least=0, most=9), "x=inf", "a number from 0 to 9"),
        (lambda asked: day(asked, "x"), "x=2011-02-29", "a day, as 2011-09-30"),
        (lambda asked: years(asked, "x"), "x=2013..2012", "a year or a range"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_is_expected(read, text, expected):
    with pytest.raises(Misasked) as refused:
        read(QueryDict(text))
    assert refused.value.field == "x"
    assert refused.value.expected.startswith(expected)


def test_a_refusal_repeats_no_more_than_a_line(ask):
    with pytest.raises(Misasked) as refused:
        word(QueryDict(f"x={'y' * 5000}"), "x", ["a"])
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("wrong", ["y=1", "x=1&x=2"])
def test_an_address_asks_for_nothing_unknown_and_nothing_twice(ask, wrong):
    only(ask("/?x=1&on=2011-01-01&format=csv"), "x")
    with pytest.raises(Misasked):
        only(ask(f"/?{wrong}"), "x")


def test_answers_are_kept_for_the_same_question_of_the_same_eyes_alone(portfolio):
    kept, made = Kept(most=2), []

    def answer(of, question="q", **asked):
        return kept.answer(of, question, asked, lambda: made.append(None) or len(made))

    others = replace(portfolio, viewer="esa")
    changed = portfolio.without(next(iter(portfolio)))
    assert [answer(portfolio), answer(portfolio)] == [1, 1]
    assert [answer(others), answer(changed), answer(portfolio, x=1), answer(portfolio, "p")] == [2, 3, 4, 5]
    assert answer(portfolio) == 6, "the oldest are let go"


def test_links_to_a_row_find_it_in_any_order(ask):
    leads = [("", f"#elsewhere-{place}") for place in range(len(SIZES.rows))]
    ordered = shown_table(ask("/?table=sizes&sort=size&down=1"), SIZES, leads=leads, anchored=True)
    anchors = [row[0].anchor for row in ordered.rows]
    assert sorted(anchors) == sorted(f"sizes-{place}" for place in range(len(SIZES.rows)))
    assert anchors != sorted(anchors), "they stand in the order asked for"
    for row in ordered.rows:
        place = int(row[0].anchor.rpartition("-")[2])
        assert row[1].value == ("" if SIZES.rows[place][1] is None else str(SIZES.rows[place][1]))
        assert not row[1].stated or [address for _, address in row[1].pieces] == [f"#elsewhere-{place}"]
