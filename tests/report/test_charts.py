"""The pictures: what is drawn, that nothing overlaps, and that nothing leaves the page."""

import datetime as dt
import json
import random
import re
from dataclasses import replace
from xml.etree.ElementTree import Element as Picture

import pytest
from defusedxml import ElementTree

from synodos.cooperation import Opportunity, dependence
from synodos.language import BANDS, Agency, Element, Header, Mission, Need, Portfolio
from synodos.report.charts import (
    chart_bytes,
    coverage_chart,
    coverage_table,
    dependence_chart,
    opportunities_chart,
    roadmap_chart,
    roadmap_table,
)
from synodos.report.charts.layout import (
    ROADMAP,
    laid_out,
)
from synodos.report.charts.look import agency_colours, text_width
from synodos.report.charts.plans import bands_of, entry, plan_label
from synodos.report.charts.roadmap_arrows import arrows
from synodos.report.charts.timeline import Frame, Years

DAY = dt.date(2011, 12, 31)
NAMES = (
    *("ESA", "NASA", "Roscosmos", "JAXA", "CNSA", "ISRO"),
    *("CNES", "DLR", "ASI", "CSA", "UKSA", "KARI", "SSAU", "CSIRO"),
)
PLACES = ("earth-analogue", "iss", "lunar-orbit", "lunar-south-pole", "apophis", "phobos", "mars-surface", "deep-space")
PROPER = (
    "Luna-Glob",
    "ExoMars Trace Gas Orbiter",
    "International Lunar Network anchor nodes",
    "Mars Science Laboratory (Curiosity)",
    "First flights of SLS with the crew vehicle",
    "Tiangong-1 and Shenzhou-8, -9, -10",
    "Mars precision lander with fetch rover; Phobos sample return",
    "LADEE (Lunar Atmosphere and Dust Environment Explorer)",
    "GRAIL",
)
STATUSES = ["idea", "studied", "planned", "approved", "in-development", "operating", "deferred", "cancelled", "lost"]
CAPABILITIES = [
    "heavy-launch",
    "crew-transport",
    "communications-relay",
    "robotic-rover",
    "drill",
    "habitation",
    "lunar-lander",
]
COMMON = {"release": "public", "as_of": "2011-06", "stated_by": "compiler", "sources": ("a",)}
PLAIN = {**COMMON, "confidence": "read"}
MARK = "rect mark"
"""What readers of the screen call the unseen boxes that carry the descriptions."""
CHARTS = {
    "roadmap": lambda portfolio: roadmap_chart(portfolio, dependence(portfolio).items),
    "dependence": lambda portfolio: dependence_chart(dependence(portfolio).items, portfolio),
    "opportunities": lambda portfolio: opportunities_chart([], portfolio),
    "coverage": coverage_chart,
}


def agency(name, **more):
    return Agency(
        **{**PLAIN, "id": name.lower(), "owner": name.lower(), "name": name, "short_name": name, "actor": "agency"}
        | more
    )


def mission(id="m", owner="esa", **more):
    return Mission(**{**PLAIN, "status": "planned", "name": id, "id": id, "owner": owner} | more)


def element(id="e", owner="esa", **more):
    return Element(**{**PLAIN, "status": "planned", "name": id, "id": id, "owner": owner} | more)


def portfolio(*records):
    header = Header(
        id="made-up",
        title="Made up",
        known_on=DAY.isoformat(),
        compiler={"id": "compiler", "name": "Compiler"},
        sources={"a": {"title": "A text"}},
    )
    return Portfolio(header, DAY, None, {}).replace(*map(agency, NAMES), *records)


def opportunity(**more):
    known = {
        "kind": "complement",
        "id": "one",
        "agencies": ("esa", "nasa"),
        "capability": "lunar-lander",
        "objective": None,
        "destinations": (),
        "bands": (),
        "years": (2014, 2016),
        "score": 0.75,
        "parts": (),
        "obstacles": (),
        "records": ("mission:m",),
        "unverified": False,
        "why": "ESA seeks a lander that NASA has.",
    }
    return Opportunity(**known | more)


def drawn(chart):
    """The picture as parsed SVG; a picture that is parsed already stays as it is."""
    return chart if isinstance(chart, Picture) else ElementTree.fromstring(chart_bytes(chart, "svg"))


