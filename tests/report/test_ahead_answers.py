"""The answer on the dates ahead, and the same dates as a calendar."""

import datetime as dt
import json

import pytest
from ical.calendar_stream import IcsCalendarStream
from jsonschema import Draft202012Validator

from synodos.exchange import read_portfolio
from synodos.report import calendar_file, dates_ahead_answer, published_schemas
from synodos.report.roadmap.ahead import CLASSES, KINDS, calendar_events
from synodos.roadmap import AHEAD_KINDS, dates_ahead
from tests.language.minimal import history, statement

QUICK = [kind for kind in AHEAD_KINDS if kind not in ("launch-period", "milestone")]


@pytest.fixture(scope="module")
def plans(root):
    return read_portfolio(root / "portfolios" / "exploration2026")


@pytest.fixture(scope="module")
def found(plans):
    return dates_ahead(plans, kinds=QUICK)


def events(portfolio, **asked):
    """Entries of the calendar of a portfolio, by their summaries."""
    return {one.summary: one for one in calendar_events(portfolio, dates_ahead(portfolio, kinds=QUICK, **asked))}


def stated(*records):
    return history(*records, known_on="2026-07-01").known_on()


def test_every_kind_and_release_has_its_word():
    assert list(KINDS) == list(AHEAD_KINDS)
    assert CLASSES["public"] == "PUBLIC"
    assert CLASSES["members"] == CLASSES["named"] == "CONFIDENTIAL"


def test_the_answer_says_how_many_dates_lie_ahead(plans, found):
    answer = dates_ahead_answer(plans, found, {"for": None}, drawn=True)
    Draft202012Validator(published_schemas()["answer-calendar"]).validate(answer.envelope.model_dump(mode="json"))
    assert answer.sentences[0].startswith(f"{len(found)} dates ahead: launch ")
    assert len(answer.tables[0].rows) == len(found)
    assert {key for one in found for key in one.evidence} == {*answer.envelope.evidence}
    undated = {text.partition(":")[2].partition(":")[0] for text in answer.envelope.missing}
    assert undated
    assert all(plans.missions[key].planned is None for key in undated)


def test_the_page_has_every_date_under_its_year(plans, found):
    *years, method = dates_ahead_answer(plans, found, {}, drawn=True).document.sections
    assert method.anchor == "method"
    assert [one.title for one in years] == sorted({str(one.days[0].year) for one in found})
    assert sum(len(table.rows) for one in years for table in one.tables) == len(found)


def test_an_empty_answer_says_so():
    assert dates_ahead_answer(stated(), (), {}).sentences == ("0 dates ahead.",)


def test_agreements_of_which_no_last_day_is_stated_are_counted():
    endless = statement("agreement", in_force="2011..", parties=["esa"])
    ending = statement("agreement", id="ending", in_force="2011..2030", parties=["esa"])
    portfolio = stated(endless, ending)
    told = "Of 1 agreement in force no last day is stated, so when they end is not told."
    assert told in dates_ahead_answer(portfolio, (), {"for": "esa"}).sentences
    assert told not in dates_ahead_answer(portfolio, (), {"for": "jaxa"}).sentences


def test_a_calendar_holds_every_date_once(plans, found):
    content = calendar_file(plans, found)
    read = IcsCalendarStream.calendar_from_ics(content.decode()).events
    assert len({one.uid for one in read}) == len(read) == len(found)
    assert content == calendar_file(plans, dates_ahead(plans, kinds=QUICK))
    compiled = "compiled from public sources; not declared by the agencies"
    assert all(compiled in one.description for one in read)


def test_a_year_is_shown_as_a_year_and_a_day_as_a_day():
    vague, exact = stated(statement("mission", planned="2028")), stated(statement("mission", planned="2028-10-31"))
    (year,), (day,) = events(vague).items(), events(exact).items()
    assert year[0] == "Landing: planned to fly (2028)"
    assert (year[1].first, year[1].last) == (dt.date(2028, 1, 1), dt.date(2028, 12, 31))
    assert day[0] == "Landing: planned to fly"
    assert day[1].first == day[1].last == dt.date(2028, 10, 31)


def test_a_date_keeps_its_name_when_it_moves_and_whoever_asks():
    before = stated(statement("mission", planned="2028", partners=[{"agency": "esa"}]))
    after = stated(statement("mission", planned="2030-04", partners=[{"agency": "esa"}]))
    other = stated(statement("mission", id="other", planned="2028"))
    (one,), (moved,), (asked,), (apart,) = (
        [*events(before).values()],
        [*events(after).values()],
        [*events(before, for_agency="esa").values()],
        [*events(other).values()],
    )
    assert one.uid == moved.uid == asked.uid
    assert one.uid != apart.uid


def test_two_dates_that_read_alike_are_two_entries():
    twice = [{"capability": "launch", "by": "2029"}, {"capability": "launch", "by": "2029"}]
    portfolio = stated(statement("need", seeks=twice))
    first, second = calendar_events(portfolio, dates_ahead(portfolio))
    assert first.uid != second.uid


def test_what_only_some_may_see_is_confidential():
    portfolio = stated(
        statement("mission", id="one", name="One", planned="2028", release="members"),
        statement("mission", id="two", name="Two", planned="2028", release="private"),
        statement("mission", id="three", name="Three", planned="2028", confidence="unverified"),
    )
    classes = {one.summary.partition(":")[0]: one.classification for one in events(portfolio).values()}
    assert classes == {"One": "CONFIDENTIAL", "Two": "PRIVATE", "Three": "PUBLIC"}
    (public,) = events(portfolio.as_seen_by("public")).values()
    assert "Unverified" in public.description
    assert json.dumps(public.description).count("Source: Report") == 1
