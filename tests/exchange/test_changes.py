"""Changes in files: read with what they name, written so that they read the same, refused with what is wrong."""

import pytest

from synodos.exchange import read_changes, read_history, write, write_changes
from synodos.language import PortfolioError
from tests.language.minimal import history, statement

ONE = """\
format: synodos-records
version: 1
defaults: {owner: esa, stated_by: esa, release: public, as_of: '2011', confidence: read, sources: [report]}
changes:
  - {id: given-up, name: The lander is given up, happens: [{does: cancel, plans: [some-element]}]}
  - id: late
    name: The lander is late
    happens:
      - {does: slip, plans: [some-element], delay: {shape: uniform, of: days, low: 30, high: 90}}
"""


@pytest.fixture
def plans(tmp_path):
    write(history(statement("element")), tmp_path / "plans")
    return tmp_path / "plans"


def read(tmp_path, plans, text):
    file = tmp_path / "changes.yaml"
    file.write_text(text, encoding="utf-8")
    return read_changes(file, plans)


def faults(tmp_path, plans, text):
    with pytest.raises(PortfolioError) as caught:
        read(tmp_path, plans, text)
    return [str(fault) for fault in caught.value.faults]


def test_changes_are_read_in_their_order(tmp_path, plans):
    first, second = read(tmp_path, plans, ONE)
    assert (first.id, first.happens[0].does, first.happens[0].plans) == ("given-up", "cancel", ("some-element",))
    assert (second.id, second.happens[0].delay.high) == ("late", 90)


def test_changes_that_are_written_read_the_same(tmp_path, plans):
    changes = read(tmp_path, plans, ONE)
    write_changes(changes, tmp_path / "again.yaml")
    assert read_changes(tmp_path / "again.yaml", plans) == changes


def test_a_thought_needs_no_source(tmp_path, plans):
    text = ONE.replace("confidence: read, sources: [report]", "confidence: unverified, sources: [synodos-what-if]")
    (tmp_path / "plans" / "changes.yaml").write_text(text, encoding="utf-8")
    assert set(read_history(plans).known_on().changes) == {"given-up", "late"}
    other = text.replace("changes:", "elements:").replace(
        "happens: [{does: cancel, plans: [some-element]}]", "status: idea"
    )
    assert any("source.unknown" in told for told in faults(tmp_path, plans, other))


def test_a_file_that_is_there_is_not_overwritten(tmp_path, plans):
    changes = read(tmp_path, plans, ONE)
    with pytest.raises(PortfolioError, match="file that may be replaced"):
        write_changes(changes, tmp_path / "changes.yaml")
    assert (tmp_path / "changes.yaml").read_text(encoding="utf-8") == ONE


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("plans: [some-element]}]", "plans: [no-element]}]", "no-element"),
        ("does: cancel", "does: cancle", "nearest: cancel"),
        ("does: cancel, plans: [some-element]", "does: withdraw, plans: [some-element]", "missing: agency"),
        ("does: cancel,", "does: cancel, agency: esa,", "found agency too"),
        ("changes:", "elements:", "no such field"),
        ("synodos-records", "synodos-portfolio", "format: synodos-records"),
    ],
    ids=["unknown plan", "misspelt step", "nobody withdraws", "agency of a cancelled plan", "other kinds", "portfolio"],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, plans, old, new, said):
    told = faults(tmp_path, plans, ONE.replace(old, new))
    assert any(said in text and "changes.yaml" in text for text in told), told


def test_records_of_other_kinds_are_refused(tmp_path, plans):
    offer = "offers:\n  - {id: ride, name: A ride}\n"
    (told,) = faults(tmp_path, plans, ONE + offer)
    assert "a file of changes holds changes only" in told
    assert "changes.yaml:11" in told


def test_a_file_without_changes_is_refused(tmp_path, plans):
    (told,) = faults(tmp_path, plans, "format: synodos-records\nversion: 1\n")
    assert "holds no change" in told
