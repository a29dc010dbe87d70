"""What a meeting has to deal with, and points for it from what law finds missing."""

import datetime as dt
from types import SimpleNamespace

import pytest

from synodos.exchange import read_portfolio
from synodos.forum import agenda, instrument_items
from synodos.language import load
from synodos.law import instruments
from tests.language.minimal import history, statement


def paper(key, stage="for-decision", **given):
    return statement("paper", id=key, name=key.title(), stage=stage, **given)


def silence(closes):
    return {"opens": "2011-01-01", "closes": closes}


@pytest.fixture(scope="module")
def portfolio():
    return history(
        statement("terms-of-reference"),
        statement("terms-of-reference", id="others"),
        *(statement("working-group", id=key, terms="some-terms-of-reference") for key in ("science", "law")),
        paper("stated", terms="some-terms-of-reference"),
        paper("roadmap", terms="some-terms-of-reference"),
        paper("finding", stage="for-comment", terms="some-terms-of-reference", group="science"),
        paper("ending", terms="some-terms-of-reference", silence=silence("2011-06-10")),
        paper("running", terms="some-terms-of-reference", silence=silence("2011-06-11")),
        paper("early", stage="draft", terms="some-terms-of-reference"),
        paper("out", stage="issued", terms="some-terms-of-reference"),
        paper("elsewhere", terms="others"),
        statement("action", id="late", name="Send the plans", due="2011-06-09"),
        statement("action", id="today", name="Book the room", due="2011-06-10", group="science"),
        statement("action", id="later", name="Thank the host", due="2011-06-11"),
        statement("action", id="undated", name="Think"),
        statement(
            "meeting",
            held="2011-06-09..2011-06-10",
            terms="some-terms-of-reference",
            agenda=[{"name": "Welcome"}, {"name": "The paper", "papers": ["stated"]}],
        ),
        statement("meeting", id="of-group", held="2011-06-10", terms="some-terms-of-reference", group="science"),
        statement("meeting", id="undated", terms="some-terms-of-reference"),
    ).known_on()


def told(portfolio, meeting):
    return [(one.sort, one.name) for one in agenda(portfolio, meeting)]


def test_stated_points_come_first_and_then_what_is_due(portfolio):
    assert told(portfolio, "some-meeting") == [
        ("stated", "Welcome"),
        ("stated", "The paper"),
        ("silence", "Ending"),
        ("decision", "Roadmap"),
        ("decision", "Running"),
        ("comment", "Finding"),
        ("overdue", "Send the plans"),
        ("due", "Book the room"),
    ]


def test_points_name_their_papers_records_and_days(portfolio):
    points = {one.name: one for one in agenda(portfolio, "some-meeting")}
    assert (points["The paper"].papers, points["The paper"].records) == (
        ("stated",),
        ("meeting:some-meeting", "paper:stated"),
    )
    assert points["Ending"].by == dt.date(2011, 6, 10)
    assert points["Roadmap"].by is None
    assert points["Send the plans"].records == ("action:late",)


def test_a_working_group_meets_on_its_own_matters(portfolio):
    assert told(portfolio, "of-group") == [("comment", "Finding"), ("due", "Book the room")]


def test_a_meeting_without_a_day_takes_every_paper_that_waits(portfolio):
    assert ("silence", "Running") in told(portfolio, "undated")


def test_an_unknown_meeting_is_refused(portfolio):
    with pytest.raises(ValueError, match="meeting: expected the id of a meeting of some-portfolio, found 'other'"):
        agenda(portfolio, "other")


def test_what_law_finds_missing_can_be_put_on_an_agenda(root):
    portfolio = read_portfolio(root / "portfolios" / "cassini-huygens")
    needs = [one for one in instruments(portfolio) if one.cooperation.startswith("mission:")]
    items = instrument_items(portfolio, needs)
    assert len(items) == sum(one.verdict != "covered" for one in needs)
    assert all(item.instrument in load("instrument-types") for item in items)
    statement("meeting", agenda=[item.model_dump() for item in items])  # and it is a point of an agenda
    meant = {key for item in items for key in item.about}
    assert meant <= portfolio.missions.keys()


def test_what_is_covered_or_nobody_agreed_on_is_no_point(portfolio):
    need = {"name": "Probe", "lead": "nasa", "partner": "esa", "rung": "memorandum-of-understanding"}
    covered = SimpleNamespace(**need, cooperation="mission:probe", is_met=True)
    idea = SimpleNamespace(**need, cooperation="opportunity:probe", is_met=False)
    missing = SimpleNamespace(**need, cooperation="mission:probe", is_met=False)
    (item,) = instrument_items(portfolio, [covered, idea, missing])
    assert (item.name, item.about) == ("Probe: instrument between nasa and ESA", ("probe",))
