"""The page on dates ahead: what it shows is what commands print, and it says what the code knows."""

import re

from synodos.roadmap import AHEAD_KINDS
from tests.docs.pages import follow


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
