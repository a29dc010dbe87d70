"""The pictures of time: what is drawn where, that it holds what the answer holds, and that it says so in words."""

import datetime as dt
import json
import math
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange import read_history
from synodos.report.answering.wording import days_text, percent
from synodos.report.charts import (
    chart_bytes,
    confidence_chart,
    delay_chart,
    gantt_chart,
    handovers_chart,
    jcl_chart,
    porkchop_chart,
    tornado_chart,
)
from synodos.report.charts.axes import Scale, Timescale, midnight, round_ends
from synodos.report.charts.contours import loops
from synodos.report.charts.look import agency_colours, text_width
from synodos.report.schedule.moments import finish_text
from synodos.schedule import (
    Edge,
    Network,
    Node,
    Period,
    Rules,
    critical_path,
    launch_periods,
    minutes_of,
    network,
    porkchop,
    risk,
    who_holds,
)

DAY = 1440
SVG = "{http://www.w3.org/2000/svg}"
START = minutes_of(dt.datetime(2012, 3, 1))  # noqa: DTZ001 - schedules state times without a zone
AGENCIES = ("esa", "nasa", "jaxa")


@pytest.fixture(scope="module")
def relay(root):
    return read_history(root / "tests/schedule/twin-relay").known_on()


@pytest.fixture(scope="module")
def relay_path(relay):
    return critical_path(network(relay))


@pytest.fixture(scope="module")
def study(relay, relay_path):
    return risk(relay_path.network, relay, iterations=1_000)


@pytest.fixture(scope="module")
def portfolio(root):
    return read_history(root / "portfolios/exploration2011").known_on(None, "public")


@pytest.fixture(scope="module")
def mars():
    after, before = dt.date(2018, 1, 1), dt.date(2018, 12, 31)
    return porkchop("earth", "mars", after, before, departure_step_days=4), launch_periods(
        "earth", "mars", after, before
    )


@pytest.fixture(scope="module")
def pictures(relay, relay_path, study, mars):
    holding = who_holds(relay_path)
    return {
        "gantt": gantt_chart(relay, relay_path, holding),
        "handovers": handovers_chart(relay, relay_path, holding),
        "confidence": confidence_chart(relay, study),
        "jcl": jcl_chart(relay, study, study.joint),
        "tornado": tornado_chart(relay, study),
        "delay": delay_chart(relay, study, study.delay),
        "porkchop": porkchop_chart(*mars),
    }


NAMES = ("gantt", "handovers", "confidence", "jcl", "tornado", "delay", "porkchop")


