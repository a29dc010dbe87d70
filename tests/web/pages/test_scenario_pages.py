"""Scenarios: side by side with evidence behind each cell, one by one, for one agency, and by a reader's weights."""

import html
import json
import re

import pytest

from tests.commands import did

PATHWAYS = ("asteroid-next", "moon-next")
ADDRESSES = (
    "/scenarios/",
    "/scenarios/of/asteroid-next/",
    "/scenarios/of/asteroid-next/align/",
    "/scenarios/of/asteroid-next/align/?agency=esa",
    "/scenarios/weigh/",
)
LEAD = re.compile(r'<p class="lead">(.*?)</p>', re.DOTALL)


@pytest.fixture
def pathways(laid):
    return laid("exploration2011")


def said(response):
    """The words of a page."""
    return html.unescape(response.content.decode())


def rows(response, table):
    """The rows of a table as JSON gives them."""
    return json.loads(response(f"format=json&table={table}").content)["rows"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opens_with_its_answer_and_reads_without_scripts(pathways, address):
    response = pathways.get(address)
    page = said(response)
    assert response.status_code == 200
    assert page.count("<h1>") == 1
    (lead,) = LEAD.findall(page)
    assert lead.strip().endswith(".")
    assert "Asteroid Next" in page
    assert "portfolio " in page
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)", page), "the page's policy forbids it"


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("/scenarios/?part=objectives&part=dependence", ("compare", "--part", "objectives", "--part", "dependence")),
        ("/scenarios/of/moon-next/", ("readiness", "moon-next")),
        ("/scenarios/of/moon-next/align/?agency=jaxa", ("align", "moon-next", "--for", "jaxa")),
    ],
    ids=lambda value: value.split("?")[0] if isinstance(value, str) else "",
)
def test_a_page_says_what_the_command_says(pathways, root, address, command):
    name, *options = command
    printed = json.loads(did(name, root / "portfolios/exploration2011", *options, "--format", "json"))
    separator = "&" if "?" in address else "?"
    assert json.loads(pathways.get(f"{address}{separator}format=json").content) == printed


def test_every_cell_of_the_comparison_leads_to_the_records_behind_it(pathways):
    page = said(pathways.get("/scenarios/"))
    compared = re.search(r'<table aria-labelledby="table-compare-title".*?</table>', page, re.DOTALL)[0]
    cells = re.findall(r'data-column="(?:Asteroid|Moon) Next" data-value="([^"]*)">(.*?)</td>', compared, re.DOTALL)
    assert len(cells) > 40
    for value, content in cells:
        if value:
            (target,) = re.findall(r'^<a href="#([^"]+)">', content)
            assert page.count(f'id="{target}"') == 1
    anchor = re.search(r'data-value="with people">with people</td>.*?<a href="#([^"]+)">7</a>', compared, re.DOTALL)[1]
    behind = re.search(rf'<td id="{anchor}".*?</tr>', page, re.DOTALL)[0]
    assert "Crewed Mars missions" in behind
    assert "Luna-Glob" not in behind, "nobody flies on it"


def test_only_the_scenarios_and_parts_that_are_chosen_are_compared(pathways):
    page = said(pathways.get("/scenarios/?scenario=moon-next&part=costs"))
    assert LEAD.findall(page) == ["Moon Next: 15 missions."]
    assert 'data-column="Asteroid Next"' not in page
    shown = rows(lambda asked: pathways.get(f"/scenarios/?scenario=moon-next&part=costs&{asked}"), "compare")
    assert {row["aspect"] for row in shown} == {"missions", "readiness", "costs"}


def test_a_scenario_is_had_as_it_was_known(laid):
    client = laid("exploration2011")
    assert client.get("/scenarios/of/moon-next/?on=1990-01-01").status_code == 404
    assert "No scenario that you may see is stated." in said(client.get("/scenarios/?on=1990-01-01"))


def test_all_agencies_stand_in_one_table_and_each_has_a_page(pathways):
    every = rows(lambda asked: pathways.get(f"/scenarios/of/asteroid-next/align/?{asked}"), "alignments")
    esa = next(row for row in every if row["agency"] == "ESA")
    assert (esa["plans"], esa["of these used"]) == (16, 2)
    assert esa["what would help most"] == "to say when MELiSSA loop is there"
    page = said(pathways.get("/scenarios/of/asteroid-next/align/?agency=esa"))
    assert "Asteroid Next uses 2 of 16 plans of ESA" in page


def test_nothing_is_ranked_until_the_reader_gives_weights(pathways):
    assert "table-ranking" not in said(pathways.get("/scenarios/"))
    unweighed = said(pathways.get("/scenarios/weigh/"))
    assert LEAD.findall(unweighed) == ["No row has a weight, so there is no ranking."]
    assert "table-ranking" not in unweighed


def test_weights_make_a_ranking_that_says_what_it_hinges_on(pathways):
    address = "/scenarios/weigh/?weigh-readiness-needs-that-nobody-supplies=3&weigh-missions-missions=1"
    page = said(pathways.get(address))
    assert LEAD.findall(page) == ["By your weights on 2 rows, Asteroid Next stands first."]
    assert "Without “readiness: needs that nobody supplies”, Moon Next would stand first." in page
    assert 'name="weigh-missions-missions" value="1"' in page
    ranked = rows(lambda asked: pathways.get(f"{address}&{asked}"), "ranking")
    assert [(row["place"], row["scenario"], row["score (0 to 1)"]) for row in ranked] == [
        (1, "Asteroid Next", 0.75),
        (2, "Moon Next", 0.25),
    ]
    turned = said(pathways.get(address.replace("=3", "=-3")))
    assert LEAD.findall(turned) == ["By your weights on 2 rows, Moon Next stands first."]


@pytest.mark.parametrize(
    ("address", "field", "expected"),
    [
        ("/scenarios/?scenario=mars-now", "scenario", "one of asteroid-next, moon-next"),
        ("/scenarios/?part=dates", "part", "one of objectives, costs, dependence, path"),
        ("/scenarios/of/moon-next/align/?agency=nobody", "agency", "one of"),
        ("/scenarios/weigh/?weigh-beauty=1", "address", "weights of rows, such as weigh-"),
        ("/scenarios/weigh/?weigh-missions-missions=11", "weigh-missions-missions", "a number from -10 to 10"),
        ("/scenarios/weigh/?run=1", "run", "that is none"),
    ],
)
def test_a_wrong_address_is_refused_in_one_clear_sentence(pathways, address, field, expected):
    response = pathways.get(address)
    assert response.status_code == 400
    assert field in said(response)
    assert expected in said(response)


def test_a_scenario_that_cannot_be_followed_says_why(laid, history_of, monkeypatch):
    from synodos.web.table import Table

    client = laid("exploration2011")
    plans = history_of("exploration2011").known_on(None, "public")
    broken = plans.replace(plans.scenarios["moon-next"].model_copy(update={"builds_on": "moon-next"}))
    monkeypatch.setattr(Table, "portfolio", property(lambda _table: broken))
    for address in ("/scenarios/", "/scenarios/of/moon-next/", "/scenarios/of/moon-next/align/?agency=esa"):
        assert "scenarios build on each other: moon-next → moon-next" in said(client.get(address)), address
    assert client.get("/scenarios/?scenario=asteroid-next").status_code == 200
    assert "There is nothing to weigh" in said(client.get("/scenarios/weigh/"))
