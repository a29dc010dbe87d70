import datetime as dt
import functools
import zipfile
from typing import ClassVar

import openpyxl
import pytest
from defusedxml import ElementTree
from hypothesis import HealthCheck, given, settings
from openpyxl.utils import column_index_from_string

from synodos.exchange import inspect, read_history, write
from synodos.exchange.workbook import read_drafts, write_workbook
from synodos.exchange.workbook.cells import Cell
from synodos.exchange.workbook.grid import Found, entries
from synodos.exchange.workbook.joining import join
from synodos.exchange.workbook.layout import APART, every, page, records, sheet_name
from synodos.exchange.workbook.rows import _Rows
from synodos.exchange.workbook.wording import CONFIDENCE, RELEASE
from synodos.language import KINDS, Part, PortfolioError, Record, WorkingDay, fields
from tests.exchange.books import AGENCY, MISSION, PAGE, made, sheets, table
from tests.language.minimal import history, statement
from tests.strategies import WORK, histories

TABLES = [*every([page(), *records()])]


def written(path, plans):
    write_workbook(plans, path)
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "plans.xlsx"


# Nothing is lost


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plans=histories() | histories(8, WORK))
def test_a_workbook_says_what_the_history_says(path, plans):
    assert read_history(written(path, plans)) == plans


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plans=histories())
def test_from_a_folder_over_a_workbook_to_a_folder(tmp_path, plans):
    for name in ("plans", "plans.xlsx", "again"):
        write(plans, tmp_path / name, replace=True)
        plans = read_history(tmp_path / name)
    first, again = tmp_path / "plans", tmp_path / "again"
    names = sorted(file.name for file in first.iterdir())
    assert names == sorted(file.name for file in again.iterdir())
    assert [(first / name).read_bytes() for name in names] == [(again / name).read_bytes() for name in names]


@pytest.mark.parametrize(
    "name",
    [
        "exploration2026",
        "iss",
        *(pytest.param(name, marks=pytest.mark.proof) for name in ("exploration2011", "exomars")),
    ],
)
def test_real_portfolios_pass_through_a_workbook(root, path, name):
    folder = root / "portfolios" / name
    if not folder.is_dir():
        pytest.skip(f"there is no portfolio {name}")
    plans = read_history(folder)
    again = read_history(written(path, plans))
    assert again.header == plans.header
    assert again.statements == tuple(one for kind in KINDS for one in plans.statements if isinstance(one, kind))


NOTES = [
    "=1+1",
    "+1",
    "-",
    "@cmd",
    "'quoted",
    "#N/A",
    "TRUE",
    "1e5",
    "2011-04",
    "_x000D_",
    "_x005F_x000D_",
    "__x0041_x0041_",
    "a\n\n\nb",
    "# no remark",
    "<t>&amp;</t>",
    "]]>",
    "x" * 4000,
    "_x0041_" * 571,
    "\U0001f680\ufefftext",
]
LISTS = [
    ["one"],
    ["one", "two"],
    ["one; two", "three, four"],
    ["two\nlines", "and one"],
    ["x" * 4000] * 9,
    ["a"] * 251,
    ["(none)"],
    ["_x000A_"] * 200,
    ["_x0041_" * 571] * 5,
]
RELEASES = ["public", "members", "private", (), ("esa",), ("esa", "nasa")]
AMOUNTS = [0.0, 0.1, 1 / 3, 1e16, 123456789.123456789, 5e-324, 850_000_000.0]


VALUES = {
    "note": NOTES,
    "aims": LISTS,
    "release": RELEASES,
    "costs": [[{"money": {"amount": amount, "currency": "EUR", "price_year": 2010}}] for amount in AMOUNTS],
}


@pytest.fixture(scope="module")
def passed(tmp_path_factory):
    """Return a function that gives a mission before and after it stood in a workbook with all others of its sort."""

    @functools.cache
    def through(field):
        missions = [statement("mission", id=f"m{at}", **{field: value}) for at, value in enumerate(VALUES[field])]
        plans = history(statement("agency", id="nasa"), *missions)
        path = written(tmp_path_factory.mktemp("passed") / "plans.xlsx", plans)
        again = {one.id: one for one in read_history(path).statements}
        assert len(again) == len(plans.statements)
        return path, [(mission, again[mission.id]) for mission in missions]

    return through


@pytest.mark.parametrize("at", range(len(NOTES)), ids=lambda at: ascii(NOTES[at][:20]))
def test_any_text_stays_as_it_is(passed, at):
    before, after = passed("note")[1][at]
    assert after == before


