"""The page on back-tests: its figures are those that the command finds, and its example can be read."""

import re

import pytest

from synodos.exchange import read_outcomes, read_portfolio
from synodos.report import backtest_answer, calibration_answer
from synodos.roadmap import METHODS, STANDINGS, backtest, calibration
from tests.docs.pages import BLOCK, follow


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs/backtest.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def laid(root):
    folder = root / "portfolios"
    return read_portfolio(folder / "exploration2011"), read_outcomes(folder / "outcomes/after-2011.yaml")


@pytest.fixture(scope="module")
def found(laid):
    return backtest(*laid)


def rows(page, name):
    """The rows of the table under a mark, without its head."""
    table = page.partition(f"<!-- figures: {name} -->\n")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def number(recall):
    """A number of outcomes as the page has it."""
    return f"{recall.found:.0f}" if recall.found == round(recall.found) else f"{recall.found:.1f}"


def test_the_page_shows_what_the_command_prints(page, root, tmp_path):
    (tmp_path / "portfolios").symlink_to(root / "portfolios")
    differences = follow(page, tmp_path)
    assert not differences, "\n\n".join(differences)


def test_the_figures_of_recall_are_those_that_are_found(page, found):
    groups = {group.name: {(one.method, one.at): one for one in group.recalls} for group in found.groups}
    cells = [("all", 10), ("all", 20), ("all", 50), ("all", found.listed), ("even", 50), ("odd", 50)]
    expected = [[words, *(number(groups[name][key, at]) for name, at in cells)] for key, words in METHODS.items()]
    assert rows(page, "recall") == expected


def test_how_often_chance_does_as_well_is_what_is_found(page, laid, found):
    table = next(one for one in backtest_answer(*laid, found).tables if one.name == "luck")
    shown = [[row[0], row[2].removeprefix("chance: "), *row[3:6]] for row in table.rows[:6]]
    assert rows(page, "luck") == shown


def test_the_standings_are_those_that_are_found(page, laid, found):
    table = next(one for one in backtest_answer(*laid, found).tables if one.name == "standings")
    assert [row[:4] for row in rows(page, "standings")] == [[str(cell) for cell in row] for row in table.rows]
    assert [row[0] for row in table.rows] == list(STANDINGS)


def test_what_the_page_says_in_words_is_found(page, found):
    text = " ".join(page.split())
    groups = {group.name: group for group in found.groups}
    assert f"says enough of {groups['findable'].outcomes}." in text
    assert f"all {found.triples:,} proposals" in text
    came = sum(bool(one.came) for one in found.proposed)
    assert came == found.precisions[2].came == 4
    assert "Of the first 50 proposals, four came." in text
    lapses = found.lapses
    assert (lapses.lapsed, lapses.lapsed_proposed, lapses.came_proposed) == (7, 6, 26)
    assert "the lapsed one scores less in 40 of a hundred" in text
    assert round(100 * lapses.below_proposed) == 40
    lapsed = sorted(one.rank_unlinked for one in found.judged if one.came == "lapsed" and one.rank_unlinked)
    assert lapsed[1] <= 8 < lapsed[2]


def test_the_example_of_a_list_can_be_read(page, tmp_path):
    (block,) = [one["body"] for one in BLOCK.finditer(page) if one["language"] == "yaml"]
    (tmp_path / "list.yaml").write_text(block, encoding="utf-8")
    assert read_outcomes(tmp_path / "list.yaml").outcomes[0].came == "happened"


@pytest.mark.proof
def test_the_figures_of_dates_are_those_that_are_found(page, laid):
    fared = calibration(*laid)
    table = calibration_answer(*laid, fared).tables[0]
    shown = [["" if cell is None else str(cell) for cell in row[:9]] for row in table.rows]
    assert rows(page, "dates") == shown
    dated = fared.groups[0]
    errors = [f"{end:.2f}" for end in (*dated.error, *dated.error_own)]
    assert "off by {} to {} (mean".format(*errors) in " ".join(page.split())
    assert re.search(r"certain, are off by {} to {}".format(*errors[2:]), " ".join(page.split()))
