import pytest

from synodos.coalition import RULES
from synodos.exchange import read_game_values
from tests.docs.pages import BLOCK, follow


@pytest.fixture(scope="module")
def page(root):
    """The text of the page."""
    return (root / "docs/shares.md").read_text(encoding="utf-8")


def test_the_page_shows_what_commands_print_and_both_files_say_the_same(page, tmp_path):
    differences = follow(page, tmp_path)
    assert not differences, "\n\n".join(differences)
    table, listed = (read_game_values(tmp_path / name) for name in ("relay.csv", "relay.json"))
    assert (table.players, table.values, table.kind, table.budgets) == (
        listed.players,
        listed.values,
        listed.kind,
        listed.budgets,
    )


def test_the_page_explains_every_rule(page):
    explained = {line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")}
    assert set(RULES.values()) - {"proposal"} <= explained


def test_the_code_of_the_page_runs(page):
    (code,) = (block["body"] for block in BLOCK.finditer(page) if block["language"] == "python")
    names = {}
    exec(compile(code, "docs/shares.md", "exec"), names)  # noqa: S102 - the page's own code
    assert names["share_intervals"](names["game"])[0] == pytest.approx((1, 1))
