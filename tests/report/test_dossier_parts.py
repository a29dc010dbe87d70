"""Parts of a dossier on a world of a few records, of which every cell is known."""

import datetime as dt
from types import SimpleNamespace

import pytest

from synodos.cooperation import dependence
from synodos.language import FLOWN
from synodos.report.answering.sources import sources_section, unverified_sentence
from synodos.report.documents import dossier_parts as parts
from synodos.report.documents.matter_tables import doubt_of, parties, steps_table
from synodos.report.law.words import cited
from synodos.roadmap import OpenMatter, dates_ahead
from tests.language.minimal import agency, history, statement

NORM = "AA-2"
EURO = {"amount": 2_000_000, "currency": "EUR", "price_year": 2011}
SOURCES = {
    "report": {"title": "Report", "publisher": "A press", "date": "2011-05"},
    "atlas": {"title": "Atlas"},
    "idle": {"title": "Cited by nobody"},
}
NEEDS = [
    {"capability": "launch", "essential": True, "met_by": ["rocket"], "by": "2014"},
    {"capability": "lunar-relay", "met_by": ["relay"]},
    {"capability": "communication", "essential": True, "met_by": ["relay", "rocket"]},
    {"capability": "robotic-arm", "essential": False, "basis": "inferred"},
]


@pytest.fixture(scope="module")
def world():
    """ESA's lander: its rocket, which also launches the relay of its own, is NASA's, and nobody brings the arm."""
    lander = {"requirements": NEEDS, "planned": "2015", "disputes": ["two dates"], "costs": [{"money": EURO}]}
    launch = {"capability": "launch", "essential": True, "met_by": ["rocket"]}
    return history(
        agency("esa", short_name="ESA", sources=["idle"]),
        agency("nasa", short_name="NASA"),
        statement("state", id="france", sources=["idle"]),
        statement("mission", id="lander", name="Lander", **lander),
        statement("element", id="relay", name="Relay", provides=["lunar-relay", "communication"], needs=[launch]),
        statement("element", id="rocket", name="Rocket", owner="nasa", provides=["launch", "communication"],
                  costs=[{"money": EURO}], unverified_fields=["provides"], sources=["report", "atlas"]),
        statement("commitment", id="money", name="Money", owner="nasa", to=["rocket"], level="intent", decision="2013"),
        statement("transfer", name="Radio", from_agency="esa", to_agency="nasa", plans=["rocket"]),
        statement("payment", name="Seats", payer="nasa", payee="esa", value=EURO, plans=["lander"]),
        statement("agreement", name="Pact", parties=["esa"], other_parties=["A firm"], covers=["relay"]),
        sources=SOURCES,
    ).known_on()  # fmt: skip


@pytest.fixture(scope="module")
def lander(world):
    return world.missions["lander"]


def tables(section):
    """Rows of the tables of a section, by name."""
    return {one.name: one.rows for one in section.tables}


def test_partners_bring_what_meets_a_need_and_stand_behind_what_is_used(world, lander):
    section = parts.partners_section(world, lander)
    label = world.capabilities.label
    brought = {key: f"{label('communication')} ({name})" for key, name in (("esa", "Relay"), ("nasa", "Rocket"))}
    relay = f"{label('lunar-relay')} (Relay)"
    assert tables(section)["partners"] == (
        ("ESA", "lead", None, f"{relay}; {brought['esa']}", None),
        ("NASA", "partner", None, f"{label('launch')} (Rocket); {brought['nasa']}", "intent: Money"),
    )
    assert section.sentences == ()


def test_requirements_are_counted_by_who_meets_them(world, lander):
    section = parts.requirements_section(world, lander)
    assert section.sentences == ("4 requirements stated: 1 met by ESA alone, 2 by others or together and 1 by nobody.",)
    found = tables(section)
    assert [row[2:5] for row in found["requirements"]] == [
        ("Rocket (NASA)", "2014", None),
        ("Relay (ESA)", "2015", None),
        ("Relay (ESA); Rocket (NASA)", "2015", None),
        ("nobody", "2015", "inferred"),
    ]
    assert [row[:2] for row in found["costs"]] == [("Lander", "ESA"), ("Rocket", "NASA")]
    assert [row[:3] for row in found["transfers"]] == [("Radio", "ESA", "NASA")]
    assert [row[:3] for row in found["payments"]] == [("Seats", "NASA", "ESA")]


