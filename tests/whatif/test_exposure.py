"""Who could hurt whom by leaving."""

import datetime as dt

import pytest
from hypothesis import given, settings

from synodos.whatif import apply, exposure, orphans
from tests.whatif.casework import exposure as known_exposure
from tests.whatif.choices import changes
from tests.whatif.worlds import BLUE, GREEN, RED, ROVER, by, need, portfolio, withdraw

MONTHS_18_TO_22 = 51.5
"""From 2018-05-01 to 2022-08-15."""
PERIODS = [*ROVER["launch_opportunity"]["periods"], "2022-08-15..2022-10-17"]


def rover(**instead):
    """The rover with one more launch period."""
    return by(
        RED, "mission", "rover", **{**ROVER, "launch_opportunity": {"type": "listed", "periods": PERIODS}, **instead}
    )


def test_who_stops_whose_missions_and_what_that_costs_in_time():
    found = exposure(portfolio(rover()))
    hurt = found.of(BLUE, RED)
    assert (hurt.stopped, hurt.degraded, hurt.stranded) == (("mission:rover",), (), ())
    assert hurt.months == MONTHS_18_TO_22
    assert (hurt.never, hurt.irreplaceable) == ((), ("mission:rover mars-edl",))
    assert hurt.goals_lost == ("goal-search-for-life",)
    assert hurt.evidence == ("mission:rover", "element:blue-lander")
    assert found.of(RED, BLUE).stranded == ("mission:rover",)
    assert found.of(RED, BLUE).never == ("mission:rover",)
    assert found.of(RED, BLUE).months == 0


def test_a_mission_that_only_waits_for_a_stopped_one_stops_as_well():
    lander = by(
        GREEN,
        "mission",
        "follower",
        status="planned",
        requirements=[{"capability": "robotic-rover", "essential": True, "met_by": ["rover"]}],
    )
    known = portfolio(rover(provides=["robotic-rover"]), lander)
    assert exposure(known).of(BLUE, GREEN).stopped == ("mission:follower",)


def test_losing_an_enhancement_degrades_and_counts_little():
    spare = {
        **ROVER,
        "requirements": [{"capability": "mass-spectrometry", "essential": False, "met_by": ["green-spectrometer"]}],
    }
    hurt = exposure(portfolio(by(RED, "mission", "rover", **spare))).of(GREEN, RED)
    assert (hurt.stopped, hurt.degraded, hurt.months) == ((), ("mission:rover",), 0)
    assert 0 < hurt.severity < 1


def test_what_would_soften_it_is_told():
    offer = by(BLUE, "offer", "blue-rides", provides=["launch"], available="2017..")
    own = by(RED, "element", "red-launcher", provides=["launch"], status="operating", available="2010..")
    hurt = exposure(portfolio(rover(), offer, own)).of(GREEN, RED)
    launch = {
        one.does: one for one in hurt.preparations if one.capability == "launch" and one.mission == "mission:rover"
    }
    assert launch["take-up-offer"].by == BLUE
    assert launch["take-up-offer"].in_time
    assert launch["second-source"].by == RED
    lander = exposure(portfolio(rover())).of(BLUE, RED).preparations
    own = next(one for one in lander if one.does == "own-development")
    assert (own.by, own.ready, own.in_time) == (RED, dt.date(2020, 10, 1), False)


@pytest.mark.parametrize(
    ("clauses", "binding", "does"),
    [(["continuity"], True, None), (["termination"], True, "add-clause"), ([], None, "conclude-agreement")],
    ids=["settled", "clause-missing", "not-known-to-bind"],
)
def test_agreements_that_lack_something_are_named(clauses, binding, does):
    text = by(
        RED,
        "agreement",
        "landing",
        parties=[RED, BLUE],
        covers=["rover"],
        standing="in-force",
        clauses=clauses,
        binding=binding,
    )
    known = portfolio(rover(), text, without=["rover-three"])
    found = {one.does for one in exposure(known).of(BLUE, RED).preparations}
    assert found & {"add-clause", "conclude-agreement"} == ({does} if does else set())


def test_one_agency_sees_what_hurts_it_and_every_mission_is_tried_by_itself():
    known = portfolio(rover())
    every, mine = exposure(known), exposure(known, RED)
    assert mine.overall == tuple(one for one in every.overall if one.victim == RED)
    assert mine.victims == (RED,)
    assert {one.of for one in every.single} >= {"mission:rover"}
    assert all(one.of for one in every.single)
    assert not any(one.of for one in every.overall)
    assert every.matrix[every.leavers.index(BLUE)][every.victims.index(RED)] == every.of(BLUE, RED).severity


def test_developing_from_nothing_is_nobody_to_count_on_unless_it_is_there_in_time():
    spare = by(RED, "element", "red-lander", provides=["mars-edl"], status="planned", available="2019..")
    skilled = by(RED, "interest", "red-skill", brings=["mars-edl"])
    text = by(RED, "agreement", "landing", parties=[RED, BLUE], covers=["rover"], standing="in-force", binding=True)
    late = rover(planned="2022-08", launch_opportunity={"type": "listed", "periods": ["2022-08-15..2022-10-17"]})
    nobody = ("mission:rover mars-edl",)
    stated = [((), nobody), ((text,), nobody), ((spare,), ()), ((skilled,), ()), ((late,), ())]
    assert [exposure(portfolio(rover(), *more)).of(BLUE, RED).irreplaceable for more, _ in stated] == [
        wanted for _, wanted in stated
    ]


@pytest.mark.parametrize(
    ("name", "day", "leaver", "missing"),
    [
        ("gateway", dt.date(2016, 5, 19), "esa", "mission:artemis-1 service-module"),
        ("iss", dt.date(2011, 7, 21), "roscosmos", "mission:iss-crew-operations control-module"),
        ("exomars", dt.date(2011, 10, 4), "nasa", "mission:exomars-rover mars-edl"),
    ],
    ids=["orion", "station", "exomars"],
)
def test_what_partners_alone_could_bring_had_nobody_else_to_count_on(name, day, leaver, missing):
    hurts = known_exposure(name, day).overall
    assert missing in {one for hurt in hurts if hurt.leaver == leaver for one in hurt.irreplaceable}


def test_some_missions_go_on_late_and_some_never():
    shared = by(
        BLUE, "mission", "shared", status="planned", partners=[{"agency": RED}], requirements=[need("launch", "b")]
    )
    hurt = exposure(portfolio(rover(), shared)).of(BLUE, RED)
    assert (hurt.stopped, hurt.never, hurt.months) == (("mission:rover",), ("mission:shared",), MONTHS_18_TO_22)
    assert hurt.goals_lost == ("goal-search-for-life",)


def test_an_agency_that_nobody_knows_is_refused():
    with pytest.raises(KeyError, match="nobody"):
        exposure(portfolio(), "nobody")


@settings(max_examples=12)
@given(changes())
def test_what_stops_has_lost_something_essential_and_the_worst_comes_first(change):
    known, _ = change
    found = exposure(known)
    assert found == exposure(known)
    assert [one.severity for one in found.overall] == sorted((one.severity for one in found.overall), reverse=True)
    for one in found.overall:
        after = apply(known, (withdraw(one.leaver),))
        lost = {orphan.plan for orphan in orphans(known, after) if orphan.new and orphan.essential}
        waiting = {
            f"mission:{key}"
            for key, m in known.missions.items()
            if any(f"mission:{t}" in one.stopped for r in m.requirements for t in r.met_by)
        }
        assert lost & {f"mission:{key}" for key in known.missions} <= set(one.stopped) <= lost | waiting
        assert set(one.stopped).isdisjoint(one.degraded)
