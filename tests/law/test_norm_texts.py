"""What norms say of other texts, where it was once wrong."""

import datetime as dt
import re

import pytest

from synodos import law
from synodos.exchange import read_portfolio

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NUMBERED = re.compile(r"[\w./()-]*\d[\w./()-]+")
"""A word of two signs or more with a digit, such as the number of a law or of a section."""
TELLS_OF_LATER = {"INA-X5"}
"""Norms that are about what was not found: their words name the year of a proposal."""


def test_registration_minds_the_article_on_jurisdiction():
    assert "VIII of the Outer Space Treaty" in law.catalogue().norms["REG-2.2"].text


def test_a_rider_of_a_year_was_not_known_before_it():
    stated = law.catalogue().stated("WOLF-1")
    days = [known for known, _ in stated.renewed]
    ends = [stated.ends, *(until for _, until in stated.renewed)]
    assert days == sorted(days)
    assert all((end.earliest.month, end.earliest.day) == (10, 1) for end in ends)
    assert [end.earliest.year for end in ends] == list(range(2011, 2026))


@pytest.mark.parametrize("norm", sorted(law.catalogue().norms.keys() - TELLS_OF_LATER))
def test_the_words_of_a_norm_tell_nothing_later_than_their_own_day(norm):
    stated, record = law.catalogue().stated(norm), law.catalogue().norms[norm]
    known = stated.known_since or stated.begins.latest
    own = {stated.ends.earliest.year, stated.ends.earliest.year - 1} if stated.ends else set()
    for words, since in [
        (record.title, known),
        (record.text, known),
        (record.pinpoint, stated.begins.latest),
        *((one.text, one.known_since) for one in record.later),
    ]:
        assert [year for year in map(int, YEAR.findall(words)) if year > since.year and year not in own] == []


@pytest.mark.parametrize("norm", law.catalogue().norms)
def test_the_title_of_an_instrument_leaves_its_articles_to_the_norm(norm):
    known = law.catalogue()
    days = {known.as_of, *(one.until - dt.timedelta(days=1) for one in known.instrument(norm).formerly)}
    for day in days:
        titled, placed = (NUMBERED.findall(told(norm, day)) for told in (known.title, known.pinpoint))
        assert [one for one in placed if one.startswith(tuple(titled))] == []


def test_what_became_so_later_is_left_out_of_the_law_of_an_earlier_day(root):
    text = law.catalogue().text
    assert "Cabinet" not in text("AE-18", dt.date(2023, 5, 2))
    assert text("AE-18", dt.date(2023, 5, 3)).endswith("holds the details.")
    plans = read_portfolio(root / "portfolios" / "iss").as_seen_by("public")
    asked = ("INA-6", "payment:soyuz-seats-ordered-2011-03", "nasa")
    early = law.explain(plans, *asked, law_known_on=dt.date(2007, 6, 1))
    told = repr(early)
    assert "INA-X1" in told
    assert "INA-X2" not in told  # of 2008
