"""Answers on the forum: one sentence that answers, what each table says, and the published schemas."""

import datetime as dt

import pytest
from jsonschema import Draft202012Validator

from synodos.forum import pins_of
from synodos.language import PUBLIC
from synodos.report import (
    actions_answer,
    forum_answer,
    meeting_answer,
    meetings_answer,
    membership_answer,
    paper_answer,
    papers_answer,
    published_schemas,
)
from tests.language.minimal import agency, history, statement

DAY = dt.date(2011, 3, 29)
MEMBERS = ("csa", "jaxa", "nasa")


def says(owner, stand, **given):
    """A position of one agency, for all members."""
    more = {"id": f"{owner}-says", "owner": owner, "stated_by": owner, "as_of": "2011-03-05", "release": "members"}
    return statement("position", paper="finding", version=2, stand=stand, reason="The date.", **more, **given)


@pytest.fixture(scope="module")
def council():
    """Three members and an observer, with a paper in silence procedure that is pinned to an earlier day."""
    terms = {"products_bind": False, "standing_aside": True, "silence_days": 14, "observers": ["esa"]}
    before = (
        *(agency(key, short_name=key.upper(), member_since="2007", as_of="2008") for key in MEMBERS),
        statement("terms-of-reference", as_of="2008", **terms),
        statement("mission", id="mars-landing", as_of="2008"),
        statement("meeting", id="spring", held="2011-04-02", place="Berlin", as_of="2010", chair="jaxa"),
        statement("meeting", id="autumn", held="2009-11", chair_passes_to="jaxa", decisions=[{"decided": "A study."}]),
    )
    pins = pins_of(history(*before).known_on(dt.date(2010, 12, 31), PUBLIC))
    paper = statement(
        "paper",
        id="finding",
        version=2,
        stage="for-decision",
        paragraphs=["Look under rocks."],
        silence={"opens": "2011-03-01", "closes": "2011-03-31"},
        pins=pins.model_dump(mode="json"),
        contested="extracted-resources",
        about=["mars-landing"],
        as_of="2011-03-01",
    )
    action = statement("action", name="Send the plans", bearer="nasa", due="2011-03-20", meeting="autumn")
    return history(*before, paper, says("jaxa", "joins"), says("csa", "stands-aside"), action)


@pytest.fixture(scope="module")
def seen(council):
    """What a member sees."""
    return council.known_on(None, "nasa")


def rows(answer, name):
    """The rows of a table of an answer, by the names of their columns."""
    table = next(one for one in answer.tables if one.name == name)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_every_answer_keeps_to_its_published_schema(seen):
    answers = (
        forum_answer(seen, at=DAY, for_agency="nasa"),
        papers_answer(seen, at=DAY),
        paper_answer(seen, "finding", DAY, (seen,)),
        meetings_answer(seen, at=DAY),
        meeting_answer(seen, "spring", DAY),
        actions_answer(seen, DAY, every=True),
        membership_answer(seen, at=DAY),
    )
    for answer in answers:
        told = answer.envelope.model_dump(mode="json")
        Draft202012Validator(published_schemas()[f"answer-{told['question']}"]).validate(told)
        assert answer.document.lead == answer.sentences[0]
        assert told["parameters"]["at"] == "2011-03-29"


def test_the_forum_in_a_sentence_and_what_waits_for_one_of_its_members(seen):
    answer = forum_answer(seen, at=DAY, for_agency="nasa")
    assert answer.sentences[0] == (
        "JAXA has the chair among 3 members; 1 paper waits, 1 in a silence procedure, 1 action to do, 1 overdue; "
        "the next meeting is First meeting, 2011-04-02."
    )
    waiting = next(one for one in answer.document.sections if one.anchor == "waiting")
    assert waiting.sentences == (
        "To say where it stands on A roadmap, version 2, by 2011-03-31.",
        "To do by 2011-03-20 (overdue): Send the plans",
    )
    done = forum_answer(seen, at=DAY, for_agency="jaxa").document.sections[0]
    assert done.sentences == ("Nothing waits for JAXA.",)


def test_a_paper_says_where_everybody_stands_and_that_it_binds_nobody(seen):
    answer = paper_answer(seen, "finding", DAY)
    assert answer.sentences == (
        (
            "Version 2: silence procedure until 2011-03-31, ends in 2 days; "
            "if nothing more is said: consensus, some standing aside."
        ),
    )
    stands = {one["agency"]: one["stand"] for one in rows(answer, "positions")}
    assert stands == {"CSA": "stands aside", "JAXA": "joins", "NASA": "nothing said"}
    told = next(one for one in answer.document.sections if one.anchor == "outcome").sentences
    assert "It binds nobody." in told
    assert "Has not joined so far: CSA and NASA." in told
    assert rows(answer, "readings")
    assert answer.envelope.answer["about"] == ["mission:mars-landing"]
    assert "mission:mars-landing" in answer.envelope.evidence


def test_from_outside_nobody_is_said_to_have_said_nothing(council):
    answer = paper_answer(council.known_on(None, PUBLIC), "finding", DAY)
    assert {one["stand"] for one in rows(answer, "positions")} == {"nothing to be seen"}
    assert "joins" not in answer.envelope.model_dump_json()


def test_pins_agree_where_one_pair_of_eyes_sees_what_was_pinned(council, seen):
    pinned = dt.date(2010, 12, 31)
    then = council.known_on(pinned, PUBLIC)
    asked = {
        "not compared": (),
        "the same": (council.known_on(pinned, "nasa"), then),
        "another day": (council.known_on(dt.date(2009, 12, 31), PUBLIC),),
    }
    answers = {name: paper_answer(seen, "finding", DAY, eyes).envelope.answer for name, eyes in asked.items()}
    assert {name: one["pins_agree"] for name, one in answers.items()} == {
        "not compared": None, "the same": True, "another day": False,
    }  # fmt: skip
    assert [one["what"] for one in answers["another day"]["pin_differences"]] == ["known_on", "portfolio_sha256"]


def test_a_meeting_ahead_tells_what_is_due_and_one_that_was_held_does_not(seen):
    ahead, held = (meeting_answer(seen, key, DAY) for key in ("spring", "autumn"))
    assert ahead.sentences == (
        "To be held 2011-04-02 in Berlin, chaired by JAXA: 0 points on the agenda, 2 due besides.",
    )
    assert [one["why"] for one in rows(ahead, "agenda")] == ["silence ends", "action overdue"]
    assert (rows(held, "agenda"), rows(held, "decisions")[0]["decided"]) == ([], "A study.")
    assert rows(held, "actions")[0]["standing"] == "overdue"


def test_actions_and_papers_and_members(seen):
    assert actions_answer(seen, DAY).sentences == ("1 action to do on 2011-03-29, 1 overdue.",)
    assert actions_answer(seen, DAY, "csa").sentences == ("0 actions to do for CSA on 2011-03-29, none overdue.",)
    assert papers_answer(seen, at=DAY).sentences == ("1 paper: 1 waiting for members, none issued.",)
    assert meetings_answer(seen, at=DAY).sentences == ("2 meetings, 1 to come; the next is First meeting, 2011-04-02.",)
    members = membership_answer(seen, at=DAY)
    assert [one["id"] for one in rows(members, "members")] == list(MEMBERS)
    assert [one["id"] for one in rows(members, "observers")] == ["esa"]
