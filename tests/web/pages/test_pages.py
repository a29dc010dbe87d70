"""Every page: it answers in one sentence, reads without scripts, and says what the command line says."""

import html
import itertools
import json
import re

import pytest

from tests.commands import did
from tests.web import scene

ADDRESSES = (
    "/",
    "/opportunities/",
    "/dependence/",
    "/coverage/",
    "/missions/",
    "/missions/exomars-rover/",
    "/schedule/?scope=exomars-rover",
    "/schedule/health/?scope=exomars-rover",
    "/law/?scope=mission:exomars-rover",
    "/law/findings/?scope=mission:exomars-rover",
    "/law/questions/?scope=mission:exomars-rover",
    "/law/contested/",
    "/agreements/",
    "/agreements/watch/",
    "/agreements/needed/",
    "/agreements/drafts/exomars-rover/",
    "/agreements/drafts/exomars-rover/?what=registration",
    "/agreements/close-out/nasa-esa-exomars-accord/",
    "/brief/?agency=esa",
    "/about/",
)
LEAD = re.compile(r'<p class="lead">(.*?)</p>', re.DOTALL)


@pytest.fixture
def exomars(laid):
    return laid("exomars")


def said(response):
    """The words of a page."""
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opens_with_its_answer_and_reads_without_scripts(exomars, address):
    response = exomars.get(address)
    page = said(response)
    assert response.status_code == 200
    assert page.count("<h1>") == 1
    (lead,) = LEAD.findall(page)
    assert lead.strip().endswith(".")
    assert "ExoMars" in page, "says nothing of what was asked"
    assert "portfolio " in page, "says no hash"
    assert "<td" in page
    assert not re.search(r"<style|\sstyle=", page), "the page's policy forbids styles within it"
    assert not re.search(r"<script(?![^>]*\bsrc=)", page), "the page's policy forbids scripts within it"


DRAWN = ("/dependence/", "/law/?scope=mission:exomars-rover", "/agreements/")


@pytest.mark.parametrize("address", DRAWN)
def test_every_picture_of_a_page_is_a_still_with_words(exomars, address):
    page = said(exomars.get(address))
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert figures
    for figure in figures:
        (still,) = re.findall(r'<img src="([^"]+)" alt="[^"]{20,}"', figure)
        drawn = exomars.get(address.partition("?")[0] + still)
        assert drawn["Content-Type"] == "image/svg+xml"
        assert drawn.content.startswith(b"<svg")


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("/opportunities/?agency=esa&most=5", ("opportunities", "--for", "esa", "--most", "5")),
        ("/opportunities/?kind=gap&most=20", ("opportunities", "--kind", "gap")),
        ("/dependence/?agency=nasa", ("dependence", "--for", "nasa")),
        ("/schedule/?scope=exomars-rover&margin=10", ("schedule path", "--scope", "exomars-rover", "--margin", "10")),
        ("/schedule/health/?scope=exomars-rover", ("schedule health", "--scope", "exomars-rover")),
        ("/law/?scope=mission:exomars-rover", ("law assess", "--scope", "mission:exomars-rover")),
        ("/law/contested/?law_on=2011-06-30", ("law contested", "--law-on", "2011-06-30")),
        ("/agreements/?agency=esa&at=2011-12-31", ("agreements list", "--for", "esa", "--at", "2011-12-31")),
        ("/agreements/watch/?within_days=30", ("agreements watch", "--within-days", "30")),
        ("/agreements/needed/?proposed=3", ("agreements needed", "--proposed", "3")),
        ("/brief/?agency=esa&years=3", ("brief", "--for", "esa", "--years", "3")),
        ("/agreements/drafts/exomars-rover/", ("agreements draft", "--mission", "exomars-rover")),
    ],
    ids=lambda value: value.split("?")[0] if isinstance(value, str) else "",
)
def test_a_page_says_what_the_command_says(exomars, root, address, command):
    name, *options = command
    words = name.split()
    where = [root / "portfolios/exomars"]
    printed = json.loads(did(*words, *where, *options, "--format", "json"))
    separator = "&" if "?" in address else "?"
    assert json.loads(exomars.get(f"{address}{separator}format=json").content) == printed


