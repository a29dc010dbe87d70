import dataclasses
import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.language import PortfolioError
from synodos.schedule import ELAPSED, Edge, moment_of
from synodos.schedule.networks.network import network
from synodos.schedule.networks.ready import MONTHS_TO_LAUNCH
from synodos.schedule.networks.timing import begins, ends
from synodos.schedule.paths.critical_path import critical_path
from tests.language.minimal import agency, history, statement
from tests.language.test_nothing_leaks import cases, shuffled
from tests.schedule.knowledge import assert_known_on, cut_off
from tests.strategies import WORK, histories

DAYS = [dt.date(2009, 12, 17), dt.date(2016, 3, 31)]
KNOWN = {"stated_by": "esa", "as_of": "2011"}


def made(*statements, viewer=None, scope=None, **given):
    """The network of a few statements of ESA, known on the last day of 2012."""
    return network(history(*statements, **given).known_on(viewer=viewer), scope)


def node(found, key):
    return found.nodes[found.place[key]]


def links(found):
    return {(found.nodes[edge.predecessor].id, found.nodes[edge.successor].id): edge for edge in found.edges}


def activity(key, **given):
    given["after"] = [one if isinstance(one, dict) else {"activity": one} for one in given.get("after", ())]
    return statement("activity", **{"id": key, "name": f"Work {key}", **given})


def mission(key="flight", **given):
    return statement("mission", **{"id": key, "name": key.title(), **given})


def test_two_schedules_become_one_network(twin_relay_network):
    found = twin_relay_network
    assert "radio-received" not in found.place
    shared = node(found, "radio-delivered")
    assert shared.records == ("activity:radio-delivered", "activity:radio-received")
    assert (shared.agency, shared.agreement) == ("boreal", "relay-agreement")
    assert ("radio-delivered", "bus-integration") in links(found)
    assert [rules.id for rules in found.schedules] == ["plans", "aurora-schedule", "boreal-schedule"]
    assert found.agencies == {"aurora": "Aurora", "boreal": "Boreal"}
    assert found.notes == ()


def test_durations_are_minutes_of_work_on_the_calendar_of_the_activity(twin_relay_network):
    tests = node(twin_relay_network, "radio-tests")
    assert twin_relay_network.calendars[tests.calendar].id == "boreal-days"
    assert tests.duration == tests.remaining == 35 * 600
    assert node(twin_relay_network, "bus-tests").duration == 40 * 480
    assert node(twin_relay_network, "bus-structure").remaining == 74 * 480
    assert node(twin_relay_network, "bus-design").remaining == 0


def test_lags_count_the_time_that_the_schedule_of_the_successor_says(twin_relay_network):
    place = twin_relay_network.place
    edges = set(twin_relay_network.edges)
    own, other = (node(twin_relay_network, key).calendar for key in ("bus-tests", "radio-tests"))
    integration, tests = place["bus-integration"], place["bus-tests"]
    assert Edge(integration, tests, "start-start", 10 * 480, own) in edges
    assert Edge(integration, tests, "finish-finish", 5 * 480, own) in edges
    assert Edge(place["radio-boards"], place["radio-tests"], "finish-start", 4 * 600, other) in edges
    assert Edge(tests, place["twin-relay-launch"], "finish-start", 21 * 1440, ELAPSED) in edges


@pytest.mark.parametrize(
    ("rule", "named", "minutes_per_day"),
    [("predecessor", "long", 600), ("successor", "short", 480), ("schedule", "whole", 1440), ("elapsed", None, 1440)],
)
def test_a_lag_counts_the_calendar_that_the_rule_names(rule, named, minutes_per_day):
    hours = {"long": ["07:00-17:00"], "short": ["08:00-16:00"], "whole": ["00:00-24:00"]}
    days = ["mon", "tue", "wed", "thu", "fri"]
    calendars = [statement("calendar", id=key, week=[{"days": days, "hours": given}]) for key, given in hours.items()]
    found = made(
        *calendars,
        statement("schedule", id="plan", calendar="whole", lag_calendar=rule),
        activity("a", schedule="plan", calendar="long", duration_days=1),
        activity("b", schedule="plan", calendar="short", after=[{"activity": "a", "lag_days": -2.5}]),
    )
    (edge,) = found.edges
    assert edge.lag == -2.5 * minutes_per_day
    assert (found.calendars[edge.calendar].id if edge.calendar != ELAPSED else None) == named