@pytest.mark.parametrize("status", sorted(FLOWN))
def test_what_has_flown_needs_nothing_by_its_date(world, lander, status):
    flown = lander.model_copy(update={"status": status})
    rows = tables(parts.requirements_section(world, flown))["requirements"]
    assert [row[3] for row in rows] == ["2014", None, None, None]
    assert parts.lead_sentence(world, flown).endswith(f"; {status}, dated 2015.")


def test_flown_are_all_that_left():
    assert {"launched", "operating", "completed", "lost"} == FLOWN


def test_of_one_thing_needed_in_several_ways_the_shortest_is_told(world):
    items = [one for one in dependence(world).items if one.record == "mission:lander" and one.capability == "launch"]
    assert {len(one.via) for one in items} == {1, 2}
    for told in (items, items[::-1]):
        rows = tables(parts.dependence_section(world, told, ()))["dependence"]
        assert [row[3] for row in rows] == ["Rocket"]
    rows = tables(parts.dependence_section(world, [one for one in items if len(one.via) > 1], ()))["dependence"]
    assert [row[3] for row in rows] == ["Relay → Rocket"]


def test_the_best_opportunities_are_numbered_and_what_hinders_several_stands_once(world):
    found = [
        SimpleNamespace(kind="gap", agencies=["esa"], score=0.5, why=str(n), unverified=False, obstacles=["law"])
        for n in range(parts.MOST_OPPORTUNITIES + 1)
    ]
    section = parts.opportunities_section(world, found)
    assert [row[0] for row in tables(section)["opportunities"]] == list(range(1, parts.MOST_OPPORTUNITIES + 1))
    assert tables(section)["obstacles"] == (("law", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10"),)
    assert section.sentences == ("11 opportunities touch the mission. The best 10 are listed.",)


def test_an_agreement_names_parties_that_are_no_agencies(world, lander):
    assert [row[2] for row in parts.agreements_table(world, lander).rows] == ["ESA, A firm"]


def test_what_is_left_open_is_asked_once(world, lander):
    profile = SimpleNamespace(aspects=())
    label = world.capabilities.label
    asked = [row[0] for row in tables(parts.questions_section(world, lander, profile))["questions"]]
    assert asked == [
        f"Is {label('lunar-relay')} essential?",
        f"Who provides {label('robotic-arm')}?",
        "Sources disagree: two dates",
    ]


def test_steps_with_a_day_come_first_and_nothing_is_named_that_the_page_is_about(world):
    (decision,) = dates_ahead(world, kinds=["decision"])
    matters = [
        OpenMatter("provide", ("mission:lander", "element:rocket"), ("esa", "nasa"), "robotic-arm", None, "", ()),
        OpenMatter("resolve", ("mission:lander",), ("esa",), NORM, None, "", ()),
    ]
    table = steps_table(world, [decision], matters, dt.date(2012, 1, 1), known=("mission:lander",), but="esa")
    arm = world.capabilities.label("robotic-arm")
    assert table.rows == (
        ("Money: decision on what is only intent", "2013", "NASA", "", ""),
        (f"Find who provides: {arm}", "", "NASA", "Rocket", "essential, and nobody is named for it"),
        (
            f"Resolve the conflict with {cited(NORM, dt.date(2012, 1, 1))}",
            "",
            "ESA",
            "",
            "in conflict on the stated facts",
        ),
    )
    assert parties(world, ("esa",), "esa") == "ESA", "who stands alone is named"


def test_a_date_that_is_not_as_stated_says_so():
    doubts = [(basis, doubt_of(SimpleNamespace(basis=basis, unverified=True))) for basis in ("stated", "computed")]
    assert doubts == [("stated", "unverified"), ("computed", "computed")]
    assert doubt_of(SimpleNamespace(basis="stated", unverified=False)) == ""


def test_sources_are_cited_with_what_they_support_but_not_for_who_somebody_is(world):
    evidence = ["element:rocket", "mission:lander", "agency:esa", "state:france", "element:rocket", "element:gone"]
    section = sources_section(world, evidence)
    assert tables(section)["sources"] == (
        ("report", "Report, A press, 2011-05", None, "rocket, lander"),
        ("atlas", "Atlas", None, "rocket"),
    )
    assert section.sentences == ("1 of 4 records used here is unverified: element rocket.",)
    assert unverified_sentence(world, ["mission:lander"]) == "No record used here is unverified."
