"""What holds for every change to every portfolio."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.language import ENDED, SUPPOSED, History, Mission, Step, faults
from synodos.whatif import apply, consequences, orphans
from tests.language.minimal import agency, header
from tests.whatif.worlds import by

WHO = ("red", "green", "blue")
PLANS = ("m1", "m2", "m3", "e1", "e2", "e3", "e4")
STATUSES = ("planned", "planned", "in-development", "operating", "completed", "cancelled", "deferred")
GIVES = ("launch", "mars-relay", "orbiter")
DELAY = {"shape": "uniform", "of": "days", "low": 10, "high": 20}
MONEY = {"money": {"amount": 5.0, "currency": "EUR"}}


@st.composite
def worlds(draw):
    """A portfolio, and steps that name what is in it; from one number, since drawing every record takes long."""
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311 - no secret
    known = History(header(), tuple(_records(random))).known_on()
    return known, [_step(random) for _ in range(draw(st.integers(1, 3)))]


def _some(random, values, most=2):
    return random.sample(values, random.randint(0, min(most, len(values))))


def _records(random):
    """Three agencies with missions, elements, an offer, commitments, agreements and a transfer."""
    yield from (agency(who, short_name=who) for who in WHO)
    gives = {key: _some(random, GIVES) for key in (*PLANS, "o1")}
    for key in PLANS:
        given = {"status": random.choice(STATUSES), "provides": gives[key]}
        given["partners"] = [{"agency": who} for who in _some(random, WHO)]
        if random.random() < 0.5:
            given["planned" if key[0] == "m" else "available"] = random.choice(("2013-05", "2016..", "2018"))
        field = "requirements" if key[0] == "m" else "needs"
        given[field] = [_requirement(random, key, gives) for _ in range(random.randint(0, 3))]
        yield by(random.choice(WHO), "mission" if key[0] == "m" else "element", key, **given)
    yield by(random.choice(WHO), "offer", "o1", provides=gives["o1"], standing=random.choice(("open", "closed")))
    for key in ("c1", "c2"):
        to = random.sample(PLANS, random.randint(1, 3))
        broken = random.choice(("delay", "remove", None))
        level = random.choice(("intent", "agreed"))
        yield by(random.choice(WHO), "commitment", key, to=to, level=level, if_broken=broken, funding=[MONEY])
    for key in ("a1", "a2"):
        parties = random.sample(WHO, random.randint(1, 3))
        dated = random.choice(({}, {"in_force": "2010.."}, {"in_force": "2014..", "signed": "2012"}))
        standing = random.choice(("in-force", "planned", "ended", None))
        covers = _some(random, PLANS)
        yield by(random.choice(WHO), "agreement", key, parties=parties, covers=covers, standing=standing, **dated)
    giver, taker = random.sample(WHO, 2)
    yield by(giver, "transfer", "t1", from_agency=giver, to_agency=taker, plans=_some(random, PLANS))


def _requirement(random, key, gives):
    """A requirement that is met by what provides it, owed by an agency, or open."""
    capability = random.choice(GIVES)
    able = [one for one, given in gives.items() if capability in given and one != key]
    owed = random.choice((None, None, *WHO))
    essential = random.choice((True, False, None))
    return {"capability": capability, "met_by": _some(random, able), "provider": owed, "essential": essential}


def _step(random):
    """A step of any sort, but for missed launch periods, replacements and norms."""
    who, plans = random.choice(WHO), _some(random, PLANS)
    since = random.choice((None, None, "2014", "2020"))
    every = (
        {"does": "withdraw", "agency": who, "plans": plans, "since": since},
        {"does": "withdraw", "agency": who, "agreements": [random.choice(("a1", "a2"))], "since": since},
        {"does": "slip", "agency": who, "plans": plans, "delay": DELAY, "since": since},
        {"does": "cut", "agency": who, "cuts": [MONEY]},
        {"does": "offer", "agency": who, "provides": ["launch"], "since": since},
        {"does": "join", "agency": who, "since": since},
        {"does": "cancel", "plans": [random.choice(PLANS)], "since": since},
        {"does": "break", "commitments": ["c1"]},
    )
    return Step.model_validate(random.choice((every[0], *every)))


def wrong(plans):
    """Faults between the records of a portfolio, as if each were its only statement."""
    return {(fault.code, fault.record, fault.field) for fault in faults(History(plans.header, tuple(plans)))}


def provided(plans):
    """What is provided by whom, as far as it is not over or withdrawn."""
    live = [one for one in (*plans.elements.values(), *plans.missions.values()) if one.status not in ENDED]
    open_ = [one for one in plans.offers.values() if one.standing not in {"closed", "withdrawn"}]
    return {(one.kind, one.id, capability) for one in (*live, *open_) for capability in one.provides}


def named(plans):
    """What meets which requirement."""
    return {
        (plan.kind, plan.id, place, target)
        for plan in (*plans.missions.values(), *plans.elements.values())
        for place, one in enumerate(plan.requirements if isinstance(plan, Mission) else plan.needs)
        for target in (*one.met_by, *([f"agency:{one.provider}"] if one.provider else []))
    }


@settings(max_examples=40)
@given(worlds())
def test_the_old_portfolio_stays_and_the_new_one_has_no_new_fault(world):
    before, change = world
    known = before.sha256
    after = apply(before, change)
    assert before.sha256 == known
    assert wrong(after) <= wrong(before)
    assert apply(before, change).sha256 == after.sha256


@settings(max_examples=40)
@given(worlds())
def test_two_changes_in_turn_are_one_change_with_the_steps_of_both(world):
    before, change = world
    keeps = [one for one in change if one.does != "break"]  # what a step took away cannot be named any more
    in_turn = before
    for one in keeps:
        in_turn = apply(in_turn, [one])
    assert in_turn.sha256 == apply(before, keeps).sha256


@settings(max_examples=40)
@given(worlds())
def test_no_steps_change_nothing_and_leave_no_orphan(world):
    before, _ = world
    assert apply(before, []) is before
    assert orphans(before, before) == ()


@settings(max_examples=40)
@given(worlds())
def test_what_differs_is_marked_as_supposed_and_nothing_else_is(world):
    before, change = world
    after = apply(before, change)
    for record in after:
        same = before.tables[record.kind].get(record.id) == record
        assert (SUPPOSED in record.sources) != same
        assert same or record.note.startswith("What if: ")


@settings(max_examples=40)
@given(worlds())
def test_a_withdrawal_adds_no_capability_and_meets_nothing(world):
    before, change = world
    leaving = [one for one in change if one.does in {"withdraw", "cancel"}]
    after = apply(before, leaving)
    assert provided(after) <= provided(before)
    assert named(after) <= named(before)


@settings(max_examples=40)
@given(worlds())
def test_orphans_are_requirements_of_plans_that_go_on(world):
    before, change = world
    after = apply(before, change)
    for orphan in orphans(before, after):
        kind, _, key = orphan.plan.partition(":")
        plan = after.tables[kind][key]
        assert plan.status not in ENDED
        required = plan.requirements if kind == "mission" else plan.needs
        assert any((one.capability, one.essential) == (orphan.capability, orphan.essential) for one in required)
        assert bool(orphan.lost or orphan.provider) or not orphan.new


@settings(max_examples=40)
@given(worlds())
def test_a_mission_without_something_essential_is_stopped_and_one_with_all_is_not(world):
    before, change = world
    found = consequences(before, change, parts=["missions"])
    standing = {one.mission: one.after for one in found.missions}
    for orphan in found.orphans:
        if orphan.new and orphan.essential and orphan.plan in standing:
            assert standing[orphan.plan] == "stopped"
    for effect in found.missions:
        assert effect.after != "stopped" or any(gap.essential for gap in effect.gaps)
        assert set(effect.new_gaps) <= set(effect.gaps)
        assert not effect.gaps or effect.after in {"stopped", "in-doubt", "lacking"}
