"""The game of savings: worked out by hand, and against every way to share."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.coalition import Assumptions, GameError, plan, planning_case, solve_group, worth
from tests.coalition.planned_worlds import (
    MILLION,
    agency,
    commitment,
    element,
    estimate,
    mission,
    needs,
    offer,
    portfolio,
)

MOON = {"destinations": ["moon"]}
E = 0.15


def landers(*costs, **fields):
    """Agencies a, b, c ..., each with a lunar lander of its own, at a cost in millions, for a mission of its own."""
    records = []
    for name, cost in zip("abcde", costs, strict=False):
        records += [
            agency(f"agency-{name}"),
            element(f"lander-{name}", f"agency-{name}", ["lunar-lander"], cost, **MOON, **fields),
            mission(f"landing-{name}", f"agency-{name}", [needs("lunar-lander", f"lander-{name}")], **MOON),
        ]
    return records


def millions(programme):
    return programme.worth / MILLION


def saved(*records, **given):
    return millions(plan(portfolio(*records), None, Assumptions(**given)))


@pytest.mark.parametrize("exponent", [0.0, 0.15, 0.5])
def test_two_agencies_share_the_cheaper_lander(exponent):
    found = plan(portfolio(*landers(100, 80)), None, Assumptions(exponent=exponent))
    assert millions(found) == pytest.approx(180 - 80 * 2**exponent, rel=1e-5)
    (shared,) = found.shared
    assert (shared.record, shared.builder, shared.partners) == ("element:lander-b", "agency-b", ("agency-a",))
    assert shared.transaction == pytest.approx(80 * MILLION * (2**exponent - 1))
    assert shared.replaces == (("agency-a", "element:lander-a"), ("agency-b", "element:lander-b"))
    assert dict(found.alone_cost) == pytest.approx({"agency-a": 100 * MILLION, "agency-b": 80 * MILLION})


def test_transaction_grows_with_partners_and_interfaces():
    assert saved(*landers(100, 100, 100)) == pytest.approx(300 - 100 * 3**E, rel=1e-5)
    assert saved(*landers(100, 80), interface_share=0.05) == pytest.approx(180 - 80 * (2**E + 0.05), rel=1e-5)
    two = [{"standard": "idss"}, {"standard": "ccsds-proximity-1"}]
    found = saved(*landers(100, 80, interfaces=two), interface_share=0.05)
    assert found == pytest.approx(180 - 80 * (2**E + 0.1), rel=1e-5)


def test_sharing_that_costs_more_than_it_saves_is_left_alone():
    found = plan(portfolio(*landers(100, 1)), None, Assumptions(exponent=1.0, interface_share=1.0, cost_ratio=100))
    assert millions(found) == pytest.approx(101 - 3)
    assert saved(*landers(100, 100), exponent=1.0) == pytest.approx(0)


def test_a_reserve_is_kept_for_a_commitment_that_may_fail():
    promised = commitment("word", "agency-b", ["lander-b"], kept_probability=0.9)
    found = plan(portfolio(*landers(100, 80), promised))
    assert millions(found) == pytest.approx(180 - 80 * 2**E - 0.1 * 80, rel=1e-5)
    assert found.reserve == pytest.approx(8 * MILLION)
    level = commitment("word", "agency-b", ["lander-b"], level="agreed")
    assert saved(*landers(100, 80), level) == pytest.approx(180 - 80 * 2**E - 0.15 * 80, rel=1e-5)
    doubtful = commitment("word", "agency-b", ["lander-b"], kept_probability=0.5)
    assert saved(*landers(100, 80), doubtful) == pytest.approx(180 - 100 * 2**E, rel=1e-5), "the surer one is shared"


def test_what_no_commitment_is_stated_to_can_count_as_an_intent():
    found = saved(*landers(100, 80), unstated_commitment="intent")
    assert found == pytest.approx(180 - 80 * 2**E - 0.5 * 80, rel=1e-5)


def test_what_exists_costs_only_the_sharing_of_it():
    records = landers(100, 80)
    records[4] = records[4].model_copy(update={"status": "operating"})
    case = planning_case(portfolio(*records))
    assert solve_group(case.model, 0b01).worth == solve_group(case.model, 0b10).worth == 0, "the owner has to take part"
    found = plan(portfolio(*records))
    assert millions(found) == pytest.approx(100 - 80 * (2**E - 1), rel=1e-5)
    assert found.shared[0].exists
    assert found.shared[0].cost == 0
    assert dict(found.alone_cost)["agency-b"] == 0


def test_a_missing_cost_counts_as_no_saving_and_is_named():
    found = plan(portfolio(*landers(100, None)))
    assert found.worth == 0
    assert [(one.record, one.what, one.wanted_by) for one in found.missing] == [
        ("element:lander-b", "cost", ("agency-a", "agency-b"))
    ]
    analogue = estimate("like-lander-a", "agency-a", "lander-b", 80)
    guessed = plan(portfolio(*landers(100, None), analogue))
    assert millions(guessed) == pytest.approx(180 - 80 * 2**E, rel=1e-5)
    assert guessed.shared[0].estimated
    assert guessed.shared[0].figure == "estimate:like-lander-a"
    assert not guessed.missing


def test_the_owner_s_estimate_counts_before_others_and_else_the_lowest():
    others = [estimate("low", "agency-a", "lander-b", 60), estimate("high", "agency-c", "lander-b", 90)]
    assert plan(portfolio(*landers(100, None), *others)).shared[0].figure == "estimate:low"
    own = estimate("own", "agency-b", "lander-b", 95)
    assert plan(portfolio(*landers(100, None), *others, own)).shared[0].figure == "estimate:own"


def test_a_part_of_a_cost_is_never_shared_as_if_it_were_the_whole():
    year = [{"money": {"amount": 50 * MILLION, "currency": "EUR", "price_year": 2011}, "period": "2011"}]
    records = landers(100, None)
    records[4] = records[4].model_copy(update={"costs": element("x", "b", [], costs=year).costs})
    found = plan(portfolio(*records))
    assert found.shared[0].record == "element:lander-a", "what is stated of the other is the money of a year"
    assert [one.record for one in found.missing] == ["element:lander-b"]
    twice = plan(portfolio(*records), None, Assumptions(providers_per_need=2))
    assert dict(twice.alone_cost) == pytest.approx({"agency-a": 200 * MILLION, "agency-b": 100 * MILLION})
    assert [(one.record, one.builder, one.cost / MILLION) for one in twice.builds] == [
        ("element:lander-a", "agency-a", 100),
        ("element:lander-a", "agency-a", 100),
        ("element:lander-b", "agency-b", 50),
    ], "each keeps one for itself beside the one that is shared"
    assert twice.cost / MILLION == pytest.approx(300 - 150 + 100 * 2**E)


def test_what_an_agency_could_save_alone_is_no_gain_of_cooperation():
    records = [
        *landers(100),
        element("second", "agency-a", ["lunar-lander"], 60, **MOON),
        mission("another", "agency-a", [needs("lunar-lander", "second")], **MOON),
        agency("agency-b"),
    ]
    found = worth(portfolio(*records))
    assert found.game.worths.tolist() == [0, 0, 0, 0]
    assert dict(found.together.alone_cost)["agency-a"] == pytest.approx(60 * MILLION)


def test_a_lander_brings_what_it_needs_in_turn():
    records = []
    for name, cost, engine in (("a", 100, 30), ("b", 80, 20)):
        records += [
            agency(f"agency-{name}"),
            element(f"engine-{name}", f"agency-{name}", ["propulsion"], engine),
            element(
                f"lander-{name}",
                f"agency-{name}",
                ["lunar-lander"],
                cost,
                needs=[needs("propulsion", f"engine-{name}")],
                **MOON,
            ),
            mission(f"landing-{name}", f"agency-{name}", [needs("lunar-lander", f"lander-{name}")], **MOON),
        ]
    found = plan(portfolio(*records), None, Assumptions(exponent=0.0))
    assert millions(found) == pytest.approx(130), "with the lander goes the engine that it needed"
    found = plan(portfolio(*records), None, Assumptions(exponent=0.5))
    assert millions(found) == pytest.approx(230 - 80 * 2**0.5 - 20, rel=1e-5)


def test_what_another_develops_for_a_mission_saves_nothing_together():
    """The lander costs the same whoever pays: a cooperation shifts its cost, and the transaction comes on top."""
    records = [
        agency("agency-a"),
        agency("agency-b"),
        element("lander-b", "agency-b", ["lunar-lander"], 80, **MOON),
        mission("landing-a", "agency-a", [needs("lunar-lander", "lander-b")], **MOON),
    ]
    assert saved(*records) == 0
    again = mission("landing-b", "agency-b", [needs("lunar-lander", "lander-b")], **MOON)
    assert saved(*records, again) == pytest.approx(160 - 80 * 2**E, rel=1e-5)


def test_a_second_provider_is_somebody_else():
    found = plan(portfolio(*landers(100, 80)), None, Assumptions(providers_per_need=2))
    assert dict(found.alone_cost) == pytest.approx({"agency-a": 200 * MILLION, "agency-b": 160 * MILLION})
    assert millions(found) == pytest.approx(360 - 180 * 2**E, rel=1e-5)
    assert {one.builder for one in found.shared} == {"agency-a", "agency-b"}


@pytest.mark.parametrize(
    ("place", "saves"),
    [({"destinations": ["mars"]}, False), ({"destinations": ["lunar-surface"]}, True), ({"destinations": []}, True)],
)
def test_what_works_elsewhere_is_not_shared(place, saves):
    records = landers(100, 80)
    records[4] = records[4].model_copy(update=place)
    found = plan(portfolio(*records))
    # The dearer lander serves on the Moon: it can always be shared.
    assert (found.shared[0].record == "element:lander-b") == saves


def test_what_is_far_larger_does_not_stand_in():
    assert saved(*landers(100, 1000)) == 0
    assert saved(*landers(100, 300), exponent=0.0) == pytest.approx(300)
    assert saved(*landers(100, 301), exponent=0.0) == 0


def test_what_comes_too_late_is_not_shared():
    records = landers(100, 80)
    records[4] = element("lander-b", "agency-b", ["lunar-lander"], 80, available="2021..", **MOON)
    assert plan(portfolio(*records)).shared[0].record == "element:lander-a"


def test_an_interface_that_does_not_fit_is_not_shared():
    records = landers(100, 80, interfaces=[{"standard": "ccsds-proximity-1"}])
    wanted = needs("lunar-lander", "lander-a", interface="idss")
    records[2] = mission("landing-a", "agency-a", [wanted], **MOON)
    assert plan(portfolio(*records)).shared[0].record == "element:lander-a"


def test_agencies_that_do_not_play_keep_to_what_they_do():
    records = [
        *landers(100, 80),
        agency("agency-z", member_since=None),
        mission("third", "agency-a", [needs("lunar-lander", "lander-z")], **MOON),
        element("lander-z", "agency-z", ["lunar-lander"], 70, **MOON),
    ]
    found = plan(portfolio(*records))
    assert found.group == ("agency-a", "agency-b")
    assert millions(found) == pytest.approx(180 - 80 * 2**E, rel=1e-5)
    shared = element("lander-z", "agency-z", ["lunar-lander"], status="operating", capacity_to_share="A seat", **MOON)
    offered = plan(portfolio(*records[:-1], shared))
    assert dict(offered.alone_cost) == {"agency-a": 0, "agency-b": 0}, "what is there and offered meets all needs"


def test_an_offer_serves_those_that_it_is_made_to():
    made = offer("ride", "agency-z", ["lunar-lander"], offered_to=["agency-a"], **MOON)
    records = [*landers(100, 80), agency("agency-z", member_since=None), made]
    found = plan(portfolio(*records))
    assert dict(found.alone_cost) == pytest.approx({"agency-a": 0, "agency-b": 80 * MILLION})


def test_what_missions_bring_themselves_is_told_though_it_has_no_cost():
    bring = {"provides": ["lunar-lander"], **MOON}
    records = [agency(f"agency-{name}") for name in "abc"]
    records += [mission(f"landing-{name}", f"agency-{name}", (), 100, **bring) for name in "ab"]
    records += [mission("mars", "agency-c", (), 100, provides=["lunar-lander"], destinations=["mars"])]
    found = plan(portfolio(*records))
    assert found.worth == 0
    (note,) = (one for one in found.notes if "bring these themselves" in one)
    assert note.endswith("lunar lander, the Moon (AGENCY-A, AGENCY-B).")


def test_players_can_be_chosen():
    records = landers(100, 80, 60)
    chosen = Assumptions(players=("agency-a", "agency-b"))
    assert plan(portfolio(*records), None, chosen).group == ("agency-a", "agency-b")
    assert saved(*records, players=("agency-a", "agency-b")) == pytest.approx(180 - 80 * 2**E, rel=1e-5)
    with pytest.raises(GameError, match="expected agencies of the portfolio"):
        plan(portfolio(*records), None, Assumptions(players=("nobody",)))
    with pytest.raises(GameError, match="expected members among"):
        plan(portfolio(*records), ["agency-c"], chosen)


def partitions(members):
    """Every way to part members into clusters."""
    if not members:
        yield []
        return
    first, *others = members
    for rest in partitions(others):
        yield [[first], *rest]
        for at in range(len(rest)):
            yield [*rest[:at], [first, *rest[at]], *rest[at + 1 :]]


@settings(max_examples=15)
@given(costs=st.lists(st.integers(1, 200), min_size=2, max_size=4), exponent=st.sampled_from([0.0, 0.15, 0.5, 0.9]))
def test_worths_are_the_best_of_all_ways_to_share(costs, exponent):
    found = worth(portfolio(*landers(*costs)), Assumptions(exponent=exponent, cost_ratio=1e9))
    for group in range(1 << len(costs)):
        members = [cost for at, cost in enumerate(costs) if group >> at & 1]
        best = max(
            sum(members) - sum(min(cluster) * len(cluster) ** exponent for cluster in parts)
            for parts in partitions(members)
        )
        assert found.game.worths[group] / MILLION == pytest.approx(best, abs=1e-3)


def test_a_limit_also_ends_the_search_for_the_plan_that_is_told():
    known = portfolio(*landers(300, 500))
    hurried = worth(known, Assumptions(), limit_s=1e-9)
    assert not hurried.together.proven
    assert not hurried.proven
    assert worth(known, Assumptions()).proven
