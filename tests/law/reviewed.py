"""The reading of the grouped findings on the shipped portfolios, and what the program says of them today."""

import datetime as dt
from collections import defaultdict
from pathlib import Path

from synodos import law
from synodos.exchange import read_portfolio

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reviews" / "law-treaties.md"
READ_ON = {
    "ISS": ("iss", "2020-12-31"),
    "ExoMars 2009": ("exomars", "2009-12-17"),
    "ExoMars 2011": ("exomars", "2011-10-04"),
    "ExoMars 2016": ("exomars", "2016-03-31"),
    "ExoMars 2022": ("exomars", "2022-03-01"),
    "2011": ("exploration2011", "2012-01-31"),
    "2026": ("exploration2026", "2026-07-01"),
}
"""Columns of the page: portfolio and day of knowledge."""
TREATIES = ("OST", "ARRA", "LIAB", "REG", "MOON", "IGA")


def says(group):
    """What a group of findings says, as the page puts it."""
    if group.certainty == "contested":
        told = "depends on the reading"
    else:
        told = {"met": "holds", "needs_determination": "to be determined"}.get(group.status, group.status)
    return f"{told}: {', '.join(group.asks)}" if group.asks else told


def counts():
    """Findings under the treaties by norm and what they say, for each column."""
    found = defaultdict(dict)
    for column, (folder, day) in READ_ON.items():
        plans = read_portfolio(ROOT / "portfolios" / folder, dt.date.fromisoformat(day)).as_seen_by("public")
        for group in law.grouped(law.assess(plans).findings):
            if group.norm.partition("-")[0] in TREATIES:
                key = group.norm, says(group)
                found[key][column] = found[key].get(column, 0) + group.count
    return found


def rows():
    """Rows of the page by norm and finding: what stands in each column, the reading and its reason."""
    found, columns = {}, []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if cells[:2] == ["norm", "finding"]:
            columns = cells[2:-2]
        elif cells and cells[0].partition("-")[0] in TREATIES:
            told = cells[1].removesuffix(" (waits)")
            key = cells[0], "holds" if told == "met" else told
            found[key] = {name: int(cell) for name, cell in zip(columns, cells[2:-2], strict=True) if cell}, cells[-2:]
    return found