def test_a_launch_milestone_gets_the_periods_of_its_mission(twin_relay_network):
    launch = node(twin_relay_network, "twin-relay-launch")
    assert launch.type == "launch"
    assert launch.periods[0].dates == (dt.date(2031, 2, 3), dt.date(2031, 2, 23))
    assert [period.computed for period in launch.periods] == [False] * 3
    assert launch.intended == 0
    assert launch.records == ("activity:twin-relay-launch", "mission:twin-relay")
    assert not launch.coarse


def test_a_launch_keeps_no_office_hours():
    week = [{"days": ["mon", "tue", "wed", "thu", "fri"], "hours": ["08:00-16:00"]}]
    weekend = {"type": "listed", "periods": ["2013-06-08..2013-06-09"]}
    found = made(
        statement("calendar", id="office", week=week),
        statement("schedule", id="plan", calendar="office", starts="2013-06-03"),
        activity("work", schedule="plan", duration_days=2),
        activity("gate", schedule="plan", type="finish-milestone", after=["work"], leads_to="flight"),
        mission(planned="2013-06", launch_opportunity=weekend),
    )
    path = critical_path(found)
    launch = found.place["gate"]
    assert moment_of(path.early_finish[launch]) == dt.datetime(2013, 6, 8)  # noqa: DTZ001
    assert moment_of(path.late_finish[launch]) == dt.datetime(2013, 6, 8)  # noqa: DTZ001
    assert path.total_float[launch] == 0


def test_what_activities_say_is_not_said_again_and_what_they_leave_out_is_added(twin_relay_network):
    into = [pair for pair in links(twin_relay_network) if pair[1] == "twin-relay-launch"]
    assert sorted(into) == [("bus-tests", "twin-relay-launch"), ("develop:boreal-launcher", "twin-relay-launch")]
    launcher = node(twin_relay_network, "develop:boreal-launcher")
    assert (launcher.agency, launcher.coarse, launcher.assumed) == ("boreal", True, ())
    assert moment_of(begins("2030-03-31") + launcher.duration) == dt.datetime(2030, 11, 1)  # noqa: DTZ001


def test_a_day_is_its_start_for_starts_and_its_end_for_finishes(twin_relay_network):
    design = node(twin_relay_network, "bus-design")
    assert (design.actual_start, design.actual_finish) == (begins("2030-01-07"), begins("2030-03-21"))
    assert node(twin_relay_network, "twin-relay-launch").deadline == begins("2031-02-24")
    (tie,) = node(twin_relay_network, "radio-tests").ties
    assert (tie.type, tie.at) == ("start-no-earlier", begins("2030-06-03"))
    assert "test house" in tie.why
    assert ends("2030-06-03") - begins("2030-06-03") == 1440
    assert ends("2030-06-03T12:00") == begins("2030-06-03T12:00")


def test_coarse_activities_last_from_the_day_of_knowledge_to_the_stated_date(exomars_history):
    found = network(exomars_history.known_on(dt.date(2009, 12, 17), "public"), ["exomars-rover"])
    rover = node(found, "develop:exomars-rover-vehicle")
    assert rover.duration == begins("2018-05-01") - begins("2009-12-17")
    assert (rover.agency, rover.coarse, rover.assumed) == ("esa", True, ())
    assert node(found, "develop:sky-crane-2018").agency == "nasa"
    assert links(found)["develop:atlas-5-launch-2018", "launch:exomars-rover"].essential
    assert not links(found)["develop:max-c-rover", "launch:exomars-rover"].essential
    assert ("launch:exomars-2016", "launch:exomars-rover") in links(found)  # the relay comes first
    launch = node(found, "launch:exomars-rover")
    first, last = launch.periods[launch.intended].dates
    assert first < dt.date(2018, 5, 7) < dt.date(2018, 5, 27) < last
    (tie,) = launch.ties
    assert tie.at == begins("2018-05-01")
    assert launch.deadline == ends("2018-05-31")


