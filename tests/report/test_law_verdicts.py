"""What `agreements needed` says of how far an instrument meets the need."""

import pytest

from synodos.language import History
from synodos.law import VERDICTS
from synodos.report import needs_answer
from synodos.report.law import agreements
from tests.language.minimal import header
from tests.law.test_instruments import AGENCIES, deal, needed

WORDS = {
    "missing": (None, "no instrument is known"),
    "planned": ({"standing": "planned", "in_force": None}, "only planned or signed"),
    "lapsed": ({"in_force": "2001..2005"}, "not in force any more, or for now"),
    "in-doubt": ({"standing": "in-doubt"}, "in doubt"),
    "not-binding": ({"binding": False}, "does not bind"),
    "covered": ({"binding": True}, "covered"),
}


@pytest.mark.parametrize(("verdict", "given", "words"), [(key, *value) for key, value in WORDS.items()])
def test_each_verdict_is_said_in_words_of_its_own(verdict, given, words):
    statements = () if given is None else (deal("project-agreement", **given),)
    found = needed(*statements)
    assert [one.verdict for one in found] == [verdict]
    portfolio = History(header(), (*AGENCIES, *statements)).known_on()
    table = needs_answer(portfolio, found, {}).tables[0]
    assert [row[table.columns.index("what exists")] for row in table.rows] == [words]


def test_every_verdict_has_words_and_no_two_share_them():
    told = agreements.VERDICTS
    assert tuple(told) == VERDICTS
    assert len(set(told.values())) == len(VERDICTS)
