"""A settlement: what comes about alone and together beside money, and what is due in kind."""

from types import SimpleNamespace

import pytest

from synodos.coalition import Assumptions, GameError, fair_shares, settlement, shares_of, worth
from synodos.coalition.sharing.settling import _rule_for, benefits
from tests.language.minimal import agency, history, statement

EUR = {"currency": "EUR", "price_year": 2011}


def relay(owner, cost):
    costs = [{"money": {"amount": cost, **EUR}}]
    return statement(
        "element", id=f"{owner}-relay", owner=owner, stated_by=owner, name=f"Relay of {owner}", provides=["mars-relay"],
        costs=costs,
    )  # fmt: skip


def lander(owner):
    needs = [{"capability": "mars-relay", "essential": True, "met_by": [f"{owner}-relay"]}]
    return statement(
        "mission", id=f"{owner}-lander", owner=owner, stated_by=owner, name=f"Lander of {owner}", planned="2018",
        destinations=["mars-surface"], requirements=needs,
    )  # fmt: skip


@pytest.fixture(scope="module")
def portfolio():
    """Two agencies with a lander and a relay each; a third has a relay that flies."""
    plans = [one for owner, cost in (("esa", 300), ("nasa", 200)) for one in (relay(owner, cost), lander(owner))]
    return history(agency("nasa"), *plans).known_on()


def test_dues_and_what_is_saved_add_up(portfolio):
    found = worth(portfolio, Assumptions(players=("esa", "nasa"), exponent=0.5))
    together = 200 * 2**0.5
    assert found.game.whole == pytest.approx(500 - together, rel=1e-3)
    settled = settlement(portfolio, found)
    assert settled.alone == pytest.approx((300, 200))
    assert settled.due == pytest.approx((300 - found.game.whole / 2, 200 - found.game.whole / 2))
    assert settled.in_kind.brought == pytest.approx((0, 200))
    assert settled.in_kind.uncovered == pytest.approx(together - 200, rel=1e-2)
    assert len(settled.notes) == 2
    assert [(one.giver, one.receiver) for one in settled.in_kind.barter] == [("esa", "nasa")]


def test_a_rule_that_gives_nothing_is_refused_by_name(portfolio):
    found = worth(portfolio, Assumptions(players=("esa", "nasa")))
    with pytest.raises(GameError, match=r"coalition\.rule: .*nucleolus, shapley.*found proportional"):
        settlement(portfolio, found, rule="proportional")
    proposed = shares_of(found, proposal=[found.game.whole, 0.0]).rules[-1]
    assert (proposed.rule, proposed.in_core) == ("proposal", True)


def test_what_is_there_and_what_others_do_comes_about_in_any_case():
    def mission(name, **given):
        return statement("mission", id=name, name=name, **given)

    def benefit(name, **given):
        return statement("benefit", id=name, name=name, plans=[f"for-{name}"], **given)

    others = {"owner": "nasa", "stated_by": "nasa"}
    plans = history(
        agency("nasa"),
        mission("for-there", status="operating"),
        mission("for-planned"),
        mission("for-own"),
        mission("for-given-up", status="cancelled"),
        mission("for-others", **others),
        mission("for-others-gone", status="cancelled", **others),
        statement("element", id="for-copy", name="copy", **others),
        *(benefit(name) for name in ("there", "planned", "own", "given-up", "others", "others-gone")),
        benefit("with-them", with_agencies=["nasa"]),
        mission("for-with-them", **others),
    ).known_on()
    alone = SimpleNamespace(flights=[SimpleNamespace(mission="mission:for-own")], builds=[], unplanned=())
    together = SimpleNamespace(taking_part={"for-own": ("esa",), "for-planned": ("esa", "nasa")})
    found = benefits(plans, SimpleNamespace(players=("esa",), alone=(("esa", alone),), together=together))
    assert {one.id for one in found.declared if one.alone} == {"there", "own", "others"}
    assert {one.id for one in found.declared if one.together} == {"there", "own", "others", "planned", "with-them"}


def test_a_copy_of_anothers_building_block_is_not_that_block():
    block = statement("element", id="drill", name="Drill", owner="nasa", stated_by="nasa")
    gain = statement("benefit", id="skills", name="Skills", sort="expertise", plans=["drill"])
    plans = history(agency("nasa"), block, gain).known_on()
    copy = SimpleNamespace(flights=[], builds=[SimpleNamespace(record="element:drill", builder="esa")], unplanned=())
    none = SimpleNamespace(flights=[], builds=[], unplanned=())
    together = SimpleNamespace(taking_part={"drill": ("nasa", "esa")})
    players = ("esa", "nasa")
    worths = SimpleNamespace(players=players, alone=(("esa", copy), ("nasa", none)), together=together)
    (one,) = benefits(plans, worths).declared
    assert (one.alone, one.together) == ((), ("drill",))


def test_where_there_is_no_nucleolus_the_prenucleolus_stands_in_and_it_is_said():
    less = fair_shares(("esa", "nasa"), [0, 3, 4, 5])
    rule, said = _rule_for(less, "nucleolus")
    assert rule == "prenucleolus"
    assert "prenucleolus stands in" in said[0]
    assert _rule_for(less, "shapley") == ("shapley", ())
    assert _rule_for(fair_shares(("esa", "nasa"), [0, 3, 4, 9]), "nucleolus") == ("nucleolus", ())
