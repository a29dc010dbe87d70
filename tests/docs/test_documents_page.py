"""The page on documents: what it shows is what commands print, and it explains every kind of step and highlight."""

from synodos.report.documents.annual import SORTS
from synodos.roadmap import MATTER_SORTS
from tests.docs.pages import follow

STEPS = {"provide": "Find who provides", "resolve": "Resolve", "conclude": "Conclude", "attend": "Look at"}
"""How the page names each sort of open matter, beside `answer`."""


def page(root):
    return (root / "docs/documents.md").read_text(encoding="utf-8")


def test_the_page_shows_what_commands_print(root, tmp_path):
    (tmp_path / "portfolios").symlink_to(root / "portfolios")
    differences = follow(page(root), tmp_path)
    assert not differences, "\n\n".join(differences)


def test_every_step_and_every_highlight_is_explained(root):
    first = {line.split("|")[1].strip() for line in page(root).splitlines() if line.startswith("| ")}
    assert {STEPS.get(sort, "Answer") for sort in MATTER_SORTS} <= first
    assert {word for cell in first for word in cell.split(", ")} >= set(SORTS.values())
