"""Dates and driving activities agree with a plain walk over the same durations."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.schedule.sampling import (
    ELAPSED,
    Activities,
    Calendars,
    Family,
    LaunchPeriods,
    LinkKind,
    Links,
    Marginals,
    Model,
    run,
)
from synodos.schedule.sampling.plan import compiled
from synodos.schedule.sampling.workspace import workspace

FIRST, STEPS = -400, 4000
WEEK = np.array([1, 1, 1, 1, 1, 0, 0])
CALENDARS = Calendars(
    float(FIRST),
    1.0,
    np.concatenate(
        (
            np.zeros((2, 1)),
            np.cumsum([np.resize(WEEK, STEPS), np.where(np.arange(STEPS) % 50 < 8, 0, 0.75)], axis=1),
        ),
        axis=1,
    ),
)
MOMENT = 1e-4
LOOSE = 1e-3
"""Days, far above the moment within which dates are one, and below anything that is drawn."""


def later(calendar, date, days):
    """Walk from day to day until the work is done."""
    if calendar == ELAPSED:
        return date + days
    rates = np.diff(CALENDARS.work_days[calendar])
    left, at, ahead = abs(days), date, days > 0
    while left > 1e-9:
        day = int(np.floor(at)) if ahead else int(np.ceil(at)) - 1
        room = (day + 1 - at) if ahead else (at - day)
        rate = rates[day - FIRST]
        done = min(left, rate * room)
        moved = room if done < left or rate == 0 else done / rate
        at, left = (at + moved if ahead else at - moved), left - done
    return at


def works_from(calendar, date):
    """Return when work goes on."""
    if calendar == ELAPSED:
        return date
    rates = np.diff(CALENDARS.work_days[calendar])
    while rates[int(np.floor(date)) - FIRST] == 0:
        date = np.floor(date) + 1
    return date


def walk(model, durations, held_up=()):
    """Return starts and finishes of one iteration; those held up start a moment later than they could."""
    links, given = model.links, model.activities
    starts, finishes = [], []
    periods = dict(zip(model.launch_periods.activity.tolist(), range(len(model.launch_periods)), strict=True))
    for v, lasts in enumerate(durations.tolist()):
        ready, end = given.earliest_start_days[v], given.earliest_finish_days[v]
        for k in range(links.start[v], links.start[v + 1]):
            kind, before = LinkKind(links.kind[k]), links.predecessor[k]
            date = (starts if kind in (LinkKind.START_START, LinkKind.START_FINISH) else finishes)[before]
            date = later(links.lag_calendar[k], date, links.lag_days[k])
            if kind in (LinkKind.FINISH_FINISH, LinkKind.START_FINISH):
                end = max(end, date)
            else:
                ready = max(ready, date)
        if end > -np.inf:
            back = later(given.calendar[v], end, -lasts)
            ready = max(ready, back)
        begin = works_from(given.calendar[v], ready) if lasts > 0 else ready
        if v in periods:
            row = periods[v]
            one = slice(model.launch_periods.start[row], model.launch_periods.start[row + 1])
            pairs = zip(model.launch_periods.open_days[one], model.launch_periods.close_days[one], strict=True)
            begin = next((max(begin, o) for o, c in pairs if begin <= c), np.inf)
        begin += MOMENT * (v in held_up)
        starts.append(begin)
        finishes.append(later(given.calendar[v], begin, lasts) if begin < np.inf else np.inf)
    return np.array(starts), np.array(finishes)


@st.composite
def models(draw, kinds=tuple(LinkKind), calendars=(ELAPSED, 0, 1), bound=True):
    n = draw(st.integers(2, 9))
    links = []
    for successor in range(1, n):
        for before in draw(st.sets(st.integers(0, successor - 1), max_size=3)):
            lag = draw(st.sampled_from([0.0, 0.0, 3.0, 12.5, -4.0]))
            links.append((before, successor, draw(st.sampled_from(kinds)), lag, draw(st.sampled_from(calendars))))
    planned = np.array(draw(st.lists(st.integers(1, 60), min_size=n, max_size=n)), float)
    ends = st.sampled_from([-np.inf, -np.inf, 40.0] if bound else [-np.inf])
    activities = Activities.of(
        planned,
        duration=Marginals.of([(Family.UNIFORM, 0.5 * one, 2.0 * one) for one in planned]),
        calendar=np.array(draw(st.lists(st.sampled_from(calendars), min_size=n, max_size=n))),
        earliest_start_days=np.array(draw(st.lists(st.sampled_from([0.0, 0.0, 33.0]), min_size=n, max_size=n))),
        earliest_finish_days=np.array(draw(st.lists(ends, min_size=n, max_size=n))),
    )
    launch = LaunchPeriods.none()
    if bound and draw(st.booleans()):
        opens = np.arange(12) * 90.0 + 20
        launch = LaunchPeriods(np.array([draw(st.integers(0, n - 1))]), np.array([0, 12]), opens, opens + 25)
    return Model(activities, Links.of(n, links), np.arange(n), calendars=CALENDARS, launch_periods=launch)


PLAIN = models(kinds=(LinkKind.FINISH_START,), calendars=(ELAPSED,), bound=False)


def block(model):
    """Return durations and dates of the first block."""
    from synodos.schedule.sampling.block_kernel import sample_block

    plan = compiled(model)
    numbers, dates, _ = workspace(plan)
    sample_block(plan.net, plan.draws, plan.durations, plan.values, np.uint32(5), 0, numbers, dates)
    return numbers.days, plan.net.activity["base"][:, None] + dates.delay


@settings(max_examples=60, deadline=None)
@given(st.one_of(PLAIN, models()))
def test_dates_agree_with_a_plain_walk(model):
    days, finish = block(model)
    for lane in (0, 131):
        _, expected = walk(model, days[:, lane].astype(float))
        assert finish[:, lane] == pytest.approx(expected, abs=LOOSE)


@settings(max_examples=60, deadline=None)
@given(st.one_of(PLAIN, models(calendars=(ELAPSED,))))
def test_what_drives_is_what_moves_the_target(model):
    """Hold one activity up for a moment: the target moves where, and only where, the activity drives it."""
    days, _ = block(model)
    model = Model(model.activities, model.links, model.targets[-1:])
    sample = run(model, iterations=8, seed=5)
    driving = np.zeros(len(days))
    for lane in range(8):
        lasts = days[:, lane].astype(float)
        _, usual = walk(model, lasts)
        for v in range(len(days)):
            _, found = walk(model, lasts, (v,))
            driving[v] += found[-1] - usual[-1] > MOMENT / 2
    assert sample.criticality[0] * 8 == pytest.approx(driving)


@pytest.mark.parametrize("calendar", [ELAPSED, 0])
def test_a_missed_launch_period_moves_the_launch_to_the_next(calendar):
    """Ready on day 15 instead of 10, or by the calendar on 21 instead of 14, the launch leaves on 105, not on 14."""
    duration = Marginals.of([(Family.FIXED, 15.0), (Family.FIXED, 2.0)])
    activities = Activities.of([10.0, 2.0], duration=duration, calendar=np.full(2, calendar))
    periods = LaunchPeriods(np.array([1]), np.array([0, 2]), np.array([14.0, 105.0]), np.array([14.5, 120.0]))
    rows = Links.of(2, [(0, 1, LinkKind.FINISH_START, 0.0, ELAPSED)])
    model = Model(activities, rows, np.array([1]), calendars=CALENDARS, launch_periods=periods)
    sample = run(model, iterations=300, seed=1)
    assert sample.planned_finish_days.tolist() == [16]
    assert (sample.finish_days == 107).all()
    assert sample.criticality[0].tolist() == [1, 1]


def test_what_goes_to_plan_ends_as_planned_without_delay():
    links = [
        (0, 1, LinkKind.START_START, 5.0, 0),
        (1, 2, LinkKind.FINISH_FINISH, 2.0, ELAPSED),
        (0, 2, LinkKind.FINISH_START, 0, 1),
    ]
    activities = Activities.of(
        [10.0, 33.3, 4.0], calendar=np.array([0, 1, 0]), earliest_start_days=np.array([17.0, 0.0, 0.0])
    )
    model = Model(activities, Links.of(3, links), np.arange(3), calendars=CALENDARS)
    sample = run(model, iterations=300, seed=1)
    assert sample.planned_finish_days == pytest.approx(walk(model, activities.planned_days)[1])
    assert (sample.finish_days == sample.planned_finish_days[:, None]).all()
    assert sample.deviation_days == pytest.approx(0)


def test_five_working_days_from_a_monday_end_on_friday_night():
    activities = Activities.of([5.0, 5.0], calendar=np.array([0, 0]), earliest_start_days=np.array([-1.0, 0.0]))
    links = Links.of(2, [(0, 1, LinkKind.FINISH_START, 0.0, ELAPSED)])
    sample = run(Model(activities, links, np.arange(2), calendars=CALENDARS), iterations=1, seed=1)
    monday = -1 + (FIRST + 1) % 7 * 0  # day -1 is 399 days, 57 weeks, after the table's first day, a Monday
    assert (monday - FIRST) % 7 == 0
    assert sample.planned_finish_days.tolist() == [monday + 5, monday + 12]


def test_fixed_dates_hold_whatever_comes_before():
    nan = np.nan
    activities = Activities.of(
        [50.0, 10.0, 10.0], fixed_start_days=np.array([nan, 20.0, nan]), fixed_finish_days=np.array([nan, nan, 25.0])
    )
    links = Links.of(3, [(0, 1, LinkKind.FINISH_START, 0.0, ELAPSED), (1, 2, LinkKind.FINISH_START, 0.0, ELAPSED)])
    sample = run(Model(activities, links, np.arange(3)), iterations=10, seed=1)
    assert sample.planned_finish_days.tolist() == [50, 30, 25]
    assert sample.criticality[2].tolist() == [0, 0, 1]


def test_dates_keep_their_minute_over_thirty_years():
    n = 330
    rows = Links.of(n, [(v, v + 1, LinkKind.FINISH_START, 0.0, ELAPSED) for v in range(n - 1)])
    sample = run(Model(Activities.of(np.full(n, 33.3)), rows, np.array([n - 1])), iterations=1, seed=1)
    assert abs(sample.finish_days[0, 0] - 33.3 * n) < 1 / 1440


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_the_latest_of_several_predecessors_decides_wherever_it_stands(count):
    for latest in range(count):
        planned = [20.0 if v == latest else 10.0 for v in range(count)] + [1.0]
        rows = Links.of(count + 1, [(v, count, LinkKind.FINISH_START, 0.0, ELAPSED) for v in range(count)])
        sample = run(Model(Activities.of(planned), rows, np.array([count])), iterations=1, seed=1)
        assert sample.finish_days[0, 0] == 21.0
        assert sample.criticality[0].tolist() == [v in {latest, count} for v in range(count + 1)]


def test_all_that_ask_for_the_same_date_drive():
    rows = Links.of(3, [(0, 2, LinkKind.FINISH_START, 0.0, ELAPSED), (1, 2, LinkKind.FINISH_START, 0.0, ELAPSED)])
    fixed = Marginals.of([(Family.FIXED, 15.0)] * 2 + [(Family.FIXED, 1.0)])
    sample = run(Model(Activities.of([10.0, 10.0, 1.0], duration=fixed), rows, np.array([2])), iterations=8, seed=1)
    assert sample.criticality[0].tolist() == [1, 1, 1]
