"""The pages on law and agreements: what they show is what commands print, and they ask every question."""

import pytest

from tests.commands import ran
from tests.docs.pages import BLOCK, follow, labels, typed


@pytest.fixture(scope="module")
def pages(root):
    """Texts of the two pages."""
    return {name: (root / f"docs/{name}.md").read_text(encoding="utf-8") for name in ("law", "agreements")}


@pytest.mark.parametrize("name", ["law", "agreements"])
def test_a_page_shows_what_commands_print(name, pages, root, tmp_path):
    (tmp_path / "portfolios").symlink_to(root / "portfolios")
    differences = follow(pages[name], tmp_path)
    assert not differences, "\n\n".join(differences)


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        ("law", ("assess", "explain", "contested", "screen")),
        ("agreements", ("list", "watch", "needed", "draft", "close-out")),
    ],
    ids=["law", "agreements"],
)
def test_a_page_asks_every_question_of_its_room(name, questions, pages):
    shell = [block["body"] for block in BLOCK.finditer(pages[name]) if block["language"] == "sh"]
    asked = [command for command, _ in typed(pages[name])] + [line for body in shell for line in body.splitlines()]
    assert {f"{name} {question}" for question in questions} <= {" ".join(command.split()[1:3]) for command in asked}


def test_the_states_and_certainties_on_the_page_are_those_that_are_shown(pages):
    from synodos import law

    shown = {law.status_words(status) for status in ("met", "breached", "needs_determination", "exempt")}
    shown |= {law.certainty_words(certainty) for certainty in ("certain", "contested", "unverified")}
    assert all(f"\n| {words} |" in pages["law"] for words in shown)


def test_what_a_watch_list_holds_is_on_the_page(pages):
    from synodos.law import STANDINGS, WATCH_KINDS

    assert all(f"\n| {kind.replace('-', ' ')} |" in pages["agreements"] for kind in WATCH_KINDS)
    assert all(f"\n| {state.replace('_', ' ')} |" in pages["agreements"] for state in STANDINGS)


def test_the_picture_of_agreements_is_that_of_today(root, tmp_path):
    page = tmp_path / "page.html"
    done = ran("agreements", "list", root / "portfolios/iss", "-o", page)
    assert done.exit_code == 0, done.output
    drawn = labels(page.read_text(encoding="utf-8").partition("</svg>")[0])
    kept = labels((root / "docs/images/agreements-iss.svg").read_text(encoding="utf-8"))
    assert kept == drawn, "copy the first picture of `synodos agreements list portfolios/iss -o page.html`"
