"""Answers: tables, sentences and envelope of one question say the same."""

import pytest
from jsonschema import Draft202012Validator

from synodos.cooperation import dependence, opportunities
from synodos.exchange import inspect, read_history
from synodos.report import (
    check_answer,
    dependence_answer,
    dossier_answer,
    fault_table,
    header_line,
    opportunities_answer,
    published_schemas,
    record_answer,
    records_answer,
)
from tests.language.minimal import history, statement


@pytest.fixture(scope="module")
def plans(root):
    return read_history(root / "portfolios/exploration2011")


@pytest.fixture(scope="module")
def seen(plans):
    return plans.known_on().as_seen_by("public")


@pytest.fixture(scope="module")
def answers(plans, seen):
    """One answer to every question."""
    return {
        "check": check_answer(plans, ()),
        "show": records_answer(seen, kind=None, owner=None),
        "show one": record_answer(plans, seen, "mission:exomars-edm"),
        "opportunities": opportunities_answer(seen, opportunities(seen)),
        "dependence": dependence_answer(seen, dependence(seen)),
        "dossier": dossier_answer(seen, "exomars-2016"),
    }


QUESTIONS = ["check", "show", "show one", "opportunities", "dependence", "dossier"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_keeps_to_the_published_schema(question, answers):
    wrapped = answers[question].envelope
    Draft202012Validator(published_schemas()["answer"]).validate(wrapped.model_dump(mode="json"))
    assert wrapped.question == question.partition(" ")[0]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_names_records_that_are_there_and_marks_the_unverified(question, answers, plans, seen):
    portfolio = plans.known_on() if question == "check" else seen
    wrapped = answers[question].envelope
    records = [portfolio.tables[key.partition(":")[0]][key.partition(":")[2]] for key in wrapped.evidence]
    doubtful = [f"{record.kind}:{record.id}" for record in records if record.rests_on_unverified]
    assert list(wrapped.unverified) == doubtful
    assert doubtful, question
    assert len(set(wrapped.evidence)) == len(wrapped.evidence)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_has_its_header_and_tables_with_full_rows(question, answers, plans, seen):
    answer = answers[question]
    assert answer.header == header_line(plans.known_on() if question == "check" else seen)
    assert answer.tables
    for table in answer.tables:
        assert {len(row) for row in table.rows} <= {len(table.columns)}, table.name
        assert set(table.wide) <= set(table.columns), table.name


def test_a_portfolio_that_cannot_be_used_still_gets_an_answer(tmp_path):
    history_found, faults = inspect(tmp_path / "nowhere")
    answer = check_answer(history_found, faults)
    assert answer.envelope.portfolio is None
    assert answer.envelope.viewer == "whole portfolio"
    assert answer.envelope.answer["records"] == {}
    assert answer.tables == (fault_table(faults),)
    assert answer.sentences == ("1 error, 0 warnings.",)
    assert answer.tables[0].rows[0][:2] == ("error", "file.missing")


def test_what_is_shown_is_what_was_asked_for(seen):
    found = opportunities(seen, most=3, kind="gap")
    answer = opportunities_answer(seen, found, kind="gap", most=3)
    gaps = [one for one in opportunities(seen).ranked if one.kind == "gap"]
    assert [row[answer.tables[0].columns.index("why")] for row in answer.tables[0].rows] == [g.why for g in gaps[:3]]
    assert answer.envelope.evidence == tuple(dict.fromkeys(key for one in gaps[:3] for key in one.records))
    left_out = f"already agreed and left out: {len(found.agreed)}."
    assert answer.sentences == (f"3 of {len(gaps)} opportunities shown; {left_out}",)


def test_dependences_keep_their_order_and_their_number(seen):
    found = dependence(seen)
    answer = dependence_answer(seen, found, most=4)
    table = answer.tables[0]
    assert [row[table.columns.index("form")] for row in table.rows] == [item.form for item in found.items[:4]]
    assert answer.envelope.evidence == tuple(dict.fromkeys(key for item in found.items[:4] for key in item.evidence))
    essential = sum(item.essential is True for item in found.items)
    assert answer.sentences[0].startswith(f"{len(found.items)} dependences, {essential} of them essential")


def test_a_record_tells_what_changed_and_when():
    told = history(
        statement("mission", id="lander", as_of="2009", name="Lander", planned="2016"),
        statement("mission", id="lander", as_of="2010", name="Lander", planned="2018", confidence="secondary"),
        statement("mission", id="lander", as_of="2011", name="Mars lander", planned="2018", confidence="secondary"),
    )
    answer = record_answer(told, told.known_on(viewer="esa"), "mission:lander")
    changes = next(table for table in answer.tables if table.name == "history")
    assert set(changes.rows) == {
        ("2010", "planned", "2016", "2018"),
        ("2010", "confidence", "read", "secondary"),
        ("2011", "name", "Lander", "Mars lander"),
    }
    assert answer.sentences == ("3 statements, the first of 2009.",)
    assert [version["planned"] for version in answer.envelope.answer["history"]] == ["2016", "2018", "2018"]


def test_a_record_that_is_not_there_is_refused(plans, seen):
    with pytest.raises(KeyError, match="no-such"):
        record_answer(plans, seen, "mission:no-such")
