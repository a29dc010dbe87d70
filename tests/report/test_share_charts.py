"""The picture of fair shares: what is drawn where, and that it says so in words."""

import json

import pytest
from defusedxml import ElementTree

from synodos.coalition import fair_shares
from synodos.report import shares_answer
from synodos.report.charts import chart_bytes, shares_chart

SVG = "{http://www.w3.org/2000/svg}"
CONVEX = [0, 1, 2, 5, 3, 6, 8, 15]


@pytest.fixture(scope="module")
def stable():
    return fair_shares(("ESA", "NASA", "JAXA"), CONVEX, budgets=[4, 20, 2], proposal=[0, 15, 0])


@pytest.fixture(scope="module")
def drawing(stable):
    return ElementTree.fromstring(chart_bytes(shares_chart(stable, "3 players", "billion EUR"), "svg"))


def test_the_definition_names_no_address_and_says_what_it_shows(stable):
    spec = shares_chart(stable, "3 players").to_dict()
    assert spec.pop("$schema").startswith("https://vega.github.io/schema/vega-lite/")
    assert "//" not in json.dumps(spec)
    assert "proposal: ESA 0, NASA 15, JAXA 0; 3 groups object." in spec["description"]
    assert "Bands show the core." in spec["description"]


def test_each_share_is_drawn_and_told(stable, drawing):
    texts = [one.text for one in drawing.iter(f"{SVG}text")]
    assert {"ESA", "NASA", "JAXA", "nucleolus", "Shapley value", "by budgets (some object)", "equal surplus"} <= set(
        texts
    )
    told = [one.get("aria-label") for one in drawing.iter() if one.get("aria-roledescription") == "rect mark"]
    assert len(told) == 3 * len(stable.rules)
    assert any(text.startswith("NASA, proposal: 15; alone 2; core ") for text in told)
    assert float(drawing.get("width")) <= 1376


def test_an_empty_core_has_no_band():
    found = fair_shares(("A", "B", "C"), [0, 0, 0, 9, 0, 9, 9, 9])
    spec = shares_chart(found, "3 players").to_dict()
    assert "The core is empty." in spec["description"]
    texts = json.dumps(spec)
    assert "core: shares to which no group objects" not in texts


def test_a_single_player_and_many_are_drawn():
    for count in (1, 9):
        names = [f"Agency {place} with a name that is long" for place in range(count)]
        found = fair_shares(names, [group.bit_count() ** 2 for group in range(1 << count)])
        assert chart_bytes(shares_chart(found, "header"), "svg")


def test_sentences_and_tables_say_who_objects(stable):
    answer = shares_answer(stable, "billion EUR")
    assert answer.sentences[0] == "Together they are worth 15 billion EUR, 9 billion EUR better than each alone."
    shares, verdicts, complaints = answer.tables
    assert shares.columns[-2:] == ("core from", "core to")
    assert verdicts.rows[-1][:5] == ("proposal", False, 3, 6.0, "JAXA, ESA would go alone")
    assert complaints.rows[-3:][0][1:] == ("ESA + JAXA", 6.0, 0.0, 6.0)


def test_marks_stand_where_their_shares_lie(stable):
    spec = shares_chart(stable, "3 players").to_dict()
    layers = [spec["datasets"][layer["data"]["name"]] for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    marks = max(layers, key=len)
    shares = [one.shares[place] for place in range(3) for one in stable.rules]
    assert len(marks) == len(shares)
    places = [mark["x"] for mark in marks]
    low, high = shares.index(min(shares)), shares.index(max(shares))
    per_unit = (places[high] - places[low]) / (max(shares) - min(shares))
    assert per_unit > 0
    assert places == pytest.approx([places[low] + (share - min(shares)) * per_unit for share in shares])
    assert [mark["y"] for mark in marks] == sorted(mark["y"] for mark in marks)
