"""What is still to be done, by whom and by when."""

import datetime as dt

import pytest

from synodos.forum import open_actions
from tests.language.minimal import agency, history, statement

DAY = dt.date(2011, 6, 1)


@pytest.fixture(scope="module")
def portfolio():
    members = [agency(key, member_since="2007") for key in ("nasa", "csa")]
    return history(
        *members,
        statement("terms-of-reference", members=["nasa", "csa"]),
        statement("working-group", members=["nasa", "esa"]),
        statement("meeting"),
        statement("action", id="a-month", due="2011-05", bearer="nasa"),
        statement("action", id="someday"),
        statement("action", id="the-group", due="2011-06-01", group="some-working-group"),
        statement("action", id="from-now-on", due="2011-01.."),
        statement("action", id="everybody", due="2011-12", meeting="some-meeting"),
        statement("action", id="over", due="2011-01", standing="done", done="2011-02"),
        statement("action", id="dropped", due="2011-01", standing="dropped"),
    ).known_on()


def test_what_is_due_first_comes_first(portfolio):
    found = open_actions(portfolio, DAY)
    assert [one.action for one in found] == ["a-month", "the-group", "everybody", "from-now-on", "someday"]
    assert [one.days_left for one in found] == [-1, 0, 213, None, None]
    assert [one.action for one in found if one.overdue] == ["a-month"]


def test_what_is_due_in_a_month_is_not_overdue_on_its_last_day(portfolio):
    assert not open_actions(portfolio, dt.date(2011, 5, 31))[0].overdue


def test_whoever_is_named_has_to_do_it_or_else_all(portfolio):
    found = {one.action: one.bearers for one in open_actions(portfolio, DAY)}
    assert found["a-month"] == ("nasa",)
    assert found["the-group"] == ("esa", "nasa")
    assert found["everybody"] == found["someday"] == ("csa", "nasa")


def test_an_agency_is_told_what_it_has_to_do(portfolio):
    assert [one.action for one in open_actions(portfolio, DAY, for_agency="esa")] == ["the-group"]
    assert "a-month" not in [one.action for one in open_actions(portfolio, DAY, for_agency="csa")]


def test_on_the_portfolios_own_day_all_that_is_due_is_overdue(portfolio):
    assert [one.action for one in open_actions(portfolio) if one.overdue] == ["a-month", "the-group", "everybody"]
