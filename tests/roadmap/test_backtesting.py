"""Back-tests: what a hit is, what chance is worth, and why something was not found."""

import datetime as dt
from itertools import combinations, permutations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.cooperation import opportunities
from synodos.language import DateRange, History, Outcome, Outcomes
from synodos.roadmap import METHODS, STANDINGS, backtest
from synodos.roadmap.backtesting.answer import GROUPS
from synodos.roadmap.backtesting.chance import any_order, as_good, counted, drawn, topics_dealt
from synodos.roadmap.backtesting.finding import shortfall
from synodos.roadmap.backtesting.likeness import Likeness, Proposal
from synodos.roadmap.backtesting.statements import of_the_time, statements, unlinked, without_inferred
from synodos.roadmap.backtesting.words import by_words
from tests.language.minimal import agency, header, statement

AGENCIES = ("csa", "esa", "jaxa", "nasa", "asi")
TEXTS = {
    "text": {"title": "A text", "date": "2011-05"},
    "later": {"title": "A later one", "date": "2013"},
    "undated": {"title": "A page"},
}


def plan(kind, name, owner, **said):
    """A plan on the Moon in 2018."""
    dates = {"available": "2018"} if kind == "element" else {"planned": "2018"}
    said = {"status": "planned", "destinations": ["lunar-surface"], "sources": ["text"], **dates, **said}
    return statement(kind, id=name, name=name, owner=owner, stated_by=owner, **said)


def portfolio(*records):
    """A portfolio of these records and five agencies, of January 2012."""
    agencies = [agency(name, short_name=name.upper()) for name in AGENCIES]
    return History(header(known_on="2012-01-31", sources=TEXTS), (*agencies, *records)).known_on()


@pytest.fixture(scope="module")
def plans():
    """ESA seeks a rover and a relay, CSA and JAXA have rovers, NASA has a relay in lunar orbit, agreed with ESA."""
    sought = [{"capability": "robotic-rover", "essential": True}, {"capability": "lunar-relay", "basis": "inferred"}]
    return portfolio(
        plan("mission", "esa-lander", "esa", requirements=sought),
        plan("element", "csa-rover", "csa", provides=["robotic-rover"]),
        plan("element", "jaxa-rover", "jaxa", provides=["robotic-rover"], sources=["later"]),
        plan("element", "nasa-relay", "nasa", provides=["lunar-relay"], destinations=["moon"]),
        plan(
            "mission",
            "nasa-lander",
            "nasa",
            requirements=[{"capability": "surface-instruments"}],
            partners=[{"agency": "jaxa"}],
        ),
        plan("element", "jaxa-instruments", "jaxa", provides=["surface-instruments"]),
    )


def outcome(name="came", agencies=("esa", "csa"), capability="robotic-rover", place="lunar-surface", **said):
    """A cooperation that came in 2015."""
    came = {"came": "happened", "agreed": "2015", "statement": "It came.", "confidence": "read", "sources": ["text"]}
    where = {"capabilities": [capability], "destinations": [place] if place else []}
    return Outcome.model_validate(
        {"id": name, "title": name, "area": "data", "agencies": agencies, **where, **came, **said}
    )


def outcomes(*rows, after="2012-01-31"):
    """A list of outcomes."""
    return Outcomes(id="list", title="List", after=DateRange(after), known_on=DateRange("2026-06-30"), outcomes=rows)


def judged(plans, *rows):
    """What a back-test says of outcomes, by id."""
    return {one.outcome: one for one in backtest(plans, outcomes(*rows), dealings=20).judged}


def group(found, name):
    """Numbers found by method and number of proposals, of one group of outcomes."""
    chosen = next(one for one in found.groups if one.name == name)
    return {(one.method, one.at): one for one in chosen.recalls}


