"""How a forum stands on a day: its papers and meetings in order, and what waits for one agency."""

import datetime as dt

import pytest

from synodos.forum import chosen_terms, forum_state, meeting_states, paper_states, waits_for
from synodos.language import PUBLIC
from tests.language.minimal import agency, history, statement

TERMS = "some-terms-of-reference"
SILENCE = {"opens": "2011-03-01", "closes": "2011-03-31"}
DAYS = {"before": dt.date(2011, 2, 28), "first": dt.date(2011, 3, 1), "last": dt.date(2011, 3, 31)}
AFTER = dt.date(2011, 4, 1)


@pytest.fixture(scope="module")
def told():
    """Two members and two forums; papers and meetings of each."""
    return history(
        *(agency(key, short_name=key.upper(), member_since="2007", as_of="2008") for key in ("jaxa", "nasa")),
        statement("terms-of-reference", as_of="2008", members=["jaxa", "nasa"], observers=["esa"]),
        statement("terms-of-reference", id="zeroth", as_of="2008"),
        statement("working-group", terms=TERMS, members=["nasa"], as_of="2008"),
        statement("paper", id="out", terms=TERMS, stage="issued", issued="2009"),
        statement("paper", id="draft", terms=TERMS),
        statement("paper", id="ends", terms=TERMS, stage="for-decision", silence=SILENCE, as_of="2011-02-01"),
        statement("paper", id="asked", terms=TERMS, stage="for-comment"),
        statement("paper", id="elsewhere", terms="zeroth", stage="for-decision"),
        statement(
            "position", paper="ends", version=1, owner="jaxa", stated_by="jaxa", as_of="2011-03-05", release="members"
        ),
        statement("action", bearer="nasa", due="2011-03", paper="ends"),
        statement("action", id="other-forum", bearer="nasa", paper="elsewhere"),
        statement("meeting", id="held", terms=TERMS, held="2010-05"),
        statement("meeting", id="next", terms=TERMS, held="2011-06-01"),
        statement("meeting", id="unsettled", terms=TERMS),
        statement("meeting", id="today", terms=TERMS, held="2011-03-31"),
    )


def test_a_paper_waits_for_what_its_stage_and_its_procedure_say(told):
    papers = told.known_on().papers
    waiting = {name: waits_for(papers["ends"], day) for name, day in DAYS.items()}
    assert waiting == {"before": "decision", "first": "silence", "last": "silence"}
    assert waits_for(papers["ends"], AFTER) == "record"
    assert [waits_for(papers[key], AFTER) for key in ("asked", "draft", "out")] == ["comment", None, None]


def test_papers_of_a_forum_stand_in_the_order_in_which_they_press(told):
    states = paper_states(told.known_on(), DAYS["last"], TERMS)
    assert [one.paper for one in states] == ["ends", "asked", "draft", "out"]
    assert (states[0].days_left, states[0].unheard, states[0].if_nothing_more) == (0, ("nasa",), "consensus")


def test_from_outside_nobody_is_said_to_be_silent(told):
    seen = told.known_on(None, PUBLIC)
    assert paper_states(seen, DAYS["last"], TERMS)[0].unheard == ()


def test_meetings_to_come_stand_before_those_that_were_held(told):
    states = meeting_states(told.known_on(), DAYS["last"], TERMS)
    assert [(one.meeting, one.ahead) for one in states] == [
        ("today", True), ("next", True), ("unsettled", True), ("held", False),
    ]  # fmt: skip


def test_a_forum_tells_what_waits_for_an_agency_and_nothing_of_another_forum(told):
    found = forum_state(told.known_on(), TERMS, DAYS["last"], "nasa")
    assert found.to_state == ("ends",)
    assert [one.action for one in found.actions] == ["some-action"]
    assert [(one.agency, one.groups) for one in found.members] == [("jaxa", ()), ("nasa", ("some-working-group",))]
    assert found.observers == ("esa",)
    assert forum_state(told.known_on(), TERMS, DAYS["last"], "jaxa").to_state == ()
    assert [one.paper for one in forum_state(told.known_on(), "zeroth").papers] == ["elsewhere"]


def test_without_a_name_the_first_terms_are_meant_and_wrong_ones_are_refused(told):
    portfolio = told.known_on()
    assert chosen_terms(portfolio).id == TERMS
    with pytest.raises(ValueError, match="expected the id of Terms of Reference of some-portfolio, found 'none'"):
        forum_state(portfolio, "none")