def made_up(count, **more):
    """A chain of `count` activities of changing agencies up to a launch in the second of two periods."""
    nodes = [
        Node(f"a{n}", f"Activity {n} with a name that is rather long for its column", AGENCIES[n % 3],
             (f"activity:a{n}",), duration=(30 - n % 2) * DAY, remaining=(30 - n % 2) * DAY)
        for n in range(count)
    ]  # fmt: skip
    ready = START + 30 * DAY * (1 + (count - 1) // 2)
    periods = (Period(ready - 60 * DAY, ready - 30 * DAY, True), Period(ready + 90 * DAY, ready + 120 * DAY, True))
    nodes.append(Node("launch", "Launch", "esa", ("mission:x",), "launch", periods=periods, intended=0))
    edges = [Edge(n, n + 2) for n in range(count - 2)] + [Edge(count - 1, count), Edge(count - 2, count)]
    rules = Rules("s", "Made up", START, **more)
    return critical_path(
        Network(dt.date(2012, 1, 31), tuple(nodes), tuple(edges), (), (rules,), dict.fromkeys(AGENCIES, "")), "launch"
    )


def texts(chart):
    return [one.text for one in ElementTree.fromstring(chart_bytes(chart, "svg")).iter(f"{SVG}text")]


def described(chart):
    drawing = ElementTree.fromstring(chart_bytes(chart, "svg"))
    return [one.get("aria-label") for one in drawing.iter() if one.get("aria-roledescription") == "rect mark"]


# every picture


@pytest.mark.parametrize("name", NAMES)
def test_definitions_hold_and_name_no_address(name, pictures):
    spec = pictures[name].to_dict()  # raises where the definition does not follow its schema
    assert spec.pop("$schema").startswith("https://vega.github.io/schema/vega-lite/")
    assert "//" not in json.dumps(spec)
    assert len(spec["description"]) > 60
    assert spec["layer"]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_keep_their_width_and_their_words_within(name, pictures):
    drawing = ElementTree.fromstring(chart_bytes(pictures[name], "svg"))
    assert float(drawing.get("width")) <= 1376
    assert float(drawing.get("height")) > 100
    assert len([one for one in drawing.iter(f"{SVG}text") if one.text]) > 8


def test_kinds_of_drivers_have_letters(pictures, study):
    assert {one.kind[0].upper() for one in study.drivers} <= set(texts(pictures["tornado"])) & {"R", "C", "D"}


def grey(colour):
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_shades_of_energy_and_of_drivers_are_apart_in_grey():
    from synodos.report.charts.delay import CAUSES, OTHER, SHARE
    from synodos.report.charts.porkchop import SHADES
    from synodos.report.charts.tornado import KINDS

    for shades in (SHADES, [shade for *_, shade in KINDS.values()], (CAUSES, SHARE, OTHER)):
        assert all(later - before > 15 for before, later in pairwise(map(grey, shades)))


# gantt


def test_the_chart_has_a_row_for_every_activity_with_its_dates(relay, relay_path, pictures):
    said = described(pictures["gantt"])
    nodes = relay_path.network.nodes
    assert len(said) == len(nodes)
    for place, node in enumerate(nodes):
        last = finish_text(node.type, relay_path.early_start[place], relay_path.early_finish[place])
        (line,) = (one for one in said if one.startswith(f"{node.name}, "))
        assert f"to {last}, total float {relay_path.total_float_days(place):.0f} days" in line


def test_more_rows_than_can_be_read_are_cut_with_a_word(portfolio):
    path = made_up(90)
    chart = gantt_chart(portfolio, path, who_holds(path))
    assert len(described(chart)) == 60
    assert chart.description.endswith("Left out: 31 activities with more float.")
    shown = {line.partition(",")[0] for line in described(chart)}
    on_path = {node.name for place, node in enumerate(path.network.nodes) if path.on_longest_path[place]}
    assert on_path <= shown


def test_names_stay_in_their_column(portfolio):
    path = made_up(12)
    drawn = [text for text in texts(gantt_chart(portfolio, path, who_holds(path))) if text and "Activity" in text]
    assert len(drawn) == 12
    assert all(text_width(text, bold=True) <= 330 for text in drawn)


def test_float_that_is_missing_is_drawn_and_explained(portfolio):
    late, easy = made_up(12), made_up(12, finish_by=START + 4000 * DAY)
    assert min(late.total_float) < 0
    assert "too late by so much" in texts(gantt_chart(portfolio, late, who_holds(late)))
    network = replace(easy.network, nodes=tuple(replace(node, intended=None) for node in easy.network.nodes))
    calm = critical_path(network)
    assert min(calm.total_float) >= 0
    assert "too late by so much" not in texts(gantt_chart(portfolio, calm, who_holds(calm)))


def test_agencies_keep_their_colours_and_a_word(portfolio):
    path = made_up(12)
    chart = gantt_chart(portfolio, path, who_holds(path))
    svg = chart_bytes(chart, "svg").decode()
    colours = agency_colours(portfolio)
    assert all(colours[agency] in svg for agency in ("esa", "nasa"))
    assert {"ESA", "NASA", "JAXA"} <= set(texts(chart))


def test_an_activity_that_nobody_plans_elsewhere_gets_a_colour_too(relay):
    assert {"aurora", "boreal"} <= agency_colours(relay).keys()


# handovers


def test_the_strip_has_a_lane_for_each_holder_and_numbers_each_handover(portfolio):
    path = made_up(12)
    holding = who_holds(path)
    chart = handovers_chart(portfolio, path, holding)
    found = texts(chart)
    assert {portfolio.agency_name(agency) for agency in holding.by_agency} <= set(found)
    assert [text for text in found if text in {str(n) for n in range(1, 40)}][1:] == [
        str(n) for n in range(1, len(holding.handovers) + 1)
    ]
    assert len(described(chart)) == len(holding.stretches) + len(holding.equally_long)
    for share in holding.shares:
        assert percent(share.fraction) in chart.description


def test_chains_that_are_as_long_stand_in_the_strip_too(portfolio):
    path = made_up(12)
    nodes = [
        replace(node, duration=30 * DAY, remaining=30 * DAY) if node.duration else node for node in path.network.nodes
    ]
    tied = critical_path(replace(path.network, nodes=tuple(nodes)), "launch")
    holding = who_holds(tied)
    chart = handovers_chart(portfolio, tied, holding)
    work = {key for key in holding.equally_long if tied.network.nodes[tied.network.place[key]].duration}
    assert work
    assert "work on another chain that is as long" in texts(chart)
    assert len(described(chart)) == len(holding.stretches) + len(work)
    assert "Other chains are as long" in chart.description


# confidence


def test_the_curve_rises_and_marks_its_percentiles(study, pictures):
    words = " ".join(filter(None, texts(pictures["confidence"])))
    for share in (50, 70):
        assert f"P{share} {study.finish.percentile(share).date()}" in words
    for period in (one for one in study.finish.periods if one.share or one.intended):
        assert f"{period.opens:%Y-%m}: {percent(period.share)}" in words
    assert "defaults only" not in words


def test_a_curve_of_defaults_says_so(relay, study):
    chart = confidence_chart(relay, replace(study, defaults_only=True))
    assert any("(defaults only)" in (text or "") for text in texts(chart))
    assert "Defaults only" in chart.description


def test_iterations_without_a_date_are_told(relay, study):
    finish = replace(study.finish, later=0.25, never=0.05)
    words = texts(confidence_chart(relay, study, finish))
    assert "25 % after the last known period; 5 % never" in words
    nothing = replace(
        finish, curve=(), later=1.0, never=0.0, percentiles=tuple((p, None) for p, _ in finish.percentiles)
    )
    chart = confidence_chart(relay, study, nothing)
    assert "No iteration has a date." in texts(chart)
    assert "P50: no date within the known launch periods" in chart.description


# cost and date, drivers, delay


def test_the_scatter_tells_the_joint_confidence(study, pictures):
    words = texts(pictures["jcl"])
    assert f"both kept: {percent(study.joint.joint)}" in words
    assert {percent(one.confidence) for one in study.joint.frontiers if one.points} <= set(words)
    assert study.joint.confidence_source in pictures["jcl"].description


def test_dots_never_outnumber_what_can_be_told_apart(relay, study):
    many = replace(study.joint, scatter=study.joint.scatter * 20)
    spec = jcl_chart(relay, study, many).to_dict()
    dots = [row for rows in spec["datasets"].values() for row in rows if row.get("size") == 11]
    assert 600 < len(dots) <= 1200


def test_every_driver_has_a_bar_with_its_days(study, pictures):
    said = described(pictures["tornado"])
    assert len(said) == len(study.drivers)
    for one, line in zip(study.drivers, said, strict=True):
        assert line.startswith(one.name)
        assert days_text(one.days, signed=True) in line


def test_no_driver_is_an_answer(relay, study):
    chart = tornado_chart(relay, replace(study, drivers=()))
    assert "No risk, commitment or default moves the date." in texts(chart)


def test_each_agency_has_both_bars_and_the_rest_is_told(study, pictures):
    words = texts(pictures["delay"])
    for one in study.delay.agencies:
        assert {one.name, days_text(one.causes_days, signed=True), days_text(one.share_days, signed=True)} <= set(words)
    assert days_text(study.delay.interaction_days, signed=True) in words
    assert {"nobody answers for", "several at once (interaction)", "whole expected delay"} <= set(words)


# transfers


def test_the_porkchop_plot_numbers_its_minima(mars, pictures):
    _, found = mars
    said = described(pictures["porkchop"])
    assert [line.partition(",")[0] for line in said] == [f"Leaves {one.departs}" for one in found.minima]
    assert "Launch opportunities from the Earth to Mars" in texts(pictures["porkchop"])
    assert any(re.fullmatch(r"up to \d+ km²/s²", text or "") for text in texts(pictures["porkchop"]))


def test_a_long_search_draws_no_lines_of_speed():
    after, before = dt.date(2012, 1, 1), dt.date(2030, 1, 1)
    grid = porkchop("earth", "mars", after, before, departure_step_days=40)
    words = texts(porkchop_chart(grid, launch_periods("earth", "mars", after, before)))
    assert "arrival speed in km/s" not in words


def area(points):
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*points, points[0]])) / 2


