"""Ways to go on and exposure as tables: the rows say what the values hold, in the words of the reader."""

import datetime as dt

import pytest

from synodos.exchange import read_portfolio
from synodos.language import Step
from synodos.report.answering.tables import as_records
from synodos.report.whatif.consequence_tables import coalition_table
from synodos.report.whatif.exposure import preparation_table
from synodos.report.whatif.option_tables import front_table, move_text, option_tables
from synodos.whatif import CoalitionEffect, Move, exposure, options

LEAVES = Step(does="withdraw", agency="nasa", plans=("exomars-2016", "exomars-rover"))
ROVER = "mission:exomars-rover"


@pytest.fixture(scope="module")
def plans(root):
    """ExoMars as it was known when NASA was about to leave."""
    return read_portfolio(root / "portfolios/exomars", dt.date(2011, 10, 4)).as_seen_by("public")


@pytest.fixture(scope="module")
def found(plans):
    """What could be done."""
    return options(plans, [LEAVES], iterations=0)


def test_a_mission_that_leaves_has_its_month_and_one_that_does_not_has_none(plans, found):
    rows = as_records(front_table(plans, found))
    assert len(rows) == len(found.ranked) > 1
    for row, option in zip(rows, found.ranked, strict=True):
        for date in option.dates:
            name = plans.missions[date.mission.removeprefix("mission:")].name
            said = f"{name}: {date.after:%Y-%m}" if date.after else f"{name}: no date"
            assert said in row["missions leave"]
    assert {one.after is None for option in found.ranked for one in option.dates} == {True, False}


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("replace", "entry, descent and landing at Mars by Roscosmos, to be developed"),
        ("absorb", "entry, descent and landing at Mars by Roscosmos itself, to be developed"),
        ("descope", "flies without entry, descent and landing at Mars"),
        ("wait", "waits for a later launch period"),
        ("cancel", "is given up"),
        ("hedge", "Roscosmos prepares a substitute for entry, descent and landing at Mars"),
    ],
)
def test_each_move_has_words_of_its_own(plans, does, said):
    assert move_text(plans, Move(does=does, plan=ROVER, capability="mars-edl", by="roscosmos")) == said


def test_what_rules_a_way_out_is_told_with_it(plans, found):
    tables = {table.name: as_records(table) for table in option_tables(plans, found)}
    assert len(tables["infeasible"]) == len(found.infeasible)
    assert tables["infeasible"][0]["because"] == "; ".join(found.infeasible[0].infeasible_because)
    ruled_out = [move for moves in found.replacements.values() for move in moves if move.infeasible]
    assert sum(row["ruled out"] is not None for row in tables["takeovers"]) == len(ruled_out)


def test_what_would_be_there_in_time_stands_first(plans):
    told = as_records(preparation_table(plans, exposure(plans, "esa").overall))
    in_time = [row["in time"] is True for row in told]
    assert in_time == sorted(in_time, reverse=True)
    assert set(in_time) == {True, False}


def test_worths_in_money_are_told_in_millions_and_others_as_they_are(plans):
    shares = {"alone_before": (("esa", 2e6),), "shares_before": (("esa", 3e6),), "alone_after": (), "shares_after": ()}
    told = {"worth_before": 3e6, "worth_after": None, "missing": (), "notes": ()}
    money = CoalitionEffect(game="savings", currency="EUR", price_year=2009, **shares, **told)
    points = CoalitionEffect(game="programme", currency="weight of objectives", price_year=None, **shares, **told)
    assert coalition_table(plans, money).rows == (("ESA", 2.0, 3.0, None, None),)
    assert "million EUR at 2009 prices" in coalition_table(plans, money).title
    assert coalition_table(plans, points).rows == (("ESA", 2e6, 3e6, None, None),)