def texts(chart):
    """Every line of type in the picture."""
    return [element.text for element in drawn(chart).iter("{http://www.w3.org/2000/svg}text")]


def described(chart):
    """What readers of the screen meet, mark by mark."""
    return [e.get("aria-label") for e in drawn(chart).iter() if e.get("aria-roledescription") == MARK]


def shapes(chart, **style):
    """Paths in the picture that have all these attributes."""
    wanted = {name.replace("_", "-"): value for name, value in style.items()}
    found = drawn(chart).iter("{http://www.w3.org/2000/svg}path")
    return [path for path in found if wanted.items() <= path.attrib.items()]


def stretch(chance):
    """A date as sources state them."""
    year = min(2010 + int(chance.expovariate(1 / 7)), 2040)
    forms = (f"{year}-03", f"{year}-03-15", str(year), str(year), f"{year}..{year + 4}", f"{year}..", None)
    return chance.choice(forms)


def plan_facts(chance, name):
    """What missions and elements of a busy portfolio have in common."""
    return {
        "owner": chance.choices([name.lower() for name in NAMES], weights=range(14, 0, -1))[0],
        "name": f"{chance.choice(PROPER)} {name}",
        "destinations": chance.sample(PLACES, chance.choice((1, 1, 2))),
        "status": chance.choice(STATUSES),
        "crewed": chance.choice((True, False, False, None)),
        "partners": [{"agency": name.lower()} for name in chance.sample(NAMES, chance.choice((0, 1, 2, 5)))],
        "confidence": chance.choice(("read", "secondary", "unverified")),
        "provides": chance.sample(CAPABILITIES, chance.choice((0, 1, 2))),
    }


def requirement(chance, elements):
    """A requirement, met by an element or by nobody."""
    met_by = chance.choice(((), (f"e{chance.randrange(elements)}",)))
    essential = chance.choice((True, False, None))
    return {"capability": chance.choice(CAPABILITIES), "essential": essential, "met_by": met_by}


@pytest.fixture(scope="module")
def crowd():
    """As many plans as the roadmap has to bear."""
    chance = random.Random(2011)  # noqa: S311 - the same plans in every run
    missions = [
        mission(
            f"m{number}",
            planned=stretch(chance),
            requirements=[requirement(chance, 60)],
            **plan_facts(chance, f"M{number}"),
        )
        for number in range(120)
    ]
    elements = [element(f"e{n}", available=stretch(chance), **plan_facts(chance, f"E{n}")) for n in range(60)]
    return portfolio(*missions, *elements)


# Roadmap


def test_a_stated_year_is_a_bar_of_that_years_width_and_a_day_is_a_point():
    frame = Frame(100, 1200, Years(2010, 2020, 2020), 1400)
    known = portfolio(mission("year", planned="2017"), mission("day", planned="2017-05-03"))
    made = [entry(known, plan, frame, 400) for plan in known.missions.values()]
    layout = laid_out(made, [30.0] * len(BANDS), frame, 0)
    assert layout.by_key["mission:year"].bar == (pytest.approx(frame.x(2017)), pytest.approx(frame.x(2018)))
    assert layout.by_key["mission:day"].bar is None
    assert layout.by_key["mission:day"].glyph_x == pytest.approx(frame.x(2017 + (122 + 0.5) / 365))


def test_an_open_end_is_drawn_as_a_stub_and_marked():
    frame = Frame(100, 1200, Years(2010, 2020, 2020), 1400)
    known = portfolio(element("open", available="2012.."))
    layout = laid_out([entry(known, known.elements["open"], frame, 400)], [30.0] * len(BANDS), frame, 0)
    placed = layout.by_key["element:open"]
    assert placed.bar == (pytest.approx(frame.x(2012)), pytest.approx(frame.x(2012) + ROADMAP.stub))
    assert layout.opens(placed) == (None, placed.bar[1])


def test_label_names_lead_and_partners():
    plan = mission("exomars", name="ExoMars 2016", partners=[{"agency": "nasa"}])
    assert plan_label(portfolio(plan), plan, 400) == "ExoMars 2016 · ESA + NASA"


