import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.table import Table

from synodos.exchange import inspect
from synodos.exchange.limits import MOST_FAULTS, MOST_FILE_BYTES
from synodos.exchange.workbook import package, read_drafts, write_workbook
from tests.exchange.books import AGENCY, MAIN, MISSION, PAGE, made, raw, rows_xml, sheets, table
from tests.exchange.plans import only_fault, told, told_within
from tests.language.minimal import history, statement

MEGABYTES = 700
"""Address space that reading may take: Python and its libraries need a third of it before a file is opened."""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "plans.xlsx"


def first(path):
    """The first fault of a path that cannot be used."""
    history, faults = inspect(path)
    assert history is None
    return faults[0]


# Files that are none


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.not-workbook"),
        (b"id,name\n1,2\n", "file.not-workbook"),
        (b"PK\x03\x04 and nothing more", "file.not-workbook"),
        (b"PK\x05\x06" + bytes(18), "file.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file.encrypted"),
    ],
)
def test_files_that_are_no_workbooks_are_refused(path, content, code):
    path.write_bytes(content)
    assert told(path) == [("plans.xlsx", code)]


def test_another_zip_is_no_workbook(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert told(path) == [("plans.xlsx", "file.damaged")]


def test_a_file_cut_short_is_refused(path):
    write_workbook(history(), path)
    path.write_bytes(path.read_bytes()[:-400])
    assert told(path) == [("plans.xlsx", "file.not-workbook")]


def test_a_workbook_of_something_else_is_refused(path):
    made(path, {"Sheet1": [["budget"], [1]]})
    assert {code for _, code in told(path)} == {"file.unknown-sheet", "file.no-page"}
    made(path, sheets(portfolio=[["field", "value"], ["id", "x"]]))
    assert [code for _, code in told(path)] == ["file.format"]


@pytest.mark.parametrize(
    ("version", "says"), [(2, "later release"), (None, "no version"), ("one", "'one'"), (1.5, "'1.5'")]
)
def test_other_versions_are_refused(path, version, says):
    rows = [row if row[0] != "version" else ["version", version] for row in PAGE]
    fault = only_fault(made(path, sheets(portfolio=rows)))
    assert fault.code == "file.version"
    assert says in fault.found + fault.expected
    assert fault.place == "portfolio!B3"


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other workbooks"),
        ("xl/embeddings/oleObject1.bin", "embedded files"),
        ("xl/connections.xml", "connections"),
        ("xl/activeX/activeX1.xml", "run programs"),
    ],
)
def test_workbooks_that_hold_more_than_entries_are_refused(path, part, says):
    fault = only_fault(raw(path, sheets(), {part: b"x"}))
    assert fault.code == "file.refused"
    assert says in fault.message


def test_a_workbook_with_macros_is_no_portfolio(tmp_path):
    assert only_fault(made(tmp_path / "plans.xlsm", sheets())).code == "file.form"


# Files made to harm


def test_a_file_of_200_megabytes_is_refused_unread(path):
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(2 * MOST_FILE_BYTES)
    assert told_within(MEGABYTES, [path]) == [[(str(path), "file.too-large")]]


def test_zip_bombs_are_refused_unopened(tmp_path):
    names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml"]
    paths = [raw(tmp_path / f"{at}.xlsx", sheets(), {name: bytes(50_000_000)}) for at, name in enumerate(names)]
    assert told_within(MEGABYTES, paths) == [[(path.name, "file.too-large")] for path in paths]


def test_many_parts_that_are_large_together_are_refused(path, monkeypatch):
    monkeypatch.setattr(package, "MOST_UNPACKED_BYTES", 1_000_000)
    fault = only_fault(raw(path, sheets(), {f"xl/media/{at}.bin": bytes(300_000) for at in range(4)}))
    assert (fault.code, "delete" in fault.expected) == ("file.too-large", True)


def test_a_zip_that_says_it_is_small_is_not_unpacked_further(path):
    raw(path, sheets(), {"xl/sharedStrings.xml": b"<sst>" + b" " * 20_000_000 + b"</sst>"})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/sharedStrings.xml"))
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    assert told(path) == [("plans.xlsx", "file.damaged")]


def test_a_zip_that_lists_very_many_parts_is_refused_unlisted(path):
    with zipfile.ZipFile(path, "w") as archive:
        for at in range(20_000):
            archive.writestr(f"xl/media/{at}.bin", b"")
    assert told(path) == [("plans.xlsx", "file.too-large")]