def test_what_flies_takes_no_time(exomars_history):
    found = network(exomars_history.known_on(dt.date(2016, 3, 31), "public"), ["exomars-rover"])
    orbiter = node(found, "launch:exomars-2016")
    assert orbiter.actual_finish == begins("2016-03-14")
    assert not [edge for edge in links(found) if edge[1] == "launch:exomars-2016"]
    assert node(found, "develop:descent-module").agency == "roscosmos"


@pytest.mark.parametrize(
    ("covers", "standing", "parties", "expected"),
    [
        ([["lander"]], "in-force", ["esa", "nasa"], "memo-0"),
        ([["flight"]], "in-force", ["esa", "nasa"], "memo-0"),
        ([["flight"], ["lander", "flight"]], "in-force", ["esa", "nasa"], "memo-1"),
        ([["flight"], ["flight"]], "in-force", ["esa", "nasa"], None),
        ([["lander"]], "planned", ["esa", "nasa"], None),
        ([["lander"]], "in-force", ["nasa"], None),
        ([["lander"]], "in-force", ["esa"], None),
        ([[]], "in-force", ["esa", "nasa"], None),
    ],
)
def test_what_a_partner_brings_is_done_under_the_agreement_that_covers_it(covers, standing, parties, expected):
    theirs = {"owner": "nasa", "stated_by": "nasa"}
    memos = [
        statement("agreement", id=f"memo-{n}", covers=one, standing=standing, parties=parties)
        for n, one in enumerate(covers)
    ]
    needed = [{"capability": "mars-edl", "met_by": ["lander"]}, {"capability": "launch", "provider": "nasa"}]
    lander = statement("element", id="lander", name="Lander", provides=["mars-edl"], **theirs)
    own = statement("element", id="own", name="Own", provides=["drill"])
    needed.append({"capability": "drill", "met_by": ["own"]})
    found = made(agency("nasa"), lander, own, *memos, mission(planned="2015", requirements=needed))
    brought = node(found, "develop:lander")
    assert brought.agreement == expected
    assert (f"agreement:{expected}" in brought.records) == (expected is not None)
    assert node(found, "develop:own").agreement is None
    if covers == [["flight"]]:
        assert node(found, "provide:flight:launch").agreement == expected


def test_what_exists_is_done_since_it_could_be_used():
    needed = [{"capability": "launch", "met_by": ["rocket"]}, {"capability": "drill", "met_by": ["ride"]}]
    for available, since in (("2010-05..", "2010-05-01"), (None, "2012-12-31"), ("2013..", "2012-12-31")):
        given = {"id": "rocket", "status": "operating", "available": available, "provides": ["launch"]}
        ride = statement("offer", id="ride", provides=["drill"], available="2011..")
        found = made(statement("element", **given), ride, mission(planned="2015", requirements=needed))
        rocket = node(found, "develop:rocket")
        assert (rocket.duration, rocket.actual_start, rocket.actual_finish) == (0, begins(since), begins(since))
        assert ("develop:rocket", "launch:flight") in links(found)
        assert node(found, "provide:ride").actual_finish == begins("2011-01-01")


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_network_rests_on_what_was_known_on_its_day(exomars_history, day):
    found = network(exomars_history.known_on(day, "public"))
    assert found.nodes
    assert_known_on((record for node in found.nodes for record in node.records), exomars_history, day)
    assert network(cut_off(exomars_history, day).known_on(day, "public")) == found


def test_a_record_stated_later_is_told(exomars_history):
    with pytest.raises(AssertionError, match="descent-module was not known"):
        assert_known_on(["element:descent-module"], exomars_history, DAYS[0])