def test_label_counts_partners_where_there_are_many_and_never_loses_the_lead():
    partners = [{"agency": name.lower()} for name in NAMES[1:8]]
    plan = mission("m", name="A name that goes on and on (and says so)" * 3, partners=partners, status="cancelled")
    label = plan_label(portfolio(plan), plan, 350)
    assert label.endswith("… · ESA + NASA + Roscosmos + 5 more · cancelled")
    assert text_width(label) <= 350


def test_a_plan_with_several_destinations_stands_in_the_outermost_band():
    plan = mission("m", destinations=["mars-orbit", "iss", "deep-space"])
    assert bands_of(portfolio(plan), plan) == ("mars-vicinity", "leo", "other")


def test_roadmap_draws_each_plan_once_with_its_label(crowd):
    chart = drawn(roadmap_chart(crowd, dependence(crowd).items))
    said = described(chart)
    assert len(said) == len(crowd.missions) + len(crowd.elements)
    joined = " ".join(texts(chart))
    for plan in (*crowd.missions.values(), *crowd.elements.values()):
        assert sum(text.startswith(f"{plan.name}, ") for text in said) == 1
        assert plan.name.partition(" ")[0] in joined
    for title in ("Earth", "Low Earth orbit", "Lunar vicinity", "Lunar surface", "Asteroids", "Mars surface"):
        assert title in texts(chart)


def test_roadmap_draws_bands_from_the_earth_outwards():
    found = texts(roadmap_chart(portfolio()))
    order = [
        "Earth",
        "Low Earth orbit",
        "Lunar vicinity",
        "Lunar surface",
        "Asteroids",
        "Mars vicinity",
        "Mars surface",
    ]
    places = [found.index(title) for title in order]
    assert places == sorted(places)


@pytest.mark.parametrize(("confidence", "dashed"), [("read", 0), ("unverified", 1)])
def test_roadmap_draws_what_is_unverified_dashed_and_hollow(confidence, dashed):
    chart = roadmap_chart(portfolio(mission(planned="2014", confidence=confidence)))
    bars = [path for path in shapes(chart, stroke_dasharray="3,2") if path.get("fill") == "#ffffff"]
    assert len(bars) == 2 * dashed  # the bar, and its sample in the key


@pytest.mark.parametrize("status", ["cancelled", "lost", "deferred"])
def test_roadmap_crosses_what_is_over_and_says_so(status):
    chart = roadmap_chart(portfolio(mission(planned="2014", status=status)))
    assert f"m · ESA · {status}" in texts(chart)
    assert shapes(chart, opacity="0.55")
    assert "cancelled, lost or deferred" in texts(chart)
    assert "cancelled, lost or deferred" not in texts(roadmap_chart(portfolio(mission(planned="2014"))))


def test_roadmap_tells_crewed_and_robotic_and_elements_apart_by_shape():
    known = [mission("crewed", crewed=True), mission("robotic", crewed=False), mission("unknown"), element("element")]
    spec = json.loads(chart_bytes(roadmap_chart(portfolio(*known)), "json"))
    own = [
        rows
        for rows in spec["datasets"].values()
        if len(rows) == len(known) and all("shape" in row and "lead_id" in row for row in rows)
    ]
    assert len(own) == 1
    assert len({row["shape"] for row in own[0]}) == len(known)


def test_roadmap_lists_what_has_no_date_beside_the_years():
    chart = roadmap_chart(portfolio(mission(), mission("dated", planned="2014")))
    assert "date not stated" in texts(chart)
    assert "m · ESA" in texts(chart)
    assert "date not stated" not in texts(roadmap_chart(portfolio(mission("dated", planned="2014"))))


def test_roadmap_draws_an_arrow_for_each_pair_and_a_chain_link_by_link():
    met_by = lambda *keys: [{"capability": "drill", "essential": True, "met_by": keys}]  # noqa: E731 - twice, inline
    known = portfolio(
        mission("m", requirements=[*met_by("own"), *met_by("theirs"), *met_by("theirs")]),
        element("own", provides=["drill"], needs=met_by("far")),
        element("theirs", owner="nasa", provides=["drill"]),
        element("far", owner="jaxa", provides=["drill"]),
    )
    frame = Frame(100, 1200, Years(2010, 2020, 2020), 1400)
    plans = (*known.missions.values(), *known.elements.values())
    layout = laid_out([entry(known, plan, frame, 400) for plan in plans], [30.0] * len(BANDS), frame, 0)
    found = {(arrow.source, arrow.target) for arrow in arrows(layout, dependence(known).items)}
    assert found == {
        ("element:theirs", "mission:m"),
        ("element:far", "element:own"),
        ("element:own", "mission:m"),
    }


