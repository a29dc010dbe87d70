"""What can be told of the portfolios of this project: what is known, and what is missing."""

import datetime as dt

import pytest

from synodos.coalition import Assumptions, plan, planning_case
from synodos.exchange import read_history

CASES = [
    ("exploration2011", None),
    ("exploration2026", None),
    ("exomars", "2011-10-04"),
    ("exomars", "2015-01-01"),
    ("gateway", "2020-12-01"),
    ("jwst", "2005-01-01"),
    ("cassini-huygens", "1993-01-01"),
    ("iss", None),
]
GAMES = ("savings", "programme")


@pytest.fixture(scope="module")
def stated(root):
    """A portfolio as known on a day; each folder is read once."""
    read = {}

    def known(name, day):
        if name not in read:
            read[name] = read_history(root / "portfolios" / name)
        return read[name].known_on(dt.date.fromisoformat(day)) if day else read[name].known_on()

    return known


def exists(portfolio, key):
    kind, _, name = key.partition(":")
    return name in portfolio.tables.get(kind, {})


@pytest.mark.parametrize("game", GAMES)
@pytest.mark.parametrize(("name", "day"), CASES, ids=[f"{name} {day or 'latest'}" for name, day in CASES])
def test_every_mission_and_every_figure_is_accounted_for(stated, name, day, game):
    portfolio = stated(name, day)
    found = plan(portfolio, None, Assumptions(game))
    case = planning_case(portfolio, Assumptions(game))
    told = {one.mission for one in found.flights} | {one.mission for one in found.grounded}
    assert told == set(case.setting.missions), "each mission ahead flies, or the answer says why not"
    assert all(one.reasons for one in found.grounded)
    assert all(exists(portfolio, key) for key in found.evidence)
    assert all(exists(portfolio, one.record) for one in found.missing)
    named = {one.record for one in found.missing}
    for one in found.builds:
        assert (one.cost > 0) == bool(one.figure) or one.exists or one.record in named or game == "savings"
        assert one.estimated == one.figure.startswith("estimate:")
    assert found.worth >= 0
    assert found.proven
    assert all(one.amount <= (one.budget or one.amount) * (1 + 1e-4) for one in found.spending)


@pytest.mark.parametrize("game", GAMES)
def test_the_founding_members_are_the_players_of_their_portfolio(stated, game):
    case = planning_case(stated("exploration2011", None), Assumptions(game))
    assert len(case.players) == 14
    assert {"nasa", "esa", "jaxa", "roscosmos", "csiro"} <= set(case.players)
    assert case.terms == ("USD", 2011)
    assert len(case.choices) == len(case.model.gains) < 300


def test_what_the_founding_members_could_share_is_named_where_it_has_no_cost(stated):
    missing = {one.record: one for one in planning_case(stated("exploration2011", None)).missing}
    # Seismometers of one agency that missions of three need; no text of the time told what they cost.
    assert set(missing["element:seis"].wanted_by) == {"cnes", "jaxa", "nasa"}
    assert missing["element:seis"].why == "no cost is stated or estimated"


def test_one_agency_that_pays_for_another_s_landing_saves_nothing_together(stated):
    """ExoMars in October 2011: NASA's landing system costs the same whether NASA or ESA builds it."""
    found = plan(stated("exomars", "2011-10-04"))
    assert found.worth == 0
    assert "element:sky-crane-2018" in {one.record for one in found.builds}