@pytest.mark.parametrize(
    ("changed", "standing"),
    [
        ({}, "found"),
        ({"agencies": ("esa", "csa", "nasa")}, "found"),  # two of three: a part of it
        ({"capability": "surface-mobility"}, "found"),  # the rover is narrower
        ({"place": "moon"}, "found"),  # the surface lies on it
        ({"place": ""}, "found"),
        ({"place": "lunar-orbit"}, "destination not stated"),
        ({"place": "mars"}, "destination not stated"),
        ({"capability": "crew-training"}, "capability not stated"),
        ({"agencies": ("esa", "roscosmos")}, "agency not in it"),
        ({"agencies": ("esa", "asi")}, "agency not in it"),  # it has a record, and no plan
        ({"agencies": ("csa", "nasa")}, "capability not stated"),
        ({"agencies": ("nasa", "jaxa"), "capability": "surface-instruments"}, "agreed already"),
        ({"capability": "surface-instruments"}, "capability not stated"),  # others agreed it
    ],
)
def test_a_hit_needs_the_agencies_the_capability_and_the_place(plans, changed, standing):
    capability = changed.get("capability")
    assert capability is None or capability in plans.capabilities
    assert judged(plans, outcome(**changed))["came"].standing == standing


def test_what_serves_anywhere_is_stated_for_every_place():
    dishes = portfolio(
        plan("element", "esa-dish", "esa", provides=["deep-space-tracking"], destinations=["mars"]),
        plan("element", "nasa-dish", "nasa", provides=["deep-space-tracking"], destinations=["mars"]),
        plan("element", "esa-rover", "esa", provides=["robotic-rover"], destinations=["mars"]),
        plan("element", "nasa-rover", "nasa", provides=["robotic-rover"], destinations=["mars"]),
    )
    likeness, said = Likeness(dishes), statements(dishes)
    rows = (
        outcome("o", ("esa", "nasa"), capability, "moon") for capability in ("deep-space-tracking", "robotic-rover")
    )
    assert [shortfall(dishes, likeness, said, (), row).standing for row in rows] == ["missed", "destination not stated"]


def test_a_larger_group_and_the_first_level_of_the_tree_are_no_hit(plans):
    likeness = Likeness(plans)
    trio = Proposal("trio", frozenset(("esa", "csa", "jaxa")), ("robotic-rover",), ("lunar-surface",), 1.0)
    assert likeness.tie(trio, outcome()).agencies == "wider"
    area = plans.capabilities.ancestors("robotic-rover")[-1]
    assert likeness.capability_tie((area,), ("robotic-rover",)) is None
    assert likeness.capability_tie(("robotic-rover",), (area,)) is None
    alone = Proposal("alone", frozenset(("esa",)), ("robotic-rover",), ("lunar-surface",), 1.0)
    assert likeness.tie(alone, outcome()) is None


def test_larger_groups_are_told_and_are_no_hits():
    cared = [
        statement(
            "interest",
            id=f"{who}-i",
            name="Rovers",
            owner=who,
            stated_by=who,
            capabilities=["robotic-rover"],
            destinations=["moon"],
            sources=["text"],
        )
        for who in ("esa", "csa", "jaxa")
    ]
    found = backtest(portfolio(*cared), outcomes(outcome()), dealings=1)
    assert found.judged[0].rank is None
    told = group(found, "all")
    assert (told["ranked", found.listed].found, told["ranked-wider", found.listed].found) == (0, 1)


def test_the_rank_is_that_of_the_first_opportunity_that_is_the_cooperation(plans):
    ranked = opportunities(plans).ranked
    one = judged(plans, outcome())["came"]
    hit = ranked[one.rank - 1]
    assert (hit.id, hit.score) == (one.proposal, one.score)
    assert set(hit.agencies) == {"esa", "csa"}
    assert hit.capability == "robotic-rover"
    assert (one.tie.agencies, one.tie.capability, one.tie.destination) == ("same", "same", "same")


def test_both_halves_make_up_all_that_came_and_what_lapsed_stands_apart(plans):
    rows = [outcome(f"row-{number}") for number in range(8)]
    gone = outcome("gone", came="lapsed", agreed="2010", ended="2013")
    found = backtest(plans, outcomes(*rows, gone), dealings=20)
    sizes = {one.name: one.outcomes for one in found.groups}
    assert tuple(sizes) == GROUPS
    assert sizes["all"] == 8 == sizes["even"] + sizes["odd"] == sizes["findable"]
    assert {one.half for one in found.judged} == {"even", "odd"}
    assert found.judged[-1].came == "lapsed"
    at = found.groups[0].recalls[0].at
    halves = sum(group(found, name)["ranked", at].found for name in ("even", "odd"))
    assert halves == group(found, "all")["ranked", at].found


