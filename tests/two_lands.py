"""The example of the page on editions, as files and as values."""

from synodos.exchange import read_edition_plan, read_history
from tests.docs.pages import BLOCK


def written(root, folder):
    """Write the portfolio and the plans of the page into a folder, and return it."""
    page = (root / "docs/editions.md").read_text(encoding="utf-8")
    for block in BLOCK.finditer(page):
        if block["file"]:
            path = folder / block["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(block["body"], encoding="utf-8")
    return folder


def asked(folder, name):
    """The portfolio that a plan asks for, and the plan, with few iterations."""
    plan = read_edition_plan(folder / f"{name}.yaml").model_copy(update={"iterations": 100})
    return read_history(folder / "two-lands").known_on(plan.day, plan.viewer), plan
