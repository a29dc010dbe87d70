"""The brief of an agency: what the engines say of it, cut to what two or three pages hold."""

import pytest

from synodos.cooperation import dependence, opportunities
from synodos.exchange import read_history
from synodos.report import brief_answer
from synodos.roadmap import agency_brief, dates_ahead
from tests.language.minimal import agency, history, statement


@pytest.fixture(scope="module")
def plans(root):
    """The plans of 2011 without the missions that India has no part in, which only take time here."""
    whole = read_history(root / "portfolios/exploration2011").known_on(viewer="public")
    kept = {"chandrayaan-2", "isro-human", "isro-mars", "luna-resurs", "iln-anchor-nodes", "lro"}
    return whole.without(*(plan for key, plan in whole.missions.items() if key not in kept))


@pytest.fixture(scope="module")
def answer(plans):
    return brief_answer(plans, "isro")


def rows(answer, name):
    (found,) = (table for table in answer.tables if table.name == name)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_a_brief_says_what_the_engines_say(plans, answer):
    found = answer.envelope.answer
    assert [one["id"] for one in found["opportunities"]] == [one.id for one in opportunities(plans, "isro").ranked]
    items = dependence(plans, "isro").items
    assert [one["capability"] for one in found["depends"]] == [i.capability for i in items if i.dependent == "isro"]
    assert [one["capability"] for one in found["relied_on"]] == [i.capability for i in items if i.on == "isro"]
    assert {one["victim"] for one in found["hurts"]} == {"isro"}
    assert {one["scenario"] for one in found["alignments"]} == {"asteroid-next", "moon-next"}
    assert set(found["leads"]) == {"chandrayaan-2", "isro-human", "isro-mars"}
    assert set(found["part_in"]) == {"luna-resurs", "iln-anchor-nodes"}
    ahead = {one.record for one in dates_ahead(plans, for_agency="isro")}
    assert {one["record"] for one in found["ahead"]} <= ahead
    assert all({"isro", "ind"} & set(one["who"]) for one in found["matters"])


def test_isro_hangs_on_the_russian_lander_and_has_to_find_an_upper_stage(answer):
    # Russia Beyond, 18 August 2010: a Russian lander, an Indian orbiter and rover, one Indian launcher.
    (russia,) = (row for row in rows(answer, "depends") if row["agency"] == "Roscosmos")
    assert russia["essential for"] == "lunar lander (Chandrayaan-2)"
    assert "Chandrayaan-2" in russia["if it left, cannot fly"]
    to_do = [row["what to do"] for row in rows(answer, "steps")]
    assert "Find who provides: upper stage of a launcher" in to_do
    assert rows(answer, "relied-on")[0]["agency"] == "Roscosmos"


def test_a_brief_fits_on_a_few_pages(answer):
    most = {"opportunities": 6, "dates": 15, "steps": 12, "preparations": 4, "relied-on": 8}
    for table in answer.tables:
        assert len(table.rows) <= most.get(table.name, 12), table.name
    assert len(answer.document.sections) == 4


def test_it_looks_as_far_ahead_as_asked():
    landings = [statement("mission", id=f"landing-{year}", planned=str(year)) for year in (2013, 2015, 2020)]
    told = history(*landings).known_on()
    dates = {years: [str(one.when) for one in agency_brief(told, "esa", years=years).ahead] for years in (1, 5)}
    assert dates == {1: ["2013"], 5: ["2013", "2015"]}
    with pytest.raises(ValueError, match="years: found 0"):
        agency_brief(told, "esa", years=0)


def test_an_agency_that_states_nothing_gets_a_brief_that_says_so():
    told = history(agency("nasa", short_name="NASA")).known_on()
    answer = brief_answer(told, "nasa")
    assert answer.document.lead.startswith("NASA leads no mission and has a part in none of others")
    said = [sentence for section in answer.document.sections for sentence in section.sentences]
    assert "No opportunity is found in what is stated." in said
    assert not any(section.tables for section in answer.document.sections)


def test_an_agency_that_is_not_there_is_refused(plans):
    with pytest.raises(KeyError, match="nobody"):
        brief_answer(plans, "nobody")


def test_what_is_not_released_to_the_viewer_is_in_no_brief():
    launch = {"capability": "launch", "essential": True, "met_by": ["night-rocket"]}
    plans = [
        agency("nasa", short_name="NASA"),
        statement("mission", id="lander", owner="esa", requirements=[launch], planned="2014"),
    ]
    secret = statement(
        "element", id="night-rocket", name="Night rocket", owner="nasa", stated_by="nasa", release=["esa"],
        provides=["launch"], available="2013",
    )  # fmt: skip
    told = history(*plans, secret).known_on()
    hidden, shown = (brief_answer(told.as_seen_by(viewer), "esa") for viewer in ("public", "esa"))
    assert "ight" not in hidden.envelope.model_dump_json().replace("weight", "").replace("right", "")
    assert any("Some plans rest on what is not released" in s for s in hidden.document.sections[1].sentences)
    assert rows(shown, "depends")[0]["agency"] == "NASA"
