"""Defaults: shipped with their sources, marked where they count, and giving way to what is stated."""

import math

import pytest
from pydantic import ValidationError

from synodos.schedule import default_defaults, risk
from synodos.schedule.risk.spreads import mean, words
from synodos.schedule.risk.strikes import events
from tests.schedule.risk.studies import calm, commitment, portfolio, risk_record, spread, study
from tests.schedule.works import day, launch, network, task

SURE = spread("discrete", values=[1], weights=[1])


def test_the_shipped_values_are_those_of_their_sources():
    shipped = default_defaults()
    duration = shipped.spread("duration")
    assert mean(duration) == pytest.approx(1.13, abs=0.01)
    assert duration.median * math.exp(1.2816 * duration.sigma) == pytest.approx(1.52, abs=0.01), "one in ten passes it"
    assert mean(shipped.spread("instrument-duration")) == pytest.approx(1.30, abs=0.005)
    cost = shipped.spread("cost")
    assert math.log(cost.median) == pytest.approx(0.105, abs=0.001)
    assert cost.sigma == 0.21
    months = [
        shipped.spread("replacement").low,
        shipped.spread("replacement").likely,
        shipped.spread("replacement").high,
    ]
    assert [round(one / 30.4375) for one in months] == [13, 26, 39]
    assert shipped.number("confidence") == 0.70
    firmness = [shipped.kept[level].value for level in ("intent", "budgeted", "agreed", "contracted")]
    assert firmness == sorted(firmness)
    assert all(row.source for table in (shipped.spreads, shipped.kept, shipped.numbers) for row in table.values())


def test_the_commitments_that_are_counted_are_those_of_the_cases(root):
    import re

    from synodos.exchange import read_history

    cases = ("exomars", "gateway", "cassini-huygens", "iss", "jwst")
    known = {one.id for name in cases for one in read_history(root / "portfolios" / name).statements}
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)+", default_defaults().kept["intent"].source))
    assert len(named) == 15
    assert named <= known


def test_defaults_that_leave_something_out_are_refused():
    shipped = default_defaults()
    content = shipped.model_dump()
    del content["kept"]["agreed"]
    with pytest.raises(ValidationError, match="kept: expected intent, budgeted, agreed, contracted"):
        type(shipped).model_validate(content)


def test_what_is_stated_wins_and_is_not_marked():
    own = commitment(
        "money", ["rover"], kept_probability=0.9, replacement_delay=spread("uniform", of="days", low=1, high=2)
    )
    built = task("build", 50, leads_to="rover", spread=SURE)
    answer = study(network([built]), own, iterations=256)
    assert answer.defaults == ()
    assert answer.other_defaults == ()
    assert answer.sharpen == ()
    assert not answer.defaults_only
    assert not any(one.assumed for one in (*answer.drivers, *answer.activities))


def test_what_is_not_stated_is_marked():
    given = network([task("build", 50, leads_to="rover", coarse=True), task("rig", 40, leads_to="rover", coarse=True)])
    answer = study(given, commitment("money", ["rover"], level="intent"), iterations=512, agency_correlation=None)
    assert {one.name for one in answer.defaults} == {"duration", "kept.intent", "replacement", "correlation"}
    duration = next(one for one in answer.defaults if one.name == "duration")
    assert duration.for_nodes == ("build", "rig")
    assert duration.judgement
    assert answer.defaults_only
    assert all(one.assumed for one in answer.drivers)
    assert {one.id for one in answer.drivers} == {"commitment:money", "default:duration", "default:correlation"}
    assert answer.other_defaults[0].name == "as shipped"
    assert sum("default" in said for said in answer.assumed) == 4


def test_an_instrument_grows_more_than_a_spacecraft(root):
    from synodos.language import Element

    fields = {"owner": "esa", "stated_by": "esa", "as_of": "2019", "confidence": "read", "sources": ["paper"]}
    camera = Element(id="camera", name="Camera", form="instrument", status="in-development", release="public", **fields)
    given = network([task("build", 50, leads_to="camera"), task("rig", 50, leads_to="rover")])
    answer = risk(given, portfolio(camera), iterations=256, defaults=calm())
    used = {one.name: one.for_nodes for one in answer.defaults}
    assert used["instrument-duration"] == ("build",)
    assert used["duration"] == ("rig",)