def test_the_contour_of_a_hill_is_its_circle():
    x = y = np.linspace(-100.0, 100.0, 201)
    grid = np.hypot(x[:, None], y[None, :])
    (line,) = loops(grid, x, y, 50.0)
    assert max(abs(math.hypot(*point) - 50.0) for point in line) < 0.1
    assert abs(area(line)) == pytest.approx(math.pi * 50**2, rel=0.001)


def test_a_ring_has_a_hole_that_runs_the_other_way():
    x = y = np.linspace(-100.0, 100.0, 201)
    grid = np.abs(np.hypot(x[:, None], y[None, :]) - 60.0)
    outer, inner = sorted((area(line) for line in loops(grid, x, y, 10.0)), key=abs, reverse=True)
    assert outer * inner < 0
    assert abs(outer + inner) == pytest.approx(math.pi * (70**2 - 50**2), rel=0.01)


def test_what_is_low_at_the_border_closes_along_it():
    x = y = np.linspace(0.0, 10.0, 11)
    (line,) = loops(np.zeros((11, 11)), x, y, 1.0)
    assert abs(area(line)) == pytest.approx(100.0)
    assert loops(np.full((11, 11), np.inf), x, y, 1.0) == []


@given(st.lists(st.integers(0, 9), min_size=36, max_size=36), st.integers(0, 8))
def test_contours_part_what_is_low_from_what_is_high(values, level):
    grid = np.array(values, dtype=float).reshape(6, 6)
    x = y = np.arange(6) * 50.0
    inside = np.zeros((6, 6), dtype=int)
    for line in loops(grid, x, y, level + 0.5):
        turn = 1 if area(line) > 0 else -1
        for i, j in np.ndindex(6, 6):
            inside[i, j] += turn * _holds(line, x[i] + 1e-7, y[j] + 1e-7)
    strictly = (x[None, :] > x[0]) & (x[None, :] < x[-1]) & (y[:, None] > y[0]) & (y[:, None] < y[-1])
    assert (inside[strictly] == (grid[strictly] <= level)).all() or (
        inside[strictly] == -(grid[strictly] <= level)
    ).all()


