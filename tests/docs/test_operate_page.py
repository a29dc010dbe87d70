"""The page on operating a table: its drill runs, and it names what the code knows."""

import pytest

from synodos.web import health
from synodos.web.settings import __doc__ as read_by_settings
from tests.docs.pages import follow


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs/operate.md").read_text(encoding="utf-8")


def test_the_drill_shows_what_commands_print(page, tmp_path):
    differences = follow(page, tmp_path)
    assert not differences, "\n\n".join(differences)


def test_the_page_names_what_is_read_and_asked(page):
    variables = {word for word in read_by_settings.split("`") if word.startswith("SYNODOS_")}
    assert {name for name in variables if f"`{name}`" not in page} == set()
    assert f"`{health.ALIVE}`" in page
    assert f"`{health.READY}`" in page