def test_a_rare_shock_strikes_only_launches_for_which_no_risk_is_stated():
    nodes = [
        task("build", 1000, leads_to="rover"),
        launch("fly", (900, 2000), leads_to="rover", intended=0, deadline=day(1461)),
        task("rig", 10),
        launch("hop", (900, 2000), leads_to="hopper", intended=0),
    ]
    given = network(nodes, "build fly", "rig hop")
    shipped = default_defaults()
    plain = {one.id: one for one in events(given, portfolio(), shipped)}
    assert set(plain) == {"default:shock:fly", "default:shock:hop"}
    assert plain["default:shock:fly"].probability == pytest.approx(1 - 0.975 ** (900 / 365.25), abs=1e-3)
    storm = risk_record("storm", ["build"], probability=0.1, delay=spread("uniform", of="days", low=1, high=2))
    assert {one.id for one in events(given, portfolio(storm), shipped)} == {"risk:storm", "default:shock:hop"}


def test_a_partner_commitment_strikes_the_partner_and_not_the_mission():
    nodes = [
        task("build", 100, "esa", leads_to="rover"),
        task("rocket", 100, "nasa", leads_to="rocket"),
        launch("fly", (90, 200), leads_to="mission", agency="esa"),
    ]
    given = network(nodes, "build fly", "rocket fly")
    own = commitment("part", ["mission"], owner="nasa", level="intent")
    (event, *_) = events(given, portfolio(own), calm())
    assert [given.nodes[at].id for at in event.strikes[0].places] == ["rocket"]
    paid = commitment("share", ["mission"], owner="asi", level="budgeted")
    (event, *_) = events(given, portfolio(paid), calm())
    assert [given.nodes[at].id for at in event.strikes[0].places] == ["fly"], "who holds no work pays for the whole"


def test_costs_that_are_not_comparable_are_left_out_and_named():
    nodes = [
        task("build", 10, fixed_cost=(100.0, "EUR", 2020), spread=SURE),
        task("rig", 10, fixed_cost=(50.0, "EUR", 2020), spread=SURE),
        task("rocket", 10, fixed_cost=(70.0, "USD", 2020), spread=SURE),
        task("tank", 10, spread=SURE),
    ]
    answer = study(network(nodes), iterations=512)
    assert (answer.joint.currency, answer.joint.price_year) == ("EUR", 2020)
    assert answer.joint.covers == ("build", "rig")
    assert set(answer.joint.without_cost) == {"rocket", "tank"}
    assert answer.joint.deterministic_cost == 150
    assert answer.joint.confidence_target == 0.70
    assert "NPR 7120.5E" in answer.joint.confidence_source
    assert any("not comparable" in note and "Rocket" in note for note in answer.notes)
    rate = {"currency": "USD", "in_currency": "EUR", "rate": 0.5, "on": "2020", "sources": ["paper"]}
    changed = risk(network(nodes), portfolio(exchange_rates=[rate]), iterations=512, defaults=calm())
    assert changed.joint.deterministic_cost == 185


def test_without_costs_there_is_no_joint_confidence():
    answer = study(network([task("build", 10, spread=SURE)]), iterations=256)
    assert answer.joint is None
    assert any("No cost is stated" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("shape", "exact"),
    [
        (spread("triangular", low=1, likely=2, high=6), 3),
        (spread("pert", low=1, likely=2, high=6), 2.5),
        (spread("uniform", low=1, high=6), 3.5),
        (spread("normal", mean=4, deviation=1), 4 + 1.3383e-4),
        (spread("normal", mean=1, deviation=1), 1.2876),
        (spread("lognormal", median=2, sigma=0.5), 2 * math.exp(0.125)),
        (spread("weibull", scale=2, form=1), 2),
        (spread("discrete", values=[1, 5], weights=[3, 1]), 2),
    ],
    ids=["triangular", "pert", "uniform", "normal", "normal-cut", "lognormal", "weibull", "discrete"],
)
def test_every_shape_is_sampled_with_its_mean(shape, exact):
    assert mean(shape) == pytest.approx(exact, rel=1e-5)
    answer = study(network([task("build", 100, spread=shape)]), iterations=20_000)
    from tests.schedule.risk.studies import days, four_errors

    deviation = answer.finish.deviation_days
    assert days(answer.finish.mean) == pytest.approx(100 * exact, abs=four_errors(deviation) + 0.1)
    assert words(shape)