def test_an_agency_that_owes_a_capability_has_work_of_its_own():
    owed = {"capability": "launch", "essential": True, "provider": "esa", "by": "2014-03"}
    found = made(mission(planned="2015", requirements=[owed]))
    launcher = node(found, "provide:flight:launch")
    assert (launcher.agency, launcher.records) == ("esa", ("mission:flight",))
    assert launcher.duration == begins("2014-03-01") - begins("2012-12-31")
    assert ("provide:flight:launch", "launch:flight") in links(found)


def test_a_mission_alone_has_one_activity():
    found = made(mission(planned="2015-06"))
    assert [one.id for one in found.nodes] == ["launch:flight", "develop:flight"]
    assert node(found, "develop:flight").duration == begins("2015-06-01") - begins("2012-12-31")


def test_a_plan_without_a_date_takes_the_published_mean_and_says_so():
    found = made(statement("element", id="lander", name="Lander"), scope=["lander"])
    (lander,) = found.nodes
    assert lander.duration == round(MONTHS_TO_LAUNCH * 365.25 / 12) * 1440
    said = (
        "duration: 87 months, judgement with hindsight: rests on sources up to 2021-12-31, after the day of knowledge"
    )
    assert lander.assumed == (said,)
    (lander,) = made(statement("element", id="lander", name="Lander"), scope=["lander"], known_on="2022-01-01").nodes
    assert "spacepolicyonline" in lander.assumed[0]


def test_an_element_without_a_date_is_ready_when_it_is_wanted():
    needed = {"capability": "mars-edl", "met_by": ["lander"]}
    lander = statement("element", id="lander", name="Lander", provides=["mars-edl"])
    found = made(lander, mission(planned="2015-06", requirements=[needed]))
    assert node(found, "develop:lander").duration == begins("2015-06-01") - begins("2012-12-31")
    assert node(found, "develop:lander").records == ("element:lander", "mission:flight")


@pytest.mark.parametrize(
    ("available", "readiness", "waits"),
    [
        (None, "trl-8", False),
        ("2012..", "trl-8", False),
        ("2012-02-23..", "trl-8", False),
        ("2014..", "trl-8", True),  # something else keeps it back
        (None, "trl-9", True),  # the kind has flown; that tells nothing of this one
        (None, "trl-7", True),
    ],
)
def test_nothing_is_left_of_what_is_complete_and_accepted_for_flight(available, readiness, waits):
    given = {"readiness": readiness, **({"available": available} if available else {})}
    found = made(statement("element", id="lander", **given), agency("nasa"), known_on="2012-06")
    assert bool(node(found, "develop:lander").remaining) is waits
    assert not any("without word" in note for note in found.notes)


@pytest.mark.parametrize(
    ("available", "ready"), [("2012..", "2012-12-31"), ("2011..", None), ("2013..", "2013-01-01"), ("..2011", None)]
)
def test_a_year_that_has_begun_may_end_before_it_is_ready(available, ready):
    found = made(statement("element", id="lander", available=available), agency("nasa"), known_on="2012-06")
    lander = node(found, "develop:lander")
    if available.startswith(".."):
        assert lander.assumed
    else:
        assert lander.duration == (begins(ready) - begins("2012-06-30") if ready else 0)
        assert any("has passed" in note and "Lander" in note for note in found.notes) == (ready is None)


def test_what_will_not_come_counts_no_time_and_is_told():
    needed = {"capability": "mars-edl", "met_by": ["lander"]}
    for status in ("cancelled", "lost"):
        lander = statement("element", id="lander", provides=["mars-edl"], status=status)
        found = made(lander, mission(requirements=[needed]))
        assert "develop:lander" not in found.place
        assert any("will not come" in note and "Flight" in note for note in found.notes)


def test_nobody_named_is_told_unless_it_is_not_essential():
    asked = [{"capability": "launch"}, {"capability": "drill", "essential": False}]
    (note,) = (note for note in made(mission(requirements=asked)).notes if note.startswith("Nobody"))
    assert "launch" in note
    assert "drill" not in note


