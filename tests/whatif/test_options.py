"""What could be done after a change to a small programme, move by move."""

import datetime as dt
from dataclasses import replace

import pytest

from synodos.schedule.networks.ready import MONTHS_TO_LAUNCH
from synodos.whatif import Criteria, default_option_defaults, options
from synodos.whatif.options.doubts import middle_days
from synodos.whatif.options.fronting import scores, undominated
from synodos.whatif.options.takeovers import late_moves
from tests.whatif.choices import asked, euros, searched
from tests.whatif.worlds import BLUE, GREEN, RED, ROVER, by, need, portfolio, step, withdraw

ROVER_LAUNCH = ("mission:rover", "launch")
DEFAULTS = default_option_defaults()


PERIODS = [*ROVER["launch_opportunity"]["periods"], "2022-08-15..2022-10-17", "2024-09-09..2024-11-17"]
LONG = {**ROVER, "launch_opportunity": {"type": "listed", "periods": PERIODS}}
"""The rover, for which more launch periods are known."""


def lasting(*instead, **given):
    """The programme, with time enough for a development."""
    return portfolio(by(RED, "mission", "rover", **LONG), *instead, **given)


def answer(known, *steps, **given):
    """Options without chances, and few of them judged in full: both take long."""
    return options(known, steps, **{"iterations": 0, "most": 1, **given})


def front(known, *steps):
    """Every combination on the front."""
    return searched(asked(known, steps)).combinations


def taking(found, capability, plan="mission:rover"):
    """Moves that take a requirement over, by agency."""
    return {move.by: move for move in found.replacements[plan, capability]}


def moves(option):
    """The moves of an option in short."""
    return {(move.does, move.plan.partition(":")[2], move.capability, move.by) for move in option.moves}


def agreement(**given):
    """An agreement of red and blue on the rover."""
    return by(RED, "agreement", "red-blue", parties=[RED, BLUE], covers=["rover"], standing="in-force", **given)


def test_every_way_of_taking_a_launch_over_is_listed_but_the_one_that_left():
    found = taking(answer(lasting(), withdraw(GREEN)), "launch")
    assert GREEN not in found
    assert found[RED].does == "absorb"
    assert found[RED].record == "element:red-launcher"


def test_a_stated_agreement_shortens_the_lead_time_and_binding_takes_an_obstacle_away():
    lander = by(BLUE, "element", "blue-launcher", provides=["launch"], status="planned")
    without = lasting(lander, without=["rover-three"])
    bare = taking(answer(without, withdraw(GREEN)), "launch")[BLUE]
    covered = taking(answer(without.replace(agreement()), withdraw(GREEN)), "launch")[BLUE]
    bound = taking(answer(without.replace(agreement(binding=True)), withdraw(GREEN)), "launch")[BLUE]
    assert (bare.agreed_in, covered.agreed_in) == (DEFAULTS.days("new-agreement"), DEFAULTS.days("agreement-at-hand"))
    assert covered.ready < bare.ready
    assert [step.does for step in (*bare.agreements, *covered.agreements)] == ["conclude", "amend"]
    assert len(bound.obstacles) == len(covered.obstacles) - 1 == len(bare.obstacles) - 1


@pytest.mark.parametrize(
    ("status", "proven"), [("operating", True), ("launched", True), ("in-development", False), ("idea", False)]
)
def test_only_what_has_flown_is_proven(status, proven):
    record = by(BLUE, "element", "blue-launcher", provides=["heavy-launch"], status=status, available="2013..")
    assert taking(answer(lasting(record), withdraw(GREEN)), "launch")[BLUE].proven is proven


def test_what_is_retired_is_built_no_further():
    record = by(BLUE, "element", "blue-launcher", provides=["launch"], status="completed", available="2009..")
    found = taking(answer(lasting(record), withdraw(GREEN)), "launch")[BLUE]
    assert (found.record, found.proven, found.built_in) == ("", False, DEFAULTS.days("development"))
    assert "Blue has flown this capability, but not with what it would use" in found.obstacles


@pytest.mark.parametrize(("status", "proven"), [("operating", True), ("completed", True), ("in-development", False)])
def test_an_offer_is_proven_by_what_its_agency_has_flown(status, proven):
    known = lasting(
        by(BLUE, "offer", "blue-rides", provides=["launch"]),
        by(BLUE, "element", "blue-launcher", provides=["launch"], status=status, available="2013.."),
    )
    found = answer(known, withdraw(GREEN)).replacements["mission:rover", "launch"]
    assert [move.proven for move in found if move.record == "offer:blue-rides"] == [proven]


