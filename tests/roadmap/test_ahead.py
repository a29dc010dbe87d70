"""What lies ahead: which dates, of whom, how precise, and what they rest on."""

import datetime as dt

import pytest
from hypothesis import given, settings

from synodos.exchange import read_portfolio
from synodos.language import DateRange
from synodos.roadmap import AHEAD_KINDS, dates_ahead
from tests.language.minimal import agency, history, statement
from tests.strategies import histories

STATED = [kind for kind in AHEAD_KINDS if kind not in ("launch-period", "milestone")]


def planned(*records, known_on="2026-07-01"):
    """A portfolio of a few agencies and these records, as known on a day."""
    names = (agency(name, member_since="2007") for name in ("nasa", "jaxa"))
    return history(*names, *records, known_on=known_on).known_on()


def told(*records, **asked):
    """Kind, date, part and agencies of the dates ahead of some records."""
    found = dates_ahead(planned(*records), **asked)
    return [(one.kind, one.when.text, one.part, one.agencies) for one in found]


@pytest.fixture(scope="module")
def lander(root):
    """Plans for a mission to Mars whose partners state dates, and of which launch periods can be computed."""
    return read_portfolio(root / "portfolios" / "exomars")


def test_a_year_stays_a_year():
    found = told(statement("mission", planned="2028", ends="2031-04.."))
    assert found == [("launch", "2028", "planned", ("esa",)), ("end", "2031-04..", "ends", ("esa",))]


@pytest.mark.parametrize(
    ("status", "kinds"),
    [("planned", ["launch", "end"]), ("launched", ["end"]), ("cancelled", []), ("deferred", ["launch", "end"])],
)
def test_what_flew_or_will_not_fly_has_no_launch_ahead(status, kinds):
    record = statement("mission", status=status, planned="2028", ends="2030")
    assert [kind for kind, *_ in told(record)] == kinds


def test_a_paused_plan_says_so():
    (found,) = dates_ahead(planned(statement("mission", status="deferred", planned="2028")))
    assert found.what == "planned to fly (deferred)"


def test_what_is_over_is_left_out_and_an_open_end_says_nothing_of_later_years():
    records = [
        statement("mission", id="one", planned="2025"),
        statement("mission", id="two", planned="2025.."),
        statement("mission", id="three", planned="2026"),
        statement("mission", id="four", planned="..2030"),
    ]
    assert [when for _, when, *_ in told(*records)] == ["2026", "..2030"]
    assert [when for _, when, *_ in told(*records, after=dt.date(2025, 3, 1))] == ["2025", "2025..", "2026", "..2030"]
    assert [when for _, when, *_ in told(*records, before=dt.date(2026, 12, 31))] == ["2026"]


def test_building_blocks_and_offers_come_and_go():
    records = [
        statement("element", id="tug", available="2027-03..2029"),
        statement("element", id="relay", status="operating", available="2011..2028"),
        statement("offer", id="ride", available="2030", offered_to=["jaxa"]),
        statement("offer", id="gone", available="2030", standing="withdrawn"),
    ]
    assert told(*records) == [
        ("ready", "2027-03", "available-from", ("esa",)),
        ("end", "2028", "available-to", ("esa",)),
        ("end", "2029", "available-to", ("esa",)),
        ("ready", "2030", "available-from", ("esa", "jaxa")),
    ]


def test_what_is_needed_by_a_date_concerns_who_owes_it():
    need = statement("need", seeks=[{"capability": "launch", "by": "2029", "provider": "nasa"}, {"capability": "eva"}])
    assert told(need) == [("needed", "2029", "needs launch", ("esa", "nasa"))]


def test_work_has_deadlines_until_it_is_done():
    constraint = {"type": "finish-no-later", "on": "2027-05-01T17:00"}
    open_work = statement("activity", id="drop", deadline="2027-04-01", constraints=[constraint], performer="jaxa")
    done = statement("activity", id="old", deadline="2027-04-01", actual_finish="2026-05-01")
    assert told(open_work, done, kinds=["deadline"]) == [
        ("deadline", "2027-04-01", "deadline", ("esa", "jaxa")),
        ("deadline", "2027-05-01", "finish-no-later", ("esa", "jaxa")),
    ]


