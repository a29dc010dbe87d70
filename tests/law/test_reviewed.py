"""The reading of the grouped findings speaks of what the program says today."""

import pytest

from tests.law.reviewed import READ_ON, counts, rows

pytestmark = pytest.mark.proof


def test_each_grouped_finding_under_the_treaties_was_read():
    found, read = counts(), {key: told for key, (told, _) in rows().items()}
    assert set(read) == set(found)
    assert read == {key: dict(found[key]) for key in read}
    assert {column for told in read.values() for column in told} == set(READ_ON)


def test_each_row_says_whether_the_reader_agrees_and_why():
    assert [key for key, (_, (reading, reason)) in rows().items() if not (reading and reason)] == []