def test_what_flew_elsewhere_is_not_proven_here():
    moon = by(RED, "element", "moon-lander", provides=["mars-edl"], status="operating", destinations=["moon"])
    mars = by(RED, "element", "mars-lander", provides=["mars-edl"], status="operating", destinations=["mars-surface"])
    assert RED in taking(answer(lasting(moon), withdraw(BLUE)), "mars-edl")
    assert not taking(answer(lasting(moon), withdraw(BLUE)), "mars-edl")[RED].proven
    assert taking(answer(lasting(mars), withdraw(BLUE)), "mars-edl")[RED].proven


def test_nobody_is_counted_on_for_what_it_states_nothing_of_and_has_no_agreement_on():
    known = lasting(without=["rover-three"])
    found = taking(answer(known, withdraw(GREEN)), "launch")[BLUE]
    assert not found.feasible
    assert "nothing that provides it" in found.infeasible[0]
    assert taking(answer(lasting(), withdraw(GREEN)), "launch")[BLUE].feasible


def test_what_is_not_essential_may_be_left_out_and_what_is_may_not():
    found = front(lasting(), withdraw(GREEN))
    left_out = {(move.plan, move.capability) for one in found for move in one.moves if move.does == "descope"}
    assert ("mission:rover", "mass-spectrometry") in left_out
    assert ROVER_LAUNCH not in left_out
    doubtful = [move for one in found for move in one.moves if move.capability == "radioisotope-heat"]
    assert all(move.obstacles for move in doubtful if move.does == "descope")


def money(*funding, **given):
    """What red has committed to the rover."""
    return by(RED, "commitment", "red-money", **{"to": ["rover"], "level": "budgeted", **given}, funding=list(funding))


def alone(*more):
    """What rules out that red lands the rover for 300 million itself, and what cannot be shown of its money."""
    lost = by(BLUE, "element", "blue-lander", provides=["mars-edl"], status="planned", costs=[euros(300)])
    question = asked(lasting(lost, *more), (withdraw(BLUE),))
    partial, ruled_out = searched(question).alone
    return ruled_out, question.growth.budgets.not_shown(partial.moves)


LIMIT = {**euros(400), "covers": "ceiling, operations included; 150 million still to be subscribed"}
YEARS = [{**euros(90 + 10 * n), "period": f"{2013 + n}"} for n in range(5)]
"""From 2013 to 2017: 550 million in all."""


@pytest.mark.parametrize(
    ("funding", "says"),
    [
        (
            [{**euros(400), "covers": "at most"}, {**euros(150), "covers": "spent so far"}],
            "150 million EUR of 2011 of it",
        ),
        (
            [{**euros(250), "covers": "together, at most"}, euros(900)],
            "has stated 250 million EUR of 2011 for it as a ceil",
        ),
        ([euros(250), euros(120)], "that it is a ceiling is an assumption"),
        (
            [{**euros(60), "period": "2013..2016"}, {**euros(70), "period": "2017..2018"}],
            "130 million EUR of 2011 for it",
        ),
    ],
    ids=["spent", "said-beats-larger", "all-else-fails", "periods"],
)
def test_a_ceiling_that_is_broken_rules_out(funding, says):
    (ruled_out,), _ = alone(money(*funding))
    assert says in ruled_out
    assert "too much" in ruled_out


@pytest.mark.parametrize(
    "funding",
    [
        [LIMIT, euros(150)],
        [
            {**euros(200), "covers": "share; not all subscribed at signature"},
            {**euros(400), "covers": "cap of 500 million"},
        ],
        YEARS,
        [*YEARS, {**euros(120), "period": "2014..2015"}],
        [{**euros(100), "covers": "spent so far"}],
        [{**euros(10), "period": "2013"}],
    ],
    ids=[
        "smaller-is-not-spent",
        "words-of-another-amount",
        "years-add-up",
        "overlap",
        "only-spent",
        "one-year-of-five",
    ],
)
def test_what_is_no_ceiling_or_not_broken_rules_nothing_out(funding):
    assert alone(money(*funding))[0] == ()


def test_two_commitments_limit_only_what_they_say_they_limit():
    second = by(RED, "commitment", "red-more", to=["rover"], level="budgeted", funding=[euros(100)])
    assert alone(money(euros(50)), second)[0] == ()
    assert len(alone(money({**euros(50), "covers": "at most"}), second)[0]) == 1


