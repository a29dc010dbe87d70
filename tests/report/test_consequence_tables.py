"""What follows from a change, as tables: nothing twice, nothing left out silently."""

import datetime as dt

import pytest

from synodos.exchange import read_portfolio
from synodos.language import History, Step
from synodos.report.whatif.answers import told
from synodos.report.whatif.budget_years import budget_tables
from synodos.report.whatif.consequence_tables import coalition_tables, consequence_tables, date_table, mission_table
from synodos.whatif import consequences
from tests.language.minimal import agency, header
from tests.whatif.worlds import RED, by

CORE = Step(does="withdraw", agency="nasa", plans=("ppe", "halo"))
ROVER = Step(does="withdraw", agency="roscosmos", plans=("exomars-rover",))


@pytest.fixture(scope="module")
def gateway(root):
    """Gateway as it was known when its core was to be given up."""
    return read_portfolio(root / "portfolios/gateway", dt.date(2025, 5, 2)).as_seen_by("public")


@pytest.fixture(scope="module")
def exomars(root):
    """ExoMars with its hardware ready, days before Roscosmos left."""
    return read_portfolio(root / "portfolios/exomars", dt.date(2022, 3, 1)).as_seen_by("public")


@pytest.fixture(scope="module")
def core_gone(gateway):
    """What follows if NASA gives the core up."""
    return consequences(gateway, [CORE], parts=("missions", "dependences", "coalition"))


def test_each_capability_is_told_once_for_all_that_lack_it_alike(gateway, core_gone):
    rows = {row[0]: row[-1] for row in mission_table(gateway, core_gone).rows}
    told = rows["Artemis IV"].split("; ")
    assert len(told) == len({text.partition(" of ")[0] for text in told}) == 2
    assert all(text.endswith("(essential to these, and not to this mission)") for text in told)
    assert "HTV-XG" in told[0]
    assert "Canadarm3" in told[0]


def test_no_dependence_is_listed_that_stays_as_it_was(core_gone):
    assert core_gone.dependences
    assert all((one.before, one.after) != (0, 0) for one in core_gone.dependences)


def test_a_worth_that_cannot_be_told_is_said_with_what_is_missing(gateway, core_gone):
    (table,) = (one for one in consequence_tables(gateway, core_gone) if one.name.startswith("coalition"))
    assert core_gone.coalition.worth_before is None
    assert "cannot be told" in table.title
    assert [row[0] for row in table.rows] == list(core_gone.coalition.missing) != []


def test_a_worth_that_nobody_shares_is_said_too(gateway):
    alone = consequences(gateway, [Step(does="join", agency="nasa")], parts=("coalition",))
    (table,) = coalition_tables(gateway, alone)
    assert "fewer than two agencies" in table.rows[0][0]
    assert coalition_tables(gateway, consequences(gateway, [CORE], parts=("missions",))) == ()


def test_what_has_passed_its_reviews_leaves_in_time_as_often_as_not(exomars):
    found = consequences(exomars, [ROVER], parts=("dates",), iterations=500)
    (one,) = found.dates
    assert one.before.meant.opens.year == 2022
    assert one.before.meant.share > 0.4
    assert one.if_replaced.meant.share < 0.05
    (row,) = date_table(exomars, found).rows
    assert f"in the period to {one.before.meant.closes}" in row[2]


def test_what_was_open_before_is_told_apart(root):
    plans = read_portfolio(root / "portfolios/exomars", dt.date(2011, 10, 4)).as_seen_by("public")
    missed = Step(does="miss", plans=("exomars-2016",), period="2016-01..2016-03")
    (sentence, *_) = told(plans, consequences(plans, [missed], parts=("missions",)), None)
    assert sentence.endswith(
        "It leaves no requirement without anybody to meet it. Nobody met 1 requirement before it either."
    )
    leaves = Step(does="withdraw", agency="nasa", plans=("exomars-2016", "exomars-rover"))
    (sentence, *_) = told(plans, consequences(plans, [leaves], parts=("missions",)), None)
    assert "4 requirements would have nobody to meet them any more, 3 of them essential." in sentence
    assert sentence.endswith("Nobody met 1 more requirement before it either.")


def cut_budget(*elements, currency="EUR"):
    """What follows if an agency with 100 million for each of 2013 and 2014 loses 25 million of each."""
    money = {"amount": 50e6, "currency": currency, "price_year": 2012}
    budget = {"money": {**money, "amount": 200e6}, "period": "2013..2014"}
    plans = History(header(), (agency(RED, short_name="Red", exploration_budget=[budget]), *elements)).known_on()
    cut = Step(does="cut", agency=RED, cuts=[{"money": money, "period": "2013..2014"}])
    return plans, consequences(plans, [cut], parts=("costs",))


def block(key, *costs, **given):
    """A building block of the agency."""
    return by(RED, "element", key, provides=["launch"], status="planned", costs=list(costs), **given)


def test_a_budget_that_is_cut_stands_beside_what_each_plan_takes_of_it_a_year():
    whole = {"money": {"amount": 120e6, "currency": "EUR", "price_year": 2012}}
    even = block("bus", {**whole, "period": "2013..2014"}, available="2014")
    early = block("probe", {**whole, "money": {**whole["money"], "amount": 30e6}, "period": "2013"}, available="2015")
    years, plans = budget_tables(*cut_budget(even, early, block("unknown")))
    assert years.title.endswith("in million EUR at 2012 prices")
    assert years.rows == (
        ("Red", 2013, 100.0, 75.0, 90.0, 15.0, "probe", "none"),
        ("Red", 2014, 100.0, 75.0, 60.0, 0.0, "none", "none"),
    )
    assert plans.rows == (
        ("Red", "bus", "2013 to 2014", 60.0, "stated"),
        ("Red", "probe", "2013", 30.0, "stated"),
        ("Red", "unknown", None, None, "what does it cost?"),
    )