def test_arrow_that_only_unverified_facts_support_is_dashed():
    needs = [{"capability": "drill", "essential": True, "met_by": ["e"]}]
    for confidence, wanted in (("read", 0), ("unverified", 1)):
        provider = element("e", owner="nasa", provides=["drill"], confidence=confidence, destinations=["iss"])
        known = portfolio(mission(requirements=needs, destinations=["mars"]), provider)
        curves = [path for path in shapes(CHARTS["roadmap"](known), stroke_dasharray="3,2") if "C" in path.get("d")]
        assert len([path for path in curves if path.get("fill") == "none"]) == wanted


def test_roadmap_rings_the_plans_of_the_best_opportunities_only():
    known = portfolio(mission("m"), mission("n"))
    many = [opportunity(id=str(n), records=("mission:m" if n < 10 else "mission:n",)) for n in range(20)]
    assert "in one of the best opportunities" in texts(roadmap_chart(known, (), many))
    assert "in one of the best opportunities" not in texts(roadmap_chart(known))
    spec = json.loads(chart_bytes(roadmap_chart(known, (), many), "json"))
    said = {row["id"]: row["best"] for rows in spec["datasets"].values() for row in rows if "best" in row}
    assert said["m"].startswith("ESA seeks a lander")
    assert said["n"] == "none of the best concerns it"


def test_marks_lead_to_the_record_where_links_are_wanted():
    known = portfolio(mission("m"), element("e"))
    linked = chart_bytes(roadmap_chart(known, links=True), "svg").decode()
    assert sorted(re.findall('xlink:href="([^"]*)"', linked)) == ["#record-element-e", "#record-mission-m"]
    assert "href=" not in chart_bytes(roadmap_chart(known), "svg").decode()


def test_agency_that_a_viewer_may_not_know_reads_withheld():
    hidden = agency("Secret", release="private")
    known = portfolio(hidden, mission("m", partners=[{"agency": "secret"}])).as_seen_by("public")
    assert "m · ESA + withheld" in texts(roadmap_chart(known))
    assert "Secret" not in chart_bytes(roadmap_chart(known), "svg").decode()


def test_agencies_keep_their_colours_and_the_many_share_grey(crowd):
    colours = agency_colours(crowd)
    assert len(set(colours.values())) == len(colours) < len(NAMES)
    assert agency_colours(crowd.replace()) == colours
    plans = [mission(f"m{number}", owner=name.lower()) for number, name in enumerate(NAMES)]
    assert "others, named in the label" in texts(roadmap_chart(portfolio(*plans)))


def test_roadmap_table_has_a_row_for_each_plan(crowd):
    table = roadmap_table(crowd)
    assert len(table.rows) == 180
    first = dict(zip(table.columns, table.rows[0], strict=True))
    plan = crowd.missions["m0"]
    assert (first["kind"], first["id"], first["status"], first["sources"]) == ("mission", "m0", plan.status, "a")
    assert first["date"] == (plan.planned.text if plan.planned else None)


# Dependence


def test_matrix_counts_essential_and_other_requirements_apart():
    needs = [{"capability": "drill", "essential": answer, "met_by": ["e"]} for answer in (True, False, None)]
    extra = [{"capability": "habitation", "essential": True, "met_by": ["e"]}]
    provider = element("e", owner="nasa", provides=["drill", "habitation"], confidence="unverified")
    known = portfolio(mission("m", requirements=needs + extra), provider)
    chart = CHARTS["dependence"](known)
    assert "ESA on NASA: 2 essential, 1 of use, not essential, 1 not known whether essential" in described(chart)
    assert {"2*", "1*", "who depends ↓", "in all"} <= set(texts(chart))


def test_matrix_gathers_the_agencies_that_count_least():
    made = []
    for number in range(30):
        made += [
            agency(f"Body{number}"),
            element(f"e{number}", owner=f"body{number}", provides=["drill"]),
            mission(f"m{number}", requirements=[{"capability": "drill", "met_by": [f"e{number}"]}]),
        ]
    found = texts(CHARTS["dependence"](portfolio(*made)))
    assert "agencies" in found  # the second line of `other agencies`
    assert sum(text.startswith("Body") for text in found) == 13