@pytest.mark.parametrize(
    ("funding", "says"),
    [
        (
            YEARS,
            "550 million EUR of 2011 for it from 2013 to 2017 together; it states no ceiling; what its own part takes",
        ),
        ([*YEARS[:4], {**euros(9), "period": "2013..2016"}], "420 million EUR of 2011 for it from 2013 to 2016"),
        (
            [LIMIT, {**euros(150), "covers": "subscribed by all"}],
            "50 million EUR of 2011 too much, unless what is assumed",
        ),
        ([{**euros(10), "period": "2013"}], "290 million EUR of 2011 too much, unless"),
        (
            [{"money": {"amount": 5e7, "currency": "USD", "price_year": 2009}}, euros(100)],
            "rates that turn it into EUR of 2011",
        ),
    ],
    ids=["years", "overlap", "subscribed", "one-year-of-five", "not-comparable"],
)
def test_what_cannot_be_shown_to_fit_is_an_obstacle(funding, says):
    ruled_out, (told,) = alone(money(*funding))
    assert ruled_out == ()
    assert says in told


def test_a_missing_figure_is_named():
    limit = by(RED, "commitment", "red-money", to=["rover"], level="budgeted", funding=[euros(400)])
    unpriced = answer(lasting(limit), withdraw(BLUE)).alone
    assert unpriced.feasible
    assert any("it cannot be shown that it fits" in text for text in unpriced.obstacles)
    assert any("cost of" in text for text in unpriced.missing)


def test_one_figure_for_several_things_counts_once_and_only_for_who_takes_all():
    rover = {**LONG, "requirements": [*LONG["requirements"], need("cruise-stage", "blue-lander")]}
    lander = by(
        BLUE, "element", "blue-lander", provides=["mars-edl", "cruise-stage"], status="planned", costs=[euros(300)]
    )
    found = answer(portfolio(lander, by(RED, "mission", "rover", **rover)), withdraw(BLUE))
    assert found.alone.cost.amount == 300e6
    assert dict(found.alone.borne_by)[RED].amount == 300e6
    assert all(move.cost is None for move in found.replacements["mission:rover", "mars-edl"])


def test_what_is_ready_too_late_makes_the_mission_wait_for_the_next_period():
    question = asked(lasting(), (withdraw(BLUE),))
    flown = [one for one in searched(question).combinations if one.dates["rover"] is not None]
    assert flown
    for one in flown:
        leaves = one.dates["rover"]
        assert question.before["rover"].base == dt.date(2018, 5, 1)
        assert question.before["rover"].period(leaves)
        assert ("wait" in {move.does for move in one.moves}) == (leaves > dt.date(2018, 6, 20))
    after_all = answer(portfolio(), withdraw(BLUE))  # 87 months from 2013 end after the last period that it lists
    assert after_all.alone.infeasible_because == ("rover could leave only after the last launch period that is known",)
    assert any("after the last launch period" in one.infeasible_because[0] for one in after_all.infeasible)


def test_giving_up_a_mission_that_others_wait_for_opens_what_it_brought():
    found = front(lasting(), withdraw(RED, "orbiter"), withdraw(GREEN))
    given_up = [one for one in found if ("cancel", "orbiter", "", RED) in moves(one)]
    for one in given_up:
        settled = {move.capability for move in one.moves if move.plan == "mission:rover"}
        assert "mars-relay" in settled or one.dates["rover"] is None


def test_two_missions_of_one_lead_may_fly_together_with_one_launch():
    rover = {**LONG, "launch_opportunity": {"type": "any-time"}}
    orbiter = by(
        RED,
        "mission",
        "orbiter",
        status="planned",
        planned="2016-01",
        destinations=["mars-orbit"],
        provides=["mars-relay"],
        requirements=[need("orbiter", "red-bus"), need("launch", "green-launcher")],
    )
    found = front(portfolio(by(RED, "mission", "rover", **rover), orbiter), withdraw(GREEN))
    merged = [one for one in found if "merge" in {move.does for move in one.moves}]
    assert merged
    assert len([move for move in merged[0].moves if move.capability == "launch"]) == 1
    assert merged[0].dates["orbiter"] == merged[0].dates["rover"]
    for move in merged[0].moves:
        told = [text for text in move.reasons if text.startswith("there by")]
        assert move.ready is None or all(text.startswith(f"there by {move.ready}") for text in told)


def test_a_partner_may_take_the_lead_of_a_mission_that_its_lead_gives_up():
    known = lasting(
        by(
            BLUE,
            "mission",
            "shared",
            status="planned",
            planned="2020",
            destinations=["moon"],
            partners=[{"agency": GREEN}],
            requirements=[need("launch", "green-launcher")],
        )
    )
    found = answer(known, withdraw(BLUE, "shared"))
    assert ("replace", "shared", "", GREEN) in moves(found.ranked[0])
    assert found.ranked[0].date("mission:shared").after is not None
    assert found.alone is None


