import datetime as dt
import io
import zipfile

import pytest

from synodos.exchange import read_history
from synodos.law import assess, term_sheet
from synodos.report import write_term_sheet


@pytest.fixture(scope="module")
def drafted(root):
    """ExoMars at the end of 2011, and the draft for its rover mission."""
    exomars = read_history(root / "portfolios/exomars").known_on(dt.date(2011, 12, 1))
    return exomars, term_sheet(exomars, "exomars-rover", assess(exomars, scope="exomars-rover"))


def test_a_term_sheet_can_be_edited(drafted, tmp_path):
    write_term_sheet(*drafted, tmp_path / "sheet.docx")
    from docx import Document

    document = Document(tmp_path / "sheet.docx")
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert "Draft term sheet: ExoMars rover mission" in told
    assert "basis for counsel" in told
    assert ["NASA", "Atlas 5 launch of 2018 (launcher or launch service)"] in [row[:2] for row in cells]
    assert ["cross-waiver of liability"] in [row[:1] for row in cells]
    assert not any("{" in text for row in cells for text in row)
    assert "{" not in told


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_equal_sheets_are_equal_files(drafted, tmp_path, ending):
    for name in ("one", "other"):
        write_term_sheet(*drafted, tmp_path / f"{name}.{ending}")
    one, other = ((tmp_path / f"{name}.{ending}").read_bytes() for name in ("one", "other"))
    assert one == other


def test_a_term_sheet_can_be_read(drafted, tmp_path):
    write_term_sheet(*drafted, tmp_path / "sheet.PDF")
    assert (tmp_path / "sheet.PDF").read_bytes().startswith(b"%PDF-")


def test_text_of_the_portfolio_cannot_break_the_document(drafted, tmp_path):
    portfolio, sheet = drafted
    from dataclasses import replace

    hostile = replace(sheet, name="<w:p> & {{ 7*7 }} #panic() *bold*", purpose=(']] #import "x" $',))
    write_term_sheet(portfolio, hostile, tmp_path / "sheet.docx")
    text = zipfile.ZipFile(io.BytesIO((tmp_path / "sheet.docx").read_bytes())).read("word/document.xml").decode()
    assert "{{ 7*7 }}" in text
    assert "&lt;w:p&gt;" in text
    write_term_sheet(portfolio, hostile, tmp_path / "sheet.pdf")


def test_other_forms_are_refused(drafted, tmp_path):
    with pytest.raises(ValueError, match=r"ends in \.docx or \.pdf, and not"):
        write_term_sheet(*drafted, tmp_path / "sheet.txt")
    assert not list(tmp_path.iterdir())


def test_names_stand_where_people_read_and_ranges_may_break(drafted, tmp_path):
    from synodos.report.law.term_sheets import sheet_content

    told = sheet_content(*drafted)
    assert told["costs"]
    assert all(row["record"].count(" (") and row["record"].endswith(")") for row in told["costs"])
    bearers = {row["bearer"] for row in told["findings"]}
    assert {"Portugal", "Estonia"} <= bearers
    assert not {"usa", "prt", "est"} & bearers
    assert any("Catalogue of norms as of" in note for note in told["notes"])
    from dataclasses import replace

    from synodos.language import DateRange

    portfolio, sheet = drafted
    ranged = replace(sheet, deliveries=(replace(sheet.deliveries[0], by=DateRange("1998-11-20..2011-07-21")),))
    write_term_sheet(portfolio, ranged, tmp_path / "sheet.docx")
    text = zipfile.ZipFile(tmp_path / "sheet.docx").read("word/document.xml").decode()
    assert "1998-11-20..\u200b2011-07-21" in text


def test_no_clock_gets_into_a_term_sheet(drafted, tmp_path):
    write_term_sheet(*drafted, tmp_path / "sheet.pdf")
    assert f"D:{dt.date.today().year}".encode() not in (tmp_path / "sheet.pdf").read_bytes()  # noqa: DTZ011
