"""The pictures of changes and of exposure: what is drawn where, and that each says so in words."""

import datetime as dt
import json

import pytest
from defusedxml import ElementTree

from synodos.exchange import read_portfolio
from synodos.language import Step
from synodos.report.charts import (
    before_after_chart,
    chart_bytes,
    confidence_shift_chart,
    cost_shift_chart,
    curves_of,
    exposure_chart,
)
from synodos.whatif import consequences, exposure

SVG = "{http://www.w3.org/2000/svg}"
LEAVES = Step(does="withdraw", agency="nasa", plans=("exomars-2016", "exomars-rover"))


@pytest.fixture(scope="module")
def plans(root):
    """ExoMars as it was known when NASA was about to leave."""
    return read_portfolio(root / "portfolios/exomars", dt.date(2011, 10, 4)).as_seen_by("public")


@pytest.fixture(scope="module")
def found(plans):
    """What follows if NASA leaves."""
    return consequences(plans, [LEAVES], parts=("missions", "dates", "costs"), iterations=200)


def drawn(chart):
    """The picture, and the words in it."""
    picture = ElementTree.fromstring(chart_bytes(chart, "svg"))
    return picture, [one.text for one in picture.iter(f"{SVG}text")]


def told(picture):
    """What readers of the screen hear of each row or cell."""
    return [one.get("aria-label") for one in picture.iter() if one.get("aria-roledescription") == "rect mark"]


def test_a_mission_that_cannot_leave_says_so_in_its_row(plans, found):
    picture, words = drawn(before_after_chart(plans, found))
    assert "cannot leave before somebody takes over" in words
    assert any(text.startswith("if somebody takes over: half by ") for text in words if text)
    assert len([text for text in told(picture) if text]) == len(found.dates)
    later = [one for one in picture.iter(f"{SVG}path") if one.get("fill") == "#1f3a5f"]
    assert len(later) == 1 + sum(one.if_replaced is not None for one in found.dates)  # one in the key
    assert float(picture.get("width")) <= 1376


def test_the_words_of_before_and_after_are_those_of_the_answer(plans, found):
    spec = before_after_chart(plans, found).to_dict()
    rover = next(one for one in found.dates if one.mission == "mission:exomars-rover")
    assert f"half by {rover.before.median:%Y-%m}" in spec["description"]
    assert "//" not in json.dumps({**spec, "$schema": ""})


def test_nothing_moves_where_no_date_does(plans):
    still = consequences(plans, [Step(does="offer", agency="nasa", provides=("launch",))], parts=("dates",))
    assert still.dates == ()
    assert "no date moves" in before_after_chart(plans, still).to_dict()["description"]


def test_both_curves_are_drawn_and_the_later_one_is_broken(plans, found):
    rover = next(one for one in found.dates if one.mission == "mission:exomars-rover")
    assert curves_of(rover) == 2
    picture, words = drawn(confidence_shift_chart(plans, rover))
    assert "after it (thick); broken: only if somebody takes over" in words
    broken = [
        one for one in picture.iter(f"{SVG}path") if one.get("stroke-dasharray") and one.get("stroke") == "#1f3a5f"
    ]
    assert broken
    assert "holds only if somebody takes over" in confidence_shift_chart(plans, rover).to_dict()["description"]


def test_costs_are_bars_where_they_are_stated_and_words_where_not(plans, found):
    picture, words = drawn(cost_shift_chart(plans, found))
    assert "Cost that moves in millions of USD at prices of 2011" in words
    silent = [one for one in found.costs if one.missing]
    assert sum(text == "not stated: NASA → ESA" for text in words) == len(silent) > 0
    assert "1,200 M*: NASA → ESA" in words
    assert "estimate by an analogue" in words
    assert any("sky-crane" in text and "1,200 million (estimate by an analogue)" in text for text in told(picture))


def test_a_cell_of_exposure_counts_what_cannot_fly(plans):
    found = exposure(plans)
    picture, words = drawn(exposure_chart(plans, found))
    worst = found.of("nasa", "esa")
    label = f"who leaves, who is hurt: NASA leaves, ESA is hurt, cannot fly: {len(worst.stopped)}"
    assert any(text.startswith(label) for text in told(picture))
    assert str(len(worst.stopped) + len(worst.stranded)) in words


def test_nobody_is_hurt_where_nothing_is_shared(plans):
    alone = plans.without(*plans.missions.values())
    spec = exposure_chart(alone, exposure(alone)).to_dict()
    assert "none hurts anybody" in spec["description"]


def test_missions_that_stop_with_the_leaver_count_too(root):
    station = read_portfolio(root / "portfolios/gateway", dt.date(2025, 5, 2)).as_seen_by("public")
    found = exposure(station)
    worst = found.overall[0]
    assert worst.stranded
    said = exposure_chart(station, found).to_dict()["description"]
    assert f"stops {len(worst.stopped) + len(worst.stranded)} mission" in said.partition(";")[0]
