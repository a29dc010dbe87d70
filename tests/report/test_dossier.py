"""The dossier of one mission: partners, gaps and dependences as the sources and the engine tell them."""

import datetime as dt
from functools import cache

import pytest

from synodos.cooperation import dependence, opportunities, partners_of
from synodos.exchange import read_history
from synodos.report import dossier_answer
from tests.language.minimal import agency, history, statement


@pytest.fixture(scope="module")
def seen(root):
    """What the public saw of a portfolio on a day."""
    read = {name: read_history(root / "portfolios" / name) for name in ("exploration2011", "exomars", "hubble")}

    @cache
    def on(name, day=None):
        return read[name].known_on(dt.date.fromisoformat(day) if day else None).as_seen_by("public")

    return on


@pytest.fixture(scope="module")
def told(seen):
    """The dossier of a mission on a day, made once for all that is asked of it."""

    made = cache(lambda name, mission, day: dossier_answer(seen(name, day), mission))
    return lambda name, mission, day=None: made(name, mission, day)


def table(answer, name):
    """Rows of one table of a dossier, as mappings."""
    (found,) = (t for t in answer.tables if t.name == name)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def gaps(answer):
    return {row["requires"] for row in table(answer, "requirements") if row["met by"] == "nobody"}


def dependences(answer, form="interdependence"):
    return {(row["depends on"], row["for"]) for row in table(answer, "dependence") if row["form"] == form}


TURNS = ["2009-12-17", "2012-02-13", "2013-03-14", "2022-03-17"]
OTHER_DAYS = ["2006-12-31", "2011-10-04", "2026-06-30"]
CASES = [
    ("exploration2011", None, "chandrayaan-2"),
    pytest.param("exploration2011", None, "exomars-2018", marks=pytest.mark.proof),
    *(("exomars", day, "exomars-rover") for day in TURNS),
    *(pytest.param("exomars", day, "exomars-rover", marks=pytest.mark.proof) for day in OTHER_DAYS),
    ("hubble", None, "hubble"),
]


@pytest.mark.parametrize(("name", "day", "mission"), CASES)
def test_a_dossier_says_what_the_engines_say(name, day, mission, seen, told):
    portfolio = seen(name, day)
    plan, answer = portfolio.missions[mission], told(name, mission, day)
    own = [item for item in dependence(portfolio).items if item.record == f"mission:{mission}"]
    rows = [(row["depends on"], row["for"], row["form"]) for row in table(answer, "dependence")]
    label = portfolio.capabilities.label
    assert set(rows) == {(portfolio.agency_name(item.on), label(item.capability), item.form) for item in own}
    assert len(rows) == len({(item.on, item.capability, item.met_by) for item in own})
    assert {key for item in own for key in item.evidence} <= set(answer.envelope.evidence)
    lead, *partners = [row["agency"] for row in table(answer, "partners")]
    assert lead == portfolio.agency_name(plan.owner)
    assert partners == [portfolio.agency_name(agency) for agency in partners_of(portfolio, plan)]
    assert len(table(answer, "requirements")) == len(plan.requirements)
    known = {one.why for one in opportunities(portfolio).ranked}
    assert {row["why"] for row in table(answer, "opportunities")} <= known
    cited = {row["key"] for row in table(answer, "sources")}
    assert set(plan.sources) <= cited <= set(portfolio.header.sources)


def test_chandrayaan_2_hangs_on_the_russian_lander_and_lacks_an_upper_stage(told):
    # Russia Beyond, 18 August 2010: a Russian lander, an Indian orbiter and rover, one Indian launcher.
    answer = told("exploration2011", "chandrayaan-2")
    assert answer.document.lead == (
        "Chandrayaan-2 (lunar orbit, lunar surface) is led by ISRO, with Roscosmos; in development, "
        "planned for 2013 to 2014."
    )
    _, russia = table(answer, "partners")
    assert (russia["agency"], russia["part"], russia["role as stated"]) == (
        "Roscosmos",
        "partner",
        "lander (Luna-Resurs)",
    )
    assert ("Roscosmos", "lunar lander") in dependences(answer)
    assert {agency for agency, _ in dependences(answer)} == {"Roscosmos"}
    assert gaps(answer) == {"upper stage of a launcher", "instruments for an orbiter (unspecified)"}
    questions = {row["question"] for row in table(answer, "questions")}
    assert {f"Who provides {gap}?" for gap in gaps(answer)} <= questions
    stage = [row for row in table(answer, "opportunities") if "upper stage" in row["why"]]
    assert "Roscosmos" in {name for row in stage for name in row["agencies"].split(", ")}


