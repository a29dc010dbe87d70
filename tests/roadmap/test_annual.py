"""One year of the forum and its members, from made-up statements and from what the sources tell."""

import datetime as dt

import pytest

from synodos.exchange import read_history
from synodos.roadmap import annual
from tests.language.minimal import agency, history, statement


def year_of(told, year, viewer="public"):
    """The annual report on a year, as one viewer sees it at the end of all that is stated."""
    days = (None, dt.date(year - 1, 12, 31), dt.date(year, 12, 31))
    return annual(*(told.known_on(day, viewer) for day in days), year)


def events(found, key):
    return {
        (one.sort, one.record, one.before, one.after)
        for part in found.agencies
        if part.agency == key
        for one in part.events
    }


def plan(year, **given):
    return statement("mission", **{"id": "lander", "as_of": str(year), "planned": "2016", **given})


@pytest.fixture(scope="module")
def told():
    return history(
        agency("isro", as_of="2009", member_since="2009"),
        agency("kari", as_of="2011", member_since="2011-05"),
        agency("isecg", as_of="2009"),
        plan(2010, partners=[{"agency": "isro"}]),
        plan(2011, planned="2018", status="in-development", partners=[{"agency": "kari"}]),
        plan(2010, id="orbiter", planned="2011-03", status="launched"),
        plan(2010, id="sometime", planned="2010..2011", status="launched"),
        plan(2010, id="rover", owner="isro"),
        plan(2011, id="rover", owner="isro", retracted=True),
        plan(2011, id="drill"),
        statement("agreement", id="pact", parties=["isro", "kari"], owner="kari", signed="2011-06", as_of="2011"),
        statement("working-group", id="roadmap", owner="isecg", active="2010..", as_of="2010"),
        statement("working-group", id="quiet", owner="isecg", active="2010..2010", as_of="2010"),
        statement("meeting", id="kyoto", owner="isecg", held="2011-08-30", as_of="2011"),
        statement("meeting", id="later", owner="isecg", held="2012-03", as_of="2011"),
        statement("paper", id="map", owner="isecg", group="roadmap", stage="issued", issued="2011-09", as_of="2011"),
        statement("progress", id="group-2011", owner="isecg", group="roadmap", period="2011", as_of="2012"),
        statement("progress", id="own-2011", owner="isro", period="2011", future_work=["Land."], as_of="2012"),
        statement("progress", id="whole", owner="isecg", period="2011", accomplishments=["Met."], as_of="2012"),
        statement("progress", id="until", owner="isecg", period="..2013", accomplishments=["Old."], as_of="2012"),
        statement("action", id="send", owner="isecg", bearer="isro", due="2011-12", as_of="2011"),
    )


def test_changes_between_the_ends_of_the_year_are_told_as_they_are(told):
    found = year_of(told, 2011)
    assert found.compared
    assert events(found, "esa") == {
        ("flew", "mission:orbiter", "", "2011-03"),
        ("moved", "mission:lander", "2016", "2018"),
        ("standing", "mission:lander", "planned", "in-development"),
        ("partners", "mission:lander", "isro", "kari"),
        ("stated", "mission:drill", "", ""),
    }
    assert ("dropped", "mission:rover", "", "") in events(found, "isro")


def test_an_agreement_is_a_highlight_of_each_party(told):
    found = year_of(told, 2011)
    assert ("signed", "agreement:pact", "", "2011-06") in events(found, "isro") & events(found, "kari")


def test_what_is_declared_stands_with_the_group_the_forum_or_the_agency(told):
    found = year_of(told, 2011)
    assert {one.group: [told.record for told in one.reported] for one in found.groups} == {
        "": ["progress:whole"],
        "roadmap": ["progress:group-2011"],
    }
    (isro,) = (one for one in found.agencies if one.agency == "isro")
    assert [one.future_work for one in isro.reported] == [("Land.",)]
    assert "isecg" not in {one.agency for one in found.agencies}


def test_members_meetings_papers_and_actions_are_those_of_the_year(told):
    found = year_of(told, 2011)
    assert (found.members, found.joined, found.left) == (("isro", "kari"), ("kari",), ())
    assert (found.meetings, found.papers, found.actions) == (("kyoto",), ("map",), ("send",))
    assert "meeting:later" in {one.record for one in found.ahead}
    before = year_of(told, 2010)
    assert (before.members, before.joined, before.meetings) == (("isro",), (), ())


def test_a_year_before_which_nothing_is_stated_is_not_compared(told):
    found = year_of(told, 2009)
    assert not found.compared
    assert found.agencies == ()


def test_who_is_no_member_any_more_has_left():
    left = history(agency("isro", as_of="2009", member_since="2009"), agency("isro", as_of="2011"))
    assert year_of(left, 2011).left == ("isro",)
    assert year_of(left, 2010).left == ()


def test_what_is_not_released_to_the_viewer_is_in_no_year(told):
    secret = statement("mission", id="night", release=["kari"], as_of="2011", planned="2011", status="launched")
    talk = statement("progress", id="talk", owner="isro", period="2011", release=["kari"], as_of="2011")
    hidden = history(*told.statements[1:], secret, talk)
    assert year_of(hidden, 2011) == year_of(told, 2011)
    shown = year_of(hidden, 2011, "kari")
    assert ("flew", "mission:night", "", "2011") in events(shown, "esa")
    assert "progress:talk" in {one.record for part in shown.agencies for one in part.reported}


def test_a_year_after_all_that_is_known_is_refused(told):
    with pytest.raises(ValueError, match="year: found 2013, expected 2012 or earlier"):
        year_of(told, 2013)


def test_the_reference_architecture_of_2010(root):
    # ISECG, 20 July 2010: summary report of the reference architecture; 23 June 2010: senior managers meet.
    found = year_of(read_history(root / "portfolios/exploration2011"), 2010)
    assert "lunar-reference-architecture" in found.papers
    assert "national-harbor-2010" in found.meetings
    assert len(found.members) == 14
    assert ("flew", "mission:hayabusa-return", "", "2010-06-13") in events(found, "jaxa")
