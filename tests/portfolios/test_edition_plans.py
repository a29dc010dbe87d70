"""The plans of editions that ship: each is about the portfolio of its year, and speaks for no agency."""

import pytest

from synodos.exchange import read_edition_plan, read_portfolio

YEARS = ("2011", "2026")


@pytest.fixture(scope="module")
def plans(root):
    return {path.stem: read_edition_plan(path) for path in sorted((root / "portfolios/editions").iterdir())}


def test_they_follow_one_another(plans):
    assert tuple(plans) == YEARS
    assert [plans[year].number for year in YEARS] == [1, 2]
    assert plans["2026"].supersedes == plans["2011"].id


@pytest.mark.parametrize("year", YEARS)
def test_a_plan_is_about_the_whole_of_what_is_known(root, plans, year):
    plan, portfolio = plans[year], read_portfolio(root / f"portfolios/exploration{year}")
    assert plan.day == portfolio.known_on
    assert set(plan.scenarios) <= portfolio.scenarios.keys()
    assert all(portfolio.scenarios[key].missions for key in plan.scenarios)


@pytest.mark.parametrize("year", YEARS)
def test_no_agency_is_made_to_speak(plans, year):
    assert plans[year].authors == ()
    assert "none of the agencies named in it declared, reviewed or endorsed it" in " ".join(plans[year].foreword)
