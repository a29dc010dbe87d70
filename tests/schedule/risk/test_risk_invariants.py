"""What holds for every study: chances, shares, seeds, threads, interruption, executors."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.schedule.risk import risk
from synodos.schedule.risk import study as asking
from tests.schedule.risk.studies import calm, commitment, days, portfolio, risk_record, spread, study
from tests.schedule.works import day, launch, network, task

WIDE = spread("triangular", low=0.8, likely=1.0, high=1.6)


def relay(**rules):
    """Three agencies build and test in parallel, hand over, and launch to a planet."""
    nodes = [
        task("build", 100, "esa", spread=WIDE, leads_to="orbiter", fixed_cost=(100.0, "EUR", 2020)),
        task("rig", 90, "nasa", spread=WIDE, leads_to="rig", cost_per_day=(1.0, "EUR", 2020)),
        task("test", 40, "nasa", spread=WIDE, leads_to="orbiter"),
        task("rocket", 120, "jaxa", leads_to="rocket"),
        launch("fly", (130, 160), (300, 330), (500, 530), agency="esa", leads_to="orbiter", intended=0),
    ]
    return network(nodes, "build test", "rig test", "test fly", "rocket fly", **rules)


def money():
    return (
        commitment("money", ["orbiter", "rig"], owner="nasa", level="intent"),
        risk_record("storm", ["rocket"], owner="jaxa", probability=0.2, removes=True),
        risk_record("market", ["orbiter"], owner="esa", probability=0.5, factor=WIDE),
    )


def asked(iterations=2_000, **other):
    return study(relay(), *money(), iterations=iterations, agency_correlation=0.25, **other)


@pytest.fixture(scope="module")
def answer():
    return asked()


def test_every_iteration_is_somewhere(answer):
    for found in answer.finishes:
        assert sum(one.share for one in found.periods) + found.later + found.never == pytest.approx(1, abs=1e-9)
    assert answer.finish.never > 0.1


def test_percentiles_and_curves_rise(answer):
    for found in answer.finishes:
        moments = [moment for _, moment in found.percentiles if moment is not None]
        assert moments == sorted(moments)
        assert [*found.curve] == sorted(found.curve)
        assert found.curve[-1][1] == pytest.approx(1 - found.later - found.never)


def test_shares_of_the_delay_add_up(answer):
    delay = answer.delay
    shares = sum(one.share_days for one in delay.agencies)
    assert shares + delay.nobody_days == pytest.approx(delay.delay_days)
    causes = sum(one.causes_days for one in delay.agencies)
    assert causes + delay.nobody_days + delay.interaction_days == pytest.approx(delay.delay_days)
    assert days(delay.planned_to) == 140
    assert delay.exact
    assert {one.agency for one in delay.agencies} == {"esa", "jaxa", "nasa"}


def test_float_protects_and_the_critical_agency_has_none(answer):
    held = {one.agency: one for one in answer.delay.agencies}
    assert held["esa"].float_days == 0
    assert held["jaxa"].float_days == 20
    assert held["jaxa"].protects_days >= 0


def test_float_counts_towards_the_target_and_not_to_what_ends_last():
    nodes = [
        task("build", 100, "esa"),
        launch("hop", (50, 200)),
        task("rig", 150, "nasa"),
        launch("fly", (50, 400), agency="nasa"),
        task("dig", 1_000, "jaxa"),
    ]
    found = study(network(nodes, "build hop", "rig fly"), iterations=256)
    assert found.target == "fly"
    assert {one.agency: one.float_days for one in found.delay.agencies} == {"nasa": 0}


def test_spending_float_costs_what_it_protected():
    sure = spread("discrete", values=[1], weights=[1])
    nodes = [
        task("build", 100, "esa", spread=spread("uniform", of="days", low=100, high=120)),
        task("rig", 80, "nasa", spread=spread("uniform", of="days", low=80, high=100)),
        task("join", 0, "esa", spread=sure),
    ]
    found = study(network(nodes, "build join", "rig join"), target="join")
    held = {one.agency: one for one in found.delay.agencies}
    assert held["nasa"].float_days == 20
    assert held["nasa"].protects_days == pytest.approx(20 / 6, abs=0.15), "two equal even dates: their later one"
    assert held["nasa"].share_days == pytest.approx(0, abs=1e-9), "its own delay stays within its float"
    assert held["esa"].share_days == pytest.approx(10, abs=0.1)


@settings(max_examples=8)
@given(
    lengths=st.lists(st.integers(1, 200), min_size=2, max_size=5),
    links=st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4))),
    broken=st.floats(0, 1),
)
def test_any_network_keeps_the_sums(lengths, links, broken):
    agencies = ("esa", "jaxa", "nasa")
    nodes = [task(f"w{n}", long, agencies[n % 3], spread=WIDE, leads_to="orbiter") for n, long in enumerate(lengths)]
    pairs = [(f"w{a}", f"w{b}") for a, b in sorted(links) if a < b < len(lengths)]
    own = commitment("money", ["orbiter"], kept_probability=broken, if_broken="remove")
    found = study(network(nodes, *pairs), own, iterations=300)
    delay = found.delay
    if not found.finish.curve:
        assert delay is None, "without a date there is nothing to take apart"
        return
    shares = sum(one.share_days for one in delay.agencies) + delay.nobody_days
    assert shares == pytest.approx(delay.delay_days, abs=1e-6)
    assert found.finish.later == 0
    assert 0 <= found.finish.never <= 1
    assert all(0 <= one.criticality <= 1 for one in found.activities)


def test_the_same_seed_gives_the_same_answer_on_any_number_of_threads(answer):
    assert asked(threads=1) == answer
    assert asked(threads=4) == answer
    assert asked(seed=2) != answer


def test_more_iterations_extend_those_of_fewer(answer):
    few = asked(iterations=500)
    assert few.joint.scatter == answer.joint.scatter[: len(few.joint.scatter)]
    assert len(few.joint.scatter) > 150


def test_an_executor_gives_the_same_answer(answer):
    with ThreadPoolExecutor(2) as pool:
        spread_out = asked(executor=pool)
    assert spread_out.finishes == answer.finishes
    assert spread_out.joint == answer.joint
    for one, other in zip(spread_out.activities, answer.activities, strict=True):
        assert one.sensitivity == pytest.approx(other.sensitivity, abs=1e-9)


def test_an_interrupted_run_keeps_what_is_done():
    def stop(done, of):
        assert of == 5_000
        if done >= 1_024:
            raise KeyboardInterrupt

    found = asked(iterations=5_000, progress=stop)
    assert found.interrupted
    assert 1_024 <= found.iterations < 5_000
    assert found.asked == 5_000
    assert found.delay is None
    assert str(found.iterations) in found.notes[-1]
    assert sum(one.share for one in found.finish.periods) + found.finish.never + found.finish.later == pytest.approx(1)


def test_progress_reaches_the_end():
    told = []
    asked(iterations=1_000, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (1_000, 1_000)
    assert told == sorted(told)


def test_beyond_what_is_kept_dates_are_counted_by_day(answer, monkeypatch):
    from synodos.schedule.sampling import running, sample

    monkeypatch.setattr(sample, "KEPT_VALUES", 2_048)
    monkeypatch.setattr(running, "kept_iterations", sample.kept_iterations)
    found = asked().finish
    assert found.percentile_error_days == 0.5
    assert found.periods == answer.finish.periods
    assert (found.later, found.never) == (answer.finish.later, answer.finish.never)
    assert found.in_time == answer.finish.in_time
    assert abs(found.mean - answer.finish.mean).total_seconds() < 43_200
    for (_, one), (_, other) in zip(found.percentiles, answer.finish.percentiles, strict=True):
        assert one is other is None or abs(one - other).total_seconds() <= 43_200


def test_what_can_be_done_without_holds_nothing_back():
    plan = relay()
    optional = replace(plan.edges[-1], essential=False)
    loose = replace(plan, edges=(*plan.edges[:-1], optional))
    found = risk(loose, portfolio(*money()), iterations=500, defaults=calm(), agency_correlation=0.25)
    assert found.finish.never == 0, "a lost rocket stops only what cannot do without it"
    assert any("do without" in note for note in found.notes)


@pytest.mark.parametrize(
    ("asked_for", "words"),
    [
        ({"target": "moon"}, "schedule.target: the network has no activity, mission or element .?moon"),
        ({"agency_correlation": 1.5}, "agency_correlation lies between 0 and 1"),
        ({"confidence": -0.1}, "confidence lies between 0 and 1"),
        ({"iterations": 0}, "risk.argument: iterations lies between 1 and 4,294,967,295; found 0"),
        ({"iterations": 10**15}, "iterations lies between 1 and 4,294,967,295; found 1000000000000000"),
        ({"seed": -1}, "seed"),
    ],
)
def test_a_faulty_call_says_what_is_wrong(asked_for, words):
    with pytest.raises(ValueError, match=words):
        study(relay(), **asked_for)


def test_nothing_left_to_do_is_refused():
    over = replace(task("build", 10), remaining=0, actual_start=day(-20), actual_finish=day(-10))
    with pytest.raises(ValueError, match="nothing-open"):
        study(network([over]))
    with pytest.raises(ValueError, match="reached already"):
        study(network([over, task("rig", 5)]), target="build")


def test_many_agencies_are_shared_in_random_orders():
    names = [f"a{n:02}" for n in range(16)]
    nodes = [task(f"w{n}", 10, name, spread=WIDE) for n, name in enumerate(names)]
    given = network(nodes, *(f"w{n} w{n + 1}" for n in range(15)))
    delay = study(given, iterations=1_000).delay
    assert not delay.exact
    assert sum(one.share_days for one in delay.agencies) == pytest.approx(delay.delay_days - delay.nobody_days)
    assert delay.interaction_days == pytest.approx(0, abs=1e-3), "in a row nobody's delay hides another's"
    assert all(one.share_days == pytest.approx(one.alone_days, abs=1e-3) for one in delay.agencies)


def test_dates_alone_are_told_sooner(answer):
    found = asked(only_dates=True)
    assert (found.finishes, found.joint, found.activities) == (answer.finishes, answer.joint, answer.activities)
    assert (found.delay, found.drivers, found.other_defaults, found.sharpen) == (None, (), (), ())


def test_side_questions_that_are_interrupted_leave_the_rest(answer, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(asking, "drivers", interrupted)
    found = asked()
    assert found.finishes == answer.finishes
    assert found.delay == answer.delay
    assert found.drivers == ()
    assert not found.interrupted
    assert "left out" in found.notes[-1]


def test_a_made_up_portfolio_with_calendars_and_a_handover(twin_relay, twin_relay_network):
    found = risk(twin_relay_network, twin_relay, iterations=2_000, threads=2)
    assert found.target == found.finish.node
    assert [one.opens.year for one in found.finish.periods] == [2031, 2033, 2035]
    assert sum(one.share for one in found.finish.periods) + found.finish.later + found.finish.never == pytest.approx(1)
    assert found.finish.deterministic.year == 2031
    assert {one.agency for one in found.delay.agencies} == {"aurora", "boreal"}
    assert not found.defaults_only
