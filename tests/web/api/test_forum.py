"""The forum for programs: what its pages and the command answer, and drafts of what is said in it."""

import json

import pytest

from tests.commands import answered
from tests.web import scene, tables
from tests.web.crawling import NOWHERE

ASKED = {
    "": (),
    "/papers": ("papers",),
    "/paper/aster-paper": ("paper", "aster-paper"),
    "/meetings": ("meetings",),
    "/meeting/aster-meeting": ("meeting", "aster-meeting"),
    "/actions": ("actions",),
    "/members": ("members",),
}
"""What is asked of the interface, and of the command."""
PAGES = {"/paper/aster-paper": "/papers/aster-paper/", "/meeting/aster-meeting": "/meetings/aster-meeting/"}
DAY = "2012-07-05"


@pytest.fixture(scope="module")
def plans(room, tmp_path_factory):
    """What the owner sees, as the file that commands read."""
    from synodos.web.api.tokens import make_token
    from tests.web.api.conftest import Program

    program = Program(make_token(tables.user("owner"), "file", ["read"], 1))
    path = tmp_path_factory.mktemp("plans") / "plans.json"
    path.write_bytes(program.get("/portfolio/file").content)
    return path


@pytest.mark.parametrize("path", ASKED)
def test_programs_pages_and_the_command_get_the_same_answer(program, plans, path):
    asks = program("owner").get(f"/forum{path}?at={DAY}").json()
    page = tables.browser("owner").get(f"/forum{PAGES.get(path, f'{path}/')}?at={DAY}&format=json").json()
    assert asks == page
    own = ("--for", "aster") if path == "" else ()
    command = answered("forum", plans, *ASKED[path], "--as", "aster", "--at", DAY, *own)
    for one in (asks, command):
        one["answer"].pop("pin_differences", None)  # a file of one day holds nothing of the day that is pinned
    for what in ("question", "viewer", "parameters", "answer", "evidence", "missing"):
        assert command[what] == asks[what], what


def test_what_is_hidden_and_what_is_not_there_are_the_same(program):
    asks = program("other")
    there = asks.get(f"/forum/paper/paper-{scene.MARKS['aster-named']}")
    nowhere = asks.get(f"/forum/paper/{NOWHERE}")
    assert (there.status_code, there.content) == (404, nowhere.content)


def test_an_answer_that_still_holds_is_not_sent_again_and_another_day_is_another_answer(program):
    asks = program("owner")
    first = asks.get(f"/forum/papers?at={DAY}")
    assert asks.get(f"/forum/papers?at={DAY}", **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert asks.get("/forum/papers?at=2012-07-11", **{"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(("query", "status"), [("terms=nothing", 400), ("at=soon", 422), ("colour=red", 400)])
def test_what_makes_no_sense_is_refused(program, query, status):
    assert program("owner").get(f"/forum/papers?{query}").status_code == status


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("position", {"paper": "aster-paper", "version": 1, "stand": "joins"}),
        ("action", {"name": "Read the pictures", "meeting": "aster-meeting"}),
        ("paper", {"name": "Landing dates", "type": "finding", "stage": "draft"}),
    ],
)
def test_a_program_keeps_drafts_of_what_its_agency_says_in_the_forum(program, kind, given):
    record = {"id": f"borea-{kind}", "owner": "borea", "stated_by": "borea", "release": "members", "as_of": "2012-07"}
    record |= {"confidence": "read", "sources": ["plan-of-record"], **given}
    kept = program("partner").post("/drafts", {"kind": kind, "record": record})
    assert kept.status_code == 201, kept.content
    page = tables.browser("partner").get(json.loads(kept.content)["page"])
    assert page.status_code == 200
