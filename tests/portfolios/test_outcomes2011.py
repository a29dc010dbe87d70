"""What became of the plans of 2011: the shipped list, beside the portfolio and apart from it."""

import datetime as dt
import hashlib
import re
from collections import Counter

import pytest

from synodos.exchange import read_history, read_outcomes
from synodos.language import GENERAL_KNOWLEDGE

LAPSED = {
    "exomars-2016-nasa",
    "exomars-2018-nasa",
    "chandrayaan-2-russian-lander",
    "esa-lunar-lander-german-rover",
    "marcopolo-r-nasa",
    "resolve-canada",
    "selene-2-seismometer",
}

AS_FIRST_SCORED = "539090fd976b7ae2"


@pytest.fixture(scope="module")
def outcomes(root):
    return read_outcomes(root / "portfolios/outcomes/after-2011.yaml")


@pytest.fixture(scope="module")
def portfolio(root):
    return read_history(root / "portfolios/exploration2011").known_on()


def test_it_starts_on_the_day_of_the_portfolio(outcomes, portfolio):
    assert outcomes.after.latest == portfolio.known_on
    assert {outcome.id for outcome in outcomes.outcomes if outcome.came == "lapsed"} == LAPSED
    assert all(outcome.agreed.earliest <= portfolio.known_on for outcome in outcomes.outcomes if outcome.ended)


def test_the_portfolio_knows_nothing_of_it(root, outcomes):
    files = (root / "portfolios/exploration2011").glob("*.yaml")
    words = {word for path in files for word in re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))}
    assert words.isdisjoint(outcome.id for outcome in outcomes.outcomes)
    assert "synodos-outcomes" not in words


def test_missions_are_those_of_the_portfolio(outcomes, portfolio):
    assert [row.mission for row in outcomes.dates if row.mission not in portfolio.missions] == []
    flown_before = {"grail", "lro", "msl", "change-2", "phobos-grunt", "yinghuo-1", "mars500"}
    assert flown_before.isdisjoint(row.mission for row in outcomes.dates)


def test_agencies_of_the_portfolio_are_named_as_in_it(outcomes, portfolio):
    """No body stands under an id of its own while the portfolio has it under another."""
    names = {agency.short_name or agency.name: agency.id for agency in portfolio.agencies.values()}
    for key, name in outcomes.agencies.items():
        short = names.get(name.split(" (")[0], names.get(key.upper()))
        assert short in (None, key), name


def test_every_source_is_cited_and_can_be_found(outcomes):
    cited = {key for row in (*outcomes.outcomes, *outcomes.dates) for key in row.sources}
    assert cited == set(outcomes.sources)
    assert [key for key, source in outcomes.sources.items() if not source.url] == [GENERAL_KNOWLEDGE]
    assert {agency for outcome in outcomes.outcomes for agency in outcome.agencies} == set(outcomes.agencies)


def test_what_was_read_rests_on_a_text_of_its_time(outcomes):
    """A row that came on a day cites a text from no earlier than the year before that day."""
    for outcome in outcomes.outcomes:
        dates = [outcomes.sources[key].date for key in outcome.sources]
        told = (outcome.ended or outcome.agreed).earliest
        if outcome.confidence == "read" and all(dates) and told != dt.date.min:
            assert max(date.latest for date in dates) >= told, outcome.id


def test_what_is_scored_is_as_it_was_before_the_first_scoring(outcomes):
    """Sources and wording may be mended; whoever changes what is scored scores another list, and has to say so."""
    cooperations = [(o.id, o.agencies, o.capabilities, o.destinations, o.came) for o in outcomes.outcomes]
    missions = [(row.mission, row.fate, str(getattr(row, row.fate))) for row in outcomes.dates]
    assert hashlib.sha256(repr((cooperations, missions)).encode()).hexdigest()[:16] == AS_FIRST_SCORED


def test_both_halves_hold_enough_to_be_told_apart(outcomes):
    halves = Counter(outcome.half for outcome in outcomes.outcomes)
    assert min(halves.values()) > 50
    areas = Counter(outcome.area for outcome in outcomes.outcomes)
    assert min(areas[area] for area in areas) >= 5
    assert len(areas) == 7