def test_an_encrypted_part_is_refused(path):
    data = bytearray(raw(path, sheets()).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        data[at + offset] |= 1
    path.write_bytes(data)
    assert told(path) == [("plans.xlsx", "file.encrypted")]


LAUGHS = (
    "<!DOCTYPE x [" + "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10 if at else "ha"}">' for at in range(12)) + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>'


PARTS = ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels", "xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("opening", [LAUGHS, OUTSIDE, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'])
def test_entities_are_refused(tmp_path, opening):
    text = f'{opening}<x xmlns="{MAIN}">&l11;</x>'
    paths = [raw(tmp_path / f"{at}.xlsx", sheets(), {part: text}) for at, part in enumerate(PARTS)]
    assert told_within(MEGABYTES, paths) == [[(path.name, "file.damaged")] for path in paths]


@pytest.mark.parametrize(
    "xml", ["<a>" * 200_000, "<sheetData>" + "<row>" * 70, "<sheetData><row>", "\x00", "<c r='1'/>"]
)
def test_xml_that_is_no_sheet_is_refused(path, xml):
    raw(path, sheets(), {"xl/worksheets/sheet1.xml": xml})
    assert told(path) == [("plans.xlsx", "file.damaged")]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_missing_part_is_told(path, part):
    raw(path, sheets())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != part}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    fault = only_fault(path)
    assert (fault.code, part in fault.message) == ("file.damaged", True)


def test_rows_that_are_only_formatted_cost_little(path):
    blank = "".join(f'<row r="{row}" s="1"><c r="A{row}" s="1"/></row>' for row in range(4, 300_004))
    head = rows_xml(table(MISSION)).removesuffix("</sheetData>")
    last = '<row r="300009"><c r="A300009" t="inlineStr"><is><t>Wrong</t></is></c></row></sheetData>'
    raw(path, sheets(), missions=head + blank + last)
    assert ("missions!A300009", "record.value") in told_within(MEGABYTES, [path])[0]


def test_cells_far_to_the_right_cost_little(path):
    rows = "".join(f'<row r="{row}"><c r="XFD{row}" s="1"/></row>' for row in range(4, 50_000))
    raw(path, sheets(), missions=rows_xml(table(MISSION)).removesuffix("</sheetData>") + rows + "</sheetData>")
    assert inspect(path)[1] == ()


def test_endless_texts_are_cut(path):
    mission = table({**MISSION, "note": "x" * 5_000_000})
    raw(path, sheets(missions=mission), compression=zipfile.ZIP_STORED)
    fault = first(path)
    assert (fault.code, fault.field) == ("cell.long", "note")
    assert len(fault.found) < 200


def test_faults_without_end_are_told_up_to_a_number(path):
    rows = [["id", "name"], *(["=1", "=2"] for _ in range(MOST_FAULTS))]
    faults = read_drafts(made(path, sheets(missions=rows)))[2]
    assert len(faults) == MOST_FAULTS
    assert faults[-1].code == "file.faults"


def test_rows_that_belong_nowhere_cost_little(path):
    missions = [["id"], *([f"mission-{at}"] for at in range(3_000))]
    needs = [["record", "capability"], *([f"misson-{at}", "launch"] for at in range(3_000))]
    faults = read_drafts(made(path, sheets(missions=missions, missions__requirements=needs)))[2]
    assert {fault.code for fault in faults} == {"row.belongs-nowhere"}
    assert faults[0].nearest == "mission-0"


# Sheets and cells that cannot be used: one fault each, with its place


def test_an_unknown_sheet_is_told_with_the_nearest(path):
    faults = inspect(made(path, sheets(mission=table(MISSION))))[1]
    assert [(one.code, one.place, one.nearest) for one in faults] == [("file.unknown-sheet", "mission", "missions")]


def test_an_unknown_column_is_told_with_the_nearest(path):
    fault = only_fault(made(path, sheets(missions=table({**MISSION, "planed": "2018", "ends": "2019"}))))
    assert (fault.code, fault.place, fault.found, fault.nearest) == (
        "sheet.unknown-column",
        "missions!J1",
        "'planed'",
        "planned",
    )


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([["id", "id"], ["a", "b"]], [("missions!B1", "sheet.column-twice")]),
        ([["id", None], ["a", "b"], ["c", "d"]], [("missions!B2", "sheet.column-unnamed")]),
        ([[], ["landing", "Landing"]], [("missions!A2", "sheet.no-headings")]),
        ([["id", "=A1"], ["a", "b"]], [("missions!B1", "cell.formula")]),
    ],
)
def test_headings_that_cannot_be_used_are_told(path, rows, faults):
    found = read_drafts(made(path, sheets(missions=rows)))[2]
    assert [(fault.place, fault.code) for fault in found] == faults


def test_a_formula_is_a_fault_where_it_stands(path):
    mission = table({**MISSION, "name": '=HYPERLINK("http://example.org","x")', "note": "=1+1"})
    faults = inspect(made(path, sheets(missions=mission)))[1]
    assert [(one.place, one.code, one.field) for one in faults] == [
        ("missions!B2", "cell.formula", "name"),
        ("missions!J2", "cell.formula", "note"),
    ]


def test_a_formula_that_was_worked_out_is_a_formula(path):
    xml = rows_xml(table(MISSION)).replace(
        '<c t="inlineStr"><is><t>Landing</t></is></c>', '<c t="str"><f>"Land"&amp;"ing"</f><v>Landing</v></c>'
    )
    fault = only_fault(raw(path, sheets(), missions=xml))
    assert (fault.code, fault.place, fault.found) == ("cell.formula", "missions!B2", '\'="Land"&"ing"\'')


def test_an_error_of_the_spreadsheet_is_a_fault(path):
    xml = rows_xml(table(MISSION)).replace('<c t="inlineStr"><is><t>Landing</t></is></c>', '<c t="e"><v>#REF!</v></c>')
    fault = only_fault(raw(path, sheets(), missions=xml))
    assert (fault.code, fault.place, fault.found) == ("cell.error", "missions!B2", "'#REF!'")


def test_merged_cells_are_a_fault(path):
    def change(book):
        book["missions"].merge_cells("B2:B3")
        book["agencies"].merge_cells("A2:C2")

    missions = table(MISSION, {**MISSION, "id": "other"})
    faults = inspect(made(path, sheets(missions=missions), change))[1]
    merged = [(fault.place, fault.found) for fault in faults if fault.code == "sheet.merged"]
    assert merged == [("agencies!A2", "'A2:C2'"), ("missions!B2", "'B2:B3'")]


@pytest.mark.parametrize(
    ("need", "place", "code", "near"),
    [
        ({"record": "landin", "capability": "launch"}, "A2", "row.belongs-nowhere", "landing"),
        ({"record": None, "capability": "launch"}, "A2", "row.belongs-nowhere", ""),
        ({"record": "landing", "as_of": "2013", "capability": "launch"}, "B2", "row.belongs-nowhere", "2011"),
        ({"record": "twice", "as_of": None, "capability": "launch"}, "B2", "row.ambiguous", ""),
        ({"record": "landing", "capability": "launch", "position": "first"}, "C2", "row.position", ""),
        ({"capability": "launch"}, "A1", "file.column-missing", ""),
    ],
)
def test_parts_that_belong_nowhere_are_told(path, need, place, code, near):
    missions = table(MISSION, {**MISSION, "id": "twice"}, {**MISSION, "id": "twice", "as_of": "2012"})
    found = read_drafts(made(path, sheets(missions=missions, missions__requirements=table(need))))[2]
    assert [(one.place, one.code, one.nearest) for one in found] == [(f"missions.requirements!{place}", code, near)]


def test_parts_at_one_position_are_told(path):
    needs = table(*({"record": "landing", "capability": "launch", "position": 1} for _ in range(2)))
    assert told(made(path, sheets(missions=table(MISSION), missions__requirements=needs))) == [
        ("missions.requirements!C3", "row.position-twice")
    ]


def test_a_list_that_stands_twice_is_told(path):
    aims = table({"record": "landing", "position": 1, "value": "To land"})
    book = sheets(missions=table({**MISSION, "aims": "To stay"}), missions__aims=aims)
    fault = only_fault(made(path, book))
    assert (fault.code, fault.found) == ("row.list-twice", "missions!J2")


def test_sources_need_keys_of_their_own(path):
    rows = table({"key": "report", "title": "Report"}, {"key": "report", "title": "Other"}, {"title": "Third"})
    assert told(made(path, sheets(sources=rows))) == [("sources!A3", "row.key-twice"), ("sources!A4", "row.no-key")]


@pytest.mark.parametrize(
    ("row", "place", "code", "near"),
    [
        (["titel", "x"], "portfolio!A7", "sheet.unknown-field", "title"),
        (["title", "x"], "portfolio!A7", "sheet.field-twice", ""),
        (["about", "=1"], "portfolio!B7", "cell.formula", ""),
        (["about", "one", "two"], "portfolio!C7", "sheet.column-unnamed", ""),
    ],
)
def test_rows_of_the_page_that_cannot_be_used_are_told(path, row, place, code, near):
    fault = only_fault(made(path, sheets(portfolio=[*PAGE, row])))
    assert (fault.place, fault.code, fault.nearest) == (place, code, near)


@pytest.mark.parametrize(("value", "found"), [("maybe", "'maybe'"), (2.0, "2.0")])
def test_what_is_neither_yes_nor_no_is_told(path, value, found):
    fault = only_fault(made(path, sheets(missions=table({**MISSION, "crewed": value}))))
    assert (fault.code, fault.field, fault.found) == ("record.value", "crewed", found)


@pytest.mark.parametrize("amount", ["1,5", "1 000", "nan", "1e999", "a lot", "0x10", "2011-04"])
def test_amounts_that_are_no_numbers_are_told(path, amount):
    cost = {"record": "landing", "money.amount": amount, "money.currency": "EUR"}
    fault = only_fault(made(path, sheets(missions=table(MISSION), missions__costs=table(cost))))
    assert (fault.place, fault.field) == ("missions.costs!B2", "costs[0].money.amount")


# Workbooks of other programs


def test_prefixes_shared_texts_and_readings_are_understood(path):
    strings = f"""<x:sst xmlns:x="{MAIN}">
      <x:si><x:t>Lan</x:t></x:si>
      <x:si><x:r><x:t xml:space="preserve">Rich </x:t></x:r><x:r><x:t>text_x000D_
</x:t></x:r><x:rPh><x:t>not this</x:t></x:rPh></x:si>
      <x:si><x:t>_x005F_x000D_</x:t></x:si>
    </x:sst>"""
    xml = rows_xml(table({**MISSION, "note": "last"}))
    for text, at in (("Landing", 1), ("last", 2)):
        xml = xml.replace(f'<c t="inlineStr"><is><t>{text}</t></is></c>', f'<c t="s"><v>{at}</v></c>')
    prefixed = xml.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    sheet = f'<x:worksheet xmlns:x="{MAIN}">{prefixed}</x:worksheet>'
    names = list(sheets(missions=[]))
    parts = {"xl/sharedStrings.xml": strings, f"xl/worksheets/sheet{names.index('missions') + 1}.xml": sheet}
    plans, faults = inspect(raw(path, sheets(missions=[]), parts))
    assert faults == ()
    assert (plans.statements[1].name, plans.statements[1].note) == ("Rich text", "_x000D_")


DATES = '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'


@pytest.mark.parametrize(("from_1904", "number"), [("0", 43221), ("1", 43221 - 1462)])
def test_days_are_counted_from_1900_or_1904(path, from_1904, number):
    styles = f'<styleSheet xmlns="{MAIN}"><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>{DATES}</styleSheet>'
    xml = rows_xml(table({**MISSION, "planned": "when"})).replace(
        '<c t="inlineStr"><is><t>when</t></is></c>', f'<c s="1"><v>{number}</v></c>'
    )
    raw(path, sheets(), {"xl/styles.xml": styles}, missions=xml)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<sheets>", f'<workbookPr date1904="{from_1904}"/><sheets>'.encode()
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    plans, faults = inspect(path)
    assert faults == ()
    assert str(plans.statements[1].planned) == "2018-05-01"


@pytest.mark.parametrize("number", ["1e300", "-5", "0.5", "60", "1e17"])
def test_numbers_that_are_no_days_are_told(path, number):
    styles = f'<styleSheet xmlns="{MAIN}">{DATES}</styleSheet>'
    xml = rows_xml(table({**MISSION, "planned": "when"})).replace(
        '<c t="inlineStr"><is><t>when</t></is></c>', f'<c s="1"><v>{number}</v></c>'
    )
    fault = only_fault(raw(path, sheets(), {"xl/styles.xml": styles}, missions=xml))
    assert (fault.code, fault.field) == ("record.value", "planned")


def test_tables_links_and_comments_of_excel_do_no_harm(path):
    def change(book):
        sheet = book["missions"]
        sheet.add_table(Table(displayName="Missions", ref=f"A1:{sheet.cell(1, sheet.max_column).column_letter}2"))
        sheet["B2"].hyperlink = "https://example.org"
        sheet["B2"].comment = openpyxl.comments.Comment("ask again", "us")

    assert inspect(made(path, sheets(missions=table(MISSION)), change))[1] == ()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_ends_in_faults_and_never_in_a_crash(path, data):
    whole = raw(path, sheets(missions=table(MISSION)), compression=zipfile.ZIP_STORED).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.binary(min_size=1, max_size=12))
    path.write_bytes(whole[:at] + change + whole[at + len(change) :])
    history, faults = inspect(path)
    assert history is not None or faults


def test_nothing_that_is_hidden_from_the_reader_is_lost(path):
    """Hidden sheets, rows and columns are read like others."""
    book = made(path, sheets(missions=table(MISSION)))

    def change(book):
        book["missions"].sheet_state = "hidden"
        book["agencies"].row_dimensions[2].hidden = True
        book["agencies"].column_dimensions["B"].hidden = True

    made(book, sheets(missions=table(MISSION)), change)
    assert [one.id for one in inspect(path)[0].statements] == [AGENCY["id"], MISSION["id"]]


def test_a_statement_on_two_rows_is_told_by_the_check(path):
    assert told(made(path, sheets(missions=table(MISSION, MISSION)))) == [("missions!G3", "statement.twice")]


def test_a_workbook_that_was_written_passes_its_own_check(path):
    write_workbook(history(statement("mission", id="landing")), path)
    assert inspect(path)[1] == ()
