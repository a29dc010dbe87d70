"""Benefits beside money: what comes about alone and together, each agency on its own scale."""

import pytest

from synodos.coalition import benefits_of
from tests.language.minimal import agency, history, statement

TOGETHER = {"landing": ("esa", "nasa"), "orbiter": ("esa",)}


def benefit(name, **given):
    return statement("benefit", **{"id": name, "name": name, **given})


def plans(*benefits):
    """Plans of three agencies with what they say they gain."""
    missions = [statement("mission", id=name, name=name) for name in ("landing", "orbiter", "sample-return")]
    return history(agency("nasa"), agency("jaxa"), *missions, *benefits).known_on()


def told(found):
    return [(one.agency, one.sort, one.declared, one.alone, one.together) for one in found.sums]


def test_weights_are_added_up_by_agency_and_sort_alone_and_together():
    portfolio = plans(
        benefit("samples", sort="science-return", plans=["sample-return", "landing"], weight=5),
        benefit("spectra", sort="science-return", plans=["orbiter"], weight=2),
        benefit("flag", sort="prestige", plans=["landing"], weight=3),
        benefit("dream", sort="prestige", plans=["sample-return"], weight=9),
        benefit("friends", owner="nasa", stated_by="nasa", sort="foreign-policy", plans=["landing"], weight=70),
    )
    found = benefits_of(portfolio, {"esa": ("orbiter",), "nasa": (), "jaxa": ()}, TOGETHER)
    assert told(found) == [
        ("esa", "science-return", 7, 2, 7),
        ("esa", "prestige", 12, 0, 3),
        ("nasa", "foreign-policy", 70, 0, 70),
    ]
    assert found.sums[0].records == ("benefit:samples", "benefit:spectra")
    assert found.silent == ("jaxa",)
    assert found.evidence == ("benefit:samples", "benefit:spectra", "benefit:dream", "benefit:flag", "benefit:friends")
    by_id = {one.id: one for one in found.declared}
    assert by_id["samples"].together == ("landing",)
    assert by_id["dream"].together == ()


def test_what_hangs_on_others_needs_them_to_take_part_in_the_plan_itself():
    portfolio = plans(
        benefit("with-nasa", with_agencies=["nasa"], plans=["landing"], weight=4),
        benefit("nasa-there-too", with_agencies=["nasa"], plans=["orbiter"], weight=1),
        benefit("with-both", with_agencies=["nasa", "jaxa"], plans=["orbiter", "landing"], weight=2),
        benefit("own", with_agencies=["esa"], plans=["orbiter"], weight=8),
    )
    found = benefits_of(portfolio, {"esa": ("orbiter", "landing")}, TOGETHER)
    assert told(found) == [("esa", "prestige", 15, 8, 12)]
    lacking = {one.id: one.lacking for one in found.declared}
    assert lacking == {"with-nasa": (), "nasa-there-too": ("nasa",), "with-both": ("jaxa",), "own": ()}


def test_benefits_of_agencies_not_asked_about_are_left_out():
    portfolio = plans(benefit("flag", plans=["landing"]))
    found = benefits_of(portfolio, {"nasa": ("landing",)}, TOGETHER)
    assert (found.sums, found.declared, found.silent) == ((), (), ("nasa",))


@pytest.mark.parametrize("confidence", ["read", "unverified"])
def test_doubt_is_passed_on(confidence):
    portfolio = plans(benefit("flag", plans=["landing"], confidence=confidence))
    (one,) = benefits_of(portfolio, {"esa": ()}, TOGETHER).declared
    assert one.unverified is (confidence == "unverified")