def test_offers_meet_requirements_while_they_stand():
    needed = {"capability": "launch", "met_by": ["ride"]}
    ride = {"id": "ride", "name": "Ride", "provides": ["launch"], "available": "2014.."}
    found = made(statement("offer", **ride), mission(planned="2015", requirements=[needed]))
    assert node(found, "provide:ride").duration == begins("2014-01-01") - begins("2012-12-31")
    closed = made(statement("offer", **ride, standing="withdrawn"), mission(planned="2015", requirements=[needed]))
    assert "provide:ride" not in closed.place


def test_plans_that_need_each_other_have_no_order():
    one = statement(
        "element", id="one", name="One", provides=["launch"], needs=[{"capability": "drill", "met_by": ["two"]}]
    )
    two = statement(
        "element", id="two", name="Two", provides=["drill"], needs=[{"capability": "launch", "met_by": ["one"]}]
    )
    found = made(one, two)
    assert len(found.edges) == 1
    assert any("One and Two" in note for note in found.notes)


def test_activities_that_wait_for_each_other_are_refused():
    with pytest.raises(PortfolioError, match=r"schedule\.cycle") as refused:
        made(activity("one", after=["three"]), activity("two", after=["one"]), activity("three", after=["two"]))
    (fault,) = refused.value.faults
    assert fault.found.count("→") == 3
    same = activity("gate", type="finish-milestone", same_as=["door"])
    with pytest.raises(PortfolioError, match=r"schedule\.cycle"):
        made(same, activity("work", after=["gate"]), activity("door", type="finish-milestone", after=["work"]))


def test_only_milestones_are_joined():
    found = made(activity("one", duration_days=3, same_as=["two"]), activity("two", duration_days=4))
    assert set(found.place) == {"one", "two"}
    assert any("only milestones" in note.lower() for note in found.notes)


def test_a_joined_event_keeps_what_each_schedule_says_of_it():
    gate = {"type": "finish-milestone"}
    tied = {"constraints": [{"type": "start-no-earlier", "on": "2013-01-01"}], "deadline": "2014-01-01"}
    found = made(
        activity("b", **gate, same_as=["a"], actual_finish="2012-03-01", actual_start="2012-03-01"),
        activity("a", **gate, **tied, actual_finish="2012-02-01"),
        activity("c", **gate, same_as=["b"], deadline="2013-06-01", leads_to="flight"),
        mission(),
        scope=["c"],
    )
    event = node(found, "c")  # the one that names the mission speaks
    assert set(event.records) == {"activity:a", "activity:b", "activity:c", "mission:flight"}
    assert event.deadline == ends("2013-06-01")
    assert event.actual_finish == ends("2012-03-01")
    assert len(event.ties) == 1
    assert any("differ on when" in note for note in found.notes)


def test_the_work_of_an_element_takes_the_place_of_its_coarse_activity():
    needed = {"capability": "mars-edl", "met_by": ["lander"]}
    lander = statement("element", id="lander", name="Lander", provides=["mars-edl"], available="2014..")
    found = made(
        lander,
        mission(planned="2015", requirements=[needed]),
        activity("design", leads_to="lander", duration_days=5),
        activity("build", leads_to="lander", duration_days=9, after=["design"]),
        activity("watch", leads_to="lander", type="level-of-effort"),
    )
    assert "develop:lander" not in found.place
    assert set(links(found)) == {("design", "build"), ("build", "launch:flight")}


def test_a_link_that_plans_suggest_gives_way_to_what_activities_say():
    needed = {"capability": "mars-edl", "met_by": ["lander"]}
    found = made(
        statement("element", id="lander", name="Lander", provides=["mars-edl"]),
        mission(planned="2015", requirements=[needed]),
        activity("launch", leads_to="flight", type="finish-milestone"),
        activity("landing", leads_to="lander", duration_days=9, after=["launch"]),
    )
    assert set(links(found)) == {("launch", "landing")}