def test_any_text_stands_in_its_cell_as_text(passed):
    sheet = openpyxl.load_workbook(passed("note")[0])["missions"]
    cells = [sheet[f"{column_of(sheet, 'note')}{row}"] for row in range(3, 3 + len(NOTES))]
    assert [cell.data_type for cell in cells] == ["s"] * len(NOTES)


@pytest.mark.parametrize("at", range(len(LISTS)), ids=lambda at: ascii(LISTS[at])[:20])
def test_any_list_stays_as_it_is(passed, at):
    before, after = passed("aims")[1][at]
    assert after == before


def test_lists_that_do_not_fit_stand_on_a_sheet_of_their_own(path):
    plans = history(statement("mission", id="landing", aims=["two\nlines", "one"]))
    sheet = openpyxl.load_workbook(written(path, plans))["missions.aims"]
    rows = [row[:5] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert rows == [("landing", "2011", 1, "two\nlines"), ("landing", "2011", 2, "one")]
    assert "missions.aims" not in openpyxl.load_workbook(written(path, history())).sheetnames


@pytest.mark.parametrize("at", range(len(RELEASES)), ids=lambda at: str(RELEASES[at]))
def test_every_release_stays_as_it_is(passed, at):
    before, after = passed("release")[1][at]
    assert after == before


@pytest.mark.parametrize("at", range(len(AMOUNTS)), ids=lambda at: repr(AMOUNTS[at]))
def test_every_digit_of_a_number_stays(passed, at):
    before, after = passed("costs")[1][at]
    assert after == before


def test_a_vocabulary_to_which_nothing_is_added_stays(path):
    plans = history(vocabularies={"capabilities": ()})
    assert read_history(written(path, plans)) == plans


def test_revisions_of_added_standards_stay(path):
    term = {"label": "Plug", "confidence": "read", "sources": ["report"]}
    terms = [
        {"id": "plug", **term, "revisions": [{"id": "A", "date": "2010"}, {"id": "B"}]},
        {"id": "socket", **term, "revisions": [{"id": "1"}], "refs": ["two\nlines"]},
    ]
    plans = history(vocabularies={"interface-standards": terms})
    assert read_history(written(path, plans)) == plans


@pytest.mark.parametrize("ref", ["", " indented", "\x07", "x\x85", "y" * 40_000])
def test_what_no_cell_can_hold_is_refused(path, ref):
    term = {"id": "plug", "label": "Plug", "confidence": "read", "sources": ["report"], "refs": [ref]}
    with pytest.raises(PortfolioError) as caught:
        write_workbook(history(vocabularies={"capabilities": [term]}), path)
    assert [(fault.code, fault.record, fault.field) for fault in caught.value.faults] == [
        ("cell.unfit", "portfolio", "refs")
    ]
    assert not path.exists()


def test_two_statements_of_one_date_are_refused(path):
    mission = statement("mission", id="landing")
    with pytest.raises(PortfolioError) as caught:
        write_workbook(history(mission, mission), path)
    assert [fault.code for fault in caught.value.faults] == ["statement.twice"]


def test_equal_portfolios_give_equal_files(tmp_path):
    plans = history(statement("mission", id="landing"))
    first = written(tmp_path / "first.xlsx", plans).read_bytes()
    assert written(tmp_path / "second.xlsx", plans).read_bytes() == first
    with zipfile.ZipFile(tmp_path / "first.xlsx") as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}


# Parts of parts, whatever kinds come


class Reading(Part):
    """What an instrument reads."""

    quantity: str
    """What is read."""
    units: tuple[str, ...] = ()
    """In which units."""


class Instrument(Part):
    """An instrument."""

    name: str
    """Its name."""
    readings: tuple[Reading, ...] = ()
    """What it reads."""


class Payload(Part):
    """A payload."""

    mass_kg: float
    """Its mass in kilograms."""
    scientific_instruments: tuple[Instrument, ...] = ()
    """What it carries."""


class Campaign(Record):
    """A campaign."""

    kind: ClassVar[str] = "campaign"
    plural: ClassVar[str] = "campaigns"

    payload: Payload
    """What it carries."""


def cells_of(table, rows):
    lines = [[column.name for column in table.headings], *rows]
    return [
        Cell(row, column, float(value) if isinstance(value, int) else value, "")
        for row, line in enumerate(lines, 1)
        for column, value in enumerate(line, 1)
        if value is not None
    ]


