"""Questions that take long, as programs ask them: every one is taken, and answered by what answers the command."""

import base64
import json

import pytest
from typer.testing import CliRunner

from tests.web import scene, tables

LISTED = b'{"id": "x-1", "schema": "Organization", "properties": {"name": ["Aster"], "topics": ["sanction"]}}\n'
GAME = "members,worth\na,0\nb,0\na;b,12\n"
OUTCOMES = """format: synodos-outcomes
version: 1
id: one-row
title: One row
after: '2012-12-31'
known_on: '2026-06-30'
sources: {text: {title: A text, date: 2013}}
dates:
  - {mission: aster-mission, flown: '2018-12-03', statement: It flew., confidence: read, sources: [text]}
"""
LEAVES = [{"does": "withdraw", "agency": "borea"}]
ASKED = {
    "risk": {"parameters": {"iterations": 10}},
    "schedule-diff": {"parameters": {"since": "2011-12-31"}},
    "whatif": {"parameters": {"changes": {"borea leaves": LEAVES}, "parts": ["missions"], "iterations": 10}},
    "exposure": {},
    "worth": {"parameters": {"game": "savings"}},
    "shares": {"parameters": {"most": 3}},
    "game": {"file": {"name": "game.csv", "content": GAME}},
    "compare": {"parameters": {"parts": ["path"]}},
    "law-screen": {
        "file": {"name": "list.json", "content": base64.b64encode(LISTED).decode(), "coding": "base64"},
    },
    "backtest": {"parameters": {"dates": True, "iterations": 10}, "file": {"name": "came.yaml", "content": OUTCOMES}},
}
WORKED_ON = ("schedule-diff", "whatif", "law-screen", "game", "backtest")
"""Questions that are answered here, too; others have tests of their own."""


def put(program, question, **more):
    """Ask a question; return its run."""
    return program.post("/runs", {"question": question, **ASKED[question], **more})


@pytest.mark.parametrize("question", WORKED_ON)
def test_a_long_question_is_taken_and_answered(program, question):
    from synodos.ledger import snapshot
    from synodos.web.runs import answering
    from synodos.web.runs.files import laid_out
    from synodos.web.runs.models import Run
    from tests.commands import ANSWERS

    asks = program("owner")
    taken = put(asks, question)
    assert taken.status_code == 202, taken.content
    run = Run.objects.get(pk=taken.json()["id"])
    with laid_out(run.pk) as paths:
        asked = {**run.parameters, "paths": paths}
        made = answering.answer(question, snapshot(viewer=run.viewer), asked, lambda *_: None)
    told = json.loads(made.envelope.model_dump_json())
    ANSWERS.get(f"answer-{told['question']}", ANSWERS["answer"]).validate(told)
    assert told["viewer"] == ("aster" if question != "game" else told["viewer"])
    assert asks.delete(f"/runs/{run.pk}").status_code == 204
    assert not Run.objects.filter(pk=run.pk).exists()


def test_every_question_that_takes_long_is_here():
    from synodos.web.runs.answering import QUESTIONS
    from synodos.web.runs.naming import TITLES
    from synodos.web.runs.programs import FORMS

    own = {"edition", "import"}  # of the secretariat, and of an agency's desk
    assert FORMS.keys() == ASKED.keys() == QUESTIONS.keys() - own
    assert TITLES.keys() == QUESTIONS.keys()


def test_the_same_file_is_the_same_question_and_another_is_another(program):
    asks = program("owner")
    first, again = put(asks, "law-screen"), put(asks, "law-screen")
    other = put(asks, "law-screen", file={"name": "list.json", "content": LISTED.decode() + "\n"})
    assert first.json()["id"] == again.json()["id"] != other.json()["id"]
    for made in (first, other):
        asks.delete(f"/runs/{made.json()['id']}")


HIDDEN = f"mission-{scene.MARKS['aster-private']}"


@pytest.mark.parametrize(
    ("question", "more", "says"),
    [
        ("law-screen", {"file": None}, "required"),
        ("law-screen", {"file": {"name": "list.json", "content": "%%%", "coding": "base64"}}, "empty"),
        ("exposure", {"file": {"name": "a", "content": "b"}}, "rests on no file"),
        ("whatif", {"parameters": {"changes": {str(one): LEAVES for one in range(9)}}}, "1 to 8 changes"),
        ("whatif", {"parameters": {"changes": ["no-such-change"]}}, "no change"),
        ("whatif", {"parameters": {"changes": {"x": [{"does": "dance"}]}}}, "does"),
        ("whatif", {"parameters": {"changes": {"x": [{"does": "cancel", "plans": [HIDDEN]}]}}}, "to be seen"),
        ("whatif", {"parameters": {"changes": {"x": []}}}, "1 to 30 steps"),
        ("schedule-diff", {"parameters": {"since": "2030-01-01"}}, "no day after"),
        ("game", {"file": {"name": "game.csv", "content": "nonsense"}}, "file"),
    ],
    ids=["no-file", "no-base64", "a-file", "none", "unknown", "odd", "hidden", "empty", "later", "no-game"],
)
def test_what_makes_no_sense_is_refused_in_words(program, question, more, says):
    refused = put(program("partner"), question, **more)
    assert refused.status_code == 422, refused.content
    assert says in json.dumps(refused.json()["faults"] if refused.json().get("faults") else refused.json())


def test_what_is_hidden_and_what_is_not_there_are_refused_alike(program):
    asks = program("partner")

    def refusal(plan):
        return put(asks, "whatif", parameters={"changes": {"x": [{"does": "cancel", "plans": [plan]}]}}).json()

    assert json.dumps(refusal(HIDDEN)).replace(HIDDEN, "it") == json.dumps(refusal("nowhere")).replace("nowhere", "it")


def test_the_page_takes_a_list_and_strangers_are_told_to_come_in(room):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from synodos.web.runs.models import Run

    browser = tables.browser("owner")
    put_in = browser.post("/law/screen/", {"file": SimpleUploadedFile("list.json", LISTED), "for_agency": "aster"})
    run = Run.objects.get(pk=put_in["Location"].split("/")[2])
    assert (run.parameters["for"], [file.name for file in run.files.all()]) == ("aster", ["list.json"])
    assert "list.json (SHA-256" in browser.get(f"/runs/{run.pk}/").content.decode()
    browser.post(f"/runs/{run.pk}/share/", {"agency": ["borea"]})
    run.refresh_from_db()
    assert run.shared_with == [], "a file that somebody brought is their own"
    run.delete()
    stranger = tables.browser("stranger")
    assert "With an account" in stranger.get("/backtest/").content.decode()
    assert stranger.post("/backtest/", {}).status_code == 404


def test_a_command_takes_a_server_in_place_of_a_folder(monkeypatch):
    from synodos.cli import app, fetching

    asked = []
    monkeypatch.setattr(fetching, "_served", lambda address: asked.append(address) or fetching.Path("/nowhere"))
    for typed in (
        ("opportunities", "--server", "https://table.example.org", "--for", "esa"),
        ("--server=https://table.example.org", "schedule", "path"),
        ("shares", "--server", "https://table.example.org"),
    ):
        CliRunner().invoke(app, list(typed))
    assert asked == ["https://table.example.org"] * 3
    for typed, says in (
        (("warm", "--server", "https://table.example.org"), "asks no portfolio"),
        (("opportunities", "--server", "folder"), "expected the address of a table"),
        (("opportunities", "--server"), "expected the address of a table"),
    ):
        done = CliRunner().invoke(app, list(typed))
        assert (done.exit_code, says in done.output) == (2, True), done.output