def _holds(line, px, py):
    """Whether a loop goes around a point (even number of crossings: it does not)."""
    crossings = 0
    for (x0, y0), (x1, y1) in pairwise([*line, line[0]]):
        if (y0 > py) != (y1 > py) and px < x0 + (py - y0) * (x1 - x0) / (y1 - y0):
            crossings += 1
    return crossings % 2


# axes


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(4, 12))
def test_round_values_lie_between_the_ends_and_are_not_too_many(low, length, most):
    ticks = Scale(low, low + length, 0.0, 100.0).ticks(most)
    assert 1 <= len(ticks) <= most + 1
    assert all(low - 1e-6 * length <= tick <= low + length * (1 + 1e-6) for tick in ticks)


@given(st.dates(dt.date(1971, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 40_000), st.integers(150, 1400))
def test_dates_lie_between_the_ends_in_order_and_apart(first, days, width):
    scale = Timescale(midnight(first), midnight(first) + days * DAY, 0.0, float(width))
    ticks = scale.ticks()
    places = [scale.at(at) for at, _ in ticks]
    assert all(0 <= place <= width for place in places)
    words = [text_width(text) for _, text in ticks]
    for (one, other), (left, right) in zip(pairwise(places), pairwise(words), strict=True):
        assert other - one >= (left + right) / 2


def test_ends_hold_all_values_and_zero_where_asked():
    assert round_ends([3.0, 5.0], zero=True)[0] == 0.0
    low, high = round_ends([-3.0, 5.0], zero=True)
    assert low < -3.0
    assert high > 5.0
    assert round_ends([], zero=False)[0] < round_ends([], zero=False)[1]
    low, high = round_ends([4.0])
    assert low < 4.0 < high
