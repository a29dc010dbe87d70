import inspect
import re

import pytest

from synodos.language import calendar_faults, faults, first_loop, work_faults
from tests.language.minimal import agency, history, statement


def calendar(**given):
    return history(statement("calendar", **given))


def week(*hours, days=("mon",)):
    return {"week": [{"days": list(days), "hours": list(hours)}]}


def exception(dates, **given):
    return {"exceptions": [{"dates": dates, **given}]}


def activity(key="work", after=(), **given):
    return statement("activity", **{"id": key, "after": [{"activity": one} for one in after], **given})


def milestone(key, **given):
    return activity(key, type="finish-milestone", **given)


def schedule(**given):
    return statement("schedule", **{"id": "plan", "name": "Lunar Relay", **given})


def spread(low, high, **given):
    return activity(spread={"shape": "uniform", "of": "days", "low": low, "high": high}, **given)


def departure(*periods):
    return history(statement("mission", launch_opportunity={"type": "listed", "periods": list(periods)}))


def correlated(first, second):
    pairs = [{"activities": [first, second], "coefficient": 0.5}]
    return history(activity("one"), activity("two"), statement("risk", affects=[], removes=False, correlations=pairs))


def closed(*dates, week=("mon", "tue"), **recurring):
    exceptions = [{"dates": one, **recurring} for one in dates]
    return calendar(week=[{"days": list(week), "hours": ["08:00-12:00"]}], exceptions=exceptions)


MEMORANDUM = statement("agreement", id="memorandum", parties=["esa"])
NASA = {"owner": "nasa", "stated_by": "nasa"}
DAILY = {"recurs": "daily", "every": 2}

CASES = {
    "calendar.hours": [
        (
            "week[0].hours",
            calendar(**week("08:00-12:00", "11:59-17:00")),
            calendar(**week("08:00-12:00", "12:00-17:00")),
        ),
        (
            "week[0].hours",
            calendar(**week("13:00-17:00", "08:00-12:00")),
            calendar(**week("08:00-12:00", "13:00-17:00")),
        ),
        (
            "exceptions[0].hours",
            calendar(**exception("2030", hours=["08:00-12:00", "09:00-10:00"])),
            calendar(**exception("2030", hours=["08:00-12:00"])),
        ),
    ],
    "calendar.open-dates": [
        ("exceptions[0].dates", calendar(**exception("2030..")), calendar(**exception("2030.."[:4]))),
        ("exceptions[0].dates", calendar(**exception("..2030", **DAILY)), calendar(**exception("2030..", **DAILY))),
    ],
    "calendar.no-work": [
        ("exceptions", closed("2011..2029"), closed("2011..2019")),
        ("exceptions", closed("2011..2015", "2016..2029"), closed("2011..2015", "2016-01-02..2029")),
        (
            "exceptions",
            closed("2011..", recurs="weekly", weekdays=["mon", "tue"]),
            closed("2011..", recurs="weekly", weekdays=["mon"]),
        ),
        ("exceptions", closed("2011..", recurs="daily"), closed("2011..", recurs="daily", every=2)),
        ("exceptions", closed("2012..2029"), closed("2012..2029", hours=["08:00-09:00"])),
    ],
    "mission.launch-periods": [
        (
            "launch_opportunity.periods[1]",
            departure("2018-05", "2018-05-31..2018-06-08"),
            departure("2018-05", "2018-06-01..2018-06-08"),
        ),
        ("launch_opportunity.periods[1]", departure("2020-07", "2018-05"), departure("2018-05", "2020-07")),
    ],
    "schedule.status": [
        (
            "status_date",
            history(schedule(status_date="2013-01-02")),
            history(schedule(status_date="2013-01-01")),
        ),
    ],
    "risk.itself": [
        ("correlations[0].activities", correlated("one", "one"), correlated("one", "two")),
    ],
    "activity.milestone": [
        ("duration_days", history(milestone("gate", duration_days=30)), history(milestone("gate"))),
    ],
    "activity.spread": [
        ("spread", history(spread(20, 30, duration_days=10)), history(spread(10, 30, duration_days=10))),
        (
            "spread",
            history(spread(20, 30, duration_days=25, remaining_days=10)),
            history(spread(20, 30, duration_days=10, remaining_days=25)),
        ),
    ],
    "activity.itself": [
        ("after[0].activity", history(activity(after=["work"])), history(activity(), activity("next", after=["work"]))),
        ("same_as[0]", history(milestone("gate", same_as=["gate"])), history(milestone("gate"))),
    ],
    "activity.same": [
        (
            "same_as[0]",
            history(schedule(), milestone("a", schedule="plan"), milestone("b", schedule="plan", same_as=["a"])),
            history(schedule(), milestone("a"), milestone("b", schedule="plan", same_as=["a"])),
        ),
        (
            "same_as[0]",
            history(activity("a", duration_days=2), milestone("b", same_as=["a"])),
            history(activity("a"), milestone("b", same_as=["a"])),
        ),
    ],
    "activity.progress": [
        (
            "actual_finish",
            history(activity(actual_start="2012-03-02", actual_finish="2012-03-01")),
            history(activity(actual_start="2012-03-02T09:00", actual_finish="2012-03-02")),
        ),
        (
            "actual_finish",
            history(activity(actual_start="2012-03-02T09:00", actual_finish="2012-03-02T08:59")),
            history(activity(actual_start="2012-03-02", actual_finish="2012-03-02T08:59")),
        ),
        (
            "remaining_days",
            history(activity(actual_finish="2012-03-02", remaining_days=1)),
            history(activity(actual_finish="2012-03-02", remaining_days=0)),
        ),
        (
            "actual_start",
            history(schedule(status_date="2012-03-01"), activity(schedule="plan", actual_start="2012-03-02")),
            history(schedule(status_date="2012-03-01"), activity(schedule="plan", actual_start="2012-03-01T23:59")),
        ),
        (
            "actual_start",
            history(activity(actual_start="2013-01-01")),
            history(activity(actual_start="2012-12-31")),
        ),
    ],
    "activity.agreement": [
        (
            "agreement",
            history(agency("nasa"), MEMORANDUM, activity(agreement="memorandum", **NASA)),
            history(agency("nasa"), MEMORANDUM, activity(agreement="memorandum", performer="nasa")),
        ),
    ],
}
WARNINGS = {
    "activity.agreement",
    "activity.milestone",
    "activity.spread",
    "actual_start",
    "calendar.no-work",
    "schedule.status",
}


