"""Opportunities: the definitions case by case, and against a plain reading of them pair by pair."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from synodos.cooperation import OPPORTUNITY_KINDS, Weights, default_weights, opportunities
from synodos.exchange import read_portfolio
from synodos.language import History, Portfolio, load
from tests.language.minimal import agency, header, statement
from tests.strategies import histories

AGENCIES = ("csa", "esa", "jaxa", "nasa")
TOLERANCE = 730


def portfolio(*records, known_on="2012-01-31", **given):
    """A portfolio of these records and four agencies."""
    agencies = (agency(name, short_name=name.upper()) for name in AGENCIES)
    return History(header(known_on=known_on, **given), (*agencies, *records)).known_on()


def plan(kind, name, owner, **given):
    """A plan on the Moon in 2018."""
    dates = {"available": "2018"} if kind == "element" else {"planned": "2018"}
    given = {"status": "planned", "destinations": ["lunar-surface"], **dates, **given}
    return statement(kind, id=name, name=name, owner=owner, stated_by=owner, **given)


def seeker(owner="esa", capability="robotic-rover", **given):
    """A mission that requires something nobody is named for."""
    wanted = {"capability": capability, **given.pop("requirement", {})}
    return plan("mission", given.pop("name", f"{owner}-mission"), owner, requirements=[wanted], **given)


def provider(owner="csa", capability="robotic-rover", **given):
    """An element that provides something."""
    return plan("element", given.pop("name", f"{owner}-element"), owner, provides=[capability], **given)


def offer(owner="csa", capability="robotic-rover", **given):
    """A standing offer."""
    name = given.pop("name", f"{owner}-offer")
    return statement("offer", id=name, name=name, owner=owner, stated_by=owner, provides=[capability], **given)


def found(*records, **given):
    """Opportunities of a portfolio by id."""
    return {one.id: one for one in opportunities(portfolio(*records, **given)).ranked}


def kinds(*records, **given):
    """Kinds and agencies of the opportunities of a portfolio."""
    return {(one.kind, one.agencies) for one in opportunities(portfolio(*records, **given)).ranked}


def part(opportunity, name):
    """The value of a part of a score."""
    return next(one.value for one in opportunity.parts if one.name == name)


def test_what_one_seeks_and_another_provides_is_a_complement():
    answer = found(seeker(), provider())
    assert list(answer) == ["complement-esa-csa-robotic-rover-moon"]
    one = answer["complement-esa-csa-robotic-rover-moon"]
    assert one.agencies == ("esa", "csa")
    assert (one.capability, one.objective) == ("robotic-rover", None)
    assert one.records == ("mission:esa-mission", "element:csa-element")
    assert (one.destinations, one.bands, one.years) == (("lunar-surface",), ("lunar-surface",), (2018, 2018))
    sentence = "ESA seeks robotic surface rover (lunar surface) for esa-mission; CSA provides it with csa-element."
    assert one.why == sentence


@pytest.mark.parametrize(
    "asset",
    [
        provider(capacity_to_share="a third of its time"),
        offer(destinations=["lunar-surface"], available="2018"),
        offer(standing="discussed", offered_to=["esa", "nasa"], taken_by=["esa"]),
    ],
    ids=["capacity", "offer", "discussed"],
)
def test_capacity_on_offer_is_a_shared_asset_and_takes_precedence(asset):
    other = provider(name="rover-without-capacity")
    assert kinds(seeker(), other, asset) == {("shared-asset", ("esa", "csa"))}


def test_an_offer_to_others_is_no_shared_asset_and_says_so():
    one = found(seeker(), offer(offered_to=["nasa"]))["complement-esa-csa-robotic-rover-moon"]
    assert one.obstacles == ('"csa-offer" is offered to others, not to ESA',)
    assert part(one, "interest-of-provider") == 0.2


def test_what_nobody_provides_is_one_gap_of_all_who_seek_it():
    assert kinds(seeker(), seeker("nasa"), provider(capability="drill")) == {("gap", ("esa", "nasa"))}


def test_an_agency_that_finds_a_provider_has_no_gap():
    near, far = seeker(), seeker("nasa", planned="2031")
    assert kinds(near, far, provider()) == {("complement", ("esa", "csa")), ("gap", ("nasa",))}


@pytest.mark.parametrize(
    "requirement",
    [{"met_by": ["csa-element"]}, {"provider": "csa"}, {"met_by": ["withheld"]}, {"provider": "withheld"}],
    ids=str,
)
def test_a_requirement_that_is_met_or_may_be_is_neither_gap_nor_complement(requirement):
    records = (seeker(requirement=requirement), provider())
    assert kinds(*records) == set()


def test_a_requirement_met_by_what_was_given_up_is_open_again():
    lost = provider(status="cancelled")
    assert kinds(seeker(requirement={"met_by": ["csa-element"]}), lost) == {("gap", ("esa",))}


def test_what_the_agency_has_itself_is_no_gap():
    inferred = seeker(requirement={"basis": "inferred"})
    assert kinds(inferred, provider("esa")) == set()
    assert kinds(inferred, provider("esa"), provider("csa")) == {("duplication", ("csa", "esa"))}
    assert ("complement", ("esa", "csa")) in kinds(seeker(), provider("esa"), provider("csa"))


@pytest.mark.parametrize("status", ["cancelled", "completed", "lost"])
def test_plans_that_are_over_neither_seek_nor_provide(status):
    assert kinds(seeker(), provider(status=status)) == {("gap", ("esa",))}
    assert kinds(seeker(status=status), provider()) == set()


def test_what_stands_below_the_capability_sought_fits_less():
    exact = found(seeker(), provider())["complement-esa-csa-robotic-rover-moon"]
    narrower = found(seeker(), provider(capability="micro-rover"))["complement-esa-csa-robotic-rover-moon"]
    assert (part(exact, "capability"), part(narrower, "capability")) == (1.0, 0.8)
    assert kinds(seeker(capability="micro-rover"), provider()) == {("gap", ("esa",))}


def test_another_place_at_the_same_body_fits_less_and_another_body_not_at_all():
    same = found(seeker(), provider(destinations=["lunar-south-pole"]))
    near = found(seeker(), provider(destinations=["lunar-orbit"]))
    values = [part(one, "destination") for answer in (same, near) for one in answer.values()]
    assert values == [1.0, 0.5]
    assert kinds(seeker(), provider(destinations=["mars-surface"])) == {("gap", ("esa",))}


def test_a_capability_that_serves_anywhere_needs_no_place():
    launcher = provider("jaxa", "launch", destinations=["low-earth-orbit"])
    one = found(seeker(capability="launch"), launcher)["complement-esa-jaxa-launch-moon"]
    assert part(one, "destination") == 0.75


def test_plans_that_miss_each_other_fit_the_less_the_longer_they_miss():
    shares = [
        part(one, "time")
        for dates in ("2018..", "2019..", "2020..", "..2017", "..2016")
        for one in found(seeker(), provider(available=dates)).values()
    ]
    day, year = round(1 - 1 / TOLERANCE, 4), round(1 - 366 / TOLERANCE, 4)
    assert shares == [1.0, day, year, day, year]
    for dates in ("2021..", "..2015"):
        assert kinds(seeker(), provider(available=dates)) == {("gap", ("esa",))}


def test_a_missing_date_is_taken_as_always_and_said_to_be_missing():
    answer = opportunities(portfolio(seeker(planned=None), provider(available=None)))
    assert answer.ranked[0].years is None
    assert part(answer.ranked[0], "time") is None
    assert answer.notes[0] == "1 of 1 open requirements state no date; they were taken to stand always."


def test_a_plan_that_missed_its_date_states_no_date():
    (one,) = found(seeker(planned="2010"), provider()).values()
    assert (part(one, "time"), one.years) == (None, (2018, 2018))


def test_dates_that_have_passed_are_left_out():
    late = seeker(requirement={"by": "2011"})
    answer = opportunities(portfolio(late, provider()))
    assert answer.ranked == ()
    assert "1 open requirements were left out because their date has passed." in answer.notes


def test_a_mission_that_flies_has_found_what_it_cannot_do_without():
    flying = {"status": "operating", "planned": "2010"}
    assert kinds(seeker(requirement={"essential": True}, **flying), provider(available="2012..")) == set()
    assert kinds(seeker(**flying), provider(available="2012..")) == {("complement", ("esa", "csa"))}


def interface(standard="idss", **given):
    return {"standard": standard, **given}


@pytest.mark.parametrize(
    ("own", "theirs", "value", "obstacle"),
    [
        ([], [interface(revision="E")], 1.0, None),
        ([interface(revision="E")], [interface(revision="D")], 0.5, "another revision of"),
        ([interface(role="active")], [interface(role="active")], 0.0, "does not join by"),
        ([interface(role="active")], [interface(role="passive")], 0.8, None),
        ([], [interface(standard="ccsds")], 0.0, "does not join by"),
        ([], [], None, "interface not stated"),
    ],
)
def test_interfaces_that_differ_stand_in_the_way(own, theirs, value, obstacle):
    wanted = {"capability": "docking", "interface": "idss"}
    ours = plan("element", "ours", "esa", needs=[wanted], interfaces=own)
    (one,) = found(ours, provider(capability="docking", interfaces=theirs)).values()
    assert part(one, "interface") == value
    assert [obstacle in text for text in one.obstacles] == ([True] if obstacle else [])


def test_capacity_that_cannot_be_joined_is_no_shared_asset():
    wanted = {"capability": "docking", "interface": "idss"}
    ours = plan("element", "ours", "esa", needs=[wanted])
    theirs = provider(capability="docking", interfaces=[interface(standard="ccsds")], capacity_to_share="a port")
    assert kinds(ours, theirs) == {("complement", ("esa", "csa"))}


AGREEMENT = {"parties": ["esa", "csa"], "covers": ["esa-mission"], "owner": "esa", "stated_by": "esa"}


@pytest.mark.parametrize(
    "link",
    [
        statement("agreement", standing="in-force", **AGREEMENT),
        statement("agreement", standing="in-doubt", **AGREEMENT),
        statement("agreement", in_force="2010..", **AGREEMENT),
        statement(
            "commitment", to=["esa-mission"], level="agreed", with_agencies=["csa"], owner="esa", stated_by="esa"
        ),
    ],
    ids=["in force", "in doubt", "by date", "commitment"],
)
def test_what_is_agreed_is_counted_and_not_proposed(link):
    answer = opportunities(portfolio(seeker(), provider(), link))
    assert answer.ranked == ()
    assert [(one.agencies, one.topic) for one in answer.agreed] == [(("csa", "esa"), "robotic-rover")]
    assert answer.agreed[0].reason == f"{link.kind} {link.id}"


@pytest.mark.parametrize(
    "change",
    [
        {"standing": "ended"},
        {"standing": "never-concluded"},
        {"covers": []},
        {"parties": ["esa", "nasa"]},
        {"in_force": "2013.."},
    ],
    ids=str,
)
def test_an_agreement_that_does_not_bind_the_two_on_the_plan_leaves_the_proposal(change):
    link = statement("agreement", **{**AGREEMENT, **change})
    assert ("complement", ("esa", "csa")) in kinds(seeker(), provider(), link)


@pytest.mark.parametrize("side", ["seeker", "provider"])
def test_partners_of_a_plan_are_agreed(side):
    records = {
        "seeker": (seeker(partners=[{"agency": "csa"}]), provider()),
        "provider": (seeker(), provider(partners=[{"agency": "esa"}])),
    }
    answer = opportunities(portfolio(*records[side]))
    assert (answer.ranked, answer.agreed[0].reason) == ((), "partner")


def test_what_is_proposed_on_other_records_is_not_called_agreed():
    linked, free = provider(partners=[{"agency": "esa"}]), provider(name="free")
    answer = opportunities(portfolio(seeker(), linked, free))
    assert answer.ranked[0].records == ("mission:esa-mission", "element:free")
    assert answer.agreed == ()


def test_an_offer_that_was_taken_up_is_agreed_but_one_under_discussion_is_not():
    assert kinds(seeker(), offer(taken_by=["esa"])) == set()
    assert kinds(seeker(), offer(taken_by=["nasa"])) == {("shared-asset", ("esa", "csa"))}
    assert kinds(seeker(), offer(taken_by=["esa"], standing="discussed")) == {("shared-asset", ("esa", "csa"))}
    agreed = opportunities(portfolio(offer(taken_by=["esa"], standing="agreed"))).agreed
    assert [one.agencies for one in agreed] == [("csa", "esa")]


def test_a_need_of_several_places_makes_one_opportunity_with_each_provider():
    wide = seeker(destinations=["iss", "lunar-orbit", "mars-orbit"])
    near = [provider(name=place, destinations=[place]) for place in ("iss", "lunar-orbit", "mars-orbit")]
    answer = found(wide, *near)
    assert [(one.kind, one.agencies, len(one.records)) for one in answer.values()] == [
        ("complement", ("esa", "csa"), 4)
    ]


def test_a_need_of_several_places_is_met_where_it_fits_best():
    wide = seeker(destinations=["lunar-orbit", "mars-surface"])
    assert list(found(wide, provider(destinations=["lunar-surface", "mars-surface"]))) == [
        "complement-esa-csa-robotic-rover-mars"
    ]


def test_needs_of_several_years_make_one_opportunity_of_all_years():
    early, late = seeker(name="early"), seeker(name="late", planned="2025")
    (one,) = found(early, late, provider(available="2015..")).values()
    assert (one.years, one.records) == ((2018, 2025), ("mission:early", "mission:late", "element:csa-element"))


def test_needs_both_ways_make_one_opportunity():
    both = [record for owner in ("esa", "csa") for record in (seeker(owner), provider(owner))]
    (one,) = [one for one in found(*both).values() if one.kind == "complement"]
    assert one.why.endswith("; so it is the other way round.")


def test_providers_in_the_same_years_are_one_duplication_of_all():
    rovers = [
        provider(owner, available=years)
        for owner, years in (("csa", "2018..2020"), ("esa", "2019"), ("jaxa", "2019..2020"))
    ]
    (one,) = found(*rovers).values()
    assert (one.kind, one.agencies, one.years) == ("duplication", ("csa", "esa", "jaxa"), (2019, 2020))
    assert one.why.endswith("in the same years, with no link between them on record.")


def test_providers_that_never_work_at_once_are_not_named_together():
    rovers = [
        provider(owner, available=years) for owner, years in (("csa", "2018..2020"), ("esa", "2019"), ("jaxa", "2020"))
    ]
    assert {one.agencies for one in found(*rovers).values()} == {("csa", "esa"), ("csa", "jaxa")}


def test_providers_in_other_years_or_at_other_bodies_are_no_duplication():
    assert kinds(provider("csa"), provider("esa", available="2019")) == set()
    assert kinds(provider("csa"), provider("esa", destinations=["mars-surface"])) == set()


def test_a_duplication_of_what_stands_below_joins_that_of_what_stands_above():
    rovers = [plan("element", owner, owner, provides=["robotic-rover", "micro-rover"]) for owner in ("csa", "esa")]
    assert list(found(*rovers)) == ["duplication-csa-esa-robotic-rover-moon"]


def test_only_agencies_without_a_link_are_named():
    three = (provider("csa", partners=[{"agency": "esa"}]), provider("esa"), provider("jaxa"))
    (one,) = found(*three).values()
    assert one.agencies == ("csa", "esa", "jaxa")
    assert one.why.endswith("and not all of them are linked.")
    answer = opportunities(portfolio(*three[:2]))
    assert (answer.ranked, [one.agencies for one in answer.agreed]) == ((), [("csa", "esa")])


def test_agencies_that_serve_one_objective_without_a_link_have_a_joint_interest():
    objective = "objective-past-or-present-life"
    ours = plan("mission", "ours", "esa", objectives=[objective], destinations=["mars-surface"])
    theirs = statement(
        "interest", owner="jaxa", stated_by="jaxa", objectives=[objective], destinations=["mars-orbit"], strength="high"
    )
    (one,) = found(ours, theirs).values()
    assert (one.kind, one.agencies, one.objective, one.capability) == (
        "joint-interest",
        ("esa", "jaxa"),
        objective,
        None,
    )
    linked = theirs.model_copy(update={"with_agencies": ("esa",)})
    assert kinds(ours, linked) == set()


def test_agencies_that_care_for_one_capability_have_a_joint_interest():
    both = [
        statement(
            "interest",
            id=owner,
            owner=owner,
            stated_by=owner,
            capabilities=["isru"],
            destinations=["moon"],
            strength="low",
        )
        for owner in ("csa", "nasa")
    ]
    (one,) = found(*both).values()
    assert (one.kind, one.capability, part(one, "interest-of-provider")) == ("joint-interest", "isru", 0.4)


def test_a_stated_interest_raises_the_part_of_the_side_that_states_it():
    cares = statement(
        "interest",
        owner="csa",
        stated_by="csa",
        capabilities=["surface-rover"],
        destinations=["moon"],
        strength="medium",
    )
    elsewhere = cares.model_copy(update={"destinations": ("mars",)})
    values = [
        part(one, "interest-of-provider")
        for extra in ((), (cares,), (elsewhere,))
        for one in found(seeker(), provider(), *extra).values()
    ]
    assert values == [None, 0.7, None]
    (one,) = found(seeker(), provider(), cares).values()
    assert one.records[-1] == "interest:some-interest"


def test_an_interest_at_one_body_counts_where_no_place_is_stated():
    cares = statement("interest", owner="csa", stated_by="csa", capabilities=["drill"], destinations=["moon"])
    answer = found(seeker(capability="drill", destinations=[]), provider(capability="drill", destinations=[]), cares)
    (one,) = answer.values()
    assert (one.id, part(one, "interest-of-provider")) == ("complement-esa-csa-drill-any-place", 0.5)


def test_expertise_is_a_weak_supply_behind_any_system():
    brings = statement("interest", owner="csa", stated_by="csa", brings=["robotic-rover"], strength="high")
    (alone,) = found(seeker(), brings).values()
    assert alone.obstacles == ("CSA states expertise, and no system that provides it",)
    (with_system,) = found(seeker(), brings, provider(status="idea")).values()
    assert with_system.obstacles == ()
    assert "csa-element" in with_system.why


def test_rules_about_the_other_agency_are_named():
    policy = {"binds": ["csa"], "about": ["esa"], "owner": "csa", "stated_by": "csa"}
    rule = statement("policy", name="No rovers", bears="restricts", applies="2011..", **policy)
    past = statement("policy", id="past", bears="restricts", applies="2009..2010", **policy)
    eases = statement("policy", id="eases", bears="eases", applies="2011..", **policy)
    (one,) = found(seeker(), provider(), rule, past, eases).values()
    assert one.obstacles == ("rule: No rovers",)
    assert "policy:some-policy" in one.records


def test_what_already_serves_others_stands_in_the_way():
    user = seeker("jaxa", requirement={"met_by": ["csa-element"]})
    (one,) = [one for one in found(seeker(), provider(), user).values() if one.kind == "complement"]
    assert one.obstacles == ("csa-element already serves jaxa-mission; whether capacity is left is not stated",)


def cost(amount, **given):
    return {"money": {"amount": amount, "currency": "EUR", "price_year": 2010, **given}}


def test_cost_avoided_is_net_of_what_a_partnership_costs():
    # Two partners pay 2 ** 0.15 = 1.1096 times the cost of one; of 100, each of them saves 44.52. The middle plan
    # costs 100, so the part is 44.52 / 144.52.
    (one,) = found(seeker(), provider(costs=[cost(100)])).values()
    assert part(one, "cost-avoided") == 0.3081
    assert "uncalibrated" in next(each.reason for each in one.parts if each.name == "cost-avoided")


def test_a_duplication_avoids_the_cheaper_system_less_what_the_partnership_costs():
    # 100 + 80 - 1.1096 * 100 = 69.04, over the middle plan's 90: 69.04 / 159.04.
    (one,) = found(provider("csa", costs=[cost(100)]), provider("esa", costs=[cost(80)])).values()
    assert part(one, "cost-avoided") == 0.4341


def test_costs_that_cannot_be_compared_are_not_stated():
    records = (seeker(), provider(costs=[cost(100, currency="CAD", price_year=None)]))
    (one,) = found(*records).values()
    assert part(one, "cost-avoided") is None
    assert (
        "The costs of 1 plans are stated in terms that cannot be compared." in opportunities(portfolio(*records)).notes
    )


def test_what_rests_on_general_knowledge_is_marked():
    sure, unsure = found(seeker(), provider()), found(seeker(), provider(confidence="unverified"))
    assert [one.unverified for answer in (sure, unsure) for one in answer.values()] == [False, True]


def test_agencies_that_the_viewer_may_not_know_are_in_no_opportunity():
    assert kinds(seeker("withheld"), provider()) == set()
    assert kinds(seeker(), provider("withheld"), offer("withheld")) == {("gap", ("esa",))}


def test_calls_that_make_no_sense_are_refused():
    with pytest.raises(KeyError):
        opportunities(portfolio(), for_agency="kari")
    with pytest.raises(ValueError, match="most: expected 0 or more"):
        opportunities(portfolio(), most=-1)
    with pytest.raises(ValueError, match="kind: expected one of gap, duplication"):
        opportunities(portfolio(), kind="overlap")


def test_every_weight_has_a_reason_and_a_source():
    weights = default_weights()
    choices = [*weights.parts.values(), *weights.tables.values(), *weights.parameters.values()]
    assert all(len(choice.reason) > 20 and choice.source for choice in choices)
    assert set(weights.tables["level"].values) == set(load("technology-readiness"))


def test_other_weights_give_other_scores():
    values = default_weights().model_dump()
    values["parts"] = {name: {**one, "weight": float(name == "support")} for name, one in values["parts"].items()}
    answer = opportunities(portfolio(seeker(), provider(confidence="secondary")), weights=Weights(**values))
    assert answer.ranked[0].score == 0.8


@pytest.mark.parametrize("gone", ["parts", "tables", "parameters"])
def test_weights_that_leave_something_out_are_refused(gone):
    values = default_weights().model_dump()
    values[gone].pop(next(iter(values[gone])))
    with pytest.raises(ValidationError, match=gone):
        Weights(**values)


CAPABILITIES = ("surface-rover", "robotic-rover", "micro-rover", "launch", "heavy-launch", "drill")
DESTINATIONS = ("iss", "moon", "lunar-orbit", "lunar-south-pole", "mars-surface", "jupiter")
DATES = ("2012", "2014", "2015..2016", "2019..", "..2013")


@st.composite
def crowded(draw):
    """A portfolio in which much meets: few capabilities, few places, few years."""
    some = lambda values, most=2: st.lists(st.sampled_from(values), max_size=most, unique=True)  # noqa: E731
    dates = st.none() | st.sampled_from(DATES)
    records = []
    for number in range(draw(st.integers(1, 8))):
        owner = draw(st.sampled_from(AGENCIES))
        own = {"owner": owner, "stated_by": owner, "destinations": draw(some(DESTINATIONS))}
        wanted = [
            {"capability": capability, "basis": draw(st.sampled_from(("stated", "inferred"))), "by": draw(dates)}
            for capability in draw(some(CAPABILITIES))
        ]
        given = draw(some(CAPABILITIES))
        kind = draw(st.sampled_from(("element", "mission", "offer", "interest", "need")))
        if kind in ("element", "mission"):
            names = ("available", "needs") if kind == "element" else ("planned", "requirements")
            own |= {names[0]: draw(dates), names[1]: wanted, "provides": given}
            own |= {"status": draw(st.sampled_from(("idea", "planned", "operating", "cancelled", "deferred")))}
            own |= {"partners": [{"agency": partner} for partner in draw(some(AGENCIES, 1))]}
        elif kind == "offer":
            own |= {"available": draw(dates), "provides": given, "offered_to": draw(some(AGENCIES))}
        elif kind == "interest":
            own |= {"when": draw(dates), "seeks": wanted, "brings": given, "capabilities": draw(some(CAPABILITIES, 1))}
            own |= {"strength": draw(st.sampled_from((None, "high", "low")))}
        else:
            own |= {"seeks": wanted or [{"capability": "drill"}]}
        records.append(statement(kind, id=f"record-{number}", **own))
    return portfolio(*records, known_on="2011-12-31")


def exchanges(plans):
    """Agencies and capability of each need that another agency may meet, read pair by pair from the definition."""
    tree, places = plans.capabilities, plans.destinations
    standing = [record for record in plans if getattr(record, "status", "idea") != "cancelled"]
    needs = [
        (record, wanted, need_days(record, wanted))
        for record in standing
        for name in ("requirements", "needs", "seeks")
        for wanted in getattr(record, name, ())
        if not (wanted.basis == "inferred" and found_by_now(record, wanted))
    ]
    supplies = [
        (record, given, supply_days(record))
        for record in standing
        for name in ("provides", "brings")
        for given in getattr(record, name, ())
    ]

    def meets(need, supply):
        (ours, wanted, then), (theirs, given, when) = need, supply
        bodies = [{places.ancestors(one)[-1] for one in record.destinations} for record in (ours, theirs)]
        free = any(tree.terms[one].anywhere for one in (wanted.capability, given))
        here = free or not all(bodies) or bodies[0] & bodies[1]
        soon = then and when and then[0] - TOLERANCE <= when[1] and when[0] - TOLERANCE <= then[1]
        return tree.covers(wanted.capability, given) and here and soon

    return {
        (frozenset((need[0].owner, supply[0].owner)), need[1].capability)
        for need in needs
        for supply in supplies
        if need[0].owner != supply[0].owner
        and meets(need, supply)
        and not (
            need[1].basis == "inferred" and any(own[0].owner == need[0].owner and meets(need, own) for own in supplies)
        )
    }


def found_by_now(record, wanted):
    return record.kind == "mission" and record.status == "operating" and not wanted.by


TODAY = dt.date(2011, 12, 31).toordinal()
ALWAYS = (1, dt.date.max.toordinal())


def days(stated):
    return stated and (stated.earliest.toordinal(), stated.latest.toordinal())


def ahead(window):
    return window if window[1] >= TODAY else None


def need_days(record, wanted):
    if wanted.by:
        return ahead(days(wanted.by))
    if getattr(record, "status", "") == "operating":
        return supply_days(record)
    return (
        days(next((getattr(record, name) for name in ("planned", "available", "when") if hasattr(record, name)), None))
        or ALWAYS
    )


def supply_days(record):
    window = days(next(getattr(record, name) for name in ("planned", "available", "when") if hasattr(record, name)))
    if window and record.kind == "mission":
        window = (window[0], min(window[1] + 1096, ALWAYS[1]))
    return ahead(window) if window else ALWAYS


@given(plans=crowded())
def test_exchanges_are_those_of_the_definition_read_pair_by_pair(plans):
    answer = opportunities(plans)
    proposed = {
        (frozenset(one.agencies), one.capability) for one in answer.ranked if one.kind in ("complement", "shared-asset")
    }
    agreed = {(frozenset(one.agencies), one.topic) for one in answer.agreed}
    assert proposed <= exchanges(plans) <= proposed | agreed


@given(plans=crowded())
def test_a_score_is_the_mean_of_its_parts_and_ranks_the_answer(plans):
    weights = default_weights()
    answer = opportunities(plans)
    for one in answer.ranked:
        values = [weights.parts[each.name].unknown if each.value is None else each.value for each in one.parts]
        total = sum(each.weight for each in one.parts)
        mean = sum(value * each.weight for value, each in zip(values, one.parts, strict=True)) / total
        assert one.score == pytest.approx(mean, abs=1e-3)
        assert all(each.reason for each in one.parts)
    order = [(-one.score, one.id) for one in answer.ranked]
    assert all(one < other for one, other in pairwise(order))  # so no id stands twice


@given(plans=crowded(), most=st.integers(0, 6), who=st.sampled_from(AGENCIES))
def test_fewer_are_the_best_of_all_and_those_of_an_agency_are_all_that_name_it(plans, most, who):
    whole = opportunities(plans)
    assert opportunities(plans, most=most).ranked == whole.ranked[:most]
    assert opportunities(plans, most=most).total == whole.total == len(whole.ranked)
    theirs = tuple(one for one in whole.ranked if who in one.agencies)
    assert opportunities(plans, for_agency=who).ranked == theirs
    assert opportunities(plans, for_agency=who, most=most).total == len(theirs)


@given(plans=crowded(), kind=st.sampled_from(OPPORTUNITY_KINDS), most=st.integers(0, 3))
def test_a_kind_asked_for_is_all_of_that_kind(plans, kind, most):
    theirs = tuple(one for one in opportunities(plans).ranked if one.kind == kind)
    answer = opportunities(plans, most=most, kind=kind)
    assert (answer.ranked, answer.total) == (theirs[:most], len(theirs))


@given(plans=crowded(), data=st.data())
def test_the_answer_does_not_depend_on_the_order_of_the_records(plans, data):
    tables = {kind: dict(data.draw(st.permutations(sorted(table.items())))) for kind, table in plans.tables.items()}
    assert opportunities(Portfolio(plans.header, plans.known_on, None, tables)) == opportunities(plans)


@given(history=histories(), data=st.data())
def test_what_a_viewer_may_not_see_changes_no_answer(history, data):
    plans = history.known_on()
    viewer = data.draw(st.sampled_from(["public", *plans.agencies]))
    seen = plans.as_seen_by(viewer)
    hidden = [record for record in plans if record.id not in seen.tables[record.kind]]
    answer = opportunities(seen)
    assert opportunities(plans.without(*hidden).as_seen_by(viewer)) == answer
    assert not any("withheld" in one.agencies for one in (*answer.ranked, *answer.agreed))


@pytest.mark.parametrize(
    "expected",
    [
        "shared-asset-esa-roscosmos-launch-mars",  # offered in October 2011, agreed in March 2013
        "shared-asset-nasa-esa-service-module-moon",  # proposed in 2011, agreed in December 2012
        "shared-asset-isro-roscosmos-upper-stage-moon",
    ],
)
def test_plans_of_2011_hold_cooperations_then_under_discussion(root, expected):
    answer = opportunities(read_portfolio(root / "portfolios/exploration2011"))
    assert expected in {one.id for one in answer.ranked}