def test_who_took_something_away_does_not_bring_it_back():
    found = answer(lasting(without=["rover-three"]), withdraw(BLUE, "blue-lander"))
    assert taking(found, "mars-edl")[BLUE].infeasible == ("Blue has just left it",)
    assert taking(found, "mars-edl")[RED].feasible
    assert BLUE not in {move.by for one in found.ranked for move in one.moves if move.capability == "mars-edl"}


def test_a_lead_that_takes_its_own_core_away_passes_the_lead_or_gives_up():
    found = answer(lasting(), withdraw(RED, "red-rover"), most=12)
    assert taking(found, "robotic-rover")[RED].infeasible == ("Red has just left it",)
    assert found.alone.infeasible_because[0] == "Red has just left it"
    done = {(move.does, move.capability, move.by) for one in found.ranked for move in one.moves}
    assert ("cancel", "", RED) in done
    assert ("replace", "", GREEN) in done or ("replace", "", BLUE) in done
    assert not any(capability == "robotic-rover" and who == RED for _, capability, who in done)


def test_what_others_pay_counts_as_cost():
    lander = by(BLUE, "element", "blue-launcher", provides=["launch"], status="planned", costs=[euros(70)])
    question = asked(lasting(lander), (withdraw(GREEN),))
    found = [one for one in searched(question).combinations if ("replace", "launch", BLUE) in short(one)]
    found += [one for one in searched(question).combinations if ("absorb", "launch", BLUE) in short(one)]
    assert found
    assert all(one.criteria.cost >= 70e6 for one in found)


def test_an_agreement_alone_is_ground_by_judgement():
    known = lasting(without=["rover-memorandum", "both-missions"])
    blue = taking(answer(known, withdraw(GREEN)), "launch")[BLUE]
    assert blue.feasible
    assert any("ground enough is a judgement" in text for text in blue.obstacles)
    assert not any("ground enough" in text for text in taking(answer(known, withdraw(GREEN)), "launch")[RED].obstacles)


def short(combination):
    """The moves of a combination in short."""
    return {(move.does, move.capability, move.by) for move in combination.moves}


def test_what_is_late_can_be_waited_for_replaced_or_hedged():
    spare = by(RED, "element", "red-lander", provides=["mars-edl"], status="planned", available="2018-03..")
    slip = step("slip", plans=["blue-lander"], delay={"shape": "uniform", "of": "days", "low": 600, "high": 800})
    done = {move.does for one in front(lasting(spare), slip) for move in one.moves if move.capability == "mars-edl"}
    assert done <= {"absorb", "wait", "hedge"}
    assert "absorb" in done
    found = answer(lasting(), slip)
    assert BLUE not in {move.by for move in found.replacements["mission:rover", "mars-edl"]}
    assert any(move.does == "wait" and move.by == BLUE for move in found.ranked[0].moves)


def test_what_an_agency_brings_to_a_mission_is_late_as_if_it_were_named():
    delay = {"shape": "triangular", "of": "days", "low": 700, "likely": 700, "high": 700}
    named = answer(lasting(), step("slip", plans=["blue-lander"], delay=delay))
    brought = answer(lasting(), step("slip", agency=BLUE, plans=["rover"], delay=delay))
    assert moves(brought.ranked[0]) == moves(named.ranked[0])
    assert ("wait", "rover", "mars-edl", BLUE) in moves(brought.ranked[0])


def test_a_substitute_beside_what_is_late_is_a_hedge():
    spare = by(RED, "element", "red-lander", provides=["mars-edl"], status="planned", available="2018-03..")
    slip = step(
        "slip", plans=["blue-lander"], delay={"shape": "triangular", "of": "days", "low": 1, "likely": 700, "high": 900}
    )
    question = asked(lasting(spare), (slip,))
    one = next(one for one in question.case.open["rover"] if one.capability == "mars-edl")
    assert one.comes == dt.date(2018, 2, 1) + dt.timedelta(days=700)
    found = late_moves(question.case, one, question.takeovers.of(one, RED))
    assert [move.does for move in found[:2]] == ["wait", "hedge"]
    assert found[1].by == RED
    assert any("both" in text for text in found[1].obstacles)


