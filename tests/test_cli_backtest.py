"""The command that lays answers beside what came: in every form, with its exit codes and pages."""

import pytest

from tests.commands import answered, did, ran, refused

FOLDER = "portfolios/exploration2011"
LIST = """format: synodos-outcomes
version: 1
id: two-rows
title: Two rows
after: '2012-01-31'
known_on: '2026-06-30'
agencies: {nasa: NASA, esa: ESA}
sources: {text: {title: A text, date: 2013}}
outcomes:
  - {id: module, title: A service module, area: human-spaceflight, agencies: [nasa, esa],
     capabilities: [service-module], destinations: [cislunar], agreed: '2012', came: happened, statement: It came.,
     confidence: read, sources: [text]}
  - {id: training, title: Training, area: technology, agencies: [nasa, esa], capabilities: [crew-training],
     agreed: '2010', came: lapsed, ended: '2013', statement: It went., confidence: read, sources: [text]}
dates:
  - {mission: mascot, flown: '2014-12-03', statement: It flew., confidence: read, sources: [text]}
  - {mission: esa-lunar-lander, cancelled: '2012-11', statement: It was given up., confidence: read, sources: [text]}
"""


@pytest.fixture(scope="module")
def came(tmp_path_factory):
    """A list of two cooperations and two missions."""
    path = tmp_path_factory.mktemp("lists") / "came.yaml"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_backtest_tells_ranks_and_chance(root, came):
    found = answered("backtest", root / FOLDER, came, "--dealings", "20", "--seed", "3")
    assert found["question"] == "backtest"
    assert (found["seed"], found["parameters"]) == (3, {"outcomes": "two-rows", "dealings": 20})
    assert [one["outcome"] for one in found["answer"]["judged"]] == ["module", "training"]
    assert "offer:service-module-for-mpcv" in found["evidence"]


def test_dates_are_asked_for_apart(root, came):
    found = answered("backtest", root / FOLDER, came, "--dates", "--iterations", "100", "--seed", "2")
    assert (found["question"], found["seed"]) == ("calibration", 2)
    assert {one["mission"]: one["fate"] for one in found["answer"]["missions"]} == {
        "mascot": "flown",
        "esa-lunar-lander": "cancelled",
    }


def test_it_has_a_page_and_a_table(root, came, tmp_path):
    page = tmp_path / "found.html"
    assert ran("backtest", root / FOLDER, came, "--dealings", "20", "-o", page).exit_code == 0
    assert "How good were the opportunities?" in page.read_text(encoding="utf-8")
    table = did("backtest", root / FOLDER, came, "--dealings", "20", "--format", "csv")
    assert table.startswith("method,among 10,among 20,among 50,")


def test_what_cannot_be_laid_beside_each_other_is_refused(root, came, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(LIST.replace("[service-module]", "[service-modul]"), encoding="utf-8")
    done = ran("backtest", root / FOLDER, wrong)
    assert done.exit_code == 1
    assert "nearest: service-module" in done.stderr
    later = refused("backtest", root / "portfolios/exploration2026", came)
    assert "the outcomes are those after 2012-01-31" in later
    assert "does not exist" in refused("backtest", root / FOLDER, tmp_path / "nothing.yaml")


def test_of_a_damaged_file_the_first_faults_are_told_and_how_many_more(root, tmp_path):
    rows = "\n".join(f"  - {{id: row-{number}, surprise: 1}}" for number in range(10))
    path = tmp_path / "damaged.yaml"
    path.write_text(LIST.partition("outcomes:")[0] + f"outcomes:\n{rows}\n", encoding="utf-8")
    done = ran("backtest", root / FOLDER, path)
    assert done.exit_code == 1
    assert done.stderr.count("(damaged.yaml:") == 20
    assert done.stderr.splitlines()[-2:] == ["and 80 more", "100 errors, 0 warnings"]