def test_milestones_come_after_the_work_before_them():
    work = statement(
        "activity", id="build", duration_days=10, constraints=[{"type": "start-no-earlier", "on": "2026-09-01"}]
    )
    ship = statement("activity", id="ship", type="finish-milestone", after=[{"activity": "build"}])
    gone = statement("activity", id="gone", type="finish-milestone", actual_finish="2026-01-01")
    (found,) = dates_ahead(planned(work, ship, gone), kinds=["milestone"])
    assert (found.record, found.when.text, found.basis) == ("activity:ship", "2026-09-10", "computed")


def test_agreements_are_signed_begin_expire_and_ask():
    due = {"text": "Deliver the drill", "due": "2028", "bearer": "nasa"}
    done = {"text": "Deliver the mast", "due": "2028", "done": "2026"}
    records = [
        statement(
            "agreement",
            id="old",
            signed="2010",
            in_force="2010..2027-06",
            parties=["esa", "nasa"],
            obligations=[due, done],
        ),
        statement("agreement", id="new", signed="2026-11", in_force="2027..", parties=["esa", "jaxa"]),
        statement("agreement", id="dead", in_force="2010..2027", standing="ended"),
    ]
    assert told(*records) == [
        ("signature", "2026-11", "signed", ("esa", "jaxa")),
        ("in-force", "2027", "in-force", ("esa", "jaxa")),
        ("expiry", "2027-06", "expires", ("esa", "nasa")),
        ("obligation", "2028", "due Deliver the drill", ("esa", "nasa")),
    ]


def test_commitments_are_decided():
    record = statement("commitment", to=["mars-landing"], decision="2026-11", with_agencies=["nasa"])
    mission = statement("mission", id="mars-landing")
    assert told(mission, record) == [("decision", "2026-11", "decision", ("esa", "nasa"))]


def test_the_forum_meets_acts_and_falls_silent():
    records = [
        statement("meeting", held="2026-10", host="jaxa"),
        statement("meeting", id="held", held="2026-01"),
        statement("action", due="2026-09-01", bearer="nasa"),
        statement("action", id="done", due="2026-09-01", standing="done"),
        statement("paper", stage="for-decision", silence={"opens": "2026-07-01", "closes": "2026-08-15"}),
        statement("paper", id="out", stage="issued", silence={"opens": "2026-07-01", "closes": "2026-08-15"}),
    ]
    assert told(*records) == [
        ("silence", "2026-08-15", "silence 1", ("esa", "jaxa", "nasa")),
        ("action", "2026-09-01", "due", ("esa", "nasa")),
        ("meeting", "2026-10", "held", ("esa", "jaxa", "nasa")),
    ]
    assert [kind for kind, *_ in told(*records, for_agency="jaxa")] == ["silence", "meeting"]


def test_a_meeting_of_a_group_concerns_the_group():
    group = statement("working-group", members=["nasa"])
    assert told(group, statement("meeting", held="2027", group=group.id)) == [
        ("meeting", "2027", "held", ("esa", "nasa"))
    ]


def test_what_is_released_narrowly_says_so():
    records = [
        statement("mission", id="one", planned="2028", release="private"),
        statement("mission", id="two", planned="2029", release=["nasa"]),
        statement("mission", id="three", planned="2030", confidence="unverified"),
    ]
    found = dates_ahead(planned(*records))
    assert [(one.released, one.unverified) for one in found] == [("private", False), ("named", False), ("public", True)]
    assert [one.record for one in dates_ahead(planned(*records).as_seen_by("jaxa"))] == ["mission:three"]


def test_launch_periods_are_those_of_the_planned_date_and_one_to_fall_back_on(lander):
    found = [one for one in dates_ahead(lander) if one.kind == "launch-period"]
    (mission,) = {one.record for one in found}
    flies = lander.missions[mission.partition(":")[2]].planned
    first, second = (one.when for one in found)
    assert first.earliest <= flies.latest
    assert flies.earliest <= first.latest
    assert second.earliest > flies.latest
    # Like positions of Earth and Mars return after 780 days on the mean, and up to a month more or less.
    assert abs((second.earliest - first.earliest).days - 780) < 90
    assert all(one.basis == "computed" and one.evidence for one in found)


