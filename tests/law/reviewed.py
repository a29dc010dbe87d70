"""The reading of the grouped findings on the shipped portfolios, and what the program says of them today."""

import datetime as dt
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

from synodos import law
from synodos.exchange import read_portfolio
from synodos.law import status_words

ROOT = Path(__file__).parents[2]
READ_ON = {
    "ISS": ("iss", "2020-12-31"),
    "ExoMars 2009": ("exomars", "2009-12-17"),
    "ExoMars 2011": ("exomars", "2011-10-04"),
    "ExoMars 2016": ("exomars", "2016-03-31"),
    "ExoMars 2022": ("exomars", "2022-03-01"),
    "2011": ("exploration2011", "2012-01-31"),
    "2026": ("exploration2026", "2026-07-01"),
}
"""Columns of the pages: portfolio and day of knowledge."""
TREATIES = ("OST", "ARRA", "LIAB", "REG", "MOON", "IGA")
PAGES = ("law-treaties", "law-policy")
"""The page on the treaties, and the one on everything else."""
READINGS = ("agree", "agree in part", "disagree")
SUM = re.compile(r"(\d+) grouped findings: " + ", ".join(rf"(\d+) {one}" for one in READINGS) + r"\.")


def page_of(norm):
    """The page on which the findings under a norm stand."""
    return PAGES[norm.partition("-")[0] not in TREATIES]


def says(group):
    """What a group of findings says, as the pages put it."""
    norm = law.catalogue().norms[group.norm]
    told = "depends on the reading" if group.certainty == "contested" else status_words(group.status, norm)
    by = f" by {group.exemption}" if group.exemption else ""
    asked = f": {', '.join(group.asks)}" if group.asks else ""
    return f"{told}{by}{asked}{' (waits)' if norm.arises else ''}"


def cell(certain, unverified):
    """How many findings a group has, in brackets those among them that rest on general knowledge."""
    return f"{certain + unverified} ({unverified})" if unverified else str(certain)


@cache
def assessed(column):
    """The portfolio of a column, and what law says of it."""
    folder, day = READ_ON[column]
    plans = read_portfolio(ROOT / "portfolios" / folder, dt.date.fromisoformat(day)).as_seen_by("public")
    return plans, law.assess(plans)


@cache
def groups():
    """What the program says: by page, norm and finding the cell of each column."""
    counted = defaultdict(Counter)
    for column in READ_ON:
        for group in law.grouped(assessed(column)[1].findings):
            counted[group.norm, says(group)][column, group.certainty == "unverified"] += group.count
    found = {page: {} for page in PAGES}
    for key, counts in counted.items():
        cells = {name: cell(counts[name, False], counts[name, True]) for name in READ_ON}
        found[page_of(key[0])][key] = {name: told for name, told in cells.items() if told != "0"}
    return found


def text(page):
    """A page as it is written."""
    return (ROOT / "docs" / "reviews" / f"{page}.md").read_text(encoding="utf-8")


def rows(page):
    """Rows of a page as they stand: norm, finding, the cell of each column, the reading and its reason."""
    columns = []
    for line in text(page).splitlines():
        cells = [one.strip() for one in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if cells[:2] == ["norm", "finding"]:
            columns = cells[2:-2]
        elif not cells:
            columns = []
        elif columns and set(cells[0]) != {"-"}:
            told = {name: value for name, value in zip(columns, cells[2:-2], strict=True) if value}
            yield (cells[0], cells[1]), told, cells[-2], cells[-1]
