"""The pictures of what cooperating is worth: what is drawn where, and that they say so in words."""

import json

import pytest
from defusedxml import ElementTree

from synodos.coalition import Contribution, in_kind_shares
from synodos.report.charts import Compared, chart_bytes, in_kind_chart, worth_chart

SVG = "{http://www.w3.org/2000/svg}"
COMPARED = [
    Compared("ESA", 1410, 1010.5),
    Compared("NASA", 240, 260),
    Compared("JAXA", None, None),
    Compared("All", 1650, 1270.5, whole=True),
]
NAMES = {"esa": "ESA", "nasa": "NASA"}
BROUGHT = (
    Contribution("lander", "Landing system", "element", 600, ("esa", "nasa")),
    Contribution("rover", "Rover", "mission", 500, ("esa",)),
    Contribution("rides", "Two launches", "launch", 250, ("nasa",)),
)


def texts(chart):
    return [one.text for one in ElementTree.fromstring(chart_bytes(chart, "svg")).iter(f"{SVG}text")]


def boxes(chart):
    """The drawn rectangles of a definition that have a fill, by it."""
    spec = chart.to_dict()
    layers = [spec["datasets"][one["data"]["name"]] for one in spec["layer"] if one["mark"]["type"] == "rect"]
    found = {}
    for row in (row for layer in layers for row in layer):
        found.setdefault(row["fill"], []).append(row)
    return found


def told(chart):
    marks = ElementTree.fromstring(chart_bytes(chart, "svg")).iter()
    return [one.get("aria-label") for one in marks if one.get("aria-roledescription") == "rect mark"]


@pytest.fixture(scope="module")
def worth():
    return worth_chart(COMPARED, "3 agencies", "million EUR", costs=True)


@pytest.fixture(scope="module")
def found():
    return in_kind_shares(("esa", "nasa"), (700, 650), BROUGHT)


@pytest.fixture(scope="module")
def in_kind(found):
    return in_kind_chart(found, BROUGHT, NAMES, "2 agencies", "million EUR")


def test_definitions_name_no_address_and_say_what_they_show(worth, in_kind):
    for chart in (worth, in_kind):
        spec = chart.to_dict()
        assert spec.pop("$schema").startswith("https://vega.github.io/schema/vega-lite/")
        assert "//" not in json.dumps(spec)
    assert "ESA: alone 1,410, together 1,010 (saves 399.5)" in worth.description
    assert "NASA: alone 240, together 260 (pays more: 20)" in worth.description
    assert "ESA brings 500 of 700 due; NASA brings 850 of 650 due. ESA owes NASA 200." in in_kind.description


def test_bars_are_as_long_as_their_amounts_and_what_is_not_known_is_said(worth):
    amounts = [1410, 240, 1650, 1010.5, 260, 1270.5]
    bars = [row["x2"] - row["x"] for fill in ("#e3e7eb", "#1f3a5f") for row in boxes(worth)[fill] if row["y"] > 30]
    assert [length / bars[0] for length in bars] == pytest.approx([amount / 1410 for amount in amounts])
    said = texts(worth)
    assert said.count("not known") == 3
    assert {"saves 399.5", "pays more: 20", "1,010", "what it pays alone"} <= set(said)
    assert "JAXA: alone not known, together not known, not known." in told(worth)


def test_what_is_achieved_gains_and_what_stays_is_the_same():
    chart = worth_chart([Compared("A", 2, 5), Compared("B", 1, 1), Compared("C", 3, 2)], "", "points", costs=False)
    assert {"gains 3", "the same", "loses 1"} <= set(texts(chart))
    assert "What each achieves alone, and together (points)" in texts(chart)


def test_pieces_lie_side_by_side_and_add_up_to_what_is_brought(in_kind, found):
    pieces = {row["name"]: row for rows in boxes(in_kind).values() for row in rows if "name" in row}
    assert pieces["Landing system"]["x2"] == pytest.approx(pieces["Two launches"]["x"])
    start = pieces["Rover"]["x"]
    assert start == pieces["Landing system"]["x"]
    per_unit = (pieces["Rover"]["x2"] - start) / 500
    assert pieces["Two launches"]["x2"] - start == pytest.approx(850 * per_unit)
    spec = in_kind.to_dict()
    lines = [row for rows in spec["datasets"].values() for row in rows if row.get("stroke") == "#882255"]
    assert [line["x"] - start for line in lines if line["y"] > 30] == pytest.approx([700 * per_unit, 650 * per_unit])


def test_balances_and_barter_are_told(in_kind):
    said = texts(in_kind)
    assert {"200 short", "200 beyond", "ESA owes NASA 200", "Barter still to be agreed", "mission", "launch"} <= set(
        said
    )
    assert "service" not in said
    assert "NASA brings Two launches (launch), which counts for 250." in told(in_kind)


def test_where_all_is_even_no_barter_is_drawn():
    even = in_kind_shares(("esa", "nasa"), (1, 1), [Contribution(one, one, "service", 1, (one,)) for one in NAMES])
    said = texts(in_kind_chart(even, [Contribution(one, one, "service", 1, (one,)) for one in NAMES], NAMES, "", "EUR"))
    assert said.count("as due") == 2
    assert "Barter still to be agreed" not in said


@pytest.mark.parametrize("count", [1, 14])
def test_one_and_many_with_long_names_are_drawn(count):
    names = [f"Agency {place} with a name that is long" for place in range(count)]
    assert chart_bytes(worth_chart([Compared(one, 1e9, 0) for one in names], "", "EUR", costs=True), "svg")
    given = [Contribution(f"{one} {part}", f"{one} {part}", "offset", 1, (one,)) for one in names for part in range(3)]
    drawn = in_kind_chart(in_kind_shares(names, [3] * count, given), given, {}, "", "EUR")
    assert chart_bytes(drawn, "svg")