def test_dates_are_due_before_the_lead_time_of_each_move():
    for option in answer(lasting(), withdraw(GREEN), most=2).ranked:
        for move in option.moves:
            if move.decide_by is not None:
                assert move.does in ("absorb", "replace", "hedge")
                leaves = option.date("mission:rover")
                keep_by = leaves.period[1] if leaves.period else leaves.after
                assert (keep_by - move.decide_by).days == move.agreed_in + move.built_in
                for one in move.agreements:
                    assert (one.begin_by, (one.by - one.begin_by).days) == (move.decide_by, move.agreed_in)
        assert all(option.decide_by <= one.begin_by for one in option.agreements if one.begin_by is not None)


def test_agreements_and_licences_are_named_for_who_takes_over():
    spare = by(
        GREEN, "element", "green-lander", provides=["mars-edl"], status="operating", destinations=["mars-surface"]
    )
    found = answer(lasting(spare), withdraw(BLUE))
    assert ("absorb", "rover", "mars-edl", GREEN) in moves(found.ranked[0])
    steps = {(step.does, step.instrument, step.parties) for step in found.ranked[0].agreements}
    assert ("licence", "export-control", (RED, GREEN)) in steps
    assert {"conclude", "amend"} & {does for does, _, parties in steps if parties == (RED, GREEN)}


def test_without_effect_there_is_nothing_to_decide():
    found = answer(lasting(), step("join", agency=BLUE))
    assert (found.ranked, found.orphans, found.alone) == ((), (), None)
    assert "Nothing that a mission needs" in found.notes[0]


def test_chances_are_computed_on_demand_and_are_the_same_each_time():
    once, again = (options(lasting(), (withdraw(GREEN),), iterations=200, most=1) for _ in range(2))
    assert once == again
    chances = [one.chance for one in once.ranked[0].dates if one.after is not None]
    assert all(0 <= chance <= 1 for chance in chances)


def test_nothing_is_told_of_what_came_after_the_day_of_knowledge():
    told = " ".join(answer(lasting(), withdraw(GREEN)).assumptions)
    assert "IG-16-020" not in told
    assert "later than the day of knowledge" in told
    assert "IG-16-020" in " ".join(DEFAULTS.told_on(dt.date(2026, 6, 30)))
    assert DEFAULTS.days("development") == round(MONTHS_TO_LAUNCH * 365.25 / 12)


def test_defaults_that_lack_or_misdate_something_are_refused():
    stated = DEFAULTS.model_dump()
    stated["leads"].pop("merging")
    with pytest.raises(ValueError, match="leads: expected"):
        type(DEFAULTS).model_validate(stated)
    with pytest.raises(ValueError, match="no source after"):
        type(DEFAULTS).model_validate({**DEFAULTS.model_dump(), "as_of": dt.date(2010, 1, 1)})


@pytest.mark.parametrize("given", [{"most": 0}, {"iterations": -1}])
def test_what_is_out_of_range_is_refused(given):
    with pytest.raises(ValueError, match="expected most of 1 or more"):
        options(lasting(), (withdraw(GREEN),), **given)


BEST = Criteria(0, 0.0, frozenset(), 0, 0, 0)


@pytest.mark.parametrize(
    "worse",
    [
        {"date": 1},
        {"cost": 1.0},
        {"unknown_costs": frozenset({"a launch"})},
        {"objectives": 1},
        {"dependence": 1},
        {"obstacles": 1},
    ],
    ids=lambda worse: next(iter(worse)),
)
def test_worse_in_one_thing_is_dominated_and_comes_later(worse):
    other = replace(BEST, **worse)
    assert BEST.dominates(other)
    assert not other.dominates(BEST)
    assert undominated([other, BEST, other]) == (1,)
    first, second = scores([BEST, other], [BEST.date, other.date], DEFAULTS.scale)
    assert first < second <= 1


def test_missing_figures_compare_only_as_parts_of_each_other():
    one, other = (replace(BEST, unknown_costs=frozenset({name})) for name in ("a launch", "a lander"))
    assert undominated([one, other]) == (0, 1)


@pytest.mark.parametrize(
    ("spread", "days"),
    [
        ({"shape": "triangular", "low": 1, "likely": 5, "high": 9}, 5),
        ({"shape": "uniform", "low": 10, "high": 20}, 15),
        ({"shape": "lognormal", "median": 30, "sigma": 0.2}, 30),
        ({"shape": "discrete", "values": [10, 30], "weights": [1, 1]}, 20),
    ],
    ids=lambda given: str(given.get("shape")) if isinstance(given, dict) else str(given),
)
def test_the_middle_of_a_delay(spread, days):
    delay = step("slip", plans=["rover"], delay={"of": "days", **spread}).delay
    assert middle_days(delay) == days
