"""What a paper was agreed on can be computed again, and what differs is told."""

import datetime as dt
from dataclasses import replace

import pytest

from synodos.exchange import read_history
from synodos.forum import common_understanding, pin_differences, pins_of
from synodos.language import History, PinnedFigure
from tests.language.minimal import statement

DAY = dt.date(2011, 10, 31)


@pytest.fixture(scope="module")
def told(root):
    return read_history(root / "portfolios" / "exploration2011")


@pytest.fixture(scope="module")
def then(told):
    return told.known_on(DAY)


def paper(pins, **given):
    return statement("paper", id="agreed", as_of="2011-11-15", owner="isecg", stated_by="isecg", pins=pins, **given)


def test_the_portfolio_of_the_pinned_day_has_the_pinned_hash_also_once_the_paper_stands_in_it(told, then):
    figure = PinnedFigure(name="Members", shown="14", asked="synodos show")
    pins = pins_of(then, scenario="moon-next", edition="first", figures=(figure,))
    agreed = paper(pins.model_dump(mode="json"))
    later = History(told.header, (*told.statements, agreed))
    day = later.known_on().papers["agreed"].pins.known_on.latest
    assert pin_differences(agreed, later.known_on(day)) == ()
    assert (agreed.pins.edition, agreed.pins.figures) == ("first", (figure,))


def test_what_differs_is_told(told, then):
    agreed = paper(pins_of(then, scenario="moon-next").model_dump(mode="json"))
    whole = told.known_on()
    other = replace(whole, tables={**whole.tables, "scenario": {}})
    found = pin_differences(agreed, other)
    assert [one.what for one in found] == ["known_on", "portfolio_sha256", "scenario"]
    assert (found[0].pinned, found[0].found) == ("2011-10-31", "2012-01-31")
    assert (found[1].pinned, found[1].found) == (then.sha256, other.sha256)
    assert (found[2].pinned, found[2].found) == ("moon-next", "")


def test_what_pins_nothing_differs_in_nothing(then):
    assert pin_differences(paper(None), then) == ()


def test_only_a_scenario_that_is_there_is_pinned(then):
    with pytest.raises(ValueError, match="scenario: expected the id of a scenario of exploration2011, found 'mars'"):
        pins_of(then, scenario="mars")


def test_a_common_understanding_lays_the_readings_side_by_side(root):
    portfolio = read_history(root / "portfolios" / "exploration2026").known_on()
    readings = portfolio.vocabularies["contested-questions"].terms
    question = readings["extracted-resources-may-be-owned"].parent
    common = statement("paper", type="common-understanding", contested=question)
    found = common_understanding(portfolio.replace(common), "some-paper")
    held = {position.holder for reading in found.readings for position in reading.positions}
    assert found.id == question
    assert "lux" in held  # by its law of 2017 on space resources
    with pytest.raises(ValueError, match="a paper with a contested question, found 'ger-2024'"):
        common_understanding(portfolio, "ger-2024")
