"""The reading of the grouped findings speaks of what the program says today."""

import re
from collections import Counter

import pytest

from synodos import law
from tests.law.reviewed import PAGES, READ_ON, READINGS, SUM, assessed, groups, rows, text

ASIDE = re.compile(r"\([^()]*\)|“[^”]*”")
"""What stands in brackets or quotation marks."""


@pytest.mark.parametrize("page", PAGES)
def test_each_grouped_finding_was_read_as_it_stands_today(page):
    found, read = groups()[page], list(rows(page))
    assert Counter(key for key, *_ in read) == Counter(found.keys())
    assert {key: told for key, told, *_ in read} == found


@pytest.mark.parametrize("page", PAGES)
def test_each_row_says_whether_the_reader_agrees_and_why(page):
    read = list(rows(page))
    assert [key for key, _, reading, reason in read if reading not in READINGS or not reason] == []
    counted = Counter(reading for _, _, reading, _ in read)
    assert SUM.findall(text(page)) == [(str(len(read)), *(str(counted[one]) for one in READINGS))]


@pytest.mark.proof
@pytest.mark.parametrize("column", READ_ON)
def test_each_grouped_finding_is_explained_in_sentences_of_one_colon(column):
    plans, assessment = assessed(column)
    for group in law.grouped(assessment.findings):
        one = group.findings[0]
        told = law.explain(plans, one.norm, one.activity, one.bearer)
        sentences = [reason.text for branch in told.branches for reason in _outline(branch.reasons)]
        assert [sentence for sentence in sentences if ASIDE.sub("", sentence).count(":") > 1] == []
        assert [sentence for sentence in sentences if not sentence.endswith((".", "?"))] == []


def _outline(reasons):
    """Every reason of a tree."""
    for reason in reasons:
        yield reason
        yield from _outline(reason.because)