def test_what_was_inferred_or_known_only_later_can_be_left_out(plans):
    relay = outcome("relay", ("esa", "nasa"), "lunar-relay", "moon")
    rover = outcome("rover", ("esa", "jaxa"))
    found = judged(plans, relay, rover)
    assert found["relay"].rank
    assert found["relay"].rank_without_inferred is None
    assert found["relay"].rank_of_the_time
    assert found["rover"].rank_without_inferred
    assert found["rover"].rank_of_the_time is None
    assert "jaxa-rover" not in of_the_time(plans).elements
    undated = portfolio(plan("element", "page", "esa", sources=["undated"]), plan("element", "text", "esa"))
    assert set(of_the_time(undated).elements) == {"text"}
    assert len(without_inferred(plans).missions["esa-lander"].requirements) == 1


def test_what_was_agreed_is_scored_as_if_it_were_not(plans):
    row = outcome("agreed", ("nasa", "jaxa"), "surface-instruments", came="lapsed", agreed="2010", ended="2013")
    one = judged(plans, row, outcome())["agreed"]
    assert (one.rank, one.standing) == (None, "agreed already")
    assert 0 < one.score_unlinked <= 1
    assert not unlinked(plans).missions["nasa-lander"].partners
    assert plans.missions["nasa-lander"].partners


def test_a_lapse_that_scores_less_than_all_that_came_is_below_them(plans):
    never = outcome("never", ("csa", "asi"), "crew-training", came="lapsed", agreed="2010", ended="2013")
    found = backtest(plans, outcomes(outcome(), never), dealings=1)
    assert (found.lapses.lapsed, found.lapses.came, found.lapses.below) == (1, 1, 1.0)
    assert (found.lapses.lapsed_proposed, found.lapses.came_proposed, found.lapses.below_proposed) == (0, 1, None)
    same = backtest(plans, outcomes(outcome(), outcome("like", came="lapsed", agreed="2010", ended="2013")), dealings=1)
    assert (same.lapses.below, same.lapses.below_proposed) == (0.5, 0.5)
    assert backtest(plans, outcomes(outcome()), dealings=1).lapses.below is None


def test_what_was_proposed_tells_what_came_of_it(plans):
    found = backtest(plans, outcomes(outcome(), outcome("near", ("esa", "csa"), "surface-drill")), dealings=1)
    told = {one.opportunity: one for one in found.proposed}
    hit = next(one for one in found.judged if one.rank)
    assert told[hit.proposal].came == ("came",)
    assert told[hit.proposal].near == ("near",)
    assert sum(bool(one.came) for one in found.proposed) == 1
    assert [one.rank for one in found.proposed] == list(range(1, len(found.proposed) + 1))


def test_a_portfolio_that_could_know_what_came_is_refused(plans):
    with pytest.raises(ValueError, match="known on 2012-01-31"):
        backtest(plans, outcomes(outcome(), after="2011-06-30"))
    with pytest.raises(ValueError, match="found 0"):
        backtest(plans, outcomes(outcome()), dealings=0)


def test_nothing_to_compare_is_an_answer(plans):
    empty = backtest(plans, outcomes(), dealings=5)
    assert empty.groups[0].outcomes == 0
    assert {one.share for one in empty.groups[0].recalls} == {None}
    bare = backtest(portfolio(), outcomes(outcome()), dealings=5)
    assert bare.listed == 0
    assert bare.judged[0].standing == "agency not in it"


def test_every_method_is_told_and_the_same_seed_gives_the_same_answer(plans):
    rows = outcomes(outcome(), outcome("other", ("esa", "jaxa")))
    found = backtest(plans, rows, dealings=50, seed=3)
    assert {one.method for one in found.groups[0].recalls} == set(METHODS)
    lucky = {one.method for one in found.groups[0].recalls if one.as_good is not None}
    assert lucky == {"topics-dealt", "any-order"}
    assert group(found, "all")["any-order", found.listed].as_good == 1.0  # any order of all finds them all
    assert found == backtest(plans, rows, dealings=50, seed=3)
    assert {one.standing for one in found.judged} <= set(STANDINGS)