def test_listed_periods_win_over_computed_ones():
    given = {"type": "planetary", "target": "mars", "periods": ["2014-01-01..2014-01-20"]}
    (launch, _) = made(mission(planned="2014-01", launch_opportunity=given)).nodes
    assert [period.computed for period in launch.periods[:2]] == [False, True]
    assert launch.periods[0].dates == (dt.date(2014, 1, 1), dt.date(2014, 1, 20))
    assert launch.intended == 0
    assert launch.assumed == ()
    for first, second in itertools.pairwise(launch.periods):
        assert first.closes <= second.opens


@pytest.mark.parametrize(
    ("destinations", "target"),
    [
        (["mars-surface"], "Mars"),
        (["phobos", "mars-orbit"], "Mars"),
        (["venus"], "Venus"),
        (["itokawa"], "Itokawa"),
        (["moon"], None),
        (["iss"], None),
        (["sun-earth-l2"], None),
        (["mars", "venus"], None),
        (["earth-analogue"], None),
        (["earth"], None),
        ([], None),
    ],
)
def test_the_destination_suggests_launch_periods(destinations, target):
    launch = made(mission(planned="2014", destinations=destinations)).nodes[0]
    assert bool(launch.periods) == bool(launch.assumed) == (target is not None)
    if target:
        assert target in launch.assumed[0]
        assert all(period.computed for period in launch.periods)


def test_a_planned_date_outside_all_periods_is_told():
    given = {"type": "listed", "periods": ["2014-03", "2016-05"]}
    found = made(mission(planned="2015", launch_opportunity=given))
    assert found.nodes[0].intended is None
    assert "The planned date lies in no launch period: Flight (2015)." in found.notes


def test_the_launch_periods_of_far_planets_are_not_made_up():
    found = made(mission(planned="2014", destinations=["jupiter"]))
    assert found.nodes[0].periods == ()
    assert any("Jupiter" in note for note in found.notes)


def test_no_periods_where_the_mission_can_leave_at_any_time():
    found = made(mission(planned="2014", destinations=["mars"], launch_opportunity={"type": "any-time"}))
    assert (found.nodes[0].periods, found.nodes[0].assumed) == ((), ())


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (["aurora-schedule"], {"bus-design", "radio-boards", "twin-relay-launch", "develop:boreal-launcher"}),
        (["relay-radio"], {"radio-boards", "radio-tests", "radio-delivered"}),
        (["radio-tests"], {"radio-boards", "radio-tests"}),
        (["boreal"], {"radio-boards", "radio-tests", "radio-delivered", "develop:boreal-launcher"}),
        (["twin-relay"], {"bus-structure", "radio-tests", "twin-relay-launch", "develop:boreal-launcher"}),
        ("boreal-launcher", {"develop:boreal-launcher"}),
    ],
    ids=lambda value: "" if isinstance(value, set) else str(value),  # a set has no order of its own
)
def test_a_scope_takes_in_what_it_waits_for(twin_relay, scope, expected):
    found = set(network(twin_relay, scope).place)
    assert expected <= found
    if scope != ["aurora-schedule"] and "twin-relay" not in scope:
        assert found == expected


def test_a_scope_that_names_nothing_is_refused(twin_relay):
    with pytest.raises(ValueError, match=r"scope\.unknown.*'relay-radios'; nearest: relay-radio"):
        network(twin_relay, ["relay-radios"])


def test_nothing_left_to_do_is_told():
    found = made(mission(status="completed"))
    assert found.nodes == ()
    assert any(note.startswith("Nothing is left") for note in found.notes)


