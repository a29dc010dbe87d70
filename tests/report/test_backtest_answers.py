"""Back-tests as people and programs take them: sentences, tables, pictures, and the published schema."""

import json

import jsonschema
import pytest

from synodos.language import DateOutcome, DateRange, History, Outcome, Outcomes
from synodos.report import backtest_answer, calibration_answer, published_schemas
from synodos.roadmap import METHODS, backtest, calibration
from tests.language.minimal import agency, header, statement

ROW = {"statement": "So.", "confidence": "read", "sources": ["text"]}


@pytest.fixture(scope="module")
def plans():
    """ESA seeks a rover for the Moon, CSA has one; two missions with a date and one without."""
    moon = {"destinations": ["lunar-surface"], "status": "planned"}
    return History(
        header(known_on="2012-01-31"),
        (
            agency("esa", short_name="ESA"),
            agency("csa", short_name="CSA"),
            statement(
                "mission",
                id="lander",
                owner="esa",
                planned="2016",
                requirements=[{"capability": "robotic-rover"}],
                **moon,
            ),
            statement("mission", id="orbiter", owner="esa", planned="2015", **moon),
            statement("mission", id="undated", owner="csa", **moon),
            statement("element", id="rover", owner="csa", available="2016", provides=["robotic-rover"], **moon),
        ),
    ).known_on()


@pytest.fixture(scope="module")
def came():
    """Two that came, of which the list of the portfolio can say one; one that lapsed; three missions."""
    there = {"area": "technology", "agreed": "2014", "came": "happened", "destinations": ["moon"], **ROW}
    rows = (
        {"id": "rover", "title": "A rover", "agencies": ["esa", "csa"], "capabilities": ["robotic-rover"]},
        {"id": "drill", "title": "A drill", "agencies": ["esa", "nasa"], "capabilities": ["drill"]},
        {
            "id": "gone",
            "title": "A ride",
            "agencies": ["esa", "csa"],
            "capabilities": ["launch"],
            "came": "lapsed",
            "ended": "2013",
        },
    )
    fates = {"lander": {"flown": "2017-03-02"}, "orbiter": {"cancelled": "2013"}, "undated": {"planned": "2030"}}
    return Outcomes(
        id="list",
        title="List",
        after=DateRange("2012-01-31"),
        known_on=DateRange("2026-06-30"),
        about=("Two that came.",),
        agencies={"esa": "ESA", "csa": "CSA", "nasa": "NASA"},
        outcomes=tuple(Outcome.model_validate(there | row) for row in rows),
        dates=tuple(DateOutcome.model_validate({"mission": key, **fate, **ROW}) for key, fate in fates.items()),
    )


@pytest.fixture(scope="module")
def answers(plans, came):
    found = backtest(plans, came, dealings=20)
    fared = calibration(plans, came, iterations=200)
    return backtest_answer(plans, came, found, drawn=True), calibration_answer(plans, came, fared, drawn=True)


def table(answer, name):
    """A table of an answer by its name."""
    return next(one for one in answer.tables if one.name == name)


def test_the_answers_fit_their_schemas(answers):
    schemas = published_schemas()
    for answer in answers:
        content = json.loads(answer.envelope.model_dump_json())
        jsonschema.validate(content, schemas[f"answer-{answer.envelope.question}"])
        assert "The list of outcomes says: Two that came." in answer.envelope.notes


def test_recall_tells_every_method_and_both_halves(answers):
    recall, halves = table(answers[0], "recall"), table(answers[0], "halves")
    assert [row[0] for row in recall.rows] == list(METHODS.values())
    assert recall.rows[0][-1] == "1 (50 %)"
    assert "of 2" in recall.title
    sizes = [int(word) for word in halves.title.split() if word.isdigit()]
    assert sum(sizes) == 2
    assert answers[0].sentences[0].startswith("Of 2 cooperations that came, 1 (50 %)")


def test_what_was_not_found_says_why(answers):
    (row,) = table(answers[0], "not-found").rows
    assert (row[0], *row[2:4]) == ("A drill", "agency not in it", "NASA")
    assert [one[0] for one in table(answers[0], "found").rows] == ["A rover"]
    assert [one[0] for one in table(answers[0], "lapsed").rows] == ["A ride"]
    came = {row[5] for row in table(answers[0], "proposed").rows}
    assert came == {"A rover"}


def test_dates_tell_bounds_and_hindsight(answers):
    rows = {row[0]: row for row in table(answers[1], "calibration").rows}
    assert rows["all with a date of their own"][1:5] == (2, 1, 1, 0)
    assert " to " in rows["all with a date of their own"][6]
    assert rows["those without a date of their own"][8:] == (None, None, None)
    late = {row[0]: row[12] for row in table(answers[1], "missions").rows}
    assert late["Landing"] is None  # all three are called so, and the last one states no date
    assert answers[1].envelope.notes[0].startswith("No agency gave a spread")
    assert "duration (to 2020-12-31)" in answers[1].envelope.notes[1]


def test_pictures_say_in_words_what_they_show(answers):
    figures = [part.figure for answer in answers for part in answer.document.sections if part.figure]
    assert [one.name for one in figures] == ["recall", "calibration", "forecasts"]
    recall, plot, rows = (one.alt for one in figures)
    assert "Of 2 cooperations that came" in recall
    assert "as ranked 1.0" in recall
    assert "forecasts of 2 missions" in plot
    assert "3 missions, of which 1 flew" in rows


def test_nothing_to_lay_beside_is_said(plans, came):
    empty = came.model_copy(update={"outcomes": (), "dates": ()})
    told = backtest_answer(plans, empty, backtest(plans, empty, dealings=1), drawn=True)
    assert told.sentences == ("There is nothing to lay beside each other: no proposal, or no cooperation that came.",)
    fared = calibration_answer(plans, empty, calibration(plans, empty), drawn=True)
    assert fared.sentences == ("There is nothing to lay beside each other: no mission with a date and an outcome.",)
    assert told.document
    assert fared.document
