import datetime as dt

import pytest

from synodos.cooperation import opportunities
from synodos.exchange import read_history
from synodos.language import History, load
from synodos.law.catalogue import catalogue
from synodos.law.instruments import VERDICTS, instruments, ladder
from tests.language.minimal import header, statement

STATES = [statement("state", id=key, owner=key, stated_by=key) for key in ("usa", "fra", "jpn")]


def agency(key, state=None, actor="agency"):
    """A statement on an agency."""
    return statement("agency", id=key, owner=key, stated_by=key, state=state, actor=actor)


AGENCIES = [
    *STATES,
    agency("nasa", "usa"),
    agency("jaxa", "jpn"),
    agency("cnes", "fra"),
    agency("esa", actor="intergovernmental"),
    agency("carrier", "fra", actor="company"),
]


def needed(*statements, lead="nasa", partners=("esa",), **given):
    """Needs of a mission with these partners."""
    mission = statement(
        "mission",
        owner=lead,
        stated_by=lead,
        partners=[{"agency": partner} for partner in partners],
        **{"destinations": ["mars-orbit"], "form": "orbiter", **given},
    )
    lander = statement("element", id="lander", provides=["mars-edl"])
    told = History(header(), (*AGENCIES, mission, lander, *statements)).known_on()
    return instruments(told)


def deal(instrument, **given):
    """An agreement on the mission between NASA and ESA, in force."""
    return statement(
        "agreement",
        instrument=instrument,
        covers=["some-mission"],
        **{"parties": ["nasa", "esa"], "in_force": "2001..", **given},
    )


def test_every_rung_and_reason_is_a_term_with_sources():
    types = load("instrument-types")
    steps = ladder()
    assert [rung.height for rung in steps.rungs] == list(range(len(steps.rungs)))
    named = {one for rung in steps.rungs for one in rung.types} | {*steps.umbrellas, *steps.unplaced}
    assert named <= set(types.terms)
    for term in types.terms:
        assert steps.rung_of(term) or {*types.ancestors(term)} & {*steps.unplaced, "permit", "licence"}, term


def test_a_partner_without_hardware_in_flight_needs_a_letter():
    (need,) = needed(form="facility", destinations=["earth"])
    assert (need.lead, need.partner, need.rung, need.verdict) == ("nasa", "esa", "letter-agreement", "missing")


def test_flight_with_nasa_needs_a_binding_instrument_with_a_cross_waiver():
    (need,) = needed()
    assert need.rung == "project-agreement"
    assert "cross-waiver-rule" in [why.id for why in need.why]
    (waiver,) = (clause for clause in need.clauses if clause.clause == "cross-waiver")
    assert ([why.id for why in waiver.why], waiver.present) == (["cross-waiver-rule"], None)


def test_a_station_in_space_needs_as_much_as_a_flight():
    (need,) = needed(form="station", destinations=["lunar-orbit"])
    assert (need.rung, need.why[0].id) == ("project-agreement", "cross-waiver-rule")


def test_interdependence_pushes_the_instrument_up():
    brought = [{"capability": "mars-edl", "essential": True, "met_by": ["lander"]}]
    (need,) = needed(requirements=brought)
    assert (need.rung, need.why[0].id) == ("memorandum-of-understanding", "interdependence")
    assert "continuity" in [clause.clause for clause in need.clauses]
    (light,) = needed(requirements=[{**brought[0], "essential": False}])
    assert light.rung == "project-agreement"


def test_partners_of_one_state_need_nothing_between_them():
    assert needed(lead="cnes", partners=["carrier"]) == ()


def test_a_private_partner_may_take_a_contract():
    (need,) = needed(partners=["carrier"])
    assert need.forms == ("contract",)
    assert "governing-law" in [clause.clause for clause in need.clauses]


def test_money_between_the_parties_takes_a_reimbursable_instrument():
    paid = statement("payment", payer="esa", payee="nasa", in_kind=False, plans=["some-mission"])
    (need,) = needed(paid)
    assert need.forms == ("contract", "reimbursable-space-act-agreement")
    (barter,) = needed(statement("payment", payer="esa", payee="nasa", in_kind=True, plans=["some-mission"]))
    assert barter.forms == ()


def test_the_station_stands_under_its_chain():
    (need,) = needed(destinations=["iss"], partners=["jaxa"])
    assert (need.rung, need.why[0].id) == ("implementing-arrangement", "station-chain")


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"instrument": "memorandum-of-understanding", "binding": True}, "covered"),
        ({"instrument": "project-agreement", "binding": True}, "covered"),
        ({"instrument": "memorandum-of-understanding"}, "weight-not-known"),
        ({"instrument": "letter-agreement"}, "too-light"),
        ({"instrument": "statement-of-intent"}, "too-light"),
        ({"instrument": "statement-of-intent", "binding": False}, "not-binding"),
        ({"instrument": "agreement"}, "weight-not-known"),
        ({"instrument": "memorandum-of-understanding", "in_force": "2001..2005"}, "lapsed"),
        ({"instrument": "memorandum-of-understanding", "standing": "in-doubt"}, "in-doubt"),
        ({"instrument": "memorandum-of-understanding", "in_force": "2030.."}, "planned"),
        ({"instrument": "memorandum-of-understanding", "parties": ["nasa", "jaxa"]}, "missing"),
        ({"instrument": "memorandum-of-understanding", "standing": "never-concluded"}, "missing"),
    ],
    ids=str,
)
def test_what_exists_is_held_against_what_is_needed(given, verdict):
    (need,) = needed(deal(**given))
    assert need.verdict == verdict
    assert verdict in VERDICTS


