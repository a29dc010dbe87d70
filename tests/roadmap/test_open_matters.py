"""What plans still ask for, and whose turn it is."""

import pytest

from synodos import law
from synodos.exchange import read_history
from synodos.roadmap import MATTER_SORTS, open_matters
from tests.language.minimal import agency, history, statement


def found(portfolio, *missions, of=None):
    """The open matters of missions."""
    scope = [f"mission:{key}" for key in missions]
    return open_matters(
        portfolio,
        missions,
        assessment=law.assess(portfolio, scope=scope),
        needs=law.instruments(portfolio, scope=scope),
        watched=law.watch(portfolio),
        of=of,
    )


def lacking(**given):
    """A portfolio whose mission and launcher both lack an upper stage."""
    stage = {"capability": "upper-stage", "essential": True}
    requirements = [
        {**stage, "by": "2014"},
        {"capability": "launch", "essential": True, "met_by": ["rocket"]},
        {"capability": "orbiter-instruments", "essential": False},
        {"capability": "life-support", "essential": None},
    ]
    return history(
        agency("isro"),
        statement("mission", id="lander", owner="isro", requirements=requirements, planned="2015", **given),
        statement("element", id="rocket", owner="isro", provides=["launch"], needs=[{**stage, "by": "2013"}]),
    ).known_on()


def test_an_essential_need_without_a_provider_is_one_matter_for_all_that_lack_it():
    (matter,) = (one for one in found(lacking(), "lander") if one.sort == "provide")
    assert (matter.term, matter.about) == ("upper-stage", ("mission:lander", "element:rocket"))
    assert (matter.who, str(matter.by)) == (("isro",), "2013")


def test_what_flies_needs_nothing_more_to_fly_and_of_what_is_over_nothing_is_open():
    assert "provide" not in {one.sort for one in found(lacking(status="operating"), "lander")}
    for status in ("completed", "lost"):
        assert found(lacking(status=status), "lander") == ()


@pytest.fixture(scope="module")
def gateway(root):
    return read_history(root / "portfolios/exploration2026").known_on(viewer="public")


def test_artemis_4_waits_for_instruments_with_its_partners_and_for_answers(gateway):
    matters = found(gateway, "artemis-4")
    assert [one.sort for one in matters] == sorted((one.sort for one in matters), key=MATTER_SORTS.index)
    concluded = {(one.who, one.text) for one in matters if one.sort == "conclude"}
    needed = law.instruments(gateway, scope="mission:artemis-4")
    assert concluded == {((one.lead, one.partner), one.verdict) for one in needed if one.verdict != "covered"}
    asked = {one.term for one in matters if one.sort == "answer"}
    findings = law.assess(gateway, scope=["mission:artemis-4"]).findings
    assert asked == {q.id for f in findings for q in f.questions} - {"bound", "date", "exemption"}
    assert asked


def test_only_what_is_somebodys_turn(gateway):
    whole, own = found(gateway, "artemis-4"), found(gateway, "artemis-4", of={"esa"})
    assert own
    assert all("esa" in one.who for one in own)
    assert {one.term for one in own if one.sort == "answer"} <= {one.term for one in whole if one.sort == "answer"}
    # an agency looks at each of its agreements, whatever mission it is about
    watched = {f"agreement:{one.agreement}" for one in law.watch(gateway, for_agency="esa") if one.kind == "in-doubt"}
    assert watched <= {key for one in own for key in one.about}
