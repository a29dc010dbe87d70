"""The page on editions: what it shows is what commands print, and it explains every field of a plan."""

from synodos.language import EditionPlan
from tests.docs.pages import follow


def page(root):
    return (root / "docs/editions.md").read_text(encoding="utf-8")


def test_the_page_shows_what_commands_print(root, tmp_path):
    differences = follow(page(root), tmp_path)
    assert not differences, "\n\n".join(differences)


def test_every_field_of_a_plan_is_explained(root):
    explained = {
        name for line in page(root).splitlines() if line.startswith("| `") for name in line.split("|")[1].split("`")
    }
    assert set(EditionPlan.model_fields) <= explained
