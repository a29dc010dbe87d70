"""What is written is read back whole, in every form, whatever the texts and dates."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from synodos.exchange import inspect, read_history, write
from synodos.language import KINDS
from tests.strategies import WORK, histories


def by_kind(history):
    """Statements in the order in which files hold them."""
    return [record for kind in KINDS for record in history.statements if isinstance(record, kind)]


def days(history):
    """Every day on which something was stated, and the last."""
    return {*(record.as_of.latest for record in history.statements), history.header.known_on.latest}


@pytest.mark.parametrize("name", ["plans", "plans.json"])
@given(history=histories() | histories(8, WORK))
def test_nothing_is_lost_and_equal_portfolios_are_written_alike(name, history):
    with tempfile.TemporaryDirectory() as scratch:
        one, two = Path(scratch) / f"one-{name}", Path(scratch) / f"two-{name}"
        write(history, one)
        back, found = inspect(one)
        assert found == ()
        write(back, two)
        assert _content(one) == _content(two)
    assert back.header == history.header
    assert sorted(map(repr, back.statements)) == sorted(map(repr, history.statements))
    for day in days(history):
        assert back.known_on(day).sha256 == history.known_on(day).sha256


@given(histories())
def test_forms_follow_from_each_other(history):
    with tempfile.TemporaryDirectory() as scratch:
        first, through, last = Path(scratch) / "a.json", Path(scratch) / "b", Path(scratch) / "c.json"
        write(history, first)
        write(read_history(first), through)
        write(read_history(through), last)
        assert by_kind(read_history(last)) == by_kind(history)
        assert first.stat().st_size == last.stat().st_size


def _content(path):
    files = path.iterdir() if path.is_dir() else [path]
    return sorted((file.name.removeprefix("one-").removeprefix("two-"), file.read_bytes()) for file in files)


PORTFOLIOS = Path(__file__).parents[2] / "portfolios"


@pytest.mark.parametrize("portfolio", sorted(page.parent.name for page in PORTFOLIOS.glob("*/portfolio.yaml")))
def test_the_portfolios_of_this_repository_come_back(tmp_path, portfolio):
    history = read_history(PORTFOLIOS / portfolio)
    for name in ("plans", "plans.json"):
        write(history, tmp_path / name)
        back = read_history(tmp_path / name)
        assert back.header == history.header
        assert sorted(map(repr, back.statements)) == sorted(map(repr, history.statements))
        assert back.known_on().sha256 == history.known_on().sha256
