"""Workbooks made by hand: with openpyxl as an officer's program would, or of raw XML as no program would."""

import zipfile

import openpyxl

PAGE = [
    ["field", "value"],
    ["format", "synodos-portfolio"],
    ["version", 1],
    ["id", "some-portfolio"],
    ["title", "Some plans"],
    ["known_on", "2012"],
]
SOURCES = [["key", "title"], ["report", "Report"]]
RECORD = {
    "owner": "esa",
    "stated_by": "esa",
    "release": "public",
    "as_of": "2011",
    "confidence": "read",
    "sources": "report",
}
AGENCY = {"id": "esa", "name": "European Space Agency", "short_name": "ESA", "actor": "intergovernmental", **RECORD}
MISSION = {"id": "landing", "name": "Landing", "status": "planned", **RECORD}


def table(*rows):
    """Rows of a sheet from mappings; the headings are the keys of all of them."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return [headings, *([row.get(name) for name in headings] for row in rows)]


def sheets(**given):
    """A small portfolio as rows of sheets; `_` in a name stands for the dot, None leaves a sheet out."""
    base = {"portfolio": PAGE, "sources": SOURCES, "agencies": table(AGENCY)}
    named = {name.replace("__", "."): rows for name, rows in given.items()}
    return {name: rows for name, rows in {**base, **named}.items() if rows is not None}


def made(path, rows_by_sheet, change=None):
    """Write a workbook as a spreadsheet program does; `change` may do more to it before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in rows_by_sheet.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    book.save(path)
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(**targets):
    """The XML that says which parts a part leads to, by the last words of their types."""
    links = "".join(
        f'<Relationship Id="{key}" Type="{LINKS}/{key.rstrip("0123456789")}" Target="{target}"/>'
        for key, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'


def rows_xml(rows):
    """The XML of rows of text, without the places of cells, which programs may leave out."""
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{value}</t></is></c>' if value else "<c/>" for value in row) for row in rows
    )
    return "<sheetData>" + "".join(f"<row>{row}</row>" for row in cells) + "</sheetData>"


def raw(path, rows_by_sheet, parts=None, compression=zipfile.ZIP_DEFLATED, **xml_by_sheet):
    """Write a workbook of raw XML; `parts` are added or replaced, texts given by name are sheets as XML."""
    xml = {name: rows_xml(rows) for name, rows in rows_by_sheet.items()} | xml_by_sheet
    listed = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="worksheet{at}"/>' for at, name in enumerate(xml, 1))
    files = {f"worksheet{at}": f"worksheets/sheet{at}.xml" for at in range(1, len(xml) + 1)}
    book = {
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(**files, sharedStrings="sharedStrings.xml", styles="/xl/styles.xml"),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>',
        **{
            f"xl/{file}": f'<worksheet xmlns="{MAIN}">{text}</worksheet>'
            for file, text in zip(files.values(), xml.values(), strict=True)
        },
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in book.items():
            archive.writestr(name, content)
    return path