def test_what_a_viewer_may_not_see_is_told_without_a_name():
    secret = {"owner": "esa", "stated_by": "esa", "release": "private"}
    statements = [
        activity("open", after=["hidden"], calendar="night", schedule="own", duration_days=2),
        activity("gate", type="finish-milestone", same_as=["hidden-gate"]),
        activity("hidden", **secret),
        activity("hidden-gate", type="finish-milestone", **secret),
        statement("calendar", id="night", name="Night shifts", **secret),
        statement("schedule", id="own", name="Secret plan", **secret),
        mission(requirements=[{"capability": "mars-edl", "met_by": ["lander"]}]),
        statement("element", id="lander", provides=["mars-edl"], **secret),
    ]
    seen = made(*statements, viewer="public")
    assert {one.id for one in seen.nodes} == {"open", "gate", "launch:flight", "develop:flight"}
    assert node(seen, "open").duration == 2 * 1440
    notes = " ".join(seen.notes)
    for word in ("hidden", "night", "Night", "Secret", "lander", "Lander", "own "):
        assert word not in notes
    for part in ("wait for work that is not released", "one with an event that is not released", "schedule of these"):
        assert part in notes
    assert told(made(*(one for one in statements if one.release == "public"), viewer="public")) == told(seen)


FEWER = settings(max_examples=25)  # each draws a dozen records


def told(found):
    """All that a network says, in values that compare as wholes."""
    calendars = [(one.id, one.minutes_per_day, one.opens.tolist(), one.closes.tolist()) for one in found.calendars]
    return dataclasses.replace(found, calendars=()), calendars


def test_calendars_reach_as_far_as_work_can_last():
    week = [{"days": ["sat"], "hours": ["08:00-10:00"]}]
    works = [activity(f"a{n}", calendar="club", duration_days=600, after=[f"a{n - 1}"] if n else []) for n in range(3)]
    found = made(statement("calendar", id="club", week=week), *works)
    assert moment_of(critical_path(found).finish).year == 2012 + 1800 * 7 // 365 + 1
    calendar = found.calendars[0]
    assert calendar.worked[-1] > 3 * 3 * works[0].duration_days * calendar.minutes_per_day


def test_a_calendar_does_without_one_above_it_that_is_not_released():
    secret = {"owner": "esa", "stated_by": "esa", "release": "private"}
    week = [{"days": ["mon"], "hours": ["08:00-12:00"]}]
    seen = made(
        statement("calendar", id="common", name="Common days", week=week, **secret),
        statement("calendar", id="shop", name="Workshop", parent="common"),
        statement("calendar", id="bench", name="Bench", parent="shop"),
        activity("work", calendar="bench", duration_days=1),
        viewer="public",
    )
    assert node(seen, "work").duration == 1440
    assert seen.notes == ("The calendar above these is not released, so what it says does not count: Workshop.",)


@FEWER
@given(cases())
def test_no_network_changes_when_what_is_hidden_changes(without_search, case):
    before, after = (network(one.as_seen_by(case.viewer)) for one in (case.before, case.after))
    assert told(before) == told(after)


@FEWER
@given(histories(10, WORK), st.randoms(use_true_random=False))
def test_the_order_in_which_records_stand_tells_nothing(without_search, history, randomness):
    portfolio = history.known_on()
    tables = {kind: shuffled(table.items(), randomness) for kind, table in portfolio.tables.items()}
    assert told(network(dataclasses.replace(portfolio, tables=tables))) == told(network(portfolio))


@FEWER
@given(histories(10, WORK))
def test_every_activity_has_one_node_and_no_link_closes_a_loop(without_search, history):
    portfolio = history.known_on()
    found = network(portfolio)
    records = [record for one in found.nodes for record in one.records if record.startswith("activity:")]
    assert sorted(records) == sorted(f"activity:{key}" for key in portfolio.activities)
    order = {key: position for position, key in enumerate(_order(found))}
    assert all(order[edge.predecessor] < order[edge.successor] for edge in found.edges)
    for one in found.nodes:
        assert one.duration >= 0
        assert (one.intended is None) or one.intended < len(one.periods)
        assert one.calendar < len(found.calendars)
        assert one.schedule < len(found.schedules)


def _order(found):
    """Places of nodes, each after all that lead to it."""
    waiting = {place: {found.edges[edge].predecessor for edge in into} for place, into in enumerate(found.into)}
    while waiting:
        free = [place for place, before in waiting.items() if not before & waiting.keys()]
        assert free, "a loop"
        yield from free
        waiting = {place: before for place, before in waiting.items() if place not in free}
