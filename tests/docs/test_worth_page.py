from contextlib import chdir

import pytest

from synodos.exchange import read_portfolio
from tests.docs.pages import BLOCK, follow


@pytest.fixture(scope="module")
def page(root):
    """The text of the page."""
    return (root / "docs/worth.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def followed(page, tmp_path_factory):
    """The folder of one who wrote the page's files and typed its commands, and what differed on the way."""
    folder = tmp_path_factory.mktemp("worth")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        return folder, follow(page, folder)


def test_the_page_shows_what_commands_print(followed):
    assert not followed[1], "\n\n".join(followed[1])
    assert any((followed[0] / "cache/synodos/worths").iterdir())


def test_the_example_states_what_the_page_is_about(followed):
    portfolio = read_portfolio(followed[0] / "mars-relays")
    assert portfolio.estimates
    assert portfolio.benefits
    assert all(agency.exploration_budget for agency in portfolio.agencies.values())


def test_the_code_of_the_page_runs(page, followed):
    (code,) = (block["body"] for block in BLOCK.finditer(page) if block["language"] == "python")
    names = {}
    with chdir(followed[0]):
        exec(compile(code, "docs/worth.md", "exec"), names)  # noqa: S102 - the page's own code
    assert names["two"].group == ("east", "west")
    assert names["two"].worth == pytest.approx(names["found"].game.worth_of(["west", "east"]))
    assert names["settled"].rule == "shapley"
    assert {one.giver for one in names["settled"].in_kind.barter} <= {"west", "east"}