# Opportunities


def test_opportunities_are_labelled_with_agencies_and_score():
    long = opportunity(id="two", agencies=("esa", "nasa", "jaxa", "csa", "asi"), years=None, kind="gap")
    chart = opportunities_chart([opportunity(), long], portfolio())
    assert {"ESA + NASA · 0.75", "lunar lander"} <= set(texts(chart))
    assert "ESA + NASA + JAXA + 2 more · 0.75" in " ".join(texts(chart))
    assert "date not stated" in texts(chart)
    assert len(described(chart)) == 2


@pytest.mark.parametrize("years", [(2014, 2016), (2014, None), (None, 2016), (None, None), None])
def test_opportunities_may_have_open_years_or_none(years):
    chart = opportunities_chart([opportunity(years=years)], portfolio())
    assert described(chart) == ["ESA seeks a lander that NASA has."]


def test_an_opportunity_that_rests_on_unverified_facts_is_dashed():
    for unverified in (False, True):
        chart = opportunities_chart([opportunity(unverified=unverified)], portfolio())
        boxes = [path for path in shapes(chart, stroke_dasharray="3,2") if path.get("fill") == "#ffffff"]
        assert bool(boxes) == unverified


def test_opportunities_on_an_objective_carry_its_label():
    one = opportunity(capability=None, objective="search-for-life", kind="joint-interest")
    label = portfolio().vocabularies["exploration-objectives"].label("search-for-life")
    assert label.split()[0] in " ".join(texts(opportunities_chart([one], portfolio())))


# Coverage


def test_coverage_marks_what_is_needed_and_provided_by_nobody():
    lack = mission("m", planned="2015", requirements=[{"capability": "drill"}])
    chart = coverage_chart(portfolio(lack))
    assert "nobody" in texts(chart)
    assert "ESA needs it" in texts(chart)
    assert [row for row in described(chart) if "nobody provides it then" in row]
    provider = element("e", owner="nasa", provides=["drill"], available="2014..")
    covered = coverage_chart(portfolio(lack, provider))
    assert "nobody" not in texts(covered)
    assert {"NASA", "ESA needs it"} <= set(texts(covered))
    assert [row for row in described(covered) if "others provide it" in row]


def test_coverage_hatches_a_need_in_years_that_nobody_covers():
    early = element("e", owner="nasa", provides=["drill"], available="2011..2012")
    lack = mission("m", planned="2015", requirements=[{"capability": "drill"}])
    assert [row for row in described(coverage_chart(portfolio(lack, early))) if "nobody provides it then" in row]


def test_a_special_case_covers_the_general_need():
    special = element("e", owner="nasa", provides=["heavy-launch"], available="2011..")
    lack = mission("m", planned="2015", requirements=[{"capability": "launch"}])
    assert "nobody" not in texts(coverage_chart(portfolio(lack, special)))


def test_coverage_joins_stretches_of_one_agency():
    known = portfolio(
        element("a", provides=["drill"], available="2011..2013"),
        element("b", provides=["drill"], available="2013..2015"),
        element("c", provides=["drill"], available="2018..2019"),
    )
    assert len(described(coverage_chart(known))) == 2


def test_coverage_leaves_out_what_is_over_and_lists_what_has_no_date():
    known = portfolio(
        element("gone", provides=["drill"], available="2011..2013", status="cancelled"),
        element("some-day", owner="nasa", provides=["drill"], confidence="unverified"),
        Need(**PLAIN, id="n", owner="jaxa", name="n", seeks=[{"capability": "drill"}]),
    )
    found = texts(coverage_chart(known))
    assert "NASA*; needed by JAXA" in found
    assert "ESA" not in found


def test_coverage_table_names_each_record_with_its_support():
    known = portfolio(
        element("e", owner="nasa", provides=["drill"], available="2014..", confidence="unverified"),
        mission("m", planned="2015", requirements=[{"capability": "habitation"}]),
    )
    table = coverage_table(known)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert {(row["agency"], row["part"], row["kind"], row["id"]) for row in rows} == {
        ("NASA", "provides", "element", "e"),
        ("ESA", "needs; nobody provides it", "mission", "m"),
    }
    assert {row["id"]: (row["unverified"], row["sources"]) for row in rows} == {"e": (True, "a"), "m": (False, "a")}


