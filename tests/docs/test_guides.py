"""Guides and worked examples: what they show is what commands print, and their Python runs."""

import pytest

from tests.docs.pages import BLOCK, follow

PAGES = (
    "start.md",
    "guides/planner.md",
    "guides/legal.md",
    "guides/analyst.md",
    "contributing/picture.md",
)
"""Those with something to type; the others of these folders are checked to have nothing."""


def blocks(page, language):
    """The blocks of a page in a language that no file is made of."""
    return [one["body"] for one in BLOCK.finditer(page) if one["language"] == language and not one["file"]]


@pytest.mark.parametrize("name", PAGES)
def test_a_guide_shows_what_is_printed(name, root, tmp_path, monkeypatch):
    page = (root / "docs" / name).read_text(encoding="utf-8")
    (tmp_path / "portfolios").symlink_to(root / "portfolios")
    differences = follow(page, tmp_path)
    assert not differences, "\n\n".join(differences)
    monkeypatch.chdir(tmp_path)
    for code in blocks(page, "python"):
        exec(code, {})  # noqa: S102 - the page's own example


def test_no_page_with_something_to_type_is_left_out(root):
    docs = root / "docs"
    folders = [docs / "start.md", *(docs / "guides").glob("*.md"), *(docs / "contributing").glob("*.md")]
    typed = {
        path.relative_to(docs).as_posix()
        for path in folders
        if any(blocks(path.read_text(encoding="utf-8"), language) for language in ("console", "python"))
    }
    assert typed == set(PAGES)
