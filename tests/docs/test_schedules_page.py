import pytest

from synodos.exchange import read_portfolio
from tests.docs.pages import BLOCK, follow, typed


@pytest.fixture(scope="module")
def page(root):
    """The text of the page."""
    return (root / "docs/schedules.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def followed(page, tmp_path_factory):
    """The folder of one who wrote the page's files and typed its commands, and what differed on the way."""
    folder = tmp_path_factory.mktemp("schedules")
    return folder, follow(page, folder)


def test_the_page_shows_what_commands_print(followed):
    assert not followed[1], "\n\n".join(followed[1])


def test_the_example_uses_every_kind_of_the_schedule_room(followed):
    portfolio = read_portfolio(followed[0] / "mars-camera")
    kinds = {record.kind for record in portfolio}
    assert {"calendar", "schedule", "activity", "risk", "commitment", "mission", "element"} <= kinds
    assert any(activity.same_as for activity in portfolio.activities.values())


def test_the_page_asks_every_question_of_schedules(page):
    asked = {" ".join(command.split()[1:3]) for command, _ in typed(page)}
    assert {f"schedule {name}" for name in ("path", "why", "diff", "health")} <= asked
    shell = [block["body"] for block in BLOCK.finditer(page) if block["language"] == "sh"]
    named = {command.split()[1] for command, _ in typed(page)} | {
        line.split()[1] for body in shell for line in body.splitlines()
    }
    assert {"check", "import", "risk", "launch-periods", "warm"} <= named