@pytest.mark.parametrize(
    ("above", "verdict"),
    [
        ({"binding": True, "in_force": "2001.."}, "covered"),
        ({"binding": True, "in_force": "2001..2002"}, "weight-not-known"),
        ({"in_force": "2001.."}, "weight-not-known"),
    ],
    ids=str,
)
def test_what_stands_under_an_agreement_binds_as_that_does(above, verdict):
    parent = statement("agreement", id="frame", instrument="framework-agreement", parties=["nasa", "esa"], **above)
    (need,) = needed(parent, deal("project-agreement", parent="frame"))
    assert need.verdict == verdict


def test_where_money_passes_an_instrument_of_another_form_is_not_known_to_do():
    paid = statement("payment", payer="esa", payee="nasa", in_kind=False, plans=["some-mission"])
    (need,) = needed(paid, deal("memorandum-of-understanding", binding=True))
    assert need.verdict == "weight-not-known"
    assert "no-form-for-funds" in [why.id for why in need.why]
    (need,) = needed(paid, deal("reimbursable-space-act-agreement", binding=True))
    assert need.verdict == "covered"
    assert "no-form-for-funds" not in [why.id for why in need.why]


def test_steps_of_nasa_are_not_asked_of_other_bodies_of_its_state():
    energy = agency("doe", "usa")
    mission = statement("mission", owner="doe", stated_by="doe", partners=[{"agency": "esa"}], form="orbiter")
    (need,) = instruments(History(header(), (*AGENCIES, energy, mission)).known_on())
    path = need.approvals[0].path
    assert "Circular 175" in path
    assert "NASA" not in path


def test_clauses_that_are_recorded_are_told_from_those_that_are_missing():
    (need,) = needed(deal("memorandum-of-understanding", clauses=["cross-waiver"]))
    present = {clause.clause: clause.present for clause in need.clauses}
    assert (present["cross-waiver"], present["registration"]) == (True, False)


def test_a_framework_between_the_parties_is_named():
    framework = statement("agreement", id="frame", instrument="framework-agreement", parties=["nasa", "esa"])
    (need,) = needed(statement("agreement", **{**framework.model_dump(mode="json"), "in_force": "2001.."}))
    assert need.umbrellas == ("frame",)
    assert need.verdict == "missing"


def test_parties_approve_in_ways_of_their_own():
    (need,) = needed()
    nasa, esa = need.approvals
    assert "Circular 175" in nasa.path
    assert "offices of NASA concur" in nasa.path
    assert "Council" in esa.path
    assert esa.unverified


def test_exomars_of_2011_rested_on_nothing_that_binds(root):
    # NASA was essential to the rover mission, and the joint initiative of 2009 was a statement of intent.
    exomars = read_history(root / "portfolios/exomars").known_on(dt.date(2011, 12, 1))
    (need,) = (
        one for one in instruments(exomars) if (one.cooperation, one.partner) == ("mission:exomars-rover", "nasa")
    )
    assert (need.rung, need.verdict) == ("memorandum-of-understanding", "not-binding")


def test_opportunities_that_would_join_a_mission_are_looked_at_too(root):
    plans = read_history(root / "portfolios/exploration2011").known_on()
    found = [one for one in instruments(plans, opportunities(plans).ranked[:30]) if one.proposed]
    assert found
    assert {one.verdict for one in found} <= set(VERDICTS)
    assert all(one.evidence for one in found)


def test_every_source_of_the_ladder_is_listed():
    steps = ladder()
    cited = [*steps.rungs, *steps.reasons.values(), *steps.approvals]
    assert {key for one in cited for key in one.sources} <= set(catalogue().sources)
    for one in cited:
        assert (one.sources == ("general-knowledge",)) == (one.confidence == "unverified")


def work(key, owner, days, **given):
    """An activity of so many days towards the mission."""
    after = [{"activity": one} for one in given.pop("after", ())]
    return statement("activity", id=key, owner=owner, stated_by=owner, duration_days=days, after=after, **given)


@pytest.mark.parametrize(("days", "rung"), [(300, "memorandum-of-understanding"), (30, "project-agreement")])
def test_work_on_the_critical_path_pushes_up_the_ladder_and_says_so(days, rung):
    shorter = [
        work("bus", "nasa", 100),
        work("lens", "esa", days),
        work("flight", "nasa", 1, leads_to="some-mission", after=["bus", "lens"]),
    ]
    (need,) = needed(*shorter, destinations=["lunar-orbit"])
    assert need.rung == rung
    told = {why.id for why in need.why}
    assert ("critical-path" in told) == (days > 100)
    assert "interdependence" not in told
    assert ("activity:lens" in need.evidence) == (days > 100)
