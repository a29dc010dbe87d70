"""Calibration: reality is laid on the forecast's own curve, and what never flew is bounded and not dropped."""

import datetime as dt
from itertools import pairwise

import pytest

from synodos import schedule
from synodos.language import DateOutcome, DateRange, History, Outcomes
from synodos.roadmap import calibration
from synodos.roadmap.backtesting.confidence import DATE_GROUPS
from tests.language.minimal import agency, header, statement

MISSIONS = {"early": "2014", "middle": "2016", "late": "2018", "far": "2030", "undated": None}
ITERATIONS = 600


@pytest.fixture(scope="module")
def plans():
    """Missions to the Moon with a year each, one without, one that flies."""
    said = {"owner": "esa", "stated_by": "esa", "destinations": ["moon"]}
    rows = [
        statement("mission", id=name, name=name, status="in-development", planned=planned, **said)
        for name, planned in MISSIONS.items()
    ]
    rows.append(statement("mission", id="flying", name="flying", status="operating", planned="2010", **said))
    return History(header(known_on="2012-01-31"), (agency("esa"), *rows)).known_on()


def outcomes(**fates):
    """A list in which each mission flew on a day; `-2015` means given up, `+2031` planned now."""
    rows = []
    for mission, text in fates.items():
        fate = {"-": "cancelled", "+": "planned"}.get(text[0], "flown")
        said = {"statement": "It was so.", "confidence": "read", "sources": ["text"]}
        rows.append(DateOutcome.model_validate({"mission": mission, fate: text.lstrip("+-"), **said}))
    return Outcomes(
        id="list", title="List", after=DateRange("2012-01-31"), known_on=DateRange("2026-06-30"), dates=tuple(rows)
    )


def fared(plans, **fates):
    """A calibration, and its missions by id."""
    found = calibration(plans, outcomes(**fates), iterations=ITERATIONS)
    return found, {one.mission: one for one in found.missions}


@pytest.fixture(scope="module")
def forecast(plans):
    """The forecast of a mission, asked without a back-test."""
    network = schedule.network(plans, ["middle"])
    return schedule.risk(network, plans, iterations=ITERATIONS, only_dates=True).finish


def test_the_forecast_is_that_of_the_schedule(plans, forecast):
    _, found = fared(plans, middle="2017")
    one = found["middle"]
    assert (one.p10, one.p50, one.p90) == tuple(forecast.percentile(share).date() for share in (10, 50, 90))
    assert one.in_time == forecast.in_time


@pytest.mark.parametrize(("share", "by_median"), [(25, "yes"), (50, "yes"), (80, "no")])
def test_reality_on_a_percentile_lies_there_on_the_curve(plans, forecast, share, by_median):
    _, found = fared(plans, middle=str(forecast.percentile(share).date()))
    one = found["middle"]
    assert one.low - 0.01 <= share / 100 <= one.high + 0.01
    assert (one.within, one.by_median, one.by_p90) == ("yes", by_median, "yes")


def test_a_year_may_lie_on_both_sides(plans, forecast):
    year = str(forecast.percentile(50).year)
    _, found = fared(plans, middle=year)
    assert found["middle"].by_median == "open"
    assert found["middle"].low < 0.5 < found["middle"].high


def test_before_and_after_all_iterations(plans):
    _, found = fared(plans, middle="2012-06-01", late="2026-01-01")
    early, late = found["middle"], found["late"]
    assert (early.low, early.high, early.within, early.by_median) == (0.0, 0.0, "no", "yes")
    assert (late.within, late.by_median, late.by_p90, late.by_own_date) == ("no", "no", "no", "no")
    assert late.low > 0.9
    assert late.late_days == ((dt.date(2026, 1, 1) - dt.date(2018, 12, 31)).days,) * 2


@pytest.mark.parametrize(
    ("fate", "expected"),
    [
        ("-2013", ("open", "open", "open")),  # given up before it could have flown: nobody knows
        ("-2025", ("no", "no", "no")),  # by then it was late already
        ("+2031", ("no", "no", "no")),
    ],
)
def test_what_never_flew_counts_as_far_as_it_is_known(plans, fate, expected):
    found, missions = fared(plans, middle=fate)
    one = missions["middle"]
    assert (one.within, one.by_median, one.by_own_date) == expected
    assert one.high == 1.0
    group = found.groups[0]
    assert (group.missions, group.within.least) == (1, 0)
    assert group.within.most == (expected[0] == "open")


def test_what_is_still_to_come_in_its_own_time_is_open(plans):
    _, found = fared(plans, far="+2030")
    assert (found["far"].within, found["far"].by_own_date) == ("open", "open")
    assert found["far"].late_days[1] is None


def test_what_has_no_forecast_is_told(plans):
    found, missions = fared(plans, middle="2017", flying="2011", gone="2015")
    assert list(missions) == ["middle"]
    assert dict(found.left_out) == {
        "flying": "it was operating on the day of knowledge",
        "gone": "it is not in the portfolio",
    }


def test_groups_add_up_and_bounds_hold(plans):
    found, missions = fared(plans, early="2014-06-01", middle="-2015", late="2020", far="+2033", undated="2019")
    groups = {one.name: one for one in found.groups}
    assert tuple(groups) == DATE_GROUPS
    assert groups["dated"].missions == 4 == groups["even"].missions + groups["odd"].missions
    assert groups["not dated"].missions == 1
    assert groups["flown"].missions == groups["dated"].flown == 2
    assert missions["undated"].planned is None
    for group in groups.values():
        for bounds in (group.within, group.by_median, group.by_p90, group.by_own_date):
            assert 0 <= bounds.least <= bounds.most <= group.missions
        if group.error:
            assert 0 <= group.error[0] <= group.error[1] <= 1
    assert 0.8 * 4 < groups["dated"].within.expected < 0.95 * 4  # none flies before its year, and many on its first day


def test_the_plot_rises_and_the_possible_is_above_the_sure(plans):
    found, _ = fared(plans, early="2014-06-01", middle="-2015", late="2020", far="+2033")
    assert [one.confidence for one in found.levels][::20] == [0.0, 1.0]
    assert all(one.least <= one.most for one in found.levels)
    for lower, upper in pairwise(found.levels):
        assert lower.least <= upper.least
        assert lower.most <= upper.most
    assert found.levels[-1].most == 1.0
    assert found.levels[-1].least == 0.5  # two of four flew


def test_an_agency_that_kept_all_its_dates_has_no_error(plans):
    found, _ = fared(plans, early="2014-03-01", middle="2016-03-01")
    dated = found.groups[0]
    assert dated.error_own == (0.0, 0.0)
    assert dated.error[0] > 0
    late, _ = fared(plans, early="2016-03-01", middle="2019-03-01")
    assert late.groups[0].error_own == (1.0, 1.0)


def test_what_forecasts_owe_to_later_sources_is_told(plans):
    found, _ = fared(plans, middle="2017")
    assert found.defaults_only
    assert any(one.hindsight_to and one.hindsight_to > plans.known_on for one in found.defaults)


def test_nothing_to_forecast_is_an_answer(plans):
    found = calibration(plans, outcomes(flying="2011"))
    assert not found.missions
    assert not found.levels
    assert found.groups[0].error is None
    with pytest.raises(ValueError, match="found 0"):
        calibration(plans, outcomes(), iterations=0)
