import pytest

from synodos.cli.app import KEYS, LEDGER
from tests.docs.pages import follow


@pytest.fixture(scope="module")
def page(root):
    """The text of the page."""
    return (root / "docs/ledger.md").read_text(encoding="utf-8")


def test_the_page_shows_what_commands_print(page, tmp_path):
    differences = follow(page, tmp_path)
    assert not differences, "\n\n".join(differences)


def test_the_page_names_every_command(page):
    named = {name for name in LEDGER if f"`{name}" in page or f"ledger {name}" in page or f"({name} " in page}
    assert set(LEDGER) - named - {"diff"} == set()
    assert "diff" in page
    assert {name for name in KEYS if f"`keys {name}" in page} == set(KEYS)
