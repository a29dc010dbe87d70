"""The report as readers meet it: opened from a file, on a desk, on a phone, on paper, without scripts."""

import csv
import json
import re
import struct
from itertools import pairwise

import altair as alt
import pytest
from defusedxml import ElementTree
from frictionless import validate
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from synodos.cli import app
from synodos.cooperation import dependence, opportunities
from synodos.exchange import read_portfolio
from synodos.report import published_schemas
from synodos.report.charts.saving import chart_spec
from synodos.report.documents.reporting import report_document
from synodos.report.law.governing import governed

TIMES = {"gantt", "handovers", "confidence", "tornado", "delay", "porkchop"}
TERMS = {"law-matrix", "determinations", "contested", "agreements", "pairs"}
FIGURES = {"roadmap", "opportunities", "dependence", "coverage"} | TIMES | TERMS
HIGH = {"roadmap", "opportunities", "coverage", "law-matrix", "agreements"}
"""Pictures that take a page of their own on paper."""
LISTS = {"law-columns", "law-findings", "partners", "needs", "uncovered", "watch"}
TABLES = FIGURES | LISTS | {"agencies", "dates", "launch-periods", "records", "single-points", "sources"}
DESK, PHONE, HALF_DESK = (1440, 900), (390, 844), (720, 450)  # the last is the first at a zoom of 200 %
ALIVE = "[...document.querySelectorAll('figure')].every(f => !f.querySelector('.live').hidden)"
PATIENCE = 120_000
"""Milliseconds after which a picture is taken for dead; a slow machine is not."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The folder that `synodos demo` writes, and what it says."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    done = CliRunner().invoke(app, ["demo", "-o", str(folder)])
    assert done.exit_code == 0, done.output
    return folder, done


@pytest.fixture(scope="session")
def folder(demo):
    return demo[0]


@pytest.fixture(scope="module")
def opened(browser, folder):
    """The report in one browser page that every test leaves as it found it."""
    context = browser.new_context(viewport=dict(zip(("width", "height"), DESK, strict=True)), offline=True)
    page = context.new_page()
    page.goto((folder / "report.html").as_uri())
    page.wait_for_function(ALIVE, timeout=PATIENCE)
    yield page
    context.close()


@pytest.fixture
def resized(opened):
    """The report on a screen of another size."""

    def resize(size):
        opened.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        return opened

    yield resize
    resize(DESK)


# what the command says and writes


def test_the_demo_says_how_far_it_is_and_where_to_look(demo):
    folder, done = demo
    steps = re.findall(r"^  (.+) done$", done.stderr, re.MULTILINE)
    assert {f"picture {name}" for name in FIGURES} < set(steps)
    assert f"Open {folder.resolve() / 'report.html'} in a browser." in done.stdout
    assert re.search(r"synodos opportunities \S+exploration2011 --for esa", done.stdout)


def test_every_file_is_there_and_nothing_else(folder):
    written = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    pictures = {f"figures/{name}.{kind}" for name in FIGURES for kind in ("svg", "png", "pdf")}
    data = {f"data/{name}.{kind}" for name in TABLES for kind in ("csv", "json")}
    assert written == {"report.html", "data/datapackage.json"} | pictures | data
    assert FIGURES < TABLES


def test_the_data_are_a_package_that_others_can_read(folder):
    checked = validate(str(folder / "data/datapackage.json"))
    assert checked.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert {task.name for task in checked.tasks} == TABLES


@pytest.mark.parametrize("name", sorted(TABLES))
def test_both_forms_of_the_data_agree(name, folder):
    with (folder / f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    envelope = json.loads((folder / f"data/{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator(published_schemas()["answer"]).validate(envelope)
    assert rows
    assert [[*record] for record in envelope["answer"]] == [columns] * len(rows)
    assert [["" if cell is None else str(cell) for cell in record.values()] for record in envelope["answer"]] == rows
    assert envelope["portfolio"]["known_on"] == "2012-01-31"


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_pictures_are_what_their_names_say(name, folder):
    drawing = ElementTree.parse(folder / f"figures/{name}.svg").getroot()
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert "href=" not in (folder / f"figures/{name}.svg").read_text(encoding="utf-8")
    pixels = (folder / f"figures/{name}.png").read_bytes()
    assert pixels[:8] == b"\x89PNG\r\n\x1a\n"
    size = struct.unpack(">II", pixels[16:24])
    assert size == pytest.approx([2 * float(drawing.get(side)) for side in ("width", "height")], abs=2)
    paper = (folder / f"figures/{name}.pdf").read_bytes()
    assert paper.startswith(b"%PDF-")
    assert paper.rstrip().endswith(b"%%EOF")


@pytest.fixture(scope="module")
def seen(root):
    return read_portfolio(root / "portfolios/exploration2011").as_seen_by("public")


@pytest.fixture(scope="module")
def asked(seen):
    """Opportunities and dependence, and the report for one agency that is made of them."""
    found, depends = opportunities(seen), dependence(seen)
    return found, report_document(seen, found, depends, "esa", "Nothing is left.", governed(seen, "esa"))


def test_every_picture_follows_the_schema_of_its_definition(asked):
    pictures = [section.figure.chart for section in asked[1].sections if section.figure]
    assert len(pictures) > 5
    for picture in pictures:
        definition = json.loads(chart_spec(picture))
        for rows in definition["datasets"].values():
            del rows[1:]  # one stands for all
        alt.LayerChart.validate(definition)  # raises where it does not


def test_a_report_for_an_agency_opens_with_its_ten_best_and_five_worst(asked):
    found, document = asked
    best, worst = (section.tables[0] for section in document.sections[:2])
    assert [section.title for section in document.sections[:2]] == [
        "Ten best opportunities for ESA",
        "Five worst dependences of ESA",
    ]
    own = [one.why for one in found.ranked if "esa" in one.agencies]
    assert [row[best.columns.index("why")] for row in best.rows] == own[:10]
    assert [row[worst.columns.index("who depends")] for row in worst.rows] == ["ESA"] * 5
    assert {row[worst.columns.index("form")] for row in worst.rows} == {"interdependence"}


# in a browser


@pytest.mark.browser
def test_it_comes_alive_offline_without_a_word_of_complaint(page, blocked_requests, folder):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((folder / "report.html").as_uri())
    page.wait_for_function(ALIVE, timeout=PATIENCE)
    figures = page.locator("figure")
    assert {figures.nth(n).get_attribute("data-figure") for n in range(figures.count())} == FIGURES
    for n in range(figures.count()):
        assert figures.nth(n).locator(".live svg").count() == 1
        assert figures.nth(n).locator(".live svg text").count() > 10
        assert not figures.nth(n).locator(".still").is_visible()
    assert (blocked_requests, said) == ([], [])


@pytest.mark.browser
def test_it_says_what_every_page_must_say(opened, seen):
    assert opened.title() == "Plans for exploration of fourteen agencies, as known in January 2012"
    for place in ("header", "footer"):
        text = opened.locator(place).inner_text()
        assert "known on 2012-01-31" in text
        assert "compiled from public sources; not declared by the agencies" in text
        assert f"{len(seen.unverified)} unverified of {len(seen)} records" in text
        assert re.search(r"portfolio [0-9a-f]{12}", text)
    assert f"{len(seen.unverified)} records rest on unverified facts" in opened.locator(".notice").last.inner_text()
    assert "it is not legal advice" in opened.locator("footer").inner_text()


@pytest.mark.browser
def test_headings_follow_in_order(opened):
    levels = [int(tag[1]) for tag in opened.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(h => h.tagName)")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.browser
def test_every_picture_says_in_words_what_it_shows(opened):
    words = opened.eval_on_selector_all(
        "figure", "all => all.map(f => [...f.querySelectorAll('.still, .live')].map(p => p.getAttribute('aria-label')))"
    )
    assert len(words) == len(FIGURES)
    for still, live in words:
        assert still == live
        assert len(still.split()) > 8
    assert len({still for still, _ in words}) == len(FIGURES)


@pytest.mark.browser
def test_links_lead_somewhere(opened, folder):
    targets = opened.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    inside = {target for target in targets if target.startswith("#")}
    files = {target for target in targets if not target.startswith(("#", "https://", "http://"))}
    assert len(inside) > len(FIGURES)
    assert all(opened.locator(target).count() == 1 for target in inside)
    assert len(files) == 5 * len(FIGURES)
    assert all((folder / target).is_file() for target in files)
    sections = opened.eval_on_selector_all("main > section", "all => all.map(s => '#' + s.id)")
    assert opened.eval_on_selector_all("nav a", "all => all.map(a => a.getAttribute('href'))") == sections


def region(page, title):
    """The table under a title."""
    return page.get_by_role("region", name=re.compile(f"^{title}")).first


def column(table, name):
    """What stands in one column, from the top; nothing where nothing is stated."""
    heads = [head.strip() for head in table.locator("thead th").all_inner_texts()]
    place = heads.index(name) + 1
    return table.locator(f"tbody td:nth-child({place})").evaluate_all("all => all.map(c => c.dataset.value)")


@pytest.mark.browser
def test_tables_sort_by_click_and_by_key(opened):
    table = region(opened, "How much of each programme hangs on others")
    head = table.get_by_role("columnheader", name="missions")
    before = column(table, "agency")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    counts = [int(value) for value in column(table, "missions")]
    assert counts == sorted(counts)
    opened.keyboard.press("Enter")  # the button keeps the focus
    assert head.get_attribute("aria-sort") == "descending"
    assert [int(value) for value in column(table, "missions")] == sorted(counts, reverse=True)
    assert sorted(column(table, "agency")) == sorted(before)


@pytest.mark.browser
def test_what_is_not_stated_comes_last_either_way(opened):
    table = region(opened, "How much of each programme hangs on others")
    head = table.get_by_role("columnheader", name="share")
    for direction in ("ascending", "descending"):
        head.get_by_role("button").press("Space")
        assert head.get_attribute("aria-sort") == direction
        shares = column(table, "share")
        unstated = shares.count("")
        assert unstated
        assert set(shares[-unstated:]) == {""}
        stated = [float(share) for share in shares[:-unstated]]
        assert stated == sorted(stated, reverse=direction == "descending")
    assert table.locator("th[aria-sort]").count() == 1


@pytest.mark.browser
def test_folded_parts_open_by_hand_and_by_link(opened):
    sources, doubts = opened.locator("#sources details"), opened.locator("#doubts details")
    assert not sources.evaluate("part => part.open")
    opened.get_by_role("navigation").get_by_role("link", name="Sources").click()
    assert sources.evaluate("part => part.open")
    assert region(opened, r"Sources \(").locator("a[href^='https://']").first.is_visible()
    doubts.locator("summary").press("Enter")
    assert doubts.evaluate("part => part.open")
    assert region(opened, "Where sources disagree").is_visible()
    opened.evaluate("document.querySelectorAll('details').forEach(part => part.removeAttribute('open'))")
    opened.evaluate("history.replaceState(null, '', location.pathname)")


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE, HALF_DESK], ids=["desk", "phone", "desk at 200 %"])
def test_the_page_never_scrolls_sideways(size, resized):
    page = resized(size)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.setAttribute('open', ''))")
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    measure = "all => all.map(b => [b.getBoundingClientRect().right, b.scrollWidth > b.clientWidth, b.tabIndex])"
    boxes = page.locator(".live, .table").evaluate_all(measure)
    assert all(right <= size[0] for right, _, _ in boxes)
    assert any(wider for _, wider, _ in boxes)
    assert all(reached == 0 for _, wider, reached in boxes if wider)  # by the tabulator key, so that arrows scroll it
    page.evaluate("document.querySelectorAll('details').forEach(part => part.removeAttribute('open'))")


@pytest.mark.browser
@pytest.mark.usefixtures("letters_of_arial")
def test_a_desk_shows_whole_pictures(opened):
    wide = opened.locator("figure .live").evaluate_all("all => all.map(b => b.scrollWidth - b.clientWidth)")
    assert wide == [0] * len(FIGURES)


@pytest.mark.browser
def test_a_phone_reads_rows_as_lists(resized):
    page = resized(PHONE)
    cell = region(page, "Opportunities, best first").locator("tbody tr").first.locator("td").nth(6)
    assert cell.get_attribute("data-column") == "why"
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"why"'
    box = cell.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    assert page.locator("td.unstated").first.is_hidden()


@pytest.mark.browser
def test_it_prints_all_of_it_with_still_pictures(opened):
    opened.emulate_media(media="print")
    shown = {name: opened.locator(name).first.is_visible() for name in (".still", ".live", "nav", ".downloads")}
    assert shown == {".still": True, ".live": False, "nav": False, ".downloads": False}
    assert opened.locator(".table").evaluate_all("all => all.every(b => getComputedStyle(b).overflowY === 'visible')")
    paper = opened.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", paper)
    upright = [float(height) > float(width) for width, height in sizes]
    assert upright.count(True) == opened.locator("figure:not(.low)").count() == len(HIGH)
    assert 20 < len(upright) < 80
    assert opened.locator("details:not([open])").count() == 0  # what was folded is printed too
    opened.emulate_media(media="null")
    opened.evaluate("document.querySelectorAll('details').forEach(part => part.removeAttribute('open'))")


@pytest.mark.browser
def test_it_reads_without_scripts(browser, folder):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((folder / "report.html").as_uri())
    stills = page.locator("figure .still svg")
    assert stills.count() == len(FIGURES)
    assert stills.first.is_visible()
    assert stills.first.bounding_box()["height"] > 500
    assert not page.locator(".live").first.is_visible()
    assert page.get_by_role("button").count() == 0  # nothing that would do nothing
    page.locator("#sources summary").click()
    assert region(page, r"Sources \(").is_visible()
    context.close()


@pytest.mark.browser
def test_nobody_is_shut_out(page, folder):
    from axe_playwright_python.sync_playwright import Axe

    page.goto((folder / "report.html").as_uri())
    page.wait_for_function(ALIVE, timeout=PATIENCE)
    # Three rows of a table stand for all of them, and the pictures for their words, which another test reads.
    page.evaluate("document.querySelectorAll('details').forEach(part => part.setAttribute('open', ''))")
    page.evaluate("document.querySelectorAll('tbody tr:nth-child(n+4)').forEach(row => row.remove())")
    found = Axe().run(page, {"exclude": [[".live svg"], [".still svg"]]}).response["violations"]
    assert [(one["id"], one["impact"], one["nodes"][0]["html"][:200]) for one in found] == []