def test_the_roadmap_shows_what_is_asked_for(laid):
    page = laid("exploration2011").get("/?agency=isro&destination=moon&years=2012..2016&format=json")
    rows = json.loads(page.content)["answer"]
    names = " ".join(row["name"] for row in rows)
    assert "Chandrayaan-2" in names
    assert "Chandrayaan-1" not in names, "it flew in 2008"
    assert all("ISRO" in (row["lead"], *(row["partners"] or "").split(", ")) for row in rows)


def test_opportunities_open_with_the_best_and_then_count(laid):
    page = said(laid("exploration2011").get("/opportunities/?agency=esa"))
    (lead,) = LEAD.findall(page)
    assert lead.startswith("The best: ")
    assert f"<p>{lead}</p>" not in page, "said once"
    assert re.search(r"<p>\d+ of \d+ opportunities shown; already agreed and left out: \d+\.</p>", page)


def test_the_control_says_which_day_is_shown(exomars, history_of):
    latest = history_of("exomars").known_on(None, "public").known_on
    for address, day in (("/missions/", latest.isoformat()), ("/missions/?on=2011-09-30", "2011-09-30")):
        assert f'type="date" name="on" value="{day}"' in said(exomars.get(address))


def test_a_table_right_below_the_heading_of_a_page_is_a_part_of_it(exomars):
    for address in ("/missions/", "/agreements/watch/", "/law/findings/?scope=mission:exomars-rover"):
        levels = [int(level) for level in re.findall(r"<h([1-6])", said(exomars.get(address)))]
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (address, levels)


def test_a_past_day_goes_along_from_page_to_page(exomars):
    page = said(exomars.get("/agreements/?on=2011-06-30"))
    assert "known on 2011-06-30" in page
    inner = re.findall(r'href="(/(?:missions|records|law|schedule|agreements)/[^"]*)"', page)
    assert len(inner) > 10
    assert all("on=2011-06-30" in address for address in inner)


def test_cells_lead_to_the_records_that_they_name(exomars):
    page = said(exomars.get("/dependence/"))
    assert re.search(r'<a href="/records/agency/nasa/[^"]*">NASA</a>', page)
    assert re.search(r'<a href="/records/mission/exomars-rover/[^"]*">Rosalind Franklin mission</a>', page)


def test_a_finding_is_followed_down_to_its_article(exomars):
    page = said(exomars.get("/law/findings/?scope=mission:exomars-rover&norm=OST-6.1&bearer=usa"))
    (address,) = re.findall(r'href="(/law/finding/\?[^"]*)"', page)
    why = said(exomars.get(address))
    article = why.partition('id="article"')[2]
    assert "Outer Space" in article
    assert "Art. VI" in article
    assert re.search(r'<a href="https?://', article), "no way to the text itself"
    assert "OST-6.1 applies to" in why


def test_a_term_sheet_is_had_as_files(exomars, no_log):
    docx = exomars.get("/agreements/drafts/exomars-rover/?format=docx")
    pdf = exomars.get("/agreements/drafts/exomars-rover/?format=pdf")
    assert docx.content.startswith(b"PK")
    assert pdf.content.startswith(b"%PDF")
    assert 'filename="term-sheet-exomars-rover.docx"' in docx["Content-Disposition"]
    assert exomars.get("/agreements/drafts/nobody/?format=docx").status_code == 404
    assert [event for event, _about in no_log] == ["exported", "exported"]


