import datetime as dt
from dataclasses import replace

import pytest

from synodos.exchange import read_history
from synodos.law import assess, catalogue, contested, explain
from synodos.report import assessment_answer, contested_answer, explanation_answer
from synodos.report.answering.tables import as_records
from synodos.report.law.words import asked_words, catalogue_note


@pytest.fixture(scope="module")
def exomars(root):
    """ExoMars at the end of 2011."""
    return read_history(root / "portfolios/exomars").known_on(dt.date(2011, 12, 1))


@pytest.fixture(scope="module")
def found(exomars):
    """What law says of its rover mission."""
    return assess(exomars, scope="exomars-rover")


def test_every_answer_names_the_day_of_the_catalogue(exomars, found):
    note = f"Catalogue of norms as of {catalogue().as_of}."
    finding = found.findings[0]
    explained = explain(exomars, finding.norm, finding.activity, finding.bearer)
    answers = (
        assessment_answer(exomars, found, {}),
        contested_answer(exomars, contested(exomars, found), found, {}),
        explanation_answer(exomars, explained, {}),
    )
    for answer in answers:
        assert any(note in sentence for sentence in answer.sentences)
        assert note in answer.envelope.notes


def test_plans_known_after_the_day_of_the_catalogue_are_judged_by_it_with_a_note(exomars):
    later = replace(exomars, known_on=dt.date(2050, 1, 1))
    assert assess(later, scope="exomars-rover").law_known_on == catalogue().as_of
    assert f"nothing later than {catalogue().as_of} is in the catalogue" in catalogue_note(later)
    assert "nothing later" not in catalogue_note(exomars)


def test_what_is_asked_of_several_parties_is_one_row(exomars, found):
    answer = assessment_answer(exomars, found, {})
    (table,) = (table for table in answer.tables if table.name == "open")
    rows = as_records(table)
    keys = [(row["question"], row["about"]) for row in rows]
    assert len(keys) == len(set(keys)) < len(found.open)
    assert sum(row["blocks"] for row in rows) == sum(len(question.blocks) for question in found.open)
    (informed,) = (row for row in rows if "Secretary-General" in row["question"])
    assert informed["parties"] == "Italy, United States"
    assert "Italy" not in informed["question"]
    (bound,) = (row for row in rows if "LIAB-22" in row["norms"])
    assert bound["question"].startswith("Is each party bound by")
    assert len(answer.envelope.answer["open"]) == len(found.open)


def test_a_question_is_asked_in_the_words_of_its_norm():
    norm = catalogue().norms["INA-6"]
    assert asked_words("INA-6", "exemption") == norm.questions["exemption"]
    assert asked_words("OST-2", "exemption") == "Does the exemption still hold on that day?"
