"""The command on the forum: its questions, in every form, with its exit codes."""

import pytest

from tests.commands import answered, did, listed, ran, refused

FOLDER = "portfolios/exploration2011"


def test_every_question_has_an_answer_that_keeps_to_its_schema(root):
    folder = root / FOLDER
    asked = {
        "forum": (),
        "forum-papers": ("papers",),
        "forum-paper": ("paper", "ger-2011"),
        "forum-meetings": ("meetings",),
        "forum-meeting": ("meeting", "kyoto-2011"),
        "forum-actions": ("actions", "--for", "nasa"),
        "forum-members": ("members", "--terms", "isecg-terms"),
    }
    for question, arguments in asked.items():
        assert answered("forum", folder, *arguments)["question"] == question
    assert len(listed("forum", folder, "members")) == 14


def test_a_day_can_be_asked_about(root):
    then = did("forum", root / FOLDER, "--at", "2011-08-01")
    assert "the next meeting is Meeting of senior managers, August 2011, 2011-08-30." in then
    assert "NASA has the chair" not in did("forum", root / FOLDER)


def test_there_is_a_page(root, tmp_path):
    page = tmp_path / "paper.html"
    assert ran("forum", root / FOLDER, "paper", "ger-2011", "-o", page).exit_code == 0
    assert "The Global Exploration Roadmap" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("paper",), "which paper?"),
        (("paper", "ger-2012"), "did you mean 'ger-2011'?"),
        (("papers", "ger-2011"), "expected `paper` or `meeting` before an id"),
        (("papers", "--for", "nasa"), "--for:"),
        (("actions", "--terms", "isecg-terms"), "--terms: goes with a whole forum"),
        (("--every",), "--every: goes with `actions`"),
        (("--terms", "isecg"), "did you mean 'isecg-terms'?"),
    ],
)
def test_what_makes_no_sense_is_refused(root, arguments, told):
    assert told in refused("forum", root / FOLDER, *arguments)
