"""The page on scenarios: what it shows is what commands print, and it says what the code knows."""

import yaml

from synodos.language import Scenario
from synodos.roadmap import ASPECTS, STAGES
from tests.docs.pages import BLOCK, follow


def page(root):
    return (root / "docs/roadmap.md").read_text(encoding="utf-8")


def test_the_page_shows_what_commands_print(root, tmp_path):
    (tmp_path / "portfolios").symlink_to(root / "portfolios")
    differences = follow(page(root), tmp_path)
    assert not differences, "\n\n".join(differences)


def test_the_example_is_a_scenario(root):
    (block,) = [found["body"] for found in BLOCK.finditer(page(root)) if found["language"] == "yaml"]
    (said,) = yaml.safe_load(block)["scenarios"]
    usual = {"owner": "nasa", "stated_by": "nasa", "release": "public", "as_of": "2012"}
    Scenario.model_validate(usual | {"confidence": "read", "sources": ["report"]} | said)


def test_every_stage_is_explained(root):
    rows = [line.split("|")[1].strip() for line in page(root).splitlines() if line.startswith("| ")]
    assert set(STAGES) <= set(rows)
    assert {f"`{aspect}`" for aspect in ASPECTS} <= set(rows)