@pytest.mark.parametrize(
    ("code", "field", "wrong", "right"),
    [
        pytest.param(code, *case, id=f"{code}-{number}")
        for code, cases in CASES.items()
        for number, case in enumerate(cases)
    ],
)
def test_what_is_wrong_is_told_and_a_near_miss_is_not(code, field, wrong, right):
    (fault,) = faults(wrong)
    assert (fault.code, fault.field) == (code, field)
    assert fault.found
    assert fault.expected
    assert (fault.severity == "warning") == bool(WARNINGS & {code, field})
    assert faults(right) == ()


def test_every_code_has_a_case():
    source = inspect.getsource(work_faults) + inspect.getsource(calendar_faults)
    assert set(re.findall(r'Fault\(\s*"([a-z.-]+)"', source)) == set(CASES)


def test_a_calendar_without_work_is_an_error_where_it_is_used():
    never = statement("calendar", id="never", exceptions=[{"dates": "2011..2029"}])
    below = statement("calendar", id="below", parent="never")
    for user in (activity(calendar="below"), schedule(calendar="below")):
        told = {fault.record: fault for fault in faults(history(never, below, user))}
        assert {key: (one.severity, one.field) for key, one in told.items()} == {
            "calendar never": ("warning", "exceptions"),
            "calendar below": ("error", "parent"),
        }


def test_a_loop_is_told_as_the_chain_of_its_activities():
    statements = [
        activity("a", ["c"], schedule="plan"),
        activity("b", ["a"]),
        activity("c", ["b"]),
        activity("d", ["c"]),
    ]
    (fault,) = faults(history(schedule(), *statements))
    assert (fault.code, fault.severity) == ("schedule.cycle", "error")
    assert fault.message == '"Lunar Relay" has no critical path; these activities wait for each other'
    members = fault.found.split(" → ")
    assert members[0] == members[-1]
    assert set(members) == {"a", "b", "c"}
    assert ["a", "b", "c"] in [(members[:-1] * 2)[start : start + 3] for start in range(3)]
    assert faults(history(schedule(), *statements[1:], activity("a"))) == ()


def test_every_loop_is_told_once():
    pairs = [activity(f"{key}{end}", [f"{key}{other}"]) for key in "xyz" for end, other in ("12", "21")]
    assert [fault.code for fault in faults(history(*pairs))] == ["schedule.cycle"] * 3


def test_a_loop_leads_through_events_that_are_the_same():
    told = history(
        milestone("gate", same_as=["door"]),
        activity("work", ["gate"]),
        milestone("door", after=["work"]),
    )
    (fault,) = faults(told)
    assert sorted(fault.found.replace(" = ", " → ").split(" → ")[1:]) == ["door", "gate", "work"]
    assert fault.found.count(" = ") == 1


def test_a_link_that_ended_closes_no_loop():
    first = activity("a", ["b"], as_of="2010")
    assert faults(history(first, activity("b", ["a"]), activity("a"))) == ()
    assert faults(history(activity("a", ["b"]), activity("b", ["a"], retracted=True))) == ()


def test_chains_of_any_length_are_followed():
    chain = {number: [number + 1] for number in range(50_000)}
    assert first_loop(chain) == []
    assert len(first_loop({**chain, 50_000: [0]})) == 50_002