# All pictures


@pytest.mark.parametrize("name", CHARTS)
def test_an_empty_portfolio_gives_a_picture_that_says_so(name):
    words = {
        "roadmap": "nothing stated",
        "dependence": "No dependence is stated.",
        "opportunities": "No opportunity was found.",
        "coverage": "Nothing is provided or needed.",
    }
    assert words[name] in texts(CHARTS[name](portfolio()))


@pytest.mark.parametrize("name", CHARTS)
def test_pictures_name_no_address_and_keep_their_width(name, crowd):
    chart = CHARTS[name](crowd)
    spec = chart.to_dict()  # raises where the definition does not follow its schema
    assert spec.pop("$schema").startswith("https://vega.github.io/schema/vega-lite/")
    assert "//" not in json.dumps(spec)
    assert spec["description"]
    svg = chart_bytes(chart, "svg").decode()
    assert set(re.findall(r"https?://[^\"]*", svg)) == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    picture = ElementTree.fromstring(svg)
    assert float(picture.get("width")) <= 1376
    assert any(text.startswith("Made up · known on 2011-12-31") for text in texts(picture))
    sizes = {line.get("font-size") for line in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert min(float(size.removesuffix("px")) for size in sizes) >= 10


@pytest.mark.parametrize("name", CHARTS)
def test_names_of_any_length_keep_the_width(name):
    long = "Very long name of something " * 40
    body = agency("Body", short_name=long)
    provider = element("e", owner="body", name=long, provides=["drill"], partners=[{"agency": "esa"}])
    needs = [{"capability": "drill", "met_by": ["e"]}, {"capability": "habitation"}]
    known = portfolio(
        body, provider, mission(name=long, owner="body", planned="2014"), mission("n", requirements=needs)
    )
    titled = replace(known, header=known.header.model_copy(update={"title": long}))
    assert float(drawn(CHARTS[name](titled)).get("width")) <= 1376


@pytest.mark.parametrize("name", CHARTS)
def test_pictures_repeat_to_the_byte(name):
    known = portfolio(mission(planned="2014", requirements=[{"capability": "drill"}]), element(provides=["habitation"]))
    assert chart_bytes(CHARTS[name](known), "json") == chart_bytes(CHARTS[name](known), "json")


def test_picture_formats_are_what_they_say():
    chart = CHARTS["dependence"](portfolio())
    assert chart_bytes(chart, "png").startswith(b"\x89PNG")
    assert chart_bytes(chart, "pdf").startswith(b"%PDF")
    assert chart_bytes(chart, "svg").startswith(b"<svg")
    with pytest.raises(ValueError, match="no picture format 'gif'"):
        chart_bytes(chart, "gif")


@pytest.mark.browser
@pytest.mark.usefixtures("letters_of_arial")
def test_roadmap_is_alive_offline_and_its_type_is_as_wide_as_laid_out(page, blocked_requests, tmp_path, crowd):
    import vl_convert

    spec = chart_bytes(roadmap_chart(crowd, dependence(crowd).items), "json").decode().replace("<", "\\u003c")
    code = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").replace("</script", "<\\/script")
    shown = f"vegaEmbed('#here', {spec}, {{actions: false, renderer: 'svg'}}).then(() => document.title = 'ready')"
    opened = tmp_path / "page.html"
    opened.write_text(f"<div id=here></div><script>{code}</script><script>{shown}</script>", encoding="utf-8")
    page.goto(opened.as_uri())
    page.wait_for_function("document.title == 'ready'")
    assert blocked_requests == []
    assert page.locator(f"[aria-roledescription='{MARK}']").count() == len(crowd.missions) + len(crowd.elements)
    wide = page.evaluate(
        "[...document.querySelectorAll('#here text')].map(t => [t.textContent, t.getComputedTextLength(),"
        " parseFloat(t.getAttribute('font-size')), t.getAttribute('font-weight')])"
    )
    assert [
        text for text, width, size, weight in wide if width > text_width(text, size, bold=weight == "700") + 1
    ] == []
    page.locator(".key_marks path").first.click()
    page.wait_for_function("document.querySelectorAll('#here [opacity=\"0.12\"]').length > 100")
