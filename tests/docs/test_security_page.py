"""The page on security: each point says whether it is met, and what it points at is there."""

import re

import pytest

STANDS = {"met", "in part", "not met"}


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs/security.md").read_text(encoding="utf-8")


def test_every_point_is_met_in_part_or_not_and_says_how(page):
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line[:3] == "| 1"]
    rows += [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line[:3] in NUMBERS]
    assert len(rows) > 40
    assert {row[1] for row in rows} == STANDS
    assert [row for row in rows if not row[2]] == []


NUMBERS = {f"| {number}" for number in range(2, 10)}


def test_what_it_points_at_is_there(page, root):
    named = set(re.findall(r"`((?:web|cli|language|tests)/[\w/.]*)`", page))
    assert len(named) > 20
    assert [one for one in sorted(named) if not ((root / one).exists() or (root / "src/synodos" / one).exists())] == []