def test_parts_of_parts_stand_on_sheets_of_their_own():
    kind = records((Campaign,))[0]
    campaign = Campaign.model_validate(
        {
            **{
                column.name: AGENCY[column.name]
                for column in kind.columns
                if column.name in AGENCY and column.name != "sources"
            },
            "sources": ["report"],
            "payload": {
                "mass_kg": 3.5,
                "scientific_instruments": [
                    {"name": "eye", "readings": [{"quantity": "light", "units": ["a", "b"]}, {"quantity": "colour"}]},
                    {"name": "ear", "readings": [{"quantity": "sound", "units": ["two\nlines"]}]},
                ],
            },
        }
    )
    made_rows = _Rows("campaign esa")
    made_rows.add(kind, campaign, [], [campaign.id, campaign.as_of.text])
    found = Found()
    read = {
        one.name: [*entries(one, cells_of(one, made_rows.rows[one.name]), found)]
        for one in every([kind])
        if made_rows.rows[one.name]
    }
    read["campaigns"][0].identity = ("esa", "2011")
    join(kind, read["campaigns"], read, found)
    assert found.faults == []
    assert Campaign.model_validate(read["campaigns"][0].values) == campaign
    names = {one.sheet for one in every([kind]) if one.name in read}
    assert len(names) == 4
    assert all(len(name) <= 31 for name in names)
    place = read["campaigns"][0].place
    assert place("payload.mass_kg") == "campaigns!D2"
    deepest = sheet_name("campaigns.payload.scientific_instruments.readings")
    assert place("payload.scientific_instruments[1].readings[0].quantity") == f"{deepest}!E4"


# One list of fields


def test_every_field_stands_in_one_place():
    for kind, own in zip(KINDS, records(), strict=True):
        places = [*(column.name for column in own.columns), *(part.path for part in own.parts)]
        held = {place.partition(".")[0] for place in places}
        assert held == {field.name for field in fields(kind)}


def test_sheets_and_columns_have_names_of_their_own():
    names = [one.sheet.lower() for one in TABLES] + [*APART]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    for one in TABLES:
        headings = [column.name for column in one.headings]
        assert len(set(headings)) == len(headings)


def test_an_empty_cell_means_one_thing_only():
    """A field that may be empty has no other default; of lists that may be, only ids have a word for none."""
    for one in TABLES:
        for column in one.columns:
            field = column.field
            assert not (field.optional and field.default is not None), column
            never_empty = field.meant is WorkingDay
            assert not (field.many and field.required and field.mark is None) or never_empty, column


def test_the_page_to_read_first_explains_every_word(path):
    mission = {field.name: field for field in fields(next(kind for kind in KINDS if kind.kind == "mission"))}
    assert set(RELEASE) == set(mission["release"].words)
    assert set(CONFIDENCE) == set(mission["confidence"].words)
    book = openpyxl.load_workbook(written(path, history()))
    words = {row[0] for row in book["read me"].iter_rows(values_only=True)}
    assert words >= {*RELEASE, *CONFIDENCE, *(name for name in book.sheetnames if name != "read me")}


# What an officer finds


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    mission = statement("mission", id="landing", planned="2018", requirements=[{"capability": "launch"}])
    plans = history(mission, compiler={"id": "us", "name": "Us & Co"})
    return openpyxl.load_workbook(written(tmp_path_factory.mktemp("book") / "plans.xlsx", plans))


def column_of(sheet, name):
    return next(cell.column_letter for cell in sheet[1] if cell.value == name)


def choice(sheet, name):
    letter = column_of(sheet, name)
    return next(rule for rule in sheet.data_validations.dataValidation if str(rule.sqref).startswith(f"{letter}3:"))


def test_every_kind_has_a_sheet_though_it_be_empty(book):
    assert book.sheetnames[:6] == [
        "read me",
        "portfolio",
        "sources",
        "exchange rates",
        "price indices",
        "vocabulary terms",
    ]
    assert {kind.plural for kind in KINDS} <= set(book.sheetnames)
    assert book.sheetnames[-1] == "terms"


def test_headings_notes_and_first_column_stay_in_sight(book):
    for one in TABLES[1:]:
        if one.sheet not in book.sheetnames:
            continue
        sheet = book[one.sheet]
        assert [cell.value for cell in sheet[1]] == [column.name for column in one.headings]
        assert all(cell.font.bold for cell in sheet[1])
        assert sheet["A2"].value.startswith("# ")
        assert sheet.freeze_panes == "B3"
        assert sheet.auto_filter.ref.startswith("A2:")
        assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")


