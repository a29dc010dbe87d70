"""Budgets that are cut, set year by year against what the agency's plans are stated to cost."""

from synodos.language import History
from synodos.whatif import consequences
from tests.language.minimal import agency, header
from tests.whatif.worlds import BLUE, GREEN, RED, by, need, step


def money(amount, **given):
    return {"money": {"amount": amount, "currency": "EUR", "price_year": 2012}, **given}


def cut(amount, **given):
    return step("cut", agency=RED, cuts=[money(amount, **given)])


def told(*records, change):
    """Years of the cut for an agency of which 100 are stated for each of 2013 and 2014."""
    rows = [money(200, period="2013..2014"), money(60, period="2013", covers="science alone")]
    return years(change, agency(RED, short_name="Red", exploration_budget=rows), agency(BLUE), *records)


def years(change, *records):
    """The same of any records, as known on the last day of 2012."""
    return consequences(History(header(), records).known_on(), [change], parts=["costs"]).budgets


def element(key, amount, owner=RED, **given):
    return by(owner, "element", key, provides=["launch"], status="planned", **{"costs": [money(amount)], **given})


PROBE = element("probe", 60, costs=[money(120, period="2013..2014")], available="2014")
BUS = element("bus", 30, costs=[money(30, period="2013")], available="2015")


def test_what_comes_first_is_paid_first_and_the_rest_is_short():
    (year,) = told(PROBE, BUS, change=cut(25, period="2013"))
    assert (year.agency, year.year) == (RED, 2013)
    assert (year.before.amount, year.after.amount, year.wanted.amount, year.short.amount) == (100, 75, 90, 15)
    assert [(one.plan, one.amount.amount, one.fitted, one.fits) for one in year.plans] == [
        ("element:probe", 60, True, True),
        ("element:bus", 30, True, False),
    ]
    assert not year.missing


def test_a_cut_of_several_years_is_spread_and_one_without_a_period_strikes_every_budget():
    first, second = told(PROBE, BUS, change=cut(50, period="2013..2014"))
    assert [one.after.amount for one in (first, second)] == [75, 75]
    assert [one.short.amount for one in (first, second)] == [15, 0]
    struck = {one.year: one.after.amount for one in told(PROBE, change=cut(40))}
    assert struck == {2013: 40, 2014: 80}


def test_what_is_missing_is_named_and_what_is_assumed_is_marked():
    open_figure = element("dish", 0, costs=[])
    undated = element("old", 40)
    like = by(BLUE, "estimate", "like-it", plan="dish-two", analogue="An earlier dish", costs=[money(30)])
    guessed = element("dish-two", 0, costs=[], available="2014")
    (year,) = told(open_figure, undated, like, guessed, change=cut(10, period="2013"))
    assert year.missing == ("element:dish: what does it cost?", "element:old: when is its cost spent?")
    (only,) = year.plans
    assert (only.plan, only.estimated, only.spread) == ("element:dish-two", True, True)
    assert year.wanted.amount == 15  # 30 from 2013, since the day of knowledge is the last of 2012, to 2014


def test_a_mission_holds_the_cost_of_its_parts_and_money_for_plans_of_others_counts():
    mission = by(
        RED,
        "mission",
        "lander",
        status="planned",
        planned="2014",
        costs=[money(50, period="2013")],
        requirements=[need("launch", "bus")],
    )
    theirs = by(BLUE, "mission", "theirs", status="planned", planned="2014")
    pledge = by(RED, "commitment", "pledge", to=["theirs"], level="agreed", funding=[money(20, period="2013")])
    (year,) = told(mission, BUS, theirs, pledge, change=cut(40, period="2013"))
    assert {one.plan: one.amount.amount for one in year.plans} == {"mission:lander": 50, "commitment:pledge": 20}
    assert year.short.amount == 10


def test_without_a_budget_of_the_year_nothing_is_said_to_fit():
    (year,) = told(element("late", 30, costs=[money(30, period="2016")]), change=cut(10, period="2016"))
    assert (year.before, year.after, year.short) == (None, None, None)
    assert [(one.fitted, one.fits) for one in year.plans] == [(None, None)]


def test_years_before_the_day_of_knowledge_are_not_told():
    assert told(PROBE, change=cut(10, period="2009")) == ()


def test_money_behind_commitments_is_the_budget_where_none_is_stated():
    funded = by(GREEN, "commitment", "pledge", to=["bus"], level="agreed", funding=[money(20, period="2013")])
    own = element("bus", 30, owner=GREEN, costs=[money(30, period="2013")])
    (year,) = years(step("cut", agency=GREEN, cuts=[money(5, period="2013")]), agency(GREEN), funded, own)
    assert (year.before.amount, year.after.amount, year.short.amount) == (20, 15, 15)
