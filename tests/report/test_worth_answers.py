"""The answer on what cooperating is worth: units, names, what is not known, and what a dossier tells of it."""

from types import SimpleNamespace

import pytest

from synodos.coalition import fair_shares
from synodos.report.worth.declared import worth_evidence, worth_of_plan
from synodos.report.worth.shares import shown_shares
from synodos.report.worth.standing import usefulness_sentences, usefulness_table
from synodos.report.worth.tables import known_amounts, money_unit, names_of, spending_table
from tests.language.minimal import agency, history, statement

NAMES = {"esa": "ESA", "nasa": "NASA", "jaxa": "JAXA"}


def test_shares_are_shown_under_names_in_a_larger_unit():
    worths = [0, 1e6, 2e6, 9e6, 0, 4e6, 5e6, 9e6]
    plain, shown = (fair_shares(players, worths, proposal=[0, 0, 9e6]) for players in (tuple(NAMES), ("a", "b", "c")))
    millions = shown_shares(plain, NAMES, 1e6)
    assert millions.players == ("ESA", "NASA", "JAXA")
    assert millions.whole == 9
    assert millions.alone == (1, 2, 0)
    for mine, theirs in zip(millions.rules, shown.rules, strict=True):
        assert mine.shares == pytest.approx([share / 1e6 for share in theirs.shares])
        assert mine.excess == pytest.approx(theirs.excess / 1e6)
        assert [one.misses for one in mine.complaints] == pytest.approx([one.misses / 1e6 for one in theirs.complaints])
    proposal = millions.rules[-1]
    assert {one.members for one in proposal.leaving} == {("ESA",), ("NASA",)}
    assert proposal.moved == pytest.approx(shown.rules[-1].moved / 1e6)
    groups = {name for level in millions.certificate.levels for group in level.groups for name in group}
    assert groups <= {"ESA", "NASA", "JAXA"}
    weights = [level.weights for level in shown.certificate.levels]
    assert [level.weights for level in millions.certificate.levels] == weights


def test_names_that_two_agencies_share_are_told_apart():
    portfolio = history(agency("asa", short_name="ASA"), agency("asa-2", short_name="ASA"), agency("kari")).known_on()
    names = names_of(portfolio, ("asa", "asa-2", "kari"))
    assert (names["asa"], names["asa-2"]) == ("ASA (asa)", "ASA (asa-2)")
    assert "(" not in names["kari"]


@pytest.mark.parametrize(
    ("amount", "words", "told"),
    [(410e6, "million EUR at 2011 prices", 410.0), (999.0, "EUR at 2011 prices", 999.0)],
    ids=["millions", "few"],
)
def test_money_is_told_in_millions_where_there_are_any(amount, words, told):
    plan = SimpleNamespace(terms=("EUR", 2011), costs=(("esa", amount),), alone_cost=())
    unit = money_unit(plan)
    assert (unit.words, unit.of(amount), unit.of(None)) == (words, told, None)
    assert money_unit(SimpleNamespace(terms=None, costs=(), alone_cost=())).words == "no comparable terms"


def test_what_has_no_figure_is_not_known_rather_than_free():
    bare, there = SimpleNamespace(unplanned=["relay"]), SimpleNamespace(unplanned=())
    worth = SimpleNamespace(name="savings", alone=(("esa", bare), ("nasa", there), ("jaxa", bare)))
    settled = SimpleNamespace(alone=(0.0, 0.0, 5.0), together=(0.0, 0.0, 3.0))
    assert known_amounts(worth, settled) == [("esa", None, None), ("nasa", 0, 0), ("jaxa", 5, 3)]
    worth.name = "programme"
    assert known_amounts(worth, settled)[0] == ("esa", 0, 0)


def test_years_that_are_alike_share_a_line():
    def spent(name, year, amount, budget=None):
        return SimpleNamespace(agency=name, year=year, amount=amount, budget=budget)

    rows = [("esa", 2012, 5), ("esa", 2013, 5), ("esa", 2015, 5), ("esa", 2016, 6), ("nasa", 2017, 6)]
    plan = SimpleNamespace(terms=("EUR", 2011), costs=(), alone_cost=(), spending=[spent(*row) for row in rows])
    table = spending_table(history(agency("nasa")).known_on(), plan)
    assert [row[1:] for row in table.rows] == [("2012..2013", 5), ("2015", 5), ("2016", 6), ("2017", 6)]
    assert table.columns[-1] == "spends a year"
    plan.spending = [spent("esa", 2012, 5, 7)]
    assert spending_table(history().known_on(), plan).rows[0][-1] == 7


def useful(dummies=(), alike=(), stronger=()):
    """Worths of three agencies, of which only their usefulness is told."""
    return SimpleNamespace(players=("esa", "jaxa", "nasa"), dummies=dummies, alike=alike, stronger=stronger)


def test_how_useful_agencies_are_is_told():
    portfolio = history(agency("nasa"), agency("jaxa")).known_on()
    names = [portfolio.agency_name(one) for one in ("esa", "jaxa", "nasa")]
    found = useful(("jaxa",), (("esa", "nasa"),), (("esa", "jaxa"), ("nasa", "jaxa")))
    rows = usefulness_table(portfolio, found).rows
    assert rows[0] == (names[0], "more than it is worth alone", names[2], names[1])
    assert rows[1] == (names[1], "nothing beyond what it is worth alone", "nobody", "nobody")
    (said,) = usefulness_sentences(portfolio, found)
    assert said == f"On the figures stated, no group has more of {names[1]} than it is worth alone."
    first = useful(stronger=(("nasa", "esa"), ("nasa", "jaxa")))
    assert list(usefulness_sentences(portfolio, first)) == [
        f"In every group {names[2]} is at least as useful as any other, and in some more."
    ]
    nobody = useful(dummies=("esa", "jaxa", "nasa"))
    assert not usefulness_table(portfolio, nobody).rows
    assert not list(usefulness_sentences(portfolio, nobody))


def test_a_dossier_tells_what_is_declared_of_its_mission():
    portfolio = history(
        statement("mission", id="mars-landing"),
        statement("estimate", costs=[{"money": {"amount": 3e8, "currency": "EUR", "price_year": 2011}}]),
        statement("benefit"),
        statement("benefit", id="other", plans=["orbiter"]),
    ).known_on()
    (section,) = worth_of_plan(portfolio, {"mars-landing"})
    assert section.sentences == ("Declared: 1 estimate by analogy, 1 benefit beside money.",)
    estimates, benefits = section.tables
    assert estimates.rows[0][3] == "EUR 300 million (2011 prices)"
    assert benefits.rows[0][1:5] == ("A first landing", "prestige", 3, "whoever takes part")
    assert set(worth_evidence(portfolio, {"mars-landing"})) == {"estimate:some-estimate", "benefit:some-benefit"}
    assert not list(worth_of_plan(portfolio, {"elsewhere"}))
