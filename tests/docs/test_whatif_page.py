import re

import pytest

from synodos.cli.steps import FORMS
from synodos.exchange import read_changes
from synodos.whatif import PARTS
from tests.docs.pages import follow


@pytest.fixture(scope="module")
def page(root):
    """The text of the page."""
    return (root / "docs/whatif.md").read_text(encoding="utf-8")


def test_the_page_shows_what_commands_print_and_its_changes_can_be_read(page, root, tmp_path):
    (tmp_path / "portfolios").symlink_to(root / "portfolios")
    differences = follow(page, tmp_path)
    assert not differences, "\n\n".join(differences)
    first, second = read_changes(tmp_path / "changes.yaml", root / "portfolios/exomars")
    assert (first.happens[0].does, second.happens[0].does) == ("withdraw", "cancel")


def test_the_page_explains_every_part(page):
    assert {*PARTS, "options"} == set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))


def test_the_page_explains_every_step(page):
    assert set(FORMS) == set(re.findall(r'`--(?:step "(?=\w))?(\w+)[ "]', page)) & set(FORMS)