def test_drop_downs_offer_words_ids_and_terms(book):
    missions = book["missions"]
    assert choice(missions, "status").formula1.startswith('"idea,proposed,')
    assert choice(missions, "status").errorStyle == "stop"
    assert choice(missions, "crewed").formula1 == '"yes,no"'
    assert "'agencies'!$A$3" in choice(missions, "owner").formula1
    assert choice(missions, "owner").errorStyle == "warning"
    assert not choice(missions, "destinations").showErrorMessage
    assert choice(book["missions.requirements"], "capability").formula1.startswith("terms!$A$3:$A$")
    assert "'missions'!$A$3" in choice(book["missions.requirements"], "record").formula1


def test_terms_are_offered_with_the_portfolios_own(path):
    own = {"id": "own-word", "label": "Our own", "confidence": "read", "sources": ["report"]}
    sheet = openpyxl.load_workbook(written(path, history(vocabularies={"destinations": [own]})))["terms"]
    rows = [row for row in sheet.iter_rows(min_row=3, values_only=True) if row[2]]
    assert rows[-1][2:4] == ("own-word", "Our own")
    assert rows[0][2:4] == ("earth", "the Earth")


def test_a_compiled_portfolio_says_so_on_every_page(book):
    for sheet in book:
        assert "compiled from public sources; not declared by the agencies" in sheet.oddFooter.left.text


@pytest.mark.parametrize("title", ["2011 & beyond", "&" * 4000, "plans & " * 400, "two\nlines"])
def test_no_title_makes_a_footer_longer_than_excel_takes(path, title):
    written(path, history(title=title, compiler={"id": "us", "name": "Us"}))
    with zipfile.ZipFile(path) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    footer = next(sheet.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}oddFooter")).text
    assert len(footer) <= 255
    assert "not declared by the agencies" in footer
    assert footer.startswith("&L&8 ")
    assert read_history(path).header.title == title.strip()


# What an officer fills in


def test_cells_are_read_as_people_fill_them_in(path):
    mission = {
        **MISSION,
        "id": " landing ",
        "crewed": "No",
        "planned": 2018.0,
        "ends": dt.datetime(2019, 5, 6),  # noqa: DTZ001 - a cell has no zone
        "as_of": dt.date(2011, 4, 20),
        "destinations": "mars-surface, moon\nmars-orbit;",
        "aims": "To land\r\n\n To stay ",
        "note": 12.0,
        "retracted": False,
        "release": "esa",
    }
    cost = {"record": "landing", "money.amount": "8.5e8", "money.currency": "EUR", "money.price_year": 2010.0}
    need = {"record": "landing", "capability": "launch", "essential": True}
    history = read_history(
        made(path, sheets(missions=table(mission), missions__costs=table(cost), missions__requirements=table(need)))
    )
    landing = history.statements[1]
    assert (landing.id, landing.crewed, landing.retracted) == ("landing", False, False)
    assert (str(landing.planned), str(landing.ends), str(landing.as_of)) == ("2018", "2019-05-06", "2011-04-20")
    assert landing.destinations == ("mars-surface", "moon", "mars-orbit")
    assert landing.aims == ("To land", "To stay")
    assert (landing.note, landing.release) == ("12", ("esa",))
    assert (landing.costs[0].money.amount, landing.costs[0].money.price_year) == (8.5e8, 2010)
    assert landing.requirements[0].essential is True


@pytest.mark.parametrize(
    ("shown", "read"),
    [("yyyy-mm-dd", "2018-05-01"), ("mmm-yy", "2018-05"), ("[$-407]mmmm yyyy", "2018-05"), ("yyyy", "2018")],
)
def test_a_date_is_no_more_exact_than_its_cell_shows(path, shown, read):
    def change(book):
        book["missions"][f"{column_of(book['missions'], 'planned')}2"].number_format = shown

    mission = {**MISSION, "planned": dt.date(2018, 5, 1)}
    history = read_history(made(path, sheets(missions=table(mission)), change))
    assert str(history.statements[1].planned) == read


def test_a_time_of_day_is_no_date(path):
    mission = {**MISSION, "planned": dt.datetime(2018, 5, 1, 12, 30)}  # noqa: DTZ001 - a cell has no zone
    fault = inspect(made(path, sheets(missions=table(mission))))[1][0]
    assert (fault.code, fault.field, fault.found) == ("record.value", "planned", "'2018-05-01 12:30'")


def test_remarks_are_passed_over(path):
    missions = table({**MISSION, "# to do": "ask"}, {"id": "# remark"}, {"id": "#", "name": "=1+1"})
    book = sheets(missions=missions, portfolio=[*PAGE, ["# remark", "of ours"]])
    history = read_history(made(path, {**book, "# notes": [["=1", 2]], "read me": [["anything"]], "terms": [["x"]]}))
    assert [one.id for one in history.statements] == ["esa", "landing"]


