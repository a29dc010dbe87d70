"""Outcomes in files: read whole, or refused with every fault, its line and the row that it concerns."""

import pytest

from synodos.exchange import read_outcomes
from synodos.language import PortfolioError

TEXT = """\
format: synodos-outcomes
version: 1
id: made-up
title: Made up, to try the reader
after: '2012-01-31'
known_on: '2026-06-30'
agencies: {nasa: NASA, esa: ESA}
sources:
  text: {title: A made-up text, date: 2013}
outcomes:
  - id: made-up-relay
    title: A relay
    area: data
    agencies: [nasa, esa]
    capabilities: [lunar-relay]
    agreed: '2013'
    came: happened
    statement: It never was.
    confidence: read
    sources: [text]
dates:
  - {mission: grail, flown: 2012-05, statement: Made up., confidence: read, sources: [text]}
"""


@pytest.fixture
def read(tmp_path):
    """Read a text as a file of outcomes."""

    def make(text):
        file = tmp_path / "outcomes.yaml"
        file.write_text(text, encoding="utf-8")
        return read_outcomes(file)

    return make


@pytest.fixture
def faults(read):
    """What is told of a text that cannot be used."""

    def told(text):
        with pytest.raises(PortfolioError) as caught:
            read(text)
        return caught.value.faults

    return told


def test_a_file_is_read_whole(read):
    found = read(TEXT)
    (outcome,) = found.outcomes
    assert (outcome.id, outcome.agencies, outcome.agreed.text) == ("made-up-relay", ("nasa", "esa"), "2013")
    assert outcome.destinations == ()
    assert (found.dates[0].mission, found.dates[0].flown.text) == ("grail", "2012-05")
    assert found.after.text == "2012-01-31"


@pytest.mark.parametrize(
    ("old", "new", "place", "record", "field", "expected"),
    [
        ("[lunar-relay]", "[lunar-rely]", 15, "outcome made-up-relay", "capabilities[0]", "a term of capabilities"),
        ("[nasa, esa]", "[nasa, csa]", 14, "outcome made-up-relay", "agencies[1]", "an id in the list of agencies"),
        ("'2013'\n", "'2012-01'\n", 16, "outcome made-up-relay", "agreed", "a day later than 2012-01-31"),
        ("area: data", "area: laws", 13, "outcome made-up-relay", "area", "one of "),
        ("came: happened", "came: lapsed", 11, "outcome made-up-relay", "", "`ended` stands where"),
        ("flown: 2012-05", "flown: soon", 22, "mission grail", "flown", "a date such as 2017"),
        ("flown: 2012-05, ", "", 22, "mission grail", "", "exactly one of flown, cancelled, planned"),
        ("title: A relay", "titel: A relay", 12, "outcome made-up-relay", "titel", "a field of this kind"),
        ("known_on: '2026", "known_on: '2002", 1, "", "", "known_on: a day later than `after`"),
        ("after: '2012-01-31'\n", "", 1, "", "after", "a value"),
    ],
    ids=["term", "agency", "day", "word", "end", "date", "fate", "unknown", "order", "missing"],
)
def test_a_fault_names_file_line_row_and_field(faults, old, new, place, record, field, expected):
    assert TEXT.count(old) == 1
    told = faults(TEXT.replace(old, new))
    found = [fault for fault in told if fault.expected.startswith(expected)]
    assert [(fault.place, fault.record, fault.field) for fault in found] == [(f"outcomes.yaml:{place}", record, field)]


def test_all_faults_are_told_together(faults):
    text = TEXT.replace("[lunar-relay]", "[lunar-rely]").replace("sources: [text]}", "sources: [txet]}")
    assert [fault.code for fault in faults(text)] == ["term.unknown", "source.unknown"]


def test_a_row_without_a_usable_id_is_named_by_its_number(faults):
    (fault,) = faults(TEXT.replace("id: made-up-relay", "id: [1]"))
    assert (fault.record, fault.field) == ("outcome 1", "id")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file.empty"),
        (TEXT.replace("synodos-outcomes", "synodos-records"), "file.format"),
        (TEXT.replace("version: 1", "version: 2"), "file.version"),
        (TEXT + TEXT, "key.twice"),
        ("- outcomes", "file.format"),
        ("a: [", "file.syntax"),
    ],
    ids=["empty", "format", "version", "twice", "list", "syntax"],
)
def test_other_files_are_refused(faults, text, code):
    assert code in [fault.code for fault in faults(text)]


def test_a_file_that_is_not_there_is_one_fault(tmp_path):
    with pytest.raises(PortfolioError, match=r"file\.missing"):
        read_outcomes(tmp_path / "nothing.yaml")
