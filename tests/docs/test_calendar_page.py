"""The page on dates ahead: what it shows is what commands print, and it says what the code knows."""

import re

import pytest

from synodos.report import Table, package_files
from synodos.roadmap import AHEAD_KINDS
from tests.docs.pages import follow
from tests.language.minimal import history, statement


def page(root):
    return (root / "docs/calendar.md").read_text(encoding="utf-8")


def test_the_page_shows_what_commands_print(root, tmp_path):
    (tmp_path / "portfolios").symlink_to(root / "portfolios")
    differences = follow(page(root), tmp_path)
    assert not differences, "\n\n".join(differences)
    assert (tmp_path / "dates.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_every_kind_of_date_is_explained(root):
    rows = [line.split("|")[1] for line in page(root).splitlines() if line.startswith("| `")]
    assert {kind for row in rows for kind in re.findall(r"`([a-z-]+)`", row)} == {*AHEAD_KINDS}


def test_the_example_finds_a_package_sound_and_one_that_was_touched_not(root, tmp_path, monkeypatch):
    (code,) = re.findall(r"```python\n(.*?)```", page(root), re.DOTALL)
    data = tmp_path / "report" / "data"
    data.mkdir(parents=True)
    portfolio = history(statement("mission"), sources={"report": {"title": "Report"}}).known_on()
    for name, content in package_files([Table("dates", "Dates", ("day",), (("2012-03-01",),))], portfolio):
        (data / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    exec(code, {})  # noqa: S102 - the page's own example
    (data / "dates.csv").write_text("day\nsoon\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        exec(code, {})  # noqa: S102 - the page's own example