def test_of_a_date_with_an_open_end_no_launch_period_is_computed():
    def periods(planned_for):
        mission = statement("mission", planned=planned_for, destinations=["mars"])
        return told(mission, kinds=["launch-period"])

    assert len(periods("2028")) == 2
    assert periods("2028..") == periods("..2028") == []


def test_stated_launch_periods_are_stated():
    opportunity = {"type": "listed", "periods": ["2028-04-01..2028-05-31", "2026-01-01..2026-02-01"]}
    mission = statement("mission", planned="2028", launch_opportunity=opportunity)
    (found,) = dates_ahead(planned(mission), kinds=["launch-period"])
    assert (found.when.text, found.basis, found.what) == ("2028-04-01..2028-05-31", "stated", "launch period")


def test_what_never_came_into_force_asks_for_nothing():
    due = {"text": "Deliver", "due": "2028"}
    never = statement("agreement", standing="never-concluded", signed="2027", obligations=[due], parties=["esa"])
    assert told(never) == []
    told_by = statement("agreement", obligations=[{**due, "bearer": "esa"}, due], parties=["esa"])
    assert [one.what for one in dates_ahead(planned(told_by))] == ["due: ESA: Deliver", "due: Deliver"]


def test_a_start_is_a_milestone_too():
    begins = [{"type": "start-no-earlier", "on": "2026-09-01"}]
    first = statement("activity", id="build", duration_days=10, constraints=begins)
    start = statement("activity", id="go", type="start-milestone", after=[{"activity": "build"}])
    (found,) = dates_ahead(planned(first, start), kinds=["milestone"])
    assert (found.record, found.when.text) == ("activity:go", "2026-09-11")


def test_what_has_flown_needs_nothing_more():
    needs = {"requirements": [{"capability": "launch", "by": "2029"}]}
    assert told(statement("mission", status="operating", **needs)) == []
    assert [kind for kind, *_ in told(statement("mission", status="approved", **needs))] == ["needed"]


def test_a_decision_on_an_intent_says_so():
    records = [
        statement("commitment", id=level, level=level, decision="2027", to=["mars-landing"])
        for level in ("budgeted", "intent")
    ]
    found = dates_ahead(planned(statement("mission", id="mars-landing"), *records))
    assert [one.what for one in found] == ["decision", "decision on what is only intent"]


def test_readers_are_the_members_that_the_terms_name_and_the_authors():
    silence = {"opens": "2026-07-01", "closes": "2026-08-15"}
    terms = statement("terms-of-reference", members=["nasa"])
    paper = statement("paper", stage="for-decision", silence=silence, authors=["jaxa"])
    gone = statement("paper", id="gone", stage="withdrawn", silence=silence)
    meeting = statement("meeting", held="2027", place="Kyoto")
    found = dates_ahead(planned(terms, paper, gone, meeting))
    assert [(one.record, one.what, one.agencies) for one in found] == [
        ("paper:some-paper", "last day to speak on version 1", ("esa", "jaxa", "nasa")),
        ("meeting:some-meeting", "meeting in Kyoto", ("esa", "nasa")),
    ]


def test_misasked_is_refused():
    with pytest.raises(ValueError, match=r"kinds: found birthday, expected some of launch"):
        dates_ahead(planned(), kinds=["birthday"])
    with pytest.raises(ValueError, match=r"before: found 2020-01-01"):
        dates_ahead(planned(), before=dt.date(2020, 1, 1))


@settings(max_examples=20)
@given(histories())
def test_dates_are_in_order_within_what_is_asked_and_rest_on_records(plans):
    portfolio = plans.known_on()
    after, before = dt.date(1990, 1, 1), dt.date(2030, 1, 1)
    found = dates_ahead(portfolio, after=after, before=before, kinds=STATED)
    assert [one.days for one in found] == sorted(one.days for one in found)
    for one in found:
        assert one.days[1] >= after
        assert one.days[0] <= before
        assert one.record in one.evidence
        kind, _, key = one.record.partition(":")
        assert one.agencies[0] == portfolio.tables[kind][key].owner
        assert one.when == DateRange(one.when.text)
    for asking in portfolio.agencies:
        own = dates_ahead(portfolio, for_agency=asking, after=after, before=before, kinds=STATED)
        assert own == tuple(one for one in found if asking in one.agencies)