def test_the_rover_of_exomars_changes_its_partners_with_the_days(told):
    # Space Politics and ESA, December 2009: NASA lands and launches the rover of 2018.
    joint = told("exomars", "exomars-rover", "2009-12-17")
    assert {("NASA", "entry, descent and landing at Mars"), ("NASA", "launcher or launch service")} <= dependences(
        joint
    )
    assert gaps(joint) == set()
    # SpaceNews, 13 February 2012: NASA's budget ends its part, and Russia's is not agreed yet.
    alone = told("exomars", "exomars-rover", "2012-02-13")
    assert dependences(alone) == set()
    assert {"launcher or launch service", "entry, descent and landing at Mars"} <= gaps(alone)
    # ESA, 14 March 2013: Roscosmos launches and lands it.
    russian = told("exomars", "exomars-rover", "2013-03-14")
    assert ("Roscosmos", "launcher or launch service") in dependences(russian)
    assert ("NASA", "launcher or launch service") not in dependences(russian)
    # ESA, 17 March 2022: the launch with Russia is off.
    stopped = told("exomars", "exomars-rover", "2022-03-17")
    assert {"launcher or launch service", "entry, descent and landing at Mars"} <= gaps(stopped)
    assert "Roscosmos" not in {agency for agency, _ in dependences(stopped)}
    assert "When is it planned to fly?" in {row["question"] for row in table(stopped, "questions")}


def test_hubble_depended_on_european_arrays_until_americans_replaced_them(told):
    before = told("hubble", "hubble", "1994-01-01")
    assert dependences(before) == {("ESA", "solar arrays")}
    today = told("hubble", "hubble")
    assert dependences(today) == set()
    assert today.document.lead.endswith("; operating, dated from 1990-04-24 on.")
    assert table(today, "agreements")[0]["parties"] == "NASA, ESA"


def test_it_begins_with_the_next_steps_and_a_line_on_each_part(told):
    answer = told("exploration2011", "chandrayaan-2")
    assert [section.anchor for section in answer.document.sections][:5] == [
        "glance",
        "steps",
        "partners",
        "requirements",
        "dependence",
    ]
    glance = {row["matter"]: row["what is known"] for row in table(answer, "glance")}
    assert glance["provided by others"] == "essential: Roscosmos (lunar lander)"
    assert glance["nobody provides"].startswith("upper stage of a launcher (essential) and ")
    assert glance["scenarios"] == "Moon Next"
    assert glance["date"].endswith(" On defaults alone.")
    assert glance["law"].endswith(" to be determined")
    assert glance["instruments"] == "with Roscosmos: whether it binds and weighs enough is not known"
    steps = {row["what to do"]: row for row in table(answer, "steps")}
    stage = steps["Find who provides: upper stage of a launcher"]
    assert (stage["by"], stage["who"]) == ("2013 to 2014", "ISRO")
    assert steps["Conclude at least this: memorandum of understanding"]["who"] == "ISRO and Roscosmos"


def test_dependence_is_told_both_ways(told):
    # The Russian lander of the same name flies with the orbiter and leans on it.
    answer = told("exploration2011", "chandrayaan-2")
    assert {(row["agency"], row["its plan"]) for row in table(answer, "serves")} == {("Roscosmos", "Luna-Resurs")}


def test_the_page_leaves_out_what_says_nothing_and_the_answer_keeps_it(told):
    answer = told("hubble", "hubble")
    shown = [one for section in answer.document.sections for one in section.tables]
    assert all(one.rows for one in shown)
    assert {one.name for one in shown} < {one.name for one in answer.tables}
    kept = [one for section in answer.envelope.answer["sections"] for one in section["tables"]]
    assert len(kept) == len(answer.tables)


def test_every_aspect_has_a_finding_and_the_open_ones_are_missing(told):
    answer = told("exploration2011", "chandrayaan-2")
    rows = table(answer, "profile")
    assert len(rows) == len({row["aspect"] for row in rows}) > 10
    unstated = [row["aspect"] for row in rows if row["finding"].startswith("not stated")]
    assert [line.partition(":")[0] for line in answer.envelope.missing] == unstated
    assert unstated
    questions = " ".join(row["question"] for row in table(answer, "questions"))
    assert all(f"{aspect}: " in questions for aspect in unstated)


def test_what_is_withheld_reads_withheld_and_an_owed_part_names_its_agency():
    requirements = [
        {"capability": "launch", "essential": True, "met_by": ["rocket"]},
        {"capability": "propulsion", "essential": True, "provider": "nasa"},
    ]
    secret = {"owner": "nasa", "stated_by": "nasa", "release": ["esa"], "provides": ["launch"]}
    told = history(
        agency("nasa", short_name="NASA"),
        statement("mission", id="lander", requirements=requirements),
        statement("element", id="rocket", name="Big rocket", **secret),
    ).known_on()
    hidden, open_ = (dossier_answer(told.as_seen_by(viewer), "lander") for viewer in ("kari", "esa"))
    assert [row["met by"] for row in table(hidden, "requirements")] == ["withheld (withheld)", "not named (NASA)"]
    assert [row["met by"] for row in table(open_, "requirements")] == ["Big rocket (NASA)", "not named (NASA)"]
    assert gaps(hidden) == set()
    assert "element:rocket" in open_.envelope.evidence
    assert not any("rocket" in key for key in hidden.envelope.evidence)


def test_a_mission_that_is_not_there_is_refused(told):
    with pytest.raises(KeyError, match="no-such-mission"):
        told("hubble", "no-such-mission")