def test_sheets_and_columns_may_be_left_out_or_moved(path):
    rows = [row[::-1] for row in table(MISSION)]
    book = sheets(missions=rows)
    history = read_history(made(path, dict(reversed(book.items()))))
    assert [one.id for one in history.statements] == ["esa", "landing"]


def test_a_position_keeps_the_order_when_rows_are_sorted(path):
    needs = [{"record": "landing", "capability": name, "position": at} for name, at in (("launch", 3), ("orbiter", 1))]
    needs += [{"record": "landing", "capability": "drill"}, {"record": "landing", "capability": "isru", "position": 2}]
    history = read_history(made(path, sheets(missions=table(MISSION), missions__requirements=table(*needs))))
    assert [need.capability for need in history.statements[1].requirements] == ["orbiter", "isru", "launch", "drill"]


def test_parts_belong_to_the_statement_of_their_date(path):
    missions = table(MISSION, {**MISSION, "as_of": 2012, "name": "Later"})
    needs = table(
        {"record": "landing", "as_of": "2012", "capability": "launch"},
        {"record": "landing", "as_of": 2011, "capability": "drill"},
    )
    history = read_history(made(path, sheets(missions=missions, missions__requirements=needs)))
    assert [one.requirements[0].capability for one in history.statements[1:]] == ["drill", "launch"]


def sort_rows(sheet):
    """Sort the rows below the notes downwards, as a person would."""
    rows = sorted(sheet.iter_rows(min_row=3, values_only=True), key=repr, reverse=True)
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


def test_sorting_changes_nothing(root, path):
    folder = root / "portfolios" / "exploration2011"
    if not folder.is_dir():
        pytest.skip("there is no such portfolio")
    plans = read_history(folder)
    book = openpyxl.load_workbook(written(path, plans))
    for name in book.sheetnames[2:-1]:
        sort_rows(book[name])
    book.save(path)
    again = read_history(path)
    assert again.header == plans.header
    assert again.known_on().sha256 == plans.known_on().sha256


def test_every_place_is_right_after_sorting(path):
    needs = [{"capability": "launch"}, {"capability": "drill", "by": "2015"}, {"capability": "isru"}]
    missions = [
        statement("mission", id=f"m{at}", name=f"Mission {at}", requirements=needs, planned="2014") for at in range(9)
    ]
    book = openpyxl.load_workbook(written(path, history(*missions)))
    wrong = {
        "missions": {"name": "x" * 4001, "planned": "soon"},
        "missions.requirements": {"capability": "Big Rocket", "by": "never"},
    }
    for name, values in wrong.items():
        sheet = book[name]
        sort_rows(sheet)
        for row in sheet.iter_rows(min_row=3):
            for field, value in values.items():
                sheet.cell(row[0].row, column_index_from_string(column_of(sheet, field))).value = value
    book.save(path)
    faults = inspect(path)[1]
    assert len(faults) == 9 * 2 + 27 * 2
    for fault in faults:
        name, _, cell = fault.place.partition("!")
        sheet = book[name]
        assert column_of(sheet, fault.field.rpartition(".")[2]) == cell.rstrip("0123456789")
        assert fault.record == f"mission {sheet['A' + cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')].value}"
        position = fault.field.partition("[")[2].partition("]")[0]
        if position:
            row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            assert sheet[f"C{row}"].value == int(position) + 1


def test_faults_of_the_page_stand_at_their_rows(path):
    plans = history(
        exchange_rates=[{"currency": "EUR", "in_currency": "USD", "rate": 1.3, "on": "2010", "sources": ["report"]}]
    )
    book = openpyxl.load_workbook(written(path, plans))
    book["portfolio"]["B5"].value = None
    book["exchange rates"]["D3"].value = 0
    book["sources"]["D3"].value = "long ago"
    book.save(path)
    assert [(fault.place, fault.field) for fault in inspect(path)[1]] == [
        ("exchange rates!D3", "exchange_rates[0].rate"),
        ("portfolio!B5", "title"),
        ("sources!D3", "sources.report.date"),
    ]


def test_a_path_that_is_nowhere_leads_to_what_holds_it(path):
    written(path, history(statement("mission", id="landing", requirements=[{"capability": "launch"}])))
    drafts = {draft.values["id"]: draft for draft in read_drafts(path)[1]}
    place = drafts["landing"].place
    assert place("") == place("nonsense[3].more") == "missions!A3"
    assert place("requirements[0]") == "missions.requirements!D3"
    assert place("requirements[0].met_by[7]") == "missions.requirements!G3"
    assert place("requirements[4].by") == "missions!A3"