@pytest.mark.parametrize(
    ("address", "field", "found", "expected"),
    [
        ("/?agency=nobody", "agency", "nobody", "one of"),
        ("/?years=soon", "years", "soon", "a year or a range"),
        ("/?colour=red", "address", "colour=", "one of agency, destination, years, status"),
        ("/?agency=esa&agency=nasa", "agency", "esa and nasa", "one value"),
        ("/?format=docx", "format", "docx", "one of csv, json, xlsx, svg"),
        ("/?format=csv&table=sheets", "table", "sheets", "one of roadmap"),
        ("/?table=roadmap&sort=size", "sort", "size", "a column of the table"),
        ("/?table=roadmap&page=0", "page", "0", "a whole number of 1 or more"),
        ("/opportunities/?kind=hole", "kind", "hole", "one of gap"),
        ("/opportunities/?most=-1", "most", "-1", "a whole number from 1 to"),
        ("/schedule/?scope=nothing", "scope", "nothing", "the id of a mission"),
        ("/schedule/?margin=nan", "margin", "nan", "a number from 0 to"),
        ("/schedule/?until=nothing", "until", "nothing", "an activity, mission or element"),
        ("/law/?law_on=2199-01-01", "law_on", "2199-01-01", "no day after"),
        ("/law/?law_on=yesterday", "law_on", "yesterday", "a day, as"),
        ("/law/?scope=mission:nothing", "scope", "mission:nothing", "a mission, transfer, payment"),
        ("/law/finding/?norm=OST-6.2&bearer=nasa", "activity", "", "a mission, transfer, payment"),
        (
            "/law/finding/?norm=nothing&activity=mission:exomars-rover&bearer=nasa",
            "norm",
            "nothing",
            "the id of a norm",
        ),
        ("/law/findings/?state=unknown", "state", "unknown", "one of"),
        ("/agreements/watch/?within_days=1e3", "within_days", "1e3", "a whole number from 0 to"),
        ("/agreements/drafts/exomars-rover/?what=poem", "what", "poem", "one of term-sheet"),
    ],
)
def test_a_wrong_address_is_refused_in_one_clear_sentence(exomars, address, field, found, expected):
    response = exomars.get(address)
    assert response.status_code == 400
    (lead,) = LEAD.findall(said(response))
    assert lead.startswith(f"{field}: found “{found}”; expected {expected}")


@pytest.fixture
def outsider(monkeypatch):
    """Somebody who may see what everybody may see of the scene."""
    from django.test import Client

    from synodos.web.table import Table

    seen = scene.history().known_on(None, "public")
    monkeypatch.setattr(Table, "portfolio", property(lambda table: seen))
    return Client()


@pytest.mark.parametrize("pattern", ["/missions/{}/", "/agreements/drafts/{}/", "/agreements/close-out/{}/"])
def test_what_is_hidden_is_as_unknown_as_what_is_not_there(outsider, pattern):
    kind = "agreement" if "close-out" in pattern else "mission"
    hidden = outsider.get(pattern.format(f"{kind}-{scene.MARKS['aster-private']}"))
    missing = outsider.get(pattern.format(f"{kind}-of-nobody"))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_a_refusal_names_nothing_that_is_hidden(outsider):
    near = scene.MARKS["aster-private"][:-1] + "x"
    for address in (f"/schedule/?scope=mission-{near}", f"/?agency={near}", f"/law/?scope=mission:mission-{near}"):
        response = outsider.get(address)
        assert response.status_code == 400
        assert scene.MARKS["aster-private"] not in said(response)


def test_a_page_that_is_still_the_same_is_not_sent_again(exomars):
    first = exomars.get("/agreements/watch/")
    again = exomars.get("/agreements/watch/", headers={"If-None-Match": first["ETag"]})
    other = exomars.get("/agreements/watch/?within_days=1", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)
    assert "private" in first["Cache-Control"]
    assert "Cookie" in first["Vary"]


def test_a_page_changes_nothing_and_answers_no_form(exomars):
    assert exomars.post("/opportunities/").status_code in (403, 405)