def test_the_universe_is_pairs_times_capabilities_times_places(plans):
    found = backtest(plans, outcomes(outcome()), dealings=1)
    assert found.triples == comb(4, 2) * 3 * 2  # ASI states nothing; rover, relay, instruments; surface, Moon
    assert found.pairs.possible == comb(4, 2)
    first = group(found, "all")["any-triple", found.listed].found
    assert first == pytest.approx(1 - comb(34, found.listed) / comb(36, found.listed))  # on the surface, or the Moon


def test_words_match_records_that_say_the_same(plans):
    alike = portfolio(
        plan("mission", "one", "esa", statement="penetrator network beneath polar craters"),
        plan("mission", "two", "jaxa", statement="penetrator network beneath polar craters"),
        plan("mission", "three", "csa", statement="medical monitoring during isolation"),
    )
    first, *rest = by_words(alike, 10)
    assert first.agencies == {"esa", "jaxa"}
    assert first.score > max(one.score for one in rest)
    assert all(len(one.agencies) == 2 for one in by_words(plans, 100))


flags = st.integers(1, 5).flatmap(
    lambda rows: st.tuples(
        *[st.lists(st.lists(st.booleans(), min_size=2, max_size=2), min_size=rows, max_size=rows)] * 2
    )
)


@given(flags)
def test_chance_is_the_mean_over_all_orders(drawn_flags):
    agencies, topic = (np.array(one, dtype=bool) for one in drawn_flags)
    rows = len(agencies)
    orders = [list(order) for order in permutations(range(rows))]
    dealt = np.mean([counted(agencies & topic[order]) for order in orders], axis=0)
    assert np.allclose(topics_dealt(agencies, topic), dealt)
    hit = agencies & topic
    assert np.allclose(any_order(hit), np.mean([counted(hit[order]) for order in orders], axis=0))


@given(st.integers(1, 7), st.data())
def test_draws_are_those_of_all_sets(total, data):
    good = data.draw(st.integers(0, total))
    for draws in range(1, total + 1):
        sets = list(combinations(range(total), draws))
        share = sum(any(one < good for one in chosen) for chosen in sets) / len(sets)
        assert drawn(total, [good], total + 2)[draws - 1, 0] == pytest.approx(share)
    assert drawn(total, [good], total + 2)[-1, 0] == (good > 0)


def test_as_good_counts_the_ranking_itself_and_agrees_with_all_orders():
    agencies = np.array([[True], [False], [False], [False]])
    topic = np.array([[True], [False], [False], [False]])
    every = np.array([True])
    luck = as_good(agencies, topic, every, [1, 4], dealings=4000, seed=1)
    assert luck[1] == pytest.approx(0.25, abs=0.03)
    assert luck[4] == pytest.approx(0.25, abs=0.03)
    nothing = as_good(agencies, ~agencies, every, [1], dealings=10, seed=1)
    assert nothing[1] == 1.0


def test_the_day_of_the_list_is_kept(plans):
    assert backtest(plans, outcomes(outcome()), dealings=1).outcomes == "list"
    assert plans.known_on == dt.date(2012, 1, 31)


def test_precision_counts_proposals_and_chance_is_the_mean_over_all_dealings(plans):
    rows = outcomes(outcome(), outcome("again"), outcome("other", ("esa", "jaxa")))
    found = backtest(plans, rows, dealings=1)
    last = found.precisions[-1]
    assert last.at == found.listed
    assert last.came == sum(bool(one.came) for one in found.proposed) == last.any_order
    ranked = opportunities(plans).ranked
    pairs, topics = [set(one.agencies) for one in ranked], [one.capability for one in ranked]
    came = [set(one.agencies) in ({"esa", "csa"}, {"esa", "jaxa"}) for one in ranked]
    assert last.dealt == pytest.approx(sum(came) * topics.count("robotic-rover") / len(pairs))
